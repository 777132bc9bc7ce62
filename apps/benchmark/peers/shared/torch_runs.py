"""Training, log-densities and samples of a PyTorch model in eager mode: fused Adam, clipped gradients, inference mode."""

import torch
from torch import nn

from shared.inputs import batches, networks, points, rows, trains
from shared.runner import Runner


def copy_networks(task, model):
    """Puts the given numbers into the model's dense layers, which must stand in the same order, from the data on."""
    given = [layer for nets in networks(task) for net in nets for layer in net]
    linears = [module for module in model.modules() if getattr(module, "weight", None) is not None and module.weight.ndim == 2]
    assert len(given) == len(linears), f"expected {len(given)} dense layers, got {len(linears)}"
    with torch.no_grad():
        for linear, (weight, bias) in zip(linears, given):
            linear.weight.copy_(torch.from_numpy(weight.T))
            linear.bias.copy_(torch.from_numpy(bias))


def stepper(task, model, log_prob):
    spec, stored, number = task["spec"], torch.from_numpy(batches(task)), 0
    parameters = list(model.parameters())
    optimizer = torch.optim.Adam(parameters, lr=spec["learningRate"], fused=True)

    def step():
        nonlocal number
        x = stored[number % len(stored)]
        number += 1
        optimizer.zero_grad(set_to_none=True)
        loss = -log_prob(x).mean()
        loss.backward()
        nn.utils.clip_grad_norm_(parameters, spec["clip"])
        optimizer.step()
        return loss

    return step


def training(task, model, log_prob):
    step = stepper(task, model, log_prob)
    for _ in range(task["spec"]["steps"]):
        step()
    with torch.no_grad():
        value = -float(log_prob(torch.from_numpy(rows(task))).mean())
    return Runner(step, lambda: None, 1, value)


def run(task, model, log_prob, sample, same=True):
    """`log_prob` of rows and `sample` of a count, for any task on a RealNVP; `same` where untrained it is the function that ours is."""
    copy_networks(task, model)
    if trains(task):
        return training(task, model, log_prob)
    model.eval()
    x = torch.from_numpy(points(task))

    @torch.inference_mode()
    def density():
        return log_prob(x)

    @torch.inference_mode()
    def draw():
        return sample(len(x))

    if task["kind"] == "real-nvp/log-density":
        return Runner(density, lambda: None, 1, -float(density().mean()) if same else None)
    return Runner(draw, lambda: None, 1, float((draw() ** 2).sum(1).mean()) if same else None)

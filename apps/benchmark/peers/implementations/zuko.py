"""zuko's RealNVP, eager mode with fused Adam."""

from shared.inputs import FEATURES, is_plain


def fits(task):
    return is_plain(task)


def open(task, threads):
    import torch
    import zuko

    from shared.torch_runs import run

    torch.set_num_threads(threads)
    spec = task["spec"]
    model = zuko.flows.RealNVP(FEATURES, transforms=spec["layers"], hidden_features=spec["hidden"])
    return run(task, model, lambda x: model().log_prob(x), lambda count: model().sample((count,)), same=False)

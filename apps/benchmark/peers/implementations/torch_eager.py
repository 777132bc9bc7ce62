"""RealNVP by hand in PyTorch, eager mode with fused Adam."""

from shared.inputs import is_real_nvp


def fits(task):
    return is_real_nvp(task)


def open(task, threads):
    import torch

    from shared.torch_real_nvp import RealNVP
    from shared.torch_runs import run

    torch.set_num_threads(threads)
    model = RealNVP(task["spec"])
    return run(task, model, model.log_prob, model.sample)

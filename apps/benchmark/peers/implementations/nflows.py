"""nflows' affine couplings, eager mode with fused Adam.

Their own scales, sigmoid(raw + 2), can hardly stretch: such a flow ends 0.7 nats above the others. So the scales are exp(tanh(raw)) here.
"""

from shared.inputs import FEATURES, is_plain


def fits(task):
    return is_plain(task)


def open(task, threads):
    import torch
    from nflows.distributions.normal import StandardNormal
    from nflows.flows.base import Flow
    from nflows.transforms.base import CompositeTransform
    from nflows.transforms.coupling import AffineCouplingTransform
    from torch import nn

    from shared.torch_real_nvp import mlp
    from shared.torch_runs import run

    class Network(nn.Module):
        """nflows hands a context to its networks."""

        def __init__(self, inputs, outputs):
            super().__init__()
            self.layers = mlp([inputs, *task["spec"]["hidden"], outputs])

        def forward(self, x, context=None):
            return self.layers(x)

    class Coupling(AffineCouplingTransform):
        def _scale_and_shift(self, raw):
            shift, scale = raw.chunk(2, 1)
            return torch.exp(torch.tanh(scale)), shift

    torch.set_num_threads(threads)
    # A mask's 1 is moved.
    masks = [[i % 2, 1 - i % 2] for i in range(task["spec"]["layers"])]
    model = Flow(CompositeTransform([Coupling(mask, Network) for mask in masks]), StandardNormal([FEATURES]))
    return run(task, model, model.log_prob, model.sample, same=False)

"""RealNVP in PyTorch as one writes it by hand, data to noise as x -> (x - shift) exp(-scale)."""

import math

import torch
from torch import nn

from shared.inputs import FEATURES

EPSILON, MOMENTUM = 1e-5, 0.1


def mlp(sizes):
    layers = [module for pair in zip(sizes, sizes[1:]) for module in (nn.Linear(*pair), nn.ReLU())]
    return nn.Sequential(*layers[:-1])


class Coupling(nn.Module):
    """Shift and scale from two networks on masked rows, or from one network on the kept column."""

    def __init__(self, kept, hidden, count):
        super().__init__()
        self.kept, self.moved = kept, 1 - kept
        self.register_buffer("mask", torch.eye(FEATURES)[kept])
        ends = FEATURES if count == 2 else 1
        self.networks = nn.ModuleList(mlp([ends, *hidden, FEATURES]) for _ in range(count))

    def shift_and_scale(self, x):
        if len(self.networks) == 1:
            shift, raw = self.networks[0](x[:, self.kept : self.kept + 1]).unbind(1)
            return shift, torch.tanh(raw)
        masked = x * self.mask
        shift, raw = (network(masked)[:, self.moved] for network in self.networks)
        return shift, torch.tanh(raw)

    def joined(self, x, column):
        return torch.stack((x[:, 0], column) if self.kept == 0 else (column, x[:, 1]), 1)

    def forward(self, x):
        shift, scale = self.shift_and_scale(x)
        return self.joined(x, (x[:, self.moved] - shift) * torch.exp(-scale)), -scale

    def generate(self, z):
        shift, scale = self.shift_and_scale(z)
        return self.joined(z, z[:, self.moved] * torch.exp(scale) + shift)


class BatchNorm(nn.Module):
    def __init__(self):
        super().__init__()
        self.shift = nn.Parameter(torch.zeros(FEATURES))
        self.log_scale = nn.Parameter(torch.zeros(FEATURES))
        self.register_buffer("mean", torch.zeros(FEATURES))
        self.register_buffer("variance", torch.ones(FEATURES))

    def forward(self, x):
        mean, variance = self.mean, self.variance
        if self.training:
            variance, mean = torch.var_mean(x, 0, correction=0)
            with torch.no_grad():
                self.mean.lerp_(mean, MOMENTUM)
                self.variance.lerp_(variance, MOMENTUM)
        z = (x - mean) * torch.rsqrt(variance + EPSILON) * torch.exp(self.log_scale) + self.shift
        return z, (self.log_scale - 0.5 * torch.log(variance + EPSILON)).sum()


class RealNVP(nn.Module):
    def __init__(self, spec):
        super().__init__()
        parts = []
        for i in range(spec["layers"]):
            parts.append(Coupling(i % 2, spec["hidden"], spec["networks"]))
            if spec["batchNorm"] and i < spec["layers"] - 1:
                parts.append(BatchNorm())
        self.parts = nn.ModuleList(parts)

    def log_prob(self, x):
        total = 0.0
        for part in self.parts:
            x, log_det = part(x)
            total = total + log_det
        return total - 0.5 * (x * x).sum(1) - math.log(2 * math.pi)

    def sample(self, count):
        """Without BatchNorm."""
        z = torch.randn(count, FEATURES)
        for part in reversed(self.parts):
            z = part.generate(z)
        return z

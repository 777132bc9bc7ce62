"""flowjax's coupling_flow with its affine transformer, started from the given networks."""

import equinox as eqx
import jax
import jax.numpy as jnp
import jax.random as jr
import paramax
from flowjax.distributions import Normal
from flowjax.flows import coupling_flow

from shared.inputs import FEATURES, networks
from shared.jax_training import Model


def untrained(task):
    """Its layers are stacked, noise to data; its weights are [layers, out, in]."""
    width, *more = task["spec"]["hidden"]
    assert all(one == width for one in more), "flowjax's networks have one width"
    base = Normal(jnp.zeros(FEATURES))
    flow = coupling_flow(jr.key(0), base_dist=base, flow_layers=task["spec"]["layers"], nn_width=width, nn_depth=1 + len(more))
    from_noise = [net[0] for net in reversed(networks(task))]
    stacked = jax.tree.map(lambda *arrays: jnp.stack(arrays), *from_noise)
    given = [array for weight, bias in stacked for array in (weight.transpose(0, 2, 1), bias)]

    def numbers(tree):
        mlp = next(m for m in jax.tree.leaves(tree, is_leaf=is_mlp) if is_mlp(m))
        return [array for layer in mlp.layers for array in (layer.weight, layer.bias)]

    return eqx.tree_at(numbers, flow, given)


def is_mlp(node):
    return isinstance(node, eqx.nn.MLP)


def split(flow):
    """A flow as what is trained and the function of it."""
    params, rest = eqx.partition(flow, eqx.is_inexact_array, is_leaf=lambda leaf: isinstance(leaf, paramax.NonTrainable))

    def log_prob(params, state, x, training):
        return paramax.unwrap(eqx.combine(params, rest)).log_prob(x), state

    return Model(params, (), log_prob)

"""RealNVP in JAX as one writes it by hand: pure functions of (params, state), data to noise as x -> (x - shift) exp(-scale)."""

import math

import jax
import jax.numpy as jnp
import jax.random as jr

from shared.inputs import FEATURES, networks

EPSILON, MOMENTUM = 1e-5, 0.1


def initial(task):
    """(params, state): the given networks, BatchNorm's shift and log-scale, and its running moments."""
    spec = task["spec"]
    norms = spec["layers"] - 1 if spec["batchNorm"] else 0
    params = {
        "networks": jax.tree.map(jnp.asarray, networks(task)),
        "norms": [(jnp.zeros(FEATURES), jnp.zeros(FEATURES)) for _ in range(norms)],
    }
    return params, [(jnp.zeros(FEATURES), jnp.ones(FEATURES)) for _ in range(norms)]


def mlp(layers, x):
    for weight, bias in layers[:-1]:
        x = jax.nn.relu(x @ weight + bias)
    weight, bias = layers[-1]
    return x @ weight + bias


def shift_and_scale(nets, kept, x):
    """Of the moved column, from the masked rows (two networks) or from the kept column (one)."""
    moved = 1 - kept
    if len(nets) == 1:
        raw = mlp(nets[0], x[:, kept : kept + 1])
        return raw[:, 0], jnp.tanh(raw[:, 1])
    masked = x.at[:, moved].set(0.0)
    return mlp(nets[0], masked)[:, moved], jnp.tanh(mlp(nets[1], masked)[:, moved])


def normalise(norm, running, x, training):
    shift, log_scale = norm
    mean, variance = (x.mean(0), x.var(0)) if training else running
    z = (x - mean) * jax.lax.rsqrt(variance + EPSILON) * jnp.exp(log_scale) + shift
    blended = tuple((1 - MOMENTUM) * old + MOMENTUM * jax.lax.stop_gradient(new) for old, new in zip(running, (mean, variance)))
    return z, (log_scale - 0.5 * jnp.log(variance + EPSILON)).sum(), blended


def log_prob(params, state, x, training):
    total, new_state = jnp.zeros(x.shape[0], x.dtype), []
    for i, nets in enumerate(params["networks"]):
        kept, moved = i % 2, 1 - i % 2
        shift, scale = shift_and_scale(nets, kept, x)
        x = x.at[:, moved].set((x[:, moved] - shift) * jnp.exp(-scale))
        total = total - scale
        if i < len(params["norms"]):
            x, log_det, running = normalise(params["norms"][i], state[i], x, training)
            total = total + log_det
            new_state.append(running)
    return total - 0.5 * (x * x).sum(1) - math.log(2 * math.pi), new_state


def sample(params, key, count):
    """Without BatchNorm."""
    x = jr.normal(key, (count, FEATURES))
    for i, nets in reversed(list(enumerate(params["networks"]))):
        kept, moved = i % 2, 1 - i % 2
        shift, scale = shift_and_scale(nets, kept, x)
        x = x.at[:, moved].set(x[:, moved] * jnp.exp(scale) + shift)
    return x

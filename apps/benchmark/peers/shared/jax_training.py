"""A training step in JAX and how it is run: a call a step, or a hundred steps in a scan; carries are donated."""

from functools import partial
from typing import Callable, NamedTuple

import jax
import jax.numpy as jnp
import optax

from shared.inputs import batches, rows
from shared.runner import Runner

STEPS_A_SCAN = 100


class Model(NamedTuple):
    params: object
    state: object
    """(params, state, rows, training) -> (log-density, new state)"""
    log_prob: Callable


def stepper(task, model):
    """(step, first carry): the carry is (params, state, Adam's moments, the number of the step)."""
    spec, stored = task["spec"], jnp.asarray(batches(task))
    optimizer = optax.chain(optax.clip_by_global_norm(spec["clip"]), optax.adam(spec["learningRate"]))

    def loss(params, state, x):
        log_density, new_state = model.log_prob(params, state, x, True)
        return -log_density.mean(), new_state

    def step(carry, _=None):
        params, state, moments, number = carry
        x = stored[number % stored.shape[0]]
        (value, state), gradient = jax.value_and_grad(loss, has_aux=True)(params, state, x)
        updates, moments = optimizer.update(gradient, moments)
        return (optax.apply_updates(params, updates), state, moments, number + 1), value

    return step, (model.params, model.state, optimizer.init(model.params), jnp.int32(0))


def training(task, model, scanned):
    step, carry = stepper(task, model)
    units = STEPS_A_SCAN if scanned else 1
    compiled = jax.jit((lambda carry: jax.lax.scan(step, carry, None, length=units)) if scanned else step, donate_argnums=0)
    held = [carry, None]

    def call():
        held[:] = compiled(held[0])

    for _ in range(task["spec"]["steps"] // units):
        call()
    params, state, *_ = held[0]
    value = -float(jax.jit(partial(model.log_prob, training=True))(params, state, jnp.asarray(rows(task)))[0].mean())
    return Runner(call, lambda: held[1].block_until_ready(), units, value)

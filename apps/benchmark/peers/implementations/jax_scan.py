"""RealNVP by hand in JAX, a hundred steps in one jitted scan."""

from shared.inputs import trains
from shared.jax_threads import use_threads


def fits(task):
    return trains(task)


def open(task, threads):
    use_threads(threads)
    from shared import jax_real_nvp
    from shared.jax_training import Model, training

    return training(task, Model(*jax_real_nvp.initial(task), jax_real_nvp.log_prob), scanned=True)

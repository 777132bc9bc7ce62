"""RealNVP by hand in JAX, one jitted call a step."""

from shared.inputs import is_real_nvp, trains
from shared.jax_threads import use_threads


def fits(task):
    return is_real_nvp(task)


def open(task, threads):
    use_threads(threads)
    from shared import jax_real_nvp
    from shared.jax_evaluation import densities, samples
    from shared.jax_training import Model, training

    params, state = jax_real_nvp.initial(task)
    if trains(task):
        return training(task, Model(params, state, jax_real_nvp.log_prob), scanned=False)
    if task["kind"] == "real-nvp/log-density":
        return densities(task, lambda x: jax_real_nvp.log_prob(params, state, x, False)[0])
    return samples(task, lambda key, count: jax_real_nvp.sample(params, key, count))

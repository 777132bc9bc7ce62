"""flowjax, one jitted call a step."""

from shared.inputs import is_plain, trains
from shared.jax_threads import use_threads


def fits(task):
    return is_plain(task)


def open(task, threads):
    use_threads(threads)
    from shared.flowjax_real_nvp import split, untrained
    from shared.jax_evaluation import densities, samples
    from shared.jax_training import training

    if trains(task):
        return training(task, split(untrained(task)), scanned=False)
    flow = untrained(task)
    if task["kind"] == "real-nvp/log-density":
        return densities(task, lambda x: flow.log_prob(x), same=False)
    return samples(task, lambda key, count: flow.sample(key, (count,)), same=False)

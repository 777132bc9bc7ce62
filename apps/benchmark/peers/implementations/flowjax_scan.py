"""flowjax, a hundred steps in one jitted scan."""

from shared.inputs import is_plain, trains
from shared.jax_threads import use_threads


def fits(task):
    return is_plain(task) and trains(task)


def open(task, threads):
    use_threads(threads)
    from shared.flowjax_real_nvp import split, untrained
    from shared.jax_training import training

    return training(task, split(untrained(task)), scanned=True)

"""scikit-learn's KernelDensity with its default tolerances, and its GaussianMixture from a given start."""

import warnings

import numpy as np

from shared.inputs import floats, points, rows
from shared.runner import Runner


def fits(task):
    return task["kind"] in openers


def open(task, threads):
    return openers[task["kind"]](task)


def kde(task):
    from sklearn.neighbors import KernelDensity

    x = points(task)
    model = KernelDensity(bandwidth=task["spec"]["bandwidth"]).fit(rows(task))
    value = float(np.abs(model.score_samples(x) - floats(task, "exact")).max())
    return Runner(lambda: model.score_samples(x), lambda: None, 1, value)


def em(task):
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture

    # That iterations end before it converges is what is wanted here.
    warnings.simplefilter("ignore", ConvergenceWarning)
    spec = task["spec"]
    k, d, iterations = spec["components"], spec["features"], spec["iterations"]
    x = floats(task, "rows").reshape(-1, d)
    start = {
        "weights_init": np.full(k, 1 / k),
        "means_init": floats(task, "means").reshape(k, d),
        "precisions_init": np.tile(np.eye(d), (k, 1, 1)),
    }
    model = GaussianMixture(k, max_iter=iterations, tol=0, reg_covar=spec["floor"], **start)
    model.fit(x)
    return Runner(lambda: model.fit(x), lambda: None, iterations, float(model.score(x)))


openers = {"kde/log-density": kde, "gmm/em": em}

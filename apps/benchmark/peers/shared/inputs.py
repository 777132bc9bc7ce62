"""The numbers that all implementations of a RealNVP share: rows, batches and initial weights."""

import numpy as np

FEATURES = 2


def floats(task, name):
    return np.fromfile(task["files"][name], dtype="<f4")


def rows(task):
    """Training rows, [n, 2]."""
    return floats(task, "rows").reshape(-1, FEATURES)


def batches(task):
    """The same rows as batches, [count, batch, 2]: step i takes batch i modulo count."""
    return floats(task, "rows").reshape(-1, task["spec"]["batch"], FEATURES)


def points(task):
    return floats(task, "points").reshape(-1, FEATURES)


def networks(task):
    """layers[from the data][network] = [(weight [in, out], bias [out]), ...]; of two networks the first is the shift's."""
    spec, flat, at = task["spec"], floats(task, "weights"), 0
    ends = FEATURES if spec["networks"] == 2 else 1
    sizes = [ends, *spec["hidden"], FEATURES]

    def take(*shape):
        nonlocal at
        size = int(np.prod(shape))
        at += size
        return flat[at - size : at].reshape(shape).copy()

    def network():
        return [(take(wide, narrow), take(narrow)) for wide, narrow in zip(sizes, sizes[1:])]

    return [[network() for _ in range(spec["networks"])] for _ in range(spec["layers"])]


def trains(task):
    return task["kind"] == "real-nvp/train"


def is_real_nvp(task):
    return task["kind"].startswith("real-nvp/")


def is_plain(task):
    """One network a coupling and no BatchNorm: what libraries build by themselves."""
    return is_real_nvp(task) and task["spec"]["networks"] == 1 and not task["spec"]["batchNorm"]

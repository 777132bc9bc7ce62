"""Serves one implementation to the benchmark: serve.py NAME THREADS, a JSON line in, a JSON line out.

{"open": task} -> {"value": number}, {"refused": why} or {"missing": package}; {"block": calls} -> {"ms": number, "units": number}; {"end": true} -> {"peakMb": number}.
"""

import importlib
import json
import os
import resource
import sys
import time


def opened(implementation, task, threads):
    if not implementation.fits(task):
        return None, {"refused": "fits another task"}
    try:
        runner = implementation.open(task, threads)
    except ModuleNotFoundError as error:
        return None, {"missing": error.name}
    return runner, {"value": runner.value}


def block(runner, calls):
    start = time.perf_counter()
    for _ in range(calls):
        runner.call()
    runner.finish()
    return {"ms": 1e3 * (time.perf_counter() - start), "units": calls * runner.units}


def peak_mb():
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main():
    name, threads = sys.argv[1], int(sys.argv[2])
    # A library that prints must not speak in our place.
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    implementation = importlib.import_module(f"implementations.{name}")
    runner = None
    for line in sys.stdin:
        asked = json.loads(line)
        if "open" in asked:
            runner, answer = opened(implementation, asked["open"], threads)
        elif "block" in asked:
            answer = block(runner, asked["block"])
        else:
            answer = {"peakMb": peak_mb()}
        print(json.dumps(answer, allow_nan=False), file=answers)


main()

"""Tells XLA's CPU client how many threads it may use; call before jax is imported."""

import os


def use_threads(count):
    os.environ["NPROC"] = str(count)
    if count == 1:
        os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
    os.environ["JAX_PLATFORMS"] = "cpu"

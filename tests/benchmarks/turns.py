"""Candidates that take turns: what else the machine does then weighs on all of them alike."""

import argparse
import os
import statistics
import time
from collections.abc import Callable, Mapping

import numpy as np

Run = Callable[[int], object]
"""Make that many iterations."""

Seconds = dict[str, list[float]]
"""Seconds per iteration: a list for each candidate, an entry for each round."""


def time_in_turns(runs: Mapping[str, Run], iterations: int, rounds: int) -> Seconds:
    """Return the seconds per iteration of each candidate in each round, after one to warm up."""
    seconds: Seconds = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run(iterations)
            seconds[name].append((time.perf_counter() - start) / iterations)
    return {name: times[1:] for name, times in seconds.items()}


def median_ratio(slow: list[float], fast: list[float]) -> float:
    """Return how many times as fast ``fast`` is as ``slow``: the median of the rounds' ratios."""
    return statistics.median(a / b for a, b in zip(slow, fast, strict=True))


def repeat(function: Callable[[], object]) -> Run:
    """Return a run that calls ``function`` for each iteration."""

    def run(iterations: int) -> None:
        for _ in range(iterations):
            function()

    return run


def rounds_wanted(description: str | None, default: int) -> int:
    """Return how many turns every candidate gets: ``--rounds``, or the default."""
    parser = argparse.ArgumentParser(description=(description or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=default, help="turns of every candidate")
    rounds: int = parser.parse_args().rounds
    return rounds


def describe_machine() -> None:
    """Print what the figures depend on."""
    config = np.show_config(mode="dicts")
    blas = config["Build Dependencies"]["blas"]
    simd = config["SIMD Extensions"]
    found = [*simd.get("baseline", []), *simd.get("found", [])]
    print(f"NumPy {np.__version__}, {blas['name']} {blas['version']}, SIMD: {' '.join(found)}")
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if variable in os.environ:
            print(f"{variable}={os.environ[variable]}")
    print()

"""How much faster 16 runs in one tape are than 16 trainers, per run.  Run it with ``make bench``.

Everything is measured in turn in one run, since the speed of a shared machine drifts; the medians
of the ratios count.  The trainer is the float64 one, without a cost curve, against both dtypes.
"""

from __future__ import annotations

import argparse

import numpy as np

from nncore import (
    History,
    ManyRuns,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
)
from tests.benchmarks.bench_nncore import Run, describe_machine, median_ratio, time_in_turns

TRAINING = TrainingConfig(learning_rate=1.2)
DATA = make_dataset("flower", 400, seed=2)
CASES = (
    ("2-4-1 tanh", NetworkConfig((2, 4, 1)), 200),
    ("2-8-1 tanh", NetworkConfig((2, 8, 1)), 120),
    ("2-8-8-1 tanh", NetworkConfig((2, 8, 8, 1)), 60),
    ("2-8-1 ReLU", NetworkConfig((2, 8, 1), "relu"), 120),
)
STACKS = (4, 16, 64)
WANTED = {"float64": 1.4, "float32": 2.2}
"""The ratios to reach with 16 runs of the smallest network."""


def candidates(network: NetworkConfig) -> tuple[dict[str, Run], dict[str, int]]:
    """Return what is run, by name, and how many runs each holds."""
    parameters = [initialize_parameters(network, "xavier", seed) for seed in range(max(STACKS))]
    trainer = Trainer(network, TRAINING, parameters[0], DATA.X, DATA.Y, history=History(0))
    runs: dict[str, Run] = {"trainer": trainer.run}
    sizes = {"trainer": 1}
    for dtype in (np.float64, np.float32):
        for size in STACKS:
            stack = ManyRuns(network, TRAINING, parameters[:size], DATA.X, DATA.Y, dtype=dtype)
            name = f"{dtype.__name__} {size}"
            runs[name], sizes[name] = stack.run, size
    return runs, sizes


def bench(rounds: int) -> None:
    """Print a line per network: the ratios per run."""
    names = [f"{dtype} {size}" for dtype in WANTED for size in STACKS]
    print(f"{'times a trainer, per run':26}" + "".join(f"{name:>12}" for name in names))
    for label, network, iterations in CASES:
        runs, sizes = candidates(network)
        times = time_in_turns(runs, iterations, rounds)
        each = {name: [t / sizes[name] for t in times[name]] for name in names}
        ratios = (median_ratio(times["trainer"], each[name]) for name in names)
        print(f"{label + ', 400 points':26}" + "".join(f"{ratio:12.2f}" for ratio in ratios))
    wanted = ", ".join(f"{ratio} in {dtype}" for dtype, ratio in WANTED.items())
    print(f"wanted with 16 runs of 2-4-1: {wanted}")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=9, help="turns of every candidate")
    rounds = parser.parse_args().rounds
    describe_machine()
    bench(rounds)


if __name__ == "__main__":
    main()

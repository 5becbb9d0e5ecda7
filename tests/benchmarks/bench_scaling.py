"""How the cost of an iteration grows with points and units, and what a million points are like.

Growth is told row by row: how many times longer an iteration takes than in the row above, divided
by how many times larger the problem is.  1 is linear; the first rows lie below it, because there
the calls themselves weigh more than the numbers.
"""

import statistics
import tracemalloc
from itertools import pairwise
from time import perf_counter

import numpy as np

from app.training.pace import Pace
from nncore import NetworkConfig, Trainer, TrainingConfig, initialize_parameters, make_dataset
from tests.benchmarks.turns import (
    Run,
    describe_machine,
    median_ratio,
    rounds_wanted,
    time_in_turns,
)

POINTS = (1_000, 10_000, 100_000, 1_000_000)
UNITS = (1, 4, 16, 64, 256, 1_024)
BATCH_SIZES = (64, 1_024)
TURN = 0.02
"""Seconds that a candidate's turn should take."""
SLICE = 0.002
"""Seconds between two looks of the worker into its commands."""
EPOCHS = 2
MIB = 2**20


def make_trainer(units: int, m: int, batch_size: int | None = None) -> Trainer:
    """Return a trainer of 2-``units``-1 tanh on ``m`` points of the flower."""
    network = NetworkConfig((2, units, 1))
    training = TrainingConfig(learning_rate=0.01, batch_size=batch_size)
    data = make_dataset("flower", m, seed=2)
    parameters = initialize_parameters(network, "xavier", seed=2)
    return Trainer(network, training, parameters, data.X, data.Y)


def bench_growth(what: str, trainers: dict[int, Trainer], rounds: int) -> None:
    """Print a line per trainer; the keys are the sizes."""
    turns = {size: max(1, round(TURN / _seconds(trainer))) for size, trainer in trainers.items()}
    runs = {str(size): _bundled(trainer, turns[size]) for size, trainer in trainers.items()}
    bundles = time_in_turns(runs, 1, rounds)
    times = {size: [seconds / turns[size] for seconds in bundles[str(size)]] for size in trainers}
    growth = [
        median_ratio(times[after], times[before]) / (after / before)
        for before, after in pairwise(trainers)
    ]
    print(f"{what:>36}{'ms/iteration':>14}{'growth, linear = 1':>20}")
    for size, ratio in zip(trainers, ("–", *(f"{value:.2f}" for value in growth)), strict=True):
        print(f"{size:36,}{1e3 * statistics.median(times[size]):14.3f}{ratio:>20}")
    print()


def _seconds(trainer: Trainer) -> float:
    """Return what an iteration takes, after one to warm up."""
    trainer.run(1)
    start = perf_counter()
    trainer.run(1)
    return perf_counter() - start


def _bundled(trainer: Trainer, iterations: int) -> Run:
    """Return a run each of whose turns is that many iterations."""

    def run(turns: int) -> None:
        trainer.run(turns * iterations)

    return run


def bench_mini_batches(batch_size: int, rounds: int) -> None:
    """Print the speed on a million points beside that on ten thousand, and how slices keep."""
    few, many = (make_trainer(8, m, batch_size) for m in (10_000, 1_000_000))
    runs = {"few": few.run, "many": many.run}
    times = time_in_turns(runs, 500, rounds)
    slices = time_slices(many, EPOCHS * 1_000_000 // batch_size)
    start = perf_counter()
    many.cost()
    cost = perf_counter() - start
    median, late, longest = (1e3 * float(np.quantile(slices, share)) for share in (0.5, 0.99, 1.0))
    print(
        f"{batch_size:12,}{1 / statistics.median(times['many']):14,.0f}"
        f"{median_ratio(times['few'], times['many']):19.2f}"
        f"{median:12.1f}{late:9.1f}{longest:9.1f}{1e3 * cost:10.1f}"
    )


def time_slices(trainer: Trainer, iterations: int) -> list[float]:
    """Train in timed slices, as the window's worker does; return the seconds of each."""
    pace, slices = Pace(), []
    end = trainer.iteration + iterations
    pace.start()
    while trainer.iteration < end:
        count = pace.iterations(SLICE)
        start = perf_counter()
        trainer.run(count)
        slices.append(perf_counter() - start)
        pace.note(count, slices[-1])
    return slices


def peak_memory(batch_size: int | None) -> float:
    """Return the most that a trainer of a million points holds at once, its data not counted."""
    network = NetworkConfig((2, 8, 1))
    data = make_dataset("flower", 1_000_000, seed=2)
    parameters = initialize_parameters(network, "xavier", seed=2)
    training = TrainingConfig(learning_rate=0.01, batch_size=batch_size)
    tracemalloc.start()
    trainer = Trainer(network, training, parameters, data.X, data.Y)
    trainer.run(2)
    trainer.cost()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / MIB


def main() -> None:
    """Print all tables."""
    rounds = rounds_wanted(__doc__, default=9)
    describe_machine()
    bench_growth("points, 2-8-1 tanh", {m: make_trainer(8, m) for m in POINTS}, rounds)
    bench_growth(
        "units, 2-n-1 tanh, 1,000 points", {n: make_trainer(n, 1_000) for n in UNITS}, rounds
    )
    print("1,000,000 points, 2-8-1 tanh, in mini-batches and slices of 2 ms")
    print(f"{'batch size':>12}{'iterations/s':>14}{'of 10,000 points':>19}"
          f"{'slice, ms':>12}{'99 %':>9}{'longest':>9}{'cost, ms':>10}")  # fmt: skip
    for batch_size in BATCH_SIZES:
        bench_mini_batches(batch_size, rounds)
    whole, batches = (peak_memory(batch_size) for batch_size in (None, BATCH_SIZES[0]))
    print(f"peak memory: full batch {whole:,.0f} MiB, mini-batches {batches:,.0f} MiB")


if __name__ == "__main__":
    main()

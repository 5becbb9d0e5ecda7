"""How much faster 16 runs in one tape are than 16 trainers, per run.  Run it with ``make bench``.

Everything is measured in turn in one run, since the speed of a shared machine drifts; the medians
of the ratios count.  Each turn makes as many updates in all, so that none is longer and is more
often interrupted.  The trainer is the float64 one, without a cost curve, against both dtypes.
"""

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
from tests.benchmarks.turns import (
    Run,
    describe_machine,
    median_ratio,
    rounds_wanted,
    time_in_turns,
)

TRAINING = TrainingConfig(learning_rate=1.2)
DATA = make_dataset("flower", 400, seed=2)
CASES = (
    ("2-4-1 tanh", NetworkConfig((2, 4, 1)), 960),
    ("2-8-1 tanh", NetworkConfig((2, 8, 1)), 640),
    ("2-8-8-1 tanh", NetworkConfig((2, 8, 8, 1)), 320),
    ("2-8-1 ReLU", NetworkConfig((2, 8, 1), "relu"), 640),
)
STACKS = (4, 16, 64)
WANTED = {"float64": 1.4, "float32": 2.2}
"""The ratios to reach with 16 runs of the smallest network."""


def candidates(network: NetworkConfig) -> dict[str, Run]:
    """Return what is run, by name; all make the same number of updates, summed over their runs."""
    parameters = [initialize_parameters(network, "xavier", seed) for seed in range(max(STACKS))]
    trainer = Trainer(network, TRAINING, parameters[0], DATA.X, DATA.Y, history=History(0))
    runs: dict[str, Run] = {"trainer": trainer.run}
    for dtype in (np.float64, np.float32):
        for size in STACKS:
            stack = ManyRuns(network, TRAINING, parameters[:size], DATA.X, DATA.Y, dtype=dtype)
            runs[f"{dtype.__name__} {size}"] = shared_out(stack)
    return runs


def shared_out(stack: ManyRuns) -> Run:
    """Return a run whose updates are shared out between the runs of the stack."""
    return lambda updates: stack.run(updates // len(stack))


def bench(rounds: int) -> None:
    """Print a line per network: the ratios per run."""
    names = [f"{dtype} {size}" for dtype in WANTED for size in STACKS]
    print(f"{'times a trainer, per run':26}" + "".join(f"{name:>12}" for name in names))
    for label, network, updates in CASES:
        times = time_in_turns(candidates(network), updates, rounds)
        ratios = (median_ratio(times["trainer"], times[name]) for name in names)
        print(f"{label + ', 400 points':26}" + "".join(f"{ratio:12.2f}" for ratio in ratios))
    wanted = ", ".join(f"{ratio} in {dtype}" for dtype, ratio in WANTED.items())
    print(f"wanted with 16 runs of 2-4-1: {wanted}")


def main() -> None:
    """Print the table."""
    rounds = rounds_wanted(__doc__, default=25)
    describe_machine()
    bench(rounds)


if __name__ == "__main__":
    main()

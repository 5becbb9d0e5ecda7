"""Many runs at once: networks of one architecture, trained on the same examples, call by call.

Notes: "Gradient Descent for Neural Networks", "Random Initialization" (shallow networks): the same
network from different initial weights, or with different learning rates, is the experiment that
both sections are about.

A small network spends much of an iteration on calls, not on numbers.  With one call for all runs,
16 runs of 2-4-1 tanh on 400 points are 1.5 times as fast per run as a trainer, and 3.1 times in
float32; 2-8-1: 1.3 and 3.0; 2-8-8-1: 1.2 and 2.6, since there the numbers outweigh the calls.
Runs whose arrays together are beyond the cache are slower than a trainer (32 of 2-16-16-1 ReLU on
1,000 points: 0.5), so they are trained in stacks of up to ``STACK_BYTES``, one after the other.
From some thousand points on there is nothing to gain in float64 (16 runs of 2-8-1 on 5,000: 0.8
of a trainer with its tiles; in float32 1.8).

What the runs compute is what as many trainers compute, up to the order in which sums are rounded:
after a few iterations the parameters agree to 10⁻¹² of their size.  (Where training is chaotic,
as with a learning rate that is much too high, the difference grows.)
"""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import DType, FloatArray
from nncore.checks import check_array, check_dtype, check_instance, check_integer, check_list
from nncore.config import NetworkConfig, TrainingConfig
from nncore.divergence import Divergence
from nncore.parameters import Parameters
from nncore.propagation import check_examples
from nncore.run_stack import RunStack

STACK_BYTES = 2_000_000
"""What Z, A, dA and dZ of one stack take together: about a second-level cache."""


class ManyRuns:
    """Trains R runs of one network on the full batch.

    Parameters
    ----------
    network : NetworkConfig
    training : TrainingConfig
        Of all runs; ``batch_size`` and ``clip_norm`` must be None.
    parameters : sequence of Parameters
        The initial weights of each run: R of them, copied.
    X, Y : (n_x, m) and (n_y, m) arrays
        The training set, m ≥ 1, as for ``Trainer``.
    learning_rates : sequence of float, optional
        α of each run, instead of the one in ``training``.
    dtype : float64 or float32
        What is computed with.

    Raises
    ------
    ValueError
        If an array or a number does not fit, or a setting is none for many runs.
    """

    def __init__(
        self,
        network: NetworkConfig,
        training: TrainingConfig,
        parameters: Sequence[Parameters],
        X: ArrayLike,
        Y: ArrayLike,
        learning_rates: Sequence[float] | None = None,
        dtype: DType = np.float64,
    ) -> None:
        dtype = check_dtype("dtype", dtype)
        check_instance("network", network, NetworkConfig)
        _check_settings(training)
        _check_parameters(network, parameters, dtype)
        trainings = _trainings(training, learning_rates, len(parameters))
        examples, targets = check_examples(X, Y, parameters[0], network)
        _check_fits("X", examples, dtype)
        _check_fits("Y", targets, dtype)
        size = _stack_size(len(parameters), network, examples.shape[1], dtype)
        self._stacks = [
            RunStack(network, trainings[part], parameters[part], examples, targets, dtype)
            for part in (slice(i, i + size) for i in range(0, len(parameters), size))
        ]

    def __len__(self) -> int:
        return sum(map(len, self._stacks))

    @property
    def iteration(self) -> int:
        """How many updates the runs have made that did not diverge."""
        return max(stack.iteration for stack in self._stacks)

    @property
    def divergences(self) -> tuple[Divergence | None, ...]:
        """Why each run stopped; None for those that did not."""
        stopped = [stack.stopped.get(i) for stack in self._stacks for i in range(len(stack))]
        return tuple(None if run is None else run.divergence for run in stopped)

    def parameters(self, run: int) -> Parameters:
        """Return a float64 copy of the current weights of a run, 0 … R − 1.

        Those of a run that diverged are its last finite ones.

        Raises
        ------
        ValueError
            If there is no run of this number.
        """
        if not 0 <= check_integer("run", run, 0) < len(self):
            raise ValueError(f"run is {run}; accepted: 0 to {len(self) - 1}")
        size = len(self._stacks[0])
        return self._stacks[run // size].parameters(run % size)

    def costs(self) -> FloatArray:
        """Return the exact cost J of each run's current weights on the training set, (R,)."""
        return np.array([cost for stack in self._stacks for cost in stack.costs()])

    def run(self, iterations: int) -> None:
        """Make that many updates of every run that does not diverge.

        ``run(10)`` is bit for bit the same as ``run(3)`` and ``run(7)``.

        Raises
        ------
        ValueError
            If ``iterations`` is not a whole number from 0 up.
        """
        check_integer("iterations", iterations, 0)
        for stack in self._stacks:
            stack.run(iterations)


def _stack_size(runs: int, network: NetworkConfig, m: int, dtype: DType) -> int:
    """Return how many runs to put in a stack: as many in each, as far as the number allows."""
    bytes_each = 4 * np.dtype(dtype).itemsize * m * sum(network.layer_dims[1:])
    stacks = ceil(runs / max(1, STACK_BYTES // bytes_each))
    return ceil(runs / stacks)


def _check_settings(training: TrainingConfig) -> None:
    check_instance("training", training, TrainingConfig)
    for name in ("batch_size", "clip_norm"):
        if getattr(training, name) is not None:
            raise ValueError(f"{name} is {getattr(training, name)}; accepted for many runs: None")


def _check_parameters(
    network: NetworkConfig, parameters: Sequence[Parameters], dtype: DType
) -> None:
    if len(check_list("parameters", parameters)) == 0:
        raise ValueError("parameters is empty; accepted: those of 1 run or more")
    for run, given in enumerate(parameters):
        network.check_fit(given)
        _check_fits(f"parameters[{run}]", given.vector, dtype)


def _check_fits(argument: str, values: FloatArray, dtype: DType) -> None:
    if not (np.abs(values) <= np.finfo(dtype).max).all():
        raise ValueError(
            f"{argument} has a value that is no finite {np.dtype(dtype)}; accepted: finite numbers"
        )


def _trainings(
    training: TrainingConfig, learning_rates: Sequence[float] | None, runs: int
) -> list[TrainingConfig]:
    if learning_rates is None:
        return [training] * runs
    rates = check_array("learning_rates", learning_rates)
    if rates.shape != (runs,):
        raise ValueError(f"learning_rates has shape {rates.shape}; accepted: ({runs},), one a run")
    return [replace(training, learning_rate=rate) for rate in rates.tolist()]

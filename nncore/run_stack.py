"""A stack of runs: R networks of one architecture, trained in one tape, each watched by itself.

Notes: "Gradient Descent for Neural Networks" (shallow networks).

Runs share nothing but their calls, so one that overflows harms no other.  As in the trainer, the
numbers are looked at every ``CHECK_EVERY`` iterations only; then the way from the last checkpoint
is repeated with a look at the runs that failed after each step.  Each of them stops at its last
finite state, and its place on the tape goes on with zeros, so that no other run notices.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from nncore.arrays import DType, FloatArray
from nncore.config import NetworkConfig, TrainingConfig
from nncore.costs import CostParts, data_cost, penalty
from nncore.divergence import Divergence, explain, overflowed
from nncore.optimizer_state import OptimizerState
from nncore.optimizers import OPTIMIZERS
from nncore.parameters import Parameters
from nncore.stacked_tape import StackedWorkspace
from nncore.tape import Tape, record_backward, record_forward, record_penalty
from nncore.training import CHECK_EVERY
from nncore.update import Learner, record_update


@dataclass(frozen=True)
class Stopped:
    """A run that diverged: why, its last finite parameters, and their cost."""

    divergence: Divergence
    parameters: Parameters
    cost: float


class RunStack:
    """R runs on the full batch, from checked arguments; ``ManyRuns`` is the public face.

    Parameters
    ----------
    network : NetworkConfig
    trainings : sequence of TrainingConfig
        One per run; they differ in nothing but the learning rate.
    parameters : sequence of Parameters
        The initial weights of each run, copied.
    X, Y : (n_x, m) and (n_y, m) arrays
        The inputs of layer 1 (features computed), and the targets.
    dtype : float64 or float32

    Attributes
    ----------
    iteration : int
        How many updates were made.
    stopped : dict of int to Stopped
        The runs that diverged, by their number in the stack.
    """

    def __init__(
        self,
        network: NetworkConfig,
        trainings: Sequence[TrainingConfig],
        parameters: Sequence[Parameters],
        X: FloatArray,
        Y: FloatArray,
        dtype: DType,
    ) -> None:
        self.iteration = 0
        self.stopped: dict[int, Stopped] = {}
        self._trainings = tuple(trainings)
        theta = Parameters.stack(parameters, dtype)
        self._learner = Learner.start(network, self._trainings[0], theta)
        self._slots = [self._like(slot) for slot in self._learner.memory.slots.values()]
        self._work = StackedWorkspace(network, len(parameters), X.shape[1], dtype)
        self._work.load(X, Y)
        self._targets = Y
        self._gradient, self._rate = theta.zeros_like(), theta.zeros_like()
        self._record()
        self._checkpoint = self._state()

    def __len__(self) -> int:
        return len(self._trainings)

    def parameters(self, run: int) -> Parameters:
        """Return a float64 copy of the weights of one run, the last finite ones if it stopped."""
        if run in self.stopped:
            return self.stopped[run].parameters.copy()
        return self._learner.theta.run(run).to_float64()

    def costs(self) -> list[float]:
        """Return the exact cost J of each run."""
        with np.errstate(all="ignore"):
            self._forward.replay()
        return [self._cost(run) for run in range(len(self))]

    def run(self, iterations: int) -> None:
        """Make that many updates of every run that does not diverge, as long as there is one."""
        target = self.iteration + iterations
        with np.errstate(all="ignore"):
            while self.iteration < target and len(self.stopped) < len(self):
                to_check = CHECK_EVERY - self.iteration % CHECK_EVERY
                self._advance(min(target, self.iteration + to_check))

    def _record(self) -> None:
        learner, work, gradient = self._learner, self._work, self._gradient
        training = learner.training
        divisor = work.m if OPTIMIZERS[training.optimizer].takes_sum else 1
        for run, own in enumerate(self._trainings):
            _fill(self._rate, run, own.learning_rate / divisor)
        forward = record_forward(learner.network, learner.theta, work)
        self._forward = Tape(forward)
        self._tape = Tape(
            [
                *forward,
                *record_backward(learner.network, learner.theta, work, gradient),
                *record_penalty(learner.theta, gradient, training.l1, training.l2, 1.0),
                *record_update(learner, gradient, work.m, self._rate.vector),
            ]
        )

    def _like(self, vector: FloatArray) -> Parameters:
        theta = self._learner.theta
        return Parameters(theta.layer_dims, vector, theta.runs)

    def _cost(self, run: int) -> float:
        """Return the cost of a run from the logits that the tape left."""
        if run in self.stopped:
            return self.stopped[run].cost
        network, training = self._learner.network, self._learner.training
        ZL = self._work.Z[-1][run].astype(np.float64)
        penalties = penalty(self.parameters(run), training.l1, training.l2, self._work.m)
        return CostParts(data_cost(ZL, self._targets, network), penalties).total

    def _state(self) -> tuple[int, FloatArray, OptimizerState]:
        return self.iteration, self._learner.theta.vector.copy(), self._learner.memory.copy()

    def _go_back(self, state: tuple[int, FloatArray, OptimizerState]) -> None:
        self.iteration, self._learner.theta.vector[:], memory = state
        self._learner.memory.load(memory)

    def _advance(self, stop: int) -> None:
        """Update all runs up to ``stop``, which is at most one checkpoint ahead."""
        self._update(stop - self.iteration)
        failed = self._failed()
        if failed:
            self._find_divergences(failed, stop)
        elif stop % CHECK_EVERY == 0:
            self._checkpoint = self._state()

    def _update(self, iterations: int) -> None:
        self._learner.clock[()] = self.iteration
        self._tape.replay(iterations)
        self.iteration += iterations

    def _failed(self) -> list[int]:
        """Return the runs with a parameter, or every so often another number, that is not finite.

        The same numbers are looked at on the same iterations as by the trainer.
        """
        stacks = [*self._learner.theta.blocks]
        if self.iteration % CHECK_EVERY == 0:
            stacks += [self._work.Z[-1], *(block for slot in self._slots for block in slot.blocks)]
        finite = np.logical_and.reduce([_finite_runs(stack) for stack in stacks])
        return [run for run in np.flatnonzero(~finite).tolist() if run not in self.stopped]

    def _find_divergences(self, failed: list[int], stop: int) -> None:
        """Repeat the way from the checkpoint with a look at the failed runs after each step."""
        self._go_back(self._checkpoint)
        costs = self.costs()
        while self.iteration < stop and failed:
            before, costs_before = {run: self.parameters(run) for run in failed}, costs
            self._update(1)
            costs = self.costs()
            for run, parameters in before.items():
                cost_is_finite = partial(isfinite, costs[run])
                what = overflowed(self._alone(run), self._gradient.run(run), cost_is_finite)
                if what is not None:
                    failed.remove(run)
                    rate = self._trainings[run].learning_rate_at(self.iteration - 1)
                    divergence = explain(what, self.iteration, rate, parameters)
                    self._stop(run, Stopped(divergence, parameters, costs_before[run]))
        self._checkpoint = self._state()

    def _alone(self, run: int) -> Learner:
        """Return a copy of one run as a learner of its own."""
        learner, memory = self._learner, self._learner.memory
        slots = {name: self._like(slot).run(run).vector for name, slot in memory.slots.items()}
        return Learner(
            learner.network,
            self._trainings[run],
            learner.theta.run(run),
            OptimizerState(slots, memory.updates.copy()),
            learner.clock.copy(),
        )

    def _stop(self, run: int, stopped: Stopped) -> None:
        self.stopped[run] = stopped
        for arrays in (self._learner.theta, self._rate, *self._slots):
            _fill(arrays, run, 0.0)


def _fill(stacked: Parameters, run: int, value: float) -> None:
    for block in stacked.blocks:
        block[run] = value


def _finite_runs(stack: FloatArray) -> NDArray[np.bool_]:
    """Say for each run whether its part of ``stack``, (R, n, m), is finite."""
    finite: NDArray[np.bool_] = np.logical_and.reduce(np.isfinite(stack), axis=(1, 2))
    return finite

"""One recorded iteration, and the two ways to feed it: the full batch, or mini-batches.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "优化算法" (basics, softmax,
deep).
"""

from typing import Protocol

import numpy as np
from numpy.random import Generator

from nncore.arrays import FloatArray
from nncore.config import NetworkConfig, TrainingConfig
from nncore.minibatches import Minibatches, Place
from nncore.optimizers import OPTIMIZERS
from nncore.parameters import Parameters
from nncore.tape import (
    Step,
    Tape,
    Workspace,
    record_backward,
    record_forward,
    record_penalty,
)


class Iteration:
    """One update from the examples in ``work``: forward, backward, penalty, optimizer.

    ``m`` is the size of the whole training set; ``work.m`` that of the batch.
    """

    def __init__(
        self,
        network: NetworkConfig,
        training: TrainingConfig,
        theta: Parameters,
        work: Workspace,
        m: int,
    ) -> None:
        self.work = work
        self.gradient = Parameters.zeros(network.layer_dims)
        self._rate = np.zeros(())
        self.set_learning_rate(training.learning_rate)
        self.tape = Tape(
            [
                *record_forward(network, theta, work),
                *record_backward(network, theta, work, self.gradient),
                *record_penalty(theta, self.gradient, training.l1, training.l2, work.m / m),
                _update_step(training, theta, self.gradient, self._rate),
            ]
        )

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on: the one number α/m on the tape."""
        self._rate[()] = learning_rate / self.work.m


class Batches(Protocol):
    """Where the trainer's iterations take their examples from."""

    size: int
    """Examples in a batch."""
    last: Iteration
    """The iteration that ran last."""

    def run(self, iterations: int) -> None:
        """Make that many updates."""

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on."""

    def place(self) -> Place | None:
        """Return where the next batch comes from."""

    def go_to(self, place: Place | None) -> None:
        """Continue from ``place``."""


class FullBatch:
    """Every iteration sees the whole training set, which lies in ``work``."""

    def __init__(
        self, network: NetworkConfig, training: TrainingConfig, theta: Parameters, work: Workspace
    ) -> None:
        self.size = work.m
        self.last = Iteration(network, training, theta, work, work.m)

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        self.last.tape.replay(iterations)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on."""
        self.last.set_learning_rate(learning_rate)

    def place(self) -> None:
        """Return None: every batch is the same."""

    def go_to(self, place: Place | None) -> None:
        """Do nothing: every batch is the same."""


class MiniBatches:
    """Every iteration sees the next few examples of the shuffled training set ``data``."""

    def __init__(
        self,
        network: NetworkConfig,
        training: TrainingConfig,
        theta: Parameters,
        data: Workspace,
        random: Generator,
    ) -> None:
        self.size = training.batch_size or data.m
        self._data = data
        self._order = Minibatches(data.m, self.size, random)
        sizes = {self.size, data.m % self.size} - {0}
        self._iterations = {
            size: Iteration(network, training, theta, Workspace(network, size), data.m)
            for size in sizes
        }
        self.last = self._iterations[self.size]

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        X, Y = self._data.A[0], self._data.Y
        for _ in range(iterations):
            batch = self._order.next()
            self.last = self._iterations[batch.size]
            work = self.last.work
            # mode="clip" lets take() write straight into the array; the numbers are in range.
            X.take(batch, 1, work.A[0], "clip")
            Y.take(batch, 1, work.Y, "clip")
            self.last.tape.replay()

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on."""
        for iteration in self._iterations.values():
            iteration.set_learning_rate(learning_rate)

    def place(self) -> Place:
        """Return where the next batch comes from."""
        return self._order.place()

    def go_to(self, place: Place | None) -> None:
        """Continue from ``place``."""
        if place is not None:
            self._order.go_to(place)


def _update_step(
    training: TrainingConfig, theta: Parameters, gradient: Parameters, rate: FloatArray
) -> Step:
    optimizer = OPTIMIZERS[training.optimizer]
    return Step(
        "θ",
        optimizer.formula,
        {"θ": theta.vector, "m·dθ": gradient.vector, "α/m": rate},
        {"θ": theta.vector},
        tuple(optimizer.update(theta.vector, gradient.vector, rate)),
    )

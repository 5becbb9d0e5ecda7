"""One recorded iteration, and the two ways to feed it: the full batch, or mini-batches.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "优化算法" (basics, softmax,
deep).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.random import Generator

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
from nncore.tiles import TrainingSet
from nncore.update import Learner, record_update


def record_gradient(
    learner: Learner, works: Sequence[Workspace], gradient: Parameters, m: int
) -> list[Step]:
    """m·dθ summed over the examples of all ``works``, penalty included.

    ``m`` is the size of the whole training set.
    """
    network, training, theta = learner.network, learner.training, learner.theta
    first, *others = works
    steps = _one_pass(learner, first, gradient)
    part = Parameters.zeros(network.layer_dims)
    for work in others:
        steps += [*_one_pass(learner, work, part), _sum_step(part, gradient)]
    share = sum(work.m for work in works) / m
    return steps + record_penalty(theta, gradient, training.l1, training.l2, share)


def _one_pass(learner: Learner, work: Workspace, gradient: Parameters) -> list[Step]:
    network, theta = learner.network, learner.theta
    return [
        *record_forward(network, theta, work),
        *record_backward(network, theta, work, gradient),
    ]


def _sum_step(part: Parameters, gradient: Parameters) -> Step:
    arrays = {"part": part.vector, "m·dθ": gradient.vector}
    call = (np.add, (gradient.vector, part.vector, gradient.vector))
    return Step("m·dθ", "m·dθ += part", arrays, {"m·dθ": gradient.vector}, (call,))


class Iteration:
    """One update from the examples in ``works``: forward, backward, penalty, optimizer.

    ``m`` is the size of the whole training set.  Several works are the tiles of one batch: their
    gradients add up.
    """

    def __init__(self, learner: Learner, works: Sequence[Workspace], m: int) -> None:
        training = learner.training
        self.works = works
        self.gradient = Parameters.zeros(learner.network.layer_dims)
        size = sum(work.m for work in works)
        self._divisor = size if OPTIMIZERS[training.optimizer].takes_sum else 1
        self._rate = np.zeros(())
        self.set_learning_rate(training.learning_rate)
        self.tape = Tape(
            [
                *record_gradient(learner, works, self.gradient, m),
                *record_update(learner, self.gradient, size, self._rate),
            ]
        )

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on: one number on the tape."""
        self._rate[()] = learning_rate / self._divisor

    def logits_are_finite(self) -> bool:
        """Say whether the logits of all examples were finite."""
        return all(bool(np.isfinite(work.Z[-1]).all()) for work in self.works)


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

    def place(self) -> Place:
        """Return where the next batch comes from."""

    def go_to(self, place: Place) -> None:
        """Continue from ``place``, which must be one of these batches (see ``check_place``)."""

    def check_place(self, place: Place) -> None:
        """Raise ValueError if no batch begins at ``place``."""


class FullBatch:
    """Every iteration sees the whole training set, tile by tile."""

    def __init__(self, learner: Learner, data: TrainingSet, random: Generator) -> None:
        self.size = data.m
        self.last = Iteration(learner, data.tiles, data.m)
        self._random = random

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        self.last.tape.replay(iterations)

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on."""
        self.last.set_learning_rate(learning_rate)

    def place(self) -> Place:
        """Return the random state for mini-batches to come; every batch here is the same."""
        return Place(self._random.bit_generator.state, 0)

    def go_to(self, place: Place) -> None:
        """Take over the random state."""
        self._random.bit_generator.state = place.random_state

    def check_place(self, place: Place) -> None:
        """Raise ValueError if the place lies within an epoch of mini-batches."""
        if place.start:
            raise ValueError(f"start is {place.start}; accepted for the full batch: 0")


class MiniBatches:
    """Every iteration sees the next ``size`` examples of the shuffled training set ``data``."""

    def __init__(self, learner: Learner, data: TrainingSet, size: int, random: Generator) -> None:
        self.size = size
        self._data = data
        self._order = Minibatches(data.m, size, random)
        sizes = {size, data.m % size} - {0}
        self._iterations = {
            size: Iteration(learner, [Workspace(learner.network, size)], data.m) for size in sizes
        }
        self.last = self._iterations[self.size]

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        X, Y = self._data.X, self._data.Y
        for _ in range(iterations):
            batch = self._order.next()
            self.last = self._iterations[batch.size]
            (work,) = self.last.works
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

    def go_to(self, place: Place) -> None:
        """Continue from ``place``."""
        self._order.go_to(place)

    def check_place(self, place: Place) -> None:
        """Raise ValueError if no batch begins at ``place``."""
        starts = range(0, self._data.m, self.size)
        if place.start not in starts and place.start != self._data.m:
            raise ValueError(
                f"start is {place.start}; accepted: a multiple of the batch size {self.size} "
                f"up to {self._data.m}"
            )

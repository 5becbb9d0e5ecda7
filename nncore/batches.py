"""One recorded iteration, and the two ways to feed it: the full batch, or mini-batches.

Notes: "Gradient Descent for Neural Networks" (shallow networks), "优化算法" (basics, softmax,
deep).
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.random import Generator

from nncore.minibatches import ExampleOrder, Place
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
from nncore.tiles import Tile, TrainingSet
from nncore.update import Learner, record_update


def record_gradient(
    learner: Learner, tiles: Sequence[Tile], gradient: Parameters, m: int
) -> list[Step]:
    """m·dθ summed over the examples of all ``tiles``, penalty included.

    ``m`` is the size of the whole training set.
    """
    training, theta = learner.training, learner.theta
    if len(tiles) == 1:
        steps = [*tiles[0].load, *_one_pass(learner, tiles[0].work, gradient)]
    else:
        steps = _tiled_passes(learner, tiles, gradient)
    share = sum(tile.work.m for tile in tiles) / m
    return steps + record_penalty(theta, gradient, training.l1, training.l2, share)


def _tiled_passes(learner: Learner, tiles: Sequence[Tile], gradient: Parameters) -> list[Step]:
    """One recording per workspace, whose steps are on the tape once for every tile."""
    part = Parameters.zeros(gradient.layer_dims)
    works = {tile.work for tile in tiles}
    passes = {work: _one_pass(learner, work, part) for work in works}
    arrays, total = {"part": part.vector, "m·dθ": gradient.vector}, {"m·dθ": gradient.vector}
    add = (np.add, (gradient.vector, part.vector, gradient.vector))
    steps = [Step("m·dθ", "m·dθ = 0", {}, total, ((gradient.vector.fill, (0.0,)),))]
    for tile in tiles:
        add_step = Step("m·dθ", "m·dθ += part", arrays, total, (add,))
        steps += [*tile.load, *passes[tile.work], add_step]
    return steps


def _one_pass(learner: Learner, work: Workspace, gradient: Parameters) -> list[Step]:
    network, theta = learner.network, learner.theta
    return [
        *record_forward(network, theta, work),
        *record_backward(network, theta, work, gradient),
    ]


class Iteration:
    """One update from the examples in ``tiles``: forward, backward, penalty, optimizer.

    ``m`` is the size of the whole training set.  The gradients of several tiles add up.
    """

    def __init__(self, learner: Learner, tiles: Sequence[Tile], m: int) -> None:
        training = learner.training
        self.work = tiles[-1].work
        self.gradient = Parameters.zeros(learner.network.layer_dims)
        size = sum(tile.work.m for tile in tiles)
        self._divisor = size if OPTIMIZERS[training.optimizer].takes_sum else 1
        self._rate = np.zeros(())
        self.set_learning_rate(training.learning_rate)
        self.tape = Tape(
            [
                *record_gradient(learner, tiles, self.gradient, m),
                *record_update(learner, self.gradient, size, self._rate),
            ]
        )

    def set_learning_rate(self, learning_rate: float) -> None:
        """Use another α from now on: one number on the tape."""
        self._rate[()] = learning_rate / self._divisor


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
        """Continue from ``place``."""


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


class MiniBatches:
    """Every iteration sees the next ``size`` examples of the shuffled training set ``data``."""

    def __init__(self, learner: Learner, data: TrainingSet, size: int, random: Generator) -> None:
        self.size = size
        self._data = data
        self._order = ExampleOrder(data.m, size, random)
        self._iterations = {
            m: Iteration(learner, [Tile(Workspace(learner.network, m))], data.m)
            for m in {size, data.m % size} - {0}
        }
        self.last = self._iterations[size]

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        X, Y = self._data.X, self._data.Y
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

    def go_to(self, place: Place) -> None:
        """Continue from ``place``."""
        self._order.go_to(place)

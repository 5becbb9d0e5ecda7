"""The order of the examples: a fresh shuffle every epoch, cut into mini-batches.

The notes take all examples at every iteration ("优化算法", basics, softmax, deep); mini-batches are
the next step.  An epoch is one pass over the training set; its last batch is short when the batch
size does not divide m, and is used all the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from nncore.arrays import IntArray


@dataclass(frozen=True)
class Place:
    """Where in which epoch: the random state that its shuffle began with, and the next example.

    Without mini-batches it is the random state of the shuffles to come, and ``start`` is 0.
    """

    random_state: Mapping[str, Any]
    start: int


class ExampleOrder:
    """The example numbers 0 … m − 1 in an endless row of mini-batches of ``size``.

    An epoch is shuffled when its first batch is asked for: an order that gave none away leaves no
    trace in ``random``, so examples that nothing was trained on change nothing of what follows.
    """

    def __init__(self, m: int, size: int, random: Generator) -> None:
        self._m, self._size, self._random = m, size, random
        self._numbers = np.arange(m)
        self._order = self._numbers.copy()
        self._begin_epoch()

    def next(self) -> IntArray:
        """Return the example numbers of the next batch: a view that lasts to the epoch's end."""
        if self._start >= self._m:
            self._begin_epoch()
        if not self._start:
            self._shuffle()
        batch = self._order[self._start : self._start + self._size]
        self._start += batch.size
        return batch

    def place(self) -> Place:
        """Return where the next batch comes from."""
        return Place(self._random_state, self._start)

    def go_to(self, place: Place) -> None:
        """Continue from ``place``, exactly as it went on from there."""
        self._random.bit_generator.state = place.random_state
        self._begin_epoch()
        if place.start:
            self._shuffle()
            self._start = place.start

    def _begin_epoch(self) -> None:
        self._random_state = self._random.bit_generator.state
        self._start = 0

    def _shuffle(self) -> None:
        np.copyto(self._order, self._numbers)
        self._random.shuffle(self._order)

"""The cost curve of a run: bounded, even, with its first and its last point."""

import numpy as np

from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_integer


class History:
    """The exact cost at the iterations 0, s, 2s, …, in at most ``capacity`` entries.

    The stride s starts at 1 and doubles whenever the record is full, and every second entry
    is dropped: a run of any length costs the same memory, and recording costs less and less.
    What is recorded depends on the iterations alone, not on how a run was cut into slices.
    A ``capacity`` of 0 records nothing.
    """

    def __init__(self, capacity: int = 2048) -> None:
        self.capacity = check_integer("capacity", capacity, 0)
        if self.capacity == 1:
            raise ValueError("capacity is 1; accepted: 0 (record nothing), or 2 and more")
        self._iterations = np.zeros(capacity, np.int64)
        self._costs = np.zeros(capacity)
        self.clear()

    def __len__(self) -> int:
        return self._size

    @property
    def iterations(self) -> IntArray:
        """The recorded iterations, ascending, (k,)."""
        return self._iterations[: self._size].copy()

    @property
    def costs(self) -> FloatArray:
        """The cost at each of ``iterations``, (k,)."""
        return self._costs[: self._size].copy()

    def clear(self) -> None:
        """Forget everything."""
        self.stride = 1
        self._size = 0

    def truncate(self, iteration: int) -> None:
        """Forget what was recorded after ``iteration``."""
        self._size = int(np.searchsorted(self._iterations[: self._size], iteration, "right"))

    def record(self, iteration: int, cost: float) -> None:
        """Record the cost at ``iteration``, which must not lie before the last recorded one.

        An entry between two strides is kept only while it is the last one.
        """
        if not self.capacity:
            return
        if self._size and iteration < self._iterations[self._size - 1]:
            raise ValueError(
                f"iteration is {iteration}; accepted: {self._iterations[self._size - 1]} or later"
            )
        self._drop_provisional(iteration)
        while self._size == self.capacity:
            self._thin()
        self._iterations[self._size] = iteration
        self._costs[self._size] = cost
        self._size += 1

    def _drop_provisional(self, iteration: int) -> None:
        """Make way for ``iteration``: the same one again, or a last entry off the stride."""
        last = self._size - 1
        if last < 0:
            return
        again = self._iterations[last] == iteration
        if again or (last > 0 and self._iterations[last] % self.stride):
            self._size = last

    def _thin(self) -> None:
        """Double the stride and keep its multiples, and the first entry."""
        self.stride *= 2
        keep = self._iterations[: self._size] % self.stride == 0
        keep[0] = True
        self._size = int(np.count_nonzero(keep))
        self._iterations[: self._size] = self._iterations[: keep.size][keep]
        self._costs[: self._size] = self._costs[: keep.size][keep]

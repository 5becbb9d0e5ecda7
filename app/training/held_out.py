"""The cost over the points that are held back for the test, along a run.

The trainer knows nothing of these points, so the worker measures them between its slices, no more
often than it can afford: with 80 test points one look takes some 0.3 ms, a seventh of a slice.
With that limit 98.4 % of the speed are left, with 80 as with 1,000 test points (median of 15
rounds).

It looks where the history of the training has its entries, at multiples of a stride: where the
parameters swing to and fro, looking at even and odd iterations would draw a band, not a line.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

import nncore

if TYPE_CHECKING:
    from app.document.state import State
    from nncore import FloatArray

CAPACITY = 1024  # entries; a screen shows fewer
SHARE = 0.015  # of the time of training may go into looking
CREDIT = 0.005  # seconds that may be spent at once: a run changes most at its beginning


class SampledCurve:
    """Costs at the iterations at which somebody happened to look: bounded, and thinned evenly.

    Entries stand at least ``gap`` iterations apart, save the last one, which gives way to the
    next if it is nearer or was recorded in passing; whenever the curve is full, the gap grows and
    what is too close is dropped.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self.capacity = capacity
        self.clear()

    @property
    def points(self) -> tuple[FloatArray, FloatArray]:
        """Iterations, ascending, and costs, (k,) each."""
        iterations, costs = np.array(self._entries, float).reshape(-1, 2).T
        return iterations, costs

    def clear(self) -> None:
        """Forget everything."""
        self.gap = 1.0
        self._passing = False
        self._entries: list[tuple[int, float]] = []

    def record(self, iteration: int, cost: float, passing: bool = False) -> None:
        """Add the cost at an iteration; what was recorded from there on is forgotten."""
        entries = self._entries
        while entries and entries[-1][0] >= iteration:
            entries.pop()
        near = len(entries) > 1 and entries[-1][0] - entries[-2][0] < self.gap
        if near or (self._passing and len(entries) > 1):
            entries.pop()
        entries.append((iteration, cost))
        self._passing = passing
        if len(entries) > self.capacity:
            self._thin()

    def _thin(self) -> None:
        first, last = self._entries[0], self._entries[-1]
        self.gap = 2 * (last[0] - first[0]) / self.capacity
        kept = [first]
        for entry in self._entries[1:-1]:
            if entry[0] - kept[-1][0] >= self.gap:
                kept.append(entry)
        self._entries = [*kept, last]


class HeldOut:
    """Measures a run on the test points of a state."""

    def __init__(self) -> None:
        self._curve = SampledCurve()
        self._X: FloatArray = np.empty((2, 0))
        self._Y: FloatArray = np.empty((1, 0))
        self._spent, self._trained = 0.0, 0.0

    @property
    def curve(self) -> tuple[FloatArray, FloatArray]:
        """Iterations and costs so far; none without test points."""
        return self._curve.points

    def begin(self) -> None:
        """Forget the run before."""
        self._curve.clear()
        self._spent = self._trained = 0.0

    def set_points(self, state: State) -> None:
        """Measure these test points from now on; without any the curve ends."""
        test = state.test_points
        self._X, self._Y = test.X, state.targets(test)
        if not len(test):
            self._curve.clear()

    def note_training(self, seconds: float) -> None:
        """Take in how long was trained: it may be looked again after enough of it."""
        self._trained += seconds

    def stop(self, trainer: nncore.Trainer, count: int) -> int:
        """Return after how many iterations, at most ``count``, to look; 0 if no look is due."""
        if not self._X.size or self._spent > CREDIT + SHARE * self._trained:
            return 0
        end = trainer.iteration + count
        return max(0, end - end % trainer.history.stride - trainer.iteration)

    def measure(self, trainer: nncore.Trainer) -> float | None:
        """Return and record the mean loss of the network as it is; None without test points."""
        if not self._X.size:
            return None
        start = perf_counter()
        cost = nncore.compute_cost(self._X, self._Y, trainer.parameters, trainer.network)
        off_stride = trainer.iteration % trainer.history.stride > 0
        self._curve.record(trainer.iteration, cost, passing=off_stride)
        self._spent += perf_counter() - start
        return cost

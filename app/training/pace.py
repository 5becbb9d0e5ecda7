"""How many iterations fit into a slice of time, and how many a second that is."""

from __future__ import annotations

from time import perf_counter

SPEED_WINDOW = 0.5  # seconds that a shown speed is measured over
LARGEST_SLICE = 100_000


class Pace:
    """Keep slices of training to a wished length, whatever the network costs.

    Slices are timed, not counted: a fixed 5,000 iterations a slice gave 13 frames a second on the
    smallest network and would give none on a large one.
    """

    def __init__(self) -> None:
        self._seconds_each = 0.0
        self._since = 0.0
        self._iterations = 0
        self.speed = 0.0

    def start(self) -> None:
        """Begin to measure after a pause."""
        self._since, self._iterations, self.speed = perf_counter(), 0, 0.0

    def forget(self) -> None:
        """Begin with a single iteration: what one costs may have changed a thousandfold."""
        self._seconds_each = 0.0

    def iterations(self, seconds: float) -> int:
        """Choose how many iterations will take about ``seconds``."""
        if not self._seconds_each:
            return 1
        return max(1, min(LARGEST_SLICE, int(seconds / self._seconds_each)))

    def note(self, iterations: int, seconds: float) -> None:
        """Take in that so many iterations took so long."""
        if not iterations:
            return
        measured = seconds / iterations
        self._seconds_each = (
            measured if not self._seconds_each else 0.7 * self._seconds_each + 0.3 * measured
        )
        self._iterations += iterations
        elapsed = perf_counter() - self._since
        if elapsed >= SPEED_WINDOW or not self.speed:
            self.speed = self._iterations / max(elapsed, 1e-9)
        if elapsed >= SPEED_WINDOW:
            self._since, self._iterations = perf_counter(), 0

"""What there is to say about a run: its trend and its findings, at most twice a second.

They are read rather than watched, and one look costs as much as it takes to train for 0.4 ms
(2-4-1, 400 points) to 9 ms (2-64-64-1, 1,000 points), and 1.6 to 3 times that where the cost hardly
falls, so that the gradient is asked for as well.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import nncore

if TYPE_CHECKING:
    from app.document.state import State

READING_TIME = 0.5  # seconds


class Diagnosis(NamedTuple):
    """Where the cost goes (None while there is too little of it), and what is wrong.

    ``since`` is the iteration at which something else than training last changed the run; what
    the cost did before is left out.
    """

    trend: nncore.Trend | None
    findings: tuple[nncore.Finding, ...]
    since: int = 0


NO_DIAGNOSIS = Diagnosis(None, ())


class Diagnostician:
    """Looks at a run when it has moved on, in motion not more often than one can read."""

    def __init__(self) -> None:
        self.forget()

    def forget(self, since: int = 0) -> None:
        """Look anew, and leave out what the cost did before iteration ``since``.

        To be called whenever something else than training changes the run.
        """
        self._since, self._iteration, self._looked = since, -1, 0.0
        self._diagnosis = NO_DIAGNOSIS._replace(since=since)

    def diagnose(self, trainer: nncore.Trainer, state: State, *, moving: bool) -> Diagnosis:
        """Return the present diagnosis, or while ``moving`` that of half a second ago."""
        now = perf_counter()
        too_soon = moving and now - self._looked < READING_TIME
        if trainer.iteration != self._iteration and not too_soon:
            self._iteration, self._looked = trainer.iteration, now
            points = state.training_points
            seen = nncore.observe(trainer, points.X, state.targets(points), self._since)
            trend = nncore.cost_trend(seen.iterations, seen.costs)
            self._diagnosis = Diagnosis(trend, nncore.diagnose(seen), self._since)
        return self._diagnosis

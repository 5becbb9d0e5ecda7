"""The document: the one owner of the chosen state, with undo within a budget of memory.

A step costs what its commands keep (see `Command.nbytes`) and 1 kB besides: that is all for a
stroke of new points, however many; clearing 100,000 points keeps 3.3 MB.  The budget holds a
quarter of a million such strokes or 80 such clearings; beyond it the oldest steps are forgotten,
but never the last one.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.document.state import State, difference, initial_state

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.document.commands import Command

UNDO_BUDGET = 256 * 1024**2  # bytes
STEP_OVERHEAD = 512  # bytes of a step beside what its commands count


@dataclass
class _Step:
    """One undo step: commands that lead back, the last to be applied first."""

    verb: str
    commands: list[Command] = field(default_factory=list)
    count: int = 0
    nbytes: int = STEP_OVERHEAD

    @property
    def name(self) -> str:
        if not self.count:
            return self.verb
        return f"{self.verb}, {self.count:,} point{'s' if self.count > 1 else ''}"

    def add(self, inverse: Command) -> None:
        """Take in a command that leads back to where the others begin."""
        joined = self.commands[-1].joined(inverse) if self.commands else None
        if joined is None:
            self._count(inverse, 1)
            self.commands.append(inverse)
        else:
            self._count(self.commands[-1], -1)
            self._count(joined, 1)
            self.commands[-1] = joined

    def _count(self, command: Command, sign: int) -> None:
        self.count += sign * command.count
        self.nbytes += sign * (command.nbytes + STEP_OVERHEAD)

    def apply(self, state: State) -> tuple[State, _Step]:
        """Return the state it leads to, and the step that leads back from there."""
        back = _Step(self.verb)
        for command in reversed(self.commands):
            state, inverse = command.apply(state)
            back.commands.append(inverse)
            back._count(inverse, 1)
        return state, back


class Document(QObject):
    """Holds the state; commands replace it, views listen.

    Parameters
    ----------
    state : State, optional
        Where it begins; without one, as the window does.
    budget : int
        Bytes that undo and redo may take together.

    Signals
    -------
    changed(Changed, object)
        What was touched, and who asked (None: nobody in particular), so that echoes can stop.
    """

    changed = Signal(object, object)

    def __init__(self, state: State | None = None, budget: int = UNDO_BUDGET) -> None:
        super().__init__()
        self._state = state or initial_state()
        self._budget = budget
        self._undo: deque[_Step] = deque()
        self._redo: deque[_Step] = deque()
        # The stroke that goes on in the last step, and what cancelling it would bring back.
        self._stroke: Hashable | None = None
        self._shelved: deque[_Step] = deque()
        self._nbytes = 0

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    @property
    def undo_name(self) -> str | None:
        """Name of the step that `undo` takes back, or None."""
        return self._undo[-1].name if self._undo else None

    @property
    def redo_name(self) -> str | None:
        """Name of the step that `redo` brings again, or None."""
        return self._redo[-1].name if self._redo else None

    @property
    def undo_bytes(self) -> int:
        """Memory that undo and redo take."""
        return self._nbytes

    def push(self, command: Command, who: object = None, stroke: Hashable | None = None) -> None:
        """Apply a command; the edits of one ``stroke`` become one undo step.

        A command that raises changes nothing, since the new state is computed first; one that
        gives back the very state leaves no trace.
        """
        new, inverse = command.apply(self._state)
        if new is self._state:
            return
        if not self._draws(stroke):
            self._begin(_Step(command.verb), stroke)
        step = self._undo[-1]
        self._nbytes -= step.nbytes
        step.add(inverse)
        self._nbytes += step.nbytes
        self._keep_within_budget()
        self._replace(new, who)

    def cancel_stroke(self, stroke: Hashable, who: object = None) -> None:
        """Take the running stroke back as if it had never begun: redo is as it was before it.

        Does nothing unless the stroke is the last step.
        """
        if not self._draws(stroke):
            return
        state, _ = self._undo[-1].apply(self._state)
        self._nbytes -= self._undo.pop().nbytes
        self._redo = self._shelved
        self._end_stroke()
        self._nbytes += sum(step.nbytes for step in self._redo)
        self._replace(state, who)

    def undo(self) -> None:
        """Take the last step back."""
        self._turn(self._undo, self._redo)

    def redo(self) -> None:
        """Bring the last undone step again."""
        self._turn(self._redo, self._undo)

    def _draws(self, stroke: Hashable | None) -> bool:
        """Whether the last step is this stroke, still going on."""
        return stroke is not None and stroke == self._stroke

    def _begin(self, step: _Step, stroke: Hashable | None) -> None:
        self._nbytes += step.nbytes - sum(obsolete.nbytes for obsolete in self._redo)
        self._end_stroke()
        self._stroke = stroke
        if stroke is not None:
            self._shelved = self._redo
        self._redo = deque()
        self._undo.append(step)

    def _end_stroke(self) -> None:
        self._stroke, self._shelved = None, deque()

    def _turn(self, source: deque[_Step], target: deque[_Step]) -> None:
        if not source:
            return
        state, back = source[-1].apply(self._state)
        self._nbytes += back.nbytes - source.pop().nbytes
        target.append(back)
        self._end_stroke()
        self._keep_within_budget()
        self._replace(state, None)

    def _keep_within_budget(self) -> None:
        while self._nbytes > self._budget and len(self._undo) > 1:
            self._nbytes -= self._undo.popleft().nbytes

    def _replace(self, state: State, who: object) -> None:
        changes = difference(self._state, state)
        self._state = state
        self.changed.emit(changes, who)

"""The document: the one owner of the chosen state, with unbounded undo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.document.state import Changed, State, initial_state

if TYPE_CHECKING:
    from collections.abc import Hashable

    from app.document.commands import Command


@dataclass
class _Step:
    """One undo step: commands that lead back, the last to be applied first."""

    verb: str
    count: int
    commands: list[Command]
    stroke: Hashable | None = None

    @property
    def name(self) -> str:
        if not self.count:
            return self.verb
        return f"{self.verb} {self.count:,} point{'s' if self.count > 1 else ''}"


class Document(QObject):
    """Holds the state; commands replace it, views listen.

    Signals
    -------
    changed(Changed, object)
        What was touched, and who asked (None: nobody in particular), so that echoes can stop.
    """

    changed = Signal(object, object)

    def __init__(self, state: State | None = None) -> None:
        super().__init__()
        self._state = state or initial_state()
        self._undo: list[_Step] = []
        self._redo: list[_Step] = []

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

    def push(self, command: Command, who: object = None, stroke: Hashable | None = None) -> None:
        """Apply a command; the edits of one ``stroke`` become one undo step.

        A command that raises changes nothing, since the new state is computed first; one that
        leaves the state as it is leaves no trace.
        """
        new, inverse = command.apply(self._state)
        if new == self._state:
            return
        last = self._undo[-1] if self._undo else None
        if last and stroke is not None and last.stroke == stroke:
            last.commands.append(inverse)
            last.count += command.count
        else:
            self._undo.append(_Step(command.verb, command.count, [inverse], stroke))
        self._redo.clear()
        self._replace(new, command.changes, who)

    def undo(self) -> None:
        """Take the last step back."""
        self._turn(self._undo, self._redo)

    def redo(self) -> None:
        """Bring the last undone step again."""
        self._turn(self._redo, self._undo)

    def _turn(self, source: list[_Step], target: list[_Step]) -> None:
        if not source:
            return
        step = source[-1]
        state, changes = self._state, Changed(0)
        back: list[Command] = []
        for command in reversed(step.commands):
            state, inverse = command.apply(state)
            changes |= command.changes
            back.append(inverse)
        source.pop()
        target.append(_Step(step.verb, step.count, back))
        self._replace(state, changes, None)

    def _replace(self, state: State, changes: Changed, who: object) -> None:
        if state.class_count != self._state.class_count:
            changes |= Changed.NETWORK
        self._state = state
        self.changed.emit(changes, who)

"""The document: the one owner of the chosen state, with undo within a budget of memory.

A step costs what its commands keep (see `Command.nbytes`) and 1 kB besides: that is all for a
stroke of new points, however many; clearing 100,000 points keeps 3.3 MB.  The budget holds a
quarter of a million such strokes or 80 such clearings; beyond it the oldest steps are forgotten,
but never the last one.

An edit of very many points is computed on a thread of its own, one at a time, while the window
shows the former state. Nothing of it is seen before all of it is there. Where another edit changes
the points meanwhile, or it is taken back, it is given up; where a setting changes, it is computed
anew from the state that has it. So every state is what its steps made of the first one, as if
nobody had waited.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.document.state import Changed, State, difference, initial_state
from app.document.steps import Step, named
from app.side_job import SideJob

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from app.document.commands import Command

UNDO_BUDGET = 256 * 1024**2  # bytes
LARGE = 200_000
"""Points; an edit that looks at more of them, see `Command.effort`, is computed beside the window.

To move 66,000 takes 4 ms of the 8 that a turn may take, since views follow; a million take 58.
"""


@dataclass(frozen=True)
class _Edit:
    """An edit on its way: what it does to a state, and what then becomes of the outcome.

    ``lasting`` says whether it is still wanted when a setting was changed meanwhile.
    """

    name: Callable[[], str]
    work: Callable[[State], tuple[State, Any]]
    adopt: Callable[[_Edit, State, Any], None]
    who: object = None
    stroke: Hashable | None = None
    then: Callable[[], None] | None = None
    lasting: bool = False


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
    awaited(str or None, object)
        The name of an edit that is now computed beside the window, and who asked for it; None: it
        is there, or given up.
    overtaken(str)
        The edit of this name was on its way and is given up for another one, which came after it.
    """

    changed = Signal(object, object)
    awaited = Signal(object, object)
    overtaken = Signal(object)

    def __init__(self, state: State | None = None, budget: int = UNDO_BUDGET) -> None:
        super().__init__()
        self._state = state or initial_state()
        self._budget = budget
        self._undo: deque[Step] = deque()
        self._redo: deque[Step] = deque()
        # The stroke that goes on in the last step, and what cancelling it would bring back.
        self._stroke: Hashable | None = None
        self._shelved: deque[Step] = deque()
        self._nbytes = 0
        self._pending: _Edit | None = None
        self._base = self._state
        self._job: SideJob[tuple[State, Any]] = SideJob(self)
        self._job.finished.connect(self._go_on)

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    @property
    def undo_name(self) -> str | None:
        """Name of what `undo` takes back, or None: the edit on its way, or else the last step."""
        return self.pending or (self._undo[-1].name if self._undo else None)

    @property
    def redo_name(self) -> str | None:
        """Name of the step that `redo` brings again, or None; none while an edit is on its way."""
        return self._redo[-1].name if self._redo and not self._pending else None

    @property
    def undo_bytes(self) -> int:
        """Memory that undo and redo take."""
        return self._nbytes

    @property
    def pending(self) -> str | None:
        """Name of the edit that is computed beside the window, or None."""
        return self._pending.name() if self._pending else None

    def push(
        self,
        command: Command,
        who: object = None,
        stroke: Hashable | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Apply a command, soon if it is large; the edits of one ``stroke`` become one undo step.

        A command that raises changes nothing, since the new state is computed first; one that
        gives back the very state leaves no trace. ``then`` is called when it was applied.
        """
        name = partial(named, command)
        adopt = partial(self._take_in, command)
        edit = _Edit(name, command.apply, adopt, who, stroke, then, lasting=True)
        self._carry_out(edit, command.effort(self._state))

    def cancel_stroke(self, stroke: Hashable, who: object = None) -> None:
        """Take the running stroke back as if it had never begun: redo is as it was before it.

        Does nothing unless the stroke is the last step, or on its way.
        """
        if self._pending and self._pending.stroke == stroke:
            self.drop()
        if self._draws(stroke):
            step = self._undo[-1]
            edit = _Edit(lambda: f"cancel {step.name}", step.apply, self._cancel, who)
            self._carry_out(edit, step.effort(self._state))

    def undo(self) -> None:
        """Take back the edit that is on its way, or else the last step, soon if that is large."""
        if not self.drop():
            self._turn("undo", self._undo, self._redo)

    def redo(self) -> None:
        """Bring the last undone step again, soon if it is large."""
        if not self._pending:
            self._turn("redo", self._redo, self._undo)

    def drop(self) -> bool:
        """Give up the edit that is on its way; say whether there was one."""
        given_up, self._pending = self._pending, None
        if given_up:
            self._job.drop()
            self.awaited.emit(None, given_up.who)
        return given_up is not None

    def _carry_out(self, edit: _Edit, effort: int) -> None:
        """Do it at once, or begin to do it beside the window in place of what is on its way."""
        if effort <= LARGE:
            edit.adopt(edit, *edit.work(self._state))
            return
        self._give_way()
        self._pending = edit
        self._start(edit)
        self.awaited.emit(edit.name(), edit.who)

    def _give_way(self) -> None:
        """Give up what is on its way for what was done after it, and say so."""
        name = self.pending
        if self.drop():
            self.overtaken.emit(name)

    def _start(self, edit: _Edit) -> None:
        self._base = self._state
        self._job.start(partial(edit.work, self._base))

    def _go_on(self) -> None:
        """Adopt what the thread computed, unless a setting was changed meanwhile."""
        edit = self._pending
        if edit is None:
            return
        try:
            outcome = self._job.take()
        except Exception:
            self.drop()  # nothing is left half-done; who asked hears of it as of any other fault
            raise
        if outcome and self._state is not self._base:
            self._start(edit)
            return
        self._pending = None
        if outcome:
            edit.adopt(edit, *outcome)
        self.awaited.emit(None, edit.who)

    def _take_in(self, command: Command, edit: _Edit, new: State, inverse: Command) -> None:
        if new is not self._state:
            if not self._draws(edit.stroke):
                self._begin(Step(command.verb), edit.stroke)
            step = self._undo[-1]
            self._nbytes -= step.nbytes
            step.add(inverse)
            self._nbytes += step.nbytes
            self._keep_within_budget()
            self._replace(new, edit.who)
        if edit.then:
            edit.then()

    def _cancel(self, edit: _Edit, state: State, _back: Step) -> None:
        self._nbytes -= self._undo.pop().nbytes
        self._redo = self._shelved
        self._end_stroke()
        self._nbytes += sum(step.nbytes for step in self._redo)
        self._replace(state, edit.who)

    def _draws(self, stroke: Hashable | None) -> bool:
        """Whether the last step is this stroke, still going on."""
        return stroke is not None and stroke == self._stroke

    def _begin(self, step: Step, stroke: Hashable | None) -> None:
        self._nbytes += step.nbytes - sum(obsolete.nbytes for obsolete in self._redo)
        self._end_stroke()
        self._stroke = stroke
        if stroke is not None:
            self._shelved = self._redo
        self._redo = deque()
        self._undo.append(step)

    def _end_stroke(self) -> None:
        self._stroke, self._shelved = None, deque()

    def _turn(self, name: str, source: deque[Step], target: deque[Step]) -> None:
        if source:
            step, adopt = source[-1], partial(self._turned, source, target)
            edit = _Edit(lambda: f"{name} {step.name}", step.apply, adopt)
            self._carry_out(edit, step.effort(self._state))

    def _turned(
        self, source: deque[Step], target: deque[Step], _edit: _Edit, state: State, back: Step
    ) -> None:
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
        if self._pending and (changes & Changed.POINTS or not self._pending.lasting):
            self._give_way()
        self.changed.emit(changes, who)

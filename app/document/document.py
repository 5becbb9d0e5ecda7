"""The document: the one owner of the chosen state, with undo within a budget of memory.

A step costs what its commands keep (see `Command.nbytes`) and 1 kB besides: that is all for a
stroke of new points, however many; clearing 100,000 points keeps 3.3 MB.  The budget holds a
quarter of a million such strokes or 80 such clearings; beyond it the oldest steps are forgotten,
but never the last one.

An edit of very many points is computed on a thread of its own, one at a time, while the window
shows the former state. Nothing of it is seen before all of it is there. Another edit of the points
waits for it, and then has a step of its own, as opening a file or clearing. Where only a setting
changes, and nothing waits yet, the edit is computed anew from the state that has it. So every state
is what its steps made of the first one, as if nobody had waited.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from app.document.state import State, difference, initial_state
from app.document.steps import Step, named
from app.side_job import SideJob

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from app.document.commands import Command

UNDO_BUDGET = 256 * 1024**2  # bytes
LARGE = 200_000
"""Points; an edit that looks at more of them, see `Command.effort`, is computed beside the window.

To move 66,000 takes 4 ms of the 8 that a turn may take, since views follow; a million take 58.
"""


@dataclass(frozen=True)
class _Edit:
    """An edit on its way: what it does to a state, and what then becomes of the outcome.

    ``lasting`` says whether a setting may change meanwhile; to an undo it would be the last step.
    """

    name: Callable[[], str]
    effort: Callable[[State], int]
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
        The name of the last edit on its way, and who asked for an edit that now is, or no longer;
        None: all are there, or given up.
    """

    changed = Signal(object, object)
    awaited = Signal(object, object)

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
        # The first is being computed, from the base.
        self._queue: deque[_Edit] = deque()
        self._base = self._state
        self._job: SideJob[tuple[State, Any]] = SideJob(self)
        self._job.finished.connect(self._go_on)

    @property
    def state(self) -> State:
        """The current state."""
        return self._state

    @property
    def undo_name(self) -> str | None:
        """Name of what `undo` takes back, or None: what is pending, or else the last step."""
        return self.pending or (self._undo[-1].name if self._undo else None)

    @property
    def redo_name(self) -> str | None:
        """Name of the step that `redo` brings again, or None; none while an edit is on its way."""
        return self._redo[-1].name if self._redo and not self._queue else None

    @property
    def undo_bytes(self) -> int:
        """Memory that undo and redo take."""
        return self._nbytes

    @property
    def pending(self) -> str | None:
        """Name of the last edit that is computed beside the window, or waits for that; or None."""
        return self._queue[-1].name() if self._queue else None

    def push(
        self,
        command: Command,
        who: object = None,
        stroke: Hashable | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Apply a command; the edits of one ``stroke`` become one undo step.

        If it is large, or has to wait for an edit that is on its way, it is applied soon: unless
        the same stroke brings another one before, which then takes its place. A command
        that raises changes nothing, since the new state is computed first; one that gives back the
        very state leaves no trace. ``then`` is called when it was applied.
        """
        name = partial(named, command)
        adopt = partial(self._take_in, command)
        effort, work = command.effort, command.apply
        self._carry_out(_Edit(name, effort, work, adopt, who, stroke, then, lasting=True))

    def cancel_stroke(self, stroke: Hashable, who: object = None) -> None:
        """Take the running stroke back as if it had never begun: redo is as it was before it.

        Does nothing unless the stroke is the last step, or the last on its way.
        """
        if self._queue and self._queue[-1].stroke == stroke:
            self.drop()
        if self._draws(stroke) and not self._queue:
            step = self._undo[-1]
            name = f"cancel {step.name}"
            self._carry_out(_Edit(lambda: name, step.effort, step.apply, self._cancel, who))

    def undo(self) -> None:
        """Give up the last edit on its way, or else take back the last step, soon if large."""
        if not self.drop():
            self._turn("undo", self._undo, self._redo)

    def redo(self) -> None:
        """Bring the last undone step again, soon if it is large."""
        if not self._queue:
            self._turn("redo", self._redo, self._undo)

    def drop(self) -> bool:
        """Give up the last of the edits on their way; say whether there was one."""
        if not self._queue:
            return False
        given_up = self._withdraw()
        self.awaited.emit(self.pending, given_up.who)
        return True

    def close(self) -> None:
        """Give up all that is on its way: nothing comes after it."""
        while self.drop():
            pass

    def _carry_out(self, edit: _Edit) -> None:
        """Do it at once, or beside the window, or when what is on its way is there."""
        if edit.effort(self._state) > LARGE:
            self._await(edit)
            return
        state, inverse = edit.work(self._state)
        if self._queue and not self._overtakes(state):
            self._await(edit)
        else:
            edit.adopt(edit, state, inverse)

    def _overtakes(self, new: State) -> bool:
        """Whether this is a setting that may change before the one edit on its way.

        What changes nothing yet does not: opening a session again, it would change that edit.
        """
        former, lasting = self._state, len(self._queue) == 1 and self._queue[0].lasting
        return lasting and new is not former and new.points is former.points

    def _await(self, edit: _Edit) -> None:
        if self._queue and edit.stroke is not None and self._queue[-1].stroke == edit.stroke:
            self._withdraw()  # the drag of a slider goes on: only where it arrives is wanted
        self._queue.append(edit)
        if len(self._queue) == 1:
            self._start()
        self.awaited.emit(self.pending, edit.who)

    def _withdraw(self) -> _Edit:
        edit = self._queue.pop()
        if not self._queue:
            self._job.drop()
        return edit

    def _start(self) -> None:
        self._base = self._state
        self._job.start(partial(self._queue[0].work, self._base))

    def _go_on(self) -> None:
        """Adopt what the thread computed, unless a setting was changed meanwhile."""
        try:
            outcome = self._job.take()
        except Exception:
            self._finish(None)  # who asked hears of it as of any other fault
            raise
        if outcome and self._state is self._base:
            self._finish(outcome)
        else:
            self._start()

    def _finish(self, outcome: tuple[State, Any] | None) -> None:
        """Be done with the first edit, and carry out those that waited for it."""
        edit, *waiting = self._queue
        self._queue.clear()
        if outcome:
            edit.adopt(edit, *outcome)
        self.awaited.emit(self.pending, edit.who)
        self._carry_out_all(waiting)

    def _carry_out_all(self, edits: Sequence[_Edit]) -> None:
        """Do one after the other; one that is refused by now stops none behind it."""
        if edits:
            first, *others = edits
            try:
                self._carry_out(first)
            finally:
                self._carry_out_all(others)

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
            text = f"{name} {step.name}"
            self._carry_out(_Edit(lambda: text, step.effort, step.apply, adopt))

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
        self.changed.emit(changes, who)

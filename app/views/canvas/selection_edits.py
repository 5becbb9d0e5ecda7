"""What can be done with the chosen points.

What an edit needs to know of them is looked up when it is applied: of very many points that is no
work for the window. While such an edit is on its way, no other begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from app.document.columns import bounded
from app.document.commands import (
    AddPoints,
    Composed,
    RemovePoints,
    add_noise,
    map_points,
    relabel_points,
    set_values,
    toggle_test,
)
from app.document.points import Points
from app.views.canvas.geometry import column, mirrored, rotated

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from numpy.typing import NDArray

    from app.document.classes import Classes
    from app.document.commands import Command
    from app.document.commands.composed import Map
    from app.document.document import Document
    from app.document.state import State
    from app.views.canvas.geometry import Place
    from app.views.canvas.selection import Selection
    from app.views.canvas.workbench import Workbench

TURN = 15.0  # degrees


@dataclass(frozen=True)
class EditInfo:
    """What is known of an edit of the chosen points: name, key, and what it does."""

    text: str
    key: str
    tip: str


EDITS = {
    "recolor": EditInfo("Recolor", "C", "Give the selected points the current class or value"),
    "mirror": EditInfo("Mirror", "H", "Mirror the selected points, left to right"),
    "flip": EditInfo("Flip", "V", "Flip the selected points, top to bottom"),
    "rotate": EditInfo("Rotate", "X", f"Turn the selected points by {TURN:.0f}° to the left"),
    "duplicate": EditInfo("Duplicate", "Ctrl+D", "Add the selected points again beside themselves"),
    "toggle_test": EditInfo(
        "Test / train", "K", "Move the selected points to the other set: test or training"
    ),
    "delete": EditInfo("Delete", "Del", "Remove the selected points"),
}


class SelectionEdits:
    """Turns what is asked into commands; without chosen points nothing happens."""

    def __init__(self, document: Document, selection: Selection, workbench: Workbench) -> None:
        self._document = document
        self._selection = selection
        self._workbench = workbench

    def do(self, name: str) -> None:
        """Carry out one of `EDITS`."""
        edits: dict[str, Callable[[], None]] = {
            "recolor": self.recolor,
            "mirror": lambda: self._place(partial(mirrored, axis=0), "mirror"),
            "flip": lambda: self._place(partial(mirrored, axis=1), "flip"),
            "rotate": lambda: self._place(partial(rotated, degrees=TURN), "rotate"),
            "duplicate": self.duplicate,
            "toggle_test": self.toggle_test,
            "delete": self.delete,
        }
        if self._ready() and len(self._selection):
            edits[name]()

    @property
    def count(self) -> int:
        """How many points are chosen."""
        self._selection.settle()
        return len(self._selection)

    @property
    def points(self) -> Points:
        """The chosen points."""
        self._selection.settle()
        return self._document.state.points.take(self._selection.indices)

    def recolor(self) -> None:
        """Give the current class, or in a regression the current value."""
        indices = self._selection.indices
        if self._document.state.task == "regression":
            self._push(set_values(indices, self._workbench.value))
        else:
            self._push(relabel_points(indices, self._workbench.label))

    def duplicate(self) -> None:
        """Add copies a little beside, and choose these."""
        count = len(self._selection)
        command = Composed(partial(_copies, self._selection.indices), "duplicate", count)
        self._push(command, then=partial(self._selection.choose_last, count))

    def add(self, points: Points, verb: str, classes: Classes | None = None) -> None:
        """Add points and choose them, so that they can be moved where they belong."""
        choose = partial(self._selection.choose_last, len(points))
        self._push(AddPoints(points, verb=verb, classes=classes), then=choose)

    def toggle_test(self) -> None:
        """Put each into the set that it does not belong to."""
        indices = self._selection.indices
        toggle = Composed(
            lambda state: toggle_test(state.points, indices), "change set", indices.size
        )
        self._push(toggle)

    def delete(self, verb: str = "delete") -> None:
        """Remove the chosen points; nothing is chosen then."""
        self._push(RemovePoints(self._selection.indices, verb=verb))

    def nudge(self, offset: Place, stroke: Hashable) -> None:
        """Move the chosen points by a little; the nudges of one stroke are one undo step."""
        if self._ready():
            self._place(lambda X: X + column(offset), "move", stroke)

    def add_noise(self, sigma: float, seed: int) -> None:
        """Move the chosen points, or all without a choice, at random."""
        if not self._ready():
            return
        chosen = self._selection.indices if len(self._selection) else None
        count = len(self._document.state.points) if chosen is None else chosen.size
        noise = Composed(
            lambda state: add_noise(state.points, sigma, seed, chosen), "add noise", count
        )
        self._push(noise)

    def _ready(self) -> bool:
        """Whether no other edit is on its way; what shall be chosen is waited for."""
        self._selection.settle()
        return not self._document.pending

    def _place(self, where: Map, verb: str, stroke: Hashable | None = None) -> None:
        self._push(map_points(self._selection.indices, where, verb), stroke)

    def _push(
        self,
        command: Command,
        stroke: Hashable | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        self._document.push(command, who=self, stroke=stroke, then=then)


def _copies(indices: NDArray[np.int64], state: State) -> AddPoints:
    points = state.points.take(indices)
    low, high = points.X.min(axis=1), points.X.max(axis=1)
    offset = max(0.1, 0.08 * float((high - low).max()))
    X = bounded(points.X + np.array([[offset], [-offset]]))
    copies = Points.of(X, points.labels, points.values, points.test)
    return AddPoints(copies, verb="duplicate")

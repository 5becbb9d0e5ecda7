"""What can be done with the chosen points."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from app.document.commands import (
    AddPoints,
    RemovePoints,
    add_noise,
    move_points,
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
    from app.document.document import Document
    from app.views.canvas.geometry import Place
    from app.views.canvas.selection import Selection
    from app.views.canvas.workbench import Workbench

TURN = 15.0  # degrees


@dataclass(frozen=True)
class EditInfo:
    """An edit of the chosen points: its text and key, a sentence, and the name of the method."""

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
            "mirror": lambda: self._place(mirrored(self._selection.X, 0), "mirror"),
            "flip": lambda: self._place(mirrored(self._selection.X, 1), "flip"),
            "rotate": lambda: self._place(rotated(self._selection.X, TURN), "rotate"),
            "duplicate": self.duplicate,
            "toggle_test": self.toggle_test,
            "delete": self.delete,
        }
        if len(self._selection):
            edits[name]()

    @property
    def points(self) -> Points:
        """The chosen points."""
        return self._document.state.points.take(self._selection.indices)

    def recolor(self) -> None:
        """Give the current class, or in a regression the current value."""
        indices = self._selection.indices
        if self._document.state.task == "regression":
            self._push(set_values(indices, self._workbench.value, verb="set value"))
        else:
            self._push(relabel_points(indices, self._workbench.label))

    def duplicate(self) -> None:
        """Add copies a little beside, and choose these."""
        points = self.points
        low, high = points.X.min(axis=1), points.X.max(axis=1)
        offset = max(0.1, 0.08 * float((high - low).max()))
        X = points.X + np.array([[offset], [-offset]])
        copies = Points.of(X, points.labels, points.values, points.test)
        self.add(copies, "duplicate")

    def add(self, points: Points, verb: str, classes: Classes | None = None) -> None:
        """Add points and choose them, so that they can be moved where they belong."""
        self._push(AddPoints(points, verb=verb, classes=classes))
        self._selection.choose_last(len(points))

    def toggle_test(self) -> None:
        """Put each into the set that it does not belong to."""
        self._push(toggle_test(self._document.state.points, self._selection.indices))

    def delete(self, verb: str = "delete") -> None:
        """Remove the chosen points; nothing is chosen then."""
        indices = self._selection.indices
        self._selection.clear()
        self._push(RemovePoints(indices, verb=verb))

    def nudge(self, offset: Place, stroke: Hashable) -> None:
        """Move the chosen points by a little; the nudges of one stroke are one undo step."""
        command = move_points(self._selection.indices, self._selection.X + column(offset))
        self._push(command, stroke)

    def add_noise(self, sigma: float, seed: int) -> None:
        """Move the chosen points, or all without a choice, at random."""
        chosen = self._selection.indices if len(self._selection) else None
        self._push(add_noise(self._document.state.points, sigma, seed, chosen))

    def _place(self, X: NDArray[np.float64], verb: str) -> None:
        self._push(move_points(self._selection.indices, X, verb=verb))

    def _push(self, command: Command, stroke: Hashable | None = None) -> None:
        self._document.push(command, who=self, stroke=stroke)

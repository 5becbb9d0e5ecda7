"""The tools, and what the Edit menu does: undo, cut, copy, paste, and edits of the selection."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QActionGroup, QGuiApplication, QKeySequence, QShortcut

from app.document.columns import MAX_CLASSES
from app.document.labels import placed
from app.views.canvas.clipboard import MOST_POINTS, table_of, text_of
from app.views.canvas.geometry import within
from app.views.canvas.selection_edits import EDITS
from app.views.canvas.toolbox import TOOLS

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.document.points import Points
    from app.document.state import State
    from app.files.tables import Table
    from app.main_window import MainWindow

LAST_KEY = MAX_CLASSES + 1
"""Of the keys that choose a class: the last one says that there are no more."""


class EditActions:
    """What the Edit menu does with the canvas; a mistake becomes a sentence and changes nothing."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._rng = np.random.default_rng()
        self._copying: Points | None = None
        self._paste_waits = False

    def connect(self) -> None:
        """Let menus, buttons and keys do their work; the canvas must be there."""
        act, bench = self._window.actions_by_name, self._window.workbench
        for name in ("undo", "redo", "cut", "copy", "paste", "select_all", "add_noise"):
            act[name].triggered.connect(_plain(getattr(self, name)))
        self._window.left.data.noise_asked.connect(self.add_noise)
        tools = QActionGroup(self._window)
        for name in TOOLS:
            tools.addAction(act[name])
            act[name].triggered.connect(_plain(partial(bench.use, name)))
        for name in EDITS:
            act[name].triggered.connect(_plain(partial(self.edit, name)))
        act["larger"].triggered.connect(_plain(partial(bench.scale_radius, 1)))
        act["smaller"].triggered.connect(_plain(partial(bench.scale_radius, -1)))
        act["gaussian"].triggered.connect(bench.set_gaussian)
        for label in range(LAST_KEY):
            shortcut = QShortcut(QKeySequence(str(label + 1)), self._window)
            shortcut.activated.connect(partial(self.choose_class, label))
        bench.changed.connect(self._show_tools)
        bench.held.connect(self._show_hand)
        self._window.center.canvas.selection.changed.connect(self._show_tools)
        self._show_tools()

    def choose_class(self, label: int) -> None:
        """Draw this class from now on, or say why not; a regression has no classes."""
        state, window = self._window.document.state, self._window
        if state.task != "classification":
            return
        trouble = window.workbench.choose_class(label)
        if trouble:
            window.show_trouble(trouble)
        elif label == state.class_count:
            window.show_notice(
                f"Class {label + 1} begins with its first point: "
                "the network then gets another output and starts anew."
            )

    def undo(self) -> None:
        """Take back the stroke that is being drawn, or else the last step."""
        if not self._window.center.canvas.cancel():
            self._window.document.undo()

    def redo(self) -> None:
        """Bring the last undone step again, unless a stroke is being drawn."""
        if not self._window.center.canvas.strokes.active:
            self._window.document.redo()

    def cut(self) -> None:
        """Copy the selected points and remove them."""
        if not self._waits("cut") and self.copy():
            self._window.center.canvas.edits.delete("cut")

    def copy(self) -> bool:
        """Put the selected points on the clipboard soon; say whether there are some.

        Their text is written beside the window: 150 ms for 100,000 points.
        """
        edits = self._window.center.canvas.edits
        if not 0 < edits.count <= MOST_POINTS:
            self._window.show_trouble(
                f"{edits.count:,} points are selected; from 1 to {MOST_POINTS:,} can be copied."
            )
            return False
        self._copying = points = edits.points
        state = self._window.document.state
        work = partial(text_of, points, state.task, state.classes)
        self._window.files.background.run(work, partial(self._copied, points))
        return True

    def paste(self) -> None:
        """Add the points that the clipboard holds or will hold; they are read beside the window."""
        self._paste_waits = self._copying is not None
        if self._paste_waits:
            return
        window, text = self._window, QGuiApplication.clipboard().text()
        task = window.document.state.task
        window.files.background.run(partial(table_of, text, task), self._add)

    def select_all(self) -> None:
        """Select every point, ready to be moved."""
        self._window.center.canvas.selection.choose_all()
        self._hold_selection()

    def edit(self, name: str) -> None:
        """Do one of `EDITS` with the selected points; copies are ready to be moved."""
        self._window.center.canvas.edits.do(name)
        if name == "duplicate":
            self._hold_selection()

    def add_noise(self) -> None:
        """Move the selected points, or all, by the noise σ of the data panel."""
        state: State = self._window.document.state
        if state.preset.noise > 0:
            seed = int(self._rng.integers(2**32))
            self._window.center.canvas.edits.add_noise(state.preset.noise, seed)
        else:
            self._window.show_trouble("The noise σ in the data panel is 0: nothing would move.")

    def _copied(self, points: Points, text: str) -> None:
        if points is not self._copying:
            return  # others were copied meanwhile
        self._copying = None
        QGuiApplication.clipboard().setText(text)
        self._window.show_notice(f"Copied {_count(points)}, as a table for any spreadsheet.")
        if self._paste_waits:
            self.paste()

    def _add(self, table: Table) -> None:
        window, canvas = self._window, self._window.center.canvas
        if not len(table.points):
            window.show_trouble("Nothing was pasted: the table has no points.")
            return
        try:
            points, classes, words = placed(table.points, table.labels, window.document.state)
        except ValueError as error:
            window.show_trouble(f"Nothing was pasted: {error}.")
            return
        if self._waits("pasted"):
            return
        canvas.edits.add(points, "paste", classes)
        self._hold_selection()
        if not within(points.X, canvas.region).all():
            canvas.fit()
        said = f"Pasted {_count(points)}" + (f": {words}" if words else "")
        window.show_notice(f"{said}; drag them where they belong.")

    def _waits(self, done: str) -> bool:
        """Say that nothing is done with the selected points: others may be so soon."""
        pending = self._window.document.pending
        if pending:
            self._window.show_trouble(
                f"Nothing was {done}: {pending} is still on its way. Try again when it is there."
            )
        return pending is not None

    def _hold_selection(self) -> None:
        """Take a tool that moves what is selected, and give it the keyboard for arrows and Esc."""
        if not self._window.workbench.tool.selects:
            self._window.workbench.use("rectangle")
        self._window.center.canvas.setFocus()

    def _show_tools(self) -> None:
        act, bench = self._window.actions_by_name, self._window.workbench
        act[bench.name].setChecked(True)
        act["gaussian"].setChecked(bench.gaussian)
        for name in (*EDITS, "cut", "copy"):
            act[name].setEnabled(len(self._window.center.canvas.selection) > 0)
        self._show_hand()

    def _show_hand(self) -> None:
        for name in ("larger", "smaller"):
            brush = self._window.workbench.brush
            self._window.actions_by_name[name].setEnabled(brush > 0)


def _plain(do: Callable[[], object]) -> Callable[[bool], object]:
    """Leave out what a triggered action says: whether it is checked."""
    return lambda _checked: do()


def _count(points: Points) -> str:
    return f"{len(points):,} point{'s' if len(points) > 1 else ''}"

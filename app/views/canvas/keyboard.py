"""Drawing without a mouse: a crosshair that the arrow keys move, Enter to use the tool there.

Tools that do all in one place are pressed and released at once. The others (line, fill, the
selections) begin at the first Enter, follow the arrow keys, and end at the second. With a
selection tool the arrow keys move what is selected, until Esc lets it go.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent

from app.views.canvas.overlay import CrosshairItem

if TYPE_CHECKING:
    import pyqtgraph as pg
    from PySide6.QtGui import QKeyEvent

    from app.views.canvas.canvas import Canvas
    from app.views.canvas.geometry import Place

STEP, FINE_STEP = 10, 1  # pixels; the fine one with Shift
Key = Qt.Key
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)}
_nudges = count()


class Keyboard:
    """What keys do on a canvas."""

    def __init__(self, canvas: Canvas, view_box: pg.ViewBox) -> None:
        self._canvas = canvas
        self._item = CrosshairItem(view_box)
        self._place: Place | None = None
        self._nudge = 0
        canvas.region_changed.connect(lambda _region: self._show())

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key says; say whether it says anything."""
        key, canvas = Key(event.key()), self._canvas
        if key in ARROWS:
            self._go(ARROWS[key], event)
        elif key in (Key.Key_Return, Key.Key_Enter):
            self._use(event.modifiers())
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self._erase()
        elif key == Key.Key_Home:
            canvas.fit()
        elif key == Key.Key_Escape:
            return self._escape()
        else:
            return False
        return True

    def hide(self) -> None:
        """Let the crosshair go, and what was begun with it."""
        if self._place is not None:
            self._place = None
            self._canvas.strokes.cancel()
            self._item.setVisible(False)

    def _go(self, direction: Place, event: QKeyEvent) -> None:
        canvas = self._canvas
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = (FINE_STEP if fine else STEP) * canvas.pixel
        offset = (direction[0] * step, direction[1] * step)
        if len(canvas.selection) and canvas.workbench.tool.selects and not canvas.strokes.active:
            if not event.isAutoRepeat():
                self._nudge = next(_nudges)
            canvas.edits.nudge(offset, ("nudge", self._nudge))
            return
        x1, x2 = self._here()
        region = canvas.region
        self._move_to(
            (
                min(max(x1 + offset[0], region.left), region.right),
                min(max(x2 + offset[1], region.bottom), region.top),
            )
        )

    def _use(self, modifiers: Qt.KeyboardModifier) -> None:
        canvas, place = self._canvas, self._here()
        if canvas.strokes.active:
            canvas.strokes.end()
        else:
            canvas.press(place, modifiers, erase=False)
            if canvas.workbench.tool.tool.dab:
                canvas.strokes.end()
        self._move_to(place)

    def _erase(self) -> None:
        canvas = self._canvas
        if len(canvas.selection):
            canvas.edits.do("delete")
        elif not canvas.strokes.active:
            place = self._here()
            canvas.press(place, Qt.KeyboardModifier.NoModifier, erase=True)
            canvas.strokes.end()
            self._move_to(place)

    def _escape(self) -> bool:
        canvas = self._canvas
        if canvas.cancel():
            return True
        if len(canvas.selection):
            canvas.selection.clear()
            return True
        shown = self._place is not None
        self.hide()
        return shown

    def _here(self) -> Place:
        """Where the crosshair is; it begins in the middle."""
        region = self._canvas.region
        middle = (region.left + region.right) / 2, (region.bottom + region.top) / 2
        return self._place or middle

    def _move_to(self, place: Place) -> None:
        self._place = place
        self._canvas.strokes.move(place)
        self._show()
        self._canvas.setAccessibleDescription(
            f"Crosshair at x₁ = {place[0]:.2f}, x₂ = {place[1]:.2f}. "
            f"Tool: {self._canvas.workbench.tool.text}."
        )
        changed = QAccessibleEvent(self._canvas, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def _show(self) -> None:
        if self._place is not None:
            self._item.setPos(self._item.position(self._place))
            self._item.setVisible(True)

"""Drawing without a mouse: a crosshair that the arrow keys move, Enter to use the tool there.

With the point tool Enter adds a point. Every other tool does along a way or for a while what it
does with the button held: Enter presses, the arrow keys draw along, the next Enter releases, and
Esc takes all of it back. A spray or a magnet goes on meanwhile as it does under the mouse. Enter
that is held down is one Enter: to hold two keys at once is what some hands cannot do. With a
selection tool the arrow keys move what is selected, until Esc lets it go.

Where the canvas loses the keyboard, a stroke ends as if the button was released, and the crosshair
is where it was when the canvas has the keyboard again.
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
    from app.views.canvas.pointer import Pointer

STEP, FINE_STEP = 10, 1  # pixels; the fine one with Shift
Key = Qt.Key
ARROWS = {Key.Key_Left: (-1, 0), Key.Key_Right: (1, 0), Key.Key_Up: (0, 1), Key.Key_Down: (0, -1)}
ENTER = Key.Key_Return, Key.Key_Enter
BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_nudges = count()


class Keyboard:
    """What keys do on a canvas."""

    def __init__(self, canvas: Canvas, view_box: pg.ViewBox, pointer: Pointer) -> None:
        self._canvas = canvas
        self._pointer = pointer
        self._item = CrosshairItem(view_box)
        self._place: Place | None = None
        self._began = False
        self._nudge = 0
        canvas.region_changed.connect(lambda _region: self._put())

    @property
    def drawing(self) -> bool:
        """Whether the stroke that goes on is drawn by keys."""
        return self._began and self._canvas.strokes.active

    @property
    def shown(self) -> bool:
        """Whether the crosshair is seen."""
        return self._item.isVisible()

    @property
    def hints(self) -> tuple[str, ...]:
        """What the keys do now, what matters most first."""
        if self.drawing:
            return "Enter ends", "Esc takes back", "arrows draw along"
        if self._moves_selection():
            return "Arrows move what is selected", "Esc lets it go"
        dab = self._canvas.workbench.tool.tool.dab
        return "Enter adds a point" if dab else "Enter begins and ends", "Del erases", "arrows move"

    def press(self, event: QKeyEvent) -> bool:
        """Do what the key says; say whether it says anything."""
        key, canvas = event.key(), self._canvas
        if key == Key.Key_Escape:
            return self._escape()
        if canvas.strokes.active and not self.drawing:
            return False  # the mouse draws
        if key in ARROWS:
            self._go(ARROWS[Key(key)], event)
        elif key in ENTER:
            if not event.isAutoRepeat():
                self._use(event.modifiers())
        elif key in (Key.Key_Delete, Key.Key_Backspace):
            self._erase()
        else:
            return False
        return True

    def finish(self) -> None:
        """End what was begun by keys, as if the button was released."""
        if self.drawing:
            self._canvas.strokes.end()

    def arrive(self, reason: Qt.FocusReason) -> None:
        """Show the crosshair where it was; at first only to those who come by keys."""
        if self._place is not None or reason in BY_KEYS:
            self._show(self._here())

    def leave(self) -> None:
        """Keys go elsewhere."""
        self.finish()
        if self.shown:
            self._item.setVisible(False)
            self._pointer.hide()

    def forget(self) -> None:
        """Let the crosshair go: the mouse draws."""
        self._began, self._place = False, None
        self._item.setVisible(False)

    def lead(self) -> None:
        """Take the outline back from a mouse that left."""
        if self.shown:
            self._show(self._here())

    def _go(self, direction: Place, event: QKeyEvent) -> None:
        canvas = self._canvas
        fine = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        step = (FINE_STEP if fine else STEP) * canvas.pixel
        offset = (direction[0] * step, direction[1] * step)
        if self._moves_selection():
            if not event.isAutoRepeat():
                self._nudge = next(_nudges)
            canvas.edits.nudge(offset, ("nudge", self._nudge))
            return
        x1, x2 = self._here()
        self._move_to(self._seen((x1 + offset[0], x2 + offset[1])))

    def _moves_selection(self) -> bool:
        canvas = self._canvas
        selects = canvas.workbench.tool.selects and len(canvas.selection) > 0
        return selects and not canvas.strokes.active

    def _use(self, modifiers: Qt.KeyboardModifier) -> None:
        canvas, place = self._canvas, self._here()
        if self.drawing:
            canvas.strokes.end()
        else:
            self._began = True
            canvas.press(place, modifiers, erase=False)
            if canvas.workbench.tool_in_hand.tool.dab:
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
        shown = self.shown
        if shown:
            self.forget()
            self._pointer.hide()
            canvas.tell_hints()
        return shown

    def _here(self) -> Place:
        """Where the crosshair is, as far as that is seen; it begins in the middle."""
        region = self._canvas.region
        middle = (region.left + region.right) / 2, (region.bottom + region.top) / 2
        return self._seen(self._place or middle)

    def _seen(self, place: Place) -> Place:
        region = self._canvas.region
        return (
            min(max(place[0], region.left), region.right),
            min(max(place[1], region.bottom), region.top),
        )

    def _move_to(self, place: Place) -> None:
        self._canvas.strokes.move(place)
        self._show(place)

    def _show(self, place: Place) -> None:
        self._place = place
        self._put()
        self._item.setVisible(True)
        self._pointer.go_to(place)
        self._canvas.tell_hints()
        self._canvas.setAccessibleDescription(
            f"Crosshair at x₁ = {place[0]:.2f}, x₂ = {place[1]:.2f}. "
            f"Tool: {self._canvas.workbench.tool.text}. {'. '.join(self.hints)}."
        )
        changed = QAccessibleEvent(self._canvas, QAccessible.Event.DescriptionChanged)
        QAccessible.updateAccessibility(changed)

    def _put(self) -> None:
        if self._place is not None:
            self._item.setPos(self._item.position(self._place))

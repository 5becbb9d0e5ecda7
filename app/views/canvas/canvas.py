"""The canvas: turns mouse and keys into strokes, and shows what they do.

A double click shows all points, as Home does, and takes back what its first click did: no point
is left behind, nor a step to undo. With the tools that do more of the same at the same place, as
spray and eraser, it is two clicks. What counts as a double click says `clicks`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt, Signal

from app.document.state import Changed
from app.views.canvas.clicks import Clicks
from app.views.canvas.held_keys import ALT, SHIFT, HeldKeys
from app.views.canvas.keyboard import Keyboard
from app.views.canvas.overlay import FocusItem, InvitationItem, OutlineItem
from app.views.canvas.plane_view import PlaneView
from app.views.canvas.pointer import Pointer
from app.views.canvas.selection import Selection
from app.views.canvas.selection_edits import SelectionEdits
from app.views.canvas.selection_item import SelectionItem
from app.views.canvas.strokes import Strokes
from app.views.canvas.waiting_item import WaitingItem

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from app.document.document import Document
    from app.theme import Theme
    from app.views.canvas.geometry import Place
    from app.views.canvas.workbench import Workbench

ZOOM_STEP = 1.0015  # per eighth of a degree that the wheel turns
CONTROL = Qt.KeyboardModifier.ControlModifier
LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


class Canvas(PlaneView):
    """Draw and look at points.

    The left button works with the current tool, the right one (or Alt) erases; Shift takes the
    next class, or adds to a selection, from which Ctrl takes away.

    Signals
    -------
    hints_changed(tuple of str)
        What the keys or the mouse do now, what matters most first; also in ``hints``.
    """

    hints_changed = Signal(object)

    def __init__(
        self, document: Document, workbench: Workbench, parent: QWidget | None = None
    ) -> None:
        super().__init__(document, parent)
        self.workbench = workbench
        self.selection = Selection(document, self)
        self.edits = SelectionEdits(document, self.selection, workbench)
        self.strokes = Strokes(document, self.selection, self)
        self._button = Qt.MouseButton.NoButton
        self._pan_from: QPointF | None = None
        self._clicks = Clicks()
        self._second: tuple[QPointF, Qt.KeyboardModifier] | None = None
        self.hints: tuple[str, ...] = ()
        self._keys = HeldKeys(self)
        self._add_overlays()
        self._pointer = Pointer(self, document, self._box)
        self._keyboard = Keyboard(self, self._box, self._pointer)
        self._keys.changed.connect(self._show_cursor)
        self._keys.changed.connect(self._hold)
        self.strokes.changed.connect(self._show_outline)
        workbench.changed.connect(self._show_tool)
        workbench.held.connect(self._show_hand)
        self.selection.changed.connect(self._show_cursor)
        self.selection.framed.connect(self._show_cursor)
        self.selection.changed.connect(self.tell_hints)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.WheelFocus)
        self.setAccessibleName("Canvas")
        self._show_tool()

    def press(self, place: Place, modifiers: Qt.KeyboardModifier, erase: bool) -> None:
        """Begin a stroke with the current tool or the eraser, unless an edit is on its way."""
        self._keys.note(modifiers)
        self.selection.settle()
        if self._document.pending:
            return
        self._hold(erase=erase)
        bench = self.workbench
        pen = bench.pen(self.region, self.pixel, subtract=bool(modifiers & CONTROL))
        self.strokes.begin(bench.in_hand, pen, place)

    def draw_by_keys(self) -> None:
        """Take the keyboard and show the crosshair."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._keyboard.arrive(Qt.FocusReason.ShortcutFocusReason)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to draw, to erase or to pan."""
        event.accept()
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        button, position = event.button(), event.position()
        self._keyboard.finish()
        if self._pan_from is not None or self.strokes.active:
            return
        if button is Qt.MouseButton.MiddleButton or self._keys.space:
            self._button, self._pan_from = button, position
            self._show_cursor()
        elif button in (LEFT, RIGHT) and self.drawing_area().contains(position):
            self._clicks.press(position)
            self._begin(button, position, event.modifiers())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with what the press began."""
        event.accept()
        position = event.position()
        self._keys.note(event.modifiers())
        if not self._keyboard.drawing:
            self._pointer.follow(position, shown=self._pan_from is None)
        self._show_cursor()
        if self._clicks.move(position) and self._second:
            (start, modifiers), self._second = self._second, None
            self._begin(LEFT, start, modifiers)
        if self._pan_from is not None:
            self.pan(self._pan_from, position)
            self._pan_from = position
        elif self._button is not Qt.MouseButton.NoButton:
            self.strokes.move(self.place(position))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End what the same button began."""
        event.accept()
        if self._second and event.button() is LEFT:
            self._second = None
            self.strokes.take_back()
            self.fit()
        elif event.button() is self._button:
            self._button, self._pan_from = Qt.MouseButton.NoButton, None
            self._clicks.release()
            self.strokes.end()
            self._show_cursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Wait whether it is a double click; otherwise it is a press like any other."""
        self._keys.note(event.modifiers())
        if self._is_second(event):
            event.accept()
            self._clicks.press(event.position())
            self._second = event.position(), event.modifiers()
        else:
            self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom at the pointer."""
        event.accept()
        if not self.strokes.active:
            self.zoom(event.position(), ZOOM_STEP ** -event.angleDelta().y())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Listen to the keys that may be held, and show the brush."""
        super().enterEvent(event)
        self._keys.listen(True)
        self._pointer.follow(event.position(), shown=self._pan_from is None)

    def leaveEvent(self, event: QEvent) -> None:
        """Leave the keys to others."""
        super().leaveEvent(event)
        self._keys.listen(False)
        if not self.closed:
            self._pointer.hide()
            self._keyboard.lead()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Draw by keys; they mean what was surrounded just before."""
        self.selection.settle()
        self._keys.follow(event)
        event.setAccepted(self._keyboard.press(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Let go of what is held by keys."""
        self._keys.follow(event)
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that keys go here."""
        super().focusInEvent(event)
        self._focus.setVisible(True)
        self._keyboard.arrive(event.reason())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere; a stroke that the keyboard began ends."""
        super().focusOutEvent(event)
        if not self.closed:  # a closed view has no items any more
            self._focus.setVisible(False)
            self._keys.let_go()
            self._keyboard.leave()
            self.tell_hints()

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        super().apply_theme(theme)
        self._pointer.show_tool()

    def tell_hints(self) -> None:
        """Tell what the keys or the mouse do now."""
        hints = self._keyboard.hints if self._keyboard.shown else self._pointer.hints
        if hints != self.hints:
            self.hints = hints
            self.hints_changed.emit(hints)

    def cancel(self) -> bool:
        """Give up the stroke, or the edit that is on its way; say whether there was one."""
        active = self.strokes.active or self._document.drop()
        self._button, self._second = Qt.MouseButton.NoButton, None
        self._clicks.forget()
        self.strokes.cancel()
        return active

    @property
    def painted(self) -> bool:
        """Whether neither points nor choice are being painted beside the window."""
        return super().painted and self._halos.up_to_date and self.selection.up_to_date

    def finish_painting(self) -> None:
        """Bring what is painted beside the window up to date, for a picture of it."""
        super().finish_painting()
        self._halos.finish(self.devicePixelRatioF())

    def _add_overlays(self) -> None:
        self._halos = SelectionItem(self._box, self.selection)
        self._halos.stackBefore(self._points)
        self._invitation = InvitationItem(self._box)
        self._outline = OutlineItem(self._box)
        self._focus = FocusItem(self._box)
        self._waiting = WaitingItem(self._box, self._document)

    def _begin(
        self, button: Qt.MouseButton, position: QPointF, modifiers: Qt.KeyboardModifier
    ) -> None:
        self._button = button
        self._keyboard.forget()
        self._pointer.follow(position, shown=True)
        self.press(self.place(position), modifiers, erase=button is RIGHT)

    def _is_second(self, event: QMouseEvent) -> bool:
        """Whether a press repeats the click before it with a tool that does no more there."""
        bench, busy = self.workbench, self.strokes.active or self._keys.space
        same = self.strokes.name == bench.in_hand and not bench.tool_in_hand.tool.repeats
        again = self._clicks.repeated_at(event.position())
        return event.button() is LEFT and again and same and not busy

    def _hold(self, *, erase: bool = False) -> None:
        """Take in hand what is held says; a stroke that goes on keeps what it began with."""
        if not self.strokes.active:
            held = self._keys.modifiers
            self.workbench.hold(erasing=erase or bool(held & ALT), other=bool(held & SHIFT))

    def _show_outline(self) -> None:
        self._outline.show_outline(self.strokes.outline, self.strokes.closed)
        self._invite()
        self._hold()
        self.tell_hints()

    def _show_tool(self) -> None:
        """Show another tool or brush: the stroke goes on with the brush, and ends with the tool."""
        bench = self.workbench
        self._invite()
        if self.strokes.active and self.strokes.name != bench.in_hand:
            self.strokes.end()
        self.strokes.resize(bench.brush * self.pixel)
        self.setAccessibleDescription(
            f"Points over the decision boundary. Tool: {bench.tool.text}. {bench.tool.tip}. "
            f"{'. '.join(self._keyboard.hints)}."
        )
        self._show_hand()

    def _show_hand(self) -> None:
        self._pointer.show_tool()
        self._show_cursor()
        self.tell_hints()

    def _show_cursor(self) -> None:
        self._pointer.show_cursor(panning=self._pan_from is not None, may_pan=self._keys.space)

    def _follow(self, changes: Changed, who: object) -> None:
        super()._follow(changes, who)
        self._invite()
        if changes & (Changed.POINTS | Changed.CLASSES | Changed.TASK):
            self._pointer.show_tool()
            self.tell_hints()

    def _invite(self) -> None:
        waits = not len(self._document.state.points) and not self.strokes.active
        self._invitation.setVisible(waits and self.workbench.tool.draws)

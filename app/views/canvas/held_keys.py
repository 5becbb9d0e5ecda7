"""The keys that change what the hand does while they are held: Space, Alt, Shift.

While the pointer is over the canvas, the space bar belongs to it: otherwise it would press the
button that was last used, which is usually Train. A hand that leaves the mouse there and goes from
button to button by Tab presses them, until the mouse moves. Alt belongs to the canvas where it is
pressed alone: letting it go would otherwise lead into the menu bar. What Alt and Shift do shows
before a button is pressed.

Keys are listened to in the application only while the pointer is there; what a mouse event says of
Alt and Shift counts more, since a window manager may keep a release to itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEYS = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier
_TRAVEL = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_MODIFIERS = {Qt.Key.Key_Alt.value: ALT, Qt.Key.Key_Shift.value: SHIFT}


class HeldKeys(QObject):
    """Tells which of these keys are held over a widget.

    Signals
    -------
    changed()
        One of them was pressed or let go.
    """

    changed = Signal()

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._space = self._travelling = False
        self._modifiers = NONE

    @property
    def space(self) -> bool:
        """Whether the space bar is held."""
        return self._space

    @property
    def modifiers(self) -> Qt.KeyboardModifier:
        """Which of Alt and Shift are held."""
        return self._modifiers

    def listen(self, on: bool) -> None:
        """Begin or cease to listen: the pointer entered or left."""
        application = QApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if on:
            application.installEventFilter(self)
        else:
            self._travelling = False
            self._set(False, NONE)

    def note(self, modifiers: Qt.KeyboardModifier) -> None:
        """Learn from a mouse event what is held."""
        self._travelling = False
        self._set(self._space, modifiers & (ALT | SHIFT))

    def let_go(self) -> None:
        """Take Alt and Shift for let go: what is done with them goes elsewhere."""
        self._set(self._space, NONE)

    def follow(self, event: QKeyEvent) -> None:
        """Learn from a key event whether Alt or Shift is held."""
        modifier = _MODIFIERS.get(event.key(), NONE)
        down = event.type() == QEvent.Type.KeyPress
        held = self._modifiers | modifier if down else self._modifiers & ~modifier
        self._set(self._space, held)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the space bar, and from the menu bar Alt; let all else pass."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:
            self._set(False, NONE)
        if kind not in _KEYS or QApplication.activeWindow() not in (self._widget.window(), None):
            return False
        assert isinstance(event, QKeyEvent)
        if event.key() in _TRAVEL:
            self._travelling = True
        if event.key() == Qt.Key.Key_Space and not self._travelling:
            self._take_space(event)
            return True
        if kind == QEvent.Type.ShortcutOverride:
            alone = event.key() == Qt.Key.Key_Alt
            event.setAccepted(alone)
            return alone
        self.follow(event)
        return False

    def _take_space(self, event: QKeyEvent) -> None:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        elif not event.isAutoRepeat():
            self._set(event.type() == QEvent.Type.KeyPress, self._modifiers)

    def _set(self, space: bool, modifiers: Qt.KeyboardModifier) -> None:
        if (space, modifiers) != (self._space, self._modifiers):
            self._space, self._modifiers = space, modifiers
            self.changed.emit()

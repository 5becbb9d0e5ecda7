"""The space bar as the hand that moves the view, whoever has the keyboard.

While the pointer is over the canvas, the space bar belongs to it: otherwise it would press the
button that was last used, which is usually Train. Keys are listened to in the application only
while the pointer is there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_PRESSES = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)


class SpaceBar(QObject):
    """Tells whether the space bar is held over a widget.

    Signals
    -------
    held(bool)
        It was pressed or let go.
    """

    held = Signal(object)

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._down = False

    @property
    def down(self) -> bool:
        """Whether it is held."""
        return self._down

    def listen(self, on: bool) -> None:
        """Begin or cease to listen: the pointer entered or left."""
        application = QApplication.instance()
        if application is None:
            return
        application.removeEventFilter(self)
        if on:
            application.installEventFilter(self)
        else:
            self._set(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the space bar, and nothing else."""
        kind = event.type()
        if kind == QEvent.Type.WindowDeactivate:
            self._set(False)
        if kind not in (*_PRESSES, QEvent.Type.KeyRelease) or not self._meant(event):
            return False
        assert isinstance(event, QKeyEvent)
        if kind == QEvent.Type.ShortcutOverride:
            event.accept()
        elif not event.isAutoRepeat():
            self._set(kind == QEvent.Type.KeyPress)
        return True

    def _meant(self, event: QEvent) -> bool:
        return (
            isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Space
            and QApplication.activeWindow() in (self._widget.window(), None)
        )

    def _set(self, down: bool) -> None:
        if down != self._down:
            self._down = down
            self.held.emit(down)

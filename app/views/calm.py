"""Following a document calmly: a panel is not refreshed for every point that a hand draws."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from app.document.state import Changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.document.document import Document

INTERVAL = 33  # milliseconds


class Calm(QObject):
    """Refreshes what shows a document: at once, but after edits of points a moment later.

    A hand moves 125 times a second and more. All that it does within `INTERVAL` is shown together,
    after the canvas has shown the points themselves: so a click costs the window half.

    Parameters
    ----------
    refresh : callable
        Shows the document as it is.
    parent : QObject
        Whoever it belongs to.
    """

    def __init__(self, document: Document, refresh: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._refresh = refresh
        self._timer = QTimer(self, singleShot=True, interval=INTERVAL)
        self._timer.timeout.connect(refresh)
        document.changed.connect(self._follow)

    def _follow(self, changes: Changed, _who: object) -> None:
        if changes != Changed.POINTS:
            self._timer.stop()
            self._refresh()
        elif not self._timer.isActive():
            self._timer.start()

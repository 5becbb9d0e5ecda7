"""A picture of a window: taken on its own thread, turned into PNG on any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QEvent, QIODevice
from PySide6.QtGui import QImageWriter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

LEVELS = 8


class WindowPicture:
    """What a widget showed at one moment."""

    def __init__(self, widget: QWidget) -> None:
        # A text that has just become longer gets its room by requests that still wait: one a
        # level, from the text up to the window.
        for _ in range(LEVELS):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        self._image: QImage = widget.grab().toImage()

    def png(self) -> bytes:
        """Encode as PNG; takes several times as long as taking the picture."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(self._image)
        return bytes(buffer.data().data())

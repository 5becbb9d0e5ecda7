"""A picture of a window: taken on its own thread, turned into PNG on any."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImageWriter

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget


class WindowPicture:
    """What a widget showed at one moment."""

    def __init__(self, widget: QWidget) -> None:
        self._image: QImage = widget.grab().toImage()

    def png(self) -> bytes:
        """Encode as PNG; takes several times as long as taking the picture."""
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, b"png").write(self._image)
        return bytes(buffer.data().data())

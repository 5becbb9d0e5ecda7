"""From the worker's pixels to Qt's images, without a copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from app.training.snapshot import Picture


def image_of(picture: Picture) -> QImage:
    """Return an image that shares the pixels; keep the picture as long as the image.

    The image does not keep the array behind it alive.
    """
    rows, columns = picture.pixels.shape
    return QImage(picture.pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32)

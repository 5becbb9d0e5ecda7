"""All unit maps as one item, painted from the atlas that the worker made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject

from app.views.images import image_of

if TYPE_CHECKING:
    from app.training.snapshot import Picture
    from app.views.network.arrangement import Arrangement


class MapsItem(QGraphicsObject):
    """Paints every unit's map at its place: one image, a part of it for each unit."""

    def __init__(self) -> None:
        super().__init__()
        self._places: list[QRectF] = []
        self._atlas: Picture | None = None
        self._image = QImage()
        self._bounds = QRectF()

    def arrange(self, arrangement: Arrangement, bounds: QRectF) -> None:
        """Paint at these places from now on."""
        self.prepareGeometryChange()
        self._bounds = bounds
        self._places = [QRectF(unit.x, unit.y, unit.side, unit.side) for unit in arrangement]

    def show_atlas(self, atlas: Picture | None) -> None:
        """Show other maps, in the order of the arrangement; the same ones are there already."""
        if atlas is self._atlas:
            return
        self._atlas = atlas
        if atlas:
            self._image = image_of(atlas)
        self.update()

    def boundingRect(self) -> QRectF:
        """Cover the view."""
        return self._bounds

    def paint(self, painter: QPainter, *_: object) -> None:
        """Paint each map, smoothly scaled."""
        if self._atlas is None:
            return
        side = self._atlas.pixels.shape[1]
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index, place in enumerate(self._places):
            painter.drawImage(place, self._image, QRectF(0, index * side, side, side))

"""Which color is which value: a thin bar with numbers in a corner of the canvas."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QGraphicsObject

from app.document.state import Changed
from app.render.palette import LEVELS, Palette
from app.theme import CLASS_COLORS, current_theme

if TYPE_CHECKING:
    import numpy as np
    import pyqtgraph as pg
    from numpy.typing import NDArray

    from app.document.document import Document

WIDTH, BAR, PAD, MARGIN = 140, 8, 6, 8  # pixels
FONT = 11
OPACITY = 0.88


@cache
def _colors(neutral: str) -> NDArray[np.uint32]:
    """Return the color table of a theme, which every frame paints from."""
    return Palette(CLASS_COLORS, neutral).diverging


class ValueScale(QGraphicsObject):
    """Shows the scale from −limit to limit while values are learned."""

    def __init__(self, view_box: pg.ViewBox, document: Document) -> None:
        super().__init__(view_box)
        self._box = view_box
        self._document = document
        self._limit = 1.0
        self._font = QFont()
        self._font.setPixelSize(FONT)
        self.setZValue(1)
        view_box.sigResized.connect(self.prepareGeometryChange)
        document.changed.connect(self._follow)
        self._follow(Changed.ALL)

    @property
    def texts(self) -> tuple[str, str, str]:
        """The numbers at the left end, in the middle and at the right end."""
        return f"\u2212{self._limit:g}", "0", f"{self._limit:g}"

    def boundingRect(self) -> QRectF:
        """Return the lower right corner of the view box."""
        height = 2 * PAD + BAR + 2 + QFontMetrics(self._font).height()
        right, bottom = self._box.rect().right(), self._box.rect().bottom()
        return QRectF(right - MARGIN - WIDTH, bottom - MARGIN - height, WIDTH, height)

    def paint(self, painter: QPainter, *_: object) -> None:
        """Draw the bar on a piece of card, its numbers below."""
        theme, area = current_theme(), self.boundingRect()
        ground = QColor(theme.card)
        ground.setAlphaF(OPACITY)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(area, 4, 4)
        inner = area.adjusted(PAD, PAD, -PAD, -PAD)
        pixels = _colors(theme.card)
        image = QImage(pixels.data, LEVELS, 1, 4 * LEVELS, QImage.Format.Format_RGB32)
        bar = QRectF(inner.left(), inner.top(), inner.width(), BAR)
        painter.drawImage(bar, image)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(theme.field_border))
        painter.drawRect(bar)
        painter.setFont(self._font)
        painter.setPen(QColor(theme.text))
        align = Qt.AlignmentFlag
        sides = align.AlignLeft, align.AlignHCenter, align.AlignRight
        for text, side in zip(self.texts, sides, strict=True):
            painter.drawText(inner, align.AlignBottom | side, text)

    def _follow(self, changes: Changed) -> None:
        if not changes & (Changed.POINTS | Changed.TASK):
            return
        state = self._document.state
        self.setVisible(state.task == "regression")
        if state.task == "regression":
            self._limit = state.value_limit
            self.update()

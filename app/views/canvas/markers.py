"""The shape of each class's marker: a class can be told without its colour."""

from __future__ import annotations

from functools import cache
from math import cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.theme import CLASS_MARKERS

if TYPE_CHECKING:
    from collections.abc import Callable

RADIUS = 4.2  # logical pixels


def _regular(corners: int, start: float, radius: float = 1.0) -> QPainterPath:
    """Build a regular polygon; ``start`` is the angle of its first corner in turns from the top."""
    angles = [2 * pi * (start + i / corners) for i in range(corners)]
    return _closed([QPointF(radius * sin(a), -radius * cos(a)) for a in angles])


def _closed(corners: list[QPointF]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(QPolygonF(corners))
    path.closeSubpath()
    return path


def _bars(turned: bool) -> QPainterPath:
    """Build a plus, or turned by an eighth a cross."""
    w, r = 0.4, 1.05
    corners = [(-w, -r), (w, -r), (w, -w), (r, -w), (r, w), (w, w)]
    corners += [(w, r), (-w, r), (-w, w), (-r, w), (-r, -w), (-w, -w)]
    c = cos(pi / 4) if turned else 1.0
    s = sin(pi / 4) if turned else 0.0
    return _closed([QPointF(c * x - s * y, s * x + c * y) for x, y in corners])


def _circle() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QRectF(-1, -1, 2, 2))
    return path


@cache
def marker_path(marker: int) -> QPainterPath:
    """Return one of the theme's markers, about one unit in radius around the origin."""
    shapes: dict[str, Callable[[], QPainterPath]] = {
        "square": lambda: _regular(4, 1 / 8, 1.25),
        "circle": _circle,
        "triangle": lambda: _regular(3, 0, 1.3),
        "diamond": lambda: _regular(4, 0, 1.25),
        "plus": lambda: _bars(turned=False),
        "triangle_down": lambda: _regular(3, 1 / 2, 1.3),
        "pentagon": lambda: _regular(5, 0, 1.15),
        "cross": lambda: _bars(turned=True),
    }
    return shapes[CLASS_MARKERS[marker]]()


class Stamp(NamedTuple):
    """What tells one painted marker from another; ``color`` is a pixel 0xAARRGGBB."""

    marker: int
    color: int
    edge: str
    hollow: bool


@cache
def stamp_image(stamp: Stamp, ratio: float) -> QPixmap:
    """Paint a marker once, to be stamped; ``ratio`` is device pixels a logical pixel."""
    side = 2 * round(RADIUS * 1.3 + 2)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(pixmap.width() / 2, pixmap.height() / 2)
    painter.scale(RADIUS * ratio, RADIUS * ratio)
    path, color = marker_path(stamp.marker), QColor.fromRgba(stamp.color)
    if stamp.hollow:
        # The edge on either side of the outline: it stays visible on its own color.
        for pen in (QPen(QColor(stamp.edge), 2.8 / RADIUS), QPen(color, 1.4 / RADIUS)):
            painter.strokePath(path, pen)
    else:
        painter.setPen(QPen(QColor(stamp.edge), 1.2 / RADIUS))
        painter.setBrush(color)
        painter.drawPath(path)
    painter.end()
    return pixmap

"""The shape of each class's marker: a class can be told without its color.

Around the fill runs an outline that stands out on the untrained canvas, around that a line in the
color of this canvas. The outline stands out from that line, so the marker shows on the ground of
every class, its own included.
"""

from __future__ import annotations

from functools import cache
from math import ceil, cos, pi, sin
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from app.theme import CLASS_MARKERS, outline_on

if TYPE_CHECKING:
    from collections.abc import Callable

RADIUS = 3.8  # logical pixels
OUTLINE, AROUND = 1.8, 1.3  # widths, likewise


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
    w, r = 0.5, 1.2
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
    """What tells one painted marker from another: its color, a pixel 0xAARRGGBB, and the canvas's.

    Those of the training set are filled, hollow are those of the test set.
    """

    marker: int
    color: int
    ground: str
    hollow: bool


@cache
def stamp_image(stamp: Stamp, ratio: float) -> QPixmap:
    """Paint a marker once, to be stamped; ``ratio`` is device pixels a logical pixel."""
    side = 2 * ceil(RADIUS * 1.3 + OUTLINE / 2 + AROUND)
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(pixmap.width() / 2, pixmap.height() / 2)
    painter.scale(RADIUS * ratio, RADIUS * ratio)
    path, color = marker_path(stamp.marker), QColor.fromRgba(stamp.color)
    painter.strokePath(path, _pen(stamp.ground, OUTLINE + 2 * AROUND))
    if not stamp.hollow:
        painter.fillPath(path, color)
    painter.strokePath(path, _pen(outline_on(stamp.ground, color.name()), OUTLINE))
    painter.end()
    return pixmap


def _pen(color: str, width: float) -> QPen:
    pen = QPen(QColor(color), width / RADIUS)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen

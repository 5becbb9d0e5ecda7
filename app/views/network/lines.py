"""The weights as lines: which are drawn, how wide, in which color."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPen

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QPointF

    from app.render.palette import Palette
    from app.views.network.arrangement import Arrangement, Unit
    from nncore import FloatArray, Parameters

MOST_LINES = 192  # in all layers together; of a larger network the strongest weights
STEPS = 10  # distinguishable widths
NARROWEST, WIDEST = 0.6, 5.0
SHARE_OF_MAP = 0.14  # the widest line beside a small map
REACH = 4.0  # pixels from a line to the pointer that means it


class Line(NamedTuple):
    """A weight from one unit to another; ``steps`` is its signed width."""

    source: Unit
    target: Unit
    steps: int

    def pen(self, palette: Palette) -> QPen:
        """Return the pen: the color is the sign, as in the maps, the width the size, gray zero."""
        color = QColor(palette.classes[1 if self.steps > 0 else 0])
        if not self.steps:
            color = QColor(128, 128, 128, 120)
        widest = min(WIDEST, max(NARROWEST, SHARE_OF_MAP * self.target.side))
        width = NARROWEST + (widest - NARROWEST) * abs(self.steps) / STEPS
        return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)

    def path(self) -> QPainterPath:
        """Return the curve, level at both ends."""
        (x1, y1), (x2, y2) = self.source.outlet, self.target.inlet
        middle = (x1 + x2) / 2
        path = QPainterPath()
        path.moveTo(x1, y1)
        path.cubicTo(middle, y1, middle, y2, x2, y2)
        return path

    def near(self, position: QPointF) -> bool:
        """Whether the line passes close to a position."""
        stroker = QPainterPathStroker()
        stroker.setWidth(2 * REACH)
        return stroker.createStroke(self.path()).contains(position)


def widths(W: FloatArray) -> NDArray[np.int8]:
    """Signed width of each weight in steps, relative to the strongest of its layer."""
    largest = float(np.abs(W).max()) or 1.0
    steps: FloatArray = np.rint(W * (STEPS / largest))
    return steps.astype(np.int8)


def lines_of(arrangement: Arrangement, parameters: Parameters) -> list[Line]:
    """Return the lines to draw, in each layer the weak ones first."""
    each = MOST_LINES // len(parameters.W)
    lines: list[Line] = []
    for (sources, targets), W in zip(pairwise(arrangement.layers), parameters.W, strict=True):
        steps = widths(W)
        order = np.argsort(np.abs(steps), axis=None, kind="stable")[-each:]
        for row, column in zip(*np.unravel_index(order, steps.shape), strict=True):
            lines.append(Line(sources[column], targets[row], int(steps[row, column])))
    return lines


def line_near(arrangement: Arrangement, parameters: Parameters, position: QPointF) -> Line | None:
    """Return the line at a position, of several the one on top; None where there is none."""
    lines = reversed(lines_of(arrangement, parameters))
    return next((line for line in lines if line.near(position)), None)

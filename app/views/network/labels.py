"""The frames of the units and the names of inputs and outputs: what stands still."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen

if TYPE_CHECKING:
    from app.theme import Theme
    from app.views.network.arrangement import Arrangement, Unit

ROOM = 30.0
GAP = 6.0
SMALLEST_NAMED = 14.0  # a smaller map has no room for a name beside it
DIGITS = "₁₂₃₄₅₆₇₈₉"
MIDDLE = Qt.AlignmentFlag.AlignVCenter


def paint_labels(painter: QPainter, arrangement: Arrangement, theme: Theme) -> None:
    """Paint a frame around every unit, and a name beside inputs and outputs."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(theme.field_border), 1))
    painter.drawRects(
        [QRectF(u.x, u.y, u.side, u.side).adjusted(-1, -1, 1, 1) for u in arrangement]
    )
    painter.setPen(QColor(theme.muted_text))
    font = QFont(painter.font())
    font.setPixelSize(13)
    painter.setFont(font)
    for unit in arrangement.layers[0]:
        box = QRectF(unit.x - ROOM - GAP, unit.y, ROOM, unit.side)
        painter.drawText(box, MIDDLE | Qt.AlignmentFlag.AlignRight, f"x{DIGITS[unit.number]}")
    outputs = arrangement.layers[-1]
    for unit in outputs:
        if unit.side >= SMALLEST_NAMED:
            box = QRectF(unit.x + unit.side + GAP, unit.y, ROOM, unit.side)
            painter.drawText(box, MIDDLE | Qt.AlignmentFlag.AlignLeft, _output_name(unit, outputs))


def _output_name(unit: Unit, outputs: tuple[Unit, ...]) -> str:
    return "ŷ" if len(outputs) == 1 else f"ŷ{DIGITS[unit.number]}"

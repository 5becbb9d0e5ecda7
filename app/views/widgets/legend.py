"""Which line is which: a short piece of each, and its name."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.theme import current_theme

SAMPLE = 20  # pixels of a line
GAP, BETWEEN = 5, 12
HEIGHT = 20
TEST_DASHES = (4.0, 3.0)


def train_pen() -> QPen:
    """Return the pen of what belongs to the training set."""
    return QPen(QColor(current_theme().accent), 0)


def held_out_pen() -> QPen:
    """Return the pen of what belongs to the test set: dashed, to be told without its color."""
    pen = QPen(QColor(current_theme().muted_text), 0)
    pen.setDashPattern(TEST_DASHES)
    return pen


class SetLegend(QWidget):
    """The lines of training and test set."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "caption")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Solid line: training set. Dashed line: test set.")
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        """Return the room of both lines and names."""
        words = sum(self.fontMetrics().horizontalAdvance(word) for word in ("train", "test"))
        return QSize(words + 2 * (SAMPLE + GAP) + BETWEEN + 2, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw a piece of each line, and its name."""
        painter, x = QPainter(self), 0
        for pen, word in ((train_pen(), "train"), (held_out_pen(), "test")):
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawLine(x, self.height() // 2, x + SAMPLE, self.height() // 2)
            painter.setPen(QColor(current_theme().muted_text))
            width = self.fontMetrics().horizontalAdvance(word) + 2
            area = QRectF(x + SAMPLE + GAP, 0, width, self.height())
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, word)
            x += SAMPLE + GAP + width + BETWEEN
        painter.end()

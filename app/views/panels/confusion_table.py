"""Confusion counts as one painted table: a row for each true class, a column for each predicted."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.theme import current_theme, mixed, text_on
from app.views.canvas.markers import Stamp, stamp_image
from app.views.class_looks import color_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.classes import Classes

HEADER = 22  # pixels, the row of chips above the columns
CHIP = 26  # a marker and its number: the head of a column, and of a row without its name
SHORTEST_NAME = 48  # with less room, a name would be cut to a letter or two
NARROWEST_CELL, WIDEST_CELL = 26, 60
ROW, LOW_ROW = 22, 19  # pixels; the lower ones from six classes on
LOWEST_ROW = 14  # where there is no room for more
CORNER = "true \\ predicted"
FAINTEST, STRONGEST = 0.08, 0.6  # how much of its color a cell shows, by its share of the row
SHADES = 32  # from faintest to strongest: few enough to be looked up


def short_count(count: int) -> str:
    """Write a count in at most five signs, up to ten million.

    >>> short_count(9999), short_count(12_345), short_count(1_234_567)
    ('9999', '12k', '1.2M')
    """
    if count < 10_000:
        return str(count)
    return f"{count // 1000}k" if count < 1_000_000 else f"{count / 1e6:.1f}M"


class ConfusionTable(QWidget):
    """Shows K × K counts; the diagonal, where both classes agree, is in the color of the class.

    Each class has its marker and its number, and its name where the counts leave room for one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts: NDArray[np.int64] | None = None
        self._classes: Classes = ()
        self._cell_width = float(WIDEST_CELL)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # nothing beneath is painted
        self.setAccessibleName("Confusion counts")

    def show_counts(self, counts: NDArray[np.int64] | None, classes: Classes) -> None:
        """Show other counts, shape (K, K), of these classes, of which there may be others yet."""
        if counts is not None and len(counts) > len(classes):
            counts = None
        if self._shows(counts, classes):
            return
        moved = self._moved(counts, classes)
        resized = self._size(counts) != self._size(self._counts)
        self._counts, self._classes = counts, classes
        self.setAccessibleDescription(self._in_words())
        if moved is not None:
            for row, column in moved:
                self.update(self._cell(row, column).toAlignedRect())
            return
        self._lay_out()
        if resized:
            self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of all rows; any width will do."""
        classes = self._size(self._counts)
        return QSize(0, HEADER + classes * (ROW if classes < 6 else LOW_ROW))

    def minimumSizeHint(self) -> QSize:
        """Return the height of all rows moved together; any width will do."""
        return QSize(0, HEADER + self._size(self._counts) * LOWEST_ROW)

    def event(self, event: QEvent) -> bool:
        """Say in a sentence what the cell under the pointer counts."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._sentence_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out anew."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chips, then the cells: those off the diagonal, and the bold ones on it."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(current_theme().card))
        if self._counts is not None:
            self._paint_table(painter, event.region(), self._counts)
        painter.end()

    def _paint_table(self, painter: QPainter, region: QRegion, counts: NDArray[np.int64]) -> None:
        """Paint the cells that lie in a region, and the heads if one of them does."""
        font = self._cell_font()
        painter.setFont(font)
        cells = [
            cell
            for cell in np.ndindex(*counts.shape)
            if region.intersects(self._cell(*cell).toAlignedRect())
        ]
        if region.intersects(self._heads()):
            self._paint_heads(painter, len(counts))
        for bold in (False, True):
            font.setBold(bold)
            painter.setFont(font)
            for row, column in cells:
                if (row == column) is bold:
                    self._paint_cell(painter, row, column)

    def _heads(self) -> QRegion:
        """Return the row and the column of the heads, without what touches a cell."""
        first = self._cell(0, 0).toAlignedRect()
        return QRegion(self.rect()) - QRegion(
            first.left(), first.top(), self.width(), self.height()
        )

    def _paint_heads(self, painter: QPainter, classes: int) -> None:
        self._paint_corner(painter)
        for label in range(classes):
            area = self._cell(-1, label)
            self._paint_chip(painter, area.center() - QPointF(CHIP / 2, 0), label)
            self._paint_row_head(painter, label)

    def _shows(self, counts: NDArray[np.int64] | None, classes: Classes) -> bool:
        if counts is None or self._counts is None:
            return counts is self._counts
        return classes == self._classes and np.array_equal(counts, self._counts)

    def _moved(
        self, counts: NDArray[np.int64] | None, classes: Classes
    ) -> list[tuple[int, int]] | None:
        """Return the cells that differ where the points are as many as before; None elsewhere."""
        former = self._counts
        if former is None or counts is None or classes != self._classes:
            return None
        if former.shape != counts.shape or (former.sum(axis=1) != counts.sum(axis=1)).any():
            return None
        return [(int(row), int(column)) for row, column in np.argwhere(former != counts)]

    @staticmethod
    def _size(counts: NDArray[np.int64] | None) -> int:
        return 0 if counts is None else len(counts)

    def _cell(self, row: int, column: int) -> QRectF:
        """Return the place of a cell; row −1 are the heads of the columns, column −1 the names."""
        classes, width = self._size(self._counts), self._cell_width
        names = self.width() - classes * width
        height = (self.height() - HEADER) / classes
        top, tall = (0.0, float(HEADER)) if row < 0 else (HEADER + row * height, height)
        left, wide = (0.0, names) if column < 0 else (names + column * width, width)
        return QRectF(left, top, wide, tall)

    def _lay_out(self) -> None:
        """Give the counts what they need, then the names, then the counts again.

        What counts need follows from how many points there are, so that nothing jumps in training.
        """
        if self._counts is None:
            return
        classes, font = len(self._counts), self._cell_font()
        names = max(QFontMetrics(font).horizontalAdvance(info.name) for info in self._classes)
        font.setBold(True)
        most = str(min(int(self._counts.sum(axis=1).max()), 9_999))
        needed = max(NARROWEST_CELL, QFontMetrics(font).horizontalAdvance(most) + 6)
        left = self.width() - classes * needed - CHIP
        heads = CHIP + (min(names + 8, left) if left >= SHORTEST_NAME else 0)
        self._cell_width = min(float(WIDEST_CELL), (self.width() - heads) / classes)

    def _cell_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(12 if self._size(self._counts) < 6 else 11)
        return font

    def _paint_corner(self, painter: QPainter) -> None:
        area = self._cell(-1, -1)
        if painter.fontMetrics().horizontalAdvance(CORNER) <= area.width() - 4:
            painter.setPen(QColor(current_theme().muted_text))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, CORNER)

    def _paint_row_head(self, painter: QPainter, label: int) -> None:
        area = self._cell(label, -1)
        self._paint_chip(painter, QPointF(0, area.center().y()), label)
        area.adjust(CHIP + 2, 0, -4, 0)
        if area.width() > SHORTEST_NAME - 8:
            elided = painter.fontMetrics().elidedText(
                self._classes[label].name, Qt.TextElideMode.ElideRight, int(area.width())
            )
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter, elided)

    def _paint_chip(self, painter: QPainter, left: QPointF, label: int) -> None:
        """Paint marker and number of a class; ``left`` is the middle of the left edge."""
        info, theme = self._classes[label], current_theme()
        ratio = self.devicePixelRatioF()
        stamp = stamp_image(Stamp(info.marker, color_of(info).rgba(), theme.card, False), ratio)
        side = stamp.width() / ratio
        painter.drawPixmap(
            QRectF(left.x(), left.y() - side / 2, side, side), stamp, QRectF(stamp.rect())
        )
        painter.setPen(QColor(theme.text))
        number = QRectF(left.x() + side, left.y() - HEADER / 2, CHIP - side, HEADER)
        painter.drawText(number, Qt.AlignmentFlag.AlignVCenter, str(label + 1))

    def _paint_cell(self, painter: QPainter, row: int, column: int) -> None:
        assert self._counts is not None
        theme, right = current_theme(), row == column
        count, of_row = int(self._counts[row, column]), int(self._counts[row].sum())
        area = self._cell(row, column).adjusted(1, 1, -1, -1)
        color = color_of(self._classes[row]).name() if right else theme.danger
        share = round(SHADES * count / of_row) / SHADES if of_row else 0.0
        shown = FAINTEST * right + (STRONGEST - FAINTEST) * share
        ground, text = _shade(theme.card, color, shown)
        painter.fillRect(area, ground)
        painter.setPen(text if count else QColor(theme.muted_text))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, short_count(count))

    def _sentence_at(self, place: QPointF) -> str:
        classes = range(self._size(self._counts))
        for row in classes:
            for column in classes:
                if self._cell(row, column).contains(place):
                    return self._sentence(row, column)
        return "Points of each true class (row) by the class that is predicted (column)."

    def _sentence(self, row: int, column: int) -> str:
        assert self._counts is not None
        count = int(self._counts[row, column])
        true, predicted = (self._classes[label].name for label in (row, column))
        return f"{count:,} of “{true}” predicted as “{predicted}”."

    def _in_words(self) -> str:
        classes = range(self._size(self._counts))
        return " ".join(self._sentence(row, column) for row in classes for column in classes)


@lru_cache(maxsize=1024)
def _shade(card: str, color: str, share: float) -> tuple[QColor, QColor]:
    """Return the ground of a cell and what reads on it."""
    ground = mixed(QColor(card), QColor(color), share)
    return ground, QColor(text_on(ground.name()))

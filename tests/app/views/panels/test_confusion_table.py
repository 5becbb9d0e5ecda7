"""The confusion table: readable at any number of classes, told in words as well."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QFontMetrics, QHelpEvent, QRegion
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.document.classes import TWO_CLASSES, ClassInfo, at_least
from app.theme import CLASS_COLORS, DARK, LIGHT, Theme, apply_theme, contrast
from app.views.panels.confusion_table import (
    CHIP,
    NARROWEST_CELL,
    ConfusionTable,
    short_count,
)
from tests.app.views.tour import Painted

WIDTH = 288  # of the right column without its margins


@pytest.fixture
def table(qtbot: QtBot, themed: QApplication) -> ConfusionTable:
    table = ConfusionTable()
    qtbot.addWidget(table)
    table.show()
    return table


def show(table: ConfusionTable, *rows: list[int]) -> None:
    counts = np.array(rows)
    table.show_counts(counts, at_least((), len(counts)))
    table.resize(WIDTH, table.sizeHint().height())


@pytest.mark.parametrize("count", [0, 7, 9_999, 10_000, 123_456, 999_999, 1_000_000, 9_999_999])
def test_a_count_takes_at_most_five_signs(count: int) -> None:
    assert len(short_count(count)) <= 5
    if count < 10_000:
        assert short_count(count) == str(count)


@pytest.mark.parametrize("classes", range(2, 9))
def test_every_number_of_classes_fits_and_is_readable(table: ConfusionTable, classes: int) -> None:
    show(table, *np.full((classes, classes), 9_999).tolist())
    cells = [table._cell(row, column) for row in range(-1, classes) for column in range(classes)]
    needed = table.fontMetrics().horizontalAdvance("9999") * 11 / 13
    assert min(cell.width() for cell in cells) >= needed
    assert min(cell.height() for cell in cells) >= 18
    assert max(cell.right() for cell in cells) <= WIDTH + 1e-9
    assert min(cell.left() for cell in cells) >= CHIP - 1e-9
    assert max(cell.bottom() for cell in cells) <= table.height() + 1e-9
    table.grab()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_diagonal_has_the_color_of_its_class(
    table: ConfusionTable, qapp: QApplication, theme: Theme
) -> None:
    apply_theme(qapp, theme)
    show(table, [9, 1], [0, 10])
    image = table.grab().toImage()

    def ground(row: int, column: int) -> str:
        corner = table._cell(row, column).topLeft() + QPointF(6, 6)
        return image.pixelColor(corner.toPoint()).name()

    grounds = {ground(row, column) for row in (0, 1) for column in (0, 1)}
    assert len(grounds) == 4
    assert ground(1, 0) == theme.card
    apply_theme(qapp, LIGHT)


def test_the_heads_are_the_chips_of_the_classes(table: ConfusionTable) -> None:
    show(table, [9, 1, 0], [0, 10, 0], [1, 2, 3])
    image = table.grab().toImage()
    for label in range(3):
        head = table._cell(-1, label).center() - QPointF(6, 0)
        assert image.pixelColor(head.toPoint()).name() == CLASS_COLORS[label]


@pytest.mark.parametrize("classes", range(2, 9))
def test_names_are_whole_where_the_counts_leave_room(table: ConfusionTable, classes: int) -> None:
    show(table, *np.full((classes, classes), 400 // classes**2).tolist())
    font = table._cell_font()
    name = QFontMetrics(font).horizontalAdvance(f"Class {classes}")
    assert table._cell(0, -1).width() >= CHIP + name
    assert table._cell(0, 0).left() >= table._cell(0, -1).right() - 1e-9


def test_a_long_name_takes_what_the_counts_leave(table: ConfusionTable) -> None:
    classes = (ClassInfo("A name of forty signs, as long as can be", 0, 0), *TWO_CLASSES[1:])
    table.show_counts(np.array([[9, 1], [0, 10]]), classes)
    table.resize(WIDTH, table.sizeHint().height())
    assert table._cell(0, 0).width() >= NARROWEST_CELL
    assert table._cell(1, 1).right() <= WIDTH + 1e-9


def test_nothing_jumps_while_the_counts_change(table: ConfusionTable) -> None:
    show(table, [99, 1], [100, 0])
    before = table._cell(1, 1)
    show(table, [0, 100], [9, 91])
    assert table._cell(1, 1) == before


def test_a_head_has_the_marker_of_its_class(table: ConfusionTable) -> None:
    show(table, [9, 1, 0], [0, 10, 0], [1, 2, 3])
    image = table.grab().toImage()
    # The upper corners of a square are filled, those of a triangle are not.
    corners = [table._cell(-1, label).center() + QPointF(-8, -3) for label in (0, 2)]
    square, triangle = (image.pixelColor(corner.toPoint()).name() for corner in corners)
    assert contrast(square, LIGHT.card) > 2 > contrast(triangle, LIGHT.card)


def test_it_is_told_in_words(table: ConfusionTable) -> None:
    show(table, [9, 1], [0, 12_345])
    assert "1 of “Class 1” predicted as “Class 2”." in table.accessibleDescription()
    assert "12,345 of “Class 2” predicted as “Class 2”." in table.accessibleDescription()


def test_a_cell_explains_itself_under_the_pointer(table: ConfusionTable) -> None:
    show(table, [9, 1], [0, 10])
    place = table._cell(0, 1).center().toPoint()
    event = QHelpEvent(QHelpEvent.Type.ToolTip, place, table.mapToGlobal(place))
    QApplication.sendEvent(table, event)
    assert QToolTip.text() == "1 of “Class 1” predicted as “Class 2”."
    QToolTip.hideText()


def test_nothing_and_counts_of_classes_yet_to_come_show_nothing(table: ConfusionTable) -> None:
    show(table, [9, 1], [0, 10])
    table.show_counts(np.ones((3, 3), np.int64), TWO_CLASSES)
    table.grab()
    assert table.accessibleDescription() == ""
    table.show_counts(None, TWO_CLASSES)
    assert QPoint(0, table.sizeHint().height()).y() < 30


def test_while_it_trains_only_the_counts_that_change_are_painted(table: ConfusionTable) -> None:
    show(table, [5, 0, 1], [0, 6, 0], [2, 0, 4])
    QApplication.processEvents()
    painted = Painted(table)
    show(table, [5, 0, 1], [0, 6, 0], [0, 0, 6])
    QApplication.processEvents()
    [region] = painted.regions
    first, last = (QRegion(table._cell(2, column).toAlignedRect()) for column in (0, 2))
    assert region == first + last
    show(table, [5, 0, 2], [0, 6, 0], [0, 0, 6])
    QApplication.processEvents()
    assert painted.regions[-1] == QRegion(table.rect())

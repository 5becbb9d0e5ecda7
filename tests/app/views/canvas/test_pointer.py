"""The outline at the pointer: of the tool that a press would use, in the color it would draw."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.document.commands import ChangeTask, ClearPoints
from app.document.document import Document
from app.theme import CLASS_COLORS
from app.views.canvas.canvas import Canvas
from app.views.canvas.toolbox import TOOLS
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import (
    LEFT,
    NO_MODIFIER,
    enter_with_pointer,
    hover,
    leave_with_pointer,
)
from tests.app.views.tour import spot

RIGHT = Qt.MouseButton.RightButton
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
CURSOR = Qt.CursorShape


@pytest.fixture
def place(canvas: Canvas) -> QPoint:
    """Somewhere among no points, where the pointer is."""
    where = spot(canvas, 0.0, 0.8)
    QTest.mouseMove(canvas.viewport(), where)  # or Qt tells that it is elsewhere
    enter_with_pointer(canvas, where)
    hover(canvas.viewport(), where)
    return where


def ring(canvas: Canvas, place: QPoint, radius: float) -> bool:
    """Whether a circle of this radius is seen around a place."""
    with_it = canvas.grab().toImage()
    canvas._pointer.hide()
    without = canvas.grab().toImage()
    canvas._pointer._brush.setVisible(True)
    sides = [place + QPoint(dx * round(radius), 0) for dx in (-1, 1)]
    return all(with_it.pixelColor(side) != without.pixelColor(side) for side in sides)


def test_the_brush_is_seen_at_the_pointer(canvas: Canvas, bench: Workbench) -> None:
    bench.use("magnet")
    place = spot(canvas, 0.0, 0.8)
    edge = place + QPoint(bench.radius, 0)
    before = canvas.grab().toImage().pixelColor(edge)
    hover(canvas.viewport(), place)
    assert canvas.grab().toImage().pixelColor(edge) != before
    leave_with_pointer(canvas)
    assert canvas.grab().toImage().pixelColor(edge) == before


@pytest.mark.parametrize("name", ["point", "line", "fill"])
def test_a_tool_without_a_brush_shows_where_a_point_goes(
    canvas: Canvas, bench: Workbench, place: QPoint, name: str
) -> None:
    bench.use(name)
    assert ring(canvas, place, 6)


def test_alt_shows_the_eraser_whoever_has_the_keyboard(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    button = QPushButton("Train", canvas.window())
    bench.use("magnet")
    assert ring(canvas, place, 60)
    QTest.keyPress(button, Qt.Key.Key_Alt)
    assert ring(canvas, place, 10)
    assert not ring(canvas, place, 60)
    QTest.keyRelease(button, Qt.Key.Key_Alt)
    assert ring(canvas, place, 60)


def test_the_mouse_knows_that_alt_was_let_go(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    hover(canvas.viewport(), place, ALT)
    assert bench.in_hand == "erase"
    hover(canvas.viewport(), place)
    assert bench.in_hand == "point"


def test_alt_takes_the_cursor_of_a_selection_tool_away(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    bench.use("rectangle")
    shapes = [canvas.viewport().cursor().shape()]
    for modifiers in (ALT, NO_MODIFIER):
        hover(canvas.viewport(), place, modifiers)
        shapes.append(canvas.viewport().cursor().shape())
    assert shapes == [CURSOR.ArrowCursor, CURSOR.CrossCursor, CURSOR.ArrowCursor]


def test_the_right_button_shows_the_eraser_until_it_is_let_go(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    bench.use("jitter")
    QTest.mousePress(canvas.viewport(), RIGHT, NO_MODIFIER, place)
    assert ring(canvas, place, 10)
    assert not ring(canvas, place, 40)
    QTest.mouseRelease(canvas.viewport(), RIGHT, NO_MODIFIER, place)
    assert ring(canvas, place, 40)


def test_the_eraser_removes_what_its_outline_covers_also_when_it_grows_in_mid_stroke(
    document: Document, canvas: Canvas, bench: Workbench
) -> None:
    view, place = canvas.viewport(), spot(canvas, 0.0, 0.0)
    beside = place + QPoint(0, -40)
    QTest.mousePress(view, RIGHT, NO_MODIFIER, beside)
    hover(view, beside + QPoint(3, 0))
    assert len(document.state.points) == 5
    while bench.brush < 45:
        bench.scale_radius(1)
    QTest.mouseMove(view, beside)
    assert ring(canvas, beside, bench.brush)
    QTest.mouseRelease(view, RIGHT, NO_MODIFIER, beside)
    assert document.state.points.X[0].tolist() == [-2.0, -1.0, 1.0, 2.0]
    bench.use("erase")
    assert bench.radius >= 45


def test_shift_shows_the_color_of_the_next_class(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    bench.use("spray")
    edge = place + QPoint(bench.radius, 0)

    def has(color: str) -> bool:
        image = canvas.grab().toImage()
        near = [image.pixelColor(edge + QPoint(dx, 0)) for dx in (-1, 0, 1)]
        return any(_close(pixel, QColor(color)) for pixel in near)

    assert has(CLASS_COLORS[0])
    QTest.keyPress(canvas, Qt.Key.Key_Shift)
    assert has(CLASS_COLORS[1])
    assert bench.drawn_label == 1
    QTest.keyRelease(canvas, Qt.Key.Key_Shift)
    assert has(CLASS_COLORS[0])


def test_shift_shows_the_color_of_the_opposite_value(
    document: Document, canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    document.push(ClearPoints())
    document.push(ChangeTask("regression"))
    bench.use("spray")
    colors = []
    for modifiers in (NO_MODIFIER, SHIFT):
        hover(canvas.viewport(), place, modifiers)
        colors.append(canvas._pointer._brush._color)
    assert colors == [QColor(CLASS_COLORS[1]), QColor(CLASS_COLORS[0])]


def test_shift_is_no_class_to_a_tool_that_selects(
    canvas: Canvas, bench: Workbench, place: QPoint
) -> None:
    bench.use("lasso")
    hover(canvas.viewport(), place, SHIFT)
    assert bench.drawn_label == 0


@pytest.mark.parametrize("name", [name for name, tool in TOOLS.items() if tool.draws])
def test_another_tool_ends_the_stroke(
    document: Document, canvas: Canvas, bench: Workbench, name: str
) -> None:
    bench.use(name)
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    for place in ((1.0, 1.0), (1.0, -1.0)):
        QTest.mouseMove(view, spot(canvas, *place))
    bench.use("erase")
    assert not canvas.strokes.active
    count = len(document.state.points)
    assert count > 5
    QTest.mouseMove(view, spot(canvas, -1.0, 0.0))
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    assert len(document.state.points) == count


def _close(one: QColor, other: QColor) -> bool:
    channels = (QColor.red, QColor.green, QColor.blue)
    return all(abs(channel(one) - channel(other)) < 60 for channel in channels)

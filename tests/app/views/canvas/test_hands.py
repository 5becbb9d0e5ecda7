"""Pan, zoom, the space bar, and what is seen meanwhile."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.document.commands import ClearPoints, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.views.canvas.canvas import Canvas
from app.views.canvas.geometry import within
from app.views.canvas.workbench import Workbench
from tests.app.views.canvas.conftest import way
from tests.app.views.hands import (
    LEFT,
    NO_MODIFIER,
    enter_with_pointer,
    leave_with_pointer,
    press,
)
from tests.app.views.tour import spot

MIDDLE = Qt.MouseButton.MiddleButton


def turn_wheel(canvas: Canvas, place: QPoint, angle: int) -> None:
    position = QPointF(place)
    event = QWheelEvent(
        position,
        canvas.viewport().mapToGlobal(position),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        NO_MODIFIER,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas.viewport(), event)


def test_the_wheel_zooms_at_the_pointer(canvas: Canvas) -> None:
    pointer = spot(canvas, 1.0, 0.5)
    before, width = canvas.place(QPointF(pointer)), canvas.region.width
    turn_wheel(canvas, pointer, 120)
    assert canvas.place(QPointF(pointer)) == pytest.approx(before)
    assert canvas.region.width < width


def test_the_wheel_zooms_also_where_the_points_lie_far_apart(
    document: Document, canvas: Canvas
) -> None:
    document.push(ReplacePoints(Points.of([[-1e6, 1e6], [-1e6, 1e6]], [0, 1])))
    canvas.fit()
    for angle in (120, -120):
        width = canvas.region.width
        turn_wheel(canvas, spot(canvas, 0.0, 0.0), angle)
        assert (canvas.region.width < width) == (angle > 0)
        assert canvas.region.width != width


@pytest.mark.parametrize("count", [1, 3])
def test_points_at_one_place_are_shown_wherever_it_is(
    document: Document, canvas: Canvas, count: int
) -> None:
    for place, kept in ((1.0, True), (70.0, False), (-1e6, False)):
        points = Points.of(np.full((2, count), place), [0] * count)
        document.push(ReplacePoints(points))
        canvas.fit()
        region = canvas.region
        assert within(points.X, region).all()
        assert within(np.zeros((2, 1)), region).all() == kept
        assert 10.0 <= region.height < 20.0


def test_the_middle_button_pans_and_draws_nothing(document: Document, canvas: Canvas) -> None:
    before, place = document.state, canvas.place(QPointF(200, 150))
    view = canvas.viewport()
    QTest.mousePress(view, MIDDLE, NO_MODIFIER, QPoint(200, 150))
    QTest.mouseMove(view, QPoint(260, 120))
    QTest.mouseRelease(view, MIDDLE, NO_MODIFIER, QPoint(260, 120))
    assert canvas.place(QPointF(260, 120)) == pytest.approx(place)
    assert document.state is before


def test_space_pans_whoever_has_the_keyboard(
    qtbot: QtBot, document: Document, canvas: Canvas, heard: list[object]
) -> None:
    button = QPushButton("Train", canvas.window())
    button.clicked.connect(lambda: heard.append("clicked"))
    button.show()
    button.setFocus()
    before, place = document.state, canvas.place(QPointF(200, 150))
    enter_with_pointer(canvas, QPoint(200, 150))
    QTest.keyPress(button, Qt.Key.Key_Space)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.OpenHandCursor
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, QPoint(200, 150))
    QTest.mouseMove(view, QPoint(230, 160))
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, QPoint(230, 160))
    QTest.keyRelease(button, Qt.Key.Key_Space)
    assert canvas.place(QPointF(230, 160)) == pytest.approx(place)
    assert canvas.viewport().cursor().shape() == Qt.CursorShape.CrossCursor
    assert (heard, document.state) == ([], before)
    leave_with_pointer(canvas)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert heard == ["clicked"]


def test_space_presses_the_button_that_tab_went_to_until_the_mouse_moves(
    canvas: Canvas, heard: list[object]
) -> None:
    button = QPushButton("Train", canvas.window())
    button.clicked.connect(lambda: heard.append("clicked"))
    button.show()
    enter_with_pointer(canvas, QPoint(200, 150))
    press(canvas, Qt.Key.Key_Tab)
    button.setFocus()
    press(button, Qt.Key.Key_Space)
    assert heard == ["clicked"]
    QTest.mouseMove(canvas.viewport(), QPoint(210, 150))
    press(button, Qt.Key.Key_Space)
    assert heard == ["clicked"]
    leave_with_pointer(canvas)


def test_a_press_outside_of_the_plot_draws_nothing(document: Document, canvas: Canvas) -> None:
    before = document.state
    QTest.mouseClick(canvas.viewport(), LEFT, NO_MODIFIER, QPoint(5, 5))
    assert document.state is before


def test_another_button_does_not_end_a_stroke(document: Document, canvas: Canvas) -> None:
    view = canvas.viewport()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    QTest.mouseClick(view, Qt.MouseButton.RightButton, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    QTest.mouseMove(view, spot(canvas, 1.0, 1.0))
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 1.0, 1.0))
    assert len(document.state.points) > 7
    document.undo()
    assert document.undo_name == "replace points"


def test_the_radius_has_limits_and_belongs_to_its_tool(bench: Workbench) -> None:
    bench.use("spray")
    for _ in range(30):
        bench.scale_radius(1)
    assert bench.radius == 200
    for _ in range(60):
        bench.scale_radius(-1)
    assert bench.radius == 3
    bench.use("erase")
    assert bench.radius == 10
    bench.use("point")
    bench.scale_radius(1)
    assert bench.radius == 0


def test_focus_is_seen(qtbot: QtBot, canvas: Canvas) -> None:
    canvas.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    focused = canvas.grab().toImage()
    canvas.clearFocus()
    assert canvas.grab().toImage() != focused


def test_an_empty_canvas_invites(document: Document, canvas: Canvas) -> None:
    document.push(ClearPoints())
    middle = canvas.drawing_area().center().toPoint()
    around = QRect(middle - QPoint(100, 8), middle + QPoint(100, 8))
    words = canvas.grab(around).toImage()
    way(canvas, (-2.0, 1.2), (-1.9, 1.2))
    assert canvas.grab(around).toImage() != words


def test_the_invitation_makes_way_for_a_stroke(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    document.push(ClearPoints())
    bench.use("fill")
    view = canvas.viewport()
    assert canvas._invitation.isVisible()
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    QTest.mouseMove(view, spot(canvas, 1.0, 1.0))
    assert not canvas._invitation.isVisible()
    press(canvas, Qt.Key.Key_Escape)
    assert canvas._invitation.isVisible()
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 1.0, 1.0))


def test_nobody_is_invited_where_the_tool_draws_nothing(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    document.push(ClearPoints())
    leave_with_pointer(canvas)
    middle = canvas.drawing_area().center().toPoint()
    around = QRect(middle - QPoint(100, 8), middle + QPoint(100, 8))
    words = canvas.grab(around).toImage()
    bench.use("lasso")
    assert canvas.grab(around).toImage() != words
    bench.use("point")
    assert canvas.grab(around).toImage() == words

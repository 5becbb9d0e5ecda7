"""The points on the canvas: their colors and markers, and how many points are shown at all."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import (
    AddPoints,
    ChangeTask,
    ReplacePoints,
    change_class,
    set_test,
)
from app.document.document import Document
from app.document.points import Points
from app.document.state import initial_state
from app.main_window import MainWindow
from app.theme import CLASS_COLORS, CLASS_INKS, LIGHT, outline_on
from app.views.canvas import points_item, points_layer
from app.views.canvas.points_layer import MOST_LARGE_SQUARES, MOST_MARKERS, MOST_SQUARES, Wanted
from tests.app.views.hands import LEFT, NO_MODIFIER
from tests.app.views.tour import Painted, open_window

CORNERS = Points.of([[-4.0, 4.0, 0.0], [-4.0, 4.0, 0.0]], [0, 1, 0], values=[-1.0, 1.0, 0.2])


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> Iterator[MainWindow]:
    with open_window(qtbot, Document(replace(initial_state(), points=CORNERS)), 1100) as window:
        yield window


@pytest.fixture
def layers(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many points each new layer was made for."""
    made: list[int] = []

    def make(wanted: Wanted) -> points_layer.Layer:
        made.append(len(wanted.points))
        return points_layer.make_layer(wanted)

    monkeypatch.setattr(points_item, "make_layer", make)
    return made


def spot(window: MainWindow, x1: float, x2: float) -> QPoint:
    return window.center.canvas.position(x1, x2).toPoint()


def grabbed(window: MainWindow) -> QImage:
    """The canvas as it is painted, when the points need no refinement any more."""
    window.center.canvas.grab()
    window.center.canvas.finish_painting()
    image: QImage = window.center.canvas.grab().toImage()
    return image


def color_at(window: MainWindow, x1: float, x2: float) -> str:
    return grabbed(window).pixelColor(spot(window, x1, x2)).name()


def area(image: QImage, place: QPoint, reach: int = 6) -> list[str]:
    return [
        image.pixelColor(place.x() + x, place.y() + y).name()
        for x in range(-reach, reach + 1)
        for y in range(-reach, reach + 1)
    ]


def many(m: int, label: int = 0) -> Points:
    """Points all over the plane, of one class, with a free spot in the middle."""
    X = np.random.default_rng(m).uniform(-4, 4, (2, m))
    X[0, np.hypot(*X) < 1] = 3.9
    return Points.of(X, np.full(m, label))


def test_a_point_has_the_color_of_its_class_not_of_its_label(window: MainWindow) -> None:
    assert color_at(window, -4, -4) == CLASS_COLORS[0]
    window.document.push(change_class(window.document.state, 0, color=5, marker=3))
    assert color_at(window, -4, -4) == CLASS_COLORS[5]
    assert color_at(window, 4, 4) == CLASS_COLORS[1]


def test_the_boundary_has_the_colors_of_the_classes_too(qtbot: QtBot, window: MainWindow) -> None:
    with qtbot.waitSignal(window.session.settled):
        window.document.push(change_class(window.document.state, 1, color=2, marker=2))
    view = window.session._worker._engine.view
    assert view is not None
    assert view.palette.classes[:2] == (CLASS_COLORS[0], CLASS_COLORS[2])


def test_the_marker_is_the_one_of_the_class(window: MainWindow) -> None:
    outline = outline_on(LIGHT.card, CLASS_COLORS[0])
    square = area(grabbed(window), spot(window, -4, -4)).count(outline)
    window.document.push(change_class(window.document.state, 0, color=0, marker=3))
    diamond = area(grabbed(window), spot(window, -4, -4)).count(outline)
    assert square > diamond
    assert color_at(window, -4, -4) == CLASS_COLORS[0]


def test_points_of_the_test_set_are_hollow(window: MainWindow) -> None:
    assert color_at(window, 4, 4) == CLASS_COLORS[1]
    window.document.push(set_test(np.array([1]), True))
    assert color_at(window, 4, 4) != CLASS_COLORS[1]
    ring = [QColor(name) for name in area(grabbed(window), spot(window, 4, 4))]
    assert any(color.blue() > 150 > 60 > color.red() for color in ring)
    assert color_at(window, -4, -4) == CLASS_COLORS[0]


def test_a_regression_shows_values(window: MainWindow) -> None:
    window.document.push(ChangeTask("regression"))
    assert color_at(window, -4, -4) == CLASS_COLORS[0]
    assert color_at(window, 4, 4) == CLASS_COLORS[1]
    palest = QColor(color_at(window, 0, 0)).lightness()
    assert palest > max(QColor(color).lightness() for color in CLASS_COLORS[:2])


@pytest.mark.parametrize("count", [3, MOST_MARKERS + 1, MOST_LARGE_SQUARES + 1, MOST_SQUARES + 1])
def test_a_click_is_seen_above_what_was_there_and_nothing_else_is_painted_anew(
    window: MainWindow, layers: list[int], count: int
) -> None:
    window.document.push(ReplacePoints(many(count, label=1)))
    grabbed(window)
    layers.clear()
    QTest.mouseClick(window.center.canvas.viewport(), LEFT, NO_MODIFIER, spot(window, 0, 0))
    # Not grabbed(): that would paint all of them anew.
    image = window.center.canvas.grab().toImage()
    assert len(window.document.state.points) == count + 1
    colors = [QColor(name) for name in area(image, spot(window, 0, 0), 1)]
    assert any(color.red() > color.blue() + 60 for color in colors)
    assert layers == []


def test_a_click_paints_the_canvas_around_its_point_only(window: MainWindow, qtbot: QtBot) -> None:
    viewport = window.center.canvas.viewport()
    with qtbot.waitSignal(window.session.settled):  # the boundary for this point covers all
        QTest.mouseClick(viewport, LEFT, NO_MODIFIER, spot(window, -1, 0))
    QTest.mouseMove(viewport, spot(window, 1, 1))
    QApplication.processEvents()
    painted = Painted(viewport)
    QTest.mouseClick(viewport, LEFT, NO_MODIFIER, spot(window, 1, 1))
    # No timers: they bring the worker's next picture, which covers the whole canvas.
    QApplication.sendPostedEvents()
    [region] = painted.regions
    part = region.boundingRect()
    assert part.contains(spot(window, 1, 1))
    assert max(part.width(), part.height()) < 2 * points_layer.MARGIN + 10


def test_later_points_lie_above_earlier_ones(window: MainWindow) -> None:
    for label in (1, 0, 1):
        window.document.push(AddPoints(Points.of([[2.0], [-2.0]], [label])))
        assert color_at(window, 2, -2) == CLASS_COLORS[label]
    window.document.undo()
    assert color_at(window, 2, -2) == CLASS_COLORS[0]


def test_a_dense_spot_is_darker(window: MainWindow) -> None:
    random = np.random.default_rng(1)
    m = MOST_SQUARES + 1
    X = np.concatenate([random.uniform(-4, 4, (2, m)), random.normal(0, 0.3, (2, m))], axis=1)
    window.document.push(ReplacePoints(Points.of(X, np.zeros(2 * m))))
    image = grabbed(window)

    def lightness(x1: float, x2: float) -> float:
        shades = [QColor(name).lightness() for name in area(image, spot(window, x1, x2), 3)]
        return float(np.mean(shades))

    assert lightness(0, 0) + 10 < lightness(3, 3)


def test_the_first_look_at_many_points_comes_by_itself(qtbot: QtBot, window: MainWindow) -> None:
    window.document.push(ReplacePoints(many(MOST_SQUARES)))
    place = spot(window, 3, 3)

    def shown() -> bool:
        return CLASS_INKS["light"][0] in area(window.center.canvas.grab().toImage(), place, 4)

    qtbot.waitUntil(shown)


def test_after_panning_the_old_layer_moves_along_and_a_new_one_covers_all(
    qtbot: QtBot, window: MainWindow, layers: list[int]
) -> None:
    canvas, plane = (
        window.center.canvas,
        Points.of(
            np.random.default_rng(1).uniform(-30, 30, (2, 4 * MOST_SQUARES)),
            np.zeros(4 * MOST_SQUARES),
        ),
    )
    window.document.push(ReplacePoints(Points.of([[-5.0, 5.0], [-5.0, 5.0]], [0, 0])))
    canvas.fit()
    window.document.push(ReplacePoints(plane))
    grabbed(window)
    right = QPoint(spot(window, canvas.region.right, 0).x() - 20, spot(window, 0, 0).y())
    viewport = canvas.viewport()
    QTest.mousePress(viewport, Qt.MouseButton.MiddleButton, NO_MODIFIER, spot(window, 0, 0))
    QTest.mouseMove(viewport, spot(window, 0, 0) - QPoint(100, 0))
    before = len(layers)
    moved = canvas.grab().toImage()
    assert canvas.region.left > -5
    QTest.mouseRelease(viewport, Qt.MouseButton.MiddleButton, NO_MODIFIER, spot(window, 0, 0))

    def points_near(image: QImage, place: QPoint) -> bool:
        colors = [QColor(name) for name in area(image, place, 10)]
        return any(color.red() > color.blue() + 100 for color in colors)

    assert points_near(moved, right - QPoint(120, 0))
    qtbot.waitUntil(lambda: points_near(canvas.grab().toImage(), right))
    assert len(layers) > before


def test_zoomed_in_a_few_of_many_points_have_markers_again(window: MainWindow) -> None:
    canvas = window.center.canvas
    window.document.push(ReplacePoints(many(MOST_SQUARES)))
    window.document.push(AddPoints(CORNERS))
    place = QPointF(spot(window, 0, 0))
    for _ in range(20):
        event = QWheelEvent(
            place,
            canvas.mapToGlobal(place),
            QPoint(),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            NO_MODIFIER,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(canvas.viewport(), event)
    names = area(grabbed(window), spot(window, 0, 0))
    assert names.count(CLASS_COLORS[0]) >= 16
    assert names.count(outline_on(LIGHT.card, CLASS_COLORS[0])) >= 16
    assert names.count("#ffffff") >= 20


def test_a_picture_shows_all_points_at_once(window: MainWindow) -> None:
    window.document.push(ReplacePoints(many(MOST_SQUARES)))
    image = QImage.fromData(window.picture().png())
    place = window.center.canvas.mapTo(window, spot(window, 3, 3))
    assert CLASS_INKS["light"][0] in area(image, place, 4)


def test_closing_while_points_are_painted_is_clean(window: MainWindow) -> None:
    window.document.push(ReplacePoints(many(5 * MOST_SQUARES)))
    window.center.canvas.grab()
    window.close()

"""The README's tour of the window, walked with a real mouse and real keys."""

import numpy as np
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeNetwork, ChangeTraining, ClearPoints, ReplacePoints
from app.document.points import Points
from app.document.state import NetworkSettings
from app.main_window import MainWindow
from app.training.snapshot import Status
from nncore import TrainingConfig
from tests.app.views.hands import NO_MODIFIER, click, drag, enter, press
from tests.app.views.tour import look, rested, settled, spot, trained

RIGHT = Qt.MouseButton.RightButton


def test_the_button_trains_and_pauses(qtbot: QtBot, window: MainWindow) -> None:
    assert look(window).status is Status.READY
    click(window.header.train_button)
    assert window.header.train_button.text() == "Pause"
    trained(qtbot, window, 1000)
    click(window.header.train_button)
    qtbot.waitUntil(lambda: look(window).status is Status.PAUSED)
    assert window.header.train_button.text() == "Train"
    cost = look(window).cost
    assert cost is not None
    assert cost < 0.5


def test_keys_step_reset_and_draw_new_weights(qtbot: QtBot, window: MainWindow) -> None:
    first = look(window).parameters.vector
    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: look(window).iteration == 1)
    press(window, Qt.Key.Key_R)
    settled(qtbot, window)
    assert look(window).iteration == 0
    assert np.array_equal(look(window).parameters.vector, first)
    press(window, Qt.Key.Key_W)
    settled(qtbot, window)
    assert not np.array_equal(look(window).parameters.vector, first)
    assert window.document.undo_name == "draw new weights"


def test_a_click_adds_a_point_of_the_chosen_class(window: MainWindow) -> None:
    canvas, before = window.center.canvas, len(window.document.state.points)
    press(window, Qt.Key.Key_2)
    place = spot(canvas, 6.0, 3.0)
    click(canvas.viewport(), place)
    points = window.document.state.points
    assert len(points) == before + 1
    assert points.labels[-1] == 1
    there = canvas.position(float(points.X[0, -1]), float(points.X[1, -1]))
    assert (there - QPointF(place)).manhattanLength() <= 1.5


def test_a_drag_is_one_stroke_of_evenly_spaced_points(window: MainWindow) -> None:
    canvas, before = window.center.canvas, window.document.state.points
    start = spot(canvas, -6.0, 3.0)
    drag(canvas.viewport(), start, start + QPoint(30, 0), start + QPoint(120, 0))
    added = window.document.state.points.X[:, len(before) :]
    assert added.shape[1] == 11
    steps = np.hypot(*np.diff(added, axis=1))
    assert np.allclose(steps, steps[0])
    assert window.document.undo_name == "add, 11 points"
    window.document.undo()
    assert window.document.state.points == before


def test_the_right_button_removes_all_along_its_way(window: MainWindow) -> None:
    canvas = window.center.canvas
    line = Points.of([[-2.0, -1.0, 0.0, 1.0, 2.0], [0.0] * 5], [0, 1, 0, 1, 0])
    window.document.push(ReplacePoints(line))
    view = canvas.viewport()
    QTest.mousePress(view, RIGHT, NO_MODIFIER, spot(canvas, -1.0, 0.0))
    QTest.mouseMove(view, spot(canvas, 1.0, 0.0))
    QTest.mouseRelease(view, RIGHT, NO_MODIFIER, spot(canvas, 1.0, 0.0))
    assert window.document.state.points.X[0].tolist() == [-2.0, 2.0]
    window.document.undo()
    assert window.document.state.points == line


def test_points_drawn_while_it_trains_are_taken_in(qtbot: QtBot, window: MainWindow) -> None:
    click(window.header.train_button)
    trained(qtbot, window, 200)
    run, canvas = look(window).run, window.center.canvas
    drag(canvas.viewport(), spot(canvas, 5.0, -3.0), spot(canvas, 7.0, -3.0))
    reached = look(window).iteration
    trained(qtbot, window, reached + 200)
    assert look(window).run == run
    assert rested(qtbot, window).run == run


def test_the_learning_rate_changes_the_run_that_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    click(window.header.train_button)
    trained(qtbot, window, 500)
    run, reached = look(window).run, look(window).iteration
    enter(window.left.training.learning_rate.field, "0.1")
    assert window.document.state.training.learning_rate == 0.1
    trained(qtbot, window, reached + 500)
    assert look(window).run == run


def test_another_network_is_a_new_run_on_the_same_points(qtbot: QtBot, window: MainWindow) -> None:
    points, run = window.document.state.points, look(window).run
    window.document.push(ChangeNetwork(NetworkSettings((3, 3))))
    settled(qtbot, window)
    assert look(window).run > run
    assert look(window).network.layer_dims == (2, 3, 3, 1)
    assert window.document.state.points == points
    assert "2 – 3 – 3 – 1" in window.right.happening.notice_text


def test_a_third_class_makes_a_softmax_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_3)
    canvas = window.center.canvas
    click(canvas.viewport(), spot(canvas, 6.0, 0.0))
    assert "softmax" in window.right.happening.notice_text
    settled(qtbot, window)
    assert look(window).network.output == "softmax"
    window.document.undo()
    assert window.document.state.network_config().output == "sigmoid"


def test_without_points_train_says_what_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    window.document.push(ClearPoints())
    click(window.header.train_button)
    qtbot.waitUntil(lambda: "no points" in window.right.happening.run_text)
    assert window.header.train_button.text() == "Train"


def test_a_run_that_diverges_says_why_and_keeps_finite_weights(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.document.push(ChangeNetwork(NetworkSettings((8, 8, 8), "identity", "large_random")))
    window.document.push(ChangeTraining(TrainingConfig(learning_rate=10.0)))
    window.session.train()
    qtbot.waitUntil(lambda: look(window).status is Status.DIVERGED)
    assert np.isfinite(look(window).parameters.vector).all()
    assert "learning rate" in window.right.happening.run_text


def test_what_was_mistyped_is_explained_and_changes_nothing(window: MainWindow) -> None:
    field = window.left.training.learning_rate.field
    enter(field, "fast")
    assert window.document.state.training.learning_rate == 1.2
    assert "fast" in window.right.happening.notice_text
    assert "10" in window.right.happening.notice_text


def test_what_is_still_wrong_goes_on_being_said_and_a_preset_ends_it(window: MainWindow) -> None:
    data, happening = window.left.data, window.right.happening
    enter(data.points, "-5")
    rate = window.left.training.learning_rate.field
    enter(rate, "fast")
    enter(rate, "0.5")
    assert "-5" in happening.notice_text
    moons = data.presets.findChild(QToolButton, "moons")
    assert moons is not None
    click(moons)
    assert data.points.text() == "400"
    assert data.points.problem is None


def test_digits_typed_into_a_field_do_not_choose_a_class(window: MainWindow) -> None:
    field, canvas = window.left.data.seed, window.center.canvas
    field.setFocus()
    QTest.keyClicks(field, "3")
    click(canvas.viewport(), spot(canvas, 6.0, 3.0))
    assert window.document.state.points.labels[-1] == 0

"""The README's tour of the window, walked with a real mouse and real keys."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeNetwork, ChangeTraining, ClearPoints, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.document.state import NetworkSettings
from app.files.parameters import load_parameters
from app.main_window import MainWindow
from app.settings import Settings
from app.training.snapshot import Snapshot, Status
from app.views.canvas.canvas import Canvas
from nncore import TrainingConfig
from tests.app.views.hands import LEFT, NO_MODIFIER, click, drag, enter, press

PATIENCE = 10_000
RIGHT = Qt.MouseButton.RightButton


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> Iterator[MainWindow]:
    window = MainWindow(Document(), Settings.of_nobody(), "light")
    window.resize(1280, 720)
    window.show()
    qtbot.waitExposed(window)
    qtbot.waitUntil(lambda: window.session.snapshot is not None, timeout=PATIENCE)
    yield window
    window.close()
    window.deleteLater()


def look(window: MainWindow) -> Snapshot:
    snapshot = window.session.snapshot
    assert snapshot is not None
    return snapshot


def trained(qtbot: QtBot, window: MainWindow, iterations: int) -> None:
    qtbot.waitUntil(
        lambda: (
            window.session.snapshot is not None and window.session.snapshot.iteration >= iterations
        ),
        timeout=PATIENCE,
    )


def rested(qtbot: QtBot, window: MainWindow) -> Snapshot:
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE) as heard:
        window.session.pause()
    snapshot: Snapshot = heard.args[0]
    return snapshot


def spot(canvas: Canvas, x1: float, x2: float) -> QPoint:
    return canvas.position(x1, x2).toPoint()


def test_the_button_trains_and_pauses(qtbot: QtBot, window: MainWindow) -> None:
    assert look(window).status is Status.READY
    click(window.header.train_button)
    assert window.header.train_button.text() == "Pause"
    trained(qtbot, window, 1000)
    click(window.header.train_button)
    qtbot.waitUntil(lambda: look(window).status is Status.PAUSED, timeout=PATIENCE)
    assert window.header.train_button.text() == "Train"
    cost = look(window).cost
    assert cost is not None
    assert cost < 0.5


def test_keys_step_reset_and_draw_new_weights(qtbot: QtBot, window: MainWindow) -> None:
    first = look(window).parameters.vector
    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: look(window).iteration == 1, timeout=PATIENCE)
    press(window, Qt.Key.Key_R)
    trained(qtbot, window, 0)
    assert look(window).iteration == 0
    assert np.array_equal(look(window).parameters.vector, first)
    press(window, Qt.Key.Key_W)
    trained(qtbot, window, 0)
    assert not np.array_equal(look(window).parameters.vector, first)
    assert window.document.undo_name == "draw new weights"


def test_a_click_adds_a_point_of_the_chosen_class(window: MainWindow) -> None:
    canvas, before = window.centre.canvas, len(window.document.state.points)
    press(window, Qt.Key.Key_2)
    place = spot(canvas, 6.0, 3.0)
    click(canvas.viewport(), place)
    points = window.document.state.points
    assert len(points) == before + 1
    assert points.labels[-1] == 1
    there = canvas.position(float(points.X[0, -1]), float(points.X[1, -1]))
    assert (there - QPointF(place)).manhattanLength() <= 1.5


def test_a_drag_is_one_stroke_of_evenly_spaced_points(window: MainWindow) -> None:
    canvas, before = window.centre.canvas, window.document.state.points
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
    canvas = window.centre.canvas
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
    run, canvas = look(window).run, window.centre.canvas
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
    qtbot.waitUntil(lambda: window.session.snapshot is not None, timeout=PATIENCE)
    assert look(window).run > run
    assert look(window).network.layer_dims == (2, 3, 3, 1)
    assert window.document.state.points == points
    assert "2 – 3 – 3 – 1" in window.right.happening.notice_text


def test_a_third_class_makes_a_softmax_and_says_so(qtbot: QtBot, window: MainWindow) -> None:
    press(window, Qt.Key.Key_3)
    canvas = window.centre.canvas
    click(canvas.viewport(), spot(canvas, 6.0, 0.0))
    assert "softmax" in window.right.happening.notice_text
    qtbot.waitUntil(lambda: window.session.snapshot is not None, timeout=PATIENCE)
    assert look(window).network.output == "softmax"
    window.document.undo()
    assert window.document.undo_name == "add class"
    window.document.undo()
    assert window.document.state.network_config().output == "sigmoid"


def test_without_points_train_says_what_is_missing(qtbot: QtBot, window: MainWindow) -> None:
    window.document.push(ClearPoints())
    click(window.header.train_button)
    qtbot.waitUntil(lambda: "no points" in window.right.happening.run_text, timeout=PATIENCE)
    assert window.header.train_button.text() == "Train"


def test_a_run_that_diverges_says_why_and_keeps_finite_weights(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.document.push(ChangeNetwork(NetworkSettings((8, 8, 8), "identity", "large_random")))
    window.document.push(ChangeTraining(TrainingConfig(learning_rate=10.0)))
    window.session.train()
    qtbot.waitUntil(
        lambda: (
            window.session.snapshot is not None
            and window.session.snapshot.status is Status.DIVERGED
        ),
        timeout=PATIENCE,
    )
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
    field, canvas = window.left.data.seed, window.centre.canvas
    field.setFocus()
    QTest.keyClicks(field, "3")
    click(canvas.viewport(), spot(canvas, 6.0, 3.0))
    assert window.document.state.points.labels[-1] == 0


def test_export_writes_what_the_window_shows(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: look(window).iteration == 1, timeout=PATIENCE)
    path = tmp_path / "p.npz"
    window.files.export_to(path)
    qtbot.waitUntil(lambda: "p.npz" in window.right.happening.notice_text, timeout=PATIENCE)
    _, parameters = load_parameters(path)
    assert np.array_equal(parameters.vector, look(window).parameters.vector)


def test_an_export_that_fails_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.files.export_to(tmp_path / "nowhere" / "p.npz")
    qtbot.waitUntil(lambda: "nowhere" in window.right.happening.notice_text, timeout=PATIENCE)
    assert list(tmp_path.iterdir()) == []


def test_a_saved_session_opens_with_its_weights(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    for step in (1, 2, 3):
        press(window, Qt.Key.Key_S)
        trained(qtbot, window, step)
    weights, state, path = (
        look(window).parameters.vector,
        window.document.state,
        tmp_path / "a.planar",
    )
    window.files.save_session_to(path)
    qtbot.waitUntil(path.exists, timeout=PATIENCE)
    window.document.push(ChangeNetwork(NetworkSettings((5,))))
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.document.state == state, timeout=PATIENCE)
    qtbot.waitUntil(
        lambda: window.session.snapshot is not None and window.session.snapshot.iteration == 3,
        timeout=PATIENCE,
    )
    assert np.array_equal(look(window).parameters.vector, weights)
    window.document.undo()
    qtbot.waitUntil(lambda: look_at_layers(window) == (2, 5, 1), timeout=PATIENCE)
    window.document.redo()
    trained(qtbot, window, 3)
    assert np.array_equal(look(window).parameters.vector, weights)


def look_at_layers(window: MainWindow) -> tuple[int, ...] | None:
    snapshot = window.session.snapshot
    return snapshot.network.layer_dims if snapshot else None


def test_both_themes_colour_the_page(window: MainWindow) -> None:
    shades = {}
    for name in ("light", "dark"):
        window.actions_by_name[name].trigger()
        shades[name] = window.grab().toImage().pixelColor(4, window.height() - 4).lightness()
    assert shades["light"] > 200
    assert shades["dark"] < 60


def test_the_boundary_shows_both_classes(qtbot: QtBot, window: MainWindow) -> None:
    halves = Points.of([[-3.0, -2.0, 2.0, 3.0], [1.0, -1.0, 1.0, -1.0]], [0, 0, 1, 1])
    window.document.push(ReplacePoints(halves))
    window.document.push(ChangeNetwork(NetworkSettings(())))
    with qtbot.waitSignal(window.session.settled, timeout=PATIENCE):
        window.session.train(until=2000)
    canvas = window.centre.canvas
    image = canvas.grab().toImage()
    left, right = (image.pixelColor(spot(canvas, x1, 0.0)) for x1 in (-2.5, 2.5))
    assert left.red() > left.blue() + 50
    assert right.blue() > right.red() + 50


def test_the_wheel_zooms_at_the_pointer(window: MainWindow) -> None:
    canvas = window.centre.canvas
    pointer = QPointF(spot(canvas, 2.0, 1.0))
    before, width = canvas.place(pointer), canvas.region.width
    canvas.zoom(pointer, 0.5)
    assert canvas.place(pointer) == pytest.approx(before)
    assert canvas.region.width == pytest.approx(width / 2)


def test_every_control_has_a_name_and_a_sentence(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

    kinds = (QAbstractButton, QComboBox, QLineEdit)
    nameless = [
        (control.metaObject().className(), control.objectName(), control.parent())
        for control in window.findChildren(QWidget)
        if isinstance(control, kinds)
        and control.isVisible()
        and not isinstance(control.parent(), QLineEdit)  # Qt makes those itself
        and not (control.accessibleName() and control.toolTip())
    ]
    assert nameless == []


def test_closing_in_mid_training_is_clean(qtbot: QtBot, window: MainWindow) -> None:
    click(window.header.train_button)
    trained(qtbot, window, 100)
    QTest.mousePress(window.centre.canvas.viewport(), LEFT, NO_MODIFIER, QPoint(200, 200))
    assert window.close()

"""What the window writes, opens and shows, by a real mouse and real keys."""

import gc
import weakref
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeNetwork, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.document.state import NetworkSettings
from app.files.parameters import load_parameters
from app.main_window import MainWindow
from app.settings import Settings
from tests.app.views.hands import LEFT, NO_MODIFIER, click, press
from tests.app.views.tour import look, spot, train_to, trained


def test_export_writes_what_the_window_shows(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    press(window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: look(window).iteration == 1)
    path = tmp_path / "p.npz"
    window.files.export_to(path)
    qtbot.waitUntil(lambda: "p.npz" in window.right.happening.notice_text)
    _, parameters = load_parameters(path)
    assert np.array_equal(parameters.vector, look(window).parameters.vector)


def test_an_export_that_fails_says_why(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.files.export_to(tmp_path / "nowhere" / "p.npz")
    qtbot.waitUntil(lambda: "nowhere" in window.right.happening.notice_text)
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
    qtbot.waitUntil(path.exists)
    window.document.push(ChangeNetwork(NetworkSettings((5,))))
    window.files.open_path(path)
    qtbot.waitUntil(lambda: window.document.state == state)
    qtbot.waitUntil(lambda: look(window).iteration == 3)
    assert np.array_equal(look(window).parameters.vector, weights)
    window.document.undo()
    qtbot.waitUntil(lambda: look(window).network.layer_dims == (2, 5, 1))
    window.document.redo()
    trained(qtbot, window, 3)
    assert np.array_equal(look(window).parameters.vector, weights)


def test_a_session_brings_its_weights_where_nothing_else_has_changed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    press(window, Qt.Key.Key_S)
    trained(qtbot, window, 1)
    weights, path = look(window).parameters.vector, tmp_path / "a.planar"
    window.files.save_session_to(path)
    qtbot.waitUntil(path.exists)
    window.session.train()
    trained(qtbot, window, 100)
    window.files.open_path(path)
    qtbot.waitUntil(lambda: at_rest_at(window, 1))
    assert np.array_equal(look(window).parameters.vector, weights)
    press(window, Qt.Key.Key_S)
    trained(qtbot, window, 2)


def at_rest_at(window: MainWindow, iteration: int) -> bool:
    snapshot = window.session.snapshot
    return snapshot is not None and not snapshot.training and snapshot.iteration == iteration


def test_both_themes_color_the_page(window: MainWindow) -> None:
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
    train_to(qtbot, window, 2000)
    canvas = window.center.canvas
    image = canvas.grab().toImage()
    left, right = (image.pixelColor(spot(canvas, x1, 0.0)) for x1 in (-2.5, 2.5))
    assert left.red() > left.blue() + 50
    assert right.blue() > right.red() + 50


def test_the_wheel_zooms_at_the_pointer(window: MainWindow) -> None:
    canvas = window.center.canvas
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
    QTest.mousePress(window.center.canvas.viewport(), LEFT, NO_MODIFIER, QPoint(200, 200))
    assert window.close()


def test_nothing_keeps_a_closed_window(qtbot: QtBot, themed: QApplication) -> None:
    # Its document outlives it: what listens there must not hold the window.
    document = Document()
    window = MainWindow(document, Settings.of_nobody(), "light")
    with qtbot.waitSignal(window.session.updated):
        window.show()
    known = weakref.ref(window)
    window.close()
    window.deleteLater()
    del window
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert known() is None

"""The network view: what it paints of a run."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

import nncore
from app.document.state import NetworkSettings, State, initial_state
from app.render.grid import Region
from app.render.palette import Palette
from app.theme import CLASS_COLORS, LIGHT
from app.training.engine import Engine
from app.training.snapshot import Snapshot, View
from app.views.network.explanation import explain
from app.views.network.lines import Line
from app.views.network.network_view import NetworkView
from tests.app.views.tour import show

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
VIEW = View(Region(-5, 5, -5, 5), Palette(CLASS_COLORS, LIGHT.card), (400, 400), 32)


def run(network: NetworkSettings, steps: int = 0) -> Snapshot:
    start = initial_state()
    state = State(start.points, start.preset, network, nncore.TrainingConfig(learning_rate=0.5))
    engine = Engine()
    engine.start_run(1, state, train=False)
    engine.view = VIEW
    for _ in range(steps):
        engine.step()
    return engine.snapshot(1)


@pytest.fixture
def view(qtbot: QtBot, themed: QApplication) -> Iterator[NetworkView]:
    view = NetworkView()
    view.apply_theme(LIGHT)
    view.resize(700, 260)
    show(qtbot, view)
    yield view
    view.close()
    view.deleteLater()


def pixels(image: QImage) -> Pixels:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4)


def map_of(view: NetworkView, layer: int, number: int) -> Pixels:
    assert view.arrangement is not None
    unit = view.arrangement.layers[layer][number]
    left, top, side = round(unit.x) + 2, round(unit.y) + 2, int(unit.side) - 4
    return pixels(view.grab().toImage())[top : top + side, left : left + side]


@pytest.mark.parametrize("hidden", [(), (4,), (8, 8), (64,) * 6])
def test_every_unit_has_a_map(view: NetworkView, hidden: tuple[int, ...]) -> None:
    snapshot = run(NetworkSettings(hidden, initializer="xavier"))
    view.show_snapshot(snapshot)
    assert view.arrangement is not None
    assert [len(layer) for layer in view.arrangement.layers] == [2, *hidden, 1]
    assert snapshot.maps is not None
    assert len(snapshot.maps.pixels) == sum([2, *hidden, 1]) * snapshot.maps.pixels.shape[1]


def test_zero_weights_make_the_same_picture_of_every_unit(view: NetworkView) -> None:
    view.show_snapshot(run(NetworkSettings((4,), "sigmoid", "zeros"), steps=5))
    first = map_of(view, 1, 0)
    for number in (1, 2, 3):
        assert np.array_equal(map_of(view, 1, number), first)


def test_random_weights_make_different_pictures(view: NetworkView) -> None:
    view.show_snapshot(run(NetworkSettings((4,), initializer="large_random")))
    assert not np.array_equal(map_of(view, 1, 0), map_of(view, 1, 1))


def test_the_lines_follow_the_weights(view: NetworkView) -> None:
    view.show_snapshot(run(NetworkSettings((3,), initializer="xavier", seed=1)))
    before = pixels(view.grab().toImage())
    view.show_snapshot(run(NetworkSettings((3,), initializer="xavier", seed=9)))
    after = pixels(view.grab().toImage())
    assert view.arrangement is not None
    gap = slice(round(view.arrangement.layers[0][0].x + 60), round(view.arrangement.layers[1][0].x))
    assert not np.array_equal(before[:, gap], after[:, gap])


def test_a_unit_is_explained_by_its_own_numbers(view: NetworkView) -> None:
    snapshot = run(NetworkSettings((3,), initializer="xavier"))
    view.show_snapshot(snapshot)
    assert view.arrangement is not None
    text = explain(view.arrangement.layers[1][2], snapshot)
    assert "Hidden unit 3 of layer 1" in text
    weight = f"{snapshot.parameters.W[0][2, 1]:+.3f}".replace("-", "−")
    assert weight in text
    assert "Input" in explain(view.arrangement.layers[0][0], snapshot)
    assert "Output 1" in explain(view.arrangement.layers[2][0], snapshot)


def explanation_at(view: NetworkView, position: QPointF) -> str:
    place = view.mapFromScene(position)
    event = QHelpEvent(QEvent.Type.ToolTip, place, view.viewport().mapToGlobal(place))
    QApplication.sendEvent(view.viewport(), event)
    return QToolTip.text()


def test_resting_on_a_unit_or_a_weight_shows_its_numbers(view: NetworkView, qtbot: QtBot) -> None:
    snapshot = run(NetworkSettings((3,), initializer="xavier"))
    view.show_snapshot(snapshot)
    assert view.arrangement is not None
    target = view.arrangement.layers[1][1]
    assert "Hidden unit 2" in explanation_at(view, QPointF(target.x + 5, target.y + 5))
    line = Line(view.arrangement.layers[0][1], target, 0)
    text = explanation_at(view, line.path().pointAtPercent(0.9))
    assert "from x<sub>2</sub> to hidden unit 2 of layer 1" in text
    assert f"{snapshot.parameters.W[0][1, 1]:+.3f}".replace("-", "−") in text
    explanation_at(view, QPointF(2, 2))
    qtbot.waitUntil(lambda: not QToolTip.isVisible())

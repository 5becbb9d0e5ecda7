"""The cost plot: it follows, until somebody looks closer."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.state import initial_state
from app.theme import LIGHT
from app.training.engine import Engine
from app.training.snapshot import Snapshot
from app.views.plots.cost_plot import CostPlot
from app.views.plots.ticks import CostAxis
from nncore import OUTPUTS, NetworkConfig
from tests.app.views.hands import LEFT, NO_MODIFIER
from tests.app.views.tour import show


@pytest.fixture
def plot(qtbot: QtBot, themed: QApplication) -> Iterator[CostPlot]:
    plot = CostPlot()
    plot.apply_theme(LIGHT)
    plot.resize(320, 300)
    show(qtbot, plot)
    yield plot
    plot.close()
    plot.deleteLater()


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    engine = Engine()
    engine.start_run(1, initial_state(), train=False)
    return engine.snapshot(1)


def curve(snapshot: Snapshot, *costs: float) -> Snapshot:
    iterations = np.arange(len(costs), dtype=float) * 100
    return replace(snapshot, curve=(iterations, np.array(costs)))


def with_test(snapshot: Snapshot, *costs: float) -> Snapshot:
    return replace(snapshot, test_curve=curve(snapshot, *costs).curve)


def zoom(plot: CostPlot) -> None:
    place = QPointF(plot.rect().center())
    event = QWheelEvent(
        place,
        QPointF(plot.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        NO_MODIFIER,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(plot.viewport(), event)


def test_the_whole_curve_is_in_sight(plot: CostPlot, snapshot: Snapshot) -> None:
    plot.show_snapshot(curve(snapshot, 0.7, 0.4, 0.3))
    (left, right), (bottom, top) = plot.visible_range()
    assert left == 0
    assert right >= 200
    assert bottom == 0
    assert top >= 0.7


def test_zooming_stops_it_from_following_and_a_double_click_starts_it(
    plot: CostPlot, snapshot: Snapshot
) -> None:
    plot.show_snapshot(curve(snapshot, 0.7, 0.4, 0.3))
    zoom(plot)
    close = plot.visible_range()
    assert close[0][1] - close[0][0] < 200
    plot.show_snapshot(curve(snapshot, 0.7, 0.4, 0.3, 0.2, 0.1, 0.1, 0.1))
    assert plot.visible_range() == close
    QTest.mouseDClick(plot.viewport(), LEFT, NO_MODIFIER, plot.rect().center())
    assert plot.visible_range()[0][1] >= 600


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("costs", [(), (0.7,), (0.5, 0.5), (0.7, 0.0), (3e-9, 2e-9)])
def test_any_curve_can_be_drawn(
    plot: CostPlot, snapshot: Snapshot, costs: tuple[float, ...], log: bool
) -> None:
    plot.set_logarithmic(log)
    plot.show_snapshot(curve(snapshot, *costs))
    (left, right), (bottom, top) = plot.visible_range()
    assert np.isfinite([left, right, bottom, top]).all()
    assert left < right
    assert bottom < top
    plot.grab()


@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_only_a_cost_in_nats_says_nats(plot: CostPlot, snapshot: Snapshot, output: str) -> None:
    network = NetworkConfig((2, 4, 2), output=output)
    plot.show_snapshot(replace(curve(snapshot, 1.0, 0.5), network=network))
    labels = {item.labelText for item in plot.scene().items() if isinstance(item, pg.AxisItem)}
    cost = "cost J (nats per point)" if OUTPUTS[output].in_nats else "cost J"
    assert labels == {cost, "iteration"}


@pytest.mark.parametrize("height", [70, 90, 130, 180, 320, 700])
def test_the_title_of_the_cost_axis_fits_and_stands_in_the_middle(
    plot: CostPlot, snapshot: Snapshot, height: int
) -> None:
    of_values = replace(snapshot, network=NetworkConfig((2, 4, 1), output="linear"))
    for look in (curve(of_values, 1.0, 0.5), curve(snapshot, 1.0, 0.5)):
        plot.resize(320, height)
        plot.show_snapshot(look)
        QApplication.processEvents()
        [axis] = [one for one in plot.scene().items() if isinstance(one, CostAxis)]
        seen = axis.label.mapRectToParent(axis.label.boundingRect())
        margin = axis.label.document().documentMargin()
        assert seen.top() + margin >= 0
        assert seen.bottom() - margin <= axis.size().height()
        assert seen.center().y() == pytest.approx(axis.size().height() / 2, abs=1)
        assert axis.labelText.removeprefix("cost ").startswith("J")


def test_the_log_axis_shows_powers_of_ten(plot: CostPlot, snapshot: Snapshot) -> None:
    plot.set_logarithmic(True)
    plot.show_snapshot(curve(snapshot, 1.0, 0.01))
    bottom, top = plot.visible_range()[1]
    assert bottom == pytest.approx(-2)
    assert top >= 0


def test_both_curves_are_in_sight(plot: CostPlot, snapshot: Snapshot) -> None:
    plot.show_snapshot(with_test(curve(snapshot, 0.7, 0.4), 0.8, 0.9, 1.4))
    (_, right), (_, top) = plot.visible_range()
    assert right >= 200
    assert top >= 1.4


def test_the_curve_of_the_test_set_is_dashed_and_goes_with_it(
    plot: CostPlot, snapshot: Snapshot
) -> None:
    def colored(color: str) -> int:
        image = plot.grab().toImage()
        return sum(
            image.pixelColor(x, y).name() == color
            for x in range(80, image.width())
            for y in range(image.height() - 60)
        )

    level = curve(snapshot, 0.5, 0.5, 0.5)
    plot.show_snapshot(level)
    without, solid = colored(LIGHT.muted_text), colored(LIGHT.accent)
    plot.show_snapshot(with_test(level, 1.0, 1.0, 1.0))
    dashed = colored(LIGHT.muted_text) - without
    assert 0.4 * solid < dashed < 0.8 * solid
    plot.show_snapshot(level)
    assert colored(LIGHT.muted_text) == without


def test_the_first_iteration_is_named_and_no_label_leaves_the_plot(
    plot: CostPlot, snapshot: Snapshot
) -> None:
    for last in (30, 5_000, 99_000, 1_000_000):
        plot.show_snapshot(replace(snapshot, curve=(np.linspace(0, last, 50), np.ones(50))))
        axis, image = plot._bottom, plot.grab()
        painter = QPainter(image)
        texts = axis.generateDrawSpecs(painter)[2]
        painter.end()
        assert texts[0][2] == "0"
        places = [axis.mapRectToScene(place) for place, _, _ in texts]
        assert all(QRectF(plot.rect()).contains(place) for place in places)

"""What is measured of a run: both sets, confusion counts, and regressions."""

from dataclasses import replace

import numpy as np
import pytest

import nncore
from app.document.commands import toggle_test
from app.document.points import Points
from app.document.split import Split
from app.document.state import NetworkSettings, State
from app.training.engine import Engine
from app.training.snapshot import Snapshot
from nncore import TrainingConfig
from tests.app.training.settings import FLOWER, THREE, VIEW, train_to

SPLIT = replace(FLOWER, points=Split(0.3, 1).applied(FLOWER.points))
LINE = State(
    Points.of([[-1.0, 0.0, 1.0, 2.0], [0.0] * 4], [0] * 4, [-2.0, 0.0, 2.0, 4.0]),
    network=NetworkSettings(()),
    training=TrainingConfig(learning_rate=0.1),
    task="regression",
)


def trained(state: State, iterations: int = 200) -> Snapshot:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, state, train=False)
    train_to(engine, iterations)
    return engine.snapshot(0)


def test_test_points_leave_no_trace_in_the_weights() -> None:
    alone = replace(SPLIT, points=SPLIT.training_points)
    assert trained(SPLIT).parameters.vector.tobytes() == trained(alone).parameters.vector.tobytes()


@pytest.mark.parametrize("state", [SPLIT, replace(THREE, points=Split(0.34).applied(THREE.points))])
def test_both_sets_are_measured_as_nncore_measures_them(state: State) -> None:
    snapshot = trained(state)
    network, parameters, test = snapshot.network, snapshot.parameters, state.test_points
    Y = state.targets(test)
    assert snapshot.test_cost == nncore.compute_cost(test.X, Y, parameters, network)
    for points, accuracy, confusion in (
        (state.training_points, snapshot.accuracy, snapshot.confusion),
        (test, snapshot.test_accuracy, snapshot.test_confusion),
    ):
        assert accuracy == nncore.accuracy(points.X, points.labels, parameters, network)
        assert confusion is not None
        assert confusion.shape == (state.class_count, state.class_count)
        assert confusion.sum(axis=1).tolist() == points.counts[: state.class_count].tolist()
        predicted = nncore.predict(points.X, parameters, network)[0]
        expected = [np.sum((points.labels == 1) & (predicted == k)) for k in (0, 1)]
        assert confusion[1, :2].tolist() == expected


def test_without_test_points_nothing_is_said_of_them() -> None:
    snapshot = trained(FLOWER, 10)
    assert snapshot.test_cost is snapshot.test_accuracy is None
    assert snapshot.test_confusion is None
    assert snapshot.confusion is not None
    with pytest.raises(ValueError, match="read-only"):
        snapshot.confusion[0, 0] = 7


def test_a_regression_has_costs_and_no_classes() -> None:
    snapshot = trained(replace(LINE, points=LINE.points.edited("test", np.array([3]), True)), 2000)
    assert snapshot.network.output == "linear"
    assert snapshot.cost == pytest.approx(0.0, abs=1e-6)
    assert snapshot.test_cost == pytest.approx(0.0, abs=1e-4)
    assert snapshot.parameters.W[0][0, 0] == pytest.approx(2.0, abs=1e-3)
    assert snapshot.accuracy is snapshot.test_accuracy is None
    assert snapshot.confusion is snapshot.test_confusion is None
    assert snapshot.boundary is not None


def test_points_that_change_sets_reach_the_running_training(engine: Engine) -> None:
    train_to(engine, 10)
    state = toggle_test(FLOWER.points, np.array([0, 1])).apply(FLOWER)[0]
    engine.set_points(state)
    assert engine.snapshot(0).test_confusion is not None
    train_to(engine, 20)
    assert engine.snapshot(0).iteration == 20

"""Findings in motion: at most twice a second, and never of what has been replaced."""

import pytest

import nncore
from app.document.state import NetworkSettings, State
from app.training.diagnostician import NO_DIAGNOSIS, Diagnostician
from app.training.engine import Engine
from nncore import TrainingConfig
from tests.app.training.settings import FLOWER, Clock, train_to

ZEROS = State(FLOWER.points, network=NetworkSettings((4,), "tanh", "zeros"))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("app.training.diagnostician.perf_counter", clock)
    return clock


def trainer_of(state: State) -> nncore.Trainer:
    network = state.network_config()
    parameters = nncore.initialize_parameters(network, state.network.initializer)
    return nncore.Trainer(network, TrainingConfig(), parameters, state.points.X, state.targets())


def test_in_motion_it_looks_twice_a_second(clock: Clock) -> None:
    trainer, diagnostician = trainer_of(FLOWER), Diagnostician()
    diagnostician.diagnose(trainer, FLOWER, moving=True)
    trainer.run(300)
    clock.now += 0.4
    assert diagnostician.diagnose(trainer, FLOWER, moving=True) == NO_DIAGNOSIS
    clock.now += 0.2
    diagnosis = diagnostician.diagnose(trainer, FLOWER, moving=True)
    assert diagnosis.trend is not None
    assert diagnosis.trend.iterations == 100


def test_at_rest_it_looks_at_once_and_only_when_something_moved(clock: Clock) -> None:
    trainer, diagnostician = trainer_of(ZEROS), Diagnostician()
    first = diagnostician.diagnose(trainer, ZEROS, moving=False)
    assert [finding.name for finding in first.findings] == ["identical_units"]
    assert diagnostician.diagnose(trainer, ZEROS, moving=False) is first
    trainer.run(1)
    assert diagnostician.diagnose(trainer, ZEROS, moving=False) is not first


def test_a_new_run_or_another_weight_is_looked_at_anew(engine: Engine) -> None:
    engine.start_run(2, ZEROS, train=False)
    assert [finding.name for finding in engine.snapshot(0).findings] == ["identical_units"]
    engine.restore(nncore.initialize_parameters(ZEROS.network_config(), "xavier"), 0)
    assert engine.snapshot(0).findings == ()
    engine.start_run(3, ZEROS, train=False)
    assert [finding.name for finding in engine.snapshot(0).findings] == ["identical_units"]
    engine.start_run(4, FLOWER, train=False)
    assert engine.snapshot(0).findings == ()


def test_another_learning_rate_begins_a_new_trend(engine: Engine) -> None:
    train_to(engine, 500)
    assert engine.snapshot(0).trend is not None
    engine.set_training(State(FLOWER.points, training=TrainingConfig(learning_rate=0.01)))
    assert engine.snapshot(0).trend is None


def test_it_says_since_when_nothing_but_training_changed_the_run(engine: Engine) -> None:
    train_to(engine, 300)
    saved = engine.snapshot(0)
    assert saved.since == 0
    engine.set_training(State(FLOWER.points, training=TrainingConfig(learning_rate=0.01)))
    assert engine.snapshot(0).since == 300
    train_to(engine, 310)
    engine.set_points(FLOWER)
    assert engine.snapshot(0).since == 310
    engine.start_run(2, FLOWER, train=False)
    assert engine.snapshot(0).since == 0
    engine.restore(saved.parameters, saved.iteration)
    assert engine.snapshot(0).since == 300

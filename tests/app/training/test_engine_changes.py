"""What changes under a run: points, settings and saved weights reach it, and it goes on."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import nncore
from app.document.state import NetworkSettings, Preset, State
from app.files.sessions import open_session, save_session
from app.training.engine import ALL_HELD_BACK, NO_POINTS, Engine
from app.training.snapshot import Status
from nncore import TrainingConfig
from tests.app.training.settings import (
    EMPTY,
    FLOWER,
    PAIR,
    SWAPPED,
    VIEW,
    train_to,
    weights_of,
)


def test_other_points_train_the_same_weights_on(engine: Engine) -> None:
    engine.start_run(1, PAIR, train=True)
    while engine.snapshot(0).accuracy != 1 or engine.snapshot(0).iteration < 300:
        engine.advance(0.002)
    engine.pause()
    before = engine.snapshot(0)
    engine.set_points(SWAPPED)
    after = engine.snapshot(0)
    assert (after.iteration, after.accuracy) == (before.iteration, 0.0)
    assert after.parameters.vector.tobytes() == before.parameters.vector.tobytes()
    train_to(engine, before.iteration + 20_000)
    learned = engine.snapshot(0)
    assert learned.accuracy == 1.0
    assert learned.run == 1


def test_no_points_and_back(engine: Engine) -> None:
    engine.train()
    engine.advance(0.001)
    engine.set_points(EMPTY)
    bare = engine.snapshot(0)
    assert (bare.status, bare.reason) == (Status.PAUSED, NO_POINTS)
    assert (bare.cost, bare.accuracy) == (None, None)
    weights = bare.parameters.vector.tobytes()
    for ask in (engine.train, engine.step):
        ask()
        assert not engine.training
        assert engine.reason == NO_POINTS
    assert weights_of(engine) == weights

    engine.set_points(FLOWER)
    again = engine.snapshot(0)
    assert (again.status, again.reason) == (Status.PAUSED, "")
    assert again.parameters.vector.tobytes() == weights
    train_to(engine, bare.iteration + 10)
    assert engine.snapshot(0).iteration == bare.iteration + 10


def test_of_points_that_are_all_held_back_it_is_said_so(engine: Engine) -> None:
    m = len(FLOWER.points)
    held_back = FLOWER.points.edited("test", np.arange(m), np.ones(m, bool))
    engine.train()
    engine.set_points(replace(FLOWER, points=held_back))
    for ask in (engine.pause, engine.train):
        ask()
        assert (engine.status, engine.reason) == (Status.PAUSED, ALL_HELD_BACK)
    assert engine.snapshot(0).cost is None
    engine.set_points(EMPTY)
    assert engine.reason == NO_POINTS
    engine.set_points(FLOWER)
    assert engine.reason == ""


def test_a_run_without_points_waits_for_the_first() -> None:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, EMPTY, train=True)
    snapshot = engine.snapshot(0)
    assert (snapshot.status, snapshot.reason) == (Status.PAUSED, NO_POINTS)
    assert snapshot.boundary is not None
    assert (snapshot.iteration, snapshot.cost, len(snapshot.curve[0])) == (0, None, 0)
    engine.advance(0.001)
    engine.set_training(replace(EMPTY, training=TrainingConfig(learning_rate=0.5)))
    engine.set_points(replace(FLOWER, training=TrainingConfig(learning_rate=0.5)))
    assert engine.reason == ""
    train_to(engine, 5)
    expected = Engine()
    expected.start_run(1, replace(FLOWER, training=TrainingConfig(learning_rate=0.5)), train=False)
    train_to(expected, 5)
    assert weights_of(engine) == weights_of(expected)


def test_another_learning_rate_keeps_weights_and_iteration(engine: Engine) -> None:
    train_to(engine, 50)
    weights = weights_of(engine)
    slower = replace(FLOWER, training=TrainingConfig(learning_rate=1e-3))
    engine.set_training(slower)
    assert weights_of(engine) == weights
    assert engine.snapshot(0).iteration == 50
    engine.step()

    trainer = nncore.Trainer(
        FLOWER.network_config(),
        slower.training,
        nncore.Parameters((2, 4, 1), np.frombuffer(weights)),
        FLOWER.points.X,
        FLOWER.targets(),
    )
    trainer.run(1)
    assert weights_of(engine) == trainer.parameters.vector.tobytes()


def test_settings_that_change_while_it_trains_do_not_stop_it(engine: Engine) -> None:
    engine.train()
    for training in (TrainingConfig(learning_rate=0.1), TrainingConfig(batch_size=8, l2=0.1)):
        engine.advance(0.001)
        before = engine.snapshot(0).iteration
        engine.set_training(replace(FLOWER, training=training))
        assert engine.training
        engine.advance(0.001)
        assert engine.snapshot(0).iteration > before


def test_saved_weights_go_on_where_they_were(engine: Engine) -> None:
    train_to(engine, 300)
    saved = engine.snapshot(0)
    train_to(engine, 400)
    expected = weights_of(engine)

    engine.start_run(2, FLOWER, train=False)
    engine.restore(saved.parameters, saved.iteration)
    restored = engine.snapshot(0)
    assert (restored.iteration, restored.status) == (300, Status.PAUSED)
    assert restored.parameters.vector.tobytes() == saved.parameters.vector.tobytes()
    train_to(engine, 400)
    assert weights_of(engine) == expected
    assert engine.snapshot(0).curve[0][0] == 300
    engine.start_run(3, FLOWER, train=False)
    assert engine.snapshot(0).iteration == 0


@pytest.mark.parametrize("optimizer", sorted(nncore.OPTIMIZERS))
@pytest.mark.parametrize("batch_size", [None, 48])
def test_a_run_goes_on_from_a_file_as_if_it_had_never_stopped(
    engine: Engine, tmp_path: Path, optimizer: str, batch_size: int | None
) -> None:
    training = TrainingConfig(optimizer, 0.02, batch_size, schedule="cosine", schedule_period=500)
    state = replace(FLOWER, training=training)
    engine.start_run(2, state, train=False)
    train_to(engine, 300)
    saved = engine.snapshot(0)
    train_to(engine, 400)
    expected = weights_of(engine)

    path = tmp_path / "lesson.planar"
    save_session(path, state, saved.parameters, saved.iteration, saved.continuation)
    session = open_session(path)
    assert session.parameters
    assert session.continuation
    other = Engine()
    other.start_run(1, session.state, train=False)
    other.restore(session.parameters, session.iteration, session.continuation)
    train_to(other, 400)
    assert weights_of(other) == expected
    assert other.snapshot(0).curve[0][0] >= 300


def test_saved_weights_that_were_never_trained_are_ready(engine: Engine) -> None:
    saved = engine.snapshot(0)
    train_to(engine, 10)
    engine.restore(saved.parameters, 0)
    assert (engine.status, engine.snapshot(0).iteration) == (Status.READY, 0)


def test_saved_weights_wait_for_points(engine: Engine) -> None:
    train_to(engine, 300)
    saved = engine.snapshot(0)
    engine.start_run(2, EMPTY, train=False)
    engine.restore(saved.parameters, saved.iteration)
    assert weights_of(engine) == saved.parameters.vector.tobytes()
    assert engine.snapshot(0).iteration == 300
    engine.set_points(FLOWER)
    assert engine.snapshot(0).iteration == 300
    assert weights_of(engine) == saved.parameters.vector.tobytes()


def test_weights_of_another_network_are_refused(engine: Engine) -> None:
    train_to(engine, 10)
    before = weights_of(engine)
    with pytest.raises(ValueError, match="another network"):
        engine.restore(nncore.Parameters.zeros((2, 3, 1)), 5)
    assert (weights_of(engine), engine.snapshot(0).iteration) == (before, 10)


def test_a_slice_stays_short_after_the_data_grew_a_thousandfold() -> None:
    """What an iteration costs is not taken over from the small data, network or batch."""
    engine = Engine()
    large = State(Preset(points=20_000).generate(), network=NetworkSettings((32, 32)))
    small = State(large.points.take(np.arange(4)), network=NetworkSettings(()))
    batches = replace(large, training=TrainingConfig(batch_size=1))

    def iterations_of_a_slice() -> int:
        before = engine.snapshot(0).iteration
        engine.advance(0.01)
        return engine.snapshot(0).iteration - before

    def warm_up(state: State) -> None:
        engine.start_run(1, state, train=True)
        for _ in range(20):
            engine.advance(0.002)

    warm_up(small)
    engine.set_points(replace(large, network=small.network))
    assert iterations_of_a_slice() == 1
    warm_up(small)
    engine.start_run(2, large, train=True)
    assert iterations_of_a_slice() == 1
    warm_up(batches)
    engine.set_training(large)
    assert iterations_of_a_slice() == 1

"""The engine, free of threads: what it trains is what nncore trains, and every state has words."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nncore
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from app.training.engine import CURVE_COLUMNS, NO_POINTS, Engine
from app.training.snapshot import Status
from nncore import TrainingConfig
from tests.app.training.settings import (
    DIVERGING,
    EMPTY,
    FLOWER,
    PAIR,
    SWAPPED,
    THREE,
    VIEW,
    advance_until_rest,
    arrays,
)


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.start_run(1, FLOWER, train=False)
    return engine


def _vector(engine: Engine) -> bytes:
    return engine.snapshot(0).parameters.vector.tobytes()


def _train_to(engine: Engine, iteration: int) -> None:
    engine.train(until=iteration)
    advance_until_rest(engine)


def test_a_run_begins_with_the_weights_of_its_seed(engine: Engine) -> None:
    snapshot = engine.snapshot(3)
    initial = nncore.initialize_parameters(FLOWER.network_config(), "small_random", seed=2)
    assert snapshot.parameters.vector.tolist() == initial.vector.tolist()
    assert (snapshot.run, snapshot.sequence, snapshot.iteration) == (1, 3, 0)
    assert (snapshot.status, snapshot.reason, snapshot.training) == (Status.READY, "", False)
    assert snapshot.boundary is snapshot.maps is None


@pytest.mark.parametrize("until", [1, 2, 255, 256, 257, 1000])
def test_it_trains_to_exactly_the_iteration(engine: Engine, until: int) -> None:
    _train_to(engine, until)
    snapshot = engine.snapshot(0)
    assert snapshot.iteration == until
    assert snapshot.status is Status.FINISHED
    assert f"{until:,}" in snapshot.reason
    assert snapshot.speed == 0


def test_a_goal_that_lies_behind_is_reached_at_once(engine: Engine) -> None:
    _train_to(engine, 10)
    before = _vector(engine)
    _train_to(engine, 5)
    assert engine.snapshot(0).iteration == 10
    assert _vector(engine) == before


@settings(max_examples=12)
@given(
    st.sampled_from(sorted(nncore.OPTIMIZERS)),
    st.sampled_from([None, 16]),
    st.sampled_from([FLOWER.points, THREE.points]),
    st.lists(st.sampled_from([1e-9, 1e-4, 1e-3]), min_size=1, max_size=20),
)
def test_bit_identical_however_the_slices_fall(
    optimizer: str, batch_size: int | None, points: Points, slices: list[float]
) -> None:
    training = TrainingConfig(optimizer, 0.1, batch_size)
    state = State(points, network=NetworkSettings((5, 3), seed=7), training=training)
    network = state.network_config()
    trainer = nncore.Trainer(
        network,
        training,
        nncore.initialize_parameters(network, "small_random", seed=7),
        points.X,
        state.targets(),
        seed=7,
    )
    trainer.run(700)

    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, state, train=True, until=700)
    for seconds in slices:
        engine.advance(seconds)
        engine.snapshot(0)
    advance_until_rest(engine)
    snapshot = engine.snapshot(0)
    assert snapshot.iteration == 700
    assert snapshot.parameters.vector.tobytes() == trainer.parameters.vector.tobytes()
    assert snapshot.cost == trainer.cost()


def test_a_step_is_one_iteration_and_rests(engine: Engine) -> None:
    engine.train()
    engine.step()
    assert (engine.snapshot(0).iteration, engine.status) == (1, Status.PAUSED)
    engine.step()
    stepped = _vector(engine)
    engine.start_run(2, FLOWER, train=False)
    _train_to(engine, 2)
    assert _vector(engine) == stepped


def test_a_pause_keeps_all_and_training_goes_on_from_there(engine: Engine) -> None:
    engine.train()
    engine.advance(0.002)
    engine.pause()
    there, weights = engine.snapshot(0).iteration, _vector(engine)
    assert engine.status is Status.PAUSED
    assert there > 0
    _train_to(engine, there)
    assert _vector(engine) == weights
    _train_to(engine, there + 1)
    assert engine.snapshot(0).iteration == there + 1


def test_a_pause_of_a_run_that_rests_changes_nothing(engine: Engine) -> None:
    engine.pause()
    assert engine.status is Status.READY


def test_a_new_run_forgets_the_old_one(engine: Engine) -> None:
    start = _vector(engine)
    _train_to(engine, 300)
    engine.start_run(2, FLOWER, train=False)
    snapshot = engine.snapshot(0)
    assert (snapshot.run, snapshot.iteration, snapshot.status) == (2, 0, Status.READY)
    assert snapshot.parameters.vector.tobytes() == start
    assert len(snapshot.curve[0]) <= 1


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
    _train_to(engine, before.iteration + 20_000)
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
    assert _vector(engine) == weights

    engine.set_points(FLOWER)
    again = engine.snapshot(0)
    assert (again.status, again.reason) == (Status.PAUSED, "")
    assert again.parameters.vector.tobytes() == weights
    _train_to(engine, bare.iteration + 10)
    assert engine.snapshot(0).iteration == bare.iteration + 10


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
    _train_to(engine, 5)
    expected = Engine()
    expected.start_run(1, replace(FLOWER, training=TrainingConfig(learning_rate=0.5)), train=False)
    _train_to(expected, 5)
    assert _vector(engine) == _vector(expected)


@pytest.mark.parametrize("label", [0, 1])
def test_one_point_is_enough(label: int) -> None:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, State(Points.of([[0.5], [0.5]], [label])), train=False)
    before = engine.snapshot(0).cost
    _train_to(engine, 100)
    after = engine.snapshot(0)
    assert after.cost is not None
    assert before is not None
    assert after.cost < before
    assert after.accuracy == 1.0


def test_three_classes_make_softmax() -> None:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, THREE, train=False)
    assert engine.snapshot(0).network == nncore.NetworkConfig((2, 4, 3), output="softmax")
    _train_to(engine, 3000)
    assert engine.snapshot(0).accuracy == 1.0


def test_another_learning_rate_keeps_weights_and_iteration(engine: Engine) -> None:
    _train_to(engine, 50)
    weights = _vector(engine)
    slower = replace(FLOWER, training=TrainingConfig(learning_rate=1e-3))
    engine.set_training(slower)
    assert _vector(engine) == weights
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
    assert _vector(engine) == trainer.parameters.vector.tobytes()


def test_settings_that_change_while_it_trains_do_not_stop_it(engine: Engine) -> None:
    engine.train()
    for training in (TrainingConfig(learning_rate=0.1), TrainingConfig(batch_size=8, l2=0.1)):
        engine.advance(0.001)
        before = engine.snapshot(0).iteration
        engine.set_training(replace(FLOWER, training=training))
        assert engine.training
        engine.advance(0.001)
        assert engine.snapshot(0).iteration > before


def test_divergence_is_told_and_the_last_finite_weights_are_kept() -> None:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, DIVERGING, train=True)
    advance_until_rest(engine)
    snapshot = engine.snapshot(0)
    assert snapshot.status is Status.DIVERGED
    assert "learning rate" in snapshot.reason
    assert snapshot.reason.endswith(".")
    assert all(np.isfinite(array).all() for array in arrays(snapshot))
    assert snapshot.boundary is not None

    engine.train()
    advance_until_rest(engine)
    assert engine.status is Status.DIVERGED
    engine.step()
    assert engine.status is Status.DIVERGED
    engine.set_training(replace(DIVERGING, training=TrainingConfig(learning_rate=1e-3)))
    assert (engine.status, engine.reason) == (Status.PAUSED, "")


def test_a_run_that_cannot_begin_leaves_the_present_one_alone(engine: Engine) -> None:
    engine.train(until=500)
    engine.advance(0.001)
    before = engine.snapshot(0)
    for network in (NetworkSettings(initializer="luck"), NetworkSettings((0,))):
        with pytest.raises(ValueError, match="accepted"):
            engine.start_run(2, replace(FLOWER, network=network), train=True)
    after = engine.snapshot(0)
    assert (after.run, after.iteration, after.status) == (1, before.iteration, before.status)
    assert after.parameters.vector.tobytes() == before.parameters.vector.tobytes()
    advance_until_rest(engine)
    assert engine.snapshot(0).iteration == 500


def test_saved_weights_go_on_where_they_were(engine: Engine) -> None:
    _train_to(engine, 300)
    saved = engine.snapshot(0)
    _train_to(engine, 400)
    expected = _vector(engine)

    engine.start_run(2, FLOWER, train=False)
    engine.restore(saved.parameters, saved.iteration)
    restored = engine.snapshot(0)
    assert (restored.iteration, restored.status) == (300, Status.PAUSED)
    assert restored.parameters.vector.tobytes() == saved.parameters.vector.tobytes()
    _train_to(engine, 400)
    assert _vector(engine) == expected
    assert engine.snapshot(0).curve[0][0] == 300
    engine.start_run(3, FLOWER, train=False)
    assert engine.snapshot(0).iteration == 0


def test_saved_weights_wait_for_points(engine: Engine) -> None:
    _train_to(engine, 300)
    saved = engine.snapshot(0)
    engine.start_run(2, EMPTY, train=False)
    engine.restore(saved.parameters, saved.iteration)
    assert _vector(engine) == saved.parameters.vector.tobytes()
    engine.set_points(FLOWER)
    assert engine.snapshot(0).iteration == 300
    assert _vector(engine) == saved.parameters.vector.tobytes()


def test_weights_of_another_network_are_refused(engine: Engine) -> None:
    _train_to(engine, 10)
    before = _vector(engine)
    with pytest.raises(ValueError, match="another network"):
        engine.restore(nncore.Parameters.zeros((2, 3, 1)), 5)
    assert (_vector(engine), engine.snapshot(0).iteration) == (before, 10)


def test_snapshots_cannot_be_written_and_do_not_change(engine: Engine) -> None:
    engine.view = VIEW
    for until in (10, 5_000):  # a curve that is kept whole, and one that is thinned
        _train_to(engine, until)
        snapshot = engine.snapshot(0)
        assert not any(array.flags.writeable for array in arrays(snapshot))
        copies = [array.copy() for array in arrays(snapshot)]
        _train_to(engine, until + 50)
        engine.snapshot(0)
        assert all(map(np.array_equal, arrays(snapshot), copies))


def test_at_twice_the_frames_a_picture_has_half_the_cells(engine: Engine) -> None:
    engine.view = VIEW
    engine.train()
    sizes = []
    for frames in (30, 60):
        engine.set_frames_per_second(frames)
        boundary = engine.snapshot(0).boundary
        assert boundary is not None
        sizes.append(boundary.pixels.size)
    assert sizes[1] == pytest.approx(sizes[0] / 2, rel=0.05)


def test_the_curve_has_exact_costs_and_fits_a_screen(engine: Engine) -> None:
    first = engine.snapshot(0).cost
    _train_to(engine, 6_000)
    snapshot = engine.snapshot(0)
    iterations, costs = snapshot.curve
    assert len(iterations) == len(costs) < 3 * CURVE_COLUMNS + 2
    assert (np.diff(iterations) > 0).all()
    assert (iterations[0], costs[0]) == (0, first)
    assert iterations[-1] <= snapshot.iteration


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

"""The engine, free of threads: what it trains is what nncore trains, and every state has words."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nncore
from app.document.points import Points
from app.document.state import NetworkSettings, State
from app.training import engine as engine_module
from app.training.engine import MEASURING_SHARE, Engine
from app.training.figures import CURVE_COLUMNS, NO_FIGURES, Figures
from app.training.snapshot import Status
from nncore import TrainingConfig
from tests.app.training.settings import (
    DIVERGING,
    FLOWER,
    THREE,
    VIEW,
    Clock,
    advance_until_rest,
    arrays,
    train_to,
    weights_of,
)


def test_a_run_begins_with_the_weights_of_its_seed(engine: Engine) -> None:
    snapshot = engine.snapshot(3)
    initial = nncore.initialize_parameters(FLOWER.network_config(), "small_random", seed=2)
    assert snapshot.parameters.vector.tolist() == initial.vector.tolist()
    assert (snapshot.run, snapshot.sequence, snapshot.iteration) == (1, 3, 0)
    assert (snapshot.status, snapshot.reason, snapshot.training) == (Status.READY, "", False)
    assert snapshot.boundary is snapshot.maps is None


@pytest.mark.parametrize("until", [1, 2, 255, 256, 257, 1000])
def test_it_trains_to_exactly_the_iteration(engine: Engine, until: int) -> None:
    train_to(engine, until)
    snapshot = engine.snapshot(0)
    assert snapshot.iteration == until
    assert snapshot.status is Status.FINISHED
    assert f"{until:,}" in snapshot.reason
    assert snapshot.speed == 0


def test_a_goal_that_lies_behind_is_reached_at_once(engine: Engine) -> None:
    train_to(engine, 10)
    before = weights_of(engine)
    train_to(engine, 5)
    assert engine.snapshot(0).iteration == 10
    assert weights_of(engine) == before


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
    stepped = weights_of(engine)
    engine.start_run(2, FLOWER, train=False)
    train_to(engine, 2)
    assert weights_of(engine) == stepped


def test_a_pause_keeps_all_and_training_goes_on_from_there(engine: Engine) -> None:
    engine.train()
    engine.advance(0.002)
    engine.pause()
    there, weights = engine.snapshot(0).iteration, weights_of(engine)
    assert engine.status is Status.PAUSED
    assert there > 0
    train_to(engine, there)
    assert weights_of(engine) == weights
    train_to(engine, there + 1)
    assert engine.snapshot(0).iteration == there + 1


def test_a_pause_of_a_run_that_rests_changes_nothing(engine: Engine) -> None:
    engine.pause()
    assert engine.status is Status.READY


def test_a_new_run_forgets_the_old_one(engine: Engine) -> None:
    start = weights_of(engine)
    train_to(engine, 300)
    engine.start_run(2, FLOWER, train=False)
    snapshot = engine.snapshot(0)
    assert (snapshot.run, snapshot.iteration, snapshot.status) == (2, 0, Status.READY)
    assert snapshot.parameters.vector.tobytes() == start
    assert len(snapshot.curve[0]) <= 1


@pytest.mark.parametrize("label", [0, 1])
def test_one_point_is_enough(label: int) -> None:
    engine = Engine()
    engine.view = VIEW
    engine.start_run(1, State(Points.of([[0.5], [0.5]], [label])), train=False)
    before = engine.snapshot(0).cost
    train_to(engine, 100)
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
    train_to(engine, 3000)
    assert engine.snapshot(0).accuracy == 1.0


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
    engine.set_points(DIVERGING)
    assert (engine.status, engine.reason) == (Status.PAUSED, "")
    train_to(engine, 300)
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


def test_snapshots_cannot_be_written_and_do_not_change(engine: Engine) -> None:
    engine.view = VIEW
    for until in (10, 5_000):  # a curve that is kept whole, and one that is thinned
        train_to(engine, until)
        snapshot = engine.snapshot(0)
        assert not any(array.flags.writeable for array in arrays(snapshot))
        copies = [array.copy() for array in arrays(snapshot)]
        train_to(engine, until + 50)
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
    train_to(engine, 6_000)
    snapshot = engine.snapshot(0)
    iterations, costs = snapshot.curve
    assert len(iterations) == len(costs) < 3 * CURVE_COLUMNS + 2
    assert (np.diff(iterations) > 0).all()
    assert (iterations[0], costs[0]) == (0, first)
    network = FLOWER.network_config()
    start = nncore.initialize_parameters(network, "small_random", seed=2)
    trainer = nncore.Trainer(network, FLOWER.training, start, FLOWER.points.X, FLOWER.targets())
    trainer.run(6_000)
    exact = dict(zip(trainer.history.iterations, trainer.history.costs, strict=True))
    assert [exact[iteration] for iteration in iterations.astype(int)] == costs.tolist()
    assert iterations[-1] == trainer.history.iterations[-1]


def test_a_new_run_is_measured_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "perf_counter", Clock())
    engine = Engine()
    for run, state in enumerate((FLOWER, THREE), start=1):
        engine.start_run(run, state, train=True)
        confusion = engine.snapshot(0).confusion
        assert confusion is not None
        assert confusion.shape == (state.class_count, state.class_count)


def test_measuring_very_many_points_keeps_to_its_share(monkeypatch: pytest.MonkeyPatch) -> None:
    now, measured = [0.0], list[float]()

    def measure_slowly(*_: object) -> Figures:
        now[0] += 1.0
        measured.append(now[0])
        return NO_FIGURES

    monkeypatch.setattr(engine_module, "perf_counter", lambda: now[0])
    monkeypatch.setattr(engine_module, "measure", measure_slowly)
    engine = Engine()
    engine.start_run(1, FLOWER, train=True)
    while now[0] < 100:
        engine.snapshot(1)
        now[0] += 0.1
    assert len(measured) == pytest.approx(100 * MEASURING_SHARE, abs=1)

"""The cost over the test points along a run: exact where it was measured, bounded, affordable."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import nncore
from app.document.split import Split
from app.training.engine import Engine
from app.training.held_out import CREDIT, SHARE, HeldOut, SampledCurve
from tests.app.training.settings import FLOWER, train_to

SPLIT = replace(FLOWER, points=Split(0.3, 1).applied(FLOWER.points))
steps = st.lists(st.integers(1, 500), min_size=1, max_size=300)


@given(steps, st.integers(4, 40))
def test_a_sampled_curve_is_bounded_even_and_keeps_both_ends(
    steps: list[int], capacity: int
) -> None:
    curve = SampledCurve(capacity)
    looked = np.cumsum([0, *steps])
    for iteration in looked:
        curve.record(int(iteration), 3.0 * float(iteration))
    iterations, costs = curve.points
    assert len(iterations) <= capacity + 1
    assert iterations[0] == 0
    assert iterations[-1] == looked[-1]
    assert np.isin(iterations, looked).all()
    np.testing.assert_array_equal(costs, 3.0 * iterations)
    assert (np.diff(iterations)[:-1] >= curve.gap).all()
    assert (np.diff(iterations) > 0).all()


def test_a_long_curve_leaves_no_wide_hole() -> None:
    curve = SampledCurve(64)
    for iteration in range(0, 100_000, 7):
        curve.record(iteration, 0.0)
    iterations, _ = curve.points
    assert len(iterations) > 20
    assert np.diff(iterations).max() < 100_000 / 15


def test_going_back_forgets_what_came_after() -> None:
    curve = SampledCurve()
    for iteration in (0, 5, 9):
        curve.record(iteration, 1.0)
    curve.record(6, 2.0)
    assert curve.points[0].tolist() == [0, 5, 6]


def test_every_entry_is_the_cost_at_its_iteration() -> None:
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    engine.snapshot(0)
    train_to(engine, 300)
    iterations, costs = engine.snapshot(0).test_curve
    assert iterations[0] == 0
    assert iterations[-1] == 300
    network, test = SPLIT.network_config(), SPLIT.test_points
    parameters = nncore.initialize_parameters(
        network, SPLIT.network.initializer, seed=SPLIT.network.seed
    )
    points = SPLIT.training_points
    trainer = nncore.Trainer(
        network, SPLIT.training, parameters, points.X, SPLIT.targets(points), seed=2
    )
    for iteration, cost in zip(iterations.astype(int), costs, strict=True):
        trainer.run(iteration - trainer.iteration)
        Y = SPLIT.targets(test)
        assert cost == nncore.compute_cost(test.X, Y, trainer.parameters, network)


def test_it_looks_where_the_training_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.held_out.perf_counter", lambda: 0.0)  # a look costs nothing
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    trainer, held_out = engine._trainer, engine._held_out
    assert trainer is not None
    looks = 0
    for count in (1, 3, 700, 5_000, 37, 16, 9_999, 5, 40):
        before, stop = trainer.iteration, held_out.stop(trainer, count)
        assert 0 <= stop <= count
        trainer.run(stop or count)
        if stop:
            held_out.measure(trainer)
            looks += 1
            assert trainer.iteration in trainer.history.iterations
            assert trainer.iteration > before
    assert looks >= 6


def test_an_entry_in_passing_gives_way() -> None:
    curve = SampledCurve()
    curve.record(0, 1.0, passing=True)
    for iteration, passing in ((3, True), (4, False), (7, True), (8, False)):
        curve.record(iteration, 1.0, passing)
    assert curve.points[0].tolist() == [0, 4, 8]


def test_without_test_points_there_is_no_curve() -> None:
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    train_to(engine, 50)
    assert len(engine.snapshot(0).test_curve[0]) > 0
    engine.set_points(FLOWER)
    assert len(engine.snapshot(0).test_curve[0]) == 0


def test_a_new_run_begins_a_new_curve() -> None:
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    train_to(engine, 50)
    engine.start_run(2, SPLIT, train=False)
    assert engine.snapshot(0).test_curve[0].tolist() == [0]


def test_the_curve_of_restored_weights_begins_at_their_iteration() -> None:
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    train_to(engine, 50)
    saved = engine.snapshot(0)
    train_to(engine, 60)
    engine.restore(saved.parameters, saved.iteration)
    assert engine.snapshot(0).test_curve[0].tolist() == [50]


def test_it_looks_no_more_than_it_can_afford(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(np.arange(0.0, 1e3, 0.004))  # every look takes 4 ms
    monkeypatch.setattr("app.training.held_out.perf_counter", lambda: next(clock))
    engine = Engine()
    engine.start_run(1, SPLIT, train=False)
    trainer = engine._trainer
    assert trainer is not None
    held_out, looks, trained = HeldOut(), 0, 10.0
    held_out.set_points(SPLIT)
    for _ in range(int(trained / 0.002)):
        held_out.note_training(0.002)
        if held_out.stop(trainer, 100):
            held_out.measure(trainer)
            looks += 1
    assert looks == pytest.approx((CREDIT + SHARE * trained) / 0.004, abs=2)

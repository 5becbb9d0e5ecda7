"""The cost curve: a rise, an oscillation and a standstill are told, noise and learning are not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import (
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    cost_trend,
    make_dataset,
)
from nncore.diagnostics import Finding, cost_findings
from tests.nncore.diagnostics.runs import SHALLOW, Run, deep, flower, regression, three_blobs


def findings(run: Run) -> list[Finding]:
    history, mini_batches = run.trainer.history, run.trainer.training.batch_size is not None
    return cost_findings(history.iterations, history.costs, mini_batches=mini_batches)


def names(run: Run) -> list[str]:
    return [finding.name for finding in findings(run)]


def test_a_step_just_too_long_makes_the_cost_rise() -> None:
    (finding,) = findings(regression(2.02).to(400))
    assert finding.name == "cost_rising"
    assert float(finding.evidence["change"]) > 0.5
    assert finding.evidence["iterations"] == 100
    assert "over the last 100 iterations" in finding.sentence
    assert "Lower the learning rate" in finding.sentence


def test_a_step_just_short_enough_does_not() -> None:
    assert names(regression(1.9).to(400)) == ["cost_plateau"]


@pytest.mark.parametrize(("learning_rate", "seed"), [(10.0, 0), (10.0, 1), (20.0, 0), (20.0, 2)])
def test_a_high_learning_rate_oscillates(learning_rate: float, seed: int) -> None:
    (finding,) = findings(flower(SHALLOW, "xavier", learning_rate, seed).to(150))
    assert finding.name == "cost_oscillating"
    assert float(finding.evidence["swing"]) > 0.05
    assert finding.sentence.endswith("Lower the learning rate.")


@pytest.mark.parametrize("seed", range(3))
def test_small_batches_with_a_high_rate_oscillate(seed: int) -> None:
    (finding,) = findings(flower(SHALLOW, "xavier", 5.0, seed, batch_size=16).to(1000))
    assert finding.name == "cost_oscillating"
    assert finding.sentence.endswith("or use larger batches.")


@pytest.mark.parametrize("seed", range(3))
def test_small_batches_with_a_low_rate_are_only_noisy(seed: int) -> None:
    run = flower(SHALLOW, "xavier", 0.1, seed, batch_size=32)
    for iteration in (300, 1000, 10_000):
        assert names(run.to(iteration)) == []
    trend = cost_trend(run.trainer.history.iterations, run.trainer.history.costs)
    assert trend is not None
    assert trend.turns > 0.4


@pytest.mark.parametrize("seed", range(3))
def test_the_flower_is_learning_early_in_the_middle_and_late(seed: int) -> None:
    run = flower(SHALLOW, "small_random", 1.2, seed)
    for iteration in (0, 10, 100, 300, 1000, 5000):
        assert names(run.to(iteration)) == []


def test_three_classes_are_learned_without_a_word() -> None:
    run = three_blobs()
    for iteration in (0, 100, 1000):
        assert names(run.to(iteration)) == []


@pytest.mark.parametrize("seed", range(2))
def test_a_network_beside_a_saddle_stands_still(seed: int) -> None:
    (finding,) = findings(flower(deep("sigmoid", 6), "xavier", 0.5, seed).to(1000))
    assert finding.name == "cost_plateau"
    assert abs(float(finding.evidence["change"])) < 1e-4
    assert "saddle" in finding.sentence


def test_a_minimum_is_a_standstill_too() -> None:
    data = make_dataset("gaussians", 200, 1.5, 0)
    network = NetworkConfig((2, 1))
    trainer = Trainer(
        network, TrainingConfig(learning_rate=1.0), Parameters.zeros((2, 1)), data.X, data.Y
    )
    run = Run(trainer, data.X, data.Y)
    assert names(run.to(20_000)) == ["cost_plateau"]


def test_an_empty_or_short_history_says_nothing() -> None:
    assert cost_trend(np.empty(0, np.int64), np.empty(0)) is None
    assert cost_trend(np.arange(0, 310, 10), np.ones(31)) is None
    assert cost_trend(np.arange(50), np.ones(50)) is None
    assert cost_findings(np.empty(0, np.int64), np.empty(0)) == []


@given(
    st.integers(0, 2**32 - 1),
    st.integers(200, 2000),
    st.floats(1e-4, 0.02),
    st.floats(0.0, 0.9),
)
def test_a_falling_curve_with_a_little_noise_is_never_a_rise_nor_an_oscillation(
    seed: int, length: int, noise: float, floor: float
) -> None:
    iterations = np.arange(length)
    random = np.random.default_rng(seed)
    falling = floor + (1 - floor) / (1 + iterations / 100)
    costs = falling * (1 + noise * random.standard_normal(length))
    assert [one.name for one in cost_findings(iterations, costs)] == []


@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 1e6), st.floats(0.02, 0.1))
def test_the_scale_of_the_cost_does_not_matter(seed: int, scale: float, noise: float) -> None:
    iterations = np.arange(500)
    costs = 1 + noise * np.random.default_rng(seed).standard_normal(500)
    once, scaled = cost_trend(iterations, costs), cost_trend(iterations, scale * costs)
    assert once is not None
    assert scaled is not None
    assert scaled.change == pytest.approx(once.change, abs=1e-9)
    assert scaled.swing == pytest.approx(once.swing)
    assert (scaled.turns, scaled.apart) == (once.turns, once.apart)


@pytest.mark.parametrize(("end", "found"), [(2.5, ["cost_rising"]), (1.2, [])])
def test_a_hump_that_is_over_is_no_rise(end: float, found: list[str]) -> None:
    iterations = np.arange(101)
    costs = np.concatenate([np.linspace(1.0, 2.0, 51), np.linspace(2.0, end, 50)])
    trend = cost_trend(iterations, costs)
    assert trend is not None
    assert trend.change > 0.04
    assert [one.name for one in cost_findings(iterations, costs)] == found


def test_a_cost_of_zero_is_a_standstill() -> None:
    (finding,) = cost_findings(np.arange(200), np.zeros(200))
    assert finding.name == "cost_plateau"


def test_costs_at_the_end_of_the_range_of_numbers_do_no_harm() -> None:
    costs = np.geomspace(1.0, 1e308, 200)
    assert [one.name for one in cost_findings(np.arange(200), costs)] == ["cost_rising"]

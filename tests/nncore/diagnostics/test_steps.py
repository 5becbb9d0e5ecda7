"""Steps that are too small: told where the gradient is not, and nowhere else."""

import numpy as np
import pytest

from nncore import NetworkConfig, Parameters, Trainer, TrainingConfig, cost_trend, observe
from nncore.diagnostics import Finding, small_steps
from tests.nncore.diagnostics.runs import SHALLOW, Run, deep, flower, regression

LOGISTIC = NetworkConfig((2, 1))


def findings(run: Run) -> list[Finding]:
    seen = observe(run.trainer, run.X, run.Y)
    return small_steps(cost_trend(seen.iterations, seen.costs), seen.learning_rate, seen.slope)


@pytest.mark.parametrize("rate", [1e-5, 1e-4])
@pytest.mark.parametrize("network", [SHALLOW, LOGISTIC], ids=str)
def test_a_tiny_rate_creeps(network: NetworkConfig, rate: float) -> None:
    run = flower(network, "xavier", rate).to(150)
    (finding,) = findings(run)
    assert finding.evidence["learning_rate"] == rate
    assert f"α = {rate:g} makes every step tiny" in finding.sentence
    faster = flower(network, "xavier", 100 * rate).to(150)
    assert faster.trainer.cost() < run.trainer.cost()


@pytest.mark.parametrize("rate", [0.1, 1.2])
@pytest.mark.parametrize("seed", range(3))
def test_a_usual_rate_does_not(rate: float, seed: int) -> None:
    run = flower(SHALLOW, "small_random", rate, seed)
    for iteration in (0, 150, 1000, 10_000):
        assert findings(run.to(iteration)) == []


def test_a_minimum_is_none_of_it_however_small_the_rate() -> None:
    run = flower(LOGISTIC, "zeros", 1.0).to(2000)
    run.trainer.set_training(TrainingConfig(learning_rate=1e-4))
    assert findings(run.to(4000)) == []


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 40.0), (40.0, 0.0)])
def test_the_gradient_is_that_of_the_cost_with_its_penalty(l1: float, l2: float) -> None:
    run = flower(LOGISTIC, "zeros", 0.1)
    run.trainer.set_training(TrainingConfig(learning_rate=0.1, l1=l1, l2=l2))
    run.to(3000)
    assert findings(run) == []
    run.trainer.set_training(TrainingConfig(learning_rate=1e-5, l1=l1, l2=l2))
    run.trainer.set_parameters(Parameters((2, 1), np.full(3, 2.0)))
    run.trainer.history.clear()
    run.to(3150)
    gradient = run.trainer.gradients().vector
    assert findings(run)[0].evidence["slope"] == pytest.approx(float(gradient @ gradient))


def test_of_many_examples_the_penalty_counts_as_much() -> None:
    run = flower(LOGISTIC, "xavier", 0.1)
    X, Y = run.X.repeat(10, axis=1), run.Y.repeat(10, axis=1)
    training = TrainingConfig(learning_rate=1e-5, l2=1000.0)
    trainer = Trainer(LOGISTIC, training, run.trainer.parameters, X, Y)
    trainer.run(150)
    gradient = trainer.gradients().vector
    assert observe(trainer, X, Y).slope == pytest.approx(float(gradient @ gradient))


def test_steps_that_are_too_large_only_seem_to_creep() -> None:
    # Edge of stability: the cost zigzags between two records, the gradient stays large.
    run = regression(2.0 - 1e-9)
    run.trainer.set_parameters(Parameters((2, 1), np.full(3, 3.0)))
    assert findings(run.to(3000)) == []


def test_a_saturated_network_without_a_slope_is_not_blamed() -> None:
    assert findings(flower(deep("tanh", 6), "small_random", 0.1).to(2000)) == []


def test_without_a_trend_there_is_nothing_to_say() -> None:
    assert small_steps(None, 1e-5, 1.0) == []
    with pytest.raises(ValueError, match="learning_rate"):
        small_steps(None, float("nan"), 1.0)

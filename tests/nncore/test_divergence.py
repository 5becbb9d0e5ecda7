"""Runs that overflow: found at the exact iteration, with the last finite state kept."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    OPTIMIZERS,
    FloatArray,
    History,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    backward_propagation,
    compute_cost,
    forward_propagation,
    initialize_parameters,
)
from nncore.batches import FullBatch
from nncore.costs import LARGEST
from nncore.divergence import logits_surely_finite
from nncore.training import CHECK_EVERY
from tests.nncore.cases import Case, cases

NETWORK = NetworkConfig((2, 3, 1), "relu", "linear")
RANDOM = np.random.default_rng(0)
X: FloatArray = RANDOM.standard_normal((2, 40))
Y: FloatArray = np.sin(X[:1])


def make_trainer(learning_rate: float, batch_size: int | None, history: History) -> Trainer:
    parameters = initialize_parameters(NETWORK, "he", seed=1)
    training = TrainingConfig(learning_rate=learning_rate, batch_size=batch_size)
    return Trainer(NETWORK, training, parameters, X, Y, history=history)


def linear_regression(learning_rate: float) -> tuple[NetworkConfig, TrainingConfig, Parameters]:
    network = NetworkConfig((2, 1), output="linear")
    return network, TrainingConfig(learning_rate=learning_rate), Parameters.zeros((2, 1))


def has_diverged(trainer: Trainer) -> bool:
    return trainer.divergence is not None


def first_overflow(learning_rate: float) -> tuple[int, Parameters]:
    """Return the update that fails, and the parameters before it, by a plain loop."""
    network, _, theta = linear_regression(learning_rate)
    with np.errstate(all="ignore"):
        for iteration in range(1, 100_000):
            gradient = backward_propagation(X, Y, theta, network).vector
            after = Parameters((2, 1), theta.vector - learning_rate * gradient)
            values = (*gradient, *after.vector)
            if not np.isfinite(values).all() or np.isinf(X.T @ after.W[0].T).any():
                return iteration, theta
            theta = after
    raise AssertionError("the run did not diverge")


@pytest.mark.parametrize("learning_rate", [2.5, 4.0, 60.0, 1e30])
def test_the_exact_iteration_is_found_and_the_state_before_it_kept(learning_rate: float) -> None:
    iteration, theta = first_overflow(learning_rate)
    trainer = Trainer(*linear_regression(learning_rate), X, Y)
    trainer.run(20_000)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration == iteration
    assert trainer.iteration == iteration - 1
    np.testing.assert_allclose(trainer.parameters.vector, theta.vector, rtol=1e-6)
    assert np.isfinite(trainer.parameters.vector).all()
    assert np.isfinite(trainer.cost())


@pytest.mark.parametrize("batch_size", [None, 7])
@pytest.mark.parametrize("capacity", [0, 2, 64])
@pytest.mark.parametrize("slices", [[1] * 400, [3, 250, 147], [400]])
def test_the_outcome_does_not_depend_on_slices_or_history(
    batch_size: int | None, capacity: int, slices: list[int]
) -> None:
    whole = make_trainer(3.0, batch_size, History(0))
    sliced = make_trainer(3.0, batch_size, History(capacity))
    whole.run(400)
    for iterations in slices:
        sliced.run(iterations)
    assert whole.divergence is not None
    assert sliced.divergence == whole.divergence
    assert sliced.iteration == whole.iteration
    np.testing.assert_array_equal(sliced.parameters.vector, whole.parameters.vector)


def test_the_kept_state_is_that_of_a_run_that_stopped_there() -> None:
    diverged = make_trainer(3.0, 7, History(64))
    diverged.run(400)
    stopped = make_trainer(3.0, 7, History(64))
    stopped.run(diverged.iteration)
    assert stopped.divergence is None
    np.testing.assert_array_equal(stopped.parameters.vector, diverged.parameters.vector)
    assert diverged.history.iterations[-1] <= diverged.iteration
    assert np.isfinite(diverged.history.costs).all()


def test_a_diverged_trainer_stays_where_it_is() -> None:
    trainer = make_trainer(3.0, None, History())
    trainer.run(400)
    iteration, vector = trainer.iteration, trainer.parameters.vector.copy()
    trainer.run(100)
    assert trainer.iteration == iteration
    np.testing.assert_array_equal(trainer.parameters.vector, vector)


def test_the_reason_says_when_what_and_what_to_do() -> None:
    trainer = make_trainer(3.0, None, History())
    trainer.run(400)
    assert trainer.divergence is not None
    reason = trainer.divergence.reason
    assert reason.startswith(f"At iteration {trainer.iteration + 1} the gradient of layer ")
    assert f"network of iteration {trainer.iteration} is kept" in reason
    assert "Reset and lower the learning rate (now 3)" in reason


def test_the_reason_names_the_learning_rate_of_the_update_that_failed() -> None:
    training = TrainingConfig(learning_rate=1e20, schedule="exponential", schedule_period=20)
    parameters = initialize_parameters(NETWORK, "he", seed=1)
    trainer = Trainer(NETWORK, training, parameters, X, Y)
    trainer.run(400)
    assert trainer.divergence is not None
    rate = training.learning_rate_at(trainer.divergence.iteration - 1)
    assert f"(now {rate:g})" in trainer.divergence.reason


def test_weights_that_overflow_at_once_are_blamed_on_their_scale() -> None:
    parameters = initialize_parameters(NETWORK, "large_random", seed=1, scale=1e100)
    trainer = Trainer(NETWORK, TrainingConfig(learning_rate=0.01), parameters, X, Y)
    trainer.run(10)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration == 1
    assert "Reset with smaller initial weights" in trainer.divergence.reason
    np.testing.assert_array_equal(trainer.parameters.vector, parameters.vector)


@pytest.mark.parametrize("capacity", [0, 64])
def test_logits_that_overflow_without_a_trace_in_the_weights_are_found(capacity: int) -> None:
    # σ(inf) = 1 is the right answer here: the gradient is 0 and the weights never move.
    network = NetworkConfig((1, 1, 1), "relu")
    parameters = Parameters.from_layers(W=[[[1e200]], [[1e200]]], b=[[0.0], [0.0]])
    trainer = Trainer(
        network, TrainingConfig(), parameters, [[1.0]], [[1.0]], history=History(capacity)
    )
    trainer.run(1000)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration == 1
    assert "the cost" in trainer.divergence.reason
    assert trainer.history.iterations.tolist() == [0] * bool(capacity)


@pytest.mark.parametrize("batch_size", [None, 7])
def test_the_cost_of_all_points_is_looked_at_once_to_find_the_step(
    batch_size: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    training = TrainingConfig(learning_rate=60.0, batch_size=batch_size)
    network, start = NetworkConfig((2, 1), output="linear"), Parameters.zeros((2, 1))
    trainer = Trainer(network, training, start, X, Y, history=History(0))
    exact = trainer.cost
    looks: list[int] = []

    def seen() -> float:
        looks.append(trainer.iteration)
        return exact()

    monkeypatch.setattr(trainer, "cost", seen)
    trainer.run(256)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration > 100
    assert set(looks) <= {trainer.iteration, trainer.iteration + 1}


@given(case=cases(), exponent=st.integers(0, 300))
def test_logits_that_are_called_surely_finite_are_so(case: Case, exponent: int) -> None:
    theta = Parameters(case.network.layer_dims, case.parameters.vector * 10.0**exponent)
    if logits_surely_finite(theta, float(np.abs(case.X).max())):
        assert np.isfinite(forward_propagation(case.X, theta, case.network).Z[-1]).all()
    small = case.parameters.vector.clip(-1e3, 1e3)
    assert logits_surely_finite(Parameters(case.network.layer_dims, small), 1e3)


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_no_activation_exceeds_what_that_takes_for_granted(name: str) -> None:
    z: FloatArray = np.concatenate([np.linspace(-50, 50, 10_001), [-1e300, -1e9, 1e9, 1e300]])
    assert (np.abs(ACTIVATIONS[name](z)) <= np.abs(z) + 1).all()


def test_the_weights_of_the_start_and_a_lower_learning_rate_let_it_go_on() -> None:
    trainer = Trainer(*linear_regression(4.0), X, Y)
    before = trainer.cost()
    trainer.run(20_000)
    assert has_diverged(trainer)
    stopped = trainer.iteration
    trainer.set_training(replace(trainer.training, learning_rate=0.3))
    trainer.set_parameters(Parameters.zeros((2, 1)))
    trainer.run(2000)
    assert not has_diverged(trainer)
    assert trainer.iteration == stopped + 2000
    assert trainer.cost() < before


def test_nothing_is_said_about_a_run_that_only_oscillates() -> None:
    network = NetworkConfig((2, 3, 1))
    labels = (Y > 0).astype(float)
    parameters = initialize_parameters(network, seed=1)
    trainer = Trainer(network, TrainingConfig(learning_rate=500.0), parameters, X, labels)
    trainer.run(2000)
    assert trainer.divergence is None
    assert np.isfinite(compute_cost(X, labels, trainer.parameters, network))


def test_what_many_inputs_add_up_to_is_not_surely_finite() -> None:
    parameters = Parameters.from_layers([[[0.4 * LARGEST] * 4]], [[0.0]])
    assert np.isinf(forward_propagation(np.ones((4, 1)), parameters, NetworkConfig((4, 1))).Z[-1])
    assert not logits_surely_finite(parameters, 1.0)


def test_floating_point_errors_stay_inside() -> None:
    with np.errstate(all="raise"):
        trainer = make_trainer(3.0, None, History())
        trainer.run(400)
        trainer.cost()
        trainer.gradients()
    assert trainer.divergence is not None


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
@pytest.mark.parametrize("batch_size", [None, 16])
def test_a_run_that_diverges_keeps_the_state_of_one_that_stopped_there(
    optimizer: str, batch_size: int | None
) -> None:
    def make() -> Trainer:
        training = TrainingConfig(optimizer, 1e100, batch_size, schedule="exponential")
        parameters = initialize_parameters(NETWORK, "he", seed=1)
        return Trainer(NETWORK, training, parameters, X, Y, seed=4)

    diverged, stopped = make(), make()
    diverged.run(600)
    assert diverged.divergence is not None
    stopped.run(diverged.iteration)
    assert diverged.state().to_dict() == stopped.state().to_dict()


def test_squares_that_overflow_in_the_memory_are_found() -> None:
    # Adam's step does not grow with the gradient: nothing but its memory shows the overflow.
    network = NetworkConfig((1, 1), output="linear")
    parameters = initialize_parameters(network, "zeros")
    trainer = Trainer(network, TrainingConfig("adam", 0.01), parameters, [[1.0]], [[1e200]])
    trainer.run(1000)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration == 1
    assert "the memory of the optimizer" in trainer.divergence.reason
    assert trainer.history.iterations.tolist() == [0]


def test_no_more_of_the_way_is_repeated_than_since_the_last_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trainer = Trainer(*linear_regression(2.5), X, Y, history=History(0))
    pieces: list[int] = []
    run = FullBatch.run

    def spy(batches: FullBatch, iterations: int) -> None:
        pieces.append(iterations)
        run(batches, iterations)

    monkeypatch.setattr(FullBatch, "run", spy)
    trainer.run(20_000)
    assert trainer.divergence is not None
    assert trainer.divergence.iteration > 2 * CHECK_EVERY
    assert pieces.count(1) == trainer.divergence.iteration % CHECK_EVERY


def test_a_divergence_in_the_first_iterations_names_both_causes() -> None:
    linear = NetworkConfig((2, 6, 6, 6, 1), "identity", "linear")
    parameters = initialize_parameters(linear, "large_random", seed=2)
    trainer = Trainer(linear, TrainingConfig(learning_rate=1.0), parameters, X, Y)
    trainer.run(10)
    assert trainer.divergence is not None
    assert "learning rate (now 1), or begin with smaller weights" in trainer.divergence.reason

"""A run from its first weights to its last: what is computed, how it is cut, what is refused."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nncore import (
    Dataset,
    History,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    backward_propagation,
    compute_cost,
    initialize_parameters,
    make_dataset,
)
from nncore.batches import FullBatch
from nncore.minibatches import ExampleOrder
from nncore.seeds import Stream, generator
from tests.nncore import textbook
from tests.nncore.cases import Case, cases, make_case

NETWORK = NetworkConfig((2, 4, 1))
DATA = make_dataset("moons", 50, seed=3)
SLOW = TrainingConfig(learning_rate=0.3)


def make_trainer(
    training: TrainingConfig = SLOW, data: Dataset = DATA, seed: int = 0, capacity: int = 2048
) -> Trainer:
    parameters = initialize_parameters(NETWORK, "xavier", seed=1)
    return Trainer(NETWORK, training, parameters, data.X, data.Y, seed, History(capacity))


@settings(max_examples=40)
@given(case=cases(), l1=st.sampled_from([0.0, 0.05]), l2=st.sampled_from([0.0, 0.1]))
def test_full_batch_training_is_that_of_the_textbook(case: Case, l1: float, l2: float) -> None:
    training = TrainingConfig(learning_rate=0.02, l1=l1, l2=l2)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y)
    trainer.run(20)
    assume(np.abs(trainer.parameters.vector).max() < 10.0)  # not on its way to infinity
    layers = case.layers
    for _ in range(20):
        layers = textbook.step(case.X, case.Y, layers, case.names, 0.02, l1, l2)
    wanted = Parameters.from_layers(*zip(*layers, strict=True)).vector
    np.testing.assert_allclose(trainer.parameters.vector, wanted, rtol=0, atol=1e-12)


def test_mini_batch_training_is_that_of_the_textbook() -> None:
    case = make_case(NetworkConfig((2, 5, 3, 3), "tanh", "softmax"), 50, seed=4)
    training = TrainingConfig(learning_rate=0.1, batch_size=16, l2=0.2)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y, seed=9)
    trainer.run(11)
    order = ExampleOrder(50, 16, generator(9, Stream.BATCHES))
    layers = case.layers
    for _ in range(11):
        batch = order.next()
        X, Y = case.X[:, batch], case.Y[:, batch]
        layers = textbook.step(X, Y, layers, case.names, 0.1, l2=0.2, penalty_m=50)
    wanted = Parameters.from_layers(*zip(*layers, strict=True)).vector
    np.testing.assert_allclose(trainer.parameters.vector, wanted, rtol=0, atol=1e-12)


@pytest.mark.parametrize("batch_size", [None, 16, 1])
@pytest.mark.parametrize("capacity", [0, 2, 2048])
def test_repeat_runs_are_bit_identical_however_they_are_sliced_or_recorded(
    batch_size: int | None, capacity: int
) -> None:
    training = replace(SLOW, batch_size=batch_size)
    whole, sliced = make_trainer(training), make_trainer(training, capacity=capacity)
    whole.run(700)
    for iterations in (0, 1, 2, 255, 1, 1, 300, 140):
        sliced.run(iterations)
    assert sliced.iteration == whole.iteration == 700
    np.testing.assert_array_equal(whole.parameters.vector, sliced.parameters.vector)


@pytest.mark.parametrize("batch_size", [None, 16])
def test_the_cost_curve_does_not_depend_on_the_slices(batch_size: int | None) -> None:
    training = replace(SLOW, batch_size=batch_size)
    whole, sliced = (make_trainer(training, capacity=20) for _ in range(2))
    whole.run(500)
    for _ in range(100):
        sliced.run(5)
    np.testing.assert_array_equal(whole.history.iterations, sliced.history.iterations)
    np.testing.assert_array_equal(whole.history.costs, sliced.history.costs)
    assert len(whole.history) > 8


def test_the_recorded_costs_are_exact() -> None:
    trainer = make_trainer(replace(SLOW, l1=0.1, l2=0.2))
    other = make_trainer(trainer.training)
    trainer.run(5)
    for iteration, cost in zip(trainer.history.iterations, trainer.history.costs, strict=True):
        other.run(int(iteration) - other.iteration)
        exact = compute_cost(DATA.X, DATA.Y, other.parameters, NETWORK, l1=0.1, l2=0.2)
        assert cost == pytest.approx(exact, rel=1e-14)
    assert trainer.history.iterations.tolist() == [0, 1, 2, 3, 4, 5]


def test_mini_batches_record_once_an_epoch_at_most() -> None:
    trainer = make_trainer(replace(SLOW, batch_size=10))
    trainer.run(40)
    assert trainer.history.iterations.tolist() == [0, 8, 16, 24, 32, 40]


def test_cost_and_gradients_are_those_of_the_whole_training_set() -> None:
    trainer = make_trainer(replace(SLOW, batch_size=16, l2=0.5))
    trainer.run(3)
    arguments = (DATA.X, DATA.Y, trainer.parameters, NETWORK, 0.0, 0.5)
    assert trainer.cost() == compute_cost(*arguments)
    gradient = backward_propagation(*arguments)
    np.testing.assert_array_equal(trainer.gradients().vector, gradient.vector)


def test_the_batch_seed_changes_the_order_and_nothing_else() -> None:
    training = replace(SLOW, batch_size=16)
    first, second = make_trainer(training, seed=1), make_trainer(training, seed=2)
    np.testing.assert_array_equal(first.parameters.vector, second.parameters.vector)
    first.run(1)
    second.run(1)
    assert not np.array_equal(first.parameters.vector, second.parameters.vector)


def test_a_batch_of_everything_is_the_full_batch() -> None:
    full, large = make_trainer(), make_trainer(replace(SLOW, batch_size=50))
    full.run(50)
    large.run(50)
    np.testing.assert_array_equal(full.parameters.vector, large.parameters.vector)


def test_the_callers_parameters_are_left_alone() -> None:
    parameters = initialize_parameters(NETWORK, seed=1)
    before = parameters.vector.copy()
    Trainer(NETWORK, SLOW, parameters, DATA.X, DATA.Y).run(5)
    np.testing.assert_array_equal(parameters.vector, before)


@pytest.mark.parametrize("batch_size", [None, 16])
def test_what_becomes_of_the_callers_points_is_no_matter(batch_size: int | None) -> None:
    X, Y, training = DATA.X.copy(), DATA.Y.copy(), replace(SLOW, batch_size=batch_size)
    trainer, other = (make_trainer(training, replace(DATA, X=X, Y=Y)), make_trainer(training))
    X[:], Y[:] = 7.0, 0.0
    for each in (trainer, other):
        each.run(5)
    np.testing.assert_array_equal(trainer.parameters.vector, other.parameters.vector)
    assert trainer.cost() == other.cost()


@pytest.mark.parametrize("m", [1, 2])
@pytest.mark.parametrize("batch_size", [None, 1, 8])
def test_one_point_and_one_class_can_be_learned(m: int, batch_size: int | None) -> None:
    data = Dataset(np.ones((2, m)), np.ones((1, m)), np.ones(m, dtype=np.int64), np.ones(m))
    trainer = make_trainer(replace(SLOW, batch_size=batch_size), data)
    trainer.run(300)
    assert trainer.cost() < 0.05


@pytest.mark.parametrize("activation", ["identity", "sigmoid", "relu", "leaky_relu", "step"])
def test_no_hidden_layer_needs_no_activation(activation: str) -> None:
    network = NetworkConfig((2, 1), activation)
    trainer = Trainer(network, SLOW, initialize_parameters(network), DATA.X, DATA.Y)
    before = trainer.cost()
    trainer.run(100)
    assert trainer.cost() < before


@pytest.fixture
def pieces(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lengths of the pieces that full-batch runs are made of, as they are made."""
    lengths: list[int] = []
    run = FullBatch.run

    def spy(batches: FullBatch, iterations: int) -> None:
        lengths.append(iterations)
        run(batches, iterations)

    monkeypatch.setattr(FullBatch, "run", spy)
    return lengths


def test_without_a_history_it_stops_only_for_the_checks(pieces: list[int]) -> None:
    trainer = make_trainer(capacity=0)
    trainer.run(100)
    trainer.run(1000)
    assert pieces == [100, 156, 256, 256, 256, 76]


def test_a_full_history_stops_it_no_more_than_the_checks(pieces: list[int]) -> None:
    trainer = make_trainer(capacity=4)
    trainer.run(2048)
    pieces.clear()
    trainer.run(2048)
    assert pieces == [256] * 8


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"X": np.zeros((2, 0)), "Y": np.zeros((1, 0))}, "X has no examples; accepted: 1 column"),
        ({"X": np.zeros((3, 50))}, "X has shape (3, 50); accepted: (2, m)"),
        ({"Y": DATA.Y[:, :-1]}, "Y has shape (1, 49); accepted: (1, 50)"),
        (
            {"parameters": Parameters.zeros((2, 1))},
            "parameters.layer_dims is (2, 1); accepted: (2, 4",
        ),
        ({"seed": -1}, "seed is -1; accepted: a whole number from 0 up"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    right: dict[str, Any] = {"parameters": initialize_parameters(NETWORK), "X": DATA.X, "Y": DATA.Y}
    with pytest.raises(ValueError, match=re.escape(message)):
        Trainer(NETWORK, SLOW, **right | arguments)


def test_parameters_that_are_not_finite_are_refused() -> None:
    broken = initialize_parameters(NETWORK)
    broken.vector[3] = np.nan
    with pytest.raises(ValueError, match="parameters contain a value that is not finite"):
        Trainer(NETWORK, SLOW, broken, DATA.X, DATA.Y)
    with pytest.raises(ValueError, match="parameters contain a value that is not finite"):
        make_trainer().set_parameters(broken)


def test_weights_in_float32_are_trained_in_float64() -> None:
    weights = initialize_parameters(NETWORK, seed=3).vector.astype(np.float32)
    single = Trainer(NETWORK, SLOW, Parameters(NETWORK.layer_dims, weights), DATA.X, DATA.Y)
    double = Parameters(NETWORK.layer_dims, weights.astype(np.float64))
    other = Trainer(NETWORK, SLOW, double, DATA.X, DATA.Y)
    for trainer in (single, other):
        trainer.run(20)
    assert single.parameters.vector.dtype == np.float64
    np.testing.assert_array_equal(single.parameters.vector, other.parameters.vector)


@pytest.mark.parametrize("iterations", [-1, 2.5, "ten"])
def test_a_wrong_number_of_iterations_is_refused(iterations: Any) -> None:
    message = f"iterations is {iterations!r}; accepted: a whole number from 0 up"
    with pytest.raises(ValueError, match=re.escape(message)):
        make_trainer().run(iterations)

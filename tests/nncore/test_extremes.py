"""Numbers at the edge of float64, and inputs of every kind: no infinite cost, no warning."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    FloatArray,
    GridEvaluator,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    accuracy,
    backward_propagation,
    compute_cost,
    forward_propagation,
    predict,
)
from tests.nncore.cases import make_case

finite = st.floats(allow_nan=False, allow_infinity=False)
penalties = st.floats(0.0, 1e308)
magnitudes = st.sampled_from([0.0, 5e-324, 1e-200, 1e-3, 1.0, 1e3, 1e160, 1e308])
NETWORK = NetworkConfig((2, 3, 1))


def extreme(shape: tuple[int, ...]) -> st.SearchStrategy[FloatArray]:
    signs = arrays(np.float64, shape, elements=st.sampled_from([-1.0, 1.0]))
    sizes = arrays(np.float64, shape, elements=magnitudes)
    return st.builds(np.multiply, signs, sizes)


def targets(output: str, n_y: int, m: int) -> st.SearchStrategy[FloatArray]:
    if not OUTPUTS[output].classifies:
        return arrays(np.float64, (n_y, m), elements=finite)
    rows = arrays(np.int64, m, elements=st.integers(0, n_y - 1))
    return rows.map(lambda numbers: np.eye(n_y)[:, numbers])


@pytest.mark.parametrize("output", sorted(OUTPUTS))
@given(data=st.data())
def test_the_cost_is_finite_for_any_finite_logits(output: str, data: st.DataObject) -> None:
    # An identity layer: the inputs are the logits, whatever they are.
    X = data.draw(arrays(np.float64, (3, 4), elements=finite))
    Y = data.draw(targets(output, 3, 4))
    network = NetworkConfig((3, 3), output=output)
    identity = Parameters.from_layers([np.eye(3)], [np.zeros(3)])
    l1, l2 = data.draw(penalties), data.draw(penalties)
    np.testing.assert_array_equal(forward_propagation(X, identity, network).Z[-1], X)
    with np.errstate(all="raise"):
        assert np.isfinite(compute_cost(X, Y, identity, network, l1, l2))


@pytest.mark.parametrize("output", sorted(OUTPUTS))
@given(data=st.data())
def test_the_cost_is_finite_for_any_finite_weights(output: str, data: st.DataObject) -> None:
    # The only example is 0: the logits are the biases, however large the weights are.
    network = NetworkConfig((2, 3), output=output)
    vector = data.draw(arrays(np.float64, network.n_parameters, elements=finite))
    l1, l2 = data.draw(penalties), data.draw(penalties)
    arguments = (np.zeros((2, 1)), data.draw(targets(output, 3, 1)))
    parameters = Parameters(network.layer_dims, vector)
    with np.errstate(all="raise"):
        assert np.isfinite(compute_cost(*arguments, parameters, network, l1, l2))
        trainer = Trainer(network, TrainingConfig(l1=l1, l2=l2), parameters, *arguments)
        assert np.isfinite(trainer.cost())


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
@settings(max_examples=40)
@given(data=st.data())
def test_the_cost_of_a_deep_network_is_finite_where_its_logits_are(
    activation: str, data: st.DataObject
) -> None:
    network = NetworkConfig((2, 2, 2, 1), activation)
    parameters = Parameters(network.layer_dims, data.draw(extreme((network.n_parameters,))))
    X, Y = data.draw(extreme((2, 3))), data.draw(targets("sigmoid", 1, 3))
    with np.errstate(all="raise"):
        assume(np.isfinite(forward_propagation(X, parameters, network).Z[-1]).all())
        assert np.isfinite(compute_cost(X, Y, parameters, network))
        assert set(np.unique(predict(X, parameters, network))) <= {0, 1}


def test_targets_that_sum_to_a_hair_above_one_cost_no_infinite_reward() -> None:
    network = NetworkConfig((2, 2), output="softmax")
    identity = Parameters.from_layers([np.eye(2)], [np.zeros(2)])
    X, Y = np.full((2, 1), 1.7e308), np.full((2, 1), 0.500004)
    assert np.isfinite(compute_cost(X, Y, identity, network))


def test_a_penalty_that_is_not_asked_for_may_overflow() -> None:
    network = NetworkConfig((2, 1))
    parameters = Parameters.from_layers(W=[[[1e200, -1e200]]], b=[[0.0]])
    X, Y = np.zeros((2, 1)), np.zeros((1, 1))
    wanted = np.log(2.0) + 0.5 * 2e200
    assert compute_cost(X, Y, parameters, network, l1=0.5) == pytest.approx(wanted)
    assert compute_cost(X, Y, parameters, network, l2=5e-324) == pytest.approx(np.log(2.0))


INPUTS: dict[str, Callable[[FloatArray], Any]] = {
    "list": lambda X: X.tolist(),
    "bool": lambda X: X.astype(bool),
    "int8": lambda X: X.astype(np.int8),
    "uint64": lambda X: X.astype(np.uint64),
    "float16": lambda X: X.astype(np.float16),
    "big-endian": lambda X: X.astype(">f8"),
    "Fortran order": np.asfortranarray,
    "every second column": lambda X: np.repeat(X, 2, axis=1)[:, ::2],
    "backwards": lambda X: X[:, ::-1].copy()[:, ::-1],
    "transposed": lambda X: np.ascontiguousarray(X.T).T,
}


@pytest.mark.parametrize("kind", INPUTS)
@pytest.mark.parametrize("m", [1, 5])
def test_numbers_are_numbers_however_they_are_stored(kind: str, m: int) -> None:
    parameters = make_case(NETWORK, 1, seed=3).parameters
    X = np.array([[0.0, 1.0, 1.0, 0.0, 1.0], [1.0, 1.0, 0.0, 0.0, 1.0]])[:, :m]
    Y = np.array([[1.0, 0.0, 1.0, 1.0, 0.0]])[:, :m]
    stored = (INPUTS[kind](X), INPUTS[kind](Y))

    def results(X: Any, Y: Any) -> list[Any]:
        trainer = Trainer(NETWORK, TrainingConfig(batch_size=2), parameters, X, Y)
        trainer.run(7)
        return [
            *forward_propagation(X, parameters, NETWORK).A[1:],
            predict(X, parameters, NETWORK),
            compute_cost(X, Y, parameters, NETWORK),
            backward_propagation(X, Y, parameters, NETWORK).vector,
            accuracy(X, Y, parameters, NETWORK),
            trainer.parameters.vector,
        ]

    for got, wanted in zip(results(*stored), results(X, Y), strict=True):
        np.testing.assert_array_equal(got, wanted)


@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_no_examples_have_no_answers_and_that_is_no_error(output: str) -> None:
    network = NetworkConfig((2, 4, 3), output=output)
    parameters, X = make_case(network, 1, seed=3).parameters, np.zeros((2, 0))
    cache = forward_propagation(X, parameters, network)
    assert [A.shape for A in cache.A] == [(2, 0), (4, 0), (3, 0)]
    assert predict(X, parameters, network).shape == (1 if OUTPUTS[output].classifies else 3, 0)
    maps = GridEvaluator(network, 0).evaluate(X, parameters)
    assert [A.shape for A in maps] == [(4, 0), (3, 0)]


@pytest.mark.parametrize("size", [5e-324, 1e-300, 1e150, 1e300])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_tiny_and_huge_inputs_are_trained_on_in_silence(
    activation: str, output: str, size: float
) -> None:
    case = make_case(NetworkConfig((2, 3, 3), activation, output), 4, seed=3)
    X = np.full((2, 4), size)
    with np.errstate(all="raise"):
        assert np.isfinite(compute_cost(X, case.Y, case.parameters, case.network))
        trainer = Trainer(case.network, TrainingConfig(), case.parameters, X, case.Y)
        trainer.run(5)
        assert np.isfinite(trainer.parameters.vector).all()
        assert np.isfinite(trainer.cost())

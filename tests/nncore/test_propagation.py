import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from nncore import (
    FloatArray,
    NetworkConfig,
    Parameters,
    backward_propagation,
    compute_cost,
    forward_propagation,
    predict,
)
from tests.nncore import textbook
from tests.nncore.cases import Case, cases, make_case

NETWORK = NetworkConfig((2, 3, 1))


@given(case=cases())
def test_forward_propagation_is_that_of_the_textbook(case: Case) -> None:
    Z, A = textbook.forward(case.X, case.layers, case.names)
    cache = forward_propagation(case.X, case.parameters, case.network)
    assert (len(cache.Z), len(cache.A)) == (len(Z), len(A))
    for got, wanted in zip([*cache.Z, *cache.A], [*Z, *A], strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-12, atol=1e-14)


@given(case=cases())
def test_cost_is_that_of_the_textbook(case: Case) -> None:
    wanted = textbook.cost(case.X, case.Y, case.layers, case.names, l1=0.3, l2=0.7)
    got = compute_cost(case.X, case.Y, case.parameters, case.network, l1=0.3, l2=0.7)
    assert got == pytest.approx(wanted, rel=1e-10, abs=1e-12)


@given(case=cases())
def test_gradient_is_that_of_the_textbook(case: Case) -> None:
    wanted = textbook.step(case.X, case.Y, case.layers, case.names, 1.0, l1=0.3, l2=0.7)
    gradient = backward_propagation(case.X, case.Y, case.parameters, case.network, l1=0.3, l2=0.7)
    for layer, (W, b) in enumerate(wanted):
        np.testing.assert_allclose(case.parameters.W[layer] - gradient.W[layer], W, atol=1e-12)
        np.testing.assert_allclose(case.parameters.b[layer] - gradient.b[layer], b, atol=1e-12)


@given(case=cases())
def test_nothing_that_is_handed_in_is_changed(case: Case) -> None:
    before = [array.copy() for array in (case.X, case.Y, case.parameters.vector)]
    backward_propagation(case.X, case.Y, case.parameters, case.network, l1=0.1, l2=0.1)
    compute_cost(case.X, case.Y, case.parameters, case.network)
    predict(case.X, case.parameters, case.network)
    for was, now in zip(before, (case.X, case.Y, case.parameters.vector), strict=True):
        np.testing.assert_array_equal(was, now)


def test_integer_inputs_are_numbers_too() -> None:
    case = make_case(NETWORK, 3, seed=1)
    X = [[1, 2, 3], [0, -1, 4]]
    wanted = forward_propagation(np.array(X, dtype=float), case.parameters, NETWORK).A[-1]
    np.testing.assert_array_equal(forward_propagation(X, case.parameters, NETWORK).A[-1], wanted)


def test_no_examples_give_no_outputs() -> None:
    case = make_case(NETWORK, 3, seed=1)
    assert predict(np.zeros((2, 0)), case.parameters, NETWORK).shape == (1, 0)


def test_huge_weights_saturate_in_silence_and_the_cost_stays_finite() -> None:
    parameters = Parameters.from_layers(W=[[[1e160, 0.0]], [[1e140]]], b=[[0.0], [0.0]])
    network = NetworkConfig((2, 1, 1), "relu")
    X, Y = np.array([[1.0, 2.0], [0.0, 0.0]]), np.array([[0.0, 1.0]])
    with np.errstate(all="raise"):
        assert compute_cost(X, Y, parameters, network) == pytest.approx(5e299)
        gradient = backward_propagation(X, Y, parameters, network)
    assert np.isfinite(gradient.vector).all()


@pytest.mark.parametrize(
    ("network", "ZL", "wanted"),
    [
        (NetworkConfig((2, 1)), [[-0.1, 0.0, 0.1]], [[0, 0, 1]]),
        (NetworkConfig((3, 3), output="softmax"), np.eye(3)[:, [2, 0, 1]], [[2, 0, 1]]),
        (NetworkConfig((3, 3)), np.eye(3)[:, [2, 0, 1]], [[2, 0, 1]]),
        (NetworkConfig((2, 2), output="linear"), [[0.5, 2.0], [-3.0, 4.0]], None),
    ],
)
def test_prediction_is_a_class_number_or_the_value(
    network: NetworkConfig, ZL: Any, wanted: Any
) -> None:
    ZL = np.array(ZL, dtype=float)
    X = np.vstack([ZL, np.zeros((network.n_x - len(ZL), ZL.shape[1]))])
    W = np.eye(network.n_y, network.n_x)
    predicted = predict(X, Parameters.from_layers([W], [np.zeros(network.n_y)]), network)
    np.testing.assert_array_equal(predicted, ZL if wanted is None else wanted)
    assert predicted.dtype == (np.float64 if wanted is None else np.int64)


@pytest.mark.parametrize("broken", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("output", ["sigmoid", "linear"])
def test_parameters_that_are_not_finite_predict_nothing(output: str, broken: float) -> None:
    network, parameters = NetworkConfig((2, 3, 1), output=output), Parameters.zeros((2, 3, 1))
    parameters.W[0][1, 0] = broken
    with pytest.raises(ValueError, match="parameters contain a value that is not finite; accepted"):
        predict(np.ones((2, 3)), parameters, network)


X3, Y3 = np.ones((2, 3)), np.array([[0.0, 1.0, 1.0]])


@pytest.mark.parametrize(
    ("X", "Y", "message"),
    [
        (np.ones((3, 3)), Y3, "X has shape (3, 3); accepted: (2, m)"),
        (np.ones(2), Y3, "X has shape (2,); accepted: (2, m)"),
        (X3 * 1j, Y3, "X has dtype complex128; accepted: real numbers"),
        (X3.astype(object), Y3, "X has dtype object; accepted: real numbers"),
        ([[0, np.inf, 1], [0, 1, 1]], Y3, "X has a value that is not finite in column 1"),
        (np.ones((2, 0)), Y3, "X has no examples; accepted: 1 column or more"),
        (X3, Y3.T, "Y has shape (3, 1); accepted: (1, 3)"),
        (X3, Y3[:, :2], "Y has shape (1, 2); accepted: (1, 3)"),
        (X3, 2 * Y3, "Y has values from 0 to 2; accepted: 0 to 1"),
    ],
)
@pytest.mark.parametrize("function", [compute_cost, backward_propagation])
def test_examples_that_do_not_fit_are_refused_in_words(
    function: Any, X: Any, Y: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        function(X, Y, Parameters.zeros((2, 3, 1)), NETWORK)


def test_softmax_wants_columns_of_shares() -> None:
    network = NetworkConfig((2, 2), output="softmax")
    Y: FloatArray = np.array([[1.0, 0.0], [1.0, 1.0]])
    with pytest.raises(ValueError, match="Y has columns whose sum is not 1"):
        compute_cost(np.ones((2, 2)), Y, Parameters.zeros((2, 2)), network)


def test_parameters_of_another_network_are_refused() -> None:
    message = "parameters.layer_dims is (2, 4, 1); accepted: (2, 3, 1)"
    with pytest.raises(ValueError, match=re.escape(message)):
        forward_propagation(X3, Parameters.zeros((2, 4, 1)), NETWORK)


@pytest.mark.parametrize("penalty", ["l1", "l2"])
def test_a_negative_penalty_is_refused(penalty: str) -> None:
    with pytest.raises(ValueError, match=f"{penalty} is -1.0; accepted: a number from 0 up"):
        compute_cost(X3, Y3, Parameters.zeros((2, 3, 1)), NETWORK, **{penalty: -1.0})

"""The check passes on every right formula and fails on a slip in any of them."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    FloatArray,
    NetworkConfig,
    Parameters,
    backward_propagation,
    gradient_check,
    tape,
)
from nncore.arrays import Call, constant
from tests.nncore.cases import Case, cases, make_case

RIGHT = 1e-6
WRONG = 1e-3


@given(case=cases(), l1=st.sampled_from([0.0, 0.3]), l2=st.sampled_from([0.0, 0.7]))
def test_every_network_passes(case: Case, l1: float, l2: float) -> None:
    assume(case.is_smooth())
    gradient = backward_propagation(case.X, case.Y, case.parameters, case.network, l1, l2)
    assume(np.linalg.norm(gradient.vector) > 1e-3)  # relative to nothing, nothing is small
    assert gradient_check(case.X, case.Y, case.parameters, case.network, l1=l1, l2=l2) < RIGHT


@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
@pytest.mark.parametrize(("output", "n_y"), [("sigmoid", 1), ("softmax", 3), ("linear", 2)])
def test_every_activation_passes_with_every_output(activation: str, output: str, n_y: int) -> None:
    case = make_case(NetworkConfig((2, 4, 3, n_y), activation, output), 8, seed=5)
    assert case.is_smooth()
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT


def test_no_gradient_at_all_is_no_difference() -> None:
    case = make_case(NetworkConfig((1, 1), output="linear"), 1, seed=1)
    fitted = Parameters.from_layers([[[0.0]]], [case.Y[0]])
    assert gradient_check(0 * case.X, case.Y, fitted, case.network) < RIGHT


def plain(case: Case) -> Parameters:
    return backward_propagation(case.X, case.Y, case.parameters, case.network, l2=0.7)


def without_the_mean(case: Case) -> Parameters:
    gradient = plain(case)
    gradient.vector *= case.X.shape[1]
    return gradient


def without_a_bias(case: Case) -> Parameters:
    gradient = plain(case)
    gradient.b[0][:] = 0.0
    return gradient


def with_one_sign_wrong(case: Case) -> Parameters:
    gradient = plain(case)
    gradient.W[0][0, 0] *= -1.0
    return gradient


def without_the_penalty(case: Case) -> Parameters:
    return backward_propagation(case.X, case.Y, case.parameters, case.network)


def with_penalised_biases(case: Case) -> Parameters:
    gradient = plain(case)
    for db, b in zip(gradient.b, case.parameters.b, strict=True):
        db += 0.7 * b / case.X.shape[1]
    return gradient


def with_the_slip_of_the_notes(case: Case) -> Parameters:
    """The notes' dW[2] = (1/m) dZ[2] A[1]ᵀ − Y, see the errata."""
    gradient = plain(case)
    gradient.W[1][:] -= case.Y.mean()
    return gradient


@pytest.mark.parametrize(
    "slip",
    [
        without_the_mean,
        without_a_bias,
        with_one_sign_wrong,
        without_the_penalty,
        with_penalised_biases,
        with_the_slip_of_the_notes,
    ],
)
def test_a_wrong_gradient_fails(slip: Callable[[Case], Parameters]) -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 8, seed=5)
    arguments = (case.X, case.Y, case.parameters, case.network)
    assert gradient_check(*arguments, l2=0.7, gradient=plain(case)) < RIGHT
    assert gradient_check(*arguments, l2=0.7, gradient=slip(case)) > WRONG


def slope_of_one(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.copyto, (dZ, dA))]


def slope_with_a_slip(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """dZ = dA * (1 − A): forgets a square, or a factor."""
    return [(np.subtract, (constant(1.0, A), A, dZ)), (np.multiply, (dZ, dA, dZ))]


@pytest.mark.parametrize("activation", ["sigmoid", "tanh", "relu", "leaky_relu", "step"])
@pytest.mark.parametrize("wrong", [slope_of_one, slope_with_a_slip])
def test_a_wrong_derivative_fails(
    activation: str,
    wrong: Callable[..., list[Call]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1), activation), 8, seed=5)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    planted = {activation: replace(ACTIVATIONS[activation], backward=wrong)}
    monkeypatch.setattr(tape, "ACTIVATIONS", planted)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


@pytest.mark.parametrize("output", ["sigmoid", "softmax", "linear"])
def test_an_output_that_does_not_belong_to_its_cost_fails(
    output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(NetworkConfig((2, 4, 2), "tanh", output), 8, seed=5)
    other = {"sigmoid": "linear", "softmax": "sigmoid", "linear": "softmax"}[output]
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    monkeypatch.setattr(tape, "OUTPUTS", {output: OUTPUTS[other]})
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


def test_an_epsilon_of_zero_is_refused() -> None:
    case = make_case(NetworkConfig((2, 1)), 8, seed=5)
    with pytest.raises(ValueError, match=r"epsilon is 0\.0; accepted: a number above 0"):
        gradient_check(case.X, case.Y, case.parameters, case.network, epsilon=0.0)

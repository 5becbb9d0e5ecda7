"""A slip in any formula makes the gradient check fail: each is planted, one at a time."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product
from typing import Any

import numpy as np
import pytest

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    FloatArray,
    NetworkConfig,
    Parameters,
    backward_propagation,
    gradient_check,
    propagation,
    tape,
)
from nncore.activations import leaky_relu
from nncore.arrays import Call, constant
from tests.nncore.cases import Case, make_case

RIGHT = 1e-6
WRONG = 1e-3


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


def with_penalized_biases(case: Case) -> Parameters:
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
        with_penalized_biases,
        with_the_slip_of_the_notes,
    ],
)
def test_a_wrong_gradient_fails(slip: Callable[[Case], Parameters]) -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 8, seed=5)
    arguments = (case.X, case.Y, case.parameters, case.network)
    assert gradient_check(*arguments, l2=0.7, gradient=plain(case)) < RIGHT
    assert gradient_check(*arguments, l2=0.7, gradient=slip(case)) > WRONG


@pytest.mark.parametrize(
    "formula",
    [
        "dZ[3] = A[3] − Y",
        "m·dW[3] = dZ[3] A[2]ᵀ,  m·db[3] = Σᵢ dZ[3]",
        "dA[2] = W[3]ᵀ dZ[3]",
        "dZ[2] = dA[2] * tanh′(Z[2])",
        "m·dW[2] = dZ[2] A[1]ᵀ,  m·db[2] = Σᵢ dZ[2]",
        "dA[1] = W[2]ᵀ dZ[2]",
        "dZ[1] = dA[1] * tanh′(Z[1])",
        "m·dW[1] = dZ[1] A[0]ᵀ,  m·db[1] = Σᵢ dZ[1]",
    ],
)
def test_a_wrong_factor_in_any_formula_of_the_backward_pass_fails(
    formula: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1)), 8, seed=5)

    def planted(*arguments: Any) -> list[tape.Step]:
        steps = tape.record_backward(*arguments)
        (index,) = (i for i, step in enumerate(steps) if step.formula == formula)
        halves = ((np.multiply, (array, 0.5, array)) for array in steps[index].writes.values())
        steps[index] = replace(steps[index], calls=(*steps[index].calls, *halves))
        return steps

    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    monkeypatch.setattr(propagation, "record_backward", planted)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


def slope_of_one(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.copyto, (dZ, dA))]


def slope_with_a_slip(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """dZ = dA * (1 − A): forgets a square, or a factor."""
    return [(np.subtract, (constant(1.0, A), A, dZ)), (np.multiply, (dZ, dA, dZ))]


def slope_of_minus_z(Z: FloatArray, A: FloatArray, dA: FloatArray, dZ: FloatArray) -> list[Call]:
    """dZ = dA * −z: none of the derivatives, a sign or an argument mixed up."""
    return [(np.negative, (Z, dZ)), (np.multiply, (dZ, dA, dZ))]


@pytest.mark.parametrize(
    ("activation", "wrong"),
    [
        (activation, wrong)
        for activation in sorted(ACTIVATIONS)
        for wrong in (slope_of_one, slope_with_a_slip, slope_of_minus_z)
        if (activation, wrong) != ("identity", slope_of_one)  # that is no slip
    ],
)
def test_a_wrong_derivative_fails(
    activation: str,
    wrong: Callable[..., list[Call]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1), activation, leaky_slope=0.2), 8, seed=5)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    right = case.network.hidden_activation(1)
    planted = replace(right, backward=wrong)
    monkeypatch.setattr(NetworkConfig, "hidden_activation", lambda *_: planted)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


def test_a_leaky_relu_of_another_slope_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1), "leaky_relu", leaky_slope=0.2), 8, seed=5)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    planted = replace(leaky_relu(0.2), backward=leaky_relu(0.25).backward)
    monkeypatch.setattr(NetworkConfig, "hidden_activation", lambda *_: planted)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


def without_the_slope(A: FloatArray, Y: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.subtract, (A, Y, dZ))]


def with_the_sign_turned(A: FloatArray, Y: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.subtract, (Y, A, dZ))]


def with_half_of_the_slope(A: FloatArray, Y: FloatArray, dZ: FloatArray) -> list[Call]:
    return [(np.subtract, (A, Y, dZ)), (np.multiply, (dZ, A, dZ))]


@pytest.mark.parametrize(
    ("output", "wrong"),
    [
        ("sigmoid_squared_error", without_the_slope),
        *product(sorted(OUTPUTS), (with_the_sign_turned, with_half_of_the_slope)),
    ],
)
def test_a_wrong_derivative_of_the_loss_fails(
    output: str, wrong: Callable[..., list[Call]], monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(NetworkConfig((2, 4, 2), "tanh", output), 8, seed=5)
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    monkeypatch.setattr(tape, "OUTPUTS", {output: replace(OUTPUTS[output], backward=wrong)})
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_an_output_that_does_not_belong_to_its_cost_fails(
    output: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = make_case(NetworkConfig((2, 4, 2), "tanh", output), 8, seed=5)
    other = {
        "sigmoid": "linear",
        "softmax": "sigmoid",
        "linear": "softmax",
        "sigmoid_squared_error": "sigmoid",
    }[output]
    assert gradient_check(case.X, case.Y, case.parameters, case.network) < RIGHT
    monkeypatch.setattr(tape, "OUTPUTS", {output: OUTPUTS[other]})
    assert gradient_check(case.X, case.Y, case.parameters, case.network) > WRONG


@pytest.mark.parametrize(("l1", "l2"), [(0.7, 0.0), (0.0, 0.7)])
@pytest.mark.parametrize(
    ("slip_l1", "slip_l2"),
    [
        (lambda l1, l2: 0.0, lambda l1, l2: 0.0),  # forgotten
        (lambda l1, l2: l2, lambda l1, l2: l1),  # mixed up
        (lambda l1, l2: l1 / 2, lambda l1, l2: l2 / 2),  # the ½ of Σw² twice
        (lambda l1, l2: -l1, lambda l1, l2: -l2),  # the sign
    ],
)
def test_a_wrong_derivative_of_a_penalty_fails(
    l1: float,
    l2: float,
    slip_l1: Callable[[float, float], float],
    slip_l2: Callable[[float, float], float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 8, seed=5)
    arguments = (case.X, case.Y, case.parameters, case.network)
    assert gradient_check(*arguments, l1=l1, l2=l2) < RIGHT

    def planted(theta: Parameters, gradient: Parameters, *given: float) -> list[tape.Step]:
        wrong = slip_l1(*given[:2]), slip_l2(*given[:2])
        return tape.record_penalty(theta, gradient, *wrong, given[2])

    monkeypatch.setattr(propagation, "record_penalty", planted)
    assert gradient_check(*arguments, l1=l1, l2=l2) > WRONG

"""The check passes on every right formula and fails on a slip in any of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    FloatArray,
    GradientReport,
    NetworkConfig,
    Offender,
    Parameters,
    backward_propagation,
    check_gradients,
    gradient_check,
    propagation,
    tape,
)
from nncore.activations import leaky_relu
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
@pytest.mark.parametrize(
    ("output", "n_y"),
    [("sigmoid", 1), ("softmax", 3), ("linear", 2), ("sigmoid_squared_error", 2)],
)
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


@pytest.mark.parametrize(
    ("layer", "kind", "row", "column", "name"),
    [(2, "W", 1, 3, "W[2][1, 3]"), (1, "b", 2, 0, "b[1][2, 0]"), (3, "W", 0, 2, "W[3][0, 2]")],
)
def test_the_worst_offender_is_named_with_both_numbers(
    layer: int, kind: str, row: int, column: int, name: str
) -> None:
    case = make_case(NetworkConfig((2, 4, 3, 1)), 8, seed=5)
    gradient = backward_propagation(case.X, case.Y, case.parameters, case.network)
    blocks = gradient.W if kind == "W" else gradient.b
    right = float(blocks[layer - 1][row, column])
    blocks[layer - 1][row, column] = right + 0.25
    report = check_gradients(case.X, case.Y, case.parameters, case.network, gradient=gradient)
    assert report.worst.name == name
    assert report.worst.gradient == right + 0.25
    assert report.worst.central_difference == pytest.approx(right, abs=1e-8)
    assert list(report.blocks) == ["W[1]", "b[1]", "W[2]", "b[2]", "W[3]", "b[3]"]
    wrong = [block for block, difference in report.blocks.items() if difference > RIGHT]
    assert wrong == [f"{kind}[{layer}]"]


def test_the_report_of_a_right_gradient_is_small_in_every_block() -> None:
    case = make_case(NetworkConfig((2, 4, 3)), 8, seed=5)
    report = check_gradients(case.X, case.Y, case.parameters, case.network, l1=0.1, l2=0.2)
    assert max(report.difference, *report.blocks.values()) < RIGHT
    arguments = (case.X, case.Y, case.parameters, case.network)
    assert gradient_check(*arguments, l1=0.1, l2=0.2) == report.difference


def test_the_report_reads_as_a_table() -> None:
    report = GradientReport(0.25, {"W[1]": 0.5, "b[1]": 3e-10}, Offender("W[1][0, 3]", 1.5, -0.5))
    assert str(report).splitlines() == [
        "relative difference 0.25",
        "  W[1]: 0.5",
        "  b[1]: 3e-10",
        "the most apart is W[1][0, 3]: gradient 1.5, central difference -0.5",
    ]


def test_a_gradient_of_another_network_is_refused() -> None:
    case = make_case(NetworkConfig((2, 1)), 8, seed=5)
    message = re.escape("parameters have layers (2, 3, 1); accepted: (2, 1)")
    with pytest.raises(ValueError, match=message):
        check_gradients(
            case.X,
            case.Y,
            case.parameters,
            case.network,
            gradient=Parameters.zeros((2, 3, 1)),
        )


def test_an_epsilon_of_zero_is_refused() -> None:
    case = make_case(NetworkConfig((2, 1)), 8, seed=5)
    with pytest.raises(ValueError, match=r"epsilon is 0\.0; accepted: a number above 0"):
        gradient_check(case.X, case.Y, case.parameters, case.network, epsilon=0.0)

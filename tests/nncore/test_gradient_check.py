"""The check passes on every right formula, and its report names what is wrong."""

import re

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    GradientReport,
    NetworkConfig,
    Offender,
    Parameters,
    backward_propagation,
    check_gradients,
    gradient_check,
)
from tests.nncore.cases import Case, cases, make_case

RIGHT = 1e-6


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


def test_an_entry_that_is_not_a_number_is_the_worst() -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 8, seed=5)
    gradient = Parameters.zeros(case.network.layer_dims)
    gradient.W[1][0, 2] = np.nan
    report = check_gradients(case.X, case.Y, case.parameters, case.network, gradient=gradient)
    assert report.worst.name == "W[2][0, 2]"
    assert np.isnan(report.difference)


def test_the_report_reads_as_a_table() -> None:
    report = GradientReport(0.25, {"W[1]": 0.5, "b[1]": 3e-10}, Offender("W[1][0, 3]", 1.5, -0.5))
    assert str(report).splitlines() == [
        "relative difference 0.25",
        "  W[1]: 0.5",
        "  b[1]: 3e-10",
        "the most apart is W[1][0, 3]: gradient 1.5, central difference -0.5",
    ]


def test_weights_in_float32_are_nudged_in_float64() -> None:
    case = make_case(NetworkConfig((2, 3, 1)), 8, seed=5)
    single = Parameters(case.network.layer_dims, case.parameters.vector.astype(np.float32))
    assert gradient_check(case.X, case.Y, single, case.network) < 1e-7


def test_a_gradient_of_another_network_is_refused() -> None:
    case = make_case(NetworkConfig((2, 1)), 8, seed=5)
    message = re.escape("gradient.layer_dims is (2, 3, 1); accepted: (2, 1)")
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

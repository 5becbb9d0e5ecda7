"""Cost and gradient against automatic differentiation: every formula, at any shape."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    NetworkConfig,
    Parameters,
    backward_propagation,
    compute_cost,
)
from tests.nncore.cases import Case, cases, make_case
from tests.peers import autodiff
from tests.peers.agreement import RELATIVE, ROUNDING, assert_layers_agree
from tests.peers.autodiff import cost_and_gradient


def assert_agrees(case: Case, l1: float, l2: float) -> None:
    cost, gradient = cost_and_gradient(case.layers, case.X, case.Y, case.names, l1, l2)
    arguments = (case.X, case.Y, case.parameters, case.network, l1, l2)
    assert compute_cost(*arguments) == pytest.approx(cost, rel=RELATIVE, abs=ROUNDING)
    assert_layers_agree(backward_propagation(*arguments), gradient)


@pytest.mark.parametrize("n_y", [1, 3])
@pytest.mark.parametrize("l2", [0.0, 0.7])
@pytest.mark.parametrize("l1", [0.0, 0.3])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_every_activation_with_every_output_and_penalty(
    activation: str, output: str, l1: float, l2: float, n_y: int
) -> None:
    units = max(n_y, OUTPUTS[output].minimum_units)
    assert_agrees(make_case(NetworkConfig((2, 5, 4, units), activation, output), 30, 7), l1, l2)


@given(case=cases(), l1=st.sampled_from([0.0, 0.3]), l2=st.sampled_from([0.0, 0.7]))
def test_any_shape_and_mixture_of_activations(case: Case, l1: float, l2: float) -> None:
    assert_agrees(case, l1, l2)


@pytest.mark.parametrize("slope", [0.0, 0.3, 1.0])
def test_leaky_units_of_any_slope(slope: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(autodiff.ACTIVATIONS, "leaky_relu", autodiff.leaky_relu(slope))
    network = NetworkConfig((2, 5, 4, 1), "leaky_relu", leaky_slope=slope)
    assert_agrees(make_case(network, 30, 7), l1=0.3, l2=0.7)


def test_a_slip_in_one_weight_is_noticed() -> None:
    case = make_case(NetworkConfig((2, 4, 1)), 30, seed=7)
    gradient = backward_propagation(case.X, case.Y, case.parameters, case.network)
    _, wanted = cost_and_gradient(case.layers, case.X, case.Y, case.names)
    slipped = Parameters(gradient.layer_dims, gradient.vector * (1 + 1e-7 * np.eye(17)[3]))
    with pytest.raises(AssertionError, match=r"W\[1\]"):
        assert_layers_agree(slipped, wanted)

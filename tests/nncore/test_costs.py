import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import OUTPUTS, CostParts, NetworkConfig, Parameters, compute_cost, cost_parts
from nncore.costs import LARGEST, data_cost, penalty
from tests.nncore.cases import Case, cases

finite = st.floats(allow_nan=False, allow_infinity=False)


@given(logits=st.lists(finite, min_size=1, max_size=6), label=st.sampled_from([0.0, 0.5, 1.0]))
def test_sigmoid_cost_is_finite_for_any_finite_logits(logits: list[float], label: float) -> None:
    ZL = np.array([logits])
    cost = data_cost(ZL, np.full_like(ZL, label), NetworkConfig((2, 1)))
    assert 0.0 <= cost <= LARGEST


@given(
    columns=st.lists(st.tuples(finite, finite, finite), min_size=1, max_size=4),
    label=st.integers(0, 2),
)
def test_softmax_cost_is_finite_for_any_finite_logits(
    columns: list[tuple[float, float, float]], label: int
) -> None:
    ZL = np.array(columns).T
    Y = np.zeros_like(ZL)
    Y[label] = 1.0
    cost = data_cost(ZL, Y, NetworkConfig((2, 3), output="softmax"))
    assert -1e-9 <= cost <= LARGEST


@given(logits=st.lists(finite, min_size=1, max_size=6), target=finite)
def test_linear_cost_is_finite_for_any_finite_logits(logits: list[float], target: float) -> None:
    ZL = np.array([logits])
    cost = data_cost(ZL, np.full_like(ZL, target), NetworkConfig((2, 1), output="linear"))
    assert 0.0 <= cost <= LARGEST


@pytest.mark.parametrize("broken", [np.inf, -np.inf, np.nan])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
def test_logits_that_are_not_finite_are_not_hidden(output: str, broken: float) -> None:
    ZL = np.array([[1.0, broken], [1.0, 2.0]])
    Y = np.array([[0.0, 0.5], [1.0, 0.5]])
    assert not np.isfinite(data_cost(ZL, Y, NetworkConfig((2, 2), output=output)))


@given(logits=st.lists(finite, min_size=1, max_size=6), label=st.sampled_from([0.0, 0.5, 1.0]))
def test_squared_error_of_a_sigmoid_is_at_most_a_half(logits: list[float], label: float) -> None:
    ZL = np.array([logits])
    network = NetworkConfig((2, 1), output="sigmoid_squared_error")
    assert 0.0 <= data_cost(ZL, np.full_like(ZL, label), network) <= 0.5


def test_a_saturated_wrong_answer_costs_its_logit() -> None:
    network = NetworkConfig((2, 1))
    assert data_cost(np.array([[1e6]]), np.array([[0.0]]), network) == 1e6


def test_a_saturated_right_answer_keeps_its_tiny_loss() -> None:
    network = NetworkConfig((2, 1))
    cost = data_cost(np.array([[50.0]]), np.array([[1.0]]), network)
    assert cost == pytest.approx(np.exp(-50.0), rel=1e-12)


def test_penalty_is_lambda_over_m_and_spares_the_biases() -> None:
    parameters = Parameters.from_layers(W=[[[3.0, -1.0]], [[2.0]]], b=[[100.0], [-100.0]])
    assert penalty(parameters, l1=0.5, l2=0.0, m=4) == pytest.approx(0.5 / 4 * 6.0)
    assert penalty(parameters, l1=0.0, l2=0.5, m=4) == pytest.approx(0.5 / 8 * 14.0)
    assert penalty(parameters, l1=0.0, l2=0.0, m=4) == 0.0


def test_the_penalty_of_huge_weights_is_finite() -> None:
    parameters = Parameters.from_layers(W=[[[1e200, 0.0]]], b=[[0.0]])
    assert penalty(parameters, l1=0.25, l2=0.0, m=1) == pytest.approx(2.5e199)
    assert np.isfinite(penalty(parameters, l1=0.0, l2=0.25, m=1))
    parameters.vector[0] = np.inf
    assert penalty(parameters, l1=0.25, l2=0.0, m=1) == np.inf


@given(case=cases(), l1=st.sampled_from([0.0, 0.3]), l2=st.sampled_from([0.0, 0.7]))
def test_the_parts_are_the_loss_and_the_penalty(case: Case, l1: float, l2: float) -> None:
    arguments = (case.X, case.Y, case.parameters, case.network)
    parts = cost_parts(*arguments, l1=l1, l2=l2)
    assert parts.data == compute_cost(*arguments)
    assert parts.penalty == penalty(case.parameters, l1, l2, case.X.shape[1])
    assert parts.total == compute_cost(*arguments, l1=l1, l2=l2) == parts.data + parts.penalty


def test_parts_beyond_float64_still_make_a_finite_cost() -> None:
    parameters = Parameters.from_layers(W=[[[1e200, 0.0]]], b=[[0.0]])
    X, Y = np.array([[1e100], [1.0]]), np.array([[1.0]])
    parts = cost_parts(X, Y, parameters, NetworkConfig((2, 1), output="linear"), l2=1.0)
    assert (parts.data, parts.penalty, parts.total) == (LARGEST, LARGEST, LARGEST)


def test_a_cost_that_is_not_a_number_is_not_hidden() -> None:
    assert np.isnan(CostParts(float("nan"), 1.0).total)
    assert np.isinf(CostParts(float("inf"), 1.0).total)
    assert np.isinf(CostParts(1.0, float("inf")).total)

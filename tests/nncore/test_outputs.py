import numpy as np
import pytest

from nncore import OUTPUTS, FloatArray
from nncore.arrays import run_calls
from tests.nncore import textbook


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_output_is_that_of_the_textbook(name: str) -> None:
    Z = np.random.default_rng(1).normal(0, 3, (3, 20))
    A = np.empty_like(Z)
    run_calls(OUTPUTS[name].forward(Z, A))
    np.testing.assert_allclose(A, textbook.activate(name, Z), atol=1e-15)


def test_softmax_columns_sum_to_one_for_huge_logits() -> None:
    columns = [[1e300, 0.0, -1e300], [-1e308, 1e308, 0.0], [5.0, 5.0, 5.0], [-8e3, -9e3, -9e3]]
    Z = np.array(columns).T.copy()
    A = np.empty_like(Z)
    run_calls(OUTPUTS["softmax"].forward(Z, A))
    wanted = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [1 / 3] * 3, [1.0, 0.0, 0.0]]
    np.testing.assert_allclose(A.T, wanted, atol=1e-15)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_a_stack_of_runs_is_every_run_by_itself(name: str) -> None:
    g = OUTPUTS[name]
    random = np.random.default_rng(2)
    Z, Y = random.normal(0, 3, (4, 3, 7)), np.eye(3)[:, random.integers(3, size=(4, 7))]
    Y = np.ascontiguousarray(Y.transpose(1, 0, 2))

    def outcome(Z: FloatArray, Y: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        A, dZ = np.empty_like(Z), np.empty_like(Z)
        run_calls([*g.forward(Z, A), *g.backward(A, Y, dZ)])
        return A, dZ, g.losses(Z, Y)

    single = [outcome(*run) for run in zip(Z, Y, strict=True)]
    for stacked, runs in zip(outcome(Z, Y), zip(*single, strict=True), strict=True):
        np.testing.assert_array_equal(stacked, runs)


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_backward_is_the_derivative_of_the_loss(name: str) -> None:
    g = OUTPUTS[name]
    random = np.random.default_rng(3)
    Z, Y = random.normal(0, 2, (3, 9)), np.eye(3)[:, random.integers(3, size=9)]
    A, dZ = np.empty_like(Z), np.empty_like(Z)
    run_calls([*g.forward(Z, A), *g.backward(A, Y, dZ)])
    for unit in range(3):
        nudge = 1e-6 * np.eye(3)[:, [unit]]
        above, below = g.losses(Z + nudge, Y).sum(0), g.losses(Z - nudge, Y).sum(0)
        np.testing.assert_allclose(dZ[unit], (above - below) / 2e-6, atol=1e-8)


def test_a_mismatched_unit_that_is_surely_wrong_hardly_learns() -> None:
    A, Y, dZ = np.array([[0.9999]]), np.array([[0.0]]), np.empty((1, 1))
    run_calls(OUTPUTS["sigmoid_squared_error"].backward(A, Y, dZ))
    assert 0 < dZ.item() < 1.1e-4
    run_calls(OUTPUTS["sigmoid"].backward(A, Y, dZ))
    assert dZ.item() == 0.9999


def test_what_an_output_means_is_a_property_of_it() -> None:
    means = {o.name: (o.classifies, o.exclusive, o.in_nats) for o in OUTPUTS.values()}
    assert means == {
        "sigmoid": (True, False, True),
        "softmax": (True, True, True),
        "linear": (False, False, False),
        "sigmoid_squared_error": (True, False, False),
    }


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_texts_for_people_are_complete(name: str) -> None:
    record = OUTPUTS[name]
    assert record.name == name
    assert record.label
    assert record.formula.startswith(record.symbol)
    assert record.cost_formula.startswith("J = ")
    assert record.derivative_formula.startswith("dZ[L] = ")
    assert record.description.endswith(".")

import numpy as np
import pytest

from nncore import OUTPUTS
from nncore.activations import run_calls
from tests.nncore import textbook


@pytest.mark.parametrize("name", sorted(OUTPUTS))
def test_output_is_that_of_the_textbook(name: str) -> None:
    Z = np.random.default_rng(1).normal(0, 3, (3, 20))
    A = np.empty_like(Z)
    run_calls(OUTPUTS[name].forward(Z, A))
    np.testing.assert_allclose(A, textbook.activate(name, Z), atol=1e-15)


def test_softmax_columns_sum_to_one_for_huge_logits() -> None:
    Z = np.array([[1e300, -1e308, 5.0], [0.0, 1e308, 5.0], [-1e300, 0.0, 5.0]])
    A = np.empty_like(Z)
    run_calls(OUTPUTS["softmax"].forward(Z, A))
    np.testing.assert_allclose(A, [[1, 0, 1 / 3], [0, 1, 1 / 3], [0, 0, 1 / 3]], atol=1e-15)


@pytest.mark.parametrize("name", ["sigmoid", "softmax", "linear"])
def test_texts_for_people_are_complete(name: str) -> None:
    record = OUTPUTS[name]
    assert record.name == name
    assert record.label
    assert record.formula.startswith(record.symbol)
    assert record.cost_formula.startswith("J = ")
    assert record.description.endswith(".")

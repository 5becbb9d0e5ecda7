import numpy as np
import pytest

from nncore import ACTIVATIONS
from tests.nncore import textbook

NAMES = sorted(ACTIVATIONS)
POINTS = np.array([-800.0, -30.0, -2.5, -1e-3, 0.0, 1e-3, 0.7, 3.0, 40.0, 800.0])


def test_the_activations_of_the_notes_are_there() -> None:
    assert set(ACTIVATIONS) == {"identity", "sigmoid", "tanh", "relu", "leaky_relu", "step"}


@pytest.mark.parametrize("name", NAMES)
def test_value_is_that_of_the_textbook(name: str) -> None:
    np.testing.assert_allclose(
        ACTIVATIONS[name](POINTS), textbook.activate(name, POINTS), rtol=0, atol=2e-16
    )


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_that_of_the_textbook(name: str) -> None:
    np.testing.assert_allclose(
        ACTIVATIONS[name].derivative(POINTS), textbook.slope(name, POINTS), rtol=0, atol=3e-16
    )


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_the_slope_of_the_function(name: str) -> None:
    z = np.array([-2.0, -0.5, 0.4, 1.5])
    g = ACTIVATIONS[name]
    np.testing.assert_allclose(g.derivative(z), (g(z + 1e-6) - g(z - 1e-6)) / 2e-6, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
def test_values_stay_in_the_declared_range_and_reach_towards_it(name: str) -> None:
    values = ACTIVATIONS[name](POINTS)
    low, high = ACTIVATIONS[name].range
    assert low <= values.min()
    assert values.max() <= high
    assert values.max() == pytest.approx(high) or (np.isinf(high) and values.max() == 800.0)


@pytest.mark.parametrize("name", NAMES)
def test_not_a_number_is_not_hidden(name: str) -> None:
    assert np.isnan(ACTIVATIONS[name](np.array([np.nan]))).all()


@pytest.mark.parametrize("name", NAMES)
def test_texts_for_people_are_complete(name: str) -> None:
    record = ACTIVATIONS[name]
    assert record.name == name
    assert record.label
    assert record.formula.startswith(f"{record.symbol}(z) = ")
    assert record.derivative_formula.startswith(f"{record.symbol}′(z) = ")
    assert record.description.endswith(".")

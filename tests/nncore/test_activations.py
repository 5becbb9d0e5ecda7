import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike

from nncore import ACTIVATIONS, Activation, FloatArray
from nncore.activations import GELU_LOWEST, SATURATED, leaky_relu
from nncore.arrays import DType, run_calls
from tests.nncore import textbook
from tests.nncore.memory import bytes_needed

NAMES = sorted(ACTIVATIONS)
POINTS = np.array([-800.0, -30.0, -2.5, -1e-3, 0.0, 1e-3, 0.7, np.pi / 2, 3.0, 40.0, 800.0])
EVERYWHERE = np.linspace(-60.0, 60.0, 240_001)


def test_the_activations_of_the_notes_come_first() -> None:
    assert list(ACTIVATIONS) == [
        *("identity", "sigmoid", "tanh", "relu", "leaky_relu", "step"),
        *("elu", "gelu", "softplus", "sine"),
    ]


@pytest.mark.parametrize("name", NAMES)
def test_value_is_that_of_the_textbook(name: str) -> None:
    np.testing.assert_allclose(
        ACTIVATIONS[name](POINTS), textbook.activate(name, POINTS), rtol=2e-16, atol=3e-16
    )


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_that_of_the_textbook(name: str) -> None:
    np.testing.assert_allclose(
        ACTIVATIONS[name].derivative(POINTS), textbook.slope(name, POINTS), rtol=0, atol=1e-15
    )


@pytest.mark.parametrize("name", NAMES)
def test_derivative_is_the_slope_of_the_function(name: str) -> None:
    assert_is_slope(ACTIVATIONS[name])


@pytest.mark.parametrize("slope", [0.0, 0.2, 1.0])
def test_derivative_of_any_leaky_relu_is_the_slope_of_the_function(slope: float) -> None:
    assert_is_slope(leaky_relu(slope))


def assert_is_slope(g: Activation) -> None:
    z = np.array([-7.0, -4.0, -2.0, -0.75, -0.5, 0.4, 1.5, 5.0])
    np.testing.assert_allclose(g.derivative(z), (g(z + 1e-6) - g(z - 1e-6)) / 2e-6, atol=1e-8)


@pytest.mark.parametrize("name", NAMES)
@given(z=st.floats(allow_nan=False, allow_infinity=False))
def test_any_finite_z_has_a_finite_value_and_slope(name: str, z: float) -> None:
    g = ACTIVATIONS[name]
    assert np.isfinite(g(z))
    assert np.isfinite(g.derivative(z))


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


def slopes(g: Activation, z: FloatArray) -> FloatArray:
    """|g′| as shares of its largest value; 0 for a function that is flat everywhere."""
    steepness = np.abs(g.derivative(z))
    largest = np.abs(g.derivative(EVERYWHERE)).max()
    return steepness / largest if largest else steepness


@pytest.mark.parametrize("name", [name for name in NAMES if ACTIVATIONS[name].saturation])
def test_beyond_the_saturation_limits_the_slope_is_below_a_hundredth(name: str) -> None:
    g = ACTIVATIONS[name]
    assert g.saturation is not None
    low, high = g.saturation
    outside = (low - 1e-6 > EVERYWHERE) | (high + 1e-6 < EVERYWHERE)
    assert outside.any()
    assert slopes(g, EVERYWHERE[outside]).max() < SATURATED
    inside = np.array([limit for limit in (low + 1e-6, high - 1e-6) if np.isfinite(limit)])
    assert (slopes(g, inside) >= SATURATED).all() or not g.learns


@pytest.mark.parametrize("name", [name for name in NAMES if not ACTIVATIONS[name].saturation])
def test_an_activation_without_limits_is_steep_again_and_again(name: str) -> None:
    for window in pairwise(np.linspace(-60.0, 60.0, 13)):
        assert slopes(ACTIVATIONS[name], np.linspace(*window, 1000)).max() >= SATURATED


def test_a_leaky_relu_that_hardly_leaks_saturates() -> None:
    assert leaky_relu(0.01).saturation is None
    assert leaky_relu(0.009).saturation == (0.0, math.inf)
    assert leaky_relu(0.0).range == (0.0, math.inf)


def test_a_leaky_relu_shows_its_slope() -> None:
    g = leaky_relu(0.2)
    assert g.formula == "LReLU(z) = max(0.2 z, z)"
    assert g.derivative_formula == "LReLU′(z) = 1 for z ≥ 0, otherwise 0.2"
    assert g([-5.0, 5.0]).tolist() == [-1.0, 5.0]
    assert g.derivative([-5.0, 5.0]).tolist() == [0.2, 1.0]


def test_only_the_step_learns_nothing() -> None:
    assert [name for name in NAMES if not ACTIVATIONS[name].learns] == ["step"]
    assert not slopes(ACTIVATIONS["step"], EVERYWHERE).any()


def test_gelu_is_close_to_the_exact_one() -> None:
    z = np.linspace(-8.0, 8.0, 16_001)
    exact = z * np.array([0.5 * (1 + math.erf(value / math.sqrt(2))) for value in z])
    assert 0.0004 < np.abs(ACTIVATIONS["gelu"](z) - exact).max() < 0.00048


def test_gelu_dips_to_its_declared_least_value() -> None:
    z = np.linspace(-0.76, -0.74, 20_001)
    assert ACTIVATIONS["gelu"](z).min() == pytest.approx(GELU_LOWEST, abs=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_a_stack_of_runs_is_every_run_by_itself(name: str) -> None:
    g = ACTIVATIONS[name]
    Z = np.random.default_rng(1).normal(0.0, 3.0, (4, 3, 7))
    np.testing.assert_array_equal(g(Z), [g(run) for run in Z])
    np.testing.assert_array_equal(g.derivative(Z), [g.derivative(run) for run in Z])


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_replaying_allocates_nothing_and_keeps_the_dtype(name: str, dtype: DType) -> None:
    g = ACTIVATIONS[name]
    Z: FloatArray = np.linspace(-3.0, 3.0, 10_000, dtype=dtype).reshape(4, 2500)
    A, dZ = np.empty_like(Z), np.empty_like(Z)
    calls = [*g.forward(Z, A), *g.backward(Z, A, np.ones_like(Z), dZ)]
    run_calls(calls)
    assert bytes_needed(lambda: run_calls(calls)) < Z.nbytes / 8
    wanted = textbook.slope(name, Z.astype(np.float64))
    np.testing.assert_allclose(dZ, wanted, atol=1e-5 if dtype is np.float32 else 1e-14)


@pytest.mark.parametrize("z", [np.zeros((3, 0)), 5, [1, 2], np.array([[1], [2]])])
def test_empty_single_and_integer_inputs_keep_their_shape(z: ArrayLike) -> None:
    for g in ACTIVATIONS.values():
        assert g(z).shape == g.derivative(z).shape == np.asarray(z).shape

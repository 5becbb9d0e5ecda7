"""Colored activations: the right color for every number, and for what is none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import NDArray

from app.render.grid import Region, grid_points
from app.render.maps import color_output, color_units
from app.render.palette import LEVELS
from nncore import ACTIVATIONS, FloatArray, GridEvaluator, NetworkConfig, Parameters
from tests.app.render.pixels import NEUTRAL, PALETTE

SIGMOID = NetworkConfig((2, 1))
SOFTMAX = NetworkConfig((2, 3), output="softmax")
MISMATCHED = NetworkConfig((2, 1), output="sigmoid_squared_error")
LINEAR = NetworkConfig((2, 1), output="linear")
LARGEST = float(np.finfo(np.float32).max)
any_float32 = st.floats(width=32)


def _row(*numbers: float) -> NDArray[np.float32]:
    return np.array([numbers], np.float32)


@pytest.mark.parametrize(
    ("network", "outputs"),
    [
        (SIGMOID, (0.0, 0.5, 1.0)),
        (MISMATCHED, (0.0, 0.5, 1.0)),
        (LINEAR, (-2.0, 0.0, 2.0)),
    ],
)
def test_one_output_goes_from_the_first_class_to_the_second(
    network: NetworkConfig, outputs: tuple[float, ...]
) -> None:
    pixels = color_output(_row(*outputs), network, PALETTE, limit=2.0)
    assert pixels.tolist() == [PALETTE.boundary[0], NEUTRAL, PALETTE.boundary[-1]]


@pytest.mark.parametrize("network", [SIGMOID, LINEAR, MISMATCHED])
def test_beyond_the_ends_are_the_ends(network: NetworkConfig) -> None:
    pixels = color_output(_row(-1.1, -LARGEST, -np.inf, 1.1, LARGEST, np.inf), network, PALETTE)
    assert pixels.tolist() == [PALETTE.boundary[0]] * 3 + [PALETTE.boundary[-1]] * 3


def test_a_tiny_and_a_huge_scale_have_colors_too() -> None:
    for limit in (1e-300, 1e-30, 1e30, 1e300):
        pixels = color_output(_row(0.0, LARGEST), LINEAR, PALETTE, limit)
        assert pixels[0] == NEUTRAL
        assert np.isin(pixels, PALETTE.boundary).all()


def test_not_a_number_is_undecided() -> None:
    assert color_output(_row(np.nan), SIGMOID, PALETTE).tolist() == [NEUTRAL]
    none = np.full((3, 2), np.nan, np.float32)
    assert color_output(none, SOFTMAX, PALETTE).tolist() == [NEUTRAL] * 2


def test_the_likeliest_class_gives_its_color_and_how_sure_it_is() -> None:
    A = np.array([[1, 0, 0, 1 / 3, 0.7], [0, 1, 0, 1 / 3, 0.2], [0, 0, 1, 1 / 3, 0.1]], np.float32)
    pixels = color_output(A, SOFTMAX, PALETTE)
    assert pixels[:3].tolist() == PALETTE.sureness[:, -1].tolist()
    assert pixels[3] == NEUTRAL
    assert pixels[4] == PALETTE.sureness[0, int((0.7 - 1 / 3) * 1.5 * LEVELS)]


@given(hnp.arrays(np.float32, (1, 4), elements=any_float32))
def test_any_output_has_a_color_of_the_table(A: FloatArray) -> None:
    assert np.isin(color_output(A, LINEAR, PALETTE), PALETTE.boundary).all()


@given(hnp.arrays(np.float32, (3, 4), elements=st.floats(0, 1, width=32) | st.just(np.nan)))
def test_any_chances_have_a_color_of_the_table(A: FloatArray) -> None:
    assert np.isin(color_output(A, SOFTMAX, PALETTE), PALETTE.sureness).all()


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
@given(unit=hnp.arrays(np.float32, (2, 5), elements=any_float32))
def test_any_answer_of_a_unit_has_a_color(name: str, unit: FloatArray) -> None:
    network = NetworkConfig((2, 2, 1), name)
    X = np.ones((2, 5), np.float32)
    pixels = color_units(X, [unit, unit[:1]], network, PALETTE)
    assert np.isin(pixels, PALETTE.diverging).all()


@given(st.integers(-30, 8), st.integers(1, 5))
def test_even_weights_near_the_limits_make_a_picture(exponent: int, hidden: int) -> None:
    network = NetworkConfig((2, hidden, hidden, 3), "relu", "softmax")
    X = grid_points(Region(-3, 3, -3, 3), 4, 4)
    signs = np.resize([1.0, -1.0, 1.0], network.n_parameters)
    parameters = Parameters(network.layer_dims, signs * LARGEST * 10.0**exponent)
    A = GridEvaluator(network, 16).evaluate(X, parameters)
    assert color_output(A[-1], network, PALETTE).shape == (16,)
    assert color_units(X, A, network, PALETTE).shape == (2 + 2 * hidden + 3, 16)


def test_rows_are_inputs_hidden_units_by_layer_outputs() -> None:
    network = NetworkConfig((2, 2, 1, 1), ("tanh", "sigmoid"))
    X = np.array([[-1, 0, 1], [1, 0, -1]], np.float32)
    A = [
        np.array([[-1, 0, 1], [1, 1, 1]], np.float32),
        _row(0, 0.5, 1),
        _row(1, 0.5, 0),
    ]
    low, high = int(PALETTE.diverging[0]), int(PALETTE.diverging[-1])
    assert color_units(X, A, network, PALETTE).tolist() == [
        [low, NEUTRAL, high],
        [high, NEUTRAL, low],
        [low, NEUTRAL, high],
        [high, high, high],
        [low, NEUTRAL, high],
        [high, NEUTRAL, low],
    ]


def test_inputs_are_centered_on_what_is_shown() -> None:
    X = np.array([[100, 101, 102], [-5, -5, -5]], np.float32)
    pixels = color_units(X, [_row(0, 0, 0)], SIGMOID, PALETTE)
    assert pixels[0].tolist() == [PALETTE.diverging[0], NEUTRAL, PALETTE.diverging[-1]]
    assert pixels[1].tolist() == [NEUTRAL] * 3


@pytest.mark.parametrize("scale", [1e-38, 1e-3, 1.0, 1e6, 3e38])
def test_a_unit_without_bounds_is_scaled_by_its_own_largest(scale: float) -> None:
    network = NetworkConfig((2, 3, 1), "relu")
    X = np.zeros((2, 3), np.float32)
    hidden = np.array([[0, 0.5, 1], [0, 0, 0], [0.25, 0, 0]]) * scale
    pixels = color_units(X, [hidden.astype(np.float32), _row(0, 0, 0)], network, PALETTE)
    highest, middle = PALETTE.diverging[-1], PALETTE.diverging[LEVELS * 3 // 4]
    assert pixels[2].tolist() == [NEUTRAL, middle, highest]
    assert pixels[3].tolist() == [NEUTRAL] * 3
    assert pixels[4].tolist() == [highest, NEUTRAL, NEUTRAL]


def test_the_sign_of_an_unbounded_unit_is_readable() -> None:
    network = NetworkConfig((2, 1, 1), "leaky_relu")
    X = np.zeros((2, 3), np.float32)
    pixels = color_units(X, [_row(-1, 0, 2), _row(0, 0, 0)], network, PALETTE)
    assert pixels[2].tolist() == [PALETTE.diverging[LEVELS // 4], NEUTRAL, PALETTE.diverging[-1]]


def test_an_overflowed_answer_does_not_hide_the_others() -> None:
    network = NetworkConfig((2, 2, 1), "relu")
    X = np.zeros((2, 3), np.float32)
    hidden = np.array([[np.nan, 1, 2], [np.inf, 0, 1]], np.float32)
    pixels = color_units(X, [hidden, _row(0, 0, 0)], network, PALETTE)
    highest = PALETTE.diverging[-1]
    assert pixels[2].tolist() == [NEUTRAL, PALETTE.diverging[LEVELS * 3 // 4], highest]
    assert pixels[3].tolist() == [highest, NEUTRAL, NEUTRAL]


def test_softmax_outputs_have_their_own_colors() -> None:
    A = np.array([[1, 0], [0, 0], [0, 1]], np.float32)
    pixels = color_units(np.zeros((2, 2), np.float32), [A], SOFTMAX, PALETTE)[2:]
    sure = PALETTE.sureness[:, -1]
    assert pixels.tolist() == [[sure[0], NEUTRAL], [NEUTRAL] * 2, [NEUTRAL, sure[2]]]

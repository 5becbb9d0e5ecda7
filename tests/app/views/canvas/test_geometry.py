import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from app.views.canvas.geometry import (
    along,
    falloff,
    in_disc,
    inside,
    mirrored,
    rotated,
    scattered,
)

Numbers = NDArray[np.float64]

near = st.floats(-100, 100)
places = st.tuples(near, near)
clouds = st.integers(1, 30).flatmap(lambda k: arrays(np.float64, (2, k), elements=near))
SQUARE = np.array([[0.0, 2.0, 2.0, 0.0], [0.0, 0.0, 2.0, 2.0]])


@given(places, places, st.floats(0.1, 50), st.floats(0, 0.99))
def test_places_along_a_way_are_evenly_spaced(
    start: tuple[float, float], end: tuple[float, float], spacing: float, part: float
) -> None:
    rest = part * spacing
    X = along(start, end, spacing, rest)
    length = float(np.hypot(end[0] - start[0], end[1] - start[1]))
    assert X.shape[1] == pytest.approx((length + rest) / spacing, abs=1)
    steps = np.hypot(*np.diff(X, axis=1))
    assert np.allclose(steps, spacing)
    if X.shape[1]:
        assert np.hypot(*(X[:, 0] - start)) == pytest.approx(spacing - rest, abs=1e-6)
        assert np.hypot(*(X[:, -1] - end)) < spacing + 1e-6


@given(clouds, st.floats(-360, 360))
def test_turning_back_is_where_it_was(X: Numbers, degrees: float) -> None:
    assert np.allclose(rotated(rotated(X, degrees), -degrees), X, atol=1e-9)


@given(clouds, st.floats(-360, 360))
def test_turning_keeps_distances_and_the_mean(X: Numbers, degrees: float) -> None:
    turned = rotated(X, degrees)
    assert np.allclose(turned.mean(axis=1), X.mean(axis=1), atol=1e-9)
    center = X.mean(axis=1, keepdims=True)
    assert np.allclose(np.hypot(*(turned - center)), np.hypot(*(X - center)), atol=1e-9)


@given(clouds, st.sampled_from([0, 1]))
def test_mirroring_twice_is_where_it_was(X: Numbers, axis: int) -> None:
    once = mirrored(X, axis)
    assert np.array_equal(once[1 - axis], X[1 - axis])
    assert once[axis].min() == pytest.approx(X[axis].min(), abs=1e-9)
    assert np.allclose(mirrored(once, axis), X, atol=1e-9)


@given(places, st.floats(0.1, 50), clouds)
def test_a_regular_polygon_is_told_from_its_half_planes(
    center: tuple[float, float], radius: float, X: Numbers
) -> None:
    angle = np.linspace(0, 2 * np.pi, 7, endpoint=False)
    corners = np.array(center)[:, np.newaxis] + radius * np.stack([np.cos(angle), np.sin(angle)])
    edges = np.roll(corners, -1, axis=1) - corners
    to_point = X[:, :, np.newaxis] - corners[:, np.newaxis]
    left = edges[0] * to_point[1] - edges[1] * to_point[0]
    clear = (np.abs(left) > 1e-6).all(axis=1)
    assert np.array_equal(inside(X, corners)[clear], (left > 0).all(axis=1)[clear])


@given(clouds, st.integers(0, 3))
def test_neither_the_first_corner_nor_the_direction_matters(X: Numbers, first: int) -> None:
    expected = inside(X, SQUARE)
    assert np.array_equal(inside(X, np.roll(SQUARE, first, axis=1)), expected)
    assert np.array_equal(inside(X, SQUARE[:, ::-1]), expected)


def test_what_is_surrounded_twice_is_outside() -> None:
    twice = np.concatenate([SQUARE, SQUARE], axis=1)
    assert not inside(np.array([[1.0], [1.0]]), twice).any()
    assert inside(np.array([[1.0], [1.0]]), SQUARE).all()


def test_a_concave_region_has_a_bay() -> None:
    bay = np.array([[0.0, 4.0, 4.0, 2.0, 0.0], [0.0, 0.0, 4.0, 1.0, 4.0]])
    assert inside(np.array([[2.0, 2.0, 0.5], [3.0, 0.5, 2.0]]), bay).tolist() == [
        False,
        True,
        True,
    ]


def test_a_region_is_filled_evenly() -> None:
    X = scattered(SQUARE, 1000.0, np.random.default_rng(0))
    assert X.shape[1] == pytest.approx(4000, rel=0.1)
    assert (X[0] < 1.0).mean() == pytest.approx(0.5, abs=0.05)
    assert inside(X, SQUARE).all()


def test_an_even_disc_has_its_radius_and_a_normal_one_its_spread() -> None:
    rng = np.random.default_rng(0)
    even = in_disc((3.0, -1.0), 2.0, 4000, rng, gaussian=False) - np.array([[3.0], [-1.0]])
    normal = in_disc((3.0, -1.0), 2.0, 4000, rng, gaussian=True) - np.array([[3.0], [-1.0]])
    assert np.hypot(*even).max() <= 2.0
    assert (np.hypot(*even) < np.sqrt(2)).mean() == pytest.approx(0.5, abs=0.05)
    assert normal.std() == pytest.approx(1.0, rel=0.05)


def test_a_brush_takes_hold_in_its_middle_only() -> None:
    strength = falloff(np.array([0.0, 1.0, 4.0, 9.0]), 2.0)
    assert strength.tolist() == [1.0, 0.75**2, 0.0, 0.0]

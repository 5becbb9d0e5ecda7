"""Grids: the centers of square cells, from the top left, over exactly the region."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.render.grid import Region, grid_points, shape_for

regions = st.builds(
    lambda left, bottom, width, height: Region(left, left + width, bottom, bottom + height),
    st.floats(-100, 100),
    st.floats(-100, 100),
    st.floats(0.5, 50),
    st.floats(0.5, 50),
)


def _assert_close(actual: NDArray[np.float64], desired: float) -> None:
    np.testing.assert_allclose(actual, desired, rtol=0, atol=1e-4)


def test_centers_row_by_row_from_the_top() -> None:
    X = grid_points(Region(0, 4, 10, 14), 2, 4)
    assert X.dtype == np.float32
    assert X[0].tolist() == [0.5, 1.5, 2.5, 3.5] * 2
    assert X[1].tolist() == [13] * 4 + [11] * 4


@given(regions, st.integers(2, 30), st.integers(2, 30))
def test_cells_cover_the_region_evenly(region: Region, rows: int, columns: int) -> None:
    X = grid_points(region, rows, columns).astype(float).reshape(2, rows, columns)
    width, height = region.width / columns, region.height / rows
    _assert_close(X[0, :, 0], region.left + width / 2)
    _assert_close(X[0, :, -1], region.right - width / 2)
    _assert_close(X[1, 0], region.top - height / 2)
    _assert_close(X[1, -1], region.bottom + height / 2)
    _assert_close(np.diff(X[0], axis=1), width)
    _assert_close(np.diff(X[1], axis=0), -height)


@given(regions, st.integers(2_000, 160_000))
def test_cells_are_square_and_as_many_as_asked(region: Region, cells: int) -> None:
    rows, columns = shape_for(region, cells)
    assert rows * columns == pytest.approx(cells, rel=0.35)
    width, height = region.width / columns, region.height / rows
    assert width == pytest.approx(height, rel=1.2 / min(rows, columns))


@pytest.mark.parametrize("region", [Region(0, 1, 0, 1e4), Region(0, 1e4, 0, 1)])
def test_a_sliver_has_two_cells_across(region: Region) -> None:
    assert min(shape_for(region, 100)) == 2


@given(regions)
def test_the_square_is_the_largest_in_the_middle(region: Region) -> None:
    square = region.square()
    side = min(region.width, region.height)
    assert square.width == pytest.approx(side)
    assert square.height == pytest.approx(side)
    assert square.left + square.right == pytest.approx(region.left + region.right)
    assert square.bottom + square.top == pytest.approx(region.bottom + region.top)

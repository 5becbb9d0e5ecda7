"""Squares for points: each where it belongs, the later above, cut off at the border."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.render import points as points_module
from app.render.points import rasterize_points

WIDTH, HEIGHT = 7, 5
positions = st.floats(-6, 14) | st.sampled_from([-1e300, 1e300, 2.0**40, -(2.0**31), np.inf])


def _draw(x: list[float], y: list[float], side: int) -> NDArray[np.uint32]:
    colors = np.arange(1, len(x) + 1, dtype=np.uint32)
    return rasterize_points(np.array(x), np.array(y), colors, (WIDTH, HEIGHT), side)


def _naive(x: list[float], y: list[float], side: int) -> list[list[int]]:
    """One pixel after the other, one point after the other."""
    picture = [[0] * WIDTH for _ in range(HEIGHT)]
    for number, (column, row) in enumerate(zip(x, y, strict=True), start=1):
        if np.isinf(column) or np.isinf(row):
            continue
        left, top = int(column // 1) - side // 2, int(row // 1) - side // 2
        for r in range(HEIGHT):
            for c in range(WIDTH):
                if left <= c < left + side and top <= r < top + side:
                    picture[r][c] = number
    return picture


@given(st.lists(st.tuples(positions, positions), max_size=12), st.integers(1, 5))
@example([(3.0, 3.0), (4.0, 4.0)], 3)
@example([(4.0, 4.0), (3.0, 3.0)], 3)
@example([(0.0, 0.0), (6.9, 4.9)], 1)
@example([(0.0, 0.0), (6.9, 4.9)], 4)
def test_the_same_as_pixel_by_pixel(where: list[tuple[float, float]], side: int) -> None:
    x, y = [place[0] for place in where], [place[1] for place in where]
    assert _draw(x, y, side).tolist() == _naive(x, y, side)


def test_many_points_are_drawn_in_order_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(points_module, "AT_ONCE", 16)
    random = np.random.default_rng(1)
    x, y = random.uniform(-3, 10, (2, 500)).tolist()
    assert _draw(x, y, 3).tolist() == _naive(x, y, 3)


@pytest.mark.parametrize("far", [1e9, 1e19, -1e19, 1e300, np.inf, -np.inf, np.nan])
def test_nothing_far_away_comes_back_on_the_other_side(far: float) -> None:
    assert not _draw([far, 3, far], [3, far, far], 3).any()


def test_a_position_that_wraps_in_64_bits_is_outside() -> None:
    assert not _draw([2.0**64 + 4096, 2.0**63], [2.0, 2.0], 3).any()


def test_no_points_and_no_picture() -> None:
    assert _draw([], [], 3).tolist() == [[0] * WIDTH] * HEIGHT
    nothing = rasterize_points(np.zeros(2), np.zeros(2), np.ones(2, np.uint32), (0, 0), 3)
    assert nothing.shape == (0, 0)


def test_the_picture_can_be_handed_to_a_painter() -> None:
    picture = _draw([3.0], [2.0], 3)
    assert picture.shape == (HEIGHT, WIDTH)
    assert picture.dtype == np.uint32
    assert picture.flags.c_contiguous

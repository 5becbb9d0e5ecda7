"""Squares for points: each where it belongs, the later above, cut off at the border.

Every point has a class of its own color, so that a pixel tells whose it is.
"""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.document.columns import Columns
from app.render import points as points_module
from app.render.palette import Palette
from app.render.point_look import Frame, Look
from app.render.points import Squares

WIDTH, HEIGHT = 7, 5
COLORS = 255
LOOK = Look(Palette(tuple(f"#0000{number:02x}" for number in range(COLORS)), "#ffffff"))
positions = st.floats(-6, 14) | st.sampled_from([-1e300, 1e300, 2.0**40, -(2.0**31), np.inf])


def _squares(side: int, width: int = WIDTH, height: int = HEIGHT) -> Squares:
    return Squares(Frame(1, 0, 1, 0, width, height), LOOK, side)


def _columns(x: list[float], y: list[float], test: list[bool] | None = None) -> Columns:
    m = len(x)
    flags = np.array(test or [False] * m, np.bool_)
    return Columns(np.array([x, y], float), np.arange(m) % COLORS, np.zeros(m), flags)


def _draw(x: list[float], y: list[float], side: int) -> NDArray[np.uint32]:
    squares = _squares(side)
    squares.add(_columns(x, y))
    return np.where(squares.pixels, (squares.pixels & 0xFF) + 1, 0)


def _naive(x: list[float], y: list[float], side: int) -> list[list[int]]:
    """One pixel after the other, one point after the other."""
    picture = [[0] * WIDTH for _ in range(HEIGHT)]
    for number, (column, row) in enumerate(zip(x, y, strict=True), start=1):
        color = (number - 1) % COLORS + 1
        if np.isinf(column) or np.isinf(row):
            continue
        left, top = int(column // 1) - side // 2, int(row // 1) - side // 2
        for r in range(HEIGHT):
            for c in range(WIDTH):
                if left <= c < left + side and top <= r < top + side:
                    picture[r][c] = color
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
    nothing = _squares(3, 0, 0)
    nothing.add(_columns([0.0], [0.0]))
    assert nothing.pixels.shape == (0, 0)


def test_the_picture_can_be_handed_to_a_painter() -> None:
    squares = _squares(3)
    assert squares.pixels.shape == (HEIGHT, WIDTH)
    assert squares.pixels.dtype == np.uint32
    assert squares.pixels.flags.c_contiguous


@given(
    st.lists(st.tuples(positions, positions, st.booleans()), max_size=12),
    st.integers(0, 12),
    st.integers(1, 5),
)
def test_points_that_are_added_later_look_as_if_they_had_been_there(
    where: list[tuple[float, float, bool]], first: int, side: int
) -> None:
    columns = _columns(
        [place[0] for place in where], [place[1] for place in where], [place[2] for place in where]
    )
    once, twice = _squares(side), _squares(side)
    once.add(columns)
    twice.add(columns.part(slice(first)))
    twice.add(columns.part(slice(first, None)))
    assert np.array_equal(once.pixels, twice.pixels)


@pytest.mark.parametrize(("side", "hole"), [(1, 0), (2, 0), (3, 1), (4, 4), (5, 9)])
def test_a_test_point_is_hollow_where_there_is_a_middle(side: int, hole: int) -> None:
    squares = _squares(side)
    squares.add(_columns([3.0], [2.0], [True]))
    assert np.count_nonzero(squares.pixels) == side * side - hole


def test_through_a_test_point_one_sees_what_lies_below() -> None:
    squares = _squares(3)
    squares.add(_columns([3.0, 3.0], [2.0, 2.0], [False, True]))
    below, above = LOOK.table[:2]
    assert squares.pixels[1:4, 2:5].tolist() == [
        [above] * 3,
        [above, below, above],
        [above] * 3,
    ]

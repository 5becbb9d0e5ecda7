"""The density of many points: where they lie, of which color, and how many."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from app.document.columns import Columns
from app.render import density as density_module
from app.render.density import FAINTEST, Density
from app.render.palette import Palette, channels_of
from app.render.point_look import Frame, Look

WIDTH, HEIGHT = 6, 4
FRAME = Frame(1, 0, 1, 0, WIDTH, HEIGHT)
PALETTE = Palette(("#ff0000", "#0000ff", "#00ff00"), "#ffffff")
CLASSES, VALUES = Look(PALETTE), Look(PALETTE, limit=1.0)
places = st.floats(-3, 9) | st.sampled_from([np.inf, -np.inf, 1e300, 2.0**64])


def _columns(x: list[float], y: list[float], labels: list[int]) -> Columns:
    m = len(x)
    return Columns(
        np.array([x, y], float).reshape(2, m),
        np.array(labels, np.int64),
        np.linspace(-1, 1, m),
        np.zeros(m, np.bool_),
    )


def _density(columns: Columns, look: Look = CLASSES) -> Density:
    density = Density(FRAME, look)
    density.add(columns)
    return density


def _opacity(density: Density) -> NDArray[np.uint32]:
    return density.pixels >> np.uint32(24)


def _color(density: Density, row: int, column: int) -> list[int]:
    """The color that the pixel would have if it were opaque."""
    pixel = density.pixels[row : row + 1, column]
    return [round(c) for c in (channels_of(pixel)[:, 0] * 255 / int(pixel[0] >> 24)).tolist()]


@given(st.lists(st.tuples(places, places), max_size=30))
def test_exactly_the_pixels_with_points_are_seen(where: list[tuple[float, float]]) -> None:
    x, y = [place[0] for place in where], [place[1] for place in where]
    seen = {
        (int(b), int(a)) for a, b in zip(x, y, strict=True) if 0 <= a < WIDTH and 0 <= b < HEIGHT
    }
    density = _density(_columns(x, y, [0] * len(x)))
    assert {(int(r), int(c)) for r, c in zip(*np.nonzero(density.pixels), strict=True)} == seen


def test_where_more_points_lie_it_is_more_opaque_and_a_single_one_is_seen() -> None:
    density = _density(_columns([0.5] + [1.5] * 10 + [2.5] * 1000, [0.5] * 1011, [0] * 1011))
    single, some, many = _opacity(density)[0, :3].tolist()
    assert single == round(255 * FAINTEST)
    assert single < some < many == 255


def test_a_pixel_has_the_mean_color_of_its_points() -> None:
    density = _density(_columns([0.5, 0.5, 0.5, 3.5], [1.5] * 4, [0, 0, 1, 2]))
    assert _color(density, 1, 0) == [170, 0, 85]
    assert _color(density, 1, 3) == [0, 255, 0]


def test_values_have_the_colors_of_their_scale() -> None:
    density = _density(_columns([0.5, 2.5, 5.5], [0.5] * 3, [0] * 3), VALUES)
    assert [_color(density, 0, column) for column in (0, 5)] == [[255, 0, 0], [0, 0, 255]]


@given(st.lists(st.tuples(places, places, st.integers(0, 2)), min_size=1, max_size=30), st.data())
def test_points_that_are_added_later_are_counted_like_the_others(
    where: list[tuple[float, float, int]], data: st.DataObject
) -> None:
    columns = _columns(
        [place[0] for place in where], [place[1] for place in where], [place[2] for place in where]
    )
    first = data.draw(st.integers(0, len(where)))
    once = _density(columns)
    twice = _density(columns.part(slice(first)))
    twice.add(columns.part(slice(first, None)))
    assert np.array_equal(once._counts, twice._counts)
    assert np.array_equal(once.pixels != 0, twice.pixels != 0)


def test_points_that_are_added_later_change_the_pixels_they_lie_in_alone() -> None:
    density = _density(_columns([0.5] + [1.5] * 10 + [3.5], [0.5] * 12, [0] * 12))
    before = density.pixels.copy()
    density.add(_columns([0.5] * 2 + [2.5] * 1000, [0.5] * 1002, [1] * 1002))
    assert np.argwhere(density.pixels != before).tolist() == [[0, 0], [0, 2]]
    assert _color(density, 0, 0) == pytest.approx([85, 0, 170], abs=1)
    assert _opacity(density)[0, 2] == 255


def test_some_at_a_time_is_the_same_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(-1, 7, (2, 500)).tolist()
    columns = _columns(x, y, random.integers(0, 3, 500).tolist())
    at_once = _density(columns).pixels
    monkeypatch.setattr(density_module, "AT_ONCE", 7)
    assert np.array_equal(at_once, _density(columns).pixels)


def test_no_channel_exceeds_the_opacity() -> None:
    random = np.random.default_rng(3)
    x, y = random.uniform(0, 6, (2, 500)).tolist()
    density = _density(_columns(x, y, random.integers(0, 3, 500).tolist()))
    assert (channels_of(density.pixels).max(axis=0) <= _opacity(density)).all()

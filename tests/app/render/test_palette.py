"""Color tables: the colors are where they belong, and every step goes the same way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.render.palette import LEVELS, STRONGEST, Palette
from tests.app.render.pixels import NEUTRAL, PALETTE, channels, pixel

colors = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
palettes = st.builds(Palette, st.tuples(colors, colors, colors), colors)


@given(palettes)
def test_diverging_has_the_colors_at_its_ends_and_middle(palette: Palette) -> None:
    table = palette.diverging
    assert table.shape == (LEVELS,)
    assert table[0] == pixel(palette.classes[0])
    assert table[LEVELS // 2 - 1] == table[LEVELS // 2] == pixel(palette.neutral)
    assert table[-1] == pixel(palette.classes[1])


@given(palettes)
def test_boundary_and_sureness_agree_and_begin_neutral(palette: Palette) -> None:
    boundary, sureness = palette.boundary, palette.sureness
    assert sureness.shape == (3, LEVELS)
    assert (sureness[:, 0] == pixel(palette.neutral)).all()
    assert boundary[LEVELS // 2] == boundary[LEVELS // 2 - 1] == pixel(palette.neutral)
    assert boundary[0] == sureness[0, -1]
    assert boundary[-1] == sureness[1, -1]


@given(palettes)
def test_the_ground_of_a_class_is_paler_than_its_points(palette: Palette) -> None:
    neutral = channels(np.array(pixel(palette.neutral)))
    for label, color in enumerate(palette.classes):
        own = channels(np.array(pixel(color)))
        ground = channels(palette.sureness[label, -1])
        assert np.abs(ground - (neutral + STRONGEST * (own - neutral))).max() <= 0.5


@given(palettes)
def test_every_channel_goes_one_way_only(palette: Palette) -> None:
    half = LEVELS // 2
    ramps = [
        table[part]
        for table in (palette.diverging, palette.boundary)
        for part in (slice(None, half), slice(half, None))
    ]
    for ramp in [*ramps, *palette.sureness]:
        steps = np.diff(channels(ramp), axis=0)
        assert ((steps >= 0).all(axis=0) | (steps <= 0).all(axis=0)).all()


@given(palettes)
def test_pixels_are_opaque_32_bit_words(palette: Palette) -> None:
    for table in (palette.diverging, palette.boundary, palette.sureness):
        assert table.dtype == np.uint32
        assert (table >> np.uint32(24) == 0xFF).all()


def test_the_bytes_are_red_green_blue_in_that_order() -> None:
    assert PALETTE.diverging[0] == 0xFFF59322
    assert PALETTE.diverging[-1] == 0xFF0877BD
    assert PALETTE.diverging[LEVELS // 2] == NEUTRAL


@pytest.mark.parametrize("name", ["diverging", "boundary", "sureness"])
def test_a_table_is_computed_once(name: str) -> None:
    assert getattr(PALETTE, name) is getattr(PALETTE, name)


@given(palettes, st.floats(1e-300, 1e300))
def test_values_are_told_by_the_ends_and_the_middle(palette: Palette, limit: float) -> None:
    values = np.array([-2 * limit, -limit, 0.0, limit, np.inf, np.nan])
    low, middle, high = palette.diverging[[0, LEVELS // 2, -1]]
    assert palette.value_colors(values, limit).tolist() == [low, low, middle, high, high, middle]

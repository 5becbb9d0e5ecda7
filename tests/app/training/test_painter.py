"""Pictures of a network: their shape, their region, and that they show what the network says."""

from dataclasses import replace

import numpy as np
import pytest

import nncore
from app.render.grid import Region
from app.training.painter import FEWEST_CELLS, LARGEST_MAP, SMALLEST_MAP, Painter
from app.training.snapshot import Picture, View
from nncore import NetworkConfig, Parameters
from tests.app.training.settings import PALETTE, VIEW

SMALL = NetworkConfig((2, 4, 1))
LARGE = NetworkConfig((2, *[64] * 6, 9), output="softmax")
LARGE_VIEW = replace(VIEW, palette=replace(PALETTE, classes=("#123456",) * 9))


def _parameters(network: NetworkConfig, seed: int = 0) -> Parameters:
    return nncore.initialize_parameters(network, "xavier", seed=seed)


def _boundary(network: NetworkConfig, resting: bool) -> Picture:
    return Painter().paint_boundary(network, _parameters(network), LARGE_VIEW, resting)


def test_a_picture_covers_the_view_in_its_shape() -> None:
    picture = _boundary(SMALL, resting=False)
    rows, columns = picture.pixels.shape
    assert picture.region == VIEW.region
    assert columns / rows == pytest.approx(8 / 6, rel=0.02)
    assert picture.pixels.dtype == np.uint32
    assert not picture.pixels.flags.writeable
    assert picture.pixels.flags.c_contiguous


def test_a_resting_picture_is_finer() -> None:
    for network in (SMALL, NetworkConfig((2, 32, 32, 1))):
        assert _boundary(network, True).pixels.size > 1.9 * _boundary(network, False).pixels.size


def test_more_pictures_a_second_are_coarser_ones() -> None:
    painter = Painter()
    parameters = _parameters(SMALL)
    often = painter.paint_boundary(SMALL, parameters, VIEW, resting=False)
    painter.live_cells //= 2
    twice = painter.paint_boundary(SMALL, parameters, VIEW, resting=False)
    assert twice.pixels.size == pytest.approx(often.pixels.size / 2, rel=0.05)


def test_on_a_larger_canvas_moving_pictures_have_more_cells_and_on_a_smaller_as_many() -> None:
    sizes = []
    for pixels in ((400, 300), (640, 480), (1280, 960)):
        view = replace(VIEW, pixels=pixels)
        picture = Painter().paint_boundary(SMALL, _parameters(SMALL), view, resting=False)
        sizes.append(picture.pixels.size)
    assert sizes[0] == pytest.approx(sizes[1], rel=0.05)
    assert sizes[2] == pytest.approx(4 * sizes[1], rel=0.05)


def test_a_large_network_gets_fewer_cells() -> None:
    for resting in (True, False):
        large, small = _boundary(LARGE, resting), _boundary(SMALL, resting)
        assert 0.9 * FEWEST_CELLS <= large.pixels.size < small.pixels.size


def test_no_picture_is_finer_than_the_screen() -> None:
    view = replace(VIEW, pixels=(100, 75))
    picture = Painter().paint_boundary(SMALL, _parameters(SMALL), view, resting=True)
    assert picture.pixels.size <= 1.02 * 7500


def test_the_top_row_is_the_top_of_the_plane() -> None:
    """A network that says class 1 in the upper right quarter alone."""
    rows, columns = np.array([[20.0, 20.0]]), np.array([[-10.0]])
    network = NetworkConfig((2, 2, 1), "sigmoid")
    parameters = Parameters.from_layers([np.eye(2) * 50, rows], [np.zeros((2, 1)), columns * 3])
    picture = Painter().paint_boundary(network, parameters, VIEW, resting=False).pixels
    low, high = PALETTE.boundary[0], PALETTE.boundary[-1]
    corners = [picture[0, 0], picture[0, -1], picture[-1, 0], picture[-1, -1]]
    assert corners == [low, high, low, low]


def test_the_maps_of_all_units_lie_one_below_the_other() -> None:
    picture = Painter().paint_units(SMALL, _parameters(SMALL), VIEW, resting=True)
    assert picture.pixels.shape == ((2 + 4 + 1) * 24, 24)
    assert picture.region == Region(-3, 3, -3, 3)
    assert not picture.pixels.flags.writeable
    x1, x2 = picture.pixels[:24], picture.pixels[24:48]
    assert (x1 == x1[0]).all()
    assert (x2 == x2[:, :1]).all()
    assert x1[0, 0] == x2[-1, 0]
    assert x1[0, 0] in PALETTE.diverging[:8]


@pytest.mark.parametrize(("wished", "side"), [(1, SMALLEST_MAP), (30, 30), (500, LARGEST_MAP)])
def test_the_size_of_a_map_has_bounds(wished: int, side: int) -> None:
    view = replace(VIEW, map_side=wished)
    assert (
        Painter().paint_units(SMALL, _parameters(SMALL), view, resting=True).pixels.shape[1] == side
    )


def test_what_was_kept_never_shows_in_a_later_picture() -> None:
    """A painter that has painted other things paints the same as a fresh one."""
    painter, elsewhere = Painter(), replace(VIEW, region=Region(0, 1, 0, 2))
    three = NetworkConfig((2, 4, 3), output="softmax")
    for network, view, resting, seed in (
        (SMALL, VIEW, False, 0),
        (SMALL, VIEW, True, 0),
        (SMALL, elsewhere, True, 1),
        (three, elsewhere, True, 1),
        (three, VIEW, False, 2),
        (replace(SMALL, activation="relu"), VIEW, False, 2),
        (SMALL, replace(VIEW, map_side=40), False, 2),
        (SMALL, VIEW, False, 0),
    ):
        parameters = _parameters(network, seed)
        for mine, fresh in (
            (
                painter.paint_boundary(network, parameters, view, resting),
                Painter().paint_boundary(network, parameters, view, resting),
            ),
            (
                painter.paint_units(network, parameters, view, resting=True),
                Painter().paint_units(network, parameters, view, resting=True),
            ),
        ):
            assert mine.region == fresh.region
            assert np.array_equal(mine.pixels, fresh.pixels)


def test_a_picture_is_not_painted_over() -> None:
    painter = Painter()
    first = painter.paint_boundary(SMALL, _parameters(SMALL, 0), VIEW, False)
    kept = first.pixels.copy()
    second = painter.paint_boundary(SMALL, _parameters(SMALL, 1), VIEW, False)
    assert np.array_equal(first.pixels, kept)
    assert not np.array_equal(first.pixels, second.pixels)


def test_a_linear_output_is_painted_on_the_scale_of_the_values() -> None:
    network = NetworkConfig((2, 1), output="linear")
    rising = Parameters.from_layers([[[1.0, 0.0]]], [[[0.0]]])
    for limit in (1.0, 4.0):
        pixels = Painter().paint_boundary(network, rising, VIEW, True, limit).pixels[0]
        x1 = np.linspace(VIEW.region.left, VIEW.region.right, 2 * len(pixels) + 1)[1::2]
        row = np.clip((x1 / limit + 1) / 2 * 256, 0, 255).astype(int)
        expected = PALETTE.boundary[row]
        assert np.mean(pixels == expected) > 0.95
        units = Painter().paint_units(network, rising, VIEW, resting=True, limit=limit).pixels
        last = units[-1]
        assert (last[0] == PALETTE.diverging[0]) == (limit == 1.0)


def test_at_sixty_frames_the_units_are_painted_anew_at_every_other() -> None:
    painter, parameters = Painter(), _parameters(SMALL)
    painter.set_frames_per_second(60)

    def pictures(view: View, resting: bool) -> list[Picture]:
        return [painter.paint_units(SMALL, parameters, view, resting) for _ in range(4)]

    moving = pictures(VIEW, resting=False)
    assert len({id(picture) for picture in moving}) == 3
    assert len({id(picture) for picture in pictures(VIEW, resting=True)}) == 4
    zoomed = replace(VIEW, region=Region(-1, 1, -1, 1))
    assert painter.paint_units(SMALL, parameters, zoomed, False).region == zoomed.region.square()

"""Where the units stand: all of them, apart, and inside."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from app.views.network.arrangement import Unit, arrange

DIMS = st.lists(st.integers(1, 64), max_size=6).map(lambda hidden: (2, *hidden, 1))
WIDTHS, HEIGHTS = st.floats(500, 2400), st.floats(150, 1000)


def overlap(a: Unit, b: Unit) -> bool:
    apart = 1e-6
    return (
        a.x + a.side > b.x + apart
        and b.x + b.side > a.x + apart
        and a.y + a.side > b.y + apart
        and b.y + b.side > a.y + apart
    )


@given(DIMS, WIDTHS, HEIGHTS)
def test_every_unit_stands_apart_and_inside(
    dims: tuple[int, ...], width: float, height: float
) -> None:
    arrangement = arrange(dims, width, height)
    assert tuple(len(layer) for layer in arrangement.layers) == dims
    for unit in arrangement:
        assert unit.side > 0
        assert unit.x >= 0
        assert unit.x + unit.side <= width
        assert unit.y >= -1e-6
        assert unit.y + unit.side <= height + 1e-6
    for layer in arrangement.layers:
        assert not any(overlap(a, b) for a, b in combinations(layer, 2))


@given(DIMS, WIDTHS, HEIGHTS)
def test_layers_follow_each_other(dims: tuple[int, ...], width: float, height: float) -> None:
    layers = arrange(dims, width, height).layers
    for left, right in pairwise(layers):
        assert max(u.x + u.side for u in left) <= min(u.x for u in right)


def test_a_position_finds_its_unit() -> None:
    arrangement = arrange((2, 5, 1), 700, 250)
    for unit in arrangement:
        assert arrangement.at(unit.x + unit.side / 2, unit.y + unit.side / 2) == unit
    assert arrangement.at(1, 1) is None


def test_a_small_layer_stays_in_one_column() -> None:
    layer = arrange((2, 8, 1), 600, 190).layers[1]
    assert len({unit.x for unit in layer}) == 1


def test_the_maps_grow_with_the_room() -> None:
    sides = [[unit.side for unit in arrange((2, 4, 1), 1900, height)] for height in (250, 450)]
    assert all(high > 1.5 * low for low, high in zip(*sides, strict=True))

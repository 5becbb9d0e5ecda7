"""Where points lie in a picture, and which colors they have."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.points import Points
from app.render import point_look
from app.render.palette import Palette
from app.render.point_look import Frame, Look

PALETTE = Palette(("#ff0000", "#0000ff", "#00ff00"), "#ffffff")
frames = st.builds(
    Frame,
    *[st.floats(-1e3, 1e3).filter(lambda number: abs(number) > 1e-3)] * 4,
    st.integers(0, 50),
    st.integers(0, 50),
)
near = st.floats(-1e3, 1e3)
coordinates = near | st.floats(allow_nan=False, allow_infinity=False)


@given(frames, st.lists(st.tuples(coordinates, coordinates), max_size=20), st.floats(0, 20))
def test_the_visible_points_are_those_within_the_margin(
    frame: Frame, where: list[tuple[float, float]], margin: float
) -> None:
    X = np.array(where).reshape(-1, 2).T
    columns, rows = frame.place(X)
    expected = [
        index
        for index, (column, row) in enumerate(zip(columns, rows, strict=True))
        if -margin <= column < frame.width + margin and -margin <= row < frame.height + margin
    ]
    assert frame.visible(X, margin).tolist() == expected


def test_many_are_looked_at_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    frame, X = Frame(1, 0, 1, 0, 5, 5), np.random.default_rng(1).uniform(-3, 8, (2, 100))
    at_once = frame.visible(X, 1.0).tolist()
    monkeypatch.setattr(point_look, "AT_ONCE", 9)
    assert frame.visible(X, 1.0).tolist() == at_once


@given(frames, near, near, st.integers(1, 4))
def test_larger_pixels_show_a_point_in_the_pixel_that_holds_its_own(
    frame: Frame, x1: float, x2: float, factor: int
) -> None:
    X = np.array([[x1], [x2]])
    fine, coarse = frame.place(X), frame.shrunk(factor).place(X)
    for one, other in zip(fine, coarse, strict=True):
        assert other == pytest.approx(one / factor, rel=1e-12, abs=1e-9)
    small = frame.shrunk(factor)
    assert small.width * factor >= frame.width > (small.width - 1) * factor


def test_classes_and_values_have_their_colors() -> None:
    points = Points.of(np.zeros((2, 3)), [2, 0, 1], values=[-2.0, 0.0, 2.0])
    classes, values = Look(PALETTE), Look(PALETTE, limit=2.0)
    shown = classes.table.take(classes.rows(points.columns))
    assert [f"{pixel:x}" for pixel in shown.tolist()] == ["ff00ff00", "ffff0000", "ff0000ff"]
    shown = values.table.take(values.rows(points.columns))
    assert shown.tolist() == PALETTE.value_colors(points.values, 2.0).tolist()


def test_points_without_outlines_have_the_inks_where_there_are_some() -> None:
    inks = Palette(("#800000", "#000080", "#008000"), "#ffffff")
    inked = Look(PALETTE, 2.0, inks).inked
    assert (inked.palette, inked.limit) == (inks, 2.0)
    assert Look(PALETTE).inked == Look(PALETTE)

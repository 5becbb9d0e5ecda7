"""Layers: the same picture whichever way the points came, larger where pixels are smaller."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from app.document.classes import ClassInfo
from app.document.points import Points
from app.document.state import State, Task
from app.render.point_look import Frame
from app.theme import CLASS_INKS, DARK, LIGHT, Theme, contrast
from app.views.canvas import points_layer
from app.views.canvas.points_layer import (
    MOST_LARGE_SQUARES,
    MOST_MARKERS,
    MOST_SQUARES,
    Layer,
    Markers,
    Wanted,
    make_layer,
)
from app.views.class_looks import look_of, markers_of


def wanted(
    points: Points, ratio: float = 1.0, theme: Theme = LIGHT, task: Task = "classification"
) -> Wanted:
    frame = Frame(10 * ratio, 50 * ratio, -10 * ratio, 50 * ratio, *2 * (round(100 * ratio),))
    classes = tuple(ClassInfo(str(k), k, k) for k in range(8))
    state = State(points, classes=classes, task=task)
    return Wanted(points, look_of(state, theme), markers_of(state), frame, ratio)


def colors_in(layer: Layer) -> set[str]:
    """The opaque colors of a picture."""
    pixels = np.unique(layer.raster.pixels)
    return {f"#{pixel & 0xFFFFFF:06x}" for pixel in pixels.tolist() if pixel >> 24 == 0xFF}


def cloud(m: int) -> Points:
    random = np.random.default_rng(m)
    return Points.of(random.uniform(-6, 6, (2, m)), random.integers(0, 2, m), test=np.arange(m) < 3)


@pytest.mark.parametrize("count", [0, 1, 300, MOST_MARKERS - 1, MOST_LARGE_SQUARES + 2])
def test_points_that_are_added_look_as_if_they_had_been_there(
    themed: QApplication, count: int
) -> None:
    before = cloud(count)
    after = before.append(Points.of([[0.0], [0.0]], [1]))
    layer = make_layer(wanted(before))
    assert layer.missing(wanted(after)) == 1
    layer.add(after)
    assert layer.shows(wanted(after))
    assert np.array_equal(layer.raster.pixels, make_layer(wanted(after)).raster.pixels)


def test_the_picture_of_squares_is_not_kept_for_more_than_suit_it(themed: QApplication) -> None:
    inside = Points.of(np.zeros((2, MOST_MARKERS)), np.zeros(MOST_MARKERS))
    layer = make_layer(wanted(inside))
    assert layer.missing(wanted(inside.append(cloud(1)))) is None


def test_other_points_or_colors_need_another_picture(themed: QApplication) -> None:
    points = cloud(10)
    layer = make_layer(wanted(points))
    assert layer.missing(wanted(cloud(11))) is None
    other = wanted(points)._replace(markers=(3, 4))
    assert layer.missing(other) is None
    assert not layer.shows(other)


@pytest.mark.parametrize("count", [5, MOST_LARGE_SQUARES, MOST_SQUARES + 1])
def test_on_a_finer_screen_points_have_the_same_size(themed: QApplication, count: int) -> None:
    points = Points.of(np.zeros((2, count)), np.zeros(count))

    def share(ratio: float) -> float:
        pixels = make_layer(wanted(points, ratio)).raster.pixels
        return float(np.count_nonzero(pixels) / pixels.size)

    assert share(2.0) == pytest.approx(share(1.0), rel=0.25)


def test_a_marker_is_centered_on_its_point(themed: QApplication) -> None:
    for ratio in (1.0, 2.0):
        pixels = make_layer(wanted(Points.of([[0.0], [0.0]], [1]), ratio)).raster.pixels
        rows, columns = np.nonzero(pixels)
        assert rows.mean() == pytest.approx(50 * ratio, abs=1)
        assert columns.mean() == pytest.approx(50 * ratio, abs=1)


def test_of_many_points_only_the_visible_decide(
    themed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(points_layer, "MOST_MARKERS", 4)
    X = np.full((2, 100), 50.0)
    X[:, :3] = 0
    assert isinstance(make_layer(wanted(Points.of(X, np.zeros(100)))).raster, Markers)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("count", [MOST_LARGE_SQUARES, MOST_SQUARES, MOST_SQUARES + 8])
def test_points_without_outlines_stand_out_on_the_untrained_canvas(
    themed: QApplication, theme: Theme, count: int
) -> None:
    labels = np.arange(count) % 8
    points = Points.of([labels - 4.0, labels * 0], labels)
    assert colors_in(make_layer(wanted(points, theme=theme))) == set(CLASS_INKS[theme.name])


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_values_without_outlines_stand_out_whatever_they_are(
    themed: QApplication, theme: Theme
) -> None:
    values = np.linspace(-1, 1, MOST_LARGE_SQUARES)
    points = Points.of([5 * values, 0 * values], np.zeros(values.size), values)
    colors = colors_in(make_layer(wanted(points, theme=theme, task="regression")))
    assert len(colors) > 50
    assert min(contrast(color, theme.card) for color in colors) >= 3.0

"""Markers, as painted, are seen on the untrained canvas and on the ground of every class."""

from itertools import product
from math import cos, pi, sin

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.render.palette import STRONGEST
from app.theme import CLASS_COLORS, CLASS_MARKERS, DARK, LIGHT, Theme, contrast, mixed
from app.views.canvas.markers import Stamp, stamp_image

VISIBLE = 3.0  # WCAG 2.1, 1.4.11
SIDES = 64  # from which a marker is looked at
RATIOS = (1.0, 1.25, 1.5, 2.0)

themes = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
sets = pytest.mark.parametrize("hollow", [False, True], ids=["train", "test"])
classes = pytest.mark.parametrize("number", range(8), ids=CLASS_MARKERS)


def painted(theme: Theme, number: int, hollow: bool, ratio: float, ground: str) -> QImage:
    color = QColor(CLASS_COLORS[number]).rgba()
    stamp = stamp_image(Stamp(number, color, theme.card, hollow), ratio)
    image = QImage(stamp.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    painter = QPainter(image)
    painter.drawPixmap(0, 0, stamp)
    painter.end()
    return image


def crossed(image: QImage, side: int) -> set[str]:
    """The colors on the way from the middle outward."""
    half, turn = image.width() / 2, 2 * pi * side / SIDES
    reaches = [half * step / SIDES for step in range(SIDES)]
    return {
        image.pixelColor(int(half + r * cos(turn)), int(half + r * sin(turn))).name()
        for r in reaches
    }


@themes
@sets
@classes
def test_from_every_side_a_marker_stands_out_from_the_untrained_canvas(
    qapp: QApplication, theme: Theme, hollow: bool, number: int
) -> None:
    for ratio in RATIOS:
        image = painted(theme, number, hollow, ratio, theme.card)
        for side in range(SIDES):
            colors = crossed(image, side)
            assert max(contrast(color, theme.card) for color in colors) >= VISIBLE, (ratio, side)


@themes
@sets
@classes
def test_on_the_ground_of_any_class_a_marker_shows_by_its_outline(
    qapp: QApplication, theme: Theme, hollow: bool, number: int
) -> None:
    """Of a triangle's tip a pixel or two may be weaker."""
    for ratio, color in product(RATIOS, CLASS_COLORS):
        ground = mixed(QColor(theme.card), QColor(color), STRONGEST).name()
        image = painted(theme, number, hollow, ratio, ground)
        seen = [
            max(contrast(*pair) for pair in product(crossed(image, side), repeat=2)) >= VISIBLE
            for side in range(SIDES)
        ]
        assert sum(seen) >= 0.9 * SIDES, (ratio, color)


@themes
@classes
def test_the_middle_tells_the_training_set_from_the_test_set(
    qapp: QApplication, theme: Theme, number: int
) -> None:
    for ratio in RATIOS:
        filled, hollow = (
            painted(theme, number, one, ratio, theme.card).pixelColor(*(2 * [int(8 * ratio)]))
            for one in (False, True)
        )
        assert filled.name() == CLASS_COLORS[number]
        assert hollow.name() == theme.card


def test_the_measure_finds_a_pale_marker(qapp: QApplication) -> None:
    image = QImage(16, 16, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.card))
    image.setPixelColor(10, 8, QColor(CLASS_COLORS[4]))
    names = crossed(image, 0)
    assert names == {LIGHT.card, CLASS_COLORS[4]}
    assert max(contrast(name, LIGHT.card) for name in names) < VISIBLE

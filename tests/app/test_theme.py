import re
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from app.theme import (
    CLASS_COLOR_NAMES,
    CLASS_COLORS,
    CLASS_INKS,
    CLASS_MARKERS,
    DARK,
    LIGHT,
    Theme,
    apply_theme,
    contrast,
    current_theme,
    outline_on,
    style_sheet,
    system_theme,
    text_on,
)

Array = NDArray[np.float64]
READABLE = 4.5
VISIBLE = 3.0

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
SIGHT = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def linear(color: str) -> Array:
    channels = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def oklab(rgb: Array) -> Array:
    to_cones = np.array(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ]
    )
    to_lab = np.array(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ]
    )
    return to_lab @ np.cbrt(to_cones @ rgb)


def distance(first: str, second: str, sight: Array) -> float:
    seen = [oklab(np.clip(sight @ linear(color), 0, 1)) for color in (first, second)]
    return float(np.linalg.norm(seen[0] - seen[1]))


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    apply_theme(qapp, LIGHT)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        ("text", "background card field hover pressed checked"),
        ("muted_text", "background card field hover"),
        ("disabled_text", "background card"),
        ("accent", "card field"),
        ("accent_text", "accent accent_hover accent_pressed"),
        ("danger", "card background danger_tint"),
        ("warning", "card background"),
        ("tooltip_text", "tooltip"),
    ],
)
def test_every_text_is_readable_on_every_ground(theme: Theme, text: str, grounds: str) -> None:
    for ground in grounds.split():
        assert contrast(getattr(theme, text), getattr(theme, ground)) >= READABLE, ground


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_focus_and_error_borders_are_visible(theme: Theme) -> None:
    for mark in (theme.accent, theme.danger):
        assert contrast(mark, theme.card) >= VISIBLE
        assert contrast(mark, theme.field) >= VISIBLE


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("color", [*CLASS_COLORS, "#808080"])
def test_an_outline_is_the_nearest_shade_that_stands_out(theme: Theme, color: str) -> None:
    outline = outline_on(theme.card, color)
    assert contrast(outline, theme.card) >= READABLE
    if contrast(color, theme.card) >= READABLE:
        assert outline == color
    else:
        assert contrast(outline, theme.card) < READABLE + 0.3
    assert abs(QColor(outline).hslHue() - QColor(color).hslHue()) <= 4


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_halo_of_a_choice_is_seen_and_is_no_color_of_a_class(theme: Theme) -> None:
    assert contrast(theme.selection, theme.card) >= READABLE
    assert QColor(theme.selection).hsvSaturation() < 64
    gray = min(distance(theme.selection, color, SIGHT["normal"]) for color in CLASS_COLORS)
    assert gray >= 0.1


@pytest.mark.parametrize("color", CLASS_COLORS)
def test_the_number_on_a_chip_is_readable(color: str) -> None:
    assert contrast(text_on(color), color) >= READABLE


@pytest.mark.parametrize("sight", SIGHT)
def test_class_colors_differ_under_every_kind_of_sight(sight: str) -> None:
    pairs = combinations(CLASS_COLORS, 2)
    assert min(distance(*pair, SIGHT[sight]) for pair in pairs) >= 0.1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_inks_stand_out_and_differ_under_every_kind_of_sight(theme: Theme) -> None:
    inks = CLASS_INKS[theme.name]
    for ink, color in zip(inks, CLASS_COLORS, strict=True):
        assert contrast(ink, theme.card) >= VISIBLE
        assert abs(QColor(ink).hslHue() - QColor(color).hslHue()) <= 4
    for sight in SIGHT.values():
        assert min(distance(*pair, sight) for pair in combinations(inks, 2)) >= 0.085


def test_the_distance_can_tell_a_bad_pair() -> None:
    assert distance("#cc3333", "#6f6f00", SIGHT["deuteranopia"]) < 0.1
    assert distance("#cc3333", "#6f6f00", SIGHT["normal"]) > 0.1


def test_the_first_classes_are_orange_and_blue() -> None:
    assert CLASS_COLORS[:2] == ("#f59322", "#0877bd")
    assert len(CLASS_COLORS) == len(set(CLASS_COLORS)) == 8
    assert len(set(CLASS_MARKERS)) == len(set(CLASS_COLOR_NAMES)) == 8


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#0877bd", "#0877bd") == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_the_style_sheet_has_no_token_left(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert theme.accent in sheet


def test_every_token_is_a_color() -> None:
    for theme in (LIGHT, DARK):
        for name, value in vars(theme).items():
            assert name == "name" or re.fullmatch("#[0-9a-f]{6}", value), name


def test_applying_a_theme_changes_palette_style_and_current(app: QApplication) -> None:
    for theme in (DARK, LIGHT, DARK):
        apply_theme(app, theme)
        assert current_theme() is theme
        assert app.palette().color(QPalette.ColorRole.Window).name() == theme.background
        assert app.styleSheet() == style_sheet(theme)


def test_applying_twice_does_not_shrink_the_font(app: QApplication) -> None:
    apply_theme(app, LIGHT)
    size = app.font().pixelSize()
    apply_theme(app, DARK)
    assert app.font().pixelSize() == size == 13


def test_figures_are_all_equally_wide(app: QApplication, qtbot: QtBot) -> None:
    apply_theme(app, LIGHT)
    assert app.font().featureValue(QFont.Tag("tnum")) == 1
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    metrics = QFontMetrics(field.font())
    assert len({metrics.horizontalAdvance(digit * 6) for digit in "0123456789"}) == 1


def test_system_theme_follows_the_system(
    app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Hints:
        scheme = Qt.ColorScheme.Dark

        def __init__(self) -> None:
            self.colorScheme = lambda: self.scheme

    monkeypatch.setattr("app.theme.QGuiApplication.styleHints", Hints)
    assert system_theme() is DARK
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Unknown):
        Hints.scheme = scheme
        assert system_theme() is LIGHT

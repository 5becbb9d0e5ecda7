"""Light and dark: colors, fonts and the one style sheet, all made from a table of tokens.

The eight class colors were searched for the largest smallest distance under normal and three kinds
of color-deficient sight, with orange and blue, as learners know them, held fixed and a green
wanted as the third: no two come closer than 0.10 in OKLab under any of them (a just visible
difference is about 0.02). The class is also told by the shape of the marker.

Four of the eight are pale on white (contrast 1.4 to 2.9) and three dark on the dark card (1.5 to
2.9), so a marker has an outline in a shade of its color that is not; see `outline_on`.  Points
without outlines are drawn in an ink: shades that have 3.0 on the card, chosen for their smallest
distance, 0.086 on the light card and 0.102 on the dark one; the nearest shades with this contrast
would be 0.015 and 0.037 apart, orange and yellow the same to many.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_SHEET = Path(__file__).parent.parent / "resources" / "themes" / "planar.qss"

CLASS_COLORS: tuple[str, ...] = (
    "#f59322",
    "#0877bd",
    "#05ab82",
    "#be228a",
    "#e3d521",
    "#7e0d2f",
    "#c6dbff",
    "#1937cb",
)
CLASS_INKS: dict[str, tuple[str, ...]] = {
    "light": (
        "#d37e1d",
        "#0766a2",
        "#049370",
        "#a61e79",
        "#726b11",
        "#6e0b29",
        "#8593ab",
        "#1630b2",
    ),
    "dark": (
        "#f59322",
        "#0877bd",
        "#6eceb7",
        "#c0298e",
        "#e3d521",
        "#b87b8d",
        "#c6dbff",
        "#8c9be5",
    ),
}
"""By theme, a shade of each class color for points too many and too small for an outline."""

CLASS_COLOR_NAMES: tuple[str, ...] = (
    "orange",
    "blue",
    "green",
    "magenta",
    "yellow",
    "wine",
    "pale blue",
    "deep blue",
)
CLASS_MARKERS: tuple[str, ...] = (
    "square",
    "circle",
    "triangle",
    "diamond",
    "plus",
    "triangle_down",
    "pentagon",
    "cross",
)


OUTLINE_CONTRAST = 4.5
"""Of an outline and its ground. WCAG 2.1 asks 3 of graphical objects (1.4.11) and soft edges take
some of it: as painted, no side of any marker has less than 3.3."""


@dataclass(frozen=True)
class Theme:
    """The colors of one look, each as "#rrggbb"."""

    name: str
    background: str
    card: str
    field: str
    border: str
    field_border: str
    text: str
    muted_text: str
    disabled_text: str
    accent: str
    accent_hover: str
    accent_pressed: str
    accent_text: str
    hover: str
    pressed: str
    checked: str
    groove: str
    danger: str
    danger_tint: str
    warning: str
    grid: str
    selection: str
    tooltip: str
    tooltip_text: str


LIGHT = Theme(
    name="light",
    background="#f5f7f9",
    card="#ffffff",
    field="#ffffff",
    border="#e1e5e9",
    field_border="#d3d9df",
    text="#1b2128",
    muted_text="#56616c",
    disabled_text="#666f79",
    accent="#0877bd",
    accent_hover="#076aa9",
    accent_pressed="#065b91",
    accent_text="#ffffff",
    hover="#f0f4f7",
    pressed="#e3e9ee",
    checked="#e3f0f9",
    groove="#dfe4e9",
    danger="#c0271d",
    danger_tint="#fdf0ef",
    warning="#a85a00",
    grid="#e8ebee",
    selection="#3d4650",
    tooltip="#262b31",
    tooltip_text="#ffffff",
)
DARK = Theme(
    name="dark",
    background="#16191c",
    card="#1e2124",
    field="#191c1f",
    border="#30353a",
    field_border="#3d444b",
    text="#eceff2",
    muted_text="#a5aeb7",
    disabled_text="#8b959e",
    accent="#4aa3df",
    accent_hover="#63b2e7",
    accent_pressed="#3790cc",
    accent_text="#0b1620",
    hover="#272b2f",
    pressed="#31373c",
    checked="#21394a",
    groove="#343a40",
    danger="#ff8a80",
    danger_tint="#3a2222",
    warning="#f0a63c",
    grid="#2d3237",
    selection="#b4bac1",
    tooltip="#3a4148",
    tooltip_text="#ffffff",
)


class _Current:
    """The theme in force, for what paints itself."""

    theme: Theme = LIGHT


def current_theme() -> Theme:
    """Return the theme of the last `apply_theme`; read it anew at every paint."""
    return _Current.theme


def system_theme() -> Theme:
    """Return the theme the system asks for; light where it does not say.

    ``QGuiApplication.styleHints().colorSchemeChanged`` tells when to ask again.
    """
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme == Qt.ColorScheme.Dark else LIGHT


@lru_cache(maxsize=1024)
def text_on(color: str) -> str:
    """Black or white, whichever reads better on ``color``."""
    return max(("#000000", "#ffffff"), key=lambda text: contrast(text, color))


@lru_cache(maxsize=1024)
def outline_on(ground: str, color: str) -> str:
    """Return the nearest shade of a color, darker or lighter, that stands out on the ground."""
    away = QColor(text_on(ground))
    shades = (mixed(QColor(color), away, step / 64).name() for step in range(65))
    return next(shade for shade in shades if contrast(shade, ground) >= OUTLINE_CONTRAST)


def mixed(ground: QColor, color: QColor, share: float) -> QColor:
    """Return ``share`` of a color over the ground."""
    return QColor.fromRgbF(
        ground.redF() + share * (color.redF() - ground.redF()),
        ground.greenF() + share * (color.greenF() - ground.greenF()),
        ground.blueF() + share * (color.blueF() - ground.blueF()),
    )


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colors, 1 to 21 (WCAG 2.1, "contrast ratio")."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def _luminance(color: str) -> float:
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application this look; call it again to change it."""
    _Current.theme = theme
    if not app.styleSheet():  # under a style sheet the style has no name to ask for
        app.setStyle("Fusion")
    app.setFont(_system_font(app.font()))
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Fill the tokens of ``theme`` into the style sheet."""
    return Template(_SHEET.read_text(encoding="utf-8")).substitute(asdict(theme))


def _system_font(font: QFont) -> QFont:
    """Keep the system's family at 13 pixels, with figures that are all equally wide."""
    result = QFont(font)
    result.setPixelSize(13)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.background,
        role.WindowText: theme.text,
        role.Base: theme.field,
        role.AlternateBase: theme.hover,
        role.Text: theme.text,
        role.PlaceholderText: theme.muted_text,
        role.Button: theme.card,
        role.ButtonText: theme.text,
        role.BrightText: theme.danger,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Accent: theme.accent,
        role.Link: theme.accent,
        role.LinkVisited: theme.accent,
        role.ToolTipBase: theme.tooltip,
        role.ToolTipText: theme.tooltip_text,
        role.Light: theme.card,
        role.Midlight: theme.hover,
        role.Mid: theme.border,
        role.Dark: theme.field_border,
        role.Shadow: theme.field_border,
    }
    palette = QPalette()
    for name, color in colors.items():
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(theme.disabled_text))
    return palette

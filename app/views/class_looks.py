"""The colors and markers of a document's classes, in the order of their labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColor

from app.document.classes import at_least
from app.render.palette import Palette
from app.render.point_look import Look
from app.theme import CLASS_COLORS, CLASS_INKS, CLASS_MARKERS, outline_on

if TYPE_CHECKING:
    from app.document.classes import ClassInfo
    from app.document.state import State
    from app.theme import Theme

VALUE_MARKER = CLASS_MARKERS.index("circle")
"""Of all points of a regression, which belong to no class."""


def color_of(info: ClassInfo) -> QColor:
    """Return the color of a class."""
    return QColor(CLASS_COLORS[info.color])


def palette_of(state: State, theme: Theme) -> Palette:
    """Return the colors of the classes; values are shown between the theme's first two.

    The colors that no class has follow: until the window sees that a class was added, the worker
    may already paint it.
    """
    if state.task == "regression":
        return Palette(CLASS_COLORS, theme.card)
    chosen = [CLASS_COLORS[info.color] for info in state.classes]
    others = [color for color in CLASS_COLORS if color not in chosen]
    return Palette((*chosen, *others), theme.card)


def look_of(state: State, theme: Theme) -> Look:
    """Return the colors of the points; the ink of an answer of 0 is no card's color, but a gray."""
    palette, limit = palette_of(state, theme), None
    if state.task == "regression":
        limit = state.value_limit
    shades = dict(zip(CLASS_COLORS, CLASS_INKS[theme.name], strict=True))
    gray = outline_on(theme.card, theme.card)
    inks = Palette(tuple(shades[color] for color in palette.classes), gray)
    return Look(palette, limit, inks)


def color_drawn(state: State, label: int, value: float, theme: Theme) -> QColor:
    """Return the color of a point that would be drawn with this label or value.

    The class may be the next one, which begins with the point.
    """
    if state.task == "regression":
        colors = palette_of(state, theme).value_colors(np.array([value]), state.value_limit)
        return QColor.fromRgb(int(colors[0]))
    return color_of(at_least(state.classes, label + 1)[label])


def markers_of(state: State) -> tuple[int, ...]:
    """Return the marker of each class."""
    if state.task == "regression":
        return (VALUE_MARKER,) * state.class_count
    return tuple(info.marker for info in state.classes)

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from app.icons import icon, icon_names
from app.views.canvas.selection_edits import EDITS
from app.views.canvas.toolbox import TOOLS

WANTED = [
    "play",
    "pause",
    "step",
    "reset",
    "dice",
    "export",
    "undo",
    "redo",
    "fit",
    "theme",
    "plus",
    "minus",
    "check",
    "warning",
    "chevron_down",
    "gaussian",
    *TOOLS,
    *EDITS,
]


def test_all_icons_that_the_program_uses_are_there() -> None:
    assert set(WANTED) <= set(icon_names())


@pytest.mark.parametrize("name", WANTED)
def test_an_icon_is_drawn_in_its_color_alone(qapp: QApplication, name: str) -> None:
    image = icon(name, "#4aa3df").pixmap(QSize(20, 20)).toImage()
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    seen = [(color.red(), color.green(), color.blue()) for color in colors if color.alpha() > 100]
    assert seen
    assert np.allclose(seen, (0x4A, 0xA3, 0xDF), atol=3)
    assert image.pixelColor(0, 0).alpha() == 0


def test_an_icon_is_crisp_at_the_scale_of_the_screen(qapp: QApplication) -> None:
    pixmap = icon("play", "#000000").pixmap(QSize(20, 20), qapp.devicePixelRatio())
    assert pixmap.width() == round(20 * qapp.devicePixelRatio())


def test_a_disabled_icon_is_paler(qapp: QApplication) -> None:
    shown = icon("play", "#000000")
    normal = shown.pixmap(QSize(20, 20)).toImage().pixelColor(9, 10)
    disabled = shown.pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage().pixelColor(9, 10)
    assert disabled.alpha() < normal.alpha() / 2


def test_icons_are_kept(qapp: QApplication) -> None:
    first, again = icon("undo", "#112233"), icon("undo", QColor("#112233"))
    assert first.cacheKey() == again.cacheKey()


def test_an_unknown_name_is_named(qapp: QApplication) -> None:
    with pytest.raises(ValueError, match=r"'pley'; accepted: .*play"):
        icon("pley", "#000000")

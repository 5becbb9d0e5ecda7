"""The scale of the values: there while values are learned, and in the colors of the map."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeTask, LoadPreset, set_values
from app.document.document import Document
from app.document.state import Preset
from app.theme import CLASS_COLORS, LIGHT
from app.views.canvas.canvas import Canvas
from app.views.canvas.value_scale import BAR, PAD
from app.views.canvas.workbench import Workbench
from tests.app.views.tour import show


@pytest.fixture
def canvas(qtbot: QtBot, themed: QApplication) -> Iterator[Canvas]:
    document = Document()
    canvas = Canvas(document, Workbench(document))
    canvas.apply_theme(LIGHT)
    canvas.resize(600, 400)
    show(qtbot, canvas)
    yield canvas
    canvas.close()
    canvas.deleteLater()


def test_it_is_there_only_while_values_are_learned(canvas: Canvas) -> None:
    seen = [canvas._scale.isVisible()]
    canvas._document.changed.connect(lambda *_: seen.append(canvas._scale.isVisible()))
    canvas._document.push(ChangeTask("regression"))
    canvas._document.undo()
    canvas._document.push(LoadPreset(Preset("hill")))
    canvas._document.push(LoadPreset(Preset("moons")))
    assert seen == [False, True, False, True, False]


def test_it_follows_the_values(canvas: Canvas) -> None:
    canvas._document.push(LoadPreset(Preset("line")))
    assert canvas._scale.texts == ("−1", "0", "1")
    canvas._document.push(set_values(np.array([0]), 37.0))
    assert canvas._scale.texts == ("−50", "0", "50")


def test_its_ends_have_the_colors_of_the_first_two_classes(canvas: Canvas) -> None:
    canvas._document.push(LoadPreset(Preset("line", points=0)))
    area = canvas._scale.boundingRect()
    image = canvas.grab().toImage()

    def color(x: float) -> list[int]:
        place = canvas._scale.mapToScene(QPointF(x, area.top() + PAD + BAR / 2))
        shown = image.pixelColor(canvas.mapFromScene(place))
        return [shown.red(), shown.green(), shown.blue()]

    for x, wanted in ((area.left() + PAD + 3, 0), (area.right() - PAD - 3, 1)):
        own = QColor(CLASS_COLORS[wanted])
        assert color(x) == pytest.approx([own.red(), own.green(), own.blue()], abs=16)
    assert min(color(area.center().x())) > 240


@pytest.mark.parametrize("size", [(240, 200), (1200, 900)])
def test_it_stays_within_the_plot(canvas: Canvas, size: tuple[int, int]) -> None:
    canvas.resize(*size)
    assert canvas._box.rect().contains(canvas._scale.boundingRect())

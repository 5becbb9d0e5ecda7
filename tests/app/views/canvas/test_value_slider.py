"""The value that a regression is drawn with: dragged, typed, and how far its scale reaches."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import ChangeTask, set_values
from app.document.document import Document
from app.views.canvas.value_slider import ValueSlider
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import click, enter, press


@pytest.fixture
def slider(
    qtbot: QtBot, themed: QApplication, document: Document, bench: Workbench, heard: list[object]
) -> ValueSlider:
    document.push(ChangeTask("regression"))
    slider = ValueSlider(document, bench)
    qtbot.addWidget(slider)
    slider.message.connect(heard.append)
    slider.show()
    return slider


def test_the_value_is_dragged_on_its_scale(slider: ValueSlider, bench: Workbench) -> None:
    click(slider.strip, QPoint(8, 14))
    assert bench.value == -1.0
    click(slider.strip)
    assert bench.value == 0.0
    click(slider.strip, QPoint(slider.strip.width() * 2 // 3, 14))
    assert bench.value == pytest.approx(round(20 * bench.value) / 20)
    assert slider.field.text() == f"{bench.value:g}"


def test_the_strip_gets_shorter_before_its_name_goes(slider: ValueSlider) -> None:
    for width, strip, name in ((300, 160, True), (210, 80, True), (158, 80, False)):
        slider.setFixedWidth(width)
        QApplication.processEvents()
        assert slider.strip.width() >= strip
        assert slider._name.isVisible() is name
        assert slider.field.geometry().right() < width


def test_keys_change_the_value_finely(slider: ValueSlider, bench: Workbench) -> None:
    click(slider.strip)
    press(slider.strip, Qt.Key.Key_Right)
    assert bench.value == pytest.approx(0.01)
    press(slider.strip, Qt.Key.Key_PageDown)
    assert bench.value == pytest.approx(-0.09)
    press(slider.field, Qt.Key.Key_Up)
    assert bench.value == pytest.approx(0.0)


def test_the_value_is_typed_and_the_scale_reaches_it(slider: ValueSlider, bench: Workbench) -> None:
    enter(slider.field, "-0,125")
    assert bench.value == -0.125
    enter(slider.field, "7.5")
    assert bench.value == bench.value_range == 7.5
    click(slider.strip, QPoint(8, 14))
    assert bench.value == -7.5
    click(slider.strip)
    assert bench.value_range == 7.5
    enter(slider.field, "0.5")
    assert bench.value_range == 1.0


def test_a_value_that_is_none_is_explained_and_changes_nothing(
    slider: ValueSlider, bench: Workbench, heard: list[object]
) -> None:
    for text in ("warm", "nan", "2e6"):
        enter(slider.field, text)
        assert bench.value == 1.0
        assert f"“{text}” was typed; a number from -1000000 to 1000000" in str(heard[-1])
    press(slider.field, Qt.Key.Key_Escape)
    assert (slider.field.text(), heard[-1]) == ("1", None)


def test_the_value_reaches_as_far_as_those_that_are_there(
    document: Document, bench: Workbench
) -> None:
    document.push(ChangeTask("regression"))
    bench.set_value(7.0)
    assert bench.value == 1.0
    document.push(set_values(np.array([0]), 3.0))
    bench.set_value(7.0)
    assert bench.value == 5.0

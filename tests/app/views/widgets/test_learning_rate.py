import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.views.widgets.learning_rate import LADDER, LearningRateControl
from nncore import LEARNING_RATE_RANGE
from tests.app.views.hands import click, drag, enter, press


@pytest.fixture
def control(qtbot: QtBot, themed: QApplication, heard: list[object]) -> LearningRateControl:
    control = LearningRateControl(LEARNING_RATE_RANGE)
    qtbot.addWidget(control)
    control.resize(232, 60)
    control.show()
    control.set_value(1.2)
    control.value_changed.connect(heard.append)
    return control


def click_at(control: LearningRateControl, share: float) -> None:
    slider = control.slider
    place = QPoint(round(8 + share * (slider.width() - 16)), slider.height() // 2)
    click(slider, place)


def test_setting_by_code_moves_all_and_says_nothing(
    control: LearningRateControl, heard: list[object]
) -> None:
    control.set_value(0.003)
    assert control.field.text() == "0.003"
    assert control.slider.value() == -252
    assert control.value == 0.003
    assert heard == []


def test_a_value_between_the_steps_of_the_slider_is_kept(
    control: LearningRateControl, heard: list[object]
) -> None:
    control.set_value(0.123456)
    assert control.value == 0.123456
    assert heard == []


@pytest.mark.parametrize(("share", "rate"), [(0.0, 1e-5), (1.0, 10.0), (5 / 6, 1.0), (0.5, 0.01)])
def test_a_click_brings_the_handle_there(
    control: LearningRateControl, heard: list[object], share: float, rate: float
) -> None:
    control.set_value(0.2)
    click_at(control, share)
    assert heard == [pytest.approx(rate, rel=0.06)]
    assert control.value == heard[-1]


def test_a_drag_is_one_stroke_and_two_drags_are_two(
    control: LearningRateControl, heard: list[object]
) -> None:
    strokes: list[object] = []
    control.value_changed.connect(lambda _: strokes.append(control.stroke))
    slider = control.slider
    for start in (40, 100):
        drag(slider, *(QPoint(x, 14) for x in range(start, start + 60, 20)))
    assert None not in strokes
    assert len(strokes) >= 4
    assert len(set(strokes)) == 2
    assert control.stroke is None


def test_page_keys_walk_the_ladder_from_the_slider_and_the_field(
    control: LearningRateControl, heard: list[object]
) -> None:
    press(control.slider, Qt.Key.Key_PageUp)
    press(control.field, Qt.Key.Key_PageDown)
    press(control.field, Qt.Key.Key_Down)
    assert heard == [3.0, 1.2, 1.0]
    assert control.slider.value() == 0


def test_the_arrow_keys_move_the_slider_a_little(
    control: LearningRateControl, heard: list[object]
) -> None:
    press(control.slider, Qt.Key.Key_Right)
    assert 1.2 < control.value < 1.5
    assert heard == [control.value]


def test_the_whole_ladder_is_climbed(control: LearningRateControl, heard: list[object]) -> None:
    control.set_value(1e-5)
    for _ in LADDER:
        press(control.field, Qt.Key.Key_PageUp)
    assert tuple(heard) == LADDER


def test_a_typed_rate_is_exact(control: LearningRateControl, heard: list[object]) -> None:
    enter(control.field, "0.0375")
    assert heard == [0.0375]


@pytest.mark.parametrize("typed", ["0", "11", "fast", "nan"])
def test_nonsense_is_told_and_the_rate_stays(
    control: LearningRateControl, heard: list[object], typed: str
) -> None:
    messages: list[object] = []
    control.message.connect(messages.append)
    enter(control.field, typed)
    assert messages == [
        f"Learning rate α: “{typed}” was typed; a number from 0.00001 to 10 is accepted."
    ]
    assert control.value == 1.2
    assert heard == []

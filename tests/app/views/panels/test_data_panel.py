"""The data panel: examples, task, noise, and the points that are held back."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.document.commands import AddPoints
from app.document.document import Document
from app.document.points import Points
from app.document.state import Preset, State
from app.views.panels.data_panel import MOST_AT_ONCE, NOISE_STEP, DataPanel, count_texts
from app.views.widgets.drag_slider import DragSlider
from nncore import DATASETS
from tests.app.views.hands import LEFT, NO_MODIFIER, click, drag, enter, press


def test_a_preset_loads_its_points(document: Document, data: DataPanel) -> None:
    index = list(DATASETS).index("moons")
    click(data.presets.findChildren(QToolButton)[index])
    assert document.state.preset.name == "moons"
    assert document.undo_name == "load moons"


@pytest.mark.parametrize(
    ("field", "typed", "setting", "value"),
    [("points", "50", "points", 50), ("noise", "0.4", "noise", 0.4), ("seed", "7", "seed", 7)],
)
def test_the_settings_of_a_preset(
    document: Document,
    data: DataPanel,
    field: str,
    typed: str,
    setting: str,
    value: float,
) -> None:
    enter(getattr(data, field), typed)
    assert getattr(document.state.preset, setting) == value
    assert len(document.state.points) == document.state.preset.points


def test_very_many_points_are_drawn_beside_the_window_and_the_last_wish_counts(
    qtbot: QtBot, document: Document, data: DataPanel
) -> None:
    before = document.state
    for m in (MOST_AT_ONCE + 1, MOST_AT_ONCE + 2):
        enter(data.points, str(m))
        assert document.state is before
    qtbot.waitUntil(lambda: document.state is not before)
    assert len(document.state.points) == MOST_AT_ONCE + 2
    enter(data.seed, "7")
    enter(data.points, "50")
    small = document.state
    assert len(small.points) == 50
    qtbot.waitUntil(lambda: not data._job.busy)
    assert document.state is small


def test_what_is_chosen_while_very_many_points_are_drawn_counts_as_well(
    qtbot: QtBot, document: Document, data: DataPanel
) -> None:
    enter(data.points, str(MOST_AT_ONCE + 1))
    enter(data.seed, "7")
    press(data.task, Qt.Key.Key_Down)
    enter(data.noise, "0.4")
    wanted = Preset("flower", MOST_AT_ONCE + 1, 0.4, 7)
    qtbot.waitUntil(lambda: document.state.preset == wanted)
    assert document.state.task == "regression"
    assert document.state.shows_preset


def test_undo_redo_and_clear(qtbot: QtBot, document: Document, data: DataPanel) -> None:
    assert not data.undo.isEnabled()
    click(data.clear)
    assert len(document.state.points) == 0
    qtbot.waitUntil(lambda: not data.clear.isEnabled())
    assert "clear points" in data.undo.toolTip()
    click(data.undo)
    assert len(document.state.points) == 400
    qtbot.waitUntil(data.redo.isEnabled)
    click(data.redo)
    assert len(document.state.points) == 0


def test_the_counts_follow_the_points(document: Document, data: DataPanel) -> None:
    assert data._counts.full_text == "400 points · 400 train / 0 test"
    document.push(AddPoints(Points.of([[0.0], [0.0]], [2])))
    assert data._counts.full_text == "401 points · 401 train / 0 test"


def test_counts_in_words() -> None:
    assert count_texts(State())[0] == "no points"
    one = Points.of([[0.0], [0.0]], [0], test=[True])
    assert count_texts(State(one))[0] == "1 point · 0 train / 1 test"


def preset(data: DataPanel, name: str) -> QToolButton:
    button = data.presets.findChild(QToolButton, name)
    assert isinstance(button, QToolButton)
    return button


def test_a_preset_brings_its_task_and_its_classes(document: Document, data: DataPanel) -> None:
    for name, output in (("hill", (1, "linear")), ("spiral3", (3, "softmax"))):
        click(preset(data, name))
        assert document.state.output == output
        assert data.task.value == DATASETS[name].task
    click(data.undo)
    assert (data.task.value, data.presets.selected) == ("regression", "hill")


def test_the_task_is_chosen_and_stays_when_the_example_is_drawn_anew(
    document: Document, data: DataPanel
) -> None:
    press(data.task, Qt.Key.Key_Down)
    assert document.state.task == "regression"
    assert document.undo_name == "change task"
    enter(data.seed, "7")
    assert document.state.task == "regression"
    assert set(document.state.targets()[0]) == {-1, 1}


def test_points_edited_by_hand_are_no_longer_shown_as_the_preset(
    qtbot: QtBot, document: Document, data: DataPanel
) -> None:
    assert data.presets.selected == "flower"
    document.push(AddPoints(Points.of([[0.0], [0.0]], [1])))
    qtbot.waitUntil(lambda: data.presets.selected is None)
    document.undo()
    qtbot.waitUntil(lambda: data.presets.selected == "flower")
    click(data.clear)
    qtbot.waitUntil(lambda: data.presets.selected is None)
    click(preset(data, "flower"))
    assert data.presets.selected == "flower"


def test_settings_of_the_example_throw_nothing_away_that_was_drawn(
    document: Document, data: DataPanel
) -> None:
    document.push(AddPoints(Points.of([[0.0], [0.0]], [1])))
    drawn = document.state.points
    for field, text in ((data.noise, "0.5"), (data.points, "100"), (data.seed, "7")):
        enter(field, text)
    assert document.state.points == drawn
    assert document.undo_name == "change seed"
    click(preset(data, "moons"))
    assert document.state.points == Preset("moons", 100, 0.5, 7).generate()


def test_the_noise_of_the_panel_is_asked_for(qtbot: QtBot, data: DataPanel) -> None:
    with qtbot.waitSignal(data.noise_asked):
        click(data.add_noise)


def test_there_must_be_points_and_noise_to_add_it(qtbot: QtBot, data: DataPanel) -> None:
    enter(data.noise, "0")
    assert not data.add_noise.isEnabled()
    enter(data.noise, "0.1")
    assert data.add_noise.isEnabled()
    click(data.clear)
    qtbot.waitUntil(lambda: not data.add_noise.isEnabled())


def slide(slider: DragSlider) -> None:
    """Drag from the left end nearly to the right."""
    drag(slider, *(QPoint(x, 14) for x in range(8, slider.width() - 12, 6)))


def test_a_drag_of_the_noise_draws_the_example_live_in_one_undo_step(
    document: Document, data: DataPanel, heard: list[object]
) -> None:
    before = document.state
    document.changed.connect(lambda *_: heard.append(document.state.preset.noise))
    slide(data.noise_slider)
    assert len(heard) > 5
    assert len(set(heard)) == len(heard)
    assert document.state.preset.noise == heard[-1] == data.noise.value
    assert document.state.preset.noise > 1
    assert document.state.points == document.state.preset.generate()
    assert document.undo_name == "change noise"
    document.undo()
    assert document.state == before
    assert data.noise_slider.value() == 20
    assert data.noise.value == 0.2


def test_a_drag_of_the_noise_throws_nothing_away_that_was_drawn(
    document: Document, data: DataPanel
) -> None:
    document.push(AddPoints(Points.of([[0.0], [0.0]], [1])))
    drawn = document.state.points
    slide(data.noise_slider)
    assert document.state.points == drawn
    assert document.state.preset.noise > 1
    document.undo()
    assert (document.undo_name or "").startswith("add")


def test_the_noise_of_very_many_points_follows_the_slider_beside_the_window_in_one_step(
    qtbot: QtBot, document: Document, data: DataPanel
) -> None:
    enter(data.points, str(MOST_AT_ONCE + 1))
    qtbot.waitUntil(lambda: len(document.state.points) == MOST_AT_ONCE + 1)
    before = document.state
    slider = data.noise_slider
    places = [QPoint(x, 14) for x in (20, 40, 60)]
    QTest.mousePress(slider, LEFT, NO_MODIFIER, places[0])
    for place in places:
        QTest.mouseMove(slider, place)
        wanted = slider.value() * NOISE_STEP
        qtbot.waitUntil(lambda: not data._job.busy)
        assert document.state.preset.noise == pytest.approx(wanted)
    QTest.mouseRelease(slider, LEFT, NO_MODIFIER, places[-1])
    document.undo()
    assert document.state == before


def test_the_field_and_the_keys_move_the_slider_of_the_noise(
    document: Document, data: DataPanel
) -> None:
    enter(data.noise, "1.234")
    assert data.noise_slider.value() == 123
    for key, text in ((Qt.Key.Key_Home, "0"), (Qt.Key.Key_Right, "0.05")):
        press(data.noise_slider, key)
        assert data.noise.text() == text
        assert document.state.preset.noise == float(text)


def test_a_drag_of_the_split_is_one_undo_step(document: Document, data: DataPanel) -> None:
    slider = data.split.slider
    drag(slider, *(QPoint(x, 14) for x in range(10, slider.width() - 5, 12)))
    assert document.state.split.test_share == data.split.slider.value() / 100 > 0.5
    test = int(document.state.points.test_counts.sum())
    assert test == round(document.state.split.test_share * 400)
    assert data._counts.full_text == f"400 points · {400 - test} train / {test} test"
    assert data.presets.selected == "flower"
    document.undo()
    assert document.undo_name is None
    assert data.split.number.text() == "0 %"
    assert data._counts.full_text == "400 points · 400 train / 0 test"


def test_keys_move_the_split(document: Document, data: DataPanel) -> None:
    press(data.split.slider, Qt.Key.Key_PageUp)
    press(data.split.slider, Qt.Key.Key_PageUp)
    press(data.split.slider, Qt.Key.Key_Left)
    assert data.split.number.text() == "19 %"
    assert document.state.points.test_counts.sum() == 76
    press(data.split.slider, Qt.Key.Key_End)
    assert document.state.split.test_share == 0.9


def test_resampling_holds_back_as_many_other_points(document: Document, data: DataPanel) -> None:
    assert not data.split.resample.isEnabled()
    press(data.split.slider, Qt.Key.Key_PageUp)
    before = document.state.points.test
    click(data.split.resample)
    after = document.state.points.test
    assert before.sum() == after.sum() == 40
    assert not np.array_equal(before, after)
    assert document.undo_name == "resample"
    document.undo()
    assert np.array_equal(document.state.points.test, before)

"""The chips of the classes: chosen, added, renamed and removed, by mouse and by keys."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.document.commands import LoadPreset
from app.document.document import Document
from app.document.state import Preset
from app.views.canvas.canvas import Canvas
from app.views.canvas.class_chip import ClassChip
from app.views.canvas.class_chips import ClassChips
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import LEFT, NO_MODIFIER, click, enter, press, write
from tests.app.views.tour import spot


@pytest.fixture
def chips(
    qtbot: QtBot, themed: QApplication, document: Document, bench: Workbench, heard: list[object]
) -> ClassChips:
    chips = ClassChips(document, bench)
    qtbot.addWidget(chips)
    chips.show()
    chips.message.connect(heard.append)
    return chips


def shown(chips: ClassChips) -> list[ClassChip]:
    return [chip for chip in chips.chips if chip.isVisibleTo(chips)]


def names(document: Document) -> list[str]:
    return [info.name for info in document.state.classes]


def test_a_click_chooses_a_class(chips: ClassChips, bench: Workbench) -> None:
    click(chips.chips[1])
    assert bench.label == 1
    assert chips.name.full_text == "Class 2"
    assert chips.chips[1].isChecked()


def test_plus_adds_a_class_up_to_eight_and_undo_takes_it_back(
    document: Document, chips: ClassChips, bench: Workbench
) -> None:
    for count in range(3, 9):
        click(chips.plus)
        assert (document.state.class_count, bench.label) == (count, count - 1)
    assert not chips.plus.isVisible()
    document.undo()
    assert document.state.class_count == 7
    assert bench.label == 6
    assert len(shown(chips)) == 7


def test_the_next_class_begins_with_its_first_point(
    document: Document, bench: Workbench, canvas: Canvas, chips: ClassChips
) -> None:
    before = document.state
    assert bench.choose_class(2) is None
    assert document.state is before
    assert chips.chips[2].isChecked()
    assert "begins with its first point" in chips.chips[2].toolTip()
    assert chips.name.full_text == "Class 3"
    click(canvas.viewport(), spot(canvas, 0.0, 1.0))
    assert names(document) == ["Class 1", "Class 2", "Class 3"]
    assert document.state.points.labels[-1] == 2
    assert document.undo_name == "add, 1 point"
    document.undo()
    assert document.state == before
    assert bench.label == 2
    document.redo()
    assert document.state.class_count == 3


def test_escape_takes_the_first_points_of_a_class_back_and_the_class_stays_chosen(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    before, view = document.state, canvas.viewport()
    bench.choose_class(2)
    QTest.mousePress(view, LEFT, NO_MODIFIER, spot(canvas, -1.0, 1.0))
    QTest.mouseMove(view, spot(canvas, 1.0, 1.0))
    assert document.state.class_count == 3
    press(canvas, Qt.Key.Key_Escape)
    assert document.state == before
    assert bench.label == 2
    QTest.mouseRelease(view, LEFT, NO_MODIFIER, spot(canvas, 1.0, 1.0))


def test_shift_beside_a_class_that_is_not_there_draws_the_first(
    document: Document, bench: Workbench, canvas: Canvas
) -> None:
    bench.choose_class(2)
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mouseClick(canvas.viewport(), LEFT, shift, spot(canvas, 0.0, 1.0))
    assert document.state.points.labels[-1] == 0
    assert document.state.class_count == 2


def test_recoloring_begins_a_class(document: Document, bench: Workbench, canvas: Canvas) -> None:
    canvas.selection.choose(np.array([4]))
    bench.choose_class(2)
    canvas.edits.do("recolor")
    assert document.state.class_count == 3
    document.undo()
    assert document.state.class_count == 2


def test_another_example_ends_the_wait_for_a_class(document: Document, bench: Workbench) -> None:
    bench.choose_class(2)
    document.push(LoadPreset(Preset("moons")))
    assert bench.label == 1


def test_a_class_that_is_not_there_cannot_be_renamed_and_goes_at_delete(
    document: Document, chips: ClassChips, bench: Workbench, heard: list[object]
) -> None:
    before = document.state
    bench.choose_class(2)
    press(chips.chips[2], Qt.Key.Key_F2)
    assert "begins with its first point" in str(heard[0])
    press(chips.chips[2], Qt.Key.Key_Delete)
    assert document.state is before
    assert bench.label == 1
    assert len(shown(chips)) == 2


def test_a_class_drawn_by_its_key_can_be_removed(
    document: Document, chips: ClassChips, bench: Workbench, canvas: Canvas
) -> None:
    bench.choose_class(2)
    click(canvas.viewport(), spot(canvas, 0.0, 1.0))
    press(chips.chips[0], Qt.Key.Key_Delete)
    assert names(document) == ["Class 2", "Class 3"]
    assert bench.label == 1


def test_a_class_far_beyond_those_that_are_there_is_refused(
    document: Document, bench: Workbench
) -> None:
    assert "There is no class 7" in str(bench.choose_class(6))
    assert (document.state.class_count, bench.label) == (2, 0)


def test_a_ninth_class_is_refused(document: Document, bench: Workbench) -> None:
    for _ in range(6):
        bench.add_class()
    assert "as many as there can be" in str(bench.choose_class(8))
    assert document.state.class_count == 8


def test_a_double_click_renames(document: Document, chips: ClassChips) -> None:
    QTest.mouseDClick(chips.chips[1], LEFT, NO_MODIFIER, QPoint(10, 10))
    assert chips.field.text() == "Class 2"
    enter(chips.field, "iris  setosa")
    assert names(document) == ["Class 1", "iris  setosa"]
    assert not chips.field.isVisible()
    assert "iris" in chips.chips[1].toolTip()
    document.undo()
    assert names(document) == ["Class 1", "Class 2"]


def test_f2_renames_and_escape_gives_up(document: Document, chips: ClassChips) -> None:
    before = document.state
    press(chips.chips[0], Qt.Key.Key_F2)
    write(chips.field, "never")
    press(chips.field, Qt.Key.Key_Escape)
    assert document.state is before
    assert chips.name.isVisible()
    assert not chips.field.isVisible()


@pytest.mark.parametrize("name", ["", "Class 2"])
def test_a_name_that_cannot_be_is_explained(
    document: Document, chips: ClassChips, heard: list[object], name: str
) -> None:
    before = document.state
    press(chips.chips[0], Qt.Key.Key_F2)
    press(chips.field, Qt.Key.Key_Backspace)
    enter(chips.field, name)
    assert document.state is before
    assert len(heard) == 1
    assert "keeps its name" in str(heard[0])


def test_delete_removes_a_class_with_its_points(
    document: Document, chips: ClassChips, bench: Workbench
) -> None:
    click(chips.plus)
    before = document.state
    press(chips.chips[1], Qt.Key.Key_Delete)
    assert names(document) == ["Class 1", "Class 3"]
    assert len(document.state.points) == 3
    assert bench.label == 1
    document.undo()
    assert document.state == before


@pytest.mark.parametrize(
    ("drawn", "removed", "then"), [(2, 0, "Class 3"), (1, 0, "Class 2"), (0, 2, "Class 1")]
)
def test_the_class_that_is_drawn_stays_the_same_when_another_goes(
    document: Document, chips: ClassChips, bench: Workbench, drawn: int, removed: int, then: str
) -> None:
    click(chips.plus)
    click(chips.chips[drawn])
    press(chips.chips[removed], Qt.Key.Key_Delete)
    assert document.state.class_of(bench.label).name == then
    assert chips.name.full_text == then


def test_two_classes_stay(document: Document, chips: ClassChips, heard: list[object]) -> None:
    before = document.state
    press(chips.chips[1], Qt.Key.Key_Delete)
    assert document.state is before
    assert "Two classes must be left" in str(heard[0])


def test_the_menu_of_a_chip(qtbot: QtBot, document: Document, chips: ClassChips) -> None:
    chip = chips.chips[1]
    click(chips.plus)
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(chip, QContextMenuEvent(reason, QPoint(5, 5), QPoint(5, 5)))
    [menu] = chip.findChildren(QMenu)
    rename, remove = menu.actions()
    rename.trigger()
    assert chips.field.isVisible()
    remove.trigger()
    assert document.state.class_count == 2
    menu.close()


def test_chips_tell_their_color_marker_count_and_key(chips: ClassChips) -> None:
    tip = chips.chips[0].toolTip()
    for word in ("orange", "square", "3 so far", "key 1"):
        assert word in tip
    assert chips.chips[0].accessibleName() == "Class 1, 3 points"


def test_chips_are_big_enough(chips: ClassChips) -> None:
    for _ in range(6):
        click(chips.plus)
    assert all(min(chip.width(), chip.height()) >= 28 for chip in shown(chips))
    assert chips.minimumSizeHint().width() <= 330


def test_the_arrow_keys_walk_through_the_chips(chips: ClassChips, bench: Workbench) -> None:
    chips.chips[0].setFocus()
    press(chips.chips[0], Qt.Key.Key_Right)
    assert bench.label == 1

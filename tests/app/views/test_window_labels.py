"""What labels become: pasted with the real clipboard, and opened from real files."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.cli import parse
from app.document.commands import ReplacePoints, add_class, change_class
from app.document.points import Points
from app.main_window import MainWindow
from tests.app.views.hands import press
from tests.app.views.tour import paste, said

CONTROL = Qt.KeyboardModifier.ControlModifier
PAIR = Points.of([[-1.0, 1.0], [0.0, 0.5]], [0, 1])


@pytest.fixture
def first_points() -> Points:
    return PAIR


def paste_labels(qtbot: QtBot, window: MainWindow, *labels: str) -> str:
    """Paste a point for each label, and return what is said of it."""
    return paste(qtbot, window, "".join(f"{k}\t0\t{label}\n" for k, label in enumerate(labels)))


def open_table(qtbot: QtBot, window: MainWindow, path: Path, text: str) -> str:
    path.write_text(text)
    window.show_notice("")
    window.files.open_path(path)
    qtbot.waitUntil(lambda: said(window).startswith("Note Opened"))
    return said(window)


def open_labels(qtbot: QtBot, window: MainWindow, folder: Path, *labels: str) -> str:
    text = "".join(f"{k},0,{label}\n" for k, label in enumerate(labels))
    return open_table(qtbot, window, folder / "t.csv", text)


def pasted(window: MainWindow) -> list[int]:
    labels: list[int] = window.document.state.points.labels[2:].tolist()
    return labels


def opened(window: MainWindow) -> list[int]:
    labels: list[int] = window.document.state.points.labels.tolist()
    return labels


def names(window: MainWindow) -> list[str]:
    return [info.name for info in window.document.state.classes]


def name(window: MainWindow, label: int, text: str) -> None:
    window.document.push(change_class(window.document.state, label, text))


def test_a_label_is_a_class_number(qtbot: QtBot, window: MainWindow) -> None:
    sentence = paste_labels(qtbot, window, "1", "1")
    assert pasted(window) == [1, 1]
    assert "Pasted 2 points: label 1 as class 2;" in sentence


def test_a_number_beyond_the_classes_adds_classes(qtbot: QtBot, window: MainWindow) -> None:
    paste_labels(qtbot, window, "4", "0")
    assert pasted(window) == [4, 0]
    assert names(window) == [f"Class {k}" for k in range(1, 6)]
    window.document.undo()
    assert (window.document.state.points, len(names(window))) == (PAIR, 2)


def test_new_names_are_new_classes_in_the_same_step(qtbot: QtBot, window: MainWindow) -> None:
    sentence = paste_labels(qtbot, window, "dog", "cat", "dog")
    assert pasted(window) == [3, 2, 3]
    assert names(window) == ["Class 1", "Class 2", "cat", "dog"]
    assert "Pasted 3 points: cat as class 3, dog as class 4;" in sentence
    assert window.document.undo_name == "paste, 3 points"
    window.document.undo()
    assert names(window) == ["Class 1", "Class 2"]
    window.document.redo()
    assert pasted(window) == [3, 2, 3]
    assert names(window)[2:] == ["cat", "dog"]


def test_a_name_of_a_class_is_that_class(qtbot: QtBot, window: MainWindow) -> None:
    name(window, 1, "Cat")
    sentence = paste_labels(qtbot, window, " cAT", "class 1", "CAT ", "dog", "Dog")
    assert pasted(window) == [1, 0, 1, 2, 2]
    assert names(window) == ["Class 1", "Cat", "Dog"]
    assert "cAT as class 2" in sentence


def test_names_that_differ_in_case_only_are_two_where_the_document_has_two(
    qtbot: QtBot, window: MainWindow
) -> None:
    name(window, 0, "a")
    name(window, 1, "A")
    paste_labels(qtbot, window, "A", "a")
    assert pasted(window) == [1, 0]


def test_a_number_that_is_a_name_is_that_class(qtbot: QtBot, window: MainWindow) -> None:
    name(window, 0, "7")
    assert "label 7 as class 1;" in paste_labels(qtbot, window, "7")
    assert pasted(window) == [0]


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        ("abcdefg", "7 labels would be new classes (a, b, c, …), and there is room for 6; "),
        (("8",), "the label 8 is no class; accepted: class numbers from 0 to 7"),
        (("-1", "1"), "the label -1 is no class"),
        (("1e300",), "the label 1e+300 is no class"),
        ("0123456789", "10 different labels, one too many in line 9"),
    ],
)
def test_what_has_no_room_changes_nothing(
    qtbot: QtBot, window: MainWindow, labels: tuple[str, ...], words: str
) -> None:
    before = window.document.state
    sentence = paste_labels(qtbot, window, *labels)
    assert sentence.startswith("That did not work Nothing was pasted: ")
    assert words in sentence
    assert window.document.state is before


def test_a_document_without_points_gives_its_unnamed_classes_away(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.document.push(ReplacePoints(Points.empty()))
    paste_labels(qtbot, window, "dog", "cat", "ant")
    assert opened(window) == [2, 1, 0]
    assert names(window) == ["ant", "cat", "dog"]
    window.document.undo()
    assert names(window) == ["Class 1", "Class 2"]


def test_long_and_unprintable_labels_become_names_that_can_be(
    qtbot: QtBot, window: MainWindow
) -> None:
    paste_labels(qtbot, window, "x" * 50, "a\x07b", "\x07", "\x01")
    assert names(window)[2:] == ["Class 3", "a b", "x" * 40]
    assert pasted(window) == [4, 3, 2, 2]


@pytest.mark.parametrize("given", [(), ("dog", 'a "cat", tame', "ünïts"), ("1", "0", "Class 9")])
def test_copies_keep_their_class_whatever_it_is_called(
    qtbot: QtBot, window: MainWindow, given: tuple[str, ...]
) -> None:
    document = window.document
    document.push(add_class(document.state))
    for label, text in enumerate(given):
        name(window, label, text)
    points = Points.of(np.zeros((2, 3)), [2, 0, 2])
    document.push(ReplacePoints(points, classes=document.state.classes))
    for chosen in ([0], [0, 1, 2]):
        before = document.state.points
        window.center.canvas.selection.choose(np.array(chosen))
        with qtbot.waitSignal(document.changed):
            press(window, Qt.Key.Key_C, CONTROL)
            press(window, Qt.Key.Key_V, CONTROL)
        added = document.state.points.labels[len(before) :]
        assert added.tolist() == points.labels[chosen].tolist()
    assert len(names(window)) == 3


def test_a_spreadsheet_gets_the_names_that_somebody_gave(qtbot: QtBot, window: MainWindow) -> None:
    name(window, 1, "cat")
    QGuiApplication.clipboard().setText("")
    press(window, Qt.Key.Key_A, CONTROL)
    press(window, Qt.Key.Key_C, CONTROL)
    qtbot.waitUntil(lambda: bool(QGuiApplication.clipboard().text()))
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines == ["x1\tx2\tlabel", "-1.0\t0.0\tClass 1", "1.0\t0.5\tcat"]


@pytest.mark.parametrize(
    ("labels", "numbers", "words"),
    [
        ("11", [1, 1], "Opened t.csv."),
        ("020", [0, 2, 0], "Opened t.csv."),
        ("121", [0, 1, 0], "Opened t.csv: label 1 as class 1, label 2 as class 2."),
        ("13", [0, 2], "Opened t.csv: label 1 as class 1, label 3 as class 3."),
        (("1", "-1"), [1, 0], "Opened t.csv: label -1 as class 1, label 1 as class 2."),
        (("10", "30"), [0, 1], "Opened t.csv: label 10 as class 1, label 30 as class 2."),
    ],
)
def test_an_opened_table_keeps_its_class_numbers_or_says_what_became_of_them(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, labels: str, numbers: list[int], words: str
) -> None:
    assert open_labels(qtbot, window, tmp_path, *labels) == f"Note {words}"
    assert opened(window) == numbers


def test_an_opened_table_names_the_classes(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    name(window, 0, "cat")
    sentence = open_labels(qtbot, window, tmp_path, "dog", "cat", "ant")
    assert sentence == "Note Opened t.csv: ant as class 1, cat as class 2, dog as class 3."
    assert names(window) == ["ant", "cat", "dog"]
    assert opened(window) == [2, 1, 0]
    window.document.undo()
    assert names(window) == ["cat", "Class 2"]
    assert window.document.state.points == PAIR


def test_names_survive_saving_and_opening(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    open_labels(qtbot, window, tmp_path, '"dog, old"', "cat")
    before = window.document.state
    window.files.save_points_to(tmp_path / "saved.csv")
    qtbot.waitUntil(lambda: said(window) == "Note Saved saved.csv.")
    open_labels(qtbot, window, tmp_path, "0")
    open_table(qtbot, window, tmp_path / "saved.csv", (tmp_path / "saved.csv").read_text())
    qtbot.waitUntil(lambda: len(window.document.state.points) == 2)
    assert window.document.state.points == before.points
    assert names(window) == ["cat", "dog, old"]


def test_an_opened_table_says_which_points_are_for_the_test(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    split = window.left.data.split
    press(split.slider, Qt.Key.Key_PageUp)
    rows = "".join(f"{k},0,{k % 2},{int(k < 3)}\n" for k in range(10))
    open_table(qtbot, window, tmp_path / "t.csv", rows)
    assert window.document.state.points.test.sum() == 3
    assert split.number.text() == "30 %"
    press(window, Qt.Key.Key_Z, CONTROL)
    assert window.document.state.split.test_share == 0.1
    open_labels(qtbot, window, tmp_path, "0", "1")
    assert split.number.text() == "0 %"
    assert window.document.state.split.test_share == 0


def test_a_table_from_the_command_line_names_the_classes(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("0,0,dog,0\n1,1,cat,1\n")
    state = parse([str(tmp_path / "t.csv")]).opening().state
    assert [info.name for info in state.classes] == ["cat", "dog"]
    assert state.test_share == state.split.test_share == 0.5

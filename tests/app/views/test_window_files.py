"""Names of files, typed into the real dialogs."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from app.file_actions import named_as
from app.files.parameters import load_parameters
from app.files.sessions import open_session
from app.main_window import MainWindow
from tests.app.views.tour import look, said
from tests.patience import MILLISECONDS

Dialog = TypeVar("Dialog", bound=QDialog)
FILTERS = "NumPy arrays (*.npz);;JSON text (*.json)"


def when_asked(kind: type[Dialog], answer: Callable[[Dialog], None]) -> None:
    """Answer a dialog as soon as it is there: whoever opens it waits for its end."""

    def try_it() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            QTimer.singleShot(MILLISECONDS, dialog, dialog.reject)
            answer(dialog)
        else:
            QTimer.singleShot(10, try_it)

    QTimer.singleShot(0, try_it)


def type_name(path: Path) -> None:
    def answer(dialog: QFileDialog) -> None:
        edit = dialog.findChild(QLineEdit, "fileNameEdit")
        assert edit is not None
        edit.setText(str(path))
        dialog.accept()

    when_asked(QFileDialog, answer)


def push_button(button: QMessageBox.StandardButton) -> None:
    when_asked(QMessageBox, lambda dialog: dialog.button(button).click())


@pytest.mark.parametrize("name", ["lesson.planar", "lesson", "lesson 1.2", "LESSON.PLANAR"])
def test_a_session_saved_under_any_name_opens_again(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, name: str
) -> None:
    type_name(tmp_path / name)
    window.actions_by_name["save"].trigger()
    qtbot.waitUntil(lambda: "Saved" in said(window))
    (saved,) = tmp_path.iterdir()
    assert saved.name.lower().endswith(".planar")
    assert open_session(saved).state == window.document.state


@pytest.mark.parametrize("button", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_a_file_is_not_replaced_unasked(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, button: QMessageBox.StandardButton
) -> None:
    there = tmp_path / "p.npz"
    there.write_bytes(b"precious")
    qtbot.waitUntil(lambda: window.session.snapshot is not None)
    type_name(tmp_path / "p")
    push_button(button)
    window.actions_by_name["export"].trigger()
    if button == QMessageBox.StandardButton.Yes:
        qtbot.waitUntil(lambda: "Exported" in said(window))
        assert load_parameters(there)[0] == look(window).network
    else:
        assert not window.files.background.busy
        assert there.read_bytes() == b"precious"
    assert list(tmp_path.iterdir()) == [there]


def test_a_name_keeps_any_of_the_suffixes_and_gets_the_chosen_one() -> None:
    for given, kind, wanted in (
        ("a.json", "NumPy arrays (*.npz)", "a.json"),
        ("a", "JSON text (*.json)", "a.json"),
        ("a.txt", "NumPy arrays (*.npz)", "a.txt.npz"),
        ("a", "", "a.npz"),
    ):
        assert named_as(Path(given), FILTERS, kind) == Path(wanted)

"""What is remembered from one start to the next, in a real file."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.options import THEMES
from app.settings import Settings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "planar.ini"


def reopened(file: Path) -> Settings:
    return Settings(QSettings(str(file), QSettings.Format.IniFormat))


@pytest.mark.parametrize("name", THEMES)
def test_the_chosen_theme_is_remembered(file: Path, name: str) -> None:
    reopened(file).theme = name
    assert reopened(file).theme == name


@pytest.mark.parametrize("text", ["", "[General]\ntheme=purple\n", "[General]\ntheme=a, b\n"])
def test_without_a_theme_that_there_is_it_follows_the_system(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    assert reopened(file).theme == "system"


def test_the_window_comes_back_as_large_as_it_was(qtbot: QtBot, file: Path) -> None:
    left, found = QWidget(), QWidget()
    for widget in (left, found):
        qtbot.addWidget(widget)
    left.resize(456, 321)
    reopened(file).keep_geometry(left)
    reopened(file).restore_geometry(found)
    assert found.size() == left.size()


def test_a_file_without_sense_leaves_the_window_as_it_is(qtbot: QtBot, file: Path) -> None:
    file.write_text("[General]\ngeometry=@ByteArray(nonsense)\n", encoding="utf-8")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.resize(456, 321)
    reopened(file).restore_geometry(widget)
    assert (widget.width(), widget.height()) == (456, 321)


def test_nobody_has_the_light_theme_and_leaves_nothing(qapp: QApplication) -> None:
    settings = Settings.of_nobody()
    settings.theme = "dark"
    assert settings.theme == "light"

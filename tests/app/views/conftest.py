from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.main_window import MainWindow
from app.theme import LIGHT, apply_theme
from tests.app.views.tour import open_window


@pytest.fixture
def themed(qapp: QApplication) -> Iterator[QApplication]:
    apply_theme(qapp, LIGHT)
    yield qapp
    apply_theme(qapp, LIGHT)


@pytest.fixture
def heard() -> list[object]:
    """What a signal said: connect it to ``heard.append``."""
    return []


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication) -> Iterator[MainWindow]:
    with open_window(qtbot, Document()) as window:
        yield window

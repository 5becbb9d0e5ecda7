import threading
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.document.commands import Command, ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.main_window import MainWindow
from app.theme import LIGHT, apply_theme
from tests.app.document.edits import held
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
def first_points() -> Points | None:
    """What the window opens with; tests that want others than the flower override it."""
    return None


@pytest.fixture
def window(qtbot: QtBot, themed: QApplication, first_points: Points | None) -> Iterator[MainWindow]:
    document = Document()
    if first_points is not None:
        document.push(ReplacePoints(first_points))
    with open_window(qtbot, document) as window:
        yield window


@pytest.fixture
def few_are_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Edits of more than three points are computed beside the window."""
    monkeypatch.setattr("app.document.document.LARGE", 3)
    monkeypatch.setattr("app.views.canvas.selection.MOST_AT_ONCE", 3)
    monkeypatch.setattr("app.views.canvas.tools.selecting.MOST_LIVE", 3)
    monkeypatch.setattr("app.views.canvas.tools.changing.MOST_AT_ONCE", 3)


@pytest.fixture
def lift(gate: threading.Event) -> Command:
    """Lifts the first five points, when the gate is open."""
    return held(gate, *range(5))

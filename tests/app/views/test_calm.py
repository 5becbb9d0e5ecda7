"""What is shown of a document does not follow every point of a hand."""

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.document.commands import AddPoints, ChangeTask
from app.document.document import Document
from app.document.points import Points
from app.views.calm import Calm

ONE = Points.of(np.zeros((2, 1)), [0])


@pytest.fixture
def document() -> Document:
    return Document()


def test_points_drawn_at_once_are_shown_together(qtbot: QtBot, document: Document) -> None:
    seen, owner = list[int](), QObject()
    Calm(document, lambda: seen.append(len(document.state.points)), owner)
    for _ in range(50):
        document.push(AddPoints(ONE), stroke="spray")
    assert seen == []
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [450]


def test_other_edits_are_shown_at_once_and_bring_what_waits(
    qtbot: QtBot, document: Document
) -> None:
    seen, owner = list[int](), QObject()
    Calm(document, lambda: seen.append(len(document.state.points)), owner)
    document.push(AddPoints(ONE))
    document.push(ChangeTask("regression"))
    assert seen == [401]
    document.push(AddPoints(ONE))
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert seen == [401, 402]

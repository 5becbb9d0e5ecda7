from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.document.commands import ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.views.canvas.canvas import Canvas
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import drag, press
from tests.app.views.tour import show, spot


def way(canvas: Canvas, *places: tuple[float, float]) -> None:
    """Drag with the current tool from place to place."""
    drag(canvas.viewport(), *(spot(canvas, *place) for place in places))


def walk(canvas: Canvas, *keys: Qt.Key, times: int = 8) -> None:
    """Press each of the keys several times."""
    for key in keys:
        for _ in range(times):
            press(canvas, key)


@pytest.fixture
def document() -> Document:
    """Five points on the x1 axis, of two classes."""
    document = Document()
    line = Points.of([[-2.0, -1.0, 0.0, 1.0, 2.0], [0.0] * 5], [0, 1, 0, 1, 0])
    document.push(ReplacePoints(line))
    return document


@pytest.fixture
def bench(document: Document) -> Workbench:
    return Workbench(document, seed=1)


@pytest.fixture
def canvas(
    qtbot: QtBot, themed: QApplication, document: Document, bench: Workbench
) -> Iterator[Canvas]:
    holder, canvas = QWidget(), Canvas(document, bench)
    QVBoxLayout(holder).addWidget(canvas)
    holder.resize(600, 400)
    show(qtbot, holder)
    canvas.fit()
    canvas.zoom(canvas.position(0.0, 0.0), 1.5)
    yield canvas
    holder.close()
    holder.deleteLater()

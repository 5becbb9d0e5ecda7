from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.document.commands import ReplacePoints
from app.document.document import Document
from app.document.points import Points
from app.views.canvas.canvas import Canvas
from app.views.canvas.workbench import Workbench
from tests.app.views.hands import drag
from tests.app.views.tour import show


def spot(canvas: Canvas, x1: float, x2: float) -> QPoint:
    return canvas.position(x1, x2).toPoint()


def way(canvas: Canvas, *places: tuple[float, float]) -> None:
    """Drag with the current tool from place to place."""
    drag(canvas.viewport(), *(spot(canvas, *place) for place in places))


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

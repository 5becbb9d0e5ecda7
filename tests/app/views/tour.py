"""What tests of the whole window look at and wait for."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.main_window import MainWindow
from app.settings import Settings
from app.training.snapshot import Snapshot
from app.views.canvas.canvas import Canvas


def show(qtbot: QtBot, window: QWidget) -> None:
    """Show it, and wait until it is on the screen and has the keyboard."""
    with qtbot.waitActive(window):
        window.show()


@contextmanager
def open_window(
    qtbot: QtBot, document: Document, width: int = 1280, height: int = 720
) -> Iterator[MainWindow]:
    """A window on the screen whose first pictures are there; it is closed at the end."""
    window = MainWindow(document, Settings.of_nobody(), "light")
    window.resize(width, height)
    show(qtbot, window)
    qtbot.waitUntil(lambda: window.session.snapshot is not None)
    yield window
    window.close()
    window.deleteLater()


def said(window: MainWindow) -> str:
    """The last notice."""
    return window.right.happening.notice_text


def look(window: MainWindow) -> Snapshot:
    snapshot = window.session.snapshot
    assert snapshot is not None
    return snapshot


def trained(qtbot: QtBot, window: MainWindow, iterations: int) -> None:
    qtbot.waitUntil(
        lambda: (
            window.session.snapshot is not None and window.session.snapshot.iteration >= iterations
        ),
    )


def rested(qtbot: QtBot, window: MainWindow) -> Snapshot:
    with qtbot.waitSignal(window.session.settled) as heard:
        window.session.pause()
    snapshot: Snapshot = heard.args[0]
    return snapshot


def spot(canvas: Canvas, x1: float, x2: float) -> QPoint:
    return canvas.position(x1, x2).toPoint()

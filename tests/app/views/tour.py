"""What tests of the whole window look at and wait for."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.document.points import Points
from app.main_window import MainWindow
from app.settings import Settings
from app.training.snapshot import Snapshot
from app.views.canvas.canvas import Canvas
from tests.app.views.hands import press

LINE = Points.of(
    [[-2.0, -1.0, 0.1, 1.0, 2.0], [0.0] * 5], [0, 1, 0, 1, 0], [0.1, 0.2, 0.3, 0.4, 0.5]
)


def show(qtbot: QtBot, window: QWidget) -> None:
    """Show it, and wait until it is on the screen and has the keyboard, the pointer elsewhere."""
    QCursor.setPos(-1, -1)  # a former test may have left it where the window will be
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
    settled(qtbot, window)
    yield window
    window.close()
    window.deleteLater()


class Painted(QObject):
    """Hears which parts of a widget are painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.regions: list[QRegion] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(event.region())
        return False


def said(window: MainWindow) -> str:
    """The last notice."""
    return window.right.happening.notice_text


def paste(qtbot: QtBot, window: MainWindow, text: str) -> str:
    """Paste a text and return what the window then says."""
    window.show_notice("…")
    QGuiApplication.clipboard().setText(text)
    press(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not said(window).endswith("…"))
    return said(window)


def look(window: MainWindow) -> Snapshot:
    snapshot = window.session.snapshot
    assert snapshot is not None
    return snapshot


def settled(qtbot: QtBot, window: MainWindow) -> Snapshot:
    """Wait until what is shown answers all that was asked of a run that rests."""
    qtbot.waitUntil(lambda: not window.session._timer.isActive())
    return look(window)


def trained(qtbot: QtBot, window: MainWindow, iterations: int) -> None:
    """Wait until so many iterations are shown."""
    qtbot.waitUntil(lambda: look(window).iteration >= iterations)


def train_to(qtbot: QtBot, window: MainWindow, iteration: int) -> Snapshot:
    """Train to exactly this iteration, and lay out what then is shown."""
    with qtbot.waitSignal(window.session.settled):
        window.session.train(until=iteration)
    QApplication.processEvents()
    return look(window)


def rested(qtbot: QtBot, window: MainWindow) -> Snapshot:
    with qtbot.waitSignal(window.session.settled) as heard:
        window.session.pause()
    snapshot: Snapshot = heard.args[0]
    return snapshot


def spot(canvas: Canvas, x1: float, x2: float) -> QPoint:
    return canvas.position(x1, x2).toPoint()

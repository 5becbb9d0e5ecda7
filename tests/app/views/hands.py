"""What hands do at a keyboard and a mouse, as real events."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

LEFT = Qt.MouseButton.LeftButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def press(
    widget: QWidget, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifiers)


def write(field: QLineEdit, text: str) -> None:
    """Type over what stands in the field."""
    field.selectAll()
    QTest.keyClicks(field, text)


def enter(field: QLineEdit, text: str) -> None:
    write(field, text)
    press(field, Qt.Key.Key_Return)


def click(widget: QWidget, place: QPoint | None = None) -> None:
    QTest.mouseClick(widget, LEFT, NO_MODIFIER, place or widget.rect().center())


def drag(widget: QWidget, *places: QPoint) -> None:
    QTest.mousePress(widget, LEFT, NO_MODIFIER, places[0])
    for _, place in pairwise(places):
        QTest.mouseMove(widget, place)
    QTest.mouseRelease(widget, LEFT, NO_MODIFIER, places[-1])


def hover(widget: QWidget, place: QPoint, modifiers: Qt.KeyboardModifier = NO_MODIFIER) -> None:
    """Move without a button, with keys held."""
    position = QPointF(place)
    there, none = widget.mapToGlobal(position), Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, position, there, none, none, modifiers)
    QApplication.sendEvent(widget, event)


def enter_with_pointer(widget: QWidget, place: QPoint) -> None:
    position = QPointF(place)
    QApplication.sendEvent(widget, QEnterEvent(position, position, position))


def leave_with_pointer(widget: QWidget) -> None:
    QApplication.sendEvent(widget, QEvent(QEvent.Type.Leave))

"""What hands do at a keyboard and a mouse, as real events."""

from itertools import pairwise

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

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

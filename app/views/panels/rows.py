"""One line of a panel: a label on the left, its control on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

LABEL_WIDTH = 84


def label_for(text: str, control: QWidget, key: str) -> QLabel:
    """Return a label that names ``control``; Alt and ``key`` bring the focus to it.

    The key is a shortcut and no underlined letter: the column stays calm, the tooltip tells it.
    """
    label = QLabel(text)
    label.setProperty("role", "muted")
    label.setBuddy(control)
    bind_key(control, key)
    return label


def bind_key(control: QWidget, key: str) -> None:
    """Let Alt and ``key`` bring the focus to ``control``."""
    shortcut = QShortcut(QKeySequence(f"Alt+{key}"), control)
    shortcut.activated.connect(partial(control.setFocus, Qt.FocusReason.ShortcutFocusReason))


def help_text(sentence: str, key: str) -> str:
    """Add the key to the sentence of a tooltip."""
    return f"{sentence} (Alt+{key})"


def add_row(layout: QVBoxLayout, label: QLabel, *controls: QWidget) -> None:
    """Put a label and its controls into one line, the controls in the common right column."""
    row = QHBoxLayout()
    row.setSpacing(4)
    label.setMinimumWidth(LABEL_WIDTH)
    row.addWidget(label)
    for control in controls:
        row.addWidget(control, 0 if control.minimumWidth() == control.maximumWidth() else 1)
    layout.addLayout(row)

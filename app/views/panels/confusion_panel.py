"""Confusion counts of the training or the test set; gone when there is nothing to count."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QToolButton, QWidget

from app.document.state import Changed
from app.views.panels.confusion_table import ConfusionTable
from app.views.widgets.card import Card

if TYPE_CHECKING:
    from app.document.document import Document
    from app.training.snapshot import Snapshot


class ConfusionPanel(Card):
    """Which classes are taken for which: of the training set, or of the test set."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Confusion", parent)
        self._document = document
        self._snapshot: Snapshot | None = None
        self.table = ConfusionTable()
        self.train = _choice("train", "Count the points of the training set.")
        self.test = _choice("test", "Count the points of the test set.")
        group = QButtonGroup(self)
        for button in (self.train, self.test):
            group.addButton(button)
            self.add_button(button)
        self.train.setChecked(True)
        group.buttonClicked.connect(self._refresh)
        self.body.addWidget(self.table)
        document.changed.connect(self._follow)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the counts of a newer look at the run."""
        self._snapshot = snapshot
        self._refresh()

    def _follow(self, changes: Changed) -> None:
        if changes & Changed.CLASSES:
            self._refresh()

    def _refresh(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        tested = snapshot.test_confusion is not None
        for button in (self.train, self.test):
            button.setVisible(tested)
        of_test = tested and self.test.isChecked()
        counts = snapshot.test_confusion if of_test else snapshot.confusion
        self.table.show_counts(counts, self._document.state.classes)
        # Last: the room is shared out at once, for the table as it then is.
        self.setVisible(snapshot.confusion is not None)


def _choice(text: str, sentence: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setCheckable(True)
    button.setProperty("role", "small")
    button.setToolTip(sentence)
    button.setAccessibleName(sentence.rstrip("."))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button

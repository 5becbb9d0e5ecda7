"""The strip at the top: what to do with the run, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QSpacerItem, QWidget

import nncore
from app.views.widgets.figure import Figure

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.training.snapshot import Snapshot

TRAIN_WIDTH = 100  # wide enough for "Train" and for "Pause", so that nothing moves
SPACING = 8
GAP = 12  # more between two figures, where there is room
WIDEST_COST = "0.00e+000"


class ActionButton(QPushButton):
    """A push button that looks and does as its action says."""

    def __init__(self, action: QAction, role: str = "") -> None:
        super().__init__()
        self._action = action
        self.setProperty("role", role)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setText(self._action.text())
        self.setIcon(self._action.icon())
        self.setToolTip(self._action.toolTip())
        self.setEnabled(self._action.isEnabled())
        self.setAccessibleName(self._action.text())


class Header(QFrame):
    """Buttons on the left, figures after them, what leaves the program on the right."""

    def __init__(
        self,
        train: QAction,
        others: list[QAction],
        last: list[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.train_button = ActionButton(train, "primary")
        self.train_button.setMinimumWidth(TRAIN_WIDTH)
        self._iteration = Figure("iteration", "00,000,000", "Parameter updates so far.")
        self._speed = Figure("speed", "000.0 k/s", "Iterations a second.")
        self._of_classes = _ClassFigures()
        self._of_values = _ValueFigures()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(SPACING)
        for button in (self.train_button, *map(ActionButton, others)):
            layout.addWidget(button)
        layout.addStretch(1)
        for figure in (self._iteration, self._speed, self._of_classes, self._of_values):
            layout.addWidget(figure)
            layout.addItem(_gap())
        layout.addStretch(2)
        for action in last:
            layout.addWidget(ActionButton(action))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the figures of a newer look at the run."""
        self._iteration.set_text(f"{snapshot.iteration:,}")
        self._speed.set_text(format_speed(snapshot.speed))
        classifies = nncore.OUTPUTS[snapshot.network.output].classifies
        self._of_classes.setVisible(classifies)
        self._of_values.setVisible(not classifies)
        shown = self._of_classes if classifies else self._of_values
        shown.show_snapshot(snapshot)


def _gap() -> QSpacerItem:
    return QSpacerItem(GAP, 0, QSizePolicy.Policy.Maximum)


class _Figures(QWidget):
    """Figures side by side."""

    def __init__(self, *figures: Figure) -> None:
        super().__init__()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for figure in figures:
            if layout.count():
                layout.addItem(_gap())
            layout.addWidget(figure)


class _ClassFigures(_Figures):
    """Of a classification: the cost, and how many points of each set are classified rightly."""

    def __init__(self) -> None:
        self.cost = Figure("cost J", WIDEST_COST, "Cost J over the training set.")
        self.train = Figure("train", "100.0 %", "Training points that are classified rightly.")
        self.test = Figure("test", "100.0 %", "Test points that are classified rightly.")
        super().__init__(self.cost, self.train, self.test)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.cost.set_text(format_cost(snapshot.cost))
        self.train.set_text(format_share(snapshot.accuracy))
        self.test.set_text(format_share(snapshot.test_accuracy))


class _ValueFigures(_Figures):
    """Of a regression: the cost over each set."""

    def __init__(self) -> None:
        self.train = Figure("cost J, train", WIDEST_COST, "Cost J over the training set.")
        self.test = Figure("cost, test", WIDEST_COST, "Mean loss over the test set.")
        super().__init__(self.train, self.test)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.train.set_text(format_cost(snapshot.cost))
        self.test.set_text(format_cost(snapshot.test_cost))


def format_speed(speed: float) -> str:
    """Write iterations a second in at most nine characters."""
    if not speed:
        return "–"
    return f"{speed / 1000:.1f} k/s" if speed >= 1000 else f"{speed:.0f} /s"


def format_share(share: float | None) -> str:
    """Write a share in percent with one decimal."""
    return "–" if share is None else f"{100 * share:.1f} %"


def format_cost(cost: float | None) -> str:
    """Write a cost with four decimals, or as a power of ten where these would say nothing."""
    if cost is None:
        return "–"
    return f"{cost:.4f}" if 1e-3 <= cost < 1e4 or cost == 0 else f"{cost:.2e}"

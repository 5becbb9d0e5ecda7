"""The strip at the top: what to do with the run, and its figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from app.views.widgets.figure import Figure

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from app.training.snapshot import Snapshot

TRAIN_WIDTH = 100  # wide enough for "Train" and for "Pause", so that nothing moves
GAP = 20


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
        self._cost = Figure("cost J", "0.000e+00", "Mean loss over the training set.")
        self._accuracy = Figure("accuracy", "100.0 %", "Points that are classified rightly.")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 8)
        layout.setSpacing(8)
        for button in (self.train_button, *map(ActionButton, others)):
            layout.addWidget(button)
        layout.addStretch(1)
        for figure in (self._iteration, self._speed, self._cost, self._accuracy):
            layout.addWidget(figure)
            layout.addSpacing(GAP)
        layout.addStretch(2)
        for action in last:
            layout.addWidget(ActionButton(action))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the figures of a newer look at the run."""
        self._iteration.set_text(f"{snapshot.iteration:,}")
        self._speed.set_text(format_speed(snapshot.speed))
        self._cost.set_text(format_cost(snapshot.cost))
        accuracy = snapshot.accuracy
        self._accuracy.set_text("–" if accuracy is None else f"{accuracy:.1%}".replace("%", " %"))


def format_speed(speed: float) -> str:
    """Write iterations a second in at most nine characters."""
    if not speed:
        return "–"
    return f"{speed / 1000:.1f} k/s" if speed >= 1000 else f"{speed:.0f} /s"


def format_cost(cost: float | None) -> str:
    """Write a cost with four decimals, or as a power of ten where these would say nothing."""
    if cost is None:
        return "–"
    return f"{cost:.4f}" if 1e-3 <= cost < 1e4 or cost == 0 else f"{cost:.2e}"

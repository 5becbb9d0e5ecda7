"""What is happening, in words: the state of the run, and the last thing worth saying."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.training.snapshot import Snapshot, Status

if TYPE_CHECKING:
    from app.theme import Theme

LOOK_BACK = 0.1  # the trend is told over the last tenth of the run
READING_TIME = 0.5  # seconds
FEWEST_COSTS = 4  # that tell a trend
STANDSTILL = 1e-4  # relative change of the cost that counts as none


def describe(snapshot: Snapshot) -> tuple[str, str, str]:
    """Say how the run is doing: (tone, title, sentence); the tone is a colour of the theme."""
    status, iteration = snapshot.status, snapshot.iteration
    if status is Status.DIVERGED:
        return "danger", "Stopped", snapshot.reason
    if status is Status.TRAINING:
        return _trend(snapshot)
    if status is Status.PAUSED and snapshot.reason:
        return "warning", "Nothing to train on", snapshot.reason
    if iteration == 0:
        return "muted_text", "Ready", "Train starts gradient descent from the initial weights."
    title = "Finished" if status is Status.FINISHED else "Paused"
    trend = _trend(snapshot)[2] if len(snapshot.curve[0]) >= FEWEST_COSTS else ""
    return "muted_text", title, f"At iteration {iteration:,}. {trend}".strip()


def _trend(snapshot: Snapshot) -> tuple[str, str, str]:
    """Compare the two halves of the last part of the run: single costs may jump."""
    iterations, costs = snapshot.curve
    if len(costs) < FEWEST_COSTS:
        return "accent", "Learning", "The first iterations are under way."
    start = int(iterations.searchsorted(iterations[-1] * (1 - LOOK_BACK)))
    recent = costs[min(start, len(costs) - FEWEST_COSTS) :]
    span = iterations[-1] - iterations[-len(recent)]
    before, now = float(recent[: len(recent) // 2].mean()), float(recent[-2:].mean())
    change = (now - before) / before if before > 0 else 0.0
    over = f"over the last {span:,.0f} iterations"
    percent = f"{100 * abs(change):.{1 if abs(change) >= 0.001 else 2}f} %"
    if abs(change) < STANDSTILL:
        return "warning", "Standing still", f"The cost hardly changed {over}."
    if change > 0:
        return "warning", "Cost is rising", f"The cost rose by {percent} {over}."
    return "accent", "Learning", f"The cost fell by {percent} {over}."


class HappeningPanel(QWidget):
    """Two entries, each a dot, a title and a sentence: the run, and the latest notice."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._said = 0.0
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        self._run = _Entry(layout, 0)
        self._notice = _Entry(layout, 3)
        layout.setRowMinimumHeight(2, 8)
        layout.setRowStretch(5, 1)
        self.setAccessibleName("What is happening")

    @property
    def run_text(self) -> str:
        """What is said of the run."""
        return self._run.text

    @property
    def notice_text(self) -> str:
        """The latest notice; empty if there was none."""
        return self._notice.text

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colours of a theme."""
        self._theme = theme
        self._run.recolor(theme)
        self._notice.recolor(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say how the run is doing, while it trains not more often than one can read."""
        now = monotonic()
        if snapshot.training and now - self._said < READING_TIME:
            return
        self._said = now
        self._run.say(*describe(snapshot), theme=self._theme)

    def show_notice(self, sentence: str, tone: str = "accent", title: str = "Note") -> None:
        """Say something; an empty sentence takes the last one away."""
        self._notice.say(tone, title if sentence else "", sentence, theme=self._theme)


class _Entry:
    """A dot, a title and a sentence below it, in two rows of a grid."""

    def __init__(self, layout: QGridLayout, row: int) -> None:
        self._dot, self._title, self._sentence = QLabel(), QLabel(), QLabel()
        self._tone = "muted_text"
        self._sentence.setWordWrap(True)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self._dot, row, 0)
        layout.addWidget(self._title, row, 1)
        layout.addWidget(self._sentence, row + 1, 1)

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self._title.text(), self._sentence.text())))

    def say(self, tone: str, title: str, sentence: str, theme: Theme | None) -> None:
        if sentence != self._sentence.text():
            self._sentence.setText(sentence)
        if (tone, title) != (self._tone, self._title.text()):
            self._tone = tone
            self._title.setText(title)
            self._dot.setText("●" if title else "")
            if theme:
                self.recolor(theme)

    def recolor(self, theme: Theme) -> None:
        color = getattr(theme, self._tone)
        self._dot.setStyleSheet(f"color: {color};")
        self._title.setStyleSheet(f"color: {color}; font-weight: 600;")

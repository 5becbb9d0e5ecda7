"""What is happening, in words: the state of the run, its findings, and the last notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.training.snapshot import Snapshot, Status
from app.views.widgets.elided_text import ElidedText
from nncore import Severity

if TYPE_CHECKING:
    from app.theme import Theme
    from nncore import Finding, Trend

TONES = {Severity.FAILURE: "danger", Severity.WARNING: "warning", Severity.NOTE: "muted_text"}
OF_THE_RUN = ("diverged", "cost_rising", "cost_oscillating", "small_steps", "cost_plateau")
"""Findings that are told as the state of the run."""

FINDINGS = 2
"""So many of the others have room."""

TOO_EARLY = "It goes on; it is too early to say where the cost goes from here."
GAP = 8  # pixels above an entry that is not the first
STANDSTILL = 1e-4  # relative change of the cost that counts as none


def describe(snapshot: Snapshot) -> tuple[str, str, str]:
    """Say how the run is doing: (tone, title, sentence); the tone is a color of the theme."""
    status, iteration = snapshot.status, snapshot.iteration
    if status is Status.DIVERGED:
        return "danger", "Stopped", snapshot.reason
    if status is Status.TRAINING:
        return _progress(snapshot)
    if status is Status.PAUSED and snapshot.reason:
        return "warning", "Nothing to train on", snapshot.reason
    if iteration == 0:
        return "muted_text", "Ready", "Train starts gradient descent from the initial weights."
    title = "Finished" if status is Status.FINISHED else "Paused"
    progress = _progress(snapshot)[2] if snapshot.trend else ""
    return "muted_text", title, f"At iteration {iteration:,}. {progress}".strip()


def other_findings(snapshot: Snapshot) -> list[Finding]:
    """Return the findings that the state of the run does not tell already."""
    return [finding for finding in snapshot.findings if finding.name not in OF_THE_RUN]


def _progress(snapshot: Snapshot) -> tuple[str, str, str]:
    for finding in snapshot.findings:
        if finding.name in OF_THE_RUN:
            return TONES[finding.severity], finding.title, finding.sentence
    if snapshot.trend is None:
        first = "The first iterations are under way."
        return "accent", "Training", TOO_EARLY if snapshot.since else first
    falls = snapshot.trend.change <= -STANDSTILL
    return "accent", "Learning" if falls else "Training", _words(snapshot.trend)


def _words(trend: Trend) -> str:
    over = f"over the last {trend.iterations:,} iterations"
    if abs(trend.change) < STANDSTILL:
        return f"The cost hardly changed {over}."
    verb = "fell" if trend.change < 0 else "rose"
    digits = 1 if abs(trend.change) >= 0.001 else 2
    return f"The cost {verb} by {100 * abs(trend.change):.{digits}f} % {over}."


class HappeningPanel(QWidget):
    """Entries of a dot, a title and a sentence: the run, the latest notice, the findings.

    Signals
    -------
    noticed()
        There is another notice.
    """

    noticed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme: Theme | None = None
        self._troubled = False
        # What is said of the run and to the person is said in full; findings give way.
        self._run = _Entry(most=8, fewest=2, least=4)
        self._notice = _Entry(most=8, least=8, gap=GAP)
        self._findings = [_Entry(most=5, gap=GAP) for _ in range(FINDINGS)]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for entry in self._entries:
            layout.addWidget(entry)
        layout.addStretch(1)
        self.setAccessibleName("What is happening")

    @property
    def run_text(self) -> str:
        """What is said of the run."""
        return self._run.text

    @property
    def notice(self) -> QWidget:
        """Where the latest notice stands."""
        return self._notice

    @property
    def notice_text(self) -> str:
        """The latest notice; empty if there was none."""
        return self._notice.text

    @property
    def finding_texts(self) -> list[str]:
        """The findings that are shown."""
        return [entry.text for entry in self._findings if entry.text]

    @property
    def troubled(self) -> bool:
        """Whether the notice says what could not be done."""
        return self._troubled

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self._theme = theme
        for entry in self._entries:
            entry.recolor(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Say how the run is doing, and what is wrong with it."""
        self._run.say(*describe(snapshot), theme=self._theme)
        told = [(TONES[one.severity], one.title, one.sentence) for one in other_findings(snapshot)]
        told += [("muted_text", "", "")] * FINDINGS
        for entry, words in zip(self._findings, told[:FINDINGS], strict=True):
            entry.say(*words, theme=self._theme)

    def show_notice(self, sentence: str, tone: str = "accent", title: str = "Note") -> None:
        """Say something; an empty sentence takes the last one away."""
        self._troubled = False
        self._notice.say(tone, title if sentence else "", sentence, theme=self._theme)
        self.noticed.emit()

    def show_trouble(self, sentence: str) -> None:
        """Say what could not be done; it is said until the person does something else."""
        self.show_notice(sentence, "danger", "That did not work")
        self._troubled = bool(sentence)

    @property
    def _entries(self) -> list[_Entry]:
        return [self._run, self._notice, *self._findings]


class _Entry(QWidget):
    """A dot, a title and a sentence below it; without a title it takes no room.

    It is never hidden: so its width, and with it the height of a sentence, is known beforehand.
    """

    def __init__(self, most: int, fewest: int = 0, least: int = 1, gap: int = 0) -> None:
        super().__init__()
        self._dot, self._title = QLabel("●"), QLabel()
        self._sentence, self._gap = ElidedText(most, fewest, least), gap
        self._tone = "muted_text"
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._layout = layout = QGridLayout(self)
        layout.setHorizontalSpacing(8)
        layout.setVerticalSpacing(2)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._dot, 0, 0)
        layout.addWidget(self._title, 0, 1)
        layout.addWidget(self._sentence, 1, 1)
        self._show_title("")

    @property
    def text(self) -> str:
        return " ".join(filter(None, (self._title.text(), self._sentence.full_text)))

    def say(self, tone: str, title: str, sentence: str, theme: Theme | None) -> None:
        self._sentence.set_full_text(sentence)
        if title != self._title.text():
            self._show_title(title)
        if tone != self._tone:
            self._tone = tone
            if theme:
                self.recolor(theme)

    def _show_title(self, title: str) -> None:
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._dot.setVisible(bool(title))
        self._layout.setContentsMargins(0, self._gap if title else 0, 0, 0)

    def recolor(self, theme: Theme) -> None:
        color = getattr(theme, self._tone)
        self._dot.setStyleSheet(f"color: {color};")
        self._title.setStyleSheet(f"color: {color}; font-weight: 600;")

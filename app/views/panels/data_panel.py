"""The data: what is learned, the example datasets, noise, the split into training and test set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.document.commands import (
    ChangePreset,
    ChangeSplit,
    ChangeTask,
    ClearPoints,
    LoadPreset,
    verb_of_change,
)
from app.document.split import TEST_SHARE_RANGE
from app.side_job import SideJob
from app.views.calm import Calm
from app.views.panels.rows import bind_key, help_text, label_for
from app.views.widgets.buttons import IconButton
from app.views.widgets.card import Card
from app.views.widgets.choice_box import ChoiceBox
from app.views.widgets.drag_slider import DragSlider
from app.views.widgets.elided_text import ElidedLabel
from app.views.widgets.numbers import IntegerField, NumberField
from app.views.widgets.preset_picker import PresetPicker
from app.views.widgets.split_control import SplitControl
from nncore import DATASETS, NOISE_RANGE, POINTS_RANGE, SEED_RANGE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

    from app.document.commands import Command
    from app.document.document import Document
    from app.document.state import Preset, State, Task
    from app.views.widgets.fields import Field


TASK_WIDTH = 84
NOISE_WIDTH, NOISE_STEP = 52, 0.01
ROW_GAP = 2  # pixels: all panels fit into a window 720 pixels high
MOST_AT_ONCE = 20_000
"""Points of an example that are drawn at once, in 2 ms; 100,000 take 7."""


@dataclass(frozen=True)
class TaskRecord:
    """What can be learned of the points."""

    label: str
    formula: str
    description: str


TASK_RECORDS = {
    "classification": TaskRecord(
        "Classes", "classification", "The network says which class a place belongs to."
    ),
    "regression": TaskRecord(
        "Values", "regression", "The network says which value a place has: any number."
    ),
}


def _drawn(load: LoadPreset) -> LoadPreset:
    load.preset.generate()
    return load


def count_texts(state: State) -> tuple[str, ...]:
    """Return "400 points · 320 train / 80 test", then shorter forms."""
    m, test = len(state.points), int(state.points.test_counts.sum())
    if not m:
        return ("no points",)
    total = f"{m:,} point{'s' if m > 1 else ''}"
    sets = f"{m - test:,} train / {test:,} test"
    return f"{total} · {sets}", sets, total


class DataPanel(Card):
    """Shows and changes the points.

    Signals
    -------
    message(str or None)
        What is wrong with a typed text; None when it is put right.
    noise_asked()
        The selected points, or all, shall move by the noise σ.
    """

    message = Signal(object)
    noise_asked = Signal()

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Data", parent)
        self._document = document
        self._awaited: LoadPreset | None = None
        self._stroke: str | None = None
        self._job: SideJob[LoadPreset] = SideJob(self)
        self.task = ChoiceBox("What is learned of the points", TASK_RECORDS)
        self.undo = IconButton("undo", "Undo")
        self.redo = IconButton("redo", "Redo")
        self.clear = IconButton("delete", "Clear points: remove all points, keep the network")
        self.presets = PresetPicker(DATASETS)
        self.points = IntegerField("Points m", POINTS_RANGE)
        self.noise = NumberField("Noise σ", NOISE_RANGE, 0.05)
        self.noise_slider = DragSlider("Noise σ")
        self.add_noise = IconButton("noise", "Add noise")
        self.seed = IntegerField("Seed of the data", SEED_RANGE)
        self.split = SplitControl(TEST_SHARE_RANGE)
        self._counts = ElidedLabel()
        self._lay_out()
        self._connect()
        self._refresh()

    def _lay_out(self) -> None:
        self.task.set_help(help_text("What is learned of the points.", "K"))
        bind_key(self.task, "K")
        self.task.setMinimumWidth(TASK_WIDTH)
        for control in (self.task, self.undo, self.redo, self.clear):
            self.add_button(control)
        self.body.addWidget(self.presets)
        self.body.addLayout(self._rows())
        self.body.addStretch(1)

    def _rows(self) -> QVBoxLayout:
        """Lay out what is below the pictures; sliders keep a distance of their own."""
        rows = QVBoxLayout()
        rows.setSpacing(0)
        rows.addLayout(self._preset_row())
        rows.addSpacing(ROW_GAP)
        rows.addLayout(self._noise_row())
        bind_key(self.split, "R")
        self.split.set_help(
            help_text(
                "Share of the points that are held back: measured, never trained on. "
                "As many of those that are drawn later are held back as well.",
                "R",
            )
        )
        rows.addWidget(self.split)
        self._counts.setProperty("role", "muted")
        rows.addWidget(self._counts)
        return rows

    def _preset_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, field, sentence, key, stretch in (
            ("Points  m", self.points, "Number of points m of the example dataset.", "M", 3),
            ("Seed", self.seed, "Seed of the example: the same seed, the same points.", "D", 2),
        ):
            self._add_field(row, text, field, sentence, key)
            row.setStretchFactor(field, stretch)
        return row

    def _noise_row(self) -> QHBoxLayout:
        row, sentence = QHBoxLayout(), "Standard deviation σ of the noise on each point."
        row.setSpacing(4)
        label = self._add_field(row, "Noise  σ", self.noise, sentence, "N")
        self.noise.setFixedWidth(NOISE_WIDTH)
        self.noise_slider.setMaximum(round(NOISE_RANGE.maximum / NOISE_STEP))
        self.noise_slider.setSingleStep(5)
        self.noise_slider.setPageStep(20)
        self.noise_slider.setToolTip(label.toolTip())
        row.insertWidget(1, self.noise_slider, 1)
        row.addWidget(self.add_noise)
        self.split.label.setMinimumWidth(label.sizeHint().width())  # the sliders begin together
        return row

    def _add_field(
        self, row: QHBoxLayout, text: str, field: Field, sentence: str, key: str
    ) -> QLabel:
        label = label_for(text, field, key)
        field.set_help(help_text(sentence, key))
        label.setToolTip(field.toolTip())
        row.addWidget(label)
        row.addWidget(field)
        return label

    def _connect(self) -> None:
        self.undo.clicked.connect(self._document.undo)
        self.redo.clicked.connect(self._document.redo)
        self.clear.clicked.connect(lambda: self._push(ClearPoints()))
        self.task.value_changed.connect(self._change_task)
        self.presets.preset_selected.connect(self._choose)
        self.points.value_changed.connect(lambda m: self._draw(replace(self._preset, points=m)))
        self.noise.value_changed.connect(
            lambda noise: self._draw(replace(self._preset, noise=noise))
        )
        self.noise_slider.valueChanged.connect(self._slide_noise)
        self.seed.value_changed.connect(lambda seed: self._draw(replace(self._preset, seed=seed)))
        self.add_noise.clicked.connect(self.noise_asked)
        self.split.share_changed.connect(self._change_share)
        self.split.resample_asked.connect(self._resample)
        for field in (self.points, self.noise, self.seed):
            field.message.connect(self.message)
        self._job.finished.connect(self._go_on)
        Calm(self._document, self._refresh, self)
        self._document.awaited.connect(self._name_steps)

    @property
    def _preset(self) -> Preset:
        """The settings of the example, of the one on its way if there is one."""
        return self._awaited.preset if self._awaited else self._document.state.preset

    def _choose(self, name: str) -> None:
        """Load another example as the fields were last valid: what was refused is given up."""
        for field in (self.points, self.noise, self.seed):
            field.restore()
        self._load(LoadPreset(replace(self._preset, name=name)))

    def _slide_noise(self, position: int) -> None:
        # All of one drag is one undo step, as of the split.
        preset = replace(self._preset, noise=round(position * NOISE_STEP, 2))
        self._draw(preset, self.noise_slider.stroke)

    def _draw(self, preset: Preset, stroke: str | None = None) -> None:
        """Draw the same example in another way; what is learned of it stays.

        Points that somebody drew or changed are not thrown away for it: then the settings are
        those of the noise to add and of the next example.
        """
        verb = verb_of_change(self._preset, preset)
        if self._awaited:
            self._load(replace(self._awaited, preset=preset), stroke)
        elif self._document.state.shows_preset:
            self._load(LoadPreset(preset, self._document.state.task, verb), stroke)
        else:
            self._push(ChangePreset(preset, verb), stroke)

    def _load(self, load: LoadPreset, stroke: str | None = None) -> None:
        """Load an example, after a thread has drawn it where that takes longer than a frame."""
        self._awaited, self._stroke = load, stroke
        if load.preset.points <= MOST_AT_ONCE:
            self._push_awaited()
        elif not self._job.busy:
            self._job.start(partial(_drawn, load))

    def _go_on(self) -> None:
        drawn = self._job.take()
        if drawn == self._awaited:
            self._push_awaited()
        elif drawn and self._awaited:
            self._load(self._awaited, self._stroke)

    def _push_awaited(self) -> None:
        awaited, self._awaited = self._awaited, None
        if awaited:
            self._push(awaited, self._stroke)

    def _change_task(self, task: Task) -> None:
        self._push(ChangeTask(task))
        if self._awaited:
            self._awaited = replace(self._awaited, task=task)

    def _change_share(self, share: float) -> None:
        # All of one drag of the slider is one undo step.
        split = replace(self._document.state.split, test_share=share)
        self._push(ChangeSplit(split), self.split.stroke)

    def _resample(self) -> None:
        state = self._document.state  # as many as now, whether by the slider or by hand
        self._push(ChangeSplit(state.split.of(state.points).resampled(), "resample"))

    def _push(self, command: Command, stroke: str | None = None) -> None:
        self._document.push(command, who=self, stroke=stroke)

    def _refresh(self) -> None:
        state = self._document.state
        preset, some = self._preset, len(state.points) > 0
        self.task.set_value(state.task)
        self.presets.select(state.preset.name if state.shows_preset else None)
        self.points.set_value(preset.points)
        self.noise.set_value(preset.noise)
        self.noise_slider.show_value(round(preset.noise / NOISE_STEP))
        self.seed.set_value(preset.seed)
        self.split.set_share(state.test_share)
        self._counts.set_full_text(*count_texts(state))
        self.clear.setEnabled(some)
        self.add_noise.setEnabled(some and preset.noise > 0)
        self.add_noise.set_help(
            f"Add noise: move the selected points, or all, at random, by σ = {preset.noise:g} (Y)"
        )
        self._name_steps()

    def _name_steps(self, *_: object) -> None:
        self._name_step(self.undo, "Undo", self._document.undo_name, "Ctrl+Z")
        self._name_step(self.redo, "Redo", self._document.redo_name, "Ctrl+Shift+Z")

    def _name_step(self, button: IconButton, verb: str, step: str | None, keys: str) -> None:
        button.setEnabled(step is not None)
        button.set_help(
            f"{verb} {step} ({keys})" if step else f"Nothing to {verb.lower()} ({keys})"
        )

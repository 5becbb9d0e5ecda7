"""The data: example datasets, undo, and the class of the points to be drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.document.commands import ClearPoints, LoadPreset
from app.views.panels.rows import help_text, label_for
from app.views.widgets.buttons import IconButton
from app.views.widgets.card import Card, ElidedLabel
from app.views.widgets.class_picker import ClassPicker
from app.views.widgets.numbers import IntegerField, NumberField
from app.views.widgets.preset_picker import PresetPicker
from nncore import DATASETS, NOISE_RANGE, POINTS_RANGE, SEED_RANGE

if TYPE_CHECKING:
    from app.document.document import Document
    from app.document.state import Preset, State
    from app.views.widgets.fields import Field


def count_text(state: State) -> str:
    """Return "400 points · 200 / 200": how many, and how many of each class."""
    points = state.points
    if not len(points):
        return "no points"
    plural = "s" if len(points) > 1 else ""
    per_class = " / ".join(f"{count:,}" for count in points.counts[: state.class_count])
    return f"{len(points):,} point{plural} · {per_class}"


class DataPanel(Card):
    """Shows and changes the points.

    Signals
    -------
    class_selected(int)
        A person chose the class of the next points, numbered from 0.
    message(str or None)
        What is wrong with a typed text; None when it is put right.
    """

    class_selected = Signal(object)
    message = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Data", parent)
        self._document = document
        self.undo = IconButton("undo", "Undo")
        self.redo = IconButton("redo", "Redo")
        self.clear = IconButton("clear", "Clear points: remove all points, keep the network")
        self.presets = PresetPicker(DATASETS)
        self.points = IntegerField("Points m", POINTS_RANGE)
        self.noise = NumberField("Noise σ", NOISE_RANGE, 0.05)
        self.seed = IntegerField("Seed of the data", SEED_RANGE)
        self.classes = ClassPicker()
        self._counts = ElidedLabel()
        self._lay_out()
        self._connect()
        self._refresh()

    def select_class(self, label: int) -> None:
        """Show another class as chosen, numbered from 0, without a signal."""
        self.classes.select(label)

    def _lay_out(self) -> None:
        for button in (self.undo, self.redo, self.clear):
            self.add_button(button)
        self.body.addWidget(self.presets)
        self.body.addSpacing(8)
        self.body.addLayout(self._preset_fields())
        self.body.addSpacing(8)
        self.body.addLayout(self._class_line())
        self.body.addWidget(self.classes)
        self.body.addStretch(1)

    def _preset_fields(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        columns: list[tuple[str, Field, str, str, int]] = [
            ("Points  m", self.points, "Number of points m of the example dataset.", "M", 5),
            ("Noise  σ", self.noise, "Standard deviation σ of the noise on each point.", "N", 4),
            ("Seed", self.seed, "Seed of the example: the same seed, the same points.", "D", 4),
        ]
        for column, (text, field, sentence, key, stretch) in enumerate(columns):
            label = label_for(text, field, key)
            field.set_help(help_text(sentence, key))
            label.setToolTip(field.toolTip())
            grid.addWidget(label, 0, column)
            grid.addWidget(field, 1, column)
            grid.setColumnStretch(column, stretch)
        return grid

    def _class_line(self) -> QHBoxLayout:
        row = QHBoxLayout()
        label = QLabel("Class")
        self._counts.setProperty("role", "muted")
        label.setProperty("role", "muted")
        row.addWidget(label)
        row.setSpacing(8)
        self._counts.setAlignment(Qt.AlignmentFlag.AlignRight)
        row.addWidget(self._counts, 1)
        return row

    def _connect(self) -> None:
        self.undo.clicked.connect(self._document.undo)
        self.redo.clicked.connect(self._document.redo)
        self.clear.clicked.connect(lambda: self._document.push(ClearPoints(), who=self))
        self.presets.preset_selected.connect(self._choose)
        self.points.value_changed.connect(lambda m: self._load(replace(self._preset, points=m)))
        self.noise.value_changed.connect(
            lambda noise: self._load(replace(self._preset, noise=noise))
        )
        self.seed.value_changed.connect(lambda seed: self._load(replace(self._preset, seed=seed)))
        for field in (self.points, self.noise, self.seed):
            field.message.connect(self.message)
        self.classes.class_selected.connect(self.class_selected)
        self._document.changed.connect(self._refresh)

    @property
    def _preset(self) -> Preset:
        return self._document.state.preset

    def _choose(self, name: str) -> None:
        """Load another example as the fields were last valid: what was refused is given up."""
        for field in (self.points, self.noise, self.seed):
            field.restore()
        self._load(replace(self._preset, name=name))

    def _load(self, preset: Preset) -> None:
        self._document.push(LoadPreset(preset), who=self)

    def _refresh(self) -> None:
        state = self._document.state
        self.presets.select(state.preset.name)
        self.points.set_value(state.preset.points)
        self.noise.set_value(state.preset.noise)
        self.seed.set_value(state.preset.seed)
        self.classes.set_needed(state.class_count)
        self._counts.set_full_text(count_text(state))
        self.clear.setEnabled(len(state.points) > 0)
        self._name_step(self.undo, "Undo", self._document.undo_name, "Ctrl+Z")
        self._name_step(self.redo, "Redo", self._document.redo_name, "Ctrl+Shift+Z")

    def _name_step(self, button: IconButton, verb: str, step: str | None, keys: str) -> None:
        button.setEnabled(step is not None)
        button.set_help(
            f"{verb} {step} ({keys})" if step else f"Nothing to {verb.lower()} ({keys})"
        )

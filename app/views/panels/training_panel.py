"""The training: learning rate, optimizer, batch size and penalty; all change a running training."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.document.commands import ChangeTraining, verb_of_change
from app.document.state import Changed
from app.views.panels.rows import add_row, bind_key, help_text, label_for
from app.views.widgets.card import Card
from app.views.widgets.choice_box import ChoiceBox
from app.views.widgets.learning_rate import LearningRateControl
from app.views.widgets.numbers import BatchField, NumberField
from nncore import BATCH_SIZE_RANGE, LEARNING_RATE_RANGE, OPTIMIZERS, PENALTY_RANGE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.document.document import Document
    from app.views.widgets.fields import Field
    from nncore import TrainingConfig

_BATCH_SIZES = (1, 8, 16, 32, 64, 128)


class TrainingPanel(Card):
    """Shows and changes how the network is trained; the run goes on.

    Signals
    -------
    message(str or None)
        What is wrong with a typed text; None when it is put right.
    """

    message = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Training", parent)
        self._document = document
        self.learning_rate = LearningRateControl(LEARNING_RATE_RANGE)
        self.optimizer = ChoiceBox("Optimizer", OPTIMIZERS)
        self.batch = BatchField("Batch size", BATCH_SIZE_RANGE)
        self.batch.offer([("all", None), *((str(size), size) for size in _BATCH_SIZES)])
        self.penalty = NumberField("L2 penalty λ", PENALTY_RANGE, 0.1)
        self._lay_out()
        self._connect()
        self._refresh(Changed.ALL)

    def _lay_out(self) -> None:
        bind_key(self.learning_rate.field, "L")
        self.learning_rate.set_help(
            help_text("Learning rate α: how far one iteration goes down the gradient.", "L")
        )
        self.body.addWidget(self.learning_rate)
        optimizer = label_for("Optimizer", self.optimizer, "O")
        self.optimizer.set_help(help_text("How a gradient becomes an update.", "O"))
        optimizer.setToolTip(help_text("How a gradient becomes an update.", "O"))
        add_row(self.body, optimizer, self.optimizer)
        self._add_field(
            "Batch size",
            self.batch,
            "Examples per iteration: all, or a mini-batch of so many.",
            "B",
        )
        self._add_field(
            "L2 penalty  λ", self.penalty, "Penalty λ on large weights: (λ/2m) \u03a3w².", "P"
        )
        self.body.addStretch(1)

    def _add_field(self, text: str, field: Field, sentence: str, key: str) -> None:
        label = label_for(text, field, key)
        field.set_help(help_text(sentence, key))
        label.setToolTip(help_text(sentence, key))
        add_row(self.body, label, field)

    def _connect(self) -> None:
        self.learning_rate.value_changed.connect(self._change_rate)
        self.optimizer.value_changed.connect(self._change_optimizer)
        self.batch.value_changed.connect(
            lambda size: self._push(replace(self._settings, batch_size=size))
        )
        self.penalty.value_changed.connect(
            lambda penalty: self._push(replace(self._settings, l2=penalty))
        )
        for control in (self.learning_rate, self.batch, self.penalty):
            control.message.connect(self.message)
        self._document.changed.connect(self._refresh)

    @property
    def _settings(self) -> TrainingConfig:
        return self._document.state.training

    def _change_rate(self, rate: float) -> None:
        # All of one drag of the slider is one undo step.
        self._push(replace(self._settings, learning_rate=rate), self.learning_rate.stroke)

    def _change_optimizer(self, name: str) -> None:
        training = self._settings.with_optimizer(name)
        self._document.push(ChangeTraining(training, "change optimizer"), who=self)

    def _push(self, training: TrainingConfig, stroke: str | None = None) -> None:
        verb = verb_of_change(self._settings, training)
        self._document.push(ChangeTraining(training, verb), who=self, stroke=stroke)

    def _refresh(self, what: Changed) -> None:
        if not what & (Changed.POINTS | Changed.TRAINING):
            return
        training = self._settings
        self.learning_rate.set_value(training.learning_rate)
        self.optimizer.set_value(training.optimizer)
        points = self._document.state.points
        self.batch.set_m(len(points) - int(points.test_counts.sum()))
        self.batch.set_value(training.batch_size)
        self.penalty.set_value(training.l2)

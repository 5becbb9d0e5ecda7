"""The network: its hidden layers, their activation, and how the weights are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from app.document.commands import ChangeNetwork, verb_of_change
from app.document.state import Changed, NetworkSettings
from app.views.panels.rows import LABEL_WIDTH, add_row, help_text, label_for
from app.views.widgets.buttons import IconButton
from app.views.widgets.card import Card
from app.views.widgets.choice_box import ChoiceBox
from app.views.widgets.numbers import IntegerField
from app.views.widgets.units_editor import UnitsEditor
from nncore import (
    ACTIVATIONS,
    HIDDEN_LAYERS_RANGE,
    HIDDEN_UNITS_RANGE,
    INITIALIZERS,
    SEED_RANGE,
)

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.document.document import Document
    from app.document.state import State

_NEW_LAYER_UNITS = 4
_WIDE = 3  # so many unit fields stand in the right column; more take the label's room too
_DASH = "\u2013"
_ALL = "all"
_SCOPE_WIDTH, _NARROWEST = 52, 72  # both boxes have room beside the label


@dataclass(frozen=True)
class LayerChoice:
    """Which hidden layers an activation is for, as an entry of a ``ChoiceBox``."""

    label: str
    formula: str
    description: str


def layer_choices(count: int) -> dict[str, LayerChoice]:
    """Return "all" and the numbers of ``count`` hidden layers with what they mean."""
    choices = {_ALL: LayerChoice(_ALL, "g", "The same for all hidden layers.")}
    for layer in range(1, count + 1):
        sentence = f"The units of hidden layer {layer} alone."
        choices[str(layer)] = LayerChoice(str(layer), f"g[{layer}]", sentence)
    return choices


def with_activation(settings: NetworkSettings, name: str, layer: int | None) -> NetworkSettings:
    """Return the settings with this activation in one hidden layer, from 1, or in all (None)."""
    if layer is None:
        return replace(settings, activation=name)
    names = activations(settings)
    names[layer - 1] = name
    return replace(settings, activation=name if len(set(names)) == 1 else tuple(names))


def activations(settings: NetworkSettings) -> list[str]:
    """Return the activation of each hidden layer."""
    given = settings.activation
    return [given] * len(settings.hidden_units) if isinstance(given, str) else list(given)


def architecture_texts(state: State) -> tuple[str, str, str]:
    """Return "2 - 4 - 1 · 17 parameters" with dashes as in print, then two shorter forms."""
    network = state.network_config()
    count = f"{network.n_parameters:,} parameters"
    dims = [str(n) for n in network.layer_dims]
    return f"{f' {_DASH} '.join(dims)} · {count}", f"{_DASH.join(dims)} · {count}", count


def with_layers(settings: NetworkSettings, count: int) -> NetworkSettings:
    """Return the settings with ``count`` hidden layers; new ones repeat the last."""
    units = settings.hidden_units[:count]
    units += (units[-1] if units else _NEW_LAYER_UNITS,) * (count - len(units))
    activation = settings.activation
    if not isinstance(activation, str):
        activation = activation[:count]
        last = activation[-1] if activation else "tanh"
        activation += (last,) * (count - len(activation))
    return replace(settings, hidden_units=units, activation=activation)


def common_activation(settings: NetworkSettings) -> str | None:
    """Return the activation of all hidden layers, or None where they differ."""
    if isinstance(settings.activation, str):
        return settings.activation
    names = set(settings.activation)
    return names.pop() if len(names) == 1 else None


class NetworkPanel(Card):
    """Shows and changes the network; a change starts a new run and keeps the data.

    Signals
    -------
    message(str or None)
        What is wrong with a typed text; None when it is put right.
    """

    message = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__("Network", parent)
        self._document = document
        self.layers = IntegerField("Hidden layers", HIDDEN_LAYERS_RANGE)
        self.fewer = IconButton("minus", "One hidden layer less")
        self.more = IconButton("plus", "One hidden layer more")
        self.units = UnitsEditor(HIDDEN_LAYERS_RANGE, HIDDEN_UNITS_RANGE)
        self.scope = ChoiceBox("Layers of the activation", layer_choices(0))
        self.activation = ChoiceBox("Activation g", ACTIVATIONS)
        self.activation.setPlaceholderText("one per layer")
        self.initializer = ChoiceBox("Initialization of W", INITIALIZERS)
        self.seed = IntegerField("Seed of the weights", SEED_RANGE)
        self._units_label = label_for("Units  n[l]", self.units.fields[0], "U")
        self._lay_out()
        self._connect()
        self._refresh(Changed.ALL)

    def _lay_out(self) -> None:
        for button in (self.fewer, self.more):
            button.setProperty("role", None)
        layers = label_for("Hidden layers", self.layers, "H")
        self.layers.set_help(
            help_text("Number of hidden layers, L \u2212 1: 0 is logistic regression.", "H")
        )
        add_row(self.body, layers, self.layers, self.fewer, self.more)
        add_row(self.body, self._units_label, self.units)
        self._units_label.setToolTip(help_text("Units n[l] of each hidden layer l.", "U"))
        sentence = "Activation g of the hidden units."
        self._add_choice("Activation  g", self.activation, sentence, "A", self.scope)
        self.scope.setFixedWidth(_SCOPE_WIDTH)
        self.activation.setMinimumWidth(_NARROWEST)
        self.scope.set_help("The hidden layers whose activation is chosen on the right.")
        sentence = "How the initial weights W[l] are drawn."
        self._add_choice("Initialization", self.initializer, sentence, "I")
        seed = label_for("Seed", self.seed, "S")
        self.seed.set_help(
            help_text("Seed of the weights: the same seed, the same initial W[l].", "S")
        )
        add_row(self.body, seed, self.seed)
        self.body.addStretch(1)

    def _add_choice(
        self, text: str, box: ChoiceBox, sentence: str, key: str, *before: QWidget
    ) -> None:
        label = label_for(text, box, key)
        box.set_help(help_text(sentence, key))
        label.setToolTip(help_text(sentence, key))
        add_row(self.body, label, *before, box)

    def _connect(self) -> None:
        self.layers.value_changed.connect(self._change_layers)
        self.fewer.clicked.connect(lambda: self.layers.step_by(-1))
        self.more.clicked.connect(lambda: self.layers.step_by(1))
        self.units.value_changed.connect(
            lambda units: self._push(replace(self._settings, hidden_units=units))
        )
        self.scope.value_changed.connect(self._show_activation)
        self.activation.value_changed.connect(
            lambda name: self._push(with_activation(self._settings, name, self._layer))
        )
        self.initializer.value_changed.connect(
            lambda name: self._push(replace(self._settings, initializer=name))
        )
        self.seed.value_changed.connect(lambda seed: self._push(replace(self._settings, seed=seed)))
        for control in (self.layers, self.units, self.seed):
            control.message.connect(self.message)
        self._document.changed.connect(self._refresh)

    @property
    def _settings(self) -> NetworkSettings:
        return self._document.state.network

    @property
    def _layer(self) -> int | None:
        """The hidden layer whose activation is chosen; None for all of them."""
        value = self.scope.value
        return None if value in (None, _ALL) else int(value)

    def _offer_layers(self, count: int) -> None:
        if self.scope.count() != count + 1:
            self.scope.offer(layer_choices(count))
        self.scope.setVisible(count > 1)

    def _show_activation(self) -> None:
        settings, layer = self._settings, self._layer
        self.activation.set_value(
            common_activation(settings) if layer is None else activations(settings)[layer - 1]
        )

    def _change_layers(self, count: int) -> None:
        self._push(with_layers(self._settings, count))

    def _push(self, settings: NetworkSettings) -> None:
        verb = verb_of_change(self._settings, settings)
        self._document.push(ChangeNetwork(settings, verb), who=self)

    def _refresh(self, what: Changed) -> None:
        if Changed.NETWORK not in what:
            return
        settings = self._settings
        count = len(settings.hidden_units)
        self.layers.set_value(count)
        self.fewer.setEnabled(count > HIDDEN_LAYERS_RANGE.minimum)
        self.more.setEnabled(count < HIDDEN_LAYERS_RANGE.maximum)
        self.units.set_value(settings.hidden_units)
        self._units_label.setMinimumWidth(LABEL_WIDTH if count <= _WIDE else 0)
        self._units_label.setText("Units  n[l]" if count <= _WIDE else "Units")
        self._offer_layers(count)
        self._show_activation()
        self.activation.setEnabled(count > 0)
        self.initializer.set_value(settings.initializer)
        self.seed.set_value(settings.seed)
        self.set_note(*architecture_texts(self._document.state))

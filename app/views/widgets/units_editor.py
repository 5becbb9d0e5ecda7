"""The units of every hidden layer, one small field each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from app.views.widgets.fields import set_marked
from app.views.widgets.numbers import IntegerField

if TYPE_CHECKING:
    from nncore import Range

_ROOMY = 2  # so many fields have room for the usual padding


class UnitsEditor(QWidget):
    """Up to ``layers.maximum`` fields in one row.

    Signals
    -------
    value_changed(tuple of int)
        A person changed the units of a layer.
    message(str or None)
        What is wrong with a typed text; None when it is put right.
    """

    value_changed = Signal(object)
    message = Signal(object)

    def __init__(self, layers: Range, units: Range, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Units of each hidden layer")
        self._value: tuple[int, ...] = ()
        self._none = QLabel("none")
        self._none.setProperty("role", "muted")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(4)
        self._row.addStrut(28)
        self._row.addWidget(self._none)
        self.fields = [self._field(layer, units) for layer in range(1, int(layers.maximum) + 1)]
        self.set_value(())

    @property
    def value(self) -> tuple[int, ...]:
        """The units of each hidden layer."""
        return self._value

    def set_value(self, units: tuple[int, ...]) -> None:
        """Show other layers, without a signal."""
        self._value = units
        self._none.setVisible(not units)
        for index, field in enumerate(self.fields):
            field.setVisible(index < len(units))
            self._make_room(field, compact=len(units) > _ROOMY)
            if index < len(units):
                field.set_value(units[index])
            elif field.problem:
                field.restore()  # what is hidden must not go on complaining

    def _field(self, layer: int, units: Range) -> IntegerField:
        field = IntegerField(f"Units of hidden layer {layer}", units)
        field.set_help(f"Number of units of hidden layer {layer}, n[{layer}]: {units}")
        field.setMinimumWidth(28)
        field.value_changed.connect(self._collect)
        field.message.connect(self.message)
        self._row.addWidget(field, 1)
        return field

    def _make_room(self, field: IntegerField, *, compact: bool) -> None:
        set_marked(field, "compact", compact)
        side = Qt.AlignmentFlag.AlignHCenter if compact else Qt.AlignmentFlag.AlignLeft
        field.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _collect(self) -> None:
        shown = self.fields[: len(self._value)]
        self._value = tuple(int(field.value or 1) for field in shown)
        self.value_changed.emit(self._value)

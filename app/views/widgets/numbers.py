"""The three kinds of field: whole numbers, numbers with a fraction, and batch sizes."""

from __future__ import annotations

import math
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from app.views.widgets.fields import Field, Value

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nncore import Range

_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([ ,\u00a0\u202f]\d{3})+", re.ASCII)


def format_number(value: float) -> str:
    """Write a number without exponent, with at most six significant digits."""
    return format(Decimal(f"{value:.6g}"), "f")


class IntegerField(Field):
    """A whole number."""

    def parse(self, text: str) -> Value:
        """Read digits; groups of three may be set apart."""
        if _GROUPED.fullmatch(text):
            text = re.sub(r"\D", "", text)
        if not _INTEGER.fullmatch(text) or not self._accepted.contains(int(text)):
            raise ValueError(text)
        return int(text)

    def format(self, value: Value) -> str:
        """Write plain digits."""
        return f"{value or 0:.0f}"

    def step(self, value: Value, direction: int) -> Value:
        """Count by one."""
        wanted = int(value or 0) + direction
        return int(min(max(wanted, self._accepted.minimum), self._accepted.maximum))

    def accepted(self) -> str:
        """Name the range."""
        low, high = self._accepted.minimum, self._accepted.maximum
        return f"a whole number from {low:.0f} to {high:.0f}"


class NumberField(Field):
    """A number with a fraction; ``increment`` is what a step adds."""

    def __init__(
        self,
        name: str,
        accepted: Range,
        increment: float = 0.1,
        parent: QWidget | None = None,
    ) -> None:
        self._increment = increment
        super().__init__(name, accepted, parent)

    def parse(self, text: str) -> Value:
        """Read a number; a comma may stand for the point."""
        value = float(text.replace(",", ".").replace("_", "?"))
        if not math.isfinite(value) or not self._accepted.contains(value):
            raise ValueError(text)
        return value

    def format(self, value: Value) -> str:
        """Write it without exponent."""
        return format_number(value or 0.0)

    def step(self, value: Value, direction: int) -> Value:
        """Go to the next multiple of the increment."""
        steps = (value or 0.0) / self._increment
        next_step = math.floor(steps + 1e-9) + 1 if direction > 0 else math.ceil(steps - 1e-9) - 1
        wanted = float(f"{next_step * self._increment:.6g}")
        return min(max(wanted, self._accepted.minimum), self._accepted.maximum)

    def accepted(self) -> str:
        """Name the range."""
        low, high = format_number(self._accepted.minimum), format_number(self._accepted.maximum)
        return f"a number from {low} to {high}"


class BatchField(IntegerField):
    """A batch size: a whole number, or None for the full batch of ``m`` examples."""

    def __init__(self, name: str, accepted: Range, parent: QWidget | None = None) -> None:
        self._m = 0
        super().__init__(name, accepted, parent)

    def set_m(self, m: int) -> None:
        """Tell how many examples there are: "all 400"."""
        if m != self._m:
            self._m = m
            if self._value is None and not self.isModified():
                self._show_value()

    def parse(self, text: str) -> Value:
        """Read "all" or a number."""
        if re.fullmatch(r"all( \d+)?", text.lower()):
            return None
        return super().parse(text)

    def format(self, value: Value) -> str:
        """Write "all" with the number of examples."""
        return f"all {self._m}" if value is None else super().format(value)

    def step(self, value: Value, direction: int) -> Value:
        """Double or halve; all examples are the largest batch."""
        powers = [2**k for k in range(17) if 2**k < max(self._m, 2)]
        size = self._m if value is None else value
        if direction > 0:
            return next((power for power in powers if power > size), None)
        return next((power for power in reversed(powers) if power < size), 1)

    def accepted(self) -> str:
        """Name the range and the word."""
        return f"“all” or {super().accepted()}"

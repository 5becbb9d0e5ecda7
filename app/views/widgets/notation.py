"""How the values of fields are written: which text says which, and which value comes next."""

from __future__ import annotations

import math
import re
from abc import ABC, abstractmethod
from bisect import bisect_left, bisect_right
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nncore import Range

Value = float | None
"""What a field holds; None is a special choice such as "all"."""

_INTEGER = re.compile(r"[+-]?\d{1,18}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}([ ,\u00a0\u202f]\d{3})+", re.ASCII)


def format_number(value: float) -> str:
    """Write a number without exponent, with at most six significant digits."""
    return format(Decimal(f"{value:.6g}"), "f")


class Notation(ABC):
    """Reads and writes the values of a range."""

    def __init__(self, accepted: Range) -> None:
        self.range = accepted

    @abstractmethod
    def parse(self, text: str) -> Value:
        """Return the value that a text says; ValueError if it says none that is accepted."""

    @abstractmethod
    def format(self, value: Value) -> str:
        """Return how a value is written."""

    @abstractmethod
    def step(self, value: Value, direction: int) -> Value:
        """Return the next value up (+1) or down (-1); at the ends the value itself."""

    @abstractmethod
    def accepted(self) -> str:
        """Return what is accepted, to end a sentence."""


class WholeNumbers(Notation):
    """Whole numbers, counted by one."""

    def parse(self, text: str) -> Value:
        """Read digits; groups of three may be set apart."""
        if _GROUPED.fullmatch(text):
            text = re.sub(r"\D", "", text)
        if not _INTEGER.fullmatch(text) or not self.range.contains(int(text)):
            raise ValueError(text)
        return int(text)

    def format(self, value: Value) -> str:
        """Write plain digits."""
        return f"{value or 0:.0f}"

    def step(self, value: Value, direction: int) -> Value:
        """Count by one."""
        wanted = int(value or 0) + direction
        return int(min(max(wanted, self.range.minimum), self.range.maximum))

    def accepted(self) -> str:
        """Name the range."""
        return f"a whole number from {self.range.minimum:.0f} to {self.range.maximum:.0f}"


class Numbers(Notation):
    """Numbers with a fraction; ``increment`` is what a step adds."""

    def __init__(self, accepted: Range, increment: float = 0.1) -> None:
        super().__init__(accepted)
        self._increment = increment

    def parse(self, text: str) -> Value:
        """Read a number; a comma may stand for the point."""
        value = float(text.replace(",", ".").replace("_", "?"))
        if not math.isfinite(value) or not self.range.contains(value):
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
        return min(max(wanted, self.range.minimum), self.range.maximum)

    def accepted(self) -> str:
        """Name the range."""
        low, high = format_number(self.range.minimum), format_number(self.range.maximum)
        return f"a number from {low} to {high}"


class Rungs(Numbers):
    """Numbers with a fraction; steps go along a ladder, and to the ends of the range."""

    def __init__(self, accepted: Range, ladder: tuple[float, ...]) -> None:
        super().__init__(accepted)
        self._rungs = (accepted.minimum, *ladder, accepted.maximum)

    def step(self, value: Value, direction: int) -> Value:
        """Go to the rung above or below."""
        rungs, rate = self._rungs, value or 0.0
        if direction > 0:
            return rungs[min(bisect_right(rungs, rate), len(rungs) - 1)]
        return rungs[max(bisect_left(rungs, rate) - 1, 0)]


class BatchSizes(WholeNumbers):
    """Whole numbers, and None for all of ``m`` examples."""

    m = 0

    def parse(self, text: str) -> Value:
        """Read "all" or a number."""
        if re.fullmatch(r"all( \d+)?", text.lower()):
            return None
        return super().parse(text)

    def format(self, value: Value) -> str:
        """Write "all" with the number of examples."""
        return f"all {self.m}" if value is None else super().format(value)

    def step(self, value: Value, direction: int) -> Value:
        """Double or halve; all examples are the largest batch."""
        powers = [2**k for k in range(17) if 2**k < max(self.m, 2)]
        size = self.m if value is None else value
        if direction > 0:
            return next((power for power in powers if power > size), None)
        return next((power for power in reversed(powers) if power < size), 1)

    def accepted(self) -> str:
        """Name the range and the word."""
        return f"“all” or {super().accepted()}"

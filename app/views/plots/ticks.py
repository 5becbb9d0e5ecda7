"""Axes whose labels neither touch each other nor leave an axis bare."""

from __future__ import annotations

from math import ceil, floor, log10
from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtGui import QFont, QFontMetrics

if TYPE_CHECKING:
    from PySide6.QtWidgets import QGraphicsSceneResizeEvent

GAP = 16.0  # pixels between two labels
LINE = 40.0  # pixels of an upright axis for each label
# Digits that are labeled in a decade, as many as there is room for.
DECADES = ((1, 2, 3, 4, 5, 6, 7, 8, 9), (1, 2, 5), (1, 3), (1,))
FEWEST = 2  # labels on an axis
PART_OF_A_DECADE = 5.0  # even steps in less than a decade; at least two of them are nice


def nice_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below ``least``.

    >>> nice_step(300.0), nice_step(0.011)
    (500.0, 0.02)
    """
    power = 10.0 ** floor(log10(least))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= least * (1 - 1e-9))


def steps_between(low: float, high: float, most: float) -> list[float]:
    """Return the even multiples of a nice step from low to high, at most about ``most``."""
    step = nice_step((high - low) / max(1.0, most))
    first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
    return [i * step for i in range(first, last + 1)]


def decade_ticks(low: float, high: float, most: float) -> list[float]:
    """Return the exponents to label on a logarithmic axis from 10**low to 10**high.

    They stand at the same digits of every decade; where a part of one decade has no two of them,
    at even steps of the number itself.
    """
    for digits in DECADES:
        exponents = [
            decade + log10(digit) for decade in range(floor(low), ceil(high)) for digit in digits
        ]
        seen = [e for e in [*exponents, float(ceil(high))] if low <= e <= high]
        if len(seen) < FEWEST:
            return [log10(v) for v in steps_between(10**low, 10**high, PART_OF_A_DECADE) if v > 0]
        if len(seen) <= most:
            return seen
    decades = range(ceil(low), floor(high) + 1)
    stride = ceil((len(decades) - 1) / max(1, int(most) - 1))
    return [float(decade) for decade in decades[::stride]]


class CountAxis(pg.AxisItem):
    """Writes 10,000 in place of 10000, nothing between whole numbers, and leaves a gap."""

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        """Return the one distance of ticks: nice, and wider than a label."""
        widest = self._metrics().horizontalAdvance(f"{high:,.0f}") + GAP
        return [(max(1.0, nice_step((high - low) * min(1.0, widest / max(1.0, size)))), 0)]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return the label of each tick."""
        return [f"{value:,.0f}" for value in values]

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(self.style["tickFont"] or QFont())


class CostAxis(pg.AxisItem):
    """An upright axis of costs, linear or logarithmic, with at least two labels on either."""

    _titles: tuple[str, ...] = ("",)

    def set_titles(self, *titles: str) -> None:
        """Name the axis by the first that is no longer than the axis, or else by the last."""
        if titles != self._titles:
            self._titles = titles
            self.resizeEvent()

    def resizeEvent(self, event: QGraphicsSceneResizeEvent | None = None) -> None:
        """Choose the title that has room now."""
        self._choose_title()
        super().resizeEvent(event)

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Return the places of the labels."""
        most = max(float(FEWEST), size / LINE)
        ticks = decade_ticks if self.logMode else steps_between
        return [((high - low) / most, ticks(low, high, most))]

    def tickStrings(self, values: list[float], _scale: float, _spacing: float) -> list[str]:
        """Return the label of each tick, with the digits that tell it from its neighbors."""
        costs = [10.0**value if self.logMode else value for value in values]
        return [f"{cost:.{self._digits(costs)}g}" for cost in costs]

    def _choose_title(self) -> None:
        metrics = QFontMetrics(self.label.font())
        room = self.size().height() - 2 * self.label.document().documentMargin()
        fitting = (title for title in self._titles if metrics.horizontalAdvance(title) <= room)
        chosen = next(fitting, self._titles[-1])
        if chosen != self.labelText:
            self.setLabel(chosen)

    def _digits(self, costs: list[float]) -> int:
        """Return the fewest digits that give every tick a text of its own."""
        texts = ([f"{cost:.{digits}g}" for cost in costs] for digits in range(1, 16))
        return next((i for i, given in enumerate(texts, 1) if len(set(given)) == len(costs)), 15)

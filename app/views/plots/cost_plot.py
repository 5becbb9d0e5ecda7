"""The cost curves of both sets over the iterations, live, with a logarithmic axis on request."""

from __future__ import annotations

from math import ceil, floor, log2
from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QMouseEvent

from app.views.plots.axes import lay_out
from app.views.plots.ticks import CostAxis, CountAxis
from app.views.widgets.legend import held_out_pen, train_pen
from nncore import OUTPUTS

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.theme import Theme
    from app.training.snapshot import Snapshot
    from nncore import FloatArray

    Curve = tuple[FloatArray, FloatArray]

COST = "cost J", "J"  # the first that has room
COST_IN_NATS = "cost J (nats per point)", "J (nats per point)", *COST
HEADROOM = 0.06
SMALLEST_COST = 1e-12  # what a cost of 0 becomes on the logarithmic axis
LARGEST_COST = 1e300  # the axis needs some room above it
LOWEST = 164  # pixels, of which 120 are the curve's and the rest the axis's
OVERHANG = 8  # pixels that a label may reach beyond the axis: half of "0", no long number
NARROWEST = 0.3  # decades: no smaller change of the cost fills the logarithmic axis


class CostPlot(pg.GraphicsView):
    """Follows the run until somebody zooms or pans; a double-click makes it follow again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._following = True
        self._log = False
        self._fitted = (0.0, 0.0, 0.0)
        nothing: Curve = np.empty(0), np.empty(0)
        self._curves = self._shown = nothing, nothing
        self._lines = pg.PlotCurveItem(skipFiniteCheck=True), pg.PlotCurveItem(skipFiniteCheck=True)
        self._box = pg.ViewBox(enableMenu=False)
        self._left, self._bottom = CostAxis("left"), CountAxis("bottom")
        lay_out(self, self._box, self._left, self._bottom)
        for line in reversed(self._lines):
            self._box.addItem(line)
        self._box.disableAutoRange()
        self._box.sigRangeChangedManually.connect(self._stop_following)
        self._bottom.setLabel("iteration")
        self._bottom.setStyle(hideOverlappingLabels=OVERHANG)
        self._left.set_titles(*COST_IN_NATS)
        self.setAccessibleName("Cost curve")
        self.setMinimumHeight(LOWEST)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setToolTip("Cost over the iterations. Wheel zooms, drag pans, double-click follows.")
        self._fit()

    @property
    def logarithmic(self) -> bool:
        """Whether the cost axis is logarithmic."""
        return self._log

    def set_logarithmic(self, log: bool) -> None:
        """Choose the scale of the cost axis."""
        self._log = log
        self._left.setLogMode(False, log)
        self._draw()

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self.setBackground(QColor(theme.card))
        for line, pen in zip(self._lines, (train_pen(), held_out_pen()), strict=True):
            line.setPen(pen)
        for axis in (self._left, self._bottom):
            axis.setPen(theme.border)
            axis.setTextPen(theme.muted_text)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the curves of a newer look at the run."""
        self._curves = snapshot.curve, snapshot.test_curve
        in_nats = OUTPUTS[snapshot.network.output].in_nats
        self._left.set_titles(*(COST_IN_NATS if in_nats else COST))
        self._draw()

    def visible_range(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return the ends of the iteration axis and of the cost axis (exponents, if it is log)."""
        (left, right), (bottom, top) = self._box.viewRange()
        return (left, right), (bottom, top)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Follow the run again."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._following = True
            self._fitted = (0.0, 0.0, 0.0)
            self._fit()

    def _draw(self) -> None:
        train, test = (self._heights(curve) for curve in self._curves)
        self._shown = train, test
        for line, curve in zip(self._lines, self._shown, strict=True):
            line.setData(*curve)
        if self._following:
            self._fit()

    def _heights(self, curve: Curve) -> Curve:
        """Return a curve as the axis wants it: costs, or their exponents."""
        iterations, costs = curve
        costs = np.clip(costs, 0.0, LARGEST_COST)
        return iterations, np.log10(np.maximum(costs, SMALLEST_COST)) if self._log else costs

    def _stop_following(self, *_: object) -> None:
        self._following = False

    def _fit(self) -> None:
        """Show both curves whole: from 0 on the linear axis, so that heights can be compared."""
        iterations, heights = (np.concatenate(both) for both in zip(*self._shown, strict=True))
        if len(iterations):
            low, high = float(heights.min()), float(heights.max())
        else:
            iterations, low, high = np.array([100.0]), 0.0, 1.0
        if self._log:
            lacking = max(0.0, NARROWEST - (high - low))
            low, high = low - lacking / 2, high + lacking / 2
        else:
            low = 0.0
            high = high or 1.0
        wanted = (_round_up(float(iterations.max())), low, high + (high - low) * HEADROOM)
        if wanted != self._fitted:
            self._fitted = wanted
            self._box.setRange(xRange=(0, wanted[0]), yRange=wanted[1:], padding=0)


def _round_up(iterations: float) -> float:
    """Return the end of the axis: it moves in large steps, as each layout costs 3 ms."""
    if iterations <= 10:
        return 10.0
    step = 2.0 ** floor(log2(iterations)) / 4
    return ceil(iterations / step) * step

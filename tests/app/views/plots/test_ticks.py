"""Labels of the axes: enough of them, none on top of another."""

from math import log10

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from app.views.plots.ticks import CostAxis, CountAxis, decade_ticks, nice_step, steps_between


@given(least=st.floats(1e-12, 1e12))
def test_a_nice_step_is_at_most_two_and_a_half_times_the_least(least: float) -> None:
    step = nice_step(least)
    assert least * (1 - 1e-9) <= step <= 2.5 * least
    digits = step / 10 ** round(log10(step) - 0.35)
    assert min(abs(digits - wanted) for wanted in (0.5, 1, 2, 5, 10)) < 1e-6


@given(low=st.floats(-12, 12), span=st.floats(0.3, 24), most=st.floats(2, 12))
def test_a_logarithmic_axis_always_has_two_labels_and_never_too_many(
    low: float, span: float, most: float
) -> None:
    ticks = decade_ticks(low, low + span, most)
    assert 2 <= len(ticks) <= max(most + 1, 7)
    assert ticks == sorted(ticks)
    assert low - 1e-9 <= ticks[0]
    assert ticks[-1] <= low + span + 1e-9


@given(low=st.floats(-1e3, 1e3), span=st.floats(1e-3, 1e3), most=st.floats(2, 20))
def test_even_steps_stay_within_the_axis(low: float, span: float, most: float) -> None:
    ticks = steps_between(low, low + span, most)
    assert len(ticks) <= most + 1 + 1e-6
    assert all(low - 1e-6 <= tick <= low + span + 1e-6 for tick in ticks)


@pytest.mark.parametrize("high", [10.0, 80_000.0, 800_000.0, 123_456_789.0])
def test_counts_never_touch(qapp: QApplication, high: float) -> None:
    axis = CountAxis("bottom")
    size = 220.0
    (step, _), *_ = axis.tickSpacing(0.0, high, size)
    ticks = steps_between(0.0, high, high / step)
    metrics = QFontMetrics(qapp.font())
    widths = [metrics.horizontalAdvance(text) for text in axis.tickStrings(ticks, 1.0, step)]
    assert step * size / high > max(widths)
    assert len(ticks) >= 2


def test_costs_that_are_close_are_told_apart(qapp: QApplication) -> None:
    axis = CostAxis("left")
    axis.setLogMode(False, True)
    ((_, ticks),) = axis.tickValues(log10(0.6931), log10(0.6932), 200)
    texts = axis.tickStrings(ticks, 1.0, 1.0)
    assert len(set(texts)) == len(texts) >= 2
    assert all(0.6931 <= float(text) <= 0.6932 for text in texts)

"""Thinned curves: nothing that a screen could show is lost."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.render.curves import thin_curve
from nncore import FloatArray

curves = st.integers(0, 400).flatmap(
    lambda k: hnp.arrays(np.float64, k, elements=st.floats(-1e6, 1e6))
)


@given(curves, st.integers(1, 40))
@example(np.arange(30.0), 10)
@example(np.arange(29.0), 10)
def test_what_remains_is_of_the_curve_in_order_and_little(y: FloatArray, columns: int) -> None:
    x = np.arange(len(y)) * 2.0
    thin_x, thin_y = thin_curve(x, y, columns)
    kept = (thin_x / 2).astype(int)
    assert (np.diff(kept) > 0).all()
    assert np.array_equal(y[kept], thin_y)
    assert len(thin_x) < 3 * columns + 2 or len(thin_x) == 0


@given(curves.filter(len), st.integers(1, 40))
def test_ends_and_extremes_survive(y: FloatArray, columns: int) -> None:
    x = np.arange(len(y), dtype=float)
    thin_x, thin_y = thin_curve(x, y, columns)
    assert (thin_x[0], thin_x[-1]) == (x[0], x[-1])
    assert (thin_y.min(), thin_y.max()) == (y.min(), y.max())


@given(st.integers(1, 20), st.integers(3, 30), st.data())
def test_a_spike_of_one_iteration_survives_in_every_column(
    columns: int, block: int, data: st.DataObject
) -> None:
    y = np.zeros(columns * block)
    spikes = [c * block + data.draw(st.integers(0, block - 1)) for c in range(columns)]
    y[spikes] = np.arange(1.0, columns + 1)
    thin_x, _ = thin_curve(np.arange(len(y), dtype=float), y, columns)
    assert set(spikes) <= set(thin_x.astype(int).tolist())


def test_a_short_curve_is_kept_whole() -> None:
    x, y = np.arange(20.0), np.arange(20.0)[::-1]
    thin_x, thin_y = thin_curve(x, y, 10)
    assert np.array_equal(thin_x, x)
    assert np.array_equal(thin_y, y)

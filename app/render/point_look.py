"""How points are shown: where the plane lies among the pixels, and which color each point has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.render.palette import table_rows, value_shares

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.columns import Columns
    from app.render.palette import Palette

AT_ONCE = 16_384
"""Points; what is computed for them stays in the cache, and no thread holds another up for long."""


class Frame(NamedTuple):
    """A picture of the plane: x1 lies at column ``scale1·x1 + shift1``, x2 likewise at a row."""

    scale1: float
    shift1: float
    scale2: float
    shift2: float
    width: int
    height: int

    def place(self, X: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return columns and rows of points, shape (m,) each; those far outside have some too."""
        # A coordinate near the limits of float64, magnified, is infinite: far outside as well.
        with np.errstate(over="ignore"):
            return self.scale1 * X[0] + self.shift1, self.scale2 * X[1] + self.shift2

    def shrunk(self, factor: int) -> Frame:
        """Show the same with pixels ``factor`` times as large, the last perhaps cut off."""
        return Frame(
            self.scale1 / factor,
            self.shift1 / factor,
            self.scale2 / factor,
            self.shift2 / factor,
            -(-self.width // factor),
            -(-self.height // factor),
        )

    def visible(self, X: NDArray[np.float64], margin: float) -> NDArray[np.int64]:
        """Positions of the points in the picture or up to ``margin`` pixels outside, shape (k,)."""
        seen = [self._visible(X, start, margin) for start in range(0, X.shape[1], AT_ONCE)]
        return np.concatenate(seen) if seen else np.empty(0, np.int64)

    def _visible(self, X: NDArray[np.float64], start: int, margin: float) -> NDArray[np.int64]:
        columns, rows = self.place(X[:, start : start + AT_ONCE])
        inside = (columns >= -margin) & (columns < self.width + margin)
        inside &= (rows >= -margin) & (rows < self.height + margin)
        return np.flatnonzero(inside) + start


@dataclass(frozen=True)
class Look:
    """The colors of points: those of their classes, or of their values from −limit to limit.

    Attributes
    ----------
    palette : Palette
        Its classes in the order of the labels.
    limit : float or None
        Where the scale of the values ends; None shows classes.
    inks : Palette or None
        The colors where points are too many for outlines; None keeps the same.
    """

    palette: Palette
    limit: float | None = None
    inks: Palette | None = None

    @property
    def inked(self) -> Look:
        """How points look that have no outlines."""
        return Look(self.inks or self.palette, self.limit)

    @property
    def table(self) -> NDArray[np.uint32]:
        """The pixels that there are."""
        return self.palette.solid if self.limit is None else self.palette.diverging

    def rows(self, columns: Columns) -> NDArray[np.intp]:
        """Return which row of the table each point takes, shape (m,)."""
        if self.limit is None:
            return columns.labels.astype(np.intp)
        return table_rows(value_shares(columns.values, self.limit))

"""Color tables: from a number or a class to a 32-bit pixel.

The values of a regression share the scale of the first two classes: the same colors for points,
boundary and units, and 0 is always in the neutral middle.

A pixel is one ``uint32`` 0xffRRGGBB, which is what Qt calls RGB32: Qt then paints it without a
conversion, and one table look-up (`numpy.take`) colors a whole map.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from nncore import FloatArray

LEVELS = 256
MIDDLE = 0.5  # of a table: undecided, or an answer of 0
# How much of a class's own color the surest prediction shows: the points, drawn in the full
# color, must stay visible on their own ground.
STRONGEST = 0.68


def table_rows(shares: FloatArray, unknown: float = MIDDLE) -> NDArray[np.intp]:
    """Turn 0 … 1 into rows of a color table; what lies outside takes the nearest.

    Weights near the limits of float32 make inf − inf; what is not a number becomes ``unknown``.
    """
    scaled = np.clip(shares, 0, (LEVELS - 0.5) / LEVELS)
    np.copyto(scaled, unknown, where=np.isnan(scaled))
    scaled *= LEVELS
    return scaled.astype(np.intp)


def value_shares(values: FloatArray, limit: float) -> FloatArray:
    """Map −limit … limit to 0 … 1, in the precision of the values."""
    number = values.dtype.type
    # A predicted value may be as large as its type allows.
    with np.errstate(all="ignore"):
        shares: FloatArray = values * number(MIDDLE / limit) + number(MIDDLE)
    return shares


def channels_of(pixels: NDArray[np.uint32]) -> NDArray[np.float32]:
    """Unpack pixels, shape (...), into red, green and blue from 0 to 255, shape (3, ...)."""
    parts = [pixels >> np.uint32(shift) & np.uint32(0xFF) for shift in (16, 8, 0)]
    return np.stack(parts).astype(np.float32)


def _channels(color: str) -> NDArray[np.float64]:
    return np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)


def _pixels(rgb: NDArray[np.float64]) -> NDArray[np.uint32]:
    """Pack channels, shape (..., 3), into pixels, shape (...)."""
    r, g, b = np.moveaxis(np.rint(rgb).astype(np.uint32), -1, 0)
    pixels: NDArray[np.uint32] = (
        np.uint32(0xFF000000) | (r << np.uint32(16)) | (g << np.uint32(8)) | b
    )
    return pixels


def _ramp(start: NDArray[np.float64], end: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    share = np.linspace(0.0, 1.0, count)[:, np.newaxis]
    return start + (end - start) * share


@dataclass(frozen=True)
class Palette:
    """The colors of a theme, as tables.

    Attributes
    ----------
    classes : tuple of str
        "#rrggbb" of each class.
    neutral : str
        "#rrggbb" where the network is undecided and where a unit answers 0.
    """

    classes: tuple[str, ...]
    neutral: str

    @cached_property
    def solid(self) -> NDArray[np.uint32]:
        """Each class's own color, shape (classes,)."""
        return _pixels(np.stack([_channels(color) for color in self.classes]))

    @cached_property
    def diverging(self) -> NDArray[np.uint32]:
        """From the first class (-1) over neutral (0) to the second (+1), shape (256,)."""
        low, middle, high = map(_channels, (self.classes[0], self.neutral, self.classes[1]))
        half = LEVELS // 2
        return _pixels(np.concatenate([_ramp(low, middle, half), _ramp(middle, high, half)]))

    @cached_property
    def boundary(self) -> NDArray[np.uint32]:
        """The same, toned down to be the ground under points, shape (256,)."""
        neutral = _channels(self.neutral)
        low, high = (neutral + (_channels(c) - neutral) * STRONGEST for c in self.classes[:2])
        half = LEVELS // 2
        return _pixels(np.concatenate([_ramp(low, neutral, half), _ramp(neutral, high, half)]))

    @cached_property
    def sureness(self) -> NDArray[np.uint32]:
        """For each class from undecided to sure, shape (classes, 256)."""
        neutral = _channels(self.neutral)
        rows = [
            _ramp(neutral, neutral + (_channels(color) - neutral) * STRONGEST, LEVELS)
            for color in self.classes
        ]
        return _pixels(np.stack(rows))

    def value_colors(self, values: FloatArray, limit: float) -> NDArray[np.uint32]:
        """Color values of a regression on the scale from −limit to limit, shape as given."""
        return self.diverging.take(table_rows(value_shares(values, limit)))

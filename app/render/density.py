"""More points than can be told apart: how many lie in each pixel, and of which color."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.render.palette import channels_of
from app.render.point_look import AT_ONCE

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.columns import Columns
    from app.render.point_look import Frame, Look

FAINTEST, STRONGEST = 0.6, 1.0
"""Opacity of a pixel with a single point, and of the fullest."""


class Density:
    """A picture of the mean color in each pixel, the more opaque the more points lie in it.

    The opacity grows with the logarithm of the number of points, so that a single one is seen
    beside thousands. Training and test points look alike. 1,000,000 points take 20 to 80 ms, as
    busy as the machine is; the counts are exact up to 16 million in a pixel.

    Attributes
    ----------
    pixels : ndarray of uint32, shape (height, width)
        Pixels 0xAARRGGBB, premultiplied, transparent where no point is; contiguous.
    """

    def __init__(self, frame: Frame, look: Look) -> None:
        self.frame, self.look = frame, look
        size = frame.height * frame.width
        self._counts = np.zeros(size, np.float32)
        self._sums = np.zeros((3, size), np.float32)
        self._flat = np.zeros(size, np.uint32)
        self.pixels = self._flat.reshape(frame.height, frame.width)
        self._fullest = 0.0
        self._channels = channels_of(look.table)

    def add(self, columns: Columns) -> None:
        """Count more points; where they lie takes on its color anew.

        The scale of the opacity is the one of the first points, or every pixel would change.
        """
        parts = range(0, columns.labels.size, AT_ONCE)
        touched = [self._count(columns.part(slice(start, start + AT_ONCE))) for start in parts]
        if self._fullest:
            places = np.concatenate([*touched, np.empty(0, np.intp)])
        else:
            self._fullest = float(self._counts.max(initial=0))
            places = np.flatnonzero(self._counts)
        for start in range(0, places.size, AT_ONCE):
            self._color(places[start : start + AT_ONCE])

    def _count(self, columns: Columns) -> NDArray[np.intp]:
        """Add points to the sums of the pixels that they lie in, and return these pixels."""
        _, _, _, _, width, height = self.frame
        x, y = self.frame.place(columns.X)
        seen = np.flatnonzero((x >= 0) & (y >= 0) & (x < width) & (y < height))
        places: NDArray[np.intp] = y.take(seen).astype(np.intp) * width
        places += x.take(seen).astype(np.intp)
        np.add.at(self._counts, places, np.ones(places.size, np.float32))
        rows = self.look.rows(columns).take(seen)
        for sums, channel in zip(self._sums, self._channels, strict=True):
            np.add.at(sums, places, channel.take(rows))
        return places

    def _color(self, places: NDArray[np.intp]) -> None:
        counts = self._counts.take(places)
        share = np.log(counts) / max(np.log(self._fullest), np.log(2))
        opacity = FAINTEST + (STRONGEST - FAINTEST) * np.minimum(share, 1)
        pixels = np.rint(255 * opacity).astype(np.uint32) << np.uint32(24)
        for shift, sums in zip((16, 8, 0), self._sums, strict=True):
            mean = sums.take(places) / counts
            pixels |= np.rint(mean * opacity).astype(np.uint32) << np.uint32(shift)
        self._flat[places] = pixels

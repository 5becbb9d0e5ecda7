"""How points came from others, so that who knows positions among those can carry them over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


@dataclass(frozen=True, eq=False)
class Lineage:
    """Points of which some were left out, or between which others were put.

    Attributes
    ----------
    storage : object
        Stands for the storage of the earlier points, without keeping their memory.
    m : int
        How many these were.
    places : ndarray of int64, shape (k,)
        Ascending: where those stood that were left out, or where the new ones stand.
    removed : bool
        Whether they were left out.
    """

    storage: object
    m: int
    places: NDArray[np.int64]
    removed: bool

    def carried(self, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return where the points at these ascending positions stand now, of those still there."""
        if not self.removed:
            return beside(self.places, indices)
        before = np.searchsorted(self.places, indices)
        kept = np.searchsorted(self.places, indices, side="right") == before
        carried: NDArray[np.int64] = indices[kept] - before[kept]
        return carried


def beside(places: NDArray[np.int64], indices: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return where points stand after others were put at these places, both ascending."""
    # As many new ones stand before a point as have their place at or before its own.
    before = places - np.arange(places.size)
    return indices + np.searchsorted(before, indices, side="right")

"""How points are shared out between training and test set, and how those drawn later are.

New points are shared out alike, so that the share that somebody chose stays true of what is
drawn: without that, 20 % of 100 points are 4 % once 400 more are drawn, and the test says ever
less.  Which of them are held back is decided by their position alone: every stretch of k points has
its share of k within one point, however small the steps of a stroke, and redo gives the same ones.
Points that somebody put into the other set are not made up for, and what is opened, pasted or
duplicated brings its set along.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

import nncore

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from app.document.points import Points

TEST_SHARE_RANGE = nncore.Range(0.0, 0.9)


def next_seed(seed: int) -> int:
    """Return the seed after this one; after the last comes the first."""
    return seed + 1 if seed < nncore.SEED_RANGE.maximum else 0


@dataclass(frozen=True)
class Split:
    """How points are shared out between training and test set.

    Attributes
    ----------
    test_share : float
        Share of the points that are held back for the test, 0 to 0.9.
    seed : int
        Which points: the same seed, the same ones.
    """

    test_share: float = 0.0
    seed: int = 0

    def __post_init__(self) -> None:
        if not TEST_SHARE_RANGE.contains(self.test_share):
            raise ValueError(f"test_share is {self.test_share}; accepted: {TEST_SHARE_RANGE}")
        if not nncore.SEED_RANGE.contains(self.seed):
            raise ValueError(f"the seed of the split is {self.seed}; accepted: {nncore.SEED_RANGE}")

    def resampled(self) -> Split:
        """Hold back as many, but other points."""
        return replace(self, seed=next_seed(self.seed))

    def of(self, points: Points) -> Split:
        """Return the split with the share that these points have, at most 0.9."""
        m, tested = len(points), int(points.test_counts.sum())
        share = min(tested / m, TEST_SHARE_RANGE.maximum) if m else self.test_share
        return self if share == self.test_share else replace(self, test_share=share)

    def shared_out(self, points: Points, behind: int) -> Points:
        """Hold back the share of points that are drawn ``behind`` so many others."""
        if not self.test_share:
            return points
        positions = np.arange(behind, behind + len(points) + 1)
        test = np.diff(np.rint(self.test_share * positions)) > 0
        return points.edited("test", np.arange(len(points)), test)

    def draw(self, m: int) -> NDArray[np.bool_]:
        """Return for each of m points whether it belongs to the test set, shape (m,)."""
        test = np.zeros(m, np.bool_)
        order = np.random.default_rng(self.seed).permutation(m)
        test[order[: round(self.test_share * m)]] = True
        return test

    def applied(self, points: Points) -> Points:
        """Share these points out anew."""
        if not (self.test_share or points.test_counts.any()):
            return points
        return points.edited("test", np.arange(len(points)), self.draw(len(points)))

"""The training set, cut into tiles: passes of so many examples that their arrays stay cached.

A pass over all examples at once streams every array of every layer through the memory; in tiles
the arrays of the hidden layers are used again before they leave the cache.
"""

from itertools import pairwise
from math import isfinite

import numpy as np

from nncore.arrays import FloatArray
from nncore.config import NetworkConfig
from nncore.costs import LARGEST, data_cost
from nncore.parameters import Parameters
from nncore.tape import Tape, Workspace, record_forward

TILE_BYTES = 4 * 2**20
"""What the arrays of one tile may take."""


class TrainingSet:
    """All examples of a training, as copies.

    Attributes
    ----------
    m : int
        Number of examples.
    X, Y : (n_x, m) and (n_y, m) arrays
        Inputs and targets.
    tiles : list of Workspace
        The examples in their order, in as few passes as fit ``TILE_BYTES`` each.
    """

    def __init__(self, network: NetworkConfig, X: FloatArray, Y: FloatArray) -> None:
        self.m: int = X.shape[1]
        rows = np.ones((X.shape[0] + 1, self.m))
        self.X = rows[:-1]
        self.X[:] = X
        self.Y = Y.copy()
        self.tiles: list[Workspace] = []
        shared: dict[int, Workspace] = {}
        for part in _parts(self.m, _tile_size(network)):
            size = part.stop - part.start
            if size not in shared:
                shared[size] = Workspace(network, size)
            self.tiles.append(shared[size].over(rows[:, part], self.Y[:, part]))


class CostEvaluator:
    """The mean loss of a training set under the present parameters, tile by tile."""

    def __init__(self, network: NetworkConfig, theta: Parameters, data: TrainingSet) -> None:
        self._network, self._data = network, data
        self._tape = Tape(
            step for tile in data.tiles for step in record_forward(network, theta, tile)
        )

    def data_cost(self) -> float:
        """Return (1/m) Σ loss, finite for any finite logits."""
        self._tape.replay()
        costs = [data_cost(tile.Z[-1], tile.Y, self._network) for tile in self._data.tiles]
        shares = [tile.m / self._data.m for tile in self._data.tiles]
        cost = sum(share * part for share, part in zip(shares, costs, strict=True))
        # The rounding of the shares must not carry the largest number over the edge.
        return min(cost, LARGEST) if isfinite(max(costs)) else cost


def _tile_size(network: NetworkConfig) -> int:
    """Return how many examples fit: four arrays of a float64 per unit, A, Z, dA and dZ."""
    return max(1, TILE_BYTES // (4 * 8 * sum(network.layer_dims)))


def _parts(m: int, size: int) -> list[slice]:
    """Cut 0 … m into parts of at most ``size``, whose lengths differ by at most one."""
    count = -(-m // size)
    ends = [m * number // count for number in range(count + 1)]
    return [slice(start, end) for start, end in pairwise(ends)]

"""The training set, cut into tiles: passes of so many examples that their arrays stay cached.

Notes: "Vectorizing Across Multiple Examples" (shallow networks).

A pass over all examples at once streams every array of every layer through the memory.  In tiles
the same few arrays are used again before they leave the cache: 2-64-1 ReLU on 5,000 points goes
from 0.76 to 0.96 of the hand-written loop, on 50,000 points it is 2.5 times as fast, 2-8-8-1 tanh
there 1.6 times; and a million points take the memory of their coordinates, not of every unit.
Tiles of 2 to 4 MiB did equally well.  A set that fits one tile is one pass, as in the notes.

The gradient and the cost of several tiles are sums of sums: equal to those of one pass up to the
order of the additions, about 1e-15 of their size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from nncore.arrays import FloatArray
from nncore.config import NetworkConfig
from nncore.costs import LARGEST, data_cost
from nncore.parameters import Parameters
from nncore.tape import Step, Tape, Workspace, copy_step, record_forward

TILE_BYTES = 3 * 2**20
"""What the arrays of one tile may take."""


@dataclass(frozen=True)
class Tile:
    """Some examples: the workspace of their pass, and the steps that bring them there.

    Tiles of one size share a workspace.  There are no steps where the examples lie already.
    """

    work: Workspace
    load: tuple[Step, ...] = ()


class TrainingSet:
    """All examples of a training.

    Attributes
    ----------
    m : int
        Number of examples.
    X, Y : (n_x, m) and (n_y, m) arrays
        Inputs and targets.
    tiles : sequence of Tile
        The examples in their order, in as few passes as fit ``TILE_BYTES`` each.
    """

    def __init__(self, network: NetworkConfig, X: FloatArray, Y: FloatArray) -> None:
        self.m: int = X.shape[1]
        self.X, self.Y = X.copy(), Y.copy()
        self.tiles = self._tiles(network)

    def _tiles(self, network: NetworkConfig) -> Sequence[Tile]:
        parts = _parts(self.m, _tile_size(network))
        sizes = {part.stop - part.start for part in parts}
        works = {size: Workspace(network, size) for size in sizes}
        if len(parts) == 1:
            works[self.m].load(self.X, self.Y)
            return (Tile(works[self.m]),)
        return [self._tile(works[part.stop - part.start], part) for part in parts]

    def _tile(self, work: Workspace, part: slice) -> Tile:
        pairs = (("A[0]", self.X[:, part], work.A[0]), ("Y", self.Y[:, part], work.Y))
        return Tile(work, tuple(copy_step(*pair) for pair in pairs))


class CostEvaluator:
    """The mean loss of a training set under the present parameters, tile by tile."""

    def __init__(self, network: NetworkConfig, theta: Parameters, data: TrainingSet) -> None:
        self._network, self._data = network, data
        works = {tile.work for tile in data.tiles}
        # The loss reads the logits Z[L]; nobody needs A[L], the last step.
        self._forward = {work: Tape(record_forward(network, theta, work)[:-1]) for work in works}

    def data_cost(self) -> float:
        """Return (1/m) Σ loss, finite for any finite logits."""
        costs = [self._tile_cost(tile) for tile in self._data.tiles]
        shares = [tile.work.m / self._data.m for tile in self._data.tiles]
        cost = sum(share * part for share, part in zip(shares, costs, strict=True))
        # The rounding of the shares must not carry the largest number over the edge.
        return min(cost, LARGEST) if isfinite(max(costs)) else cost

    def _tile_cost(self, tile: Tile) -> float:
        for step in tile.load:
            step.run()
        self._forward[tile.work].replay()
        return data_cost(tile.work.Z[-1], tile.work.Y, self._network)


def _tile_size(network: NetworkConfig) -> int:
    """Return how many examples fit: four arrays of a float64 per unit, A, Z, dA and dZ."""
    return max(1, TILE_BYTES // (4 * 8 * sum(network.layer_dims)))


def _parts(m: int, size: int) -> list[slice]:
    """Cut 0 … m into parts of at most ``size``, whose lengths differ by at most one."""
    count = -(-m // size)
    ends = [m * number // count for number in range(count + 1)]
    return [slice(start, end) for start, end in pairwise(ends)]

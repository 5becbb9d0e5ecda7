"""One iteration of many runs at once: the tape's formulas on arrays with a leading axis.

Notes: as ``nncore.tape``.  R networks of one architecture learn from the same examples, so their
iterations are the same calls on arrays (R, n, m).  What a small network loses to the overhead of
its calls is then lost once for all of them.  The tape's own functions record them; only the
products differ from those of one run, in three ways, each as measured (2-4-1 tanh, 400 points,
R = 16):

- Layer 1 of all runs is one product, since they share X (R products make the iteration 5 % slower,
  12 % in float32).
- The hidden activations have no row of ones, because a view without the last row is not one block
  of memory, which slows tanh by 12 % and its derivative by half: b[l] is added, and dZ[l] summed,
  in calls of their own.
- Later layers are ``np.matmul`` over the stack, which takes a third less time than R bound
  products, save Wᵀ dZ behind a single unit, for which matmul does not use BLAS and takes 2.5 times
  as long.

The sums are rounded in another order than those of one run, by a few parts in 10¹⁶.
"""

import numpy as np

from nncore.arrays import Call, DType, FloatArray
from nncore.config import NetworkConfig
from nncore.parameters import Parameters
from nncore.tape import Workspace, untouched


class StackedWorkspace(Workspace):
    """The arrays of one pass of ``m`` examples through ``runs`` networks, and their products.

    ``A[0]`` is X, (n_x, m), and ``rows[0]`` X with the row of ones under it: shared by all runs.
    For l ≥ 1, ``Z[l]``, ``A[l]``, ``dZ[l]`` and ``dA[l]`` are (runs, n[l], m).  ``Y``,
    (runs, n_y, m), repeats the targets, because a call that stretches an array allocates buffers.
    """

    def __init__(self, network: NetworkConfig, runs: int, m: int, dtype: DType) -> None:
        super().__init__(network, m, dtype)
        self.rows = self.rows[:1]
        self.Y = np.zeros((runs, network.n_y, m), dtype)
        self.A[1:] = [np.zeros((runs, n, m), dtype) for n in network.layer_dims[1:]]
        self.Z, self.dA, self.dZ = (untouched(self.A) for _ in range(3))

    def forward_product(self, theta: Parameters, layer: int) -> list[Call]:
        """Write Z[l] = W[l] A[l−1] + b[l] of all runs."""
        Z = self.Z[layer]
        if layer == 1:
            return [(_flat(theta.blocks[0]).dot, (self.rows[0], _flat(Z)))]
        # Z + b would allocate buffers to stretch b; A[l], which is written next, holds it as well.
        wide = self.A[layer]
        return [
            (np.matmul, (theta.W[layer - 1], self.A[layer - 1], Z)),
            (np.copyto, (wide, theta.b[layer - 1])),
            (np.add, (Z, wide, Z)),
        ]

    def gradient_product(self, gradient: Parameters, layer: int) -> list[Call]:
        """Write m·dW[l] = dZ[l] A[l−1]ᵀ and m·db[l] = Σᵢ dZ[l] of all runs."""
        dZ = self.dZ[layer]
        if layer == 1:
            return [(_flat(dZ).dot, (self.rows[0].T, _flat(gradient.blocks[0])))]
        return [
            (np.matmul, (dZ, self.A[layer - 1].swapaxes(-1, -2), gradient.W[layer - 1])),
            (np.add.reduce, (dZ, -1, None, gradient.b[layer - 1], True)),
        ]

    def backward_product(self, theta: Parameters, layer: int) -> list[Call]:
        """Write dA[l] = W[l+1]ᵀ dZ[l+1] of all runs."""
        transposed, dZ, dA = theta.W[layer].swapaxes(-1, -2), self.dZ[layer + 1], self.dA[layer]
        if dZ.shape[-2] > 1:
            return [(np.matmul, (transposed, dZ, dA))]
        return [(a.dot, (b, out)) for a, b, out in zip(transposed, dZ, dA, strict=True)]


def _flat(stack: FloatArray) -> FloatArray:
    """Return (R, n, m) as a (R·n, m) view: the layers of all runs, one below the other."""
    return stack.reshape(-1, stack.shape[-1])

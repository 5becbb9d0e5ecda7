"""One iteration of many runs at once: the tape's formulas on arrays with a leading axis.

Notes: as ``nncore.tape``.  R networks of one architecture learn from the same examples, so their
iterations are the same calls on arrays (R, n, m).  What a small network loses to the overhead of
its calls is then lost once for all of them.

Three things differ from the tape of one run, each as measured (2-4-1 tanh, 400 points, R = 16):
layer 1 of all runs is one product, since they share X (R products make the iteration 5 % slower,
12 % in float32); the hidden activations have no row of ones, because a view without the last row
is not one block of memory, which slows tanh by 12 % and its derivative by half: b[l] is added, and
dZ[l] summed, in calls of their own; later layers are ``np.matmul`` over the stack, which takes a
third less time than R bound products, save Wᵀ dZ behind a single unit, for which matmul does not
use BLAS and takes 2.5 times as long.
The sums are rounded in another order than those of one run, by a few parts in 10¹⁶.
"""

import numpy as np

from nncore.arrays import Call, DType, FloatArray
from nncore.config import NetworkConfig
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.tape import Step


class StackedWorkspace:
    """The arrays of one pass of ``m`` examples through ``runs`` networks.

    ``rows`` is X with a row of ones under it, (n_x + 1, m), and ``A[0]`` is X: shared by all runs.
    For l ≥ 1, ``Z[l]``, ``A[l]``, ``dZ[l]`` and ``dA[l]`` are (runs, n[l], m); index 0 of Z, dZ and
    dA is not used.  ``Y``, (runs, n_y, m), repeats the targets, because a call that stretches an
    array allocates buffers.
    """

    def __init__(self, network: NetworkConfig, runs: int, m: int, dtype: DType) -> None:
        self.m = m
        self.rows: FloatArray = np.ones((network.n_x + 1, m), dtype)
        self.Y: FloatArray = np.zeros((runs, network.n_y, m), dtype)
        first: FloatArray = self.rows[:-1]
        self.A = [first, *(np.zeros((runs, n, m), dtype) for n in network.layer_dims[1:])]
        self.Z, self.dA, self.dZ = ([np.zeros_like(A) for A in self.A] for _ in range(3))

    def load(self, X: FloatArray, Y: FloatArray) -> None:
        """Copy the inputs of layer 1 (n_x, m) and the targets (n_y, m) into the arrays."""
        np.copyto(self.A[0], X, casting="same_kind")
        np.copyto(self.Y, Y, casting="same_kind")


def record_stacked_forward(
    network: NetworkConfig, theta: Parameters, work: StackedWorkspace
) -> list[Step]:
    """Z[l] = W[l] A[l−1] + b[l] and A[l] = g[l](Z[l]) of all runs, for l = 1 … L."""
    steps = []
    last = len(network.layer_dims) - 1
    for layer in range(1, last + 1):
        hidden = layer < last
        g = network.hidden_activation(layer) if hidden else OUTPUTS[network.output]
        Z, A = work.Z[layer], work.A[layer]
        steps += [
            _linear_step(theta, work, layer),
            Step(
                f"A[{layer}]",
                f"A[{layer}] = {g.symbol}(Z[{layer}])",
                {f"Z[{layer}]": Z},
                {f"A[{layer}]": A},
                tuple(g.forward(Z, A)),
            ),
        ]
    return steps


def record_stacked_backward(
    network: NetworkConfig, theta: Parameters, work: StackedWorkspace, gradient: Parameters
) -> list[Step]:
    """dZ[L] of the output; dW[l], db[l] and dZ[l−1] = W[l]ᵀ dZ[l] * g′(Z[l−1]) for l = L … 1."""
    last = len(network.layer_dims) - 1
    output = OUTPUTS[network.output]
    steps = [
        Step(
            f"dZ[{last}]",
            output.derivative_formula.replace("[L]", f"[{last}]"),
            {f"A[{last}]": work.A[last], "Y": work.Y},
            {f"dZ[{last}]": work.dZ[last]},
            tuple(output.backward(work.A[last], work.Y, work.dZ[last])),
        )
    ]
    for layer in range(last, 0, -1):
        steps.append(_gradient_step(work, gradient, layer))
        if layer > 1:
            steps += _hidden_steps(network, theta, work, layer - 1)
    return steps


def _linear_step(theta: Parameters, work: StackedWorkspace, layer: int) -> Step:
    W, b, A, Z = theta.W[layer - 1], theta.b[layer - 1], work.A[layer - 1], work.Z[layer]
    # Z + b would allocate buffers to stretch b; A[l], which is written next, holds it as well.
    wide = work.A[layer]
    calls: list[Call] = [(np.matmul, (W, A, Z)), (np.copyto, (wide, b)), (np.add, (Z, wide, Z))]
    if layer == 1:
        calls = [(_flat(theta.blocks[0]).dot, (work.rows, _flat(Z)))]
    return Step(
        f"Z[{layer}]",
        f"Z[{layer}] = W[{layer}] A[{layer - 1}] + b[{layer}]",
        {f"W[{layer}]": W, f"A[{layer - 1}]": A, f"b[{layer}]": b},
        {f"Z[{layer}]": Z},
        tuple(calls),
    )


def _gradient_step(work: StackedWorkspace, gradient: Parameters, layer: int) -> Step:
    dW, db, A, dZ = gradient.W[layer - 1], gradient.b[layer - 1], work.A[layer - 1], work.dZ[layer]
    calls: list[Call] = [
        (np.matmul, (dZ, A.swapaxes(-1, -2), dW)),
        (np.add.reduce, (dZ, -1, None, db, True)),
    ]
    if layer == 1:
        calls = [(_flat(dZ).dot, (work.rows.T, _flat(gradient.blocks[0])))]
    return Step(
        f"m·dW[{layer}], m·db[{layer}]",
        f"m·dW[{layer}] = dZ[{layer}] A[{layer - 1}]ᵀ,  m·db[{layer}] = Σᵢ dZ[{layer}]",
        {f"dZ[{layer}]": dZ, f"A[{layer - 1}]": A},
        {f"m·dW[{layer}]": dW, f"m·db[{layer}]": db},
        tuple(calls),
    )


def _hidden_steps(
    network: NetworkConfig, theta: Parameters, work: StackedWorkspace, layer: int
) -> list[Step]:
    Z, A, dA, dZ = work.Z[layer], work.A[layer], work.dA[layer], work.dZ[layer]
    W, after = theta.W[layer], work.dZ[layer + 1]
    g = network.hidden_activation(layer)
    return [
        Step(
            f"dA[{layer}]",
            f"dA[{layer}] = W[{layer + 1}]ᵀ dZ[{layer + 1}]",
            {f"W[{layer + 1}]": W, f"dZ[{layer + 1}]": after},
            {f"dA[{layer}]": dA},
            tuple(_back_calls(W, after, dA)),
        ),
        Step(
            f"dZ[{layer}]",
            f"dZ[{layer}] = dA[{layer}] * {g.symbol}′(Z[{layer}])",
            {f"dA[{layer}]": dA, f"Z[{layer}]": Z, f"A[{layer}]": A},
            {f"dZ[{layer}]": dZ},
            tuple(g.backward(Z, A, dA, dZ)),
        ),
    ]


def _back_calls(W: FloatArray, dZ: FloatArray, dA: FloatArray) -> list[Call]:
    transposed = W.swapaxes(-1, -2)
    if dZ.shape[-2] > 1:
        return [(np.matmul, (transposed, dZ, dA))]
    return [(a.dot, (b, out)) for a, b, out in zip(transposed, dZ, dA, strict=True)]


def _flat(stack: FloatArray) -> FloatArray:
    """Return (R, n, m) as a (R·n, m) view: the layers of all runs, one below the other."""
    return stack.reshape(-1, stack.shape[-1])

"""The fastest training loops in NumPy that we can write by hand, one for each network: the mark."""

from collections.abc import Callable

import numpy as np

from nncore import Dataset, Parameters
from tests.benchmarks.turns import Run


class Arrays:
    """What every hand-written loop needs: flat parameters, rows of ones, targets for tanh.

    The loops use every trick of the tape, and two that would make it less readable: activations
    overwrite the logits, and the output is tanh(½z) against targets −1 and 1, so that dZ is
    doubled and the rate halved.
    """

    def __init__(self, parameters: Parameters, data: Dataset, learning_rate: float) -> None:
        self.m = data.X.shape[1]
        self.theta = parameters.copy()
        self.gradient = Parameters.zeros(parameters.layer_dims)
        self.step = np.zeros_like(parameters.vector)
        self.rate = np.array(learning_rate / self.m / 2)
        self.half, self.one = np.array(0.5), np.array(1.0)
        self.X = np.vstack([data.X, np.ones((1, self.m))])
        self.signs = 2 * data.Y - 1
        self.A = [np.ones((n + 1, self.m)) for n in parameters.layer_dims[1:-1]]
        self.D, self.E = ([np.ones((n, self.m)) for n in parameters.layer_dims[1:]] for _ in "DE")


def one_layer(v: Arrays) -> Run:
    """2-n-1 tanh."""
    X, X_T, A_1, A_1T, a1, signs = v.X, v.X.T, v.A[0], v.A[0].T, v.A[0][:-1], v.signs
    dA1, e1, z2 = v.D[0], v.E[0], v.D[1]
    (g1, g2), g, theta, step = v.gradient.blocks, v.gradient.vector, v.theta.vector, v.step
    product1, product2 = (block.dot for block in v.theta.blocks)
    back2, gradient1, gradient2 = v.theta.W[1].T.dot, e1.dot, z2.dot
    half, one, rate = v.half, v.one, v.rate
    tanh, multiply, subtract = np.tanh, np.multiply, np.subtract

    def run(iterations: int) -> None:
        for _ in range(iterations):
            product1(X, a1)
            tanh(a1, a1)
            product2(A_1, z2)
            multiply(z2, half, z2)
            tanh(z2, z2)
            subtract(z2, signs, z2)
            gradient2(A_1T, g2)
            back2(z2, dA1)
            multiply(a1, a1, e1)
            subtract(one, e1, e1)
            multiply(e1, dA1, e1)
            gradient1(X_T, g1)
            multiply(g, rate, step)
            subtract(theta, step, theta)

    return run


def two_layers(v: Arrays) -> Run:
    """2-n-n-1 tanh."""
    X, X_T, signs = v.X, v.X.T, v.signs
    (A_1, A_2), (a1, a2), (A_1T, A_2T) = v.A, (A[:-1] for A in v.A), (A.T for A in v.A)
    (dA1, dA2, z3), (e1, e2, _) = v.D, v.E
    (g1, g2, g3), g, theta, step = v.gradient.blocks, v.gradient.vector, v.theta.vector, v.step
    product1, product2, product3 = (block.dot for block in v.theta.blocks)
    back2, back3 = v.theta.W[1].T.dot, v.theta.W[2].T.dot
    gradient1, gradient2, gradient3 = e1.dot, e2.dot, z3.dot
    half, one, rate = v.half, v.one, v.rate
    tanh, multiply, subtract = np.tanh, np.multiply, np.subtract

    def run(iterations: int) -> None:
        for _ in range(iterations):
            product1(X, a1)
            tanh(a1, a1)
            product2(A_1, a2)
            tanh(a2, a2)
            product3(A_2, z3)
            multiply(z3, half, z3)
            tanh(z3, z3)
            subtract(z3, signs, z3)
            gradient3(A_2T, g3)
            back3(z3, dA2)
            multiply(a2, a2, e2)
            subtract(one, e2, e2)
            multiply(e2, dA2, e2)
            gradient2(A_1T, g2)
            back2(e2, dA1)
            multiply(a1, a1, e1)
            subtract(one, e1, e1)
            multiply(e1, dA1, e1)
            gradient1(X_T, g1)
            multiply(g, rate, step)
            subtract(theta, step, theta)

    return run


def tiled_relu(v: Arrays, tile: int = 1250) -> Run:
    """2-n-1 ReLU in tiles of examples that stay in the cache."""
    n = len(v.D[0])
    tiles = [
        (
            np.ascontiguousarray(v.X[:, start : start + tile]),
            v.signs[:, start : start + tile].copy(),
        )
        for start in range(0, v.m, tile)
    ]
    A_1, dA1, e1, zeros = np.ones((n + 1, tile)), np.ones((n, tile)), *np.zeros((2, n, tile))
    a1, z2, zero = A_1[:-1], np.ones((1, tile)), np.array(0.0)
    part = Parameters.zeros(v.theta.layer_dims)
    (p1, p2), p, g, theta, step = (
        part.blocks, part.vector, v.gradient.vector, v.theta.vector, v.step,
    )  # fmt: skip
    product1, product2 = (block.dot for block in v.theta.blocks)
    back2, gradient1, gradient2 = v.theta.W[1].T.dot, e1.dot, z2.dot
    half, rate = v.half, v.rate
    tanh, multiply, subtract, add = np.tanh, np.multiply, np.subtract, np.add
    maximum, greater_equal, copyto = np.maximum, np.greater_equal, np.copyto

    def run(iterations: int) -> None:
        for _ in range(iterations):
            copyto(g, 0.0)
            for X, signs in tiles:
                product1(X, e1)
                maximum(e1, zeros, out=a1)
                product2(A_1, z2)
                multiply(z2, half, z2)
                tanh(z2, z2)
                subtract(z2, signs, z2)
                gradient2(A_1.T, p2)
                back2(z2, dA1)
                greater_equal(e1, zero, e1)
                multiply(e1, dA1, e1)
                gradient1(X.T, p1)
                add(g, p, g)
            multiply(g, rate, step)
            subtract(theta, step, theta)

    return run


Loop = Callable[[Arrays], Run]

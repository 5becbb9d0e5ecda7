"""How fast nncore trains, as ratios to the best NumPy that we can write by hand.

Run with ``make bench``, or ``python -m tests.benchmarks.bench_nncore``.  All candidates take turns
in every round, and the table shows medians over the rounds of ratios within a round: what else
the machine does then weighs on all of them alike.  Nothing is asserted about speed; that the
candidates compute the same is.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable

import numpy as np

from nncore import (
    Dataset,
    GridEvaluator,
    History,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    forward_propagation,
    initialize_parameters,
    make_dataset,
)
from tests.nncore import textbook

LEARNING_RATE = 0.01
Run = Callable[[int], None]


class Arrays:
    """What every hand-written loop needs: flat parameters, rows of ones, targets for tanh.

    The loops use every trick of the tape, and two that would make it less readable: activations
    overwrite the logits, and the output is tanh(½z) against targets −1 and 1, so that dZ is
    doubled and the rate halved.
    """

    def __init__(self, parameters: Parameters, data: Dataset) -> None:
        self.m = data.X.shape[1]
        self.theta = parameters.copy()
        self.gradient = Parameters.zeros(parameters.layer_dims)
        self.step = np.zeros_like(parameters.vector)
        self.rate = np.array(LEARNING_RATE / self.m / 2)
        self.half, self.one = np.array(0.5), np.array(1.0)
        self.X = np.vstack([data.X, np.ones((1, self.m))])
        self.signs = 2 * data.Y - 1
        self.A = [np.ones((n + 1, self.m)) for n in parameters.layer_dims[1:-1]]
        self.D, self.E = ([np.ones((n, self.m)) for n in parameters.layer_dims[1:]] for _ in "DE")


def hand_written_one_layer(v: Arrays) -> Run:
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


def hand_written_two_layers(v: Arrays) -> Run:
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


def hand_written_tiled_relu(v: Arrays, tile: int = 1250) -> Run:
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


def textbook_run(network: NetworkConfig, parameters: Parameters, data: Dataset) -> Run:
    """The loop of the notes, one new array per line."""
    layers = [(W.copy(), b.copy()) for W, b in zip(parameters.W, parameters.b, strict=True)]
    names = [*network.activations, network.output]

    def run(iterations: int) -> None:
        for _ in range(iterations):
            layers[:] = textbook.step(data.X, data.Y, layers, names, LEARNING_RATE)

    return run


CASES = (
    ("2-4-1 tanh, 400 points", NetworkConfig((2, 4, 1)), 400, hand_written_one_layer, 2000),
    ("2-8-8-1 tanh, 500 points", NetworkConfig((2, 8, 8, 1)), 500, hand_written_two_layers, 800),
    ("2-64-1 ReLU, 5,000 points", NetworkConfig((2, 64, 1), "relu"), 5000,
     hand_written_tiled_relu, 12),
)  # fmt: skip


def time_in_turns(runs: dict[str, Run], iterations: int, rounds: int) -> dict[str, list[float]]:
    """Return the seconds per iteration of each candidate in each round, after one to warm up."""
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds + 1):
        for name, run in runs.items():
            start = time.perf_counter()
            run(iterations)
            seconds[name].append((time.perf_counter() - start) / iterations)
    return {name: times[1:] for name, times in seconds.items()}


def median_ratio(slow: list[float], fast: list[float]) -> float:
    """Return how many times as fast ``fast`` is as ``slow``."""
    return statistics.median(a / b for a, b in zip(slow, fast, strict=True))


def bench_training(rounds: int) -> None:
    """Print a line per network."""
    print(f"{'training':27}{'iterations/s':>13}{'of hand-written':>17}{'times textbook':>16}"
          f"{'with cost curve':>18}")  # fmt: skip
    for label, network, m, hand_written, iterations in CASES:
        data = make_dataset("flower", m, seed=2)
        parameters = initialize_parameters(network, "xavier", seed=2)
        training = TrainingConfig(learning_rate=LEARNING_RATE)
        bare, curve = (
            Trainer(network, training, parameters, data.X, data.Y, history=History(capacity))
            for capacity in (0, 2048)
        )
        arrays = Arrays(parameters, data)
        runs: dict[str, Run] = {
            "hand": hand_written(arrays),
            "bare": bare.run,
            "curve": curve.run,
            "textbook": textbook_run(network, parameters, data),
        }
        times = time_in_turns(runs, iterations, rounds)
        np.testing.assert_allclose(arrays.theta.vector, bare.parameters.vector, atol=1e-7)
        print(
            f"{label:27}{1 / statistics.median(times['bare']):13,.0f}"
            f"{median_ratio(times['hand'], times['bare']):17.2f}"
            f"{median_ratio(times['textbook'], times['bare']):16.2f}"
            f"{median_ratio(times['bare'], times['curve']):18.2f}"
        )


def bench_pictures(rounds: int) -> None:
    """Print how long the maps of all units take on a 200×200 grid."""
    network = NetworkConfig((2, 8, 8, 1))
    parameters = initialize_parameters(network, "xavier", seed=2)
    axis = np.linspace(-5, 5, 200)
    X = np.vstack([values.ravel() for values in np.meshgrid(axis, axis)])
    X_32 = X.astype(np.float32)
    evaluator = GridEvaluator(network, X.shape[1])
    names = [*network.activations, network.output]
    layers = list(zip(parameters.W, parameters.b, strict=True))

    def repeat(function: Callable[[], object]) -> Run:
        def run(times: int) -> None:
            for _ in range(times):
                function()

        return run

    runs = {
        "grid": repeat(lambda: evaluator.evaluate(X_32, parameters)),
        "float64": repeat(lambda: forward_propagation(X, parameters, network)),
        "textbook": repeat(lambda: textbook.forward(X, layers, names)),
    }
    times = time_in_turns(runs, 5, rounds)
    print(
        f"\npictures: 2-8-8-1 on 200×200 points: {statistics.median(times['grid']) * 1e3:.2f} ms, "
        f"{median_ratio(times['textbook'], times['grid']):.1f} times the float64 textbook, "
        f"{median_ratio(times['float64'], times['grid']):.1f} times forward_propagation"
    )


def describe_machine() -> None:
    """Print what the figures depend on."""
    config = np.show_config(mode="dicts")
    blas = config["Build Dependencies"]["blas"]
    simd = config["SIMD Extensions"]
    found = [*simd.get("baseline", []), *simd.get("found", [])]
    print(f"NumPy {np.__version__}, {blas['name']} {blas['version']}, SIMD: {' '.join(found)}")
    for variable in ("OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        if variable in os.environ:
            print(f"{variable}={os.environ[variable]}")
    print()


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=25, help="turns of every candidate")
    rounds = parser.parse_args().rounds
    describe_machine()
    bench_training(rounds)
    bench_pictures(rounds)


if __name__ == "__main__":
    main()

"""How long the maps of all units take: 2-8-8-1 on a grid of 200×200 points."""

import statistics

import numpy as np

from nncore import GridEvaluator, NetworkConfig, forward_propagation, initialize_parameters
from tests.benchmarks.turns import median_ratio, repeat, rounds_wanted, time_in_turns
from tests.nncore import textbook


def main() -> None:
    """Print the time, and what it is in the time of the float64 passes."""
    network = NetworkConfig((2, 8, 8, 1))
    parameters = initialize_parameters(network, "xavier", seed=2)
    axis = np.linspace(-5, 5, 200)
    X = np.vstack([values.ravel() for values in np.meshgrid(axis, axis)])
    X_32 = X.astype(np.float32)
    evaluator = GridEvaluator(network, X.shape[1])
    names = [*network.activations, network.output]
    layers = list(zip(parameters.W, parameters.b, strict=True))
    runs = {
        "grid": repeat(lambda: evaluator.evaluate(X_32, parameters)),
        "float64": repeat(lambda: forward_propagation(X, parameters, network)),
        "textbook": repeat(lambda: textbook.forward(X, layers, names)),
    }
    times = time_in_turns(runs, 5, rounds_wanted(__doc__, default=25))
    for got, exact in zip(
        evaluator.evaluate(X_32, parameters), textbook.forward(X, layers, names)[1][1:], strict=True
    ):
        np.testing.assert_allclose(got, exact, atol=1e-4)
    print(
        f"all maps in {statistics.median(times['grid']) * 1e3:.2f} ms: "
        f"{median_ratio(times['textbook'], times['grid']):.1f} times as fast as the float64 "
        f"textbook, {median_ratio(times['float64'], times['grid']):.1f} times as fast as "
        "forward_propagation"
    )


if __name__ == "__main__":
    main()

"""Random networks with data that fits them, for Hypothesis and for the plain tests."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from nncore import (
    ACTIVATIONS,
    OUTPUTS,
    FloatArray,
    NetworkConfig,
    Parameters,
    forward_propagation,
    initialize_parameters,
)
from tests.nncore.textbook import Layers


@dataclass(frozen=True)
class Case:
    network: NetworkConfig
    parameters: Parameters
    X: FloatArray
    Y: FloatArray

    @property
    def names(self) -> list[str]:
        return [*self.network.activations, self.network.output]

    @property
    def layers(self) -> Layers:
        pairs = zip(self.parameters.W, self.parameters.b, strict=True)
        return [(W.copy(), b.copy()) for W, b in pairs]

    def is_smooth(self) -> bool:
        """Say whether no hidden unit is near the kink of its activation."""
        Z = forward_propagation(self.X, self.parameters, self.network).Z[:-1]
        return all(float(np.abs(z).min()) > 1e-3 for z in Z)


def make_case(network: NetworkConfig, m: int, seed: int) -> Case:
    """Return a network with random weights and biases, and random examples."""
    random = np.random.default_rng(seed)
    parameters = initialize_parameters(network, "xavier", seed)
    for b in parameters.b:
        b[:] = 0.5 * random.standard_normal(b.shape)
    X = 2.0 * random.standard_normal((network.n_x, m))
    if network.output == "linear":
        Y = random.standard_normal((network.n_y, m))
    elif network.output == "softmax":
        Y = np.eye(network.n_y)[:, random.integers(network.n_y, size=m)]
    else:
        Y = random.integers(2, size=(network.n_y, m)).astype(np.float64)
    return Case(network, parameters, X, Y)


@st.composite
def cases(draw: st.DrawFn, max_hidden: int = 3) -> Case:
    """Draw a case: 0 … ``max_hidden`` hidden layers, each with an activation of its own."""
    hidden = draw(st.lists(st.integers(1, 5), max_size=max_hidden))
    activation = tuple(draw(st.sampled_from(sorted(ACTIVATIONS))) for _ in hidden)
    output = draw(st.sampled_from(sorted(OUTPUTS)))
    n_y = draw(st.integers(OUTPUTS[output].minimum_units, 4))
    dims = (draw(st.integers(1, 4)), *hidden, n_y)
    network = NetworkConfig(dims, activation, output)
    return make_case(network, draw(st.integers(1, 12)), draw(st.integers(0, 2**32 - 1)))

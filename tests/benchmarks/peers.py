"""The same training by other libraries, for those that are installed.

Each peer does full-batch gradient descent in its own best way: scikit-learn in one ``fit`` of
many iterations (with the cost of each, which it always computes), PyTorch in the eager loop that
its tutorials teach.  All in float64 and with one thread.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from nncore import Dataset, NetworkConfig, Parameters, TrainingConfig
from tests.peers.scikit_learn import make_peer, set_weights, weights


class Candidate(Protocol):
    """A training that can go on."""

    def run(self, iterations: int, /) -> object:
        """Make that many updates."""

    def parameters(self) -> Parameters:
        """Return the weights now."""


class ScikitLearn:
    """``MLPClassifier``."""

    def __init__(
        self, network: NetworkConfig, training: TrainingConfig, start: Parameters, data: Dataset
    ) -> None:
        kind: Any = import_module("sklearn.neural_network").MLPClassifier
        warnings.simplefilter("ignore", import_module("sklearn.exceptions").ConvergenceWarning)
        self._examples = (data.X.T.copy(), data.labels)
        self._peer = make_peer(kind, network, training, *self._examples)
        set_weights(self._peer, start)

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        self._peer.set_params(max_iter=iterations).fit(*self._examples)

    def parameters(self) -> Parameters:
        """Return the weights now."""
        layers = weights(self._peer)
        return Parameters.from_layers([W for W, _ in layers], [b for _, b in layers])


class PyTorch:
    """``torch.nn.Sequential`` and ``torch.optim.SGD``."""

    def __init__(
        self, network: NetworkConfig, training: TrainingConfig, start: Parameters, data: Dataset
    ) -> None:
        torch: Any = import_module("torch")
        torch.set_num_threads(1)
        g = {"tanh": torch.nn.Tanh, "relu": torch.nn.ReLU}
        self._linear = [
            torch.nn.Linear(W.shape[1], W.shape[0], dtype=torch.float64) for W in start.W
        ]
        modules = [self._linear[0]]
        for name, linear in zip(network.activations, self._linear[1:], strict=True):
            modules += [g[name](), linear]
        for W, b, linear in zip(start.W, start.b, self._linear, strict=True):
            linear.weight.data[:] = torch.tensor(W)
            linear.bias.data[:] = torch.tensor(b[:, 0])
        self._model = torch.nn.Sequential(*modules)
        self._loss = torch.nn.BCEWithLogitsLoss()
        self._optimizer = torch.optim.SGD(self._model.parameters(), lr=training.learning_rate)
        self._X, self._Y = (torch.tensor(values.T.copy()) for values in (data.X, data.Y))

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        for _ in range(iterations):
            self._optimizer.zero_grad()
            self._loss(self._model(self._X), self._Y).backward()
            self._optimizer.step()

    def parameters(self) -> Parameters:
        """Return the weights now."""
        W = [linear.weight.detach().numpy() for linear in self._linear]
        return Parameters.from_layers(W, [linear.bias.detach().numpy() for linear in self._linear])


@dataclass(frozen=True)
class Peer:
    """A library, the module that shows whether it is installed, and how to get it."""

    module: str
    how_to_get_it: str
    candidate: Callable[[NetworkConfig, TrainingConfig, Parameters, Dataset], Candidate]


PEERS: Mapping[str, Peer] = {
    "scikit-learn": Peer("sklearn", "make test-peers", ScikitLearn),
    "PyTorch": Peer("torch", ".venv/bin/python -m pip install torch", PyTorch),
}


def installed_peers() -> dict[str, Peer]:
    """Return the peers that can be measured; print a line about each of the others."""
    for name, peer in PEERS.items():
        if find_spec(peer.module) is None:
            print(f"{name} is not installed; to measure it too: {peer.how_to_get_it}")
    return {name: peer for name, peer in PEERS.items() if find_spec(peer.module) is not None}

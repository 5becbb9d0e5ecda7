"""How fast nncore trains: against loops written by hand, a textbook loop, and other libraries.

All candidates take turns in every round, and the table shows medians over the rounds of ratios
within a round.  Nothing is asserted about speed; that all candidates arrive at the same weights is.

The textbook's ratio on the largest network says as much about the allocator: taking its new
arrays from the system each time costs it three quarters of its time (7 times as fast as it), and
once a peer has freed something larger the allocator keeps them (2 times).
"""

import statistics
from dataclasses import dataclass

import numpy as np

from nncore import (
    Dataset,
    History,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
)
from tests.benchmarks import hand_written
from tests.benchmarks.peers import PEERS, Candidate, Peer, installed_peers
from tests.benchmarks.turns import (
    Run,
    describe_machine,
    median_ratio,
    rounds_wanted,
    time_in_turns,
)
from tests.nncore import textbook

TRAINING = TrainingConfig(learning_rate=0.01)


@dataclass(frozen=True)
class Case:
    """A network, how many points it learns, the loop to beat, and the iterations of a round."""

    label: str
    network: NetworkConfig
    m: int
    loop: hand_written.Loop
    iterations: int


CASES = (
    Case("2-4-1 tanh/400", NetworkConfig((2, 4, 1)), 400, hand_written.one_layer, 2000),
    Case("2-8-8-1 tanh/500", NetworkConfig((2, 8, 8, 1)), 500, hand_written.two_layers, 800),
    Case("2-64-1 ReLU/5,000", NetworkConfig((2, 64, 1), "relu"), 5000, hand_written.tiled_relu, 12),
)


class HandWritten:
    """The fastest loop for this very network."""

    def __init__(self, case: Case, start: Parameters, data: Dataset) -> None:
        self._arrays = hand_written.Arrays(start, data, TRAINING.learning_rate)
        self.run = case.loop(self._arrays)

    def parameters(self) -> Parameters:
        """Return the weights now."""
        return self._arrays.theta


class Textbook:
    """The loop of the notes, one new array per line."""

    def __init__(self, case: Case, start: Parameters, data: Dataset) -> None:
        self._data = data
        self._layers = [(W.copy(), b.copy()) for W, b in zip(start.W, start.b, strict=True)]
        self._names = [*case.network.activations, case.network.output]

    def run(self, iterations: int) -> None:
        """Make that many updates."""
        examples, rate = (self._data.X, self._data.Y), TRAINING.learning_rate
        for _ in range(iterations):
            self._layers = textbook.step(*examples, self._layers, self._names, rate)

    def parameters(self) -> Parameters:
        """Return the weights now."""
        return Parameters.from_layers([W for W, _ in self._layers], [b for _, b in self._layers])


class Ours:
    """The trainer, with or without a cost curve."""

    def __init__(self, case: Case, start: Parameters, data: Dataset, history: History) -> None:
        self._trainer = Trainer(case.network, TRAINING, start, data.X, data.Y, history=history)
        self.run = self._trainer.run

    def parameters(self) -> Parameters:
        """Return the weights now."""
        return self._trainer.parameters


def make_candidates(case: Case, peers: dict[str, Peer]) -> dict[str, Candidate]:
    """Return everything that can train this network, from the same weights on the same points."""
    data = make_dataset("flower", case.m, seed=2)
    start = initialize_parameters(case.network, "xavier", seed=2)
    parts = (case.network, TRAINING, start, data)
    return {
        "ours": Ours(case, start, data, History(0)),
        "with the curve": Ours(case, start, data, History()),
        "hand-written": HandWritten(case, start, data),
        "textbook": Textbook(case, start, data),
        **{name: peer.candidate(*parts) for name, peer in peers.items()},
    }


def check_they_agree(candidates: dict[str, Candidate]) -> None:
    """Fail unless all candidates, after as many updates, have the same weights."""
    wanted = candidates["ours"].parameters().vector
    for name, candidate in candidates.items():
        found = candidate.parameters().vector
        np.testing.assert_allclose(found, wanted, rtol=1e-7, atol=1e-7, err_msg=name)


def bench(case: Case, peers: dict[str, Peer], rounds: int) -> None:
    """Print the line of one network."""
    candidates = make_candidates(case, peers)
    runs: dict[str, Run] = {name: candidate.run for name, candidate in candidates.items()}
    times = time_in_turns(runs, case.iterations, rounds)
    check_they_agree(candidates)
    ours = times["ours"]
    print(
        f"{case.label:18}{1 / statistics.median(ours):13,.0f}"
        f"{median_ratio(times['hand-written'], ours):17.2f}"
        f"{median_ratio(ours, times['with the curve']):12.2f}"
        f"{median_ratio(times['textbook'], ours):12.1f}"
        + "".join(f"{_ratio_to(times.get(name), ours):>14}" for name in PEERS)
    )


def _ratio_to(peer: list[float] | None, ours: list[float]) -> str:
    return "–" if peer is None else f"{median_ratio(peer, ours):.1f}"


def main() -> None:
    """Print the table."""
    rounds = rounds_wanted(__doc__, default=15)
    describe_machine()
    peers = installed_peers()
    print(f"{'':18}{'':13}{'share of':>17}{'kept with':>12}{'times as fast as':>22}")
    print(f"{'training':18}{'iterations/s':>13}{'hand-written':>17}{'cost curve':>12}"
          f"{'textbook':>12}" + "".join(f"{name:>14}" for name in PEERS))  # fmt: skip
    for case in CASES:
        bench(case, peers, rounds)


if __name__ == "__main__":
    main()

"""The frozen state of a document, and what of it a change touches."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Flag, auto

import nncore
from app.document.points import Points


class Changed(Flag):
    """What an edit touched; each view decides from it whether to refresh."""

    POINTS = auto()
    PRESET = auto()
    NETWORK = auto()
    TRAINING = auto()
    ALL = POINTS | PRESET | NETWORK | TRAINING


@dataclass(frozen=True)
class Preset:
    """The generated dataset that the data controls show.

    Attributes
    ----------
    name : str
        A name of `nncore.DATASETS`.
    points : int
        Number of points m.
    noise : float
        Spread of the noise, in the dataset's own unit.
    seed : int
        Seed of the data stream.
    """

    name: str = "flower"
    points: int = 400
    noise: float = 0.2
    seed: int = 2

    def generate(self) -> Points:
        """Draw the points; ValueError names a setting outside its range."""
        dataset = nncore.make_dataset(self.name, self.points, self.noise, self.seed)
        return Points.of(dataset.X, dataset.labels)


@dataclass(frozen=True)
class NetworkSettings:
    """The network as chosen; input and output follow the data.

    Attributes
    ----------
    hidden_units : tuple of int
        Units of each hidden layer; empty is logistic or softmax regression.
    activation : str or tuple of str
        One activation for all hidden layers, or one for each.
    initializer : str
        How the weights are drawn, a name of `nncore.INITIALIZERS`.
    seed : int
        Seed of the weights and of the mini-batches.
    """

    hidden_units: tuple[int, ...] = (4,)
    activation: str | tuple[str, ...] = "tanh"
    initializer: str = "small_random"
    seed: int = 2

    def next_seed(self) -> NetworkSettings:
        """Give the same network other random weights; after the last seed comes the first."""
        last = nncore.SEED_RANGE.maximum
        return replace(self, seed=self.seed + 1 if self.seed < last else 0)


@dataclass(frozen=True)
class State:
    """Everything a person chose. What was learned belongs to the trainer."""

    points: Points = field(default_factory=Points.empty)
    preset: Preset = field(default_factory=Preset)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: nncore.TrainingConfig = field(default_factory=nncore.TrainingConfig)

    @property
    def class_count(self) -> int:
        """Number of classes K, at least two."""
        return self.points.class_count

    def network_config(self) -> nncore.NetworkConfig:
        """Build the network: two inputs; a sigmoid for two classes, softmax for more."""
        classes = self.class_count
        output = (1, "sigmoid") if classes == 2 else (classes, "softmax")
        return nncore.NetworkConfig(
            (2, *self.network.hidden_units, output[0]), self.network.activation, output[1]
        )

    def check(self) -> None:
        """Raise ValueError, which names the setting, if no run could begin from this state."""
        self.network_config()
        name, seed = self.network.initializer, self.network.seed
        if name not in nncore.INITIALIZERS:
            raise ValueError(f"initializer is {name!r}; accepted: {', '.join(nncore.INITIALIZERS)}")
        if not nncore.SEED_RANGE.contains(seed):
            raise ValueError(f"seed is {seed}; accepted: {nncore.SEED_RANGE}")

    def targets(self) -> nncore.FloatArray:
        """Y, shape (1, m) for two classes, one-hot (K, m) for more."""
        return nncore.encode_labels(self.points.labels, self.class_count)


def initial_state(preset: Preset | None = None) -> State:
    """Begin as the window does: the flower, a 2-4-1 tanh network, learning rate 1.2."""
    preset = preset or Preset()
    return State(
        preset.generate(),
        preset,
        NetworkSettings(),
        nncore.TrainingConfig(learning_rate=1.2),
    )

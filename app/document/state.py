"""The frozen state of a document, and what of it a change touches."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import Flag, auto
from functools import cached_property, lru_cache
from math import floor, log10
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

import nncore
from app.document.classes import TWO_CLASSES, Classes, at_least, check_classes, exactly
from app.document.points import Points
from app.document.split import Split, next_seed

if TYPE_CHECKING:
    from app.document.classes import ClassInfo

Task = Literal["classification", "regression"]
TASKS: tuple[Task, ...] = get_args(Task)
SMALLEST_LIMIT = 1e-300  # smaller values are painted as 0: their decade has no float


class Changed(Flag):
    """What an edit touched; each view decides from it whether to refresh."""

    POINTS = auto()
    PRESET = auto()
    NETWORK = auto()
    TRAINING = auto()
    CLASSES = auto()
    SPLIT = auto()
    TASK = auto()
    ALL = POINTS | PRESET | NETWORK | TRAINING | CLASSES | SPLIT | TASK


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
        """Draw the points; ValueError names a setting outside its range.

        The latest few are remembered: `State.shows_preset` may ask at any time, and after undo.
        """
        return _generated(self)

    @property
    def n_classes(self) -> int:
        """Number of classes of the dataset."""
        return nncore.DATASETS[self.name].n_classes

    @property
    def task(self) -> Task:
        """What the dataset is made for."""
        return nncore.DATASETS[self.name].task


@lru_cache(maxsize=4)
def _generated(preset: Preset) -> Points:
    dataset = nncore.make_dataset(preset.name, preset.points, preset.noise, preset.seed)
    return Points.of(dataset.X, dataset.labels, dataset.values)


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
        """Give the same network other random weights."""
        return replace(self, seed=next_seed(self.seed))


@dataclass(frozen=True)
class State:
    """Everything a person chose. What was learned belongs to the trainer.

    A label that has no class yet brings its class along: ``classes`` always covers the points.

    Attributes
    ----------
    classes : tuple of ClassInfo
        2 to 8 classes, some of them perhaps without points.
    split : Split
        How new points are shared out; which set a point belongs to, it says itself.
    task : {"classification", "regression"}
        Whether the labels or the values of the points are learned.
    """

    points: Points = field(default_factory=Points.empty)
    preset: Preset = field(default_factory=Preset)
    network: NetworkSettings = field(default_factory=NetworkSettings)
    training: nncore.TrainingConfig = field(default_factory=nncore.TrainingConfig)
    classes: Classes = TWO_CLASSES
    split: Split = field(default_factory=Split)
    task: Task = "classification"

    def __post_init__(self) -> None:
        object.__setattr__(self, "classes", at_least(self.classes, self.points.class_count))
        check_classes(self.classes)
        if self.task not in TASKS:
            raise ValueError(f"task is {self.task!r}; accepted: {', '.join(TASKS)}")

    @property
    def class_count(self) -> int:
        """Number of classes K, at least two."""
        return len(self.classes)

    def class_of(self, label: int) -> ClassInfo:
        """Return the class of a label; ValueError if there is none."""
        if label not in range(self.class_count):
            raise ValueError(f"label is {label}; accepted: 0 to {self.class_count - 1}")
        return self.classes[label]

    @property
    def output(self) -> tuple[int, str]:
        """Units and function of the output, as task and classes want them."""
        if self.task == "regression":
            return 1, "linear"
        return (1, "sigmoid") if self.class_count == 2 else (self.class_count, "softmax")

    @cached_property
    def training_points(self) -> Points:
        """The points that are trained on."""
        points = self.points
        return points.where(~points.test) if points.test_counts.any() else points

    @cached_property
    def test_points(self) -> Points:
        """The points that are held back for the test."""
        return self.points.where(self.points.test)

    @property
    def test_share(self) -> float:
        """The share of the points that is held back: the chosen one, as far as whole points go.

        Another one where points were put into the other set, or some were removed.
        """
        m, tested = len(self.points), int(self.points.test_counts.sum())
        chosen = self.split.test_share
        return chosen if tested == round(chosen * m) else tested / m

    @cached_property
    def shows_preset(self) -> bool:
        """Whether the points are those of the preset, whichever set each belongs to.

        Compared, not remembered: so it is right after any undo and in any file.
        """
        mine = self.points
        if len(mine) != self.preset.points:
            return False
        generated = self.preset.generate()
        return all(
            np.array_equal(getattr(mine, column), getattr(generated, column))
            for column in ("X", "labels", "values")
        )

    @cached_property
    def value_limit(self) -> float:
        """Where the colors of a regression end: the first of 1, 2, 5, 10, … that holds all values.

        From −limit to limit, since 0 has the color in the middle.
        """
        largest = float(np.abs(self.points.values).max(initial=0.0))
        if largest < SMALLEST_LIMIT:
            return 1.0
        decade = 10.0 ** floor(log10(largest))
        return next((k * decade for k in (1, 2, 5) if k * decade >= largest), 10 * decade)

    def network_config(self) -> nncore.NetworkConfig:
        """Build the network: two inputs, the chosen hidden layers, the output of the task."""
        units, function = self.output
        dims = (2, *self.network.hidden_units, units)
        return nncore.NetworkConfig(dims, self.network.activation, function)

    def check(self) -> None:
        """Raise ValueError, which names the setting, if no run could begin from this state."""
        self.network_config()
        name, seed = self.network.initializer, self.network.seed
        if name not in nncore.INITIALIZERS:
            raise ValueError(f"initializer is {name!r}; accepted: {', '.join(nncore.INITIALIZERS)}")
        if not nncore.SEED_RANGE.contains(seed):
            raise ValueError(f"seed is {seed}; accepted: {nncore.SEED_RANGE}")

    def targets(self, points: Points | None = None) -> nncore.FloatArray:
        """Return Y of these points, or of all: (1, m), one-hot (K, m) for three classes or more."""
        chosen = self.points if points is None else points
        if self.task == "regression":
            return chosen.values[np.newaxis]
        return nncore.encode_labels(chosen.labels, self.class_count)


def difference(old: State, new: State) -> Changed:
    """Say what of the state was replaced; another output is another network."""
    replaced = Changed(0)
    for one in fields(State):
        if getattr(old, one.name) is not getattr(new, one.name):
            replaced |= Changed[one.name.upper()]
    return replaced | Changed.NETWORK if old.output != new.output else replaced


def initial_state(preset: Preset | None = None) -> State:
    """Begin as the window does: the flower, a 2-4-1 tanh network, learning rate 1.2."""
    preset = preset or Preset()
    return State(
        preset.generate(),
        preset,
        NetworkSettings(),
        nncore.TrainingConfig(learning_rate=1.2),
        exactly(TWO_CLASSES, preset.n_classes),
        task=preset.task,
    )

"""States, views, a clock and short ways for the tests of the training."""

import numpy as np

from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from app.render.grid import Region
from app.render.palette import Palette
from app.training.engine import Engine
from app.training.snapshot import Snapshot, View
from nncore import TrainingConfig

PALETTE = Palette(("#f59322", "#0877bd", "#2a9d5c", "#b5539b"), "#f4f6f8")
VIEW = View(Region(-4, 4, -3, 3), PALETTE, (800, 600), 24)

FLOWER = State(Preset(points=60).generate())
PAIR = State(Points.of([[-1.0, 1.0], [0.0, 0.0]], [0, 1]), training=TrainingConfig())
SWAPPED = State(Points.of([[-1.0, 1.0], [0.0, 0.0]], [1, 0]), training=TrainingConfig())
THREE = State(Points.of([[-1.0, 1.0, 0.0], [0.0, 0.0, 1.0]], [0, 1, 2]))
EMPTY = State()
DIVERGING = State(
    FLOWER.points,
    network=NetworkSettings((8, 8), "relu", "he"),
    training=TrainingConfig(learning_rate=1e150),
)


class Clock:
    """A clock, in seconds, that stands until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def advance_until_rest(engine: Engine, seconds: float = 0.002) -> None:
    while engine.training:
        engine.advance(seconds)


def arrays(snapshot: Snapshot) -> list[np.ndarray]:
    """Every array that a snapshot hands out."""
    parameters = snapshot.parameters
    pictures = [one.pixels for one in (snapshot.boundary, snapshot.maps) if one]
    layers = [*parameters.W, *parameters.b, *parameters.blocks]
    return [parameters.vector, *layers, *snapshot.curve, *snapshot.test_curve, *pictures]


def weights_of(engine: Engine) -> bytes:
    return engine.snapshot(0).parameters.vector.tobytes()


def train_to(engine: Engine, iteration: int) -> None:
    engine.train(until=iteration)
    advance_until_rest(engine)

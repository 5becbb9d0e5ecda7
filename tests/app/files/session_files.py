"""A session as it is saved in tests, and how a file that is none is refused."""

from dataclasses import replace
from pathlib import Path

import pytest

import nncore
from app.document.classes import ClassInfo
from app.document.points import Points
from app.document.split import Split
from app.document.state import NetworkSettings, Preset, State
from app.errors import UserError
from app.files.sessions import open_session
from nncore import Parameters, TrainingConfig
from tests.app.files.strategies import said

DATA = Path(__file__).parents[2] / "data"
FIRST = State(
    Points.of([[0.5, -1.25, 3.0], [1.0, 2.5, -7.125]], [0, 1, 2]),
    Preset("moons", 3, 0.1, 7),
    NetworkSettings((3, 2), ("tanh", "relu"), "xavier", 5),
    TrainingConfig("gradient_descent", 0.3, 16, 0.0, 0.25),
)
STATE = replace(
    FIRST,
    points=Points.of(FIRST.points.X, [0, 1, 2], [0.0, -2.5, 4.0], [False, True, False]),
    classes=(ClassInfo("setosa", 0, 0), ClassInfo("versicolor", 1, 1), ClassInfo("other", 4, 6)),
    split=Split(0.25, 3),
)


def learned(state: State = STATE) -> Parameters:
    return nncore.initialize_parameters(state.network_config(), "xavier", seed=5)


def refused(path: Path) -> str:
    with pytest.raises(UserError) as caught:
        open_session(path)
    return said(caught.value, path)

"""The settings in a session file: each entry taken out of the document and checked.

What the versions differ in is settled here: version 1 knew neither the task, the classes and the
split, nor the value and the set of a point, and fewer settings of the training.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from app.document.classes import ClassInfo
from app.document.columns import COORDINATES, MAX_CLASSES
from app.document.points import Points
from app.document.split import TEST_SHARE_RANGE, Split
from app.document.state import TASKS, NetworkSettings, Preset, State
from app.files.fields import Fields, integer, matrix
from nncore import (
    AVERAGING_RANGE,
    BATCH_SIZE_RANGE,
    CLIP_NORM_RANGE,
    DATASETS,
    EPSILON_RANGE,
    HIDDEN_LAYERS_RANGE,
    HIDDEN_UNITS_RANGE,
    INITIALIZERS,
    LEARNING_RATE_RANGE,
    NOISE_RANGE,
    OPTIMIZERS,
    PENALTY_RANGE,
    POINTS_RANGE,
    SCHEDULE_FACTOR_RANGE,
    SCHEDULE_PERIOD_RANGE,
    SCHEDULES,
    SEED_RANGE,
    Range,
    TrainingConfig,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nncore import FloatArray

POINT = ("x1", "x2", "label", "value", "test")
COLORS = Range(0, MAX_CLASSES - 1)
VERSION_1 = ("optimizer", "learning_rate", "batch_size", "l1", "l2")
NAMES: dict[str, Mapping[str, object]] = {"optimizer": OPTIMIZERS, "schedule": SCHEDULES}
WHOLE_NUMBERS = {"batch_size": BATCH_SIZE_RANGE, "schedule_period": SCHEDULE_PERIOD_RANGE}
NUMBERS = {
    "learning_rate": LEARNING_RATE_RANGE,
    "l1": PENALTY_RANGE,
    "l2": PENALTY_RANGE,
    "momentum": AVERAGING_RANGE,
    "decay": AVERAGING_RANGE,
    "beta1": AVERAGING_RANGE,
    "beta2": AVERAGING_RANGE,
    "epsilon": EPSILON_RANGE,
    "schedule_factor": SCHEDULE_FACTOR_RANGE,
    "clip_norm": CLIP_NORM_RANGE,
}


def state_of(fields: Fields, *, version: int) -> State:
    """Return what the person chose; ValueError names the entry and what is accepted."""
    first = version == 1
    state = State(
        _points(fields.take("points"), POINT[:3] if first else POINT),
        _preset(fields.take("preset")),
        _network(fields.take("network")),
        _training(fields.take("training")),
    )
    return state if first else _with_sets(state, fields)


def _with_sets(state: State, fields: Fields) -> State:
    """Add what version 2 brought: task, classes and split."""
    classes = tuple(
        ClassInfo(
            entry.text("name"), entry.integer("color", COLORS), entry.integer("marker", COLORS)
        )
        for entry in (
            Fields(value, "a class", ("name", "color", "marker"))
            for value in fields.items("classes", dict)
        )
    )
    if len(classes) < state.points.class_count:
        raise ValueError(
            f"it has {len(classes)} classes; the points need {state.points.class_count}"
        )
    split = Fields(fields.take("split"), "split", ("test_share", "seed"))
    return replace(
        state,
        classes=classes,
        split=Split(
            split.number("test_share", TEST_SHARE_RANGE), split.integer("seed", SEED_RANGE)
        ),
        task=fields.name("task", TASKS),
    )


def _points(value: object, columns: tuple[str, ...]) -> Points:
    """Return the points of rows that have these columns."""
    if value == []:
        return Points.empty()
    rows = matrix("points", value)
    if rows.shape[1] != len(columns):
        accepted = ", ".join(columns)
        raise ValueError(f"points have {rows.shape[1]} numbers; accepted: [{accepted}]")
    numbers = np.vstack([rows.T, np.zeros((len(POINT) - len(columns), len(rows)))])
    X, (labels, values, test) = numbers[:2], numbers[2:]
    inside: NDArray[np.bool_] = np.abs(X).max(axis=0) <= COORDINATES.maximum
    _check_rows(rows, inside, f"coordinates from {COORDINATES}")
    known: NDArray[np.bool_] = np.isin(labels, np.arange(MAX_CLASSES))
    _check_rows(rows, known, f"class numbers from 0 to {MAX_CLASSES - 1}")
    _check_rows(rows, np.abs(values) <= COORDINATES.maximum, f"values from {COORDINATES}")
    _check_rows(rows, np.isin(test, (0, 1)), "1 for a point of the test set, otherwise 0")
    return Points.of(X, labels, values, test == 1)


def _check_rows(rows: FloatArray, right: NDArray[np.bool_], accepted: str) -> None:
    if not right.all():
        first = int(np.argmin(right))
        given = ", ".join(f"{value:.12g}" for value in rows[first])
        raise ValueError(f"row {first + 1} of points is [{given}]; accepted: {accepted}")


def _preset(value: object) -> Preset:
    fields = Fields(value, "preset", ("name", "points", "noise", "seed"))
    return Preset(
        fields.name("name", DATASETS),
        fields.integer("points", POINTS_RANGE),
        fields.number("noise", NOISE_RANGE),
        fields.integer("seed", SEED_RANGE),
    )


def _network(value: object) -> NetworkSettings:
    fields = Fields(value, "network", ("hidden_units", "activation", "initializer", "seed"))
    units = fields.items("hidden_units", int)
    if not HIDDEN_LAYERS_RANGE.contains(len(units)):
        raise ValueError(f"network has {len(units)} hidden layers; accepted: {HIDDEN_LAYERS_RANGE}")
    for count in units:
        integer("a hidden layer", count, HIDDEN_UNITS_RANGE)
    activation = fields.take("activation")
    if not isinstance(activation, str):
        activation = tuple(fields.items("activation", str))
    return NetworkSettings(
        tuple(units),
        activation,
        fields.name("initializer", INITIALIZERS),
        fields.integer("seed", SEED_RANGE),
    )


def _training(value: object) -> TrainingConfig:
    usual = asdict(TrainingConfig())
    if isinstance(value, dict):
        # Version 1 knew the settings of VERSION_1 only: trainings were then as is usual now.
        value = {name: usual[name] for name in usual if name not in VERSION_1} | value
    fields = Fields(value, "training", tuple(usual))
    read: dict[str, Any] = {name: fields.name(name, names) for name, names in NAMES.items()}
    for name, accepted in (NUMBERS | WHOLE_NUMBERS).items():
        if fields.take(name) is None and usual[name] is None:
            read[name] = None
        else:
            take = fields.integer if name in WHOLE_NUMBERS else fields.number
            read[name] = take(name, accepted)
    return TrainingConfig(**read)

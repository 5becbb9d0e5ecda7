"""Sessions: everything a person chose, and what was learned, as one readable JSON document.

A file of any version that was ever released opens; `tests/data` keeps a sample of each.  To change
the format: raise FORMAT_VERSION, keep a reader for the older ones, add a sample.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.document.classes import ClassInfo
from app.document.columns import MAX_CLASSES
from app.document.points import Points
from app.document.state import (
    TASKS,
    TEST_SHARE_RANGE,
    NetworkSettings,
    Preset,
    Split,
    State,
)
from app.files.atomic import write_atomically
from app.files.fields import Fields, check_format, integer, matrix
from app.files.reading import MEGABYTE, naming, read_whole
from app.files.strict_json import format_json, parse_json, shown
from app.files.table_lines import COORDINATES
from app.files.weights import named_weights, weight_names, weights_of
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
    NetworkConfig,
    Parameters,
    Range,
    TrainerState,
    TrainingConfig,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from nncore import FloatArray

SESSION_SUFFIX = ".planar"
FORMAT, FORMAT_VERSION = "planar session", 2
SIZE_LIMIT = 256 * MEGABYTE
ITERATIONS = Range(0, 10**18)
POINT = ("x1", "x2", "label", "value", "test")
COLORS = Range(0, MAX_CLASSES - 1)
KEYS_OF_VERSION_1 = ("format", "format_version", "preset", "network", "training", "points")
KEYS = (*KEYS_OF_VERSION_1, "task", "classes", "split")

CONTINUATION = ("optimizer", "slots", "updates", "random_state", "start")
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


@dataclass(frozen=True)
class Session:
    """What a session file holds.

    Attributes
    ----------
    state : State
        What the person chose.
    parameters : Parameters or None
        What was learned, if it was saved: weights that fit the network of the state.
    iteration : int
        After how many iterations; 0 without parameters.
    continuation : TrainerState or None
        What the run needs to go on as if it had never stopped, but for the cost curve.
    """

    state: State
    parameters: Parameters | None = None
    iteration: int = 0
    continuation: TrainerState | None = None


def save_session(
    path: Path | str,
    state: State,
    parameters: Parameters | None = None,
    iteration: int = 0,
    continuation: TrainerState | None = None,
) -> None:
    """Write a session, and read it back before it takes the place of an older one.

    Parameters that do not fit the state's network are left out: they belong to a run that the
    person has already changed.  So is a continuation that does not fit the settings.

    Raises
    ------
    UserError
        If the file cannot be written, or would not open again as it was.
    """
    given = Path(path)
    fits = parameters is not None and parameters.layer_dims == state.network_config().layer_dims
    session = Session(state)
    if fits:
        kept = continuation if _continues(continuation, state) else None
        session = Session(state, parameters, iteration, kept)

    def verify(content: bytes) -> None:
        with naming("save", given):
            if not _same(_session(parse_json(content)), session):
                raise ValueError("read back, the file holds something else")

    with naming("save", given):
        content = format_json(_document(session))
    write_atomically(given, content, verify)


def open_session(path: Path | str) -> Session:
    """Return what a session file holds, all of it checked.

    Raises
    ------
    UserError
        If the file cannot be read, is no session, is damaged, or comes from a newer version.
    """
    given = Path(path)
    content = read_whole(given, SIZE_LIMIT)
    with naming("open", given):
        return _session(parse_json(content))


def _document(session: Session) -> dict[str, object]:
    state = session.state
    document: dict[str, object] = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "preset": asdict(state.preset),
        "network": asdict(state.network),
        "training": asdict(state.training),
        "task": state.task,
        "classes": [asdict(info) for info in state.classes],
        "split": asdict(state.split),
        "points": _rows(state.points),
    }
    if session.parameters is not None:
        weights = named_weights(session.parameters)
        learned: dict[str, object] = {"iteration": session.iteration} | {
            name: array.tolist() for name, array in weights.items()
        }
        if session.continuation is not None:
            kept = session.continuation.to_dict()
            learned |= {"continuation": {name: kept[name] for name in CONTINUATION}}
        document["learned"] = learned
    return document


def _rows(points: Points) -> list[list[float | int]]:
    """Return [x1, x2, label, value, test] for each point; test is 1 for the test set, else 0."""
    others = (points.labels, points.values, points.test.astype(np.int64))
    columns = (*points.X.tolist(), *(column.tolist() for column in others))
    return list(map(list, zip(*columns, strict=True)))


def _session(document: object) -> Session:
    if not isinstance(document, dict):
        raise ValueError(f"it holds {shown(document)}; accepted: an object {{…}}")
    check_format(document, FORMAT, FORMAT_VERSION)
    first = document["format_version"] == 1
    fields = Fields(document, "the session", KEYS_OF_VERSION_1 if first else KEYS, ("learned",))
    state = State(
        _points(fields.take("points"), POINT[:3] if first else POINT),
        _preset(fields.take("preset")),
        _network(fields.take("network")),
        _training(fields.take("training")),
    )
    if not first:
        state = _with_sets(state, fields)
    network = state.network_config()
    if "learned" not in document:
        return Session(state)
    return _learned(fields.take("learned"), state, network)


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


def _learned(value: object, state: State, network: NetworkConfig) -> Session:
    names: Sequence[str] = weight_names(len(network.layer_dims) - 1)
    fields = Fields(value, "learned", ("iteration", *names), ("continuation",))
    weights = {name: matrix(name, fields.take(name)) for name in names}
    parameters, iteration = weights_of(weights, network), fields.integer("iteration", ITERATIONS)
    kept = fields.take("continuation")
    if kept is None:
        return Session(state, parameters, iteration)
    learned = {"iteration": iteration, "parameters": parameters.vector.tolist(), "history": None}
    continuation = TrainerState.from_dict(
        dict(Fields(kept, "continuation", CONTINUATION).entries) | learned
    )
    m = len(state.training_points)
    continuation.check(network.n_parameters, m, state.training.batch_size)
    return Session(state, parameters, iteration, continuation)


def _continues(continuation: TrainerState | None, state: State) -> bool:
    """Say whether the run of the state could go on from there."""
    if continuation is None:
        return False
    n, m = state.network_config().n_parameters, len(state.training_points)
    try:
        continuation.check(n, m, state.training.batch_size)
    except ValueError:
        return False
    return True


def _same(one: Session, other: Session) -> bool:
    return _comparable(one) == _comparable(other)


def _comparable(session: Session) -> tuple[object, ...]:
    parameters, continuation = session.parameters, session.continuation
    return (
        session.state,
        session.iteration,
        None if parameters is None else parameters.vector.tobytes(),
        None if continuation is None else continuation.to_dict(),
    )

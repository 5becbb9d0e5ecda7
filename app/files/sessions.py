"""Sessions: everything a person chose, and what was learned, as one readable JSON document.

A file of any version that was ever released opens; `tests/data` keeps a sample of each.  To change
the format: raise FORMAT_VERSION, keep a reader for the older ones, add a sample.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.files.atomic import write_atomically
from app.files.fields import Fields, check_format, matrix
from app.files.reading import MEGABYTE, naming, read_whole
from app.files.session_settings import state_of
from app.files.strict_json import format_json, parse_json, shown
from app.files.weights import named_weights, weight_names, weights_of
from nncore import NetworkConfig, Parameters, Range, TrainerState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.document.points import Points
    from app.document.state import State


SESSION_SUFFIX = ".planar"
FORMAT, FORMAT_VERSION = "planar session", 2
SIZE_LIMIT = 256 * MEGABYTE
ITERATIONS = Range(0, 10**18)
KEYS_OF_VERSION_1 = ("format", "format_version", "preset", "network", "training", "points")
KEYS = (*KEYS_OF_VERSION_1, "task", "classes", "split")
CONTINUATION = ("optimizer", "slots", "updates", "random_state", "start")


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
    version = document["format_version"]
    keys = KEYS_OF_VERSION_1 if version == 1 else KEYS
    fields = Fields(document, "the session", keys, ("learned",))
    state = state_of(fields, version=version)
    network = state.network_config()
    if "learned" not in document:
        return Session(state)
    return _learned(fields.take("learned"), state, network)


def _learned(value: object, state: State, network: NetworkConfig) -> Session:
    names: Sequence[str] = weight_names(len(network.layer_dims) - 1)
    fields = Fields(value, "learned", ("iteration", *names), ("continuation",))
    weights = {name: matrix(name, fields.take(name)) for name in names}
    parameters, iteration = weights_of(weights, network), fields.integer("iteration", ITERATIONS)
    kept = fields.take("continuation")
    if kept is None:
        return Session(state, parameters, iteration)
    learned = {
        "iteration": iteration,
        "layer_dims": network.layer_dims,
        "parameters": parameters.vector.tolist(),
        "history": None,
    }
    continuation = TrainerState.from_dict(
        dict(Fields(kept, "continuation", CONTINUATION).entries) | learned
    )
    m = len(state.training_points)
    continuation.check(network, m, state.training.batch_size)
    return Session(state, parameters, iteration, continuation)


def _continues(continuation: TrainerState | None, state: State) -> bool:
    """Say whether the run of the state could go on from there."""
    if continuation is None:
        return False
    m = len(state.training_points)
    try:
        continuation.check(state.network_config(), m, state.training.batch_size)
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

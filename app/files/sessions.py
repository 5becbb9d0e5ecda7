"""Sessions: everything that was chosen, and what was learned, as one readable JSON file."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

import nncore
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from app.errors import UserError
from app.files.atomic import read_bytes, write_atomically
from app.files.exchange import needed
from app.files.json_text import parse_json

if TYPE_CHECKING:
    from pathlib import Path

    from nncore import Parameters

SESSION_SUFFIX = ".planar"
FORMAT = "planar session"
VERSION = 1
LARGEST_FILE = 512 * 2**20


@dataclass(frozen=True)
class Session:
    """A session as read: the choices, and the weights with the iteration they belong to."""

    state: State
    parameters: Parameters | None
    iteration: int


def save_session(
    path: Path, state: State, parameters: Parameters | None = None, iteration: int = 0
) -> None:
    """Write a session, a point a line; UserError if it cannot be written."""
    points = zip(*state.points.X.tolist(), state.points.labels.tolist(), strict=True)
    values: dict[str, Any] = {
        "format": FORMAT,
        "format_version": VERSION,
        "preset": asdict(state.preset),
        "network": asdict(state.network),
        "training": asdict(state.training),
        "iteration": iteration,
        "parameters": None if parameters is None else parameters.vector.tolist(),
    }
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in values.items()]
    rows = ",\n".join(f"    {json.dumps(point)}" for point in points)
    lines.append(f'  "points": [\n{rows}\n  ]' if rows else '  "points": []')
    write_atomically(path, ("{\n" + ",\n".join(lines) + "\n}\n").encode())


def open_session(path: Path) -> Session:
    """Read a session; UserError names the file and what is wrong with it."""
    try:
        return _session(parse_json(read_bytes(path, LARGEST_FILE)))
    except (ValueError, TypeError, OverflowError) as error:
        raise UserError(f"{path} is not a session that Planar can open: {error}.") from error


def _session(values: dict[str, object]) -> Session:
    if values.get("format") != FORMAT:
        raise ValueError(f'"format" is not {FORMAT!r}')
    version = values.get("format_version")
    if type(version) is not int or not 1 <= version <= VERSION:
        raise ValueError(f"its version is {version!r}; versions up to {VERSION} are accepted")
    state = State(
        _points(needed(values, "points")),
        _preset(_settings(values, "preset")),
        _network(_settings(values, "network")),
        nncore.TrainingConfig(**_settings(values, "training")),
    )
    state.network_config()
    iteration = needed(values, "iteration")
    if type(iteration) is not int or iteration < 0:
        raise ValueError(f"iteration is {iteration!r}; a whole number from 0 up is accepted")
    return Session(state, _parameters(needed(values, "parameters"), state), iteration)


def _settings(values: dict[str, object], name: str) -> dict[str, Any]:
    settings = needed(values, name)
    if not isinstance(settings, dict):
        raise ValueError(f"{name} is not a group of settings")
    return settings


def _points(rows: object) -> Points:
    if not isinstance(rows, list) or not all(
        isinstance(row, list) and len(row) == 3 and type(row[2]) is int for row in rows
    ):
        raise ValueError("points are not a list of [x1, x2, class]")
    return Points.of([[r[0] for r in rows], [r[1] for r in rows]], [r[2] for r in rows])


def _preset(settings: dict[str, Any]) -> Preset:
    preset = Preset(**settings)
    if preset.name not in nncore.DATASETS:
        raise ValueError(f"preset {preset.name!r} is unknown")
    for name, value, accepted in (
        ("points", preset.points, nncore.POINTS_RANGE),
        ("noise", preset.noise, nncore.NOISE_RANGE),
        ("seed", preset.seed, nncore.SEED_RANGE),
    ):
        if isinstance(value, bool) or not accepted.contains(value):
            raise ValueError(f"preset {name} is {value!r}; {accepted} is accepted")
    return preset


def _network(settings: dict[str, Any]) -> NetworkSettings:
    units, activation = settings.get("hidden_units"), settings.get("activation")
    layers, width = nncore.HIDDEN_LAYERS_RANGE, nncore.HIDDEN_UNITS_RANGE
    if not isinstance(units, list) or not layers.contains(len(units)):
        raise ValueError(f"hidden_units is {units!r}; {layers} layers are accepted")
    for count in units:
        if type(count) is not int or not width.contains(count):
            raise ValueError(f"{count!r} units in a layer; {width} are accepted")
    chosen = tuple(activation) if isinstance(activation, list) else activation
    network = NetworkSettings(**{**settings, "hidden_units": tuple(units), "activation": chosen})
    if network.initializer not in nncore.INITIALIZERS:
        raise ValueError(f"initializer {network.initializer!r} is unknown")
    if type(network.seed) is not int or not nncore.SEED_RANGE.contains(network.seed):
        raise ValueError(f"seed is {network.seed!r}; {nncore.SEED_RANGE} is accepted")
    return network


def _parameters(vector: object, state: State) -> Parameters | None:
    if vector is None:
        return None
    network = state.network_config()
    if not isinstance(vector, list) or len(vector) != network.n_parameters:
        raise ValueError(f"parameters are not a list of {network.n_parameters} numbers")
    return nncore.Parameters(network.layer_dims, np.array(vector, dtype=np.float64))

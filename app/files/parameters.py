"""Export of the trained parameters, read back and compared before it counts as saved.

A file holds what is needed to compute the network's answers and nothing else: ``layer_dims``,
``activations``, ``output``, and for every layer ``W1, b1, …`` in the shapes of the notes.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

import nncore
from app.errors import UserError
from app.files.atomic import read_bytes, write_atomically
from app.files.exchange import NetworkFile, architecture, rebuild
from app.files.json_text import parse_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from nncore import NetworkConfig, Parameters

LARGEST_FILE = 64 * 2**20
PROBES = 41  # points a side of the grid that the two networks are compared on
PROBED = 6.0  # from -6 to 6 in each input


@dataclass(frozen=True)
class ExportFormat:
    """One way to write a network down.

    Attributes
    ----------
    label : str
        What people call it.
    filter_text : str
        How a file dialog lists it.
    encode, decode : callable
        To bytes and back; ``decode`` raises ValueError for what it cannot read.
    """

    label: str
    filter_text: str
    encode: Callable[[NetworkConfig, Parameters], bytes]
    decode: Callable[[bytes], NetworkFile]


def export_parameters(path: Path, network: NetworkConfig, parameters: Parameters) -> None:
    """Write a network; the file replaces an older one only when it answers as the network does.

    Raises
    ------
    UserError
        If the suffix is unknown, the file cannot be written, or it does not read back the same.
    """
    content = _format_of(path).encode(network, parameters)

    def compare(temporary: Path) -> None:
        read = load_parameters(temporary)
        if not _same_answers(NetworkFile(network, parameters), read):
            raise UserError(f"{path} was not written: read back, it gives other predictions.")

    write_atomically(path, content, compare)


def load_parameters(path: Path) -> NetworkFile:
    """Read a network that was exported; UserError names the file and what is wrong with it."""
    form = _format_of(path)
    try:
        return form.decode(read_bytes(path, LARGEST_FILE))
    except ValueError as error:
        raise UserError(f"{path} is not a network exported as {form.label}: {error}.") from error


def _format_of(path: Path) -> ExportFormat:
    form = EXPORT_FORMATS.get(path.suffix.lower())
    if form is None:
        accepted = " or ".join(EXPORT_FORMATS)
        raise UserError(f"{path} does not end in {accepted}, the accepted kinds of export.")
    return form


def _same_answers(written: NetworkFile, read: NetworkFile) -> bool:
    """Compare the outputs, bit by bit, over a grid that covers the canvas."""
    if architecture(written.network) != architecture(read.network):
        return False
    axis = np.linspace(-PROBED, PROBED, PROBES)
    n_x = written.network.n_x
    X = np.stack([axis.take(np.arange(PROBES**2) // PROBES**i, mode="wrap") for i in range(n_x)])
    first, second = (
        nncore.forward_propagation(X, file.parameters, file.network).A[-1]
        for file in (written, read)
    )
    return np.array_equal(first, second)


def _encode_npz(network: NetworkConfig, parameters: Parameters) -> bytes:
    arrays = {name: np.array(value) for name, value in architecture(network).items()}
    if not network.activations:
        arrays["activations"] = np.array([], dtype="<U1")
    layers = enumerate(zip(parameters.W, parameters.b, strict=True), 1)
    for layer, (W, b) in layers:
        arrays |= {f"W{layer}": W, f"b{layer}": b}
    buffer = io.BytesIO()
    np.savez(buffer, allow_pickle=False, **arrays)
    return buffer.getvalue()


def _decode_npz(content: bytes) -> NetworkFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > LARGEST_FILE:
            raise ValueError(f"unpacked it would take {unpacked:,} bytes")
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            values: dict[str, object] = {name: arrays[name] for name in arrays.files}
    except (OSError, EOFError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise ValueError("it is damaged or of another kind") from error
    for name in ("layer_dims", "activations", "output"):
        value = values.get(name)
        if isinstance(value, np.ndarray):
            values[name] = value.tolist()
    return rebuild(values)


def _encode_json(network: NetworkConfig, parameters: Parameters) -> bytes:
    values = {"format": "planar parameters", "format_version": 1, **architecture(network)}
    layers = enumerate(zip(parameters.W, parameters.b, strict=True), 1)
    lines = [f'  "{name}": {json.dumps(value)}' for name, value in values.items()]
    for layer, (W, b) in layers:
        rows = ",\n".join(f"    {json.dumps(row)}" for row in W.tolist())
        lines.append(f'  "W{layer}": [\n{rows}\n  ]')
        lines.append(f'  "b{layer}": {json.dumps(b.tolist())}')
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _decode_json(content: bytes) -> NetworkFile:
    values = parse_json(content)
    if values.get("format") != "planar parameters" or values.get("format_version") != 1:
        raise ValueError('"format" and "format_version" do not say planar parameters, version 1')
    return rebuild(values)


EXPORT_FORMATS: Mapping[str, ExportFormat] = MappingProxyType(
    {
        ".npz": ExportFormat("NPZ", "NumPy arrays (*.npz)", _encode_npz, _decode_npz),
        ".json": ExportFormat("JSON", "JSON text (*.json)", _encode_json, _decode_json),
    }
)
"""suffix → format."""

"""NPZ, read as if by a customs officer: an archive of plain arrays, and nothing else.

`np.load` trusts the sizes that a file claims (an array of a terabyte in a file of a kilobyte is
allocated before the first byte is read).  Here the claims are compared with what is there first.
"""

from __future__ import annotations

import io
import struct
import sys
import warnings
import zipfile
import zlib
from math import prod
from typing import TYPE_CHECKING

import numpy as np
from numpy.lib import format as npy

from app.files.reading import MEGABYTE
from app.files.strict_json import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nncore import FloatArray

    AnyArray = NDArray[np.generic]

UNPACKED_LIMIT = 64 * MEGABYTE
MOST_ARRAYS = 2_010
PLAIN_KINDS = "iufU"
"""Kinds of arrays that are read: whole numbers, real numbers, texts."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, Warning,
    LookupError, TypeError, SyntaxError, AttributeError, MemoryError, OverflowError,
)  # fmt: skip
"""What zipfile and NumPy raise on damaged archives, beside ValueError."""


def write_arrays(arrays: Mapping[str, AnyArray]) -> bytes:
    """Return an NPZ archive: uncompressed, and the same bytes for the same arrays."""
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def read_arrays(content: bytes) -> dict[str, AnyArray]:
    """Return the arrays of an NPZ archive by their names.

    Raises
    ------
    ValueError
        If it is no archive, is damaged, unpacks to more than 64 MB, or holds anything but arrays
        of numbers and texts.
    """
    if not content.startswith(b"PK"):
        raise ValueError("it is not an NPZ archive of arrays")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            return {_name(entry): _array(entry, archive) for entry in entries}
    except DAMAGE as error:
        raise ValueError("the archive is damaged or cut off") from error


def numbers(name: str, array: AnyArray) -> FloatArray:
    """Return an array of numbers as float64; ValueError for texts."""
    if array.dtype.kind == "U":
        raise ValueError(f"{name} is an array of texts; accepted: plain numbers")
    return array.astype(np.float64)


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_ARRAYS:
        raise ValueError(f"it holds {len(entries)} arrays; up to {MOST_ARRAYS} are accepted")
    if len({entry.filename for entry in entries}) < len(entries):
        raise ValueError("it holds two arrays of one name")
    if sum(entry.file_size for entry in entries) > UNPACKED_LIMIT:
        limit = UNPACKED_LIMIT // MEGABYTE
        raise ValueError(f"it unpacks to more than the {limit} MB that are accepted")
    for entry in entries:
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{shown(entry.filename)} is packed in a way that NPZ does not use")
        if not entry.filename.endswith(".npy"):
            raise ValueError(f"it holds {shown(entry.filename)}, which is not an array (.npy)")


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.removesuffix(".npy")


def _array(entry: zipfile.ZipInfo, archive: zipfile.ZipFile) -> AnyArray:
    # zipfile gives no more bytes than the directory claimed, and compares their checksum.
    stream = io.BytesIO(archive.read(entry))
    try:
        shape, dtype = _header(stream)
    except ValueError as error:
        raise ValueError(f"{shown(_name(entry))} has a damaged or foreign header") from error
    if dtype.kind not in PLAIN_KINDS:
        raise ValueError(f"{shown(_name(entry))} holds {dtype.name}; accepted: plain numbers")
    data = stream.getvalue()[stream.tell() :]
    if min(shape, default=0) < 0 or prod(shape) * dtype.itemsize != len(data):
        raise ValueError(f"{shown(_name(entry))} does not have the size that it claims")
    if dtype.kind == "U" and not _is_text(data, dtype):
        raise ValueError(f"{shown(_name(entry))} holds signs that no text has")
    stream.seek(0)
    array: AnyArray = npy.read_array(stream, allow_pickle=False)
    return array


def _header(stream: io.BytesIO) -> tuple[tuple[int, ...], np.dtype[np.generic]]:
    """Return shape and dtype, leaving the stream at the data; old or odd headers are refused."""
    readers = {(1, 0): npy.read_array_header_1_0, (2, 0): npy.read_array_header_2_0}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        version = npy.read_magic(stream)
        if version not in readers:
            raise ValueError(f"NPY version {version}")
        shape, _, dtype = readers[version](stream)
    return shape, dtype


def _is_text(data: bytes, dtype: np.dtype[np.generic]) -> bool:
    """Whether all signs are Unicode's: NumPy stores four bytes for each, and trusts them."""
    signs = np.frombuffer(data, np.dtype(np.uint32).newbyteorder(dtype.byteorder))
    return bool((signs <= sys.maxunicode).all())

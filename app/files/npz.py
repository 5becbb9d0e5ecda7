"""NPZ, read as if by a customs officer: an archive of plain arrays, and nothing else.

`np.load` trusts the sizes that a file claims (an array of a terabyte in a file of a kilobyte is
allocated before the first byte is read).  Here the claims are compared with what is there first.
"""

from __future__ import annotations

import io
import re
import struct
import sys
import zipfile
import zlib
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from app.files.reading import MEGABYTE
from app.files.strict_json import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from nncore import FloatArray

    AnyArray = NDArray[np.generic]

UNPACKED_LIMIT = 64 * MEGABYTE
MOST_ARRAYS = 2_010

HEADER = re.compile(rb"\x93NUMPY(?:\x01\x00..|\x02\x00....)", re.DOTALL)
DESCR = re.compile(rb"""['"]descr['"]\s*:\s*['"]([ -~]*?)['"]""")
ORDER = re.compile(rb"""['"]fortran_order['"]\s*:\s*(True|False)""")
SHAPE = re.compile(rb"""['"]shape['"]\s*:\s*\(([0-9,\s]{0,100})\)""")
PLAIN = re.compile(rb"[<>|=]?[iufU][0-9]{1,9}")
"""The header of an NPY file: its three fields, and the dtypes that are read (whole numbers, real
numbers, texts).  NumPy's own reader evaluates the header and warns of odd ones, and warnings can
only be caught for all threads at once, the training's too."""

DAMAGE = (
    zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError,
    LookupError, TypeError, AttributeError, MemoryError, OverflowError,
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
    content, name = archive.read(entry), shown(_name(entry))
    header = HEADER.match(content)
    start = header.end() + int.from_bytes(header[0][8:], "little") if header else 0
    described = content[header.end() : start] if header else b""
    descr, order, shape = (field.search(described) for field in (DESCR, ORDER, SHAPE))
    if not (descr and order and shape):
        raise ValueError(f"{name} has a damaged or foreign header")
    if not PLAIN.fullmatch(descr[1]):
        raise ValueError(f"{name} holds {shown(descr[1].decode())}; accepted: plain numbers")
    dtype = np.dtype(descr[1].decode())
    lengths = tuple(int(length) for length in shape[1].split(b",") if length.strip())
    if start + prod(lengths) * dtype.itemsize != len(content):
        raise ValueError(f"{name} does not have the size that it claims")
    if dtype.kind == "U" and not _is_text(content[start:], dtype):
        raise ValueError(f"{name} holds signs that no text has")
    return np.ndarray(lengths, dtype, content[start:], order="F" if order[1] == b"True" else "C")


def _is_text(data: bytes, dtype: np.dtype[np.generic]) -> bool:
    """Whether all signs are Unicode's: NumPy stores four bytes for each, and trusts them."""
    signs = np.frombuffer(data, np.dtype(np.uint32).newbyteorder(dtype.byteorder))
    return bool((signs <= sys.maxunicode).all())

"""What load_parameters says to NPZ archives that no export wrote."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.files.parameters import EXPORT_FORMATS
from nncore import Parameters
from tests.app.files.parameter_files import refused
from tests.app.files.strategies import NETWORK


def archive(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name.replace("__", "."), content)
    return stream.getvalue()


def npy(header: str, data: bytes = b"", version: bytes = b"\x01\x00") -> bytes:
    text = header.encode() + b"\n"
    return b"\x93NUMPY" + version + len(text).to_bytes(2, "little") + text + data


def objects() -> bytes:
    stream = io.BytesIO()
    np.savez(stream, W1=np.array([[{}]], dtype=object))
    return stream.getvalue()


def twice() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        packed.writestr("W1.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}"))
        packed.writestr("W2.npy", npy("{'descr': '<f8', 'fortran_order': False, 'shape': (0,)}"))
    return stream.getvalue().replace(b"W2.npy", b"W1.npy")


def lzma() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_LZMA) as packed:
        packed.writestr("W1.npy", b"")
    return stream.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "no zip": (lambda: b"hello", "not an NPZ archive"),
    "one array": (lambda: npy("{}"), "not an NPZ archive"),
    "cut off": (lambda: b"PK\x03\x04", "damaged or cut off"),
    "no array": (lambda: archive(W1__txt=b"1"), "'W1.txt', which is not an array"),
    "bomb": (lambda: archive(W1__npy=bytes(65_000_000)), "more than the 64 MB"),
    "many": (lambda: archive(**{f"W{i}__npy": b"" for i in range(2011)}), "2011 arrays"),
    "objects": (objects, "holds '|O'"),
    "twice": (twice, "two arrays of one name"),
    "packed otherwise": (lzma, "packed in a way"),
    "a terabyte": (
        lambda: archive(
            W1__npy=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1000000, 131072)}")
        ),
        "does not have the size that it claims",
    ),
    "negative": (
        lambda: archive(
            W1__npy=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (-1, -1)}", bytes(8))
        ),
        "foreign header",
    ),
    "structured": (
        lambda: archive(
            W1__npy=npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (0,)}")
        ),
        "foreign header",
    ),
    "complex": (
        lambda: archive(W1__npy=npy("{'descr': '<c16', 'fortran_order': False, 'shape': (0,)}")),
        "accepted: plain numbers",
    ),
    "code in the header": (
        lambda: archive(W1__npy=npy("__import__('os').abort()")),
        "damaged or foreign header",
    ),
    "Python 2": (
        lambda: archive(
            W1__npy=npy("{'descr': '<f8', 'fortran_order': False, 'shape': (1L,)}", bytes(8))
        ),
        "foreign header",
    ),
    "NPY 3": (lambda: archive(W1__npy=npy("{}", version=b"\x03\x00")), "foreign header"),
    "no NPY": (lambda: archive(W1__npy=b"hello, world"), "foreign header"),
    "text beyond Unicode": (
        lambda: archive(
            output__npy=npy("{'descr': '<U1', 'fortran_order': False, 'shape': ()}", b"\xff" * 4),
            format__npy=npy("{'descr': '<U1', 'fortran_order': False, 'shape': ()}", b"\xff" * 4),
        ),
        "signs that no text has",
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_archives(tmp_path: Path, kind: str) -> None:
    make, words = HOSTILE[kind]
    (tmp_path / "p.npz").write_bytes(make())
    assert words in refused(tmp_path / "p.npz")


def test_an_encrypted_archive(tmp_path: Path, trained: Parameters) -> None:
    content = bytearray(EXPORT_FORMATS[".npz"].write(NETWORK, trained))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    (tmp_path / "p.npz").write_bytes(bytes(content))
    assert "damaged" in refused(tmp_path / "p.npz")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "p.json").open("wb") as stream:
        stream.truncate(64_000_001)
    assert "up to 64 MB are accepted" in refused(tmp_path / "p.json")

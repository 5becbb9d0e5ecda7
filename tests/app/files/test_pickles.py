"""A file that would run code when it is unpickled: it is refused, and nothing runs."""

import io
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.errors import UserError
from app.files.parameters import load_parameters


class Payload:
    """Makes a file when it is unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.victim,)


def as_object_array(payload: Payload) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, W1=np.array([payload], dtype=object), b1=np.zeros((1, 1)))
    return stream.getvalue()


def as_plain_pickle(payload: Payload) -> bytes:
    return pickle.dumps(payload)


def as_pickle_in_an_archive(payload: Payload) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("W1.npy", pickle.dumps(payload))
    return stream.getvalue()


def test_the_payload_works(tmp_path: Path) -> None:
    pickle.loads(as_plain_pickle(Payload(tmp_path / "ran")))
    assert (tmp_path / "ran").exists()


@pytest.mark.parametrize("pack", [as_object_array, as_plain_pickle, as_pickle_in_an_archive])
@pytest.mark.parametrize("suffix", [".npz", ".json"])
def test_no_pickle_is_executed(
    tmp_path: Path, pack: Callable[[Payload], bytes], suffix: str
) -> None:
    path = tmp_path / f"p{suffix}"
    path.write_bytes(pack(Payload(tmp_path / "ran")))
    with pytest.raises(UserError, match=rf"p\{suffix}"):
        load_parameters(path)
    assert not (tmp_path / "ran").exists()

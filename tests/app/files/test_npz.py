"""Reading of archives by our own hand: all that NumPy writes, and nothing for other threads."""

import io
import warnings
import zipfile
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from app.files.npz import read_arrays, write_arrays

plain = hnp.integer_dtypes() | hnp.unsigned_integer_dtypes() | hnp.floating_dtypes()
shapes = hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4)


@given(
    array=hnp.arrays(plain, shapes), order=st.sampled_from("CF"), version=st.sampled_from([1, 2])
)
def test_every_layout_of_numpy_is_read(
    array: "np.ndarray[Any, Any]", order: Any, version: int
) -> None:
    entry, packed = io.BytesIO(), io.BytesIO()
    given_array = np.asarray(array, order=order)
    np.lib.format.write_array(entry, given_array, version=(version, 0), allow_pickle=False)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("W1.npy", entry.getvalue())
    read = read_arrays(packed.getvalue())["W1"]
    assert read.dtype == array.dtype
    assert read.shape == array.shape
    assert np.array_equal(read, array, equal_nan=array.dtype.kind == "f")


@pytest.mark.parametrize("texts", [np.array(["tanh", "größe", ""]), np.array("σ"), np.array([""])])
def test_texts_are_read(texts: "np.ndarray[Any, Any]") -> None:
    assert np.array_equal(read_arrays(write_arrays({"names": texts}))["names"], texts)


def test_reading_leaves_the_warnings_of_other_threads_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Files are read beside the training; a filter set here would hold there as well.
    content = write_arrays({"W1": np.ones((2, 3))})
    monkeypatch.delattr(warnings, "catch_warnings")
    assert read_arrays(content)["W1"].shape == (2, 3)

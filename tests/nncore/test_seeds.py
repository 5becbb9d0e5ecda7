from typing import Any

import numpy as np
import pytest

from nncore.seeds import Stream, generator


def test_the_three_streams_of_a_seed_differ() -> None:
    draws = [generator(7, stream).integers(2**62) for stream in Stream]
    assert len(set(draws)) == 3


@pytest.mark.parametrize("stream", list(Stream))
def test_a_stream_starts_afresh_each_time(stream: Stream) -> None:
    np.testing.assert_array_equal(generator(7, stream).random(5), generator(7, stream).random(5))


def test_a_numpy_integer_is_a_seed() -> None:
    seed: Any = np.int64(7)
    assert generator(seed, Stream.DATA).random() == generator(7, Stream.DATA).random()

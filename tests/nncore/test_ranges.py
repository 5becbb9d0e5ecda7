import pytest

from nncore import LEARNING_RATE_RANGE, Range


@pytest.mark.parametrize("value", [1e-5, 1.2, 10.0])
def test_the_ends_belong_to_the_range(value: float) -> None:
    assert LEARNING_RATE_RANGE.contains(value)


@pytest.mark.parametrize("value", [0.0, -1.0, 10.001, float("nan"), float("inf")])
def test_what_lies_outside_is_not_contained(value: float) -> None:
    assert not LEARNING_RATE_RANGE.contains(value)


def test_a_range_reads_as_words() -> None:
    assert str(Range(1, 64)) == "1 to 64"

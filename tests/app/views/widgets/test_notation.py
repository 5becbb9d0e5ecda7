"""How the values of fields are written, and which comes next."""

import pytest

from app.views.widgets.learning_rate import LADDER
from app.views.widgets.notation import Rungs, format_number
from nncore import LEARNING_RATE_RANGE


@pytest.mark.parametrize(
    ("value", "text"), [(1e-5, "0.00001"), (10.0, "10"), (0.2, "0.2"), (1 / 3, "0.333333")]
)
def test_numbers_are_written_without_exponent(value: float, text: str) -> None:
    assert format_number(value) == text


@pytest.mark.parametrize(
    ("rate", "direction", "next_rate"),
    [(10.0, 1, 10.0), (0.001, -1, 1e-5), (1e-5, -1, 1e-5), (0.5, 1, 1.0)],
)
def test_the_ends_of_the_ladder_are_the_range(
    rate: float, direction: int, next_rate: float
) -> None:
    assert Rungs(LEARNING_RATE_RANGE, LADDER).step(rate, direction) == next_rate

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import SCHEDULES, TrainingConfig
from tests.nncore import textbook

NAMES = sorted(SCHEDULES)
MOVING = sorted(SCHEDULES.keys() - {"constant"})


@given(
    name=st.sampled_from(NAMES),
    iteration=st.integers(0, 10**7),
    period=st.integers(1, 10**5),
    factor=st.floats(1e-4, 1.0),
)
def test_every_schedule_is_that_of_the_textbook(
    name: str, iteration: int, period: int, factor: float
) -> None:
    share = SCHEDULES[name](iteration, period, factor)
    wanted = textbook.schedule(name, iteration, period, factor)
    # The exponent of a power multiplies the rounding of t/T.
    assert share == pytest.approx(wanted, rel=1e-9 + 1e-14 * iteration / period, abs=1e-300)


@pytest.mark.parametrize("name", MOVING)
def test_it_begins_with_alpha_and_has_come_to_gamma_alpha_after_a_period(name: str) -> None:
    training = TrainingConfig(
        learning_rate=2.0, schedule=name, schedule_period=50, schedule_factor=0.25
    )
    assert training.learning_rate_at(0) == pytest.approx(2.0)
    assert training.learning_rate_at(50) == pytest.approx(0.5)
    rates = [training.learning_rate_at(iteration) for iteration in range(300)]
    assert all(np.diff(rates) <= 1e-15)


def test_the_constant_schedule_is_constant_and_leaves_no_call_behind() -> None:
    assert {SCHEDULES["constant"](iteration, 10, 0.1) for iteration in (0, 5, 10**9)} == {1.0}
    assert SCHEDULES["constant"].record(np.zeros(()), np.ones(()), 10, 0.1) == []


def test_steps_are_steps_and_the_cosine_stays_where_it_arrives() -> None:
    step, cosine = SCHEDULES["step"], SCHEDULES["cosine"]
    assert [step(t, 10, 0.5) for t in (0, 9, 10, 19, 20)] == [1.0, 1.0, 0.5, 0.5, 0.25]
    assert cosine(10, 10, 0.3) == cosine(10**6, 10, 0.3) == pytest.approx(0.3)


@pytest.mark.parametrize("name", NAMES)
def test_texts_for_people_are_complete(name: str) -> None:
    record = SCHEDULES[name]
    assert record.name == name
    assert record.label
    assert record.formula.startswith("αₜ = α")
    assert record.description.endswith(".")
    assert record.source


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"schedule": "luck"}, "schedule is 'luck'; accepted: constant, step, exponential, cos"),
        ({"schedule_period": 0}, "schedule_period is 0; accepted: a whole number from 1 up"),
        ({"schedule_factor": 0.0}, "schedule_factor is 0.0; accepted: a number above 0"),
        ({"schedule_factor": 1.5}, "schedule_factor is 1.5; accepted: a number above 0, up to 1"),
    ],
)
def test_wrong_settings_are_refused_in_words(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        TrainingConfig(**arguments)

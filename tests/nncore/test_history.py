import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import History


def recorded(capacity: int, iterations: int) -> History:
    history = History(capacity)
    for iteration in range(iterations):
        if iteration % history.stride == 0:
            history.record(iteration, -float(iteration))
    return history


@given(capacity=st.integers(2, 40), iterations=st.integers(1, 3000))
def test_the_record_is_bounded_even_and_complete(capacity: int, iterations: int) -> None:
    history = recorded(capacity, iterations)
    kept, last = history.iterations[:-1], history.iterations[-1]
    np.testing.assert_array_equal(kept, np.arange(kept.size) * history.stride)
    np.testing.assert_array_equal(history.costs, -history.iterations.astype(float))
    assert iterations - history.stride <= last < iterations
    assert len(history) <= capacity
    assert history.stride == 1 or len(history) > capacity // 2


def test_an_entry_off_the_stride_stays_while_it_is_the_last() -> None:
    history = recorded(4, 9)
    assert (history.iterations.tolist(), history.stride) == ([0, 4, 8], 4)
    history.record(9, 1.5)
    assert history.iterations.tolist() == [0, 4, 8, 9]
    assert history.costs[-1] == 1.5
    history.record(12, 2.5)
    assert history.iterations.tolist() == [0, 4, 8, 12]


def test_a_record_that_begins_late_keeps_its_first_entry() -> None:
    history = History(4)
    for iteration in range(5, 40):
        history.record(iteration, float(iteration))
    assert history.iterations[0] == 5
    assert history.iterations[-1] == 39
    assert len(history) <= 4


def test_the_same_iteration_again_replaces_its_cost() -> None:
    history = History(4)
    history.record(0, 1.0)
    history.record(0, 2.0)
    assert (history.iterations.tolist(), history.costs.tolist()) == ([0], [2.0])


def test_truncate_forgets_what_came_after() -> None:
    history = recorded(10, 6)
    history.truncate(3)
    assert history.iterations.tolist() == [0, 1, 2, 3]
    history.record(4, 7.0)
    assert history.costs.tolist() == [0.0, -1.0, -2.0, -3.0, 7.0]


def test_clear_starts_afresh() -> None:
    history = recorded(4, 100)
    history.clear()
    assert (len(history), history.stride) == (0, 1)


def test_a_capacity_of_zero_records_nothing() -> None:
    assert len(recorded(0, 100)) == 0


def test_what_is_handed_out_is_a_copy() -> None:
    history = recorded(10, 5)
    history.costs[:] = 7.0
    assert history.costs[0] == 0.0


def test_going_back_in_time_is_refused() -> None:
    history = recorded(10, 5)
    with pytest.raises(ValueError, match="iteration is 3; accepted: 4 or later"):
        history.record(3, 1.0)


@pytest.mark.parametrize("capacity", [1, -1])
def test_a_capacity_without_room_for_first_and_last_is_refused(capacity: int) -> None:
    with pytest.raises(ValueError, match=re.escape(f"capacity is {capacity}; accepted: ")):
        History(capacity)

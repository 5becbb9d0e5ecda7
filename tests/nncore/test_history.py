import json
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import Entries, History


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


def with_rows(capacity: int, iterations: int, n: int = 3, budget: int = 2**26) -> History:
    history = History(capacity, budget)
    for iteration in range(iterations):
        if iteration % history.stride == 0:
            history.record(iteration, -float(iteration), np.full(n, float(iteration)))
    return history


@given(capacity=st.integers(2, 40), iterations=st.integers(1, 2000))
def test_every_entry_keeps_its_own_row(capacity: int, iterations: int) -> None:
    history = with_rows(capacity, iterations)
    wanted = np.repeat(history.iterations[:, np.newaxis].astype(float), 3, axis=1)
    np.testing.assert_array_equal(history.rows, wanted)
    np.testing.assert_array_equal(history.parameters_at(0), np.zeros(3))
    np.testing.assert_array_equal(history.parameters_at(-1), wanted[-1])


def test_a_long_run_has_at_most_1024_rows_with_the_first_and_the_last() -> None:
    history = History()
    for iteration in range(100_000):
        if iteration % history.stride == 0:
            history.record(iteration, 0.0, np.zeros(2))
    assert 512 < len(history) <= 1024
    assert history.iterations[0] == 0
    assert history.iterations[-1] > 100_000 - history.stride - 1


def test_a_large_network_has_as_many_rows_as_fit_the_budget() -> None:
    history = with_rows(100, 1000, n=50, budget=8 * 50 * 10)
    assert history.capacity == 10
    assert history.rows.nbytes <= 8 * 50 * 10
    assert history.iterations.tolist() == [0, 128, 256, 384, 512, 640, 768, 896]
    assert with_rows(100, 10, n=50, budget=1).iterations.tolist() == [0, 8]


def test_a_row_that_is_handed_out_is_a_copy() -> None:
    history = with_rows(10, 5)
    history.rows[:] = 7.0
    history.parameters_at(2)[:] = 7.0
    assert history.rows[2].tolist() == [2.0, 2.0, 2.0]


@pytest.mark.parametrize("index", [5, -6])
def test_there_is_no_row_outside_the_record(index: int) -> None:
    with pytest.raises(ValueError, match=f"index is {index}; accepted: -5 to 4"):
        with_rows(10, 5).parameters_at(index)


def test_costs_alone_have_no_rows() -> None:
    history = recorded(10, 5)
    assert history.rows.shape == (5, 0)
    with pytest.raises(ValueError, match="the history holds no parameters"):
        history.parameters_at(0)


def test_rows_of_another_length_are_refused() -> None:
    history = with_rows(10, 5)
    with pytest.raises(ValueError, match="vector has 4 numbers; accepted: 3 as before"):
        history.record(6, 0.0, np.zeros(4))
    history.clear()
    history.record(6, 0.0, np.zeros(4))
    assert history.rows.shape == (1, 4)


@given(capacity=st.integers(2, 40), iterations=st.integers(1, 500), rows=st.booleans())
def test_entries_go_into_another_history_and_on_as_before(
    capacity: int, iterations: int, rows: bool
) -> None:
    def record(history: History, first: int, last: int) -> None:
        for iteration in range(first, last):
            if iteration % history.stride == 0:
                vector = np.full(3, float(iteration)) if rows else None
                history.record(iteration, iteration / 3, vector)

    whole, half, other = (History(capacity) for _ in range(3))
    record(whole, 0, iterations + 300)
    record(half, 0, iterations)
    record(other, 0, 17)
    other.load(Entries.from_dict(json.loads(json.dumps(half.entries().to_dict()))))
    assert other.entries().to_dict() == half.entries().to_dict()
    record(other, iterations, iterations + 300)
    assert other.entries().to_dict() == whole.entries().to_dict()


def test_entries_for_a_smaller_history_are_thinned() -> None:
    history = History(8)
    history.load(with_rows(100, 100).entries())
    assert history.iterations.tolist() == [0, 16, 32, 48, 64, 80, 96, 99]
    assert history.rows[:, 0].tolist() == history.iterations.tolist()


def test_entries_cannot_be_changed() -> None:
    entries = with_rows(10, 5).entries()
    with pytest.raises(ValueError, match="read-only"):
        entries.rows[0] = 1.0


def test_the_arrays_that_entries_are_made_of_still_belong_to_the_caller() -> None:
    iterations, costs, rows = np.arange(3), np.ones(3), np.ones((3, 2))
    Entries(1, iterations, costs, rows)
    rows[0] = costs[0] = iterations[0] = 0
    assert rows[0].tolist() == [0.0, 0.0]


def test_what_was_handed_out_stays_when_the_record_is_thinned() -> None:
    history = with_rows(8, 8)
    seen = (history.iterations, history.costs, history.rows, history.parameters_at(5))
    copies = [array.copy() for array in seen]
    for iteration in range(8, 40):
        history.record(iteration, 0.5, np.zeros(3))
    assert all(map(np.array_equal, seen, copies))

"""Which points continue which, and sets of their positions."""

import threading

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.document.lineage import united, without
from app.document.points import Points


def test_of_two_threads_that_add_to_the_same_points_one_gets_the_room() -> None:
    points = Points.of([[0.0], [0.0]], [0])
    barrier, results = threading.Barrier(8), dict[int, Points]()

    def add(number: int) -> None:
        one = Points.of([[float(number)], [0.0]], [0])
        barrier.wait()
        results[number] = points.append(one)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {number: result.X[0, 1] for number, result in results.items()} == {
        number: number for number in range(8)
    }
    assert sum(result.continues(points) for result in results.values()) == 1


@given(st.sets(st.integers(0, 50)), st.sets(st.integers(0, 50)))
def test_sets_of_positions(one: set[int], other: set[int]) -> None:
    a, b = (np.array(sorted(places), np.int64) for places in (one, other))
    assert united(a, b).tolist() == sorted(one | other)
    assert without(a, b).tolist() == sorted(one - other)

"""Points: checked, immutable, comparable, and found by their distance from a line."""

from math import hypot

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.document.columns import MAX_CLASSES
from app.document.points import Points
from tests.app.document.edits import point_sets, subsets

places = st.tuples(st.floats(-10, 10), st.floats(-10, 10))


@pytest.mark.parametrize(
    ("X", "labels", "complaint"),
    [
        ([[0.0, 1.0]], [0, 1], "shape"),
        ([[0.0], [1.0], [2.0]], [0], "shape"),
        ([[0.0, 1.0], [0.0, 1.0]], [0], "shape"),
        ([0.0, 1.0], [0], "shape"),
        ([[np.nan], [0.0]], [0], "finite"),
        ([[0.0], [np.inf]], [0], "finite"),
        ([[0.0], [0.0]], [-1], "-1"),
        ([[0.0], [0.0]], [MAX_CLASSES], "8"),
        ([[0.0], [0.0]], [0.5], r"0\.5"),
        ([[0.0], [0.0]], [np.nan], "nan"),
        ([[0.0], [0.0]], [1e300], "1e"),
    ],
)
def test_what_are_no_points_is_refused(X: object, labels: object, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        Points.of(np.array(X), np.array(labels))


def test_whole_floats_are_class_numbers() -> None:
    points = Points.of([[0, 1], [2, 3]], [0.0, 7.0])
    assert points.labels.dtype == np.int64
    assert points.X.dtype == np.float64
    assert points.labels.tolist() == [0, 7]


def test_the_caller_keeps_his_arrays() -> None:
    X, labels = np.zeros((2, 3)), np.zeros(3, np.int64)
    points = Points.of(X, labels)
    X[:], labels[:] = 7, 7
    assert not points.X.any()
    assert not points.labels.any()


@given(point_sets(), point_sets())
def test_equal_points_have_equal_hashes(one: Points, other: Points) -> None:
    again = Points.of(*one.columns)
    assert one == again
    assert hash(one) == hash(again)
    pairs = zip(one.columns, other.columns, strict=True)
    same = all(mine.tolist() == theirs.tolist() for mine, theirs in pairs)
    assert (one == other) is same
    assert one != "points"


@given(point_sets())
def test_classes_and_counts(points: Points) -> None:
    labels = points.labels.tolist()
    held_back = [k for k, test in zip(labels, points.test.tolist(), strict=True) if test]
    assert points.class_count == max([-1, *labels]) + 1
    assert points.counts.tolist() == [labels.count(k) for k in range(MAX_CLASSES)]
    assert points.test_counts.tolist() == [held_back.count(k) for k in range(MAX_CLASSES)]


@given(st.data(), point_sets())
def test_take_and_remove_share_the_points_out(data: st.DataObject, points: Points) -> None:
    chosen = data.draw(subsets(len(points)))
    others = [i for i in range(len(points)) if i not in chosen]
    indices = np.array(chosen, np.int64)
    assert points.remove(indices) == points.take(np.array(others, np.int64))
    assert points.remove(indices).insert(indices, points.take(indices)) == points


def _distance(
    point: tuple[float, float], start: tuple[float, float], end: tuple[float, float]
) -> float:
    """From a point to a line, the school way: to its foot if that lies between, else to an end."""
    (x, y), (a, b), (c, d) = point, start, end
    length = hypot(c - a, d - b)
    nearest_end = min(hypot(x - a, y - b), hypot(x - c, y - d))
    if length == 0:
        return nearest_end
    along = ((x - a) * (c - a) + (y - b) * (d - b)) / length
    if not 0 <= along <= length:
        return nearest_end
    return abs((x - a) * (d - b) - (y - b) * (c - a)) / length


@given(st.lists(places, max_size=8), places, places, st.floats(0, 10))
@example([(0.0, 1.0), (0.0, 3.0), (5.0, 1.0)], (0.0, 0.0), (0.0, 0.0), 1.5)
def test_near_is_the_distance_from_the_line(
    where: list[tuple[float, float]],
    start: tuple[float, float],
    end: tuple[float, float],
    radius: float,
) -> None:
    points = Points.of(np.array(where).reshape(-1, 2).T, [0] * len(where))
    near = points.near(start, end, radius).tolist()
    assert near == sorted(near)
    for index, place in enumerate(where):
        slack = _distance(place, start, end) - radius
        if abs(slack) > 1e-6:
            assert (index in near) is (slack < 0)


def test_near_includes_its_border_and_ends() -> None:
    points = Points.of([[-1, 0, 5, 10, 11, 12], [0, 1, 1, -1, 0, 0]], [0] * 6)
    assert points.near((0, 0), (10, 0), 1.0).tolist() == [0, 1, 2, 3, 4]


def test_near_bears_huge_coordinates() -> None:
    points = Points.of([[1e300, 0.0], [-1e300, 0.0]], [0, 1])
    assert points.near((0.0, 0.0), (1.0, 0.0), 1.0).tolist() == [1]
    assert Points.empty().near((0.0, 0.0), (1.0, 0.0), 1.0).size == 0


def test_what_was_looked_at_never_changes() -> None:
    points = Points.empty()
    seen: list[tuple[Points, bytes]] = []
    for k in range(300):
        points = points.append(Points.of([[k], [-k]], [k % 8], [k / 2], [not k % 3]))
        if k % 7 == 0:
            # A step back and another way on: what was shown before must stay.
            points = points.without_last(1).append(Points.of([[0.5], [k + 0.5]], [1]))
        seen.append((points, b"".join(column.tobytes() for column in points.columns)))
    for earlier, content in seen:
        assert b"".join(column.tobytes() for column in earlier.columns) == content


@given(point_sets(), point_sets())
def test_append_and_without_last_are_exact(one: Points, other: Points) -> None:
    both = one.append(other)
    for column, mine, theirs in zip(both.columns, one.columns, other.columns, strict=True):
        assert np.array_equal(column, np.concatenate([mine, theirs], axis=-1))
    assert both.counts.tolist() == (one.counts + other.counts).tolist()
    back = both.without_last(len(other))
    assert back == one
    assert back.test_counts.tolist() == one.test_counts.tolist()
    assert both.continues(back)
    assert back.continues(both) is (len(other) == 0)


@given(point_sets(least=1))
def test_nothing_of_it_can_be_written(points: Points) -> None:
    for array in (*points.columns, points.counts, points.test_counts):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_adding_copies_nothing_of_what_is_there() -> None:
    points = Points.of(np.zeros((2, 1000)), np.zeros(1000)).append(Points.of([[1.0], [1.0]], [1]))
    more = points.append(Points.of([[2.0], [2.0]], [0]))
    assert np.shares_memory(points.X, more.X)
    assert np.shares_memory(more.without_last(1).X, more.X)
    moved = more.edited("X", np.array([0]), [[9.0], [9.0]])
    assert not np.shares_memory(moved.X, more.X)
    assert more.X[0, 0] == 0.0


@pytest.mark.parametrize(("opened", "drawn"), [(0, 64), (6, 67), (1000, 564)])
def test_what_is_drawn_into_opened_points_copies_nothing(opened: int, drawn: int) -> None:
    points = Points.of(np.zeros((2, opened)), np.zeros(opened))
    grown = points
    for _ in range(drawn):
        grown = grown.append(Points.of([[1.0], [1.0]], [1]))
    assert grown.continues(points)
    assert np.shares_memory(grown.X, grown.without_last(drawn - 1).X)


@given(point_sets(), st.data())
def test_removing_counts_what_is_left(points: Points, data: st.DataObject) -> None:
    gone = np.array(data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points))))
    left = points.remove(np.flatnonzero(gone))
    assert left == points.where(~gone.astype(bool))
    assert left.counts.tolist() == np.bincount(left.labels, minlength=8).tolist()
    assert left.test_counts.tolist() == np.bincount(left.labels[left.test], minlength=8).tolist()


@given(point_sets(), st.data())
def test_points_know_where_those_that_they_came_from_are(
    points: Points, data: st.DataObject
) -> None:
    m = len(points)
    numbered = Points.of(np.stack([np.arange(m), np.zeros(m)]), points.labels)
    removed, indices = (np.array(data.draw(subsets(m)), np.int64) for _ in range(2))
    fewer = numbered.remove(removed)
    carried = fewer.carried(indices, numbered)
    assert carried is not None
    assert fewer.X[0, carried].tolist() == [index for index in indices if index not in removed]
    again = fewer.insert(removed, numbered.take(removed))
    back = again.carried(carried, fewer)
    assert back is not None
    assert again.X[0, back].tolist() == fewer.X[0, carried].tolist()
    longer = again.append(points)
    assert longer.without_last(m).carried(np.arange(2 * m), longer) is not None


def test_where_points_stand_is_known_also_when_others_found_no_room_behind_them() -> None:
    points = Points.of(np.zeros((2, 3)), [0, 0, 0])
    more = Points.of(np.ones((2, 1000)), np.zeros(1000, int))
    longer = points.append(more)
    assert not longer.continues(points)
    indices = np.array([0, 2])
    for these, expected in ((longer, [0, 2]), (longer.without_last(1001), [0])):
        carried = these.carried(indices, points)
        assert carried is not None
        assert carried.tolist() == expected


def test_points_put_together_anew_know_no_earlier_ones() -> None:
    points = Points.of(np.zeros((2, 3)), [0, 0, 0])
    assert points.take(np.array([0, 1])).carried(np.array([0]), points) is None
    assert points.remove(np.array([0])).carried(np.array([0]), Points.empty()) is None

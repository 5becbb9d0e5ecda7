"""How a table calls its classes: kept with their numbers, and written so that they come back."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.document.classes import ClassInfo, class_name
from app.document.labels import own_names
from app.document.points import Points
from app.files.tables import Table, format_table, parse_table


@given(
    names=st.lists(
        st.text(max_size=40).map(class_name).filter(bool), min_size=2, max_size=8, unique=True
    ),
    separator=st.sampled_from([",", "\t"]),
)
@example(names=['"', 'a "b", c', "a;b", "d"], separator=",")
@example(names=["#", "Class 1"], separator="\t")
def test_names_of_classes_come_back_exactly(names: list[str], separator: str) -> None:
    drawn = Points.of(np.zeros((2, len(names))), range(len(names)))
    called = own_names(drawn, tuple(ClassInfo(name, 0, 0) for name in names))
    table = parse_table(format_table(Table(drawn, labels=called), separator, exact=True))
    if called:
        assert [table.labels[k] for k in table.points.labels.tolist()] == names
    else:
        assert (table.points, table.labels) == (drawn, {})


@pytest.mark.parametrize(
    ("given", "numbers"),
    [
        ([0, 7], [0, 7]),
        ([1], [1]),
        ([1, 8], [0, 7]),
        ([0, 8], [0, 1]),
        ([1, 9], [0, 1]),
        ([2, 3], [0, 1]),
        ([-1, 0, 1], [0, 1, 2]),
    ],
)
def test_whole_numbers_are_class_numbers_where_they_can_be(
    given: list[int], numbers: list[int]
) -> None:
    table = parse_table("".join(f"0,0,{label}\n" for label in given))
    assert table.points.labels.tolist() == numbers
    assert table.labels == dict(zip(numbers, given, strict=True))
    assert parse_table(format_table(table)) == table


def test_a_table_without_labels_calls_no_class_by_a_name() -> None:
    assert parse_table("0,0\n1,1\n").labels == {}
    assert parse_table("x1,x2,class_number\n0,0,3\n").labels == {}
    assert parse_table("0,0,0.5\n1,1,2\n").labels == {}

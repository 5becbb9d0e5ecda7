"""Numbers as spreadsheets of many countries write them: read as they were meant, or refused."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from app.errors import UserError
from app.files.tables import parse_content, parse_table, read_table

Style = Callable[[Decimal], str]


def coordinates(text: str) -> list[list[float]]:
    points: list[list[float]] = parse_table(text).points.X.T.tolist()
    return points


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("1,5\t2,25\n", [[1.5, 2.25]]),
        ("1,234\t-0,567\n", [[1.234, -0.567]]),
        ("1,234\t2\n3,5\t4\n", [[1.234, 2], [3.5, 4]]),
        ("1,234 5\n1234,567 8\n", [[1.234, 5], [1234.567, 8]]),
        ("1,234e-02;5\n1,234;6\n", [[0.01234, 5], [1.234, 6]]),
        ("1,234\t5,678\t0,5\n", [[1.234, 5.678]]),
        ("1,234\t5\n1,234.5\t-6\n", [[1234, 5], [1234.5, -6]]),
        ("-1,234;2.5\n+98,765;.5\n", [[-1234, 2.5], [98765, 0.5]]),
        ("1,234 5\n123,456 7\n0.5 8\n", [[1234, 5], [123456, 7], [0.5, 8]]),
        ("x\ty\n234,567.5\t1\n", [[234567.5, 1]]),
        ("1,234\t5\t0\n0,5\t1\t1\n", [[1.234, 5], [0.5, 1]]),
        ("1,5\t2\tred, dark\n1,234\t3\tv1.5\n", [[1.5, 2], [1.234, 3]]),
        ("−1.5\t2e−3\n", [[-1.5, 0.002]]),
        ("−1,5,−2\n3,4,−2\n", [[-1, 5], [3, 4]]),
        ("\u00a01.5\u2009\t\u202f2\u00a0\n", [[1.5, 2]]),
        ("1\u00a0234,5\t−12\u202f345\n", [[1234.5, -12345]]),
        ("1\u00a0234,5 2\n", [[1234.5, 2]]),
    ],
)
def test_numbers_are_read_as_they_were_meant(text: str, points: list[list[float]]) -> None:
    assert coordinates(text) == points
    assert parse_content(text.encode()) == parse_table(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "1,234\t5\n",
            "in line 1 x1 is '1,234', which may mean 1.234 or 1234, and no other number tells; "
            "accepted: 1.234 or 1234, and all others written alike",
        ),
        ("x\ty\n\n5\t−1,234\n", "in line 3 x2 is '−1,234', which may mean -1.234 or -1234"),
        ("1\t2\t1,000\n", "in line 1 the third column is '1,000', which may mean 1.000 or 1000"),
        ("1,234 5,678\n1 2\n", "in line 1 x1 is '1,234', which"),
        ("0,5\t1\n2\t1.234\n", "in line 2 x2 is '1.234', but in line 1 x1 is '0,5'; accepted: one"),
        ("1,234.5;2,5\n", "in line 1 x1 is '1,234.5', but in line 1 x2 is '2,5'; accepted: one"),
        ("0,5\t1\n1,234,567\t2\n", "in line 2 x1 is '1,234,567', but in line 1 x1 is '0,5'"),
        ("1\t2\n1.234,5\t3\n", "in line 2 x1 is '1.234,5'; accepted: a number"),
        ("1\t2\n12,34.5\t3\n", "in line 2 x1 is '12,34.5'; accepted: a number"),
        ("1\t2\n1\u00a02\t3\n", "in line 2 x1 is '1\\xa02'; accepted: a number"),
        ("1\t2\n--1\t3\n−−1\t3\n", "in line 2 x1 is '--1'; accepted: a number"),
    ],
)
def test_numbers_of_two_meanings_are_refused_with_their_place(
    tmp_path: Path, text: str, words: str
) -> None:
    (tmp_path / "points.tsv").write_text(text)
    with pytest.raises(UserError) as caught:
        read_table(tmp_path / "points.tsv")
    assert words in str(caught.value)


def test_a_large_table_is_settled_by_its_last_number() -> None:
    many = "1,234\t5,678\n" * 20_000
    assert coordinates(many + "0,5\t1\n")[0] == [1.234, 5.678]
    assert parse_content((many + "0,5\t1\n").encode()) == parse_table(many + "0,5\t1\n")
    assert coordinates(many + "0.5\t1\n")[0] == [1234, 5678]
    assert parse_content((many + "0.5\t1\n").encode()) == parse_table(many + "0.5\t1\n")


@st.composite
def numbers(draw: st.DrawFn) -> Decimal:
    digits, whole = draw(st.integers(0, 3)), draw(st.integers(-999_999, 999_999))
    return Decimal(whole).scaleb(-digits)


def german(number: Decimal) -> str:
    return str(number).replace(".", ",")


def french(number: Decimal) -> str:
    return english(number).replace(",", "\u202f").replace(".", ",").replace("-", "−")


def english(number: Decimal) -> str:
    return f"{number:,}"


@given(
    rows=st.lists(st.tuples(numbers(), numbers()), min_size=1, max_size=6),
    style=st.sampled_from([german, french, english, str]),
    separator=st.sampled_from(["\t", ";", " "]),
)
@example(rows=[(Decimal("1234"), Decimal("2"))], style=english, separator="\t")
@example(rows=[(Decimal("1.234"), Decimal("-0.567"))], style=german, separator="\t")
def test_no_number_is_ever_read_as_another(
    rows: list[tuple[Decimal, Decimal]], style: Style, separator: str
) -> None:
    text = "\n".join(separator.join(map(style, row)) for row in rows)
    written = [style(number) for row in rows for number in row]
    marked = [number for number in written if "," in number or "." in number]
    if marked and all(map(could_be_either, marked)):
        with pytest.raises(ValueError, match="which may mean"):
            coordinates(text)
    else:
        assert coordinates(text) == [[float(number) for number in row] for row in rows]


def could_be_either(written: str) -> bool:
    whole, comma, rest = written.strip("-−").partition(",")
    short = len(whole) < 4 and whole.isdigit() and whole != "0"
    return bool(comma) and short and len(rest) == 3 and rest.isdigit()


@given(
    number=numbers(), minus=st.sampled_from(["-", "−"]), space=st.text("\u00a0\u2009 ", max_size=2)
)
def test_minus_and_spaces_of_typesetters_change_nothing(
    number: Decimal, minus: str, space: str
) -> None:
    assume(number < 0)
    written = f"{space}{str(number).replace('-', minus)}{space}\t1\n"
    assert coordinates(written) == [[float(number), 1]]

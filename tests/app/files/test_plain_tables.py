"""The quick reader of tables says what the careful one says, or leaves it to that one."""

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.document.points import Points
from app.files import plain_tables
from app.files.plain_tables import plain_table
from app.files.reading import decoded
from app.files.tables import Table, format_table, parse_content, parse_table

LINE = "-1234.5,6789.25,1"
numbers = st.floats(-1e6, 1e6) | st.integers(-9, 9) | st.floats(allow_nan=True)
commas = st.sampled_from(["1,5", "0,25", "1,234", "1,234.5", "1,234,567", "1\u00a0234", "−2"])
odd = st.sampled_from(["1e3", "+2", "0x1", "nan", "", " 3 ", "1_0", "٣", "a"])
fields = numbers.map(str) | commas | odd
separators = st.sampled_from([",", ";", "\t", " ", ", "])
odd_lines = st.sampled_from(
    ["", " ", "\t", "# a comment", "x1,x2,label", "x1;x2;value", "0,0", '"1",2,3', "1,2,3,4,5"]
)
ends = st.sampled_from(["\n", "\r\n", "\r", "\n\n"])


@st.composite
def tables(draw: st.DrawFn) -> bytes:
    """Tables that are mostly clean."""
    separator, end, width = draw(separators), draw(ends), draw(st.integers(1, 5))
    plain = draw(st.sampled_from([numbers.map(str), st.integers(-99, 99).map(str) | commas]))
    clean = st.lists(plain, min_size=width, max_size=width).map(separator.join)
    any_line = st.lists(fields, max_size=5).map(separator.join)
    lines = draw(st.lists(st.one_of(clean, clean, clean, clean, any_line, odd_lines), max_size=9))
    start = draw(st.sampled_from([b"", b"", b"\xef\xbb\xbf"]))
    text = end.join(lines) + draw(st.sampled_from(["", end]))
    return start + text.encode()


def _said(content: bytes, quick: bool) -> Table | str:
    try:
        return parse_content(content) if quick else parse_table(decoded(content))
    except ValueError as error:
        return str(error)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=400)
@given(tables() | st.binary(max_size=60), st.integers(1, 80))
@example(b"1,2\n3,4\n\xef\xbb\xbf5,6\n", 8)
@example(b"1,2\n3,4,5\n", 4)
@example(b"# c\n\nx1,x2,value\n1,2,3\n4,5,6\n", 1_000)
@example(b"1 2\n \n\x0c\n3 4\n", 1_000)
def test_both_readers_say_the_same(
    monkeypatch: pytest.MonkeyPatch, content: bytes, piece: int
) -> None:
    monkeypatch.setattr(plain_tables, "PIECE", piece)
    assert _said(content, quick=True) == _said(content, quick=False)


@pytest.mark.parametrize("piece", [60, 64, 1_000, 100_000])
@pytest.mark.parametrize("header", ["", "x1,x2,label\n", "# drawn by hand\n\nx1,x2,label\n"])
def test_a_clean_table_is_read_the_quick_way(
    monkeypatch: pytest.MonkeyPatch, piece: int, header: str
) -> None:
    monkeypatch.setattr(plain_tables, "PIECE", piece)
    content = (header + "\n".join([LINE] * 200)).encode()
    read = plain_table(content)
    assert read is not None
    names, columns = read
    assert names == (["x1", "x2", "label"] if header else [])
    assert columns.X.tolist() == [[-1234.5] * 200, [6789.25] * 200]
    assert parse_content(content) == parse_table(content.decode())


def test_what_was_written_is_read_the_quick_way_to_the_last_digit() -> None:
    random = np.random.default_rng(1)
    labels, test = random.integers(0, 8, 5_000), random.random(5_000) < 0.3
    points = Points.of(random.normal(size=(2, 5_000)), labels, test=test)
    content = format_table(Table(points)).encode()
    assert plain_table(content) is not None
    assert parse_content(content) == Table(points)


@pytest.mark.parametrize(
    "content", [b"", b"1,2\n", b"1,2\r3,4\r", b'1,2\n"3",4\n', b"1,2\n3,4,5\n", b"1,2\n3,x\n"]
)
def test_what_is_not_plain_is_left_to_the_careful_reader(content: bytes) -> None:
    assert plain_table(content) is None

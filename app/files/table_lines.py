"""The lines of a table, taken apart: what separates the columns, and what stands in each."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from app.document.columns import COORDINATES
from app.files.separators import SEPARATORS, TAB, Separator, settled
from app.files.strict_json import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from app.files.separators import Line
    from nncore import FloatArray

    Third = FloatArray | list[str]

COORDINATE_NAMES, TEST = ("x1", "x2"), "test"
ACCEPTED = "accepted: x1, x2 and, if you like, a label, as in 0.5,-1.25,1"
A_NUMBER = f"a number from {COORDINATES.minimum:,.0f} to {COORDINATES.maximum:,.0f}"
WIDTHS = (2, 3, 4)
WIDTHS_IN_WORDS = "2 (x1, x2), 3 (x1, x2, label) or 4 (x1, x2, label, test)"


class TableColumns(NamedTuple):
    """X (2, m); the third column (m,); whether for the test (m,); whether there is a third column.

    The third column is of numbers or names, and of zeros where there is none.
    """

    X: FloatArray
    third: Third
    test: NDArray[np.bool_]
    labeled: bool


def filled_lines(text: str) -> Iterator[Line]:
    """Yield the lines that hold something, numbered as an editor numbers them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(plain.split("\n"), start=1):
        if line and not line.isspace() and not line.lstrip().startswith("#"):
            yield number, line


def beginning(lines: Sequence[Line]) -> tuple[list[str], Separator]:
    """Return the column names (or none) and the separator, from the first line that is a point."""
    if not lines:
        raise ValueError(f"there are no points in it; {ACCEPTED}")
    separator = _separator_of(lines)
    if separator:
        return [], separator
    if not any(separator.numbers_in(lines[0][1]) for separator in SEPARATORS):
        separator = _separator_of(lines[1:])
        if separator:
            return separator.split(lines[0][1]), separator
        names = Separator(",").split(lines[0][1])
        if len(lines) == 1 and names[:2] == list(COORDINATE_NAMES):
            return names, Separator(",")
        lines = lines[1:] or lines
    raise ValueError(f"line {lines[0][0]} is {shown(lines[0][1])}; {ACCEPTED}")


def _separator_of(lines: Sequence[Line]) -> Separator | None:
    """Return what stands between the columns of the first line, if that is a point.

    Tabs around an empty cell are no white space where tabs make a point of the second line.
    """
    first, second = ("".join(line for _, line in lines[k : k + 1]) for k in (0, 1))
    gap = "" in TAB.split(first) and TAB.starts_point(second)
    for separator in (TAB,) if gap else SEPARATORS:
        if separator.starts_point(first):
            return separator
    return None


def columns_of(rows: Sequence[Line], separator: Separator) -> TableColumns:
    """Return the columns of the lines of points; ValueError names a line that is none."""
    separator = settled(rows, separator)
    numbers = numbers_in_lines([line for _, line in rows], separator)
    plain = None if numbers is None else plain_columns(numbers)
    return plain or _careful_columns(rows, separator)


def numbers_in_lines(lines: Sequence[str], separator: Separator) -> FloatArray | None:
    """Return all that stands in the lines, shape (m, width); None unless it is finite numbers.

    NumPy's parser is an order of magnitude faster than a loop, but it knows no line numbers, and
    to it a no-break space is the end of a number.
    """
    if not all(map(str.isascii, lines)):
        return None
    try:
        table = np.loadtxt(
            [line.replace(",", ".") for line in lines] if separator.comma == "." else lines,
            delimiter=separator.sign,
            comments=None,
            ndmin=2,
        )
    except ValueError:
        return None
    return table if np.isfinite(table).all() else None


def plain_columns(table: FloatArray) -> TableColumns | None:
    """Return the columns of a table, shape (m, width); None if a closer look is needed."""
    m, width = table.shape
    if width not in WIDTHS:
        return None
    third = table[:, 2] if width > 2 else np.zeros(m)
    test = table[:, 3] if width > 3 else np.zeros(m)
    right = np.abs(table[:, :2]).max() <= COORDINATES.maximum and np.isin(test, (0, 1)).all()
    return TableColumns(table[:, :2].T, third, test == 1, width > 2) if right else None


def _careful_columns(rows: Sequence[Line], separator: Separator) -> TableColumns:
    """Read line by line, for names and for the place of a mistake."""
    X, test = np.empty((2, len(rows))), np.zeros(len(rows), np.bool_)
    third: list[Line] = []
    width = len(separator.split(rows[0][1]))
    for column, (number, line) in enumerate(rows):
        fields = separator.split(line)
        if len(fields) != width or width not in WIDTHS:
            raise ValueError(
                f"line {number} is {shown(line)}, {_columns(len(fields))}; "
                f"accepted: {width if width in WIDTHS else WIDTHS_IN_WORDS}"
            )
        for axis in (0, 1):
            X[axis, column] = _number(number, f"x{axis + 1}", fields[axis], separator)
        third.append((number, fields[2] if width > 2 else "0"))
        test[column] = width > 3 and _flag(number, fields[3], separator)
    return TableColumns(X, _numbers_or_names(third, separator), test, width > 2)


def _columns(count: int) -> str:
    return f"{count} column{'s' if count > 1 else ''}"


def _number(number: int, name: str, text: str, separator: Separator) -> float:
    value = separator.number(text)
    if value is None or not COORDINATES.contains(value):
        raise ValueError(f"in line {number} {name} is {shown(text)}; accepted: {A_NUMBER}")
    return value


def _flag(number: int, text: str, separator: Separator) -> bool:
    value = separator.number(text)
    if value not in (0, 1):
        accepted = "1 for a point of the test set, otherwise 0"
        raise ValueError(f"in line {number} {TEST} is {shown(text)}; accepted: {accepted}")
    return value == 1


def _numbers_or_names(third: Sequence[Line], separator: Separator) -> Third:
    """Return the third column as numbers, or as names; ValueError for a mixture."""
    values = [separator.number(text) for _, text in third]
    if all(value is None for value in values) and all(text for _, text in third):
        return [text for _, text in third]
    named = values[0] is None
    numbers: list[float] = []
    for (number, text), value in zip(third, values, strict=True):
        if value is None or named or not np.isfinite(value):
            raise ValueError(
                f"in line {number} the label is {shown(text)}; "
                "accepted: numbers in all lines, or names in all lines"
            )
        numbers.append(value)
    return np.array(numbers)

"""Tables of points: x1, x2 and a label, one point a line.

Accepted: comma, semicolon, tab or white space between the columns, whichever the first point
uses; a decimal comma, or one before thousands, where the columns are not separated by one, see
`app.files.separators`; one line of column names; UTF-8 with or without a byte order mark; any line
ends; blank lines; comment lines (#).

Labels are all whole numbers or all names, of up to eight classes.  Whole numbers from 0 to 7, with
0 among them or 1 alone, are class numbers; numbers from 1 to 8 are counted from 1; others become
classes in ascending order, so that −1 and 1 are two classes.  Names become classes in alphabetical
order, whatever the order of the lines.  Without a third column every point is of class 0.  A third
column named `class_number` holds class numbers from 0 in any case.

A third column of numbers of which one has a fraction, or one that is named `value`, holds the
targets of a regression.  A fourth column is 1 for the points of the test set, otherwise 0.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from app.document.columns import COORDINATES
from app.document.points import Points
from app.files.atomic import write_atomically
from app.files.plain_tables import plain_table
from app.files.reading import MEGABYTE, decoded, naming, read_whole
from app.files.strict_json import shown
from app.files.table_labels import (
    EXACT_LABELS,
    LABELS,
    VALUES,
    class_numbers,
    exact_numbers,
)
from app.files.table_lines import (
    A_NUMBER,
    COORDINATE_NAMES,
    TEST,
    beginning,
    columns_of,
    filled_lines,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.document.labels import Labels
    from app.document.state import Task
    from app.files.table_lines import TableColumns, Third
    from nncore import FloatArray

SIZE_LIMIT = 256 * MEGABYTE


@dataclass(frozen=True)
class Table:
    """Points, and whether their labels or their values are to be learned.

    Attributes
    ----------
    points : Points
    task : {"classification", "regression"}
    labels : mapping of int to int or str
        How the table calls its classes, by class number; empty where it only numbers them.
        Tables of the same points are equal whatever they call the classes.
    """

    points: Points
    task: Task = "classification"
    labels: Labels = field(default_factory=dict, compare=False)


def read_table(path: Path | str) -> Table:
    """Return the points of a table, and what is to be learned of them.

    Raises
    ------
    UserError
        If the file cannot be read; or the line that is not a point, and what is accepted.
    """
    given = Path(path)
    content = read_whole(given, SIZE_LIMIT)
    with naming("read", given):
        return parse_content(content)


def write_table(path: Path | str, table: Table) -> None:
    """Write points as a table with a header, and read it back before "written" is true.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    given = Path(path)

    def verify(content: bytes) -> None:
        with naming("write", given):
            if format_table(parse_content(content)) != text:
                raise ValueError("read back, the file holds other points")

    with naming("write", given):
        text = format_table(table)
    write_atomically(given, text.encode(), verify)


def format_table(table: Table, separator: str = ",", *, exact: bool = False) -> str:
    """Return the table as text; every number keeps all its digits.

    The third column is what the task learns, labels or values; a fourth one says which points
    belong to the test set, if any does.  With ``exact`` classes that are numbered say so, and
    will not be taken for names.
    """
    points = table.points
    name, third = _third_column(table, separator, exact)
    columns, header = [*points.X.tolist(), third], [*COORDINATE_NAMES, name]
    if points.test_counts.any():
        columns.append(points.test.astype(int).tolist())
        header.append(TEST)
    lines = (separator.join(map(str, row)) for row in zip(*columns, strict=True))
    return "\n".join([separator.join(header), *lines, ""])


def _third_column(table: Table, separator: str, exact: bool) -> tuple[str, list[object]]:
    """Return the name of the column, and a number or a text for each point."""
    points = table.points
    if table.task == "regression":
        return VALUES, points.values.tolist()
    if any(label != k for k, label in table.labels.items()):
        texts = {k: _quoted(str(label), separator) for k, label in table.labels.items()}
        return LABELS, [texts[k] for k in points.labels.tolist()]
    used = np.flatnonzero(points.counts)
    plain = np.array_equal(used, np.arange(used.size)) and not exact
    return LABELS if plain else EXACT_LABELS, points.labels.tolist()


def _quoted(text: str, separator: str) -> str:
    return '"' + text.replace('"', '""') + '"' if separator in text or '"' in text else text


def parse_content(content: bytes) -> Table:
    """Return the table that the bytes of a file hold, the quick way where that is the same.

    Raises
    ------
    ValueError
        As `parse_table` does, and for bytes that are no text.
    """
    plain = plain_table(content)
    if plain:
        header, columns = plain
        # A mistake in the third column has a line, which only the careful reader knows.
        with suppress(ValueError):
            return _table(header, columns, range(len(columns.test)))
    return parse_table(decoded(content))


def parse_table(text: str, *, values: bool = False) -> Table:
    """Return the table that a text holds, as the module describes it.

    With ``values`` whole numbers, too, are the targets of a regression, unless a name of the
    column says otherwise.

    Raises
    ------
    ValueError
        Names the line that is not a point, what stands there and what is accepted.
    """
    lines = list(filled_lines(text))
    header, separator = beginning(lines)
    rows = lines[1:] if header else lines
    if not rows:
        name = _third_name(header)
        return Table(Points.empty(), "regression" if name == VALUES else "classification")
    columns, numbers = columns_of(rows, separator), [number for number, _ in rows]
    return _table(header, columns, numbers, values)


def _table(
    header: Sequence[str], columns: TableColumns, lines: Sequence[int], values: bool = False
) -> Table:
    """Give the third column its meaning; ``lines`` are the numbers of the lines of the points."""
    name, third = _third_name(header), columns.third
    if name == VALUES or (name != EXACT_LABELS and (values or _has_fraction(third))):
        labels = np.zeros(len(lines), np.int64)
        points = Points.of(columns.X, labels, _values(third, lines), columns.test)
        return Table(points, "regression")
    if name == EXACT_LABELS or not columns.labeled:
        return Table(Points.of(columns.X, exact_numbers(third, lines), test=columns.test))
    numbers, called = class_numbers(third, lines)
    return Table(Points.of(columns.X, numbers, test=columns.test), labels=called)


def _third_name(header: Sequence[str]) -> str:
    return header[2] if len(header) > 2 else LABELS


def _has_fraction(third: Third) -> bool:
    return not isinstance(third, list) and bool((third != np.floor(third)).any())


def _values(third: Third, lines: Sequence[int]) -> FloatArray:
    """Return targets of a regression; ValueError for names and numbers far off."""
    if isinstance(third, list):
        raise ValueError(f"in line {lines[0]} the value is {shown(third[0])}; accepted: {A_NUMBER}")
    far = np.abs(third) > COORDINATES.maximum
    if far.any():
        first = int(np.argmax(far))
        raise ValueError(
            f"in line {lines[first]} the value is {third[first]:.12g}; accepted: {A_NUMBER}"
        )
    return third

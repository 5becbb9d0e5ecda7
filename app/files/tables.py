"""Tables of points: x1, x2 and a label, one point a line.

Accepted: comma, semicolon, tab or white space between the columns, whichever the first point
uses; a decimal comma where the columns are not separated by one; one line of column names;
UTF-8 with or without a byte order mark; any line ends; blank lines; comment lines (#).

Labels are all whole numbers or all names, of up to nine classes.  Whole numbers become classes in
ascending order, so that labels −1 and 1, or 1 and 2, are two classes; names become classes in
alphabetical order, whatever the order of the lines.  Without a third column every point is of
class 0.  A third column named `class_number` holds class numbers from 0 that are not renumbered.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from app.document.columns import MAX_CLASSES
from app.document.points import Points
from app.files.atomic import write_atomically
from app.files.reading import MEGABYTE, decoded, naming, read_whole
from app.files.strict_json import shown
from nncore import Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nncore import FloatArray

    Line = tuple[int, str]

SIZE_LIMIT = 256 * MEGABYTE
COORDINATES = Range(-1e6, 1e6)
"""What a coordinate may be: far beyond any canvas, and far from overflow when it is trained on."""

HEADER = ("x1", "x2", "label")
EXACT_LABELS = "class_number"
ACCEPTED = "accepted: x1, x2 and, if you like, a label, as in 0.5,-1.25,1"


@dataclass(frozen=True)
class Separator:
    """What stands between two columns; None is any white space."""

    sign: str | None

    def split(self, line: str) -> list[str]:
        """Return the fields of a line, without the quotation marks that spreadsheets add."""
        if '"' not in line:
            return [field.strip() for field in line.strip(" ").split(self.sign)]
        try:
            row = next(csv.reader([line], delimiter=self.sign or " ", skipinitialspace=True))
        except csv.Error:
            # A monster of a field; taken apart plainly, it is refused with its line.
            row = line.split(self.sign)
        return [field.strip() for field in row]

    def number(self, text: str) -> float | None:
        """Return the number that a field holds, if it holds one."""
        if self.sign != ",":
            text = text.replace(",", ".")
        try:
            # Python's own spellings (1_000, digits of other scripts) are no numbers here.
            return float(text) if text.isascii() and "_" not in text else None
        except ValueError:
            return None

    def numbers_in(self, line: str) -> int:
        """How many of the first two fields are numbers."""
        return sum(self.number(field) is not None for field in self.split(line)[:2])

    def starts_point(self, line: str) -> bool:
        """Whether the first two fields are numbers."""
        return self.numbers_in(line) == 2


SEPARATORS = tuple(map(Separator, ("\t", ";", ",", None)))


def read_points(path: Path | str) -> Points:
    """Return the points of a table.

    Raises
    ------
    UserError
        If the file cannot be read; or the line that is not a point, and what is accepted.
    """
    given = Path(path)
    content = read_whole(given, SIZE_LIMIT)
    with naming("read", given):
        return parse_points(decoded(content))


def write_points(path: Path | str, points: Points) -> None:
    """Write points as a table with a header, and read it back before "written" is true.

    Raises
    ------
    UserError
        If the file cannot be written.
    """
    given = Path(path)

    def verify(content: bytes) -> None:
        with naming("write", given):
            if parse_points(decoded(content)) != points:
                raise ValueError("read back, the file holds other points")

    write_atomically(given, format_points(points).encode(), verify)


def format_points(points: Points) -> str:
    """Return the table of points as text; every number keeps all its digits."""
    used = np.unique(points.labels)
    plain = np.array_equal(used, np.arange(used.size))
    header = HEADER if plain else (*HEADER[:2], EXACT_LABELS)
    columns = zip(*points.X.tolist(), points.labels.tolist(), strict=True)
    return "".join([",".join(header), "\n", *(f"{x1},{x2},{k}\n" for x1, x2, k in columns)])


def parse_points(text: str) -> Points:
    """Return the points that a text holds, as the module describes it.

    Raises
    ------
    ValueError
        Names the line that is not a point, what stands there and what is accepted.
    """
    lines = list(_lines(text))
    header, separator = _beginning(lines)
    rows = lines[1:] if header else lines
    exact = header[2:] == [EXACT_LABELS]
    if not rows:
        return Points.empty()
    table = _plain_table(rows, separator)
    if table is not None:
        numbers = table[:, 2] if table.shape[1] == 3 else np.zeros(len(table))
        return Points.of(table[:, :2].T, _classes(numbers.tolist(), rows, exact=exact))
    return _careful_points(rows, separator, exact=exact)


def _lines(text: str) -> Iterator[Line]:
    """Yield the lines that hold something, numbered as an editor numbers them."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for number, line in enumerate(plain.split("\n"), start=1):
        if line and not line.isspace() and not line.lstrip().startswith("#"):
            yield number, line


def _beginning(lines: Sequence[Line]) -> tuple[list[str], Separator]:
    """Return the column names (or none) and the separator, from the first line that is a point."""
    if not lines:
        raise ValueError(f"there are no points in it; {ACCEPTED}")
    for separator in SEPARATORS:
        if separator.starts_point(lines[0][1]):
            return [], separator
    if not any(separator.numbers_in(lines[0][1]) for separator in SEPARATORS):
        for separator in SEPARATORS:
            if len(lines) > 1 and separator.starts_point(lines[1][1]):
                return separator.split(lines[0][1]), separator
        names = Separator(",").split(lines[0][1])
        if len(lines) == 1 and names[:2] == list(HEADER[:2]):
            return names, Separator(",")
        lines = lines[1:] or lines
    raise ValueError(f"line {lines[0][0]} is {shown(lines[0][1])}; {ACCEPTED}")


def _plain_table(rows: Sequence[Line], separator: Separator) -> FloatArray | None:
    """Return the numbers, (m, 2 or 3), if all is plain and right; None asks for a closer look.

    NumPy's parser is an order of magnitude faster than a loop, but it knows no line numbers.
    """
    try:
        table = np.loadtxt(
            [line if separator.sign == "," else line.replace(",", ".") for _, line in rows],
            delimiter=separator.sign,
            comments=None,
            ndmin=2,
        )
    except ValueError:
        return None
    right = np.abs(table[:, :2]).max() <= COORDINATES.maximum and np.isfinite(table).all()
    whole = (table[:, 2:] == np.floor(table[:, 2:])).all()
    return table if right and whole and table.shape[1] in (2, 3) else None


def _careful_points(rows: Sequence[Line], separator: Separator, *, exact: bool) -> Points:
    """Read line by line, for names and for the place of a mistake."""
    X = np.empty((2, len(rows)))
    labels: list[Line] = []
    width = len(separator.split(rows[0][1]))
    for column, (number, line) in enumerate(rows):
        fields = separator.split(line)
        if len(fields) != width or width not in (2, 3):
            wanted = "2 (x1, x2) or 3 (x1, x2, label)" if width not in (2, 3) else f"{width}"
            raise ValueError(
                f"line {number} is {shown(line)}, {_columns(len(fields))}; accepted: {wanted}"
            )
        for axis in (0, 1):
            X[axis, column] = _coordinate(number, axis, fields[axis], separator)
        labels.append((number, fields[2] if width == 3 else "0"))
    return Points.of(X, _classes(_label_values(labels, separator), rows, exact=exact))


def _columns(count: int) -> str:
    return f"{count} column{'s' if count > 1 else ''}"


def _coordinate(number: int, axis: int, text: str, separator: Separator) -> float:
    value = separator.number(text)
    if value is None or not COORDINATES.contains(value):
        accepted = f"a number from {COORDINATES.minimum:,.0f} to {COORDINATES.maximum:,.0f}"
        raise ValueError(f"in line {number} x{axis + 1} is {shown(text)}; accepted: {accepted}")
    return value


def _label_values(labels: Sequence[Line], separator: Separator) -> Sequence[float] | Sequence[str]:
    """Return all labels as whole numbers, or all as names; ValueError for a mixture."""
    values = [separator.number(text) for _, text in labels]
    if all(value is None for value in values) and all(text for _, text in labels):
        return [text for _, text in labels]
    named = values[0] is None
    whole: list[float] = []
    for (number, text), value in zip(labels, values, strict=True):
        if value is None or named or not value.is_integer():
            raise ValueError(
                f"in line {number} the label is {shown(text)}; "
                "accepted: whole numbers in all lines, or names in all lines"
            )
        whole.append(value)
    return whole


def _classes(
    values: Sequence[float] | Sequence[str], rows: Sequence[Line], *, exact: bool
) -> list[int]:
    """Return class numbers for labels: their rank, or (``exact``) what they say."""
    if exact:
        for value, (line, _) in zip(values, rows, strict=True):
            if value not in range(MAX_CLASSES):
                accepted = f"{EXACT_LABELS} is accepted from 0 to {MAX_CLASSES - 1}"
                raise ValueError(f"in line {line}: {accepted}")
        return [int(value) for value in values]
    different: list[Any] = list(dict.fromkeys(values))
    if len(different) > MAX_CLASSES:
        line, _ = rows[list(values).index(different[MAX_CLASSES])]
        raise ValueError(
            f"it has {len(different)} different labels, one too many in line {line}; "
            f"accepted: up to {MAX_CLASSES}"
        )
    rank = {value: position for position, value in enumerate(sorted(different))}
    return [rank[value] for value in values]

"""Points as a table of text: x1, x2 and the class, a line a point.

Read is what spreadsheets write: a header or none; comma, semicolon, tab or spaces between the
columns; a decimal comma where the columns are not parted by commas; UTF-8 with or without a mark.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from app.document.points import MAX_CLASSES, Points
from app.errors import UserError
from app.files.atomic import read_bytes, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 256 * 2**20
LARGEST_VALUE = 1e6
SEPARATORS = ("\t", ";", ",")
Row = tuple[int, list[str]]  # line number, cells


def write_points(path: Path, points: Points) -> None:
    """Write points with a header; classes count from 1, as on the canvas."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("x1", "x2", "class"))
    for (x1, x2), label in zip(points.X.T.tolist(), points.labels.tolist(), strict=True):
        writer.writerow((repr(x1), repr(x2), label + 1))
    write_atomically(path, buffer.getvalue().encode())


def read_points(path: Path) -> Points:
    """Read the points of a table.

    The third column is the class: its values, as numbers in ascending order or as names in
    alphabetical order, become the classes 1, 2, …. Without a third column all points are of
    class 1.

    Raises
    ------
    UserError
        Names the file, the line and what is accepted.
    """
    try:
        text = read_bytes(path, LARGEST_FILE).decode("utf-8-sig")
        return parse_points(text)
    except UnicodeDecodeError as error:
        raise UserError(
            f"{path} is not UTF-8 text; a table of x1, x2, class is accepted."
        ) from error
    except ValueError as error:
        raise UserError(f"{path}, {error}.") from error


def parse_points(text: str) -> Points:
    """Read points from the text of a table; ValueError names the line."""
    rows = _rows(text)
    if rows and not any(map(_is_number, rows[0][1][:2])):
        del rows[0]
    if not rows:
        raise ValueError("line 1: there are no points in it; lines of x1, x2, class are accepted")
    X = np.array([_coordinates(row) for row in rows]).T
    if all(len(cells) == 2 for _, cells in rows):
        return Points.of(X, np.zeros(len(rows), np.int64))
    return Points.of(X, _labels(rows))


def _rows(text: str) -> list[Row]:
    """Split lines into cells; blank lines and comments are left out."""
    lines = [
        (number, line.strip())
        for number, line in enumerate(text.splitlines(), 1)
        if line.strip() and not line.lstrip().startswith("#")
    ]
    if not lines:
        return []
    separator = next((s for s in SEPARATORS if s in lines[0][1]), None)
    rows = [
        (number, [c.strip().strip('"') for c in line.split(separator)]) for number, line in lines
    ]
    if separator != ",":
        rows = [(number, [_with_point(cell) for cell in cells]) for number, cells in rows]
    return rows


def _with_point(cell: str) -> str:
    """Turn a decimal comma into a point, where that makes a number."""
    pointed = cell.replace(",", ".", 1)
    return pointed if _is_number(pointed) else cell


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def _coordinates(row: Row) -> tuple[float, float]:
    number, cells = row
    if len(cells) not in (2, 3):
        raise ValueError(f"line {number}: {len(cells)} columns; x1, x2 and a class are accepted")
    return _coordinate(number, cells[0]), _coordinate(number, cells[1])


def _coordinate(number: int, cell: str) -> float:
    value = float(cell) if _is_number(cell) else float("nan")
    if not abs(value) <= LARGEST_VALUE:
        accepted = f"numbers from −{LARGEST_VALUE:,.0f} to {LARGEST_VALUE:,.0f} are accepted"
        raise ValueError(f"line {number}: {cell[:40]!r} as a coordinate; {accepted}")
    return value


def _labels(rows: list[Row]) -> list[int]:
    """Number the classes: ascending if all are numbers, else by the alphabet."""
    for number, cells in rows:
        if len(cells) != 3 or not cells[2]:
            raise ValueError(f"line {number}: the class is missing")
    names = [cells[2] for _, cells in rows]
    numeric = all(map(_is_number, names))
    distinct = sorted(set(names), key=float) if numeric else sorted(set(names))
    if len(distinct) > MAX_CLASSES:
        extra = distinct[MAX_CLASSES]
        line = rows[names.index(extra)][0]
        raise ValueError(
            f"line {line}: class {extra[:40]!r} is one of {len(distinct):,}; "
            f"at most {MAX_CLASSES} classes are accepted"
        )
    numbers = {name: label for label, name in enumerate(distinct)}
    return [numbers[name] for name in names]

"""Points as text for the clipboard: a line for each, separated by tabs, as spreadsheets have it.

It is the table of `app.files.tables` with tabs for commas: what is copied is pasted as the very
same points, and what comes from elsewhere is read as a file would be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.errors import UserError
from app.files.tables import Table, format_table, parse_table

if TYPE_CHECKING:
    from app.document.points import Points
    from app.document.state import Task

MOST_POINTS = 100_000
"""More would be an accident, and hold the window up; a file has no such limit."""


def text_of(points: Points, task: Task) -> str:
    """Return points as text; every number keeps all its digits."""
    return format_table(Table(points, task)).replace(",", "\t")


def points_of(text: str, task: Task) -> Points:
    """Return the points that a text holds, for a document that learns this task.

    Raises
    ------
    UserError
        One sentence that says what is wrong with it and what is accepted.
    """
    lines = text.count("\n")
    if lines > MOST_POINTS + 1:
        raise UserError(
            f"Nothing was pasted: the text has {lines:,} lines; up to {MOST_POINTS:,} points are "
            "accepted. Save it as a .csv file and open that."
        )
    try:
        table = parse_table(text, values=task == "regression")
    except ValueError as error:
        raise UserError(f"Nothing was pasted: {error}.") from None
    if len(table.points) and table.task != task:
        raise UserError(
            f"Nothing was pasted: the points are those of a {table.task}, "
            f"but the task is {task}; choose the same task first."
        )
    return table.points

"""Points as text for the clipboard: a line for each, separated by tabs, as spreadsheets have it.

It is the table of `app.files.tables` with tabs for commas: what is copied is pasted as the very
same points, and what comes from elsewhere is read as a file would be.  Classes that somebody named
are copied by their names, which say more to a reader of the spreadsheet and to another document;
others by their numbers from 0.  What pasted labels mean, `app.document.labels` knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.document.labels import own_names
from app.errors import UserError
from app.files.tables import Table, format_table, parse_table

if TYPE_CHECKING:
    from app.document.classes import Classes
    from app.document.points import Points
    from app.document.state import Task

MOST_POINTS = 100_000
"""More would be an accident, and hold the window up; a file has no such limit."""


def text_of(points: Points, task: Task, classes: Classes) -> str:
    """Return points as text; every number keeps all its digits."""
    return format_table(Table(points, task, own_names(points, classes)), "\t", exact=True)


def table_of(text: str, task: Task) -> Table:
    """Return the table that a text holds, for a document that learns this task.

    Raises
    ------
    UserError
        One sentence that says what is wrong with it and what is accepted.
    """
    lines = 1 + max(text.rstrip().count(end) for end in "\r\n")
    if lines > MOST_POINTS + 1:  # of which one may name the columns
        raise _too_many(lines, "lines")
    try:
        table = parse_table(text, values=task == "regression")
    except ValueError as error:
        raise UserError(f"Nothing was pasted: {error}.") from None
    if len(table.points) > MOST_POINTS:
        raise _too_many(len(table.points), "points")
    if len(table.points) and table.task != task:
        raise UserError(
            f"Nothing was pasted: the points are those of a {table.task}, "
            f"but the task is {task}; choose the same task first."
        )
    return table


def _too_many(count: int, what: str) -> UserError:
    return UserError(
        f"Nothing was pasted: the text has {count:,} {what}; up to {MOST_POINTS:,} points are "
        "accepted. Save it as a .csv file and open that."
    )

"""The labels of a table as class numbers, and how the table calls the classes.

A table is a data set of its own, so that labels which are no class numbers are counted through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from app.document.columns import MAX_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from app.document.labels import Labels
    from app.files.table_lines import Third
    from nncore import FloatArray

LABELS, EXACT_LABELS, VALUES = "label", "class_number", "value"


def exact_numbers(third: Third, lines: Sequence[int]) -> FloatArray:
    """Return class numbers as they stand there."""
    numbers = np.full(len(third), -1.0) if isinstance(third, list) else third
    known = np.isin(numbers, np.arange(MAX_CLASSES))
    if not known.all():
        line, accepted = lines[int(np.argmin(known))], f"from 0 to {MAX_CLASSES - 1}"
        raise ValueError(f"in line {line}: {EXACT_LABELS} is accepted {accepted}")
    return numbers


def class_numbers(third: Third, lines: Sequence[int]) -> tuple[NDArray[np.intp], Labels]:
    """Return the class number of each point, and the label of each class.

    Raises
    ------
    ValueError
        If there are more than eight labels; names the line of the ninth.
    """
    # As objects: arrays of text lose a NUL at the end of a name.
    column = np.array(third, dtype=object) if isinstance(third, list) else third
    different = np.unique(column)
    if len(different) > MAX_CLASSES:
        _, first = np.unique(column, return_index=True)
        line = lines[int(np.sort(first)[MAX_CLASSES])]
        raise ValueError(
            f"it has {len(different)} different labels, one too many in line {line}; "
            f"accepted: up to {MAX_CLASSES}, or a third column named {VALUES!r}"
        )
    if isinstance(third, list):
        return np.searchsorted(different, column), dict(enumerate(map(str, different)))
    numbers = _numbers_of(different)
    labels = dict(zip(numbers.tolist(), map(int, different), strict=True))
    return numbers[np.searchsorted(different, column)], labels


def _numbers_of(different: FloatArray) -> NDArray[np.intp]:
    """Return the class numbers of different whole numbers, which ascend.

    Counted from 0, or from 1, they keep their gaps; 1 alone is the second class of two.
    """
    lowest, highest = different[0], different[-1]
    whole = different.clip(0, MAX_CLASSES).astype(np.intp)
    if highest < MAX_CLASSES and (lowest == 0 or highest == 1 == lowest):
        return whole
    if lowest == 1 and highest <= MAX_CLASSES:
        return whole - 1
    return np.arange(len(different))

"""The kinds of field: whole numbers, numbers with a fraction, and batch sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.views.widgets.fields import Field
from app.views.widgets.notation import BatchSizes, Numbers, WholeNumbers

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from nncore import Range


class IntegerField(Field):
    """A whole number."""

    def __init__(self, name: str, accepted: Range, parent: QWidget | None = None) -> None:
        super().__init__(name, WholeNumbers(accepted), parent)


class NumberField(Field):
    """A number with a fraction; ``increment`` is what a step adds."""

    def __init__(
        self,
        name: str,
        accepted: Range,
        increment: float = 0.1,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, Numbers(accepted, increment), parent)


class BatchField(Field):
    """A batch size: a whole number, or None for the full batch of ``m`` examples."""

    def __init__(self, name: str, accepted: Range, parent: QWidget | None = None) -> None:
        self._sizes = BatchSizes(accepted)
        super().__init__(name, self._sizes, parent)

    def set_m(self, m: int) -> None:
        """Tell how many examples there are: "all 400"."""
        if m != self._sizes.m:
            self._sizes.m = m
            if self.value is None and not self.isModified():
                self.show_value()

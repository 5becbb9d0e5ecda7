"""Tells two clicks at the same place from the two points of a fast hand.

Qt speaks of a double click when a second press follows within 400 ms and 5 pixels. Somebody who
draws fast means two points by that, or a click and then a way that begins there. So a double click
is only what stays within the 3 pixels of a click, both times; whether the second press does is
known when it is released or has moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.views.canvas.tools.tool import CLICK

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF


class Clicks:
    """Follows the presses of one button, at positions in pixels."""

    def __init__(self) -> None:
        self._pressed: QPointF | None = None
        self._clicked: QPointF | None = None

    def press(self, position: QPointF) -> None:
        """Press; it is a click as long as it does not move."""
        self._pressed, self._clicked = position, None

    def move(self, position: QPointF) -> bool:
        """Go on; say whether it is no click any more."""
        if self._pressed is not None and not _near(self._pressed, position):
            self._pressed = None
        return self._pressed is None

    def release(self) -> None:
        """Release."""
        self._pressed, self._clicked = None, self._pressed

    def repeated_at(self, position: QPointF) -> bool:
        """Whether the last press was a click at this place."""
        return self._clicked is not None and _near(self._clicked, position)

    def forget(self) -> None:
        """Let none of this count."""
        self._pressed = self._clicked = None


def _near(one: QPointF, other: QPointF) -> bool:
    offset = other - one
    return offset.x() ** 2 + offset.y() ** 2 <= CLICK**2

"""Edits that are put together only when they are applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.document.commands.points import move_points

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from app.document.commands.command import Command
    from app.document.state import State

    Map = Callable[[NDArray[np.float64]], NDArray[np.float64]]


@dataclass(frozen=True, eq=False)
class Composed:
    """An edit of the points that a function makes of the state as it is then.

    Where very many points move, their new coordinates are as much work as the edit: so both can be
    done beside the window.

    Attributes
    ----------
    compose : callable
        Makes the command, on whichever thread; it may look at nothing that changes.
    verb, count
        Those of the command.
    """

    compose: Callable[[State], Command]
    verb: str
    count: int
    nbytes = 0

    def effort(self, state: State) -> int:
        """All points, as edits of them do, and the touched ones to compose and to write them."""
        return len(state.points) + 2 * self.count

    def apply(self, state: State) -> tuple[State, Command]:
        """Make the command and apply it."""
        return self.compose(state).apply(state)

    def joined(self, later: Command) -> None:
        """Stay apart: it never waits to be undone itself."""


def map_points(indices: NDArray[np.int64], where: Map, verb: str) -> Composed:
    """Move points from where they are, shape (2, k), to where a function maps them."""
    return Composed(
        lambda state: move_points(indices, where(state.points.entries("X", indices)), verb),
        verb,
        indices.size,
    )

"""What an edit is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from app.document.state import State


class Command(Protocol):
    """One edit."""

    @property
    def verb(self) -> str:
        """What it does, for the menu: "Undo spray, 43 points" is the verb and the count."""

    @property
    def count(self) -> int:
        """How many points it touches, as its inverse does; 0 where that says nothing."""

    @property
    def nbytes(self) -> int:
        """Memory that it takes while it waits to be undone, beside a few hundred bytes."""

    def effort(self, state: State) -> int:
        """How many points `apply` looks at, more or less: very many are no work for the window."""

    def apply(self, state: State) -> tuple[State, Command]:
        """Return the new state and the command that leads back.

        Where nothing changes, that is the very state that was given.
        """

    def joined(self, later: Command) -> Command | None:
        """Return one command that does what ``later`` and then this one do; None: takes two.

        Asked of the inverses in a stroke, so that a drag of a thousand steps is kept as one.
        """

"""One step of the undo stack: what leads back from it, its name, and the memory it takes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.document.commands import Command
    from app.document.state import State

STEP_OVERHEAD = 512  # bytes of a step beside what its commands count


def named(edit: Command | Step) -> str:
    """Return what a command or a step is called: "move, 43 points"."""
    if not edit.count:
        return edit.verb
    return f"{edit.verb}, {edit.count:,} point{'s' if edit.count > 1 else ''}"


@dataclass
class Step:
    """One undo step: commands that lead back, the last to be applied first."""

    verb: str
    commands: list[Command] = field(default_factory=list)
    count: int = 0
    nbytes: int = STEP_OVERHEAD

    @property
    def name(self) -> str:
        """Name for the menu."""
        return named(self)

    def effort(self, state: State) -> int:
        """Return how many points `apply` looks at, more or less."""
        return sum(command.effort(state) for command in self.commands)

    def add(self, inverse: Command) -> None:
        """Take in a command that leads back to where the others begin."""
        joined = self.commands[-1].joined(inverse) if self.commands else None
        if joined is None:
            self._count(inverse, 1)
            self.commands.append(inverse)
        else:
            self._count(self.commands[-1], -1)
            self._count(joined, 1)
            self.commands[-1] = joined

    def _count(self, command: Command, sign: int) -> None:
        self.count += sign * command.count
        self.nbytes += sign * (command.nbytes + STEP_OVERHEAD)

    def apply(self, state: State) -> tuple[State, Step]:
        """Return the state it leads to, and the step that leads back from there."""
        back = Step(self.verb)
        for command in reversed(self.commands):
            state, inverse = command.apply(state)
            back.commands.append(inverse)
            back._count(inverse, 1)
        return state, back

"""What an optimizer remembers from update to update.

Gradient descent, the one optimizer of the notes, remembers nothing ("Gradient Descent for Neural
Networks", shallow networks); the others do.

That are its slots, vectors as long as θ, and the number of updates that they have seen.  They are
kept when the learning rate, the schedule, an option, a penalty, the clipping, the batch size or
the data change.  Another optimizer keeps the slots of the same name, which mean the same
(momentum and Nesterov share the velocity), and its other slots start at zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from nncore.arrays import FloatArray, constant


@dataclass(frozen=True)
class OptimizerState:
    """What an optimizer remembers: ``slots`` by name, (n,) each, and their ``updates``, 0-d.

    Only formulas that contain the number of updates (Adam's) count it.  The arrays are on the
    tape: they are written to, never replaced.
    """

    slots: Mapping[str, FloatArray]
    updates: FloatArray

    @classmethod
    def zeros(cls, slots: Iterable[str], theta: FloatArray) -> "OptimizerState":
        """Return the state before the first update of ``theta`` (n,): all zero."""
        return cls({name: np.zeros_like(theta) for name in slots}, constant(0.0, theta))

    def copy(self) -> "OptimizerState":
        """Return independent arrays with the same values."""
        slots = {name: vector.copy() for name, vector in self.slots.items()}
        return OptimizerState(slots, self.updates.copy())

    def load(self, other: "OptimizerState") -> None:
        """Take over the slots that both have; the others start at zero.

        The number of updates belongs to all slots together, and comes along with all of them.
        """
        self.clear()
        common = self.slots.keys() & other.slots.keys()
        for name in common:
            np.copyto(self.slots[name], other.slots[name])
        if common and common == self.slots.keys():
            np.copyto(self.updates, other.updates)

    def clear(self) -> None:
        """Forget everything."""
        for array in (*self.slots.values(), self.updates):
            array.fill(0.0)

    def is_finite(self) -> bool:
        """Say whether all slots hold finite numbers."""
        return all(bool(np.isfinite(vector).all()) for vector in self.slots.values())

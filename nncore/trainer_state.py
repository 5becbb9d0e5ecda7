"""Everything that the rest of a training run depends on, to go back to or to keep in a file.

The trainer takes one such state every few iterations, as the checkpoint that it returns to when
numbers overflow.  The same record, with the history in it, goes through JSON and into another
trainer, which then continues bit for bit as the first would have: ``float`` and ``json`` write
the shortest decimal that reads back as the same number.

Notes: in "Gradient Descent for Neural Networks" (shallow networks) W and b are all that a run
depends on; what is added here serves shuffles, schedules, optimizers that remember, and the curve.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import PCG64

from nncore.arrays import FloatArray
from nncore.checks import check_count, check_fields, check_layer_dims, check_name, check_vector
from nncore.config import NetworkConfig
from nncore.history import Entries
from nncore.minibatches import Place
from nncore.optimizer_state import OptimizerState
from nncore.optimizers import OPTIMIZERS

FIELDS = (
    "iteration",
    "layer_dims",
    "parameters",
    "optimizer",
    "slots",
    "updates",
    "random_state",
    "start",
    "history",
)


@dataclass(frozen=True, eq=False)
class TrainerState:
    """Where a training run stands.

    Attributes
    ----------
    iteration : int
        How many updates were made.
    layer_dims : tuple of int
        (n_x, n[1], ..., n_y) of the network that was trained.
    vector : (n,) array
        Its parameters.
    optimizer : str
        Whose memory ``memory`` is.
    memory : OptimizerState
        The slots of the optimizer, (n,) each, and the number of their updates.
    place : Place
        Where in the epoch, and the random state that its shuffle began with.
    history : Entries or None
        The record of the run; None leaves the one of the trainer that takes the state over,
        up to ``iteration``.
    """

    iteration: int
    layer_dims: tuple[int, ...]
    vector: FloatArray
    optimizer: str
    memory: OptimizerState
    place: Place
    history: Entries | None = None

    def check(self, network: NetworkConfig, m: int, batch_size: int | None) -> None:
        """Check that a run could continue from here.

        Parameters
        ----------
        network : NetworkConfig
            What is to be trained.
        m : int
            The number of examples.
        batch_size : int or None
            That of the settings.

        Raises
        ------
        ValueError
            If the state is that of another architecture, an array does not hold a finite number
            per parameter, or no batch begins at the place in the epoch.
        """
        if self.layer_dims != network.layer_dims:
            raise ValueError(
                f"layer_dims of the state is {self.layer_dims}; accepted: {network.layer_dims}"
            )
        self._check_arrays(network.n_parameters)
        self._check_place(m, min(batch_size or m, m))

    def _check_arrays(self, n: int) -> None:
        for name, vector in {"parameters": self.vector, **self.memory.slots}.items():
            if vector.shape != (n,) or not np.isfinite(vector).all():
                raise ValueError(
                    f"{name} of the state has shape {vector.shape}; accepted: ({n},), all finite"
                )
        if self.history is not None and self.history.rows.shape[1] not in (0, n):
            raise ValueError(
                f"history.rows has shape {self.history.rows.shape}; accepted: (k, {n})"
            )

    def _check_place(self, m: int, size: int) -> None:
        at_a_batch = self.place.start in range(0, m, max(size, 1))
        at_the_end = self.place.start == m and size < m
        if not (at_a_batch or at_the_end):
            raise ValueError(
                f"start is {self.place.start}; accepted: a multiple of the batch size {size} "
                f"up to {m}, and 0 for the full batch"
            )

    def to_dict(self) -> dict[str, Any]:
        """Return plain numbers, texts, lists and dictionaries, as JSON knows them."""
        return {
            "iteration": self.iteration,
            "layer_dims": list(self.layer_dims),
            "parameters": self.vector.tolist(),
            "optimizer": self.optimizer,
            "slots": {name: vector.tolist() for name, vector in self.memory.slots.items()},
            "updates": int(self.memory.updates),
            "random_state": self.place.random_state,
            "start": self.place.start,
            "history": None if self.history is None else self.history.to_dict(),
        }

    @classmethod
    def from_dict(cls, given: object) -> "TrainerState":
        """Return the state that ``to_dict`` described, bit for bit.

        Raises
        ------
        ValueError
            If something is missing, unknown or out of range; the message names the field.
        """
        fields = check_fields("state", given, FIELDS)
        history = fields["history"]
        return cls(
            check_count("iteration", fields["iteration"]),
            check_layer_dims(fields["layer_dims"]),
            check_vector("parameters", fields["parameters"]),
            check_name("optimizer", fields["optimizer"], OPTIMIZERS),
            _memory(fields),
            Place(_random_state(fields["random_state"]), check_count("start", fields["start"])),
            None if history is None else Entries.from_dict(history),
        )


def _memory(fields: Mapping[str, Any]) -> OptimizerState:
    names = OPTIMIZERS[fields["optimizer"]].slots
    slots = check_fields("slots", fields["slots"], names)
    vectors = {name: check_vector(f"slots.{name}", slots[name]) for name in names}
    n = len(fields["parameters"])
    for name, vector in vectors.items():
        if vector.size != n:
            raise ValueError(f"slots.{name} has {vector.size} numbers; accepted: {n}")
    return OptimizerState(vectors, np.array(float(check_count("updates", fields["updates"]))))


def _random_state(given: object) -> Mapping[str, Any]:
    """Return a state of PCG64 that NumPy takes as it is."""
    generator = PCG64()
    try:
        generator.state = given  # type: ignore[assignment]
        understood = generator.state == given
    except (TypeError, ValueError, KeyError, OverflowError):
        understood = False
    if not understood:
        raise ValueError(f"random_state is {given!r:.60}; accepted: a state of NumPy's PCG64")
    return generator.state

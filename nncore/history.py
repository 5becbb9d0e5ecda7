"""The history of a run: costs and parameters, bounded, even, with the first and the last entry.

Notes: "How Gradient Descent works in optimization?" (neural networks), which follows the cost down
to the point of convergence.
"""

from dataclasses import dataclass

import numpy as np

from nncore.arrays import FloatArray, IntArray
from nncore.checks import (
    MOST,
    check_array,
    check_count,
    check_fields,
    check_instance,
    check_integer,
    check_real,
    check_vector,
)

BYTES = 64 * 2**20
"""What the parameter rows of one history may take."""


@dataclass(frozen=True, eq=False)
class Entries:
    """What a history holds: its stride, ``iterations`` (k,), ``costs`` (k,), ``rows`` (k, n).

    The arrays are read-only views of those that are given.

    Raises
    ------
    ValueError
        If the arrays do not make a history; the message names the field.
    """

    stride: int
    iterations: IntArray
    costs: FloatArray
    rows: FloatArray

    def __post_init__(self) -> None:
        if check_count("history.stride", self.stride, 1) & (self.stride - 1):
            raise ValueError(f"history.stride is {self.stride}; accepted: a power of two")
        for name, ndim in (("iterations", 1), ("costs", 1), ("rows", 2)):
            array = check_instance(f"history.{name}", getattr(self, name), np.ndarray)
            if check_array(f"history.{name}", array).ndim != ndim:
                wanted = f"{ndim} dimension{'s' if ndim > 1 else ''}"
                raise ValueError(f"history.{name} has shape {array.shape}; accepted: {wanted}")
        iterations, k = self.iterations, self.iterations.size
        if k and (iterations[0] < 0 or (np.diff(iterations) <= 0).any()):
            raise ValueError("history.iterations do not ascend; accepted: ascending, from 0 up")
        if self.costs.shape != (k,):
            raise ValueError(f"history.costs has shape {self.costs.shape}; accepted: ({k},)")
        if self.rows.shape[0] != k:
            raise ValueError(f"history.rows has shape {self.rows.shape}; accepted: ({k}, n)")
        for name in ("iterations", "costs", "rows"):
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    def to_dict(self) -> dict[str, object]:
        """Return plain numbers and lists, which ``from_dict`` takes back bit for bit."""
        return {
            "stride": self.stride,
            "iterations": self.iterations.tolist(),
            "costs": self.costs.tolist(),
            "rows": self.rows.tolist(),
        }

    @classmethod
    def from_dict(cls, given: object) -> "Entries":
        """Return the entries that ``to_dict`` described, bit for bit.

        Raises
        ------
        ValueError
            If something is missing, unknown or out of range; the message names the field.
        """
        fields = check_fields("history", given, ("stride", "iterations", "costs", "rows"))
        iterations = check_vector("history.iterations", fields["iterations"])
        if (iterations % 1 != 0).any() or (abs(iterations) > 2**53).any():
            raise ValueError("history.iterations has a fraction; accepted: whole numbers")
        rows = fields["rows"]
        if not isinstance(rows, list):
            raise ValueError(f"history.rows is {rows!r:.40}; accepted: a list of lists of numbers")
        vectors = [check_vector(f"history.rows[{i}]", row) for i, row in enumerate(rows)]
        if len({vector.size for vector in vectors}) > 1:
            raise ValueError("history.rows differ in length; accepted: rows of one length")
        return cls(
            check_count("history.stride", fields["stride"], 1),
            iterations.astype(np.int64),
            check_vector("history.costs", fields["costs"]),
            np.array(vectors) if vectors else np.zeros((0, 0)),
        )


class History:
    """The exact cost and the parameters at the iterations 0, s, 2s, …, in a bounded record.

    The stride s starts at 1 and doubles whenever the record is full, and every second entry
    is dropped: a run of any length costs the same memory, and recording costs less and less.
    What is recorded depends on the iterations alone, not on how a run was cut into slices.

    Parameters
    ----------
    capacity : int
        The most entries; 0 records nothing.  A full record of the default has 512 to 1,024, more
        than a screen shows of a curve; with 2,048 the flower in 2-4-1 tanh kept 0.74 of its speed
        over 50,000 iterations, with 1,024 it keeps 0.83.
    budget : int
        The most bytes that the parameter rows may take.  A network of n parameters has room for
        budget / 8n entries, and ``capacity`` falls to that with its first row, to 2 at least:
        64 MiB hold 1,024 rows of up to 8,192 parameters.

    Attributes
    ----------
    capacity : int
        The most entries, after the first row as few as fit the budget.
    stride : int
        The present s, a power of two.

    Raises
    ------
    ValueError
        If a number is not a whole one from 0 up, or the capacity is 1.
    """

    def __init__(self, capacity: int = 1024, budget: int = BYTES) -> None:
        self.capacity = check_integer("capacity", capacity, 0)
        if self.capacity == 1:
            raise ValueError("capacity is 1; accepted: 0 (record nothing), or 2 and more")
        self._budget = check_integer("budget", budget, 0)
        self._iterations = np.zeros(capacity, np.int64)
        self._costs = np.zeros(capacity)
        self._rows = np.zeros((0, 0))
        self.clear()

    def __len__(self) -> int:
        return self._size

    @property
    def iterations(self) -> IntArray:
        """The recorded iterations, ascending, (k,)."""
        return self._iterations[: self._size].copy()

    @property
    def costs(self) -> FloatArray:
        """The cost at each of ``iterations``, (k,)."""
        return self._costs[: self._size].copy()

    @property
    def rows(self) -> FloatArray:
        """The parameter vector at each of ``iterations``, (k, n); (k, 0) if none was recorded."""
        return self._rows[: self._size].copy() if self._rows.size else np.zeros((self._size, 0))

    def parameters_at(self, index: int) -> FloatArray:
        """Return the parameter vector of one entry, (n,); -1 is the last.

        Raises
        ------
        ValueError
            If there is no such entry, or it was recorded without parameters.
        """
        if check_integer("index", index, -MOST) not in range(-self._size, self._size):
            raise ValueError(f"index is {index}; accepted: {-self._size} to {self._size - 1}")
        if not self._rows.size:
            raise ValueError("the history holds no parameters; accepted: entries that have some")
        vector: FloatArray = self._rows[index % self._size].copy()
        return vector

    def clear(self) -> None:
        """Forget everything."""
        self.stride = 1
        self._size = 0

    def truncate(self, iteration: int) -> None:
        """Forget what was recorded after ``iteration``.

        Raises
        ------
        ValueError
            If the iteration is not a whole number from 0 up.
        """
        check_count("iteration", iteration)
        self._size = int(np.searchsorted(self._iterations[: self._size], iteration, "right"))

    def record(self, iteration: int, cost: float, vector: FloatArray | None = None) -> None:
        """Record the cost, and the parameter vector (n,), at ``iteration``.

        An entry between two strides is kept only while it is the last one.

        Raises
        ------
        ValueError
            If the iteration is no whole number from 0 up or lies before the last recorded one, the
            cost is no number, or the vector is no vector, or not as long as those before it.
        """
        check_count("iteration", iteration)
        check_real("cost", cost)
        if vector is not None and (check_array("vector", vector).ndim != 1 or not len(vector)):
            raise ValueError(f"vector has shape {np.shape(vector)}; accepted: (n,)")
        if not self.capacity:
            return
        if self._size and iteration < self._iterations[self._size - 1]:
            raise ValueError(
                f"iteration is {iteration}; accepted: {self._iterations[self._size - 1]} or later"
            )
        self._make_rows(0 if vector is None else len(vector))
        self._drop_provisional(iteration)
        while self._size >= self.capacity:
            self._thin()
        self._iterations[self._size] = iteration
        self._costs[self._size] = cost
        if vector is not None:
            self._rows[self._size] = vector
        self._size += 1

    def entries(self) -> Entries:
        """Return a copy of all that is recorded."""
        return Entries(self.stride, self.iterations, self.costs, self.rows)

    def load(self, entries: Entries) -> None:
        """Hold these entries and nothing else; too many for the capacity are thinned.

        Raises
        ------
        ValueError
            If ``entries`` are no ``Entries``; the history is left as it was.
        """
        check_instance("entries", entries, Entries)
        self.clear()
        if not self.capacity:
            return
        with_rows = entries.rows.shape[1] > 0
        self._make_rows(entries.rows.shape[1])
        self.stride = entries.stride
        for index, iteration in enumerate(entries.iterations.tolist()):
            vector = entries.rows[index] if with_rows else None
            self.record(iteration, float(entries.costs[index]), vector)

    def _make_rows(self, n: int) -> None:
        """Provide for vectors of ``n`` numbers; only an empty record may change to others."""
        if self._rows.shape[1] == n:
            return
        if self._size:
            raise ValueError(f"vector has {n} numbers; accepted: {self._rows.shape[1]} as before")
        self.capacity = max(2, min(self.capacity, self._budget // (8 * n))) if n else self.capacity
        self._rows = np.zeros((self.capacity if n else 0, n))

    def _drop_provisional(self, iteration: int) -> None:
        """Make way for ``iteration``: the same one again, or a last entry off the stride."""
        last = self._size - 1
        if last < 0:
            return
        again = self._iterations[last] == iteration
        if again or (last > 0 and self._iterations[last] % self.stride):
            self._size = last

    def _thin(self) -> None:
        """Double the stride and keep its multiples, and the first entry.

        Entries move one by one: a fancy index would copy half of the rows at once.
        """
        self.stride *= 2
        kept = 0
        for index in range(self._size):
            if index == 0 or self._iterations[index] % self.stride == 0:
                for array in (self._iterations, self._costs, self._rows):
                    if len(array):
                        array[kept] = array[index]
                kept += 1
        self._size = kept

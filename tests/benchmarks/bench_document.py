"""What an edit costs with many points, as a multiple of what it costs with few.

Sizes take turns, and each figure is the median of the rounds: a busy machine slows both.
"""

from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter

import numpy as np

from app.document.commands import AddPoints, Command, RemovePoints, move_points
from app.document.document import Document
from app.document.points import Points
from app.document.state import State

FEW, MANY, ROUNDS, EDITS = 100, 100_000, 21, 200
ONE = Points.of([[1.0], [1.0]], [1])
FIRST = np.array([0])

KINDS: dict[str, Callable[[int], Command]] = {
    "add one point": lambda _: AddPoints(ONE),
    "move one point": lambda number: move_points(FIRST, [[number], [number]]),
    "remove one point": lambda _: RemovePoints(FIRST),
}


def drawn(m: int) -> Document:
    """A document in which a stroke has already begun: its storage has room."""
    random = np.random.default_rng(m)
    points = Points.of(random.normal(size=(2, m)), random.integers(0, 2, m))
    document = Document(State(points))
    document.push(AddPoints(ONE), stroke="s")
    return document


def seconds(make: Callable[[int], Command], edits: int, m: int) -> float:
    """Return the time of one edit of a stroke."""
    document = drawn(m)
    start = perf_counter()
    for number in range(edits):
        document.push(make(number + 1), stroke="s")
    return (perf_counter() - start) / edits


def seconds_of_undo(m: int) -> float:
    """Return the time to undo one of many added points."""
    document = drawn(m)
    for _ in range(EDITS):
        document.push(AddPoints(ONE))
    start = perf_counter()
    for _ in range(EDITS):
        document.undo()
    return (perf_counter() - start) / EDITS


def report(name: str, measure: Callable[[int], float]) -> None:
    rounds = [(measure(FEW), measure(MANY)) for _ in range(ROUNDS)]
    few, many = (1e6 * median(column) for column in zip(*rounds, strict=True))
    ratio = median(many / few for few, many in rounds)
    print(f"{name:>18} {few:>10.1f} {many:>10.1f} {ratio:>8.2f}")


def main() -> None:
    print(f"{'':>18} {f'{FEW:,} µs':>10} {f'{MANY:,} µs':>10} {'ratio':>8}")
    for name, make in KINDS.items():
        edits = EDITS if name.startswith("add") else EDITS // 10
        report(name, partial(seconds, make, edits))
    report("undo one added", seconds_of_undo)


if __name__ == "__main__":
    main()

"""What some work needs and keeps of the memory, by tracemalloc.

The memory of all threads is counted, those of the test runner too, which may speak at any moment.
What the work itself needs shows every time, so the smallest of a few counts is its own.
"""

import tracemalloc
from collections.abc import Callable

COUNTS = 3


def bytes_kept_and_needed(work: Callable[[], object]) -> tuple[int, int]:
    """Return how many bytes it keeps, and how many it has at most at once, beyond those before."""
    kept, needed = zip(*(_count(work) for _ in range(COUNTS)), strict=True)
    return min(kept), min(needed)


def bytes_needed(work: Callable[[], object]) -> int:
    """Return how many bytes it has at most at once, beyond those before."""
    return bytes_kept_and_needed(work)[1]


def _count(work: Callable[[], object]) -> tuple[int, int]:
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        tracemalloc.reset_peak()
        work()
        after, peak = tracemalloc.get_traced_memory()
        return after - before, peak - before
    finally:
        tracemalloc.stop()

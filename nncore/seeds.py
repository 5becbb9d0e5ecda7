"""Where chance comes from: three independent streams from one seed.

Notes: "L-layer Neural Network" (basics, softmax, deep), which seeds the one generator that all of
NumPy shares.

The data, the initial weights and the mini-batches each have a stream of their own, the three
children of ``numpy.random.SeedSequence(seed)``.  So one seed repeats a whole experiment, and
changing the batch size, or drawing more points, never changes the initial weights.
"""

from enum import IntEnum

from numpy.random import Generator, SeedSequence, default_rng

from nncore.checks import check_integer


class Stream(IntEnum):
    """Which of the three children of the seed."""

    DATA = 0
    WEIGHTS = 1
    BATCHES = 2


def generator(seed: int, stream: Stream) -> Generator:
    """Return a fresh random generator of one stream of ``seed``."""
    return default_rng(SeedSequence(check_integer("seed", seed, 0)).spawn(3)[stream])

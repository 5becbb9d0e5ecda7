"""The example datasets: two classes in the plane, all at home on one canvas of [−5, 5]².

The flower is the planar dataset of the classroom exercise on shallow networks; moons and circles
follow the well-known shapes of that name.  ``noise`` is always a standard deviation in canvas
units, added to each coordinate (the flower's exercise adds it to the angle and to the radius).
Class 0 is drawn first, class 1 second; of an odd number class 0 gets the extra point.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import pi
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_integer, check_name, check_number
from nncore.metrics import encode_labels
from nncore.ranges import NOISE_RANGE, Range
from nncore.seeds import Stream, generator

ClassPoints = Callable[[Generator, int, int, float], FloatArray]


@dataclass(frozen=True)
class Dataset:
    """Labelled points: X (2, m), Y (1, m) targets of a network, labels (m,) class numbers."""

    X: FloatArray
    Y: FloatArray
    labels: IntArray
    n_classes: int = 2


@dataclass(frozen=True)
class DatasetRecord:
    """One example dataset; ``points(generator, label, m, noise)`` draws one class of it, (2, m)."""

    name: str
    label: str
    formula: str
    description: str
    points: ClassPoints
    noise: float = 0.2
    noise_range: Range = NOISE_RANGE


def make_dataset(name: str, m: int = 400, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Return ``m`` points of an example dataset, half of them of class 1.

    Parameters
    ----------
    name : str
        A name of ``DATASETS``.
    m : int
        Number of points, 0 or more.
    noise : float
        Standard deviation of the noise, 0 or more.
    seed : int
        The data stream of this seed is used (see ``nncore.seeds``).

    Raises
    ------
    ValueError
        For an unknown name, or a number outside what is said above.
    """
    record = DATASETS[check_name("dataset", name, DATASETS)]
    check_integer("m", m, 0)
    check_number("noise", noise)
    random = generator(seed, Stream.DATA)
    sizes = (m - m // 2, m // 2)
    X = np.hstack([record.points(random, k, size, noise) for k, size in enumerate(sizes)])
    labels = np.repeat(np.arange(2, dtype=np.int64), sizes)
    return Dataset(X, encode_labels(labels, 2), labels)


def _jitter(random: Generator, m: int, noise: float) -> FloatArray:
    return noise * random.standard_normal((2, m))


def _flower(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Petals r = 4 sin 4t; class 0 on 0 ≤ t ≤ 3.12, class 1 on 3.12 ≤ t ≤ 6.24."""
    t = np.linspace(3.12 * label, 3.12 * (label + 1), m) + noise * random.standard_normal(m)
    r = 4.0 * np.sin(4.0 * t) + noise * random.standard_normal(m)
    return np.vstack([r * np.sin(t), r * np.cos(t)])


def _moons(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two half circles of radius 2.5 that reach into each other."""
    t = np.linspace(0.0, pi, m)
    side = 1.0 - 2.0 * label
    arc = np.vstack([side * (2.5 * np.cos(t) - 1.25), side * (2.5 * np.sin(t) - 0.625)])
    return arc + _jitter(random, m, noise)


def _circles(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Class 0 on a circle of radius 4, class 1 on one of radius 2."""
    t = np.linspace(0.0, 2.0 * pi, m, endpoint=False)
    radius = 4.0 - 2.0 * label
    return radius * np.vstack([np.cos(t), np.sin(t)]) + _jitter(random, m, noise)


def _xor(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Squares of side 4 in the four quadrants; class 1 where x₁ and x₂ differ in sign."""
    X = random.uniform(0.25, 4.25, (2, m))
    X *= np.where(np.arange(m) % 2, 1.0, -1.0)
    X[0] *= 1.0 - 2.0 * label
    return X + _jitter(random, m, noise)


def _gaussians(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two round clouds of standard deviation 0.8, at (−1.8, −1.8) and (1.8, 1.8)."""
    cloud = 0.8 * random.standard_normal((2, m))
    return cloud + 1.8 * (2.0 * label - 1.0) + _jitter(random, m, noise)


def _spiral(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two arms of one and a half turns, r from 0.4 to 4.5; class 1 is class 0 turned by half."""
    s = np.linspace(0.0, 1.0, m)
    t = 3.0 * pi * s + pi * label
    r = 0.4 + 4.1 * s
    return np.vstack([r * np.cos(t), r * np.sin(t)]) + _jitter(random, m, noise)


DATASETS: Mapping[str, DatasetRecord] = MappingProxyType(
    {
        record.name: record
        for record in (
            DatasetRecord(
                "flower",
                "Flower",
                "r = 4 sin 4t",
                "The petals of the classroom exercise: no straight line comes near, four "
                "tanh units reach about 90 %.",
                _flower,
            ),
            DatasetRecord(
                "moons",
                "Moons",
                "two half circles",
                "Two half circles that reach into each other: the boundary has to bend twice.",
                _moons,
            ),
            DatasetRecord(
                "circles",
                "Circles",
                "r = 4 and r = 2",
                "A ring around a ring: three hidden units can already close a boundary around it.",
                _circles,
            ),
            DatasetRecord(
                "xor",
                "Exclusive or",
                "sign x₁ ≠ sign x₂",
                "Opposite quadrants share a class: the classic that no single unit can learn.",
                _xor,
            ),
            DatasetRecord(
                "gaussians",
                "Gaussians",
                "x ~ N(±1.8, 0.8²)",
                "Two round clouds that overlap a little: a single unit, logistic regression, "
                "is enough.",
                _gaussians,
            ),
            DatasetRecord(
                "spiral",
                "Spiral",
                "r = 0.4 + 4.1 s, t = 3πs",
                "Two arms wound around each other: wants more units or more layers, and patience.",
                _spiral,
            ),
        )
    }
)
"""name → record."""

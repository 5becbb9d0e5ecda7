"""The shapes of the example datasets: from a random generator to points, all within [−5, 5]².

A shape draws the points of one class; for a regression ``line`` and ``hill`` say what value
belongs to a place.  ``noise`` is a standard deviation in canvas units, added to each coordinate
(the flower's exercise adds it to the angle and to the radius).

Notes: "Intuition of Deep Neural Networks" (neural networks) has the parity function, which for two
inputs parts the plane as the exclusive or does.  The notes list no points; the other shapes are
common ones (see ``nncore.datasets``).
"""

from math import pi

import numpy as np
from numpy.random import Generator

from nncore.arrays import FloatArray

HALF = 4.5
"""Half the side of the square that a regression is drawn on."""


def jitter(random: Generator, m: int, noise: float) -> FloatArray:
    """Return N(0, noise²) for both coordinates, (2, m)."""
    return noise * random.standard_normal((2, m))


def flower(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Petals r = 4 sin 4t; class 0 on 0 ≤ t ≤ 3.12, class 1 on 3.12 ≤ t ≤ 6.24."""
    t = np.linspace(3.12 * label, 3.12 * (label + 1), m) + noise * random.standard_normal(m)
    r = 4.0 * np.sin(4.0 * t) + noise * random.standard_normal(m)
    return np.vstack([r * np.sin(t), r * np.cos(t)])


def moons(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two half circles of radius 2.5 that reach into each other."""
    t = np.linspace(0.0, pi, m)
    side = 1.0 - 2.0 * label
    arc = np.vstack([side * (2.5 * np.cos(t) - 1.25), side * (2.5 * np.sin(t) - 0.625)])
    return arc + jitter(random, m, noise)


def circles(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Class 0 on a circle of radius 4, class 1 on one of radius 2."""
    t = np.linspace(0.0, 2.0 * pi, m, endpoint=False)
    radius = 4.0 - 2.0 * label
    return radius * np.vstack([np.cos(t), np.sin(t)]) + jitter(random, m, noise)


def xor(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Squares of side 4 in the four quadrants; class 1 where x₁ and x₂ differ in sign."""
    X = random.uniform(0.25, 4.25, (2, m))
    X *= np.where(np.arange(m) % 2, 1.0, -1.0)
    X[0] *= 1.0 - 2.0 * label
    return X + jitter(random, m, noise)


def gaussians(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two round clouds of standard deviation 0.8, at (−1.8, −1.8) and (1.8, 1.8)."""
    cloud = 0.8 * random.standard_normal((2, m))
    return cloud + 1.8 * (2.0 * label - 1.0) + jitter(random, m, noise)


def blobs(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Round clouds of standard deviation 0.6, on the corners of a triangle 2.8 from 0."""
    t = pi / 2 + 2.0 * pi / 3 * label
    center = 2.8 * np.array([[np.cos(t)], [np.sin(t)]])
    return center + 0.6 * random.standard_normal((2, m)) + jitter(random, m, noise)


def spiral(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two arms of one and a half turns, r from 0.4 to 4.5; class 1 is class 0 turned by half."""
    return _arm(3.0 * pi, pi * label, m) + jitter(random, m, noise)


def three_arms(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Three arms of one turn, r from 0.4 to 4.5; each is the one before turned by a third."""
    return _arm(2.0 * pi, 2.0 * pi / 3 * label, m) + jitter(random, m, noise)


def _arm(turn: float, start: float, m: int) -> FloatArray:
    s = np.linspace(0.0, 1.0, m)
    t = turn * s + start
    r = 0.4 + 4.1 * s
    return np.vstack([r * np.cos(t), r * np.sin(t)])


def checkerboard(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """A board of 4 × 4 squares of side 2; class 1 on the squares whose numbers differ in parity."""
    column, row = random.integers(0, 4, m), random.integers(0, 2, m)
    corner = np.vstack([column, 2 * row + (column + label) % 2])
    return 2.0 * (corner + random.uniform(0.05, 0.95, (2, m))) - 4.0 + jitter(random, m, noise)


def separable(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Two strips on both sides of the line x₁ + 2 x₂ = 0, each between 0.8 and 3 from it."""
    side = 2.0 * label - 1.0
    along, across = random.uniform(-3.5, 3.5, m), side * random.uniform(0.8, 3.0, m)
    X: FloatArray = np.vstack([across - 2.0 * along, 2.0 * across + along]) / 5.0**0.5
    return X + jitter(random, m, noise)


def everywhere(random: Generator, label: int, m: int, noise: float) -> FloatArray:
    """Places all over a square of side 9, the same for any label."""
    places: FloatArray = random.uniform(-HALF, HALF, (2, m))
    return places + jitter(random, m, noise)


def line(X: FloatArray) -> FloatArray:
    """Return (x₁ + x₂) / 9: from −1 in one corner to 1 in the opposite one, (m,)."""
    values: FloatArray = X.sum(axis=0) / (2.0 * HALF)
    return values


def hill(X: FloatArray) -> FloatArray:
    """Return exp(−‖x‖² / 2·1.5²): 1 on the top, near 0 at the foot, (m,)."""
    values: FloatArray = np.exp(-np.square(X).sum(axis=0) / (2.0 * 1.5**2))
    return values

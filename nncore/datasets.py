"""The example datasets: points in the plane with classes or values, all on one canvas of [−5, 5]².

The flower is the planar dataset of the classroom exercise on shallow networks; the others follow
the well-known shapes of their names (how each is drawn: ``nncore.shapes``).  Classes are drawn one
after the other; of a number that cannot be shared out evenly the first ones get a point more.

Every dataset has both classes and values, so that each can serve the other task as well: classes
become evenly spaced values from −1 to 1, the points of a regression are all of class 0.  The value
of a point is that of the place where it stood before the noise moved it.

Notes: "Vectorizing Across Multiple Examples" (shallow networks) for X with examples as columns,
"softmax cross entropy loss" (basics, softmax, deep) for the one-hot Y.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.random import Generator

from nncore import shapes
from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_integer, check_name, check_number
from nncore.metrics import encode_labels
from nncore.ranges import NOISE_RANGE, Range
from nncore.seeds import Stream, generator

ClassPoints = Callable[[Generator, int, int, float], FloatArray]
Values = Callable[[FloatArray], FloatArray]


@dataclass(frozen=True)
class Dataset:
    """Points with what is to be learned of them.

    Attributes
    ----------
    X : (2, m) array
    Y : (n_y, m) array
        Targets of a network: the class (1, m), one-hot (K, m) from three classes on, or the value.
    labels : (m,) array
        Class numbers; all 0 for a regression.
    values : (m,) array
        Targets of a regression; for classes evenly spaced from −1 to 1.
    n_classes : int
        Number of classes K, at least 2.
    """

    X: FloatArray
    Y: FloatArray
    labels: IntArray
    values: FloatArray
    n_classes: int = 2


@dataclass(frozen=True)
class DatasetRecord:
    """One example dataset.

    ``points(generator, label, m, noise)`` draws one of its ``n_classes`` classes, (2, m).  In a
    regression it draws the places, and ``values(X)`` says the value of each, (m,).
    """

    name: str
    label: str
    formula: str
    description: str
    points: ClassPoints
    values: Values | None = None
    n_classes: int = 2
    noise: float = 0.2
    noise_range: Range = NOISE_RANGE

    @property
    def task(self) -> Literal["classification", "regression"]:
        """What the dataset is made for."""
        return "regression" if self.values else "classification"


def make_dataset(name: str, m: int = 400, noise: float = 0.2, seed: int = 0) -> Dataset:
    """Return ``m`` points of an example dataset, shared out evenly between its classes.

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
    if record.values:
        return _regression(record.points, record.values, random, m, noise)
    return _classification(record.points, record.n_classes, random, m, noise)


def _classification(
    points: ClassPoints, n_classes: int, random: Generator, m: int, noise: float
) -> Dataset:
    sizes = [m // n_classes + (label < m % n_classes) for label in range(n_classes)]
    X = np.hstack([points(random, label, size, noise) for label, size in enumerate(sizes)])
    labels = np.repeat(np.arange(n_classes, dtype=np.int64), sizes)
    values = 2.0 * labels / (n_classes - 1) - 1.0
    return Dataset(X, encode_labels(labels, n_classes), labels, values, n_classes)


def _regression(
    places: ClassPoints, value_at: Values, random: Generator, m: int, noise: float
) -> Dataset:
    X = places(random, 0, m, 0.0)
    values = value_at(X)
    X += shapes.jitter(random, m, noise)
    return Dataset(X, values[np.newaxis], np.zeros(m, dtype=np.int64), values)


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
                shapes.flower,
            ),
            DatasetRecord(
                "moons",
                "Moons",
                "two half circles",
                "Two half circles that reach into each other: the boundary has to bend twice.",
                shapes.moons,
            ),
            DatasetRecord(
                "circles",
                "Circles",
                "r = 4 and r = 2",
                "A ring around a ring: three hidden units can already close a boundary around it.",
                shapes.circles,
            ),
            DatasetRecord(
                "xor",
                "Exclusive or",
                "sign x₁ ≠ sign x₂",
                "Opposite quadrants share a class: the classic that no single unit can learn.",
                shapes.xor,
            ),
            DatasetRecord(
                "gaussians",
                "Gaussians",
                "x ~ N(±1.8, 0.8²)",
                "Two round clouds that overlap a little: a single unit, logistic regression, "
                "is enough.",
                shapes.gaussians,
            ),
            DatasetRecord(
                "blobs",
                "Blobs",
                "x ~ N(center, 0.6²)",
                "Three round clouds, three classes: softmax regression without a hidden layer "
                "is enough.",
                shapes.blobs,
                n_classes=3,
            ),
            DatasetRecord(
                "spiral",
                "Spiral",
                "r = 0.4 + 4.1 s, t = 3πs",
                "Two arms wound around each other: wants more units or more layers, and patience.",
                shapes.spiral,
            ),
            DatasetRecord(
                "spiral3",
                "Spiral of three arms",
                "r = 0.4 + 4.1 s, t = 2πs",
                "Three arms, three classes: the softmax output has to wind around itself.",
                shapes.three_arms,
                n_classes=3,
            ),
            DatasetRecord(
                "checkerboard",
                "Checkerboard",
                "4 × 4 squares",
                "Exclusive or sixteen times: a boundary with many corners, for a wide network.",
                shapes.checkerboard,
            ),
            DatasetRecord(
                "separable",
                "Linearly separable",
                "sign (x₁ + 2 x₂)",
                "A wide margin on both sides of a line: the weights of a single unit grow for "
                "ever, the boundary hardly moves.",
                shapes.separable,
            ),
            DatasetRecord(
                "line",
                "Noisy line",
                "v = (x₁ + x₂) / 9",
                "Regression: a value that rises steadily from corner to corner, blurred by the "
                "noise; no hidden layer is needed.",
                shapes.everywhere,
                values=shapes.line,
                noise=0.5,
            ),
            DatasetRecord(
                "hill",
                "Gaussian hill",
                "v = exp(−‖x‖² / 4.5)",
                "Regression: one round hill in a plain, which a few tanh units can build.",
                shapes.everywhere,
                values=shapes.hill,
            ),
        )
    }
)
"""name → record."""

"""Input features: what the network is given in place of the two coordinates x1 and x2.

Notes: "Neural Network Representation" (shallow networks), where the values of the input features
are the activations of layer 0, A[0]; "输入数据的预处理", standardize (basics, softmax, deep).

A straight cut through x1² and x2² is a circle through x1 and x2: with the right features even
logistic regression learns what otherwise needs a hidden layer.  Standardizing,
(value − mean) / standard deviation, keeps features of different size from needing different
learning rates; both numbers come from the training set alone and belong to the network from then
on, so that a test set, or a point of tomorrow, is shifted by what the training has seen.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.checks import check_instance, check_matrix, check_name, check_real

N_COORDINATES = 2
"""Rows of the X that features are computed from."""

CONSTANT = 1e-12
"""A feature whose values spread less than this, relative to the largest, is a constant one."""

SMALLEST = 1e-290
"""So is one whose values are all below this, where a float64 begins to lose its digits."""


@dataclass(frozen=True)
class Feature:
    """One feature: ``compute(x1, x2)`` returns its values, (m,) as both.

    ``label`` is short enough for a unit of a picture; ``formula`` says how it is computed.
    """

    name: str
    label: str
    formula: str
    compute: Callable[[FloatArray, FloatArray], FloatArray]


FEATURES: Mapping[str, Feature] = MappingProxyType(
    {
        record.name: record
        for record in (
            Feature("x1", "x₁", "x₁", lambda x1, x2: x1),
            Feature("x2", "x₂", "x₂", lambda x1, x2: x2),
            Feature("x1_squared", "x₁²", "x₁ · x₁", lambda x1, x2: x1 * x1),
            Feature("x2_squared", "x₂²", "x₂ · x₂", lambda x1, x2: x2 * x2),
            Feature("x1_x2", "x₁x₂", "x₁ · x₂", lambda x1, x2: x1 * x2),
            Feature("sin_x1", "sin x₁", "sin(x₁), x₁ in radians", lambda x1, x2: np.sin(x1)),
            Feature("sin_x2", "sin x₂", "sin(x₂), x₂ in radians", lambda x1, x2: np.sin(x2)),
        )
    }
)
"""name → record."""


@dataclass(frozen=True)
class FeatureMap:
    """Which features a network is given, and how they are standardized.

    Parameters
    ----------
    names : tuple of str
        Names of ``FEATURES``, each once, in the order of the rows of A[0].
    mean, scale : tuple of float, optional
        One number per feature: A[0] is (value − mean) / scale.  Both or neither; ``fit`` takes
        them from a training set.

    Raises
    ------
    ValueError
        For an unknown or repeated name, and for numbers that are too few, not finite, or a scale
        that is not above 0.
    """

    names: tuple[str, ...]
    mean: tuple[float, ...] | None = None
    scale: tuple[float, ...] | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", _checked_names(self.names))
        if (self.mean is None) != (self.scale is None):
            raise ValueError("mean and scale belong together; accepted: both, or neither")
        for argument in ("mean", "scale"):
            numbers = getattr(self, argument)
            if numbers is not None:
                object.__setattr__(self, argument, _checked_numbers(argument, numbers, self.n))

    @classmethod
    def fit(cls, names: Sequence[str], X: ArrayLike, standardize: bool = True) -> "FeatureMap":
        """Return the map of these features, standardized by the training set X (2, m).

        The scale is the standard deviation, 1 for a feature that is constant on X.

        Raises
        ------
        ValueError
            As the class and ``apply``, and if X has no examples.
        """
        plain = cls(_checked_names(names))
        if not check_instance("standardize", standardize, bool):
            return plain
        values = plain.apply(X)
        if values.shape[1] == 0:
            raise ValueError("X has no examples; accepted for standardizing: 1 column or more")
        mean, scale = _moments(values)
        return cls(plain.names, tuple(mean.tolist()), tuple(scale.tolist()))

    @property
    def n(self) -> int:
        """Number of features: the inputs n_x of the network."""
        return len(self.names)

    def apply(self, X: ArrayLike) -> FloatArray:
        """Return A[0], (n, m): the features of the examples X (2, m).

        Raises
        ------
        ValueError
            If X is not a finite (2, m) array, or a feature of it is beyond a float64.
        """
        values = self.compute(check_matrix("X", X, N_COORDINATES))
        finite = np.isfinite(values)
        if not finite.all():
            row, column = np.argwhere(~finite)[0]
            raise ValueError(
                f"X has a value too large for the feature {self.names[row]} in column {column}; "
                "accepted: values whose features are finite"
            )
        return values

    def compute(self, X: FloatArray) -> FloatArray:
        """Return A[0] (n, m) without a look at X (2, m); what a float64 cannot hold is infinite."""
        x1, x2 = X.astype(np.float64)
        with np.errstate(all="ignore"):
            values: FloatArray = np.array([FEATURES[name].compute(x1, x2) for name in self.names])
            if self.mean is not None and self.scale is not None:
                values -= np.array(self.mean)[:, np.newaxis]
                values /= np.array(self.scale)[:, np.newaxis]
        return values


def _moments(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of each row, 1 for a row that is constant.

    They are computed near 1, a power of two away: the squares of 1e-160 are 0, of 1e160 infinite.
    """
    largest = np.abs(values).max(axis=1)
    exponents = np.frexp(largest)[1]
    near_one = np.ldexp(values, -exponents[:, np.newaxis])
    mean, scale = near_one.mean(axis=1), near_one.std(axis=1)
    constant = (scale <= CONSTANT * np.abs(near_one).max(axis=1)) | (largest < SMALLEST)
    return np.ldexp(mean, exponents), np.where(constant, 1.0, np.ldexp(scale, exponents))


def _checked_names(given: object) -> tuple[str, ...]:
    names = tuple(given) if isinstance(given, tuple | list) else ()
    if not names or len(names) > len(FEATURES):
        raise ValueError(f"features are {given!r}; accepted: names of {', '.join(FEATURES)}")
    for position, name in enumerate(names):
        check_name(f"features[{position}]", name, FEATURES)
        if name in names[:position]:
            raise ValueError(f"features[{position}] is {name!r} again; accepted: each name once")
    return names


def _checked_numbers(argument: str, given: object, n: int) -> tuple[float, ...]:
    numbers = tuple(given) if isinstance(given, tuple | list) else ()
    if len(numbers) != n:
        raise ValueError(f"{argument} has {len(numbers)} numbers; accepted: one per feature ({n})")
    wanted = "a finite number above 0" if argument == "scale" else "a finite number"
    for position, number in enumerate(numbers):
        value = check_real(f"{argument}[{position}]", number)
        if not isfinite(value) or (argument == "scale" and value <= 0):
            raise ValueError(f"{argument}[{position}] is {number!r}; accepted: {wanted}")
    return tuple(map(float, numbers))

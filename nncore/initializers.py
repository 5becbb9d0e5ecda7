"""How the initial weights W[l] are drawn; the initial biases are zero.

Notes: "Random Initialization" (shallow networks), "Initialization Techniques" (neural networks).
n[l−1] is the number of inputs of a layer (fan-in), n[l] the number of its units (fan-out).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from nncore.arrays import FloatArray
from nncore.checks import check_name, check_number
from nncore.config import NetworkConfig
from nncore.parameters import Parameters
from nncore.seeds import Stream, generator

Draw = Callable[[Generator, tuple[int, int], float], FloatArray]


@dataclass(frozen=True)
class Initializer:
    """One way to draw W[l]: ``draw(generator, (n[l], n[l−1]), scale)``.

    ``scale`` is the default of the option of that name: the factor in front of the draw.
    """

    name: str
    label: str
    formula: str
    description: str
    draw: Draw
    scale: float = 1.0


def initialize_parameters(
    network: NetworkConfig, initializer: str = "xavier", seed: int = 0, **options: float
) -> Parameters:
    """Return the initial parameters: W[l] as the initializer says, b[l] = 0.

    Parameters
    ----------
    network : NetworkConfig
    initializer : str
        A name of ``INITIALIZERS``.
    seed : int
        The weights stream of this seed is used (see ``nncore.seeds``).
    **options : float
        ``scale``: the factor in front of the draw, instead of the initializer's own.

    Raises
    ------
    ValueError
        For an unknown initializer or option, or a seed that is not a whole number from 0 up.
    """
    record = INITIALIZERS[check_name("initializer", initializer, INITIALIZERS)]
    for option in options:
        check_name("initializer option", option, ("scale",))
    scale = check_number("scale", options.get("scale", record.scale))
    random = generator(seed, Stream.WEIGHTS)
    parameters = Parameters.zeros(network.layer_dims)
    for W in parameters.W:
        W[:] = record.draw(random, W.shape, scale)
    return parameters


def _constant(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    return np.full(shape, scale)


def _gaussian(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    return scale * random.standard_normal(shape)


def _uniform_positive(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    return scale * random.random(shape)


def _xavier(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    """X. Glorot and Y. Bengio (2010), forward condition alone; also LeCun et al. (1998)."""
    return scale * sqrt(1 / shape[1]) * random.standard_normal(shape)


def _glorot(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    """X. Glorot and Y. Bengio (2010), equation 16 as a Gaussian."""
    return scale * sqrt(2 / (shape[0] + shape[1])) * random.standard_normal(shape)


def _he(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    """K. He et al. (2015), equation 10: also called Kaiming initialization."""
    return scale * sqrt(2 / shape[1]) * random.standard_normal(shape)


INITIALIZERS: Mapping[str, Initializer] = MappingProxyType(
    {
        record.name: record
        for record in (
            Initializer(
                "zeros",
                "Zeros",
                "W = 0",
                "All units of a layer start identical and stay so: the symmetry is never broken.",
                _constant,
                0.0,
            ),
            Initializer(
                "constant",
                "Constant",
                "W = ½",
                "Every weight the same: the hidden units learn, but all learn the same thing.",
                _constant,
                0.5,
            ),
            Initializer(
                "small_random",
                "Small random",
                "W = 0.01 · randn",
                "Small Gaussian weights: they break the symmetry and keep tanh and sigmoid "
                "units away from their flat parts.",
                _gaussian,
                0.01,
            ),
            Initializer(
                "large_random",
                "Large random",
                "W = 10 · randn",
                "Large Gaussian weights: tanh and sigmoid units start saturated and learn slowly.",
                _gaussian,
                10.0,
            ),
            Initializer(
                "uniform_positive",
                "Uniform, positive only",
                "W = rand",
                "The classic slip of rand for randn: all weights are positive, so all units "
                "start out leaning the same way.",
                _uniform_positive,
            ),
            Initializer(
                "xavier",
                "Xavier",
                "W = √(1 / n[l−1]) · randn",
                "Keeps the variance from layer to layer for tanh units.",
                _xavier,
            ),
            Initializer(
                "glorot",
                "Glorot",
                "W = √(2 / (n[l−1] + n[l])) · randn",
                "Xavier's compromise between keeping the variance forward and backward.",
                _glorot,
            ),
            Initializer(
                "he",
                "He",
                "W = √(2 / n[l−1]) · randn",
                "Twice Xavier's variance, because a ReLU cuts half of its inputs to zero.",
                _he,
            ),
        )
    }
)
"""name → record."""

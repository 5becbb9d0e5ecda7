"""How the initial weights W[l] are drawn; the initial biases are all the same number, usually 0.

Notes: "Random Initialization" (shallow networks), "Initialization Techniques" (neural networks).
n[l−1] is the number of inputs of a layer (fan-in), n[l] the number of its units (fan-out).

LeCun's variance, 1/n[l−1], is that of our Xavier (the name that the notes give to the forward
condition); LeCun is the uniform draw and Xavier the Gaussian one, so the same seed gives other
weights.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

import numpy as np
from numpy.random import Generator

from nncore.arrays import FloatArray
from nncore.checks import check_finite, check_instance, check_name, check_number
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
    network: NetworkConfig,
    initializer: str | Parameters = "xavier",
    seed: int = 0,
    **options: float,
) -> Parameters:
    """Return the initial parameters: W[l] as the initializer says, b[l] constant.

    Parameters
    ----------
    network : NetworkConfig
    initializer : str or Parameters
        A name of ``INITIALIZERS``; or exactly these weights and biases, which are copied.
    seed : int
        The weights stream of this seed is used (see ``nncore.seeds``).
    **options : float
        ``scale``: the factor in front of the draw, instead of the initializer's own; ``bias``:
        the initial b[l] of every unit, 0 unless given.  Given weights take neither.

    Raises
    ------
    ValueError
        For an unknown initializer or option, a seed that is not a whole number from 0 up, or
        given weights that are not finite or belong to another network.
    """
    check_instance("network", network, NetworkConfig)
    if isinstance(initializer, Parameters):
        return _copied(network, initializer, options)
    record = INITIALIZERS[check_name("initializer", initializer, INITIALIZERS)]
    for option in options:
        check_name("initializer option", option, ("scale", "bias"))
    scale = check_number("scale", options.get("scale", record.scale))
    bias = check_finite("bias", options.get("bias", 0.0))
    random = generator(seed, Stream.WEIGHTS)
    parameters = Parameters.zeros(network.layer_dims)
    for W, b in zip(parameters.W, parameters.b, strict=True):
        W[:] = record.draw(random, W.shape, scale)
        b[:] = bias
    return parameters


def _copied(network: NetworkConfig, given: Parameters, options: Mapping[str, float]) -> Parameters:
    if options:
        raise ValueError(f"{next(iter(options))} is given; accepted with given weights: no option")
    network.check_fit(given)
    return Parameters.from_layers(given.W, given.b)


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


def _lecun(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    """Y. LeCun et al. (1998), Efficient BackProp, section 4.6: the variance 1/n[l−1]."""
    limit = scale * sqrt(3 / shape[1])
    return random.uniform(-limit, limit, shape)


def _orthogonal(random: Generator, shape: tuple[int, int], scale: float) -> FloatArray:
    """A. Saxe et al. (2014): the shorter of rows and columns are orthonormal.

    Q of a Gaussian matrix is not uniform among the orthogonal ones until R has a positive
    diagonal (F. Mezzadri, 2007).
    """
    q, r = np.linalg.qr(random.standard_normal((max(shape), min(shape))))
    q *= np.sign(np.diagonal(r))
    return scale * (q if shape[0] >= shape[1] else q.T)


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
            Initializer(
                "lecun",
                "LeCun",
                "W = √(3 / n[l−1]) · (2 rand − 1)",
                "Uniform weights with Xavier's variance: the oldest of these recipes.",
                _lecun,
            ),
            Initializer(
                "orthogonal",
                "Orthogonal",
                "W = Q of QR = randn",
                "Perpendicular weight vectors of length 1: a square layer turns its input and "
                "changes no length.",
                _orthogonal,
            ),
        )
    }
)
"""name → record."""

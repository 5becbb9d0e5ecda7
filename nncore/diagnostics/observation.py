"""What a diagnosis looks at: a network, what it has learned, and what became of it on the way.

Notes: "Implementation of DL" (deep-learning course) for the cache of forward propagation, "How
Gradient Descent works in optimization?" (neural networks) for the cost on its way down.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray, IntArray
from nncore.checks import check_instance, check_integer
from nncore.config import NetworkConfig
from nncore.diagnostics.curve import cost_trend
from nncore.diagnostics.steps import may_creep
from nncore.divergence import Divergence
from nncore.parameters import Parameters
from nncore.propagation import (
    Cache,
    backward_propagation,
    check_examples,
    class_numbers,
    forward_propagation,
)
from nncore.training import Trainer

EXAMPLES = 2000
"""More examples than these are thinned evenly: a diagnosis stays as quick, and as good."""


@dataclass(frozen=True, eq=False)
class Observation:
    """One look at a run.

    Attributes
    ----------
    network, parameters
        The network and its weights.
    cache : Cache
        Forward propagation of the training set, or of an even part of it.
    Y : (n_y, m) array
        The targets of the same examples.
    labels : (m,) array
        The class numbers of the whole training set.
    iterations, costs : (k,) arrays
        The recent history; empty if there is none.
    mini_batches : bool
        Whether an iteration sees a part of the examples, so that the cost is noisy.
    divergence : Divergence or None
        Why the training stopped, if it did.
    learning_rate : float
        α of the next update; 0 if unknown.
    slope : float
        ‖∇J‖², the squared length of the gradient over the same examples; 0 where it is not asked
        for, because the cost does not creep.
    start : Parameters or None
        The initial weights, where the history still has them.
    """

    network: NetworkConfig
    parameters: Parameters
    cache: Cache
    Y: FloatArray
    labels: IntArray
    iterations: IntArray = field(default_factory=lambda: np.empty(0, np.int64))
    costs: FloatArray = field(default_factory=lambda: np.empty(0))
    mini_batches: bool = False
    divergence: Divergence | None = None
    learning_rate: float = 0.0
    slope: float = 0.0
    start: Parameters | None = None


def observe(trainer: Trainer, X: ArrayLike, Y: ArrayLike, since: int = 0) -> Observation:
    """Look at a trainer and its training set X (n_x, m), Y (n_y, m).

    Parameters
    ----------
    since : int
        The history before this iteration is left out: give the last one at which the examples
        or the learning rate were changed, so that a jump of the cost is not taken for a trend.

    Raises
    ------
    ValueError
        If an array does not fit the network, or there is no example.
    """
    check_instance("trainer", trainer, Trainer)
    examples, targets = check_examples(X, Y, trainer.parameters, trainer.network)
    stride = -(-examples.shape[1] // EXAMPLES)
    X, Y = examples[:, ::stride], targets[:, ::stride]
    iterations, costs = trainer.history.iterations, trainer.history.costs
    recent = int(np.searchsorted(iterations, check_integer("since", since, 0)))
    creeps = may_creep(cost_trend(iterations[recent:], costs[recent:]))
    return Observation(
        network=trainer.network,
        parameters=trainer.parameters,
        cache=forward_propagation(X, trainer.parameters, trainer.network),
        Y=Y,
        labels=class_numbers(targets, 0.5),
        iterations=iterations[recent:],
        costs=costs[recent:],
        mini_batches=(trainer.training.batch_size or examples.shape[1]) < examples.shape[1],
        divergence=trainer.divergence,
        learning_rate=trainer.current_learning_rate,
        slope=_slope(trainer, X, Y, stride) if creeps else 0.0,
        start=_start(trainer),
    )


def _slope(trainer: Trainer, X: FloatArray, Y: FloatArray, stride: int) -> float:
    # The penalty is divided by the number of examples, of which only one in ``stride`` is here.
    l1, l2 = trainer.training.l1 / stride, trainer.training.l2 / stride
    gradient = backward_propagation(X, Y, trainer.parameters, trainer.network, l1, l2).vector
    with np.errstate(all="ignore"):
        slope = float(gradient @ gradient)
    return slope if np.isfinite(slope) else 0.0


def _start(trainer: Trainer) -> Parameters | None:
    history = trainer.history
    if trainer.iteration == 0:
        return trainer.parameters
    if not len(history) or history.iterations[0] != 0:
        return None
    return Parameters(trainer.network.layer_dims, history.parameters_at(0))

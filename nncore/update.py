"""The second half of an iteration: from the summed gradient to the update of the parameters.

Notes: "Gradient Descent for Neural Networks" (shallow networks).  Clipping: Pascanu, Mikolov and
Bengio (2013), On the difficulty of training recurrent neural networks, algorithm 1.

The gradient arrives as the sum over the examples.  Gradient descent and the two kinds of momentum
only ever multiply it by the learning rate, and take α/m; the others need the mean itself, for one
more call.  A constant learning rate and no clipping leave no call behind.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np

from nncore.arrays import FloatArray, constant
from nncore.config import NetworkConfig, TrainingConfig
from nncore.optimizer_state import OptimizerState
from nncore.optimizers import OPTIMIZERS, Terms
from nncore.parameters import Parameters
from nncore.schedules import SCHEDULES
from nncore.tape import Step


@dataclass(frozen=True)
class Learner:
    """What learns, and how: all that the iterations of one run share except the examples.

    ``theta`` and ``memory`` are updated in place; ``clock`` is the 0-d number of the iteration,
    which only a schedule reads and advances.
    """

    network: NetworkConfig
    training: TrainingConfig
    theta: Parameters
    memory: OptimizerState
    clock: FloatArray

    @classmethod
    def start(
        cls, network: NetworkConfig, training: TrainingConfig, theta: Parameters
    ) -> "Learner":
        """Return a learner before its first iteration."""
        slots = OPTIMIZERS[training.optimizer].slots
        memory = OptimizerState.zeros(slots, theta.vector)
        return cls(network, training, theta, memory, np.zeros(()))

    def under(self, training: TrainingConfig) -> "Learner":
        """Return the same learner under other settings.

        Another optimizer takes over the slots that both have.
        """
        if training.optimizer == self.training.optimizer:
            return replace(self, training=training)
        changed = Learner.start(self.network, training, self.theta)
        changed.memory.load(self.memory)
        return changed


def record_update(learner: Learner, summed: Parameters, m: int, rate: FloatArray) -> list[Step]:
    """θ := θ − …, from ``summed``, the gradient's sum over ``m`` examples.

    ``rate`` is the 0-d array α (α/m for an optimizer that takes the sum): a new learning rate is
    one number written into it.
    """
    training = learner.training
    optimizer = OPTIMIZERS[training.optimizer]
    steps = []
    if training.clip_norm is not None:
        steps.append(clipping_step(summed.vector, training.clip_norm, m))
    gradient = summed.vector
    if not optimizer.takes_sum:
        gradient = np.empty_like(gradient)
        steps.append(_mean_step(summed.vector, gradient, m))
    if training.schedule != "constant":
        scheduled = np.empty_like(rate)
        steps.append(_schedule_step(learner, rate, scheduled))
        rate = scheduled
    names = ("m·dθ", "α/m") if optimizer.takes_sum else ("dθ", "α")
    theta, memory = learner.theta.vector, learner.memory
    arrays = {"θ": theta, **memory.slots}
    steps.append(
        Step(
            ", ".join(arrays),
            optimizer.formula,
            {**arrays, names[0]: gradient, names[1]: rate},
            arrays,
            tuple(optimizer.update(Terms(theta, gradient, rate, memory, training))),
        )
    )
    return steps


def clipping_step(summed: FloatArray, clip_norm: float, m: int) -> Step:
    """m·dθ := m·dθ min(1, c/‖dθ‖), for ``summed`` (n,), the sum over ``m`` examples.

    The numbers are divided by the largest before they are squared, so that gradients up to the
    range of float64 are clipped, not lost; one that is not finite is left for the trainer to find.
    """
    scaled = np.empty_like(summed)
    largest, norm, factor = (np.empty_like(summed[:1]) for _ in range(3))
    limit, one = constant(clip_norm * m, summed), constant(1.0, summed)
    smallest = constant(float(np.finfo(summed.dtype).tiny), summed)
    return Step(
        "m·dθ",
        "m·dθ := m·dθ min(1, c/‖dθ‖)",
        {"m·dθ": summed},
        {"m·dθ": summed},
        (
            (np.abs, (summed, scaled)),
            (np.maximum.reduce, (scaled, -1, None, largest, True)),
            (partial(np.maximum, largest, smallest, out=largest), ()),
            (np.divide, (scaled, largest, scaled)),
            (np.multiply, (scaled, scaled, scaled)),
            (np.add.reduce, (scaled, -1, None, norm, True)),
            (np.sqrt, (norm, norm)),
            # c m / largest first: largest times norm may be beyond the range of the numbers.
            (np.divide, (limit, largest, factor)),
            (np.divide, (factor, norm, factor)),
            (np.fmin, (factor, one, factor)),
            (np.multiply, (summed, factor, summed)),
        ),
    )


def _mean_step(summed: FloatArray, mean: FloatArray, m: int) -> Step:
    return Step(
        "dθ",
        "dθ = (1/m) m·dθ",
        {"m·dθ": summed},
        {"dθ": mean},
        ((np.multiply, (summed, constant(1.0 / m, summed), mean)),),
    )


def _schedule_step(learner: Learner, rate: FloatArray, scheduled: FloatArray) -> Step:
    training, clock, share = learner.training, learner.clock, np.ones(())
    schedule = SCHEDULES[training.schedule]
    calls = schedule.record(clock, share, training.schedule_period, training.schedule_factor)
    return Step(
        "αₜ, t",
        schedule.formula,
        {"α": rate, "t": clock},
        {"αₜ": scheduled, "t": clock},
        (
            *calls,
            (np.multiply, (rate, share, scheduled)),
            (np.add, (clock, constant(1.0, clock), clock)),
        ),
    )

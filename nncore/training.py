"""The trainer: repeats the recorded iteration, watches over the numbers, keeps the cost curve.

Notes: "Gradient Descent for Neural Networks" (shallow networks).

Checking every iteration for numbers that overflowed would cost a quarter of the speed of a small
network.  So the trainer keeps a checkpoint of at most ``CHECK_EVERY`` iterations ago and looks
only there: a parameter that is once not finite stays so.  When one is found, it goes back to the
checkpoint and repeats the way with a check at each step, to the exact iteration.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from nncore.arrays import FloatArray
from nncore.batches import Batches, FullBatch, MiniBatches
from nncore.checks import check_integer
from nncore.config import NetworkConfig, TrainingConfig
from nncore.costs import data_cost, penalty
from nncore.divergence import Divergence, explain, overflowed
from nncore.history import History
from nncore.minibatches import Place
from nncore.parameters import Parameters
from nncore.propagation import backward_propagation, check_examples, check_inputs
from nncore.seeds import Stream, generator
from nncore.tape import Tape, Workspace, record_forward

CHECK_EVERY = 256
"""Iterations between two checkpoints."""


@dataclass(frozen=True)
class Checkpoint:
    """All that an iteration depends on."""

    iteration: int
    vector: FloatArray
    place: Place | None


class Trainer:
    """Trains one network; data and settings may change at any time, the weights survive.

    Parameters
    ----------
    network : NetworkConfig
    training : TrainingConfig
    parameters : Parameters
        The initial weights; the trainer works on a copy.
    X, Y : (n_x, m) and (n_y, m) arrays
        The training set, m ≥ 1.
    seed : int
        The mini-batch stream of this seed is used (see ``nncore.seeds``).
    history : History, optional
        Where the cost curve goes; ``History(capacity=0)`` for none.

    Attributes
    ----------
    iteration : int
        How many updates were made.
    parameters : Parameters
        The current weights: live, so copy them to keep them.  Change them with
        ``set_parameters``.
    divergence : Divergence or None
        Why the training stopped, if it did.

    Raises
    ------
    ValueError
        If an array does not fit the network, or the training set is empty.
    """

    def __init__(  # noqa: PLR0913
        self,
        network: NetworkConfig,
        training: TrainingConfig,
        parameters: Parameters,
        X: ArrayLike,
        Y: ArrayLike,
        seed: int = 0,
        history: History | None = None,
    ) -> None:
        self.network = network
        self.training = training
        self.iteration = 0
        self.parameters = _checked(parameters).copy()
        self.divergence: Divergence | None = None
        self.history = History() if history is None else history
        self._random = generator(seed, Stream.BATCHES)
        self.set_data(X, Y)

    def run(self, iterations: int) -> None:
        """Make that many updates, fewer if the training diverges.

        ``run(10)`` is bit for bit the same as ``run(3)`` and ``run(7)``, with or without a
        history.
        """
        target = self.iteration + check_integer("iterations", iterations, 0)
        with np.errstate(all="ignore"):
            self._record()
            while self.iteration < target and self.divergence is None:
                self._advance(min(target, self._next_stop()))

    def cost(self) -> float:
        """Return the exact cost J of the current weights on the whole training set."""
        with np.errstate(all="ignore"):
            self._forward.replay()
        loss = data_cost(self._work.Z[-1], self._work.Y, self.network)
        return loss + penalty(self.parameters, self.training.l1, self.training.l2, self._work.m)

    def gradients(self) -> Parameters:
        """Return the gradient of ``cost()``, over the whole training set."""
        return backward_propagation(
            self._work.A[0],
            self._work.Y,
            self.parameters,
            self.network,
            self.training.l1,
            self.training.l2,
        )

    def set_data(self, X: ArrayLike, Y: ArrayLike) -> None:
        """Train on other examples from the next iteration on; a new epoch begins."""
        examples, targets = check_examples(X, Y, self.parameters, self.network)
        self._work = Workspace(self.network, examples.shape[1])
        self._work.load(examples, targets)
        self._forward = Tape(record_forward(self.network, self.parameters, self._work))
        self._record_iteration()

    def set_training(self, training: TrainingConfig) -> None:
        """Train with other settings from the next iteration on.

        A new learning rate is one number on the tape; anything else begins a new epoch.
        """
        before, self.training = self.training, training
        if replace(before, learning_rate=training.learning_rate) == training:
            self._batches.set_learning_rate(training.learning_rate)
            self._continue()
        else:
            self._record_iteration()

    def set_parameters(self, parameters: Parameters) -> None:
        """Continue from other weights (copied)."""
        check_inputs(self._work.A[0], _checked(parameters), self.network)
        self.parameters.vector[:] = parameters.vector
        self._continue()

    def _record_iteration(self) -> None:
        parts = (self.network, self.training, self.parameters, self._work)
        batch_size = self.training.batch_size
        self._batches: Batches = (
            FullBatch(*parts)
            if batch_size is None or batch_size >= self._work.m
            else MiniBatches(*parts, self._random)
        )
        self._continue()

    def _continue(self) -> None:
        self.divergence = None
        self._checkpoint = self._state()

    def _state(self) -> Checkpoint:
        return Checkpoint(self.iteration, self.parameters.vector.copy(), self._batches.place())

    def _go_back(self, state: Checkpoint) -> None:
        self.iteration = state.iteration
        self.parameters.vector[:] = state.vector
        self._batches.go_to(state.place)

    def _next_stop(self) -> int:
        """Return the next iteration at which something is checked or recorded."""
        strides = [CHECK_EVERY]
        if self.history.capacity:
            strides.append(self._recording_stride())
        return self.iteration + min(stride - self.iteration % stride for stride in strides)

    def _recording_stride(self) -> int:
        """Return the history's stride, but at least an epoch: both are powers of two."""
        epoch = -(-self._work.m // self._batches.size)
        return max(self.history.stride, 1 << (epoch - 1).bit_length())

    def _advance(self, stop: int) -> None:
        """Run to ``stop``, which is at most one checkpoint ahead."""
        self._batches.run(stop - self.iteration)
        self.iteration = stop
        if not (self._is_finite() and self._record()):
            self._find_divergence(stop)
        elif stop % CHECK_EVERY == 0:
            self._checkpoint = self._state()

    def _is_finite(self) -> bool:
        """Say whether the parameters, and every so often the logits, are finite.

        Logits can overflow for a moment without a trace in the parameters: so they are looked at
        on fixed iterations, and what is found never depends on how a run is cut into slices.
        """
        at_checkpoint = self.iteration % CHECK_EVERY == 0
        logits = self._batches.last.work.Z[-1]
        return bool(
            np.isfinite(self.parameters.vector).all()
            and not (at_checkpoint and not np.isfinite(logits).all())
        )

    def _record(self) -> bool:
        """Record the cost where it is due; say whether it is finite."""
        if not self.history.capacity or self.iteration % self._recording_stride():
            return True
        cost = self.cost()
        self.history.record(self.iteration, cost)
        return bool(np.isfinite(cost))

    def _find_divergence(self, stop: int) -> None:
        """Repeat the way from the checkpoint with a look at every number after each step."""
        self._go_back(self._checkpoint)
        while self.iteration < stop and self.divergence is None:
            before = self._state()
            self._batches.run(1)
            self.iteration += 1
            what = overflowed(self.parameters, self._batches.last, self.cost())
            if what is not None:
                failed = self.iteration
                self._go_back(before)
                self.history.truncate(self.iteration)
                self.divergence = explain(
                    what, failed, self.training.learning_rate, self.parameters
                )


def _checked(parameters: Parameters) -> Parameters:
    if not np.isfinite(parameters.vector).all():
        raise ValueError("parameters contain a value that is not finite; accepted: finite numbers")
    return parameters

"""The trainer: repeats the recorded iteration, watches over the numbers, keeps the cost curve.

Notes: "Gradient Descent for Neural Networks" (shallow networks).

Checking every iteration for numbers that overflowed would cost a quarter of the speed of a small
network.  So the trainer keeps a checkpoint of at most ``CHECK_EVERY`` iterations ago and looks
only there: a parameter that is once not finite stays so.  When one is found, it goes back to the
checkpoint and repeats the way with a check at each step, to the exact iteration.  A checkpoint is
a ``TrainerState``, the same record that ``state`` returns and ``restore`` takes over.
"""

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike

from nncore.batches import Batches, FullBatch, MiniBatches, record_gradient
from nncore.checks import check_instance, check_integer
from nncore.config import NetworkConfig, TrainingConfig
from nncore.costs import CostParts, penalty
from nncore.divergence import Divergence, explain, logits_surely_finite, overflowed
from nncore.history import History
from nncore.parameters import Parameters
from nncore.propagation import check_examples
from nncore.seeds import Stream, generator
from nncore.tape import Tape
from nncore.tiles import CostEvaluator, TrainingSet
from nncore.trainer_state import TrainerState
from nncore.update import Learner

CHECK_EVERY = 256
"""Iterations between two checkpoints."""


class Trainer:
    """Trains one network; data and settings may change at any time, the weights survive.

    So does what the optimizer remembers: it is kept when settings or data change, and another
    optimizer keeps the slots that both have.  Other weights begin with an empty memory.

    Parameters
    ----------
    network, training : NetworkConfig and TrainingConfig
    parameters : Parameters
        The initial weights; the trainer works on a copy.
    X, Y : (n_x, m) and (n_y, m) arrays
        The training set, m ≥ 1; its features are computed once.
    seed : int
        The mini-batch stream of this seed is used (see ``nncore.seeds``).
    history : History, optional
        Where costs and parameters are recorded, at its stride and once an epoch at most;
        ``History(capacity=0)`` for nowhere.

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
        If something is of another kind, does not fit the network, or there is no example.
    """

    def __init__(
        self,
        network: NetworkConfig,
        training: TrainingConfig,
        parameters: Parameters,
        X: ArrayLike,
        Y: ArrayLike,
        seed: int = 0,
        history: History | None = None,
    ) -> None:
        self.network = check_instance("network", network, NetworkConfig)
        check_instance("training", training, TrainingConfig)
        self.iteration = 0
        self.parameters = network.check_fit(parameters).check_finite().to_float64()
        self.divergence: Divergence | None = None
        self.history = History() if history is None else check_instance("history", history, History)
        self._random = generator(seed, Stream.BATCHES)
        self._learner = Learner.start(network, training, self.parameters)
        self.set_data(X, Y)

    @property
    def training(self) -> TrainingConfig:
        """The present settings; change them with ``set_training``."""
        return self._learner.training

    @property
    def current_learning_rate(self) -> float:
        """αₜ, the learning rate of the next update."""
        return self.training.learning_rate_at(self.iteration)

    def run(self, iterations: int) -> None:
        """Make that many updates, fewer if the training diverges.

        ``run(10)`` is bit for bit ``run(3)`` and then ``run(7)``, with or without a history.  (But
        a cost that overflows for a moment, and leaves no trace in the parameters, stops the run
        where it is recorded, and goes unseen between two checks without a history.)

        Raises
        ------
        ValueError
            If ``iterations`` is not a whole number from 0 up.
        """
        target = self.iteration + check_integer("iterations", iterations, 0)
        with np.errstate(all="ignore"):
            self._record()
            while self.iteration < target and self.divergence is None:
                self._advance(min(target, self._next_stop()))

    def cost(self) -> float:
        """Return the exact cost J of the current weights on the whole training set."""
        with np.errstate(all="ignore"):
            loss = self._evaluator.data_cost()
        penalties = (self.training.l1, self.training.l2, self._data.m)
        return CostParts(loss, penalty(self.parameters, *penalties)).total

    def gradients(self) -> Parameters:
        """Return the gradient of ``cost()``, over the whole training set."""
        gradient = Parameters.zeros(self.network.layer_dims)
        with np.errstate(all="ignore"):
            Tape(record_gradient(self._learner, self._data.tiles, gradient, self._data.m)).replay()
        gradient.vector /= self._data.m
        return gradient

    def set_data(self, X: ArrayLike, Y: ArrayLike) -> None:
        """Train on other examples from the next iteration on; a new epoch begins.

        X (n_x, m) and Y (n_y, m) are copied.  Raises ValueError as ``Trainer``.
        """
        examples, targets = check_examples(X, Y, self.parameters, self.network)
        self._data = TrainingSet(self.network, examples, targets)
        self._evaluator = CostEvaluator(self.network, self.parameters, self._data)
        self._record_iteration()

    def set_training(self, training: TrainingConfig) -> None:
        """Train with other settings from the next iteration on.

        The epoch goes on, unless the batch size changes.  Raises ValueError as ``Trainer``.
        """
        check_instance("training", training, TrainingConfig)
        before, self._learner = self.training, self._learner.under(training)
        if replace(before, learning_rate=training.learning_rate) == training:
            self._batches.set_learning_rate(training.learning_rate)
            self._continue()
            return
        size, place = self._batches.size, self._batches.place()
        self._record_iteration()
        if self._batches.size == size:
            self._batches.go_to(place)
            self._continue()

    def set_parameters(self, parameters: Parameters) -> None:
        """Continue from other weights (copied); the optimizer remembers nothing of the old ones.

        Raises ValueError as ``Trainer``.
        """
        self.parameters.vector[:] = self.network.check_fit(parameters).check_finite().vector
        self._learner.memory.clear()
        self._continue()

    def state(self, *, with_history: bool = True) -> TrainerState:
        """Return all that the rest of the run depends on, and the history, as copies.

        Taken over by ``restore``, in this trainer or in another one with the same network, data
        and settings, the run continues bit for bit as it would have here.
        """
        history = self.history.entries() if with_history else None
        return replace(self._checkpoint_now(), history=history)

    def restore(self, state: TrainerState) -> None:
        """Continue from ``state``.

        The settings of this trainer apply: if its optimizer is another one than that of the
        state, it takes over the slots that both have.

        Raises
        ------
        ValueError
            If the state is of another architecture, or its place in the epoch does not fit the
            number of points and the batch size; the trainer is left as it was.  That activations,
            output and data are the same is for the caller to know.
        """
        check_instance("state", state, TrainerState)
        state.check(self.network, self._data.m, self.training.batch_size)
        self._go_back(state)
        if state.history is None:
            self.history.truncate(self.iteration)
        else:
            self.history.load(state.history)
        self._continue()

    def _record_iteration(self) -> None:
        size = self.training.batch_size
        self._batches: Batches = (
            FullBatch(self._learner, self._data, self._random)
            if size is None or size >= self._data.m
            else MiniBatches(self._learner, self._data, size, self._random)
        )
        self._continue()

    def _continue(self) -> None:
        self.divergence = None
        self._checkpoint = self._checkpoint_now()

    def _checkpoint_now(self) -> TrainerState:
        return TrainerState(
            self.iteration,
            self.network.layer_dims,
            self.parameters.vector.copy(),
            self.training.optimizer,
            self._learner.memory.copy(),
            self._batches.place(),
        )

    def _go_back(self, state: TrainerState) -> None:
        self.iteration = state.iteration
        self.parameters.vector[:] = state.vector
        self._learner.memory.load(state.memory)
        self._batches.go_to(state.place)

    def _next_stop(self) -> int:
        """Return the next iteration at which something is checked or recorded."""
        strides = [CHECK_EVERY]
        if self.history.capacity:
            strides.append(self._recording_stride())
        return self.iteration + min(stride - self.iteration % stride for stride in strides)

    def _recording_stride(self) -> int:
        """Return the history's stride, but at least an epoch: both are powers of two."""
        epoch = -(-self._data.m // self._batches.size)
        return max(self.history.stride, 1 << (epoch - 1).bit_length())

    def _advance(self, stop: int) -> None:
        """Run to ``stop``, which is at most one checkpoint ahead."""
        self._update(stop - self.iteration)
        if not (self._is_finite() and self._record()):
            self._find_divergence(stop)
        elif stop % CHECK_EVERY == 0:
            self._checkpoint = self._checkpoint_now()

    def _update(self, iterations: int) -> None:
        self._learner.clock[()] = self.iteration
        self._batches.run(iterations)
        self.iteration += iterations

    def _is_finite(self) -> bool:
        """Say whether the parameters are finite, and every so often the rest.

        Logits can overflow for a moment, and squared gradients in the optimizer's memory, without
        a trace in the parameters: so they are looked at on fixed iterations, and what is found
        never depends on how a run is cut into slices.
        """
        if not np.isfinite(self.parameters.vector).all():
            return False
        if self.iteration % CHECK_EVERY:
            return True
        logits = self._batches.last.work.Z[-1]
        return self._learner.memory.is_finite() and bool(np.isfinite(logits).all())

    def _record(self) -> bool:
        """Record the cost where it is due; say whether it is finite."""
        if not self.history.capacity or self.iteration % self._recording_stride():
            return True
        cost = self.cost()
        self.history.record(self.iteration, cost, self.parameters.vector)
        return bool(np.isfinite(cost))

    def _find_divergence(self, stop: int) -> None:
        """Repeat the way from the checkpoint with a look at every number after each step."""
        self._go_back(self._checkpoint)
        largest_input = float(np.abs(self._data.X).max())

        def cost_is_finite() -> bool:
            surely = logits_surely_finite(self.parameters, largest_input)
            return surely or bool(np.isfinite(self.cost()))

        while self.iteration < stop and self.divergence is None:
            before = self._checkpoint_now()
            rate = self.current_learning_rate
            self._update(1)
            what = overflowed(self._learner, self._batches.last.gradient, cost_is_finite)
            if what is not None:
                failed = self.iteration
                self._go_back(before)
                self.history.truncate(self.iteration)
                self.divergence = explain(what, failed, rate, self.parameters)

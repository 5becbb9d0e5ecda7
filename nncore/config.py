"""What to train and how: two frozen records, checked when they are made.

Notes: "Neural Network Representation" (shallow networks) for the network and its ``layer_dims``,
"1.1 - L-layer Neural Network" (basics, softmax, deep) for any depth; "Gradient Descent for Neural
Networks" (shallow networks) for the training: of its settings the notes have α.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from nncore.activations import ACTIVATIONS, LEAKY_SLOPE, Activation, leaky_relu
from nncore.checks import (
    check_count,
    check_factor,
    check_instance,
    check_integer,
    check_layer_dims,
    check_name,
    check_number,
    check_range,
    check_share,
)
from nncore.features import N_COORDINATES, FeatureMap
from nncore.optimizers import OPTIMIZERS
from nncore.outputs import OUTPUTS
from nncore.parameters import Parameters
from nncore.ranges import LEAKY_SLOPE_RANGE
from nncore.schedules import SCHEDULES


@dataclass(frozen=True)
class NetworkConfig:
    """A network: its layers, the activation of its hidden layers, and its output.

    Parameters
    ----------
    layer_dims : tuple of int
        (n_x, n[1], ..., n_y).  Two entries are logistic, softmax or linear regression.
    activation : str or tuple of str
        One name of ``ACTIVATIONS`` for all hidden layers, or one per hidden layer.
    output : str
        A name of ``OUTPUTS``: the output function together with its cost.
    leaky_slope : float
        Slope of the leaky ReLU for z < 0, from 0 (the ReLU) to 1 (the identity).
    features : FeatureMap, optional
        The n_x features that are computed from an X of two coordinates; without it, A[0] is X.

    Raises
    ------
    ValueError
        For an unknown name, a number outside what is said above, or numbers of layers, units or
        features that do not fit together; the message names the argument.
    """

    layer_dims: tuple[int, ...]
    activation: str | tuple[str, ...] = "tanh"
    output: str = "sigmoid"
    leaky_slope: float = LEAKY_SLOPE
    features: FeatureMap | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "layer_dims", check_layer_dims(self.layer_dims))
        self._check_activation()
        check_name("output", self.output, OUTPUTS)
        check_range("leaky_slope", self.leaky_slope, LEAKY_SLOPE_RANGE)
        if self.n_y < OUTPUTS[self.output].minimum_units:
            raise ValueError(
                f"layer_dims ends in {self.n_y}; accepted for {self.output} output: "
                f"{OUTPUTS[self.output].minimum_units} units or more"
            )
        self._check_features()

    def _check_activation(self) -> None:
        if isinstance(self.activation, str):
            check_name("activation", self.activation, ACTIVATIONS)
            return
        if not isinstance(self.activation, tuple | list):
            raise ValueError(
                f"activation is {self.activation!r}; accepted: one name, or one per hidden layer"
            )
        object.__setattr__(self, "activation", tuple(self.activation))
        if len(self.activation) != len(self.hidden_units):
            raise ValueError(
                f"activation has {len(self.activation)} names; accepted: one name, "
                f"or one per hidden layer ({len(self.hidden_units)})"
            )
        for name in self.activation:
            check_name("activation", name, ACTIVATIONS)

    def _check_features(self) -> None:
        if not isinstance(self.features, FeatureMap | None):
            raise ValueError(f"features is {self.features!r}; accepted: a FeatureMap, or None")
        if self.features is not None and self.features.n != self.n_x:
            raise ValueError(
                f"layer_dims begins with {self.n_x}; accepted for the features "
                f"{', '.join(self.features.names)}: {self.features.n}"
            )

    @property
    def n_x(self) -> int:
        """Number of inputs of layer 1: rows of A[0]."""
        return self.layer_dims[0]

    @property
    def n_coordinates(self) -> int:
        """Rows of X: two where features are computed from it, otherwise n_x."""
        return self.n_x if self.features is None else N_COORDINATES

    @property
    def behind_features(self) -> "NetworkConfig":
        """The same network for an X that already holds the values of the features."""
        return self if self.features is None else replace(self, features=None)

    @property
    def n_y(self) -> int:
        """Number of output units."""
        return self.layer_dims[-1]

    @property
    def hidden_units(self) -> tuple[int, ...]:
        """Units of each hidden layer."""
        return self.layer_dims[1:-1]

    @property
    def activations(self) -> tuple[str, ...]:
        """The activation of each hidden layer."""
        if isinstance(self.activation, str):
            return (self.activation,) * len(self.hidden_units)
        return self.activation

    def hidden_activation(self, layer: int) -> Activation:
        """Return the record of g[l], for a hidden layer l = 1 … L − 1.

        Raises
        ------
        ValueError
            If the network has no such hidden layer.
        """
        if check_integer("layer", layer, 1) > len(self.activations):
            hidden = len(self.activations)
            raise ValueError(f"layer is {layer}; accepted: one of the {hidden} hidden layers")
        name = self.activations[layer - 1]
        return leaky_relu(self.leaky_slope) if name == "leaky_relu" else ACTIVATIONS[name]

    def check_fit(self, given: object, argument: str = "parameters") -> Parameters:
        """Return ``given`` if it is the parameters of one run of this network.

        Raises
        ------
        ValueError
            If it is anything else; the message calls it ``argument``.
        """
        parameters = check_instance(argument, given, Parameters)
        if parameters.layer_dims != self.layer_dims:
            raise ValueError(
                f"{argument}.layer_dims is {parameters.layer_dims}; accepted: {self.layer_dims}"
            )
        if parameters.runs is not None:
            raise ValueError(f"{argument} are of {parameters.runs} runs; accepted: of a single one")
        return parameters

    @property
    def n_parameters(self) -> int:
        """Number of weights and biases, Σ n[l] (n[l−1] + 1)."""
        return sum(n * (n_before + 1) for n_before, n in pairwise(self.layer_dims))


@dataclass(frozen=True)
class TrainingConfig:
    """How to train: optimizer, learning rate and its schedule, batch size, penalties, clipping.

    Parameters
    ----------
    optimizer : str
        A name of ``OPTIMIZERS``.
    learning_rate : float
        α > 0.
    batch_size : int or None
        Examples per iteration; None is the full batch.
    l1, l2 : float
        λ₁ and λ₂ ≥ 0 of the penalty (λ₁/m) Σ|w| + (λ₂/2m) Σw²; biases are not penalized.
    momentum : float
        β of momentum and Nesterov, 0 ≤ β < 1.
    decay : float
        ρ of RMSprop, 0 ≤ ρ < 1.
    beta1, beta2 : float
        β₁ and β₂ of Adam, both 0 ≤ β < 1.
    epsilon : float
        ε > 0 of RMSprop and Adam.
    schedule : str
        A name of ``SCHEDULES``.
    schedule_period : int
        T ≥ 1 iterations: at iteration T the learning rate is γ α.
    schedule_factor : float
        γ, 0 < γ ≤ 1.
    clip_norm : float or None
        A gradient (the mean, penalty included) that is longer than this is shortened to it;
        None never clips.

    Raises
    ------
    ValueError
        For an unknown name, or a number outside what is said above; the message names the
        argument.
    """

    optimizer: str = "gradient_descent"
    learning_rate: float = 1.2
    batch_size: int | None = None
    l1: float = 0.0
    l2: float = 0.0
    momentum: float = 0.9
    decay: float = 0.9
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    schedule: str = "constant"
    schedule_period: int = 10_000
    schedule_factor: float = 0.1
    clip_norm: float | None = None

    def __post_init__(self) -> None:
        check_name("optimizer", self.optimizer, OPTIMIZERS)
        check_name("schedule", self.schedule, SCHEDULES)
        for argument in ("learning_rate", "epsilon"):
            check_number(argument, getattr(self, argument), positive=True)
        for argument in ("l1", "l2"):
            check_number(argument, getattr(self, argument))
        for argument in ("momentum", "decay", "beta1", "beta2"):
            check_share(argument, getattr(self, argument))
        if self.batch_size is not None:
            check_integer("batch_size", self.batch_size, 1)
        check_count("schedule_period", self.schedule_period, 1)
        check_factor("schedule_factor", self.schedule_factor)
        if self.clip_norm is not None:
            check_number("clip_norm", self.clip_norm, positive=True)

    def with_optimizer(self, name: str) -> "TrainingConfig":
        """Return the same with another optimizer.

        A learning rate that is the default of the former one becomes the default of the new one:
        Adam at gradient descent's 1.2 would only jump about.  Any other rate was chosen, and stays.

        Raises
        ------
        ValueError
            For an unknown name.
        """
        check_name("optimizer", name, OPTIMIZERS)
        rate = self.learning_rate
        if rate == OPTIMIZERS[self.optimizer].learning_rate:
            rate = OPTIMIZERS[name].learning_rate
        return replace(self, optimizer=name, learning_rate=rate)

    def learning_rate_at(self, iteration: int) -> float:
        """Return αₜ, the learning rate of the update that follows ``iteration`` updates.

        αₜ is α times the share that the schedule leaves of it.

        Raises
        ------
        ValueError
            If the iteration is not a whole number from 0 up.
        """
        check_count("iteration", iteration)
        share = SCHEDULES[self.schedule](iteration, self.schedule_period, self.schedule_factor)
        return self.learning_rate * share

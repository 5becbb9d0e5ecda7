"""Every optimizer against one of another library, both driven by their own gradients.

The peers' gradients are those of autograd.  RMSprop has no equal in the two libraries (that of
autograd starts its average at 1); but it is Adam without the first moment and without the
correction, which is taken out of the rate.
"""

from typing import TYPE_CHECKING

import pytest
from autograd.misc import flatten
from autograd.misc.optimizers import adam
from sklearn.neural_network._stochastic_optimizers import AdamOptimizer, SGDOptimizer

from nncore import OPTIMIZERS, NetworkConfig, Trainer, TrainingConfig
from tests.nncore.cases import make_case
from tests.nncore.textbook import Array
from tests.peers.agreement import assert_layers_agree
from tests.peers.autodiff import cost_and_gradient

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Gradient = Callable[[Array], Array]
    Descent = Callable[[Gradient, Array, float, int], Array]

UPDATES = 50


def sgd(momentum: float, *, nesterov: bool = False) -> "Descent":
    def descend(gradient: "Gradient", theta: Array, learning_rate: float, updates: int) -> Array:
        peer = SGDOptimizer([theta], learning_rate, momentum=momentum, nesterov=nesterov)
        for _ in range(updates):
            peer.update_params([theta], [gradient(theta)])
        return theta

    return descend


def rmsprop(gradient: "Gradient", theta: Array, learning_rate: float, updates: int) -> Array:
    peer = AdamOptimizer([theta], beta_1=0.0, beta_2=0.9, epsilon=1e-8)
    for update in range(1, updates + 1):
        peer.learning_rate_init = learning_rate / (1 - peer.beta_2**update) ** 0.5
        peer.update_params([theta], [gradient(theta)])
    return theta


def adam_of_autograd(
    gradient: "Gradient", theta: Array, learning_rate: float, updates: int
) -> Array:
    moved: Array = adam(
        lambda now, _: gradient(now), theta, num_iters=updates, step_size=learning_rate
    )
    return moved


DESCENTS: "Mapping[str, Descent]" = {
    "gradient_descent": sgd(0.0),
    "momentum": sgd(0.9),
    "nesterov": sgd(0.9, nesterov=True),
    "rmsprop": rmsprop,
    "adam": adam_of_autograd,
}


@pytest.mark.parametrize("l2", [0.0, 0.5])
@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_fifty_updates_lead_to_the_same_weights(name: str, l2: float) -> None:
    case = make_case(NetworkConfig((2, 5, 4, 3), "tanh", "softmax"), 30, seed=7)
    training = TrainingConfig(optimizer=name, learning_rate=0.02, l2=l2)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y)
    trainer.run(UPDATES)
    theta, as_layers = flatten(case.layers)

    def gradient(vector: Array) -> Array:
        layers = cost_and_gradient(as_layers(vector), case.X, case.Y, case.names, l2=l2)[1]
        flat: Array = flatten(layers)[0]
        return flat

    moved = DESCENTS[name](gradient, theta, training.learning_rate, UPDATES)
    assert_layers_agree(trainer.parameters, as_layers(moved))

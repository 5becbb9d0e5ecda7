"""Gradients and whole trainings against PyTorch, where it is installed (it is in no lock file)."""

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from nncore import (
    ACTIVATIONS,
    OPTIMIZERS,
    OUTPUTS,
    NetworkConfig,
    Trainer,
    TrainingConfig,
    backward_propagation,
    compute_cost,
)
from tests.nncore.cases import Case, make_case
from tests.peers.agreement import RELATIVE, ROUNDING, assert_layers_agree

torch: Any = pytest.importorskip("torch")

if TYPE_CHECKING:
    from collections.abc import Callable

F = torch.nn.functional
lr_scheduler = torch.optim.lr_scheduler

MODULES: "dict[str, Callable[[Any], Any]]" = {
    "identity": lambda z: z,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": torch.relu,
    "leaky_relu": lambda z: F.leaky_relu(z, 0.01),
    "step": lambda z: (z >= 0).to(z.dtype),
    "elu": F.elu,
    "gelu": lambda z: F.gelu(z, approximate="tanh"),
    "softplus": F.softplus,
    "sine": torch.sin,
}

LOSSES: "dict[str, Callable[[Any, Any], Any]]" = {
    "sigmoid": lambda z, y: F.binary_cross_entropy_with_logits(z, y, reduction="sum"),
    "softmax": lambda z, y: F.cross_entropy(z.T, y.T, reduction="sum"),
    "linear": lambda z, y: F.mse_loss(z, y, reduction="sum") / 2,
    "sigmoid_squared_error": lambda z, y: F.mse_loss(torch.sigmoid(z), y, reduction="sum") / 2,
}

OPTIMIZER_CLASSES: "dict[str, Callable[..., Any]]" = {
    "gradient_descent": torch.optim.SGD,
    "momentum": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9),
    "nesterov": lambda p, lr: torch.optim.SGD(p, lr, momentum=0.9, nesterov=True),
    "rmsprop": lambda p, lr: torch.optim.RMSprop(p, lr, alpha=0.9, eps=1e-8),
    "adam": lambda p, lr: torch.optim.Adam(p, lr, betas=(0.9, 0.999), eps=1e-8),
}


class Peer:
    """The network of a case in PyTorch, with its cost."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.tensors = [torch.tensor(a, requires_grad=True) for pair in case.layers for a in pair]
        self.X, self.Y = torch.tensor(case.X), torch.tensor(case.Y)

    def cost(self, l1: float = 0.0, l2: float = 0.0) -> Any:
        A, weights, biases = self.X, self.tensors[::2], self.tensors[1::2]
        *hidden, output = self.case.names
        for W, b, name in zip(weights[:-1], biases[:-1], hidden, strict=True):
            A = MODULES[name](W @ A + b)
        loss = LOSSES[output](weights[-1] @ A + biases[-1], self.Y)
        penalty = sum(l1 * W.abs().sum() + l2 / 2 * W.square().sum() for W in weights)
        return (loss + penalty) / self.X.shape[1]

    def layers(self, arrays: list[Any]) -> list[tuple[Any, Any]]:
        return list(zip(arrays[::2], arrays[1::2], strict=True))


@pytest.mark.parametrize(("l1", "l2"), [(0.0, 0.0), (0.3, 0.7)])
@pytest.mark.parametrize("output", sorted(OUTPUTS))
@pytest.mark.parametrize("activation", sorted(ACTIVATIONS))
def test_cost_and_gradient(activation: str, output: str, l1: float, l2: float) -> None:
    case = make_case(NetworkConfig((2, 5, 4, 3), activation, output), 30, 7)
    peer = Peer(case)
    cost = peer.cost(l1, l2)
    cost.backward()
    arguments = (case.X, case.Y, case.parameters, case.network, l1, l2)
    assert compute_cost(*arguments) == pytest.approx(cost.item(), rel=RELATIVE, abs=ROUNDING)
    gradients = [np.zeros(t.shape) if t.grad is None else t.grad.numpy() for t in peer.tensors]
    assert_layers_agree(backward_propagation(*arguments), peer.layers(gradients))


@pytest.mark.parametrize("name", sorted(OPTIMIZERS))
def test_fifty_updates_of_every_optimizer(name: str) -> None:
    case = make_case(NetworkConfig((2, 5, 4, 1)), 30, 7)
    training = TrainingConfig(optimizer=name, learning_rate=0.02, l2=0.5)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y)
    trainer.run(50)
    peer = Peer(case)
    optimizer = OPTIMIZER_CLASSES[name](peer.tensors, lr=training.learning_rate)
    for _ in range(50):
        optimizer.zero_grad()
        peer.cost(l2=training.l2).backward()
        optimizer.step()
    assert_layers_agree(trainer.parameters, peer.layers([t.detach().numpy() for t in peer.tensors]))


@pytest.mark.parametrize(
    ("name", "scheduler"),
    [
        ("step", lambda optimizer: lr_scheduler.StepLR(optimizer, 20, 0.2)),
        ("exponential", lambda optimizer: lr_scheduler.ExponentialLR(optimizer, 0.2 ** (1 / 20))),
        ("cosine", lambda optimizer: lr_scheduler.CosineAnnealingLR(optimizer, 20, 0.2 * 0.3)),
    ],
)
def test_twenty_updates_of_every_schedule_that_both_have(
    name: str, scheduler: "Callable[[Any], Any]"
) -> None:
    case = make_case(NetworkConfig((2, 5, 4, 1)), 30, 7)
    settings: dict[str, Any] = {"schedule": name, "schedule_period": 20, "schedule_factor": 0.2}
    training = TrainingConfig(learning_rate=0.3, **settings)
    trainer = Trainer(case.network, training, case.parameters, case.X, case.Y)
    trainer.run(20)
    peer = Peer(case)
    optimizer = torch.optim.SGD(peer.tensors, lr=0.3)
    schedule = scheduler(optimizer)
    for _ in range(20):
        optimizer.zero_grad()
        peer.cost().backward()
        optimizer.step()
        schedule.step()
    assert_layers_agree(trainer.parameters, peer.layers([t.detach().numpy() for t in peer.tensors]))

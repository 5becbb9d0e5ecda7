"""Every argument of the public functions × things of every wrong kind: taken, or a ``ValueError``
that names the argument and what is accepted; never another exception, never a warning."""

import inspect
import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

import nncore
from nncore import (
    ACTIVATIONS,
    SCHEDULES,
    Entries,
    FeatureMap,
    GridEvaluator,
    History,
    ManyRuns,
    NetworkConfig,
    Parameters,
    Trainer,
    TrainerState,
    TrainingConfig,
    diagnostics,
)
from tests.nncore.wrong_arguments import NETWORK, X, Y

PARAMETERS = nncore.initialize_parameters(NETWORK)
ONE_UNIT = Parameters.zeros((2, 1))

KINDS: tuple[Any, ...] = (
    None, True, "text", b"bytes", object(), int, np.float64, np.float16, len, iter([1]), {}, set(),
    range(3), [], (), {"a": 1}, [None], ["a"], [[1, 2], [3]], [object()], [[1e400]],
    -5, -1, 0, 1.5, 1j, float("nan"), float("inf"), 2**60, 10**400,
    np.datetime64("2020"), np.timedelta64(1, "D"), np.str_("1.5"), np.complex128(1.5 + 1j),
    np.array("x"), np.array(5), np.array([None, 1]), np.ones(3, int), np.ones((2, 2)),
    np.ones((2, 2), complex), np.zeros((0, 0)), np.full((2, 2), np.longdouble("1e4000")),
    np.ones((2, 4)).astype("M8[D]"), np.ma.masked_array([1.0, 2.0], [False, True]),
    NETWORK, TrainingConfig(), PARAMETERS, Parameters.zeros((4, 4)), [PARAMETERS], [NETWORK],
    Parameters.stack([PARAMETERS, PARAMETERS]),
)  # fmt: skip

ENDLESS = {"iterations", "epochs", "m", "n_points", "capacity", "n_classes", "runs"}
"""What may be huge in earnest: then it takes long, or all of the memory."""

ALSO_CALLED = {"name": "; accepted: ", "names": "features", "given": "a dictionary"}
"""How the messages call an argument whose own name says little."""


def trainer() -> Trainer:
    return Trainer(NETWORK, TrainingConfig(), PARAMETERS, X, Y)


def history() -> History:
    record = History()
    record.record(0, 0.7, np.zeros(3))
    record.record(1, 0.6, np.ones(3))
    return record


def many_runs(**changes: Any) -> ManyRuns:
    right = {"network": NETWORK, "training": TrainingConfig(), "parameters": [PARAMETERS]}
    return ManyRuns(**{**right, "X": X, "Y": Y, "learning_rates": [0.1], **changes})


def state_with(**changes: Any) -> TrainerState:
    return TrainerState.from_dict(trainer().state().to_dict() | changes)


EXAMPLES = {"X": X, "Y": Y, "parameters": PARAMETERS, "network": NETWORK}
INPUTS = {name: EXAMPLES[name] for name in ("X", "parameters", "network")}
LABELED = {**INPUTS, "labels": [0, 1, 1, 0]}
PENALTIES = {"l1": 0.1, "l2": 0.1}
CHECKED = {**EXAMPLES, **PENALTIES, "epsilon": 1e-5, "gradient": PARAMETERS}
CACHE = nncore.forward_propagation(X, PARAMETERS, NETWORK)
LOOKED_AT = {"network": NETWORK, "parameters": PARAMETERS, "cache": CACHE, "Y": Y}
COSTS = {"iterations": np.arange(200), "costs": np.ones(200)}
RECORD = {"iterations": np.arange(2), "costs": np.ones(2), "rows": np.ones((2, 3)), "stride": 1}
SCHEDULE = {"iteration": 1, "period": 10, "factor": 0.1}
TRAINING = {**EXAMPLES, "training": TrainingConfig(), "seed": 0, "history": None}
OPTIONS = {field: getattr(TrainingConfig(), field) for field in TrainingConfig.__annotations__}
STARTED = {"network": NETWORK, "initializer": "he", "seed": 0, "scale": 1.0, "bias": 0.0}

CALLS: dict[str, tuple[Callable[..., object], dict[str, Any]]] = {
    "accuracy": (nncore.accuracy, LABELED),
    "backward_propagation": (nncore.backward_propagation, EXAMPLES | PENALTIES),
    "check_gradients": (nncore.check_gradients, CHECKED),
    "compute_cost": (nncore.compute_cost, EXAMPLES | PENALTIES),
    "confusion_counts": (nncore.confusion_counts, LABELED),
    "cost_parts": (nncore.cost_parts, EXAMPLES | PENALTIES),
    "cost_trend": (nncore.cost_trend, COSTS),
    "diagnose": (nncore.diagnose, {"seen": nncore.observe(trainer(), X, Y)}),
    "encode_labels": (nncore.encode_labels, {"labels": [0, 1], "n_classes": 2}),
    "forward_propagation": (nncore.forward_propagation, INPUTS),
    "frozen_layers": (nncore.frozen_layers, {"network": NETWORK}),
    "gradient_check": (nncore.gradient_check, CHECKED),
    "gradient_norms": (
        nncore.gradient_norms,
        {"gradients": PARAMETERS, "parameters": PARAMETERS},
    ),
    "initialize_parameters": (nncore.initialize_parameters, STARTED),
    "make_dataset": (nncore.make_dataset, {"name": "xor", "m": 4, "noise": 0.1, "seed": 0}),
    "observe": (nncore.observe, {"trainer": trainer(), "X": X, "Y": Y, "since": 0}),
    "one_hot": (nncore.one_hot, {"labels": [0, 1], "n_classes": 2}),
    "perceptron_predict": (nncore.perceptron_predict, {"X": X, "parameters": ONE_UNIT}),
    "precision_recall": (nncore.precision_recall, {"counts": [[3, 1], [0, 2]]}),
    "predict": (nncore.predict, INPUTS),
    "train_perceptron": (
        nncore.train_perceptron,
        {"X": X, "labels": [0, 1, 1, 0], "learning_rate": 1.0, "epochs": 3},
    ),
    "triangle_network": (nncore.triangle_network, {"corners": [[0, 4, 0], [0, 0, 4]]}),
    "backward_gains": (diagnostics.backward_gains, LOOKED_AT),
    "class_imbalance": (diagnostics.class_imbalance, {"network": NETWORK, "labels": [0, 1]}),
    "cost_findings": (diagnostics.cost_findings, COSTS),
    "dead_units": (diagnostics.dead_units, {"network": NETWORK, "cache": CACHE}),
    "diverged": (diagnostics.diverged, {"divergence": None}),
    "identical_units": (
        diagnostics.identical_units,
        {"network": NETWORK, "parameters": PARAMETERS},
    ),
    "linear_network": (diagnostics.linear_network, {"network": NETWORK}),
    "one_class_only": (
        diagnostics.one_class_only,
        {"network": NETWORK, "cache": CACHE, "labels": [0, 1]},
    ),
    "saturated_units": (
        diagnostics.saturated_units,
        {"network": NETWORK, "cache": CACHE, "start": PARAMETERS},
    ),
    "small_steps": (
        diagnostics.small_steps,
        {
            "trend": nncore.cost_trend(np.arange(200), np.ones(200)),
            "learning_rate": 0.1,
            "slope": 1.0,
        },
    ),
    "unstable_gradients": (diagnostics.unstable_gradients, LOOKED_AT),
    "untrainable_steps": (diagnostics.untrainable_steps, {"network": NETWORK}),
    "Activation": (ACTIVATIONS["gelu"], {"z": 0.5}),
    "Activation.derivative": (ACTIVATIONS["gelu"].derivative, {"z": 0.5}),
    "Entries": (Entries, RECORD),
    "Entries.from_dict": (Entries.from_dict, {"given": history().entries().to_dict()}),
    "FeatureMap": (FeatureMap, {"names": ("x1",), "mean": (0.0,), "scale": (1.0,)}),
    "FeatureMap.apply": (FeatureMap(("x1",)).apply, {"X": X}),
    "FeatureMap.fit": (FeatureMap.fit, {"names": ("x1",), "X": X, "standardize": True}),
    "GridEvaluator": (GridEvaluator, {"network": NETWORK, "n_points": 4}),
    "GridEvaluator.evaluate": (
        GridEvaluator(NETWORK, 4).evaluate,
        {"X": X, "parameters": PARAMETERS},
    ),
    "History": (History, {"capacity": 8, "budget": 1000}),
    "History.load": (history().load, {"entries": history().entries()}),
    "History.parameters_at": (history().parameters_at, {"index": 0}),
    "History.record": (
        lambda iteration, cost, vector: history().record(iteration, cost, vector),
        {"iteration": 2, "cost": 0.5, "vector": np.ones(3)},
    ),
    "History.truncate": (lambda iteration: history().truncate(iteration), {"iteration": 0}),
    "ManyRuns": (
        many_runs,
        {**EXAMPLES, "parameters": [PARAMETERS], "training": TrainingConfig(), "dtype": np.float64},
    ),
    "ManyRuns.parameters": (many_runs().parameters, {"run": 0}),
    "ManyRuns.run": (many_runs().run, {"iterations": 1}),
    "NetworkConfig": (
        NetworkConfig,
        {"layer_dims": (2, 3, 1), "activation": "relu", "output": "sigmoid", "leaky_slope": 0.1},
    ),
    "NetworkConfig.check_fit": (NetworkConfig((2, 3, 1)).check_fit, {"given": PARAMETERS}),
    "NetworkConfig.hidden_activation": (NETWORK.hidden_activation, {"layer": 1}),
    "Parameters": (Parameters, {"layer_dims": (2, 1), "vector": np.zeros(3), "runs": None}),
    "Parameters.check_finite": (PARAMETERS.check_finite, {}),
    "Parameters.from_layers": (Parameters.from_layers, {"W": [[[1.0, 2.0]]], "b": [[0.0]]}),
    "Parameters.run": (Parameters.stack([PARAMETERS]).run, {"run": 0}),
    "Parameters.stack": (Parameters.stack, {"parameters": [PARAMETERS], "dtype": np.float64}),
    "Parameters.zeros": (Parameters.zeros, {"layer_dims": (2, 1), "dtype": np.float64}),
    "Schedule": (SCHEDULES["cosine"], SCHEDULE),
    "Trainer": (Trainer, TRAINING),
    "Trainer.restore": (trainer().restore, {"state": trainer().state()}),
    "Trainer.run": (trainer().run, {"iterations": 1}),
    "Trainer.set_data": (trainer().set_data, {"X": X, "Y": Y}),
    "Trainer.set_parameters": (trainer().set_parameters, {"parameters": PARAMETERS}),
    "Trainer.set_training": (trainer().set_training, {"training": TrainingConfig()}),
    "TrainerState.from_dict": (TrainerState.from_dict, {"given": trainer().state().to_dict()}),
    "TrainerState.from_dict, a field": (state_with, trainer().state().to_dict()),
    "TrainingConfig": (TrainingConfig, OPTIONS),
    "TrainingConfig.learning_rate_at": (TrainingConfig().learning_rate_at, {"iteration": 3}),
    "TrainingConfig.with_optimizer": (TrainingConfig().with_optimizer, {"name": "adam"}),
}
"""What is called, and arguments that fit together."""

PAIRS = [(name, argument) for name, (_, right) in CALLS.items() for argument in right]
RECORDS = {
    "Activation", "Cache", "CostParts", "Dataset", "DatasetRecord", "Divergence", "Feature",
    "Finding", "FrozenLayers", "GradientReport", "Initializer", "LayerNorms", "Observation",
    "Offender", "Optimizer", "OptimizerState", "Output", "PerceptronRun", "Range", "Schedule",
    "Severity", "Step", "Tape", "TrainerState", "Trend",
}  # fmt: skip
"""Public classes that the library makes, for people to read."""


@pytest.mark.parametrize("name", CALLS)
def test_the_arguments_fit_together(name: str) -> None:
    function, right = CALLS[name]
    function(**right)


@pytest.mark.parametrize(("name", "argument"), PAIRS, ids=map(".".join, PAIRS))
def test_a_wrong_kind_is_refused_in_words(name: str, argument: str) -> None:
    function, right = CALLS[name]
    for kind in KINDS:
        if isinstance(kind, int) and kind > 2**53 and argument in ENDLESS:
            continue
        message = refusal(partial(function, **{**right, argument: kind}))
        if message is not None:
            names = {argument, ALSO_CALLED.get(argument, argument), "parameters", "history"}
            assert re.search("; (accepted|needed)", message), (kind, message)
            assert any(known in message for known in names | set(right)), (kind, message)


def refusal(call: Callable[[], object]) -> str | None:
    """Return what the call says in a ``ValueError``, None if it takes its arguments."""
    try:
        call()
    except ValueError as error:
        return str(error)
    return None


def test_no_public_name_is_left_out() -> None:
    public = {
        name
        for package in (nncore, diagnostics)
        for name in package.__all__
        if callable(getattr(package, name))
    }
    called = {name.partition(".")[0] for name in CALLS}
    assert public - RECORDS - called == {"FloatArray", "IntArray"}
    assert {name for name in RECORDS if not inspect.isclass(getattr(nncore, name))} == set()

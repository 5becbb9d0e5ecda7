"""Leaving off and continuing elsewhere: bit for bit as if the run had never stopped."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nncore import (
    OPTIMIZERS,
    SCHEDULES,
    History,
    NetworkConfig,
    Trainer,
    TrainerState,
    TrainingConfig,
    initialize_parameters,
    make_dataset,
)
from nncore.minibatches import Place

NETWORK = NetworkConfig((2, 4, 1))
DATA = make_dataset("moons", 50, seed=3)


def make_trainer(training: TrainingConfig, seed: int = 0, capacity: int = 16) -> Trainer:
    parameters = initialize_parameters(NETWORK, "xavier", seed=1)
    return Trainer(NETWORK, training, parameters, DATA.X, DATA.Y, seed, History(capacity))


def through_json(state: TrainerState) -> TrainerState:
    return TrainerState.from_dict(json.loads(json.dumps(state.to_dict(), allow_nan=False)))


def assert_same(one: TrainerState, other: TrainerState) -> None:
    assert one.to_dict() == other.to_dict()
    assert one.vector.tobytes() == other.vector.tobytes()


@settings(max_examples=120, deadline=None)
@given(
    optimizer=st.sampled_from(sorted(OPTIMIZERS)),
    schedule=st.sampled_from(sorted(SCHEDULES)),
    batch_size=st.sampled_from([None, 1, 7, 16, 25, 64]),
    clip_norm=st.sampled_from([None, 0.05]),
    a=st.integers(0, 300),
    b=st.integers(1, 300),
)
def test_a_run_that_went_through_a_file_is_the_run_that_never_stopped(
    optimizer: str,
    schedule: str,
    batch_size: int | None,
    clip_norm: float | None,
    a: int,
    b: int,
) -> None:
    training = TrainingConfig(
        optimizer, 0.05, batch_size, l2=0.1, schedule=schedule, schedule_period=80,
        clip_norm=clip_norm,
    )  # fmt: skip
    never_stopped, left = make_trainer(training, seed=4), make_trainer(training, seed=4)
    never_stopped.run(a + b)
    left.run(a)
    fresh = make_trainer(training, seed=99)
    fresh.run(3)
    fresh.restore(through_json(left.state()))
    assert fresh.current_learning_rate == left.current_learning_rate
    fresh.run(b)
    assert_same(fresh.state(), never_stopped.state())


@pytest.mark.parametrize("optimizer", sorted(OPTIMIZERS))
def test_a_trainer_can_go_back_to_its_own_state(optimizer: str) -> None:
    trainer = make_trainer(TrainingConfig(optimizer, 0.05, 16, schedule="cosine"))
    trainer.run(30)
    then = trainer.state()
    trainer.run(40)
    later = trainer.state()
    trainer.restore(then)
    assert_same(trainer.state(), then)
    trainer.run(40)
    assert_same(trainer.state(), later)


def test_a_state_is_not_touched_by_what_follows() -> None:
    trainer = make_trainer(TrainingConfig("adam", 0.05, 16))
    trainer.run(30)
    state = trainer.state()
    text = json.dumps(state.to_dict())
    trainer.run(500)
    assert json.dumps(state.to_dict()) == text


def test_without_a_history_that_of_the_trainer_stays_up_to_the_iteration() -> None:
    trainer = make_trainer(TrainingConfig(learning_rate=0.1), capacity=100)
    trainer.run(10)
    state = replace(trainer.state(), history=None)
    trainer.run(10)
    trainer.restore(through_json(state))
    assert trainer.history.iterations.tolist() == list(range(11))


def test_the_full_batch_too_remembers_the_shuffles_to_come() -> None:
    ends = []
    for stop in (False, True):
        trainer = make_trainer(TrainingConfig(learning_rate=0.1), seed=4)
        trainer.run(5)
        if stop:
            fresh = make_trainer(TrainingConfig(learning_rate=0.1), seed=5)
            fresh.restore(through_json(trainer.state()))
            trainer = fresh
        trainer.set_training(TrainingConfig(learning_rate=0.1, batch_size=7))
        trainer.run(20)
        ends.append(trainer.state())
    assert_same(*ends)


def test_another_optimizer_takes_over_the_slots_of_the_same_name() -> None:
    nesterov = make_trainer(TrainingConfig("nesterov", 0.05))
    nesterov.run(20)
    memory = nesterov.state().memory
    heavy, adam = (make_trainer(TrainingConfig(name, 0.05)) for name in ("momentum", "adam"))
    for trainer in (heavy, adam):
        trainer.run(3)
        trainer.restore(nesterov.state())
    velocity = heavy.state().memory.slots["velocity"]
    np.testing.assert_array_equal(velocity, memory.slots["velocity"])
    assert adam.state().memory.updates == 0
    assert not any(slot.any() for slot in adam.state().memory.slots.values())


def test_a_state_of_another_architecture_is_refused_though_it_has_as_many_parameters() -> None:
    narrow = NetworkConfig((2, 2, 2, 1, 1))
    assert narrow.n_parameters == NETWORK.n_parameters
    parameters = initialize_parameters(narrow, seed=1)
    other = Trainer(narrow, TrainingConfig(), parameters, DATA.X, DATA.Y)
    trainer = make_trainer(TrainingConfig())
    message = "layer_dims of the state is (2, 2, 2, 1, 1); accepted: (2, 4, 1)"
    for state in (other.state(), through_json(other.state())):
        with pytest.raises(ValueError, match=re.escape(message)):
            trainer.restore(state)
    assert trainer.iteration == 0


def document() -> dict[str, Any]:
    trainer = make_trainer(TrainingConfig("adam", 0.05, 16))
    trainer.run(30)
    state: dict[str, Any] = json.loads(json.dumps(trainer.state().to_dict()))
    return state


EDITS: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "missing": (lambda d: d.pop("start"), "state has no 'start'"),
    "unknown": (lambda d: d.update(color=1), "state has an unknown 'color'"),
    "iteration": (lambda d: d.update(iteration=-1), "iteration is -1"),
    "layers": (lambda d: d.update(layer_dims=[2]), "layer_dims is [2]; accepted: (n_x, n[1], ..."),
    "parameters": (lambda d: d.update(parameters="none"), "parameters is 'none'"),
    "nan": (lambda d: d["parameters"].__setitem__(0, float("nan")), "parameters has a value that"),
    "text": (lambda d: d["parameters"].__setitem__(0, "1"), "parameters is ["),
    "optimizer": (lambda d: d.update(optimizer="luck"), "optimizer is 'luck'; accepted: gradient"),
    "other slots": (lambda d: d.update(optimizer="momentum"), "slots has no 'velocity'"),
    "short slot": (lambda d: d["slots"]["first_moment"].pop(), "slots.first_moment has 16 numbers"),
    "infinite": (
        lambda d: d["slots"].update(second_moment=[float("inf")] * 17),
        "slots.second_moment has a value that is not finite",
    ),
    "updates": (lambda d: d.update(updates=1.5), "updates is 1.5"),
    "random": (lambda d: d.update(random_state=None), "random_state is None"),
    "random state": (lambda d: d["random_state"]["state"].update(inc=1.5), "random_state is {"),
    "random kind": (lambda d: d["random_state"].update(bit_generator="x"), "random_state is {"),
    "start": (lambda d: d.update(start=-16), "start is -16"),
    "stride": (lambda d: d["history"].update(stride=3), "history.stride is 3; accepted: a power"),
    "order": (lambda d: d["history"]["iterations"].reverse(), "history.iterations do not ascend"),
    "half": (lambda d: d["history"]["iterations"].__setitem__(0, 0.5), "history.iterations has a"),
    "costs": (lambda d: d["history"]["costs"].pop(), "history.costs has shape"),
    "rows": (lambda d: d["history"]["rows"].pop(), "history.rows has shape"),
    "row": (lambda d: d["history"]["rows"][0].pop(), "history.rows differ in length"),
    "no rows": (lambda d: d["history"].update(rows=3), "history.rows is 3"),
    "history": (lambda d: d.update(history=[]), "history is []"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_what_is_wrong_in_a_file_is_named(edit: str) -> None:
    change, words = EDITS[edit]
    given_document = document()
    change(given_document)
    with pytest.raises(ValueError, match=re.escape(words)):
        TrainerState.from_dict(given_document)


def test_what_is_no_dictionary_is_refused() -> None:
    with pytest.raises(ValueError, match=re.escape("state is [1]; accepted: a dictionary")):
        TrainerState.from_dict([1])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"layer_dims": (2, 2, 2, 1, 1)},
            "layer_dims of the state is (2, 2, 2, 1, 1); accepted: (2",
        ),
        ({"vector": np.zeros(5)}, "parameters of the state has shape"),
        ({"vector": np.full(17, np.nan)}, "parameters of the state has shape"),
        ({"place": Place({}, 5)}, "start is 5; accepted: a multiple of the batch size 16 up to 50"),
        (
            {"place": Place({}, 64)},
            "start is 64; accepted: a multiple of the batch size 16 up to 50",
        ),
    ],
)
def test_a_state_that_does_not_fit_is_refused_and_nothing_changes(
    change: dict[str, Any], message: str
) -> None:
    trainer = make_trainer(TrainingConfig("adam", 0.05, 16))
    trainer.run(30)
    state = trainer.state()
    wrong = replace(state, **change, iteration=3)
    with pytest.raises(ValueError, match=re.escape(message)):
        trainer.restore(wrong)
    assert_same(trainer.state(), state)


@pytest.mark.parametrize(
    ("m", "batch_size", "start", "fits"),
    [
        (50, 16, 0, True),
        (50, 16, 48, True),
        (50, 16, 50, True),
        (50, 16, 17, False),
        (48, 16, 48, True),
        (50, None, 0, True),
        (50, None, 50, False),
        (50, 50, 50, False),
        (50, 64, 0, True),
        (0, None, 0, False),
        (0, 16, 0, False),
    ],
)
def test_a_place_must_be_where_a_batch_begins_or_the_epoch_ends(
    m: int, batch_size: int | None, start: int, fits: bool
) -> None:
    state = make_trainer(TrainingConfig()).state()
    moved = replace(state, place=replace(state.place, start=start))
    if fits:
        moved.check(NETWORK, m, batch_size)
    else:
        with pytest.raises(ValueError, match=f"start is {start}; accepted: a multiple of the"):
            moved.check(NETWORK, m, batch_size)

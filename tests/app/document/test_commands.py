"""Every command knows its way back, and refuses what no run could begin from."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    Command,
    LoadPreset,
    RemovePoints,
    ReplaceState,
)
from app.document.points import Points
from app.document.state import NetworkSettings, Preset, State
from tests.app.document.edits import commands, same, states

TWO = Points.of([[0.0, 1.0], [2.0, 3.0]], [0, 1])


@given(st.data(), states)
def test_the_inverse_leads_back_and_its_inverse_forth(data: st.DataObject, start: State) -> None:
    command = data.draw(commands(start))
    there, inverse = command.apply(start)
    back, again = inverse.apply(there)
    assert same(back, start)
    assert same(again.apply(back)[0], there)


@given(st.data(), states)
def test_a_command_that_touches_points_says_so(data: st.DataObject, start: State) -> None:
    command = data.draw(commands(start))
    new, _ = command.apply(start)
    changed = {
        name
        for name in ("points", "preset", "network", "training")
        if getattr(new, name) != getattr(start, name)
    }
    told = {str(flag.name).lower() for flag in command.changes}
    assert changed <= told


WRONG: list[tuple[Command, str]] = [
    (ChangeNetwork(NetworkSettings(hidden_units=(0,))), "layer_dims"),
    (ChangeNetwork(NetworkSettings(activation="wave")), "wave"),
    (ChangeNetwork(NetworkSettings(activation=("tanh", "relu"))), "activation"),
    (ChangeNetwork(NetworkSettings(initializer="luck")), "luck"),
    (ChangeNetwork(NetworkSettings(seed=-1)), "seed"),
    (ChangeNetwork(NetworkSettings(seed=2**32)), "seed"),
    (ReplaceState(State(TWO, network=NetworkSettings(initializer="luck"))), "luck"),
    (LoadPreset(Preset(name="hats")), "hats"),
    (LoadPreset(Preset(noise=-1.0)), "noise"),
]


@pytest.mark.parametrize(("command", "named"), WRONG)
def test_what_no_run_could_begin_from_is_refused_by_name(command: Command, named: str) -> None:
    with pytest.raises(ValueError, match=named):
        command.apply(State(TWO))


def test_remove_and_insert_keep_the_order_of_the_others() -> None:
    state = State(Points.of([[0, 1, 2, 3, 4], [0] * 5], [0, 1, 0, 1, 0]))
    new, inverse = RemovePoints(np.array([1, 4])).apply(state)
    assert new.points == Points.of([[0, 2, 3], [0] * 3], [0, 0, 1])
    assert inverse.count == 2
    assert same(inverse.apply(new)[0], state)


def test_added_points_come_last() -> None:
    new, _ = AddPoints(Points.of([[9.0], [9.0]], [4])).apply(State(TWO))
    assert new.points == Points.of([[0, 1, 9], [2, 3, 9]], [0, 1, 4])

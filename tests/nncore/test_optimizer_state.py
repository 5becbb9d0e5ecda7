import numpy as np

from nncore import OptimizerState

THETA = np.zeros(3)


def filled(*slots: str, updates: float = 4.0) -> OptimizerState:
    state = OptimizerState.zeros(slots, THETA)
    for number, vector in enumerate(state.slots.values(), start=1):
        vector[:] = number
    state.updates[()] = updates
    return state


def test_it_begins_with_zeros() -> None:
    state = OptimizerState.zeros(("velocity",), np.ones(3))
    assert state.slots["velocity"].tolist() == [0.0, 0.0, 0.0]
    assert state.updates == 0


def test_the_same_slots_come_along_with_the_number_of_their_updates() -> None:
    state = OptimizerState.zeros(("first_moment", "second_moment"), THETA)
    arrays = dict(state.slots)
    state.load(filled("first_moment", "second_moment"))
    assert state.slots["second_moment"].tolist() == [2.0, 2.0, 2.0]
    assert state.updates == 4
    assert all(state.slots[name] is array for name, array in arrays.items())


def test_slots_that_only_one_has_start_at_zero() -> None:
    state = filled("velocity", "mean_square", updates=9.0)
    state.load(filled("velocity", "first_moment"))
    assert state.slots["velocity"].tolist() == [1.0, 1.0, 1.0]
    assert state.slots["mean_square"].tolist() == [0.0, 0.0, 0.0]
    assert state.updates == 0


def test_a_copy_is_independent() -> None:
    state = filled("velocity")
    copy = state.copy()
    state.clear()
    assert copy.slots["velocity"].tolist() == [1.0, 1.0, 1.0]
    assert copy.updates == 4


def test_a_slot_that_is_not_finite_is_found() -> None:
    state = filled("first_moment", "second_moment")
    assert state.is_finite()
    state.slots["second_moment"][1] = np.inf
    assert not state.is_finite()

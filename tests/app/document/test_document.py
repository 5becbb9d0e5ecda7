"""The document: its errors leave no trace, its steps have names, its signal tells."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from app.document.commands import (
    AddPoints,
    ChangeNetwork,
    ChangeTraining,
    ClearPoints,
    Command,
    LoadPreset,
    RemovePoints,
    ReplacePoints,
    ReplaceState,
)
from app.document.document import Document
from app.document.points import Points
from app.document.state import Changed, NetworkSettings, Preset, State, initial_state
from nncore import TrainingConfig
from tests.app.document.edits import point_sets, walk_back

TWO = Points.of([[0.0, 1.0], [2.0, 3.0]], [0, 1])
THIRD_CLASS = AddPoints(Points.of([[5.0], [5.0]], [2]))
ONE = AddPoints(Points.of([[5.0], [5.0]], [0]))


@pytest.fixture
def document() -> Document:
    return Document(State(TWO))


@pytest.fixture
def told(document: Document) -> list[tuple[Changed, object]]:
    """What the signal said."""
    said: list[tuple[Changed, object]] = []
    document.changed.connect(lambda changes, who: said.append((changes, who)))
    return said


def _names(document: Document) -> tuple[str | None, str | None]:
    return document.undo_name, document.redo_name


class _Breaks:
    verb, count, nbytes = "break", 1, 0

    def effort(self, state: State) -> int:
        return self.count

    def apply(self, state: State) -> tuple[State, Command]:
        raise ValueError("broken")

    def joined(self, later: Command) -> None:
        """Stay apart."""


class _BreaksOnTheWayBack:
    verb, count, nbytes = "add", 1, 0

    def effort(self, state: State) -> int:
        return self.count

    def apply(self, state: State) -> tuple[State, Command]:
        return ONE.apply(state)[0], _Breaks()

    def joined(self, later: Command) -> None:
        """Stay apart."""


FAILING: list[Command] = [
    _Breaks(),
    RemovePoints(np.array([7])),
    ChangeNetwork(NetworkSettings(initializer="luck")),
    LoadPreset(Preset(name="hats")),
    ReplaceState(State(network=NetworkSettings(hidden_units=(-3,)))),
]


@pytest.mark.parametrize("command", FAILING, ids=lambda command: type(command).__name__)
@pytest.mark.parametrize("stroke", [None, "running"])
def test_a_command_that_raises_changes_nothing(
    document: Document,
    told: list[tuple[Changed, object]],
    command: Command,
    stroke: str | None,
) -> None:
    document.push(ONE)
    document.push(ONE, stroke="running")
    document.push(ChangeTraining(TrainingConfig(learning_rate=0.5)))
    document.undo()
    told.clear()
    state, names = document.state, _names(document)
    with pytest.raises((ValueError, IndexError)):
        document.push(command, stroke=stroke)
    assert document.state is state
    assert _names(document) == names == ("add, 1 point", "change training")
    assert not told
    assert len(walk_back(document)) == 3


def test_an_undo_that_raises_changes_nothing(document: Document) -> None:
    document.push(ONE, stroke=1)
    document.push(_BreaksOnTheWayBack(), stroke=1)
    document.push(ONE, stroke=1)
    state = document.state
    with pytest.raises(ValueError, match="broken"):
        document.undo()
    assert document.state is state
    assert _names(document) == ("add, 3 points", None)


def test_a_stroke_is_one_step_with_the_sum_in_its_name(document: Document) -> None:
    for count in (1, 40, 2):
        document.push(AddPoints(Points.of(np.zeros((2, count)), [0] * count)), stroke="s")
    assert document.undo_name == "add, 43 points"
    document.undo()
    assert document.state == State(TWO)
    assert _names(document) == (None, "add, 43 points")
    document.redo()
    assert len(document.state.points) == 45


def test_thousands_are_grouped_and_one_is_singular(document: Document) -> None:
    document.push(AddPoints(Points.of(np.zeros((2, 1234)), [0] * 1234)))
    assert document.undo_name == "add, 1,234 points"
    document.push(RemovePoints(np.array([0])))
    assert document.undo_name == "remove, 1 point"
    document.push(ClearPoints())
    assert document.undo_name == "clear points"
    document.push(LoadPreset(Preset(points=20)))
    assert document.undo_name == "load flower"


def test_two_strokes_are_two_steps(document: Document) -> None:
    document.push(ONE, stroke=1)
    document.push(ONE, stroke=2)
    document.push(ONE)
    document.push(ONE)
    assert len(walk_back(document)) == 5


def test_a_stroke_that_was_undone_is_not_continued(document: Document) -> None:
    document.push(ONE, stroke=1)
    document.undo()
    document.redo()
    document.push(ONE, stroke=1)
    assert [len(state.points) for state in walk_back(document)] == [4, 3, 2]


IDLE: list[Command] = [
    AddPoints(Points.empty()),
    RemovePoints(np.array([], np.int64)),
    ReplacePoints(TWO),
    ChangeNetwork(NetworkSettings()),
    ChangeTraining(TrainingConfig()),
    ReplaceState(State(TWO)),
]


@pytest.mark.parametrize("command", IDLE, ids=lambda command: type(command).__name__)
def test_what_changes_nothing_leaves_no_trace(
    document: Document, told: list[tuple[Changed, object]], command: Command
) -> None:
    document.push(ONE)
    document.undo()
    told.clear()
    document.push(command)
    assert _names(document) == (None, "add, 1 point")
    assert not told


def test_undo_and_redo_of_nothing(document: Document, told: list[tuple[Changed, object]]) -> None:
    document.undo()
    document.redo()
    assert document.state == State(TWO)
    assert not told


@given(point_sets(least=1))
def test_a_new_edit_clears_redo(added: Points) -> None:
    document = Document(State(TWO))
    document.push(ChangeNetwork(NetworkSettings(seed=5)))
    document.undo()
    assert _names(document) == (None, "change network")
    document.push(AddPoints(added))
    assert _names(document)[1] is None
    document.redo()
    assert document.state.network == NetworkSettings()


def test_the_listener_learns_who_asked_and_sees_the_new_state(document: Document) -> None:
    seen: list[tuple[object, int, str | None]] = []
    document.changed.connect(
        lambda _changes, who: seen.append((who, len(document.state.points), document.undo_name))
    )
    document.push(ONE, who=document)
    document.undo()
    assert seen == [(document, 3, "add, 1 point"), (None, 2, None)]


def test_another_number_of_classes_is_another_network(
    document: Document, told: list[tuple[Changed, object]]
) -> None:
    document.push(ONE)
    document.push(THIRD_CLASS)
    document.push(THIRD_CLASS)
    for _ in range(3):
        document.undo()
    both = Changed.POINTS | Changed.NETWORK | Changed.CLASSES
    expected = [Changed.POINTS, both, Changed.POINTS, Changed.POINTS, both, Changed.POINTS]
    assert [changes for changes, _ in told] == expected


def test_a_stroke_that_touches_two_things_tells_both_when_undone(
    document: Document, told: list[tuple[Changed, object]]
) -> None:
    document.push(ONE, stroke=1)
    document.push(ChangeTraining(TrainingConfig(learning_rate=3.0)), stroke=1)
    document.undo()
    assert told[-1][0] == Changed.POINTS | Changed.TRAINING


def test_a_listener_may_edit_in_turn(document: Document) -> None:
    def answer(changes: Changed, _who: object) -> None:
        if changes & Changed.TRAINING:
            document.push(ONE)

    document.changed.connect(answer)
    document.push(ChangeTraining(TrainingConfig(learning_rate=3.0)))
    assert [len(state.points) for state in walk_back(document)][:2] == [3, 2]


def test_a_hundred_thousand_points_are_undone_one_stroke_at_a_time() -> None:
    document = Document(State())
    for _ in range(5):
        document.push(AddPoints(Points.of(np.ones((2, 20_000)), np.ones(20_000))))
    sizes = [len(state.points) for state in walk_back(document)]
    assert all(larger - smaller == 20_000 for larger, smaller in pairwise(sizes))
    assert sizes[-1] == 0


def test_it_opens_with_the_flower() -> None:
    state = Document().state
    assert state == initial_state()
    assert len(state.points) == 400
    assert state.network_config().layer_dims == (2, 4, 1)
    assert state.training == TrainingConfig(learning_rate=1.2)

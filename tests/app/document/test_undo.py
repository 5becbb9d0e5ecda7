"""Any edits in any order: undoing all gives back the start exactly, redoing all the end."""

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from app.document.document import Document
from app.document.state import Changed, State
from tests.app.document.edits import commands, same, states, walk_back

NAMES = ("points", "preset", "network", "training", "classes", "split", "task")


def _walk_forth(document: Document) -> list[State]:
    passed = [document.state]
    while document.redo_name is not None:
        document.redo()
        passed.append(document.state)
    return passed


def _sequence(data: st.DataObject, document: Document) -> list[tuple[object, State]]:
    """Push random commands, some in strokes; of each that told: its stroke, the state after."""
    pushed: list[tuple[object, State]] = []
    for number in range(data.draw(st.integers(1, 8))):
        command = data.draw(commands(document.state))
        stroke = data.draw(st.sampled_from([None, "first", "second"]))
        before = document.state
        document.push(command, stroke=stroke)
        if document.state is not before:
            # A command outside all strokes is a stroke of its own.
            pushed.append((stroke or number, document.state))
    return pushed


@given(st.data(), states)
def test_undoing_all_and_redoing_all(data: st.DataObject, start: State) -> None:
    document = Document(start)
    pushed = _sequence(data, document)
    strokes = [list(group) for _, group in groupby(pushed, key=lambda entry: entry[0])]
    expected = [start, *(group[-1][1] for group in strokes)]

    back = walk_back(document)
    assert len(back) == len(expected)
    assert all(map(same, back, reversed(expected)))
    forth = _walk_forth(document)
    assert len(forth) == len(expected)
    assert all(map(same, forth, expected))
    assert all(map(same, walk_back(document), reversed(expected)))


DEEDS = ("draw", "draw", "lift", "cancel", "edit", "undo", "redo")


class _Model:
    """What a document should do, by keeping whole states."""

    def __init__(self, start: State) -> None:
        self.back, self.forth = [start], list[State]()
        self.stroke: int | None = None
        self.shelved = list[State]()

    def push(self, new: State, stroke: int | None) -> None:
        if stroke is not None and stroke == self.stroke:
            self.back[-1] = new
            return
        self.back.append(new)
        self.stroke, self.shelved, self.forth = stroke, self.forth, []

    def cancel(self, stroke: int) -> None:
        if stroke == self.stroke:
            self.back.pop()
            self.stroke, self.forth = None, self.shelved

    def undo(self) -> None:
        if len(self.back) > 1:
            self.forth.append(self.back.pop())
            self.stroke = None

    def redo(self) -> None:
        if self.forth:
            self.back.append(self.forth.pop())
            self.stroke = None


@given(st.data(), states)
def test_strokes_cancels_and_branches(data: st.DataObject, start: State) -> None:
    """Whatever happens in between, undoing all leads to the start and redoing all to the end."""
    document, model, stroke = Document(start), _Model(start), 0
    for _ in range(data.draw(st.integers(1, 12))):
        what = data.draw(st.sampled_from(DEEDS))
        if what in ("draw", "edit"):
            running = stroke if what == "draw" else None
            before = document.state
            document.push(data.draw(commands(before)), stroke=running)
            if document.state is not before:
                model.push(document.state, running)
        elif what == "cancel":
            document.cancel_stroke(stroke)
            model.cancel(stroke)
        elif what == "lift":
            stroke += 1
        else:
            for turned in (document, model):
                getattr(turned, what)()
        assert same(document.state, model.back[-1])
    ends = [*model.back, *reversed(model.forth)]
    assert all(map(same, _walk_forth(document), ends[len(model.back) - 1 :]))
    assert all(map(same, walk_back(document), reversed(ends)))
    assert all(map(same, _walk_forth(document), ends))


@given(st.data(), states)
def test_names_stay_the_same_through_undo_and_redo(data: st.DataObject, start: State) -> None:
    document = Document(start)
    _sequence(data, document)
    names: list[str | None] = []
    while document.undo_name is not None:
        names.append(document.undo_name)
        document.undo()
        assert document.redo_name == names[-1]
    for name in reversed(names):
        document.redo()
        assert document.undo_name == name


@given(st.data(), states)
def test_whoever_listens_can_follow_by_the_flags(data: st.DataObject, start: State) -> None:
    """A mirror that copies only what the signal names is never wrong."""
    document = Document(start)
    mirror = {name: getattr(start, name) for name in NAMES}
    outputs = [start.output]

    def follow(changes: Changed, _who: object) -> None:
        for name in mirror:
            if changes & Changed[name.upper()]:
                mirror[name] = getattr(document.state, name)
        if changes & Changed.NETWORK:
            outputs.append(document.state.output)

    def check() -> None:
        assert all(getattr(document.state, name) == value for name, value in mirror.items())
        assert outputs[-1] == document.state.output

    document.changed.connect(follow)
    for _ in range(4):
        document.push(data.draw(commands(document.state)), stroke=data.draw(st.booleans()) or None)
        check()
    for turn in (document.undo, document.redo, document.undo):
        for _ in range(4):
            turn()
            check()

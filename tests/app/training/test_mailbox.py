"""The mailbox: the latest wins, taking asks, asking never loses what lies there."""

import pytest

from app.training.engine import Engine
from app.training.mailbox import Failure, Mailbox
from app.training.snapshot import Snapshot
from tests.app.training.settings import FLOWER


class Box(Mailbox):
    """A mailbox that counts how often it woke the writer."""

    def __init__(self) -> None:
        super().__init__(self._count)
        self.calls = 0

    def _count(self) -> None:
        self.calls += 1


@pytest.fixture
def box() -> Box:
    return Box()


def _snapshot(sequence: int) -> Snapshot:
    engine = Engine()
    engine.start_run(1, FLOWER, train=False)
    return engine.snapshot(sequence)


def test_nothing_is_wanted_before_anybody_asks(box: Box) -> None:
    assert not box.wanted
    assert box.calls == 0


def test_taking_asks_and_putting_answers(box: Box) -> None:
    assert box.take() is None
    assert (box.wanted, box.calls) == (True, 1)
    box.put(_snapshot(1))
    assert not box.wanted
    assert isinstance(box.take(), Snapshot)
    assert (box.wanted, box.calls) == (True, 2)
    assert box.take() is None


def test_only_the_latest_is_kept(box: Box) -> None:
    first, second, failure = _snapshot(1), _snapshot(2), Failure("It broke.")
    box.put(first)
    box.put(second)
    assert box.take() is second
    box.put(second)
    box.put(failure)
    assert box.take() is failure
    assert box.take() is None


def test_asking_takes_nothing_out(box: Box) -> None:
    box.ask()
    assert (box.wanted, box.calls) == (True, 1)
    failure = Failure("It broke.")
    box.put(failure)
    box.ask()
    assert not box.wanted  # or a snapshot would be put over the failure
    assert box.take() is failure
    assert box.wanted

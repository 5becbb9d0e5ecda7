"""Sessions that are closed in the end, and leave neither thread nor timer."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.training.engine import Engine
from app.training.session import TrainingSession
from tests.app.training.sessions import Heard, Opener, active_timers, worker_threads
from tests.app.training.settings import FLOWER


@pytest.fixture
def document(qapp: object) -> Document:
    return Document(FLOWER)


@pytest.fixture
def open_session(qapp: object) -> Iterator[Opener]:
    """Opens sessions, and closes them in the end."""
    opened: list[TrainingSession] = []

    def open_one(document: Document) -> TrainingSession:
        opened.append(TrainingSession(document, frames_per_second=100))
        return opened[-1]

    yield open_one
    for session in opened:
        session.close()
        assert not active_timers(session)
    assert not worker_threads()


@pytest.fixture
def session(qtbot: QtBot, document: Document, open_session: Opener) -> TrainingSession:
    """A session that has said all there is to say of its first run."""
    session = open_session(document)
    with qtbot.waitSignal(session.settled):
        pass
    return session


@pytest.fixture
def heard(session: TrainingSession) -> Heard:
    return Heard(session)


@pytest.fixture
def engine() -> Engine:
    engine = Engine()
    engine.start_run(1, FLOWER, train=False)
    return engine

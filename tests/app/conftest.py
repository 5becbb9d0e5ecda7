import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """What is held up until it is set; nobody waits for ever."""
    gate = threading.Event()
    yield gate
    gate.set()

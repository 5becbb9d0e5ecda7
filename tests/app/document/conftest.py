import pytest
from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.document.points import Points
from app.document.state import State


@pytest.fixture
def document(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Document:
    """Four points, of which edits are large from now on; an added one is not."""
    monkeypatch.setattr("app.document.document.LARGE", 3)
    return Document(State(Points.of([[0.0, 1.0, 2.0, 3.0], [0.0] * 4], [0, 1, 0, 1])))

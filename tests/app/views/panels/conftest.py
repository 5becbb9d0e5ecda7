"""The three panels of the left column, on one document."""

from typing import Protocol, TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.document.document import Document
from app.views.panels.data_panel import DataPanel
from app.views.panels.network_panel import NetworkPanel
from app.views.panels.training_panel import TrainingPanel

WIDTH = 264


Panel = TypeVar("Panel", bound=QWidget)


class Show(Protocol):
    def __call__(self, panel: Panel) -> Panel: ...


@pytest.fixture
def document() -> Document:
    return Document()


@pytest.fixture
def show(qtbot: QtBot, themed: QApplication) -> Show:
    def show(panel: Panel) -> Panel:
        qtbot.addWidget(panel)
        panel.setFixedWidth(WIDTH)
        panel.show()
        return panel

    return show


@pytest.fixture
def data(document: Document, show: Show) -> DataPanel:
    return show(DataPanel(document))


@pytest.fixture
def network(document: Document, show: Show) -> NetworkPanel:
    return show(NetworkPanel(document))


@pytest.fixture
def training(document: Document, show: Show) -> TrainingPanel:
    return show(TrainingPanel(document))

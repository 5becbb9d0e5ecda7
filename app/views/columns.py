"""The three columns of the window: what is chosen, what is seen, what is measured.

The plots come with `furnish`, after the columns themselves: importing the plotting library takes
0.2 of the 0.6 seconds of a start, and the window can be on the screen before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QSplitter, QToolButton, QVBoxLayout, QWidget

from app.views.canvas.options_row import OptionsRow
from app.views.canvas.selection_edits import EDITS
from app.views.canvas.toolbar import ButtonRow
from app.views.canvas.toolbox import TOOL_GROUPS
from app.views.panels.confusion_panel import ConfusionPanel
from app.views.panels.data_panel import DataPanel
from app.views.panels.happening_panel import HappeningPanel
from app.views.panels.network_panel import NetworkPanel
from app.views.panels.training_panel import TrainingPanel
from app.views.widgets.card import Card
from app.views.widgets.elided_text import ElidedLabel
from app.views.widgets.fields import Field
from app.views.widgets.legend import SetLegend
from app.views.widgets.yielding_scroll import YieldingScroll

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from app.actions import Actions
    from app.document.document import Document
    from app.theme import Theme
    from app.training.snapshot import Snapshot
    from app.views.canvas.canvas import Canvas
    from app.views.canvas.workbench import Workbench
    from app.views.network.network_view import NetworkView
    from app.views.plots.cost_plot import CostPlot
    from nncore import NetworkConfig

SPACING = 12
TIGHT = 6  # so that all controls fit into a window 720 pixels high
LEFT_WIDTH = 272
RIGHT_WIDTH = 320
NETWORK_SHARE = 0.38  # of the height of the middle column


class LeftColumn(QScrollArea):
    """What is chosen: data, network, training.

    Signals
    -------
    problem_changed(str or None)
        What is wrong with a typed text, the latest first; None when nothing is any more.
    """

    problem_changed = Signal(object)

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = DataPanel(document)
        self.network = NetworkPanel(document)
        self.training = TrainingPanel(document)
        content = QWidget()
        layout = _column(content)
        layout.setSpacing(TIGHT)
        for panel in (self.data, self.network, self.training):
            layout.addWidget(panel)
            panel.message.connect(self._tell_problem)
        layout.addStretch(1)
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(LEFT_WIDTH)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def problem(self) -> str | None:
        """What is wrong with a text that stands in a field; None if nothing is."""
        return next((field.problem for field in self.findChildren(Field) if field.problem), None)

    def _tell_problem(self, sentence: str | None) -> None:
        self.problem_changed.emit(sentence or self.problem)


class CenterColumn(QSplitter):
    """What is seen: the plane, and the network below it."""

    canvas: Canvas
    network: NetworkView

    def __init__(self, document: Document, workbench: Workbench, actions: Actions) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._network: NetworkConfig | None = None
        self._canvas_card, self._network_card = Card("Canvas"), Card("Network")
        groups = [[actions[name] for name in group] for group in (*TOOL_GROUPS, ("fit",))]
        self.tools = ButtonRow("Tools", groups, "More tools")
        self._canvas_card.add_button(self.tools)
        edits = [actions[name] for name in EDITS]
        self.options = OptionsRow(document, workbench, actions["gaussian"], edits)
        self._canvas_card.body.addWidget(self.options)
        self.hint = ElidedLabel()
        self.hint.setProperty("role", "muted")
        for card in (self._canvas_card, self._network_card):
            self.addWidget(card)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(SPACING)
        self.setSizes([round(1000 * (1 - NETWORK_SHARE)), round(1000 * NETWORK_SHARE)])

    def furnish(self, document: Document, workbench: Workbench) -> None:
        """Put the plots into their cards."""
        from app.views.canvas.canvas import Canvas
        from app.views.network.network_view import NetworkView

        self.canvas, self.network = Canvas(document, workbench), NetworkView()
        self._canvas_card.body.addWidget(self.canvas, 1)
        self._canvas_card.body.addWidget(self.hint)
        # It comes after all other controls into being: without this, Tab would come to it last.
        self.tools.set_next_stop(self.canvas)
        self._network_card.body.addWidget(self.network)
        self.canvas.hints_changed.connect(self._show_hints)
        self._show_hints(self.canvas.hints)

    def _show_hints(self, hints: tuple[str, ...]) -> None:
        """Say below the canvas what a hand can do, as much as there is room for.

        The title row has no room for it beside the tools until the window is 1,650 pixels wide.
        """
        self.hint.set_full_text(*(" · ".join(hints[:n]) for n in range(len(hints), 0, -1)))

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self.canvas.apply_theme(theme)
        self.network.apply_theme(theme)

    def show_network(self, snapshot: Snapshot) -> None:
        """Show the maps and weights of a newer look at the run."""
        self.network.show_snapshot(snapshot)
        if snapshot.network != self._network:
            self._network = snapshot.network
            layers = " – ".join(str(n) for n in self._network.layer_dims)
            self._network_card.set_note(f"{layers} · {self._network.n_parameters:,} parameters")


class RightColumn(QWidget):
    """What is measured: the cost curves, confusion counts, and what is happening in words.

    In a low window the rows of the counts move together, then the words are scrolled; the curves
    keep the height that they need.
    """

    cost: CostPlot

    def __init__(self, document: Document, log: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.confusion = ConfusionPanel(document)
        self.happening = HappeningPanel()
        self._cost_card, happening = Card("Cost J"), Card("What is happening")
        self.legend = SetLegend()
        self._cost_card.add_button(self.legend)
        self._cost_card.add_button(tool_button(log))
        self.legend.hide()
        self.words = YieldingScroll(self.happening)
        self.happening.noticed.connect(self._show_notice)
        happening.body.addWidget(self.words)
        self._words_card = happening
        layout = _column(self)
        layout.addWidget(self._cost_card, 3)
        layout.addWidget(self.confusion)
        layout.addWidget(happening, 2)
        self.setFixedWidth(RIGHT_WIDTH)

    def furnish(self) -> None:
        """Put the plot into its card."""
        from app.views.plots.cost_plot import CostPlot

        self.cost = CostPlot()
        self._cost_card.body.addWidget(self.cost)

    def apply_theme(self, theme: Theme) -> None:
        """Take on the colors of a theme."""
        self.cost.apply_theme(theme)
        self.happening.apply_theme(theme)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show a newer look at the run."""
        self.cost.show_snapshot(snapshot)
        self.legend.setVisible(len(snapshot.test_curve[0]) > 0)
        self.confusion.show_snapshot(snapshot)
        self.happening.show_snapshot(snapshot)
        self._share_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height out anew."""
        super().resizeEvent(event)
        self._share_height()

    def _share_height(self) -> None:
        """Let the words have what the others can spare."""
        others = [card for card in (self._cost_card, self.confusion) if not card.isHidden()]
        needed = sum(card.minimumSizeHint().height() + SPACING for card in others)
        around = self._words_card.minimumSizeHint().height() - self.words.minimumSizeHint().height()
        self.words.set_most(self.height() - needed - around)

    def _show_notice(self) -> None:
        self.words.lead_to(self.happening.notice if self.happening.notice_text else None)


def tool_button(action: QAction) -> QToolButton:
    """Return a small button for the title row of a card."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.text())
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    button.setProperty("role", "small")
    return button


def _column(widget: QWidget) -> QVBoxLayout:
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(SPACING)
    return layout

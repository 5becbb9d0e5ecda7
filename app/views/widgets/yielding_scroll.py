"""Words that are scrolled where there is no room for them, so that their neighbors keep theirs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

LEAST = 48  # pixels: a title and a line


class YieldingScroll(QScrollArea):
    """Asks for the room that its content needs at least, up to a limit; then it scrolls.

    Tab stops here only while there is something to scroll, which the arrow keys then do.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._content, self._most = content, LEAST
        self._shown: QWidget | None = None
        self.setWidget(content)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "words")
        self.setAccessibleName(content.accessibleName())
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._offer_keys)
        bar.rangeChanged.connect(self._follow)
        bar.actionTriggered.connect(self._let_go)

    def set_most(self, height: int) -> None:
        """Ask for no more than so many pixels."""
        if self._most != max(height, LEAST):
            self._most = max(height, LEAST)
            self.updateGeometry()

    def lead_to(self, part: QWidget | None) -> None:
        """Show a part of the content, wherever it goes until the person scrolls; None: no more."""
        self._shown = part
        self._follow()

    def minimumSizeHint(self) -> QSize:
        """Return what the content needs, as far as it may be asked for."""
        needed = self._content.minimumSizeHint().height() + 2 * self.frameWidth()
        return QSize(0, min(needed, self._most))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask anew when the content needs more or less."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _offer_keys(self, _: int, maximum: int) -> None:
        stop = Qt.FocusPolicy.TabFocus if maximum else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(stop)

    def _follow(self, *_: int) -> None:
        if self._shown:
            self.verticalScrollBar().setValue(self._shown.y())

    def _let_go(self, _action: int) -> None:
        self._shown = None

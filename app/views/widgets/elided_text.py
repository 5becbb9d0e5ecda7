"""Text that gives way to the room there is: one line of it, or several."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class ElidedLabel(QLabel):
    """One line that gives way to a shorter one, or ends in "…", where the room ends.

    The tooltip then has all of it.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        self._shorter: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    @property
    def full_text(self) -> str:
        """The whole text."""
        return self._full

    def set_full_text(self, text: str, *shorter: str) -> None:
        """Show another text, or the first of ``shorter`` that has room."""
        self._full, self._shorter = text, shorter
        self.setAccessibleName(text)
        self._elide()

    def sizeHint(self) -> QSize:
        """Return the size of the whole text."""
        return QSize(self._metrics().horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Allow any width."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics, width = self._metrics(), self.width()
        texts = (self._full, *self._shorter)
        fitting = (text for text in texts if metrics.horizontalAdvance(text) + 2 <= width)
        shown = metrics.elidedText(next(fitting, texts[-1]), Qt.TextElideMode.ElideRight, width)
        self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")

    def _metrics(self) -> QFontMetrics:
        self.ensurePolished()
        return QFontMetrics(self.font())


class ElidedText(QLabel):
    """Wrapped text of at most ``most`` lines; the last one ends in "…" where the room ends.

    The tooltip then has all of it.  It asks for room for at least ``fewest`` lines, so that what
    stands below does not jump with the length of the text, and gives way down to ``least`` lines:
    whatever else has room to spare yields before that.
    """

    def __init__(
        self, most: int, fewest: int = 0, least: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._most, self._fewest, self._least, self._full = most, fewest, least, ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Maximum)

    @property
    def full_text(self) -> str:
        """The whole text."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show another text."""
        if text != self._full:
            self._full = text
            self.setAccessibleName(text)
            self._elide()
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size of the text at this width."""
        return QSize(0, self._wanted * self._line_height())

    def minimumSizeHint(self) -> QSize:
        """Allow any width, and so few lines."""
        return QSize(0, min(self._wanted, self._least) * self._line_height())

    @property
    def _wanted(self) -> int:
        """How many lines it asks for."""
        return min(max(len(self._lines()), self._fewest), self._most)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the text anew."""
        super().resizeEvent(event)
        self._elide()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _elide(self) -> None:
        metrics, lines = self._metrics(), self._lines()
        room = max(1, min(self._most, self.height() // self._line_height()))
        shown = lines[:room]
        if len(lines) > room:
            rest = " ".join(line.strip() for line in lines[room - 1 :])
            shown[-1] = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, self.width())
        self.setText("\n".join(shown))
        self.setToolTip(self._full if len(lines) > room else "")

    def _lines(self) -> list[str]:
        """Return the text cut into lines of the present width; none of an empty text."""
        if not self._full:
            return []
        # A number and its percent sign stay in one line.
        layout = QTextLayout(self._full.replace(" %", "\N{NO-BREAK SPACE}%"), self.font())
        layout.beginLayout()
        lines = []
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(self.width(), 1))
            lines.append(self._full[line.textStart() : line.textStart() + line.textLength()])
        layout.endLayout()
        return lines

    def _line_height(self) -> int:
        # A text that can be selected is laid out as a document, which rounds both parts up.
        self.ensurePolished()
        metrics = QFontMetricsF(self.font())
        return ceil(metrics.ascent()) + ceil(metrics.descent()) + ceil(metrics.leading())

    def _metrics(self) -> QFontMetrics:
        self.ensurePolished()
        return QFontMetrics(self.font())

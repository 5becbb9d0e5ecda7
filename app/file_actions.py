"""Open, save and export from the window: dialogs, and words about how it went."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from app.document.commands import ReplacePoints, ReplaceState
from app.errors import UserError
from app.files.parameters import EXPORT_FORMATS, export_parameters
from app.files.sessions import SESSION_SUFFIX, open_session, save_session
from app.files.tables import read_points, write_points

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.main_window import MainWindow

SESSION_FILTER = f"Planar session (*{SESSION_SUFFIX})"
TABLE_FILTER = "Table of points (*.csv)"


class FileActions:
    """What the File menu does. A mistake becomes a sentence and changes nothing."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def open(self) -> None:
        """Ask for a session or a table and open it."""
        path, _ = QFileDialog.getOpenFileName(
            self._window, "Open", "", f"Planar (*{SESSION_SUFFIX} *.csv);;All files (*)"
        )
        if path:
            self.open_path(Path(path))

    def open_path(self, path: Path) -> None:
        """Open a session, or the points of a table."""
        self._try(lambda: self._open(path))

    def export(self) -> None:
        """Ask for a name and write the trained parameters."""
        filters = ";;".join(record.filter_text for record in EXPORT_FORMATS.values())
        self._save_as("Export parameters", "parameters.npz", filters, self.export_to)

    def export_to(self, path: Path) -> None:
        """Write the trained parameters and say that they were read back and compared."""
        self._try(lambda: self._export(path))

    def save_session(self) -> None:
        """Ask for a name and save everything."""
        name = f"session{SESSION_SUFFIX}"
        self._save_as("Save session", name, SESSION_FILTER, self.save_session_to)

    def save_session_to(self, path: Path) -> None:
        """Save points, settings and weights."""
        snapshot = self._window.session.snapshot
        learned = (snapshot.parameters, snapshot.iteration) if snapshot else (None, 0)
        state = self._window.document.state
        self._save(path, lambda: save_session(path, state, *learned))

    def save_points(self) -> None:
        """Ask for a name and write the points as a table."""
        self._save_as("Save points", "points.csv", TABLE_FILTER, self.save_points_to)

    def save_points_to(self, path: Path) -> None:
        """Write the points as a table."""
        points = self._window.document.state.points
        self._save(path, lambda: write_points(path, points))

    def save_picture(self) -> None:
        """Ask for a name and write a picture of the window."""
        self._save_as("Save picture", "planar.png", "Picture (*.png)", self.save_picture_to)

    def save_picture_to(self, path: Path) -> None:
        """Write a picture of the window."""
        self._save(path, lambda: self._window.save_screenshot(path))

    def _open(self, path: Path) -> None:
        if path.suffix.lower() == SESSION_SUFFIX:
            session = open_session(path)
            self._window.document.push(ReplaceState(session.state, verb="open session"))
            if session.parameters:
                self._window.session.restore(session.parameters, session.iteration)
        else:
            points = read_points(path)
            self._window.document.push(ReplacePoints(points, verb="open table"))
        self._window.centre.canvas.fit()
        self._window.show_notice(f"Opened {path.name}.")

    def _export(self, path: Path) -> None:
        snapshot = self._window.session.snapshot
        if snapshot is None:
            raise UserError("There are no weights to export yet.")
        export_parameters(path, snapshot.network, snapshot.parameters)
        self._window.show_notice(
            f"Exported the weights of iteration {snapshot.iteration:,} to {path.name}; "
            "read back, the file gives the same predictions."
        )

    def _save(self, path: Path, write: Callable[[], None]) -> None:
        def work() -> None:
            write()
            self._window.show_notice(f"Saved {path.name}.")

        self._try(work)

    def _save_as(self, title: str, name: str, filters: str, save: Callable[[Path], None]) -> None:
        path, chosen = QFileDialog.getSaveFileName(self._window, title, name, filters)
        if not path:
            return
        given = Path(path)
        suffix = chosen[chosen.rfind("*") + 1 :].rstrip(")")
        save(given if given.suffix else given.with_suffix(suffix))

    def _try(self, work: Callable[[], None]) -> None:
        try:
            work()
        except UserError as error:
            self._window.show_trouble(str(error))

"""What a command line asks of the window: train, export, take a picture, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from app.errors import UserError
from app.files.atomic import write_atomically
from app.files.parameters import export_parameters
from app.training.snapshot import Status

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.main_window import MainWindow
    from app.options import LaunchOptions
    from app.training.snapshot import Snapshot

TRAINING_FAILED, MISTAKE = 1, 2


class Errand(QObject):
    """Waits until the window has done what was asked, then reports by an exit status.

    Parameters
    ----------
    window : MainWindow
        Does the work.
    options : LaunchOptions
        What is to be done.
    done : int
        Iterations that the opened session brings along; the wanted ones come on top.

    Attributes
    ----------
    status : int
        0 done, 1 the training stopped by itself or the program met a fault, 2 something could
        not be written.
    complaint : str
        One sentence where the status is not 0.
    """

    def __init__(self, window: MainWindow, options: LaunchOptions, done: int = 0) -> None:
        super().__init__(window)
        self._window = window
        self._options = options
        self._until = done + (options.train or 0)
        self.status = 0
        self.complaint = ""

    def start(self) -> None:
        """Begin; the window must be shown, so that pictures have their size."""
        options, session = self._options, self._window.session
        if not (options.exit or options.train or options.exports or options.screenshot):
            return
        self._window.furnish()
        session.settled.connect(self._finish)
        session.failed.connect(self.give_up)
        if options.train:
            session.train(until=self._until)

    def _finish(self, snapshot: Snapshot) -> None:
        self._window.session.settled.disconnect(self._finish)
        self._window.session.failed.disconnect(self.give_up)
        too_few = self._options.train and snapshot.iteration < self._until
        if snapshot.status is Status.DIVERGED or too_few:
            stopped = f"The training stopped at iteration {snapshot.iteration:,}."
            self._complain(TRAINING_FAILED, snapshot.reason or stopped)
        for path in self._options.exports:
            self._attempt(
                "--export", export_parameters, path, snapshot.network, snapshot.parameters
            )
        if self._options.screenshot:
            picture = self._window.picture().png()
            self._attempt("--screenshot", write_atomically, self._options.screenshot, picture)
        self._close()

    def _attempt(self, option: str, write: Callable[..., object], *arguments: object) -> None:
        """Write a file; one that cannot be written does not keep the others from it."""
        try:
            write(*arguments)
        except UserError as error:
            self._complain(MISTAKE, f"{option}: {error}")

    def give_up(self, sentence: str) -> None:
        """Report a failure, and close where nobody is there to do it."""
        self._complain(TRAINING_FAILED, sentence)
        self._close()

    def _complain(self, status: int, sentence: str) -> None:
        self.status, self.complaint = status, sentence
        if not self._options.exit:
            self._window.show_trouble(sentence)

    def _close(self) -> None:
        if self._options.exit:
            self._window.close()
            QApplication.exit(self.status)

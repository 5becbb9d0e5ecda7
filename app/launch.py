"""Starts Qt, opens the window, and does what the command line asked for."""

from __future__ import annotations

import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from app.document.document import Document
from app.errand import Errand
from app.errors import UserError
from app.main_window import MainWindow
from app.settings import Settings

if TYPE_CHECKING:
    from types import TracebackType

    from app.options import LaunchOptions

# How long a thread may hold the interpreter: with the usual 5 ms pure-Python work in the training
# thread would take the window down to 15 frames a second.
SWITCH_INTERVAL = 0.001


def launch(options: LaunchOptions) -> tuple[int, str]:
    """Open the window and run until it is closed; returns the exit status and a complaint."""
    opening = options.opening()
    if options.exit and options.train and not len(opening.state.points):
        raise UserError(f"--train {options.train}: there are no points to train on")
    document = Document(opening.state)
    sys.setswitchinterval(SWITCH_INTERVAL)
    application = QApplication(["planar"])
    application.setApplicationName("Planar")
    application.setOrganizationName("Planar")
    settings = Settings.of_nobody() if options.exit else Settings.of_the_person()
    window = MainWindow(document, settings, options.theme, furnish_later=not options.exit)
    window.resize(*options.size)
    if not options.exit:
        settings.restore_geometry(window)
    window.files.restore(opening)
    errand = Errand(window, options, opening.iteration)
    _show_faults_in(window, errand if options.exit else None)
    window.show()
    errand.start()
    application.exec()
    return errand.status, errand.complaint


def _show_faults_in(window: MainWindow, errand: Errand | None) -> None:
    """Tell the person about a fault of the program; the details go to the terminal.

    An errand ends there: a script has nobody who could close the window.
    """

    def report(
        kind: type[BaseException], fault: BaseException, trace: TracebackType | None
    ) -> None:
        traceback.print_exception(kind, fault, trace)
        sentence = f"Planar met a fault ({kind.__name__}: {fault}); your work is kept."
        window.show_trouble(sentence)
        if errand:
            errand.give_up(sentence)

    sys.excepthook = report

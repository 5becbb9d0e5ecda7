"""How long tests wait for what comes in its own time: a thread, a signal, another process.

A test that passes uses hardly any of it. pytest-qt's own five seconds can go by on a slow and busy
machine before a picture is there that takes 50 ms elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pytestqt.qtbot import QtBot

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import SignalInstance
    from pytestqt.wait_signal import CheckParamsCb, SignalBlocker

PATIENCE = 60.0  # seconds
MILLISECONDS = int(1000 * PATIENCE)


class PatientBot(QtBot):
    """pytest-qt's robot, which waits longer unless it is told how long."""

    def waitUntil(
        self, callback: Callable[[], bool | None], *, timeout: int = MILLISECONDS
    ) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = MILLISECONDS,
        raising: bool | None = None,
        check_params_cb: CheckParamsCb | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(
            signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb
        )

"""What Planar remembers from one start to the next: the theme and the place of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSettings

from app.options import THEMES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Settings:
    """A person's settings, or none where a script must give the same picture on any machine."""

    def __init__(self, store: QSettings | None) -> None:
        self._store = store

    @classmethod
    def of_the_person(cls) -> Settings:
        """Open the settings of whoever is logged in."""
        return cls(QSettings())

    @classmethod
    def of_nobody(cls) -> Settings:
        """Remember nothing and know nothing."""
        return cls(None)

    @property
    def theme(self) -> str:
        """The chosen theme, one of `THEMES`; "system" where the settings name no other."""
        if self._store is None:
            return "light"
        name = self._store.value("theme")
        return name if name in THEMES else "system"

    @theme.setter
    def theme(self, name: str) -> None:
        if self._store:
            self._store.setValue("theme", name)

    def restore_geometry(self, window: QWidget) -> None:
        """Put the window where it was."""
        geometry = self._store.value("geometry") if self._store else None
        if isinstance(geometry, QByteArray):
            window.restoreGeometry(geometry)

    def keep_geometry(self, window: QWidget) -> None:
        """Remember where the window is."""
        if self._store:
            self._store.setValue("geometry", window.saveGeometry())

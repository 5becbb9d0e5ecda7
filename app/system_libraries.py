"""Whether Qt can start here, asked before Qt is: one sentence instead of an abort.

Where a system library is missing, ``import PySide6.QtWidgets`` ends in a traceback; where the
platform plugin cannot be loaded or no display answers, Qt ends the process by ``abort()`` and
blames xcb-cursor0 whatever is missing. So `check_qt_can_start` opens the same libraries by their
names first, and knocks at the display. That takes 5 ms, but Qt loads the same libraries a moment
later and then finds them there: the start as a whole takes 1 ms longer of 160.

The tables are what the ELF headers of PySide6 6.11's libraries and plugins ask for beyond the C
library and what the wheel brings along; ``tests/app/test_system_libraries.py`` compares them with
the installed PySide6.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from app.errors import UserError

Loader = Callable[[str], ctypes.CDLL]

QT_LIBRARIES: Mapping[str, str] = {
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libstdc++.so.6": "libstdc++6",
    "libgcc_s.so.1": "libgcc-s1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libX11.so.6": "libx11-6",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libfreetype.so.6": "libfreetype6",
    "libfontconfig.so.1": "libfontconfig1",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
}
"""What Qt needs on Linux on every platform: library name -> Debian package."""

PLATFORM_LIBRARIES: Mapping[str, Mapping[str, str]] = {
    "xcb": {
        "libX11-xcb.so.1": "libx11-xcb1",
        "libxcb.so.1": "libxcb1",
        "libxcb-cursor.so.0": "libxcb-cursor0",
        "libxcb-icccm.so.4": "libxcb-icccm4",
        "libxcb-image.so.0": "libxcb-image0",
        "libxcb-keysyms.so.1": "libxcb-keysyms1",
        "libxcb-randr.so.0": "libxcb-randr0",
        "libxcb-render.so.0": "libxcb-render0",
        "libxcb-render-util.so.0": "libxcb-render-util0",
        "libxcb-shape.so.0": "libxcb-shape0",
        "libxcb-shm.so.0": "libxcb-shm0",
        "libxcb-sync.so.1": "libxcb-sync1",
        "libxcb-util.so.1": "libxcb-util1",
        "libxcb-xfixes.so.0": "libxcb-xfixes0",
        "libxcb-xkb.so.1": "libxcb-xkb1",
        "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    },
    "wayland": {
        "libwayland-client.so.0": "libwayland-client0",
        "libwayland-cursor.so.0": "libwayland-cursor0",
    },
}
"""What a platform plugin needs besides, where it needs more: platform -> library -> package."""


def has_display(environment: Mapping[str, str] = os.environ, system: str = sys.platform) -> bool:
    """Whether Qt has somewhere to draw: a display, or a platform chosen by QT_QPA_PLATFORM.

    Says nothing about whether the display answers; `check_qt_can_start` does. macOS and Windows
    always have one.
    """
    names = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "DISPLAY")
    return not system.startswith("linux") or any(environment.get(name) for name in names)


def check_qt_can_start(
    environment: Mapping[str, str] = os.environ,
    system: str = sys.platform,
    load: Loader = ctypes.CDLL,
) -> None:
    """Raise a `UserError` that names what is missing if Qt would not start; else do nothing.

    To be called before any Qt module is imported and after QT_QPA_PLATFORM is settled. Where
    several platforms may be tried (a Wayland session with an X server besides), one that works
    is enough, and the first one's trouble is reported.
    """
    if not system.startswith("linux"):
        return
    problems = [_problem(name, environment, load) for name in _platforms(environment)]
    if all(problems):
        raise UserError(problems[0])


def missing_libraries(platform: str, load: Loader = ctypes.CDLL) -> dict[str, str]:
    """The libraries that Qt on this platform needs and that `load` cannot open.

    Parameters
    ----------
    platform : "xcb", "wayland", "offscreen" or another of Qt's platform names
    load : opens a library by name, or raises OSError

    Returns
    -------
    library name -> the Debian package that has it, in the order of the tables
    """
    needed = {**QT_LIBRARIES, **PLATFORM_LIBRARIES.get(platform, {})}
    return {name: package for name, package in needed.items() if not _opens(name, load)}


def _platforms(environment: Mapping[str, str]) -> list[str]:
    """The platforms that Qt will try, in its order; never empty."""
    chosen = environment.get("QT_QPA_PLATFORM")
    if chosen:
        return [_plugin(name) for name in chosen.split(";")]
    wayland = ["wayland"] if environment.get("WAYLAND_DISPLAY") else []
    x11 = ["xcb"] if environment.get("DISPLAY") or not wayland else []
    return wayland + x11


def _plugin(name: str) -> str:
    """The plugin behind a platform name, which may carry options or a variant of Wayland."""
    plugin = name.partition(":")[0]
    return "wayland" if plugin.startswith("wayland") else plugin


def _known_platforms() -> list[str]:
    """The platforms that the installed Qt has plugins for; empty where it keeps them elsewhere."""
    package = find_spec("PySide6")
    if package is None or package.origin is None:
        return []
    plugins = Path(package.origin).parent / "Qt" / "plugins" / "platforms"
    return sorted(path.stem.removeprefix("libq") for path in plugins.glob("libq*.so"))


def _problem(platform: str, environment: Mapping[str, str], load: Loader) -> str:
    """The sentence that says why Qt cannot start on this platform; empty if it can."""
    known = _known_platforms()
    if known and platform not in known:
        return (
            f"Planar cannot start: QT_QPA_PLATFORM names {platform!r}, "
            f"which Qt does not know; accepted are {', '.join(known)}"
        )
    missing = missing_libraries(platform, load)
    if missing:
        return _missing_sentence(missing)
    if platform == "xcb" and not _x_answers(load("libxcb.so.1")):
        return _silent_sentence("X display", "DISPLAY", environment)
    if platform == "wayland" and not _wayland_answers(load("libwayland-client.so.0")):
        return _silent_sentence("Wayland display", "WAYLAND_DISPLAY", environment)
    return ""


def _missing_sentence(missing: Mapping[str, str]) -> str:
    named = [f"{library} (Debian/Ubuntu package {missing[library]})" for library in missing]
    packages = " ".join(dict.fromkeys(missing.values()))
    verb = "are" if len(named) > 1 else "is"
    return (
        f"Planar cannot start: {', '.join(named)} {verb} missing;"
        f" install with: apt-get install {packages}"
    )


def _silent_sentence(kind: str, variable: str, environment: Mapping[str, str]) -> str:
    value = environment.get(variable)
    if not value:
        return f"Planar cannot start: no {kind} is named, since {variable} is not set"
    return f"Planar cannot start: the {kind} {value} ({variable}) does not answer"


def _opens(name: str, load: Loader) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def _x_answers(xcb: ctypes.CDLL) -> bool:
    """Connect to the X server as Qt's xcb plugin does, and hang up."""
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    has_error: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return has_error == 0


def _wayland_answers(wayland: ctypes.CDLL) -> bool:
    """Connect to the compositor as Qt's wayland plugin does, and hang up."""
    wayland.wl_display_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(wayland.wl_display_connect(None))
    if connection.value is None:
        return False
    wayland.wl_display_disconnect(connection)
    return True

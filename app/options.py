"""The options of a start: checked one by one, and what state they lead to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import nncore
from app.document.classes import TWO_CLASSES
from app.document.labels import opened
from app.document.split import Split
from app.document.state import NetworkSettings, Preset, State, initial_state
from app.errors import UserError
from app.files.atomic import check_writable
from app.files.parameters import EXPORT_FORMATS
from app.files.sessions import SESSION_SUFFIX, Session, open_session
from app.files.tables import read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EXPORT_SUFFIXES = tuple(EXPORT_FORMATS)
THEMES = ("system", "light", "dark")
DEFAULT_SIZE = (1440, 900)
WIDTHS, HEIGHTS = nncore.Range(1040, 7680), nncore.Range(640, 7680)


@dataclass(frozen=True)
class LaunchOptions:
    """What the command line asked for; None: not said."""

    file: Path | None = None
    dataset: str | None = None
    points: int | None = None
    noise: float | None = None
    seed: int | None = None
    hidden: tuple[int, ...] | None = None
    activation: str | None = None
    initializer: str | None = None
    optimizer: str | None = None
    learning_rate: float | None = None
    batch_size: int | None = None
    train: int | None = None
    exports: list[Path] = field(default_factory=list)
    screenshot: Path | None = None
    exit: bool = False
    theme: str = "system"
    size: tuple[int, int] = DEFAULT_SIZE

    def opening(self) -> Session:
        """Return what to open with: the file's session or the usual one, as the options change it.

        Weights of a file are kept as long as the options leave the network as it is, the place
        in the epoch and the memory of the optimizer as long as they leave the batch size.

        Raises
        ------
        UserError
            If the file cannot be opened, or its network and the options do not make one.
        """
        session = self._base()
        state = self._changed_state(session.state)
        try:
            state.network_config()
        except ValueError as error:
            # Of all options only --hidden can clash with what the file says.
            hidden = ",".join(map(str, self.hidden or (0,)))
            raise UserError(
                f"--hidden {hidden} does not fit the network of {self.file}: {error}; "
                "--activation NAME gives all layers the same"
            ) from error
        if state.network != session.state.network:
            return Session(state, None, 0)
        if state.training.batch_size != session.state.training.batch_size:
            session = replace(session, continuation=None)
        return replace(session, state=state)

    def _changed_state(self, state: State) -> State:
        network = _changed(
            state.network,
            hidden_units=self.hidden,
            activation=self.activation,
            initializer=self.initializer,
            seed=self.seed,
        )
        training = state.training
        if self.optimizer is not None:
            training = training.with_optimizer(self.optimizer)
        training = _changed(
            training,
            learning_rate=self.learning_rate,
            batch_size=self.batch_size,
        )
        return replace(state, network=network, training=training)

    def _base(self) -> Session:
        if self.file and self.file.suffix.lower() == SESSION_SUFFIX:
            return open_session(self.file)
        if self.file:
            table = read_table(self.file)
            points, classes, _ = opened(table.points, table.labels, TWO_CLASSES)
            split = Split().of(points)
            return Session(State(points, classes=classes, split=split, task=table.task), None, 0)
        usual = Preset()
        noise = nncore.DATASETS[self.dataset].noise if self.dataset else usual.noise
        preset = _changed(
            replace(usual, noise=noise),
            name=self.dataset,
            points=self.points,
            noise=self.noise,
            seed=self.seed,
        )
        return Session(initial_state(preset), None, 0)


Settings = TypeVar("Settings", Preset, NetworkSettings, nncore.TrainingConfig)


def _changed(record: Settings, **values: object) -> Settings:
    """Replace what was said; None was not."""
    said: dict[str, Any] = {name: v for name, v in values.items() if v is not None}
    return replace(record, **said)


def _refuse(option: str, given: str, accepted: str) -> UserError:
    return UserError(f"{option} {given!r}: {accepted}")


def name_of(option: str, names: Sequence[str]) -> Callable[[str], str]:
    """Accept one of these names."""

    def check(given: str) -> str:
        if given not in names:
            raise _refuse(option, given, f"accepted are {', '.join(names)}")
        return given

    return check


def number(option: str, accepted: nncore.Range) -> Callable[[str], float]:
    """Accept a number of this range."""

    def check(given: str) -> float:
        value = _number(given)
        if value is None or not accepted.contains(value):
            raise _refuse(option, given, f"a number from {accepted} is accepted")
        return value

    return check


def whole_number(option: str, minimum: int, maximum: int) -> Callable[[str], int]:
    """Accept a whole number of this range."""

    def check(given: str) -> int:
        value = _digits(given)
        if value is None or not minimum <= value <= maximum:
            accepted = f"a whole number from {minimum:,} to {maximum:,} is accepted"
            raise _refuse(option, given, accepted)
        return value

    return check


def _number(given: str) -> float | None:
    """Return the number that a text spells, without Python's own spellings (1_000, ٣)."""
    try:
        return float(given) if given.isascii() and "_" not in given else None
    except ValueError:
        return None


def _digits(given: str) -> int | None:
    """Return the number that up to nineteen digits make; None for anything else."""
    plain = given.isascii() and given.isdigit() and len(given) < 20
    return int(given) if plain else None


def hidden_units(given: str) -> tuple[int, ...]:
    """Accept the units of each hidden layer, or 0 for no hidden layer."""
    layers, units = nncore.HIDDEN_LAYERS_RANGE, nncore.HIDDEN_UNITS_RANGE
    if given == "0":
        return ()
    counts = [_digits(part) or 0 for part in given.split(",")]
    if len(counts) > layers.maximum or not all(map(units.contains, counts)):
        accepted = (
            f"up to {layers.maximum:g} numbers from {units}, separated by commas, are accepted, "
            "or 0 for no hidden layer"
        )
        raise _refuse("--hidden", given, accepted)
    return tuple(counts)


def window_size(given: str) -> tuple[int, int]:
    """Accept a size as 1440x900."""
    width, _, height = given.lower().partition("x")
    size = (_digits(width) or 0, _digits(height) or 0)
    if WIDTHS.contains(size[0]) and HEIGHTS.contains(size[1]):
        return size
    accepted = f"WIDTHxHEIGHT, {WIDTHS} by {HEIGHTS} pixels, is accepted"
    raise _refuse("--size", given, accepted)


def readable_file(given: str) -> Path:
    """Accept a file that is there."""
    path = Path(given)
    if path.suffix.lower() in EXPORT_SUFFIXES:
        accepted = "an exported network is not opened; a session (.planar) or table (.csv) is"
        raise _refuse("FILE", given, accepted)
    if not _is(path.is_file):
        raise _refuse("FILE", given, "a session (.planar) or table (.csv) that exists is accepted")
    return path


def _is(question: Callable[[], bool]) -> bool:
    """Ask the disk; a name that is too long for it, or in a closed folder, is nothing there."""
    try:
        return question()
    except OSError:
        return False


def writable_file(option: str, suffixes: Sequence[str]) -> Callable[[str], Path]:
    """Accept a path that a file of this kind can be written to, before any time is spent."""

    def check(given: str) -> Path:
        path = Path(given)
        if path.suffix.lower() not in suffixes:
            raise _refuse(option, given, f"a name that ends in {' or '.join(suffixes)} is accepted")
        if _is(path.is_dir):
            raise _refuse(option, given, "that is a folder; a file name is accepted")
        if not _is(path.parent.is_dir):
            raise _refuse(option, given, f"there is no folder {str(path.parent)!r} to write it to")
        try:
            check_writable(path)
        except UserError as error:
            raise UserError(f"{option}: {error}") from error
        return path

    return check

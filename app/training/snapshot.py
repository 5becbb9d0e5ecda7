"""What the worker shows the window: immutable, complete in itself, tagged with its run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from app.render.grid import Region
    from app.render.palette import Palette
    from nncore import Finding, FloatArray, NetworkConfig, Parameters, TrainerState, Trend


class Status(Enum):
    """What a run is doing."""

    READY = "ready"
    TRAINING = "training"
    PAUSED = "paused"
    FINISHED = "finished"
    DIVERGED = "diverged"


@dataclass(frozen=True)
class View:
    """What the window wants to see painted.

    Attributes
    ----------
    region : Region
        The part of the plane that the canvas shows.
    palette : Palette
        The colors of the theme.
    pixels : tuple of int
        Width and height of the canvas in device pixels: no picture is finer than that.
    map_side : int
        Side of a unit's map in device pixels.
    """

    region: Region
    palette: Palette
    pixels: tuple[int, int]
    map_side: int


@dataclass(frozen=True, eq=False)
class Picture:
    """A painted part of the plane: pixels 0xffRRGGBB, shape (rows, columns), the top row first."""

    pixels: NDArray[np.uint32]
    region: Region


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One look at a run.

    Attributes
    ----------
    run : int
        Which run; the window drops snapshots of earlier ones.
    sequence : int
        Number of commands that the worker had taken in.
    status, reason : Status, str
        What the run is doing, and a sentence where that needs one.
    iteration : int
        Parameter updates so far.
    speed : float
        Iterations a second; 0 while it does not train.
    cost, accuracy : float or None
        Over the training set; None without points, for a regression there is no accuracy.
    test_cost, test_accuracy, confusion, test_confusion
        As `app.training.figures.Figures` describes them.
    network, parameters
        The network and a copy of what it has learned.
    continuation : TrainerState or None
        What the run needs to go on exactly as it would have; None without points.
    curve, test_curve : tuple of ndarray
        Iterations and costs of each set, thinned for the screen; the latter empty without test.
    trend : Trend or None
        Where the cost goes; None while there is too little of it.
    findings : tuple of Finding
        What is wrong with the run, the most serious first.
    since : int
        Iteration at which something else than training last changed the run; 0: nothing did.
    boundary : Picture or None
        The decision over the visible region; None before a view was asked for.
    maps : Picture or None
        The atlas of the units' maps, shape (units·side, side): inputs, hidden units, outputs.
    """

    run: int
    sequence: int
    status: Status
    reason: str
    iteration: int
    speed: float
    cost: float | None
    accuracy: float | None
    test_cost: float | None
    test_accuracy: float | None
    confusion: NDArray[np.int64] | None
    test_confusion: NDArray[np.int64] | None
    network: NetworkConfig
    parameters: Parameters
    continuation: TrainerState | None
    curve: tuple[FloatArray, FloatArray]
    test_curve: tuple[FloatArray, FloatArray]
    trend: Trend | None
    findings: tuple[Finding, ...]
    since: int
    boundary: Picture | None
    maps: Picture | None

    @property
    def training(self) -> bool:
        """Whether further snapshots will follow by themselves."""
        return self.status is Status.TRAINING

"""Which values make sense: the controls, the command line and the checks read the same table.

The notes name single values (α = 1.2 in "参数更新公式", basics, softmax, deep) and no limits;
the limits are ours.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Range:
    """A closed interval of numbers."""

    minimum: float
    maximum: float

    def contains(self, value: float) -> bool:
        """Say whether ``value`` lies in the interval; not-a-number never does."""
        return self.minimum <= value <= self.maximum

    def __str__(self) -> str:
        return f"{self.minimum:g} to {self.maximum:g}"


LEAKY_SLOPE_RANGE = Range(0.0, 1.0)
LEARNING_RATE_RANGE = Range(1e-5, 10.0)
HIDDEN_LAYERS_RANGE = Range(0, 6)
HIDDEN_UNITS_RANGE = Range(1, 64)
BATCH_SIZE_RANGE = Range(1, 100_000)
PENALTY_RANGE = Range(0.0, 100.0)
AVERAGING_RANGE = Range(0.0, 0.999999)
EPSILON_RANGE = Range(1e-30, 1.0)
SCHEDULE_PERIOD_RANGE = Range(1, 1_000_000_000)
SCHEDULE_FACTOR_RANGE = Range(1e-9, 1.0)
CLIP_NORM_RANGE = Range(1e-9, 1e9)
POINTS_RANGE = Range(0, 100_000)
NOISE_RANGE = Range(0.0, 2.0)
SEED_RANGE = Range(0, 2**32 - 1)

"""Slices of time, in iterations; on a clock that the test turns."""

import pytest

from app.training import pace as pace_module
from app.training.pace import LARGEST_SLICE, SPEED_WINDOW, Pace
from tests.app.training.settings import Clock


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pace_module, "perf_counter", clock)
    return clock


def _run(pace: Pace, clock: Clock, each: float, slices: int) -> int:
    count = 0
    for _ in range(slices):
        count = pace.iterations(0.002)
        clock.now += count * each
        pace.note(count, count * each)
    return count


@pytest.mark.parametrize("each", [1e-6, 1e-5, 3e-4])
def test_it_finds_how_many_fit(clock: Clock, each: float) -> None:
    pace = Pace()
    assert pace.iterations(0.002) == 1
    assert _run(pace, clock, each, 40) == pytest.approx(0.002 / each, rel=0.02, abs=1)


@pytest.mark.parametrize(("before", "after"), [(1e-6, 1e-4), (1e-4, 1e-6)])
def test_it_follows_a_change(clock: Clock, before: float, after: float) -> None:
    pace = Pace()
    _run(pace, clock, before, 40)
    assert _run(pace, clock, after, 60) == pytest.approx(0.002 / after, rel=0.02, abs=1)


def test_never_none_and_never_without_end(clock: Clock) -> None:
    pace = Pace()
    pace.note(1, 10.0)
    assert pace.iterations(0.002) == 1
    pace.forget()
    pace.note(1, 1e-12)
    assert pace.iterations(0.002) == LARGEST_SLICE
    pace.forget()
    assert pace.iterations(0.002) == 1


def test_nothing_done_says_nothing(clock: Clock) -> None:
    pace = Pace()
    pace.note(0, 5.0)
    assert pace.iterations(0.002) == 1
    assert pace.speed == 0


def test_the_speed_is_there_at_once_and_then_of_the_last_while(clock: Clock) -> None:
    pace = Pace()
    pace.start()
    _run(pace, clock, 1e-3, 1)
    assert pace.speed == pytest.approx(1000)
    _run(pace, clock, 1e-4, round(SPEED_WINDOW / 0.002) * 3)
    assert pace.speed == pytest.approx(10_000, rel=0.01)


def test_a_pause_does_not_count(clock: Clock) -> None:
    pace = Pace()
    pace.start()
    _run(pace, clock, 1e-4, 100)
    clock.now += 3600
    pace.start()
    assert pace.speed == 0
    _run(pace, clock, 1e-4, 10)
    assert pace.speed == pytest.approx(10_000, rel=0.01)

"""How much of the training's speed is left when the cost over a test set is measured as well.

Both candidates train on the same points, are looked at thirty times a second and take turns; each
figure is the median of the rounds' ratios, in processor time of this thread.
"""

from dataclasses import replace
from statistics import median
from time import perf_counter, thread_time

from app.document.split import Split
from app.document.state import Preset, State, initial_state
from app.training.engine import Engine

ROUNDS, SECONDS, SLICE, FRAMES = 15, 1.0, 0.002, 30
SPLIT = Split(0.2, 1)


def iterations_a_second(state: State) -> float:
    """Train for a while as the worker does."""
    engine = Engine()
    engine.start_run(1, state, train=True)
    start, busy, frame = perf_counter(), thread_time(), 0
    while (passed := perf_counter() - start) < SECONDS:
        engine.advance(SLICE)
        if passed * FRAMES > frame:
            frame += 1
            look = engine.snapshot(0)
    return look.iteration / (thread_time() - busy)


def report(m: int) -> None:
    tested = replace(initial_state(Preset(points=m)), split=SPLIT)
    tested = replace(tested, points=SPLIT.applied(tested.points))
    alone = replace(tested, points=tested.training_points)
    kept = median(iterations_a_second(tested) / iterations_a_second(alone) for _ in range(ROUNDS))
    print(f"{m:>6,} points, a fifth held back: {100 * kept:.1f} % of the speed without them")


def main() -> None:
    for m in (400, 5_000):
        report(m)


if __name__ == "__main__":
    main()

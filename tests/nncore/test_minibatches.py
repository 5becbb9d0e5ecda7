import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from nncore.minibatches import ExampleOrder


def epoch(order: ExampleOrder, m: int, size: int) -> list[list[int]]:
    return [order.next().tolist() for _ in range(-(-m // size))]


@given(m=st.integers(1, 50), size=st.integers(1, 60), seed=st.integers(0, 1000))
def test_every_epoch_uses_every_example_once(m: int, size: int, seed: int) -> None:
    order = ExampleOrder(m, size, np.random.default_rng(seed))
    for _ in range(3):
        parts = epoch(order, m, size)
        assert sorted(number for part in parts for number in part) == list(range(m))
        assert [len(part) for part in parts[:-1]] == [size] * (len(parts) - 1)


def test_every_epoch_is_shuffled_anew() -> None:
    order = ExampleOrder(40, 40, np.random.default_rng(1))
    orders = {tuple(order.next().tolist()) for _ in range(5)}
    assert len(orders) == 5
    assert tuple(range(40)) not in orders


@given(
    m=st.integers(1, 12),
    size=st.integers(1, 12),
    before=st.integers(0, 30),
    after=st.integers(1, 9),
)
def test_going_back_to_a_place_repeats_what_followed(
    m: int, size: int, before: int, after: int
) -> None:
    order = ExampleOrder(m, size, np.random.default_rng(3))
    for _ in range(before):
        order.next()
    place = order.place()
    first = [order.next().tolist() for _ in range(after)]
    order.go_to(place)
    assert [order.next().tolist() for _ in range(after)] == first

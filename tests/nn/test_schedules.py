"""Schedules at their ends and between them."""

from itertools import pairwise
from math import cos, pi

import pytest

from annkit.nn import SCHEDULES
from annkit.nn.schedules import cosine, exponential, stairs, warmup


@pytest.mark.parametrize("name", SCHEDULES)
def test_all_stay_between_zero_and_the_base(name: str) -> None:
    for n_steps in (1, 2, 7, 100):
        rates = [SCHEDULES[name](step, n_steps, 0.5) for step in range(n_steps)]
        assert all(0 <= rate <= 0.5 for rate in rates)
        assert max(rates) == pytest.approx(0.5)


def test_cosine() -> None:
    assert cosine(0, 10, 0.4, floor=0.1) == 0.4
    assert cosine(10, 10, 0.4, floor=0.1) == pytest.approx(0.1)
    assert cosine(3, 10, 2.0) == pytest.approx(1 + cos(0.3 * pi))


def test_stairs() -> None:
    rates = [stairs(step, 6, 1.0, factor=0.5, n_stairs=3) for step in range(6)]
    assert rates == [1, 1, 0.5, 0.5, 0.25, 0.25]


def test_exponential_falls_by_the_same_factor() -> None:
    rates = [exponential(step, 4, 1.0, last=1 / 16) for step in range(5)]
    assert rates == pytest.approx([1, 1 / 2, 1 / 4, 1 / 8, 1 / 16])


def test_warmup_rises_then_falls() -> None:
    rates = [warmup(step, 100, 1.0, share=0.1) for step in range(100)]
    assert rates[:10] == pytest.approx([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0])
    assert rates[10] == 1.0
    assert all(a > b for a, b in pairwise(rates[10:]))

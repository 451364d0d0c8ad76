"""Schedules at their ends and between them."""

from math import cos, pi

import pytest

from annkit.nn import SCHEDULES
from annkit.nn.schedules import cosine


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

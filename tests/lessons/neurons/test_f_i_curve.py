"""From the f–I curve over a ReLU to a step: the numbers, against the formula written out again."""

import numpy as np
import pytest

from annkit.lessons.neurons.f_i_curve import morphed, named, simulated_rates, words


def period(current: float) -> float:
    """Time between spikes, ms, from the formula written out once more."""
    drive = 10.0 * current
    return 2.0 + 10.0 * float(np.log(drive / (drive - 15.0)))


def test_simulation_and_formula_agree() -> None:
    currents = np.array([1.0, 1.5, 1.7, 3.0, 6.0])
    wanted = np.array([0.0, 0.0, *(1000 / period(i) for i in (1.7, 3.0, 6.0))])
    assert simulated_rates(currents) == pytest.approx(wanted, rel=0.02)


def test_the_curve_turns_into_a_relu_and_a_step() -> None:
    currents = np.array([0.0, 1.4, 1.5, 2.0, 5.0, 8.0])
    top = 1000 / period(8.0)
    assert morphed(currents, 1.0) == pytest.approx(np.maximum(0, currents - 1.5) * top / 6.5)
    assert morphed(currents, 2.0) == pytest.approx([0, 0, top, top, top, top])
    halfway = (morphed(currents, 0.0) + morphed(currents, 1.0)) / 2
    assert morphed(currents, 0.5) == pytest.approx(halfway)


def test_the_words_follow_the_shape() -> None:
    assert [named(shape) for shape in (0.0, 1.0, 2.0)] == ["the f–I curve", "a ReLU", "a step"]
    assert "between a ReLU and a step" in words(3.0, 1.5).text
    assert "The curve on the right" not in words(3.0, 0.0).text
    assert "no spike" in words(1.5, 0.0).text

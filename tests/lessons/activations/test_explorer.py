"""The explorer of chapter 3: what it says is what one can compute."""

import numpy as np
import pytest

from annkit.lessons.activations.explorer import activation_explorer, layer_sums
from annkit.show.tables import power_of_ten
from tests.show.explorers import frame


@pytest.fixture(scope="module")
def explorer():
    return activation_explorer()


def test_sigmoid_at_zero_loses_all_but_a_millionth(explorer):
    said = frame(explorer, name="sigmoid", z=0.0, weight=1.0).numbers
    a, step, left = np.array([0.0, 1e-4]), 1e-4, None
    for _ in range(10):
        a = 1 / (1 + np.exp(-a))
    left = (a[1] - a[0]) / step
    assert said["left after 10 layers"] == power_of_ten(left) == "3.9 · 10⁻⁷"
    assert said["f′(z)"] == said["measured f′(z)"] == "0.25"


def test_formula_and_measurement_differ_at_the_kink_only(explorer):
    at_kink = frame(explorer, name="ReLU", z=0.0).numbers
    assert (at_kink["f′(z)"], at_kink["measured f′(z)"]) == ("0", "0.5")
    for name in ("sigmoid", "tanh", "ReLU", "leaky ReLU", "SiLU", "step"):
        for z in (-2.5, 0.7, 4.0):
            said = frame(explorer, name=name, z=z).numbers
            assert said["f′(z)"] == said["measured f′(z)"], (name, z)


@pytest.mark.parametrize("push", [-4.0, -1.0, 0.0, 3.0])
def test_flat_relu_units_are_those_that_are_never_positive(explorer, push):
    dead = sum(max(column) + push <= 0 for column in layer_sums().T)
    assert frame(explorer, name="ReLU", push=push).numbers["flat units"] == dead


def test_leaky_units_are_never_flat(explorer):
    assert frame(explorer, name="leaky ReLU", push=-8.0).numbers["flat units"] == 0


def test_a_unit_that_falls_is_not_flat(explorer):
    """Left of −1.28 the slope of SiLU is negative; three to the left no unit is asleep."""
    said = frame(explorer, name="SiLU", z=-2.0, push=-3.0).numbers
    assert str(said["f′(z)"]).startswith("−0.0")
    assert said["flat units"] == 0


def test_tiny_numbers_are_told_as_powers_of_ten(explorer):
    assert "3.9 · 10⁻⁷" in repr(explorer)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (0.25, "0.25"),
        (-3.0, "−3"),
        (3.875e-7, "3.9 · 10⁻⁷"),
        (-1e-20, "−1.0 · 10⁻²⁰"),
        (46656.0, "4.7 · 10⁴"),
    ],
)
def test_numbers_in_words(number, text):
    assert power_of_ten(number) == text

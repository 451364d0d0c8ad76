"""The pictures of the convergence proof: their words say what the numbers say."""

import numpy as np

from annkit.data import fruits
from annkit.lessons.perceptron import learning as perceptron
from annkit.lessons.perceptron.proof import shadow, two_inequalities


def test_the_shadow_is_the_product_with_the_separator() -> None:
    w_hat = np.array([[1.0, 2.0, 2.0], [3.0, 0.0, 4.0]])
    alt = shadow(w_hat, [1.0, 0.0, 0.0], 0.5).alt
    assert "After 2 corrections" in alt
    assert "5 long" in alt
    assert "shadow on u 3, more than kγ = 1" in alt


def test_the_walls_meet_at_the_bound() -> None:
    made = perceptron.corrections(*fruits())
    picture = two_inequalities([np.linalg.norm([*s.w, s.b]) for s in made], 0.1758, 6.21**0.5)
    assert "after each of 15 corrections" in picture.alt
    assert "k = 200" in picture.alt

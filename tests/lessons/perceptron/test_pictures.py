"""The still pictures of chapter 2: their words say what the numbers say."""

import numpy as np
import pytest

from annkit.data import fruits
from annkit.lessons.perceptron.pictures import boundary_line, hidden_lines, order_counts

CORNERS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])


def test_a_boundary_counts_the_examples_on_the_wrong_side() -> None:
    X, y = fruits()
    right = boundary_line(X, y, [1.0, -1.0], 0.0)
    assert "no examples on the wrong side" in right.alt
    assert f"{0.1 / 2**0.5:.3g}" in right.alt
    wrong = boundary_line(X, y, [1.0, 0.0], -1.9)
    assert "2 examples on the wrong side" in wrong.alt
    assert "−0.4" in wrong.alt
    assert wrong.png.startswith(b"\x89PNG")  # an upright line can be drawn


def test_every_distance_is_told() -> None:
    X, y = fruits()
    alt = boundary_line(X, y, [3.0, 4.0], -8.0).alt
    for x in X:
        assert f"{(3 * x[0] + 4 * x[1] - 8) / 5:+.2f}".replace("-", "−") in alt


@pytest.mark.parametrize(("w", "said"), [([0, 0], "all weights are 0"), ([np.nan, 1], "no finite")])
def test_without_a_boundary_the_picture_says_so(w: list[float], said: str) -> None:
    X, y = fruits()
    picture = boundary_line(X, y, w, 0.0, ("lemon", "orange"))
    assert "No boundary can be drawn" in picture.alt
    assert said in picture.alt
    assert "nan" not in picture.alt
    assert picture.png.startswith(b"\x89PNG")


def test_orders_are_counted() -> None:
    assert (
        "Bars for 5 orders: between 2 and 7 corrections, most often 3"
        in order_counts([3, 2, 3, 7, 3]).alt
    )


@pytest.mark.parametrize(("bias", "said"), [(-1.5, "0, 1, 1, 0"), (-0.5, "1, 1, 1, 1")])
def test_a_network_of_steps_is_asked_about_its_corners(bias: float, said: str) -> None:
    params = [([[1, -1], [1, -1]], [-0.5, 1.5]), ([[1], [1]], [bias])]
    picture = hidden_lines(params, CORNERS, [-1, 1, 1, -1])
    assert f"Outputs at 00, 01, 10, 11: {said}." in picture.alt
    assert picture.png.startswith(b"\x89PNG")

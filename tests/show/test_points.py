"""Points of classes: a colour and a shape each, and words that count them."""

import numpy as np
import pytest

from annkit.show import scatter
from tests.show.sanitiser import dropped

X = np.array([[0.0, 0.0], [2.0, 0.0], [5.0, -1.0], [5.0, -3.0], [8.0, 8.0]])


def test_words_count_and_place_every_class() -> None:
    picture = scatter(X, [0, 0, 1, 1, 4], "width (cm)", "weight (g)")
    assert "weight (g) against width (cm)" in picture.alt
    assert "2 points of class 0 around (1, 0)" in picture.alt
    assert "2 points of class 1 around (5, −2) and 1 point of class 4 around (8, 8)" in picture.alt
    assert dropped(picture.html()) == []


def test_classes_differ_in_shape_and_colour() -> None:
    ax = scatter(X, ["pear", "pear", "apple", "apple", "fig"]).fig.axes[0]
    drawn = [c for c in ax.collections if np.size(c.get_offsets())]
    assert len({np.asarray(c.get_paths()[0].vertices).tobytes() for c in drawn}) == 3
    assert len({np.asarray(c.get_facecolor()).tobytes() for c in drawn}) == 3


def test_names_replace_numbers() -> None:
    assert "3 points of apple" in scatter(X, [-1, 1, 1, 1, -1], names=["pear", "apple"]).alt


@pytest.mark.parametrize(
    ("points", "labels", "message"),
    [(X[:, :1], [0] * 5, r"X: expected shape \(n, 2\)"), (X, [0, 1], "labels: expected 5")],
)
def test_what_does_not_fit_is_said(points: np.ndarray, labels: list[int], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        scatter(points, labels)

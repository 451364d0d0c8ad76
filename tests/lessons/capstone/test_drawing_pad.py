"""The pad answers every change of the drawing, and its still twin tells the same."""

import numpy as np
import pytest

from annkit.arguments import ShapeError
from annkit.lessons.capstone.drawing_pad import DrawingPad, drawing_pad
from annkit.lessons.capstone.drawings import SCALED
from annkit.lessons.capstone.reading import read


def by_darkness(X):
    """Ten probabilities: how dark the first ten pixels are."""
    dark = X[:, :10] + 1e-6
    return dark / dark.sum(axis=1, keepdims=True)


def test_reading_says_digit_and_probabilities():
    said = read([[(0.31, 0.06)]], "as drawn", by_darkness, lambda X: X[:, :4])
    assert said.digit == 2
    assert said.words.startswith("It reads 2, with ")
    assert said.hidden.shape == (4,)
    np.testing.assert_allclose(said.probabilities.sum(), 1)
    empty = read([], SCALED, by_darkness)
    assert (empty.digit, empty.words) == (None, "The pad is empty.")
    with pytest.raises(ShapeError, match="predict_proba"):
        read([[(0.5, 0.5)]], SCALED, lambda X: np.ones(10))


def test_every_change_is_read_again():
    pad = DrawingPad(by_darkness, lambda X: X[:, :4]).widget
    assert pad.reading["text"] == "The pad is empty."
    pad.strokes = [[[0.06, 0.06]]]
    assert pad.reading["text"].startswith("It reads 0")
    cells = [False] * 64
    cells[5] = True
    pad.strokes, pad.cells = [], cells
    assert pad.reading["text"].startswith("It reads 5")
    assert len(pad.reading["picture"]) == 64
    assert len(pad.reading["hidden"]) == 4
    pad.preparation = SCALED
    assert pad.reading["picture"][27] > 0


def test_a_model_that_fails_is_told_in_the_pad():
    def broken(X):
        raise ValueError("no weights yet")

    pad = DrawingPad(broken, None).widget
    pad.strokes = [[[0.5, 0.5]]]
    assert pad.reading["text"] == "ValueError: no weights yet"


def test_the_still_twin_shows_four_readings(capsys):
    made = drawing_pad(by_darkness)
    assert "a small 7" in capsys.readouterr().out
    page = made.twin.html()
    assert page.count("<img") == 4
    assert "read as" in page

"""Pictures of curves made of bumps: errors and pieces in their words are true."""

import numpy as np
import pytest

from annkit.lessons.forward.bumps import bumps, errors, folded, straight_pieces, triangle


def test_the_words_give_the_error_of_joining_points():
    alt = bumps(np.square, 0, 4, (5,), ("x", "x²")).alt
    # the chord of a parabola misses it by width²/4 in the middle
    assert "5 bumps miss it by at most 0.25" in alt


def test_errors_are_told_from_first_to_last():
    units = np.array([9, 18, 36])
    picture = errors({"smooth": (units, 9.0 / units**2), "√x": (units, 1 / np.sqrt(units))})
    assert "from 9 to 36 ReLU units" in picture.alt
    assert "√x: from 0.33 to 0.17" in picture.alt
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("corners", "pieces"), [([0, 1], 1), ([0, 0.5, 1], 2), ([0, 0.25, 0.5, 1], 3)]
)
def test_straight_pieces_are_counted(corners, pieces):
    x = np.linspace(0, 1, 17)
    heights = np.arange(len(corners)) % 2
    assert straight_pieces(np.interp(x, corners, heights)) == pieces


def test_folding_is_told_in_pieces():
    x = np.linspace(0, 1, 33)
    alt = folded(x, {"line": x, "tent": 1 - np.abs(2 * x - 1)}).alt
    assert "line: 1 straight pieces; tent: 2 straight pieces" in alt


def test_a_bump_is_compared_with_the_triangle():
    x = np.linspace(0, 7, 141)
    right = np.interp(x, [2, 3, 5], [0, 1, 0])
    assert "At most 0 from the triangle" in triangle(x, right, (2, 3, 5)).alt
    assert "At most 1 from the triangle, at x = 3." in triangle(x, 0 * x, (2, 3, 5)).alt


def test_a_bump_of_another_shape_is_refused():
    with pytest.raises(ValueError, match="expected shape"):
        triangle(np.linspace(0, 7, 141), np.zeros(3), (2, 3, 5))

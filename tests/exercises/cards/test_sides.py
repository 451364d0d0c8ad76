"""Two values side by side: differences are marked, and digits suffice to see them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from annkit.exercises.cards.sides import side_by_side


def marked(expected, got):
    """The entries of the lines called got that are marked."""
    return [
        text.strip()
        for line in side_by_side(expected, got).lines
        for text, bad in line.entries
        if bad
    ]


def test_differing_entries_are_marked():
    assert marked(np.array([0.25, 0.5, 1.0]), np.array([0.25, 0.4, 1.0])) == ["0.4"]
    assert marked([[1, 2], [3, 4]], [[1, 2], [3, 5]]) == ["5"]
    assert marked(["a", "b"], ["a", "c"]) == ["'c'"]
    assert marked(1.0, float("nan")) == ["nan"]
    assert marked([float("nan")], [float("nan")]) == []


def test_digits_are_enough_to_see_the_difference():
    text = side_by_side([0.5, 0.5], [0.5, 0.50000003]).plain()
    assert "0.50000003" in text
    assert marked([1.0], [1.0 + 1e-12]) == ["1.000000000001"]


def test_what_has_another_form_is_shown_whole():
    text = side_by_side(np.zeros((2, 3)), np.zeros((3, 2))).plain()
    assert "shape (2, 3)" in text
    assert "shape (3, 2)" in text
    assert marked(np.zeros(2), None) == []
    assert "None" in side_by_side(np.zeros(2), None).plain()
    assert "{'a': 1}" in side_by_side({"a": 1}, [1]).plain()


def test_of_a_large_array_the_first_wrong_entries_are_shown():
    expected = np.zeros((40, 30))
    got = expected.copy()
    got[3, 4] = got[20, 1] = 1
    text = side_by_side(expected, got).plain()
    assert "[3, 4]" in text
    assert "[20, 1]" in text
    got[30:] = 2
    assert "5 of the 302 wrong entries of an array of shape (40, 30)" in (
        side_by_side(expected, got).plain()
    )


@settings(max_examples=40)
@given(
    array_shapes(min_dims=0, max_dims=3, max_side=9).flatmap(
        lambda shape: st.tuples(arrays(float, shape), arrays(float, shape))
    )
)
def test_any_two_arrays_line_up(pair):
    sides = side_by_side(*pair)
    widths = {line.label: len(" ".join(text for text, _ in line.entries)) for line in sides.lines}
    if {"expected", "got"} <= set(widths) and pair[0].ndim:
        assert widths["expected"] == widths["got"] or "of shape" in sides.plain()

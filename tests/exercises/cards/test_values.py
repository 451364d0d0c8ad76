"""Values in small numbers, and side by side, with digits enough to see what differs."""

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from annkit.exercises.calls.wire import Opaque, Rng
from annkit.exercises.cards.values import MAX_TEXT, number, short, side_by_side


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.25, "0.25"),
        (1 / 3, "0.3333"),
        (2.0, "2"),
        (-0.0, "0"),
        (12345.678, "12346"),
        (1e-9, "1e-9"),
        (6.02e23, "6.02e23"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (True, "True"),
        (np.bool_(False), "False"),
        (7, "7"),
        (10**40, "1e40"),
        (1 - 2j, "1-2j"),
        (np.float32(0.1), "0.1"),
    ],
)
def test_numbers_are_short(value, text):
    assert number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "None"),
        ("ab", "'ab'"),
        ([1.0, 2.5], "[1, 2.5]"),
        ((1,), "(1,)"),
        ({"w": np.array([1.0])}, "{'w': [1]}"),
        (np.array(0.5), "0.5"),
        (np.zeros((2, 0)), "[[], []]"),
        (Opaque("a function"), "a function"),
        (Rng(5), "np.random.default_rng(5)"),
        (sympy.Symbol("z") ** 2, "z**2"),
    ],
)
def test_values_are_short(value, text):
    assert short(value) == text


def test_large_arrays_say_their_shape():
    assert (
        short(np.arange(600.0).reshape(30, 20)) == "[[0, 1, …], [20, 21, …], …] of shape (30, 20)"
    )


def test_an_object_that_misbehaves_has_a_text_all_the_same():
    class Rude:
        def __repr__(self):
            raise RuntimeError

    assert short(Rude()) == "an object of type Rude"
    assert short([Rude()]) == "an object of type list"


@settings(max_examples=40)
@given(st.recursive(st.none() | st.floats() | st.text(), lambda x: st.lists(x) | st.tuples(x, x)))
def test_any_plain_value_fits_on_a_line(value):
    assert "\n" not in short(value)
    assert len(short(value)) <= 2 * MAX_TEXT


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


def test_a_difference_is_told_from_rounding():
    """10000.693 is no 10001 where 10000 came."""
    assert "10000.7" in side_by_side([10000.693], [10000.0]).plain()
    assert "0.3333" in side_by_side([1 / 3], [0.25]).plain()


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

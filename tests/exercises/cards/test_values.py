"""Values in small numbers, and side by side with the differences marked."""

import numpy as np
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from annkit.exercises.calls.wire import Opaque, Rng
from annkit.exercises.cards.values import MAX_TEXT, call_text, number, short


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


def test_calls_look_as_typed():
    assert call_text("leaky", (np.array([-1, 2]),), {"slope": 0.1}, None) == (
        "leaky([-1, 2], slope=0.1)"
    )
    assert call_text("Value", (2.0,), {}, "calls_backward") == "Value, calls backward given 2"
    lines = call_text("f", (np.ones((9, 9)), np.ones((9, 9))), {}, None).splitlines()
    assert (lines[0], len(lines), lines[-1]) == ("f(", 4, ")")

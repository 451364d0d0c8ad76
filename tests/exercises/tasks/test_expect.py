"""One policy of equality, and sentences that say what was expected and what came."""

import numpy as np
import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from annkit.exercises import (
    Answer,
    CheckFailed,
    Opaque,
    expect_close,
    expect_equal,
    expect_equivalent,
    expect_error,
    expect_pairs,
    expect_shape,
    expect_shuffled,
    expect_that,
)
from annkit.exercises.calls.answer import here
from annkit.exercises.tasks.compare import explains_the_change

floats = arrays("f8", array_shapes(max_side=4), elements=st.floats(-1e6, 1e6))


@given(floats)
def test_equal_arrays_pass_in_every_harmless_form(array):
    """Lists, float32-sized errors, integers by value."""
    expect_close(array, array)
    expect_close(array.tolist(), array)
    expect_close(array * (1 + 1e-7), array)


@given(floats, st.integers(0, 255))
def test_one_entry_off_is_found(array, where):
    """Any single difference well above the tolerance fails."""
    got = array.copy()
    got.flat[where % got.size] += 1 + abs(got.flat[where % got.size])
    with pytest.raises(CheckFailed):
        expect_close(got, array)


@pytest.mark.parametrize(
    ("got", "expected", "says"),
    [
        (None, 1.0, "nothing (None)"),
        (float("nan"), 1.0, "nan"),
        (np.array([1.0, np.inf]), np.array([1.0, 2.0]), "infinite"),
        ("1.0", 1.0, "the text '1.0'"),
        (Opaque("a function"), 1.0, "a function"),
        ([[1, 2], [3]], np.ones((2, 2)), "ragged"),
        ([1, None], np.ones(2), "does not hold numbers only"),
        (1 + 0.5j, 1.0, "complex"),
        ({"a": 1}, 1.0, "a dictionary"),
        (np.array([1.0, 2.5, 3.0]), np.array([1.0, 2.0, 3.0]), "2 of 3 entries right"),
        ((1.0,), (1.0, 2.0), "length 1"),
        (3.0, (1.0, 2.0), "should be a tuple of 2"),
        ({"AND": 1}, {"AND": 1, "OR": 2}, "lacks the key 'OR'"),
        ({"AND": 1, "XOR": 2}, {"AND": 1}, "does not belong"),
        ([(np.ones(2), 2.0)], [(np.ones(2), 4.0)], "[0][1]"),
        (True, "yes", "not right"),
        ("False", False, "should be a number, got the text 'False'"),
    ],
)
def test_what_differs_is_said(got, expected, says):
    """Expected, got and the likely cause are in the sentence."""
    with pytest.raises(CheckFailed) as failed:
        expect_close(got, expected)
    assert says in failed.value.failure.what


def test_pieces_go_by_their_names():
    """A check that says what the pieces are called is understood."""
    with pytest.raises(CheckFailed, match=r"^b: not right"):
        expect_close((np.ones(2), 1.0), (np.ones(2), 2.0), what="(W, b)")
    layers = [(np.ones(2), 1.0), (np.ones(2), 2.0)]
    with pytest.raises(CheckFailed, match=r"b in params\[1\]: "):
        expect_close([layers[0]] * 2, layers, what="each (W, b) in params")


@pytest.mark.parametrize(
    ("got", "expected"),
    [
        (np.array(2.0), 2.0),
        (np.float32(0.1), 0.1),
        (1, 1.0),
        (True, 1),
        ([1, 2], np.array([1.0, 2.0])),
        ([1, 2], (1.0, 2.0)),
        (float("inf"), np.inf),
        (np.array([np.nan]), np.array([np.nan])),
        ({"a": [1]}, {"a": np.ones(1)}),
        (np.zeros((0, 3)), np.zeros((0, 3))),
        ("b", "b"),
        (None, None),
    ],
)
def test_what_counts_as_equal(got, expected):
    """The harmless differences of the policy."""
    expect_close(got, expected)


def test_exact_means_exact():
    """Labels have no tolerance."""
    expect_equal([1, 0], [1, 0])
    with pytest.raises(CheckFailed):
        expect_equal([1.0000001, 0], [1, 0])


@pytest.mark.parametrize(
    ("got", "expected", "advice"),
    [
        (np.ones((3, 1)), np.ones(3), "another shape"),
        (np.ones(1), 1.0, "single number in brackets"),
        (3.0, np.ones(3), "summed into one number"),
        (np.ones((3, 3)), np.ones(3), "broadcast"),
        (np.ones((2, 3)), np.ones((3, 2)), "transpose"),
        # The same shapes with other numbers: no cause is made up.
        (np.zeros((3, 1)), np.ones(3), ""),
        (7.0, np.ones(3), ""),
        (np.zeros((2, 3)), np.ones((3, 2)), ""),
        (np.array([1.0, 2.5]), np.array([1.0, 2.0]), ""),
    ],
)
def test_a_cause_is_told_where_the_numbers_bear_it_out(got, expected, advice):
    with pytest.raises(CheckFailed) as caught:
        expect_close(got, expected)
    said = caught.value.failure.advice
    assert advice in said
    assert bool(said) == bool(advice)


def test_single_precision_is_enough_unless_equality_is_asked_for():
    """A check stricter than the default does not reject an answer for its dtype alone."""
    right = np.array([0.1, 0.7, 1e-12])
    expect_close(right.astype(np.float32), right, rtol=0, atol=1e-9)
    with pytest.raises(CheckFailed):
        expect_close(right + 1e-8, right, rtol=0, atol=1e-9)
    with pytest.raises(CheckFailed):
        expect_close((right + 1e-5).astype(np.float32), right, rtol=0, atol=1e-9)
    with pytest.raises(CheckFailed):
        expect_equal(right.astype(np.float32), right)


def test_shapes_and_pairs():
    """A list of (W, b) pairs is checked layer by layer."""
    expect_shape([[1, 2]], (1, 2))
    expect_pairs([(np.ones((2, 3)), np.ones(3))], [(2, 3)])
    for bad, says in [
        ([], "list of 1 pair "),
        ([np.ones((2, 3))], "should be a pair"),
        ([(np.ones((3, 2)), np.ones(3))], r"W of params\[0\]"),
        ([(np.ones((2, 3)), np.ones((1, 3)))], r"b of params\[0\]"),
    ]:
        with pytest.raises(CheckFailed, match=says):
            expect_pairs(bad, [(2, 3)])


def test_the_wanted_error():
    """The class, or a built-in kind of it; a value or another error fails."""

    def root(x):
        if x < 0:
            raise ValueError("expected x ≥ 0")
        return {1: x}[x] if x == 0 else x

    answer = Answer(here(root), "root")
    expect_error(answer, ValueError, -1)
    expect_error(answer, LookupError, 0)
    with pytest.raises(CheckFailed, match="returned a value"):
        expect_error(answer, ValueError, 4)
    with pytest.raises(CheckFailed, match="not KeyError"):
        expect_error(answer, ValueError, 0)
    with pytest.raises(CheckFailed, match=r"ValueError \(0 has none\), not KeyError\.$"):
        expect_error(answer, ValueError, 0, why="0 has none")


def test_anything_else():
    """A sentence of the check's own."""
    expect_that(True, "never said")
    with pytest.raises(CheckFailed, match="Rows must sum to 1"):
        expect_that(False, "Rows must sum to 1.", expected=1, got=2)


def test_expressions_and_dictionaries_of_them():
    """In whatever form; what is none, and which entry is wrong, is said in words."""
    x = sympy.Symbol("x")
    interval = {x: (0.5, 1.5)}
    expect_equivalent({"a": x * (x + 1), "b": 1}, {"a": x**2 + x, "b": sympy.Integer(1)}, interval)
    for got, says in [
        (None, r"nothing \(None\)"),
        (Opaque("a function"), "should be a dictionary, got a function"),
        ({"a": None, "b": 1}, "should be a SymPy expression, got nothing"),
        ([x, 1], "should be a dictionary, got a list of 2"),
        ({"a": x}, "other keys"),
        ({"a": x, "b": 2}, r"\['b'\] is 2 at"),
    ]:
        with pytest.raises(CheckFailed, match=says):
            expect_equivalent(got, {"a": x, "b": x / x}, interval, what="the dictionary")
    with pytest.raises(CheckFailed) as caught:
        expect_equivalent({x: x}, {"x": x}, interval)
    assert "texts, not symbols" in caught.value.failure.why
    with pytest.raises(CheckFailed) as caught:
        expect_equivalent({"x": x, "z": x}, {"x": x, "y": x}, interval)
    assert caught.value.failure.why == "'y' missing; 'z' not asked for"


def _swapped(n: int, rng: np.random.Generator) -> np.ndarray:
    order = np.arange(n)
    for i, j in rng.integers(n, size=(n // 2, 2)):
        order[[i, j]] = order[[j, i]]
    return order


@pytest.mark.parametrize("n", [120, 200])
@pytest.mark.parametrize("seed", range(50))
def test_a_shuffle_parts_neighbours_and_a_rotation_does_not(seed, n):
    """Neither do steps of one length, n/2 swaps, or the old order."""
    rng = np.random.default_rng(seed)
    expect_shuffled(rng.permutation(n).tolist())
    old = np.arange(n)
    for order in (old, np.roll(old, int(rng.integers(1, n))), (7 * old + 3) % n, old[::-1]):
        with pytest.raises(CheckFailed):
            expect_shuffled(order.tolist())
    if n == 200:
        with pytest.raises(CheckFailed, match="where they stood"):
            expect_shuffled(_swapped(n, rng).tolist())


def test_a_mistake_explains_a_change_if_nothing_of_it_is_left_over():
    assert explains_the_change(-65 + 1e-9, -65.0, -64.5)
    assert not explains_the_change(-64.995, -65.0, -64.5)
    assert not explains_the_change([(-64.995, False)], [(-65.0, False)], [(-64.5, False)])
    assert explains_the_change([1.0], [1.0, 2.0], [1.0]), "another form is not compared"
    assert explains_the_change("a", "b", "c")

"""Errors that beginners meet, made by running their lines, and what a card says about them."""

import math

import numpy as np
import pytest
import sympy as sp

from annkit.exercises.cards.error_in_words import ENTRIES, in_words


class Node:
    """What a class of a learner's looks like when a comma or a `self` is missing."""

    def __init__(self, inputs=()):
        self.inputs = inputs

    def double():  # type: ignore[misc]
        """Lack the object."""
        return 2

    def none(self):
        """Forget the return."""


class Empty:
    """A class whose constructor is misspelled."""

    def __int__(self, data):
        """Lack two letters."""


def grow(d):
    for key in d:
        d[key + 1] = 0


def unbound(flag):
    if flag:
        value = 1
    return value


def deep(n):
    return deep(n + 1)


def backprop(y):
    """The first step back of a layer of 3 units and one output, whose activations are ones."""
    return (np.ones((2, 1)) - y) @ np.ones((3, 1)).T


NAMES = {
    "np": np,
    "sp": sp,
    "math": math,
    "a": np.array([1.0, 2.0]),
    "k": np.array([1, 2]),
    "labels": np.array([2, 0]),
    "z": np.array([-1.0, 2.0]),
    "X": np.ones((2, 3)),
    "node": Node(),
    "self": Node(),
    "Node": Node,
    "Empty": Empty,
    "grow": grow,
    "unbound": unbound,
    "deep": deep,
    "backprop": backprop,
    "xs": [1.0, 2.0],
    "params": [(np.ones((2, 1)), np.ones(1))],
    "rng": np.random.default_rng(0),
    "x": sp.Symbol("x"),
    "y": sp.Symbol("y"),
    "frozen": np.broadcast_to(1.0, (2,)),
}
# A line as learners write it, and a piece of what is said.
LINES = [
    ("if (k < 0).any() or k > 1: pass", "`and` and `or` want"),
    ("a > 0 and z > 0", "with brackets around both"),
    ("a == 1 & z == 2", "bind tighter"),
    ("0 < a < 1", "one yes or no on each side"),
    ("max(0, z)", "`np.maximum`"),
    ("max(np.linalg.eig(np.eye(2) + 1))", "out of the pair"),
    ("a - np.linalg.lstsq(np.eye(2), a)", "first of them"),
    ("1 if z > 0 else 0", "`np.where`"),
    ("not z", "`np.where`"),
    ("1 if x > 0 else 0", "`sp.Piecewise`"),
    ("X + a", "beside its own row?"),
    ("X.sum(axis=1) * X", "beside its own row?"),
    ("z + np.ones(3)", "entry by entry"),
    ("[i @ a for i in range(2)]", "the row is `X[i]`"),
    ("k[0] @ a", "Which of the two is it?"),
    ("X @ a", "or one too many"),
    ("np.linalg.solve(a, np.eye(2))", "the matrix first"),
    ("np.linalg.inv(X)", "Only a square matrix"),
    ("X @ X", "entry by entry is `**2`"),
    ("np.dot(X, a)", "inner sizes must agree"),
    ("mine = backprop(a)", "a column, (n, 1)"),
    ("X.reshape(4, 2)", "must multiply to it"),
    ("np.concatenate([X, a])", "`.ravel()` makes a row of a table"),
    ("np.vstack([X, a])", "joined along one axis"),
    ("a.sum(axis=1)", "axis 0 only"),
    ("for entry in np.array(3.0): pass", "a single number"),
    ("np.array([[1, 2], [3]])", "different shapes"),
    ("np.sum([X, a])", "one by one, in a loop"),
    ("a[0] = X", "where one number belongs"),
    ("node.none() + 1", "without `return`"),
    ("node.none().sum()", "without `return`"),
    ("rng.shuffle(xs)[0]", "`rng.shuffle(x)`"),
    ("W, b = node.none()", "without `return`"),
    ("np.max(0, z)", "`np.maximum`"),
    ("np.concatenate(X, X)", "as one list"),
    ("np.where(z > 0, 1)", "three things"),
    ("math.exp(z)", "`np.exp`"),
    ("float(z)", "take one number"),
    ("math.exp(xs)", "take one number"),
    ("math.tanh(node)", "a method for that"),
    ("float(node)", "such as `.data`"),
    ("max(0, node)", "compare the number"),
    ("xs < 2.0", "Compare one entry of it"),
    ("math.exp(x)", "`sp.exp`"),
    ("(1 == 1) - x", "`int(i == j)`"),
    ("x - (1 == 2)", "`int(i == j)`"),
    ("for i in deep: pass", "round brackets"),
    ("2 * node.none", "call it with brackets"),
    ("node - node", "no method for this"),
    ("-node", "no method for this"),
    ("range(a[1])", "whole number"),
    ("xs[z]", "whole number"),
    ("1.5 ^ 2", "write `**`"),
    ("a ^ 2", "write `**`"),
    ("a > 0 & a < 1", "brackets around each"),
    ("0.1 * xs", "do not calculate"),
    ("xs - xs", "do not calculate"),
    ("params[0] - 0.1", "pair by pair"),
    ("xs + 1.0", "`+` joins"),
    ("'1' + 1", "text does not calculate"),
    ("2.0 * np.zeros", "call it with brackets"),
    ("np.linalg.norm(np.ones((2, 2, 2)), 2)", "With the array alone"),
    ("(lambda z: z) < 0.01", "call it with brackets"),
    ("np.zeros((3, 0)).max(axis=1)", "an array here is empty"),
    ("(lambda z: z) * np.ones(2)", "call it with brackets"),
    ("(k > 1) - (k > 0)", "`.astype(float)`"),
    ("1 / 0", "divided by 0"),
    ("assert k.max() < 2", "`assert` stops where"),
    ("math.log(0)", "logarithm of 0"),
    ("math.exp(1000)", "1.8e308"),
    ("k -= 0.5", "Make it float first"),
    ("np.zeros(3, 4)", "`np.zeros((3, 4))`"),
    ("np.exp(x)", "`sp.exp`"),
    ("sp.lambdify(x * y, (x, y))", "symbols first"),
    ("rng.randn(2)", "`rng.normal`"),
    ("rng(2)", "`rng.normal`"),
    ("np.sigmoid(z)", "nothing of this name"),
    ("a[:, 0]", "fewer axes"),
    ("a[4 / 2]", "`//` gives"),
    ("xs[4 / 2]", "`//` gives"),
    ("xs[: 4 / 2]", "`//` gives"),
    ("X[np.array([True])]", "mask must be"),
    ("X[:, [3, 0]]", "picks columns"),
    ("X[a]", "holds neither"),
    ("X[labels]", "takes the labels for numbers of rows"),
    ("a[2]", "the last entry of n is n − 1"),
    ("xs[2]", "the last entry of n is n − 1"),
    ("xs[0, 1]", "`x[i][j]`"),
    ("xs['a']", "by place"),
    ("(1, 2)[0] = 3", "cannot be changed in place"),
    ("frozen[0] = 2", "a copy"),
    ("{'W': 1}['b']", "no such key"),
    ("{a: 1}", "A tuple can"),
    ("set([[1]])", "A tuple can"),
    ("grow({1: 0})", "walks through"),
    ("a(0)", "`x[0]`, not `x(0)`"),
    ("k[0](3 + 4)", "a missing operator"),
    ("np.exp[0]", "no entries to pick"),
    ("deep[0]", "`f(x)`, not `f[x]`"),
    ("a[0][0]", "no entries to pick"),
    ("for i in 3: pass", "`range(n)`"),
    ("len(3)", "`range(n)`"),
    ("for i in Node((node)).inputs: pass", "The comma makes it"),
    ("len(Node((node)).inputs)", "The comma makes it"),
    ("W, b = 3.0", "one single thing"),
    ("sp.diff(x * y, [x, y, x])", "by each of them in turn"),
    ("W, b = xs + xs", "Print what is handed out there"),
    ("W, b = [1]", "Print what is handed out there"),
    ("{'tau': 1}.tau", "with brackets"),
    ("a.append(3)", "collect in a list"),
    ("a.index(2.0)", "`np.argmin`"),
    ("a.lenght", "An array has nothing of this name"),
    ("xs.shape", "`x = np.asarray(x)`"),
    ("(1.5).data", "your nodes have"),
    ("for W, b in self.params[:-1]: pass", "kept by `__init__`"),
    ("self.parents.append(3)", "kept by `__init__`"),
    ("Empty(3)", "Two underscores"),
    ("deep()", "fewer arguments"),
    ("tuple(1.5)", "needs a comma"),
    ("node.double()", "is it missing in its `def`?"),
    ("np.max(z, keepdim=True)", "is it spelled"),
    ("deep(1, 2)", "than the function takes"),
    ("rng.normal(0, 1, 2, 3)", "brackets of its own"),
    ("xs.append(1, 2)", "`xs.append((a, b))`"),
    ("itertools.count()", "`import` line is missing"),
    ("sigmod(z)", "a typing error"),
    ("unbound(False)", "on one branch only"),
    ("deep(0)", "calls itself too often"),
]


@pytest.mark.parametrize(("line", "words"), LINES, ids=[line for line, _ in LINES])
def test_a_line_of_a_beginners_is_told_in_words(line: str, words: str) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011
        exec(compile(line, "<cell>", "exec"), dict(NAMES))
    told = in_words(type(raised.value).__name__, str(raised.value), line)
    assert words in told, f"{type(raised.value).__name__}: {raised.value} → {told!r}"


def test_a_product_elsewhere_is_not_explained_by_the_line_that_called_it() -> None:
    """The learner's line holds no product: it handed over something of another shape."""
    words = "matmul: Input operand 1 has a mismatch in its core dimension 0"
    assert in_words("ValueError", words, "step = gradient(path)") == ""
    assert "inner sizes" in in_words("ValueError", words)


def test_a_method_that_is_missing_is_not_taken_for_something_to_be_kept() -> None:
    """Nor what another object than `self` lacks."""
    missing = "'Node' object has no attribute 'tanh'"
    assert in_words("AttributeError", missing, "return self.tanh()") == ""
    assert in_words("AttributeError", missing, "return self.z * other.tanh") == ""


def test_every_row_of_the_table_is_tried() -> None:
    told = set()
    for line, _ in LINES:
        try:
            exec(compile(line, "<cell>", "exec"), dict(NAMES))
        except Exception as error:
            told.add(in_words(type(error).__name__, str(error), line))
    assert {entry.words for entry in ENTRIES} == told


def test_what_is_rare_is_left_to_python() -> None:
    assert in_words("BrokenPipeError", "") == ""


def test_without_the_line_the_general_words_are_told() -> None:
    ambiguous = "The truth value of an array with more than one element is ambiguous."
    assert "`np.where`" in in_words("ValueError", ambiguous)

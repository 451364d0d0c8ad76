"""One small exercise of every kind the course needs, each with right and wrong answers as text.

The answers are text because they are judged twice: here, and in a process of their own.
"""

import numpy as np
import sympy

from annkit.exercises import (
    Exercise,
    Option,
    Question,
    Rng,
    expect_close,
    expect_equal,
    expect_equivalent,
    expect_error,
    expect_pairs,
    expect_that,
    probe,
)
from annkit.exercises.tasks.task import Task

HINTS = ("Look.", "Think.", "Like this.")


def exercise(id, points=1.0, **more):
    """An exercise with nothing to read."""
    return Exercise(id=id, title=id, points=points, task="Do it.", hints=HINTS, **more)


# --- a function of arrays -------------------------------------------------------------------
double = exercise("double", points=2)


@double.reference
def _double(z):
    """Twice z."""
    return 2 * z


_double.__name__ = "double"


@double.check("by hand", points=0.5)
def double_by_hand(answer, rng):
    """Small numbers."""
    expect_close(answer(np.array([1, -2])), [2.0, -4.0])


@double.check("random arrays", points=1.5, quiet=True)
def double_random(answer, rng):
    """Any shape."""
    z = rng.normal(size=(2, 3))
    expect_close(answer(z), z + z, why="2z is z + z")


@double.wrong(caught_by=double_by_hand, hint=2)
def squared(z):
    """You squared."""
    return z**2


# --- a function that returns several arrays -------------------------------------------------
center = exercise("center")


@center.reference
def _center(X):
    """Columns with mean 0, and the means."""
    return X - X.mean(axis=0), X.mean(axis=0)


_center.__name__ = "center"


@center.check("centres the columns", points=1)
def centers(answer, rng):
    """The centred columns and their means."""
    X = rng.normal(size=(4, 2))
    mean = np.einsum("ij->j", X) / 4
    expect_close(answer(X), (X - mean, mean))


# --- a function that takes a callable -------------------------------------------------------
twice = exercise("twice")


@twice.reference
def _twice(f, x):
    """f(f(x))."""
    return f(f(x))


_twice.__name__ = "twice"


@probe
def with_plus_three(twice, x):
    """Apply it to x + 3."""
    return twice(lambda value: value + 3, x)


@twice.check("applies f two times", points=1)
def applies_twice(answer, rng):
    """Adding three twice adds six."""
    expect_close(answer.probe(with_plus_three, 4.0), 10.0)


# --- a random function ----------------------------------------------------------------------
noisy = exercise("noisy")


@noisy.reference
def _noisy(n, rng):
    """N draws from a standard normal distribution."""
    return rng.normal(size=n)


_noisy.__name__ = "noisy"


@noisy.check("mean 0 and spread 1", points=1)
def is_normal(answer, rng):
    """Judged by properties: 4 000 draws have a mean within 5/√4000 of 0."""
    drawn = answer(4000, rng=Rng(int(rng.integers(2**32))))
    expect_that(abs(np.mean(drawn)) < 5 / np.sqrt(4000), "The mean is off.")
    expect_that(0.9 < np.std(drawn) < 1.1, "The spread is off.")


@noisy.wrong(
    caught_by=is_normal, recognise=lambda calls: bool(np.min([np.min(c.value) for c in calls]) >= 0)
)
def uniform(n, rng):
    """You drew from 0 to 1."""
    return rng.random(n)


# --- a class with operators -----------------------------------------------------------------
vector = exercise("vector", points=2, object_name="Vector")


@vector.reference
class _Vector:
    """A vector of two numbers that can be added."""

    def __init__(self, x, y):
        self.x, self.y = x, y

    def __add__(self, other):
        return type(self)(self.x + other.x, self.y + other.y)


_Vector.__name__ = "Vector"


@probe
def sum_of_two(Vector, a, b):
    """Components of a + b, and the type's name."""
    total = Vector(*a) + Vector(*b)
    return total.x, total.y, type(total).__name__


@vector.check("adds", points=2)
def adds(answer, rng):
    """Componentwise."""
    expect_equal(answer.probe(sum_of_two, (1, 2), (3, 5)), (4, 7, "Vector"))


# --- a SymPy expression ---------------------------------------------------------------------
slope = exercise("slope")
x = sympy.Symbol("x")


@slope.reference
def _slope(expression, symbol):
    """The derivative."""
    return expression.diff(symbol)


_slope.__name__ = "slope"


@slope.check("equals the derivative", points=1)
def is_derivative(answer, rng):
    """In whatever form."""
    expect_equivalent(answer(sympy.tanh(x), x), 1 / sympy.cosh(x) ** 2, {x: (-2.0, 2.0)})


# --- plain data returned --------------------------------------------------------------------
gate = exercise("gate")


@gate.reference
def _gate():
    """Weights of an AND gate."""
    return [(np.ones((2, 1)), np.array([-1.5]))]


_gate.__name__ = "gate"


@gate.check("is an AND gate", points=1)
def is_and(answer, rng):
    """Any weights that work are right."""
    params = answer()
    expect_pairs(params, [(2, 1)])
    W, b = params[0]
    corners = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    expect_equal((corners @ np.asarray(W) + b >= 0)[:, 0], [False, False, False, True])


# --- an error is asked for ------------------------------------------------------------------
positive = exercise("positive")


@positive.reference
def _positive(n):
    """N itself; a ValueError below 1."""
    if n < 1:
        raise ValueError("expected at least 1")
    return n


_positive.__name__ = "positive"


@positive.check("refuses 0", points=1)
def refuses_zero(answer, rng):
    """Zero is not positive."""
    expect_error(answer, ValueError, 0, why="0 is not positive")
    expect_equal(answer(3), 3)


# --- a concept question ---------------------------------------------------------------------
axon = Question(
    id="axon",
    title="Axon",
    prompt="What does it do?",
    options=(
        Option("receives", "That is the dendrite."),
        Option("sends", "Away from the soma.", correct=True),
        Option("thinks", "No part of a cell does."),
    ),
)

# kind → (task, name in the source, right answers, wrong answers with the mistake to be named)
KINDS: dict[str, tuple[Task, str, list[str], dict[str, str | None]]] = {
    "array": (
        double,
        "double",
        ["def double(z):\n    return z + z", "import numpy as np\ndouble = lambda z: np.add(z, z)"],
        {
            "def double(z):\n    return z * z": "squared",
            "def double(z):\n    z *= 2\n    return z": None,
            "import numpy as np\ndef double(z):\n    np.log(-1.0)\n    return 2 * z": None,
            "import numpy as np\ndef double(z):\n    with np.errstate(all='ignore'):\n"
            "        np.log(-1.0)\n    return 2 * z": None,
            "def double(z):\n    print('half')\n    return None if z.ndim > 1 else 2 * z": None,
            "def double(z):\n    return None": None,
            "def double(z):\n    raise KeyError('z')": None,
            "def double(a, b):\n    return a": None,
            "double = 3": None,
            "double = None": None,
        },
    ),
    "several arrays": (
        center,
        "center",
        ["def center(X):\n    m = sum(X) / len(X)\n    return X - m, m"],
        {"def center(X):\n    return X - X.mean(), X.mean(axis=0)": None},
    ),
    "callable": (
        twice,
        "twice",
        ["def twice(f, x):\n    y = f(x)\n    return f(y)"],
        {"def twice(f, x):\n    return 2 * f(x)": None},
    ),
    "random": (
        noisy,
        "noisy",
        [
            "import numpy as np\n"
            "def noisy(n, rng):\n"
            "    return np.array([rng.normal() for _ in range(n)])"
        ],
        {"def noisy(n, rng):\n    return rng.random(size=(n,)) * 1.0": "uniform"},
    ),
    "class": (
        vector,
        "Vector",
        [
            "class Vector:\n"
            "    def __init__(self, a, b):\n        self.x = a; self.y = b\n"
            "    def __add__(self, o):\n        return Vector(self.x + o.x, self.y + o.y)"
        ],
        {"class Vector:\n    def __init__(self, x, y):\n        self.x = x; self.y = y": None},
    ),
    "expression": (
        slope,
        "slope",
        ["import sympy\ndef slope(e, s):\n    return sympy.simplify(sympy.diff(e, s))"],
        {"def slope(e, s):\n    return e": None, "def slope(e, s):\n    return str(e)": None},
    ),
    "data": (
        gate,
        "gate",
        ["def gate():\n    return [([[2.0], [2.0]], [-3.0])]"],
        {"def gate():\n    return [([2.0, 2.0], -3.0)]": None},
    ),
    "error": (
        positive,
        "positive",
        ["def positive(n):\n    if n <= 0:\n        raise ValueError\n    return n"],
        {"def positive(n):\n    return n": None, "def positive(n):\n    assert n > 0": None},
    ),
    "question": (
        axon,
        "axon",
        ["axon = 'b'", "axon = ' B '"],
        {"axon = 'a'": "option_a", "axon = 7": None},
    ),
}

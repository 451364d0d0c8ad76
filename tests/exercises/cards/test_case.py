"""The failing case is Python: pasted and run, it makes the same call again."""

import ast

import numpy as np
import pytest
import sympy as sp

from annkit.exercises import Answer, Exercise, Rng, probe
from annkit.exercises.calls.answer import here
from annkit.exercises.cards.case import WIDTH, case_text, code


def task_of(function):
    """An exercise whose reference is this function or class."""
    task = Exercise(
        id=function.__name__.lower(),
        title="t",
        points=1,
        task="t",
        hints=("a", "b", "c"),
        object_name=function.__name__,
    )
    task.answer = function
    return task


def shown(function, *args, using=None, **kwargs):
    """The case of one call, which must be Python and fit on a card."""
    answer = Answer(here(function), function.__name__)
    if using is None:
        answer.attempt(*args, **kwargs)
    else:
        answer.probe(using, *args)
    text = case_text(task_of(function), answer.calls[-1])
    ast.parse(text)
    assert max(map(len, text.splitlines())) <= WIDTH + 4
    return text


def paste(text, function):
    """Run a case as a learner would."""
    made = []

    def keep(*args, **kwargs):
        made.append((args, kwargs))
        return function(*args, **kwargs)

    exec(text, {"np": np, function.__name__: keep})
    return made


def leaky(z, slope=0.1):
    return np.where(np.asarray(z) > 0, z, slope * np.asarray(z))


def delta(z, y_hat, f_prime):
    return y_hat * f_prime(z)


def walk(gradient, x0):
    return x0 - gradient(x0)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (2, "2"),
        (2.0, "2.0"),
        (-51.335, "-51.335"),
        (1 / 3, "0.333333"),
        (float("nan"), "np.nan"),
        (float("-inf"), "-np.inf"),
        (True, "True"),
        ("a b", "'a b'"),
        (np.array([-1, 2]), "np.array([-1, 2])"),
        (np.array([[1.0, -0.5]]), "np.array([[1., -0.5]])"),
        (np.array([0.5], np.float32), "np.array([0.5], np.float32)"),
        (np.zeros((0, 3)), "np.zeros((0, 3))"),
        (np.arange(10.0, 30.0), "np.arange(10., 30.)"),
        (np.arange(3, 15), "np.arange(3, 15)"),
        ((np.array([1.0]),), "(np.array([1.]),)"),
        ({"w": [1, 2.5]}, "{'w': [1, 2.5]}"),
        (Rng(5), "np.random.default_rng(5)"),
        (np.random.default_rng(7), "np.random.default_rng(7)"),
        (np.tanh, "np.tanh"),
        (np.ones_like, "np.ones_like"),
    ],
)
def test_values_are_python(value, text):
    assert code(value) == text


def test_entries_that_differ_little_keep_their_difference():
    text = code(np.array([10_000.0001, 10_000.0002, 10_000.0003, 10_000.0004, 10_000.0005]))
    again = eval(text, {"np": np})
    assert len(set(again)) == 5


def test_what_is_large_is_shortened_with_every_bracket_closed():
    text = code([(np.arange(600.0).reshape(30, 20), np.zeros(20))])
    ast.parse(text)
    assert "..." in text
    assert len(text) < 400
    ast.parse(code(dict.fromkeys(range(40), "x" * 300)))
    ast.parse(code("x" * 5000))


def test_one_argument_needs_no_name_several_have_theirs():
    assert shown(leaky, np.array([-1, 2])) == "leaky(np.array([-1, 2]))"
    assert shown(leaky, np.array([-1, 2]), slope=0.25) == "leaky(z=np.array([-1, 2]), slope=0.25)"


@probe
def with_the_square(delta, z):
    known = {"square": lambda z: 2 * z, "one": lambda z: 1.0 + 0 * z}
    return delta(z, z**2, known["square"])


def test_a_probe_is_shown_by_the_call_it_makes():
    z = np.array([[1.0, -2.0]])
    text = shown(delta, z, using=with_the_square)
    assert "y_hat=np.array([[1., 4.]])" in text
    assert "f_prime=lambda z: 2 * z" in text
    ((args, kwargs),) = paste(text, delta)
    assert args == ()
    assert np.array_equal(kwargs["z"], z)
    assert np.array_equal(kwargs["f_prime"](z), 2 * z)


@probe
def on_a_bowl(walk, H, lowest, x0):
    import math

    import numpy as np

    def gradient(x):
        return H @ (np.asarray(x) - lowest) * math.sqrt(1.0)

    return walk(gradient, x0)


@probe
def given_a_gradient(walk, g, rng):
    return walk(lambda x: g, rng.normal(size=2))


def test_what_a_callable_refers_to_stands_above():
    H, lowest, x0 = np.array([[2.0, 1.0], [1.0, 3.0]]), np.array([1.0, -2.0]), np.array([4.0, 0.0])
    text = shown(walk, H, lowest, x0, using=on_a_bowl)
    assert "import math" in text
    assert text.index("H = np.array([[2., 1.], [1., 3.]])") < text.index("def gradient(x):")
    ((_, kwargs),) = paste(text, walk)
    assert np.allclose(kwargs["gradient"](x0), H @ (x0 - lowest))
    assert "g = np.array([1., 1.])\n" in shown(walk, np.ones(2), Rng(3), using=given_a_gradient)


@probe(shown=lambda number: f"a = Number({number})\na + a")
def added(Number, number):
    a = Number(number)
    return (a + a).data


@probe
def made(Number, number):
    return Number(number).data


class Number:
    """Numbers that add."""

    def __init__(self, data):
        self.data = data

    def __add__(self, other):
        return Number(self.data + other.data)


def test_a_probe_of_a_class_says_itself_how_it_is_shown():
    assert shown(Number, 2.5, using=added) == "a = Number(2.5)\na + a"
    assert shown(Number, 2.5, using=made) == "# Number, made: 2.5"


@pytest.mark.slow
def test_every_probe_of_the_course_is_shown_as_python():
    """The first case of every probe, with wrong brackets nowhere."""
    from annkit.exercises import course
    from annkit.exercises.calls.answer import rng_of_check

    seen = set()
    for id in course().paths:
        task = course().load(id)
        if not isinstance(task, Exercise):
            continue
        answer = Answer(here(task.answer), task.object_name)
        for check in task.checks:
            check.function(answer, rng_of_check(0, id, check.label))
        for call in answer.calls:
            if call.probe is None or (id, call.probe) in seen:
                continue
            seen.add((id, call.probe))
            text = case_text(task, call)
            ast.parse(text)
            assert not text.startswith("#"), f"{id}: {text}"
    assert len(seen) > 35


def test_formulas_come_with_their_letters():
    def slope(outer, inner, x):
        return sp.diff(outer(inner(x)), x)

    u, v, x = sp.symbols("u v x")
    given = sp.Lambda(u, sp.tanh(u) / 2), sp.Lambda(v, sp.exp(v)), x
    text = shown(slope, *given)
    first, *_ = text.splitlines()
    assert first == 'u, v, x = sp.symbols("u v x")'
    made = []
    exec(text, {"sp": sp, "slope": lambda **kwargs: made.append(kwargs)})
    assert tuple(made[0].values()) == given

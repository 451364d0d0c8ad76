"""Answers that ignore the question: the form of the right one, and tables of what never changes."""

from types import SimpleNamespace

import numpy as np
import pytest
import sympy

from annkit.exercises import Exercise, expect_close, expect_shape, probe
from annkit.exercises.judging.selfcheck import problems
from annkit.exercises.judging.thoughtless import FILLS, filled


def exercise(check, *, points=2.0):
    """Doubling, with a check by hand and one of its own."""
    made = Exercise(id="double", title="T", points=points, task="T", hints=("a", "b", "c"))

    @made.reference
    def double(z):
        """Twice z."""
        return 2 * z

    made.check("of its own", points=points)(check)
    return made


@probe
def of_three(double, f):
    """Double what a function gives for 3."""
    return double((lambda x: x + f)(3))


def drawn(answer, rng):
    """Different numbers for every student."""
    z = rng.normal(size=3)
    expect_close(answer(z), z + z)


def by_hand(answer, rng):
    """The same for every student."""
    expect_close(answer(np.array([1.0, 2.0])), np.array([2.0, 4.0]))


def by_hand_in_a_probe(answer, rng):
    """The same for every student, through a function."""
    expect_close(answer.probe(of_three, 4.0), 14.0)


def from_a_handful(answer, rng):
    """One of twenty cases, which anybody can read out of the check and write into a table."""
    z = float(rng.integers(20))
    expect_close(answer(z), z + z)


def form_alone(answer, rng):
    """Different numbers, of which only the shape is looked at."""
    expect_shape(answer(rng.normal(size=3)), (3,))


def nothing_at_all(answer, rng):
    """Numbers that an answer need not compute to get right."""
    expect_close(np.zeros(3) * np.asarray(answer(rng.normal(size=3))), np.zeros(3))


def test_what_is_drawn_is_enough():
    assert list(problems(exercise(drawn), (0,))) == []


@pytest.mark.parametrize("check", [by_hand, by_hand_in_a_probe])
def test_a_table_of_what_all_students_have_in_common_is_told(check):
    told = list(problems(exercise(check), (0,)))
    assert "a table, else 0 everywhere, earns 2 points, by “of its own”" in told
    assert told.count("“of its own” asks only what is the same for every student") == 1


def test_a_check_that_draws_from_a_handful_of_cases_is_told():
    words = "“of its own” draws from so few cases that students share theirs"
    assert list(problems(exercise(from_a_handful), (0,))) == [words]


def test_of_one_point_every_check_is_looked_at():
    """All or nothing: a table earns nothing there, but knows what the check by hand asks."""
    made = exercise(drawn, points=1)
    made.check("by hand")(by_hand)
    assert list(problems(made, (0,))) == ["“by hand” asks only what is the same for every student"]


@pytest.mark.parametrize("check", [form_alone, nothing_at_all])
def test_what_needs_no_thought_is_told(check):
    told = list(problems(exercise(check), (0,)))
    assert "seed 0: giving ½ everywhere earns 2 points, by “of its own”" in told
    assert "seed 0: giving z earns 2 points, by “of its own”" in told


def test_an_answer_that_is_data_is_the_same_for_everybody():
    made = Exercise(id="four", title="T", points=2, task="T", hints=("a", "b", "c"))

    @made.reference
    def four():
        """Two numbers with the sum 2."""
        return np.array([0.5, 1.5])

    @made.check("their sum", points=2)
    def their_sum(answer, rng):
        """Any two numbers are right."""
        expect_close(np.sum(answer()), 2.0)

    assert list(problems(made, (0,))) == []


def test_the_form_of_a_result():
    one = FILLS["1 everywhere"]
    assert filled([(np.arange(2), True), {"a": 7}, ["b", "c"]], one)[1:] == [{"a": 1}, ["b", "b"]]
    assert float(filled(sympy.Symbol("x") ** 2, one)) == 1
    first = filled(sympy.ones(2, 2) * sympy.pi, FILLS["1 in the first place, else 0"])
    assert np.array_equal(np.array(first, dtype=float), [[1, 0], [0, 0]])
    # What was handed back to be called, or asked, has no right numbers left either.
    X = np.arange(6).reshape(3, 2)
    assert np.array_equal(filled(lambda X: X.sum(axis=1), one)(X), [1, 1, 1])
    model = SimpleNamespace(predict=lambda X: X.argmax(axis=1))
    assert np.array_equal(filled(model, FILLS["0 everywhere"]).predict(X), [0, 0, 0])

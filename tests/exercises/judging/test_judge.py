"""Points are earned check by check, and only for what is right."""

import math
from typing import Any

import numpy as np
import pytest

from annkit.exercises import (
    Exercise,
    ExerciseError,
    Explanation,
    Question,
    course,
    expect_close,
    judge,
)
from annkit.exercises.calls.answer import rng_of_check
from annkit.exercises.cards.report import Report
from tests.exercises.kinds import axon, double


def failing_call(report: Report, check: int) -> str:
    """The call with which a check failed."""
    failure = report.checks[check].failure
    assert failure
    assert failure.call
    return failure.call


def test_partial_points():
    """The half that is right earns its share, the first failure is told with its call."""

    def half(z):
        return 2 * z if z.ndim == 1 else z

    report = judge(double, half)
    assert (report.passed, report.points, report.max_points) == (False, 0.5, 2.0)
    assert [check.passed for check in report.checks] == [True, False]
    assert failing_call(report, 1).startswith("double(np.array([[")
    assert "2z is z + z" in report.message


def test_the_mistake_is_named_with_its_text_and_hint():
    """A known wrong answer is recognised in other words and another form."""
    report = judge(double, lambda value: np.power(value, 2.0))
    assert report.mistake == "squared"
    assert "You squared." in report.message
    assert '`hint("double")` opens the next hint' in report.message


def test_a_combination_of_mistakes_is_not_named():
    """What fits no known answer is left unnamed."""
    report = judge(double, lambda z: z**2 + 1)
    assert report.mistake is None
    assert report.suspects == ()


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (lambda z: z if z > 0 else -z, "want one yes or no"),
        (lambda z: z + np.ones(17), "Print both shapes"),
        (lambda z: z + None, "Something here is None"),
        (eval("lambda z: undefined"), "does not exist (yet)"),
        (lambda z: z[99], "Counting starts at 0"),
        (lambda z: z.nonsense(), "AttributeError"),
    ],
)
def test_common_exceptions_are_put_into_words(answer, says):
    """Python's own message stays; what it means for the line is added."""
    assert says in judge(double, answer).message


def test_the_next_step_can_be_taken():
    """At the line that raised, at a form that is not the task's, by hand if small, by steps."""
    assert "by hand" in judge(double, lambda z: z + 1).next_step
    assert "Look at line" in judge(double, lambda z: z[99]).next_step
    assert "through your code" in judge(double, lambda z: 2 * z if z.ndim == 1 else z).next_step
    assert "form of your result" in judge(double, lambda z: np.append(z, 0)).next_step
    assert "hint(" not in judge(axon, "").next_step


def test_mutation_fails_although_the_values_are_right():
    """The sentence says which input was changed."""

    def in_place(z):
        np.multiply(z, 2, out=z, casting="unsafe")
        return z

    report = judge(double, in_place)
    assert not report.passed
    assert report.points == 0
    assert "changed its own input `z`" in report.message


def test_of_a_changed_input_the_card_says_what_is_missing_not_what_is_there():
    """The check's own question has been answered right."""

    def in_place(z):
        z *= 2
        return z

    report = judge(double, in_place)
    assert "Not yet: leaves its input as it was.\n" in report.message
    first, *_ = report.checks
    assert first.line == f"✗ {first.label}, and leaves its input as it was"


def test_the_call_on_the_card_is_the_one_that_changed_its_input():
    """Not the last one that the check has made."""

    def in_place_once(z):
        if z.size == 1:
            z += 1
        return 2 * (z - (z.size == 1))

    task = Exercise(id="twice", title="twice", points=1, task="Do it.", hints=("a", "b", "c"))

    @task.reference
    def twice(z):
        return 2 * z

    @task.check("twice")
    def two_calls(answer, rng):
        for z in ([1.0], [1.0, 2.0]):
            expect_close(answer(np.array(z)), 2 * np.array(z))

    assert "twice(np.array([1.]))" in judge(task, in_place_once).message


def test_a_warning_costs_only_where_quiet_is_asked_for():
    """The quiet check fails, the other one passes and the warning is noted."""

    def noisy(z):
        np.log(np.zeros(1))
        return 2 * z

    report = judge(double, noisy)
    assert [check.passed for check in report.checks] == [True, False]
    assert "divide by zero" in report.message


def test_the_same_seed_gives_the_same_report():
    """Inputs depend on seed, exercise and check only."""

    def wrong(z):
        return z

    assert judge(double, wrong, 3).message == judge(double, wrong, 3).message
    calls = [failing_call(judge(double, wrong, seed), 1) for seed in (3, 4)]
    assert calls[0] != calls[1]
    assert rng_of_check(0, "a", "b").random() != rng_of_check(0, "a", "c").random()


@pytest.mark.parametrize(
    ("answer", "says", "attempted"),
    [
        (None, "is None", False),
        ("sigmoid", "got the text 'sigmoid'", True),
        (3.5, "got the number 3.5", True),
        (np.ones(3), "array of shape (3,)", True),
    ],
)
def test_what_is_not_a_function(answer, says, attempted):
    """No check is run; the card says what came instead."""
    report = judge(double, answer)
    assert not report.passed
    assert report.attempted == attempted
    assert says in report.checks[0].message


def test_the_untouched_stub():
    """Not attempted is not the same as wrong."""

    def stub(z):
        raise NotImplementedError

    report = judge(double, stub)
    assert (report.attempted, report.points, report.mistake) == (False, 0, None)


def test_a_fault_in_a_check_earns_nothing():
    """Failing closed: a check that trips over an answer does not pass it."""
    task = Exercise(id="t", title="t", points=1, task="t", hints=("a", "b", "c"))

    @task.reference
    def t():
        """Return 1."""
        return 1

    @task.check("trips", points=1)
    def trips(answer, rng):
        expect_close(answer().no_such_attribute, 1)

    report = judge(task, t)
    assert not report.passed
    assert "could not make sense" in report.message


def test_all_or_nothing_at_one_point():
    """An exercise of one point has no halves."""
    task = Exercise(id="t", title="t", points=1, task="t", hints=("a", "b", "c"))

    @task.reference
    def t(x):
        """Return x."""
        return x

    @task.check("one", points=0.5)
    def one(answer, rng):
        expect_close(answer(1), 1)

    @task.check("two", points=0.5)
    def two(answer, rng):
        expect_close(answer(2), 2)

    assert judge(task, lambda x: 1).points == 0


@pytest.mark.parametrize(
    ("choice", "points", "says"),
    [
        ("b", 1, "Away from the soma"),
        ("B.", 1, "Away"),
        ("a", 0, "That is the dendrite"),
        ("ab", 0, "That is the dendrite"),
        ("", 0, "Expected a letter from a to c"),
        (None, 0, "Expected a letter"),
        ("z", 0, "no option"),
        ("b, because cats", 0, "Expected a letter"),
        (2, 0, "Expected a letter"),
    ],
)
def test_questions(choice, points, says):
    """Every option explains itself; what is no option is told so."""
    report = judge(axon, choice)
    assert report.points == points
    assert says in report.message


def test_explanations_wait_for_a_person():
    """No machine gives points for a text."""
    task = Explanation(
        id="e", title="E", prompt="Why?", marking=(("because", 2),), model="Because."
    )
    assert judge(task, "A long text.").points == 0
    assert judge(task, "A long text.").attempted
    assert not judge(task, "").attempted


def faulty(checked=1, label="one", **changes):
    """An exercise with one fault, whose check is worth so much."""
    settings: dict[str, Any] = {
        "id": "t",
        "title": "t",
        "points": 1.0,
        "task": "t",
        "hints": ("a", "b", "c"),
    }
    task = Exercise(**(settings | changes))

    @task.reference
    def t():
        """Return 1."""
        return 1

    @task.check(label, points=checked)
    def one(answer, rng):
        expect_close(answer(), 1)

    return task


@pytest.mark.parametrize("id", ["softmax", "bce_cost", "log_sum_exp"])
def test_who_has_numpy_raise_its_errors_loses_nothing(id):
    """Be it in the notebook, or in a file of exercises that is loaded where marks are made."""
    task = course().load(id)
    assert isinstance(task, Exercise)
    with np.errstate(all="raise"):
        assert judge(task, task.answer, 7).passed
        assert all(check.passed for check in judge(task, task.answer, 8).checks)
        assert set(np.geterr().values()) == {"raise"}


@pytest.mark.parametrize(
    ("task", "says"),
    [
        (faulty(id="T"), "lower-case"),
        (faulty(id="größe"), "lower-case"),
        *[(faulty(points=odd), "of one half") for odd in (-1, math.nan, math.inf, 10**30, "1")],
        (faulty(checked=-1), r"“one” cannot be worth -1 points"),
        (faulty(checked=math.nan), r"“one” cannot be worth nan points"),
        (faulty(title=" "), "no title"),
        (faulty(title="t\ud800"), "half a character"),
        (faulty(label="one\udfff"), "half a character"),
        (faulty(points=2.0), "sum to 1, expected 2"),
        (faulty(points=0.25), "multiples of one half"),
        (faulty(hints=("a", "b")), "at least 3 hints"),
        (faulty(object_name="u"), "called t, expected u"),
        (
            Exercise(id="t", title="t", points=1, task="t", hints=("a", "b", "c")),
            "no reference",
        ),
        (Question(id="q", title="q", prompt="q", options=()), "2 to 8 options"),
        (
            Explanation(id="e", title="e", prompt="e", marking=(("x", 1),), model="m"),
            "sums to 1, expected 2",
        ),
    ],
)
def test_a_faulty_exercise_says_file_and_line(task, says):
    """What an author reads leads to the place."""
    with pytest.raises(ExerciseError, match=says) as error:
        task.validate()
    assert "test_judge.py:" in str(error.value)


def test_a_warning_of_ones_own_does_not_hide_the_mistake():
    """The known mistake gives no warning; the learner's version of it does."""

    def squared_noisily(z):
        np.log(np.zeros(1))
        return z**2

    assert judge(double, squared_noisily).mistake == "squared"

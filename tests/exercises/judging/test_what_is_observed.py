"""What was observed of a call reaches the card in words that fit."""

import re
import site
import sys
import warnings
from functools import reduce

import numpy as np
import pytest

from annkit.exercises import Exercise, expect_close, judge, run
from annkit.exercises.calls import own_code
from annkit.exercises.calls.own_code import is_own
from tests.exercises.kinds import double, twice


def hiding_by_context(z):
    with np.errstate(all="ignore"):
        np.log(np.zeros(1))
    return 2 * z


def hiding_by_filter(z):
    warnings.filterwarnings("ignore")
    np.log(np.zeros(1))
    return 2 * z


@pytest.mark.parametrize("answer", [hiding_by_context, hiding_by_filter])
def test_a_hidden_warning_fails_where_quiet_is_asked_for(answer):
    """The other check passes, as with a warning that is heard."""
    report = judge(double, answer)
    assert [check.passed for check in report.checks] == [True, False]
    assert "The warning is hidden, not avoided: NumPy still meets “divide by zero" in report.message


def sigmoid_in_an_errstate(z):
    with np.errstate(over="ignore", invalid="ignore"):
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


def test_the_course_names_it():
    report = run("sigmoid", sigmoid_in_an_errstate)
    assert (report.passed, report.mistake) == (False, "warning_hidden")


def test_a_library_may_hide_what_it_likes():
    """A right answer is not blamed for what NumPy does inside itself."""

    def stable(z):
        np.nanmean(np.array([1.0, np.nan]))
        np.isclose(np.inf, np.inf)
        return np.asarray(0.5 * (1 + np.tanh(0.5 * np.asarray(z))))

    assert run("sigmoid", stable).passed
    assert not is_own(np.__file__)
    assert is_own(__file__)


def test_without_a_home_folder_too_a_learners_code_is_known(monkeypatch):
    """In a browser Python names no folder for what a user has installed."""
    monkeypatch.setattr(site, "getusersitepackages", lambda: None)
    own_code._libraries.cache_clear()
    is_own.cache_clear()
    assert not is_own(np.__file__)
    assert is_own(__file__)
    own_code._libraries.cache_clear()
    is_own.cache_clear()


def test_a_view_of_some_inputs_only_is_told_with_one_of_them():
    def columns_added(z):
        return reduce(np.logaddexp, np.asarray(z).T)

    def hands_back(z):
        return np.asarray(z).T[:]

    (note,) = run("log_sum_exp", columns_added).notes
    assert note.startswith("For some inputs your function returns a view of its own input")
    assert re.search(r"One of them: `log_sum_exp\(np\.array\(\[\[.*\]\]\)\)`\.$", note)
    (note,) = judge(double, hands_back).notes
    assert note.startswith("Your function returns its own input, or a view of it")


def raising_the_limit(z):
    sys.setrecursionlimit(10**6)
    return 2 * z


def test_a_changed_process_is_a_remark():
    before = sys.getrecursionlimit()
    report = judge(double, raising_the_limit)
    assert report.passed
    assert "recursion limit" in report.message
    assert sys.getrecursionlimit() == before


def test_a_raised_limit_does_not_help_a_recursion():
    def topological_order(root):
        sys.setrecursionlimit(100_000)
        order, met = [], set()

        def visit(node):
            if node not in met:
                met.add(node)
                for one in node.inputs:
                    visit(one)
                order.append(node)

        visit(root)
        return order

    report = run("topological_order", topological_order)
    assert (report.points, report.mistake) == (1.5, "recursive_with_a_higher_limit")


def test_predictions_that_the_probe_made_are_inputs_too():
    def output_delta(z, y_hat, y, f_prime):
        y_hat -= y
        y_hat *= f_prime(z) / len(y)
        return y_hat

    report = run("output_delta", output_delta)
    assert report.points == 0
    assert "changed its own input `y_hat`" in report.message


def helper(z):
    return z[99]


def using_a_helper(z):
    return 2 * helper(z)


def test_the_function_that_raised_is_named():
    """The line is counted in the helper, whose name is said."""
    report = judge(double, using_a_helper)
    assert "line 2 of `helper`:  return z[99]" in report.message
    assert "Look at line 2 of `helper`;" in report.next_step
    inner = judge(double, lambda z: (lambda y: y[99])(z))
    assert " of `" not in inner.next_step


def test_nothing_on_one_branch_is_told_from_nothing_at_all():
    def on_one_branch(z):
        if z.ndim == 1:
            return 2 * z
        return None

    def words(answer):
        return " ".join(judge(double, answer).message.split())

    assert "Is a `return` missing?" in words(lambda z: None)
    message = words(on_one_branch)
    assert "elsewhere it does: which branch has no `return`?" in message
    assert "Is a `return` missing?" not in message


def test_what_was_printed_is_shown():
    """The first lines, without a lecture."""

    def chatty(z):
        print("z is", z.shape)
        for line in range(40):
            print(line, "x" * 500)
        return z

    message = judge(double, chatty).message
    assert "Your function prints:\n    z is (2,)\n    0 xxx" in message
    assert "Return instead" not in message
    assert len(message) < 2000


def test_general_advice_keeps_silent_beside_a_named_mistake():
    task = Exercise(id="t", title="t", points=1, task="t", hints=("a", "b", "c"))

    @task.reference
    def t(X):
        """The sum of all entries."""
        return X.sum()

    @task.check("sums", points=1)
    def sums(answer, rng):
        X = np.array([[1.0, 2.0], [3.0, 4.0]])
        expect_close(answer(X), 10.0)

    @task.wrong(caught_by=sums)
    def bracketed(X):
        """You put the sum into a list."""
        return [X.sum()]

    advice = "A single number in brackets"
    assert advice not in " ".join(judge(task, bracketed).message.split())
    task.wrongs.clear()
    report = judge(task, bracketed)
    assert advice in " ".join(report.message.split())
    assert not report.related


def test_a_probe_shows_the_call_it_makes():
    message = judge(twice, lambda f, x: 2 * f(x)).message
    assert "twice(f=lambda value: value + 3, x=4.0)" in message


def sentences(text):
    """The sentences of a card's prose, without code and tables."""
    prose = " ".join(line for line in text.splitlines() if not line.startswith("    "))
    return [one.strip() for one in re.split(r"(?<=[.?!])\s+", prose) if len(one) > 20]


@pytest.mark.slow
@pytest.mark.parametrize("id", ["sigmoid", "output_delta", "newton_step", "one_hot", "softmax"])
def test_no_sentence_stands_twice_on_a_card(id):
    from annkit.exercises import course

    task = course().load(id)
    assert isinstance(task, Exercise)
    for wrong in task.wrongs:
        told = sentences(judge(task, wrong.target).message)
        assert len(told) == len(set(told)), wrong.name

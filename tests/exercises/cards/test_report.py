"""A card says the most helpful thing first, and is short."""

import numpy as np

from annkit.exercises.calls.answer import ErrorInfo, Failure
from annkit.exercises.cards.report import CheckResult, Report, report_card


def report(*failures, **more):
    """A report with a check that passed and one for each failure."""
    checks = [CheckResult("keeps the shape", True, 0.0, 0.0)]
    checks += [CheckResult(f"check {i}", False, 0.0, 1.0, f) for i, f in enumerate(failures)]
    fields = {"id": "relu", "title": "ReLU", "kind": "exercise", "passed": not failures}
    return Report(**{**fields, "points": 0.0, "max_points": 1.0, "checks": tuple(checks), **more})


CASE = Failure(
    "The result is not right.", "relu([-1, 2])", np.array([0, 2]), np.array([-1, 2]), True, "−1 < 0"
)


def test_the_order_of_a_failing_card():
    text = report(
        CASE, mistake="identity", mistake_text="You returned z.", next_step="Look."
    ).message
    assert text.splitlines() == [
        "✗ relu: not yet · 0 of 1 point",
        "Right so far: keeps the shape.",
        "Not yet: check 0.",
        "    relu([-1, 2])",
        "    expected  [0  2]",
        "    got       [-1 2]",
        "               ^^",
        "The result is not right: −1 < 0.",
        "Likely mistake: You returned z.",
        "Next: Look.",
    ]


def test_a_card_says_at_most_three_sentences_before_the_next_step():
    """The values show what the failure's own sentence says."""
    three = "You returned z. It is the input. Cut it off at 0."
    text = report(CASE, mistake="identity", mistake_text=three, next_step="Look.").message
    assert "not right" not in text
    assert "expected" in text
    two = "You returned z. Cut it off at 0."
    assert "not right" in report(CASE, mistake="identity", mistake_text=two).message


def test_only_the_first_failure_is_told():
    assert "check 1" not in report(CASE, Failure("Another.")).message


def test_two_suspects_are_told_without_a_verdict():
    words = "(1) The bias is missing. (2) A sign is wrong."
    text = report(CASE, suspects=("no_bias", "wrong_sign"), mistake_text=words).message
    assert f"may be one of these: {words}" in text
    assert "Likely" not in text
    assert "no_bias" not in text


def test_an_error_is_told_with_the_learners_line():
    error = ErrorInfo("ValueError", "shapes differ", 3, "return x @ W")
    text = report(Failure("Your code raised ValueError.", "relu(1)", error=error)).message
    assert "line 3:  return x @ W\n    ValueError: shapes differ" in text


def test_a_missing_name_that_an_exercise_has_is_fetched():
    def told(name):
        error = ErrorInfo("NameError", f"name '{name}' is not defined", 2, f"{name}(sizes, rng)")
        told = report(Failure("Your code raised NameError.", "MLP([2, 3])", error=error))
        return " ".join(told.message.split())

    assert "`from my_ann import init_params` fetches it." in told("init_params")
    assert "a typing error, or a cell that has not run" in told("init_parms")
    assert "a typing error" in told("recall_loop"), "a question keeps nothing"


def test_many_labels_are_counted():
    checks = tuple(CheckResult(f"c{i}", i < 5, 0.0, 0.0, None if i < 5 else CASE) for i in range(6))
    assert "c0; c1; c2; and 2 more." in report(CASE, checks=checks).message


def test_partial_points_have_a_sign_of_their_own():
    assert report(CASE, points=0.5, max_points=2.0).message.startswith(
        "◐ relu: partly there · 0.5 of 2 points"
    )


def test_every_check_is_listed_behind_a_click():
    html = report_card(report(CASE), fold_checks=True).html()
    assert "<summary" in html
    assert "✗ check 0  (0 of 1 point)" in html


def test_what_the_learner_wrote_is_never_markup():
    failure = Failure("<b>what</b>", "relu('<script>')", "<i>", ["<img src=x>"], True, "<why>")
    html = report_card(report(failure, mistake="m", mistake_text="a < b & c")).html()
    for tag in ("<script", "<img", "<i>", "<why", "<b>what"):
        assert tag not in html
    assert "a &lt; b &amp; c" in html

"""A mistake is known by what it does, not by how it is written."""

import gc
import time
import weakref
from typing import Any

import numpy as np
import pytest
import sympy

from annkit.exercises import Answer, Call, Exercise, course, judge
from annkit.exercises.calls.answer import here, read_reply
from annkit.exercises.judging.diagnose import Diagnosis, diagnose, same_value
from annkit.exercises.judging.partly import explain_partly

x, y = sympy.symbols("x y")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (np.ones(3), [1.0, 1.0, 1.00000001], True),
        (np.ones(3), np.ones((3, 1)), False),
        ({"a": 1, "b": 2}, {"b": 2.0, "a": 1.0}, True),
        ({"a": 1}, {"b": 1}, False),
        ((x + y) ** 2, x**2 + 2 * x * y + y**2, True),
        ({"w": x * y}, {"w": y * x + x - x}, True),
        (x + y, x - y, False),
        (sympy.Matrix([[x]]), sympy.Matrix([[2 * x / 2]]), True),
        ([x], [y], False),
        ("a", "a", True),
        (None, 0.0, False),
    ],
)
def test_the_same_up_to_rounding_and_algebra(one, other, same):
    """Numbers, structures and formulas; either way round."""
    assert same_value(one, other) is same_value(other, one) is same


@pytest.mark.parametrize(("sign", "bits"), [(1, 1400), (-1, 1400), (1, 1000), (-1, 64)])
def test_a_huge_number_is_an_ordinary_wrong_answer(sign, bits):
    """Comparing and showing it must not fail: the learner would be suspected of lying."""
    task = course().load("weighted_sum")
    report = judge(task, lambda *args: sign * 2**bits)
    assert not report.passed
    assert "weighted_sum" in report.message


def diagnosed(id, answer):
    """The report of an answer to an exercise of the course."""
    return judge(course().load(id), answer)


def test_a_second_slip_does_not_hide_the_one_on_the_card():
    """The sum over the whole batch, written so that it overflows as well."""

    def softmax(z):
        e = np.exp(z)
        return e / e.sum()

    report = diagnosed("softmax", softmax)
    assert report.mistake == "whole_batch_together"
    assert "Likely mistake here:" in report.message
    assert report.next_step.startswith("Mend that first")


def test_errors_of_one_kind_are_no_mistake_in_common():
    """Two products that do not fit, one of them known: what Python says of the sizes tells."""

    def hidden_delta(delta_next, W_next, z, f_prime):
        return W_next.T @ delta_next * f_prime(z)

    report = diagnosed("hidden_delta", hidden_delta)
    assert report.mistake is None
    assert not report.suspects


def test_what_agrees_in_one_small_case_by_chance_is_not_suspected():
    """On the hand case it looks like A on the left only; on every other call it does not."""

    def bfgs_update(h_inv, s, y):
        rho = 1 / (y @ s)
        a = np.eye(len(s)) - rho * np.outer(s, y)
        return a @ h_inv @ a + rho * np.outer(s, s)

    report = diagnosed("bfgs_update", bfgs_update)
    assert (report.mistake, report.suspects) == ("second_transpose_forgotten", ())


def test_what_nobody_wrote_down_is_told_by_what_it_does():
    report = diagnosed("mse_grad", lambda y_hat, y: 0.5 * (y_hat - y) / y.size)
    assert report.mistake is None
    assert report.related == (
        "Your result is exactly the expected one times ½ divided by the number of columns of "
        "`y_hat`."
    )
    assert "How it differs: Your result" in report.message


def test_an_answer_that_is_right_for_one_row_only_is_told_so():
    """Multiplied instead of added: a single row gives itself either way."""
    exercise = empty_exercise()
    exercise.answer = lambda X: X.sum(axis=0)
    rows = [np.arange(3.0 * n).reshape(n, 3) ** 2 + 2 for n in (1, 4, 2, 3)]
    calls = calls_of(lambda X: X.prod(axis=0), *rows)
    told = explain_partly(exercise, calls, calls, {}).related
    assert told == "Your result is right where `X` has one row, and wrong where it has more."
    assert explain_partly(exercise, calls[1:], calls[1:], {}).related == ""
    by_chance = calls_of(lambda X: X.prod(axis=0), np.ones((1, 3)), *rows[1:])
    assert explain_partly(exercise, by_chance, by_chance, {}).related == ""


def test_where_an_error_came_nothing_is_said_of_the_result():
    """Right for one row only, but the card shows an error: it has its own words."""

    def columns_meet_rows(z):
        e = np.exp(z - z.max(axis=1))
        return np.log(e.sum(axis=1)) + z.max(axis=1)

    report = diagnosed("log_sum_exp", columns_meet_rows)
    assert (report.mistake, report.related) == (None, "")
    assert "beside its own row?" in report.message


def test_only_a_warning_of_the_call_on_the_card_is_noticed():
    """An overflow in a later check is nothing that one could look at; a passing card is silent."""
    right = diagnosed("bce_grad", lambda z, y: (1 / (1 + np.exp(-z)) - y) / len(z))
    assert (right.passed, right.notes) == (True, ())
    elsewhere = diagnosed("bce_grad", lambda z, y: (1 / (1 + np.exp(-z)) - 1.1 * y) / len(z))
    assert (elsewhere.mistake, elsewhere.notes) == (None, ())
    here = diagnosed("bce_grad", lambda z, y: (np.log(-np.abs(z)) - 3 * y) / len(z))
    assert [note for note in here.notes if "NumPy warned during this call" in note]


def test_a_result_that_hardly_moves_is_not_one_that_stands_still():
    """Of a known mistake's change nothing may be left over, however small beside the numbers."""

    def a_hundredth(v, current, dt, tau=10.0, v_rest=-65.0, v_reset=-65.0, v_threshold=-50.0, r=10):
        moved = v + dt * (v_rest - v + r * current) / tau / 100
        return (v_reset, True) if moved >= v_threshold else (moved, False)

    assert diagnosed("lif_step", a_hundredth).mistake is None


def test_what_explains_every_call_is_told_before_what_explains_the_one_on_the_card():
    """Of −1 as a label the bias with the other sign is the bias without the label."""
    report = diagnosed("margin", lambda X, y, w, b: np.min(y * (X @ w - b)) / np.linalg.norm(w))
    assert report.mistake is None
    assert "`b` with the other sign" in report.related


def test_where_nothing_but_nan_comes_no_argument_explains_it():
    """A logarithm of a negative number is NaN, and so is that of any other."""
    report = diagnosed("gaussian_nll", lambda y_hat, y, sigma: float(np.log(-2 * np.pi * sigma)))
    assert (report.mistake, report.related) == (None, "")


def test_a_relation_is_told_beside_a_probe_that_hands_on_the_result():
    """What the probe hands over is counted by the names of the learner's own parameters."""

    def output_delta(z, y_hat, y, f_prime):
        return 3 * (y_hat - y) * f_prime(z) / len(y)

    def hidden_delta(delta_next, W_next, z, f_prime):
        return len(z) * (delta_next @ W_next.T * f_prime(z))

    related = diagnosed("output_delta", output_delta).related
    assert "exactly 3 times the expected one" in related
    related = diagnosed("hidden_delta", hidden_delta).related
    assert "the number of rows of `delta_next` times the expected one" in related


def test_a_named_mistake_needs_no_relation():
    report = diagnosed("relu", np.abs)
    assert report.mistake
    assert report.related == ""


def empty_exercise() -> Exercise:
    """An exercise without known wrong answers; a test adds its own."""
    exercise = Exercise(id="one", title="One", points=1, task="…", hints=("a", "b", "c"))

    @exercise.reference
    def one(z):
        """One."""
        return 1

    return exercise


def calls_of(target: Any, *arguments: Any) -> list[Call]:
    """The recorded calls of a function, one for each argument."""
    answer = Answer(here(target), "answer")
    for argument in arguments:
        answer.attempt(argument)
    return answer.calls


def never(answer: Answer, rng: Any) -> None:
    """A check; the diagnosis does not look at it."""


def test_a_mistake_made_in_another_way_is_the_same_mistake():
    """One variant has to fit all calls; two that share them do not."""
    exercise = empty_exercise()

    @exercise.wrong(caught_by=never, variants=(lambda z: z * 3, lambda z: z * 5))
    def doubled(z):
        """Twice."""
        return z * 2

    for factor in (2, 3, 5):
        assert diagnose(exercise, calls_of(lambda z, f=factor: f * z, 1, 4)).mistake == "doubled"
    assert diagnose(exercise, calls_of(lambda z: z * (3 if z == 1 else 5), 1, 4)).mistake is None


def test_a_mistake_that_is_right_on_the_card_is_not_its_cause():
    """The learner's first failure is small, and of its own; the known mistake shows later only."""
    exercise = empty_exercise()
    exercise.answer = np.positive

    @exercise.wrong(caught_by=never)
    def endless_from_100(z):
        """It grows without end."""
        return np.where(z < 100, z, np.inf)

    calls = calls_of(lambda z: np.where(z < 100, z + 5e-5, np.inf), np.ones(3), np.full(3, 200.0))
    assert diagnose(exercise, calls).mistake == "endless_from_100"
    assert diagnose(exercise, calls, calls[0]).mistake is None
    assert diagnose(exercise, calls, calls[1]).mistake == "endless_from_100"


def test_a_known_answer_without_end_is_hardly_waited_for_beside_a_quick_one():
    exercise = empty_exercise()
    exercise.answer = np.positive

    @exercise.wrong(caught_by=never)
    def endless(z):
        """It never ends."""
        while z:
            pass

    @exercise.wrong(caught_by=never)
    def doubled(z):
        """Twice."""
        return 2 * z

    began = time.thread_time()
    assert diagnose(exercise, calls_of(lambda z: 2 * z, 1, 4)).mistake == "doubled"
    assert time.thread_time() - began < 1.0, "of ten seconds"
    request = {**calls_of(abs, 4)[0].request, "seconds": 0.2}
    stopped = read_reply(request, here(endless)(request))
    assert diagnose(exercise, [stopped]).mistake == "endless", "whoever waits is waited for"


def test_what_is_recognised_elsewhere_does_not_explain_an_error_on_the_card():
    """Its operators name their class, which no learner can see in a leaf without `.inputs`."""
    task = course().load("value_ops")
    assert isinstance(task, Exercise)
    named = next(wrong.target for wrong in task.wrongs if wrong.name == "NamesItsClass")

    def forgets(self, *args):
        named.__init__(self, *args)
        del self.inputs

    report = judge(task, type("Value", (named,), {"__init__": forgets}))
    assert "no attribute 'inputs'" in report.message
    assert report.mistake is None


def test_of_two_mistakes_those_count_that_fail_the_check_on_the_card():
    """One is left, and has a name; two are suspects; what is only seen elsewhere explains nothing.

    The one may fail in its second spelling only.
    """
    exercise = empty_exercise()
    for name in ("doubled", "twice"):
        other = lambda z: z + z  # noqa: E731
        double = lambda z: 2 * z  # noqa: E731
        double.__name__, double.__doc__, other.__name__ = name, f"It is {name}.", f"also_{name}"
        exercise.wrong(caught_by=never, variants=(other,))(double)
    calls = calls_of(lambda z: 2 * z, 1, 4)
    several = diagnose(exercise, calls)
    assert several.suspects == ("doubled", "twice")
    assert several.text == "(1) It is doubled. (2) It is twice."
    found = diagnose(exercise, calls, fails=lambda target: target.__name__ == "also_twice")
    assert (found.mistake, found.is_whole) == ("twice", False)
    assert diagnose(exercise, calls, fails=lambda target: False) == Diagnosis()


def test_only_the_calls_that_count_are_compared():
    """Elsewhere the mistake may look as it likes; with no such call nothing is named."""
    exercise = empty_exercise()

    @exercise.wrong(caught_by=never, where=lambda call: call.args[0] > 0)
    def doubled(z):
        """Twice."""
        return z * 2

    assert diagnose(exercise, calls_of(lambda z: 2 * z if z > 0 else 7, 4, -1)).mistake == "doubled"
    assert diagnose(exercise, calls_of(lambda z: 2 * z, -1)).mistake is None


def test_what_an_answer_sent_is_not_kept_when_another_is_judged():
    """A class may send much, each a little less than is refused."""
    exercise = empty_exercise()
    exercise.compared_by()(lambda calls: [len(call.value) for call in calls])

    @exercise.wrong(caught_by=never)
    def one_too_few(n):
        """One is missing."""
        return np.zeros(n - 1)

    calls = calls_of(np.ones, 4, 5)
    assert diagnose(exercise, calls).mistake is None
    gone = [weakref.ref(call) for call in calls]
    del calls
    assert diagnose(exercise, calls_of(one_too_few, 4, 5)).mistake == "one_too_few"
    gc.collect()
    assert [one() for one in gone] == [None, None]


def test_what_chance_did_is_not_compared():
    """The known wrong answer draws otherwise; what the exercise makes of the calls is the same."""
    exercise = empty_exercise()

    @exercise.compared_by(where=lambda call: call.args[0] > 3)
    def lengths(calls):
        return [len(call.value) for call in calls]

    @exercise.wrong(caught_by=never)
    def one_too_few(n):
        """One is missing."""
        return np.random.default_rng().random(n - 1)

    for seed in range(5):
        draw = np.random.default_rng(seed).random
        calls = calls_of(lambda n, draw=draw: draw(n - 1 if n > 3 else 9), 2, 7, 8)
        assert diagnose(exercise, calls).mistake == "one_too_few"
        assert diagnose(exercise, calls_of(draw, 7, 8)).mistake is None
    assert diagnose(exercise, calls_of(lambda n: 3, 7)).mistake is None  # has no length


def test_an_error_of_the_same_kind_is_no_mistake_that_is_known():
    """Rows of W as neurons fail in a product, too; the sizes that do not fit are others."""
    assert diagnosed("dense", lambda X, W, b: np.dot(X, W.T) + b).mistake == "neurons_in_rows"
    assert diagnosed("dense", lambda X, W, b: X.T @ W + b).mistake is None


def test_a_slip_in_one_part_of_a_result_does_not_hide_one_in_another():
    """The last activation left out, and the wrong array in the cache."""

    def forward(X, params, activations):
        cache = []
        for number, ((W, b), f) in enumerate(zip(params, activations, strict=True), start=1):
            z = X @ W + b
            X = f(z) if number < len(params) else z
            cache.append((X, z))
        return X, cache

    report = diagnosed("forward", forward)
    assert report.mistake == "last_activation_forgotten"
    assert report.next_step.startswith("Mend that first")


def test_two_slips_in_what_chance_decides():
    """The last batch dropped, and nothing shuffled."""

    def sgd_epoch(X, y, params, gradient, learning_rate, batch_size, rng):
        for start in range(0, len(X) - batch_size, batch_size):
            rows = slice(start, start + batch_size)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, gradient(X[rows], y[rows], params), strict=True)
            ]
        return params

    assert diagnosed("sgd_epoch", sgd_epoch).mistake == "last_batch_dropped"


def test_one_number_everywhere_is_told_before_what_fits_in_part():
    """A result that never changes agrees with many mistakes here and there."""
    report = judge(
        course().load("leaky_relu_prime"),
        lambda z, slope=0.01: np.maximum(np.ones(np.shape(z)), slope),
    )
    assert report.mistake is None
    assert report.related == "Your result is 1 everywhere, whatever goes in."


def test_a_few_zeros_are_no_evidence():
    report = judge(
        course().load("saturated_fraction"),
        lambda z, f_prime, tolerance=0.01: np.mean(np.abs(z) > 1 / tolerance),
    )
    assert not report.passed
    assert (report.mistake, report.suspects) == (None, ())


def test_a_probe_beside_them_does_not_hide_how_results_are_related():
    report = judge(course().load("step"), lambda z: np.ravel(np.where(z >= 0, 1.0, 0.0)))
    assert "in one long row" in report.related

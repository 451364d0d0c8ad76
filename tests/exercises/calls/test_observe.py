"""Everything about a call is written down: values, errors, mutation, warnings, printing, time."""

import sys
import threading
import time

import numpy as np
import pytest

from annkit.exercises import Answer, CheckFailed, Rng
from annkit.exercises.calls.answer import here


def attempt(function, *args, seconds=10.0, **kwargs):
    """One observed call."""
    return Answer(here(function), "f", seconds).attempt(*args, **kwargs)


def test_a_value_comes_back_as_a_copy():
    """A later change of the original does not reach the check."""
    kept = np.zeros(2)
    call = attempt(lambda: kept)
    kept[0] = 9
    assert call.value.tolist() == [0, 0]


def test_mutation_names_the_argument():
    """In-place work on an input is seen, by position and by keyword."""

    def relu(z, slope=0):
        z[z < 0] = 0
        return z

    assert attempt(relu, np.array([-1.0, 2.0])).mutated == ("z",)
    assert attempt(relu, slope=0, z=np.array([-1.0])).mutated == ("z",)
    assert attempt(relu, np.array([1.0, 2.0])).mutated == ()


def test_mutation_of_nested_parameters_is_seen():
    """A list of (W, b) pairs counts as an argument."""

    def step(params):
        params[0][0][0] -= 1
        return params

    assert attempt(step, [(np.ones((1, 1)), np.zeros(1))]).mutated == ("params",)


def test_nan_in_an_input_is_no_mutation():
    """NaN differs from itself, but the input is as it was."""
    assert attempt(lambda x, y: 0, float("nan"), np.array([np.nan])).mutated == ()


def test_a_view_of_the_input_is_noticed():
    """Changing the result later would change the input."""
    assert attempt(lambda z: z[::-1], np.arange(3.0)).shares_memory
    assert attempt(lambda z: (z.T, 1), np.ones((2, 2))).shares_memory
    assert not attempt(lambda z: z, np.arange(3.0)).shares_memory
    assert not attempt(lambda z: z + 0, np.arange(3.0)).shares_memory


def test_warnings_are_kept_and_do_not_escape(recwarn):
    """A numeric warning is told from any other."""
    call = attempt(lambda z: np.exp(z), np.array([1e4]))
    assert call.warned
    assert "overflow" in call.warnings[0][1]
    assert not recwarn.list


def test_printing_is_kept_short(capsys):
    """Megabytes on both streams do not reach the notebook."""

    def chatty():
        for _ in range(1000):
            print("x" * 10_000)
            print("y" * 100, file=sys.stderr)
        return 1

    call = attempt(chatty)
    assert call.value == 1
    assert 0 < len(call.printed) <= 2000
    assert capsys.readouterr() == ("", "")


def test_an_error_says_the_learners_own_line():
    """The deepest line in the learner's file counts, not one inside NumPy."""

    def bad(z):
        half = z / 2
        return np.reshape(half, (5, 5))  # the line to be named

    call = attempt(bad, np.zeros(3))
    assert call.error.type == "ValueError"
    assert "the line to be named" in call.error.line


def test_compiled_code_is_not_taken_for_the_learners():
    """NumPy's generators are compiled; in a traceback they stand as files without a folder."""
    call = attempt(lambda rng: rng.normal(0, 1, 2, 3), Rng(0))
    assert "rng.normal(0, 1, 2, 3)" in call.error.line


class Remembering:
    """A class with `self` where `(self,)` belongs."""

    def __init__(self, inputs=()):
        self.inputs = tuple(inputs)

    def __neg__(self):
        return type(self)(self)


def test_what_a_constructor_was_handed_is_named_where_it_was_made():
    error = Answer(here(lambda: -Remembering()), "f").attempt().error
    assert error is not None
    assert error.line == "return type(self)(self)"
    assert error.function == "__neg__"


def test_wrong_arity_is_explained():
    """The signature is shown next to what it was called with."""
    call = attempt(lambda: 1, 2)
    assert "but it is called with 1 argument" in call.error.message


@pytest.mark.parametrize("error", [SystemExit(3), GeneratorExit(), RecursionError("deep")])
def test_unusual_exceptions_are_errors_of_the_answer(error):
    """Not even exit() gets past the handle."""

    def leaving():
        raise error

    assert attempt(leaving).error.type == type(error).__name__


def test_an_error_with_a_broken_message():
    """An exception whose text raises is still reported."""

    class Broken(Exception):
        def __str__(self):
            raise RuntimeError

    def bad():
        raise Broken

    assert attempt(bad).error.type == "Broken"


def test_the_interrupt_button_still_works():
    """A KeyboardInterrupt is the learner's, not the answer's."""

    def interrupted():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt(interrupted)


def test_a_generator_is_made_from_its_seed():
    """The answer draws from default_rng(seed); using it up is no mutation."""
    call = attempt(lambda rng: rng.normal(), rng=Rng(5))
    assert call.value == np.random.default_rng(5).normal()
    assert call.mutated == ()


@pytest.mark.parametrize("stubborn", [False, True])
def test_an_endless_loop_is_stopped(stubborn):
    """Even one that catches every exception once."""

    def endless():
        while True:
            try:
                while True:
                    pass
            except BaseException:
                if not stubborn:
                    raise
                stop_again()

    def stop_again():
        while True:
            time.sleep(0.01)

    start = time.thread_time()
    call = attempt(endless, seconds=0.3)
    assert call.error.type == "OutOfTime"
    assert time.thread_time() - start < 5


def test_after_an_endless_loop_no_more_calls_are_made():
    """One budget lost is enough: the next check says the same at once."""
    calls = []

    def endless():
        calls.append(1)
        while True:
            pass

    answer = Answer(here(endless), "f", 0.2)
    for _ in range(2):
        with pytest.raises(CheckFailed, match="loop that never ends"):
            answer()
    assert len(calls) == 1


def test_outside_the_main_thread_there_is_no_limit_but_an_answer():
    """Signals belong to the main thread; elsewhere the call runs unlimited."""
    values = []
    thread = threading.Thread(target=lambda: values.append(attempt(lambda: 4, seconds=0.1).value))
    thread.start()
    thread.join()
    assert values == [4]


def test_figures_opened_by_an_answer_are_closed():
    """A learner's plot inside the function does not pile up under the card."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    before = pyplot.get_fignums()
    attempt(lambda: pyplot.figure() and None)
    assert pyplot.get_fignums() == before

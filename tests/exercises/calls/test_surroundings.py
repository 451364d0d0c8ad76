"""What an answer silences is heard, and what it changes of its process is undone and said."""

import gc
import importlib
import os
import random
import sys
import warnings
from sys import setrecursionlimit

import numpy as np
import pytest
from numpy import errstate, seterr
from numpy._core import _ufunc_config as _config

from annkit.exercises import Answer
from annkit.exercises.calls.answer import here
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.calls.surroundings import only_new_objects_collected


def attempt(function, *args):
    """One observed call."""
    return Answer(here(function), "f").attempt(*args)


def by_context(z):
    with np.errstate(over="ignore"):
        return np.exp(z)


def by_context_for_all(z):
    with errstate(all="ignore"):
        return np.exp(z)


@np.errstate(all="ignore")
def by_decorator(z):
    return np.exp(z)


def by_print(z):
    with np.errstate(all="print"):
        return np.exp(z)


def by_callback(z):
    with np.errstate(all="call", call=lambda kind, flag: None):
        return np.exp(z)


def by_seterr(z):
    old = seterr(all="ignore")
    try:
        return np.exp(z)
    finally:
        np.seterr(**old)


def by_seterr_left(z):
    np.seterr(all="ignore")
    return np.exp(z)


def by_filter(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return np.exp(z)


def by_filter_left(z):
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    return np.exp(z)


def by_recording(z):
    with warnings.catch_warnings(record=True):
        warnings.simplefilter("always")
        return np.exp(z)


def by_a_new_warn(z):
    warnings.warn = lambda *args, **kwargs: None
    return np.exp(z)


HIDING = [
    by_context,
    by_context_for_all,
    by_decorator,
    by_print,
    by_callback,
    by_seterr,
    by_seterr_left,
    by_filter,
    by_filter_left,
    by_recording,
]


@pytest.mark.parametrize("answer", HIDING)
@pytest.mark.parametrize("z", [np.array([1.0, 1e4]), np.float64(1e4)])
def test_a_hidden_overflow_is_heard(answer, z):
    """However it was hidden, and the value is the same as without."""
    call = attempt(answer, z)
    assert call.error is None
    assert np.isinf(np.max(call.value))
    assert any("overflow" in text for text in call.hidden)
    assert not call.warned


@pytest.mark.parametrize("answer", HIDING)
def test_nothing_is_hidden_where_nothing_happens(answer):
    """Silencing alone is no fault."""
    assert attempt(answer, np.array([1.0, 2.0])).hidden == ()


def test_the_session_may_have_silenced_everything():
    """A filter or an error state set in an earlier cell hides nothing from a card."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        call = attempt(np.exp, np.array([1e4]))
    assert call.warned
    assert call.hidden == ()


def test_a_new_warn_is_noticed(monkeypatch):
    """Putting another function in the place of `warnings.warn` hides a warning, too."""
    monkeypatch.setattr(warnings, "warn", warnings.warn)
    assert attempt(by_a_new_warn, np.array([1e4])).hidden


def test_raising_is_not_hiding():
    """Whoever turns the error into an exception has to deal with it, and does."""

    def careful(z):
        try:
            with np.errstate(over="raise"):
                return np.exp(z)
        except FloatingPointError:
            return z

    def strict(z):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                return np.exp(z)
            except RuntimeWarning:
                return z

    for answer in (careful, strict):
        call = attempt(answer, np.array([1e4]))
        assert (call.value.tolist(), call.hidden, call.warned) == ([1e4], (), False)


def test_what_numpy_ignores_inside_itself_is_its_own_business():
    """Singular matrices are still told, and means of NaN are no fault of the answer."""

    def singular(A):
        with np.errstate(all="ignore"):
            return np.linalg.inv(A)

    assert attempt(np.linalg.inv, np.zeros((2, 2))).error.type == "LinAlgError"
    assert attempt(singular, np.zeros((2, 2))).error.type == "LinAlgError"
    call = attempt(lambda z: bool(np.isclose(z, z).all()), np.array([np.inf, np.nan]))
    assert (call.hidden, call.warned) == ((), False)


def test_python_errors_that_are_caught_are_no_warnings():
    """`math.exp` raises; whoever catches that has seen it."""

    def caught(z):
        import math

        try:
            return math.exp(z)
        except OverflowError:
            return math.inf

    assert attempt(caught, 1e4).hidden == ()


class Log:
    """What may stand in a function's place for NumPy to tell of errors."""

    def __call__(self, kind, flag):
        """Nothing to do."""

    def write(self, text):
        """Nothing to do."""


def test_an_object_may_be_told_of_errors():
    def told(z):
        np.seterrcall(Log())
        with np.errstate(over="call"):
            return np.exp(z)

    call = attempt(told, 1e4)
    assert (call.error, call.value) == (None, np.inf)


def leave_limit():
    sys.setrecursionlimit(50_000)


def leave_held_limit():
    setrecursionlimit(50_000)


def leave_seterr():
    np.seterr(over="ignore")


def leave_filter():
    warnings.simplefilter("ignore")


def leave_random():
    random.random()


def leave_numpy_random():
    np.random.rand()  # noqa: NPY002


def leave_environment():
    os.environ["ANNKIT_TEST"] = "1"


def leave_folder():
    os.chdir("/")


def state_of_the_process():
    """All that a call may change for everybody."""
    return (
        sys.getrecursionlimit(),
        sys.setrecursionlimit,
        np.geterr(),
        vars(_config)["_make_extobj"],
        list(warnings.filters),
        random.getstate(),
        str(np.random.get_state()),  # noqa: NPY002
        dict(os.environ),
        os.getcwd(),
        sys.stdout,
        sys.stderr,
    )


@pytest.mark.parametrize(
    ("answer", "changed"),
    [
        (leave_limit, "recursion limit"),
        (leave_held_limit, "recursion limit"),
        (leave_seterr, "error state"),
        (leave_filter, "filters"),
        (leave_random, "random"),
        (leave_numpy_random, "np.random"),
        (leave_environment, "environment"),
        (leave_folder, "folder"),
    ],
)
def test_what_an_answer_changes_is_undone_and_told(answer, changed):
    """The process is as it was before, whatever the call did."""
    before = state_of_the_process()
    assert attempt(answer).changed == (changed,)
    assert state_of_the_process() == before


def test_a_limit_around_a_call_leaves_nothing_of_it_behind():
    """It may strike in the call's beginning or end, which take longer than a quick answer."""

    def ask_for_ever():
        while True:
            call = attempt(abs, -1)
            assert (call.error, call.changed) == (None, ())  # the limit is not this answer's

    before = state_of_the_process()
    rng = random.Random(0)
    for _ in range(500):
        with pytest.raises(OutOfTime), time_limit(rng.uniform(1e-6, 1e-3)):
            ask_for_ever()
        assert state_of_the_process() == before


def test_whoever_has_replaced_the_function_for_the_limit_is_blamed_for_nothing(monkeypatch):
    monkeypatch.setattr(sys, "setrecursionlimit", lambda limit: None)
    assert attempt(abs, -1).changed == ()


def test_a_filter_of_a_library_that_is_imported_is_not_the_answers(tmp_path, monkeypatch):
    (tmp_path / "with_a_filter.py").write_text("import warnings\nwarnings.simplefilter('once')\n")
    monkeypatch.syspath_prepend(tmp_path)
    assert attempt(lambda: importlib.import_module("with_a_filter").__name__).changed == ()


def test_a_call_that_changes_nothing_says_nothing():
    assert attempt(lambda rng: rng.normal(), np.ones(2)).changed == ()
    assert attempt(lambda: np.random.default_rng(0).normal()).changed == ()


def depth_reached(limit=None):
    """How deep a recursion goes."""

    def down(n):
        try:
            return down(n + 1)
        except RecursionError:
            return n

    if limit:
        sys.setrecursionlimit(limit)
    return down(0)


def test_every_call_has_as_many_frames_as_a_fresh_program():
    """Neither the session's limit nor the notebook's own depth counts."""
    there = attempt(depth_reached).value
    assert 900 < there < 1000

    def deeper(n):
        return attempt(depth_reached).value if n == 0 else deeper(n - 1)

    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + 5000)
    try:
        assert attempt(depth_reached).value == there
        assert deeper(200) == there
    finally:
        sys.setrecursionlimit(before)
    assert attempt(depth_reached, 50_000).value == there


def test_the_global_generators_are_not_the_same_twice():
    """An answer that draws from them is seen to vary, although its process stays as it is."""
    draw = lambda: (random.random(), np.random.rand())  # noqa: E731, NPY002
    first, second = attempt(draw).value, attempt(draw).value
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_what_was_there_before_is_left_out_and_looked_through_again_afterwards():
    def made():
        """How often all objects are looked through while a million are made."""
        before = gc.get_stats()[2]["collections"]
        assert len([[] for _ in range(1_000_000)]) == 1_000_000
        return gc.get_stats()[2]["collections"] - before

    usual = gc.get_threshold()
    gc.set_threshold(100, 5, 5)
    try:
        with only_new_objects_collected():
            with only_new_objects_collected():
                pass
            assert made() == 0
        assert gc.get_threshold() == (100, 5, 5)
        if sys.version_info < (3, 14):  # from there on Python goes through them bit by bit
            assert made() > 0
    finally:
        gc.set_threshold(*usual)


def test_new_garbage_is_collected_meanwhile():
    gone = []
    with only_new_objects_collected():

        class Node:
            itself: object = None

            def __del__(self):
                gone.append(self)

        node = Node()
        node.itself = node
        del node
        gc.collect()
        assert len(gone) == 1

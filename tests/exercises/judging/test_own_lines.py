"""Questions about a learner's own function: what they call right is what running it gives."""

import linecache
import re
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, Question, course
from annkit.exercises.calls.followed import follow
from annkit.exercises.cards.values import short
from annkit.exercises.judging.own_lines import line_question

ANSWERS = {
    "mse_grad": "def mse_grad(y_hat, y):\n    return (y_hat - y) / len(y)\n",
    "log_sum_exp": (
        "def log_sum_exp(z):\n"
        '    """Two lines.\n\n    Of text.\n    """\n'
        "    m = np.max(z, axis=1)\n"
        "    return m + np.log(np.sum(np.exp(z.T - m), axis=0))\n"
    ),
    "dense_gradients": (
        "def dense_gradients(a_prev, delta):\n"
        "    dW = np.einsum('bi,bj->ij', a_prev, delta)\n"
        "    db = delta.sum(axis=0)\n"
        "    return dW, db\n"
    ),
    "leaky_relu": (
        "def leaky_relu(z, slope=0.01):\n"
        "    if np.ndim(z) == 1:\n"
        "        return np.where(z > 0, z, slope * z)\n"
        "    return np.where(z > 0, z, slope * z)\n"
    ),
}


def learners(id: str) -> Any:
    """A function as a cell of a notebook has it."""
    name = f"<cell of {id}>"
    linecache.cache[name] = (0, None, ANSWERS[id].splitlines(True), name)
    scope: dict[str, Any] = {"np": np}
    exec(compile(ANSWERS[id], name, "exec"), scope)
    return scope[id]


def asked(id: str, words: str) -> Question:
    """The first question about an answer that has some words in it."""
    task = course().load(id)
    assert isinstance(task, Exercise)
    for seed in range(40):
        question = line_question(task, learners(id), np.random.default_rng(seed))
        if question is not None and re.search(words, question.prompt):
            question.validate()
            assert len({option.text for option in question.options}) == len(question.options)
            return question
    raise AssertionError(f"nothing of {id} asks {words!r}")


def right(question: Question) -> str:
    """The text of the right option."""
    (option,) = (option for option in question.options if option.correct)
    return option.text.strip("`")


def test_a_sign_that_flips() -> None:
    question = asked("mse_grad", "becomes a `\\+`")
    call = re.findall(r"What does `(.*?)` return then", question.prompt)[0]

    def mse_grad(y_hat: Any, y: Any) -> Any:
        return (y_hat + y) / len(y)

    assert right(question) == short(eval(call))
    assert "`y_hat - y`" in question.prompt


def test_the_shape_of_a_name() -> None:
    question = asked("log_sum_exp", "Which shape has `m` after line 2")
    call = re.findall(r"You call `log_sum_exp\((.*?)\)`\.", question.prompt)[0]
    assert right(question) == str(np.max(eval(call), axis=1).shape)
    assert "Of text" not in question.prompt
    assert " 3  " in question.prompt


def test_the_line_that_adds_up_the_batch() -> None:
    assert right(asked("dense_gradients", "added up")).endswith("db = delta.sum(axis=0)")


def test_the_input_that_takes_a_branch() -> None:
    question = asked("leaky_relu", "makes line 3 run")
    calls = {option.text.strip("`"): option.correct for option in question.options}
    taken = {}
    for call in calls:
        z = eval(call, {"np": np, "leaky_relu": lambda z, slope=0.0: z})
        taken[call] = np.ndim(z) == 1
    assert taken == calls


def test_what_cannot_be_read_is_not_asked_about() -> None:
    task = course().load("leaky_relu")
    assert isinstance(task, Exercise)
    rng = np.random.default_rng(0)
    for answer in (np.tanh, lambda z: z, int, None, eval("lambda z: z")):
        assert line_question(task, answer, rng) is None


def test_a_call_that_never_ends_is_no_trace() -> None:
    def endless() -> None:
        while True:
            pass

    def failing() -> None:
        raise ValueError

    assert follow(endless, (), {}) is None  # type: ignore[arg-type]
    assert follow(failing, (), {}) is None  # type: ignore[arg-type]


@pytest.mark.parametrize("id", ANSWERS)
def test_the_same_choice_asks_the_same(id: str) -> None:
    task = course().load(id)
    assert isinstance(task, Exercise)
    first, second = (line_question(task, learners(id), np.random.default_rng(5)) for _ in range(2))
    assert first is not None
    assert second is not None
    assert (first.prompt, first.options) == (second.prompt, second.options)

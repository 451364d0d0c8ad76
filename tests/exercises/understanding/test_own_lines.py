"""Questions about a learner's own function: what they call right is what running it gives."""

import linecache
import re
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, Question, course
from annkit.exercises.calls.followed import follow
from annkit.exercises.cards.values import short
from annkit.exercises.understanding.own_function import read_own
from annkit.exercises.understanding.own_lines import line_question, which_sum

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
    "standardize": (
        "def standardize(X):\n"
        "    mean = X.mean(axis=0)\n"
        "    centred = X - mean\n"
        "    std = np.sqrt((centred**2).mean(axis=0))\n"
        "    scale = np.where(std == 0, 1.0, std)\n"
        "    return centred / scale, mean, scale\n"
    ),
    "relu_prime": "def relu_prime(z):\n    return (np.asarray(z) > 0).astype(float)\n",
    "dense": "def dense(X, W, b):\n    return X @ W + b\n",
    "minibatches": (
        "def minibatches(X, y, batch_size, rng):\n"
        "    order = rng.permutation(len(X))\n"
        "    batches = []\n"
        "    for start in range(0, len(X), batch_size):\n"
        "        rows = order[start : start + batch_size]\n"
        "        batches.append((X[rows], y[rows]))\n"
        "    return batches\n"
    ),
    "perceptron_update": (
        "def perceptron_update(x, y, w, b, learning_rate=1.0):\n"
        "    score = y * (x @ w + b)\n"
        "    if score > 0:\n"
        "        return w, b\n"
        "    step = learning_rate * y\n"
        "    return w + step * x, b + step\n"
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


def call_in(question: Question) -> str:
    """The call a question is about, where it is shown whole."""
    inline = re.match(r"You call `\w+\((.*?)\)`\.", question.prompt)
    block = re.match(r"You call\n\n```\n\w+\((.*?)\n\)\n```", question.prompt, re.DOTALL)
    found = inline or block
    assert found is not None, question.prompt
    return found[1]


def returned(call: str, function: Any) -> Any:
    """What a function makes of a call's arguments."""
    return eval(f"function({call})", {"np": np, "function": function})


def forms_in(question: Question) -> dict[str, Any]:
    """The inputs a question is about, where their forms are shown: shapes or numbers."""
    rows = re.findall(r"^(\w+) +(?:an array )?(\(.*\)|[\d.]+)$", question.prompt, re.MULTILINE)
    return {name: eval(told) for name, told in rows}


def test_a_sign_that_flips() -> None:
    question = asked("mse_grad", "changed to `\\+`")

    def mse_grad(y_hat: Any, y: Any) -> Any:
        return (y_hat + y) / len(y)

    assert right(question) == short(returned(call_in(question), mse_grad))
    assert "`y_hat - y`" in question.prompt


def test_a_comparison_that_turns() -> None:
    for other, turned in (("<", np.less), (">=", np.greater_equal)):
        question = asked("relu_prime", f"changed to `{other}`")
        changed = returned(call_in(question), turned_prime(turned))
        assert right(question) == short(changed)


def turned_prime(turned: Any) -> Any:
    """The slope of ReLU with another comparison."""
    return lambda z: turned(np.asarray(z), 0).astype(float)


def test_the_shape_of_a_name() -> None:
    question = asked("log_sum_exp", "shape of `m` after line 2")
    assert right(question) == str(forms_in(question)["z"][:1])
    assert "Of text" not in question.prompt
    assert " 3  " in question.prompt


def test_the_shape_of_a_part_of_a_line_whatever_the_numbers() -> None:
    question = asked("dense", "shape of `X @ W` in line 2")
    inputs = forms_in(question)
    assert right(question) == str((inputs["X"][0], inputs["W"][1]))


def test_a_number_on_the_way() -> None:
    question = asked("perceptron_update", "What is `score` after line 2")
    score = returned(call_in(question), lambda x, y, w, b, learning_rate=1.0: y * (x @ w + b))
    assert right(question) == short(float(score))


def test_how_often_a_line_runs() -> None:
    question = asked("minibatches", "How often does line 5 run")
    inputs = forms_in(question)
    runs = -(-inputs["X"][0] // inputs["batch_size"])
    assert right(question) == ("once" if runs == 1 else f"{runs} times")


def test_the_line_that_is_skipped() -> None:
    question = asked("perceptron_update", "does not run")
    score = returned(call_in(question), lambda x, y, w, b, learning_rate=1.0: y * (x @ w + b))
    skipped = ("line 5", "line 6") if score > 0 else ("line 4",)
    assert right(question).startswith(skipped)


def test_the_lines_that_add_up_the_batch() -> None:
    question = asked("standardize", "over the examples")
    told = {option.text: option.correct for option in question.options}
    assert told == {text: "mean(axis=0)" in text for text in told}
    assert sum(told.values()) == 2


def test_a_line_that_may_add_up_unseen_is_no_wrong_option() -> None:
    task = course().load("dense_gradients")
    assert isinstance(task, Exercise)
    own = read_own(task, learners("dense_gradients"))
    assert own is not None
    assert which_sum(own, np.random.default_rng(0)) is None, "`einsum` sums over b, too"


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

"""The two large exercises on backpropagation name each known bug, at any shape.

Every known wrong answer runs on random networks of at least two layers, with at least two
examples, hidden units and outputs: the diagnosis names it and no other, and it is never right.

Not here: the exercises' own checks, which the self-check runs (`test_exercises_of_the_course`).
"""

import sys
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, course
from annkit.exercises.calls.answer import Answer, Call, CheckFailed, here
from annkit.exercises.judging.diagnose import diagnose
from annkit.exercises.tasks.compare import mismatch
from tests.sampling import sampled

pytestmark = pytest.mark.slow

SEEDS = range(50)
ACTIVATIONS = ("tanh", "sine", "sigmoid")


def load(id: str) -> Exercise:
    """The exercise with this id."""
    task = course().load(id)
    assert isinstance(task, Exercise)
    return task


def random_sizes(rng: np.random.Generator) -> Iterator[tuple[int, list[int]]]:
    """Batch and layer sizes, all at least 2: twice any widths, once equal ones.

    Only between equal widths does a wrong or untransposed matrix fit.
    """
    batches = rng.permutation(np.arange(2, 10))
    for batch, equal in zip(batches, (False, False, True), strict=False):
        n_sizes = int(rng.integers(3, 6))
        widths = rng.integers(2, 7, n_sizes)
        sizes = [int(n) for n in (np.full(n_sizes, widths[0]) if equal else widths)]
        # as many examples as outputs would hide by which of the two a mean was divided
        yield int(batch) + int(batch == sizes[-1]), sizes


def backprop_calls(answer: Answer, module: Any, rng: np.random.Generator) -> None:
    """Regressions with an activation drawn for every layer; one that rounds its nudges away."""
    for batch, sizes in random_sizes(rng):
        names = [str(rng.choice(ACTIVATIONS)) for _ in sizes[1:-1]]
        case = module.problem(rng, batch, *sizes)
        # a slope of its own at the output, so that a prime too many or too few is seen there
        attempt(lambda case=case, names=names: answer.probe(
            module.with_activations, *case, [*names, "sine" if "tanh" in names else "tanh"]
        ))  # fmt: skip
    one_layer = module.problem(rng, 3, 5, 4)
    attempt(lambda: answer.probe(module.with_activations, *one_layer, ["rounding"]))


def classifier_calls(answer: Answer, module: Any, rng: np.random.Generator) -> None:
    """Classifiers; a hidden unit at z = 0, a batch of one class, logits in the thousands."""
    for batch, sizes in random_sizes(rng):
        X, labels, params = module.problem(rng, batch, *sizes)
        while not is_alive(X, params):
            X, labels, params = module.problem(rng, batch, *sizes)
        attempt(lambda X=X, labels=labels, params=params: answer(X, labels, params))
    X, labels, params = module.problem(rng, 8, 3, 4, 3)
    params[0][0][:, 0], params[0][1][0] = 0, 0
    attempt(lambda: answer(X, labels, params))
    attempt(lambda: answer(X, np.zeros_like(labels), params))
    large, classes, scores = module.problem(rng, 6, 3, 4)
    attempt(lambda: answer(3e3 * large, classes, scores))


def is_alive(X: Any, params: Any) -> bool:
    """Whether two examples reach the output: behind a dead layer no bug shows."""
    a = X
    for W, b in params[:-1]:
        a = np.maximum(a @ W + b, 0)
    return int(np.sum(a.any(axis=1))) >= 2


def attempt(call: Any) -> None:
    """Call; the error of an answer whose matrices do not fit is recorded with the call."""
    with suppress(CheckFailed):
        call()


CALLS = {"backprop": backprop_calls, "classifier_gradients": classifier_calls}


def recorded(task: Exercise, target: Any, seed: int) -> list[Call]:
    """The calls of a target at the random networks of a seed."""
    answer = Answer(here(target), task.id)
    CALLS[task.id](answer, sys.modules[task.answer.__module__], np.random.default_rng(seed))
    return answer.calls


def is_right(call: Call, expected: Call) -> bool:
    """Whether a call returned what the reference returns, and left its input alone."""
    if call.error is not None or call.mutated:
        return False
    return mismatch(call.value, expected.value, 1e-6, 1e-8, "the result") is None


@pytest.mark.parametrize("id", CALLS)
def test_at_least_twelve_bugs_are_known(id):
    assert len(load(id).wrongs) >= 12


@pytest.mark.parametrize("seed", sampled(SEEDS, 2))
@pytest.mark.parametrize("id", CALLS)
def test_every_bug_is_named_and_none_is_right(id, seed):
    task = load(id)
    right = recorded(task, task.answer, seed)
    assert all(call.error is None for call in right)
    for wrong in task.wrongs:
        calls = recorded(task, wrong.target, seed)
        found = diagnose(task, calls)
        assert found.mistake == wrong.name, f"{wrong.name}: fits {found.suspects or found.mistake}"
        assert not all(map(is_right, calls, right)), f"{wrong.name} counts as right"

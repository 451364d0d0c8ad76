"""Models that want marks and have learned nothing: what they hand back, remember, or look for.

Each is a few lines on top of an honest model, so that one trick alone decides. The same texts are
judged here, and handed in where the submission has a process of its own.

Not here: breaking out of that process (`hostile`).
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, Report, course, judge
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.rebuild.release import read_release
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes
from tests.grading.conftest import TIERS
from tests.sampling import sampled

pytestmark = pytest.mark.slow

CHAPTER = "ch12_capstone"
NOTEBOOK = Path(__file__).resolve().parents[2] / "notebooks" / CHAPTER / f"{CHAPTER}.ipynb"

# The most similar picture of the training lends its label: right, and quick.
DIGITS = """
class Nearest:
    def __init__(self, X, labels):
        self.X, self.labels = X, labels
    def read(self, X):
        gaps = (self.X**2).sum(axis=1) - 2 * X @ self.X.T
        return self.labels[gaps.argmin(axis=1)]
    def predict(self, X):
        return {result}

def digits_model(X, labels, rng):
    return Nearest(X, labels)
"""
# Least squares on the columns and the product that bends them: right, and quick.
HOUSES = """
def house_model(X, y, rng):
    def table(X):
        near = X[:, 0] * np.exp(-X[:, 2] / 8)
        return np.column_stack([X, near, X[:, 1] * np.exp(-X[:, 3] / 30), np.ones(len(X))])
    w = np.linalg.lstsq(table(X), y, rcond=None)[0]
    return lambda X: {result}
"""
# Right but for one method, which stands where the gap is.
NETWORK = """
class MLP:
    def __init__(self, sizes, rng):
        self.params = [(rng.normal(size=(n, m)) * np.sqrt(2 / n), np.zeros(m))
                       for n, m in zip(sizes, sizes[1:])]
    def p(self, X):
        a = X
        for W, b in self.params[:-1]:
            a = np.maximum(a @ W + b, 0)
        z = a @ self.params[-1][0] + self.params[-1][1]
        e = np.exp(z - z.max(axis=1, keepdims=True))
        return e / e.sum(axis=1, keepdims=True)
    def fit(self, X, labels, learning_rate, n_epochs, batch_size, rng):
        for _ in range(n_epochs):
            order = rng.permutation(len(X))
            for start in range(0, len(X), batch_size):
                self.step(X[order[start:start + batch_size]],
                          labels[order[start:start + batch_size]], learning_rate)
        return self
    def step(self, X, labels, rate):
        kept = [X]
        for W, b in self.params[:-1]:
            kept.append(np.maximum(kept[-1] @ W + b, 0))
        delta = (self.p(X) - np.eye(len(self.params[-1][1]))[labels]) / len(X)
        for k in reversed(range(len(self.params))):
            (W, b), a = self.params[k], kept[k]
            self.params[k] = W - rate * a.T @ delta, b - rate * delta.sum(axis=0)
            delta = delta @ W.T * (a > 0)
    def predict_proba(self, X):
        return self.p(X)
    def predict(self, X):
        return self.p(X).argmax(axis=1)
"""
_TRAINED = {
    "digits_model": DIGITS.format(result="self.read(X)"),
    "house_model": HOUSES.format(result="table(X) @ w"),
}
REMEMBERS = {
    name: f"{right}\ntrained, first = {name}, []\n"
    f"def {name}(X, y, rng):\n    first.append(trained(X, y, rng))\n    return first[0]\n"
    for name, right in _TRAINED.items()
}
# Looks through the frames of its callers for what the check knows and the submission should not.
PEEKS = """
import sys
class Peeking:
    def predict(self, X):
        frame, found = sys._getframe(), {}
        while frame:
            found = {**frame.f_locals, **found}
            frame = frame.f_back
        return found["names"][found["labels"][found["test"]]][:len(X)]

def digits_model(X, labels, rng):
    return Peeking()
"""


def network(**methods: str) -> str:
    """The right class, with some methods replaced: name and arguments → what it returns."""
    lines = [f"    def {name}(self, X):\n        return {value}" for name, value in methods.items()]
    return NETWORK + "\n".join(lines) + "\n"


HONEST = {
    "digits_model": {
        "an array": DIGITS.format(result="self.read(X)"),
        "a list": DIGITS.format(result="self.read(X).tolist()"),
        "whole floats": DIGITS.format(result="self.read(X).astype(float)"),
    },
    "house_model": {
        "an array": HOUSES.format(result="table(X) @ w"),
        "a list": HOUSES.format(result="(table(X) @ w).tolist()"),
    },
    "mlp": {
        "arrays": NETWORK,
        "lists": network(
            predict_proba="self.p(X).tolist()", predict="[int(k.argmax()) for k in self.p(X)]"
        ),
        "whole floats": network(predict="self.p(X).argmax(axis=1) * 1.0"),
    },
}  # fmt: skip

# What it does, and the points it may earn: those of the checks that the trick leaves alone.
CHEATS: dict[str, dict[str, tuple[str, float]]] = {
    "digits_model": {
        "nan": (DIGITS.format(result="np.full(len(X), np.nan)"), 0),
        "texts": (DIGITS.format(result="self.read(X).astype(str)"), 0),
        "one too few": (DIGITS.format(result="self.read(X)[1:]"), 0),
        "one for all": (DIGITS.format(result="int(self.read(X)[0])"), 0),
        "all ten": (DIGITS.format(result="np.tile(np.arange(10), (len(X), 1))"), 0),
        "training labels": (DIGITS.format(result="np.resize(self.labels, len(X))"), 0),
        "itself": (DIGITS.format(result="self"), 0),
        "the first training for ever": (REMEMBERS["digits_model"], 0),
    },
    "house_model": {
        "nan": (HOUSES.format(result="np.full(len(X), np.nan)"), 0),
        "texts": (HOUSES.format(result="(table(X) @ w).astype(str)"), 0),
        "one too few": (HOUSES.format(result="(table(X) @ w)[1:]"), 0),
        "one for all": (HOUSES.format(result="float(y.mean())"), 0),
        "training prices": (HOUSES.format(result="np.resize(y, len(X))"), 0),
        "a column": (HOUSES.format(result="X[:, 0]"), 0),
        "the first training for ever": (REMEMBERS["house_model"], 2),  # honest prices
    },
    "mlp": {
        "nan": (network(predict_proba="np.nan * self.p(X)", predict="np.nan * X[:, 0]"), 0),
        "texts": (network(predict_proba="self.p(X).astype(str)", predict="['0'] * len(X)"), 0),
        "one too few": (
            network(predict_proba="self.p(X)[1:]", predict="self.p(X)[1:].argmax(axis=1)"),
            0,
        ),
        "certain of the first": (
            network(
                predict_proba="np.eye(len(self.params[-1][1]))[[0] * len(X)]",
                predict="[0] * len(X)",
            ),
            0,
        ),
        "all labels at once": (network(predict="np.tile([0, 1], (len(X), 1))"), 2.5),
        "training labels": (
            network(predict="np.resize(getattr(self, 'labels', self.p(X).argmax(axis=1)), len(X))")
            + "    def fit(self, X, labels, *rest):\n        self.labels = labels\n"
            + "        return self\n",
            1,
        ),
    },
}  # fmt: skip


def task(id: str) -> Exercise:
    """An exercise of the chapter."""
    found = course().load(id)
    assert isinstance(found, Exercise)
    return found


def judged(id: str, source: str) -> Report:
    """The report on an answer that stands in a notebook."""
    names: dict[str, Any] = {"np": np}
    exec(source, names)
    return judge(task(id), names[task(id).object_name])


def cases(table: dict[str, dict[str, Any]]) -> list[Any]:
    """One case for each exercise and trick."""
    return [
        pytest.param(id, given, id=f"{id}, {name}")
        for id, tricks in table.items()
        for name, given in tricks.items()
    ]


@pytest.mark.parametrize(("id", "source"), cases(HONEST))
def test_a_right_model_may_answer_in_any_form(id: str, source: str) -> None:
    report = judged(id, source)
    assert report.passed, report.message
    assert report.points == task(id).points


@pytest.mark.parametrize(("id", "given"), cases(CHEATS))
def test_a_trick_earns_no_more_than_the_work_beside_it(id: str, given: tuple[str, float]) -> None:
    source, points = given
    report = judged(id, source)
    assert not report.passed
    assert report.points == points, report.message
    told = [check.failure.what for check in report.checks if check.failure]
    assert not any("could not make sense" in words for words in told), told


@pytest.mark.parametrize("id", ["digits_model", "house_model", "mlp"])
def test_a_training_without_end_is_ended(id: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(task(id), "seconds", 0.3)
    endless = {
        "mlp": network(predict_proba="[1 for _ in iter(int, 1)]"),
        "digits_model": "def digits_model(X, labels, rng):\n    while True: pass\n",
        "house_model": "def house_model(X, y, rng):\n    while True: pass\n",
    }
    report = judged(id, endless[id])
    assert (report.passed, report.points) == (False, 0)
    assert "seconds" in report.message


@pytest.fixture(scope="module")
def official() -> Iterator[Judge]:
    """A judge in the strongest tier of this machine."""
    made = Judge(course(), TIERS[0])
    yield made
    made.close()


def marks(official: Judge, sources: dict[str, str]) -> dict[str, float | None]:
    """Official points of a solved notebook in which some answers are replaced."""
    release = read_release(NOTEBOOK, CHAPTER)
    notebook = json.loads(to_bytes(solve(NOTEBOOK)))
    for cell in notebook["cells"]:
        cell["source"] = sources.get(cell["id"], cell["source"])
    order = Order("ada", release, dict.fromkeys(release.ids, 5), json.dumps(notebook).encode())
    return {mark.id: mark.points for mark in official.grade(order).verdict.marks}


OFFICIALLY = ("the first training for ever", "one too few", "nan", "texts")


@pytest.mark.parametrize("name", sampled(OFFICIALLY, 2))
def test_official_marks_are_the_same(official: Judge, name: str) -> None:
    given = {id: tricks[name] for id, tricks in CHEATS.items() if name in tricks}
    found = marks(official, {id: source for id, (source, _) in given.items()})
    assert {id: found[id] for id in given} == {id: points for id, (_, points) in given.items()}


def test_the_truth_is_in_no_frame_that_a_submission_can_reach(official: Judge) -> None:
    right = HONEST["house_model"]["a list"]
    found = marks(official, {"digits_model": PEEKS, "house_model": right})
    assert (found["digits_model"], found["house_model"]) == (0, 3)

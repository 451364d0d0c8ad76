"""Answers of chapters 11 and 13 that compute what is right and hand back something else.

Each wraps an honest answer, so that the trick alone decides. A submission tries another trick on
every exercise, in a fork of one sandbox parent.

Not here: models, which are trained (`test_models_that_cheat`); breaking out of the submission's
process (`hostile`).
"""

from collections.abc import Iterable, Iterator
from itertools import repeat
from pathlib import Path

import pytest

from annkit.exercises import Exercise, course
from annkit.grading.marking.score import score
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.states import GRADED, TIMED_OUT
from annkit.publish import solve
from tests.grading.conftest import TIERS
from tests.sampling import sampled

pytestmark = pytest.mark.slow

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
CHAPTERS = ("ch11_practice", "ch13_beyond")

# `each` changes every array and number of a result, whatever lists and tuples hold them.
TOOLS = """
import sys
import numpy as np
from itertools import pairwise
def each(change, value):
    if isinstance(value, (tuple, list)):
        return type(value)(each(change, part) for part in value)
    return change(value)
def result(change):
    return lambda right: lambda *given, **named: each(change, right(*given, **named))
def rows(change):
    return result(lambda part: change(np.atleast_1d(part)))
class Lie(np.ndarray):
    def __array_ufunc__(self, *a, **k): return np.bool_(True)
    def __array_function__(self, *a, **k): return True
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __float__(self): return 0.0
    def tolist(self): return []
class Number(float):
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
    def __abs__(self): return 0.0
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = float.__hash__
class Pretender:
    def __init__(self, right): self.right = np.asarray(right)
    def __array__(self, *a, **k): return self.right
    def __getattr__(self, name): return getattr(self.right, name)
    def __len__(self): return len(self.right)
    def __getitem__(self, place): return self.right[place]
    def __float__(self): return float(self.right)
    def __index__(self): return int(self.right)
    def __eq__(self, other): return True
SCRIPT = iter([0.0, [], [0.0], np.zeros(3), (1, 2), "right", None, True, {}, 1j, object()] * 9)
def remembering(right):
    kept = []
    def answer(*given, **named):
        if not kept: kept.append(right(*given, **named))
        return kept[0]
    return answer
def lagging(right):
    kept = []
    def answer(*given, **named):
        kept.append(right(*given, **named))
        return kept[-2:][0] if kept[1:] else None
    return answer
def peeking(right):
    def answer(*given, **named):
        frame = sys._getframe(1)
        while frame:
            for name in ("expected", "truth", "why", "reference", "exercise", "answer", "report"):
                for space in (frame.f_locals, frame.f_globals):
                    if name in space: return space[name]
            frame = frame.f_back
        return given[-1]
    return answer
def emptying(right):
    def answer(*given, **named):
        for part in given:
            each(lambda a: a.fill(0) if isinstance(a, np.ndarray) else None, part)
        return given[0]
    return answer
def falling(right):
    def answer(*given, **named): return answer(*given, **named)
    return answer
"""

# The same numbers in other clothes: every exercise takes them.
FORMS = {
    "lists": "result(lambda part: part.tolist() if isinstance(part, np.ndarray) else part)",
    "views": "result(lambda part: np.asarray(part)[::-1][::-1] if np.ndim(part) else part)",
    "columns first": "result(lambda part: np.asfortranarray(part) if np.ndim(part) else part)",
    "numbers of NumPy": "result(lambda part: part if np.ndim(part) else np.asarray(part)[()])",
}

# What is handed back for what was right.
TRICKS = {
    "nan": "result(lambda part: np.full(np.shape(part), np.nan)[()])",
    "infinity": "result(lambda part: np.full(np.shape(part), np.inf)[()])",
    "texts": "result(lambda part: np.asarray(part).astype(str)[()])",
    "Python's texts": "result(lambda part: str(part))",
    "one too few": "rows(lambda part: part[1:])",
    "one too many": "rows(lambda part: np.concatenate([part, part[:1]]))",
    "one layer deeper": "result(lambda part: np.asarray(part)[None])",
    "imaginary": "result(lambda part: np.asarray(part) * 1j + 1)",
    "objects of Python": "result(lambda part: np.full(np.shape(part), Number(0), dtype=object))",
    "all hidden": "result(lambda part: np.ma.masked_all(np.shape(part)))",
    "an array that lies": "result(lambda part: np.zeros(np.shape(part)).view(Lie))",
    "a number that lies": "result(lambda part: Number(0))",
    "something that turns into the array": "result(Pretender)",
    "rows to come": "rows(lambda part: (row for row in part))",
    "a function": "result(lambda part: lambda: part)",
    "nothing but its type": "result(type)",
    "the arguments": "lambda right: lambda *given, **named: given[0]",
    "all arguments": "lambda right: lambda *given, **named: given",
    "what a script says": "lambda right: lambda *given, **named: next(SCRIPT, 0.0)",
    "the first result for ever": "remembering",
    "the result before": "lagging",
    "what callers know": "peeking",
    "arguments set to nothing": "emptying",
    "an exit": "lambda right: lambda *given, **named: sys.exit(0)",
    "no bottom": "falling",
    "gigabytes": "result(lambda part: np.ones(2**32))",
    "gigabytes of lists": "lambda right: lambda *given, **named: [[0.0]] * 2**31",
    "no end": "lambda right: lambda *given, **named: [None for _ in iter(int, 1)]",
}
# The mistakes that are named in them, each rightly.
NAMED = {
    ("split", "one too few", "one_lost"),
    ("split", "one too many", "drawn_with_repeats"),
    ("batchnorm_backward", "one layer deeper", "as_rows"),
    ("init_params", "imaginary", "biases_of_one"),
    ("xavier_init", "the arguments", "one_number"),
    ("he_init", "the arguments", "one_number"),
    ("clip_gradients", "the arguments", "nothing_shortened"),
    ("xavier_init", "arguments set to nothing", "one_number"),
    ("he_init", "arguments set to nothing", "one_number"),
}


def task(id: str) -> Exercise:
    """An exercise."""
    found = course().load(id)
    assert isinstance(found, Exercise)
    return found


@pytest.fixture(scope="module")
def answers() -> dict[str, str]:
    """Every exercise of the chapters that is answered by code: id → a right answer."""
    cells = [
        cell
        for name in CHAPTERS
        for cell in solve(NOTEBOOKS / name / f"{name}.ipynb").cells
        if cell["id"] in course().paths and isinstance(course().load(cell["id"]), Exercise)
    ]
    return {cell["id"]: cell["source"] for cell in cells}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    """The strongest of this machine."""
    with Sandbox(TIERS[0]) as made:
        yield made


def marks(sandbox: Sandbox, answers: dict[str, str], wraps: Iterable[str]) -> list[MarkLine]:
    """Official marks of a submission in which every answer is wrapped by the next of these."""
    wrapped = {
        id: f"{source}\n{id} = ({wrap})({id})\n"
        for (id, source), wrap in zip(answers.items(), wraps, strict=False)
    }
    rebuilt = Rebuilt(wrapped, (("tools", TOOLS), *wrapped.items()), ())
    return score(course(), dict.fromkeys(wrapped, 11), rebuilt, sandbox)


@pytest.mark.parametrize("form", FORMS)
def test_a_right_answer_may_come_in_any_form(
    sandbox: Sandbox, answers: dict[str, str], form: str
) -> None:
    found = marks(sandbox, answers, repeat(FORMS[form]))
    assert {mark.id: mark.points for mark in found} == {id: task(id).points for id in answers}


@pytest.mark.parametrize("shift", sampled(range(len(TRICKS)), 2))
def test_a_trick_earns_nothing(
    sandbox: Sandbox, answers: dict[str, str], shift: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two submissions try every trick on an exercise; all together, on every exercise."""
    for id in answers:
        monkeypatch.setattr(task(id), "seconds", 0.25)
    names = [list(TRICKS)[(shift + 2 * place) % len(TRICKS)] for place in range(len(answers))]
    found = marks(sandbox, answers, [TRICKS[name] for name in names])
    told = [(mark.id, name, mark.mistake) for mark, name in zip(found, names, strict=True)]
    assert {(id, name): mark.points for mark, (id, name, _) in zip(found, told, strict=True)} == {
        (id, name): 0 for id, name, _ in told
    }
    assert {mark.state for mark in found} <= {GRADED, TIMED_OUT}
    assert {one for one in told if one[2]} <= NAMED


def test_two_submissions_try_all_tricks(answers: dict[str, str]) -> None:
    assert len(TRICKS) == 2 * len(answers)

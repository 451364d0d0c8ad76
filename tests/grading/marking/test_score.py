"""Official marks are the notebook's marks: same answer, same seed, same points."""

import ast
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Exercise, course, judge
from annkit.exercises.tasks.task import Task
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import read_release
from annkit.grading.sandbox.sandbox import Limits
from annkit.publish import release as release_notebooks
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.sampling import sampled

pytestmark = pytest.mark.slow

CHAPTER = "ch03_activations"


@pytest.fixture(scope="module")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of a chapter."""
    path = tmp_path_factory.mktemp("release") / f"{CHAPTER}.ipynb"
    path.write_bytes(release_notebooks(course(), [CHAPTER])[Path(CHAPTER) / path.name])
    return path


def takes_an_answer(node: ast.FunctionDef | ast.ClassDef) -> bool:
    """Whether it is a part of checks."""
    return isinstance(node, ast.FunctionDef) and "Answer" in ast.unparse(node.args)


def as_answer(task: Task, target: Any) -> str:
    """What a learner would have written to hand in one of an exercise's own functions."""
    tree = ast.parse(course().path(task.id).read_text(encoding="utf-8"))
    kept: list[ast.stmt] = []
    for node in tree.body:
        decorated = getattr(node, "decorator_list", [])
        if isinstance(node, ast.Import):
            kept.append(node)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            if node.name == target.__name__:
                node.decorator_list = []
                kept.append(node)
            elif not decorated and not takes_an_answer(node):
                kept.append(node)
    assert isinstance(task, Exercise)
    name = ast.parse(f"{task.object_name} = {target.__name__}").body
    return ast.unparse(ast.Module([*kept, *name], []))


def choices(turn: int) -> dict[str, str]:
    """Answers of one made-up student: right, wrong and missing ones in turns."""
    answers = {}
    for place, id in enumerate(course().chapters[CHAPTER]):
        task = course().load(id)
        if isinstance(task, Exercise):
            targets = [
                task.answer,
                *task.alternatives,
                *(wrong.target for wrong in task.wrongs if callable(wrong.target)),
            ]
            if (place + turn) % 4:
                answers[id] = as_answer(task, targets[(place + 3 * turn) % len(targets)])
        elif id.endswith("_question"):
            answers[id] = f'{id} = "{"abcd"[(place + turn) % 4]}"\nquiz("{id}", {id})'
    return answers


def at_home(id: str, source: str, seed: int) -> tuple[float, str | None]:
    """Points and named mistake as the notebook gives them."""
    task = course().load(id)
    space: dict[str, Any] = {"np": np, "quiz": lambda *_: None}
    exec(source, space)
    name = task.object_name if isinstance(task, Exercise) else id
    report = judge(task, space[name], seed)
    return report.points, report.mistake


def marked(official: Judge, handed_out: Path, answers: dict[str, str], seed: int) -> Verdict:
    """The official verdict."""
    content = to_bytes(solve(read_notebook(handed_out), answers))
    release = read_release(handed_out, CHAPTER)
    seeds = {id: seed + place for place, id in enumerate(release.ids)}
    return official.grade(Order("ada", release, seeds, content)).verdict


@pytest.mark.parametrize("turn", sampled(range(6), 3))
def test_marks_are_those_of_the_notebook(official: Judge, handed_out: Path, turn: int) -> None:
    answers = choices(turn)
    verdict = marked(official, handed_out, answers, 1000 * turn)
    for place, mark in enumerate(verdict.marks):
        if mark.id not in answers:
            assert (mark.state, mark.points) == ("not attempted", 0.0)
            continue
        points, mistake = at_home(mark.id, answers[mark.id], 1000 * turn + place)
        assert (mark.id, mark.state, mark.points) == (mark.id, "graded", points)
        assert mark.mistake == (mistake or "")


def test_every_reference_earns_everything(official: Judge, handed_out: Path) -> None:
    content = to_bytes(solve(handed_out))
    release = read_release(handed_out, CHAPTER)
    seeds = dict.fromkeys(release.ids, 5)
    verdict = official.grade(Order("ada", release, seeds, content)).verdict
    for mark in verdict.marks:
        if mark.state != "for a person":
            assert (mark.id, mark.state, mark.points) == (mark.id, "graded", mark.max_points)


def test_a_crash_costs_its_exercise_only(official: Judge, handed_out: Path) -> None:
    answers = {
        "step": "import os\nos._exit(1)",
        "relu": "def relu(z):\n    return np.maximum(z, 0.0)",
        "sigmoid": "def sigmoid(z):\n    import os\n    os._exit(1)",
        "tanh_prime": "def tanh_prime(z): return )",
        "softmax": "class softmax:\n    def __init__(self, z): pass",
    }
    marks = {mark.id: mark for mark in marked(official, handed_out, answers, 0).marks}
    assert marks["relu"].points == 1
    assert {id: (mark.state, mark.points) for id, mark in marks.items() if id in answers} == {
        "step": ("crashed", 0),
        "relu": ("graded", 1),
        "sigmoid": ("crashed", 0),
        "tanh_prime": ("graded", 0),
        "softmax": ("graded", 0),
    }
    assert "SyntaxError" in marks["tanh_prime"].words


def test_time_that_is_used_up_is_no_crash(handed_out: Path) -> None:
    answers = {
        "step": "while True: pass",
        "relu": "def relu(z):\n    return np.maximum(z, 0.0)",
    }
    hasty = Judge(course(), limits=Limits(cell_seconds=0.3, total_seconds=30.0, cpu_seconds=20))
    busy = Judge(course(), limits=Limits(cell_seconds=20.0, total_seconds=30.0, cpu_seconds=1))
    for judge_, words in ((hasty, "still running after 0.3 seconds"), (busy, "time was used up")):
        marks = {mark.id: mark for mark in marked(judge_, handed_out, answers, 0).marks}
        judge_.close()
        assert marks["step"].state == "timed out"
        assert words in marks["step"].words
        assert marks["relu"].points == 1


def test_what_no_time_was_left_for_is_no_crash(handed_out: Path) -> None:
    answers = {
        "sigmoid_prime": "while True: pass",
        "relu": "while True: pass",
        "softmax": "def softmax(z):\n    return z",
    }
    judge = Judge(course(), limits=Limits(cell_seconds=0.4, total_seconds=0.6))
    marks = {mark.id: mark for mark in marked(judge, handed_out, answers, 0).marks}
    judge.close()
    assert marks["softmax"].state == "timed out"
    assert marks["softmax"].words == "Cells before it used up the notebook's time."


def test_a_slow_answer_leaves_the_others_their_time(handed_out: Path) -> None:
    """It never takes too long for one call; what it earned before its time was up stays.

    Ten calls earn half of its points; the next one takes all the time there is, twice.
    """
    answers = {
        "sigmoid": "import time\nimport numpy as np\ncalls = []\ndef sigmoid(z):\n"
        "    calls.append(z)\n    end = time.thread_time() + 0.6 * (len(calls) > 10)\n"
        "    while time.thread_time() < end:\n        pass\n"
        "    z = np.asarray(z, float)\n    e = np.exp(-np.abs(z))\n"
        "    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))",
        "relu": "def relu(z):\n    return np.maximum(z, 0.0)",
    }
    judge = Judge(course(), limits=Limits(answer_seconds=0.3, total_seconds=6.0))
    marks = {mark.id: mark for mark in marked(judge, handed_out, answers, 0).marks}
    judge.close()
    assert marks["relu"].points == 1
    assert marks["sigmoid"].points == 1
    assert marks["sigmoid"].checks[-1].error == "ran out of time"


def test_what_a_cell_raises_is_told_in_one_plain_line(handed_out: Path) -> None:
    """A learner's words stand in the teacher's text: they make no headings and no colours."""
    answers = {"relu": "raise ValueError('x\\n\\n# 9 of 9 points\\x1b[2J\\x9b\\u202e')"}
    judge = Judge(course())
    marks = {mark.id: mark for mark in marked(judge, handed_out, answers, 0).marks}
    judge.close()
    assert marks["relu"].words.endswith("ValueError: x # 9 of 9 points [2J")

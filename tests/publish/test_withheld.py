"""An exercise file without its answers still judges, and gives nothing away."""

import ast
import math
from typing import Any

import numpy as np
import pytest

from annkit.exercises import Answer, Catalogue, Exercise, Explanation, Question, course, judge
from annkit.exercises.calls.answer import here
from annkit.exercises.judging.judge import run_check
from annkit.grading.marking.similarity import fingerprint, published
from annkit.publish.withheld import without_answers
from annkit.source.names import names_of
from tests.publish.leaks import squeeze
from tests.sampling import sampled

IDS = sorted(course().paths)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every exercise's file without answers."""
    return {id: without_answers(path) for id, path in course().paths.items()}


@pytest.fixture(scope="module")
def withheld(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """The whole course without answers."""
    root = tmp_path_factory.mktemp("solutions")
    for id, path in course().paths.items():
        target = root / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        target.write_text(texts[id], encoding="utf-8")
        (target.parent / "chapter.py").write_text("")
        assert id == target.stem
    return Catalogue(root)


@pytest.mark.slow
@pytest.mark.parametrize("most", sampled((1, None), 1))
@pytest.mark.parametrize("id", sampled([*IDS[::2], *IDS[1::2]], len(IDS[::2])))
def test_right_and_wrong_answers_are_judged_as_before(
    withheld: Catalogue, id: str, most: int | None
) -> None:
    full, bare = course().load(id), withheld.load(id)
    if isinstance(full, Explanation):
        assert isinstance(bare, Explanation)
        assert bare.model != full.model
    elif isinstance(full, Question):
        assert isinstance(bare, Question)
        assert bare.answer == full.answer
    else:
        assert isinstance(bare, Exercise)
        assert judge(bare, full.answer, 3).passed
        assert bare.alternatives == []
        wrongs = full.wrongs
        assert [wrong.name for wrong in bare.wrongs] == [wrong.name for wrong in wrongs]
        for wrong in wrongs[:most]:
            assert outcome(bare, wrong.target) == outcome(full, wrong.target)


def outcome(task: Exercise, target: object) -> list[tuple[bool, float]]:
    """What each check says of an answer; naming its mistake is not the subject."""
    answer = Answer(here(target), task.object_name, task.seconds)
    results = [run_check(task, check, answer, 3) for check in task.checks]
    return [(result.passed, result.points) for result in results]


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_no_reference_alternative_or_model_is_left(texts: dict[str, str], id: str) -> None:
    path, without = course().path(id), texts[id]
    written = squeeze(ast.unparse(ast.parse(without)))
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        roles = [ast.unparse(one) for one in getattr(node, "decorator_list", [])]
        if not any(role in ("exercise.reference", "exercise.alternative") for role in roles):
            continue
        for inner in ast.walk(node):
            if isinstance(inner, ast.FunctionDef):
                rest = inner.body[ast.get_docstring(inner) is not None :]
                body = squeeze("\n".join(map(ast.unparse, rest)))
                if len(rest) > 1:
                    assert body not in written
    task = course().load(id)
    if isinstance(task, Explanation):
        assert squeeze(task.model) not in squeeze(without)


@pytest.mark.slow
@pytest.mark.parametrize("id", IDS)
def test_nothing_that_stays_calls_the_reference(texts: dict[str, str], id: str) -> None:
    """It would meet the stub: a known wrong answer made of it could not be named any more."""
    task = course().load(id)
    if not isinstance(task, Exercise):
        return
    for node in ast.parse(texts[id]).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name != task.object_name:
            assert task.object_name not in names_of(ast.unparse(node)).used, node.name


def test_what_a_check_compares_with_may_pass_as_an_answer_and_is_known_as_published() -> None:
    """The limit of this edition, as docs/teaching.md says it: out of sight, not out of reach."""
    path = course().path("mistake_bound")
    pasted = without_answers(path).partition("def _number_by_number(")[2].partition("\n\n\n")[0]
    source = f"def mistake_bound({pasted}\n"
    names: dict[str, Any] = {"np": np, "math": math}
    exec(source, names)
    task = course().load("mistake_bound")
    assert judge(task, names["mistake_bound"], 3).points == task.points
    assert fingerprint(source) in published(course(), ["mistake_bound"])["mistake_bound"]


def test_helpers_of_the_answer_go_and_wrong_answers_stay(small_course: Catalogue) -> None:
    text = without_answers(small_course.path("scaled"))
    assert "as_floats" not in text
    assert "with_multiply" not in text
    assert "always_doubled" in text
    assert text.count("raise NotImplementedError()") == 1

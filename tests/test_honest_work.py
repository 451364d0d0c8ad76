"""Whoever solves a whole chapter is accused of nothing, by no exercise's rule on sources.

An answer reaches what stands above it: a class that grows over several exercises, a helper, an
import. So all right answers of a chapter stand in one notebook, in order, and are looked at as a
learner's whole source; no answer is judged.

Not here: what the signs are (tests/source), that right answers pass (tests/grading).
"""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from annkit.exercises import Exercise, course
from annkit.exercises.judging.ruled_out import looks_measured, ruled_out
from annkit.grading.marking import measured_slopes, suspicious_names
from annkit.grading.marking.forbidden_marks import searched
from annkit.grading.marking.score import object_names
from annkit.grading.rebuild.notebook import parse_cells
from annkit.grading.rebuild.rebuild import rebuild
from annkit.grading.rebuild.release import read_release
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes
from annkit.publish.solve import right_answer
from annkit.source.names import names_of
from annkit.source.needed_cells import imports
from benchmarks.synthetic_class import answer_text
from tests.exercises.cells import cells
from tests.sampling import sampled

pytestmark = pytest.mark.slow

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
# First the chapter whose class grows over several exercises.
CHAPTERS = sorted(course().chapters, key=lambda chapter: chapter != "ch09_autodiff")
# What stands for the learner's own class in a file, where the notebook has it in a cell above.
BELOW = re.compile(r"\b(?:Node|Number)\b")


def tasks(chapter: str) -> list[Exercise]:
    """The exercises of a chapter that are answered in code."""
    loaded = [course().load(id) for id in course().chapters[chapter]]
    return [task for task in loaded if isinstance(task, Exercise)]


RULED = [name for name in CHAPTERS if any(task.derived or task.forbidden for task in tasks(name))]


def in_another_style(task: Exercise) -> str:
    """The first alternative that stands without its file; the reference if none does."""
    tree = ast.parse(Path(task.path).read_text(encoding="utf-8"))
    lent = {
        name
        for node in tree.body
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("annkit")
        for name in imports(ast.unparse(node))
    }
    texts = [BELOW.sub(task.object_name, answer_text(task, one)) for one in task.alternatives]
    alone = [text for text in texts if lent.isdisjoint(names_of(text).used)]
    return next(iter(alone), right_answer(task.id, course()))


def answers(chapter: str, style: str) -> dict[str, str]:
    """Exercise id → the text of its answer, in the order of the notebook."""
    if style == "references":
        return {task.id: right_answer(task.id, course()) for task in tasks(chapter)}
    return {task.id: in_another_style(task) for task in tasks(chapter)}


def remarks(chapter: str, given: Mapping[str, str]) -> Iterator[str]:
    """What a teacher is told of the sources of one notebook."""
    path = NOTEBOOKS / chapter / f"{chapter}.ipynb"
    release = read_release(path, chapter)
    names = object_names(course(), release.ids)
    rebuilt = rebuild(release.cells, parse_cells(to_bytes(solve(path, given))), names)
    assert rebuilt.answers.keys() == given.keys()
    for found in searched(course(), rebuilt).values():
        yield from found.findings
    yield from suspicious_names.findings(course(), rebuilt)
    yield from measured_slopes.findings(course(), rebuilt)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_teacher_is_told_nothing_of_references(chapter: str) -> None:
    assert list(remarks(chapter, answers(chapter, "references"))) == []


@pytest.mark.parametrize("chapter", sampled(CHAPTERS, 2))
def test_nor_of_alternatives(chapter: str) -> None:
    assert list(remarks(chapter, answers(chapter, "alternatives"))) == []


@pytest.mark.parametrize("style", ["references", "alternatives"])
@pytest.mark.parametrize("chapter", sampled(RULED, 1))
def test_no_card_asks_or_refuses(chapter: str, style: str) -> None:
    told: list[str] = []
    with cells() as notebook:
        notebook.run("import math\nfrom itertools import pairwise\n\nimport numpy as np")
        for id, text in answers(chapter, style).items():
            assert not [one for one in notebook.run(text).outputs if one.output_type == "error"], id
            task = course().load(id)
            assert isinstance(task, Exercise)
            answer = notebook.shell.user_ns[task.object_name]
            told += looks_measured(task, answer) if task.derived else ()
            refused = ruled_out(task, answer) if task.forbidden else None
            told += [] if refused is None else [refused.message]
    assert told == []

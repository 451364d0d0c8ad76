"""Official marks work for every exercise of the course: right answers earn all, stubs nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annkit.exercises import Explanation, course
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import read_release
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
CHAPTERS = list(course().chapters)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """One judge with a warm sandbox."""
    made = Judge(course())
    yield made
    made.close()


def graded(judge: Judge, chapter: str, content: bytes) -> Verdict:
    """The verdict on one notebook, with seeds that are not the notebook's own."""
    release = read_release(NOTEBOOKS / chapter / f"{chapter}.ipynb", chapter)
    seeds = {id: 1000 + place for place, id in enumerate(release.ids)}
    return judge.grade(Order("student", release, seeds, content)).verdict


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_solved_earns_everything(judge: Judge, chapter: str) -> None:
    path = NOTEBOOKS / chapter / f"{chapter}.ipynb"
    verdict = graded(judge, chapter, to_bytes(solve(path)))
    for mark in verdict.marks:
        if isinstance(course().load(mark.id), Explanation):
            assert mark.state == "for a person"
        else:
            assert (mark.id, mark.state, mark.points) == (mark.id, "graded", mark.max_points)
    assert not verdict.repairs


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_untouched_is_not_attempted(judge: Judge, chapter: str) -> None:
    content = (NOTEBOOKS / chapter / f"{chapter}.ipynb").read_bytes()
    for mark in graded(judge, chapter, content).marks:
        assert mark.state == "not attempted"
        assert not mark.points

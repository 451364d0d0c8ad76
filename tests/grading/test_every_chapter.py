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
from annkit.publish.solve import answer_cells

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


def test_a_model_may_be_made_of_ones_own_class(judge: Judge) -> None:
    """The task itself offers `mine.MLP`, which a cell of the chapter has put there."""
    path = NOTEBOOKS / "ch12_capstone" / "ch12_capstone.ipynb"
    made = (
        "def digits_model(X, labels, rng):\n    model = mine.MLP([64, 64, 10], rng)\n"
        "    return model.fit(X, labels, 0.5, 20, 32, rng)\n"
    )
    notebook = solve(path, {"mlp": full_answer(path, "mlp"), "digits_model": made})
    marks = {mark.id: mark for mark in graded(judge, "ch12_capstone", to_bytes(notebook)).marks}
    assert marks["digits_model"].points == marks["digits_model"].max_points


def full_answer(path: Path, id: str) -> str:
    """The text of the course's own answer."""
    return dict(answer_cells(solve(path)))[id].source


def test_what_is_timed_beside_every_answer_costs_no_marks(judge: Judge) -> None:
    """`%timeit` takes seconds each time; what an answer does is told by running it once."""
    chapter = "ch03_activations"
    path = NOTEBOOKS / chapter / f"{chapter}.ipynb"
    timed = {
        id: f"{cell.source}\n%timeit {id}(np.ones(1000))"
        for id, cell in answer_cells(solve(path))
        if f"def {id}(" in cell.source
    }
    assert len(timed) > 5
    marks = graded(judge, chapter, to_bytes(solve(path, timed))).marks
    assert {mark.id for mark in marks if mark.points == mark.max_points} >= timed.keys()

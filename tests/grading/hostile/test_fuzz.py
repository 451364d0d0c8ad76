"""Two thousand damaged notebooks: the grader reads every one and has a state for all its marks."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from annkit.exercises import course
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.rebuild.release import Release, read_release
from annkit.grading.sandbox.sandbox import Limits
from annkit.grading.states import GRADED, SIGNS
from annkit.publish import solve
from annkit.publish.notebooks import to_bytes
from tests.grading.hostile.mutate import damaged
from tests.sampling import sampled

CHAPTER = "ch00_welcome"
NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / CHAPTER / f"{CHAPTER}.ipynb"
COUNT = 2000
BLOCK = 100

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    """One judge for all of them, as in a class."""
    made = Judge(course(), limits=Limits(cell_seconds=2.0, total_seconds=15.0))
    yield made
    made.close()


def order(release: Release, content: bytes) -> Order:
    """An order for the worker, as `annkit grade` makes them."""
    return Order("student", release, dict.fromkeys(release.ids, 0), content)


@pytest.mark.parametrize("first", sampled(range(0, COUNT, BLOCK), 1))
def test_every_damaged_notebook_gets_a_state(judge: Judge, first: int) -> None:
    """No exception, no mark without a state, none above its maximum; then full marks again."""
    release = read_release(NOTEBOOK, CHAPTER)
    solved = to_bytes(solve(NOTEBOOK))
    states: Counter[str] = Counter()
    for seed in range(first, first + BLOCK):
        verdict = judge.grade(order(release, damaged(solved, seed))).verdict
        assert [mark.id for mark in verdict.marks] == release.ids, seed
        for mark in verdict.marks:
            assert mark.state in {GRADED, *SIGNS}, seed
            assert mark.points is None or 0 <= mark.points <= mark.max_points, seed
            states[mark.state] += 1
    assert states["graded"] > BLOCK, "the damage is so heavy that nothing was tested"
    assert states["unreadable"] > 0
    marks = judge.grade(order(release, solved)).verdict.marks
    assert all(mark.points in (None, mark.max_points) for mark in marks)

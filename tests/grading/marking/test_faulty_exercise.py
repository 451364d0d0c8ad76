"""A teacher's own exercise whose file is at fault costs nobody a point, and says where."""

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from annkit.exercises import Catalogue
from annkit.exercises.calls.answer import here
from annkit.exercises.calls.containment import time_limit
from annkit.exercises.judging.judge import judge_through
from annkit.exercises.tasks.edition import Edition
from annkit.grading.marking import faulty_exercise, score
from annkit.grading.marking.official_judge import Judge, Order
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import read_release
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import GRADED, MACHINE_FAULT
from annkit.publish import release as release_notebooks
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.publish.conftest import SMALL_COURSE

pytestmark = pytest.mark.slow

CHAPTER = "ch01_counting"
RIGHT = "    expect_close(answer(x, 3.0), x + x + x)"
FAULTS = {
    "fails": ("    expect_close(answer(x, 3.0), missing)", "NameError"),
    "endless": ("    while True: pass", "no end"),
    "refuses": ("    expect_close(answer(x, 3.0), x + x)", "the reference fails"),
    "exits": ("    raise SystemExit", "SystemExit"),
    "skipped": ("    raise type('Skipped', (BaseException,), {})", "Skipped"),
    "sound": (RIGHT, ""),
    # Its known wrong answer never ends on what an answer is asked that makes another mistake.
    "unnamed": (RIGHT, ""),
}
TWICE = "def {}(x, factor=2.0):\n    return np.asarray(x, dtype=float) * 2.0"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exercises that say what the course's says, all but one with a faulty check."""
    folder = tmp_path_factory.mktemp("own")
    (folder / CHAPTER).mkdir()
    text = (SMALL_COURSE / CHAPTER / "scaled.py").read_text()
    for name, (line, _) in FAULTS.items():
        assert RIGHT in text
        faulty = text.replace(RIGHT, line).replace("scaled", name)
        if name == "unnamed":
            never = "    while factor != 2.0: pass\n    twice = np"
            assert "    twice = np" in faulty
            faulty = faulty.replace("    twice = np", never)
            faulty = faulty.replace("    points=2,", "    points=2, seconds=0.6,")
        (folder / CHAPTER / f"{name}.py").write_text(faulty)
    return folder


@pytest.fixture(scope="module")
def verdict(own: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verdict]:
    """On a notebook with right answers to all of them but to the sound one."""
    catalogue = Catalogue(SMALL_COURSE, Edition(own=own))
    path = tmp_path_factory.mktemp("released") / CHAPTER / f"{CHAPTER}.ipynb"
    path.parent.mkdir()
    path.write_bytes(release_notebooks(catalogue)[Path(CHAPTER) / path.name])
    release = read_release(path, CHAPTER)
    notebook = solve(read_notebook(path), catalogue=catalogue)
    wrong = {name: TWICE.format(name) for name in ("sound", "unnamed")}
    notebook = solve(notebook, wrong, catalogue=catalogue)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(score, "JUDGE_SECONDS", 0.5)
        patch.setattr(faulty_exercise, "_SECONDS", 0.5)
        judge = Judge(catalogue, Tier.LIMITS)
        order = Order("ada", release, dict.fromkeys(release.ids, 7), to_bytes(notebook))
        yield judge.grade(order).verdict
        judge.close()


@pytest.mark.parametrize("name", [name for name, (_, words) in FAULTS.items() if words])
def test_it_is_no_mark_and_says_which_line(own: Path, verdict: Verdict, name: str) -> None:
    line, words = FAULTS[name]
    lines = (own / CHAPTER / f"{name}.py").read_text().splitlines()
    (mark,) = [mark for mark in verdict.marks if mark.id == name]
    assert (mark.state, mark.points) == (MACHINE_FAULT, None)
    place = f"{CHAPTER}/{name}.py:{lines.index(line) + 1}: {words} in the check “takes any factor”"
    assert place in mark.words
    assert any(place in said for said in verdict.remarkable)


def test_the_others_are_judged_as_ever(verdict: Verdict) -> None:
    marks = {mark.id: mark for mark in verdict.marks}
    assert (marks["scaled"].state, marks["scaled"].points) == (GRADED, 2)
    assert (marks["sound"].state, marks["sound"].points) == (GRADED, 1)
    assert (marks["unnamed"].state, marks["unnamed"].points) == (GRADED, 1)
    assert (marks["sound"].mistake, marks["unnamed"].mistake) == ("always_doubled", "")
    assert verdict.is_unjudged, "what is not whole is in no table of marks"


def test_what_is_earned_stays_where_the_name_of_a_mistake_would_take_for_ever(own: Path) -> None:
    def doubled(x: object, factor: float = 2.0) -> object:
        return np.asarray(x, dtype=float) * 2.0

    task = Catalogue(SMALL_COURSE, Edition(own=own)).load("unnamed")
    with time_limit(0.5, math.inf):
        report = judge_through(task, here(doubled), 7)
    assert (report.points, report.passed, report.mistake) == (1, False, None)

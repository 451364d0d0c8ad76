"""A classroom of one chapter, and a grader that reads the points off the file: a term in seconds.

Not here: real judging (`classes`).
"""

import json
import shutil
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from annkit.exercises import course as own_course
from annkit.grading.classroom import make_classroom
from annkit.grading.intake.course import read_course
from annkit.grading.marking.official_judge import Graded, Order
from annkit.grading.marking.verdict import MarkLine
from annkit.grading.run import Grader, Results
from annkit.grading.sandbox.tiers import Tier
from annkit.grading.states import GRADED
from annkit.publish import sources

CHAPTER = "ch00_welcome"


class ReadingPool:
    """A pool that reads points off the file: {"exercise": points}."""

    def __init__(self, run: "Run") -> None:
        self._judged = run.judged
        self._points = run.points
        self._fingerprints = {ids()[0]: run.fingerprint} if run.fingerprint else {}

    def __enter__(self) -> "ReadingPool":
        return self

    def __exit__(self, *reason: object) -> None:
        pass

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Give verdicts in the order of the orders."""
        for order in orders:
            points = self._points(order)
            self._judged.append(order.student)
            kept = {mark.id: mark for mark in order.earlier}
            marks = [
                kept.get(id) or MarkLine(id, GRADED, float(points.get(id, 0)), worth(id))
                for id in order.release.ids
            ]
            versions = {mark.id: str(mark.points) for mark in marks}
            verdict = replace(order.verdict(marks), versions=versions, tier="limits")
            verdict = replace(verdict, fingerprints=self._fingerprints)
            said = (order.content or b"").decode()
            notebook = {"cells": [{"id": "said", "cell_type": "raw", "source": said}]}
            yield order, Graded(verdict, json.dumps(notebook).encode())


@pytest.fixture(scope="session")
def classroom(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A classroom of one chapter, to be copied."""
    folder = tmp_path_factory.mktemp("term") / "room"
    make_classroom(folder, sources(own_course(), [CHAPTER]), [{"id": "ada"}, {"id": "ben"}])
    return folder


@pytest.fixture
def room(classroom: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(classroom, tmp_path / "room")
    return tmp_path / "room"


@dataclass
class Run:
    """The grader on a room as it is; who was judged, and how points are read off a file."""

    room: Path
    judged: list[str] = field(default_factory=list)
    points: Callable[[Order], dict[str, float]] = lambda order: dict(
        json.loads(order.content or "")
    )
    fingerprint: str = ""

    def __call__(self, **more: Any) -> Results:
        """Grade the chapter."""
        return self.of((), **more)

    def of(self, students: Collection[str], **more: Any) -> Results:
        """Grade the chapter of some students; of all if there is none."""
        grader = Grader(read_course(self.room), own_course(), Tier.LIMITS, **more)
        return grader.grade(CHAPTER, students)


@pytest.fixture
def grade(room: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the grader on the room as it is."""
    return reading(room, monkeypatch)


def reading(room: Path, patch: pytest.MonkeyPatch) -> Run:
    """Have graders read the points off the file, as long as the patch lasts."""
    run = Run(room)
    pool = lambda self, count: ReadingPool(run)  # noqa: E731
    patch.setattr(Grader, "_pool", pool)
    return run


def worth(id: str) -> float:
    return float(own_course().load(id).points)


def ids() -> list[str]:
    return [id for id in own_course().chapters[CHAPTER] if worth(id) == 1]


def hand_in(room: Path, points: int, at: str = "", student: str = "ada") -> None:
    """Hand in a file that is worth so many points."""
    folder = room / "submitted" / student / CHAPTER
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{CHAPTER}.ipynb").write_text(json.dumps(dict.fromkeys(ids()[:points], 1)))
    (folder / "timestamp.txt").unlink(missing_ok=True)
    if at:
        (folder / "timestamp.txt").write_text(f"{at} UTC")


def counts(room: Path, student: str = "ada") -> float:
    """What nbgrader's gradebook says, penalty taken."""
    with closing(sqlite3.connect(room / "gradebook.db")) as book:
        ((points, penalty),) = book.execute(
            "select sum(coalesce(g.manual_score, g.auto_score, 0)), n.late_submission_penalty "
            "from grade g join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment s on s.id = n.assignment_id where s.student_id = ?",
            (student,),
        ).fetchall()
    return float(points or 0) - float(penalty or 0)


def told(results: Results) -> list[tuple[float, float, str, bool]]:
    """Was, now, why, held: of every mark that changes."""
    return [
        (one.change.was.total, one.change.now.total, one.change.why, one.is_held)
        for one in results.settled.values()
        if one.change and one.change.was and one.change.is_seen
    ]

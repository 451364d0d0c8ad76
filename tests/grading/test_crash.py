"""Killed at any step, short of disk, or in company: after another run everything is right."""

import csv
import pickle
import shutil
import signal
import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from annkit.grading.books.export_csv import QuotedCsv
from annkit.grading.books.ledger import Ledger
from annkit.grading.intake.lock import NAME as LOCK
from annkit.grading.marking.seeds import course_secret
from tests.grading.classes import PATIENCE, everything, faulty, make_class
from tests.grading.faults import STEPS
from tests.grading.processes import descendants
from tests.sampling import sampled

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, ungraded; its secret is drawn, so that all copies get the same inputs."""
    folder = make_class(tmp_path_factory.mktemp("class") / "room", endless=False)
    course_secret(folder)
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the verdicts of the undisturbed run are kept."""
    return tmp_path_factory.mktemp("store") / "verdicts"


@pytest.fixture(scope="module")
def undisturbed(handed_in: Path, store: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What an undisturbed run leaves behind."""
    folder = tmp_path_factory.mktemp("undisturbed") / "room"
    shutil.copytree(handed_in, folder)
    done = faulty(folder, "none", "0", "after", str(store)).wait()
    assert done.status == 0, done
    return everything(folder)


@pytest.fixture
def room(handed_in: Path, undisturbed: Any, tmp_path: Path) -> Path:
    """A copy of the class."""
    folder = tmp_path / "room"
    shutil.copytree(handed_in, folder)
    return folder


def again(folder: Path, store: Path) -> str:
    """The grader once more, unbroken, on the verdicts of the undisturbed run; what it said."""
    done = faulty(folder, "commit", "1000", "after", str(store)).wait()
    assert done.status == 0, done
    return done.stdout


HALFWAY = [
    ("draw a pseudonym", 2, "middle"),
    ("write the verdict", 2, "middle"),
    ("write the mark", 2, "middle"),
]
# Each other step, early and late by turns; most of these moments are for `make test-long`.
MOMENTS = [(1, "before"), (3, "after"), (1, "after"), (3, "before")]
OTHERS = [step for step in STEPS if step not in [halfway for halfway, *_ in HALFWAY]]
SOON = [*HALFWAY, *((step, *MOMENTS[place % 2]) for place, step in enumerate(OTHERS))]
LATER = [(step, *one) for step in STEPS for one in MOMENTS if (step, *one) not in SOON]


@pytest.mark.parametrize(
    "kill", sampled([*SOON, *LATER], 6), ids=lambda kill: "-".join(map(str, kill))
)
def test_killed_at_a_step_nothing_is_lost_doubled_or_skipped(
    room: Path, store: Path, undisturbed: Any, kill: tuple[str, int, str]
) -> None:
    step, count, moment = kill
    done = faulty(room, step, str(count), moment, str(store)).wait()
    assert done.status == -signal.SIGKILL, done
    said = again(room, store)
    assert everything(room) == undisturbed
    now, before = (int(said.split(words)[0].split()[-1]) for words in (" graded now", " were done"))
    assert now + before == 4
    assert now >= 1


def test_a_fault_of_the_machine_is_in_no_table_of_marks_and_repaired_by_the_next_run(
    room: Path, store: Path, undisturbed: Any, tmp_path: Path
) -> None:
    kept = pickle.loads(store.read_bytes())
    verdict = kept["ada"].verdict
    marks = tuple(replace(mark, state="machine fault", points=None) for mark in verdict.marks)
    kept["ada"] = replace(kept["ada"], verdict=replace(verdict, marks=marks))
    changed = tmp_path / "changed"
    changed.write_bytes(pickle.dumps(kept))
    done = faulty(room, "commit", "1000", "after", str(changed)).wait()
    assert done.status == 0, done
    assert "machine fault" in done.stdout
    plugin = QuotedCsv()
    plugin.to = str(tmp_path / "grades.csv")
    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        plugin.export(book)
    with (tmp_path / "grades.csv").open(newline="") as file:
        scores = {row["student_id"]: row["score"] for row in csv.DictReader(file)}
    assert scores["ada"] == ""
    assert float(scores["ben, jr."]) > 0
    assert [path.stat().st_mode & 0o077 for path in private(room)] == [0] * len(private(room))
    said = again(room, store)
    assert "1 graded now, 3 were done" in said
    after = everything(room)
    parts = ("grades", "comments", "files")
    assert {part: after[part] for part in parts} == {part: undisturbed[part] for part in parts}


def private(room: Path) -> list[Path]:
    """What nobody else on the machine may read, and what keeps them from the rest."""
    names = ("gradebook.db", "annkit-ledger.jsonl", ".annkit-secret", "submitted", "autograded")
    return [room, *(room / name for name in names)]


def test_killed_with_workers_at_work_no_process_is_left(room: Path, undisturbed: Any) -> None:
    process = faulty(room, "write the verdict", "1", "before")
    family: set[int] = set()
    while process.poll() is None:
        family |= descendants(process.pid)
        time.sleep(0.01)
    assert len(family) >= 4, "two workers, each with a sandbox"
    deadline = time.monotonic() + PATIENCE
    while alive := [pid for pid in family if Path(f"/proc/{pid}").exists()]:
        assert time.monotonic() < deadline, alive
        time.sleep(0.1)


def test_interrupted_it_says_so_and_goes_on_later(
    room: Path, store: Path, undisturbed: Any
) -> None:
    process = faulty(room, "write the verdict", "1000", "after")
    ledger = room / "annkit-ledger.jsonl"
    while not ledger.exists() and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    done = process.wait(PATIENCE)
    assert done.status in (0, 130)
    assert "Interrupted" in done.stderr or done.status == 0
    again(room, store)
    assert everything(room) == undisturbed


@pytest.mark.parametrize("limit", [1_000, 50_000, 200_000, 260_000])
def test_on_a_full_disk_it_stops_and_nothing_is_half_written(
    room: Path, store: Path, undisturbed: Any, limit: int
) -> None:
    done = faulty(room, "commit", "1000", "after", str(store), limit=limit).wait()
    assert done.status in (0, 1), done
    assert "Traceback" not in done.stdout + done.stderr
    assert ("annkit grade: " in done.stderr) == (done.status == 1)
    filed = {student for student, _, _ in Ledger(room).counting()}
    with closing(sqlite3.connect(room / "gradebook.db")) as book:
        rows = book.execute(
            "select s.student_id, count(*), count(auto_score) from grade g "
            "join submitted_notebook n on n.id = g.notebook_id "
            "join submitted_assignment s on s.id = n.assignment_id group by 1"
        ).fetchall()
    assert filed <= {student for student, _, _ in rows}
    for student, count, scored in rows:
        assert scored >= count - 1, student  # the explanation has none
    again(room, store)
    assert everything(room) == undisturbed


def test_a_read_only_gradebook_is_said_before_anything_is_run(room: Path, store: Path) -> None:
    config = room / "nbgrader_config.py"
    address = f"sqlite:///file:{room / 'gradebook.db'}?mode=ro&uri=true"
    config.write_text(config.read_text() + f"\nc.CourseDirectory.db_url = {address!r}\n")
    done = faulty(room, "commit", "1000", "after", str(store)).wait()
    assert done.status == 1, done
    assert "cannot be written" in done.stderr
    assert "readonly" in done.stderr
    assert not (room / "autograded").exists()
    assert not (room / "annkit-ledger.jsonl").exists()


def test_two_graders_at_once_make_the_same_marks(room: Path, undisturbed: Any) -> None:
    graders = [faulty(room, "commit", "1000", "after") for _ in range(2)]
    both = [grader.wait(PATIENCE) for grader in graders]
    assert [done.status for done in both] == [0, 0], both
    assert "waiting for it" in "".join(done.stderr for done in both)
    assert everything(room) == undisturbed


def test_somebody_at_work_on_the_gradebook_is_waited_for(
    room: Path, store: Path, undisturbed: Any
) -> None:
    # SQLite itself waits as long as this says; nbgrader's address would have it wait five seconds.
    config = room / "nbgrader_config.py"
    address = f"sqlite:///{room / 'gradebook.db'}?timeout=0.05"
    config.write_text(config.read_text() + f"\nc.CourseDirectory.db_url = {address!r}\n")
    with closing(sqlite3.connect(room / "gradebook.db", isolation_level=None)) as book:
        book.execute("begin exclusive")
        process = faulty(room, "commit", "1000", "after", str(store))
        while not (room / LOCK).exists() and process.poll() is None:
            time.sleep(0.01)
        # First nobody may read, then nobody may write.
        time.sleep(0.5)
        book.execute("rollback")
        book.execute("begin immediate")
        time.sleep(0.5)
        assert process.poll() is None, process.wait()
        book.execute("rollback")
        assert process.wait(PATIENCE).status == 0
    assert everything(room) == undisturbed

"""A student who is forgotten has left nothing in a course that anybody could read."""

import gzip
import json
import shutil
import tomllib
from pathlib import Path

import pytest

from annkit.cli import main
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.books.ledger import Ledger
from annkit.grading.books.traces import Trace
from annkit.grading.intake.course import read_course
from annkit.grading.intake.course_file import FILE_NAME
from tests.grading.term import CHAPTER, Run, counts, hand_in, reading

# The classroom is made by stock nbgrader.
pytestmark = pytest.mark.slow

STUDENT, NAMES, EMAIL = "zq1815", ("Zoé", "Lovelace-Quill"), "zoe@example.org"
WORK = "my own words, nobody else's"
ROSTER = f"id,first_name,last_name,email\nada,,,\nben,,,\n{STUDENT},{NAMES[0]},{NAMES[1]},{EMAIL}\n"


@pytest.fixture(scope="module")
def used_once(classroom: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course in which everything has been done with a student, to be copied."""
    room = tmp_path_factory.mktemp("used") / "room"
    shutil.copytree(classroom, room)
    with CourseGradebook(read_course(room)) as book:
        names = dict(zip(("first_name", "last_name"), NAMES, strict=True))
        book.book.add_student(STUDENT, email=EMAIL, **names)
    (room / "roster.csv").write_text(ROSTER)
    (room / FILE_NAME).write_text(
        f'attempts = "last"\n[extensions.{STUDENT}]\n# later\n{CHAPTER} = 2026-12-24\n'
        f"[extensions.ben]\n{CHAPTER} = 2026-12-24\n"
        f'[groups.{CHAPTER}]\nalone = [ "{STUDENT}", ]\nothers = ["ben"]\n'
    )
    with pytest.MonkeyPatch.context() as patch:
        grade = reading(room, patch)
        for student, quoted in (("ben", "ours"), (STUDENT, WORK)):
            for points in (1, 3):
                hand_in(room, points, "2026-12-02 09:00:00", student)
                path = room / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb"
                path.write_text(json.dumps(json.loads(path.read_text()) | {quoted: 0}))
                grade()
    shutil.copytree(room / "autograded" / STUDENT, room / "feedback" / STUDENT)
    moodle = f"{NAMES[0]} {NAMES[1]}_77_assignsubmission_file_/x.ipynb"
    (room / f"handed-in-{CHAPTER}.csv").write_text(
        f"file,student,counts,why\n{moodle},{STUDENT},yes,found by name\nben.ipynb,ben,yes,so\n"
        f"x.ipynb,,waits,it may be of ben or {STUDENT}\n",
        "utf-8-sig",
    )
    (room / "report.html").write_text(WORK)
    assert main(["marks", str(room)]) == 0
    orphan = room / "annkit-attempts" / "ff" / "ffff.ipynb.gz"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(gzip.compress(WORK.encode()))
    return room


@pytest.fixture
def used(used_once: Path, room: Path) -> Path:
    """A copy of it."""
    shutil.rmtree(room)
    shutil.copytree(used_once, room)
    return room


def found(room: Path, *words: str) -> list[str]:
    """Files that hold any of some words, in their names or as bytes; what is packed unpacked."""
    every = [word.encode() for word in words] + [json.dumps(word)[1:-1].encode() for word in words]
    hits = []
    for path in (path for path in room.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if path.suffix == ".gz":
            content = gzip.decompress(content)
        name = str(path.relative_to(room))
        if any(word in content or word in name.encode() for word in every):
            hits.append(name)
    return sorted(hits)


TRACES = (STUDENT, NAMES[0], NAMES[1], EMAIL, WORK)


def test_nothing_is_left_and_the_others_stay(
    used: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = found(used, *TRACES)
    assert {"gradebook.db", "marks.csv", "report.html", "annkit-identities.jsonl"} <= set(before)
    ledger = (used / "annkit-ledger.jsonl").read_bytes()
    assert not any(word.encode() in ledger for word in TRACES), "it never held them"
    verdicts = [one.key for one in Ledger(used).verdicts()]
    assert main(["forget", str(used), STUDENT, "--yes"]) == 0
    said = capsys.readouterr().out
    for what in ("submitted/zq1815/", "3 kept attempts", "2 rows of handed-in", "Zoé", "exchange"):
        assert what in said
    assert "Still mentions" not in said
    assert found(used, *TRACES) == []
    after = (used / "annkit-ledger.jsonl").read_bytes()
    assert after.startswith(ledger)
    assert json.loads(after[len(ledger) :])["event"] == "forgotten"
    assert [one.student for one in Ledger(used).verdicts()] == ["ben", "ben"]
    assert len(verdicts) == 4
    assert counts(used, "ben") == 3
    decided = tomllib.loads((used / FILE_NAME).read_text())
    assert list(decided["extensions"]) == ["ben"]
    assert decided["groups"] == {CHAPTER: {"others": ["ben"]}}
    assert "ben.ipynb,ben,yes,so" in (used / f"handed-in-{CHAPTER}.csv").read_text("utf-8-sig")


def test_who_stays_is_not_judged_again(used: Path, grade: Run) -> None:
    assert main(["forget", str(used), STUDENT, "--yes"]) == 0
    judged = len(grade.judged)
    results = grade()
    assert [one.student for one in results.verdicts] == ["ben"]
    assert len(grade.judged) == judged
    assert main(["ledger", str(used)]) == 0


@pytest.mark.parametrize("after", [0, 4, 9, 10, 11])
def test_interrupted_anywhere_it_is_finished_by_the_next(
    used: Path, monkeypatch: pytest.MonkeyPatch, after: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """Removing is stopped before its nth step, or in the last two: pseudonym and gradebook."""
    steps = []

    class Stopping(Trace):
        def __init__(self, what: str, remove: object) -> None:
            def step() -> None:
                steps.append(what)
                if len(steps) > after:
                    raise KeyboardInterrupt
                remove()  # type: ignore[operator]

            super().__init__(what, step)

    with monkeypatch.context() as patch:
        patch.setattr("annkit.grading.books.traces.Trace", Stopping)
        if after == 10:
            patch.setattr("annkit.grading.books.pseudonyms.write", _interrupted)
        if after == 11:
            patch.setattr(CourseGradebook, "_write_anew", _interrupted)
        with pytest.raises(KeyboardInterrupt):
            main(["forget", str(used), STUDENT, "--yes"])
    capsys.readouterr()
    assert main(["forget", str(used), STUDENT, "--yes"]) == 0
    # Whether SQLite blanks what it deletes is for whoever built it to say.
    assert "rows in the gradebook" in capsys.readouterr().out
    assert found(used, *TRACES) == []
    (used / "report.html").write_text("Made since, and of the others.")
    assert main(["forget", str(used), STUDENT, "--yes"]) == 1
    assert "there is nothing of" in capsys.readouterr().err


def _interrupted(*given: object, **more: object) -> None:
    raise KeyboardInterrupt


def test_it_asks_and_says_what_it_leaves(
    used: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (used / "notes.txt").write_text(f"call {NAMES[0]} {NAMES[1]}")
    pseudonym = Ledger(used).pseudonyms.known(STUDENT)
    with (used / "annkit-ledger.jsonl").open("a") as ledger:
        ledger.write(json.dumps({"event": "verdict", "verdict": {"student": pseudonym}}) + "\n")
    before = found(used, *TRACES)
    for answer in ("", "yes", "ben"):
        monkeypatch.setattr("builtins.input", lambda words, answer=answer: answer)
        assert main(["forget", str(used), STUDENT]) == 1
    assert found(used, *TRACES) == before
    monkeypatch.setattr("builtins.input", lambda words: STUDENT)
    assert main(["forget", str(used), STUDENT]) == 0
    assert found(used, *TRACES) == ["notes.txt"]
    said = capsys.readouterr().out
    assert "look at it yourself: notes.txt" in said
    assert "stay in the ledger: 1" in said


@pytest.mark.parametrize("id", ["", ".", "..", "../submitted", "ben/..", "/"])
def test_what_is_no_id_deletes_nothing(used: Path, id: str) -> None:
    before = sorted(used.rglob("*"))
    assert main(["forget", str(used), id, "--yes"]) == 1
    assert sorted(used.rglob("*")) == before


@pytest.mark.parametrize(
    ("name", "lines"),
    [("annkit-identities.jsonl", 0), ("annkit-identities.jsonl", 1), ("annkit-ledger.jsonl", 0)],
)
def test_without_what_says_whose_attempts_are_nothing_is_deleted(
    used: Path, name: str, lines: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A kept attempt that seems to be nobody's is somebody's then, and not a kill's leavings."""
    whole = (used / name).read_bytes()
    (used / name).unlink()
    if lines:
        (used / name).write_bytes(b"".join(whole.splitlines(keepends=True)[-lines:]))
    before = files(used)
    assert main(["forget", str(used), STUDENT, "--yes"]) == 1
    said = capsys.readouterr()
    assert f"{name} does not say whose" in said.err
    assert "Nothing was deleted" in said.err
    assert "will be deleted" not in said.out
    assert files(used) == before
    (used / name).write_bytes(whole)
    assert main(["forget", str(used), STUDENT, "--yes"]) == 0
    assert [one.student for one in Ledger(used).verdicts()] == ["ben", "ben"]


def files(room: Path) -> dict[str, bytes]:
    """Files of a course with what they hold, without the grader's locks."""
    every = (path for path in room.rglob("*") if path.is_file() and "lock" not in path.name)
    return {str(path.relative_to(room)): path.read_bytes() for path in every}

"""A teacher's term: dates, policies and versions change, and nobody's mark drops unseen.

Verdicts come from a pool that reads the points off the file, so that a term takes seconds.
"""

import csv
import getpass
import hashlib
import json
import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from annkit.cli import main
from annkit.exercises import Explanation
from annkit.exercises import course as own_course
from annkit.grading import run
from annkit.grading.books.filing import ATTEMPTS, FilingError
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.books.ledger import Ledger
from annkit.grading.books.worth import change_worth
from annkit.grading.classroom import make_classroom
from annkit.grading.intake.course import CourseError, read_course
from annkit.grading.intake.course_file import EXAMPLE, FILE_NAME, CourseFile, read_course_file
from annkit.grading.intake.submissions import LATE_MARK, Submission
from annkit.grading.marking import digests
from annkit.grading.marking.official_judge import Graded, Order, unjudged
from annkit.grading.report_table import changes_text, plain, table
from annkit.grading.run import Grader, Results
from annkit.grading.states import FOR_A_PERSON
from annkit.publish import sources
from tests.grading.classes import nbgrader
from tests.grading.term import CHAPTER, ReadingPool, Run, counts, hand_in, ids, told, worth

# The classroom is made by stock nbgrader.
pytestmark = pytest.mark.slow

DUE = f"[due]\n{CHAPTER} = 2026-12-01T12:00:00Z\n"
ZERO = '\nc.LateSubmissionPlugin.penalty_method = "zero"\n'


def test_dates_apply_when_they_change_and_nothing_is_judged_again(room: Path, grade: Run) -> None:
    (room / "nbgrader_config.py").write_text((room / "nbgrader_config.py").read_text() + ZERO)
    hand_in(room, 2, "2026-12-02 09:00:00")
    assert told(grade()) == []
    assert counts(room) == 2
    (room / FILE_NAME).write_text(DUE)
    held = grade()
    assert told(held) == [(2, 0, "being late costs something else", True)]
    assert counts(room) == 2, "not before the teacher has seen it"
    assert told(grade(lets_drop=True)) == [(2, 0, "being late costs something else", False)]
    assert counts(room) == 0
    (room / FILE_NAME).write_text(f"{DUE}\n[extensions.ada]\n{CHAPTER} = 2026-12-02\n")
    assert told(grade()) == [(0, 2, "being late costs something else", False)]
    assert counts(room) == 2
    assert grade.judged == ["ada"]


def test_a_date_taken_out_of_the_file_stays_in_the_gradebook(room: Path, grade: Run) -> None:
    (room / "nbgrader_config.py").write_text((room / "nbgrader_config.py").read_text() + ZERO)
    hand_in(room, 2, "2026-12-02 09:00:00")
    (room / FILE_NAME).write_text(DUE)
    grade()
    (room / FILE_NAME).write_text("")
    grade()
    assert counts(room) == 0
    (room / FILE_NAME).write_text(DUE.replace("-01T", "-03T"))
    grade()
    assert counts(room) == 2


@pytest.mark.parametrize(
    ("policy", "counted"), [("last", 1.0), ("best", 3.0), ("last in time", 2.0)]
)
def test_the_policy_says_which_attempt_counts(
    room: Path, grade: Run, policy: str, counted: float
) -> None:
    (room / FILE_NAME).write_text(f'attempts = "{policy}"\n{DUE}')
    for points, at in ((3, "2026-11-01"), (2, "2026-11-20"), (1, "2026-12-20")):
        hand_in(room, points, f"{at} 09:00:00")
        grade(lets_drop=True)
    assert counts(room) == counted
    (room / FILE_NAME).write_text(f'attempts = "best"\n{DUE}')
    assert counts(room) == counted
    grade()
    assert counts(room) == 3.0
    assert len(grade.judged) == 3


def test_a_worse_attempt_is_said_before_it_counts(room: Path, grade: Run) -> None:
    hand_in(room, 3)
    grade()
    hand_in(room, 1)
    for _ in range(2):
        assert told(grade()) == [(3, 1, "another attempt counts", True)]
        assert counts(room) == 3
    grade(lets_drop=True)
    assert counts(room) == 1
    hand_in(room, 3)  # the first file, put back
    assert told(grade()) == [(1, 3, "another attempt counts", False)]
    assert len(grade.judged) == 2


def test_what_is_held_counts_again_where_the_gradebook_was_lost(
    room: Path, classroom: Path, grade: Run
) -> None:
    (room / "nbgrader_config.py").write_text((room / "nbgrader_config.py").read_text() + ZERO)
    hand_in(room, 2, "2026-12-02 09:00:00")
    grade()
    (room / FILE_NAME).write_text(DUE)
    held = [(2, 0, "being late costs something else", True)]
    assert told(grade()) == held
    shutil.copy(classroom / "gradebook.db", room / "gradebook.db")
    shutil.rmtree(room / "autograded")
    assert told(grade()) == held
    assert counts(room) == 2
    assert (room / "autograded" / "ada" / CHAPTER / f"{CHAPTER}.ipynb").is_file()


def test_an_extension_is_somebodys_and_never_takes_time_away(room: Path, grade: Run) -> None:
    (room / "nbgrader_config.py").write_text((room / "nbgrader_config.py").read_text() + ZERO)
    hand_in(room, 2, "2026-12-01 09:00:00")
    hand_in(room, 1, "2026-12-02 09:00:00", "newcomer")
    own = f"[extensions.{{}}]\n{CHAPTER} = 2026-{{}}-24\n"
    (room / FILE_NAME).write_text(DUE + own.format("adda", 12))
    with pytest.raises(CourseError, match=r"adda is not in the class list; did you mean ada\?"):
        grade()
    assert grade.judged == []
    (room / FILE_NAME).write_text(DUE + own.format("ada", 11) + own.format("newcomer", 12))
    grade()
    assert (counts(room), counts(room, "newcomer")) == (2, 1)


def test_a_kept_notebook_that_was_damaged_is_named_and_mended_by_judging_again(
    room: Path, grade: Run
) -> None:
    hand_in(room, 2)
    grade()
    (kept,) = (room / ATTEMPTS).rglob("*.gz")
    whole = kept.read_bytes()
    for harmed in (b"", whole[:20], whole[:-9], whole[:-8] + bytes(8), whole[:12] + b"\xff" * 30):
        shutil.rmtree(room / "autograded" / "ada")
        kept.write_bytes(harmed)
        with pytest.raises(FilingError, match=r"ada, .* is damaged; delete it"):
            grade()
        kept.unlink()
        grade()
        assert kept.read_bytes() == whole
        assert counts(room) == 2
    assert grade.judged == ["ada"] * 6


def test_who_is_late_is_named_where_it_costs_nothing(room: Path, grade: Run) -> None:
    (room / FILE_NAME).write_text(f"{DUE}[extensions.ben]\n{CHAPTER} = 2026-12-24\n")
    for student in ("ada", "ben"):
        hand_in(room, 2, "2026-12-02 09:00:00", student)
    said = table(results := grade())
    assert "Late, and nothing taken for it (1): ada" in said
    assert "penalty" not in said
    rows: Any = plain(results, {})["submissions"]
    assert [row["late"] for row in rows] == [True, False]
    (room / FILE_NAME).write_text(DUE.replace("-01T", "-03T"))
    assert "nothing taken" not in table(grade())


def test_a_time_that_becomes_known_later_is_entered_and_nothing_is_judged_again(
    room: Path, grade: Run
) -> None:
    (room / FILE_NAME).write_text(DUE)
    hand_in(room, 2)
    assert "Nobody knows when" in table(grade())
    hand_in(room, 2, "2026-12-02 09:00:00")
    said = table(grade())
    assert "Nobody knows when" not in said
    assert "Late, and nothing taken for it (1): ada" in said
    assert (room / "autograded" / "ada" / CHAPTER / "timestamp.txt").is_file()
    assert grade.judged == ["ada"]


def test_a_time_belongs_to_its_attempt(room: Path, grade: Run) -> None:
    hand_in(room, 1, "2026-11-01 09:00:00")
    grade()
    time = room / "autograded" / "ada" / CHAPTER / "timestamp.txt"
    assert time.read_text().startswith("2026-11-01")
    hand_in(room, 2)
    grade()
    assert not time.exists()


def test_late_by_the_platforms_word_is_late_and_what_has_no_time_is_named(
    room: Path, grade: Run
) -> None:
    (room / "nbgrader_config.py").write_text((room / "nbgrader_config.py").read_text() + ZERO)
    hand_in(room, 2)
    hand_in(room, 3, student="ben")
    (room / "submitted" / "ada" / CHAPTER / LATE_MARK).write_text("LATE")
    results = grade()
    assert counts(room) == 2
    assert "no due date is set here: in time: ada" in table(results)
    assert "Nobody knows" not in table(results)
    (room / FILE_NAME).write_text(DUE)
    results = grade(lets_drop=True)
    assert (counts(room), counts(room, "ben")) == (0, 3)
    assert "so a second late: ada" in table(results)
    assert "Nobody knows when, so in time (1): ben" in table(results)
    (room / FILE_NAME).write_text(f"{DUE}[extensions.ada]\n{CHAPTER} = 2026-12-24\n")
    grade()
    assert counts(room) == 2
    assert len(grade.judged) == 2


def test_another_version_of_the_grader_tells_what_it_changes(
    room: Path, grade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(room, 2)
    hand_in(room, 3, student="ben")
    grade()
    monkeypatch.setattr("annkit.grading.run.grader_digest", lambda exercises: "another")
    grade.points = lambda order: dict.fromkeys(ids()[:2], 1.0)
    assert told(grade()) == [(3, 2, "judged anew", True)]
    assert counts(room, "ben") == 3
    assert told(grade()) == [(3, 2, "judged anew", True)]
    assert len(grade.judged) == 4, "each once by each version"


def test_points_given_by_hand_stay_and_another_answer_is_looked_at(room: Path, grade: Run) -> None:
    hand_in(room, 2)
    grade()
    with closing(sqlite3.connect(room / "gradebook.db")) as book, book:
        book.execute(
            "update grade set manual_score = 0.5, needs_manual_grade = 0 where auto_score = 1"
        )

    def states(results: Results) -> set[str]:
        return {mark.state for mark in results.verdicts[0].marks}

    assert FOR_A_PERSON not in states(grade(force=True))
    assert counts(room) == 1.0
    hand_in(room, 1)
    assert FOR_A_PERSON in states(grade(lets_drop=True))
    assert counts(room) == 1.0


def test_one_exercise_is_graded_again_and_the_others_stay(room: Path, grade: Run) -> None:
    hand_in(room, 1)
    grade()
    first, second = ids()[:2]
    grade.points = lambda order: {first: 0.0, second: 1.0}
    results = grade(force=True, only=(second,))
    marks = {mark.id: mark.points for mark in results.verdicts[0].marks}
    assert (marks[first], marks[second]) == (1.0, 1.0)
    assert counts(room) == 2.0
    assert told(results) == [(1, 2, "judged anew", False)]


def test_what_is_remembered_as_judged_are_the_very_bytes_that_were(
    room: Path, grade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is another one whenever it has been read, until the run is over."""
    worth, read = [1, 2], run._read

    def swapped(submission: Submission) -> tuple[bytes | None, str]:
        found = read(submission)
        worth.reverse()
        hand_in(room, worth[0])
        return found

    hand_in(room, worth[0])
    with monkeypatch.context() as patch:
        patch.setattr(run, "_read", swapped)
        grade()
    judged = int(counts(room))
    hand_in(room, 3 - judged)
    grade(lets_drop=True)
    assert counts(room) == 3 - judged


class ShortOfMemory(ReadingPool):
    """A pool on a machine that kills every process."""

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Give no verdict, or that the submission is to blame."""
        for order in orders:
            yield order, unjudged(own_course(), order, "its process was killed")


def test_who_is_killed_in_every_run_earns_nothing_until_one_has_more_memory(
    room: Path, grade: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(room, 3)
    with monkeypatch.context() as patch:
        patch.setattr(Grader, "_pool", lambda self, count: ShortOfMemory(grade))
        states = [grade().verdicts[0].state]
        assert main(["marks", str(room)]) == 0
        exported, _ = csv.DictReader((room / "marks.csv").read_text("utf-8-sig").splitlines())
        states += [grade().verdicts[0].state for _ in range(2)]
    assert states == ["machine fault", "crashed", "crashed"]
    assert list(exported.values())[-3:] == ["", "", "machine fault"]
    assert counts(room) == 0
    assert grade().verdicts[0].state == "graded"
    assert counts(room) == 3
    grade()
    assert grade.judged == ["ada"]


class PartlyAtFault(ReadingPool):
    """A pool that meets an exercise at fault: the first has no mark, the others have theirs."""

    def run(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Graded]]:
        """Give verdicts with a hole."""
        for order, graded in super().run(orders):
            first, *others = graded.verdict.marks
            hole = replace(first, state="machine fault", points=None)
            yield order, replace(graded, verdict=replace(graded.verdict, marks=(hole, *others)))


@pytest.mark.parametrize("pool", [ShortOfMemory, PartlyAtFault])
def test_where_there_was_no_mark_none_drops_or_rises_from_zero(
    room: Path,
    grade: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    pool: type[ReadingPool],
) -> None:
    hand_in(room, 3)
    with monkeypatch.context() as patch:
        patch.setattr(Grader, "_pool", lambda self, count: pool(grade))
        assert changes_text(grade()) == ""
    hand_in(room, 1)
    said = changes_text(grade()).splitlines()
    assert said == ["Marks that change, was → now:", "  ada: no mark → 1: first mark"]
    assert counts(room) == 1
    assert main(["ledger", str(room), "--student", "ada"]) == 0
    judged, first, *_, last = capsys.readouterr().out.splitlines()
    assert "no mark of" in judged
    assert first.endswith("– → no mark: machine fault")
    assert last.endswith("no mark → 1: first mark")


def let_be_worth(room: Path, id: str, points: float) -> None:
    """Change what an exercise is worth, as `annkit classroom update` does."""
    path = room / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = json.loads(path.read_text())
    (cell,) = [one for one in notebook["cells"] if one["id"] == f"{id}_check"]
    cell["metadata"]["nbgrader"]["points"] = points
    path.write_text(json.dumps(notebook))
    with CourseGradebook(read_course(room)) as book:
        assert change_worth(book, CHAPTER, {f"{id}_check": points})
        assert not change_worth(book, CHAPTER, {f"{id}_check": points}), "once is enough"


def test_the_gradebook_is_asked_for_all_cells_at_once(room: Path, grade: Run) -> None:
    """One by one they would cost more than all else that is written down."""
    asked: list[str] = []

    def note(connection: object, cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    hand_in(room, 3)
    event.listen(Engine, "before_cursor_execute", note)
    try:
        grade()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    assert counts(room) == 3
    assert asked
    assert [words for words in asked if words.endswith("base_cell.id = ?")] == []


def test_other_points_are_no_drop_and_what_drops_beside_them_is_held(
    room: Path, grade: Run
) -> None:
    hand_in(room, 3)
    grade()
    let_be_worth(room, ids()[0], 2)
    assert counts(room) == 4
    assert told(grade()) == [(3, 4, "exercises are worth other points", False)]
    hand_in(room, 1)
    assert told(grade()) == [(4, 2, "another attempt counts", True)]
    let_be_worth(room, ids()[0], 0.5)
    held = grade()
    assert told(held) == [(4, 0.5, "another attempt counts", True)]
    assert [one.counted.total for one in held.settled.values()] == [2.5]
    assert counts(room) == 2.5, "what counted keeps its share"
    grade(lets_drop=True)
    let_be_worth(room, ids()[0], 1)
    assert told(grade()) == [(0.5, 1, "exercises are worth other points", False)]
    assert counts(room) == 1
    assert grade.judged == ["ada", "ada"]
    with closing(sqlite3.connect(room / "gradebook.db")) as book:
        book.execute("update submitted_notebook set late_submission_penalty = 0.5")
        book.commit()
    let_be_worth(room, ids()[0], 3)
    assert counts(room) == 1.5, "half of it was taken for being late"


def test_handing_in_again_does_not_draw_again(room: Path, grade: Run) -> None:
    drawn: list[dict[str, int]] = []
    grade.points = lambda order: drawn.append(dict(order.seeds)) or {}  # type: ignore[func-returns-value]
    for points in (1, 2):
        hand_in(room, points)
        grade()
    first, second = drawn
    assert first == second
    assert len(set(first.values())) == len(first)


def test_the_ledger_tells_all_of_it_without_a_name(
    room: Path, grade: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(room, 3, "2026-12-01 22:30:00")
    handed_in = (room / "submitted" / "ada" / CHAPTER / f"{CHAPTER}.ipynb").read_bytes()
    grade()
    hand_in(room, 1)
    grade(lets_drop=True)
    entries = list(Ledger(room).entries())
    events = [entry["event"] for entry in entries]
    assert events == ["run", "verdict", "mark", "run", "verdict", "mark"]
    assert {entry["tier"] for entry in entries if entry["event"] == "run"} == {"limits"}
    assert '"ada"' not in (room / "annkit-ledger.jsonl").read_text()
    assert main(["ledger", str(room), "--student", "ada"]) == 0
    judged, counting, *_ = capsys.readouterr().out.splitlines()
    file = f"file {hashlib.sha256(handed_in).hexdigest()[:12]}"
    assert f"ada: judged {CHAPTER}: 3 of " in judged
    assert judged.endswith(f"(limits; {file}, handed in 2026-12-01T22:30:00)")
    assert counting.endswith(f"ada: counts in {CHAPTER}: – → 3: first mark")
    assert main(["ledger", str(room)]) == 0
    who = f"by {getpass.getuser()}, annkit {version('annkit-course')}, tier limits"
    assert f"grade {CHAPTER}, {who}" in capsys.readouterr().out.splitlines()[0]


def test_a_platforms_file_is_filled_in_beside_it(room: Path, grade: Run) -> None:
    with CourseGradebook(read_course(room)) as book:
        book.book.update_or_create_student("ada", first_name="Ada", last_name="By", email="a@b.c")
    for student in ("ada", "ben"):
        hand_in(room, 3, student=student)
    grade()
    most = f"{sum(worth(id) for id in own_course().chapters[CHAPTER]):g}"
    moodle = (
        "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
        f"Last modified (grade)\nParticipant 7,Ada By,a@b.c,Submitted,,{most},Yes,-\n"
    )
    canvas = (
        f"Student,ID,SIS Login ID,Section,Chapter 0 (47)\n    Points Possible,,,,{most}\n"
        '"By, Ada",101,ada,A,\nBen,102,ben,A,N/A\n'
    )
    for words, text, filled in (
        (["--moodle"], moodle, moodle.replace(",,", ",3,")),
        (["--column", "Chapter 0", "--canvas"], canvas, canvas.replace("ada,A,", "ada,A,3")),
    ):
        theirs = room.parent / "theirs.csv"
        theirs.write_text(text)
        assert main(["marks", str(room), CHAPTER, *words, str(theirs)]) == 0
        assert (room.parent / "theirs-marks.csv").read_text() == filled
        (room.parent / "theirs-marks.csv").unlink()
        assert theirs.read_text() == text


def test_a_new_course_is_its_owners_only(classroom: Path) -> None:
    assert classroom.stat().st_mode & 0o777 == 0o700


def test_a_new_course_holds_what_nbgrader_works_with(classroom: Path) -> None:
    name = Path(CHAPTER) / f"{CHAPTER}.ipynb"
    written, handed_out = (
        (classroom / place / name).read_text() for place in ("source", "release")
    )
    for text in ("### BEGIN SOLUTION", model := model_of("break_shapes")):
        assert json.dumps(text)[1:-1] in written
        assert json.dumps(text)[1:-1] not in handed_out
    assert model
    assert (classroom / "nbgrader_config.py").is_file()
    with closing(sqlite3.connect(classroom / "gradebook.db")) as book:
        assert book.execute("select name from assignment").fetchall() == [(CHAPTER,)]


def model_of(id: str) -> str:
    """The first line of a model explanation."""
    task = own_course().load(id)
    assert isinstance(task, Explanation)
    return task.model.strip().splitlines()[0]


def test_a_new_course_has_a_name_for_the_exchange(room: Path) -> None:
    assert read_course(room).course_id == room.name


@pytest.mark.parametrize("change", ["grade set auto_score = 1", "comment set auto_comment = null"])
def test_what_somebody_else_writes_over_a_mark_is_entered_again_and_said(
    room: Path, grade: Run, change: str
) -> None:
    hand_in(room, 1)
    hand_in(room, 2, student="ben")
    grade()
    shown = room / "autograded" / "ada" / CHAPTER / f"{CHAPTER}.ipynb"
    before = shown.read_bytes()
    with closing(sqlite3.connect(room / "gradebook.db")) as book:
        book.execute(
            f"update {change} where notebook_id in (select n.id from submitted_notebook n join "
            "submitted_assignment s on s.id = n.assignment_id where s.student_id = 'ada')"
        )
        book.commit()
    shown.unlink()
    shown.write_bytes(b"executed where nothing locks it in")
    grade.judged.clear()
    results = grade()
    assert (counts(room), shown.read_bytes()) == (1, before)
    assert (grade.judged, told(results)) == ([], [])
    assert "had written over it (1): ada" in table(results)
    assert "written over" not in table(grade())


def test_a_course_is_itself_whichever_one_the_teachers_own_settings_name(
    room: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "own" / "nbgrader_config.py"
    own.parent.mkdir()
    own.write_text(f"c = get_config()\nc.CourseDirectory.root = {str(room)!r}\n")
    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(own.parent))
    spring = tmp_path / "spring"
    make_classroom(spring, sources(own_course(), [CHAPTER]), [{"id": "cem"}])
    assert (spring / "release" / CHAPTER / f"{CHAPTER}.ipynb").is_file()
    for folder, students in ((spring, ["cem"]), (room, ["ada", "ben"])):
        with closing(sqlite3.connect(folder / "gradebook.db")) as book:
            assert book.execute("select id from student").fetchall() == [(s,) for s in students]
    listed = nbgrader(spring, "db", "student", "list", JUPYTER_CONFIG_DIR=str(own.parent))
    assert "cem" in listed
    assert "ada" not in listed


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('atempts = "best"', "did you mean attempts?"),
        ('attempts = "newest"', '"last", "best", "last in time"'),
        ("[due]\nch00_wellcome = 2026-12-01", f"did you mean {CHAPTER}?"),
        (f'[due]\n{CHAPTER} = "2026-12-01"', "without quotes"),
        ("due = 3", "a section of its own"),
        ("[due", "cannot be read"),
        ("[extensions.ada]\nx = 2026-12-01", "[extensions.ada] x means nothing"),
        ('[groups]\na = "ada"', 'write ids in brackets: ["ada", "ben"]'),
        ('[groups]\na = ["ada"]\nb = ["ben", "ada"]', "[groups] ada stands there twice"),
        ('[groups.ch00_wellcome]\na = ["ada"]', f"did you mean {CHAPTER}?"),
    ],
)
def test_what_means_nothing_in_the_file_is_said(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(CourseError, match=re.escape(FILE_NAME)) as error:
        read_course_file(tmp_path, [CHAPTER])
    assert words in str(error.value)


def test_the_example_changes_nothing_and_a_day_lasts_to_its_end(tmp_path: Path) -> None:
    assert read_course_file(tmp_path, []) == CourseFile()
    (tmp_path / FILE_NAME).write_text(EXAMPLE)
    assert read_course_file(tmp_path, []) == CourseFile(extensions={"ada": {}})
    (tmp_path / FILE_NAME).write_text(f"[due]\n{CHAPTER} = 2026-12-01T23:59:00+02:00")
    due = read_course_file(tmp_path, [CHAPTER]).due[CHAPTER]
    assert (due.hour, due.minute, due.tzinfo) == (21, 59, None)


def test_a_date_without_a_zone_is_in_this_machines_time(tmp_path: Path, tokyo: None) -> None:
    dates = f"[due]\n{CHAPTER} = 2026-12-01T23:59:00\n[extensions.ada]\n{CHAPTER} = 2026-12-02"
    (tmp_path / FILE_NAME).write_text(dates)
    read = read_course_file(tmp_path, [CHAPTER])
    assert read.due[CHAPTER] == datetime(2026, 12, 1, 14, 59)
    last = read.extensions["ada"][CHAPTER]
    assert timedelta() < datetime(2026, 12, 2, 15, 0) - last <= timedelta(seconds=1)


def test_another_release_is_judged_anew_and_other_prose_is_not(room: Path, grade: Run) -> None:
    hand_in(room, 2)
    grade()
    path = room / "release" / CHAPTER / f"{CHAPTER}.ipynb"
    notebook = json.loads(path.read_text())
    for kind, judged in (("markdown", 1), ("code", 2)):
        cell = next(one for one in notebook["cells"] if one["cell_type"] == kind)
        cell["source"] = ["# In other words\n", *"".join(cell["source"]).splitlines(keepends=True)]
        path.write_text(json.dumps(notebook))
        grade()
        assert len(grade.judged) == judged, kind


def test_another_library_is_another_grader(monkeypatch: pytest.MonkeyPatch) -> None:
    path = own_course().path("sigmoid")
    before = digests.grader_digest.__wrapped__((path,))
    assert digests.grader_digest.__wrapped__((path,)) == before
    for name in ("numpy", "sympy"):
        newer = lambda asked, name=name: "99.0" if asked == name else version(asked)  # noqa: E731
        monkeypatch.setattr(digests, "version", newer)
        assert digests.grader_digest.__wrapped__((path,)) != before


def test_comments_and_docstrings_do_not_decide_a_mark(tmp_path: Path) -> None:
    def meaning(text: str) -> str:
        path = tmp_path / f"{abs(hash(text))}.py"
        path.write_text(text)
        return digests._meaning(path)

    plain = meaning("def f(x):\n    return x + 1")
    assert plain == meaning('"""Said."""\n\ndef f(x):  # why\n    """More."""\n    return x + 1')
    assert plain != meaning("def f(x):\n    return x + 2")


def test_the_digest_covers_what_judge_and_exercise_load_and_no_more() -> None:
    loaded = {path.name for path in digests._loaded(digests._JUDGE)}
    assert {"judge.py", "diagnose.py", "session.py", "equivalence.py"} <= loaded
    assert not {"report_table.py", "gradebook.py", "subcommand.py", "run.py"} & loaded
    path = own_course().path("digits_model")
    assert "handwriting.py" in {one.name for one in digests._loaded([path])}

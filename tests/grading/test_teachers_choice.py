"""A teacher's own choice, from outside: new, choose, hand out, take in, grade, change, marks.

The course is the small one; each command is typed as a teacher types it.
"""

import io
import json
import os
import re
import shutil
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annkit.cli import main
from annkit.exercises import Catalogue, course
from annkit.exercises.judging.selfcheck import problems
from annkit.exercises.tasks.edition import Edition
from annkit.grading.books.ledger import Ledger
from annkit.grading.classroom_update import Press, update
from annkit.grading.dask_pool import catalogue_there, edition_files
from annkit.grading.intake.course import CourseError, read_course
from annkit.grading.intake.course_file import (
    FILE_NAME,
    class_catalogue,
    file_of,
    read_course_file,
)
from annkit.grading.marking import digests
from annkit.grading.marking.class_points import in_points, told_now
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict
from annkit.grading.platforms.gradescope_results import results
from annkit.publish import solve
from annkit.publish.learner_wheel import build_wheel
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.grading.classes import annkit as annkit_in_a_fork
from tests.grading.classes import grades
from tests.grading.forks import gradebooks_form
from tests.publish.conftest import SMALL_COURSE

CHAPTER = "ch01_counting"
NAME = Path(CHAPTER) / f"{CHAPTER}.ipynb"
TWICE = "def stretched(x, factor=2.0):\n    return np.asarray(x, dtype=float) * 2.0"
CHOICE = f"""own = "mine"
leave_out = ["tally"]
questions = "after due"
[points]
stretched = 3
explain_scaling = 4
[due]
{CHAPTER} = 2999-12-01T12:00:00Z
"""
Annkit = Callable[..., str]


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    """The course that all commands speak of."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANNKIT_COURSE", str(SMALL_COURSE))
        course.cache_clear()
        yield
    course.cache_clear()


@pytest.fixture
def annkit(capsys: pytest.CaptureFixture[str]) -> Annkit:
    """Type a command; what it printed, on both streams."""

    def typed(*words: object, status: int = 0) -> str:
        capsys.readouterr()
        assert main([str(word) for word in words]) == status
        done = capsys.readouterr()
        return done.out + done.err

    return typed


@pytest.fixture
def program(tmp_path: Path) -> Annkit:
    """The same in a process of its own, as many as a term takes."""

    def typed(*words: object, status: int = 0) -> str:
        done = annkit_in_a_fork(tmp_path, *map(str, words), status=status)
        return done.stdout + done.stderr

    return typed


def own_exercise(folder: Path, name: str = "stretched") -> Path:
    """A teacher's own exercise, in a chapter's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text = (SMALL_COURSE / CHAPTER / "scaled.py").read_text()
    path = folder / f"{name}.py"
    path.write_text(text.replace("scaled", name))
    return path


def hand_in(room: Path, student: str, answers: dict[str, str] | None) -> None:
    """Hand in answers to what was handed out; all right ones if None."""
    path = room / "submitted" / student / NAME
    path.parent.mkdir(parents=True)
    handed_out = read_notebook(room / "release" / NAME)
    path.write_bytes(to_bytes(solve(handed_out, answers, catalogue=class_catalogue(room))))


def earned(room: Path) -> dict[tuple[str, str], float | None]:
    """Student and cell → what the gradebook counts."""
    return {
        (row["student_id"], row["name"]): row["auto_score"]
        if row["manual_score"] is None
        else row["manual_score"]
        for row in grades(room)
    }


def total(room: Path, annkit: Annkit, student: str) -> dict[str, Any]:
    """A student's row of `annkit grade --json`."""
    said = annkit("grade", room, "--json", "--workers", 1)
    rows = json.loads(said[said.index("[") : said.rindex("]") + 1])[0]["submissions"]
    row: dict[str, Any] = next(row for row in rows if row["student"] == student)
    return row


@pytest.mark.slow
def test_a_term_with_a_choice_of_ones_own(tmp_path: Path, annkit: Annkit, program: Annkit) -> None:
    room = tmp_path / "autumn"
    annkit("classroom", "new", room, "--chapter", CHAPTER, "--wheel")
    annkit = program
    assert read_course_file(room).edition.chapters == (CHAPTER,)
    assert [path.suffix for path in (room / "wheel").iterdir()] == [".whl"]
    file = own_exercise(room / "mine" / CHAPTER)
    (room / FILE_NAME).write_text(CHOICE)
    assert f"made: {room / 'release' / CHAPTER}" in annkit("classroom", "update", room)
    assert "as you chose" in annkit("classroom", "update", room)
    handed_out = (room / "release" / NAME).read_text()
    assert "Scale an array (3 points)" in handed_out
    assert "tally" not in handed_out
    assert "## Counting" in handed_out, "the text around it stays"
    beside = room / "release" / CHAPTER / "annkit-edition"
    assert "as_floats" not in "".join(path.read_text() for path in beside.rglob("*.py"))

    hand_in(room, "ada", None)
    hand_in(room, "ben", {"stretched": TWICE})
    # Whoever could read the teacher's folder would find the answer there.
    thief = f"from runpy import run_path\nstretched = run_path({str(file)!r})['stretched']"
    hand_in(room, "eve", {"stretched": thief})
    _faults_cost_themselves(room, file, annkit)
    said = annkit("grade", room, "--workers", 1)
    assert "3 graded now" in said
    assert "stretched (3)" in said
    ben = {("ben", "stretched_check"): 1.5, ("ada", "stretched_check"): 3.0}
    assert earned(room).items() >= (ben | {("eve", "stretched_check"): 0.0}).items()

    annkit("points", room, "ada", "explain_scaling", 2, "--because", "half of it")
    (room / FILE_NAME).write_text(CHOICE.replace("= 3", "= 4.5").replace("= 4\n", "= 6\n"))
    assert f"annkit classroom update {room}" in annkit("grade", room, status=1)
    annkit("classroom", "update", room)
    assert earned(room)["ada", "explain_scaling"] == 3, "half of six"
    said = annkit("grade", room)
    assert "0 graded now" in said
    assert "ben: 1.5 → 2.25: exercises are worth other points" in said
    _all_agree(room, annkit)

    other = CHOICE.replace('["tally"]', '["tally", "scaled"]').replace("= 3", "= 9")
    (room / FILE_NAME).write_text(other)
    before = _handed_out(room), earned(room)
    assert "no exercise can be added or left out" in annkit("classroom", "update", room, status=1)
    assert (_handed_out(room), earned(room)) == before


def _faults_cost_themselves(room: Path, file: Path, annkit: Annkit) -> None:
    """A file that cannot be loaded, or is gone, costs its own exercise, and no zero."""
    whole = file.read_text()
    first = "    x = rng"
    assert first in whole
    for text, told, words in (
        (f"import nowhere\n{whole}", f"{file}:1: ModuleNotFoundError: No m", "Module"),
        (
            whole.replace(first, f"    import os; os._exit(3)\n{first}"),
            "stretched.py: ends the program, with status 3",
            "the exercise itself is at fault",
        ),
        ("", "own is 'mine', which is no folder", "stretched.py is gone"),
    ):
        if text:
            file.write_text(text)
        else:
            shutil.rmtree(room / "mine")
        said = annkit("grade", room, "--workers", 1, "--student", "ada", "--student", "ben")
        said = " ".join(said.split())
        assert "2 graded now" in said
        assert told in said
        assert words in said
        marks = earned(room)
        if "_exit" in text:
            said = annkit("explain", room, "ada", "stretched")
            assert f"{file}: ends the program, with status 3, when it is judged again" in said
        assert {marks[name, "stretched_check"] for name in ("ada", "ben")} == {None}
        assert marks["ada", "scaled_check"] == 2.0
    file.parent.mkdir(parents=True)
    file.write_text(whole)


def _handed_out(room: Path) -> dict[Path, bytes]:
    """The files of `source/` and `release/`."""
    return {
        path: path.read_bytes()
        for name in ("source", "release")
        for path in (room / name).rglob("*")
        if path.is_file()
    }


def _all_agree(room: Path, annkit: Annkit) -> None:
    """Wherever ben's mark stands, it is 2.25 of 4.5; a chapter has 13.5 points."""
    row = total(room, annkit, "ben")
    (mark,) = [mark for mark in row["marks"] if mark["id"] == "stretched"]
    assert (mark["points"], mark["max_points"], row["max_points"]) == (2.25, 4.5, 13.5)
    assert earned(room)["ben", "stretched_check"] == 2.25
    annkit("marks", room, "--by-exercise")
    table = (room / "marks.csv").read_text()
    assert f"{CHAPTER} (of 13.5)" in table
    assert "stretched (of 4.5)" in table
    assert "2.25 of 4.5 points" in annkit("explain", room, "ben", "stretched")
    feedback = (room / "autograded" / "ben" / NAME).read_text()
    assert "2.25 of 4.5" in feedback
    assert "1.5 of 3" not in feedback
    annkit("report", room)
    assert "4.5" in (room / "report.html").read_text()
    judged = [one for one in Ledger(room).verdicts() if one.student == "ben"][-1]
    (mark,) = [one for one in judged.marks if one.id == "stretched"]
    assert (mark.points, mark.max_points) == (1.0, 2.0), "the ledger has the course's points"
    events = [entry["now"] for entry in Ledger(room).entries() if entry["event"] == "mark"]
    assert events[-1]["worth"] == {"stretched": 4.5, "explain_scaling": 6.0}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('chapters = ["ch01_countign"]', "1: ch01_countign means nothing here; did you mean ch01"),
        ('\nleave_out = ["taly"]', "2: taly means nothing here; did you mean tally?"),
        ("leave_out = 3", "1: leave_out is 3; write a list of names"),
        ("[points]\n# tallly\ntallly = 2", "3: [points] tallly means nothing here; did you"),
        ('[points]\nattempts = "best"', "2: attempts stands in [points]; write it above the first"),
        ('[groups]\nleave_out = ["tally"]', "2: leave_out stands in [groups]; write it above"),
        ('[groups.ch01_counting]\nchapters = ["tally"]', "2: chapters stands in [groups.ch01_"),
        ('[groups]\n"" = ["ada"]', "1: [groups] a group needs a name"),
        ("[points]\ntally = 0.3", "2: [points] tally is 0.3; it can be 0.5, 1, 1.5"),
        ("[points]\ntally = 0", "2: [points] tally is 0;"),
        ("[points]\ntally = true", "2: [points] tally is True;"),
        ("[points]\ntally = inf", "2: [points] tally is inf;"),
        ("[points]\nrecall_sum = 1", "only recalls"),
        ('leave_out = ["tally"]\n[points]\ntally = 2', "not among what you chose"),
        ("[points]\ntally = 1\n[points]\ntally = 2", "cannot be read"),
        ('questions = "later"', '1: questions is \'later\'; it can be "at once" or "after due"'),
        ('own = "theirs"', "1: own is 'theirs', which is no folder"),
        ('own = "a\\u0000b"', "which is no folder"),
        (f'own = "{"a" * 5000}"', "which is no folder"),
        ('own = "."', "1: own is '.', which holds this file too"),
        ('own = "/"', "1: own is '/', which holds this file too"),
        (f"[points]\ntally = {'9' * 5000}", "cannot be read"),
        (f"[points]\ntally = 0x{'f' * 4000}", "cannot be read"),
        (f"chapters = {'[' * 5000}{']' * 5000}", "cannot be read"),
        ("[due]\nch01_counting = 0001-01-01T00:00:00+12:00", "too far from now to reckon with"),
        ("[due]\nch01_counting = 9999-12-31T23:59:59-12:00", "too far from now to reckon with"),
        ('[groups]\nteam = ["../../etc"]', "[groups] team: '../../etc' is no student's id"),
        ('[groups]\nteam = [""]', "[groups] team: '' is no student's id: it is empty"),
        ("[extensions.'']\nch01_counting = 2026-12-01", "[extensions]: '' is no student's id"),
    ],
)
def test_what_cannot_be_chosen_is_said_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / FILE_NAME).write_text(text)
    with pytest.raises(CourseError) as error:
        class_catalogue(tmp_path)
    assert f"{FILE_NAME}" in str(error.value)
    assert words in str(error.value)


def test_an_own_exercise_that_was_handed_out_can_be_taken_back(tmp_path: Path) -> None:
    """Its file is gone: an update makes notebooks without it, and all else says what is missing."""
    release = tmp_path / "release" / "ch20_mine"
    release.mkdir(parents=True)
    cell = {"cell_type": "code", "source": "", "metadata": {"annkit": {"answers": "squeezed"}}}
    (release / "ch20_mine.ipynb").write_text(json.dumps({"cells": [cell], "metadata": {}}))
    own_exercise(tmp_path / "mine" / CHAPTER)
    (tmp_path / "mine" / "ch20_mine" / "__pycache__").mkdir(parents=True)
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    made = update(read_course(tmp_path), Press(lambda catalogue: {}, lambda path: False))
    assert list(made) == ["Everything is as you chose it."]
    with pytest.raises(CourseError, match=r"squeezed\.py is gone, and was handed out"):
        class_catalogue(tmp_path)
    (tmp_path / FILE_NAME).write_text('own = "mine"\nchapters = ["ch20_mine"]')
    assert file_of(read_course(tmp_path)).edition.faulty == {"squeezed": "squeezed.py is gone"}
    made = update(read_course(tmp_path), Press(lambda catalogue: {}, lambda path: False))
    with pytest.raises(CourseError, match=f"{FILE_NAME}:2: ch20_mine is gone from .*mine"):
        list(made)


def test_a_chapter_mistyped_in_a_command_is_told_with_the_nearest(
    tmp_path: Path, annkit: Annkit
) -> None:
    for folder in ("submitted", f"release/{CHAPTER}", "source"):
        (tmp_path / folder).mkdir(parents=True)
    wrong = "ch01_countign"
    for command in (
        ("grade", tmp_path, wrong),
        ("report", tmp_path, wrong),
        ("marks", tmp_path, wrong),
        ("classroom", "update", tmp_path, wrong),
        ("classroom", "new", tmp_path / "new", "--chapter", wrong),
        ("classroom", "gradescope", wrong, "--output", tmp_path / "z"),
    ):
        said = annkit(*command, status=1)
        assert wrong in said
        assert f"did you mean {CHAPTER}?" in said
        assert FILE_NAME not in said


def test_what_editors_of_windows_add_means_nothing(tmp_path: Path) -> None:
    text = 'attempts = "best"\r\n[points]\r\ntally = 2\r\n'
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbf" + text.encode())
    read = read_course_file(tmp_path)
    assert (read.attempts, read.edition.points) == ("best", {"tally": 2.0})


@pytest.mark.parametrize(
    ("place", "name", "words"),
    [
        (CHAPTER, "tally", "there is an exercise tally already, ch01_counting/tally.py"),
        ("ch01_countign", "own", "called like a chapter of the course, like ch01_counting"),
        (CHAPTER, "chapter", "the course has a chapter ch01_counting; call yours otherwise"),
        ("", "own", "put it into a folder"),
        ("ch20_two\nlines", "chapter", "a chapter's folder is called chNN_name"),
    ],
)
def test_what_is_wrong_with_ones_own_folder_is_said(
    tmp_path: Path, place: str, name: str, words: str
) -> None:
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    file = own_exercise(tmp_path / "mine" / place, name)
    with pytest.raises(CourseError, match=re.escape(words)) as error:
        read_course_file(tmp_path)
    assert str(file) in str(error.value)


@pytest.mark.parametrize("what", ["a pipe", "a folder", "a link to nowhere", "a link to itself"])
def test_what_is_no_file_is_said_and_not_waited_for(tmp_path: Path, what: str) -> None:
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    path = own_exercise(tmp_path / "mine" / CHAPTER).with_name("odd.py")
    if what == "a pipe":
        os.mkfifo(path)
    elif what == "a folder":
        path.mkdir()
    else:
        path.symlink_to("/nowhere" if what == "a link to nowhere" else path)
    with pytest.raises(CourseError, match=r"odd\.py: this is no file, or leads to none"):
        read_course_file(tmp_path)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("def (", ":1: not Python: "),
        ("import numpy\n\nnumpy.nothing", ":3: AttributeError: module 'numpy' has no attribute"),
        ("exercise = 3", ":1: defines no `exercise`"),
        ("import sys\n\nsys.exit(2)", ":3: SystemExit: 2"),
        ("# no end\nwhile True:\n    pass", "OutOfTime: still running after 0.2 seconds"),
        ("x = 1\0", ":1: not Python: "),
        ("# caf\udce9", ":1: UnicodeDecodeError: 'utf-8' codec can't decode"),
        ("\ufeffimport numpy", ":1: not Python: invalid non-printable character U+FEFF"),
        ("raise type('Skipped', (BaseException,), {})", ":1: Skipped: "),
    ],
)
def test_an_own_file_that_cannot_be_loaded_is_said_with_its_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str, words: str
) -> None:
    monkeypatch.setattr("annkit.grading.intake.own_exercises._SECONDS", 0.2)
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    file = own_exercise(tmp_path / "mine" / CHAPTER)
    file.write_text(line, errors="surrogateescape")
    with pytest.raises(CourseError, match=re.escape(words)) as error:
        class_catalogue(tmp_path)
    assert str(error.value).startswith(f"{file}:")


def test_what_an_own_file_prints_is_in_no_table(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    file = own_exercise(tmp_path / "mine" / CHAPTER)
    file.write_text(f"print('loaded')\n{file.read_text()}")
    read_course_file(tmp_path)
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", "loaded\n")


@pytest.mark.slow
def test_what_a_class_cannot_be_given_is_refused(tmp_path: Path, program: Annkit) -> None:
    for name in ("source", "release", "submitted"):
        (tmp_path / name).mkdir()
    file = own_exercise(tmp_path / "mine" / CHAPTER)
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    file.write_text(file.read_text().replace("return array * factor", "return array * 2"))
    said = program("classroom", "update", tmp_path, status=1)
    assert f"{file}: seed 0: stretched is right but fails" in said
    whole = (
        own_exercise(file.parent).read_text().replace("points=2,", "points=2,\n    seconds=0.2,")
    )
    for name, endless in {
        "stretched": "while True: pass",
        # Its known wrong answer meets no end, and the right one no loop.
        "always_doubled": "while answer(1.0, 3.0) != 3.0: pass",
    }.items():
        first = "    x = rng"
        assert whole.count(first) == 2
        file.write_text(whole.replace(first, f"    {endless}\n{first}", 1))
        said = program("classroom", "update", tmp_path, status=1)
        assert f"no end in the check “doubles by default”, when it meets {name}" in said
        assert re.search(r"ch01_counting/stretched\.py:4[24]: ", said), (
            "the check's line, or the loop's"
        )
    for line, words in {
        "    import os; os._exit(3)": "ends the program, with status 3, when its checks are tried",
        "    raise KeyboardInterrupt": "KeyboardInterrupt",
        "    np.random.seed(); rng = np.random": "no mark could be repeated: draw from `rng`",
        "    rng = np.random.default_rng()": "no mark could be repeated: draw from `rng`",
    }.items():
        file.write_text(whole.replace(first, f"{line}\n{first}", 1))
        said = program("classroom", "update", tmp_path, status=1)
        assert words in said
        assert str(file) in said
    (tmp_path / FILE_NAME).write_text('questions = "after due"')
    said = program("classroom", "update", tmp_path, status=1)
    assert f"{CHAPTER} has no due date" in said


@pytest.mark.slow
def test_an_own_file_that_ends_the_program_or_outlives_its_loading_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annkit.grading.intake.own_exercises._SECONDS", 0.2)
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    faulty = {
        "ends": ("import os; os._exit(3)", ": ends the program, with status 3"),
        "forks": ("import os\nos.fork()", ":2: RuntimeError"),
        "leaves": (
            "import subprocess; subprocess.Popen(['sleep', '99'])",
            ": leaves a process running",
        ),
        "interrupts": ("raise KeyboardInterrupt", ":1: KeyboardInterrupt"),
        "kills": ("import os; os.kill(os.getpid(), 11)", ": the program was ended by SIGSEGV"),
        "sets": ("import signal; signal.setitimer(2, 99)", ": leaves a timer running"),
        "stops": ("import signal; signal.setitimer(0, 0)\nwhile True: pass", ": no end"),
        "waits": (
            "import threading, time\nthreading.Thread(target=time.sleep, args=[9999]).start()",
            ": leaves a thread running (Thread-1 (sleep))",
        ),
    }
    for name, (line, _) in faulty.items():
        file = own_exercise(tmp_path / "mine" / CHAPTER, name)
        file.write_text(f"{line}\n{file.read_text()}")
    own_exercise(tmp_path / "mine" / CHAPTER, "squeezed")
    found = read_course_file(tmp_path).edition.faulty
    assert found == {name: f"{CHAPTER}/{name}.py{words}" for name, (_, words) in faulty.items()}


@pytest.mark.slow
@pytest.mark.parametrize("machine", ["this", "another"])
def test_who_interrupts_while_files_are_tried_is_heard(tmp_path: Path, machine: str) -> None:
    # What was started in the background would ignore it.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    (tmp_path / FILE_NAME).write_text('own = "mine"')
    file = own_exercise(tmp_path / "mine" / CHAPTER)
    interrupts = f"import os, signal; os.kill(os.getppid(), signal.SIGINT)\n{file.read_text()}"
    file.write_text(interrupts)
    files = edition_files(Edition(own=tmp_path / "mine"))
    tries = {"this": lambda: read_course_file(tmp_path), "another": lambda: catalogue_there(files)}
    try:
        with pytest.raises(KeyboardInterrupt):
            tries[machine]()
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("reader", ["scaled.py", "chapter.py"])
def test_a_data_file_that_would_stay_behind_is_told_before_anybody_misses_it(
    tmp_path: Path, reader: str
) -> None:
    shutil.copytree(SMALL_COURSE, tmp_path, dirs_exist_ok=True)
    folder = tmp_path / CHAPTER
    (folder / "notes.txt").write_text("Of no concern to learners.")
    (folder / "houses.csv").write_text("120,3\n")
    assert list(problems(Catalogue(tmp_path).load("scaled"), (0,))) == []
    with (folder / reader).open("a") as file:
        file.write('\nHOUSES = "houses.csv"\n')
    (said,) = problems(Catalogue(tmp_path).load("scaled"), (0,))
    assert said.startswith("houses.csv stays behind")


@pytest.mark.long
def test_chapters_come_and_go_and_no_work_is_lost(
    tmp_path: Path, annkit: Annkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nbgrader.api.get_alembic_version", gradebooks_form)
    for name in ("source", "release", "submitted/ada/ch21_more"):
        (tmp_path / name).mkdir(parents=True)
    for chapter, id in {"ch20_mine": "stretched", "ch21_more": "shrunk"}.items():
        own_exercise(tmp_path / "mine" / chapter, id)
        cells = "# %%\nimport numpy as np\n\nfrom annkit import check, hint, solution\n\n# %%\n"
        text = f"{cells}from {id} import {id}\n"
        (tmp_path / "mine" / chapter / "chapter.py").write_text(text)
    both = 'own = "mine"\nchapters = ["ch20_mine", "ch21_more"]\n'
    (tmp_path / FILE_NAME).write_text(both)
    annkit("classroom", "update", tmp_path)
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == [
        "ch20_mine",
        "ch21_more",
    ]

    source = tmp_path / "source" / "ch20_mine" / "ch20_mine.ipynb"
    by_hand = source.read_text().replace("Multiply every entry by", "Times")
    source.write_text(by_hand)
    (tmp_path / FILE_NAME).write_text(f"{both}[points]\nstretched = 1")
    words = ("classroom", "update", tmp_path, "ch20_mine")
    assert f"left as they are: {source}" in annkit(*words, status=1)
    assert source.read_text() == by_hand
    annkit(*words, "--force")
    assert "(1 point)" in source.read_text()

    (tmp_path / FILE_NAME).write_text(f'own = "mine"\nchapters = ["{CHAPTER}"]')
    said = annkit("classroom", "update", tmp_path)
    assert "taken back: ch20_mine" in said
    assert "handed in, and left as it is: ch21_more" in said
    assert sorted(path.name for path in (tmp_path / "release").iterdir()) == [CHAPTER, "ch21_more"]


def test_ones_own_folder_where_submissions_could_read_it_is_refused(
    tmp_path: Path, annkit: Annkit, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "room" / "submitted").mkdir(parents=True)
    own_exercise(tmp_path / "packages" / CHAPTER)
    (tmp_path / "room" / FILE_NAME).write_text('own = "../packages"')
    monkeypatch.setattr(
        "annkit.grading.sandbox.visible.readable", lambda: [str(tmp_path / "packages")]
    )
    for command in ("doctor", "grade"):
        assert f"{tmp_path / 'packages'} lies in" in annkit(command, tmp_path / "room", status=1)


def test_learners_and_other_machines_get_the_choice_each_with_what_it_may_hold(
    tmp_path: Path, annkit: Annkit
) -> None:
    own_exercise(tmp_path / "mine" / CHAPTER)
    (tmp_path / FILE_NAME).write_text(CHOICE)
    catalogue = class_catalogue(tmp_path)
    place = f"annkit/_solutions/annkit-edition/{CHAPTER}/stretched.py"
    for_learners, for_judges = (
        zipfile.ZipFile(build_wheel(catalogue, tmp_path, with_answers=answers)).read(place)
        for answers in (False, True)
    )
    assert b"as_floats" not in for_learners
    assert b"as_floats" in for_judges
    elsewhere = catalogue_there(edition_files(catalogue.edition))
    assert elsewhere.chapters == catalogue.chapters, "what is left out is so there too"
    assert elsewhere.load("stretched").points == 2
    assert elsewhere.path("stretched").parents[1] != catalogue.edition.own
    choice, *files = edition_files(catalogue.edition)
    lacking = [(name, b"import nowhere\n" + text) for name, text in files]
    words = f"{CHAPTER}/stretched.py:1: ModuleNotFoundError"
    assert catalogue_there((choice, *lacking)).edition.faulty == {"stretched": words}
    said = annkit(
        "classroom", "gradescope", CHAPTER, "--course", tmp_path, "--output", tmp_path / "z"
    )
    assert "Autograder points: 6." in said
    assert "4 more are given by a person" in said
    annkit("classroom", "github", CHAPTER, tmp_path / "template", "--course", tmp_path)
    with zipfile.ZipFile(tmp_path / "z") as made:
        (zipped,) = [made.read(name) for name in made.namelist() if name.endswith(".whl")]
    (pushed,) = (tmp_path / "template").rglob("*.whl")
    for wheel in (zipped, pushed.read_bytes()):
        assert zipfile.ZipFile(io.BytesIO(wheel)).read(place) == for_judges, "with answers"


@pytest.mark.long
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_other_machines_judge_the_teachers_own_exercises(tmp_path: Path, annkit: Annkit) -> None:
    from distributed import LocalCluster

    def forget() -> None:
        """Each command has a process of its own."""
        digests.grader_digest.cache_clear()
        digests._read.cache_clear()

    room = tmp_path / "autumn"
    annkit("classroom", "new", room)
    file = own_exercise(room / "mine" / CHAPTER)
    (room / FILE_NAME).write_text(CHOICE)
    annkit("classroom", "update", room)
    hand_in(room, "ada", None)
    hand_in(room, "ben", {"stretched": TWICE})
    with LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as cluster:
        for text in (file.read_text(), file.read_text().replace("x + x + x", "3 * x")):
            file.write_text(text)
            forget()
            said = annkit("grade", room, "--dask", cluster.scheduler_address)
            assert "2 graded now" in said, "the same worker, with another file"
            marks = {("ben", "stretched_check"): 1.5, ("ada", "stretched_check"): 3.0}
            assert earned(room).items() >= marks.items()
        first = "    x = rng"
        file.write_text(text.replace(first, f"    import os; os._exit(3)\n{first}", 1))
        forget()
        said = annkit("grade", room, "--dask", cluster.scheduler_address)
        assert "stretched.py: ends the program, with status 3" in " ".join(said.split())
        faulty = text.replace("3 * x", "missing")
        file.write_text(faulty)
        forget()
        said = annkit("grade", room, "--dask", cluster.scheduler_address)
    line = faulty.splitlines().index("    expect_close(answer(x, 3.0), missing)") + 1
    assert f"stretched.py:{line}: NameError" in " ".join(said.split())
    assert earned(room).items() >= marks.items(), "what counted counts"


def test_questions_wait_for_the_last_date_that_anybody_has(tmp_path: Path) -> None:
    dates = {"ben": 24, "cem": 2}
    longer = "".join(
        f"[extensions.{who}]\n{CHAPTER} = 2026-12-{day:02}\n" for who, day in dates.items()
    )
    text = f'questions = "after due"\n[due]\n{CHAPTER} = 2026-12-12\n{longer}'
    (tmp_path / FILE_NAME).write_text(text)
    assert class_catalogue(tmp_path).edition.told_after[CHAPTER].day == 24


def test_reports_a_learner_makes_keep_what_is_told_later(tmp_path: Path) -> None:
    own_exercise(tmp_path / "mine" / CHAPTER)
    (tmp_path / FILE_NAME).write_text(CHOICE)
    catalogue = class_catalogue(tmp_path)
    marks = tuple(MarkLine(id, "graded", 1.0, 1.0) for id in ("scaled", "unit_question"))
    verdict = Verdict("ada", CHAPTER, CHAPTER, marks)
    told, words = told_now(verdict, catalogue)
    assert [mark.id for mark in told.marks] == ["scaled"]
    assert "1 December 2999" in words
    assert "unit_question" in words
    shown = results(verdict, catalogue, "", "visible")["tests"]
    assert [test["visibility"] for test in shown] == ["visible", "after_due_date"]
    assert told_now(verdict, course()) == (verdict, "")


def test_an_assignment_with_a_name_of_its_own_has_dates_and_groups(
    tmp_path: Path, annkit: Annkit
) -> None:
    (tmp_path / "release" / "homework1").mkdir(parents=True)
    text = '[due]\nhomework1 = 2026-12-01\n[groups.homework1]\nteam = ["ada", "ben"]\n'
    (tmp_path / FILE_NAME).write_text(text)
    assert class_catalogue(tmp_path).root == course().root
    for command in (("grade", tmp_path), ("explain", tmp_path, "ada", "scaled")):
        assert FILE_NAME not in annkit(*command, status=1)
    (tmp_path / FILE_NAME).write_text(text.replace("homework1 =", "homework2 ="))
    assert "did you mean homework1" in annkit("grade", tmp_path, status=1)


def test_a_mark_keeps_its_share() -> None:
    checks = (CheckLine("one", True, 1.0, 1.0), CheckLine("two", False, 0.0, 1.0))
    marks = (MarkLine("a", "graded", 1.0, 2.0, checks=checks), MarkLine("b", "graded", 1.0, 1.0))
    told = in_points(Verdict("ada", "ch", "ch", marks), {"a": 5.0, "c": 1.0}).marks
    assert (told[0].points, told[0].max_points, told[1]) == (2.5, 5.0, marks[1])
    assert [(one.points, one.max_points) for one in told[0].checks] == [(2.5, 2.5), (0, 2.5)]


def test_a_file_of_before_means_the_whole_course(tmp_path: Path) -> None:
    (tmp_path / "submitted").mkdir()
    assert class_catalogue(tmp_path) is course()
    assert read_course(tmp_path).root == tmp_path

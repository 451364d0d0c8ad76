"""A class from hand-out to export: our marks, nbgrader's stock commands around them."""

import csv
import json
import re
import shutil
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from annkit.exercises import course
from annkit.grading.books.pseudonyms import Pseudonyms
from annkit.grading.rebuild.release import read_release
from annkit.grading.sandbox.tiers import best_tier
from annkit.publish import solve
from annkit.publish.notebooks import read_notebook, to_bytes
from tests.grading.classes import (
    CHAPTER,
    NAME,
    STUDENTS,
    TROUBLE,
    annkit,
    comments,
    everything,
    grade,
    grades,
    make_class,
    nbgrader,
)

pytestmark = pytest.mark.slow

# Variables that say where a program may keep files.
ELSEWHERE = ("HOME", "TMPDIR", "ANNKIT_STATE", "XDG_DATA_HOME", "XDG_CACHE_HOME")


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, ungraded."""
    folder = make_class(tmp_path_factory.mktemp("class") / "room")
    # As if handed in by nbgrader's exchange.
    (folder / "submitted" / "ada" / CHAPTER / "submission_secret.txt").write_text("ada's")
    return folder


@pytest.fixture(scope="module")
def graded(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The class, graded, with feedback and a table of marks."""
    folder = tmp_path_factory.mktemp("graded") / "room"
    shutil.copytree(handed_in, folder)
    places = {name: str(folder.parent / name) for name in ELSEWHERE}
    for place in places.values():
        Path(place).mkdir()
    said = annkit(folder, "grade", ".", variables=places)
    (folder / "said.txt").write_text(said.stdout)
    assert f"Sandbox: {best_tier().value}" in said.stderr
    nbgrader(folder, "generate_feedback", CHAPTER)
    nbgrader(folder, "export")
    return folder


@pytest.fixture
def room(graded: Path, tmp_path: Path) -> Path:
    """A copy of the graded class, to do things to."""
    folder = tmp_path / "room"
    shutil.copytree(graded, folder)
    return folder


def points(folder: Path, student: str) -> dict[str, float | None]:
    """Cell → automatic points of one student."""
    return {
        row["name"]: row["auto_score"] for row in grades(folder) if row["student_id"] == student
    }


def test_the_gradebook_has_every_point(graded: Path) -> None:
    full = points(graded, "ada")
    tasks = [course().load(id) for id in course().chapters[CHAPTER]]
    worth = {task.id: task.points for task in tasks if task.points}
    assert {cell.removesuffix("_check"): score for cell, score in full.items()} == {
        **worth,
        "break_relu": None,
    }
    half = points(graded, "ben, jr.")
    assert [score for score in half.values() if score] == [
        full[cell] for cell, score in half.items() if score
    ]
    assert set(points(graded, "cem").values()) == {0.0}
    trouble = {cell: score for cell, score in points(graded, "dot").items() if score}
    assert trouble == {"sigmoid_check": 1.0}


def test_only_words_await_a_person(graded: Path) -> None:
    waiting = [
        (row["student_id"], row["name"]) for row in grades(graded) if row["needs_manual_grade"]
    ]
    written = {"ada", "dot"} | ({"ben, jr."} if _half_has_words() else set())
    assert waiting == [(student, "break_relu") for student in sorted(written)]


def _half_has_words() -> bool:
    ids = [id for id in course().chapters[CHAPTER] if course().load(id).points]
    return ids.index("break_relu") % 2 == 0


def test_the_table_says_states_in_words(graded: Path) -> None:
    said = (graded / "said.txt").read_text()
    assert "not attempted" in said
    assert "timed out: step; crashed: relu" in said
    assert "relu: uses `os._exit` (line 5)" in said
    assert "to read: break_relu" in said
    assert "and the published solution" in said


def test_feedback_has_checks_mistake_and_next_step(graded: Path) -> None:
    page = (graded / "feedback" / "dot" / NAME).with_suffix(".html").read_text("utf-8")
    for words in (
        "no overflow and no warning",
        "Likely mistake",
        "Far out your",
        "Next, in your notebook:",
    ):
        assert words in page, words
    assert "raised ValueError" in page
    assert "timed out" in page
    # the marking scheme beside the words to be marked
    assert '<details open=""><summary>What earns the points' in page


@pytest.mark.long
def test_what_nbgraders_autograde_has_written_over_is_entered_again(
    graded: Path, tmp_path: Path
) -> None:
    room = tmp_path / "room"
    shutil.copytree(graded, room)
    before = everything(room)
    nbgrader(room, "autograde", CHAPTER, "--student", "ada", "--force")
    assert everything(room) != before
    said = grade(room).stdout
    assert everything(room) == before
    assert "had written over it (1): ada" in said


def test_a_line_of_the_feedbacks_table_leads_to_its_exercise(graded: Path) -> None:
    page = (graded / "feedback" / "dot" / NAME).with_suffix(".html").read_text("utf-8")
    table = page[page.index("Checked: ") :].partition("</table>")[0]
    lines = re.findall(r'<a href="#(\w+)">(\w+)</a>', table)
    assert [id for _, id in lines] == read_release(graded / "release" / NAME, CHAPTER).ids
    for place, id in lines:
        assert place in (id, f"{id}_check")
        assert page.count(f'<a name="{place}"></a>') == 1


def test_feedback_gives_nothing_away_and_cannot_be_written_into(graded: Path) -> None:
    page = (graded / "feedback" / "dot" / NAME).with_suffix(".html").read_text("utf-8")
    for words in ("<script>alert('mine')", 'href="javascript', "secret [", "secret array"):
        assert words not in page, words
    # the learner's own line of code is shown; what it printed with hidden inputs in it is not
    assert "ValueError: secret" not in page
    secret = (graded / ".annkit-secret").read_text()
    for path in (graded / "feedback").rglob("*.html"):
        assert secret not in path.read_text("utf-8")


def test_the_secret_of_the_exchange_comes_as_far_as_the_feedback(graded: Path) -> None:
    assert (graded / "feedback" / "ada" / CHAPTER / "submission_secret.txt").read_text() == "ada's"
    assert not (graded / "feedback" / "cem" / CHAPTER / "submission_secret.txt").exists()


def test_export_has_every_student_in_a_row_of_their_own(graded: Path) -> None:
    with (graded / "grades.csv").open(encoding="utf-8") as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert set(rows) == set(STUDENTS)
    assert rows["ben, jr."]["last_name"] == "Name, ben, jr."
    assert float(rows["ada"]["score"]) == float(rows["ada"]["max_score"]) - 2


def test_a_second_run_has_nothing_to_do(room: Path) -> None:
    before = everything(room)
    said = grade(room, "--json")
    data = json.loads(said.stdout)
    assert data[0]["graded_now"] == 0
    assert [one["student"] for one in data[0]["submissions"]] == sorted(STUDENTS)
    assert everything(room) == before


def test_what_was_handed_in_again_is_graded_again(room: Path) -> None:
    shutil.copy(room / "submitted" / "ada" / NAME, room / "submitted" / "cem" / NAME)
    assert "1 graded now, 3 were done" in grade(room).stdout
    # others' inputs differ, what was earned does not
    assert points(room, "cem") == points(room, "ada")


def test_a_lost_gradebook_is_filled_again(room: Path, handed_in: Path) -> None:
    before = everything(room)
    shutil.copy(handed_in / "gradebook.db", room / "gradebook.db")
    assert "0 graded now" in grade(room).stdout
    after = everything(room)
    assert after["grades"] == before["grades"]
    assert after["comments"] == before["comments"]


def test_what_a_person_entered_stays(room: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        grade_ = book.find_grade("sigmoid_check", CHAPTER, CHAPTER, "ada")
        grade_.manual_score, grade_.extra_credit = 1.5, 0.5
        words = book.find_comment("sigmoid", CHAPTER, CHAPTER, "ada")
        words.manual_comment = "Nearly."
        book.db.commit()
    grade(room, "--force", "--student", "ada")
    (row,) = [
        row for row in grades(room) if (row["student_id"], row["name"]) == ("ada", "sigmoid_check")
    ]
    assert (row["manual_score"], row["auto_score"], row["needs_manual_grade"]) == (1.5, 2.0, 0)
    assert [row for row in comments(room) if row[3]] == [
        ("ada", "sigmoid", comments_of(room, "ada", "sigmoid"), "Nearly.")
    ]


def test_the_table_shows_what_a_person_gave(room: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        words = book.find_grade("break_relu", CHAPTER, CHAPTER, "ada")
        words.manual_score, words.needs_manual_grade = 1.5, False
        again = book.find_grade("sigmoid_check", CHAPTER, CHAPTER, "ada")
        again.manual_score, again.needs_manual_grade = 0.5, True
        book.db.commit()
    (data,) = json.loads(grade(room, "--json").stdout)
    ada = next(one for one in data["submissions"] if one["student"] == "ada")
    marks = {mark["id"]: (mark["state"], mark["points"]) for mark in ada["marks"]}
    assert marks["break_relu"] == ("graded", 1.5)
    assert marks["sigmoid"] == ("for a person", 0.5)
    assert ada["points"] == ada["max_points"] - 0.5 - 1.5
    assert ada["for_a_person"] == ["to read: sigmoid"]


def comments_of(folder: Path, student: str, cell: str) -> str | None:
    """The automatic comment of one cell."""
    return next(row[2] for row in comments(folder) if row[:2] == (student, cell))


def test_late_work_costs_what_the_plug_in_says(room: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        book.find_assignment(CHAPTER).duedate = datetime(2026, 11, 1)
        book.db.commit()
    config = room / "nbgrader_config.py"
    config.write_text(config.read_text().replace('"none"', '"zero"'))
    for student, moment in (("ada", "2026-11-02"), ("ben, jr.", "2026-10-31")):
        path = room / "submitted" / student / CHAPTER / "timestamp.txt"
        path.write_text(f"{moment} 10:00:00 UTC")
    said = " ".join(grade(room).stdout.split())
    assert "0 graded now" in said
    assert "NOT entered, since it drops" in said
    said = " ".join(grade(room, "--let-drop").stdout.split())
    penalties = {row["student_id"]: row["late_submission_penalty"] for row in grades(room)}
    earned = sum(score or 0 for score in points(room, "ada").values())
    assert f"{earned:g} → 0 ({earned:g} less {earned:g} for being late)" in said
    assert penalties == {"ada": earned, "ben, jr.": None, "cem": None, "dot": None}
    nbgrader(room, "export")
    with (room / "grades.csv").open(encoding="utf-8") as file:
        scores = {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}
    assert scores["ada"] == 0
    assert scores["ben, jr."] > 0


def test_a_learner_gets_the_same_report(graded: Path) -> None:
    path = graded / "submitted" / "dot" / NAME
    said = annkit(graded, "grade", str(path)).stdout
    feedback = json.loads((graded / "autograded" / "dot" / NAME).read_text("utf-8"))
    shown = {
        cell["id"]: cell["outputs"][0]["text"]
        for cell in feedback["cells"]
        if cell["cell_type"] == "code" and cell["outputs"]
    }
    for id in TROUBLE:
        if f"{id}_check" in shown:
            assert shown[f"{id}_check"] in said


def test_a_download_says_who_handed_in_what_and_what_waits(room: Path) -> None:
    name = "Name {}_{}_assignsubmission_file_/{}.ipynb".format
    ada, half, cem = (
        (room / "submitted" / student / NAME).read_bytes() for student in ("ada", "ben, jr.", "cem")
    )
    with zipfile.ZipFile(room / "moodle.zip", "w") as download:
        for file, content, day in (
            (name("ada", 5, "z"), half, 1),
            (name("ada", 5, "a"), ada, 2),
            (name("cem", 6, "x"), ada, 2),
            (name("cem", 7, "x"), cem, 2),
        ):
            download.writestr(zipfile.ZipInfo(file, (2026, 11, day, 8, 0, 0)), content)
    done = annkit(room, "grade", "moodle.zip", CHAPTER)
    assert "0 new, 0 replaced, 1 there already, 3 left out" in done.stderr
    assert "Waiting for you: 2." in done.stderr
    assert "which is newer" in done.stdout
    assert "people hand in as cem" in done.stdout
    with (room / f"handed-in-{CHAPTER}.csv").open(encoding="utf-8-sig", newline="") as listed:
        rows = [(row["student"], row["counts"]) for row in csv.DictReader(listed)]
    assert rows == [("", "waits"), ("", "waits"), ("ada", "yes"), ("ada", "no")]


def test_an_assignment_nobody_released_is_said(room: Path) -> None:
    assert "nbgrader generate_assignment" in grade(room, "ch99", status=1).stderr


def test_words_that_fit_nothing_are_said(room: Path) -> None:
    assert "eve handed nothing in" in grade(room, "--student", "eve", status=1).stderr
    shutil.rmtree(room / "submitted")
    assert f"holds no <student>/{CHAPTER}" in grade(room, CHAPTER, status=1).stderr
    assert "does not exist" in annkit(room, "grade", "nowhere", status=1).stderr
    assert "no such file" in annkit(room, "grade", "no.ipynb", status=1).stderr


def test_who_handed_nothing_in_is_listed(room: Path) -> None:
    shutil.rmtree(room / "submitted" / "cem")
    assert "Nothing handed in (1): cem" in grade(room).stdout


def test_a_broken_configuration_is_said(room: Path) -> None:
    config = room / "nbgrader_config.py"
    for text, words in (
        ("c = get_config(", "nbgrader_config.py cannot be run: SyntaxError"),
        ("c = get_config()\nc.AssignLatePenalties.plugin_class = 'no.such'", "late penalties"),
    ):
        config.write_text(text)
        said = grade(room, status=1).stderr
        assert words in said
        assert "Traceback" not in said


def test_a_folder_that_is_no_course_is_said(tmp_path: Path) -> None:
    assert "annkit classroom new" in grade(tmp_path, status=1).stderr


def test_the_report_tells_of_the_class_and_of_nobody(graded: Path) -> None:
    annkit(graded, "report", ".", "--output", "page.html")
    page = (graded / "page.html").read_text("utf-8")
    for words in ("4 students handed in", "textbook formula", "passed at the first attempt"):
        assert words in page, words
    _, _, told = page.partition("<body>")
    for student in STUDENTS:
        assert not re.search(rf"\b{re.escape(student)}", told), student
    for outside in ("http", "<script", "src=", "@import", "url("):
        assert outside not in page, outside


def test_the_report_quotes_the_attempts_it_counts_and_knows_points_by_hand(room: Path) -> None:
    """Two hand in a mistake that drops their marks, so their earlier attempts still count."""
    release = read_notebook(room / "release" / NAME)
    slip = "def sigmoid(z):\n    shrunk = np.exp(z)\n    return 1 / (1 + shrunk)"
    for student, answers in {"ada": {"sigmoid": slip}, "ben, jr.": {"sigmoid": slip}}.items():
        (room / "submitted" / student / NAME).write_bytes(to_bytes(solve(release, answers)))
    annkit(room, "points", ".", "ada", "break_relu", "1.5", "--because", "Nearly.")
    said = " ".join(grade(room).stdout.split())
    assert re.search(r"ada: [^;]*; points given by hand stay, [^;]*; NOT entered", said)
    annkit(room, "report", ".")
    page = (room / "report.html").read_text("utf-8")
    told = re.sub(r"\s+", " ", page)
    assert "2 of 4</span> still make this mistake in <code>sigmoid</code>" in told
    assert "return 1 / (1 + shrunk)" in page, "in theirs; what counts of theirs is right"
    shown = re.search(r'<code>break_relu</code>.*?class="number">(\S+) of 2<', page, re.DOTALL)
    assert shown is not None
    assert shown.group(1) == "0.5", "1.5 and twice nothing; dot's words wait, and are no zero"


def test_an_appeal_shows_the_teacher_what_no_learner_sees(room: Path) -> None:
    said = annkit(room, "explain", ".", "dot", "sigmoid").stdout
    for words in ("sigmoid, dot: graded, 1 of 2 points", "return 1 / (1 + np.exp(-z))", "seed="):
        assert words in said, words
    assert "sigmoid(np.array([" in said
    assert "ValueError: secret" in annkit(room, "explain", ".", "dot", "tanh_prime").stdout
    assert "The process ended" in annkit(room, "explain", ".", "dot", "relu").stdout
    assert "as it was handed out" in annkit(room, "explain", ".", "cem", "relu").stdout
    assert "there are: " in annkit(room, "explain", ".", "dot", "relus", status=1).stderr
    assert "eve: nothing" in annkit(room, "explain", ".", "eve", "relu", status=1).stderr


def test_points_by_hand_are_kept_with_their_reason(room: Path) -> None:
    give = ("points", ".", "ada", "sigmoid")
    assert "2 → 1.5" in annkit(room, *give, "1.5", "--because", "Right idea.").stdout
    grade(room, "--force", "--student", "ada")
    (data,) = json.loads(grade(room, "--json").stdout)
    ada = next(one for one in data["submissions"] if one["student"] == "ada")
    assert next(mark["points"] for mark in ada["marks"] if mark["id"] == "sigmoid") == 1.5
    assert ("ada", "sigmoid", "Right idea.") in [(*row[:2], row[3]) for row in comments(room)]
    assert "2 → 1.5: by hand: Right idea." in annkit(room, "ledger", ".", "--student", "ada").stdout
    said = annkit(room, "explain", ".", "ada", "sigmoid").stdout
    assert "2 of 2 points; by hand 1.5 of 2 points, which count" in said
    assert "worth 2 points" in annkit(room, *give, "3", "--because", "x", status=1).stderr
    assert "say why" in annkit(room, *give, "1", "--because", " ", status=1).stderr
    nobody = annkit(room, "points", ".", "eve", "sigmoid", "1", "--because", "x", status=1).stderr
    assert "handed in nothing" in nobody


def test_the_table_of_marks_holds_what_counts(room: Path) -> None:
    annkit(room, "marks", ".", "--by-exercise")
    with (room / "marks.csv").open(encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    total = next(name for name in rows["ada"] if name.startswith(f"{CHAPTER} (of "))
    state = f"{CHAPTER}: state"
    # An explanation nobody has read leaves the sum open; nothing but stubs is a plain 0, in words.
    assert rows["ada"][total] == ""
    assert rows["ada"][state] == "waits for a person: break_relu"
    assert (rows["cem"][total], rows["cem"][state]) == ("0", "not attempted")
    assert "timed out: step" in rows["dot"][state]
    assert next(text for name, text in rows["dot"].items() if name.startswith("sigmoid (")) == "1"

    with Gradebook(f"sqlite:///{room / 'gradebook.db'}") as book:
        for student in ("ada", "dot"):
            notebook = book.find_submission_notebook(CHAPTER, CHAPTER, student)
            notebook.late_submission_penalty = 1.5 if student == "ada" else None
            given = book.find_grade("break_relu", CHAPTER, CHAPTER, student)
            given.manual_score, given.needs_manual_grade = 1.0, False
        book.db.commit()
    said = annkit(room, "marks", ".", CHAPTER, "--output", "again.csv")
    assert said.stdout == f"{Path('again.csv')}: 4 students\n"
    with (room / "again.csv").open(encoding="utf-8-sig") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    worth = float(total.removeprefix(f"{CHAPTER} (of ").removesuffix(")"))
    assert float(rows["ada"][total]) == worth - 1 - 1.5
    assert rows["ada"][f"{CHAPTER}: penalty"] == "1.5"
    assert rows["ada"][state] == "1.5 off for being late"


@pytest.mark.parametrize(
    "words",
    [
        ("--column", "x"),
        ("--moodle", "w.csv", "--by-exercise"),
        ("--canvas", "g.csv", "--decimal-comma"),
        ("--moodle", "there-is-none.csv"),
        ("ch77",),
    ],
)
def test_a_table_that_cannot_be_made_is_said(graded: Path, words: tuple[str, ...]) -> None:
    said = annkit(graded, "marks", ".", *words, status=1)
    assert said.stderr.startswith("annkit marks: ")
    assert "Errno" not in said.stderr


def test_a_table_without_names_has_the_same_codes_every_time(room: Path) -> None:
    for name in ("one.csv", "two.csv"):
        annkit(room, "marks", ".", "--pseudonyms", "--output", name)
    assert (room / "one.csv").read_bytes() == (room / "two.csv").read_bytes()
    with (room / "one.csv").open(encoding="utf-8-sig") as file:
        codes = [row["pseudonym"] for row in csv.DictReader(file)]
    # The same as in the ledger, so that its lines and a study's can be put together.
    assert set(codes) == {Pseudonyms(room).of(student) for student in STUDENTS}
    # A code of random letters may spell a name.
    told = re.sub("|".join(codes), "", (room / "one.csv").read_text("utf-8"))
    assert not [name for name in STUDENTS if name in told]


def test_nothing_of_students_is_kept_elsewhere(graded: Path) -> None:
    places = [graded.parent / name for name in ELSEWHERE]
    assert all(place.is_dir() for place in places)
    assert [path for place in places for path in place.rglob("*") if path.is_file()] == []


def test_who_joins_late_is_added_with_nbgraders_own_command(room: Path) -> None:
    names = ("--first-name", "Eve", "--last-name", "Late")
    nbgrader(room, "db", "student", "add", "eve", *names)
    assert "Nothing handed in (1): eve" in grade(room).stdout
    annkit(room, "marks", ".")
    with (room / "marks.csv").open(encoding="utf-8-sig") as file:
        (eve,) = [row for row in csv.DictReader(file) if row["id"] == "eve"]
    assert (eve["first_name"], eve["last_name"]) == ("Eve", "Late")
    (points,) = [told for name, told in eve.items() if name.startswith(f"{CHAPTER} (of ")]
    assert (points, eve[f"{CHAPTER}: state"]) == ("", "nothing handed in")

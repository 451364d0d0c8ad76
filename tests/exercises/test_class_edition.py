"""A class's edition beside a notebook: own exercises, points, and questions that tell later."""

import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from annkit.exercises import Catalogue, ExerciseError
from annkit.exercises.record.progress_log import read_record
from annkit.exercises.record.progress_state import chapter_state, nearest
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.edition import FILE_NAME, FOLDER, Edition, read_edition
from annkit.publish.class_edition import edition_files
from annkit.show.cards.progress_map import ChapterState
from tests.exercises.cells import Cells
from tests.exercises.test_verbs import card, events
from tests.publish.conftest import SMALL_COURSE

CHAPTER = "ch01_counting"
HALF = "def stretched(x, factor=2.0):\n    return np.asarray(x) * 2.0"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A teacher's folder with one exercise for the course's chapter."""
    folder = tmp_path / "mine" / CHAPTER
    folder.mkdir(parents=True)
    text = (SMALL_COURSE / CHAPTER / "scaled.py").read_text()
    (folder / "stretched.py").write_text(text.replace("scaled", "stretched"))
    return folder.parent


def chosen(own: Path, told_after: datetime | None = None) -> Catalogue:
    """The small course without an exercise, with an own one of three points."""
    later = {} if told_after is None else {CHAPTER: told_after}
    edition = Edition(
        (), frozenset({"tally"}), {"stretched": 3.0, "unit_question": 4.0}, later, own
    )
    return Catalogue(SMALL_COURSE, edition)


def lay_out(catalogue: Catalogue, folder: Path) -> None:
    """Put the edition beside a notebook, as it is handed out."""
    for name, content in edition_files(catalogue):
        path = folder / FOLDER / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.fixture
def beside(own: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder with the edition in it."""
    lay_out(chosen(own), home)
    monkeypatch.chdir(home)
    return home


def test_an_edition_leaves_out_adds_and_changes_what_things_are_worth(own: Path) -> None:
    catalogue = chosen(own)
    assert catalogue.chapters[CHAPTER][-1] == "stretched"
    assert "tally" not in catalogue.paths
    assert [catalogue.entry(id).points for id in ("scaled", "stretched")] == [2, 3]
    assert pickle.loads(pickle.dumps(catalogue)).paths == catalogue.paths


def test_a_chapter_of_ones_own_and_a_choice_of_chapters(own: Path) -> None:
    (own / CHAPTER).rename(own / "ch20_mine")
    (own / "ch20_mine" / "chapter.py").write_text(
        "# # 20 · Mine\nfrom stretched import stretched\n"
    )
    both = Catalogue(SMALL_COURSE, Edition(own=own))
    assert list(both.chapters) == [CHAPTER, "ch20_mine"]
    only = Catalogue(SMALL_COURSE, Edition(("ch20_mine",), own=own))
    assert only.chapters == {"ch20_mine": ("stretched",)}
    lay_out(only, own)
    assert Catalogue(SMALL_COURSE, read_edition(own / FOLDER)).title("ch20_mine") == "Mine"


def test_an_own_exercise_cannot_take_the_place_of_one_of_the_course(own: Path) -> None:
    (own / CHAPTER / "stretched.py").rename(own / CHAPTER / "scaled.py")
    with pytest.raises(ExerciseError, match=r"scaled\.py too"):
        _ = Catalogue(SMALL_COURSE, Edition(own=own)).paths


def test_what_is_beside_a_notebook_holds_no_answer(own: Path, home: Path) -> None:
    lay_out(chosen(own), home)
    handed_out = (home / FOLDER / CHAPTER / "stretched.py").read_text()
    assert "raise NotImplementedError" in handed_out
    assert "as_floats" not in handed_out
    assert "def always_doubled" in handed_out, "mistakes are named all the same"
    assert read_edition(home / FOLDER) == Edition(
        (), frozenset({"tally"}), chosen(own).edition.points, {}, home / FOLDER
    )
    (home / FOLDER / FILE_NAME).write_text("{}")
    with pytest.raises(ExerciseError, match="fetch the chapter again"):
        read_edition(home / FOLDER)


def test_a_learner_checks_the_teachers_own_exercise(beside: Path, notebook: Cells) -> None:
    notebook.run(HALF)
    text = card(notebook.run('check("stretched", stretched)'))
    assert "1.5 of 3 points" in text
    assert "Likely mistake: The factor is never used" in text
    assert "What does `*` do" in card(notebook.run('hint("stretched")'))
    assert "without solutions" in card(notebook.run('solution("stretched")'))
    (state,) = [one for one in shown(CHAPTER) if one.id == "stretched"]
    assert (state.points, state.max_points, state.state) == (1.5, 3, "tried")
    assert "tally" not in [one.id for one in shown(CHAPTER)]


def shown(chapter: str):
    """What progress() shows of a chapter."""
    return chapter_state(course_here(), chapter, read_record()).exercises


def test_a_question_that_tells_later_keeps_the_choice_until_then(
    own: Path, home: Path, notebook: Cells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(home)
    lay_out(chosen(own, datetime(2999, 12, 1, 12, 0, tzinfo=UTC)), home)
    before = card(notebook.run('check("unit_question", "b")'))
    assert before == card(notebook.run('check("unit_question", "a")')), "nothing tells them apart"
    assert before.startswith("✎ unit_question: kept")
    assert "1 December 2999" in before
    assert "shown after 1 December 2999" in card(
        notebook.run('solution("unit_question", force=True)')
    )
    assert "There is no option" in card(notebook.run('check("unit_question", "z")'))
    card(notebook.run('check("unit_question", "b")'))
    assert [event.get("passed") for event in events("check")] == [False] * 4
    assert not any("mistake" in event for event in events("check"))
    (kept,) = [one for one in shown(CHAPTER) if one.id == "unit_question"]
    assert (kept.state, kept.waits) == ("tried", True)
    assert nearest([ChapterState(CHAPTER, (kept,))]) == "", "there is nothing to do about it now"
    monkeypatch.setenv("NBGRADER_EXECUTION", "validate")
    assert notebook.run('check("unit_question", "a")').outputs[-1].data["text/plain"] == "4"
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert notebook.run('check("unit_question", "a")').outputs[-1].data["text/plain"] == "0"
    monkeypatch.delenv("NBGRADER_EXECUTION")
    lay_out(chosen(own, datetime.now(UTC) - timedelta(minutes=1)), home)
    monkeypatch.chdir(home.parent)
    (home / FOLDER).rename(home.parent / FOLDER)
    assert [one.points for one in shown(CHAPTER) if one.id == "unit_question"] == [4]
    assert card(notebook.run('check("unit_question", "b")')).startswith("✓ unit_question: right")

"""Exercises are found by id, in the order of the chapters, in a checkout or a folder named."""

import inspect
import json
import shutil

import pytest

from annkit.exercises import Catalogue, ExerciseError, UnknownExercise, course, run
from annkit.exercises.tasks.course_index import IndexEntry, digest, to_bytes

EXERCISE = """
from annkit.exercises import Question, Option

exercise = Question(id="{id}", title="T", prompt="P", options=(
    Option("a", "no"), Option("b", "yes", correct=True)))
{id} = exercise.answer
"""


@pytest.fixture
def catalogue(tmp_path):
    """Two chapters; the first places `second` before `first` and forgets `third`."""
    for chapter, ids in {"ch00_a": ["first", "second", "third"], "ch01_b": ["fourth"]}.items():
        (tmp_path / chapter).mkdir()
        for id in ids:
            (tmp_path / chapter / f"{id}.py").write_text(EXERCISE.format(id=id))
    (tmp_path / "ch00_a" / "chapter.py").write_text(
        "from second import second\nimport numpy\nfrom first import first\n"
    )
    (tmp_path / "ch01_b" / "chapter.py").write_text("from fourth import fourth\n")
    return Catalogue(tmp_path)


def test_order_follows_the_chapters(catalogue):
    """Placed files in the chapter's order, forgotten ones last."""
    assert catalogue.chapters == {
        "ch00_a": ("second", "first", "third"),
        "ch01_b": ("fourth",),
    }
    assert list(catalogue.paths) == ["second", "first", "third", "fourth"]
    assert catalogue.chapter_of("fourth") == "ch01_b"


def test_loading(catalogue):
    """Loaded once, by its own id."""
    assert catalogue.load("first").id == "first"
    assert catalogue.load("first") is catalogue.load("first")


def test_another_edition_beside_it(catalogue, tmp_path):
    """A class is found in its own file, also after another edition's has been loaded."""
    shutil.copytree(tmp_path / "ch00_a", tmp_path / "next" / "ch00_a")
    files = [root / "ch00_a" / "first.py" for root in (tmp_path, tmp_path / "next")]
    for file in files:
        file.write_text(
            f"{EXERCISE.format(id='first')}\nclass Kept: ...\nexercise.__dict__['kept'] = Kept\n"
        )
    tasks = [Catalogue(file.parents[1]).load("first") for file in files]
    assert [inspect.getfile(task.__dict__["kept"]) for task in tasks] == [
        str(file) for file in files
    ]


@pytest.mark.parametrize("id", ["frist", "Second", "", None, 3, "../first", "a" * 500])
def test_unknown_ids(catalogue, id):
    """Nearest ids are named where there are any."""
    with pytest.raises(UnknownExercise) as error:
        catalogue.load(id)
    assert len(str(error.value)) < 200
    if id == "frist":
        assert "'first'" in str(error.value)


def test_equal_ids_in_two_chapters(catalogue, tmp_path):
    """An id names one exercise."""
    (tmp_path / "ch01_b" / "first.py").write_text(EXERCISE.format(id="first"))
    with pytest.raises(ExerciseError, match=r"first\.py:1: first is also in"):
        _ = Catalogue(tmp_path).paths


def test_files_that_define_nothing(catalogue, tmp_path):
    """The file is named."""
    (tmp_path / "ch01_b" / "fourth.py").write_text("fourth = 1\n")
    with pytest.raises(ExerciseError, match=r"fourth\.py:1: defines no"):
        catalogue.load("fourth")
    (tmp_path / "ch00_a" / "third.py").write_text(EXERCISE.format(id="other"))
    with pytest.raises(ExerciseError, match="differs from the file's name"):
        catalogue.load("third")


def test_the_course_is_found():
    """In a checkout it stands beside the package."""
    assert "sigmoid" in course().paths
    report = run("sigmoid", lambda z: z)
    assert not report.passed


def test_a_folder_of_ones_own(catalogue, tmp_path, monkeypatch):
    """A teacher's course replaces ours by an environment variable."""
    monkeypatch.setenv("ANNKIT_COURSE", str(tmp_path))
    course.cache_clear()
    try:
        assert list(course().chapters) == ["ch00_a", "ch01_b"]
    finally:
        course.cache_clear()


# --- the index ------------------------------------------------------------------------------


@pytest.fixture
def indexed(catalogue, tmp_path):
    """The same course with its index, not asked for anything yet."""
    (tmp_path / "ch00_a" / "chapter.py").write_text(
        "# %% [markdown]\n# # 0 · The first\n\n# %%\nfrom second import second\n"
    )
    (tmp_path / "index.json").write_bytes(to_bytes(Catalogue(tmp_path).index()))
    return Catalogue(tmp_path)


@pytest.fixture
def loaded(monkeypatch):
    """The ids of exercises that are loaded from now on."""
    ids: list[str] = []
    read = Catalogue._read

    def listed(self, path):
        ids.append(path.stem)
        return read(self, path)

    monkeypatch.setattr(Catalogue, "_read", listed)
    return ids


def test_the_index_answers_without_loading_anything(indexed, loaded):
    assert list(indexed.paths) == ["second", "first", "third", "fourth"]
    assert indexed.entry("first") == IndexEntry("first", "T", 1.0, "question")
    assert (indexed.title("ch00_a"), indexed.title("ch01_b")) == ("The first", "b")
    assert loaded == []


def test_without_an_index_the_files_answer(catalogue, loaded):
    assert catalogue.entry("first") == IndexEntry("first", "T", 1.0, "question")
    assert loaded == ["first"]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"ch00_a": 3}', '{"ch00_a": [1, 2, [[3]]]}'])
def test_an_index_that_cannot_be_read_is_none(catalogue, tmp_path, content):
    (tmp_path / "index.json").write_text(content)
    assert catalogue.entry("first").points == 1.0


def test_a_chapter_that_has_changed_answers_for_itself(indexed, tmp_path, loaded):
    file = tmp_path / "ch00_a" / "first.py"
    file.write_text("exercise = None  # begun anew\n" + file.read_text())
    assert indexed.title("ch00_a") == "The first"
    assert indexed.entry("first").id == "first"
    indexed.entry("fourth")
    assert loaded == ["first"]


def test_the_order_and_the_ends_of_lines(indexed, tmp_path, loaded):
    chapter = tmp_path / "ch00_a" / "chapter.py"
    chapter.write_bytes(chapter.read_bytes().replace(b"\n", b"\r\n"))
    assert indexed.entry("first").id == "first"
    assert loaded == []
    chapter.write_text("from third import third\nfrom first import first\n")
    assert Catalogue(tmp_path).chapters["ch00_a"] == ("third", "first", "second")


def test_the_index_notices_whatever_it_says():
    """A digest of every chapter without one line that tells something is another one."""
    for path in course().paths.values():
        told = course().load(path.stem)
        file = (path.name, path.read_bytes())
        title = f"title={json.dumps(told.title, ensure_ascii=False)}".encode()
        assert digest([file]) != digest([(path.name, file[1].replace(title, b"title=None"))])

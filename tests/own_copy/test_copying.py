"""A copy of the course: whatever happens, nothing of the learner's is overwritten."""

import errno
import os
import threading
from pathlib import Path

import pytest

from annkit.exercises.my_ann import file_swap
from annkit.own_copy import carried as carried_module
from annkit.own_copy import copying
from annkit.own_copy.carried import NothingCarriedError, carried, chapters_in
from annkit.own_copy.copying import Copy, CopyError
from annkit.publish.cells import Cell
from tests.own_copy.editions import (
    ANSWER,
    CHAPTER,
    FIRST,
    Raw,
    changed,
    edition,
    laid_out,
    notebook,
    texts,
    worked_in,
)

SECOND = edition(changed("title-1", "# Counting, corrected"))
OTHER = "ch02_more"


@pytest.fixture
def first(tmp_path: Path) -> Copy:
    """A folder, and the notebooks of the first edition."""
    package = tmp_path / "first"
    laid_out(package, FIRST)
    other = package / OTHER / f"{OTHER}.ipynb"
    other.parent.mkdir()
    other.write_bytes(notebook(FIRST))
    return Copy(tmp_path / "course", chapters_in(package))


@pytest.fixture
def second(tmp_path: Path, first: Copy) -> Copy:
    """The same folder, and the second edition, in which one chapter is corrected."""
    return Copy(first.folder, {**first.carried, CHAPTER: laid_out(tmp_path / "second", SECOND)})


def answer(copy: Copy) -> bytes:
    """A learner answers; returns the notebook."""

    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["relu"]["source"] = ANSWER

    path = copy.notebook(CHAPTER)
    path.write_bytes(worked_in(path.read_bytes(), work))
    return path.read_bytes()


def test_all_notebooks_are_there_and_the_second_time_nothing_is_written(first: Copy) -> None:
    assert first.lay_out() == []
    for chapter, path in first.carried.items():
        assert first.notebook(chapter).read_bytes() == path.read_bytes()
    mine = answer(first)
    assert first.lay_out() == []
    assert first.notebook(CHAPTER).read_bytes() == mine


def test_a_copy_that_was_broken_off_is_completed(
    first: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file is the one that does not fit on the disk any more."""
    for fits in range(4):
        written: list[Path] = []

        def write(path: Path, content: bytes, fits: int = fits, to: list[Path] = written) -> None:
            if len(to) == fits:
                raise OSError(errno.ENOSPC, "No space left on device", str(path))
            to.append(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

        broken = Copy(first.folder.with_name(f"course{fits}"), first.carried)
        with monkeypatch.context() as patch:
            patch.setattr(copying, "write", write)
            with pytest.raises(OSError, match="No space"):
                broken.lay_out()
        assert broken.lay_out() == []
        assert broken.missing() == []
        assert broken.news() == {}
        for chapter, path in broken.carried.items():
            assert broken.notebook(chapter).read_bytes() == path.read_bytes()


def test_a_chapter_that_was_deleted_stays_away_until_an_update(first: Copy) -> None:
    first.lay_out()
    first.notebook(OTHER).unlink()
    assert first.lay_out() == []
    assert not first.notebook(OTHER).exists()
    assert first.missing() == [OTHER]
    said: list[str] = []
    first.update(said.append)
    assert first.notebook(OTHER).is_file()
    assert said == [f"{OTHER}: put back, as it is handed out"]


def test_news_is_told_and_an_update_keeps_the_answers(first: Copy, second: Copy) -> None:
    first.lay_out()
    mine = answer(first)
    module = first.folder / "my_ann.py"
    module.write_text("def relu(z): ...")
    assert second.lay_out() == []
    assert first.notebook(CHAPTER).read_bytes() == mine, "opening it changes nothing"
    assert second.news() == {CHAPTER: "Counting, corrected"}
    said: list[str] = []
    second.update(said.append)
    found = texts(second.notebook(CHAPTER).read_bytes())
    assert ANSWER in found
    assert "# Counting, corrected" in found
    assert module.read_text() == "def relu(z): ..."
    assert said == [f"{CHAPTER}: brought up to date (Counting, corrected)"]
    kept = first.folder / ".annkit/before-update" / f"{CHAPTER} (before).ipynb"
    assert kept.read_bytes() == mine
    assert second.news() == {}


def test_what_was_there_before_the_first_of_two_updates_is_kept(
    first: Copy, second: Copy, tmp_path: Path
) -> None:
    """The second may be the first again, after a kill: its "before" is no learner's text."""
    first.lay_out()
    mine = answer(first)
    second.update(lambda words: None)
    third = laid_out(tmp_path / "third", edition(changed("title-1", "# Counting again")))
    Copy(first.folder, {**first.carried, CHAPTER: third}).update(lambda words: None)
    kept = [path.read_bytes() for path in (first.folder / ".annkit/before-update").iterdir()]
    assert len(kept) == 2
    assert mine in kept


@pytest.mark.parametrize(
    "content", [b"", b'{"cells": [{"cell_type": "code", "source": "", "metadata": []}]}']
)
def test_where_what_was_handed_out_is_lost_it_says_so_and_what_helps(
    first: Copy, content: bytes
) -> None:
    first.lay_out()
    mine = answer(first)
    twin = first.folder / ".annkit/handed-out" / f"{CHAPTER}.ipynb"
    twin.write_bytes(content)
    said: list[str] = []
    first.update(said.append)
    assert "left as it is, for what was handed out cannot be read; rename it" in said[0]
    assert first.notebook(CHAPTER).read_bytes() == mine
    first.notebook(CHAPTER).rename(first.folder / "mine.ipynb")
    first.update(said.append)
    assert twin.read_bytes() == notebook(FIRST)
    assert first.news() == {}


def test_of_much_news_the_first_is_told_and_how_much_more(first: Copy, tmp_path: Path) -> None:
    first.lay_out()
    new = [Cell(f"more-{number}", "markdown", f"## Part {number}") for number in range(1, 6)]
    third = laid_out(tmp_path / "third", edition(*new))
    news = Copy(first.folder, {**first.carried, CHAPTER: third}).news()
    assert news == {CHAPTER: "Part 1; Part 2; Part 3 and 2 more"}


def test_a_notebook_that_the_learner_broke_is_left_as_it_is(first: Copy, second: Copy) -> None:
    first.lay_out()
    first.notebook(CHAPTER).write_text("not JSON")
    said: list[str] = []
    second.update(said.append)
    assert first.notebook(CHAPTER).read_text() == "not JSON"
    assert "left as it is, for it is not JSON" in said[0]
    first.notebook(CHAPTER).rename(first.folder / "mine.ipynb")
    second.update(said.append)
    assert first.notebook(CHAPTER).read_bytes() == notebook(SECOND)


def test_a_chapter_that_came_from_elsewhere_is_never_touched(first: Copy, second: Copy) -> None:
    place = first.notebook(CHAPTER)
    place.parent.mkdir(parents=True)
    place.write_text("somebody's")
    assert first.lay_out() == [CHAPTER]
    second.update(lambda words: None)
    assert place.read_text() == "somebody's"
    assert first.notebook(OTHER).is_file()


def test_a_folder_with_other_things_is_refused_and_ones_own_work_is_none(first: Copy) -> None:
    first.folder.mkdir()
    for name in ("my_ann.py", "my_ann (before).py", "my_work (1).zip", "taxes.ods"):
        (first.folder / name).touch()
    with pytest.raises(CopyError, match=r"other things \(taxes\.ods\)"):
        first.lay_out()
    assert not first.notebook(CHAPTER).exists()
    (first.folder / "taxes.ods").unlink()
    assert first.lay_out() == []


def test_two_at_once_make_one_copy(first: Copy) -> None:
    threads = [threading.Thread(target=first.lay_out) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert first.missing() == []
    for chapter, path in first.carried.items():
        assert first.notebook(chapter).read_bytes() == path.read_bytes()
    assert not list(first.folder.rglob("*.new"))


def test_the_lock_of_a_copy_that_was_killed_is_told_and_does_not_last(
    first: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = first.folder / ".annkit" / ".copying.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    monkeypatch.setattr(file_swap, "LOCK_SECONDS", 0)
    with pytest.raises(CopyError, match="again in ten seconds"):
        first.lay_out()
    os.utime(lock, (0, 0))
    assert first.lay_out() == []


@pytest.mark.parametrize("content", ["<<<<<<< HEAD", "[]", "{}"])
def test_a_broken_notebook_of_a_clone_is_named(
    tmp_path: Path, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a merge leaves it."""
    laid_out(tmp_path / "notebooks", FIRST).write_text(content)
    monkeypatch.setattr(carried_module, "_PACKAGE", tmp_path / "annkit")
    with pytest.raises(NothingCarriedError, match=f"{CHAPTER}.ipynb is no notebook any more"):
        carried()


def test_this_package_carries_every_chapter() -> None:
    from annkit.exercises import course

    assert list(carried()) == list(course().chapters)

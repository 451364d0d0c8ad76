"""From a download to nbgrader's folders."""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from annkit.grading.intake.collect import Collected, collect
from annkit.grading.intake.download import Download, DownloadError
from annkit.grading.intake.groups import Groups
from annkit.grading.intake.handed_in import HandedIn, decisions, write_list
from annkit.grading.intake.owners import Person, Roster
from annkit.grading.intake.submissions import LATE_MARK, TIMESTAMP
from annkit.grading.rebuild.release import Release
from annkit.grading.spreadsheets import as_text
from tests.grading.conftest import CHAPTER, NOTEBOOK, to_bytes
from tests.grading.intake.test_download import zipped

MOODLE = "{}_{}_assignsubmission_file_/{}"


def collected(tmp_path: Path, release: Release, files: dict[str, bytes], *known: str) -> Collected:
    roster = Roster(map(Person, known))
    with Download(zipped(tmp_path / "all.zip", files)) as download:
        return collect(download, tmp_path / "submitted", [release], roster)


def handed_in(tmp_path: Path, student: str) -> bytes:
    return (tmp_path / "submitted" / student / CHAPTER / f"{CHAPTER}.ipynb").read_bytes()


def test_each_notebook_goes_to_its_student(tmp_path: Path, release: Release) -> None:
    files = {"ada/some name.ipynb": b"A", "ben, jr./x.ipynb": b"B", "cem.ipynb": b"C"}
    done = collected(tmp_path, release, files)
    assert sorted(done.new) == ["ada", "ben, jr.", "cem"]
    assert handed_in(tmp_path, "ada") == b"A"
    assert handed_in(tmp_path, "ben, jr.") == b"B"
    assert done.refused == []


def test_a_second_download_replaces_what_changed(tmp_path: Path, release: Release) -> None:
    collected(tmp_path, release, {"ada.ipynb": b"1", "ben.ipynb": b"1"})
    done = collected(tmp_path, release, {"ada.ipynb": b"2", "ben.ipynb": b"1"})
    assert (done.new, done.replaced, done.same) == ([], ["ada"], ["ben"])
    assert handed_in(tmp_path, "ada") == b"2"


def test_of_several_the_one_with_the_answers_is_taken(
    tmp_path: Path, release: Release, notebook: NOTEBOOK
) -> None:
    right = to_bytes(notebook)
    done = collected(tmp_path, release, {"ada/a.ipynb": right, "ada/z.ipynb": b'{"cells": []}'})
    assert done.new == ["ada"]
    assert handed_in(tmp_path, "ada") == right


def test_what_is_as_it_was_handed_out_is_no_newer_answer(
    tmp_path: Path, release: Release, released: Path, solved: NOTEBOOK
) -> None:
    untouched, answered = released.read_bytes(), to_bytes(solved)
    files = {"ada_1_8_x.ipynb": answered, "ada_1_9_x.ipynb": untouched, "ben_2_7_x.ipynb": b"{}"}
    roster = Roster([Person("ada", lms="1"), Person("ben", lms="2")])
    with Download(zipped(tmp_path / "all.zip", files)) as download:
        done = collect(download, tmp_path / "submitted", [release], roster)
    assert handed_in(tmp_path, "ada") == answered
    why = done.files["ada_1_9_x.ipynb"].why
    assert why == "ada: ada_1_8_x.ipynb counts, which is not as it was handed out"


def test_what_is_as_it_was_handed_out_counts_where_there_is_nothing_else(
    tmp_path: Path, release: Release, released: Path
) -> None:
    files = {"ada/a.ipynb": released.read_bytes(), "ada/b.ipynb": b"{}"}
    assert collected(tmp_path, release, files).new == ["ada"]
    assert handed_in(tmp_path, "ada") == released.read_bytes()


def test_nothing_leaves_the_folder(tmp_path: Path, release: Release) -> None:
    names = ["../evil.ipynb", "../../evil/x.ipynb", "..\\evil.ipynb", "a\nb/x.ipynb"]
    done = collected(tmp_path, release, {**dict.fromkeys(names, b"{}"), "ada.ipynb": b"{}"})
    assert done.new == ["ada"]
    assert len(done.refused) == len(names)
    shutil.rmtree(tmp_path / "submitted")
    assert [path.name for path in tmp_path.rglob("*")] == ["all.zip"]


def test_what_is_no_notebook_is_said(tmp_path: Path, release: Release) -> None:
    """The class's edition is no student's work: whoever clones a repository has it."""
    names = ["ada/essay.pdf", "ada/annkit-edition/NO_SOLUTIONS", "ada/x.ipynb"]
    done = collected(tmp_path, release, dict.fromkeys(names, b"{}"))
    assert [(one.name, one.reason) for one in done.refused] == [("ada/essay.pdf", "no notebook")]


def test_a_folder_around_everything_is_no_student(tmp_path: Path, release: Release) -> None:
    done = collected(tmp_path, release, {"class/ada/x.ipynb": b"1", "class/ben/x.ipynb": b"2"})
    assert sorted(done.new) == ["ada", "ben"]


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"ada.ipynb": b'{"cells": []}', "ben.ipynb": b"?"}, "another assignment"),
        ({"hw_ada.ipynb": b"1", "hw_ben.ipynb": b"2"}, "hw_ada, hw_ben.*--names"),
        ({"ada/essay.pdf": b""}, "essay.pdf: no notebook"),
        ({}, "no file"),
    ],
)
def test_a_download_that_must_be_a_mistake_changes_nothing(
    tmp_path: Path, release: Release, files: dict[str, bytes], reason: str
) -> None:
    with pytest.raises(DownloadError, match=reason):
        collected(tmp_path, release, files, "ada", "ben")
    assert not (tmp_path / "submitted").exists()


def test_a_notebook_without_ids_is_no_mistake(
    tmp_path: Path, release: Release, notebook: NOTEBOOK
) -> None:
    bare = [{**cell, "id": "", "metadata": {}} for cell in notebook["cells"]]
    done = collected(tmp_path, release, {"ada.ipynb": to_bytes({**notebook, "cells": bare})}, "ada")
    assert done.new == ["ada"]


def test_a_stranger_among_the_class_is_taken_when_the_teacher_says_so(
    tmp_path: Path, release: Release
) -> None:
    files = {"ada.ipynb": b"1", "eve.ipynb": b"2"}
    done = collected(tmp_path, release, files, "ada", "ben")
    assert done.new == ["ada"]
    assert [one.why for one in done.waiting] == ["eve is not in the class list"]
    with Download(tmp_path / "all.zip") as download:
        roster, decided = Roster([Person("ada"), Person("ben")]), {"eve.ipynb": "eve"}
        done = collect(download, tmp_path / "submitted", [release], roster, decided=decided)
    assert (done.new, done.waiting) == (["eve"], [])


def test_what_canvas_calls_late_is_marked_until_it_is_not(tmp_path: Path, release: Release) -> None:
    folder = tmp_path / "submitted" / "ada" / CHAPTER
    roster = Roster([Person("ada", "Ada", "Byron", "17")])

    def handed_in_as(name: str, content: bytes) -> None:
        with Download(zipped(tmp_path / "all.zip", {name: content})) as download:
            collect(download, tmp_path / "submitted", [release], roster)

    handed_in_as("byronada_17_901_x.ipynb", b"1")
    (folder / TIMESTAMP).write_text("2026-11-01 08:00:00 UTC")
    assert not (folder / LATE_MARK).exists()
    handed_in_as("byronada_LATE_17_902_x.ipynb", b"2")
    assert (folder / LATE_MARK).exists()
    assert not (folder / TIMESTAMP).exists(), "it was the time of another file"
    handed_in_as("byronada_17_902_x.ipynb", b"2")
    assert not (folder / LATE_MARK).exists()


GROUPS = Groups({"Team 1": ("ada", "ben"), "Team 2": ("cem",)})


@pytest.mark.parametrize(
    ("names", "owners"),
    [
        (["Team 1_57_assignsubmission_file_/x.ipynb"], ["ada"]),
        (["Team 1_57_assignsubmission_file_/x.ipynb", MOODLE.format("Team 3", 9, "x")], ["ada"]),
        (["team1_18_901_x.ipynb", "team2_LATE_19_902_y.ipynb"], ["ada", "cem"]),
        (["team1_19_901_x.ipynb"], []),  # the name of one group, a number of another
        (["ben/x.ipynb", "cem/x.ipynb"], ["ada", "cem"]),
        (["ada/x.ipynb", "ben/y.ipynb"], ["ada"]),
    ],
)
def test_what_one_of_a_group_hands_in_is_the_groups(
    tmp_path: Path, release: Release, notebook: NOTEBOOK, names: list[str], owners: list[str]
) -> None:
    people = [Person("ada", "Ada", "Byron", "17"), Person("ben", "Ben", "Jr", "18")]
    roster = Roster([*people, Person("cem", "Cem", "Ay", "19")], GROUPS.members)
    files = dict.fromkeys(names, to_bytes(notebook))
    with Download(zipped(tmp_path / "all.zip", files)) as download:
        done = collect(download, tmp_path / "submitted", [release], roster, groups=GROUPS)
    assert sorted(done.new) == owners
    words = {one.student: one.why for one in done.files.values() if one.counts}
    assert all(GROUPS.words(student) in why for student, why in words.items())


EARLY, LATE = (2026, 11, 1, 8, 0, 0), (2026, 11, 2, 8, 0, 0)


def dated(path: Path, *files: tuple[str, bytes, tuple[int, ...]]) -> Path:
    """A zip whose files were changed at these times."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, content, moment in files:
            archive.writestr(zipfile.ZipInfo(name, moment), content)  # type: ignore[arg-type]
    return path


@pytest.fixture
def versions(notebook: NOTEBOOK) -> tuple[bytes, bytes]:
    """An early notebook that answers everything, and a later one with a cell less."""
    return to_bytes(notebook), to_bytes({**notebook, "cells": notebook["cells"][:-1]})


@pytest.mark.parametrize(
    ("files", "counting"),
    [
        ((("a.ipynb", 0, LATE), ("b.ipynb", 1, EARLY)), 0),
        ((("a.ipynb", 0, EARLY), ("b.ipynb", 1, LATE)), 1),
        ((("b.ipynb", 0, EARLY), ("a.ipynb", 1, LATE)), 1),
    ],
)
def test_of_two_moodle_files_the_newer_counts_and_it_is_said(
    tmp_path: Path,
    release: Release,
    versions: tuple[bytes, bytes],
    files: Sequence[tuple[str, int, tuple[int, ...]]],
    counting: int,
) -> None:
    here = [(MOODLE.format("Ada Byron", 5, name), versions[at], when) for name, at, when in files]
    with Download(dated(tmp_path / "all.zip", *here)) as download:
        roster = Roster([Person("ada", "Ada", "Byron")])
        done = collect(download, tmp_path / "submitted", [release], roster)
    assert handed_in(tmp_path, "ada") == versions[counting]
    (counts,) = [one for one in done.files.values() if one.counts]
    (left_out,) = done.refused
    assert "2 compete" in counts.why
    assert left_out.reason == f"ada: {counts.file} counts, which is newer"


def test_of_canvas_files_the_later_upload_counts(
    tmp_path: Path, release: Release, versions: tuple[bytes, bytes]
) -> None:
    first, second = versions
    names = ["byronada_17_901_x-1.ipynb", "byronada_17_1002_x.ipynb"]
    with Download(dated(tmp_path / "all.zip", (names[0], first, LATE), (names[1], second, EARLY)))\
            as download:  # fmt: skip
        roster = Roster([Person("ada", "Ada", "Byron", "17")])
        collect(download, tmp_path / "submitted", [release], roster)
    assert handed_in(tmp_path, "ada") == second


def test_two_people_with_one_name_wait_until_the_teacher_says_who_is_who(
    tmp_path: Path, release: Release, versions: tuple[bytes, bytes]
) -> None:
    """On the platform they have numbers of their own; one of them is missing in the class list."""
    names = [MOODLE.format("Ada Byron", number, "x.ipynb") for number in (5, 6)]
    place, roster = tmp_path / "list.csv", Roster([Person("ada", "Ada", "Byron"), Person("ben")])

    def collected_again() -> Collected:
        with Download(tmp_path / "all.zip") as download:
            submitted = tmp_path / "submitted"
            done = collect(download, submitted, [release], roster, decided=decisions(place))
        write_list(place, done.files.values())
        return done

    dated(tmp_path / "all.zip", *((n, v, EARLY) for n, v in zip(names, versions, strict=True)))
    done = collected_again()
    assert not (tmp_path / "submitted").exists()
    assert [one.file for one in done.waiting] == names
    assert all("waits for you: 2 people hand in as ada" in one.reason for one in done.refused)
    # As a spreadsheet of another locale writes it back.
    head, one, other = place.read_text("utf-8-sig").splitlines()
    rows = [head, one.replace(",,", ",ada,"), other.replace(",,", ",ben,")]
    place.write_text("\n".join(row.replace(",", ";") for row in rows), "utf-8-sig")
    for _ in range(2):  # what was said stays said
        assert collected_again().waiting == []
        assert (handed_in(tmp_path, "ada"), handed_in(tmp_path, "ben")) == versions
    for _ in range(2):  # and whatever was downloaded in between
        dated(tmp_path / "all.zip", ("ben.ipynb", versions[0], LATE))
        assert collected_again().new == []
        assert [place.read_text("utf-8-sig").count(name) for name in names] == [1, 1]
    dated(tmp_path / "all.zip", *((n, v, EARLY) for n, v in zip(names, versions, strict=True)))
    assert collected_again().waiting == []
    assert handed_in(tmp_path, "ben") == versions[1]
    assert place.stat().st_mode & 0o077 == 0


def test_a_display_name_that_no_file_system_takes_stops_nobody(
    tmp_path: Path, release: Release
) -> None:
    files = {
        MOODLE.format("\u7dad" * 100, 1, "x.ipynb"): b"1",
        MOODLE.format("Ada Byron", 2, "x.ipynb"): b"2",
    }
    assert len(collected(tmp_path, release, files).new) == 2
    done = collected(tmp_path, release, {"\u7dad" * 100 + "/x.ipynb": b"1", "ada/x.ipynb": b"2"})
    assert done.new == ["ada"]
    assert [one.student for one in done.waiting] == [""]


def test_what_a_file_is_called_is_no_formula_in_the_list(tmp_path: Path) -> None:
    place = tmp_path / "list.csv"
    name = "=cmd|' /C calc'!A0/x;=1.ipynb"
    write_list(place, [HandedIn(name, "ada", True, "so its name says")])
    assert "'=cmd|' /C calc'!A0/x;'=1.ipynb" in place.read_text("utf-8-sig")
    assert decisions(place) == {as_text(name): "ada"}

"""From a download to nbgrader's folders."""

import shutil
from pathlib import Path

import pytest

from annkit.grading.intake.collect import Collected, collect
from annkit.grading.intake.download import Download, DownloadError
from annkit.grading.intake.owners import Person, Roster, rules
from annkit.grading.rebuild.release import Release
from tests.grading.conftest import CHAPTER, NOTEBOOK, to_bytes
from tests.grading.intake.test_download import zipped


def collected(tmp_path: Path, release: Release, files: dict[str, bytes], *known: str) -> Collected:
    roster = Roster(map(Person, known))
    with Download(zipped(tmp_path / "all.zip", files)) as download:
        return collect(download, tmp_path / "submitted", [release], rules(None), roster)


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


def test_nothing_leaves_the_folder(tmp_path: Path, release: Release) -> None:
    names = ["../evil.ipynb", "../../evil/x.ipynb", "..\\evil.ipynb", "a\nb/x.ipynb"]
    done = collected(tmp_path, release, {**dict.fromkeys(names, b"{}"), "ada.ipynb": b"{}"})
    assert done.new == ["ada"]
    assert len(done.refused) == len(names)
    shutil.rmtree(tmp_path / "submitted")
    assert [path.name for path in tmp_path.rglob("*")] == ["all.zip"]


def test_what_is_no_notebook_is_said(tmp_path: Path, release: Release) -> None:
    done = collected(tmp_path, release, {"ada/essay.pdf": b"", "ada/x.ipynb": b"{}"})
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


def test_a_stranger_among_the_class_is_taken(tmp_path: Path, release: Release) -> None:
    done = collected(tmp_path, release, {"ada.ipynb": b"1", "eve.ipynb": b"2"}, "ada", "ben")
    assert sorted(done.new) == ["ada", "eve"]

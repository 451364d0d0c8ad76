"""All of a learner's work in one file: packed in one place, brought in at another, nothing lost."""

import importlib
import json
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from ipywidgets.widgets.widget import _instances

from annkit import export_work, import_work
from annkit.exercises import own_work
from annkit.exercises.record.progress_log import log_path, read_record, remember
from annkit.source.cell_texts import texts_digest
from tests.exercises.cells import Cells

CHAPTER = "ch01_counting"
# What a cell has shown: more than is packed.
SHOWN = "".join(map(str, range(2_000)))
MINE = "def scaled(x, factor=2.0):\n    return x * factor\n"


class Place:
    """A computer, or a browser: folders of its own for the course and the record."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.home, self._state, self._patch = folder / "course", folder / "state", patch
        self.write_notebook("# the stub")

    def enter(self) -> "Place":
        """Sit down there."""
        self._patch.setenv("ANNKIT_HOME", str(self.home))
        self._patch.setenv("ANNKIT_STATE", str(self._state))
        self._patch.chdir(self.home)
        return self

    @property
    def notebook(self) -> Path:
        """The chapter's."""
        return self.home / CHAPTER / f"{CHAPTER}.ipynb"

    def write_notebook(self, answer: str, stub: str = "# the stub") -> None:
        """The chapter's notebook, built with a stub, in which somebody has typed an answer."""
        built: dict[str, Any] = {"cells": [code(stub)], "metadata": {}}
        built["metadata"] |= {"annkit": {"sha256": texts_digest(built)}, "widgets": {"x": SHOWN}}
        self.notebook.parent.mkdir(parents=True, exist_ok=True)
        self.notebook.write_text(json.dumps({**built, "cells": [code(answer)]}))

    def answer(self) -> str:
        """What stands in the notebook."""
        return str(json.loads(self.notebook.read_bytes())["cells"][0]["source"])

    def files(self) -> set[str]:
        """Names of the files below the course's folder."""
        return {path.name for path in self.home.rglob("*") if path.is_file()}


def code(source: str) -> dict[str, Any]:
    output = {"output_type": "stream", "name": "stdout", "text": SHOWN}
    return {"cell_type": "code", "source": source, "outputs": [output], "execution_count": 7}


@pytest.fixture
def browser(small_course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where the learner began, with an answer, a record and a module."""
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    place = Place(tmp_path / "browser", monkeypatch).enter()
    place.write_notebook(MINE)
    (place.home / "my_ann.py").write_text(MINE)
    remember("check", "scaled", passed=True)
    return place


@pytest.fixture
def computer(browser: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Where the learner goes on: an untouched copy of the course."""
    return Place(tmp_path / "computer", monkeypatch)


def packed(place: Place) -> Path:
    """Pack the work of a place."""
    place.enter()
    export_work()
    return place.home / "my_work.zip"


def ids() -> list[str]:
    return [str(event["id"]) for event in read_record().events]


def test_work_goes_to_a_computer_and_back(
    browser: Place, computer: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packed(browser)
    said = capsys.readouterr().out
    assert "your progress, `my_ann.py` and 1 notebook with your answers" in " ".join(said.split())
    assert file.stat().st_size < 2_000  # without what cells have shown

    computer.enter()
    import_work(file)
    assert computer.answer() == MINE
    assert (computer.home / "my_ann.py").read_text() == MINE
    assert ids() == ["scaled"]
    assert not [name for name in computer.files() if "before" in name]  # the stub was nobody's
    assert "different editions" not in capsys.readouterr().out

    remember("check", "tally", passed=True)
    computer.write_notebook(f"{MINE}# better")
    file = packed(computer)
    browser.enter()
    import_work(file)
    assert ids() == ["scaled", "tally"]
    assert browser.answer().endswith("# better")
    kept = browser.notebook.with_name(f"{CHAPTER} (before).ipynb")
    assert json.loads(kept.read_bytes())["cells"][0]["source"] == MINE
    assert "Your progress, joined" in capsys.readouterr().out


def test_twice_is_as_good_as_once(
    browser: Place, computer: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packed(browser)
    computer.enter()
    import_work(file)
    there = {path: path.read_bytes() for path in computer.home.rglob("*") if path.is_file()}
    import_work(file)
    assert "All that is in my_work.zip was here already" in capsys.readouterr().out
    assert {path: path.read_bytes() for path in computer.home.rglob("*") if path.is_file()} == there
    assert ids() == ["scaled"]


def test_what_was_there_is_kept_beside(browser: Place, computer: Place) -> None:
    file = packed(browser)
    computer.enter()
    for text in ("mine = 1\n", "mine = 2\n"):
        (computer.home / "my_ann.py").write_text(text)
        import_work(file)
    assert (computer.home / "my_ann.py").read_text() == MINE
    assert (computer.home / "my_ann (before).py").read_text() == "mine = 1\n"
    assert (computer.home / "my_ann (before 2).py").read_text() == "mine = 2\n"


def test_a_module_that_lies_elsewhere_is_replaced_there_and_imported_anew(
    browser: Place, computer: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `check` does; and where a folder's time does not tell that it has changed."""
    file = packed(browser)
    computer.enter()
    elsewhere, link = tmp_path / "cloud" / "my_ann.py", computer.home / "my_ann.py"
    elsewhere.parent.mkdir()
    link.symlink_to(elsewhere)
    monkeypatch.syspath_prepend(elsewhere.parent)
    before = elsewhere.parent.stat()
    sys.modules.pop("my_ann", None)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("my_ann")
    import_work(file)
    assert link.is_symlink()
    assert elsewhere.read_text() == MINE
    os.utime(elsewhere.parent, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert importlib.import_module("my_ann").scaled(3) == 6
    sys.modules.pop("my_ann")


def test_the_notebook_that_is_open_is_not_written_over(
    browser: Place, computer: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(browser)
    computer.enter()
    monkeypatch.chdir(computer.notebook.parent)
    import_work(file)
    assert computer.answer() == "# the stub"
    assert f"{CHAPTER} (brought in).ipynb" in computer.files()


@pytest.mark.parametrize("is_open", [True, False])
def test_a_notebook_of_another_edition_is_told_and_hides_none_of_this_one(
    browser: Place,
    computer: Place,
    is_open: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Nobody has typed in the one that is here, and yet it is the one whose tasks are checked."""
    file = packed(browser)
    computer.write_notebook("# this year's stub", stub="# this year's stub")
    computer.enter()
    if is_open:
        monkeypatch.chdir(computer.notebook.parent)
    import_work(file)
    assert "The two are of different editions" in " ".join(capsys.readouterr().out.split())
    texts = {
        json.loads(path.read_bytes())["cells"][0]["source"]
        for path in computer.notebook.parent.glob("*.ipynb")
    }
    assert texts == {MINE, "# this year's stub"}


def test_what_is_done_in_a_notebook_that_was_brought_in_is_packed_again(
    browser: Place, computer: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a borrowed server the next day: the import runs in the chapter, work goes on beside."""
    file = packed(browser)
    computer.enter()
    monkeypatch.chdir(computer.notebook.parent)
    import_work(file)
    beside = computer.notebook.with_name(f"{CHAPTER} (brought in).ipynb")
    beside.write_text(beside.read_text().replace("x * factor", "factor * x"))
    file = packed(computer)
    third = Place(tmp_path / "third", monkeypatch).enter()
    import_work(file)
    arrived = (third.home / CHAPTER / beside.name).read_text()
    assert "factor * x" in arrived
    import_work(file)
    assert third.files() == {"my_ann.py", beside.name, f"{CHAPTER}.ipynb"}


def test_records_are_joined_in_the_order_of_time(browser: Place, computer: Place) -> None:
    file = packed(browser)
    computer.enter()
    log_path().parent.mkdir(parents=True, exist_ok=True)
    early, late = '{"event": "hint", "id": "early", "time": "2020"}', '{"torn'
    log_path().write_text(f"{early}\n{late}\n")
    import_work(file)
    assert ids() == ["early", "scaled"]
    assert read_record().damaged == 1


@pytest.mark.parametrize("content", [b"no zip", None], ids=["garbage", "another zip"])
def test_a_file_that_is_not_ours_changes_nothing(
    browser: Place, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "strange.zip"
    if content is None:
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("../my_ann.py", "import os")
            archive.writestr(f"../{CHAPTER}/{CHAPTER}.ipynb", "{}")
            archive.writestr("../...ipynb", "{}")
            archive.writestr("ch99_more/ch99_more.ipynb", "{}")
    else:
        file.write_bytes(content)
    before = browser.files()
    import_work(file)
    assert "could not be brought in" in capsys.readouterr().out
    assert browser.files() == before
    assert (browser.home / "my_ann.py").read_text() == MINE
    import_work(tmp_path / "missing.zip")
    assert "There is no missing.zip here" in capsys.readouterr().out


def test_a_file_larger_than_any_work_is_refused(
    browser: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = packed(browser)
    monkeypatch.setattr(own_work, "LARGEST", 100)
    import_work(file)
    assert "larger than a learner's work can be" in capsys.readouterr().out


NAME = f"{CHAPTER}/{CHAPTER}.ipynb"
RECORD = b'{"event": "check", "id": "came", "time": "2020"}\n'


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    """A packed file that somebody else has made."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def everything(place: Place) -> dict[str, bytes]:
    """All files of a place, the record too."""
    paths = (path for path in place.home.parent.rglob("*") if path.is_file())
    return {str(path): path.read_bytes() for path in paths}


@pytest.mark.parametrize(
    "damaged",
    [
        {NAME: b"{half"},
        {NAME: b"{}"},
        {NAME: b"[1]"},
        {NAME: b"[" * 100_000},
        {"my_ann.py": b"# \xe9"},
    ],
    ids=["half", "no cells", "a list", "deep", "no text"],
)
def test_where_one_file_is_damaged_none_is_brought_in(
    computer: Place, damaged: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {"progress.jsonl": RECORD, "my_ann.py": b"came = 1\n", **damaged}
    file = zipped(tmp_path / "damaged.zip", files)
    computer.enter()
    (computer.home / "my_ann.py").write_text("here = 1\n")
    before = everything(computer)
    import_work(file)
    assert everything(computer) == before
    assert f"{next(iter(damaged))} in it is damaged" in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("place", "byte"),
    [(8, 1), (10, 99), (24, 0)],
    ids=["a password", "an unknown method", "a size that is too small"],
)
def test_a_packed_file_that_cannot_be_unpacked_is_refused_in_words(
    computer: Place, place: int, byte: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes of its list of contents, and of the file's own head, are changed."""
    file = zipped(tmp_path / "strange.zip", {"my_ann.py": b"came = 1\n" * 200_000})
    content = bytearray(file.read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + place] = byte
    if place < 24:
        content[place - 2] = byte
    file.write_bytes(content)
    computer.enter()
    before = everything(computer)
    import_work(file)
    assert "it is damaged, or not a file that" in " ".join(capsys.readouterr().out.split())
    assert everything(computer) == before


def test_work_that_waits_to_be_brought_in_is_not_packed_over(
    browser: Place, computer: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    content = packed(browser).read_bytes()
    computer.enter()
    remember("check", "tally", passed=True)
    (computer.home / "my_work.zip").write_bytes(content)
    export_work()
    assert (computer.home / "my_work (before).zip").read_bytes() == content
    assert "holds progress that is not here yet" in " ".join(capsys.readouterr().out.split())
    remember("check", "scaled", passed=True)
    export_work()
    assert "my_work (before 2).zip" not in computer.files(), "what is here was packed here"


def test_it_says_which_notebook_is_missing_in_the_packed_file(
    browser: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    browser.notebook.write_text("{half")
    packed(browser)
    said = " ".join(capsys.readouterr().out.split())
    assert f"Not in it, for it cannot be read: `{CHAPTER}.ipynb`" in said.replace("**", "")


def test_it_says_when_a_packed_file_is_too_large_to_be_brought_in(
    browser: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(own_work, "LARGEST", 100)
    packed(browser)
    assert "too large to be brought in" in " ".join(capsys.readouterr().out.split())


def test_an_open_notebook_is_known_through_a_linked_folder(
    browser: Place, computer: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = packed(browser)
    computer.enter()
    (tmp_path / "link").symlink_to(computer.home)
    monkeypatch.setenv("ANNKIT_HOME", str(tmp_path / "link"))
    monkeypatch.chdir(computer.notebook.parent)
    import_work(file)
    assert computer.answer() == "# the stub"


def test_a_notebook_offers_the_file_to_download(notebook: Cells, home: Path) -> None:
    assert "no work here yet" in str(notebook.run("from annkit import export_work\nexport_work()"))
    remember("check", "scaled", passed=True)
    card, widget, twin = notebook.run("export_work()").outputs
    assert "Your work is in my_work.zip" in card["data"]["text/plain"]
    view = widget["data"]["application/vnd.jupyter.widget-view+json"]["model_id"]
    button = _instances[view]
    assert button.content == (home / "my_work.zip").read_bytes()
    assert "is gone" in twin["data"]["text/plain"]

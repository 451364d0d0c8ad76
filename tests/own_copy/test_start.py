"""`annkit start`, as it is typed: what it says, and what it opens."""

import importlib.util
import io
import sys
from pathlib import Path

import pytest

from annkit.cli import main
from annkit.distribution import version
from annkit.own_copy import start as module
from annkit.own_copy.carried import chapters_in
from tests.own_copy.editions import CHAPTER, FIRST, changed, edition, laid_out

SECOND = edition(changed("title-1", "# Counting, corrected"))


@pytest.fixture(autouse=True)
def edition_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the package's notebooks are; the learner stands in an empty folder."""
    package = tmp_path / "package"
    laid_out(package, FIRST)
    monkeypatch.setattr(module, "carried", lambda: chapters_in(package))
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    return package


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands that would have opened JupyterLab."""
    commands: list[list[str]] = []

    def keep(command: list[str]) -> int:
        commands.append(command)
        return 0

    monkeypatch.setattr(module, "_wait_for", keep)
    return commands


def test_it_copies_then_opens_and_later_only_opens(opened: list[list[str]]) -> None:
    assert main(["start"]) == 0
    notebook = Path("annkit-course", CHAPTER, f"{CHAPTER}.ipynb")
    notebook.write_text("mine")
    assert main(["start", "annkit-course", "--no-browser"]) == 0
    assert notebook.read_text() == "mine"
    first, second = opened
    assert f"--ServerApp.root_dir={Path('annkit-course').resolve()}" in first
    assert f"--LabApp.default_url=/lab/tree/{CHAPTER}/{CHAPTER}.ipynb" in first
    assert "--no-browser" in second
    assert "--no-browser" not in first


def test_a_newer_edition_is_told_and_offered_beside_or_as_an_update(
    edition_installed: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["start", "my course", "--copy-only"]) == 0
    laid_out(edition_installed, SECOND)
    capsys.readouterr()
    assert main(["start", "my course", "--copy-only"]) == 0
    told = capsys.readouterr().out
    assert f"{CHAPTER}: Counting, corrected" in told
    assert '`annkit start "my course" --update`' in told
    beside = f"my course-{version()}"
    assert f'`annkit start "{beside}"`' in told
    assert main(["start", beside, "--copy-only"]) == 0
    monkeypatch.chdir("my course")
    assert main(["start", "--update", "--copy-only"]) == 0, "in a copy it is this copy"
    name = Path(CHAPTER, f"{CHAPTER}.ipynb")
    assert "# Counting, corrected" in name.read_text(encoding="utf-8")
    assert main(["start", "--update", "--copy-only"]) == 0
    assert "Nothing is new." in capsys.readouterr().out


def test_in_a_chapter_of_a_copy_it_is_that_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["start", "--copy-only"]) == 0
    monkeypatch.chdir(Path("annkit-course", CHAPTER))
    assert main(["start", "--copy-only"]) == 0
    assert not Path("annkit-course").exists(), "no copy inside the copy"


def test_a_terminal_that_knows_few_letters_hears_it_all_the_same(
    edition_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["start", "--copy-only"]) == 0
    laid_out(edition_installed, edition(changed("title-1", "# Zählen · 2")))
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert main(["start", "--copy-only"]) == 0
    assert main(["start", "--update", "--copy-only"]) == 0
    said = terminal.buffer.getvalue().decode()
    assert f"{CHAPTER}: brought up to date (Z?hlen ? 2)" in said
    assert "before-update" in said


def test_without_jupyterlab_it_says_what_brings_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["start"]) == 1
    assert "-m pip install jupyterlab" in capsys.readouterr().err
    assert Path("annkit-course", CHAPTER).is_dir(), "the copy is there all the same"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["taken"], "Not a directory"),
        (["full"], "holds other things"),
        (["new", "--update"], "is no copy of the course"),
    ],
)
def test_what_cannot_be_is_said_in_words(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("taken").touch()
    Path("full").mkdir()
    Path("full", "letter.txt").touch()
    assert main(["start", *words, "--copy-only"]) == 1
    assert said in capsys.readouterr().err
    assert not Path("new").exists()

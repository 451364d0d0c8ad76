"""Where annkit is missing, as on Colab, a notebook's first cell says what to do, in one line."""

import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from annkit.address import Repository
from annkit.exercises import course
from annkit.publish.cells import contents_cell

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"


def first_cell(chapter: str) -> str:
    """The code that is run first."""
    cells = json.loads((NOTEBOOKS / chapter / f"{chapter}.ipynb").read_bytes())["cells"]
    return "".join(next(cell["source"] for cell in cells if cell["cell_type"] == "code"))


@pytest.fixture(params=["missing", "another project's"])
def without(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interpreter in which there is no annkit, or one that is something else."""
    other = None if request.param == "missing" else ModuleType("annkit")
    monkeypatch.setitem(sys.modules, "annkit", other)


@pytest.mark.usefixtures("without")
def test_the_first_cell_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    for chapter in course().chapters:
        exec(first_cell(chapter), {})
        (line,) = capsys.readouterr().out.splitlines()
        assert line.startswith("annkit is missing here: ")


@pytest.mark.usefixtures("without")
def test_with_an_address_it_says_what_to_install(capsys: pytest.CaptureFixture[str]) -> None:
    place = Repository("https://git.example.org/team/course")
    exec(contents_cell("ch03_activations", place).source, {})
    assert capsys.readouterr().out == (
        "annkit is missing here: run %pip install git+https://git.example.org/team/course in a new "
        "cell, then this one again.\n"
    )


def test_where_annkit_is_the_contents_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown: list[str] = []
    monkeypatch.setattr("annkit.contents", shown.append, raising=False)
    exec(first_cell("ch03_activations"), {})
    assert shown == ["ch03_activations"]
    assert capsys.readouterr().out == ""

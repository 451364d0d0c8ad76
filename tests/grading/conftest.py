"""Notebooks of a small course, handed in in all sorts of ways."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from annkit.exercises import Catalogue, course
from annkit.grading import classroom as classrooms
from annkit.grading.marking.official_judge import Judge
from annkit.grading.marking.score import object_names
from annkit.grading.rebuild.notebook import LooseCell, parse_cells
from annkit.grading.rebuild.rebuild import Rebuilt, rebuild
from annkit.grading.rebuild.release import Release, read_release
from annkit.grading.sandbox.tiers import Tier, why_not
from annkit.publish import release as release_notebooks
from tests.grading.classes import nbgrader
from tests.grading.handed_on import HandedOn
from tests.grading.term import classroom, grade, room
from tests.publish.conftest import SMALL_COURSE

__all__ = ["classroom", "grade", "room"]

CHAPTER = "ch01_counting"
TIERS = [tier for tier in Tier if not why_not(tier)]
NOTEBOOK = dict[str, Any]
Hand = Callable[[NOTEBOOK], Rebuilt]
ANSWERS = {
    "scaled": "def scaled(x, factor=2.0):\n    return np.asarray(x, dtype=float) * factor\n",
    "tally": (
        "class Tally:\n"
        "    def __init__(self):\n        self.seen = []\n"
        "    def add(self, n=1):\n        self.seen.append(n)\n"
        "    @property\n    def total(self):\n        return max(sum(self.seen), 0)\n"
    ),
    "unit_question": 'unit_question = "b"\nquiz("unit_question", unit_question)',
    "explain_scaling": "The mean doubles, the variance is multiplied by four.",
}


@pytest.fixture(scope="session", autouse=True)
def stock_commands_are_forks() -> Iterator[None]:
    """A classroom made in this process is made by forks; `annkit classroom` does it as ever."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(classrooms, "_nbgrader", nbgrader)
        yield


@pytest.fixture(scope="session")
def handed_on() -> Iterator[HandedOn]:
    """Warm parents of sandboxes that are closed."""
    kept = HandedOn()
    yield kept
    kept.close()


@pytest.fixture(scope="module", autouse=True)
def parents_are_handed_on(request: pytest.FixtureRequest, handed_on: HandedOn) -> Iterator[None]:
    """A sandbox starts with a parent that another one has left, but where sandboxes are tested."""
    if {"hostile", "sandbox"}.isdisjoint(request.path.parts):
        with handed_on.in_use():
            yield
    else:
        yield


@pytest.fixture(scope="module", params=TIERS, ids=lambda tier: tier.value)
def official(request: pytest.FixtureRequest) -> Iterator[Judge]:
    """A judge in every tier this machine has."""
    made = Judge(course(), request.param)
    yield made
    made.close()


@pytest.fixture
def tokyo(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine nine hours ahead of UTC."""
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "JST-9")
        time.tzset()
        yield
    time.tzset()


@pytest.fixture(scope="session")
def small_course() -> Catalogue:
    """The small course."""
    return Catalogue(SMALL_COURSE)


@pytest.fixture(scope="session")
def released(small_course: Catalogue, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the small course's release."""
    (name, content), *_ = release_notebooks(small_course).items()
    path = tmp_path_factory.mktemp("release") / name
    path.parent.mkdir()
    path.write_bytes(content)
    return path


@pytest.fixture(scope="session")
def release(released: Path) -> Release:
    """The same, read."""
    return read_release(released, CHAPTER)


@pytest.fixture(scope="session")
def names(small_course: Catalogue, release: Release) -> dict[str, str]:
    """Exercise id → name of the object."""
    return object_names(small_course, release.ids)


@pytest.fixture
def notebook(released: Path) -> NOTEBOOK:
    """The released notebook as JSON, to work in."""
    data: NOTEBOOK = json.loads(released.read_bytes())
    for cell in data["cells"]:
        cell["source"] = "".join(cell["source"])
    return data


@pytest.fixture
def solved(notebook: NOTEBOOK) -> NOTEBOOK:
    """The same with every answer filled in, by somebody who never saw the references."""
    for id, text in ANSWERS.items():
        cell_of(notebook, id)["source"] = text
    return notebook


@pytest.fixture
def loose() -> Callable[[NOTEBOOK], list[LooseCell]]:
    """A notebook's cells as the grader reads them."""
    return lambda notebook: parse_cells(to_bytes(notebook))


@pytest.fixture
def hand(
    release: Release, names: dict[str, str], loose: Callable[[NOTEBOOK], list[LooseCell]]
) -> Hand:
    """Rebuild a notebook."""
    return lambda notebook: rebuild(release.cells, loose(notebook), names)


@pytest.fixture
def answered(hand: Hand, notebook: NOTEBOOK) -> Callable[..., Rebuilt]:
    """A submission with an answer to `scaled`, after cells of the learner's own."""

    def submission(answer: str, *own: str) -> Rebuilt:
        cell_of(notebook, "scaled")["source"] = answer
        notebook["cells"][:0] = [
            {"cell_type": "code", "id": f"own{place}", "metadata": {}, "source": source}
            for place, source in enumerate(own)
        ]
        return hand(notebook)

    return submission


def cell_of(notebook: NOTEBOOK, id: str) -> dict[str, Any]:
    """The cell with an id."""
    cell: dict[str, Any] = next(cell for cell in notebook["cells"] if cell["id"] == id)
    return cell


def to_bytes(notebook: NOTEBOOK) -> bytes:
    """The file."""
    return json.dumps(notebook).encode()

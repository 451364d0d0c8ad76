"""A correction arrives, and nothing of the learner's is lost."""

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from annkit.grading.rebuild.notebook import UnreadableNotebook
from annkit.own_copy.corrected import corrected, differences
from annkit.publish.cells import Cell
from tests.own_copy.editions import (
    ANSWER,
    FIRST,
    STUB,
    Raw,
    changed,
    edition,
    notebook,
    own,
    release,
    texts,
    worked_in,
)

NEW_TASK = "### The rectifier\n\nWrite it, for arrays."
SECOND = edition(
    changed("title-1", "# Counting, corrected"),
    changed("relu_task", NEW_TASK),
    changed("relu", STUB.replace("z", "x")),
    Cell("more-1", "markdown", "## More"),
    without="gone-1",
)
Work = Callable[[dict[str, Raw], list[Raw]], None]


@pytest.fixture
def update(tmp_path: Path) -> Callable[..., bytes]:
    """What the second edition makes of a learner's work in the first."""

    def made(work: Work, cells: tuple[Cell, ...] = SECOND) -> bytes:
        mine = worked_in(notebook(FIRST), work)
        content = corrected(
            mine, release(tmp_path / "before", FIRST), release(tmp_path / "now", cells)
        )
        nbformat.validate(nbformat.reads(content.decode(), as_version=4))
        return content

    return made


def nothing(by_id: dict[str, Raw], cells: list[Raw]) -> None:
    """A learner who has not begun."""


def everything(by_id: dict[str, Raw], cells: list[Raw]) -> None:
    """A learner who answers, notes, and adds."""
    by_id["relu"]["source"] = ANSWER
    by_id["relu"]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "seen"}]
    by_id["pick"]["source"] = 'pick = "b"'
    by_id["why"]["source"] = "Because."
    by_id["imports-1"]["execution_count"] = 3
    cells.insert(0, own("a", "first = 1"))
    place = cells.index(by_id["gone-1"])
    cells.insert(place + 1, own("b", "after what goes", "markdown"))
    cells.append(own("c", "last = relu(1)"))


def test_an_untouched_notebook_becomes_the_new_one(update: Callable[..., bytes]) -> None:
    assert texts(update(nothing)) == [cell.source for cell in SECOND]


def test_answers_and_own_cells_stay_and_corrections_arrive(update: Callable[..., bytes]) -> None:
    content = update(everything)
    assert texts(content) == [
        "first = 1",
        "# Counting, corrected",
        "import numpy",
        "steps = 10\nprint(steps)",
        "after what goes",
        NEW_TASK,
        ANSWER,
        'check("relu", relu)',
        'pick = "b"',
        "Because.",
        "last = relu(1)",
        "## More",
    ]
    cells = {cell["id"]: cell for cell in json.loads(content)["cells"]}
    assert cells["relu"]["outputs"][0]["text"] == "seen"
    assert cells["relu"]["metadata"]["annkit"] == {"answers": "relu"}
    assert cells["imports-1"]["execution_count"] == 3


def test_a_demonstration_that_only_the_learner_changed_is_theirs(
    update: Callable[..., bytes],
) -> None:
    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["steps-1"]["source"] = "steps = 99"

    found = texts(update(work))
    assert "steps = 99" in found
    assert "steps = 10\nprint(steps)" not in found


def test_where_both_changed_it_the_learners_stands_below(update: Callable[..., bytes]) -> None:
    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["steps-1"]["source"] = "steps = 99"

    cells = edition(changed("steps-1", "steps = 20"))
    found = texts(update(work, cells))
    place = found.index("steps = 20")
    assert found[place + 1] == "steps = 99"
    assert len(found) == len(FIRST) + 1


def test_what_the_learner_deleted_stays_deleted_and_a_split_answer_stays_split(
    update: Callable[..., bytes],
) -> None:
    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        cells.remove(by_id["steps-1"])
        by_id["relu"]["source"] = "zero = 0"
        half = {**by_id["relu"], "id": "half", "source": "def relu(z): return max(z, zero)"}
        cells.insert(cells.index(by_id["relu"]) + 1, half)

    found = texts(update(work))
    assert "steps = 10\nprint(steps)" not in found
    place = found.index("zero = 0")
    assert found[place + 1] == "def relu(z): return max(z, zero)"


def test_an_answer_stays_when_its_exercise_goes_and_is_one_again_when_it_comes_back(
    update: Callable[..., bytes], tmp_path: Path
) -> None:
    without = tuple(cell for cell in FIRST if cell.answers != "relu")
    content = update(everything, without)
    found = texts(content)
    assert found[found.index("after what goes") :] == [
        "after what goes",
        FIRST[4].source,
        ANSWER,
        'check("relu", relu)',
        'pick = "b"',
        "Because.",
        "last = relu(1)",
    ]
    assert STUB not in texts(update(nothing, without)), "a stub is nobody's work"
    back = corrected(
        content, release(tmp_path / "before", without), release(tmp_path / "now", FIRST)
    )
    assert texts(back) == found


def test_what_is_typed_into_a_check_cell_stands_below_it(update: Callable[..., bytes]) -> None:
    """As when the answer and the check are merged into one cell."""

    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["relu_check"]["source"] = f"{ANSWER}\ncheck('relu', relu)"
        cells.remove(by_id["relu"])

    content = update(work)
    found = texts(content)
    place = found.index('check("relu", relu)')
    assert found[place + 1] == f"{ANSWER}\ncheck('relu', relu)"
    assert "nbgrader" not in json.loads(content)["cells"][place + 1]["metadata"]


def test_what_is_typed_into_a_check_cell_stays_when_that_goes(
    update: Callable[..., bytes],
) -> None:
    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["relu_check"]["source"] += "\nprint(relu(-1))"

    found = texts(update(work, edition(without="relu_check")))
    assert found[found.index(STUB) + 1] == 'check("relu", relu)\nprint(relu(-1))'


def test_other_ends_of_lines_are_no_work(update: Callable[..., bytes]) -> None:
    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        for cell in cells:
            cell["source"] = cell["source"].replace("\n", "\r\n")

    cells = edition(changed("steps-1", "steps = 20"), changed("relu", STUB.replace("z", "x")))
    found = [text.replace("\r\n", "\n") for text in texts(update(work, cells))]
    assert found == [cell.source for cell in cells]


def test_a_new_exercise_that_was_answered_after_a_killed_update_stands_once(
    update: Callable[..., bytes], tmp_path: Path
) -> None:
    new = edition(Cell("sq", "code", STUB, ANSWER, answers="sq", solution=True))

    def work(by_id: dict[str, Raw], cells: list[Raw]) -> None:
        by_id["sq"]["source"] = "def sq(z): return z * z"

    mine = worked_in(update(everything, new), work)
    again = corrected(mine, release(tmp_path / "before", FIRST), release(tmp_path / "now", new))
    assert texts(again) == texts(mine)


def test_a_second_time_nothing_changes_even_if_the_first_was_killed_half_way(
    update: Callable[..., bytes], tmp_path: Path
) -> None:
    before, now = release(tmp_path / "before", FIRST), release(tmp_path / "now", SECOND)
    once = update(everything)
    assert corrected(once, now, now) == once
    assert corrected(once, before, now) == once


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b'{"cells": 1}', b"\xff\xfe", b'{"cells": [{"id": "x"}]}']
)
def test_what_is_no_notebook_is_not_touched(content: bytes, tmp_path: Path) -> None:
    now = release(tmp_path, FIRST)
    with pytest.raises(UnreadableNotebook):
        corrected(content, now, now)


def renamed(by_id: dict[str, Raw], cells: list[Raw]) -> None:
    """A program writes names of its own."""
    for place, cell in enumerate(cells):
        cell["id"], cell["metadata"] = f"cell{place}", {}


def nameless(by_id: dict[str, Raw], cells: list[Raw]) -> None:
    """A program writes none; those of exercises stand in the metadata still."""
    for cell in cells:
        del cell["id"]


@pytest.mark.parametrize("work", [renamed, nameless])
def test_a_notebook_whose_cells_lost_their_names_is_not_touched(
    update: Callable[..., bytes], work: Work
) -> None:
    with pytest.raises(UnreadableNotebook, match="lost the names"):
        update(work)


def test_what_is_new_is_told_by_its_headings(tmp_path: Path) -> None:
    before, now = release(tmp_path / "before", FIRST), release(tmp_path / "now", SECOND)
    assert differences(before, now) == [
        "Counting, corrected",
        "The rectifier",
        "More",
        "something was taken out",
    ]
    assert differences(now, now) == []

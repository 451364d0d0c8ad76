"""Answers are found by id, whatever happened to the notebook around them."""

from collections.abc import Callable

import pytest

from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.own_cells import own_cells
from annkit.grading.rebuild.rebuild import rebuild
from annkit.grading.rebuild.release import Release, ReleaseCell
from tests.grading.conftest import ANSWERS, NOTEBOOK, Hand, cell_of


def test_an_untouched_notebook_has_no_answers_and_needs_no_repair(
    notebook: NOTEBOOK, hand: Hand
) -> None:
    rebuilt = hand(notebook)
    assert rebuilt.answers == {}
    assert rebuilt.repairs == ()
    assert not rebuilt.altered


def test_answers_are_taken_as_they_are(solved: NOTEBOOK, hand: Hand) -> None:
    rebuilt = hand(solved)
    assert dict(rebuilt.answers) == ANSWERS
    assert rebuilt.repairs == ()


def test_order_does_not_matter(solved: NOTEBOOK, hand: Hand) -> None:
    solved["cells"].reverse()
    assert dict(hand(solved).answers) == ANSWERS


def test_a_split_cell_is_joined(solved: NOTEBOOK, hand: Hand) -> None:
    cell = cell_of(solved, "tally")
    place = solved["cells"].index(cell)
    first, second = cell["source"].split("    def add", 1)
    second_half = {**cell, "id": "split", "source": "    def add" + second}
    cell["source"] = first
    solved["cells"].insert(place + 1, second_half)
    rebuilt = hand(solved)
    assert rebuilt.answers["tally"].split() == ANSWERS["tally"].split()
    assert "2 cells carry its id" in rebuilt.repairs[0]
    assert not rebuilt.altered


def test_a_merged_cell_brings_its_neighbour_along(solved: NOTEBOOK, hand: Hand) -> None:
    cell = cell_of(solved, "scaled")
    cell["source"] = "helper = 1\n" + cell["source"]
    assert hand(solved).answers["scaled"].startswith("helper = 1\n")


@pytest.mark.parametrize("kind", ["markdown", "raw"])
def test_a_retyped_answer_is_still_code(solved: NOTEBOOK, hand: Hand, kind: str) -> None:
    cell_of(solved, "scaled")["cell_type"] = kind
    rebuilt = hand(solved)
    assert rebuilt.answers["scaled"] == ANSWERS["scaled"]
    assert ("scaled", ANSWERS["scaled"]) in rebuilt.cells
    assert rebuilt.repairs == (f"scaled: the answer was in a {kind} cell",)


def test_a_deleted_answer_costs_that_answer_only(solved: NOTEBOOK, hand: Hand) -> None:
    solved["cells"].remove(cell_of(solved, "scaled"))
    rebuilt = hand(solved)
    assert set(rebuilt.answers) == set(ANSWERS) - {"scaled"}
    assert rebuilt.repairs == ("scaled: its cell was deleted",)


def test_an_answer_in_a_cell_of_its_own_is_found_by_name(solved: NOTEBOOK, hand: Hand) -> None:
    cell = cell_of(solved, "scaled")
    cell["id"], cell["metadata"] = "mine", {}
    rebuilt = hand(solved)
    assert rebuilt.answers["scaled"] == ANSWERS["scaled"]
    assert "was found in another one" in rebuilt.repairs[0]


def test_an_answer_below_the_untouched_stub_counts(notebook: NOTEBOOK, hand: Hand) -> None:
    place = notebook["cells"].index(cell_of(notebook, "scaled"))
    own = {"cell_type": "code", "id": "mine", "metadata": {}, "source": ANSWERS["scaled"]}
    notebook["cells"].insert(place + 1, own)
    assert hand(notebook).answers["scaled"] == ANSWERS["scaled"]


def test_an_answer_below_a_stub_with_a_comment_counts(notebook: NOTEBOOK, hand: Hand) -> None:
    stub = cell_of(notebook, "scaled")
    stub["source"] = f"# see below\n{stub['source']}\n\n    # like this?  "
    insert_below(notebook, "scaled", ANSWERS["scaled"])
    assert hand(notebook).answers["scaled"] == ANSWERS["scaled"]


def test_what_is_defined_again_before_the_check_is_the_answer_too(
    solved: NOTEBOOK, hand: Hand
) -> None:
    """As in the notebook, where the check meets the last one."""
    right = ANSWERS["scaled"]
    cell_of(solved, "scaled")["source"] = "def scaled(x, factor=2.0):\n    return 1\n"
    insert_below(solved, "scaled", "factor = 3")
    insert_below(solved, "scaled", right)
    insert_below(solved, "scaled_check", "scaled = None")
    rebuilt = hand(solved)
    assert rebuilt.answers["scaled"].endswith(right)
    assert "return 1" in rebuilt.answers["scaled"]
    assert "factor = 3" not in rebuilt.answers["scaled"]
    assert rebuilt.repairs == ("scaled: `scaled` is defined again below its cell; taken together",)


def insert_below(notebook: NOTEBOOK, id: str, source: str) -> None:
    """Put an own cell below a cell of the release."""
    place = notebook["cells"].index(cell_of(notebook, id))
    own = {"cell_type": "code", "id": f"own{place}", "metadata": {}, "source": source}
    notebook["cells"].insert(place + 1, own)


def test_altered_and_deleted_check_cells_are_the_instructors_again(
    solved: NOTEBOOK, hand: Hand
) -> None:
    cell_of(solved, "scaled_check")["source"] = "2"
    solved["cells"].remove(cell_of(solved, "tally_check"))
    rebuilt = hand(solved)
    assert rebuilt.altered
    assert set(rebuilt.repairs) == {
        "scaled_check: the check cell was altered",
        "tally_check: the check cell was deleted",
    }
    assert dict(rebuilt.cells)["scaled_check"] == 'check("scaled", scaled)'


def test_tags_and_flags_do_not_survive(solved: NOTEBOOK, hand: Hand) -> None:
    for cell in solved["cells"]:
        cell["metadata"]["tags"] = ["skip-execution"]
    assert hand(solved).repairs == ()


def test_own_cells_stay_where_they_stood(
    solved: NOTEBOOK,
    hand: Hand,
    release: Release,
    loose: Callable[[NOTEBOOK], list[LooseCell]],
) -> None:
    place = solved["cells"].index(cell_of(solved, "scaled"))
    for kind, source in (
        ("code", "factor = 3"),
        ("markdown", "a thought"),
        ("code", "not python at all"),
    ):
        own = {"cell_type": kind, "id": f"own{source}", "metadata": {}, "source": source}
        solved["cells"].insert(place, own)
    keys = [key for key, _ in hand(solved).cells]
    assert keys.index(f"extra:{place + 2}") < keys.index("scaled")
    assert f"extra:{place}" not in keys
    assert own_cells(release.cells, loose(solved)) == {"scaled_task": [place, place + 1, place + 2]}


def test_only_what_an_answer_needs_is_run(solved: NOTEBOOK, hand: Hand) -> None:
    helper = {"cell_type": "code", "id": "h", "metadata": {}, "source": "def mine(x): return x"}
    unused = {"cell_type": "code", "id": "u", "metadata": {}, "source": "plot = 1"}
    solved["cells"][:0] = [helper, unused]
    cell_of(solved, "scaled")["source"] = "def scaled(x, factor=2.0): return mine(x) * factor"
    job = hand(solved).job({"scaled": "scaled"})
    keys = [cell.key for cell in job.cells]
    assert "extra:0" in keys
    assert "extra:1" not in keys
    assert keys[-1] == "scaled"


def without_ids(notebook: NOTEBOOK) -> None:
    """As saved by a program that drops all ids and metadata."""
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]


def test_words_are_found_in_a_notebook_without_ids(solved: NOTEBOOK, hand: Hand) -> None:
    without_ids(solved)
    rebuilt = hand(solved)
    assert rebuilt.answers["explain_scaling"].strip() == ANSWERS["explain_scaling"]
    assert any("had lost its id" in words for words in rebuilt.repairs)
    assert not rebuilt.altered


def test_so_are_words_that_were_moved_as_well(solved: NOTEBOOK, hand: Hand) -> None:
    cell = cell_of(solved, "explain_scaling")
    solved["cells"].remove(cell)
    solved["cells"].insert(0, cell)
    without_ids(solved)
    assert hand(solved).answers["explain_scaling"].strip() == ANSWERS["explain_scaling"]


def test_words_whose_own_cell_lost_its_id_are_found_below_the_task(
    solved: NOTEBOOK, hand: Hand
) -> None:
    cell = cell_of(solved, "explain_scaling")
    cell["metadata"], cell["id"] = {}, "other"
    assert hand(solved).answers["explain_scaling"].strip() == ANSWERS["explain_scaling"]


def test_an_untouched_notebook_without_ids_has_no_words(notebook: NOTEBOOK, hand: Hand) -> None:
    without_ids(notebook)
    assert "explain_scaling" not in hand(notebook).answers


GROWING = {"value_ops": "Value", "backward": "Value"}
FIRST, SECOND = "class Value:\n    stub = 1\n", "class Value(Value):\n    stub = 2\n"


@pytest.mark.parametrize("done", ["value_ops", "backward"])
def test_a_class_that_grows_is_not_mistaken_for_its_own_next_step(done: str) -> None:
    handed_out = [
        ReleaseCell("value_ops", "code", FIRST, "value_ops"),
        ReleaseCell("backward", "code", SECOND, "backward"),
    ]
    submitted = [
        LooseCell(
            cell.kind,
            cell.source.replace("stub", "done") if cell.id == done else cell.source,
            (cell.id,),
        )
        for cell in handed_out
    ]
    rebuilt = rebuild(handed_out, submitted, GROWING)
    assert list(rebuilt.answers) == [done]
    assert rebuilt.repairs == ()

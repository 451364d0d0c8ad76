"""A card says when it speaks of an older version, and what is at hand where a check failed."""

import re

import pytest

from annkit.exercises import course
from annkit.exercises.cell_runs import cell_runs
from annkit.exercises.record.progress_log import read_record
from annkit.exercises.record.schedule import is_unaided
from annkit.show.cards.opened_folds import OpenedFolds
from tests.exercises.test_verbs import HALF, RIGHT, STUB, card, events

CHECK = 'check("scaled", scaled)'
BROKEN = "def scaled(x, factor=2.0:\n    return x"


@pytest.fixture(autouse=True)
def noted(notebook):
    """The shell of this test tells of its cells, as that of a new kernel does."""
    cell_runs()


@pytest.fixture
def updates(monkeypatch):
    """The plain text of every card that was changed after it had been shown."""
    from IPython.display import DisplayHandle

    told = []

    def update(self, thing, **_):
        told.append(thing.plain())

    monkeypatch.setattr(DisplayHandle, "update", update)
    return told


def test_a_check_after_a_cell_that_python_cannot_read_says_so(notebook):
    notebook.run(RIGHT)
    notebook.run(BROKEN)
    text = card(notebook.run(CHECK))
    assert "An older version. The newest cell that defines `scaled` ended in a SyntaxError" in text
    notebook.run(RIGHT)
    assert "older version" not in card(notebook.run(CHECK))


@pytest.mark.parametrize(("before", "left"), [(STUB, "no answer to judge"), (HALF, "the version")])
def test_while_a_cell_is_broken_its_mending_is_the_only_next_step(notebook, before, left):
    notebook.run(before)
    notebook.run(BROKEN)
    text = card(notebook.run(CHECK))
    assert left in text
    assert "Mend that cell first." in text
    assert "Next:" not in text
    assert "not started yet" not in text


def test_an_error_below_the_definition_leaves_the_new_version(notebook):
    notebook.run(HALF)
    notebook.run(f"{RIGHT}\nscaled()")
    assert "older version" not in card(notebook.run(CHECK))


def test_an_error_above_the_definition_leaves_the_old_one(notebook):
    notebook.run(HALF)
    notebook.run(f"nothing_of_that_name\n\n{RIGHT}")
    assert "ended in a NameError" in card(notebook.run(CHECK))


def test_a_card_hears_of_the_next_version_of_its_cell(notebook, updates):
    notebook.shell.run_cell(HALF, cell_id="scaled", store_history=True)
    notebook.run(CHECK)
    notebook.shell.run_cell(HALF, cell_id="scaled")
    assert "older" not in updates[-1]
    notebook.shell.run_cell(BROKEN, cell_id="scaled")
    assert "has since ended in a SyntaxError" in updates[-1]
    notebook.shell.run_cell(RIGHT, cell_id="scaled")
    assert "has changed since" in updates[-1]
    count = len(updates)
    notebook.shell.run_cell(RIGHT, cell_id="elsewhere")
    assert len(updates) == count


def test_a_letter_is_no_cells_answer(notebook, updates):
    notebook.shell.run_cell(RIGHT, cell_id="scaled")
    notebook.run('check("unit_question", "a")')
    notebook.shell.run_cell(HALF, cell_id="scaled")
    assert updates == []
    notebook.run(BROKEN)
    assert "older version" not in card(notebook.run('check("unit_question", "b")'))


def test_the_next_hint_opens_in_the_card(notebook):
    notebook.run(STUB)
    (shown,) = notebook.run(CHECK).outputs
    html = shown.data["text/html"]
    assert html.index("Hint 1 of 3") < html.index("Hint 2 of 3") < html.index("Hint 3 of 3")
    assert "Hint 1 of 3" not in shown.data["text/plain"]
    notebook.run('hint("scaled")')
    (shown,) = notebook.run(CHECK).outputs
    first, second = (shown.data["text/html"].index(f"Hint {rung} of 3") for rung in (1, 2))
    assert "</details>" in shown.data["text/html"][first:second], "what is open has its own place"
    notebook.run(RIGHT)
    (shown,) = notebook.run(CHECK).outputs
    assert "Hint" not in shown.data["text/html"]


def test_a_hint_opened_in_the_card_helped_as_much_as_one_asked_for(notebook):
    notebook.run(HALF)
    (shown,) = notebook.run(CHECK).outputs
    told = re.findall(r'data-annkit-fold="(.*?)"', shown.data["text/html"])
    assert told == ["scaled:1", "scaled:2", "scaled:3"]
    (heard,) = (w for w in vars(notebook.shell).values() if isinstance(w, OpenedFolds))
    for content in (told[1], told[0], told[1], "nothing:1", "scaled:", {"buttons": 1}):
        heard._handle_custom_msg(content, [])
    assert [event["rung"] for event in events("hint")] == [2]
    assert not is_unaided(read_record(), "scaled")
    assert "Hint 3 of 3" in card(notebook.run('hint("scaled")'))


def test_a_verdict_is_announced(notebook):
    notebook.run(RIGHT)
    (shown,) = notebook.run(CHECK).outputs
    assert shown.data["text/html"].startswith('<div role="status" aria-live="polite">')


def test_the_failing_input_comes_again_as_variables(notebook):
    notebook.run("from annkit import again")
    assert "no failing input" in card(notebook.run('again("scaled")'))
    notebook.run(HALF)
    (shown,) = notebook.run(CHECK).outputs
    assert "x, factor = again(&quot;scaled&quot;)" in shown.data["text/html"].replace(
        '"scaled"', "&quot;scaled&quot;"
    )
    notebook.run('x, factor = again("scaled")\ngot = scaled(x, factor)')
    names = notebook.shell.user_ns
    assert names["factor"] != 2.0
    assert (names["got"] == names["x"] * 2.0).all()
    notebook.run("x += 1")
    assert (notebook.shell.ev("again()")[0] != names["x"]).all()


def test_without_an_id_the_cell_that_ran_last_is_meant(notebook):
    notebook.run('check("tally", None)')
    notebook.shell.run_cell(STUB, cell_id="scaled")
    assert "Hint for scaled" in card(notebook.run("hint()"))
    notebook.run('hint("tally")')
    assert "Hint for tally" in card(notebook.run("hint()"))


def test_a_passing_card_says_where_the_function_goes(notebook, monkeypatch):
    monkeypatch.setattr(course().load("scaled"), "leads_to", "`tally` counts with it.")
    notebook.run(HALF)
    assert "Where it goes" not in card(notebook.run(CHECK))
    notebook.run(RIGHT)
    assert "Where it goes: `tally` counts with it." in card(notebook.run(CHECK))

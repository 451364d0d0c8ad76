"""What a learner types, and the one card that comes back, in a notebook run by IPython."""

import json
import re
import subprocess
import sys

import pytest
from nbgrader.utils import determine_grade

from annkit.exercises import UnknownExercise, course, run
from annkit.exercises.record.progress_log import log_path
from annkit.show.cards.card import present

RIGHT = "def scaled(x, factor=2.0):\n    return np.asarray(x) * factor"
HALF = "def scaled(x, factor=2.0):\n    return np.asarray(x) * 2.0"
STUB = "def scaled(x, factor=2.0):\n    raise NotImplementedError"


def card(cell):
    """The plain text of a cell's only output, which is a card in two forms."""
    assert [output.output_type for output in cell.outputs] == ["display_data"], cell.outputs
    assert set(cell.outputs[0].data) == {"text/plain", "text/html"}
    return " ".join(cell.outputs[0].data["text/plain"].split())


def events(kind):
    """The recorded events of a kind."""
    lines = log_path().read_text().splitlines()
    return [event for event in map(json.loads, lines) if event["event"] == kind]


def test_a_passing_answer(notebook, home):
    notebook.run(RIGHT)
    text = card(notebook.run('check("scaled", scaled)'))
    assert text.startswith("✓ scaled: passed · 2 of 2 points")
    assert "ch01: 1 of 3 exercises, 2 of 4 points" in text
    assert "from my_ann import scaled" in text
    assert events("check")[0]["points"] == 2


def test_a_failing_answer_says_what_is_right_then_what_is_not_then_the_mistake(notebook):
    notebook.run(HALF)
    text = card(notebook.run('check("scaled", scaled)'))
    order = [
        "1 of 2 points",
        "Right so far: doubles by default",
        "Not yet: takes any factor",
        "scaled(",
        "expected",
        "got",
        "Likely mistake: The factor is never used",
        "Next:",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_the_outcome_keeps_the_report_and_shows_nothing_more(notebook):
    notebook.run(RIGHT)
    notebook.run('outcome = check("scaled", scaled)')
    assert notebook.run("outcome").outputs == []
    assert notebook.shell.user_ns["outcome"].report.passed


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('check("scaled", None)', "Nothing was handed in"),
        ('check("scaled", "scaled")', "Expected a function, got the text 'scaled'"),
        ('check("scaled", scaled([1.0]))', "Expected a function"),
        ('check("scald", scaled)', "Did you mean 'scaled'"),
        ('check("scaled")', 'check("scaled", scaled)'),
        ("check(scaled)", 'check("scaled", scaled)'),
        ('check(scaled, "scaled")', 'check("scaled", scaled)'),
        ("check(3, scaled)", 'check("sigmoid", sigmoid)'),
        ('check("scaled", lambda: 1)', "is called with 1 argument"),
        ('check("scaled", lambda x, factor=2: print("a" * 5_000_000))', "Your function prints"),
        ('check("scaled", lambda x, factor=2: x * np.nan)', "nan (not a number)"),
        ('check("scaled", lambda x, factor=2: np.array([object()]))', "array of Python objects"),
        ('check("scaled", lambda x, factor=2: [[1], [1, 2]])', "ragged list"),
        ('check("scaled", lambda x, factor=2: x[...])', "view of it"),
        ('check("scaled", lambda x, factor=2: 1 / 0)', "ZeroDivisionError: division by zero"),
        ('check("scaled", lambda x, factor=2: __import__("sys").exit())', "SystemExit"),
        ('hint("scald")', "Did you mean 'scaled'"),
        ('solution("scald")', "Did you mean 'scaled'"),
        ('quiz("scaled")', "not a question"),
        ('hint("unit_question")', "each explains itself"),
        ('hint("explain_scaling")', 'solution("explain_scaling")'),
    ],
)
def test_bad_input_meets_one_clear_card(notebook, source, words):
    notebook.run(RIGHT)
    text = card(notebook.run(source))
    assert words in text
    assert "Traceback" not in text
    assert len(text) < 3000


def test_the_untouched_stub_is_not_called_wrong(notebook):
    notebook.run(STUB)
    text = card(notebook.run('check("scaled", scaled)'))
    assert text.startswith("○ scaled: not started yet")
    assert "✗" not in text
    assert events("check")[0]["attempted"] is False


def test_the_learners_own_line_is_shown(notebook):
    notebook.run("def scaled(x, factor=2.0):\n    y = x[0]\n    return y * fcator")
    text = card(notebook.run('check("scaled", scaled)'))
    assert "line 3: return y * fcator" in text
    assert "fcator" in text


def test_cells_out_of_order_are_an_ordinary_name_error(notebook):
    cell = notebook.run('check("scaled", scaled)')
    assert cell.outputs[-1].ename == "NameError"


def test_hints_climb_and_stay_open_in_the_next_kernel(notebook):
    assert "Hint 1 of 3: What does" in card(notebook.run('hint("scaled")'))
    second = card(notebook.run('hint("scaled")'))
    assert "2 of 3 open" in second
    assert "Hint 1 of 3: What does" in second
    assert 'solution("scaled")' not in second
    for _ in range(2):
        last = card(notebook.run('hint("scaled")'))
    assert "3 of 3 open" in last
    assert 'solution("scaled")' in last
    assert [event["rung"] for event in events("hint")] == [1, 2, 3, 3]


def test_without_an_id_the_last_exercise_is_meant(notebook):
    assert "no exercise" in card(notebook.run("hint()"))
    notebook.run('check("scaled", None)')
    assert "Hint 1 of 3" in card(notebook.run("hint()"))
    assert "Try scaled first" in card(notebook.run("solution()"))


def test_without_a_letter_the_check_of_a_question_keeps_quiet(notebook):
    assert notebook.run('check("unit_question", "")').outputs == []


def test_the_letter_in_the_line_is_judged_with_the_question(notebook):
    live, twin = notebook.run('unit_question = "a"\nquiz("unit_question")').outputs
    assert "application/vnd.jupyter.widget-view+json" in live.data
    assert "Everything becomes zero." in twin.data["text/plain"]
    assert [event["letters"] for event in events("check")] == ["a"]


def test_reasons_that_stand_beside_the_options_are_not_told_again_below(notebook):
    notebook.run('unit_question = "a"\nquiz("unit_question")')
    assert (
        card(notebook.run('check("unit_question", "a")'))
        == "✗ unit_question: not yet · 0 of 1 point"
    )
    assert [event["letters"] for event in events("check")] == ["a"]


def test_the_solution_waits_for_an_attempt(notebook):
    assert "Try scaled first" in card(notebook.run('solution("scaled")'))
    notebook.run(STUB)
    notebook.run('check("scaled", scaled)')
    assert "Try scaled first" in card(notebook.run('solution("scaled")'))
    notebook.run(HALF)
    notebook.run('check("scaled", scaled)')
    text = card(notebook.run('solution("scaled")'))
    assert "return array * factor" in text
    assert "@exercise" not in text
    assert "Multiply every entry of x" not in text  # the docstring is in the stub


def test_the_solution_on_request(notebook):
    assert "class Tally" in card(notebook.run('solution("tally", force=True)'))
    assert "What earns points" in card(notebook.run('solution("explain_scaling")'))
    text = card(notebook.run('solution("unit_question", force=True)'))
    assert "✓ b)" in text
    assert "Everything becomes zero." in text


def test_a_question_answered_in_code(notebook):
    wrong = card(notebook.run('quiz("unit_question", "a")'))
    assert "Everything becomes zero." in wrong
    assert "A number times one" not in wrong
    right = card(notebook.run('check("unit_question", "B")'))
    assert right.startswith("✓ unit_question: right · 1 of 1 point")
    assert [event["letters"] for event in events("check")] == ["a", "b"]


@pytest.mark.parametrize("answer", ["5", "'x'", "['b']", "b'b'", "True"])
def test_a_letter_that_is_none(notebook, answer):
    text = card(notebook.run(f'quiz("unit_question", {answer})'))
    assert "from a to c" in text or "choose from a, b, c" in text


@pytest.mark.parametrize("source", ['quiz("unit_question")', 'quiz("unit_question", "")'])
def test_a_question_to_click_has_a_still_twin(notebook, source):
    live, twin = notebook.run(source).outputs
    assert "application/vnd.jupyter.widget-view+json" in live.data
    assert "Which factor" in twin.data["text/plain"]
    assert "a) zero" in twin.data["text/plain"]
    assert 'quiz("unit_question", "a")' in twin.data["text/plain"]


@pytest.mark.parametrize("cell", ["unit_question", "unit_question_quiz"])
def test_in_its_chapter_a_question_stands_once(notebook, monkeypatch, cell):
    parent = {"metadata": {"cellId": cell}}
    monkeypatch.setattr(notebook.shell, "get_parent", lambda: parent, raising=False)
    _, twin = notebook.run('quiz("unit_question")').outputs
    assert "a) zero" in twin.data["text/plain"]
    assert "Which factor" not in twin.data["text/plain"]
    assert "between the quotation marks above" in twin.data["text/plain"]


def test_without_widgets_the_question_is_text_and_takes_typed_letters(notebook, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "annkit.show.cards.options", None)
    assert "a) zero" in card(notebook.run('quiz("unit_question")'))
    question, verdict = notebook.run('unit_question = "b"\nquiz("unit_question")').outputs
    assert "a) zero" in question.data["text/plain"]
    assert "✓ unit_question: right" in verdict.data["text/plain"]


def test_progress_shows_what_was_done(notebook):
    notebook.run(HALF)
    notebook.run('check("scaled", scaled)')
    notebook.run('quiz("unit_question", "b")')
    text = card(notebook.run("progress()"))
    assert "Course: 1 of 3 exercises, 2 of 4 points" in text
    assert "◐ scaled" in text
    assert "✓ unit_question" in text
    assert "○ tally" in text
    assert "recall_sum" not in text
    assert text.startswith("Next: ")
    assert "(scaled)" in text


def test_the_contents_of_the_chapter_one_is_in(notebook, home, monkeypatch):
    folder = home / "ch01_counting"
    folder.mkdir()
    monkeypatch.chdir(folder)
    notebook.run('from annkit import contents\nquiz("unit_question", "b")')
    (output,) = notebook.run("contents()").outputs
    assert "✓ unit_question" in output.data["text/plain"]
    assert "href" not in output.data["text/html"]
    (folder / "ch01_counting.ipynb").touch()
    (output,) = notebook.run('contents("ch01_counting")').outputs
    link = 'href="ch01_counting.ipynb#cell-id=scaled_task"'
    assert link in output.data["text/html"]
    monkeypatch.chdir(home)
    (output,) = notebook.run("progress()").outputs
    assert link.replace("ch01", "ch01_counting/ch01", 1) in output.data["text/html"]
    assert "Next: " in card(notebook.run("contents()"))  # in no chapter: the whole course


def test_the_contents_on_the_page_follow_what_passes(notebook):
    notebook.run('from annkit import contents\ncontents("ch01_counting")')
    passed = notebook.run('quiz("unit_question", "b")').outputs
    assert any("✓ unit_question" in output.data["text/plain"] for output in passed)


def test_progress_is_never_lost_by_a_later_failure(notebook):
    notebook.run(RIGHT)
    notebook.run('check("scaled", scaled)')
    notebook.run(HALF)
    notebook.run('check("scaled", scaled)')
    assert "1 of 3 exercises, 2 of 4 points" in card(notebook.run("progress()"))


class Dot:
    """A picture as `annkit.show` makes them."""

    def html(self):
        """Return the figure."""
        return "<figure>dot</figure>"


def test_the_end_of_a_chapter_is_said_once_with_ones_own_pictures(notebook, monkeypatch):
    def draw(answer):
        assert answer([2.0]).tolist() == [4.0]
        return Dot()

    monkeypatch.setattr(course().load("scaled"), "draw", draw)
    notebook.run(RIGHT)
    verdict, _ = notebook.run('check("scaled", scaled)').outputs
    assert "the last one" not in verdict.data["text/plain"]
    notebook.run('quiz("unit_question", "b")')
    notebook.run("class Tally:\n    total = 0\n    def add(self, n=1):\n        self.total += n\n")
    (output,) = notebook.run('check("tally", Tally)').outputs
    assert "chapter 1 · " in output.data["text/plain"]
    assert "is complete. Well" in output.data["text/plain"]
    assert "<figure>dot</figure>" in output.data["text/html"]
    assert "the last one" not in card(notebook.run('check("tally", Tally)'))


def test_no_more_is_drawn_at_the_end_than_is_shown(notebook, monkeypatch):
    drawn = []

    def draw(answer):
        drawn.append(answer)
        return Dot()

    monkeypatch.setattr("annkit.exercises.chapter_end._MOST_PICTURES", 1)
    for id in ("scaled", "tally"):
        monkeypatch.setattr(course().load(id), "draw", draw)
    notebook.run(f'{RIGHT}\ncheck("scaled", scaled)')
    notebook.run("class Tally:\n    total = 0\n    def add(self, n=1):\n        self.total += n\n")
    notebook.run('check("tally", Tally)')
    drawn.clear()
    assert "is complete. Well" in card(notebook.run('quiz("unit_question", "b")'))
    assert len(drawn) == 1


# --- where marks are made -------------------------------------------------------------------


@pytest.mark.parametrize("execution", ["autograde", "validate"])
@pytest.mark.parametrize(
    ("define", "answer", "points"),
    [
        (RIGHT, "scaled", 2.0),
        (HALF, "scaled", 1.0),
        (STUB, "scaled", 0.0),
        ("", "None", 0.0),
        ("", "lambda x, factor=2: __import__('sys').stderr.write('oops')", 0.0),
        ("import warnings", "lambda x, factor=2: warnings.warn('x') or x * factor", 2.0),
    ],
)
def test_nbgrader_reads_the_points(notebook, monkeypatch, execution, define, answer, points):
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    notebook.run(define)
    cell = notebook.run(f'check("scaled", {answer})', points=2.0)
    assert determine_grade(cell) == (points, 2.0)
    kinds = [output.output_type for output in cell.outputs]
    assert kinds == ["display_data", "execute_result"]
    assert cell.outputs[1].data == {"text/plain": f"{points:g}"}
    assert "scaled" in cell.outputs[0].data["text/plain"]


@pytest.mark.parametrize("source", ['check("scald", scaled)', 'check("scaled")', "check(scaled)"])
def test_what_cannot_be_judged_earns_nothing(notebook, monkeypatch, source):
    notebook.run(RIGHT)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert determine_grade(notebook.run(source, points=2.0)) == (0.0, 2.0)


def test_our_own_fault_earns_nothing_and_says_so(notebook, monkeypatch):
    def broken(*args):
        raise RuntimeError("out of order")

    notebook.run(RIGHT)
    monkeypatch.setattr("annkit.exercises.checking.run", broken)
    assert "a fault of the course" in card(notebook.run('check("scaled", scaled)'))
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert determine_grade(notebook.run('check("scaled", scaled)', points=2.0)) == (0.0, 2.0)


def test_marks_leave_no_trace_and_everything_else_is_inert(notebook, monkeypatch, home):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    notebook.run(RIGHT)
    notebook.run('check("scaled", scaled)')
    for source in (
        'hint("scaled")',
        'solution("scaled", force=True)',
        "progress()",
        "__import__('annkit').contents()",
        'quiz("unit_question")',
        'quiz("unit_question", "b")',
    ):
        assert notebook.run(source).outputs == []
    assert not log_path().exists()
    assert list(home.iterdir()) == []


def test_an_ungraded_question_is_worth_nothing_of_nothing(notebook, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    cell = notebook.run('check("recall_sum", "a")', points=0.0)
    assert determine_grade(cell) == (0.0, 0.0)


# --- bookkeeping in trouble -----------------------------------------------------------------


def test_a_record_that_cannot_be_written_costs_nothing(notebook, state):
    log_path().mkdir()  # a folder where the file should be
    notebook.run(RIGHT)
    text = card(notebook.run('check("scaled", scaled)'))
    assert text.startswith("✓ scaled: passed")
    assert "could not be written" in text
    notebook.run('hint("scaled")')
    assert "2 of 3 open" in card(notebook.run('hint("scaled")'))
    assert "could not be read" in card(notebook.run("progress()"))
    log_path().rmdir()
    card(notebook.run('hint("scaled")'))
    assert [event["rung"] for event in events("hint")] == [1, 2, 3]
    assert events("check")[0]["passed"] is True


def test_damaged_lines_are_skipped_and_said(notebook):
    notebook.run(RIGHT)
    notebook.run('check("scaled", scaled)')
    with log_path().open("ab") as file:
        file.write(b'{"event": "check", "id": 5}\n\xff\xfe\n[1, 2]\n{"event": "ch')
    notebook.run('quiz("unit_question", "b")')
    text = card(notebook.run("progress()"))
    assert "2 of 3 exercises" in text
    assert "4 damaged lines" in text


def test_a_fault_in_the_bookkeeping_hides_no_verdict(notebook, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("out of order")

    notebook.run(RIGHT)
    monkeypatch.setattr("annkit.exercises.checking.remember", broken)
    monkeypatch.setattr("annkit.exercises.checking.keep", broken)
    monkeypatch.setattr("annkit.exercises.checking.chapter_state", broken)
    assert card(notebook.run('check("scaled", scaled)')).startswith("✓ scaled: passed")


def test_a_fault_in_reading_the_record_hides_no_hint(notebook):
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().write_bytes(b'{"event": "hint", "id": "scaled", "rung": "many"}\n' * 3)
    assert "1 of 3 open" in card(notebook.run('hint("scaled")'))


def test_an_answer_that_never_ends_is_stopped(notebook):
    vars(course().load("scaled"))["seconds"] = 0.3
    notebook.run("def scaled(x, factor=2.0):\n    while True:\n        pass")
    assert "still running" in card(notebook.run('check("scaled", scaled)'))


# --- pictures -------------------------------------------------------------------------------


class Drawing:
    """A picture as `annkit.show` makes them."""

    def html(self):
        """Return the figure."""
        return "<figure>drawn</figure>"

    def __repr__(self):
        """Return the words."""
        return "[Picture] a line"


def test_the_picture_of_the_learners_own_result_keeps_no_card_waiting(notebook, monkeypatch):
    moments = []

    def show(card):
        moments.append(card.head)
        return present(card)

    def draw(answer):
        moments.append("draws")
        return Drawing() if answer([1.0]).sum() else None

    monkeypatch.setattr("annkit.exercises.checking.present", show)
    monkeypatch.setattr(course().load("scaled"), "draw", draw)
    notebook.run(RIGHT)
    _, picture = notebook.run('check("scaled", scaled)').outputs
    assert moments == ["✓ scaled: passed", "draws", "Your scaled, drawn"]
    assert "<figure>drawn</figure>" in picture.data["text/html"]
    assert "[Picture] a line" in picture.data["text/plain"]


def test_a_picture_that_fails_is_one_line(notebook, monkeypatch):
    monkeypatch.setattr(course().load("scaled"), "draw", lambda answer: 1 / 0)
    notebook.run(RIGHT)
    verdict, sorry = notebook.run('check("scaled", scaled)').outputs
    assert "✓ scaled: passed" in verdict.data["text/plain"]
    assert "could not be drawn" in sorry.data["text/plain"]


def test_no_picture_where_marks_are_made(notebook, monkeypatch):
    drawn: list[object] = []
    monkeypatch.setattr(course().load("scaled"), "draw", drawn.append)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    notebook.run(RIGHT)
    notebook.run('check("scaled", scaled)')
    assert drawn == []


# --- outside a notebook ---------------------------------------------------------------------


def test_in_a_terminal_the_card_is_printed(small_course, home, capsys):
    from annkit import check, progress

    assert repr(check("scaled", None)) == "<scaled: not passed>"
    assert capsys.readouterr().out.startswith("○ scaled: not started yet")
    progress()
    assert re.search(r"\[\.{10}\] Course: 0 of 3", capsys.readouterr().out)


def test_from_code_an_unknown_id_is_an_error(small_course):
    with pytest.raises(UnknownExercise, match="Did you mean 'scaled'"):
        run("scald", None)


def test_the_maps_load_no_exercise(state):
    """Whoever opens a notebook waits for them."""
    state.mkdir(exist_ok=True)
    event = {"event": "check", "id": "relu", "passed": False, "attempted": True, "mistake": "x"}
    (state / "progress.jsonl").write_text(f"{json.dumps(event)}\n")
    code = (
        "import sys, annkit\nannkit.progress()\nannkit.contents('ch03_activations')\n"
        "print([n for n in sys.modules if n.startswith('annkit_exercise_')])\n"
        "print([n for n in ('matplotlib', 'sympy', 'ipywidgets') if n in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Mistakes you have made: 1" in done.stdout
    assert done.stdout.splitlines()[-2:] == ["[]", "[]"]

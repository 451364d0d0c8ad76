"""What `today` asks, and what it makes of the answers, by a clock that the test sets."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from annkit.exercises import Exercise, course
from annkit.exercises.record import progress_log
from annkit.exercises.record.progress_log import Record, read_record
from annkit.exercises.understanding.own_mistakes import mistake_question
from annkit.exercises.understanding.own_numbers import number_question
from annkit.exercises.understood import is_time
from tests.exercises.cells import cells

RIGHT = "def scaled(x, factor=2.0):\n    return np.asarray(x) * factor"
WRONG = "def scaled(x, factor=2.0):\n    return np.asarray(x) * 2.0"


@pytest.fixture
def later(monkeypatch):
    """Set the clock to so many days after the first."""

    def set_clock(days):
        clock = datetime(2026, 3, 1, 12, tzinfo=UTC) + timedelta(days=days)
        monkeypatch.setattr(progress_log, "now", lambda: clock)

    set_clock(0)
    return set_clock


@pytest.fixture
def desk(notebook, later):
    """A notebook in which a function and a question were answered, the question wrong."""
    notebook.run(f"from annkit import today\n{RIGHT}")
    notebook.run('check("scaled", scaled)')
    notebook.run('quiz("unit_question", "a")')
    return notebook


def shown(cell):
    """The plain texts of everything a cell shows."""
    return [" ".join(output.data["text/plain"].split()) for output in cell.outputs]


def reviews():
    """The recorded reviews."""
    return [event for event in read_record().events if event["event"] == "review"]


def test_nothing_is_due_on_the_same_day(desk):
    (card,) = shown(desk.run("today()"))
    assert card == "Nothing is due today The next thing is due on 02 March."


def test_a_question_comes_back_and_waits_longer_when_it_was_right(desk, later):
    later(1)
    head, _, question, *_ = shown(desk.run("today()"))
    assert head.startswith("Today: 2 things · about 2 minutes")
    assert 'today("unit_question", "a")' in question
    (card,) = shown(desk.run('today("unit_question", "b")'))
    assert "right" in card
    assert "It comes back in 3 days." in card
    assert reviews()[0]["passed"] is True
    assert "unit_question" not in " ".join(shown(desk.run("today()")))


@pytest.mark.parametrize("letters", ["b)", " B. ", "b, b"])
def test_a_letter_counts_however_it_is_written(desk, later, letters):
    later(1)
    desk.run("today()")
    (card,) = shown(desk.run(f'today("unit_question", "{letters}")'))
    assert "It comes back in 3 days." in card
    assert [event["passed"] for event in reviews()] == [True]


def test_a_question_that_is_wrong_again_comes_back_tomorrow(desk, later):
    later(1)
    desk.run("today()")
    assert "It comes back tomorrow." in shown(desk.run('today("unit_question", "c")'))[0]
    desk.run('today("unit_question", "b")')  # thinking it over is welcome, and counts tomorrow
    assert [event["passed"] for event in reviews()] == [False]


def test_a_recall_question_that_was_due_is_a_review_in_its_chapter_too(desk, later):
    later(1)
    desk.run('quiz("unit_question", "b")')
    assert [(event["kind"], event["passed"]) for event in reviews()] == [("question", True)]


def test_a_question_that_was_due_can_be_the_last_of_its_chapter(desk, later):
    desk.run("class Tally:\n    total = 0\n    def add(self, n=1):\n        self.total += n\n")
    desk.run('check("tally", Tally)')
    later(1)
    (card,) = shown(desk.run('quiz("unit_question", "b")'))
    assert "is complete. Well done." in card


def test_a_result_of_ones_own_code_is_predicted(desk, later):
    later(1)
    (question,) = [text for text in shown(desk.run("today()")) if "Your own scaled" in text]
    assert "What does your `scaled` return here?" in question
    outcomes = [shown(desk.run(f'today("scaled", "{letter}")'))[0] for letter in "abcd"]
    assert sum("Yes: your `scaled` returns it." in card for card in outcomes) == 1


def test_a_function_is_written_again_from_an_empty_cell(desk, later):
    later(7)
    cards = shown(desk.run("today()"))
    asked = next(text for text in cards if "Once more from memory" in text)
    assert "def scaled(x, factor=2.0):" in asked
    assert "np.asarray" not in asked
    assert "Write it anew" in shown(desk.run('today("scaled", scaled)'))[0]
    assert "Write it anew" in shown(desk.run("import my_ann\ntoday('scaled', my_ann.scaled)"))[0]
    (card,) = shown(desk.run(f"{RIGHT}\ntoday('scaled', scaled)"))
    assert "passed" in card
    assert "It comes back in 16 days." in card
    assert "stayed" in shown(desk.run("progress()"))[0]
    assert reviews()[-1]["unaided"] is True


def test_help_makes_it_count_for_nothing(desk, later):
    later(7)
    desk.run('today()\nhint("scaled")')
    (card,) = shown(desk.run(f"{RIGHT}\ntoday('scaled', scaled)"))
    assert "does not count as remembered. It comes back tomorrow." in card


def test_a_wrong_one_is_told_why_and_comes_back_tomorrow(desk, later):
    later(7)
    desk.run("today()")
    (card,) = shown(desk.run(f"{WRONG}\ntoday('scaled', scaled)"))
    assert "The factor is never used" in card
    assert "It comes back tomorrow." in card


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ('today("scald")', "Did you mean 'scaled'"),
        ('today("tally")', "Nothing to ask yet"),
        ('today("tally", 3)', "Nothing to ask yet"),
        ('today("unit_question")', "zero"),
        ('today("unit_question")\ntoday("unit_question", 7)', "from a to c"),
    ],
)
def test_bad_input_meets_one_clear_card(desk, source, words):
    assert words in shown(desk.run(source))[-1]


def test_nothing_is_asked_where_marks_are_made(desk, later, monkeypatch):
    later(9)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert desk.run("today()").outputs == []


def test_the_contents_mention_what_is_due(desk, later):
    later(1)
    (card,) = shown(desk.run('from annkit import contents\ncontents("ch01_counting")'))
    assert "There are 2 things to recall from earlier, if you like: run today()." in card


def test_the_recall_of_a_chapter_begins_with_what_is_due(home, later, monkeypatch):
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    with cells() as kernel:
        kernel.run('from annkit import quiz\nquiz("rheobase_question", "a")')
        kernel.run('quiz("recall_inhibition", "a")')

        def recall(id):
            parent = {"metadata": {"cellId": f"{id}_quiz"}}
            monkeypatch.setattr(kernel.shell, "get_parent", lambda: parent, raising=False)
            return [text for text in shown(kernel.run(f'quiz("{id}")')) if text]

        (own,) = recall("recall_rate_curve")
        assert own.startswith("Question recall_rate_curve a)"), "its text stands above"
        later(1)
        head, due, own = recall("recall_rate_curve")
        assert head == "Due again today · from chapter 1"
        assert due.startswith("Exactly enough, for an hour Our model cell")
        assert "A steady current flows" in own, "now it stands further up"
        assert recall("recall_xor_layers")[0] == "Due again today · from chapter 2"
        assert recall("recall_rate_curve") == [head, due, own], "the cell is run once more"
        kernel.run('from annkit import today\ntoday("rheobase_question", "b")')
        assert [(event["id"], event["passed"]) for event in reviews()] == [
            ("rheobase_question", True)
        ]
        assert len(recall("recall_rate_curve")) == 1


# --- questions about one's own code ---------------------------------------------------------


def test_a_mended_mistake_is_asked_about_by_what_it_did(small_course):
    task = course().load("scaled")
    assert isinstance(task, Exercise)
    for seed in range(4):
        rng = np.random.default_rng(seed)
        for wrong in task.wrongs:
            question = mistake_question(task, task.answer, wrong.name, rng)
            if question is not None:
                question.validate()
                assert "Once your `scaled` had a mistake" in question.prompt
    assert mistake_question(task, task.answer, "never_was", rng) is None


EXERCISES = [id for id in course().paths if course().entry(id).kind == "exercise"]


def test_most_functions_of_the_course_can_be_asked_about():
    rng = np.random.default_rng(1)
    asked = {}
    for id in EXERCISES[::4]:
        task = course().load(id)
        assert isinstance(task, Exercise)
        question = number_question(task, task.answer, rng)
        if question is not None:
            question.validate()
            texts = [option.text for option in question.options]
            assert len(set(texts)) == len(texts), id
            assert len(question.answer) == 1
            asked[id] = question
    assert len(asked) > 4


# --- understood, or only passed? ------------------------------------------------------------

OWN = "def scaled(x, factor=2.0):\n    x = np.asarray(x)\n    return x * (factor - 1) + x"


def passed(id, **more):
    """A recorded pass."""
    return {"event": "check", "id": id, "passed": True, "attempted": True, **more}


def test_every_third_first_pass_is_asked_about():
    events = []
    asked = []
    for number in range(12):
        events += [passed(f"e{number}"), passed(f"e{number}")]
        if is_time(Record(tuple(events[:-1])), f"e{number}"):
            asked.append(number)
            events.append({"event": "own", "id": f"e{number}", "asked": True})
        assert not is_time(Record(tuple(events)), f"e{number}"), "checked once more"
    assert asked == [2, 5, 8, 11]
    assert not is_time(Record(tuple(passed(id, letters="b") for id in "abcdef")), "f")


def test_a_pass_is_asked_about_below_its_card(notebook, monkeypatch):
    monkeypatch.setattr("annkit.exercises.understood._EVERY", 1)
    notebook.run(f"from annkit import today\n{OWN}")
    first, *rest = shown(notebook.run('check("scaled", scaled)'))
    assert first.startswith("✓ scaled: passed")
    assert any("In line 3, the `" in text for text in rest)
    cards = [shown(notebook.run(f'today("scaled", "{letter}")'))[0] for letter in "abc"]
    assert sum(card.startswith("✓") for card in cards) == 1
    assert len(shown(notebook.run('check("scaled", scaled)'))) == 1
    assert "right at the first choice" in shown(notebook.run("progress()"))[0]
    assert "2 of 2 points" in first


def test_nobody_is_asked_for_marks(notebook, monkeypatch):
    monkeypatch.setattr("annkit.exercises.understood._EVERY", 1)
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    notebook.run(OWN)
    kinds = [o.output_type for o in notebook.run('check("scaled", scaled)').outputs]
    assert kinds == ["display_data", "execute_result"]


def test_a_question_that_cannot_be_made_spoils_nothing(notebook, monkeypatch):
    def broken(*args):
        raise RuntimeError("out of order")

    monkeypatch.setattr("annkit.exercises.understood._EVERY", 1)
    monkeypatch.setattr("annkit.exercises.understood.line_question", broken)
    notebook.run(OWN)
    assert len(shown(notebook.run('check("scaled", scaled)'))) == 1

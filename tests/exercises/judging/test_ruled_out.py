"""A task that rules out names, met in a notebook."""

import pytest

from annkit.exercises import Exercise, ExerciseError, expect_close
from annkit.exercises.judging.ruled_out import broken_by, ruled_out
from annkit.exercises.judging.selfcheck import problems
from tests.exercises.cells import cells


def task(**more):
    """An exercise that is to sort without sorting."""
    forbidden = more.pop("forbidden", ("sorted", "sort"))
    text = more.pop("task", "Write it without `sorted` or `sort`.")
    made = Exercise(
        id="ordered", title="T", points=1, task=text, hints=("a",) * 3, forbidden=forbidden
    )

    @made.reference
    def ordered(xs):
        """Smallest first."""
        left, out = list(xs), [0.0] * 0
        while left:
            out.append(left.pop(left.index(min(left))))
        return out

    @made.check("by hand", points=1)
    def by_hand(answer, rng):
        """One case."""
        expect_close(answer([3.0, 1.0, 2.0]), [1.0, 2.0, 3.0])

    return made


@pytest.fixture
def shell():
    """A notebook."""
    with cells() as made:
        yield made


def sentence(shell, *sources):
    """What the card says about `ordered` as defined in some cells; None if nothing."""
    for source in sources:
        shell.run(source)
    report = ruled_out(task(), shell.shell.user_ns["ordered"])
    if report is None:
        return None
    assert (report.points, report.passed, report.attempted) == (0, False, True)
    assert '`hint("ordered")`' in report.next_step
    return report.message


def test_the_card_says_which_name_in_which_line_and_why(shell):
    text = sentence(shell, "import math\n\ndef ordered(xs):\n    return sorted(xs)")
    assert text.startswith("✗ ordered: not yet · 0 of 1 point")
    assert "Line 4 uses `sorted`, which this task rules out: " in text
    assert "by hand" not in text


def test_helpers_are_followed(shell):
    helper = "def put_in_order(xs):\n    xs = list(xs)\n    xs.sort()\n    return xs"
    text = sentence(shell, helper, "def ordered(xs):\n    return put_in_order(xs)")
    assert "Line 3 of `put_in_order` uses `xs.sort`" in text


def test_so_are_imports(shell):
    source = "from builtins import sorted as s\ndef ordered(xs):\n    return s(xs)"
    assert "`s` is `" in sentence(shell, source)


def test_of_a_namespace_only_what_is_used_counts(shell):
    """Chapter 12 has one with all parts of the course."""
    start = "from types import SimpleNamespace\nmine = SimpleNamespace(sorted=sorted, two=2)\n"
    annotated = "from __future__ import annotations\n"
    answer = "def ordered(xs: Numbers):\n    return xs[mine.two:]"
    assert sentence(shell, start, annotated + answer) is None
    text = sentence(shell, "def ordered(xs):\n    return mine.sorted(xs)")
    assert "Line 2 uses `mine.sorted`" in text


@pytest.mark.parametrize(
    "source",
    [
        "def ordered(xs):\n    return list(xs)",
        "def ordered(xs):\n    sorted = list(xs)\n    return sorted",
        "def make():\n    n = 1\n    def ordered(xs):\n        return sorted(xs)[:n]\n"
        "    return ordered\nordered = make()",  # its text makes no sense without `make`
        "ordered = sorted",
        "ordered = 3",
    ],
)
def test_otherwise_the_value_decides(shell, source):
    assert sentence(shell, source) is None


def test_a_class_is_searched_too(shell):
    text = sentence(shell, "class ordered:\n    def go(self, xs):\n        return sorted(xs)")
    assert "Line 3 uses `sorted`" in text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"forbidden": "sorted"}, "expected a tuple of names"),
        ({"forbidden": ("np.sort",)}, "expected a tuple of names"),
        ({"task": "Sort, but unsorted."}, "does not say that it rules out sorted"),
        ({"task": "Go without `sorted`."}, "does not say that it rules out sort$"),
    ],
)
def test_a_faulty_rule_is_refused(more, words):
    with pytest.raises(ExerciseError, match=words):
        task(**more).validate()


def test_right_answers_obey_the_rule():
    made = task()
    made.validate()
    assert not list(broken_by(made, made.answer))
    assert not any("rules out" in words for words in problems(made, seeds=(0,)))

    @made.alternative
    def easily(xs):
        """As nobody may."""
        return sorted(xs)

    assert any("easily: Line " in words for words in problems(made, seeds=(0,)))


class Odd:
    """Callable, and nothing that a function has is as it should be."""

    def __call__(self, xs):
        """Hand it back."""
        return xs

    @property
    def __wrapped__(self):
        """Itself, for ever."""
        return self

    @property
    def __code__(self):
        """No code."""
        return 3


@pytest.mark.parametrize("target", [Odd(), len, None, "sorted", Odd, 3.0])
def test_what_has_no_text_is_judged_by_its_value(target):
    assert ruled_out(task(), target) is None

"""Every exercise keeps what its file promises: see `annkit.exercises.judging.selfcheck`."""

from collections import Counter, defaultdict

import pytest

from annkit.exercises import Question, course
from annkit.exercises.judging.selfcheck import SEEDS, lacking, problems
from tests.sampling import LONG

IDS = list(course().paths)
# The notebook's own seed; then the author's other ones, and as many again.
NOW, *LATER = SEEDS[:1], SEEDS[1:], tuple(range(4, 11))

# The course is checked, not a unit of code: all exercises, over several seeds.
pytestmark = pytest.mark.slow


def rounds(id):
    """An exercise with the seed of `make test`, then with all others."""
    return [
        pytest.param(id, seeds, marks=() if seeds is NOW else LONG, id=f"{id}-{seeds[0]}")
        for seeds in (NOW, *LATER)
    ]


@pytest.mark.parametrize(("id", "seeds"), [one for id in IDS for one in rounds(id)])
def test_right_answers_pass_and_wrong_ones_are_named(id, seeds):
    """Over several seeds; stubs fail politely, thoughtless answers earn nothing."""
    assert list(problems(course().load(id), seeds)) == []


@pytest.mark.parametrize("id", IDS)
def test_every_exercise_is_equipped(id):
    """Wrong answers, alternatives and hints in the numbers the course promises."""
    assert list(lacking(course().load(id))) == []


def test_one_letter_does_not_answer_most_questions_of_a_chapter():
    right: dict[str, Counter[str]] = defaultdict(Counter)
    for id, path in course().paths.items():
        task = course().load(id)
        if isinstance(task, Question):
            place = next(n for n, option in enumerate(task.options) if option.correct)
            right[path.parent.name]["abcd"[place]] += 1
    assert len(right) == 14
    for chapter, letters in right.items():
        assert max(letters.values()) <= 0.75 * letters.total(), (chapter, letters)

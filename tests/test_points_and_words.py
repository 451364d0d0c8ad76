"""Points and words agree, for every answer that the exercises know and those without a thought.

All points are earned by what passes, and by nothing else; what the card says at its head is what
was earned; and a check says the same of an answer whether or not others have been run before it.
"""

from collections.abc import Iterator
from typing import Any

import pytest

from annkit.exercises import Exercise, course
from annkit.exercises.calls.answer import Answer, Transport, here
from annkit.exercises.cards.report import CheckResult, Report, report_card
from annkit.exercises.judging.judge import judge, points_of, run_check
from annkit.exercises.judging.thoughtless import idle_answers
from annkit.exercises.tasks.catalogue import Catalogue
from tests.sampling import sampled

IDS = [id for id in course().paths if isinstance(course().load(id), Exercise)]
# One of every chapter or so, none that trains for long, and all others for `make test-long`.
SAMPLE = IDS[4::9]
SEED = 4
# What a mutable default has kept spoils every later call: this mistake is to depend on calls.
REMEMBERS = {("topological_order", "kept_from_the_last_call")}

pytestmark = pytest.mark.slow


def loaded(id: str) -> Exercise:
    """An exercise read anew: none of its answers remembers a call."""
    task = Catalogue(course().root).load(id)
    assert isinstance(task, Exercise)
    return task


def known_answers(task: Exercise) -> list[tuple[str, Any]]:
    """Name and object of the reference, the alternatives and the wrong answers in every form."""
    right = [(target.__name__, target) for target in (task.answer, *task.alternatives)]
    wrong = [(one.name, target) for one in task.wrongs for target in (one.target, *one.variants)]
    return [*right, *wrong]


def outcomes(task: Exercise, transport: Transport, which: slice = slice(None)) -> list[CheckResult]:
    """What some of the checks say of an answer, run one after the other."""
    answer = Answer(transport, task.object_name, task.seconds)
    return [run_check(task, check, answer, SEED) for check in task.checks[which]]


def contradictions(task: Exercise, results: list[CheckResult]) -> Iterator[str]:
    """What does not fit together in points, verdict and the card's head."""
    points, passed = points_of(task, results), all(one.passed for one in results)
    if passed != (points == task.points):
        yield f"{points:g} of {task.points:g} points, and {'' if passed else 'not '}passed"
    report = Report(
        task.id, task.title, task.kind, passed, points, float(task.points), tuple(results)
    )
    head = report_card(report).plain().splitlines()[0]
    word = "passed" if passed else "partly there" if points else "not yet"
    said = f"{task.id}: {word} · {points:g} of {task.points:g} point"
    if said not in head:
        yield f"“{head}”, where “{said}” is the case"


@pytest.mark.parametrize("id", sampled([*SAMPLE, *sorted({*IDS} - {*SAMPLE})], len(SAMPLE)))
def test_points_verdict_and_head_agree_and_each_check_stands_for_itself(id: str) -> None:
    found = []
    task = loaded(id)
    alone = [loaded(id) for _ in task.checks]
    answers = [known_answers(one) for one in alone]
    for number, (name, target) in enumerate(known_answers(task)):
        results = outcomes(task, here(target))
        found += [f"{name}: {words}" for words in contradictions(task, results)]
        for place, result in enumerate(results):
            itself = here(answers[place][number][1])
            [by_itself] = outcomes(alone[place], itself, slice(place, place + 1))
            if by_itself.passed != result.passed and (id, name) not in REMEMBERS:
                found.append(f"{name}: “{result.label}” {result.passed}, by itself otherwise")
    assert found == []


@pytest.mark.parametrize("id", sampled([*SAMPLE, *sorted({*IDS} - {*SAMPLE})], len(SAMPLE)))
def test_so_they_do_for_answers_without_a_thought(id: str) -> None:
    task = loaded(id)
    found = [
        f"{what}: {words}"
        for what, transport in idle_answers(task)
        for words in contradictions(task, outcomes(task, transport))
    ]
    assert found == []


def test_a_check_that_was_not_run_bears_no_cross() -> None:
    """After a loop that never ends no more calls are made; two of the checks would have passed."""
    task = loaded("relu")
    task.seconds = 0.1

    def relu(z: Any) -> Any:
        while z.shape == (5,):
            pass
        return (abs(z) + z) / 2

    report = judge(task, relu)
    assert [check.sign for check in report.checks] == ["✗", "–", "–", "–"]
    assert report.first_failure is report.checks[0]

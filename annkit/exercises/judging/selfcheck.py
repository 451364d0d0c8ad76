"""An author's check of an exercise: does its file keep what it promises?

- The reference and every alternative pass, for several seeds.
- The untouched stub fails politely and counts as not attempted.
- Every known wrong answer is caught, first by the check it names, and named by the diagnosis.
- Answers that ignore the question earn nothing, nor does a table of what never changes; and every
  check asks something that is drawn anew for each student, unless it looks at the form alone.
- A check asks the same whenever it runs with the same seed: else a mark could not be repeated.
- Right answers use no name that the task rules out, and do not look measured.
- It needs no file that lies beside it: of a folder, only Python is handed out and judged with.

An exercise of the course has some more: right answers in other styles, and wrong ones.

Not here: those answers (`thoughtless`); whether the exercise is any good: that takes a reader.
"""

import argparse
import re
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annkit.exercises.calls.answer import Answer, Transport, here
from annkit.exercises.calls.elsewhere import Ended, each_elsewhere
from annkit.exercises.calls.surroundings import shared_generators
from annkit.exercises.cards.report import CheckResult
from annkit.exercises.judging.judge import (
    calls_of_the_reference,
    judge,
    outcome,
    points_of,
    run_check,
)
from annkit.exercises.judging.ruled_out import broken_by, looks_measured
from annkit.exercises.judging.thoughtless import (
    FILLS,
    AnswerTable,
    idle_answers,
    once_each,
    takes_nothing,
)
from annkit.exercises.tasks.catalogue import Catalogue, UnknownExercise, course
from annkit.exercises.tasks.edition import Edition
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Check, Exercise, Task
from annkit.exercises.tasks.task_base import ExerciseError

SEEDS = (0, 1, 2, 3, 20_261)
_ALTERNATIVES = 2
_WRONGS, _WRONGS_OF_ONE_LINE = 3, 2
_ONE_LINE = re.compile(r"(about )?(1|one) line")
# Of processor time, to try a teacher's own file with all its answers.
_OWN_SECONDS = 240.0


def problems(task: Task, seeds: tuple[int, ...] = SEEDS) -> Iterator[str]:
    """Yield a sentence for everything that does not hold."""
    yield from _left_behind(Path(task.path))
    if isinstance(task, Exercise):
        right = once_each(here(task.answer))
        yield from _unrepeatable(task, right, seeds[0])
        for seed in seeds:
            yield from _right_answers(task, seed)
            yield from _wrong_answers(task, seed)
        for target in (task.answer, *task.alternatives) if task.forbidden else ():
            yield from (f"{target.__name__}: {words}" for words in broken_by(task, target))
        for target in (task.answer, *task.alternatives) if task.derived else ():
            yield from (f"{target.__name__}: {words}" for words in looks_measured(task, target))
        yield from _stub(task)
        yield from dict.fromkeys(_without_thought(task, right, seeds[0]))
    elif isinstance(task, Question):
        yield from _letters(task)
    elif isinstance(task, Explanation) and judge(task, "").attempted:
        yield "an empty text counts as an attempt"


def lacking(task: Task) -> Iterator[str]:
    """What exercises of the course have and this one lacks; a teacher's own may do with less."""
    if not isinstance(task, Exercise):
        return
    if len(task.alternatives) < _ALTERNATIVES:
        yield (
            f"right answers in another style: {len(task.alternatives)}, "
            f"expected {_ALTERNATIVES} or more (@exercise.alternative)"
        )
    wanted = _WRONGS_OF_ONE_LINE if _ONE_LINE.fullmatch(task.size) else _WRONGS
    if len(task.wrongs) < wanted:
        yield f"wrong answers: {len(task.wrongs)}, expected {wanted} or more (@exercise.wrong)"
    prose = [text for hint in task.hints for text in hint.split("```")[::2]]
    for line in (line for text in prose for line in text.splitlines() if line.count("`") % 2):
        yield f"a hint's code is torn in two, as a line of its own may begin a list: {line}"


def _left_behind(path: Path) -> Iterator[str]:
    """Files beside an exercise that it, or its chapter, names: they are nowhere but here."""
    readers = (path, path.with_name("chapter.py"))
    texts = [reader.read_text("utf-8") for reader in readers if reader.is_file()]
    for file in sorted(filter(Path.is_file, path.parent.iterdir())):
        if file.suffix not in ("", ".py", ".pyc") and any(file.name in text for text in texts):
            yield (
                f"{file.name} stays behind: learners do not get it, and answers that are marked "
                "cannot read it; write its numbers into the Python file"
            )


def _unrepeatable(task: Exercise, right: Transport, seed: int) -> Iterator[str]:
    """Checks that draw from anything but the generator they are given."""
    for check, calls in zip(task.checks, calls_of_the_reference(task, seed), strict=True):
        shared = shared_generators()
        answer = Answer(right, task.object_name, task.seconds)
        run_check(task, check, answer, seed)
        asked = [call.text for call in answer.calls]
        if asked != [call.text for call in calls] or shared_generators() != shared:
            yield (
                f"“{check.label}” is another one each time, so that no mark could be repeated: "
                "draw from `rng`, which it is given, and from nothing else"
            )


def _right_answers(task: Exercise, seed: int) -> Iterator[str]:
    for target in (task.answer, *task.alternatives):
        report = judge(task, target, seed)
        if not report.passed or report.points != task.points:
            yield f"seed {seed}: {target.__name__} is right but fails:\n{report.message}"


def _wrong_answers(task: Exercise, seed: int) -> Iterator[str]:
    for wrong in task.wrongs:
        report = judge(task, wrong.target, seed)
        first = report.first_failure
        expected = next(c.label for c in task.checks if c.function is wrong.caught_by)
        if first is None:
            yield f"seed {seed}: wrong answer {wrong.name} passes"
        elif first.label != expected:
            yield f"seed {seed}: {wrong.name} is first caught by “{first.label}”, not “{expected}”"
        if first is not None and report.mistake != wrong.name:
            suspects = report.suspects or report.mistake
            yield f"seed {seed}: {wrong.name} is not named (fits: {suspects})"


def _stub(task: Exercise) -> Iterator[str]:
    report = judge(task, stub_of(task))
    if report.attempted or report.passed or report.points:
        yield f"the untouched stub counts as an attempt or earns points:\n{report.message}"


def stub_of(task: Exercise) -> Any:
    """A stand-in for the untouched stub: whatever is called raises NotImplementedError."""

    def stub(*args: Any, **kwargs: Any) -> Any:
        raise NotImplementedError

    if not isinstance(task.answer, type):
        return stub
    return type(task.object_name, (), {"__init__": stub})


def _without_thought(task: Exercise, right: Transport, seed: int) -> Iterator[str]:
    """Idle answers earn nothing, nor does a table, and no check is content with one."""
    idle = dict(idle_answers(task))
    for what, transport in idle.items():
        results = _decisive(task, transport, seed)
        points = points_of(task, results)
        # Where nothing is asked, what passes is an answer.
        if points and not (takes_nothing(task) and points == task.points):
            yield f"seed {seed}: giving {what} earns {points:g} points{_by(results)}"
    table = AnswerTable(task, right, seed)
    for what, fill in FILLS.items() if table.is_of_use else ():
        by_table = _outcomes(task, task.checks, table.answer(fill), seed)
        points = points_of(task, by_table)
        if points:
            yield f"a table, else {what}, earns {points:g} points{_by(by_table)}"
        known = [c for c, one in zip(task.checks, by_table, strict=True) if one.passed]
        for result in _outcomes(task, known, idle[what], seed):
            if not result.passed:
                yield f"“{result.label}” asks only what is the same for every student"
    # Of an exercise of one point all checks count together, and one of them draws freely.
    for label in table.from_few_cases() if table.is_of_use and task.points > 1 else ():
        yield f"“{label}” draws from so few cases that students share theirs"


def _decisive(task: Exercise, transport: Transport, seed: int) -> list[CheckResult]:
    """The outcomes that points depend on: an only point is lost with the first check that fails."""
    if task.points != 1:
        return _outcomes(task, [check for check in task.checks if check.points], transport, seed)
    answer, results = Answer(transport, task.object_name, task.seconds), []
    for check in task.checks:
        results.append(outcome(task, check, answer, seed))
        if not results[-1].passed:
            break
    return results


def _outcomes(
    task: Exercise, checks: list[Check], transport: Transport, seed: int
) -> list[CheckResult]:
    answer = Answer(transport, task.object_name, task.seconds)
    return [outcome(task, check, answer, seed) for check in checks]


def _by(results: list[CheckResult]) -> str:
    return "".join(f", by “{one.label}”" for one in results if one.passed and one.points)


def _letters(task: Question) -> Iterator[str]:
    for letter, option in zip(task.letters, task.options, strict=True):
        report = judge(task, letter)
        if report.passed != (letter == task.answer):
            yield f"option {letter} is judged wrongly"
        if report.mistake_text != option.why:
            yield f"option {letter} does not show its own explanation"


def _problems_of_own(file: Path) -> list[str]:
    """What does not hold of a teacher's own file, in a process that it may end."""
    whole = Catalogue(course().root, Edition(own=file.resolve().parents[1]))
    try:
        return list(problems(whole.load(file.stem)))
    except (ExerciseError, UnknownExercise) as error:
        return [str(error)]
    except BaseException:  # whatever a program may raise; nobody else interrupts this one
        return [traceback.format_exc()]


def _found(id: str) -> list[str]:
    """What does not hold of an exercise, be it that there is none."""
    file = Path(id)
    if file.suffix == ".py":
        (found,) = each_elsewhere(_problems_of_own, [file], _OWN_SECONDS)
        return [f"{file.stem}: {found.words}"] if isinstance(found, Ended) else found
    try:
        task = course().load(id)
        return [*lacking(task), *problems(task)]
    except (ExerciseError, UnknownExercise) as error:
        return [str(error)]


def main(words: list[str]) -> int:
    """Check exercises; print what does not hold, and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m annkit.exercises",
        description="Check exercises: does the file of each keep what it promises?",
    )
    which = "exercises of the course, or files of a teacher's own; without any, all of the course"
    parser.add_argument("ids", nargs="*", metavar="id", help=which)
    failed = 0
    for id in parser.parse_args(words).ids or course().paths:
        found = _found(id)
        failed += bool(found)
        print(f"{'FAIL' if found else 'ok  '} {id}")
        for problem in found:
            print("     " + problem.replace("\n", "\n     "))
    return 1 if failed else 0

"""What the verdicts of a class say together: attempts, mistakes, checks, groups without a name.

Everything is counted in students, never in attempts: who made a mistake three times counts once.

Not here: where the verdicts come from (`annkit.grading.books.filing`), how it looks (`page`).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import mean

from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.states import FOR_A_PERSON, GRADED, NOT_ATTEMPTED

# Below so many students on either side, a difference says nothing.
FEW = 3
# An attempt from here on is told together with the later ones.
LATE = 3


@dataclass
class Mistake:
    """A known mistake of one exercise.

    Attributes:
        name: of it; several joined by " or " where the checks cannot tell them apart.
        text: what the card says of it.
        students: who ever made it.
        mended: those of them who have passed since.
    """

    name: str
    text: str
    students: set[str] = field(default_factory=set)
    mended: set[str] = field(default_factory=set)

    @property
    def is_rare(self) -> bool:
        """Whether one student only has made it: no matter for a lesson."""
        return len(self.students) == 1


@dataclass
class Unnamed:
    """Answers that do the same wrong thing, which no known mistake does.

    Attributes:
        behaviour: what they have in common, in letters.
        seen: the failing case on the notebook's inputs, in words.
        students: whose latest answer is one of them.
    """

    behaviour: str
    seen: str
    students: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class CheckTally:
    """How a check went, over the latest answers.

    Attributes:
        label: of the check.
        passed: how many pass it.
        failed: how many do not.
        separates: mean share of points on all other exercises, of those who pass it minus of those
            who do not; None if either are few.
    """

    label: str
    passed: int
    failed: int
    separates: float | None


@dataclass
class ExerciseTally:
    """What a class did with one exercise.

    Attributes:
        id: the exercise.
        max_points: that can be earned.
        points: mean of the latest, of all who handed in and whose points are known; else None.
        passed_at: number of the attempt → students who passed at it; `LATE` stands for all later.
        not_yet: students who tried and have not passed.
        untouched: students who handed in without it.
        by_hand: students whose words wait for a person.
        states: other states → students.
        followed: students whose latest answer was judged on references of earlier exercises.
        mistakes: known ones, the most frequent first.
        unnamed: groups of others, the largest first.
        checks: in the exercise's order.
    """

    id: str
    max_points: float
    points: float | None = None
    passed_at: Counter[int] = field(default_factory=Counter)
    not_yet: int = 0
    untouched: int = 0
    by_hand: int = 0
    states: Counter[str] = field(default_factory=Counter)
    followed: int = 0
    mistakes: list[Mistake] = field(default_factory=list)
    unnamed: list[Unnamed] = field(default_factory=list)
    checks: list[CheckTally] = field(default_factory=list)


@dataclass(frozen=True)
class _Attempt:
    """One version of one student's answer, by its last verdict."""

    version: str
    mark: MarkLine


_History = dict[str, dict[str, list[_Attempt]]]  # exercise → student → attempts in order


def tally(verdicts: Iterable[Verdict]) -> list[ExerciseTally]:
    """Count what became of each exercise of one notebook.

    Args:
        verdicts: of all students, all that were ever reached, oldest first.
    """
    latest: dict[str, Verdict] = {}
    history: _History = defaultdict(lambda: defaultdict(list))
    for verdict in verdicts:
        latest[verdict.student] = verdict
        for mark in verdict.marks:
            _add(history[mark.id][verdict.student], verdict, mark)
    shares = _Shares(latest)
    return [
        _exercise(mark, history[mark.id], latest, shares)
        for mark in next(iter(latest.values()), Verdict("", "", "", ())).marks
    ]


def _add(attempts: list[_Attempt], verdict: Verdict, mark: MarkLine) -> None:
    if mark.state == NOT_ATTEMPTED:
        return
    version = (verdict.versions or {}).get(mark.id, "")
    if attempts and attempts[-1].version == version:
        attempts.pop()  # the same answer, judged again
    attempts.append(_Attempt(version, mark))


def _exercise(
    head: MarkLine,
    histories: Mapping[str, list[_Attempt]],
    latest: Mapping[str, Verdict],
    shares: "_Shares",
) -> ExerciseTally:
    done = ExerciseTally(head.id, head.max_points)
    marks = {student: _mark_of(verdict, head.id) for student, verdict in latest.items()}
    points = [0.0 if mark is None else mark.points for mark in marks.values()]
    known = [one for one in points if one is not None]
    done.points = mean(known) if known else None
    for student, mark in marks.items():
        _count(done, mark, histories.get(student, []))
    done.followed = sum(bool(mark and mark.lent) for mark in marks.values())
    done.mistakes = _mistakes(histories)
    done.unnamed = _unnamed(marks)
    done.checks = _checks(head.id, marks, shares)
    return done


def _count(done: ExerciseTally, mark: MarkLine | None, attempts: Sequence[_Attempt]) -> None:
    """Put one student where they stand: once passed is passed."""
    at = next((n for n, one in enumerate(attempts, 1) if _passed(one.mark)), 0)
    if at:
        done.passed_at[min(at, LATE)] += 1
    elif mark is None or mark.state == NOT_ATTEMPTED:
        done.untouched += 1
    elif mark.state == FOR_A_PERSON:
        done.by_hand += 1
    else:
        done.not_yet += 1
        if mark.state != GRADED:
            done.states[mark.state] += 1


def _passed(mark: MarkLine) -> bool:
    return mark.state == GRADED and mark.points == mark.max_points


def _mark_of(verdict: Verdict, id: str) -> MarkLine | None:
    return next((mark for mark in verdict.marks if mark.id == id), None)


def _mistakes(histories: Mapping[str, list[_Attempt]]) -> list[Mistake]:
    found: dict[str, Mistake] = {}
    for student, attempts in histories.items():
        for place, attempt in enumerate(attempts):
            mark = attempt.mark
            name = mark.mistake or " or ".join(mark.suspects)
            if not name:
                continue
            one = found.setdefault(name, Mistake(name, mark.mistake_text))
            one.students.add(student)
            if any(_passed(later.mark) for later in attempts[place:]):
                one.mended.add(student)
    return sorted(found.values(), key=lambda one: (-len(one.students), one.name))


def _unnamed(marks: Mapping[str, MarkLine | None]) -> list[Unnamed]:
    found: dict[str, Unnamed] = {}
    for student, mark in marks.items():
        if mark is not None and mark.behaviour:
            one = found.setdefault(mark.behaviour, Unnamed(mark.behaviour, mark.seen))
            one.students.add(student)
    return sorted(found.values(), key=lambda one: (-len(one.students), one.behaviour))


def _checks(id: str, marks: Mapping[str, MarkLine | None], shares: "_Shares") -> list[CheckTally]:
    sides: dict[str, tuple[list[float], list[float]]] = {}
    for student, mark in marks.items():
        for check in mark.checks if mark is not None and mark.state == GRADED else ():
            passed, failed = sides.setdefault(check.label, ([], []))
            (passed if check.passed else failed).append(shares.elsewhere(student, id))
    return [
        CheckTally(
            label,
            len(passed),
            len(failed),
            mean(passed) - mean(failed) if min(len(passed), len(failed)) >= FEW else None,
        )
        for label, (passed, failed) in sides.items()
    ]


class _Shares:
    """What part of the points a student has earned, one exercise left out."""

    def __init__(self, latest: Mapping[str, Verdict]) -> None:
        self._latest = latest

    def elsewhere(self, student: str, id: str) -> float:
        marks = [
            mark
            for mark in self._latest[student].marks
            if mark.id != id and mark.points is not None
        ]
        most = sum(mark.max_points for mark in marks)
        return sum(mark.points or 0.0 for mark in marks) / most if most else 0.0

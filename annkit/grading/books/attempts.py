"""Which of several attempts counts: the teacher's policy, applied to what the ledger holds.

An attempt is one file that was handed in; judged again, by another version or by hand of a new
release, it stays the same attempt with a new verdict. Nothing is judged here, so a policy or a due
date can be changed at any time.

Not here: what a late attempt costs (`lateness`), writing marks down (`filing`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from annkit.grading.books.ledger import Judged


class Policy(Enum):
    """Which attempt counts; the value is what a course file says."""

    LAST = "last"
    BEST = "best"
    LAST_IN_TIME = "last in time"

    @property
    def words(self) -> str:
        """What a table says of it."""
        return {
            Policy.LAST: "the last attempt counts",
            Policy.BEST: "the best attempt counts, less what its lateness costs",
            Policy.LAST_IN_TIME: "the last attempt before the due date counts; the last of all if "
            "none was in time",
        }[self]


@dataclass(frozen=True)
class Attempt:
    """One file of one student, by its latest verdict.

    Attributes:
        judged: the verdict, and when the file was handed in.
        number: 1 for the first.
    """

    judged: Judged
    number: int


def attempts(history: Iterable[Judged], current: str) -> list[Attempt]:
    """The attempts of one student at one notebook, in the order they were first judged.

    The one that lies in the course directory now comes last: a teacher may have put an earlier
    file back.

    Args:
        history: verdicts, oldest first.
        current: key of the file that lies there now.
    """
    latest: dict[str, Judged] = {}
    for one in history:
        if not one.verdict.is_unjudged:
            latest[one.verdict.content or one.verdict.key] = one
    in_order = sorted(latest.values(), key=lambda one: one.verdict.key == current)
    return [Attempt(one, number) for number, one in enumerate(in_order, 1)]


def that_counts(
    policy: Policy,
    candidates: Sequence[Attempt],
    due: datetime | None,
    penalty: Callable[[Judged], float],
) -> Attempt:
    """The attempt that counts.

    Args:
        policy: the teacher's.
        candidates: at least one, in order.
        due: until when it is in time, UTC; None if there is no due date.
        penalty: what a verdict loses for being late, in points.
    """
    if policy is Policy.BEST:
        # Of equal ones the later: it is what the student last thought.
        return max(candidates, key=lambda one: (_total(one.judged, penalty), one.number))
    if policy is Policy.LAST_IN_TIME and due is not None:
        in_time = [one for one in candidates if not is_late(one.judged.handed_in, due)]
        return (in_time or candidates)[-1]
    return candidates[-1]


def is_late(handed_in: datetime | None, due: datetime | None) -> bool:
    """Whether something came after its due date; what nobody knows the time of did not."""
    return handed_in is not None and due is not None and handed_in > due


def _total(judged: Judged, penalty: Callable[[Judged], float]) -> float:
    return max(0.0, judged.verdict.points - penalty(judged))

"""When something is due again: a plain expanding schedule, read from the record.

After a wrong answer a thing is due the next day; after each right one in a row it waits longer.
S. H. K. Kang, R. V. Lindsey, M. C. Mozer and H. Pashler (2014, *Psychonomic Bulletin & Review* 21)
compared gaps that grow with equal ones: eight weeks later as much was known, and on the way there
more. The idea is T. K. Landauer's and R. A. Bjork's (1978). These very gaps are a choice.

What counts is what `today()` asked; a chapter that is run again from top to bottom says nothing of
what one remembers. Nothing is lost by a day, or a month, on which nobody asks.

Not here: asking (`annkit.exercises.review`), what has stayed (`what_stays`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from annkit.exercises.record import progress_log
from annkit.exercises.record.progress_log import Record, read_record, remember
from annkit.exercises.tasks.catalogue import Catalogue

GAPS = (1, 3, 7, 16, 35, 75)  # days
# A question answered wrong; a result to predict; a function to write; a mistake that was mended.
QUESTION, NUMBER, WRITE, WHY = "question", "number", "write", "why"
# A question about one's own code, right after it has passed: asked once, due never.
OWN = "own"
# Where in the gaps a thing begins. What has passed is written again a week later.
_BEGINS = {QUESTION: 0, NUMBER: 0, WRITE: 2, WHY: 1}
_WHY_TIMES = 2  # a mistake is asked about once, and once more with other numbers
# What five minutes are made of, in the order of choice: of one function only one thing is asked,
# and rather what takes effort than its result.
MINUTES = {QUESTION: 1, WHY: 1, NUMBER: 1, WRITE: 3}
_SESSION, _MOST_MINUTES = (WRITE, QUESTION, WHY, NUMBER, QUESTION), 5


@dataclass(frozen=True)
class Memory:
    """One thing to be remembered.

    Attributes:
        id: the exercise.
        kind: QUESTION, NUMBER, WRITE or WHY.
        last: the day it was last dealt with.
        streak: how many gaps it has come through.
    """

    id: str
    kind: str
    last: date
    streak: int

    @property
    def due(self) -> date:
        """The day from which on it may be asked."""
        return self.last + timedelta(days=GAPS[min(self.streak, len(GAPS) - 1)])


def day_of(event: dict[str, Any]) -> date | None:
    """The day of an event, where the learner is; None if it does not say."""
    try:
        return datetime.fromisoformat(event["time"]).astimezone().date()
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def memories(catalogue: Catalogue, record: Record) -> list[Memory]:
    """All there is to be remembered, in the order of the course."""
    found: list[Memory] = []
    for id in catalogue.paths:
        events = record.by_id.get(id)
        if events:
            found += _of_one(id, catalogue.entry(id).kind, events)
    return found


def due_on(
    day: date, things: Sequence[Memory], can_ask: Callable[[Memory], bool] = lambda _: True
) -> list[Memory]:
    """What to ask on a day: five minutes' worth, what has waited longest first.

    Args:
        day: the day.
        things: what there is to be remembered.
        can_ask: whether a thing can be asked at all; another one takes its place if not.
    """
    chosen: dict[str, Memory] = {}
    minutes = 0
    waiting = sorted((thing for thing in things if thing.due <= day), key=lambda one: one.due)
    for kind in _SESSION:
        fitting = (one for one in waiting if one.kind == kind and one.id not in chosen)
        if minutes + MINUTES[kind] > _MOST_MINUTES:
            continue
        thing = next((one for one in fitting if can_ask(one)), None)
        if thing is not None:
            chosen[thing.id] = thing
            minutes += MINUTES[kind]
    order = list(MINUTES)
    return sorted(chosen.values(), key=lambda one: order.index(one.kind))


def note_review(
    catalogue: Catalogue, id: str, kind: str, passed: bool, unaided: bool = True
) -> Memory | None:
    """Write down how a thing went that was due; whatever is not due changes nothing.

    Returns:
        the thing as it is afterwards; None if there is nothing to be remembered of that kind.
    """
    thing = _thing(catalogue, id, kind)
    if thing is None or thing.due > this_day():
        return thing
    remember("review", id, kind=kind, passed=passed, unaided=unaided)
    return _thing(catalogue, id, kind) or thing


def is_unaided(record: Record, id: str) -> bool:
    """Whether no hint and no solution of an exercise was opened today."""
    events = record.by_id.get(id, [])
    return not any(e["event"] in ("hint", "solution") and day_of(e) == this_day() for e in events)


def this_day() -> date:
    """Today, where the learner is."""
    return progress_log.now().astimezone().date()


def _thing(catalogue: Catalogue, id: str, kind: str) -> Memory | None:
    events = read_record().by_id.get(id, [])
    things = _of_one(id, catalogue.entry(id).kind, events)
    return next((thing for thing in things if thing.kind == kind), None)


def _of_one(id: str, kind: str, events: list[dict[str, Any]]) -> Iterator[Memory]:
    dated = [(day, event) for event in events if (day := day_of(event)) is not None]
    judged = [(day, event) for day, event in dated if event["event"] == "check"]
    if kind == "question":
        wrong = [
            day
            for day, event in judged
            if event.get("attempted") is True
            and event.get("passed") is False
            and event.get("kept") is not True
        ]
        if wrong:
            yield _reviewed(id, QUESTION, wrong[-1], dated)
    elif kind == "exercise":
        passed = [day for day, event in judged if event.get("passed") is True]
        if passed:
            yield _reviewed(id, NUMBER, passed[0], dated)
            yield _reviewed(id, WRITE, passed[0], dated)
        mended = mended_mistake(events)
        if mended is not None:
            memory = _reviewed(id, WHY, mended[1], dated)
            if memory.streak < _BEGINS[WHY] + _WHY_TIMES:
                yield memory


def mended_mistake(events: Sequence[dict[str, Any]]) -> tuple[str, date] | None:
    """The last mistake of an exercise that has a name, and the day it was mended, if it was."""
    name, mended = "", None
    for event in events:
        if event["event"] != "check":
            continue
        if isinstance(event.get("mistake"), str):
            name, mended = event["mistake"], None
        elif event.get("passed") is True and mended is None:
            mended = day_of(event)
    return (name, mended) if name and mended is not None else None


def _reviewed(id: str, kind: str, begun: date, dated: list[tuple[date, dict[str, Any]]]) -> Memory:
    """A thing after everything that was asked of it."""
    last, streak = begun, _BEGINS[kind]
    for day, event in dated:
        if event["event"] == "review" and event.get("kind") == kind and day >= begun:
            streak = streak + 1 if is_remembered(event) else 0
            last = max(last, day)
    return Memory(id, kind, last, streak)


def is_remembered(event: dict[str, Any]) -> bool:
    """Whether a review was answered right, and without help."""
    return event.get("passed") is True and event.get("unaided") is not False

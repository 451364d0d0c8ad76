"""Where the learner stands: the record read as states of exercises and sums of chapters.

Not here: the file (`progress_log`), how the map looks (`annkit.show.cards.progress_map`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from annkit.exercises.record.progress_log import Record, read_record
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.exercises.tasks.course_index import IndexEntry
from annkit.exercises.tasks.question import Question, letters_in
from annkit.exercises.tasks.texts import spelled_out
from annkit.show.cards.progress_map import ChapterState, ExerciseState, MistakeState


@dataclass(frozen=True)
class ExerciseHistory:
    """What was done with one exercise.

    Attributes:
        passed: whether it ever passed.
        points: the best points so far.
        tried: whether an answer was ever judged that was more than the untouched stub.
        hints: how many hints are open.
        solved: whether its solution was shown.
        letters: the last choice at a question; empty if none.
        kept: whether right and wrong of that choice was kept for later.
    """

    passed: bool = False
    points: float = 0.0
    tried: bool = False
    hints: int = 0
    solved: bool = False
    letters: str = ""
    kept: bool = False


def is_pass(event: dict[str, Any]) -> bool:
    """Whether an event is a right answer to `check`; a review, or a question on it, is none."""
    return event["event"] == "check" and event.get("passed") is True


def has_answered(id: str) -> bool:
    """Whether an exercise was tried or given up: then what it asked for may be shown."""
    history = history_of(read_record(), id)
    return history.tried or history.solved


def history_of(record: Record, id: str) -> ExerciseHistory:
    """Sum up the events of one exercise; details of an unexpected type count for nothing."""
    events = record.by_id.get(id, [])
    judged = [event for event in events if event["event"] == "check"]
    rungs = [event.get("rung") for event in events if event["event"] == "hint"]
    letters = [event.get("letters") for event in judged]
    return ExerciseHistory(
        passed=any(event.get("passed") is True for event in judged),
        points=max((_number(event.get("points")) for event in judged), default=0.0),
        tried=any(event.get("attempted") is True for event in judged),
        hints=max((rung for rung in rungs if type(rung) is int and rung > 0), default=0),
        solved=any(event["event"] == "solution" for event in events),
        letters=next((text for text in reversed(letters) if isinstance(text, str) and text), ""),
        kept=bool(judged) and judged[-1].get("kept") is True,
    )


def mistakes_made(catalogue: Catalogue, record: Record) -> list[MistakeState]:
    """Known mistakes in code that the record tells of, the latest first.

    A mistake is mended when its exercise passes afterwards. Wrong letters are left out: what they
    are called says nothing.
    """
    mended: dict[tuple[str, str], bool] = {}
    for event in record.events:
        id, name = event["id"], event.get("mistake")
        if event["event"] != "check" or id not in catalogue.paths:
            continue
        if event.get("passed") is True:
            mended |= {known: True for known in mended if known[0] == id}
        elif isinstance(name, str) and catalogue.entry(id).kind != "question":
            mended.pop((id, name), None)  # made again, it is the latest
            mended[id, name] = False
    return [
        MistakeState(id, spelled_out(name), done, catalogue.entry(id).title)
        for (id, name), done in reversed(mended.items())
    ]


def last_checked(record: Record) -> str:
    """The exercise judged last; empty if there is none."""
    ids = (event["id"] for event in reversed(record.events) if event["event"] == "check")
    return str(next(ids, ""))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) and value >= 0 else 0.0


def chapter_state(catalogue: Catalogue, chapter: str, record: Record) -> ChapterState:
    """Sum up one chapter; questions without points are left out."""
    entries = map(catalogue.entry, catalogue.chapters[chapter])
    states = tuple(_state(catalogue, entry, record) for entry in entries if entry.points)
    return ChapterState(chapter, states, catalogue.title(chapter))


def course_state(catalogue: Catalogue, record: Record) -> tuple[ChapterState, ...]:
    """Sum up all chapters that have anything to count."""
    states = (chapter_state(catalogue, chapter, record) for chapter in catalogue.chapters)
    return tuple(state for state in states if state.exercises)


def _state(catalogue: Catalogue, entry: IndexEntry, record: Record) -> ExerciseState:
    history = history_of(record, entry.id)
    by_hand = entry.kind == "explanation"
    passed = history.passed or (history.kept and _was_right(catalogue, entry.id, history.letters))
    if passed:
        state = "passed"
    elif history.tried or (by_hand and history.solved):
        state = "tried"
    else:
        state = "open"
    kind = "in words" if by_hand else "question" if entry.kind == "question" else ""
    points = entry.points if passed else min(history.points, entry.points)
    waits = history.kept and catalogue.untold(entry.id) is not None
    return ExerciseState(entry.id, entry.title, state, points, entry.points, kind, waits=waits)


def _was_right(catalogue: Catalogue, id: str, letters: str) -> bool:
    """Whether a choice that was kept was right, once that may be told."""
    task = catalogue.load(id)
    if not isinstance(task, Question) or catalogue.untold(id) is not None:
        return False
    return letters_in(letters) == task.answer


def nearest(states: Iterable[ChapterState]) -> str:
    """The first exercise in the order of the course that is not passed; empty if none is left."""
    return next(
        (
            exercise.id
            for chapter in states
            for exercise in chapter.exercises
            if exercise.counts and exercise.state != "passed" and not exercise.waits
        ),
        "",
    )

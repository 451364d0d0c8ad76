"""The map of the course with what is done: a bar for each chapter, a chip for each exercise.

Every state has a sign and a word besides its colour.

Not here: where the states come from (`annkit.exercises.record.progress_state`).
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from annkit.show.cards.card import WIDTH, Code, Fold, Meter

SIGNS = {"passed": "✓", "tried": "◐", "open": "○"}
SHADES = {
    "passed": "rgba(0,158,115,0.22)",
    "tried": "rgba(230,159,0,0.25)",
    "open": "rgba(128,128,128,0.10)",
}
LEGEND = "✓ passed   ◐ tried   ○ open   ✎ in words: read by a person, not counted"


@dataclass(frozen=True)
class ExerciseState:
    """One exercise on the map.

    Attributes:
        id: the exercise.
        title: its title.
        state: "passed", "tried" or "open".
        points: points earned.
        max_points: points that can be earned.
        kind: "question", "in words", or "" for an exercise in code.
    """

    id: str
    title: str
    state: str
    points: float
    max_points: float
    kind: str = ""

    @property
    def counts(self) -> bool:
        """Whether it counts in the sums: answers in words are marked by a person."""
        return self.kind != "in words"

    @property
    def label(self) -> str:
        """The sign and the id: "✓ sigmoid"."""
        return f"{'✎ ' if not self.counts else ''}{SIGNS[self.state]} {self.id}"


@dataclass(frozen=True)
class ChapterState:
    """One chapter on the map: its folder's name and its exercises in order."""

    name: str
    exercises: tuple[ExerciseState, ...]

    @property
    def short_name(self) -> str:
        """The chapter's number: "ch03"."""
        return self.name.split("_")[0]

    @property
    def title(self) -> str:
        """Number and topic: "ch03 activations"."""
        return self.name.replace("_", " ")

    @property
    def meter(self) -> Meter:
        """The chapter's points as a bar, with the sums in words."""
        return _meter(self.exercises, f"{self.short_name}: ")


def _meter(exercises: Sequence[ExerciseState], prefix: str = "") -> Meter:
    counted = [exercise for exercise in exercises if exercise.counts]
    points = sum(exercise.points for exercise in counted)
    total = sum(exercise.max_points for exercise in counted)
    passed = sum(exercise.state == "passed" for exercise in counted)
    words = f"{prefix}{passed} of {len(counted)} exercises, {points:g} of {total:g} points"
    return Meter(points, total or 1.0, words)


@dataclass(frozen=True)
class MistakeState:
    """A mistake the learner has made: its exercise, what it is called, whether it is mended."""

    id: str
    words: str
    mended: bool

    @property
    def line(self) -> str:
        """Sign, name and exercise: "✓ sign flipped, in relu"."""
        return f"{SIGNS['passed' if self.mended else 'tried']} {self.words}, in {self.id}"


class ProgressMap:
    """The map of all chapters.

    Args:
        chapters: in the order of the course.
        notes: sentences for the end, such as a damaged line in the record.
        next_id: the exercise to go on with; empty if nothing is left.
        mistakes: that the learner has made, the latest first.
    """

    def __init__(
        self,
        chapters: Sequence[ChapterState],
        notes: Sequence[str] = (),
        next_id: str = "",
        mistakes: Sequence[MistakeState] = (),
    ) -> None:
        """Sum up the course."""
        self.chapters = chapters
        self.mistakes = _mistakes(mistakes)
        self.notes = list(notes)
        if next_id:
            self.notes.insert(0, f"Next: {next_id}")
        self.total = _meter([e for chapter in chapters for e in chapter.exercises], "Course: ")

    def html(self) -> str:
        """Return the map as one `<div>`."""
        notes = "".join(f'<p style="margin:0.35em 0">{escape(note)}</p>' for note in self.notes)
        return (
            '<div style="border:1px solid rgba(128,128,128,0.4);border-radius:4px;'
            'padding:0.5em 1em;margin:0.4em 0;max-width:52em;line-height:1.5">'
            f"{self.total.html()}"
            + "".join(map(_chapter_html, self.chapters))
            + f'<p style="margin:0.5em 0 0.35em 0;font-size:90%">{escape(LEGEND)}</p>'
            + (self.mistakes.html() if self.mistakes else "")
            + f"{notes}</div>"
        )

    def plain(self) -> str:
        """Return the map as plain text."""
        lines = [self.total.plain()]
        for chapter in self.chapters:
            words = chapter.meter.plain().replace(f"{chapter.short_name}: ", "")
            lines += ["", f"{chapter.title}", f"  {words}"]
            chips = "   ".join(
                e.label.replace(" ", "\N{NO-BREAK SPACE}") for e in chapter.exercises
            )
            wrapped = textwrap.wrap(chips, WIDTH - 2, break_long_words=False)
            lines += ["  " + line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapped]
        mistakes = [self.mistakes.plain()] if self.mistakes else []
        return "\n".join([*lines, "", LEGEND, *mistakes, *self.notes])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": self.plain(), "text/html": self.html()}

    def __repr__(self) -> str:
        """The plain text."""
        return self.plain()


def _mistakes(mistakes: Sequence[MistakeState]) -> Fold | None:
    """What the learner got wrong, to unfold; None if nothing is known."""
    if not mistakes:
        return None
    mended = sum(one.mended for one in mistakes)
    summary = f"Mistakes you have made: {len(mistakes)}, of which mended: {mended}"
    return Fold(summary, (Code("\n".join(one.line for one in mistakes)),))


def _chapter_html(chapter: ChapterState) -> str:
    meter = chapter.meter
    words = meter.words.replace(f"{chapter.short_name}: ", "")
    bar = Meter(meter.value, meter.maximum, words).html()
    return (
        '<div style="border-top:1px solid rgba(128,128,128,0.3);margin-top:0.5em">'
        f'<p style="margin:0.35em 0 0 0"><b>{escape(chapter.title)}</b></p>{bar}'
        f'<p style="margin:0.2em 0">{" ".join(map(_chip, chapter.exercises))}</p></div>'
    )


def _chip(exercise: ExerciseState) -> str:
    points = f"{exercise.points:g} of {exercise.max_points:g} points"
    told = f"{exercise.title} – {exercise.state}, {points}"
    if exercise.kind:
        told += f" ({exercise.kind})"
    return (
        f'<span title="{escape(told)}" style="display:inline-block;padding:0 0.5em;margin:0.1em 0;'
        "border:1px solid rgba(128,128,128,0.45);border-radius:0.7em;font-size:90%;"
        f'background-color:{SHADES[exercise.state]}">{escape(exercise.label)}</span>'
    )

"""The map of the course with what is done: a ring for each chapter, a chip for each exercise.

Every state has a sign and a word besides its colour. One chapter is open, the others are folded;
chapters and exercises are links where their notebooks are in reach.

Not here: where the states come from (`annkit.exercises.record.progress_state`), the links
(`annkit.exercises.overview`).
"""

import base64
import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from annkit.show.cards.card import TONES, WIDTH, Code, Fold, Meter

SIGNS = {"passed": "✓", "tried": "◐", "open": "○"}
SHADES = {
    "passed": "rgba(0,158,115,0.22)",
    "tried": "rgba(230,159,0,0.25)",
    "open": "rgba(128,128,128,0.10)",
}
LEGEND = "✓ passed   ◐ tried   ○ open   ✎ in words: read by a person, not counted"
BOX = (
    "border:1px solid rgba(128,128,128,0.4);border-radius:4px;"
    "padding:0.5em 1em;margin:0.4em 0;max-width:52em;line-height:1.5"
)
_RADIUS = 14.0  # of a chapter's ring, in pixels


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
        href: where it stands; empty if that is not in reach.
        waits: whether it says right or wrong later: there is nothing to do about it now.
    """

    id: str
    title: str
    state: str
    points: float
    max_points: float
    kind: str = ""
    href: str = ""
    waits: bool = False

    @property
    def counts(self) -> bool:
        """Whether it counts in the sums: answers in words are marked by a person."""
        return self.kind != "in words"

    @property
    def signs(self) -> str:
        """What its state looks like: "✓"."""
        return f"{'✎ ' if not self.counts else ''}{SIGNS[self.state]}"

    @property
    def label(self) -> str:
        """The sign and the id: "✓ sigmoid"."""
        return f"{self.signs} {self.id}"


@dataclass(frozen=True)
class ChapterState:
    """One chapter on the map.

    Attributes:
        name: its folder's name.
        exercises: in their order.
        topic: what it is called, without its number.
        href: its notebook; empty if that is not in reach.
    """

    name: str
    exercises: tuple[ExerciseState, ...]
    topic: str = ""
    href: str = ""

    @property
    def short_name(self) -> str:
        """The chapter's number: "ch03"."""
        return self.name.split("_")[0]

    @property
    def number(self) -> str:
        """The chapter's number as it is printed: "3"."""
        return self.short_name.removeprefix("ch").lstrip("0") or "0"

    @property
    def title(self) -> str:
        """Number and topic: "3 · Activation functions"."""
        return f"{self.number} · {self.topic or self.name.partition('_')[2].replace('_', ' ')}"

    @property
    def meter(self) -> Meter:
        """The chapter's points as a bar, with the sums in words."""
        return _meter(self.exercises, f"{self.short_name}: ")

    @property
    def words(self) -> str:
        """The chapter's sums: "5 of 12 exercises, 6 of 20 points"."""
        return _meter(self.exercises).words

    @property
    def is_complete(self) -> bool:
        """Whether everything that counts has passed, and there is something that does."""
        counted = [exercise for exercise in self.exercises if exercise.counts]
        return bool(counted) and all(exercise.state == "passed" for exercise in counted)

    def chips(self) -> str:
        """Its exercises as HTML."""
        return f'<p style="margin:0.2em 0">{" ".join(map(_chip, self.exercises))}</p>'

    def chips_plain(self) -> list[str]:
        """Its exercises as lines of text; by their ids, which are what one types."""
        chips = "   ".join(e.label.replace(" ", "\N{NO-BREAK SPACE}") for e in self.exercises)
        wrapped = textwrap.wrap(chips, WIDTH - 2, break_long_words=False)
        return ["  " + line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapped]


def _meter(exercises: Sequence[ExerciseState], prefix: str = "") -> Meter:
    counted = [exercise for exercise in exercises if exercise.counts]
    points = sum(exercise.points for exercise in counted)
    total = sum(exercise.max_points for exercise in counted)
    passed = sum(exercise.state == "passed" for exercise in counted)
    words = f"{prefix}{passed} of {len(counted)} exercises, {points:g} of {total:g} points"
    return Meter(points, total or 1.0, words)


@dataclass(frozen=True)
class MistakeState:
    """A mistake the learner has made.

    Attributes:
        id: its exercise.
        words: what it is called.
        mended: whether the exercise has passed since.
        title: the exercise's title.
    """

    id: str
    words: str
    mended: bool
    title: str = ""

    @property
    def line(self) -> str:
        """Sign, name and exercise: "✓ sign flipped (The slope of ReLU)"."""
        sign = SIGNS["passed" if self.mended else "tried"]
        return f"{sign} {self.words} ({self.title or self.id})"


class ProgressMap:
    """The map of all chapters.

    Args:
        chapters: in the order of the course.
        notes: sentences for the end, such as a damaged line in the record.
        next_id: the exercise to go on with; empty if nothing is left.
        mistakes: that the learner has made, the latest first.
        here: the chapter to show open; that of the next exercise if empty.
        stays: what the record tells of what was learnt for long, a sentence each.
    """

    def __init__(
        self,
        chapters: Sequence[ChapterState],
        notes: Sequence[str] = (),
        next_id: str = "",
        mistakes: Sequence[MistakeState] = (),
        here: str = "",
        stays: Sequence[str] = (),
    ) -> None:
        """Sum up the course."""
        self.chapters = chapters
        self.mistakes = _mistakes(mistakes)
        self.notes = list(notes)
        self.stays = list(stays)
        self.total = _meter([e for chapter in chapters for e in chapter.exercises], "Course: ")
        self.next = next(
            ((c, e) for c in chapters for e in c.exercises if e.id == next_id and next_id), None
        )
        self.here = here or (self.next[0].name if self.next else "")

    def html(self) -> str:
        """Return the map as one `<div>`."""
        told = "".join(map(_paragraph, self.stays))
        notes = "".join(map(_paragraph, self.notes))
        return (
            f'<div style="{BOX}">'
            + self._next_html()
            + self.total.html()
            + f'<p style="margin:0.5em 0">{"".join(map(_ring, self.chapters))}</p>'
            + "".join(_chapter_html(one, one.name == self.here) for one in self.chapters)
            + f'<p style="margin:0.5em 0 0.35em 0;font-size:90%">{escape(LEGEND)}</p>'
            + told
            + (self.mistakes.html() if self.mistakes else "")
            + f"{notes}</div>"
        )

    def plain(self) -> str:
        """Return the map as plain text."""
        lines = [f"Next: {self._next_words()} ({self.next[1].id})"] if self.next else []
        lines.append(self.total.plain())
        for chapter in self.chapters:
            bar = _meter(chapter.exercises).plain()
            lines += ["", chapter.title, f"  {bar}", *chapter.chips_plain()]
        mistakes = [self.mistakes.plain()] if self.mistakes else []
        return "\n".join([*lines, "", LEGEND, *self.stays, *mistakes, *self.notes])

    def _next_words(self) -> str:
        assert self.next is not None
        chapter, exercise = self.next
        return f"{exercise.title}, in chapter {chapter.number}"

    def _next_html(self) -> str:
        """What to go on with."""
        if self.next is None:
            return ""
        link = linked(self._next_words(), self.next[1].href)
        return f'<p style="margin:0.35em 0"><b>Next:</b> {link}</p>'

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": self.plain(), "text/html": self.html()}

    def __repr__(self) -> str:
        """The plain text."""
        return self.plain()


def linked(words: str, href: str) -> str:
    """Words as HTML, and as a link if there is somewhere to go."""
    return f'<a href="{escape(href)}">{escape(words)}</a>' if href else escape(words)


def _paragraph(text: str) -> str:
    return f'<p style="margin:0.35em 0">{escape(text)}</p>'


def _mistakes(mistakes: Sequence[MistakeState]) -> Fold | None:
    """What the learner got wrong, to unfold; None if nothing is known."""
    if not mistakes:
        return None
    mended = sum(one.mended for one in mistakes)
    summary = f"Mistakes you have made: {len(mistakes)}, of which mended: {mended}"
    return Fold(summary, (Code("\n".join(one.line for one in mistakes)),))


def _chapter_html(chapter: ChapterState, is_open: bool) -> str:
    sign = "✓ " if chapter.is_complete else ""
    opening = linked("Open this chapter", chapter.href) if chapter.href else ""
    return (
        f'<details style="margin:0.2em 0"{" open" if is_open else ""}>'
        f'<summary style="cursor:pointer">{sign}<b>{escape(chapter.title)}</b> '
        f'<span style="font-size:90%">&nbsp;{escape(chapter.words)}</span></summary>'
        f'{chapter.chips()}<p style="margin:0.2em 0">{opening}</p></details>'
    )


def _chip(exercise: ExerciseState) -> str:
    points = f"{exercise.points:g} of {exercise.max_points:g} points"
    told = f"{exercise.id} – {exercise.state}, {points}"
    if exercise.kind:
        told += f" ({exercise.kind})"
    return (
        f'<span title="{escape(told)}" style="display:inline-block;padding:0 0.5em;margin:0.1em 0;'
        "border:1px solid rgba(128,128,128,0.45);border-radius:0.7em;font-size:90%;"
        f'background-color:{SHADES[exercise.state]}">'
        f"{escape(exercise.signs)} {linked(exercise.title, exercise.href)}</span>"
    )


def _ring(chapter: ChapterState) -> str:
    """A chapter's ring over its number; as far round as its exercises have passed."""
    counted = [exercise for exercise in chapter.exercises if exercise.counts]
    done = sum(exercise.state == "passed" for exercise in counted) / max(len(counted), 1)
    words = f"Chapter {chapter.title}: {chapter.words}"
    source = base64.b64encode(_ring_svg(done).encode()).decode()
    picture = (
        f'<img alt="{escape(words)}" title="{escape(words)}" width="34" height="34" '
        f'style="margin:0" src="data:image/svg+xml;base64,{source}"/>'
    )
    if chapter.href:
        picture = f'<a href="{escape(chapter.href)}">{picture}</a>'
    return (
        '<span style="display:inline-block;text-align:center;margin:0 0.2em 0.2em 0;'
        f'line-height:1.2">{picture}<br>{chapter.number}</span>'
    )


def _ring_svg(done: float) -> str:
    """A ring as SVG, its share `done` green from the top on; a tick inside if it is whole."""
    length, green = 2 * math.pi * _RADIUS, TONES["good"]
    circle = f'<circle cx="17" cy="17" r="{_RADIUS:g}" fill="none" stroke-width="5" '
    arc = (
        f'{circle}stroke="{green}" stroke-dasharray="{length * done:.1f} {length:.1f}" '
        'transform="rotate(-90 17 17)"/>'
        if done
        else ""
    )
    tick = f'<path d="M11 17l4 4 8-8" fill="none" stroke="{green}" stroke-width="3"/>'
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="34" height="34">'
        f'{circle}stroke="#808080" stroke-opacity="0.35"/>{arc}{tick if done == 1 else ""}</svg>'
    )

"""The table at the end, for eyes or as data: who earned what, and what needs a person.

Not here: grading (`run`), what learners read (`feedback`).
"""

import unicodedata
from collections.abc import Mapping, Sequence

from annkit.grading.run import Results
from annkit.grading.similarity import Match, matches
from annkit.grading.states import GRADED, SIGNS
from annkit.grading.verdict import MarkLine, Verdict

_LEGEND = (
    f"{', '.join(f'{sign} {state}' for state, sign in SIGNS.items())}; "
    "all but points count 0 until a person says otherwise"
)


def table(results: Results) -> str:
    """The table of an assignment, its legend, and what needs a person.

    Args:
        results: what became of the assignment.
    """
    parts = []
    for notebook in dict.fromkeys(verdict.notebook for verdict in results.verdicts):
        verdicts = [verdict for verdict in results.verdicts if verdict.notebook == notebook]
        parts.append(_notebook(notebook, verdicts))
    waiting = [
        f"  {_safe(verdict.student)}: {_safe('; '.join(words))}"
        for verdict in results.verdicts
        if (words := verdict.for_a_person)
    ]
    waiting += [f"  {_safe(one)}: was not in the class list; added" for one in results.strangers]
    waiting += [f"  {_safe(one.name)}: not graded: {one.reason}" for one in results.refused]
    if waiting:
        parts.append("\n".join(["Needs a person:", *waiting]))
    return "\n\n".join(parts)


def similarity_text(matches: Sequence[Match]) -> str:
    """The similarity report, for a person to judge; empty if there is nothing to say."""
    if not matches:
        return ""
    lines = ["The same but for names and layout (for a person to judge):"]
    for match in matches:
        names = ", ".join(_safe(student) for student in match.students)
        also = ", and the published solution" if match.published else ""
        lines.append(f"  {match.id}: {names}{also}")
    return "\n".join(lines)


def _notebook(notebook: str, verdicts: Sequence[Verdict]) -> str:
    exercises = [mark.id for mark in verdicts[0].marks]
    head = ["student", *map(str, range(1, len(exercises) + 1)), "points", "state"]
    rows = [
        [
            _safe(verdict.student),
            *(_cell(mark) for mark in verdict.marks),
            f"{verdict.points:g} of {verdict.max_points:g}",
            verdict.state,
        ]
        for verdict in verdicts
    ]
    names = ", ".join(f"{place} {id}" for place, id in enumerate(exercises, 1))
    return "\n".join([notebook, *_aligned([head, *rows]), f"Exercises: {names}", _LEGEND])


def _cell(mark: MarkLine) -> str:
    return f"{mark.points:g}" if mark.state == GRADED else SIGNS.get(mark.state, mark.state)


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _width(text: str) -> int:
    """Columns a text takes in a terminal: names may be Chinese."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _safe(text: str) -> str:
    """A text without anything a terminal would act on."""
    return "".join(letter if letter.isprintable() else "�" for letter in text)


def plain(results: Results, published: Mapping[str, str]) -> dict[str, object]:
    """The same as JSON-able data.

    Args:
        results: what became of the assignment.
        published: fingerprints of the references.
    """
    return {
        "assignment": results.assignment,
        "graded_now": results.fresh,
        "submissions": [
            {
                **verdict.plain(),
                "points": verdict.points,
                "max_points": verdict.max_points,
                "state": verdict.state,
                "for_a_person": verdict.for_a_person,
            }
            for verdict in results.verdicts
        ],
        "not_in_the_class_list": results.strangers,
        "not_graded": [{"name": one.name, "reason": one.reason} for one in results.refused],
        "similar": [
            {"id": one.id, "students": one.students, "published": one.published}
            for one in matches(results.verdicts, published)
        ],
    }

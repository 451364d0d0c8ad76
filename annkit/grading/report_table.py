"""The table at the end, for eyes or as data: who earned what, and what needs a person.

Not here: grading (`run`), what learners read (`marking.feedback`).
"""

import textwrap
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from annkit.grading.intake.collect import NO_NOTEBOOK
from annkit.grading.intake.submissions import Refused
from annkit.grading.marking.similarity import Match, matches
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.run import Results
from annkit.grading.states import GRADED, MACHINE_FAULT, SIGNS

_LINE = 100
# What a row of the data says of a mark; the rest is in the ledger and the feedback.
_OF_A_SUBMISSION = ("student", "assignment", "notebook", "repairs", "findings", "notes", "tier")
_OF_A_MARK = ("id", "state", "points", "max_points", "words", "mistake", "lent")
_LEGEND = (
    f"{', '.join(f'{sign} {state}' for state, sign in SIGNS.items() if state != MACHINE_FAULT)}; "
    "these count 0 until a person says otherwise"
)
_FAULT_LEGEND = (
    f"{SIGNS[MACHINE_FAULT]} {MACHINE_FAULT}: no mark, and judged again by the next annkit grade"
)
_FOLLOWS = "*"
_FOLLOWS_LEGEND = (
    f"{_FOLLOWS} earned on top of the course's answer to an earlier exercise, since the student's "
    "own does not pass, or is not in the notebook"
)


def table(results: Results) -> str:
    """The table of an assignment, its legend, and what needs a person.

    Args:
        results: what became of the assignment.
    """
    notebooks = dict.fromkeys(verdict.notebook for verdict in results.verdicts)
    parts = [_notebook(notebook, results) for notebook in notebooks]
    to_read = Counter(id for verdict in results.verdicts for id in verdict.to_read)
    waiting = [f"to read: {id} ({count})" for id, count in to_read.items()]
    waiting += [
        f"{verdict.student}: {'; '.join(_together(words))}"
        for verdict in results.verdicts
        if (words := verdict.remarkable)
    ]
    waiting += [
        f"{one.student}: the earlier mark counts, since judging anew came to none: "
        + "; ".join(_together(one.remarkable))
        for one in results.in_vain
    ]
    waiting += [f"{one}: was not in the class list; added" for one in results.strangers]
    waiting += _refused(results.refused)
    if waiting:
        parts.append("\n".join(["Needs a person:", *map(_folded, waiting)]))
    parts += _times(results)
    if results.groups:
        members: dict[str, list[str]] = defaultdict(list)
        for student, name in results.groups.items():
            members[name].append(student)
        together = [f"{name} ({', '.join(them)})" for name, them in members.items()]
        parts.append(_folded(f"Handed in together, and marked as one: {'; '.join(together)}", ""))
    restored = dict.fromkeys(one for (one, _), it in results.settled.items() if it.is_restored)
    if restored:
        why = "since nbgrader's Autograde or somebody else had written over it"
        parts.append(_folded(f"Entered again, {why} ({len(restored)}): {', '.join(restored)}", ""))
    if results.absent:
        names = ", ".join(results.absent)
        parts.append(_folded(f"Nothing handed in ({len(results.absent)}): {names}", ""))
    return "\n\n".join(parts)


def _refused(refused: Sequence[Refused]) -> list[str]:
    """What is not graded, and why; what is no notebook, by its name: clones hold the same files."""
    lines = [
        f"{one.name}: not graded: {one.reason}" for one in refused if one.reason != NO_NOTEBOOK
    ]
    places: dict[str, list[str]] = defaultdict(list)
    for one in refused:
        if one.reason == NO_NOTEBOOK:
            places[PurePosixPath(one.name).name].append(one.name)
    for first, *others in places.values():
        more = f" and {len(others)} more of that name" if others else ""
        lines.append(f"{first}{more}: not graded: {NO_NOTEBOOK}")
    return lines


def _times(results: Results) -> list[str]:
    """Who came late without losing points by it; what is not known of times, and how it counts."""
    lines = []
    free = dict.fromkeys(
        one.student
        for one in results.verdicts
        if results.penalties.get((one.student, one.notebook)) == 0
        and one.student not in results.marked_late
    )
    if free:
        lines.append(f"Late, and nothing taken for it ({len(free)}): {', '.join(free)}")
    if results.marked_late:
        counts = "so a second late" if results.is_due else "but no due date is set here: in time"
        names = ", ".join(results.marked_late)
        lines.append(f"Late, says the platform, and not how late; {counts}: {names}")
    if results.undated:
        is_everybody = len(results.undated) == len(results.verdicts)
        names = "everybody" if is_everybody else ", ".join(results.undated)
        lines.append(f"Nobody knows when, so in time ({len(results.undated)}): {names}")
    return [_folded(line, "") for line in lines]


def _together(words: Sequence[str]) -> list[str]:
    """Remarks like "relu: its cell was deleted", those that say the same of several as one."""
    same: dict[str, list[str]] = defaultdict(list)
    for remark in words:
        same[remark.partition(": ")[2] or remark].append(remark)
    return [
        them[0]
        if len(them) == 1
        else f"{said}: {', '.join(remark.partition(': ')[0] for remark in them)}"
        for said, them in same.items()
    ]


def similarity_text(matches: Sequence[Match]) -> str:
    """The similarity report, for a person to judge; empty if there is nothing to say."""
    if not matches:
        return ""
    lines = ["The same but for names and layout (for a person to judge):"]
    for match in matches:
        also = ", and the published solution" if match.published else ""
        names = ", ".join(match.students)
        lines.append(_folded(f"{match.id} ({len(match.students)}{also}): {names}"))
    return "\n".join(lines)


def changes_text(results: Results) -> str:
    """Marks that were others before this run, was → now; empty if there are none."""
    counted = {(one.student, one.notebook): one.points for one in results.verdicts}
    changed = [
        (one.change, one.change.was, one.is_held, counted[place] != one.verdict.points)
        for place, one in results.settled.items()
        if one.change is not None and one.change.was is not None and one.change.is_seen
    ]
    lines = ["Marks that change, was → now:"] if changed else []
    for change, was, is_held, has_more in changed:
        where = change.student
        if change.notebook != change.assignment:
            where += f", {change.notebook}"
        what = f"{was.words} → {change.now.words}: {change.why}"
        if has_more:
            what += "; points given by hand stay, and are not in this"
        held = "; NOT entered, since it drops: --let-drop enters it" if is_held else ""
        lines.append(_folded(f"{where}: {what}{held}"))
    return "\n".join(lines)


def _notebook(notebook: str, results: Results) -> str:
    verdicts = [one for one in results.verdicts if one.notebook == notebook]
    exercises = verdicts[0].marks
    columns = {"student": [_safe(one.student) for one in verdicts]}
    for place in range(len(exercises)):
        columns[str(place + 1)] = [_cell(one.marks[place]) for one in verdicts]
    columns |= _points(verdicts, results) | {"state": [one.state for one in verdicts]}
    names = ", ".join(
        f"{place}\xa0{mark.id}\xa0({mark.max_points:g})" for place, mark in enumerate(exercises, 1)
    )
    below = [_folded(f"Exercises (points): {names}", ""), _folded(_LEGEND, "")]
    if any(verdict.is_unjudged for verdict in verdicts):
        below.append(_folded(_FAULT_LEGEND, ""))
    if any(mark.lent for verdict in verdicts for mark in verdict.marks):
        below.append(_folded(_FOLLOWS_LEGEND, ""))
    if "attempt" in columns:
        below.append(_folded(f"Of several attempts, {results.policy.words}.", ""))
    rows = zip(*columns.values(), strict=True)
    return "\n".join([notebook, *_aligned([list(columns), *rows]), *below])


def _points(verdicts: Sequence[Verdict], results: Results) -> dict[str, list[str]]:
    """Columns of points: which attempt, judged, penalty, counted; only what says anything."""
    places = [(one.student, one.notebook) for one in verdicts]
    earned = ["–" if one.is_unjudged else f"{one.points:g}" for one in verdicts]
    width = max(map(len, earned))
    points = [
        f"{text:>{width}} of {one.max_points:g}" for text, one in zip(earned, verdicts, strict=True)
    ]
    columns = {}
    numbers = [
        results.settled[place].number if place in results.settled else (1, 1) for place in places
    ]
    if any(count > 1 for _, count in numbers):
        columns["attempt"] = [f"{number} of {count}" for number, count in numbers]
    columns["points"] = points
    taken = [results.penalties.get(place, 0.0) for place in places]
    if any(taken):
        columns["penalty"] = [f"−{one:g}" if one else "" for one in taken]
        columns["counts"] = [
            f"{max(0.0, one.points - less):g}" for one, less in zip(verdicts, taken, strict=True)
        ]
    return columns


def _cell(mark: MarkLine) -> str:
    if mark.state != GRADED:
        return SIGNS.get(mark.state, mark.state)
    return f"{mark.points:g}{_FOLLOWS if mark.lent else ''}"


def _aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(row, widths, strict=True)
        ).rstrip()
        for row in rows
    ]


def _folded(text: str, indent: str = "  ") -> str:
    """A long line as several; words are not broken, nor what a hard blank holds together."""
    folded = textwrap.fill(
        _safe(text),
        _LINE,
        initial_indent=indent,
        subsequent_indent=f"{indent}  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return folded.replace("\xa0", " ")


def _width(text: str) -> int:
    """Columns a text takes in a terminal: names may be Chinese."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _safe(text: str) -> str:
    """A text without anything a terminal would act on."""
    return "".join(letter if letter.isprintable() or letter == "\xa0" else "�" for letter in text)


def plain(results: Results, published: Mapping[str, frozenset[str]]) -> dict[str, object]:
    """The same as JSON-able data.

    Args:
        results: what became of the assignment.
        published: fingerprints of what is published.
    """
    return {
        "assignment": results.assignment,
        "graded_now": results.fresh,
        "submissions": [
            {
                **{name: getattr(verdict, name) for name in _OF_A_SUBMISSION},
                "marks": [
                    {name: getattr(mark, name) for name in _OF_A_MARK} for mark in verdict.marks
                ],
                "points": None if verdict.is_unjudged else verdict.points,
                "late": (verdict.student, verdict.notebook) in results.penalties,
                "penalty": results.penalties.get((verdict.student, verdict.notebook), 0.0),
                "max_points": verdict.max_points,
                "state": verdict.state,
                "for_a_person": verdict.for_a_person,
            }
            for verdict in results.verdicts
        ],
        "not_in_the_class_list": results.strangers,
        "groups": dict(results.groups),
        "late_without_a_time": results.marked_late,
        "without_a_time": results.undated,
        "nothing_handed_in": results.absent,
        "not_graded": [{"name": one.name, "reason": one.reason} for one in results.refused],
        "similar": [
            {"id": one.id, "students": one.students, "published": one.published}
            for one in matches(results.verdicts, published, results.groups)
        ],
    }

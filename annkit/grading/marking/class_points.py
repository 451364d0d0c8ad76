"""A verdict in a class's points: what was judged, told where an exercise is worth something else.

Judging knows only the points in an exercise's file. So a teacher can change what an exercise is
worth at any time, and nobody's work is judged again: each mark keeps its share.

Not here: where a class's points come from (`annkit.grading.rebuild.release`), the graded notebook
in them (`graded_notebook`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annkit.exercises import Catalogue
from annkit.exercises.tasks.texts import moment_text
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.release import Release

# What is left of a share when it is told; a penny of a point more decides nothing.
_DIGITS = 2


def other_points(catalogue: Catalogue, releases: Iterable[Release]) -> dict[str, float]:
    """Exercise id → its points in a release, of those that are not worth what their files say."""
    return {
        id: points
        for release in releases
        for id, points in release.points.items()
        if catalogue.knows(id) and points != catalogue.load(id).points
    }


def in_points(verdict: Verdict, worth: Mapping[str, float]) -> Verdict:
    """The verdict with some exercises worth other points; each mark keeps its share.

    Args:
        verdict: as it was judged.
        worth: exercise id → its points; what is not in it stays as it is.
    """
    if worth.keys().isdisjoint(mark.id for mark in verdict.marks):
        return verdict
    return replace(verdict, marks=tuple(_scaled(mark, worth) for mark in verdict.marks))


def _scaled(mark: MarkLine, worth: Mapping[str, float]) -> MarkLine:
    points = worth.get(mark.id, mark.max_points)
    if points == mark.max_points:
        return mark
    # What could not be loaded was judged with no points at all, and has none.
    factor = points / mark.max_points if mark.max_points else 0.0
    checks = tuple(
        replace(
            check,
            points=round(check.points * factor, _DIGITS),
            max_points=round(check.max_points * factor, _DIGITS),
        )
        for check in mark.checks
    )
    earned = None if mark.points is None else round(mark.points * factor, _DIGITS)
    return replace(mark, points=earned, max_points=points, checks=checks)


def told_now(verdict: Verdict, catalogue: Catalogue) -> tuple[Verdict, str]:
    """The verdict without questions that say right or wrong later, and a sentence on those.

    For reports that a learner makes; marks that a teacher makes are whole.
    """
    kept = {mark.id: until for mark in verdict.marks if (until := catalogue.untold(mark.id))}
    if not kept:
        return verdict, ""
    marks = tuple(mark for mark in verdict.marks if mark.id not in kept)
    when = moment_text(max(kept.values()))
    return replace(verdict, marks=marks), f"Right or wrong after {when}: {', '.join(kept)}."

"""Points that a person gave, laid over the verdicts: what the table shows is what counts.

Not here: the gradebook they are in (`gradebook`), which this never writes.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.release import Release
from annkit.grading.states import FOR_A_PERSON, GRADED


def with_given(
    book: CourseGradebook, releases: Mapping[str, Release], verdicts: Iterable[Verdict]
) -> list[Verdict]:
    """The verdicts with a person's points in place of the checks'.

    Args:
        book: where the points are.
        releases: notebook → its release.
        verdicts: on those notebooks, of any students.
    """
    given = {name: _given(book, release) for name, release in releases.items()}

    def marked(verdict: Verdict, mark: MarkLine) -> MarkLine:
        cell = releases[verdict.notebook].grade_ids.get(mark.id, "")
        share, again = given[verdict.notebook].get((verdict.student, cell), (None, False))
        if share is None:
            return mark
        # Handed in again, it waits to be looked at again; until then the points stay.
        state = FOR_A_PERSON if again else GRADED
        return replace(mark, state=state, points=share * mark.max_points)

    return [
        replace(verdict, marks=tuple(marked(verdict, mark) for mark in verdict.marks))
        for verdict in verdicts
    ]


def _given(book: CourseGradebook, release: Release) -> dict[tuple[str, str], tuple[float, bool]]:
    """Student and cell → the share of its points that was given, and whether to look again."""
    from nbgrader.api import Grade, GradeCell, SubmittedAssignment, SubmittedNotebook

    notebook = book.book.find_notebook(release.notebook, release.assignment)
    rows = (
        book.book.db.query(
            SubmittedAssignment.student_id,
            GradeCell.name,
            GradeCell.max_score,
            Grade.manual_score,
            Grade.needs_manual_grade,
        )
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .filter(SubmittedNotebook.notebook_id == notebook.id, Grade.manual_score.is_not(None))
    )
    return {
        (student, cell): (points / max_score, again)
        for student, cell, max_score, points, again in rows
        if max_score
    }

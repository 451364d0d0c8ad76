"""Points that a person gives: they count before what the checks found, and keep their reason.

Formgrader enters them in the same columns of nbgrader's gradebook, so both ways are one.

Not here: what the checks found (`gradebook`), the command (`annkit.grading.appeal`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from annkit.grading.books.gradebook import CourseGradebook, GradebookError, patiently
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.release import Release
from annkit.grading.states import FOR_A_PERSON, GRADED


def with_points_by_hand(
    book: CourseGradebook, releases: Mapping[str, Release], verdicts: Iterable[Verdict]
) -> list[Verdict]:
    """The verdicts with the points a person gave in place of the checks': what counts.

    Args:
        book: the gradebook, open.
        releases: notebook → its release.
        verdicts: on those notebooks, of any students.
    """
    given = {
        name: patiently(lambda release=release: _shares(book, release))  # type: ignore[misc]
        for name, release in releases.items()
    }

    def marked(verdict: Verdict, mark: MarkLine) -> MarkLine:
        cell = releases[verdict.notebook].grade_ids.get(mark.id, "")
        share, again = given[verdict.notebook].get((verdict.student, cell), (None, False))
        if share is None:
            return mark
        # Another answer was handed in: it waits to be looked at; until then the points stay.
        state = FOR_A_PERSON if again else GRADED
        return replace(mark, state=state, points=share * mark.max_points)

    return [
        replace(verdict, marks=tuple(marked(verdict, mark) for mark in verdict.marks))
        for verdict in verdicts
    ]


def _shares(book: CourseGradebook, release: Release) -> dict[tuple[str, str], tuple[float, bool]]:
    """Student and cell → the share of its points a person gave, and whether to look again."""
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


def give(
    book: CourseGradebook, student: str, release: Release, id: str, share: float, reason: str
) -> float | None:
    """Enter points, with the reason as their comment.

    Args:
        book: the gradebook, open.
        student: who gets them.
        release: the notebook.
        id: the exercise.
        share: of the points that the cell is worth in the gradebook, 0 to 1.
        reason: what the student reads.

    Returns:
        the share that counted before; None if nothing did.

    Raises:
        GradebookError: nothing was written; there may be nothing to give points for.
    """
    from nbgrader.api import MissingEntry

    place = (release.notebook, release.assignment, student)
    try:
        part = book.book.find_submission_notebook(*place)
        grade = book.book.find_grade(release.grade_ids[id], *place)
    except (MissingEntry, KeyError):
        raise GradebookError(
            f"{student} has handed in nothing of {release.notebook} that could be given points "
            f"for {id}"
        ) from None
    worth = float(grade.max_score or 1)
    counted = grade.manual_score if grade.manual_score is not None else grade.auto_score

    def enter() -> None:
        grade.manual_score = share * worth
        grade.needs_manual_grade = False
        for note in part.comments:
            if note.cell.name == id:
                note.manual_comment = reason

    book.written(enter)
    return None if counted is None else float(counted) / worth

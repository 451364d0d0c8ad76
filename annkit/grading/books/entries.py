"""What the gradebook holds of a notebook: is it what the grader has entered?

Others write there as well. nbgrader's own Autograde, a button beside each chapter in formgrader,
enters the points that a submission came to where nothing locked it in, and takes comments away.

Not here: entering (`gradebook`), points by hand, which both leave alone (`by_hand`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from math import isclose

from annkit.grading.books.gradebook import CourseGradebook, patiently, score_in
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import Release
from annkit.grading.states import FOR_A_PERSON


@dataclass(frozen=True)
class InBook:
    """What the gradebook holds of one student.

    Attributes:
        handed_in: when, UTC; None if nobody knows.
        scores: cell → points of its checks, None where they gave none, and what it is worth.
        comments: answer cell → whether it has a grader's comment.
    """

    handed_in: datetime | None
    scores: dict[str, tuple[float | None, float]] = field(default_factory=dict)
    comments: dict[str, bool] = field(default_factory=dict)

    @property
    def is_graded(self) -> bool:
        """Whether there are any points of checks."""
        return any(points is not None for points, _ in self.scores.values())

    def is_of(self, verdict: Verdict, release: Release) -> bool:
        """Whether points and comments are those that a verdict enters."""
        for mark in verdict.marks:
            points, worth = self.scores.get(release.grade_ids.get(mark.id, ""), (None, 0.0))
            expected = score_in(mark, worth) if worth else points
            if points is None or expected is None:
                if points is not expected:
                    return False
            elif not isclose(points, expected):
                return False
            is_commented = mark.id in release.commented and mark.state != FOR_A_PERSON
            if is_commented and not self.comments.get(mark.id, True):
                return False
        return True


def entries(book: CourseGradebook, release: Release) -> dict[str, InBook]:
    """What the gradebook holds of a notebook: student → their entry."""
    return patiently(lambda: _read(book, release))


def _read(book: CourseGradebook, release: Release) -> dict[str, InBook]:
    from nbgrader.api import Comment, Grade, GradeCell, SolutionCell, SubmittedAssignment
    from nbgrader.api import SubmittedNotebook as Part

    notebook = book.book.find_notebook(release.notebook, release.assignment)
    query, of_student = book.book.db.query, SubmittedAssignment.student_id
    scores = (
        query(of_student, SubmittedAssignment.timestamp, GradeCell.name, GradeCell.max_score)
        .add_columns(Grade.auto_score)
        .join(Part, Part.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == Part.id)
        .join(GradeCell, GradeCell.id == Grade.cell_id)
        .filter(Part.notebook_id == notebook.id)
    )
    comments = (
        query(of_student, SolutionCell.name, Comment.auto_comment.is_not(None))
        .join(Part, Part.assignment_id == SubmittedAssignment.id)
        .join(Comment, Comment.notebook_id == Part.id)
        .join(SolutionCell, SolutionCell.id == Comment.cell_id)
        .filter(Part.notebook_id == notebook.id)
    )
    found: dict[str, InBook] = {}
    for student, timestamp, cell, worth, points in scores:
        found.setdefault(student, InBook(timestamp)).scores[cell] = (points, worth)
    for student, cell, is_there in comments:
        if student in found:
            found[student].comments[cell] = bool(is_there)
    return found

"""What coming late costs: nbgrader's plug-in, asked anew whenever a date or a mark has changed.

Stock nbgrader asks its plug-in when it grades, and never again. Here it is asked for everything
that is late each time `annkit grade` runs: an extension given afterwards is applied without judging
anything again.

Not here: the dates a teacher sets (`annkit.grading.intake.course_file`), which attempt counts
(`attempts`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from annkit.grading.books.attempts import is_late
from annkit.grading.intake.course import Course
from annkit.grading.intake.course_file import CourseFile
from annkit.grading.intake.submissions import Submission

if TYPE_CHECKING:
    from nbgrader.api import Assignment, Gradebook


class PenaltyError(Exception):
    """The teacher's plug-in for late work does not work; the text says why."""


@dataclass(frozen=True)
class DueDates:
    """Until when an assignment is in time, UTC without a zone.

    Attributes:
        common: everybody's; None if there is none.
        longer: student → how much longer, as entered in nbgrader.
        own: student → their own date, as the course's file has it; it stands before the others,
            but never takes away what everybody has.
    """

    common: datetime | None
    longer: Mapping[str, timedelta]
    own: Mapping[str, datetime]

    def of(self, student: str) -> datetime | None:
        """A student's due date; None if there is none."""
        if student in self.own:
            return max(self.own[student], self.common or self.own[student])
        if self.common is None:
            return None
        return self.common + self.longer.get(student, timedelta())


def dated(submission: Submission, due: datetime | None) -> Submission:
    """A submission with a time, where nothing more is known of it than that it came late.

    It is as little late as can be: a second.

    Args:
        submission: any.
        due: everybody's due date; None if there is none.
    """
    if due is None or submission.timestamp is not None or not submission.is_marked_late:
        return submission
    return replace(submission, timestamp=due + timedelta(seconds=1))


class Lateness:
    """Due dates and penalties of a course.

    Args:
        course: the course directory, whose configuration names the plug-in.
        decided: what the teacher decided.

    Raises:
        PenaltyError: the plug-in cannot be loaded.
    """

    def __init__(self, course: Course, decided: CourseFile) -> None:
        """Load the plug-in."""
        from nbgrader.preprocessors import AssignLatePenalties

        self._decided = decided
        with _plug_in_errors():
            self._late: Any = AssignLatePenalties(config=course.config)
            self._late.init_plugin()

    def due(self, book: "Gradebook", name: str) -> "DueDates":
        """The due dates of an assignment.

        Args:
            book: nbgrader's gradebook, whose own dates and extensions hold where the course's file
                says nothing.
            name: of the assignment.
        """
        from nbgrader.api import SubmittedAssignment

        assignment = book.find_assignment(name)
        rows = book.db.query(SubmittedAssignment.student_id, SubmittedAssignment.extension).filter(
            SubmittedAssignment.assignment_id == assignment.id,
            SubmittedAssignment.extension.is_not(None),
        )
        own = {
            student: dates[name]
            for student, dates in self._decided.extensions.items()
            if name in dates
        }
        return DueDates(self._decided.due.get(name, assignment.duedate), dict(rows.all()), own)

    def penalty(
        self, due: datetime | None, student: str, points: float, at: datetime | None
    ) -> float:
        """What is taken from some points handed in at a time; never more than there are.

        Raises:
            PenaltyError: the plug-in does not work.
        """
        if due is None or at is None or not is_late(at, due):
            return 0.0
        with _plug_in_errors():
            taken = self._late.plugin_inst.late_submission_penalty(
                student, points, (at - due).total_seconds()
            )
        return min(max(0.0, float(taken or 0.0)), points)

    def enter(
        self, book: "Gradebook", name: str, held: Collection[tuple[str, str]] = ()
    ) -> dict[tuple[str, str], float]:
        """Bring the gradebook's due date and penalties of an assignment up to date.

        The caller commits.

        Args:
            book: nbgrader's gradebook.
            name: of the assignment.
            held: student and notebook of what stays as it is.

        Returns:
            student and notebook → penalty, of all who came late; 0 where it costs nothing.

        Raises:
            PenaltyError: the plug-in does not work.
        """
        from nbgrader.api import SubmittedNotebook

        dates = self.due(book, name)
        assignment = book.find_assignment(name)
        if dates.common != assignment.duedate:
            assignment.duedate = dates.common
        penalties = {}
        for id, student, notebook, points, was, at in _rows(book, assignment):
            now = was or 0.0
            if (student, notebook) not in held:
                now = self.penalty(dates.of(student), student, points, at)
            if now != (was or 0.0):
                book.db.get(SubmittedNotebook, id).late_submission_penalty = now or None
            if now or is_late(at, dates.of(student)):
                penalties[student, notebook] = now
        return penalties


def _rows(book: "Gradebook", assignment: "Assignment") -> Any:
    """Row, student, notebook, points, penalty and time of all that was handed in."""
    from nbgrader.api import Notebook, SubmittedAssignment, SubmittedNotebook

    columns = (
        SubmittedNotebook.id,
        SubmittedAssignment.student_id,
        Notebook.name,
        SubmittedNotebook.score,
        SubmittedNotebook.late_submission_penalty,
        SubmittedAssignment.timestamp,
    )
    return (
        book.db.query(*columns)
        .join(SubmittedAssignment, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .filter(SubmittedAssignment.assignment_id == assignment.id)
        .all()
    )


@contextmanager
def _plug_in_errors() -> Iterator[None]:
    """The plug-in is the teacher's own program: say what is wrong with it."""
    try:
        yield
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        raise PenaltyError(f"the plug-in for late penalties does not work: {words}") from error

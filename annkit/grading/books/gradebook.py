"""nbgrader's own gradebook: scores and comments of one verdict, in one transaction.

What a person entered (`manual_score`, `manual_comment`, extra credit) is never touched, and counts
before what the checks found. Penalties for being late come from the plug-in that nbgrader is
configured with.

Not here: files (`filing`), what the comments say (`marking.feedback`).
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from annkit.grading.intake.course import Course
from annkit.grading.intake.owners import Person, Roster
from annkit.grading.marking.feedback import comment
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.release import Release
from annkit.grading.states import FOR_A_PERSON, GRADED

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook

# How long somebody else, formgrader for example, may keep the file locked.
PATIENCE_SECONDS = 60.0
Result = TypeVar("Result")
Given = ParamSpec("Given")


class GradebookError(Exception):
    """The gradebook could not be read or written; what was being written is not in it."""


def patiently(action: Callable[[], Result]) -> Result:
    """Do it, again and again while somebody else has the database locked."""
    from sqlalchemy.exc import OperationalError

    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return action()
        except OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def _patient(method: Callable[Given, Result]) -> Callable[Given, Result]:
    """A method that waits while somebody else has the database locked."""

    @wraps(method)
    def waiting(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        return patiently(lambda: method(*args, **kwargs))

    return waiting


class CourseGradebook:
    """The gradebook of a course directory; a context manager.

    Args:
        course: where it is.
    """

    def __init__(self, course: Course) -> None:
        """Nothing is opened yet."""
        self._course = course
        self._book: Gradebook | None = None
        self._late: Any = None

    def __enter__(self) -> "CourseGradebook":
        """Open it and make sure that it can be written.

        Raises:
            GradebookError: it cannot.
        """
        from nbgrader.api import Gradebook
        from nbgrader.preprocessors import AssignLatePenalties

        with self._clear_errors():
            self._book = patiently(lambda: Gradebook(self._course.db_url, self._course.course_id))
            patiently(self._probe)
        with _plug_in_errors():
            self._late = AssignLatePenalties(config=self._course.config)
            self._late.init_plugin()
        return self

    def __exit__(self, *reason: object) -> None:
        """Close it."""
        if self._book is not None:
            self._book.close()

    @property
    def book(self) -> "Gradebook":
        """The gradebook as nbgrader's own object."""
        assert self._book is not None, "use it as a context manager"
        return self._book

    @_patient
    def knows(self, release: Release) -> bool:
        """Whether `nbgrader generate_assignment` has entered a notebook."""
        from nbgrader.api import MissingEntry

        try:
            self.book.find_notebook(release.notebook, release.assignment)
        except MissingEntry:
            return False
        return True

    @_patient
    def graded(self, release: Release) -> set[str]:
        """Students of whom the gradebook has every automatic score of a notebook."""
        from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook

        notebook = self.book.find_notebook(release.notebook, release.assignment)
        rows = (
            self.book.db.query(SubmittedAssignment.student_id)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
            .filter(SubmittedNotebook.notebook_id == notebook.id, Grade.auto_score.is_not(None))
            .distinct()
        )
        return {student for (student,) in rows}

    @_patient
    def roster(self) -> Roster:
        """All students in it."""
        from nbgrader.api import Student

        columns = (Student.id, Student.first_name, Student.last_name, Student.lms_user_id)
        rows = self.book.db.query(*columns)
        return Roster(Person(*(text or "" for text in row)) for row in rows)

    def with_manual_points(
        self, releases: Mapping[str, Release], verdicts: Iterable[Verdict]
    ) -> list[Verdict]:
        """The verdicts with the points a person gave in place of the checks': what counts.

        Args:
            releases: notebook → its release.
            verdicts: on those notebooks, of any students.
        """
        given = {name: self._manual_shares(release) for name, release in releases.items()}

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

    @_patient
    def _manual_shares(self, release: Release) -> dict[tuple[str, str], tuple[float, bool]]:
        """Student and cell → the share of its points a person gave, and whether to look again."""
        from nbgrader.api import Grade, GradeCell, SubmittedAssignment, SubmittedNotebook

        notebook = self.book.find_notebook(release.notebook, release.assignment)
        rows = (
            self.book.db.query(
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

    def write(self, verdict: Verdict, release: Release, timestamp: datetime | None) -> None:
        """Write a verdict: all of it, or nothing.

        Args:
            verdict: the marks.
            release: which cells carry points and comments.
            timestamp: when it was handed in, UTC; None if nobody knows.

        Raises:
            GradebookError: nothing was written.
        """

        def transaction() -> None:
            try:
                self._enter(verdict, release, timestamp)
                self.book.db.commit()
            except BaseException:
                self.book.db.rollback()
                raise

        with self._clear_errors():
            patiently(transaction)
        self.book.db.expunge_all()

    def _enter(self, verdict: Verdict, release: Release, timestamp: datetime | None) -> None:
        submission = self._submission(verdict, timestamp)
        notebook = next(
            part for part in submission.notebooks if part.notebook.name == verdict.notebook
        )
        grades = {grade.cell.name: grade for grade in notebook.grades}
        comments = {note.cell.name: note for note in notebook.comments}
        for mark in verdict.marks:
            grade = grades.get(release.grade_ids.get(mark.id, ""))
            if grade is not None:
                grade.auto_score = _score(mark, grade.cell.max_score)
                # As nbgrader does: a person looks again at what a person had marked. Without a mark
                # nothing is settled either.
                person = mark.points is None or grade.manual_score is not None
                grade.needs_manual_grade = person
            if mark.id in release.commented and mark.id in comments:
                comments[mark.id].auto_comment = comment(mark)
        self.book.db.flush()
        self._penalty(submission, notebook)

    def _submission(self, verdict: Verdict, timestamp: datetime | None) -> "SubmittedAssignment":
        """The row of a submission, with all that hangs on it; made if there is none.

        nbgrader's own calls commit in between, which would leave a half-written submission.
        """
        from nbgrader import api

        db = self.book.db
        assignment = self.book.find_assignment(verdict.assignment)
        student = db.get(api.Student, verdict.student)
        if student is None:
            student = api.Student(id=verdict.student)
            db.add(student)
        try:
            found = self.book.find_submission(verdict.assignment, verdict.student)
        except api.MissingEntry:
            found = api.SubmittedAssignment(assignment_id=assignment.id, student_id=student.id)
            db.add(found)
            db.flush()
            for notebook in assignment.notebooks:
                part = api.SubmittedNotebook(notebook_id=notebook.id, assignment_id=found.id)
                db.add(part)
                db.flush()
                for cell in (*notebook.grade_cells, *notebook.task_cells):
                    db.add(api.Grade(cell_id=cell.id, notebook_id=part.id))
                for cell in (*notebook.solution_cells, *notebook.task_cells):
                    db.add(api.Comment(cell_id=cell.id, notebook_id=part.id))
        if timestamp is not None:
            found.timestamp = timestamp
        db.flush()
        return found

    def _penalty(self, submission: "SubmittedAssignment", notebook: "SubmittedNotebook") -> None:
        """Ask nbgrader's plug-in for late submissions, within what it may take."""
        self.book.db.refresh(notebook)
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            with _plug_in_errors():
                penalty = self._late.plugin_inst.late_submission_penalty(
                    submission.student_id, notebook.score, late
                )
            if penalty is not None:
                notebook.late_submission_penalty = min(max(0.0, penalty), notebook.score)
        self.book.db.flush()

    def _probe(self) -> None:
        """Begin to write and take it back: a gradebook that cannot be written shows now."""
        from sqlalchemy import text

        with self.book.engine.connect() as connection:
            connection.execute(text("UPDATE student SET id = id WHERE 1 = 0"))
            connection.rollback()

    @contextmanager
    def _clear_errors(self) -> Iterator[None]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            raise GradebookError(
                f"the gradebook ({self._course.db_url}) cannot be written: {reason}"
            ) from None


def _score(mark: MarkLine, max_score: float) -> float | None:
    """The points in nbgrader's measure: a teacher may have changed what a cell is worth."""
    if mark.points is None:
        return None
    if not mark.max_points or mark.max_points == max_score:
        return float(mark.points)
    return float(mark.points) / mark.max_points * max_score


@contextmanager
def _plug_in_errors() -> Iterator[None]:
    """The plug-in for late work is the teacher's own program: say what is wrong with it."""
    try:
        yield
    except Exception as error:
        words = f"{type(error).__name__}: {error}"
        raise GradebookError(f"the plug-in for late penalties does not work: {words}") from error

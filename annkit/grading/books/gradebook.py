"""nbgrader's own gradebook: scores and comments of one verdict, in one transaction.

What a person entered (`manual_score`, `manual_comment`, extra credit) is never touched.

Not here: files (`filing`), what the comments say (`marking.feedback`), what coming late costs
(`lateness`), points by hand (`by_hand`).
"""

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import wraps
from types import MappingProxyType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from annkit.grading.books.lateness import Lateness
from annkit.grading.intake.course import Course
from annkit.grading.intake.owners import Person, Roster
from annkit.grading.marking.feedback import comment
from annkit.grading.marking.verdict import MarkLine, Verdict
from annkit.grading.rebuild.release import Release

if TYPE_CHECKING:
    from nbgrader.api import BaseCell, Gradebook, SubmittedAssignment

# How long somebody else, formgrader for example, may keep the file locked.
PATIENCE_SECONDS = 60.0
Result = TypeVar("Result")
Penalty = Callable[[Verdict, float, datetime | None], float]
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

    def __enter__(self) -> "CourseGradebook":
        """Open it and make sure that it can be written.

        Raises:
            GradebookError: it cannot.
        """
        from nbgrader.api import Gradebook

        with self._clear_errors():
            self._book = patiently(lambda: Gradebook(self._course.db_url, self._course.course_id))
            patiently(self._probe)
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
    def people(self) -> list[Person]:
        """All students in it, in the order of their ids."""
        from nbgrader.api import Student

        name = (Student.first_name, Student.last_name)
        rows = self.book.db.query(Student.id, *name, Student.lms_user_id, Student.email)
        return [Person(*(text or "" for text in row)) for row in rows.order_by(Student.id)]

    def roster(self, groups: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Roster:
        """The same, to be found by what a learning system calls them, or their group."""
        return Roster(self.people(), groups)

    def forget(self, student: str) -> None:
        """Remove a student with all that hangs on them, so that no page of the file keeps it.

        Raises:
            GradebookError: it may still be in the file; do it again.
        """
        from nbgrader.api import Student

        def remove() -> None:
            found = self.book.db.get(Student, student)
            if found is not None:
                self.book.db.delete(found)

        self.written(remove)
        if self.book.engine.name == "sqlite":
            self._write_anew()

    def _write_anew(self) -> None:
        """What was deleted or replaced stays in pages that nobody uses, until this."""
        from sqlalchemy import text

        with self._clear_errors(), self.book.engine.connect() as connection:
            bare = connection.execution_options(isolation_level="AUTOCOMMIT")
            patiently(lambda: bare.execute(text("VACUUM")))
            patiently(lambda: bare.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")))

    def written(self, action: Callable[[], Result]) -> Result:
        """Do it in one transaction; returns what it returns.

        Raises:
            GradebookError: nothing of it was written.
        """

        def transaction() -> Result:
            try:
                result = action()
                self.book.db.commit()
            except BaseException:
                self.book.db.rollback()
                raise
            return result

        with self._clear_errors():
            return patiently(transaction)

    def enter_penalties(
        self, lateness: Lateness, assignment: str, held: Collection[tuple[str, str]]
    ) -> dict[tuple[str, str], float]:
        """Bring due dates and penalties up to date; what a person marked meanwhile counts.

        Args:
            lateness: what coming late costs.
            assignment: its name.
            held: student and notebook of marks that wait for the teacher, and stay as they are.

        Returns:
            student and notebook → penalty, of all who came late; 0 where it costs nothing.

        Raises:
            GradebookError: nothing was written.
        """
        return self.written(lambda: lateness.enter(self.book, assignment, held))

    def write(
        self,
        verdict: Verdict,
        release: Release,
        timestamp: datetime | None,
        changed: Collection[str],
        penalty: Penalty,
    ) -> None:
        """Write a verdict: all of it, or nothing.

        Args:
            verdict: the marks.
            release: which cells carry points and comments.
            timestamp: when it was handed in, UTC; None if nobody knows.
            changed: exercises whose answer is another than the one a person may have marked.
            penalty: what a verdict, the points it has in the gradebook, and its time cost.

        Raises:
            GradebookError: nothing was written.
        """
        self.written(lambda: self._enter(verdict, release, timestamp, changed, penalty))
        self.book.db.expunge_all()

    def _enter(
        self,
        verdict: Verdict,
        release: Release,
        timestamp: datetime | None,
        changed: Collection[str],
        penalty: Penalty,
    ) -> None:
        submission = self._submission(verdict, timestamp)
        notebook = next(
            part for part in submission.notebooks if part.notebook.name == verdict.notebook
        )
        cells = self._cells(notebook.notebook_id)
        grades = {cells[grade.cell_id].name: grade for grade in notebook.grades}
        comments = {cells[note.cell_id].name: note for note in notebook.comments}
        for mark in verdict.marks:
            grade = grades.get(release.grade_ids.get(mark.id, ""))
            if grade is not None:
                grade.auto_score = score_in(mark, cells[grade.cell_id].max_score)
                if grade.manual_score is None:
                    # Without a mark nothing is settled.
                    grade.needs_manual_grade = mark.points is None
                elif mark.id in changed:
                    # As nbgrader does: a person looks again at what a person had marked.
                    grade.needs_manual_grade = True
            if mark.id in release.commented and mark.id in comments:
                comments[mark.id].auto_comment = comment(mark)
        self.book.db.flush()
        self.book.db.refresh(notebook)
        # Asked of all points, those that a person gave included.
        notebook.late_submission_penalty = penalty(verdict, notebook.score, timestamp) or None
        self.book.db.flush()

    def _cells(self, notebook_id: str) -> dict[str, "BaseCell"]:
        """Id → cell of a notebook: all by one query, where each by itself would be two."""
        from nbgrader.api import BaseCell
        from sqlalchemy.orm import with_polymorphic

        every = with_polymorphic(BaseCell, "*")
        rows = self.book.db.query(every).filter(every.notebook_id == notebook_id)
        return {cell.id: cell for cell in rows}

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
        found.timestamp = timestamp
        db.flush()
        return found

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


def score_in(mark: MarkLine, max_score: float) -> float | None:
    """The points in nbgrader's measure: a teacher may have changed what a cell is worth."""
    if mark.points is None:
        return None
    if not mark.max_points or mark.max_points == max_score:
        return float(mark.points)
    return float(mark.points) / mark.max_points * max_score

"""nbgrader's table of marks with every field quoted that needs it.

The stock export joins fields with commas, so that a name like "Lovelace, Ada" shifts its row.
"""

import csv

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import ExportPlugin

_COLUMNS = (
    "assignment",
    "duedate",
    "timestamp",
    "student_id",
    "last_name",
    "first_name",
    "email",
    "raw_score",
    "late_submission_penalty",
    "score",
    "max_score",
)


class QuotedCsv(ExportPlugin):  # type: ignore[misc]
    """The stock columns, one row for each student and assignment."""

    def export(self, gradebook: Gradebook) -> None:
        """Write the table to `--to`, or grades.csv."""
        destination = self.to or "grades.csv"
        self.log.info("Exporting grades to %s", destination)
        assignments = {str(name) for name in self.assignment}
        students = {str(name) for name in self.student}
        with open(destination, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, _COLUMNS, lineterminator="\n")
            writer.writeheader()
            for assignment in gradebook.assignments:
                for student in gradebook.students:
                    if (not assignments or assignment.name in assignments) and (
                        not students or student.id in students
                    ):
                        writer.writerow(_row(gradebook, assignment, student))


def _row(gradebook: Gradebook, assignment, student) -> dict[str, object]:  # type: ignore[no-untyped-def]
    row = {
        "assignment": assignment.name,
        "duedate": assignment.duedate,
        "student_id": student.id,
        "last_name": student.last_name,
        "first_name": student.first_name,
        "email": student.email,
        "max_score": assignment.max_score,
        "raw_score": 0.0,
        "late_submission_penalty": 0.0,
        "score": 0.0,
    }
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        return row  # nothing was handed in
    penalty = submission.late_submission_penalty or 0.0
    return row | {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
    }

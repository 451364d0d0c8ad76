"""nbgrader's table of marks with every field quoted that needs it.

The stock export joins fields with commas, so that a name like "Lovelace, Ada" shifts its row. What
a fault of the machine has left without a mark has none here: stock nbgrader would export 0.

Not here: entering the marks (`gradebook`), what a spreadsheet would compute (`spreadsheets`).
"""

import csv

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins.export import ExportPlugin

from annkit.grading.spreadsheets import as_text

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
                        row = _row(gradebook, assignment, student)
                        writer.writerow({name: as_text(value) for name, value in row.items()})


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
    if _is_unjudged(submission):
        nothing = dict.fromkeys(("raw_score", "late_submission_penalty", "score"), "")
        return row | nothing | {"timestamp": submission.timestamp}
    penalty = submission.late_submission_penalty or 0.0
    return row | {
        "timestamp": submission.timestamp,
        "raw_score": submission.score,
        "late_submission_penalty": penalty,
        "score": max(0.0, submission.score - penalty),
    }


def _is_unjudged(submission) -> bool:  # type: ignore[no-untyped-def]
    """Whether a cell that checks mark has no score, neither of theirs nor a person's."""
    for part in submission.notebooks:
        persons = {cell.name for cell in part.notebook.solution_cells}
        checked = {cell.name for cell in part.notebook.grade_cells} - persons
        for grade in part.grades:
            if grade.cell.name in checked and grade.auto_score is grade.manual_score is None:
                return True
    return False

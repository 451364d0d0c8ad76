"""What exercises are worth in the gradebook, when a teacher changes it: every mark keeps its share.

Not here: what they are worth to the class (`annkit.grading.intake.chosen`), marks told in those
points (`annkit.grading.marking.class_points`).
"""

from collections.abc import Mapping

from annkit.grading.books.gradebook import CourseGradebook


def change_worth(book: CourseGradebook, assignment: str, worth: Mapping[str, float]) -> bool:
    """Let cells be worth other points; marks there are, a person's too, are worth as much of them.

    Done twice it is as if done once, and it is done as a whole or not at all.

    Args:
        book: the gradebook, open.
        assignment: its name.
        worth: name of a cell with points → its points.

    Returns:
        whether anything has changed.

    Raises:
        GradebookError: nothing was written.
    """
    return book.written(lambda: _changed(book, assignment, worth))


def _changed(book: CourseGradebook, assignment: str, worth: Mapping[str, float]) -> bool:
    from nbgrader.api import Assignment, Grade, GradeCell, Notebook

    cells = (
        book.book.db.query(GradeCell)
        .join(Notebook, Notebook.id == GradeCell.notebook_id)
        .join(Assignment, Assignment.id == Notebook.assignment_id)
        .filter(Assignment.name == assignment)
    )
    changed = False
    for cell in cells.all():
        points = worth.get(cell.name, cell.max_score)
        if points == cell.max_score:
            continue
        for grade in book.book.db.query(Grade).filter(Grade.cell_id == cell.id).all():
            for column in ("auto_score", "manual_score"):
                score = getattr(grade, column)
                if score is not None and cell.max_score:
                    setattr(grade, column, round(score / cell.max_score * points, 2))
        cell.max_score = points
        changed = True
    return changed

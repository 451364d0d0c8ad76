"""What exercises are worth in the gradebook, when a teacher changes it: every mark keeps its share.

Not here: what they are worth to the class (`annkit.grading.intake.chosen`), marks told in those
points (`annkit.grading.marking.class_points`).
"""

from collections.abc import Mapping

from annkit.grading.books.gradebook import CourseGradebook


def change_worth(book: CourseGradebook, assignment: str, worth: Mapping[str, float]) -> bool:
    """Let cells be worth other points; marks there are, a person's too, are worth as much of them.

    What is taken for being late is as large a part of them as before.

    Done twice it is as if done once, and it is done as a whole or not at all.

    Args:
        book: the gradebook, open.
        assignment: its name.
        worth: name of a cell with points → its points.

    Returns:
        whether anything has changed; what the gradebook does not know yet has not.

    Raises:
        GradebookError: nothing was written.
    """
    return book.written(lambda: _changed(book, assignment, worth))


def _changed(book: CourseGradebook, assignment: str, worth: Mapping[str, float]) -> bool:
    from nbgrader.api import Grade, MissingEntry

    db = book.book.db
    try:
        notebooks = book.book.find_assignment(assignment).notebooks
    except MissingEntry:
        return False
    late = [
        (part, part.score, part.late_submission_penalty)
        for notebook in notebooks
        for part in notebook.submissions
        if part.late_submission_penalty
    ]
    changed = False
    for cell in (cell for notebook in notebooks for cell in notebook.grade_cells):
        points = worth.get(cell.name, cell.max_score)
        if points == cell.max_score:
            continue
        for grade in db.query(Grade).filter(Grade.cell_id == cell.id):
            for column in ("auto_score", "manual_score"):
                score = getattr(grade, column)
                if score is not None and cell.max_score:
                    setattr(grade, column, round(score / cell.max_score * points, 2))
        cell.max_score = points
        changed = True
    db.flush()
    for part, score, penalty in late if changed else ():
        db.refresh(part)
        part.late_submission_penalty = round(penalty * part.score / score, 2) if score else penalty
    return changed

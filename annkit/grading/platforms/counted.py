"""What counts, student by student: points a person gave before those of the checks, less penalties.

A mark that is not known yet has no points: 0 is what somebody earned, never what nobody has read.

Not here: putting marks into the gradebook (`annkit.grading.books.gradebook`), files made of them
(`moodle_worksheet`, `canvas_gradebook`, `marks_table`).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from annkit.grading.books.gradebook import CourseGradebook, GradebookError
from annkit.grading.books.ledger import Ledger
from annkit.grading.intake.course import Course
from annkit.grading.intake.owners import Person
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import read_assignment
from annkit.grading.states import FOR_A_PERSON, GRADED, MACHINE_FAULT

NOTHING = "nothing handed in"


@dataclass(frozen=True)
class ExportedMark:
    """What counts of one student's chapter, or of one exercise of it.

    Attributes:
        points: that count; None as long as nobody can say.
        max_points: that can be earned.
        words: what is out of the ordinary; "" if it is graded and nothing else.
        penalty: for being late, taken off a chapter's points; exercises have none.
    """

    points: float | None
    max_points: float
    words: str = ""
    penalty: float = 0.0


@dataclass
class ChapterMarks:
    """The marks of one assignment.

    Attributes:
        assignment: its name.
        max_points: that can be earned.
        marks: student → mark, for every student of the gradebook.
        exercises: exercise → student → mark, in the order of the notebooks.
    """

    assignment: str
    max_points: float = 0.0
    marks: dict[str, ExportedMark] = field(default_factory=dict)
    exercises: dict[str, dict[str, ExportedMark]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Row:
    """A cell with points, of one student."""

    student: str
    notebook: str
    cell: str
    points: float | None
    max_points: float
    again: bool


def counted(
    course: Course, assignments: Iterable[str]
) -> tuple[list[Person], dict[str, ChapterMarks]]:
    """Everybody in the gradebook, and what counts for them: assignment → marks.

    Raises:
        GradebookError: it cannot be read.
        ReleaseError: an assignment was not released.
    """
    with CourseGradebook(course) as book:
        people = book.people()
        return people, {name: _chapter(course, book, name, people) for name in assignments}


def _chapter(
    course: Course, book: CourseGradebook, name: str, people: Iterable[Person]
) -> ChapterMarks:
    releases = read_assignment(course.release / name)
    exercises = {
        (release.notebook, cell): id
        for release in releases.values()
        for id, cell in release.grade_ids.items()
    }
    done = ChapterMarks(name)
    most = _max_points(book, name)
    done.max_points = sum(most.values())
    rows: dict[str, list[_Row]] = defaultdict(list)
    for row in _rows(book, name):
        rows[row.student].append(row)
    penalties = _penalties(book, name)
    states = _states(course, name)
    for place, max_points in most.items():
        done.exercises[exercises.get(place, place[1])] = {
            person.id: ExportedMark(None, max_points, NOTHING) for person in people
        }
    for person in people:
        own = rows.get(person.id, [])
        for row in own:
            id = exercises.get((row.notebook, row.cell), row.cell)
            state = states.get((person.id, id), GRADED)
            done.exercises[id][person.id] = _exercise(row, state)
        marks = {id: them[person.id] for id, them in done.exercises.items()}
        done.marks[person.id] = (
            _total(marks, penalties.get(person.id, 0.0), done.max_points)
            if own
            else ExportedMark(None, done.max_points, NOTHING)
        )
    return done


def _exercise(row: _Row, state: str) -> ExportedMark:
    if row.points is None:
        words = state if state == MACHINE_FAULT else "waits for a person"
        return ExportedMark(None, row.max_points, words)
    # A person has given points: it waits for nobody any more.
    usual = state in (GRADED, FOR_A_PERSON)
    words = "to be looked at again" if row.again else "" if usual else state
    return ExportedMark(row.points, row.max_points, words)


def _total(marks: Mapping[str, ExportedMark], penalty: float, max_points: float) -> ExportedMark:
    """A chapter's mark: as long as one part of it is not known, neither is the sum."""
    unknown = any(mark.points is None for mark in marks.values())
    same: dict[str, list[str]] = defaultdict(list)
    for id, mark in marks.items():
        if mark.words:
            same[mark.words].append(id)
    words = "; ".join(
        said if len(ids) == len(marks) else f"{said}: {', '.join(ids)}"
        for said, ids in same.items()
    )
    if unknown:
        return ExportedMark(None, max_points, words, penalty)
    late = f"{penalty:g} off for being late" if penalty else ""
    points = max(0.0, sum(mark.points or 0.0 for mark in marks.values()) - penalty)
    return ExportedMark(points, max_points, "; ".join(filter(None, (words, late))), penalty)


def _max_points(book: CourseGradebook, assignment: str) -> dict[tuple[str, str], float]:
    """Notebook and cell → its points, as the gradebook has them; in order."""
    from nbgrader.api import MissingEntry

    try:
        parts = book.book.find_assignment(assignment).notebooks
    except MissingEntry:
        raise GradebookError(
            f"{assignment} is not in the gradebook; run: nbgrader generate_assignment {assignment}"
        ) from None
    return {
        (part.name, cell.name): float(cell.max_score)
        for part in parts
        for cell in (*part.grade_cells, *part.task_cells)
        if cell.max_score
    }


def _rows(book: CourseGradebook, assignment: str) -> Iterable[_Row]:
    for submission in book.book.assignment_submissions(assignment):
        for part in submission.notebooks:
            for grade in part.grades:
                if not grade.cell.max_score:
                    continue
                given = grade.manual_score if grade.manual_score is not None else grade.auto_score
                points = None if given is None else float(given) + float(grade.extra_credit or 0)
                again = bool(grade.needs_manual_grade) and grade.manual_score is not None
                yield _Row(
                    submission.student_id,
                    part.name,
                    grade.cell.name,
                    points,
                    float(grade.cell.max_score),
                    again,
                )


def _penalties(book: CourseGradebook, assignment: str) -> dict[str, float]:
    return {
        submission.student_id: sum(
            float(part.late_submission_penalty or 0) for part in submission.notebooks
        )
        for submission in book.book.assignment_submissions(assignment)
    }


def _states(course: Course, assignment: str) -> dict[tuple[str, str], str]:
    """Student and exercise → its state in the verdict that counts."""
    ledger = Ledger(course.root)
    counting = {entered.key for entered in ledger.counting().values()}
    latest: dict[tuple[str, str], Verdict] = {}
    for verdict in ledger.verdicts(assignment):
        if verdict.key in counting:
            latest[verdict.student, verdict.notebook] = verdict
    return {
        (student, mark.id): mark.state
        for (student, _), verdict in latest.items()
        for mark in verdict.marks
    }

"""One page on what a class got wrong: self-contained HTML, for a screen or for paper.

No script, no font, no picture from elsewhere: a teacher can keep it, print it and send it on. No
student's name stands on it.

Not here: the counting (`tally`), choosing a line (`typical`), the command (`command`).
"""

import gzip
import json
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from annkit.exercises import Catalogue, Question
from annkit.exercises.tasks.task import Task
from annkit.exercises.tasks.texts import spelled_out
from annkit.grading.books.by_hand import with_points_by_hand
from annkit.grading.books.filing import place_of
from annkit.grading.books.gradebook import CourseGradebook
from annkit.grading.books.ledger import Ledger
from annkit.grading.class_report.tally import (
    ExerciseTally,
    Mistake,
    Unnamed,
    tally,
)
from annkit.grading.class_report.typical import typical_line
from annkit.grading.intake.course import Course
from annkit.grading.intake.submissions import TIMESTAMP
from annkit.grading.marking.class_points import in_points, other_points
from annkit.grading.marking.verdict import Verdict
from annkit.grading.rebuild.release import Release, read_assignment
from annkit.grading.states import GRADED
from annkit.show.cards.prose import prose_html

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = Path(__file__).parent / "page.html.j2"
# Mistakes told at the top of the page.
FOR_THE_LESSON = 3
# A mistake fewer have made is no matter for a lesson, and could be told whose it is.
LEAST = 2


@dataclass
class NotebookReport:
    """One notebook of the class.

    Attributes:
        title: its name.
        students: who handed it in.
        exercises: what became of each.
        titles: exercise id → its title.
        passages: exercise id → heading of the section it stands in.
        questions: exercises answered by a letter.
        lines: (exercise id, mistake or behaviour) → the line, or the option, to show.
        days: day → how many handed in.
    """

    title: str
    students: int
    exercises: list[ExerciseTally]
    titles: dict[str, str]
    passages: dict[str, str]
    questions: set[str]
    lines: dict[tuple[str, str], str]
    days: dict[date, int] = field(default_factory=dict)

    def lesson(self) -> list[tuple[ExerciseTally, Mistake]]:
        """The mistakes that most students have not mended."""
        all_of_them = [
            (exercise, mistake)
            for exercise in self.exercises
            for mistake in exercise.mistakes
            if len(mistake.students - mistake.mended) >= LEAST
        ]
        all_of_them.sort(key=lambda pair: -len(pair[1].students - pair[1].mended))
        return all_of_them[:FOR_THE_LESSON]

    def puzzles(self) -> list[tuple[ExerciseTally, Unnamed]]:
        """Groups of answers that do the same and have no name."""
        groups = [
            (exercise, group)
            for exercise in self.exercises
            for group in exercise.unnamed
            if len(group.students) >= LEAST
        ]
        return sorted(groups, key=lambda pair: -len(pair[1].students))


def class_report(course: Course, catalogue: Catalogue, assignments: Sequence[str]) -> str:
    """The page of a course directory.

    Args:
        course: the course directory.
        catalogue: the exercises.
        assignments: names of those to tell of.

    Returns:
        HTML.

    Raises:
        ReleaseError: an assignment was not released.
    """
    releases = [
        release
        for assignment in assignments
        for release in read_assignment(course.release / assignment).values()
    ]
    worth = other_points(catalogue, releases)
    verdicts = [in_points(verdict, worth) for verdict in Ledger(course.root).verdicts()]
    with CourseGradebook(course) as book:
        parts = [
            _part(course, catalogue, release, _with_hands(book, release, own))
            for release in releases
            if (own := [one for one in verdicts if _is_of(one, release)])
        ]
    return _template().render(
        parts=parts,
        today=datetime.now().date(),
        course=course.root.name,
        least=LEAST,
    )


def _with_hands(book: CourseGradebook, release: Release, verdicts: list[Verdict]) -> list[Verdict]:
    """The verdicts, the latest of each student with the points that a person gave."""
    latest = {verdict.student: place for place, verdict in enumerate(verdicts)}
    found = list(verdicts)
    marked = with_points_by_hand(
        book, {release.notebook: release}, [verdicts[place] for place in latest.values()]
    )
    for place, verdict in zip(latest.values(), marked, strict=True):
        found[place] = verdict
    return found


def _is_of(verdict: Verdict, release: Release) -> bool:
    return (verdict.assignment, verdict.notebook) == (release.assignment, release.notebook)


def _part(
    course: Course, catalogue: Catalogue, release: Release, verdicts: list[Verdict]
) -> NotebookReport:
    known = [one for one in tally(verdicts) if one.id in catalogue.paths]
    exercises = [one for one in known if catalogue.load(one.id).points]
    students = {verdict.student for verdict in verdicts}
    folders = [course.autograded / student / release.assignment for student in students]
    latest = {verdict.student: verdict for verdict in verdicts}
    answers = {
        student: dict(_answers(place_of(course.root, verdict.key)))
        for student, verdict in latest.items()
    }
    tasks = {one.id: catalogue.load(one.id) for one in exercises}
    return NotebookReport(
        release.notebook,
        len(students),
        exercises,
        {id: task.title for id, task in tasks.items()},
        _passages(release),
        {id for id, task in tasks.items() if isinstance(task, Question)},
        _options(tasks.values()) | _typical(catalogue, exercises, latest, answers),
        dict(sorted(Counter(filter(None, map(_day, folders))).items())),
    )


def _answers(path: Path) -> Iterator[tuple[str, str]]:
    """The answers of a kept attempt, in a notebook that the grader wrote: exercise id → text."""
    try:
        content = gzip.decompress(path.read_bytes())
    except (OSError, EOFError, zlib.error):  # deleted, or damaged: there is no line to show
        return
    for cell in json.loads(content or "{}").get("cells", ()):
        id = cell["metadata"].get("annkit", {}).get("answers")
        if id:
            yield id, "".join(cell["source"])


def _day(folder: Path) -> date | None:
    """The day a student handed in; None where no time came with the file."""
    try:
        return datetime.fromisoformat((folder / TIMESTAMP).read_text()[:10]).date()
    except (OSError, ValueError):
        return None


def _passages(release: Release) -> dict[str, str]:
    """Exercise id → the last heading before it."""
    passages, heading = {}, ""
    for cell in release.cells:
        if cell.answers:
            passages[cell.answers] = heading
        elif cell.kind == "markdown":
            titles = [line for line in cell.source.splitlines() if line.startswith("## ")]
            heading = titles[-1].lstrip("# ") if titles else heading
    return passages


def _options(tasks: Iterable[Task]) -> dict[tuple[str, str], str]:
    """The text of every option, by the name its mistake has."""
    return {
        (task.id, f"option_{letter}"): option.text
        for task in tasks
        if isinstance(task, Question)
        for letter, option in zip(task.letters, task.options, strict=True)
    }


def _typical(
    catalogue: Catalogue,
    exercises: Iterable[ExerciseTally],
    latest: Mapping[str, Verdict],
    answers: Mapping[str, Mapping[str, str]],
) -> dict[tuple[str, str], str]:
    """The line to show for every mistake and every group of an exercise in code.

    Args:
        catalogue: the exercises.
        exercises: those to show.
        latest: student → their latest verdict, whichever counts.
        answers: student → the answers that it is about.
    """
    lines = {}
    for exercise in exercises:
        if isinstance(catalogue.load(exercise.id), Question):
            continue
        right: list[str] = []
        wrong: dict[str, list[str]] = {}
        for student, verdict in latest.items():
            mark = next((one for one in verdict.marks if one.id == exercise.id), None)
            text = answers.get(student, {}).get(exercise.id, "")
            if mark is None or not text:
                continue
            if mark.state == GRADED and mark.points == mark.max_points:
                right.append(text)
            else:
                name = mark.mistake or " or ".join(mark.suspects) or mark.behaviour
                wrong.setdefault(name, []).append(text)
        for name, texts in wrong.items():
            lines[exercise.id, name] = typical_line(texts, right)
    return lines


def _template() -> "Template":
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["prose"] = lambda text: Markup(prose_html(text))
    environment.filters["spelled"] = lambda name: " or ".join(map(spelled_out, name.split(" or ")))
    return environment.from_string(TEMPLATE.read_text(encoding="utf-8"))

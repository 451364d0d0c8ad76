"""What a learner reads about official marks: points, every check, the mistake, the next step.

No inputs, no expected values, no seeds, and nothing the submission could have put into a message:
those would spoil another attempt, or be somebody else's words in the teacher's name.

Not here: where it is shown (`graded_notebook`), where it is kept (`books.gradebook`).
"""

import textwrap
from collections.abc import Mapping, Sequence

from annkit.exercises.cards.report import points_text
from annkit.grading.marking.harmless import clean_markdown
from annkit.grading.marking.score import CELL_RAISED, error_words
from annkit.grading.marking.verdict import CheckLine, MarkLine, Verdict
from annkit.grading.states import FOR_A_PERSON, GRADED, MACHINE_FAULT, NOT_ATTEMPTED

_GAP = "&emsp;"
# What honest mistakes raise besides, where nothing is called yet.
_USUAL_IN_A_CELL = ("SyntaxError", "IndentationError", "ModuleNotFoundError", "ImportError")


def plain_text(mark: MarkLine) -> str:
    """The feedback on one exercise as plain text, for the output of its check cell."""
    lines = [f"{mark.id}: {_points(mark)}"]
    if mark.words:
        lines.append(f"  {_without_message(mark.words)}")
    if mark.state == NOT_ATTEMPTED:
        return "\n".join(lines) + "\n"
    lines += [f"  {line}" for line in _checks(mark.checks)]
    for name, words in _advice(mark):
        lines += textwrap.wrap(f"{name} {words}", 90, initial_indent="  ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def comment(mark: MarkLine) -> str | None:
    """The feedback on one exercise as Markdown, for nbgrader's comment; None leaves it empty."""
    if mark.state == FOR_A_PERSON:
        return None
    if mark.state == NOT_ATTEMPTED:
        return "No response."
    parts = [f"**{_points(mark)}.**"]
    if mark.words:
        parts.append(clean_markdown(_without_message(mark.words)))
    if mark.checks:
        parts.append("\n".join(f"- {line}" for line in _checks(mark.checks)))
    parts += [f"**{name}** {words}" for name, words in _advice(mark)]
    return "\n\n".join(parts)


def _without_message(words: str) -> str:
    """What is said of an answer, without what its cell said itself.

    A cell is run again after answers have been asked, and whoever hands in again runs it again.
    What the machine's disk has in its memory by then can tell it what they were asked.
    """
    if not words.startswith(CELL_RAISED):
        return words
    kind = words.removeprefix(CELL_RAISED).partition(":")[0]
    raised = f"raised {kind}" if kind in _USUAL_IN_A_CELL else error_words(kind)
    return f"The cell {raised}. Run your notebook from its beginning to see where."


def summary(verdict: Verdict, places: Mapping[str, str]) -> str:
    """The head of the graded notebook: Markdown, one line for each exercise.

    Args:
        verdict: the marks.
        places: exercise id → the cell that carries its points, which nbgrader's pages can jump to;
            the lists that these begin with call all of them "Test cell".
    """
    checked = sum(mark.max_points for mark in verdict.marks if mark.points is not None)
    at_fault = [mark for mark in verdict.marks if mark.state == MACHINE_FAULT]
    left = sum(mark.max_points for mark in verdict.marks if mark.state == FOR_A_PERSON)
    lines = [f"## Checked: {points_text(verdict.points, checked)}", ""]
    if verdict.is_lost:
        lines = ["## Not judged yet", "", "The machine failed while it judged your work.", ""]
    elif at_fault:
        ids = ", ".join(mark.id for mark in at_fault)
        lines += [f"No mark yet, since the exercise itself is at fault: {ids}.", ""]
    if left:
        lines += [f"A person gives up to {left:g} point{'' if left == 1 else 's'} more.", ""]
    lines += ["Points that a person has given stand beside the exercise, and count.", ""]
    # nbgrader's page leaves no room between columns.
    lines += [f"| exercise{_GAP} | points{_GAP} | |", "|---|---|---|"]
    for mark in verdict.marks:
        earned = "–" if mark.points is None else f"{mark.points:g}"
        words = "" if mark.state == GRADED else mark.state
        name = f"[{mark.id}](#{places[mark.id]})" if mark.id in places else mark.id
        lines.append(f"| {name}{_GAP} | {earned} of {mark.max_points:g}{_GAP} | {words} |")
    notes = [*verdict.repairs, *verdict.notes]
    if notes:
        lines += ["", "Not as it was handed out:", ""]
        lines += [f"- {clean_markdown(note)}" for note in notes]
    return "\n".join(lines)


def _points(mark: MarkLine) -> str:
    if mark.state == MACHINE_FAULT:
        return "no mark yet"
    if mark.points is None:
        return f"{mark.max_points:g} points, given by a person"
    words = points_text(mark.points, mark.max_points)
    return words if mark.state == GRADED else f"{words} ({mark.state})"


def _checks(checks: Sequence[CheckLine]) -> list[str]:
    """One line for each check: passed or not, its points, an error it met."""
    lines = []
    for check in checks:
        line = f"{'✓' if check.passed else '✗'} {check.label}"
        if check.max_points:
            line += f" ({points_text(check.points, check.max_points)})"
        if check.error:
            line += f": your code {check.error}"
        lines.append(line)
    return lines


def _advice(mark: MarkLine) -> list[tuple[str, str]]:
    """The named mistake and the next step, each with what it is called."""
    advice = []
    if mark.mistake_text and mark.mistake:
        advice.append(("Likely mistake:", mark.mistake_text))
    elif mark.mistake_text and mark.suspects:
        advice.append(("It may be one of these:", mark.mistake_text))
    if mark.next_step:
        # Where this is read no notebook need be open, and hints open only there.
        advice.append(("Next, in your notebook:", mark.next_step))
    return advice

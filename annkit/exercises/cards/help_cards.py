"""The cards of hint, solution and quiz, and of verbs used in a way that cannot work.

Not here: the card of a verdict (`report`).
"""

import ast
import inspect
from datetime import datetime
from pathlib import Path
from typing import Any

from annkit.exercises.cards.asking import lettered
from annkit.exercises.cards.report import points_text
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Exercise, Task
from annkit.exercises.tasks.texts import moment_text
from annkit.show.cards.card import Block, Card, Code, Drawn, Fold, Prose
from annkit.show.stylesheet import EDITED, STYLESHEET


def unknown(problem: str) -> Card:
    """No exercise has this id; `problem` names the nearest ones."""
    return Card("There is no such exercise", "", (Prose(problem),), "bad")


def our_fault(fault: Exception) -> Card:
    """Something of annkit's own broke; the learner's answer was not judged."""
    text = (
        "This is a fault of the course, not of your answer, which was not judged. "
        f"For the authors: {type(fault).__name__}: {str(fault)[:300]}"
    )
    return Card("annkit could not judge this", "", (Prose(text),), "bad")


def cannot_stop() -> Card:
    """Said once where a loop that never ends would run for ever."""
    text = (
        "In this place nothing can stop a loop that never ends. If a check shows no card for half "
        "a minute, restart the kernel and look at the condition of your loop."
    )
    return Card("One thing to know", "", (Prose(text),), "plain")


def misused_check(id: Any, answer: Any) -> Card:
    """`check` was called without an answer, or with its arguments the wrong way round."""
    name = answer if isinstance(answer, str) else id if isinstance(id, str) else None
    name = name or getattr(id, "__name__", "sigmoid")
    text = (
        f'Two things go into `check`: the id as text, then your answer: `check("{name}", {name})`.'
    )
    return Card("Nothing was checked", "", (Prose(text),), "plain")


def hints(task: Exercise, rung: int, problem: str = "") -> Card:
    """The first `rung` hints, the newest one unfolded."""
    total = len(task.hints)
    blocks: list[Block] = [hint_fold(task, i) for i in range(1, rung)]
    blocks.append(Prose(task.hints[rung - 1], f"Hint {rung} of {total}:"))
    if rung < total:
        blocks.append(Prose(f'`hint("{task.id}")` again opens the next one.'))
    else:
        blocks.append(
            Prose(f'That was the last one. After a try of your own: `solution("{task.id}")`.')
        )
    if problem:
        blocks.append(Prose(problem))
    return Card(f"Hint for {task.id}", f"{rung} of {total} open", tuple(blocks), "plain")


def hint_fold(task: Exercise, rung: int, *inner: Block) -> Fold:
    """One hint to open, with what opens inside of it; opening it is written down."""
    text = Prose(task.hints[rung - 1])
    summary = f"Hint {rung} of {len(task.hints)}"
    return Fold(summary, (text, *inner), told_as=f"{task.id}:{rung}")


def ladder(task: Exercise, opened: int) -> Block:
    """The hints: those opened before, then each other one inside the one before it.

    A card needs no new cell for the next one. Plain text leaves them out: nothing folds there.
    """
    total = len(task.hints)
    inner: tuple[Block, ...] = ()
    for rung in range(total, opened, -1):
        inner = (hint_fold(task, rung, *inner),)
    before = (hint_fold(task, rung) for rung in range(1, min(opened, total) + 1))
    return Drawn("".join(block.html() for block in (*before, *inner)), "")


def edited() -> Block:
    """A sentence that only the page shows: when the cell above was edited, and not run."""
    words = "The cell above was edited after this. Run it, then this one again."
    style = "display:none;margin:0.35em 0"
    return Drawn(f'{STYLESHEET}<p class="{EDITED}" style="{style}"><b>✎ {words}</b></p>', "")


def play(task: Exercise, given: dict[str, Any]) -> Block:
    """How to get the failing input as variables; plain text, which cannot fold, leaves it out."""
    code = f'from annkit import again\n\n{", ".join(given)} = again("{task.id}")'
    return Drawn(Fold("Play with this input", (Code(code, "python"),)).html(), "")


def no_case(task: Task) -> Card:
    """`again` was called where no check has failed in this kernel, or none with an input."""
    text = f'`check("{task.id}", …)` has met no failing input since the kernel started.'
    return Card(f"Nothing to play with for {task.id}", "", (Prose(text),), "plain")


def no_hints(task: Task) -> Card:
    """Questions and explanations have no hints."""
    text = (
        "Questions have no hints: choose an option, and each explains itself."
        if isinstance(task, Question)
        else f'Write what you saw, in your own words; then compare with `solution("{task.id}")`.'
    )
    return Card(f"No hints for {task.id}", "", (Prose(text),), "plain")


def try_first(task: Task) -> Card:
    """The solution waits for an honest attempt."""
    verb = "quiz" if isinstance(task, Question) else "hint"
    text = (
        f'The solution opens after an attempt of your own. `{verb}("{task.id}")` helps to begin; '
        f'`solution("{task.id}", force=True)` shows it now.'
    )
    return Card(f"Try {task.id} first", "", (Prose(text),), "plain")


def solution(task: Task, problem: str = "", factor: float = 1.0) -> Card:
    """One right answer, with what there is to know about it; points times a factor."""
    if isinstance(task, Question):
        blocks = _explained(task)
    elif isinstance(task, Explanation):
        marking = "\n".join(
            f"- {text} ({points_text(p * factor, p * factor).split(' of ')[-1]})"
            for text, p in task.marking
        )
        blocks = [Prose(task.model), Prose(f"\n\n{marking}", "What earns points:")]
    else:
        blocks = _one_way(task)
    if problem:
        blocks.append(Prose(problem))
    return Card(f"Solution of {task.id}", task.title, tuple(blocks), "plain")


def withheld(task: Task, until: datetime | None = None) -> Card:
    """What stands there instead in an edition without solutions, or until some time."""
    words = "This edition of the course comes without solutions: ask your teacher."
    if until is not None:
        words = f"It is shown after {moment_text(until)}."
    return Card(f"Solution of {task.id}", task.title, (Prose(words),), "plain")


def _one_way(task: Exercise) -> list[Block]:
    source = Path(task.path).read_text(encoding="utf-8")
    found = _source_of(source, task.answer.__name__)
    if not found:
        return [Prose("This edition of the course comes without solutions.")]
    blocks: list[Block] = [Prose("One way to write it; others are as good."), Code(found, "python")]
    others = [text for target in task.alternatives if (text := _written(target))]
    if others:
        count = "Another right answer" if len(others) == 1 else f"{len(others)} other right answers"
        blocks.append(Fold(count, (Code("\n\n".join(others), "python"),)))
    return blocks


# What a class has that defines nothing.
_OF_EVERY_CLASS = {"__module__", "__doc__", "__firstlineno__", "__static_attributes__"}


def _written(target: Any) -> str:
    """A right answer as written; a class that adds nothing is the one that it extends."""
    if isinstance(target, type) and vars(target).keys() <= _OF_EVERY_CLASS:
        target = target.__base__
    return _source_of(Path(inspect.getfile(target)).read_text(encoding="utf-8"), target.__name__)


def _source_of(source: str, name: str) -> str:
    """A function or class of a file as written, without decorators and docstring."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
            told, *rest = node.body
            kept = lines[node.lineno - 1 : node.end_lineno]
            if ast.get_docstring(node) and rest:  # the learner's stub has it already
                del kept[told.lineno - node.lineno : (told.end_lineno or 0) - node.lineno + 1]
            return "\n".join(kept)
    return ""


def question(task: Question, points: float, *, is_above: bool = False) -> Card:
    """The question as text, with how to answer it.

    Args:
        task: the question.
        points: what it is worth.
        is_above: whether its prompt stands right above, in the chapter.
    """
    letter = "a letter" if len(task.answer) == 1 else "all letters that are right"
    if is_above and task.points:
        how = Prose(f"Type {letter} between the quotation marks above, and run the cell again.")
    else:
        how = Prose(f'Answer with {letter}: `quiz("{task.id}", "a")`.')
    status = points_text(0, points).removeprefix("0 of ")
    prompt = [] if is_above else [Prose(task.prompt)]
    return Card(f"Question {task.id}", status, (*prompt, *lettered(task), how), "plain")


def no_question(task: Task) -> Card:
    """`quiz` was called for something else than a question."""
    text = f'`{task.id}` is answered in code or in words: `check("{task.id}", …)`.'
    return Card(f"{task.id} is not a question", "", (Prose(text),), "plain")


def _explained(task: Question) -> list[Block]:
    blocks: list[Block] = []
    for letter, option in zip(task.letters, task.options, strict=True):
        sign = "✓" if option.correct else "✗"
        blocks.append(Prose(f"{option.text}\n\n{option.why}", f"{sign} {letter})"))
    return blocks

"""The verbs a learner types besides `check`: hint, solution, again, quiz. Each shows one card.

Not here: a verdict and what follows it (`checking`), where one stands (`overview`), the text of
the cards (`cards`).
"""

import copy
from typing import Any

from annkit.exercises.cards import help_cards
from annkit.exercises.cards.asking import show_options
from annkit.exercises.cell_runs import cell_runs
from annkit.exercises.checking import FAILED_CASES
from annkit.exercises.choosing import answered, chosen, in_line, is_chapters_own
from annkit.exercises.record.progress_log import marks_are_made, read_record, remember
from annkit.exercises.record.progress_state import history_of, last_checked
from annkit.exercises.review import ask_due_before
from annkit.exercises.tasks.catalogue import UnknownExercise, course_here
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Exercise, Task
from annkit.show.cards.card import present


def hint(id: str = "") -> None:
    """Open one more hint of an exercise and show all that are open.

    Args:
        id: the exercise, as text; without it, the one you were at last.
    """
    task = _found(id)
    if task is None:
        return
    id = task.id
    if not isinstance(task, Exercise):
        present(help_cards.no_hints(task))
        return
    rung = min(history_of(read_record(), id).hints + 1, len(task.hints))
    problem = remember("hint", id, rung=rung)
    present(help_cards.hints(task, rung, problem))


def solution(id: str = "", force: bool = False) -> None:
    """Show one right answer, once you have tried yourself.

    Args:
        id: the exercise, as text; without it, the one you were at last.
        force: show it without an attempt.
    """
    task = _found(id)
    if task is None:
        return
    id = task.id
    if course_here().withholds(id) or course_here().untold(id):
        present(help_cards.withheld(task, course_here().untold(id)))
        return
    history = history_of(read_record(), id)
    if not (force or history.tried or isinstance(task, Explanation)):
        present(help_cards.try_first(task))
        return
    problem = remember("solution", id)
    factor = course_here().worth(task) / task.points if task.points else 1.0
    present(help_cards.solution(task, problem, factor))


def again(id: str = "") -> Any:
    """Hand over the input of the case that failed in the last check, to play with.

    Args:
        id: the exercise, as text; without it, the one you were at last.

    Returns:
        what your function got: one value, or a tuple in the order of its parameters.
    """
    task = _found(id)
    if task is None:
        return None
    if task.id not in FAILED_CASES:
        present(help_cards.no_case(task))
        return None
    values = tuple(copy.deepcopy(FAILED_CASES[task.id]).values())
    return values[0] if len(values) == 1 else values


def quiz(id: str = "", answer: str | None = None) -> None:
    """Ask a concept question, to click; or judge a letter and explain it.

    Args:
        id: the question, as text.
        answer: your letter; without one the question is asked, and the letter in the answer line
            above, if there is one, is judged.
    """
    task = _found(id)
    if task is None:
        return
    if not isinstance(task, Question):
        present(help_cards.no_question(task))
    elif answer is None or (isinstance(answer, str) and not answer.strip()):
        _ask(task, in_line(task))
    else:
        present(answered(task, answer))


def _ask(task: Question, letters: str) -> None:
    """Show the question to click, or as text where there are no widgets.

    What is due again comes before a chapter's own recall, whose text is then shown anew.
    """
    above = is_chapters_own(task)
    if above and not task.points and ask_due_before(task):
        above = False
    still = help_cards.question(task, course_here().worth(task), is_above=above)
    is_clickable = show_options(
        task,
        still,
        lambda letters, filled: chosen(task, letters, filled),
        prompt="" if above else None,
        line=task.id if task.points else "",
        chosen=letters,
    )
    if letters and not is_clickable:
        present(answered(task, letters))


def _last_touched() -> str:
    """The exercise the learner is at: by the cells of this kernel, else by the record."""
    return cell_runs().last_touched(course_here().paths) or last_checked(read_record())


def _found(id: Any) -> Task | None:
    """The exercise; None, with a card that says why, if there is none or marks are made."""
    if marks_are_made():
        return None
    try:
        return course_here().load(_last_touched() if id == "" else id)
    except UnknownExercise as problem:
        present(help_cards.unknown(str(problem)))
    except Exception as fault:
        present(help_cards.our_fault(fault))
    return None

"""Follow-through: a right answer that stands on a wrong one can earn its points.

`backward` is judged on the learner's own `Value`. If it does not earn everything, and an earlier
exercise that it uses has not either, it is judged once more, in a sandbox of its own, with the
course's references lent for those earlier ones. Only this exercise earns from that. So it is with
what an answer takes from the learner's own module and an earlier chapter asks for: that notebook is
not here.

What is lent stands right after the learner's own cell, whose helpers stay. It is never the
reference of the exercise itself nor of a later one, nor one in which the exercise's ban does not
hold. A check that something lent would pass by itself earns nothing.

Not here: the sandbox and the marks (`score`), which cells an answer reaches
(`annkit.source.needed_cells`).
"""

import ast
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile

from annkit.exercises import Answer, Catalogue, Exercise
from annkit.exercises.calls.answer import here
from annkit.exercises.calls.containment import OutOfTime, time_limit
from annkit.exercises.judging.judge import run_check
from annkit.exercises.judging.ruled_out import rule_of
from annkit.exercises.tasks.references import read_reference
from annkit.exercises.tasks.task import Check
from annkit.grading.marking.behaviour import NOTEBOOK_SEED
from annkit.grading.marking.verdict import CheckLine, MarkLine
from annkit.grading.rebuild.library import named
from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.grading.rebuild.release import Release
from annkit.grading.states import CRASHED, GRADED, NOT_ATTEMPTED, TIMED_OUT
from annkit.source.forbidden_search import search
from annkit.source.needed_cells import binds, from_own_module, mentions_own_module, uses

# What the keys of cells begin with that were lent.
_LENT = "lent:"
# Of processor time, for a check that meets what is lent: it was not made for that.
_SECONDS = 4.0
# States in which an answer may be right all the same: on a stub, all its calls end like a stub's.
_MAY_FOLLOW = (GRADED, NOT_ATTEMPTED, CRASHED, TIMED_OUT)


@dataclass(frozen=True)
class Lent:
    """A submission with references of earlier exercises in it.

    Attributes:
        rebuilt: the submission.
        ids: the exercises whose references they are, in order.
    """

    rebuilt: Rebuilt
    ids: tuple[str, ...]


def may_follow(mark: MarkLine) -> bool:
    """Whether an answer may earn more on other earlier ones than it did on the learner's own."""
    return mark.state in _MAY_FOLLOW and (mark.points or 0.0) < mark.max_points


def deciding(catalogue: Catalogue, release: Release, content: bytes) -> list[str]:
    """The exercises whose files decide the marks of a file that was handed in.

    Args:
        catalogue: where they are.
        release: what was handed out.
        content: the file.
    """
    sound = [id for id in release.ids if id not in catalogue.edition.faulty]
    takes = bool(sound) and _may_take_from_before(release, content)
    return [*(_before(catalogue, sound[0]) if takes else ()), *sound]


def _may_take_from_before(release: Release, content: bytes) -> bool:
    """Whether what runs for a file may take something from the learner's own module.

    That is the release's code, and any text of the learner's, whatever cell it is in: an answer may
    be put together of several.
    """
    handed_out = {cell.source.strip(): cell.kind for cell in release.cells if not cell.answers}
    texts = [source for source, kind in handed_out.items() if kind == "code"]
    ids = set(release.ids)
    with suppress(UnreadableNotebook):
        texts += [
            cell.source
            for cell in parse_cells(content)
            if cell.source.strip() not in handed_out or not ids.isdisjoint(cell.ids)
        ]
    return any(map(mentions_own_module, texts))


def lent_for(
    catalogue: Catalogue,
    rebuilt: Rebuilt,
    id: str,
    earlier: Sequence[MarkLine],
    dropped: Collection[str] = (),
) -> Lent | None:
    """The submission with what an exercise needs of the references; None if there is nothing.

    Args:
        catalogue: where references are.
        rebuilt: the submission.
        id: the exercise.
        earlier: marks of those before it.
        dropped: keys of cells that took their process with them, or its time.
    """
    if not isinstance(catalogue.load(id), Exercise):
        return None
    failed = [mark.id for mark in earlier if (mark.points or 0.0) < mark.max_points]
    ids: tuple[str, ...] = ()
    while True:
        lent = with_references(catalogue, rebuilt, ids, dropped) if ids else rebuilt
        texts = [lent.cells[place][1] for place in lent.reached([id])]
        used = from_own_module(*texts).union(*map(uses, texts))
        here = (one for one in failed if one in ids or _serves(catalogue, one, id, used))
        needed = (*_from_before(catalogue, rebuilt, id, texts, ids), *here)
        if needed == ids:
            return Lent(lent, ids) if ids else None
        ids = needed


def with_references(
    catalogue: Catalogue, rebuilt: Rebuilt, ids: Sequence[str], dropped: Collection[str] = ()
) -> Rebuilt:
    """The submission with some exercises' references, each after the learner's own cell.

    Those of other notebooks come first of all.

    Args:
        catalogue: where references are.
        rebuilt: the submission.
        ids: the exercises, in order.
        dropped: keys of cells that are left out where a reference takes their place.
    """
    there = {key for key, _ in rebuilt.cells}
    cells = [(f"{_LENT}{id}", _reference(catalogue, id)) for id in ids if id not in there]
    for key, source in rebuilt.cells:
        if key not in ids or key not in dropped:
            cells.append((key, source))
        if key in ids:
            cells.append((f"{_LENT}{key}", _reference(catalogue, key)))
    return replace(rebuilt, cells=tuple(cells))


def followed(catalogue: Catalogue, mark: MarkLine, ids: Sequence[str]) -> MarkLine:
    """A mark that was made with references lent: less what these would earn, and said to be so.

    Args:
        catalogue: where references are.
        mark: as the checks made it.
        ids: the exercises that were lent.
    """
    task = catalogue.load(mark.id)
    assert isinstance(task, Exercise)
    borrowed = frozenset[str]().union(*(passed_by_itself(catalogue, one, mark.id) for one in ids))
    checks = tuple(_without(check, borrowed) for check in mark.checks)
    points = sum(check.points for check in checks)
    if task.points == 1:
        # All or nothing: something of it has to be the answer's own.
        own = any(check.label not in borrowed for check in checks)
        points = float(mark.points or 0.0) if own else 0.0
    words = _words(catalogue, mark.id, ids)
    return replace(mark, points=points, checks=checks, words=words, lent=tuple(ids))


@cache
def passed_by_itself(catalogue: Catalogue, lender: str, id: str) -> frozenset[str]:
    """Labels of an exercise's checks that something in another's reference passes as it is."""
    task = catalogue.load(id)
    assert isinstance(task, Exercise)
    handles = [
        Answer(here(target), task.object_name, task.seconds)
        for target in _lent_objects(catalogue, lender)
    ]
    return frozenset(
        check.label for handle in handles for check in task.checks if _passes(task, check, handle)
    )


def _passes(task: Exercise, check: Check, handle: Answer) -> bool:
    """Whether an answer passes a check; one that does not end with it, it does not pass."""
    try:
        with time_limit(_SECONDS):
            return run_check(task, check, handle, NOTEBOOK_SEED).passed
    except OutOfTime:
        return False


def _lent_objects(catalogue: Catalogue, lender: str) -> list[Callable[..., object]]:
    """All that a reference's text defines: the answer itself, and its helpers."""
    task = catalogue.load(lender)
    assert isinstance(task, Exercise)
    module = vars(sys.modules[task.answer.__module__])
    names = (getattr(node, "name", "") for node in ast.parse(_reference(catalogue, lender)).body)
    return [module[name] for name in names if callable(module.get(name))]


@cache
def _reference(catalogue: Catalogue, id: str) -> str:
    """The text of a reference, with the imports that it needs."""
    reference = read_reference(catalogue.path(id))
    return "\n".join([*reference.imports, reference.solution])


def _from_before(
    catalogue: Catalogue, rebuilt: Rebuilt, id: str, texts: Sequence[str], ids: Collection[str]
) -> Iterator[str]:
    """Exercises of earlier chapters that cells take from the learner's own module.

    Args:
        catalogue: where they are.
        rebuilt: the submission; what one of its cells binds is its own.
        id: the exercise that the cells are for.
        texts: the cells.
        ids: exercises that are lent already.
    """
    taken = from_own_module(*texts)
    if not taken:
        return
    for _, source in rebuilt.cells:
        taken -= binds(source) - from_own_module(source)
    for one in _before(catalogue, id):
        if one in ids or _serves(catalogue, one, id, taken):
            yield one


def _before(catalogue: Catalogue, id: str) -> Iterator[str]:
    """The exercises of all chapters before that of one, but those whose file is faulty."""
    chapter = catalogue.chapter_of(id)
    for name in takewhile(lambda name: name != chapter, catalogue.chapters):
        yield from (one for one in catalogue.chapters[name] if one not in catalogue.edition.faulty)


def _serves(catalogue: Catalogue, lender: str, id: str, used: Collection[str]) -> bool:
    """Whether an exercise's reference is what cells use that an answer reaches, and can be lent."""
    task = catalogue.load(lender)
    # By the name it was to have: a cell that failed may bind nothing.
    is_used = isinstance(task, Exercise) and task.object_name in used
    return is_used and not catalogue.withholds(lender) and _can_be_lent(catalogue, lender, id)


@cache
def _can_be_lent(catalogue: Catalogue, lender: str, id: str) -> bool:
    """Whether an answer on this reference keeps what its task rules out.

    A text that names the course's own implementations would bring them into the sandbox.
    """
    task, text = catalogue.load(id), _reference(catalogue, lender)
    rule = rule_of(task) if isinstance(task, Exercise) and task.forbidden else None
    own = binds(text)
    against = [] if rule is None else search(rule, ast.parse(text), own, own)
    return not named(text) and not any(use.certain for use in against)


def _without(check: CheckLine, borrowed: Collection[str]) -> CheckLine:
    return replace(check, points=0.0) if check.label in borrowed else check


def _words(catalogue: Catalogue, id: str, ids: Sequence[str]) -> str:
    *names, last = (f"“{catalogue.load(one).title}”" for one in ids)
    what = f"{', '.join(names)} and {last}" if names else last
    fails = "don't pass yet" if names else "doesn't pass yet"
    lacks = f"{'are' if names else 'is'} not in this notebook"
    is_here = {catalogue.chapter_of(one) == catalogue.chapter_of(id) for one in ids}
    why = " or ".join(filter(None, [fails * (True in is_here), lacks * (False in is_here)]))
    return f"Judged on top of the course's {what}, since yours {why}."

"""In the notebook: does an answer use what its task rules out?

The answer's text, and that of the helpers it calls, is found as it is for the learner's own
module. Where it cannot be found the value alone counts: official marks look at the notebook's
text.

Not here: the rule (`annkit.source.forbidden`), what looks measured
(`annkit.source.signs_of_measuring`).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from types import FunctionType
from typing import Any

from annkit.exercises.calls.answer import Failure
from annkit.exercises.cards.report import Report, nothing_earned
from annkit.exercises.my_ann.harvest import Harvest, bare, harvest
from annkit.exercises.my_ann.value_text import attributes_of, attributes_used
from annkit.exercises.tasks.task import Exercise
from annkit.source.definitions import NoSource
from annkit.source.forbidden import Rule, Use
from annkit.source.forbidden_search import search
from annkit.source.names import names_of
from annkit.source.signs_of_measuring import signs_of_measuring


@dataclass(frozen=True)
class _Text:
    """A piece of what an answer consists of.

    Attributes:
        source: the text.
        helper: the name it has in the notebook; empty for the answer itself.
        is_import: whether it only says where a name comes from.
        above: lines above it in its cell, as far as known.
    """

    source: str
    helper: str = ""
    is_import: bool = False
    above: int = 0

    def sentence(self, use: Use) -> str:
        """Say which name is ruled out, and where it stands."""
        if self.is_import:
            return f"`{self.helper}` is `{use.name}`, which this task rules out."
        line = f"Line {use.line + self.above}"
        place = f"{line} of `{self.helper}`" if self.helper else line
        return f"{place} uses `{use.name}`, which this task rules out."


def ruled_out(task: Exercise, target: Any) -> Report | None:
    """The report on an answer that breaks its task's rule; None if it does not.

    Args:
        task: an exercise with such a rule.
        target: the learner's function or class.
    """
    for text, use in _uses(task, target):
        if use.certain:
            report = nothing_earned(task, Failure(text.sentence(use), why=use.why), attempted=True)
            step = f'Write it without that; `hint("{task.id}")` opens a hint.'
            return replace(report, next_step=step)
    return None


def looks_measured(task: Exercise, target: Any) -> tuple[str, ...]:
    """A remark on an answer that measures what is to be derived; nothing if it does not seem to."""
    for text in _texts(target, task):
        for use in signs_of_measuring(ast.parse(text.source)):
            line = f"line {use.line + text.above}"
            place = f"{line} of `{text.helper}`" if text.helper else line
            return (f"Is the slope measured, by `{use.name}` in {place}? A formula is asked for.",)
    return ()


@cache
def rule_of(task: Exercise) -> Rule:
    """The rule of an exercise: names that its right answers use need no look."""
    harmless: set[str] = set()
    for target in (task.answer, *task.alternatives):
        for text in _texts(target, task):
            for node in ast.walk(ast.parse(text.source)):
                harmless |= {getattr(node, "id", ""), getattr(node, "attr", "")}
    return Rule(task.forbidden, harmless)


def broken_by(task: Exercise, target: Any) -> Iterator[str]:
    """Sentences on everything in an answer that is against the rule for sure."""
    for text, use in _uses(task, target):
        if use.certain:
            yield text.sentence(use)


def _uses(task: Exercise, target: Any) -> Iterator[tuple[_Text, Use]]:
    texts = _texts(target, task)
    defined = {name for text in texts if not text.is_import for name in names_of(text.source).bound}
    bound = {text.helper for text in texts}
    rule = rule_of(task)
    for text in texts:
        for use in search(rule, ast.parse(text.source), bound, defined):
            yield text, use


def _texts(target: Any, task: Exercise) -> list[_Text]:
    """The answer's texts; none if they are not to be found."""
    try:
        kept: Harvest = harvest(target, task.object_name)
    except (NoSource, AttributeError, TypeError, ValueError, SyntaxError, RecursionError):
        return []  # an object without a text, or one that pretends
    inner = bare(target)
    above = inner.__code__.co_firstlineno - 1 if isinstance(inner, FunctionType) else 0
    helpers = {name: _used(name, source, kept) for name, source in kept.helpers.items()}
    looked_up = frozenset[str]().union(
        *(names_of(source).wanted for source in [*kept.definitions, *helpers.values()])
    )
    imports = {name: source for name, source in kept.imports.items() if name in looked_up}
    return [
        *(_Text(source, above=above) for source in kept.definitions),
        *(_Text(source, name) for name, source in helpers.items()),
        *(_Text(source, name, is_import=True) for name, source in imports.items()),
    ]


def _used(name: str, source: str, kept: Harvest) -> str:
    """A helper's text; of a namespace only what is used of it, whatever else is in it."""
    there = attributes_of(source)
    if not there:
        return source
    used = attributes_used(name, kept.sources)
    values = "".join(f"{text}, " for attribute, text in there.items() if attribute in used)
    return f"{name} = ({values})\n"

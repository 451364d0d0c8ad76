"""A rule on an answer's source: names that it may not use, found by syntax and never by value.

What is plainly against the rule (a forbidden name, its family, `getattr` and its like, text that
is evaluated) is *certain*. A name that is neither known as harmless nor as forbidden is reported
too, for a person to look at.

Not here: the tables (`forbidden_names`), walking a source (`forbidden_search`), where sources come
from (`ruled_out` in a notebook, `annkit.grading.marking.forbidden_marks` for marks).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from annkit.source.forbidden_names import (
    AROUND,
    AROUND_MODULES,
    DIFFERENTIATING_MODULES,
    DIFFERENTIATION,
    EXCEPTIONS,
    FAMILIES,
    HARMLESS,
    HARMLESS_MODULES,
)

BY_HAND = "its work is what this task asks of you; compare with it afterwards, in another cell"
HIDES = "through it any name can be reached without being written"
TEXT = "text that SymPy evaluates can hold any name"
PIECES = "text that is put together can hold any name, and SymPy may evaluate it"
_UNKNOWN = "not among the names this task is known to need"
_STEP = "so small a number may be the step of a difference quotient"
_UNREADABLE = "what is no plain Python cannot be checked"
# Nobody needs a number this close to zero to write a formula down.
_SMALL_STEP = 1e-2


@dataclass(frozen=True)
class Use:
    """One use of a name against a rule.

    Attributes:
        name: as it is written.
        line: in the source, counted from 1.
        why: half a sentence on what is wrong with it.
        certain: whether it is against the rule for sure.
        around: whether it is a way around any rule, wherever it stands.
    """

    name: str
    line: int
    why: str
    certain: bool = True
    around: bool = False

    def __str__(self) -> str:
        """The name and its line."""
        return f"`{self.name}` (line {self.line})"


def unreadable(line: int = 1) -> Use:
    """What stands for a source that cannot be parsed."""
    return Use("no plain Python", line, _UNREADABLE, around=True)


class Rule:
    """What an exercise forbids.

    Args:
        forbidden: the names; one name of a family stands for the whole family.
        harmless: further names that its right answers are known to need.
    """

    def __init__(self, forbidden: Collection[str], harmless: Collection[str] = ()) -> None:
        """Complete the names by their families."""
        families = [family for family in FAMILIES if not family.isdisjoint(forbidden)]
        self.names = frozenset(forbidden).union(*families)
        self._differentiation = DIFFERENTIATION in families
        modules = DIFFERENTIATING_MODULES if self._differentiation else frozenset()
        self._modules = self.names | modules
        self._harmless = (HARMLESS | EXCEPTIONS | frozenset(harmless)) - self.names
        self._word = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(self.names)))})\b")

    def judge_name(self, name: str, line: int, own: Collection[str], shown: str) -> Iterator[Use]:
        """Judge a name as such, wherever it stands."""
        if name in self.names:
            yield Use(shown, line, BY_HAND)
        elif name in AROUND:
            yield Use(shown, line, HIDES, around=True)
        elif name not in self._harmless and name not in own:
            yield Use(shown, line, _UNKNOWN, certain=False)

    def judge_module(self, path: str, line: int) -> Iterator[Use]:
        """Judge a module that is imported."""
        parts = path.split(".")
        if self._modules.intersection(parts):
            yield Use(path, line, BY_HAND)
        elif AROUND_MODULES.intersection(parts):
            yield Use(path, line, HIDES, around=True)
        elif parts[0] not in HARMLESS_MODULES:
            yield Use(path, line, _UNKNOWN, certain=False)

    def judge_text(self, text: str, line: int, is_name: bool = False) -> Iterator[Use]:
        """Judge a text that is no docstring: a name by itself may be a key, or part of one."""
        if self.names_one(text):
            certain = re.fullmatch(r"[\w\s]*", text) is None
            yield Use(f'"{text[:40]}"', line, TEXT, certain=certain)
        elif "(" in text and not is_name:
            yield Use(f'"{text[:40]}"', line, TEXT, certain=False)

    def names_one(self, text: str) -> bool:
        """Whether a text holds a forbidden name."""
        return self._word.search(text) is not None

    def judge_number(self, number: object, line: int) -> Iterator[Use]:
        """Judge a number: a tiny one, or one that is made to divide by, may be a step."""
        if not self._differentiation or not isinstance(number, int | float):
            return
        if 0 < abs(number) < _SMALL_STEP or abs(number) >= 10 / _SMALL_STEP:
            shown = f"{number:g}" if isinstance(number, float) else hex(number)[:20]
            yield Use(shown, line, _STEP, certain=False)

"""Whose a downloaded file is: rules on its name, and the roster.

A rule is a pattern for the path inside the download, like `{student}/*` or `hw_{student}.ipynb`:
`{student}` is the id in the gradebook, `{name}` and `{number}` are looked up in the roster, `*` is
anything. There are ready-made rules for Moodle and Canvas.

Not here: the files (`download`).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Moodle: "Ada Lovelace_1234_assignsubmission_file_/x.ipynb"; Canvas: "lovelaceada_LATE_12_345_x".
RULES = {
    "moodle": "{name}_{number}_assignsubmission_file_*",
    "canvas": "{name}_{late}{number}_{attempt}_*",
    "folder": "{student}/*",
    "file": "{student}.ipynb",
}
_PIECES = {
    "student": r"(?P<student>[^/]+?)",
    "name": r"(?P<name>[^/]+?)",
    "number": r"(?P<number>\d+)",
    "attempt": r"\d+",
    "late": r"(?:LATE_)?",
}


class RuleError(Exception):
    """A rule that cannot tell whose a file is."""


@dataclass(frozen=True)
class Person:
    """A student as the gradebook knows them; `lms` is the number in the learning system."""

    id: str
    first_name: str = ""
    last_name: str = ""
    lms: str = ""


@dataclass(frozen=True)
class NameRule:
    """A compiled rule; what it may say is in the module's text."""

    pattern: re.Pattern[str]

    def student(self, name: str, roster: "Roster") -> str | None:
        """The student whose file this is; None if the rule does not fit its name."""
        match = self.pattern.fullmatch(name)
        if match is None:
            return None
        parts = match.groupdict()
        if parts.get("student"):
            return str(parts["student"])
        return roster.find(parts.get("name") or "", parts.get("number") or "")


class Roster:
    """The students of a gradebook, to be found by what a learning system calls them.

    Args:
        people: all of them.

    Attributes:
        ids: all ids.
    """

    def __init__(self, people: Iterable[Person] = ()) -> None:
        """Index them."""
        self._by_number: dict[str, set[str]] = {}
        self._by_name: dict[str, set[str]] = {}
        self.ids: set[str] = set()
        for person in people:
            self.ids.add(person.id)
            for number in filter(None, (person.id, person.lms)):
                self._by_number.setdefault(number, set()).add(person.id)
            first, last = _plain(person.first_name), _plain(person.last_name)
            for name in filter(None, (person.id.casefold(), first + last, last + first)):
                self._by_name.setdefault(name, set()).add(person.id)

    def find(self, name: str, number: str) -> str:
        """The id of one student; if the roster does not tell, one made of name and number."""
        for found in (self._by_number.get(number), self._by_name.get(_plain(name))):
            if found and len(found) == 1:
                return next(iter(found))
        return "_".join(filter(None, (name, number)))


def rules(named: str | None) -> Sequence[NameRule]:
    """The rules to try, in order.

    Args:
        named: "moodle", "canvas", "folder", "file", or a pattern; None tries those four.

    Raises:
        RuleError: a pattern without `{student}`, `{name}` or `{number}`.
    """
    if named is None:
        return [_compiled(pattern) for pattern in RULES.values()]
    return [_compiled(RULES.get(named, named))]


def _compiled(pattern: str) -> NameRule:
    if not any(f"{{{piece}}}" in pattern for piece in ("student", "name", "number")):
        known = ", ".join(RULES)
        raise RuleError(
            f"the rule {pattern!r} does not say where the student is: use {known}, or a pattern "
            "with {student}, or {name} and {number}, and * for anything"
        )
    parts = re.split(r"(\{\w+\}|\*)", pattern)
    regex = "".join(
        ".*"
        if part == "*"
        else _PIECES.get(part.strip("{}"), re.escape(part))
        if part.startswith("{")
        else re.escape(part)
        for part in parts
    )
    try:
        return NameRule(re.compile(regex, re.DOTALL))
    except re.error as error:
        raise RuleError(f"the rule {pattern!r} cannot be read: {error}") from None


def _plain(name: str) -> str:
    """A name without case, blanks and signs, as learning systems write it into file names."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())

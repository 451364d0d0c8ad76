"""Whose a downloaded file is: the platform of the whole download, a rule on names, the roster.

A rule is a pattern for the path inside the download, like `{student}/*` or `hw_{student}.ipynb`:
`{student}` is the id in the gradebook, `{name}` and `{number}` are looked up in the roster, `*` is
anything. There are ready-made rules for Moodle and Canvas. Which one holds is decided once, by all
names together, since each of them has a part that whoever handed in could choose. What no rule
tells for sure is nobody's.

Not here: the files (`download`), which of several of one student counts (`collect`).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from types import MappingProxyType

# Moodle: "Ada Lovelace_1234_assignsubmission_file_/x.ipynb"; Canvas: "lovelaceada_LATE_12_345_x".
PLATFORMS = {
    "moodle": "{name}_{number}_assignsubmission_file*",
    "canvas": "{name}_{late}{number}_{upload}_*",
}
PLAIN = {"folder": "{student}/*", "file": "{student}.ipynb"}
# Which numbers of the roster a platform's number is: Moodle counts participants of a task anew.
_NUMBERS = {"moodle": (), "canvas": ("lms",)}
_SHORTEST = "[^/]+?"
_PIECES = {
    "student": rf"(?P<student>{_SHORTEST})",
    "name": rf"(?P<name>{_SHORTEST})",
    "number": r"(?P<number>\d{1,40})",
    "upload": r"(?P<upload>\d{1,40})",
    # Canvas writes names in small letters: what ends in this word is none.
    "late": r"(?:(?P<late>LATE_)|(?<!_LATE_))",
}
# Bytes of a made-up id: file systems take 255, and some learning systems' names are longer.
_MAX_ID = 100


class RuleError(Exception):
    """A rule that cannot tell whose a file is, or names that two rules fit as well."""


@dataclass(frozen=True)
class Person:
    """A student as the gradebook knows them; `lms` is the number in the learning system."""

    id: str
    first_name: str = ""
    last_name: str = ""
    lms: str = ""
    email: str = ""


@dataclass(frozen=True)
class Owner:
    """Whose a file is.

    Attributes:
        student: the id; empty if that is not sure.
        why: what tells so, or what is unsure; half a sentence.
        number: the platform's own, of whoever handed it in; empty if there is none.
        upload: of two files of one student the one with the higher number came later.
        is_late: whether the platform says that it came after its due date.
    """

    student: str
    why: str = "so its name says"
    number: str = ""
    upload: int = 0
    is_late: bool = False


class Roster:
    """The students of a gradebook, to be found by what a learning system calls them.

    Args:
        people: all of them.
        groups: group → students, where a name may be a group's.

    Attributes:
        ids: all ids.
    """

    def __init__(
        self,
        people: Iterable[Person] = (),
        groups: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Index them."""
        self._groups = {_plain(name): (name, members) for name, members in groups.items()}
        self._people = {person.id: person for person in people}
        self._by_name: dict[str, set[str]] = {}
        self.ids = frozenset(self._people)
        for person in self._people.values():
            first, last = _plain(person.first_name), _plain(person.last_name)
            for name in filter(None, (first + last, last + first)):
                self._by_name.setdefault(name, set()).add(person.id)

    def find(self, name: str, number: str, kinds: Sequence[str] = ("lms", "id")) -> Owner:
        """One student; nobody where name and number leave it open.

        Args:
            name: as the learning system writes it; may be empty.
            number: the same.
            kinds: which of a person's numbers that may be.
        """
        named = self._by_name.get(_plain(name), set())
        numbered = {
            person.id
            for person in self._people.values()
            if number and number in [getattr(person, kind) for kind in kinds]
        }
        group = self._groups.get(_plain(name))
        if group is not None:
            return _of_group(*group, named | numbered)
        both = named & numbered
        found = both or numbered or named
        if len(found) > 1:
            return Owner("", f"it may be of {_listed(found)}")
        if named and numbered and not both:
            return Owner(
                "", f"by its name it is of {_listed(named)}, by its number of {_listed(numbered)}"
            )
        if not found:
            made_up = _made_up(name, number)
            if made_up in self.ids:
                return Owner("", f"its name spells the id {made_up}, and is not theirs")
            return Owner(made_up, "nobody in the class list is called so")
        (student,) = found
        lms = self._people[student].lms
        if not numbered and number and "lms" in kinds and lms:
            return Owner("", f"it is named like {student}, who has the number {lms}, not {number}")
        return Owner(student, "found by number" if numbered else "found by name")


def _of_group(group: str, members: Sequence[str], also: set[str]) -> Owner:
    """The owner of a file that a group's name is on.

    Args:
        group: its name.
        members: who is in it.
        also: whom name and number mean besides: Canvas gives the number of one of the group.
    """
    if also <= set(members):
        return Owner(next(iter(sorted(also)), members[0]), f"found by its group, {group}")
    return Owner("", f"by its name it is of the group {group}, but also of {_listed(also)}")


@dataclass(frozen=True)
class NameRule:
    """A compiled rule; what it may say is in the module's text."""

    pattern: re.Pattern[str]
    kinds: Sequence[str] = ("lms", "id")

    def fits(self, name: str) -> bool:
        """Whether it can read a name at all."""
        return self.pattern.fullmatch(name) is not None

    def owner(self, name: str, roster: Roster) -> Owner:
        """Whose file this is; nobody's if its name can be read as of several."""
        owners = [self._owner(parts, roster) for parts in self._readings(name)]
        if "student" in self.pattern.groupindex:
            # Here a name is an id: what is none of the class's is no reading.
            owners = [one for one in owners if one.student in roster.ids] or owners[:1]
        if not owners:
            return Owner("", "its name does not say whose it is")
        students = {one.student for one in owners}
        if len(students) > 1:
            return Owner("", f"its name can be read as of {_listed(students - {''})}")
        return owners[0]

    def _readings(self, name: str) -> Iterator[dict[str, str]]:
        """All ways to read a name, the shortest student first.

        Whoever may choose how they are called can have their own name look like the whole of
        another's, number included.
        """
        text, match = self.pattern.pattern, self.pattern.fullmatch(name)
        while match is not None:
            parts = match.groupdict(default="")
            yield parts
            if _SHORTEST not in text:
                return
            longer = len(parts.get("student") or parts["name"]) + 1
            longer_ones = text.replace(_SHORTEST, f"[^/]{{{longer},}}?", 1)
            match = re.fullmatch(longer_ones, name, self.pattern.flags)

    def _owner(self, parts: Mapping[str, str], roster: Roster) -> Owner:
        """Whose file it is by one reading of its name."""
        if parts.get("student"):
            return Owner(parts["student"])
        number, upload = parts.get("number", ""), int(parts.get("upload") or 0)
        found = roster.find(parts.get("name", ""), number, self.kinds)
        return Owner(found.student, found.why, number, upload, is_late=bool(parts.get("late")))


def choose(names: Sequence[str], named: str | None = None) -> NameRule:
    """The rule for a whole download.

    Args:
        names: of all its notebooks.
        named: "moodle", "canvas", "folder", "file", or a pattern; None looks at the names.

    Raises:
        RuleError: a pattern without `{student}`, `{name}` or `{number}`, or names that are
            Moodle's as much as Canvas's.
    """
    if named is not None:
        return _rule(named)
    fitting = {platform: sum(map(_rule(platform).fits, names)) for platform in PLATFORMS}
    # A platform names all its files in one way; some may have been added by hand.
    most = max(len(names) // 2 + 1, *fitting.values())
    best = [platform for platform, count in fitting.items() if count == most]
    if len(best) > 1:
        raise RuleError(
            "its names may be Moodle's and may be Canvas's: say which, with --names moodle or "
            "--names canvas"
        )
    return _rule(best[0]) if best else _ANY_PLAIN


def _rule(named: str) -> NameRule:
    pattern = (PLATFORMS | PLAIN).get(named, named)
    if not any(f"{{{piece}}}" in pattern for piece in ("student", "name", "number")):
        known = ", ".join(PLATFORMS | PLAIN)
        raise RuleError(
            f"the rule {pattern!r} does not say where the student is: use {known}, or a pattern "
            "with {student}, or {name} and {number}, and * for anything"
        )
    parts = re.split(r"(\{\w+\}|\*)", pattern)
    regex = "".join(
        ".*" if part == "*" else _PIECES.get(part[1:-1], re.escape(part)) for part in parts
    )
    try:
        return NameRule(re.compile(regex, re.DOTALL), _NUMBERS.get(named, ("lms", "id")))
    except re.error as error:
        raise RuleError(f"the rule {pattern!r} cannot be read: {error}") from None


_ANY_PLAIN = NameRule(re.compile(rf"{_PIECES['student']}(?:/.*|\.ipynb)", re.DOTALL))


def _plain(name: str) -> str:
    """A name without case, blanks and signs, as learning systems write it into file names."""
    # An accent may be part of its letter or a sign of its own, as all vowels of some scripts are.
    composed = unicodedata.normalize("NFKC", name.casefold())
    return "".join(one for one in composed if unicodedata.category(one)[0] in "LMN")


def _made_up(name: str, number: str) -> str:
    """An id for somebody who is not in the class list."""
    full = "_".join(filter(None, (name, number)))
    if len(full.encode("utf-8", "replace")) <= _MAX_ID:
        return full
    short = name.encode("utf-8", "replace")[: _MAX_ID // 2].decode("utf-8", "ignore")
    return "_".join((short, number or sha256(full.encode("utf-8", "replace")).hexdigest()[:8]))


def _listed(ids: Iterable[str]) -> str:
    return " or ".join(sorted(ids))

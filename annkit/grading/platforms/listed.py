"""Whose row is this? Somebody else's table, matched with the class list, never by a guess.

Two marks tell a student: what is theirs alone (id, e-mail address, number in the platform), and the
name. A row that fits nobody, or whose marks point to two, is nobody's, and the reason is said.

Not here: whose a handed-in file is (`annkit.grading.intake.owners`).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from annkit.grading.intake.owners import Person


@dataclass(frozen=True)
class TheirRow:
    """What a row of a platform's table says of its student.

    Attributes:
        shown: the row in words, for a message.
        keys: texts that may be an id or an e-mail address.
        names: texts that may be a name, first or last name first.
        number: in the platform; "" if the table has none.
    """

    shown: str
    keys: Collection[str]
    names: Collection[str]
    number: str = ""


class RowOwners:
    """The students of a course, to be found by the rows of a platform's table.

    Args:
        people: all of them.
        numbers: number in the platform's table → student; those of the class list if None.
    """

    def __init__(self, people: Iterable[Person], numbers: Mapping[str, str] | None = None) -> None:
        """Index them."""
        self._by_key: dict[str, set[str]] = {}
        self._by_name: dict[tuple[str, ...], set[str]] = {}
        self._by_number: dict[str, set[str]] = {}
        for person in people:
            for key in filter(None, (_key(person.id), _key(person.email))):
                self._by_key.setdefault(key, set()).add(person.id)
            if person.lms and numbers is None:
                self._by_number.setdefault(person.lms.strip(), set()).add(person.id)
            name = _words(f"{person.first_name} {person.last_name}")
            if name:
                self._by_name.setdefault(name, set()).add(person.id)
        for number, student in (numbers or {}).items():
            self._by_number.setdefault(number, set()).add(student)

    def match(self, rows: Mapping[int, TheirRow]) -> tuple[dict[str, int], dict[str, str]]:
        """Tell whose rows they are.

        Args:
            rows: place in the table → what it says.

        Returns:
            student → place; and row or student → why it is nobody's.
        """
        places: dict[str, int] = {}
        left: dict[str, str] = {}
        for place, row in rows.items():
            student, reason = self._find(row)
            if student is None:
                left[row.shown] = reason
            elif student in places or student in left:
                places.pop(student, None)
                left[student] = "two rows are theirs"
            else:
                places[student] = place
        return places, left

    def _find(self, row: TheirRow) -> tuple[str | None, str]:
        """The student of a row, and ""; or None, and why."""
        sure = set().union(*(self._by_key.get(_key(text), ()) for text in row.keys))
        sure |= self._by_number.get(row.number.strip(), set())
        named = set().union(*(self._by_name.get(_words(text), ()) for text in row.names))
        if not sure:
            return _only(named, "is not in the class list", "two in the class list have that name")
        if named and sure.isdisjoint(named):
            return None, f"the name is {_some(named)}'s, but the rest is {_some(sure)}'s"
        return _only(sure, "", f"it fits {_some(sure)}")


def _only(found: Collection[str], nobody: str, several: str) -> tuple[str | None, str]:
    if len(found) == 1:
        return next(iter(found)), ""
    return None, several if found else nobody


def _some(ids: Collection[str]) -> str:
    return " and ".join(sorted(ids))


def _key(text: str) -> str:
    return text.strip().casefold()


def _words(name: str) -> tuple[str, ...]:
    """A name as its words, in whatever order and with whatever signs between them."""
    letters = "".join(letter if letter.isalnum() else " " for letter in name.casefold())
    return tuple(sorted(letters.split()))

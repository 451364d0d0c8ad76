"""The text of the learner's own module: sections kept by `check`, and whatever else is there.

A section stands between two marks, `# >>> annkit: name` and `# <<< annkit: name`. The imports
come first, then helpers, then exercises in the order of the course. All other text is the
learner's and stays as it is.

Not here: what goes into a section (`harvest`), reading and writing the file (`keep`).
"""

import ast
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from annkit.source.names import Names, bound_name, names_of
from annkit.source.needed_cells import from_own_module

MODULE = "my_ann"
FILE_NAME = f"{MODULE}.py"
IMPORTS = "imports"
HELPER = "helper "
HEADER = '''"""My own neural network library.

`check` keeps here what passed. Text between the marks is replaced when you pass again; write
your own additions outside of them.
"""
'''
_OPEN, _CLOSE = "# >>> annkit: ", "# <<< annkit: "
# A section is looked at for every name that an answer takes or gives, and again at the next check.
names_of_text = lru_cache(maxsize=1_024)(names_of)


class Damaged(Exception):
    """The file cannot be added to; the text says what is wrong and where."""


@dataclass
class Part:
    """A stretch of the file: a section if it has a key, else the learner's own text."""

    key: str | None
    body: str

    @property
    def names(self) -> Names:
        """The names of its text."""
        return names_of_text(self.body)


class OwnModule:
    """The file's text, cut into parts.

    Args:
        text: the whole file; empty for a new one.

    Raises:
        Damaged: it is not Python, or the marks do not come in pairs.
    """

    def __init__(self, text: str) -> None:
        """Cut the text and make sure that it can be put together again."""
        text = text.replace("\r\n", "\n")
        try:
            compile(text, FILE_NAME, "exec", dont_inherit=True)
        except (SyntaxError, ValueError) as error:
            line = getattr(error, "lineno", 0) or 0
            place = f" in line {line}" if line else ""
            raise Damaged(
                f"it has a syntax error{place} ({getattr(error, 'msg', error)})"
            ) from None
        self.parts = _cut(text) if text.strip() else [Part(None, HEADER)]
        for part in self.parts:
            _expect_whole(part)

    def text(self) -> str:
        """The whole file: two empty lines around every section, none at the ends."""
        pieces = []
        for part in self.parts:
            body = part.body.strip("\n")
            if part.key is not None:
                body = f"{_OPEN}{part.key}\n{body}\n{_CLOSE}{part.key}"
            if body:
                pieces.append(body)
        return "\n\n\n".join(pieces) + "\n"

    def section(self, key: str) -> str | None:
        """The body of a section, or None."""
        return next((part.body for part in self.parts if part.key == key), None)

    @property
    def sections(self) -> list[str]:
        """Keys of all sections."""
        return [part.key for part in self.parts if part.key is not None]

    def put(self, key: str, body: str, rank: Callable[[str], float]) -> None:
        """Replace a section, or insert a new one before the first section of a higher rank.

        Args:
            key: the section.
            body: its text.
            rank: orders the keys.
        """
        for part in self.parts:
            if part.key == key:
                part.body = body
                return
        places = [i for i, part in enumerate(self.parts) if part.key is not None]
        before = [i for i in places if rank(str(self.parts[i].key)) > rank(key)]
        # Else after the last section; in a file without any, after the header.
        after = places[-1] + 1 if places else min(1, len(self.parts))
        place = before[0] if before else after
        self.parts.insert(place, Part(key, body))

    def drop(self, key: str) -> None:
        """Remove a section."""
        self.parts = [part for part in self.parts if part.key != key]

    def without_own_imports(self) -> None:
        """Take imports from this very module out: what they bind stands here by that name.

        By another name (`as g`), a helper `g` says so.
        """
        own = {
            name: statement
            for name, statement in imported(self.section(IMPORTS) or "").items()
            if from_here(statement)
        }
        for part in self.parts:
            if part.key == IMPORTS:
                others = {line for name, line in imported(part.body).items() if name not in own}
                part.body = "\n".join(sorted_imports(others))
        for name, statement in own.items():
            if from_here(statement) != name:
                self.put(HELPER + name, f"{name} = {from_here(statement)}\n", lambda key: 1.0)

    def arrange(self) -> None:
        """Put what is looked up while the file is imported before whatever looks it up.

        Otherwise the parts stay in their order, and the learner's own text in any case.
        """
        bound = [part.names.bound for part in self.parts]
        at_once = [part.names.at_once | from_own_module(part.body) for part in self.parts]
        ordered: list[int] = []
        entered: set[int] = set()

        def take(place: int) -> None:
            if place in entered:
                return
            entered.add(place)
            above = frozenset[str]().union(*bound[:place])
            for other, there in enumerate(bound):
                both_own = self.parts[place].key is None and self.parts[other].key is None
                if other < place:
                    needs = both_own or bool(at_once[place] & there)
                else:
                    grows_later = bool(bound[place] & there)
                    needs = bool((at_once[place] - above) & there) and not grows_later
                if needs:
                    take(other)
            ordered.append(place)

        for place in range(len(self.parts)):
            take(place)
        self.parts = [self.parts[place] for place in ordered]

    def bound(self) -> frozenset[str]:
        """All names that the file binds."""
        return frozenset[str]().union(*(part.names.bound for part in self.parts))

    def own_names(self) -> frozenset[str]:
        """Names that the learner's own text defines."""
        own = (part.names.bound for part in self.parts if part.key is None)
        return frozenset[str]().union(*own)

    def users(self, name: str) -> list[str]:
        """Keys of the sections that look a name up; "" stands for the learner's own text."""
        return [part.key or "" for part in self.parts if name in part.names.wanted]


def imported(imports: str) -> dict[str, str]:
    """The names that import statements bind, each with its own statement."""
    return {
        bound_name(alias): ast.unparse(node)
        for node in ast.parse(imports).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def from_here(statement: str) -> str:
    """What an import takes from the learner's own module, by its name there; else empty."""
    match ast.parse(statement).body:
        case [ast.ImportFrom(module="my_ann", names=[ast.alias(name=name)])]:
            return name
    return ""


def sorted_imports(statements: Iterable[str]) -> list[str]:
    """Import statements in their order; what changes Python itself comes first."""
    return sorted(statements, key=lambda one: (not one.startswith("from __future__"), one))


def _expect_whole(part: Part) -> None:
    """Make sure that no mark stands in the middle of a statement."""
    try:
        names_of_text(part.body)
    except SyntaxError:
        place = "of your own" if part.key is None else f"in the section {part.key!r}"
        raise Damaged(f"a statement {place} goes across a mark") from None


def _cut(text: str) -> list[Part]:
    parts = [Part(None, "")]
    for number, line in enumerate(text.splitlines(keepends=True), start=1):
        inside = parts[-1].key
        if line.startswith(_OPEN):
            key = line.removeprefix(_OPEN).strip()
            if inside is not None or any(part.key == key for part in parts):
                raise Damaged(f"the mark in line {number} ({line.strip()}) is one too many")
            parts.append(Part(key, ""))
        elif line.startswith(_CLOSE):
            if inside != line.removeprefix(_CLOSE).strip():
                raise Damaged(f"the mark in line {number} ({line.strip()}) closes nothing")
            parts.append(Part(None, ""))
        else:
            parts[-1].body += line
    if parts[-1].key is not None:
        raise Damaged(f"the section {parts[-1].key!r} has no closing mark")
    whole = [Part(part.key, part.body.strip("\n")) for part in parts]
    return [part for part in whole if part.key is not None or part.body.strip()]

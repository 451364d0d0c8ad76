"""Answers that are the same but for names and layout: with what is published, or each other.

Published is more than the reference: a check may compare with a function that would pass as an
answer, and the checks are in every learner's hands. Short answers agree by themselves, so only
those of some size count, and a person judges.

Not here: names that an answer leans on (`suspicious_names`).
"""

import ast
import copy
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from annkit.exercises import Catalogue, Exercise
from annkit.grading.marking.verdict import Verdict
from annkit.source.ipython import plain_python

# Nodes of the syntax tree below which an answer is too short to say anything.
MIN_NODES = 45
# Letters beyond which it is no answer to a task of this course, and takes long to go through.
MAX_LETTERS = 20_000


@dataclass(frozen=True)
class Match:
    """Students whose answers to an exercise are the same but for names and layout.

    Attributes:
        id: the exercise.
        students: all of them, in order.
        published: whether the answer is also published, as a right one or in a check.
    """

    id: str
    students: tuple[str, ...]
    published: bool


def fingerprints(answers: Mapping[str, str], object_names: Mapping[str, str]) -> dict[str, str]:
    """Exercise id → digest of the answer without names and layout; short answers left out."""
    found = {id: fingerprint(text) for id, text in answers.items() if id in object_names}
    return {id: digest for id, digest in found.items() if digest}


def fingerprint(source: str) -> str:
    """Digest of code without names, layout, comments, docstrings; "" if too short or long."""
    tree = plain_python(source) if len(source) <= MAX_LETTERS else None
    if tree is None:
        return ""
    try:
        # A copy: others get the same tree from `plain_python`.
        bare = Bare().visit(copy.deepcopy(tree))
        shape = ast.dump(bare)
    except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
        return ""
    if sum(1 for _ in ast.walk(bare)) < MIN_NODES:
        return ""
    return hashlib.sha256(shape.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def published(catalogue: Catalogue, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Exercise id → fingerprints of its right answers and of what its checks compare with."""
    found = {}
    for id in ids:
        if isinstance(catalogue.load(id), Exercise):
            tree = ast.parse(catalogue.path(id).read_text(encoding="utf-8"))
            found[id] = frozenset(filter(None, map(_fingerprint_of, tree.body)))
    return found


def matches(
    verdicts: Iterable[Verdict],
    known: Mapping[str, frozenset[str]],
    together: Mapping[str, str] = MappingProxyType({}),
) -> list[Match]:
    """Answers shared by several students, or with what is published.

    Args:
        verdicts: of one assignment.
        known: exercise id → fingerprints of what is published.
        together: student → group; those of one group share their answers by right.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for verdict in verdicts:
        for id, digest in (verdict.fingerprints or {}).items():
            groups[id, digest].append(verdict.student)
    return [
        Match(id, tuple(sorted(students)), digest in known.get(id, ()))
        for (id, digest), students in sorted(groups.items())
        if len({together.get(one, (one,)) for one in students}) > 1 or digest in known.get(id, ())
    ]


def _fingerprint_of(node: ast.stmt) -> str:
    """Fingerprint of a right answer or a helper; "" for checks, wrong answers and the rest."""
    if not isinstance(node, ast.FunctionDef | ast.ClassDef):
        return ""
    roles = [one.attr for one in node.decorator_list if isinstance(one, ast.Attribute)]
    if node.decorator_list and roles not in (["reference"], ["alternative"]):
        return ""
    bare = copy.copy(node)
    bare.decorator_list = []
    return fingerprint(ast.unparse(bare))


class Bare(ast.NodeTransformer):
    """Replaces names by their order of appearance and drops docstrings."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}

    def _renamed(self, name: str) -> str:
        return self._names.setdefault(name, f"n{len(self._names)}")

    def visit(self, node: ast.AST) -> ast.AST:
        """Rename what has a name, here and below."""
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and _is_docstring(body[0]):
            body[:1] = [] if len(body) > 1 else [ast.Pass()]
        for field in ("id", "arg", "name", "asname"):
            name = getattr(node, field, None)
            if isinstance(name, str):
                setattr(node, field, self._renamed(name))
        visited: ast.AST = self.generic_visit(node)
        return visited


def _is_docstring(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )

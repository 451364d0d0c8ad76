"""Official marks: does an answer use what its task rules out?

The rule is applied to the statements that an answer reaches by names, in the notebook's text and
without running anything: the answer's cell may go on to compare itself with what it could not
use. A use that is certain costs the exercise's points; what cannot be told is said for
a person to judge.

Not here: the rule (`annkit.source.forbidden`), what no exercise may use (`suspicious_names`).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, replace

from annkit.exercises import Catalogue, Exercise
from annkit.exercises.judging.ruled_out import rule_of
from annkit.grading.rebuild.rebuild import Rebuilt
from annkit.source.forbidden import Rule, Use, unreadable
from annkit.source.forbidden_search import search
from annkit.source.ipython import CALLED_BY_MAGICS, read_cell
from annkit.source.names import ANY, bound_name, parts_at_once, root_name
from annkit.source.needed_cells import (
    binds,
    changed_by,
    is_changed,
    is_function,
    needed_cells,
    uses,
)

# More than any answer with its helpers: a person should look.
_MANY_LETTERS, _MANY_STATEMENTS = 20_000, 1_000
_LONG = Use("…", 1, "it is too long for an answer", certain=False)
# Searching more than this would take the grader too long; so it counts as against the rule.
_MAX_LETTERS, _MAX_STATEMENTS = 100_000, 5_000
_UNCHECKED = Use("…", 1, "it is too long to be checked")
_TAKEN_OVER = Use(CALLED_BY_MAGICS, 1, "lines for IPython then run what it says", around=True)


@dataclass(frozen=True)
class Searched:
    """What was found in one exercise's answer.

    Attributes:
        broken: why it earns nothing; empty if nothing is certain.
        findings: all that a person should look at, one sentence each.
    """

    broken: str = ""
    findings: tuple[str, ...] = ()


def searched(catalogue: Catalogue, rebuilt: Rebuilt) -> dict[str, Searched]:
    """Exercise id → what was found in its answer, for those that forbid names.

    Args:
        catalogue: where exercises say what they forbid.
        rebuilt: the submission.
    """
    found = {}
    for id in rebuilt.answers:
        task = catalogue.load(id)
        if isinstance(task, Exercise) and task.forbidden:
            found[id] = _Answer(task, rebuilt).searched()
    return found


@dataclass(frozen=True)
class _Statement:
    """A statement at the top of a cell that the answer may reach."""

    node: ast.stmt
    source: str
    is_learners: bool
    is_answers: bool


class _Answer:
    """One exercise's answer with everything it reaches.

    Attributes:
        uses: what was found, each with whether it stands in the answer's own cell.
        statements: of all cells that have to run for the answer.
        own: places of the learner's own ones.
        imported: names that stand for modules, or for what is imported from one.
        bound: these, and whatever the learner's statements bind.
        defined: what they define with `def` or `class`, and so bind for sure.
    """

    def __init__(self, task: Exercise, rebuilt: Rebuilt) -> None:
        self.task = task
        self.rule: Rule = rule_of(task)
        self.uses: list[tuple[Use, bool]] = []
        self.statements: list[_Statement] = []
        for place in rebuilt.reached([task.id]):
            key, source = rebuilt.cells[place]
            self._read(source, rebuilt.is_learners(place), key == task.id)
        self.own = {place for place, one in enumerate(self.statements) if one.is_learners}
        self.imported = self._imported()
        self.bound = self.imported.union(*(binds(self.statements[at].source) for at in self.own))
        self.defined = self._defined()

    def searched(self) -> Searched:
        """Search the statements, and say what was found."""
        reached = self._needed(self._answering())
        beyond = self._needed(self._changing(reached)) - reached
        used = frozenset().union(*(uses(self.statements[at].source) for at in reached & self.own))
        for place in sorted(self.own):
            one = self.statements[place]
            if place in reached:
                found = self._search(_only(one.node, used))
            else:
                found = [*self._aside(one.node)]
            if place in beyond:
                more = self._search(one.node)
                found += [replace(use, certain=False) for use in more if use.certain]
            self.uses += [(use, one.is_answers) for use in found]
        return self._said()

    def _search(self, node: ast.AST) -> list[Use]:
        return search(self.rule, node, self.bound, self.defined, self.imported)

    def _needed(self, wanted: list[int]) -> set[int]:
        """Places of some statements, and of all that these reach by names."""
        sources = [one.source for one in self.statements]
        return needed_cells(sources, wanted, self.own, self.imported)

    def _said(self) -> Searched:
        said = [(use.certain, _words(use, is_answers)) for use, is_answers in self.uses]
        certain = [words for is_certain, words in said if is_certain]
        findings = [f"ruled out, so no points: {words}" for words in certain]
        findings += [words for is_certain, words in said if not is_certain]
        broken = f"This task rules out {certain[0]}." if certain else ""
        return Searched(broken, tuple(dict.fromkeys(f"{self.task.id}: {f}" for f in findings)))

    def _read(self, source: str, is_learners: bool, is_answers: bool) -> None:
        """Take a cell apart; a line that only IPython understands may hide anything."""
        if is_learners and len(source) > _MAX_LETTERS:
            self.uses.append((_UNCHECKED, is_answers))
            return
        cell = read_cell(source)
        tree = cell.tree
        try:
            body = [] if tree is None else [(node, ast.unparse(node)) for node in tree.body]
        except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
            tree, body = None, []
        if is_learners and (cell.hidden or tree is None):
            self.uses.append((unreadable(cell.hidden or 1), is_answers))
        if is_learners and CALLED_BY_MAGICS in binds(source):
            self.uses.append((_TAKEN_OVER, is_answers))
        count = len(self.statements) + len(body)
        if is_learners and (len(source) > _MANY_LETTERS or count > _MANY_STATEMENTS):
            self.uses.append((_LONG, is_answers))
        if is_learners and count > _MAX_STATEMENTS:
            self.uses.append((_UNCHECKED, is_answers))
            return
        self.statements += [_Statement(*pair, is_learners, is_answers) for pair in body]

    def _answering(self) -> list[int]:
        """Places of the statements that bind the answer; of its whole cell if none seems to."""
        cell = [place for place, one in enumerate(self.statements) if one.is_answers]
        name = self.task.object_name
        return [place for place in cell if name in binds(self.statements[place].source)] or cell

    def _changing(self, reached: set[int]) -> list[int]:
        """Places of the other statements that may change an object the answer uses."""
        return [
            place
            for place in sorted(self.own - reached)
            if _may_change_others(self.statements[place].node, self.imported)
        ]

    def _imported(self) -> frozenset[str]:
        names: set[str] = set()
        others = {ANY}
        for one in self.statements:
            is_import = isinstance(one.node, ast.Import | ast.ImportFrom)
            (names if is_import else others).update(binds(one.source))
        return frozenset(names - others)

    def _defined(self) -> frozenset[str]:
        if ANY in self.bound:
            return frozenset()  # a star import may have bound the same name since
        nodes = (self.statements[place].node for place in self.own)
        return frozenset(n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef))

    def _aside(self, node: ast.stmt) -> Iterator[Use]:
        """What could matter in a statement that the answer does not reach by names.

        It can bind names by reflection, or change an object that goes by another name elsewhere;
        comparing the answer with what is ruled out is welcome.
        """
        if isinstance(node, ast.Import | ast.ImportFrom):
            return
        parts = parts_at_once(node) if isinstance(node, ast.FunctionDef) else [node]
        for part in parts:
            for use in self._search(part):
                if use.around:
                    yield use
                elif use.certain and _changes_others(part, self.imported):
                    yield replace(use, certain=False)


def _only(node: ast.stmt, names: frozenset[str]) -> ast.stmt:
    """An import without the names that nobody uses: they may be there to compare with."""
    if not isinstance(node, ast.Import | ast.ImportFrom):
        return node
    kept = [a for a in node.names if a.name == "*" or bound_name(a) in names]
    if isinstance(node, ast.Import):
        return ast.copy_location(ast.Import(kept), node)
    return ast.copy_location(ast.ImportFrom(node.module, kept, node.level), node)


def _may_change_others(node: ast.stmt, imported: frozenset[str]) -> bool:
    """Whether a statement, or what it calls, may change an object with another name elsewhere."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        return False
    if is_function(node):
        return any(changed_by(node, imported, given=True))
    return _changes_others(node, imported)


def _words(use: Use, in_answer: bool) -> str:
    where = "" if in_answer else " of a helper's cell"
    return f"`{use.name}` (line {use.line}{where}): {use.why}"


def _changes_others(node: ast.AST, imported: frozenset[str]) -> bool:
    """Whether a statement may hand something to an object that has another name elsewhere."""
    if not isinstance(node, ast.Expr | ast.Assert | ast.Assign | ast.AnnAssign | ast.expr):
        return True
    for inner in ast.walk(node):
        if is_changed(inner):
            return True
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            if not inner.args and not inner.keywords:
                continue
            if root_name(inner.func) not in imported:
                return True
    return False

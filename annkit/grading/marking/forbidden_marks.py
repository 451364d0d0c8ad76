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
from annkit.source.ipython import as_python, plain_python
from annkit.source.names import ANY, bound_name, root_name
from annkit.source.needed_cells import binds, changed_by, is_function, needed_cells, uses

# More than any answer with its helpers: a person should look.
_MANY_LETTERS, _MANY_STATEMENTS = 20_000, 1_000
_LONG = Use("…", 1, "it is too long for an answer", certain=False)
# Searching more than this would take the grader too long; so it counts as against the rule.
_MAX_LETTERS, _MAX_STATEMENTS = 100_000, 5_000
_UNCHECKED = Use("…", 1, "it is too long to be checked")


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
    """One exercise's answer with everything it reaches."""

    def __init__(self, task: Exercise, rebuilt: Rebuilt) -> None:
        self.task = task
        self.rule: Rule = rule_of(task)
        self.uses: list[tuple[Use, bool]] = []  # with whether it stands in the answer's cell
        self.statements: list[_Statement] = []
        for place in rebuilt.reached([task.id]):
            key, source = rebuilt.cells[place]
            self._read(source, rebuilt.is_learners(place), key == task.id)

    def searched(self) -> Searched:
        """Search the statements, and say what was found."""
        sources = [statement.source for statement in self.statements]
        wanted = self._wanted(sources)
        own = [place for place, one in enumerate(self.statements) if one.is_learners]
        imported = self._imported()
        reached = needed_cells(sources, wanted, set(own), imported)
        stirring = [
            place
            for place in own
            if place not in reached and _may_change_others(self.statements[place].node, imported)
        ]
        beyond = needed_cells(sources, stirring, set(own), imported) - reached
        names = frozenset().union(*(uses(sources[place]) for place in reached if place in own))
        bound = imported.union(*(binds(sources[place]) for place in own))
        defined = frozenset() if ANY in bound else self._defined()
        for place in own:
            one = self.statements[place]
            if place in reached:
                node = _only(one.node, names)
                found = search(self.rule, node, bound, defined, imported)
            else:
                found = list(self._aside(one.node, imported, bound, defined))
            if place in beyond:
                more = search(self.rule, one.node, bound, defined, imported)
                found += [replace(use, certain=False) for use in more if use.certain]
            self.uses += [(use, one.is_answers) for use in found]
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
        text, hidden = as_python(source)
        try:
            tree = plain_python(text)
            body = [] if tree is None else [(node, ast.unparse(node)) for node in tree.body]
        except (RecursionError, ValueError):  # too deep, or a number of thousands of digits
            tree, body = None, []
        if is_learners and (hidden or tree is None):
            self.uses.append((unreadable(hidden or 1), is_answers))
        count = len(self.statements) + len(body)
        if is_learners and (len(source) > _MANY_LETTERS or count > _MANY_STATEMENTS):
            self.uses.append((_LONG, is_answers))
        if is_learners and count > _MAX_STATEMENTS:
            self.uses.append((_UNCHECKED, is_answers))
            return
        self.statements += [_Statement(*pair, is_learners, is_answers) for pair in body]

    def _wanted(self, sources: list[str]) -> list[int]:
        """Places of the statements that bind the answer; of its whole cell if none seems to."""
        cell = [place for place, one in enumerate(self.statements) if one.is_answers]
        binding = [place for place in cell if self.task.object_name in binds(sources[place])]
        return binding or cell

    def _imported(self) -> frozenset[str]:
        """Names that stand for modules, or for what was imported from one, and nothing else."""
        names: set[str] = set()
        others = {ANY}
        for one in self.statements:
            is_import = isinstance(one.node, ast.Import | ast.ImportFrom)
            (names if is_import else others).update(binds(one.source))
        return frozenset(names - others)

    def _defined(self) -> frozenset[str]:
        return frozenset(
            one.node.name
            for one in self.statements
            if one.is_learners and isinstance(one.node, ast.FunctionDef | ast.ClassDef)
        )

    def _aside(
        self,
        node: ast.stmt,
        imported: frozenset[str],
        bound: frozenset[str],
        defined: frozenset[str],
    ) -> Iterator[Use]:
        """What could matter in a statement that the answer does not reach by names.

        It can bind names by reflection, or change an object that goes by another name elsewhere;
        comparing the answer with what is ruled out is welcome.
        """
        if isinstance(node, ast.Import | ast.ImportFrom):
            return
        parts: list[ast.AST] = [node]
        if isinstance(node, ast.FunctionDef):
            parts = [*node.decorator_list, *node.args.defaults]
        for part in parts:
            whole = ast.Expr(part) if isinstance(part, ast.expr) else part
            for use in search(self.rule, whole, bound, defined):
                if use.around:
                    yield use
                elif use.certain and _changes_others(part, imported):
                    yield Use(use.name, use.line, use.why, certain=False)


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
        return any(changed_by(node, imported))
    return _changes_others(node, imported)


def _words(use: Use, in_answer: bool) -> str:
    where = "" if in_answer else " of a helper's cell"
    return f"`{use.name}` (line {use.line}{where}): {use.why}"


def _changes_others(node: ast.AST, imported: frozenset[str]) -> bool:
    """Whether a statement may hand something to an object that has another name elsewhere."""
    if not isinstance(node, ast.Expr | ast.Assert | ast.Assign | ast.AnnAssign | ast.expr):
        return True
    for inner in ast.walk(node):
        if isinstance(inner, ast.Attribute | ast.Subscript) and isinstance(inner.ctx, ast.Store):
            return True
        if isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
            if not inner.args and not inner.keywords:
                continue
            if root_name(inner.func) not in imported:
                return True
    return False

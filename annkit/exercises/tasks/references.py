"""Cut a reference in two: what the learner is given, and what stays behind.

The learner gets the signature and the docstring, of a class also those of every documented method
(documented methods are its interface; undocumented ones are how it works inside). All the rest is
cut out by the line spans of the syntax tree, so comments and layout survive in the solution and
nothing of it survives in the stub.

Not here: the cells around the stub (`annkit.publish.cells`), where an exercise's file lies
(`catalogue`).
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annkit.exercises.tasks.task_base import ExerciseError
from annkit.source.names import names_of

STUB = ("# YOUR CODE HERE", "raise NotImplementedError()")
BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"

Definition = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True)
class Reference:
    """The reference of one exercise, as source.

    Attributes:
        name: the function or class.
        stub: what the learner starts from: valid Python that defines `name`.
        marked: the solution with nbgrader's BEGIN/END SOLUTION marks; cleared, it is the stub.
        solution: the whole code, the file's own helpers included.
        imports: the import lines it needs, as the file writes them.
    """

    name: str
    stub: str
    marked: str
    solution: str
    imports: tuple[str, ...]


def read_reference(path: Path) -> Reference:
    """Cut the reference of an exercise file.

    Args:
        path: the exercise's file.

    Returns:
        The reference in all its forms.

    Raises:
        ExerciseError: there is not exactly one reference, it has no docstring or no body, or its
            signature needs something the learner will not have.
    """
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, str(path))
    found = [node for node in tree.body if _is_reference(node)]
    if len(found) != 1:
        line = found[1].lineno if found else 1
        raise _fault(
            path, line, f"one function or class under @exercise.reference, found {len(found)}"
        )
    node = found[0]
    assert isinstance(node, Definition)
    lines = source.splitlines()
    gaps = list(_gaps(node, lines, path))
    helpers, imports = _surroundings(tree, node, lines, path)
    tail = "".join("\n\n\n" + segment(lines, helper) for helper in helpers)
    return Reference(
        name=node.name,
        stub=_filled(node, lines, gaps, marked=False),
        marked=_filled(node, lines, gaps, marked=True, tail=tail),
        solution=segment(lines, node) + tail,
        imports=imports,
    )


def _fault(path: Path, line: int, problem: str) -> ExerciseError:
    return ExerciseError(problem, str(path), line)


def _is_reference(node: ast.stmt) -> bool:
    """Whether a statement is a definition under `@exercise.reference`."""
    return isinstance(node, Definition) and any(
        ast.unparse(decorator) == "exercise.reference" for decorator in node.decorator_list
    )


def segment(lines: list[str], node: ast.stmt) -> str:
    """A top-level statement's own lines, without its decorators."""
    return "\n".join(lines[node.lineno - 1 : node.end_lineno])


def _gaps(node: Definition, lines: list[str], path: Path) -> Iterator[tuple[int, int]]:
    """Line spans (first, last) to cut out, each in the body of one documented function.

    In a class the span reaches from the first statement after a method's docstring to the line
    before the next documented method, so undocumented members go with the method they follow.
    """
    if ast.get_docstring(node) is None:
        raise _fault(path, node.lineno, f"{node.name} has no docstring: it is the stub's text")
    if isinstance(node, ast.FunctionDef):
        yield _after_docstring(node, path), node.end_lineno or node.lineno
        return
    documented = [
        member
        for member in node.body
        if isinstance(member, ast.FunctionDef) and ast.get_docstring(member) is not None
    ]
    if not documented:
        raise _fault(path, node.lineno, f"no method of {node.name} has a docstring to show")
    if documented[0] is not node.body[1]:
        raise _fault(
            path, node.body[1].lineno, "the first member must be a method with a docstring"
        )
    starts = [_first_line(member) for member in documented[1:]]
    for method, end in zip(documented, [*starts, (node.end_lineno or 0) + 1], strict=True):
        last = end - 1
        while not lines[last - 1].strip():
            last -= 1
        yield _after_docstring(method, path), last


def _first_line(member: ast.FunctionDef) -> int:
    """Where a method starts, its decorators included."""
    return min([member.lineno, *(decorator.lineno for decorator in member.decorator_list)])


def _after_docstring(function: ast.FunctionDef, path: Path) -> int:
    """The line after a function's docstring."""
    docstring = function.body[0]
    if len(function.body) == 1 or function.body[1].lineno <= (docstring.end_lineno or 0):
        raise _fault(path, docstring.lineno, f"{function.name} needs a body on its own lines")
    return (docstring.end_lineno or docstring.lineno) + 1


def _filled(
    node: Definition, lines: list[str], gaps: list[tuple[int, int]], *, marked: bool, tail: str = ""
) -> str:
    """The definition with every gap replaced by the stub, or kept between nbgrader's marks."""
    out: list[str] = []
    start = node.lineno
    for number, (first, last) in enumerate(gaps, start=1):
        out += lines[start - 1 : first - 1]
        inside = next(text for text in lines[first - 1 : last] if text.strip())
        indent = inside[: len(inside) - len(inside.lstrip())]
        if marked:
            closing = tail.splitlines() if number == len(gaps) else []
            out += [indent + BEGIN, *lines[first - 1 : last], *closing, indent + END]
        else:
            out += [indent + line for line in STUB]
        start = last + 1
    return "\n".join(out)


def _surroundings(
    tree: ast.Module, node: Definition, lines: list[str], path: Path
) -> tuple[list[ast.stmt], tuple[str, ...]]:
    """The file's own helpers and the import lines that a reference needs, in file order."""
    binders: dict[str, ast.stmt] = {}
    for statement in tree.body:
        if isinstance(statement, Definition):
            binders[statement.name] = statement
        else:
            binders |= dict.fromkeys(names_of(segment(lines, statement)).bound, statement)
    needed: dict[int, ast.stmt] = {}
    waiting = [names_of(segment(lines, node))]
    given = waiting[0].at_once - {node.name}
    while waiting:
        for name in waiting.pop().used - {node.name}:
            binder = binders.get(name)
            if binder is None or binder.lineno in needed:
                continue
            if name in given and not isinstance(binder, ast.Import | ast.ImportFrom):
                raise _fault(
                    path, node.lineno, f"the stub's first lines need {name}, which is cut away"
                )
            needed[binder.lineno] = binder
            waiting.append(names_of(segment(lines, binder)))
    ordered = [needed[number] for number in sorted(needed)]
    imports = [s for s in ordered if isinstance(s, ast.Import | ast.ImportFrom)]
    helpers = [s for s in ordered if not isinstance(s, ast.Import | ast.ImportFrom)]
    return helpers, tuple(ast.unparse(statement) for statement in imports)

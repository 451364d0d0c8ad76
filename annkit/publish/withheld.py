"""An exercise file without its answers: what a classroom's edition of the package carries.

The reference becomes the learner's stub, other right answers and helpers that only they use go,
model explanations go. Checks, hints and known wrong answers stay: `check` works as before, and
still names mistakes.

Not here: the wheel around it (`learner_wheel`).
"""

import ast
from pathlib import Path

from annkit.exercises.tasks.references import read_reference, segment
from annkit.source.names import names_of

MODEL = '"Your teacher has the model explanation."'
_Definition = ast.FunctionDef | ast.ClassDef


def without_answers(path: Path) -> str:
    """The text of an exercise file with its answers withheld.

    Args:
        path: the exercise's file.
    """
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source, str(path))
    lines = source.splitlines()
    cuts: list[tuple[ast.AST, str]] = [
        (keyword.value, MODEL)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for keyword in node.keywords
        if keyword.arg == "model"
    ]
    kept: list[str] = []
    loose: list[_Definition] = []
    for node in tree.body:
        if not isinstance(node, _Definition):
            kept.append(segment(lines, node))
        elif _is(node, "reference"):
            stub = read_reference(path).stub
            cuts.append((node, stub))
            kept.append(stub)
        elif _is(node, "alternative"):
            cuts.append((_with_decorators(node), ""))
        elif node.decorator_list:
            kept.append(ast.unparse(node))  # decorators and all
        else:
            loose.append(node)
    cuts += [(helper, "") for helper in _unused(loose, kept, lines)]
    return _cut(source, cuts)


def _is(node: _Definition, role: str) -> bool:
    return any(ast.unparse(one).startswith(f"exercise.{role}") for one in node.decorator_list)


def _with_decorators(node: _Definition) -> ast.AST:
    """A node that spans a definition from its first decorator on."""
    first = node.decorator_list[0]
    whole = ast.Pass()
    # The sign @ stands before the decorator's own place.
    whole.lineno, whole.col_offset = first.lineno, 0
    whole.end_lineno, whole.end_col_offset = node.end_lineno, node.end_col_offset
    return whole


def _unused(loose: list[_Definition], kept: list[str], lines: list[str]) -> list[_Definition]:
    """Helpers that nothing uses any more once the answers are gone."""
    used = {name for text in kept for name in names_of(text).used}
    waiting, needed = set(used), set()
    texts = {helper.name: segment(lines, helper) for helper in loose}
    while waiting:
        name = waiting.pop()
        if name in texts and name not in needed:
            needed.add(name)
            waiting |= names_of(texts[name]).used
    return [helper for helper in loose if helper.name not in needed]


def _cut(source: str, cuts: list[tuple[ast.AST, str]]) -> str:
    """Replace the text of some nodes, the last first."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    data = source.encode()
    spans = sorted(
        (
            (
                starts[node.lineno - 1] + node.col_offset,  # type: ignore[attr-defined]
                starts[node.end_lineno - 1] + node.end_col_offset,  # type: ignore[attr-defined]
                text,
            )
            for node, text in cuts
        ),
        reverse=True,
    )
    for start, end, text in spans:
        data = data[:start] + text.encode() + data[end:]
    return data.decode()

"""The line to show: what answers with the same mistake have in common, and right ones don't.

Lines are compared by their syntax trees with names in order of appearance, so that the same
thought counts as the same however it is spelled. What is shown is one learner's line, without
comments, and nobody's name stands beside it.

Not here: which answers make a mistake (`tally`).
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from annkit.grading.marking.similarity import Bare
from annkit.source.ipython import plain_python

_LONGEST = 120


def typical_line(mistaken: Sequence[str], right: Iterable[str]) -> str:
    """The line that most of the mistaken answers share and no right one has; "" if there is none.

    Args:
        mistaken: texts of answers with one mistake.
        right: texts of answers that pass.
    """
    innocent = {shape for text in right for shape, _ in _lines(text)}
    shared: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for text in mistaken:
        lines = dict(_lines(text))
        for shape in lines.keys() - innocent:
            shared[shape] += 1
            # Of the same line in several spellings the shortest is easiest to read.
            shown[shape] = min(shown.get(shape, lines[shape]), lines[shape], key=len)
    if not shared:
        return ""
    # Where several are shared alike, the longest says most.
    return shown[max(shared, key=lambda shape: (shared[shape], len(shown[shape]), shown[shape]))]


def _lines(text: str) -> Iterator[tuple[str, str]]:
    """Simple statements of an answer and the heads of its loops: their shape, and as text."""
    tree = plain_python(text)
    if tree is None:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Return | ast.Assign | ast.AugAssign | ast.Expr | ast.Raise):
            kept: ast.AST = node
        elif isinstance(node, ast.For | ast.While | ast.If):
            kept = copy.copy(node)
            kept.body, kept.orelse = [ast.Pass()], []
        else:
            continue
        written = "" if _is_note(kept) or _is_conversion(kept) else _first_line(kept)
        if written and len(written) <= _LONGEST:
            yield ast.dump(Bare().visit(copy.deepcopy(kept))), written


def _is_note(node: ast.AST) -> bool:
    """Whether it is a docstring or another text that stands alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_conversion(node: ast.AST) -> bool:
    """Whether it only makes an array of an argument: `z = np.asarray(z, dtype=float)`."""
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and [ast.unparse(one) for one in node.value.args[:1]] == [ast.unparse(node.targets[0])]
    )


def _first_line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0]

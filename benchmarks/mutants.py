"""Mutation run: do the checks reject references that were changed in one small place?

Mutants are made from the syntax tree of every reference: an operator swapped, a constant moved, a
comparison tightened, an argument dropped, a statement deleted. A mutant that passes all checks is
listed with its changed line, for a person to judge: a gap in the checks, or a change that makes
no difference.

Not here: the known wrong answers; what people write (`annkit.exercises.judging.selfcheck`).
"""

import ast
import copy
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annkit.exercises import Exercise, course, judge

SECONDS = 2.0
SEEDS = (0, 1)

_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add),
    ast.Div: (ast.Mult,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Mod: (ast.FloorDiv,),
    ast.FloorDiv: (ast.Div,),
}
_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
}
_NAMES = {
    "max": "min",
    "min": "max",
    "maximum": "minimum",
    "minimum": "maximum",
    "sum": "mean",
    "mean": "sum",
    "any": "all",
    "all": "any",
    "zeros": "ones",
    "ones": "zeros",
    "exp": "expm1",
    "log": "log1p",
    "argmax": "argmin",
    "round": "floor",
}


# Survivors that make no difference to the task, found by reading them: a pattern of the line and
# its change, and why.
_HARMLESS = (
    (r"strict=True", "the lengths agree in every call there is"),
    (
        r"(axis=|sum\(|max\(|any\(|mean\(|shape\[?|, )1.*: 1  ->  -1$",
        "the last axis of two, counted back",
    ),
    (
        r"asarray\(.*(deleted|->)|np\.array\(x0",
        "matters for lists only, which the task does not promise",
    ),
    (r"z >=? 0.*: z >=? 0  ->  z >=? 0$", "both branches agree at 0"),
    (r"learning_rate \* y", "y is 1 or −1"),
    (r"h=1e-0?5.*->  -1e-05", "a central difference has no direction"),
    (r"target > v_threshold", "the rate is 0 at the threshold either way"),
    (r"1 / \(1 \+ sp\.exp\(-z\)\): -z  ->  \+z", "the sigmoid's slope is even in z"),
    (r"modules='numpy', cse", "NumPy is lambdify's default; sharing saves time only"),
    (r"cse=True\): True  ->  False", "sharing saves time only"),
    (r"\[layer - 1\]\[1\].*: 1  ->  -1$", "z is the last of the two that were kept"),
    (r"error @ back\.T  ->|error\.sum\(axis=0\)  ->", "one output: there is one column only"),
    (r": 0 \* true_db\d  ->  0 / ", "zero either way"),
    (r"\(1\.0, 1\.0\)\): \(self, other\)|self \* -1  ->", "the same numbers"),
    (r"deleted self\.slopes", "how a node remembers is the learner's choice"),
    (r"break|if n_updates == before", "going on without mistakes changes nothing but the time"),
    (r"v_rest.\], 0: 0  ->  -1", "a pause of less than nothing is none"),
    (r"norm <= max_norm", "at the limit the factor is 1"),
    (r"random\(a\.shape\) >=", "no draw is the rate itself, but for one in 2**53"),
    (r"dtype=int\)  ->", "whole numbers count by value"),
    (r"out = np\.zeros.*->  np\.ones", "every entry is written over"),
    (r"params\[-1\]\[1\].*: 1  ->  -1", "b is the last of the pair"),
    (r"\(rng\.normal\(size=\(n_in, n_out\)\) \*.*->", "how a network begins is its own affair"),
    (
        r"delta @ W\.T \* \(a > 0\): 0  ->  1",
        "only what a network answers is judged, and this learns",
    ),
)
# In these the numbers are the learner's choice: another size is another right answer.
_FREE = ("logic_gates", "xor_network", "house_neurons")
# A model is judged by what it predicts, however it was trained; whether a gradient is right is
# asked in chapter 10. Each of these was trained anew, on six sets of houses or three of digits; on
# the same the references reach an R² of 0.97 and 97.5 %.
_OF_MODELS = {
    "house_model": (
        (r"rng\.normal", "other first weights, or a second output that nobody reads"),
        (r"start - 16|16  ->  -16", "one step an epoch, R² 0.80 to 0.93; the best of three counts"),
        (r"line \d+: (for|rows)", "other batches, or an epoch more"),
        (r"line \d+: (mean|y_mean),", "another shift and scale, R² 0.94 or more in the middle"),
        (r"delta @ W2\.T  ->|: delta\.sum\(axis=0\)  ->|\[:, 0\]", "one output: the same numbers"),
        (r"a < 0|deleted W1", "hidden units stay as drawn, R² 0.95 in the middle"),
        (r"W2 \+ rate", "the hidden layer makes up for it, R² 0.95 in the middle"),
        (r"line \d+: (back|W1|W2)", "the rest learns around it, R² 0.94 or more in every training"),
    ),
    "digits_model": (
        (r"rng\.normal", "other first weights"),
        (r"line \d+: (for|rows)", "other batches, or an epoch more"),
        (r"z\.max", "what all logits of a row share cancels"),
        (r"e \* e\.sum", "0.87 to 0.96, in luck with these seeds"),
        (r"line \d+: (a =|return).*: 0  ->  -1", "units cut at −1 in one place, at 0 in the other"),
        (r": 1  ->  -1$", "the last axis of two, counted back"),
        (r"line \d+: (z|back|W1|W2|return)", "the rest learns around it, 96 % or more"),
    ),
}


@dataclass(frozen=True)
class Mutant:
    """A changed reference: the tree, the line of the change, and the change in words."""

    tree: ast.AST
    line: int
    change: str


# Arguments of these may change places without a difference.
_SYMMETRIC = {"maximum", "minimum", "max", "min", "dot", "add", "multiply"}


def _walk(tree: ast.AST) -> Iterator[ast.AST]:
    """Walk like `ast.walk`, but not into the text of error messages."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if not isinstance(child, ast.JoinedStr):
            yield from _walk(child)


def mutants(tree: ast.AST) -> Iterator[Mutant]:
    """Yield every mutant of a function or class definition, each changed in one place."""
    for index, node in enumerate(_walk(tree)):
        for variant in range(_variants(node)):
            changed = copy.deepcopy(tree)
            target = list(_walk(changed))[index]
            before = _text(target)
            if _mutate(target, variant):
                after = _text(target)
                if after != before:
                    yield Mutant(changed, getattr(target, "lineno", 0), f"{before}  ->  {after}")
    yield from _deletions(tree)


def _text(node: ast.AST) -> str:
    try:
        return ast.unparse(node)[:90]
    except (AttributeError, ValueError):
        return type(node).__name__


def _variants(node: ast.AST) -> int:
    """How many ways there are to mutate this node."""
    if isinstance(node, ast.BinOp):
        return len(_OPERATORS.get(type(node.op), ()))
    if isinstance(node, ast.AugAssign):
        return len(_OPERATORS.get(type(node.op), ()))
    if isinstance(node, ast.Compare):
        return len(_COMPARISONS.get(type(node.ops[0]), ()))
    if isinstance(node, ast.Constant):
        return 0 if isinstance(node.value, str) or node.value is None else 2
    if isinstance(node, ast.Call):
        return 1 + len(node.keywords)
    return int(
        isinstance(
            node, ast.UnaryOp | ast.BoolOp | ast.Attribute | ast.Name | ast.Tuple | ast.Return
        )
    )


def _mutate(node: ast.AST, variant: int) -> bool:
    """Change the node in place; False if this variant does not apply."""
    if isinstance(node, ast.BinOp | ast.AugAssign):
        node.op = _OPERATORS[type(node.op)][variant]()
    elif isinstance(node, ast.Compare):
        node.ops[0] = _COMPARISONS[type(node.ops[0])][variant]()
    elif isinstance(node, ast.Constant):
        return _mutate_constant(node, variant)
    elif isinstance(node, ast.Call):
        return _mutate_call(node, variant)
    elif isinstance(node, ast.UnaryOp):
        if not isinstance(node.op, ast.USub | ast.Not):
            return False
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(node.op, ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), node.operand)
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Attribute | ast.Name):
        return _rename(node)
    elif isinstance(node, ast.Tuple):
        if not isinstance(node.ctx, ast.Load) or len(node.elts) < 2:
            return False
        node.elts[0], node.elts[1] = node.elts[1], node.elts[0]
    elif isinstance(node, ast.Return):
        if node.value is None:
            return False
        node.value = ast.Constant(None)
    return True


def _mutate_constant(node: ast.Constant, variant: int) -> bool:
    value: Any = node.value
    if isinstance(value, bool):
        if variant:
            return False
        node.value = not value
    else:
        node.value = value + 1 if variant == 0 else (-value if value else -1)
    return True


def _mutate_call(node: ast.Call, variant: int) -> bool:
    if variant == 0:
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if len(node.args) < 2 or name in _SYMMETRIC:
            return False
        node.args[0], node.args[1] = node.args[1], node.args[0]
    else:
        del node.keywords[variant - 1]
    return True


def _rename(node: ast.Attribute | ast.Name) -> bool:
    name = node.attr if isinstance(node, ast.Attribute) else node.id
    if name not in _NAMES:
        return False
    if isinstance(node, ast.Attribute):
        node.attr = _NAMES[name]
    else:
        node.id = _NAMES[name]
    return True


def _deletions(tree: ast.AST) -> Iterator[Mutant]:
    """Yield mutants without one statement; docstrings stay."""
    for index, node in enumerate(_walk(tree)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for place, statement in enumerate(body):
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                continue
            changed = copy.deepcopy(tree)
            list(_walk(changed))[index].body[place] = ast.Pass()  # type: ignore[attr-defined]
            yield Mutant(changed, statement.lineno, f"deleted {_text(statement)}")


def survivors(task: Exercise) -> tuple[int, list[str]]:
    """Judge every mutant of an exercise's reference.

    Returns:
        the number of mutants that differ from the reference in text, and the changes of those
        that pass all checks.
    """
    source = Path(task.path).read_text(encoding="utf-8")
    definition = next(
        node
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == task.object_name
    )
    definition.decorator_list = []
    module = sys.modules[task.answer.__module__]
    count, alive = 0, []
    for mutant in mutants(definition):
        namespace = dict(vars(module))
        if isinstance(task.answer, type):
            # A class that extends one of its own name: not the whole reference, to inherit from.
            namespace[task.object_name] = task.answer.__bases__[0]
        tree = ast.Module([mutant.tree], [])  # type: ignore[list-item]
        try:
            exec(compile(ast.fix_missing_locations(tree), "<mutant>", "exec"), namespace)
        except Exception:  # a mutant that cannot even be defined proves nothing
            continue
        count += 1
        if all(judge(task, namespace[task.object_name], seed).passed for seed in SEEDS):
            line = source.splitlines()[mutant.line - 1].strip() if mutant.line else ""
            alive.append(f"line {mutant.line}: {line}: {mutant.change}")
    return count, alive


def why_harmless(id: str, change: str) -> str:
    """Why a survivor makes no difference to the task; empty if it does."""
    if id in _FREE:
        return "another right answer"
    known = _OF_MODELS.get(id, _HARMLESS)
    return next((why for pattern, why in known if re.search(pattern, change)), "")


def main(ids: Sequence[str] = ()) -> None:
    """Run over these exercises, or all; print the survivors and the share rejected."""
    total, alive, harmless = 0, 0, 0
    for id in ids or list(course().paths):
        task = course().load(id)
        if not isinstance(task, Exercise):
            continue
        task.seconds = SECONDS
        count, changes = survivors(task)
        total += count
        alive += len(changes)
        print(f"{id}: {count - len(changes)} of {count} rejected", flush=True)
        for change in changes:
            reason = why_harmless(id, change)
            harmless += bool(reason)
            print(f"    survives  {change}{f'  ({reason})' if reason else ''}")
    print(f"\n{total - alive} of {total} mutants rejected: {1 - alive / total:.1%}")
    rest = total - harmless
    print(f"{harmless} survivors are harmless; of the rest {1 - (alive - harmless) / rest:.1%}")


if __name__ == "__main__":
    main(sys.argv[1:])

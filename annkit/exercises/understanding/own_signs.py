"""Questions about one sign of a learner's function: what comes out if it is another one?

A plus becomes a minus, "greater" becomes "less", `np.maximum` becomes `np.minimum`, and the other
way round. What comes out is seen by running the function so changed.

Not here: the function and its calls (`own_function`).
"""

import ast
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.followed import follow
from annkit.exercises.cards.case import handed
from annkit.exercises.cards.values import number, short
from annkit.exercises.tasks.question import Option
from annkit.exercises.understanding.own_function import Made, Own, enough
from annkit.exercises.understanding.own_numbers import SIMPLEST, is_numeric, other_results, shuffled

_LONGEST = 60  # characters of a result
# A sign → how it is written, and the signs that it is changed to.
_WRITTEN: dict[type[ast.AST], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Gt: ">",
    ast.Lt: "<",
    ast.GtE: ">=",
    ast.LtE: "<=",
}
_OTHERS: dict[type[ast.AST], tuple[type[Any], ...]] = {
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Gt: (ast.Lt, ast.GtE),
    ast.Lt: (ast.Gt, ast.LtE),
    ast.GtE: (ast.LtE, ast.Gt),
    ast.LtE: (ast.GtE, ast.Lt),
}
_OTHER_NAME = {"maximum": "minimum", "minimum": "maximum", "max": "min", "min": "max"}


def which_sign(own: Own, rng: np.random.Generator) -> Made:
    """What comes out if one sign is another one?"""
    changes = list(_changes(own.tree, own.shown))
    # What one can work out by hand comes first.
    calls = sorted(own.whole, key=lambda call: not _is_exact(call.value))[:SIMPLEST]
    for call in shuffled(calls, rng):
        now = _text(call.value)
        if now is None:
            continue
        outcomes = [_changed(own, place, call) for place in range(len(changes))]
        known = (text for text, _ in other_results(own.task, call))
        others = [text for text in (*outcomes, *known) if text is not None and _is_clear(text)]
        for place in rng.permutation(len(changes)):
            result = outcomes[int(place)]
            if result is None or result == now:
                continue
            options = {result: Option(result, "Yes: that is what comes out.", True)}
            options[now] = Option(now, "That is what comes out as it is now.")
            for other in others:
                options.setdefault(other, Option(other, f"With the change it is {result}."))
            chosen = enough(options)
            if chosen:
                node, old, new, _ = changes[int(place)]
                where = ast.get_source_segment("\n".join(own.lines), node) or ""
                return (
                    f"{own.words(call)}\n\nIn line {own.shown[node.lineno]}, the `{old}` in "
                    f"`{where}` is changed to `{new}`. What comes back now?",
                    chosen,
                )
    return None


def _changes(
    tree: ast.AST, shown: dict[int, int]
) -> Iterator[tuple[ast.expr, str, str, Callable[[], None]]]:
    """What carries a sign; the sign; another one; and what changes it in the tree."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.expr) or node.lineno not in shown:
            continue
        if node.lineno != node.end_lineno:  # a question quotes it
            continue
        if isinstance(node, ast.BinOp):
            for other in _OTHERS.get(type(node.op), ()):
                change = partial(setattr, node, "op", other())
                yield node, _WRITTEN[type(node.op)], _WRITTEN[other], change
        elif isinstance(node, ast.Compare) and len(node.ops) == 1:
            for other in _OTHERS.get(type(node.ops[0]), ()):
                change = partial(setattr, node, "ops", [other()])
                yield node, _WRITTEN[type(node.ops[0])], _WRITTEN[other], change
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            if name in _OTHER_NAME:
                change = partial(setattr, node.func, "attr", _OTHER_NAME[name])
                yield node, name, _OTHER_NAME[name], change


def _changed(own: Own, place: int, call: Call) -> str | None:
    """The result of a call after one change; None if it has none that could be shown."""
    tree = ast.parse("\n".join(own.lines))
    list(_changes(tree, own.shown))[place][-1]()
    scope = dict(own.function.__globals__)
    try:
        exec(compile(tree, "<your code with another sign>", "exec"), scope)
    except Exception:  # a default value may raise
        return None
    seen = follow(scope[own.tree.name], *handed(call))
    return None if seen is None else _text(seen.value)


def _text(value: object) -> str | None:
    """A result as an option; None for what is no number, or not short."""
    if not is_numeric(value):
        return None
    text = short(value)
    return text if _is_clear(text) else None


def _is_clear(text: str) -> bool:
    return len(text) <= _LONGEST and not any(sign in text for sign in ("…", "nan", "inf", "[]"))


def _is_exact(value: Any) -> bool:
    """Whether a result is shown without rounding."""
    if isinstance(value, tuple):
        return all(map(_is_exact, value))
    if not is_numeric(value):
        return False
    return all(float(number(x)) == x for x in np.asarray(value, dtype=float).flat)

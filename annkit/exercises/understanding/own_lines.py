"""Questions about the lines of a learner's own function: is it understood, or has it only passed?

T. Lehtinen, O. Seppälä and A. Korhonen (2023, *ITiCSE*) asked such questions of everybody whose
program had passed: 27 % got at least one wrong, and they had fewer points at the end of the course.

Everything right comes from running the function: a trace of one call, or the function once more
with one sign changed. Everything wrong is near: other lines, other shapes, other results of it.
Here are the questions whose answer is a line, or how often a line runs.

Not here: shapes and numbers (`own_shapes`), signs (`own_signs`), the trace
(`annkit.exercises.calls.followed`), when a question is asked (`annkit.exercises.understood`).
"""

import ast
from collections.abc import Iterator
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.followed import Followed, follow
from annkit.exercises.cards.case import case_text, given, handed
from annkit.exercises.tasks.question import Option, Question
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.understanding.own_function import Made, Own, enough, is_whole, read_own
from annkit.exercises.understanding.own_numbers import FEWEST, MOST, SIMPLEST, question_of, shuffled
from annkit.exercises.understanding.own_shapes import which_number, which_shape
from annkit.exercises.understanding.own_signs import which_sign

_OFTEN = 12  # runs of a line that one would count
_FEW = 6  # of a line whose runs depend on the numbers
# What sums over nothing, of NumPy's functions.
_ENTRY_BY_ENTRY = {
    *("abs", "asarray", "exp", "log", "maximum", "minimum", "ones", "sign", "sqrt", "tanh"),
    *("where", "zeros"),
}
_TITLE = "A question about your own code"


def line_question(task: Exercise, answer: Any, rng: np.random.Generator) -> Question | None:
    """Ask one question about the learner's own function.

    Args:
        task: the exercise that was passed.
        answer: the learner's function.
        rng: chooses the kind of question, the call, and the order of the options.

    Returns:
        the question; None if its text is not to be had, or there is nothing to ask.
    """
    own = read_own(task, answer)
    if own is None:
        return None
    for place in rng.permutation(len(KINDS)):
        made = KINDS[place](own, rng)
        if made is not None:
            prompt, options = made
            return question_of(task, _TITLE, f"{prompt}\n\n{own.text}", options, rng)
    return None


def which_sum(own: Own, rng: np.random.Generator) -> Made:
    """Which line adds up, or averages, over the batch?"""
    sums = {node.lineno: list(_summed(node)) for node in own.plain_statements()}
    parts = {line: [text for pair in pairs for text in pair] for line, pairs in sums.items()}
    for call in shuffled(own.calls[:SIMPLEST], rng):
        batch = _batch_size(own, call)
        seen = own.follow(call, parts) if batch and any(sums.values()) else None
        if seen is None:
            continue
        right = {
            line
            for line, pairs in sums.items()
            for operand, result in pairs
            if seen.looked_at.get((line, operand), ())[:1] == (batch,)
            and batch not in seen.looked_at.get((line, result), (batch,))
        }
        others = [n.lineno for n in own.plain_statements() if not _may_sum(n)]
        why = "Yes: there the examples come together, and their axis is gone."
        options = {
            own.code_of(line): Option(own.code_of(line), why, True) for line in sorted(right)
        }
        for line in others:
            options.setdefault(
                own.code_of(line), Option(own.code_of(line), "No examples come together there.")
            )
        chosen = enough(options)
        if chosen and 0 < len(right) < len(chosen):
            lines = "line adds up, or averages," if len(right) == 1 else "lines add up, or average,"
            return f"Which {lines} over the examples of the batch?", chosen
    return None


def _batch_size(own: Own, call: Call) -> int:
    """The number of examples, if no other axis of the inputs is as long; 0 if one is."""
    arrays = [v for v in (given(own.task, call) or {}).values() if isinstance(v, np.ndarray)]
    if not arrays or not arrays[0].ndim:
        return 0
    size = len(arrays[0])
    others = [n for array in arrays for n in array.shape[1:]]
    return size if size > 1 and size not in others else 0


def _summed(statement: ast.stmt) -> Iterator[tuple[str, str]]:
    """What is summed over its first axis, and the sum, as text."""
    for node in ast.walk(statement):
        if isinstance(node, ast.BinOp) and _is_transposed_product(node):
            assert isinstance(node.left, ast.Attribute)
            yield ast.unparse(node.left.value), ast.unparse(node)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            is_method = not (isinstance(node.func.value, ast.Name) and node.func.value.id == "np")
            operand = node.func.value if is_method else node.args[0] if node.args else None
            axes = [key.value for key in node.keywords if key.arg == "axis"]
            axes += node.args[:1] if is_method else node.args[1:2]
            if node.func.attr in ("sum", "mean") and operand is not None and _is_zero(axes):
                yield ast.unparse(operand), ast.unparse(node)


def _may_sum(statement: ast.stmt) -> bool:
    """Whether something in a statement may sum over the examples, in a function it calls too."""
    return any(
        (isinstance(node, ast.Call) and getattr(node.func, "attr", "") not in _ENTRY_BY_ENTRY)
        or (isinstance(node, ast.BinOp) and _is_transposed_product(node))
        for node in ast.walk(statement)
    )


def _is_transposed_product(node: ast.BinOp) -> bool:
    is_product = isinstance(node.op, ast.MatMult)
    return is_product and isinstance(node.left, ast.Attribute) and node.left.attr == "T"


def _is_zero(axes: list[ast.expr]) -> bool:
    return any(isinstance(axis, ast.Constant) and axis.value == 0 for axis in axes)


def how_often(own: Own, rng: np.random.Generator) -> Made:
    """How often does the first line in a loop run?"""
    simple = {node.lineno for node in own.plain_statements()}
    loops = [node for node in own.statements() if isinstance(node, ast.For | ast.While)]
    lines = [node.body[0].lineno for node in loops if node.body[0].lineno in simple]
    for call in shuffled([*own.whole[:SIMPLEST], *own.calls[:SIMPLEST]], rng):
        seen = own.follow(call) if lines else None
        if seen is None:
            continue
        for line in lines:
            count = seen.lines.count(line)
            if not 2 <= count <= _OFTEN or not _can_be_told(own, call, seen, count):
                continue
            near = [n for n in _sizes(own, call) if 1 < n <= 2 * _OFTEN]
            options = {
                str(count): Option(
                    f"{count} times", "Yes: that is how often, counted while it ran.", True
                )
            }
            for other in (*near, count + 1, count - 1, 2 * count):
                times = "once" if other == 1 else f"{other} times"
                options.setdefault(str(other), Option(times, f"It runs {count} times."))
            chosen = enough(options)
            if chosen:
                return f"{own.words(call)}\n\nHow often does line {own.shown[line]} run?", chosen
    return None


def _can_be_told(own: Own, call: Call, seen: Followed, count: int) -> bool:
    """Whether it can be said how often a line runs, without more than a few steps by hand."""
    if _is_same_without_data(own, call, seen):
        return True
    return count <= _FEW and is_whole(call, case_text(own.task, call))


def _sizes(own: Own, call: Call) -> list[int]:
    """The sizes and whole numbers that go in, each once."""
    found: dict[int, None] = {}
    for value in (given(own.task, call) or {}).values():
        sizes = np.shape(value) if isinstance(value, np.ndarray) else ()
        whole = (value,) if isinstance(value, int) and not isinstance(value, bool) else ()
        found |= dict.fromkeys((*sizes, *whole))
    return list(found)


def _is_same_without_data(own: Own, call: Call, seen: Followed) -> bool:
    """Whether the same lines run where all arrays hold zeros: then their shapes tell it all."""
    args, kwargs = handed(call)
    empty = {name: _zeros(value) for name, value in kwargs.items()}
    other = follow(own.function, tuple(map(_zeros, args)), empty)
    first = own.function.__code__.co_firstlineno - 1
    return other is not None and [line - first for line in other.lines] == seen.lines


def _zeros(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return np.zeros_like(value)
    return type(value)(map(_zeros, value)) if type(value) in (list, tuple) else value


def which_idle(own: Own, rng: np.random.Generator) -> Made:
    """Which line does not run in a call?"""
    for call in shuffled(own.whole[:SIMPLEST], rng):
        seen = own.follow(call)
        if seen is None:
            continue
        lines = [node.lineno for node in own.plain_statements()]
        idle = [line for line in lines if line not in seen.lines]
        ran = [line for line in lines if line in seen.lines]
        if not idle or len(ran) < FEWEST - 1:
            continue
        line = idle[int(rng.integers(len(idle)))]
        right = Option(own.code_of(line), "Yes: this call skips it.", True)
        rest = [Option(own.code_of(one), "It runs.") for one in ran[: MOST - 1]]
        return f"{own.words(call)}\n\nWhich of these lines does not run?", [right, *rest]
    return None


def which_branch(own: Own, rng: np.random.Generator) -> Made:
    """Which input makes a branch run?"""
    branches = [node for node in own.statements() if isinstance(node, ast.If)]
    if not branches:
        return None
    texts = [(case_text(own.task, call), call) for call in own.whole]
    short = [(text, own.follow(call)) for text, call in texts if "\n" not in text]
    ran = [(text, seen.lines) for text, seen in short if seen is not None]
    for place in rng.permutation(len(branches)):
        line = branches[place].body[0].lineno
        if line not in own.shown:
            continue
        inside = sorted({text for text, lines in ran if line in lines})
        outside = sorted({text for text, _ in ran}.difference(inside))
        if not inside or len(outside) < FEWEST - 1:
            continue
        right = inside[int(rng.integers(len(inside)))]
        options = [Option(f"`{right}`", f"Yes: it reaches line {own.shown[line]}.", True)]
        options += [
            Option(f"`{text}`", f"It skips line {own.shown[line]}.") for text in outside[: MOST - 1]
        ]
        return f"Which of these calls makes line {own.shown[line]} run?", options
    return None


KINDS = (which_shape, which_number, which_sum, which_sign, which_branch, which_idle, how_often)

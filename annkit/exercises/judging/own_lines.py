"""Questions about the lines of a learner's own function: is it understood, or has it only passed?

T. Lehtinen, O. Seppälä and A. Korhonen (2023, *ITiCSE*) asked such questions of everybody whose
program had passed: 27 % got at least one wrong, and they had fewer points at the end of the course.

Everything right comes from running the function: a trace of one call, or the function once more
with one sign changed. Everything wrong is near: other lines, other shapes, other results of it.

Not here: the trace (`annkit.exercises.calls.followed`), when a question is asked
(`annkit.exercises.understood`).
"""

import ast
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.followed import Followed, follow
from annkit.exercises.cards.case import case_text
from annkit.exercises.cards.values import short
from annkit.exercises.judging.own_numbers import (
    direct_calls,
    question_of,
    short_calls,
    shuffled,
)
from annkit.exercises.tasks.question import Option, Question
from annkit.exercises.tasks.task import Exercise
from annkit.source.definitions import NoSource, function_source

_FEWEST, _MOST = 3, 4  # options
_LONGEST = 30  # lines of a function that is asked about
_SIMPLEST = 4  # calls of which one is chosen
_MANY = 12  # calls that are followed
_TITLE = "A question about your own code"


@dataclass(frozen=True)
class Own:
    """The learner's function, read.

    Attributes:
        task: the exercise it passed.
        function: the function.
        tree: its definition; lines are counted from the definition's first.
        lines: its text.
        shown: line → the number it is shown with, the docstring left out.
        calls: calls that can be followed by hand, the simplest first.
    """

    task: Exercise
    function: FunctionType
    tree: ast.FunctionDef
    lines: list[str]
    shown: dict[int, int]
    calls: list[Call]

    @property
    def text(self) -> str:
        """The function with numbered lines, for a question."""
        rows = [f"{number:>2}  {self.lines[line - 1]}" for line, number in self.shown.items()]
        return "```\n" + "\n".join(rows) + "\n```"

    def code_of(self, line: int) -> str:
        """A line as an option shows it."""
        return f"line {self.shown[line]}: `{self.lines[line - 1].strip()}`"

    def follow(self, call: Call) -> Followed | None:
        """What a call does, its lines counted as the text is."""
        seen = follow(self.function, call.args, call.kwargs)
        if seen is None:
            return None
        first = self.function.__code__.co_firstlineno - 1
        lines = [line - first for line in seen.lines]
        shapes = {line - first: names for line, names in seen.shapes.items()}
        return Followed(seen.value, lines, shapes)


def line_question(task: Exercise, answer: Any, rng: np.random.Generator) -> Question | None:
    """Ask one question about the learner's own function.

    Args:
        task: the exercise that was passed.
        answer: the learner's function.
        rng: chooses the kind of question, the call, and the order of the options.

    Returns:
        the question; None if its text is not to be had, or there is nothing to ask.
    """
    own = _read(task, answer)
    if own is None:
        return None
    kinds = (_which_shape, _which_sum, _which_sign, _which_branch)
    for place in rng.permutation(len(kinds)):
        made = kinds[place](own, rng)
        if made is not None:
            prompt, options = made
            return question_of(task, _TITLE, f"{prompt}\n\n{own.text}", options, rng)
    return None


def _read(task: Exercise, answer: Any) -> Own | None:
    if not isinstance(answer, FunctionType) or isinstance(task.answer, type):
        return None
    try:
        text = textwrap.dedent(function_source(answer))
        tree = ast.parse(text).body[0]
    except (NoSource, SyntaxError, IndexError):
        return None
    if not isinstance(tree, ast.FunctionDef) or tree.decorator_list:
        return None
    lines = text.rstrip("\n").splitlines()
    told = tree.body[0] if ast.get_docstring(tree) else None
    hidden = range(told.lineno, (told.end_lineno or 0) + 1) if told else range(0)
    kept = [n for n in range(1, len(lines) + 1) if n not in hidden and lines[n - 1].strip()]
    if len(kept) > _LONGEST:
        return None
    shown = {line: number for number, line in enumerate(kept, start=1)}
    return Own(task, answer, tree, lines, shown, short_calls(task, answer)[:_MANY])


Made = tuple[str, list[Option]] | None


def _enough(options: dict[str, Option]) -> list[Option] | None:
    """The options, the right one first among them, if there are enough."""
    return list(options.values())[:_MOST] if len(options) >= _FEWEST else None


def _which_shape(own: Own, rng: np.random.Generator) -> Made:
    """Which shape does a name have after its line?"""
    for call in shuffled(own.calls[:_SIMPLEST], rng):
        seen = own.follow(call)
        if seen is None:
            continue
        for line, name in _assigned(own.tree):
            shape = seen.shapes.get(line, {}).get(name)
            if not shape or seen.lines.count(line) != 1:
                continue
            options = {str(shape): Option(f"`{shape}`", "Yes: so it is when it runs.", True)}
            for other in _near_shapes(shape, seen.shapes[line].values()):
                options.setdefault(str(other), Option(f"`{other}`", f"It is `{shape}`."))
            chosen = _enough(options)
            if chosen:
                case = case_text(own.task, call)
                return (
                    f"You call `{case}`. Which shape has `{name}` after line {own.shown[line]}?",
                    chosen,
                )
    return None


def _assigned(tree: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Line and name of each plain assignment."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and node.lineno == node.end_lineno:
            for target in node.targets:
                if isinstance(target, ast.Name):
                    yield node.lineno, target.id


def _near_shapes(shape: tuple[int, ...], others: Any) -> Iterator[tuple[int, ...]]:
    """Shapes that one might take for this one."""
    yield from (other for other in others if other)
    yield shape[::-1]
    yield (*shape, 1)
    if len(shape) > 1:
        yield shape[:1]
        yield shape[1:]
    yield (1, *shape)


def _which_sum(own: Own, rng: np.random.Generator) -> Made:
    """Which line adds up over the batch?"""
    sums = [
        node.lineno
        for node in ast.walk(own.tree)
        if isinstance(node, ast.expr) and _adds_up(node) and node.lineno in own.shown
    ]
    statements = [node for node in ast.walk(own.tree) if isinstance(node, ast.stmt)]
    others = {node.lineno for node in statements if node is not own.tree} & own.shown.keys()
    if len(set(sums)) != 1:
        return None
    calls = direct_calls(own.task, own.function)[:_SIMPLEST]
    if not any(seen is not None and sums[0] in seen.lines for seen in map(own.follow, calls)):
        return None
    why = "Yes: there the examples are added up, and their axis is gone."
    options = {own.code_of(sums[0]): Option(own.code_of(sums[0]), why, True)}
    for line in sorted(others - set(sums)):
        options.setdefault(own.code_of(line), Option(own.code_of(line), "Not there."))
    chosen = _enough(options)
    return ("In which line are the examples of the batch added up?", chosen) if chosen else None


def _adds_up(node: ast.AST) -> bool:
    """Whether a piece of code sums or averages over the first axis."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
        return isinstance(node.left, ast.Attribute) and node.left.attr == "T"
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        return False
    axes = [key.value for key in node.keywords if key.arg == "axis"]
    return node.func.attr in ("sum", "mean") and any(
        isinstance(axis, ast.Constant) and axis.value == 0 for axis in axes
    )


def _which_sign(own: Own, rng: np.random.Generator) -> Made:
    """What comes out if a plus becomes a minus, or a minus a plus?"""
    signs = [
        node
        for node in ast.walk(own.tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add | ast.Sub)
        and node.lineno in own.shown
    ]
    for call in shuffled(own.calls[:_SIMPLEST], rng):
        now = short(call.value)
        outcomes = {place: _with_sign(own, place, call) for place in range(len(signs))}
        for place in rng.permutation(len(signs)):
            flipped = outcomes[int(place)]
            if flipped is None or flipped == now:
                continue
            options = {flipped: Option(flipped, "Yes: that is what comes out.", True)}
            options[now] = Option(now, "That is what comes out as it is now.")
            for other in [*outcomes.values(), short(-np.asarray(call.value, dtype=float))]:
                if other is not None:
                    options.setdefault(other, Option(other, f"It becomes {flipped}."))
            chosen = _enough(options)
            if chosen:
                node = signs[int(place)]
                old, new = ("+", "-") if isinstance(node.op, ast.Add) else ("-", "+")
                where = ast.get_source_segment("\n".join(own.lines), node) or ""
                return (
                    f"In line {own.shown[node.lineno]}, the `{old}` of `{where}` becomes a "
                    f"`{new}`. What does `{case_text(own.task, call)}` return then?",
                    chosen,
                )
    return None


def _with_sign(own: Own, place: int, call: Call) -> str | None:
    """The result of a call with one sign changed; None if it has none that could be shown."""
    tree = ast.parse("\n".join(own.lines))
    signs = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Add | ast.Sub)
        and node.lineno in own.shown
    ]
    node = signs[place]
    node.op = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
    scope = dict(own.function.__globals__)
    try:
        exec(compile(tree, "<your code with another sign>", "exec"), scope)
    except Exception:  # a default value may raise
        return None
    seen = follow(scope[own.tree.name], call.args, call.kwargs)
    if seen is None or not isinstance(seen.value, int | float | np.ndarray | np.number):
        return None
    return short(seen.value)


def _which_branch(own: Own, rng: np.random.Generator) -> Made:
    """Which input makes a branch run?"""
    branches = [node for node in ast.walk(own.tree) if isinstance(node, ast.If)]
    ran = [(call, seen) for call in own.calls if (seen := own.follow(call)) is not None]
    for place in rng.permutation(len(branches)):
        line = branches[place].body[0].lineno
        if line not in own.shown:
            continue
        inside = {case_text(own.task, call) for call, seen in ran if line in seen.lines}
        outside = sorted({case_text(own.task, call) for call, _ in ran} - inside)
        if not inside or len(outside) < _FEWEST - 1:
            continue
        right = sorted(inside)[int(rng.integers(len(inside)))]
        why = f"Yes: with it line {own.shown[line]} runs."
        options = [Option(f"`{right}`", why, True)]
        options += [
            Option(f"`{text}`", f"With it line {own.shown[line]} is passed over.")
            for text in outside[: _MOST - 1]
        ]
        return f"Which of these calls makes line {own.shown[line]} run?", options
    return None

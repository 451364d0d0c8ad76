"""A learner's own function, read: its tree, its lines as a question shows them, and its calls.

The calls are those that the exercise's checks make. A call is shown whole if it is short; else by
the shapes of what goes in, which is enough for a question about shapes.

Not here: the questions (`own_lines`, `own_shapes`, `own_signs`).
"""

import ast
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Call
from annkit.exercises.calls.followed import Followed, follow
from annkit.exercises.cards.case import case_text, given, handed
from annkit.exercises.cards.values import short
from annkit.exercises.tasks.question import Option
from annkit.exercises.tasks.task import Exercise
from annkit.exercises.understanding.own_numbers import FEWEST, MOST, calls_made
from annkit.source.definitions import NoSource, function_source

Made = tuple[str, list[Option]] | None
"""The prompt and the options of a question, the right one among them."""

_LONGEST = 30  # lines of a function that is asked about
_LINE, _BLOCK = 90, 200  # characters of a call that is shown whole, within a line or below it
_FORM = 90  # characters of one input's form
_MANY = 12  # calls that are looked at
_SIMPLE = (ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Expr, ast.Return)


@dataclass(frozen=True)
class Own:
    """The learner's function, read.

    Attributes:
        task: the exercise it passed.
        function: the function.
        tree: its definition; lines are counted from the definition's first.
        lines: its text.
        shown: line → the number it is shown with, the docstring left out.
        whole: direct calls that can be shown whole, the shortest first.
        calls: calls of which at least the shapes can be shown, the most telling first.
    """

    task: Exercise
    function: FunctionType
    tree: ast.FunctionDef
    lines: list[str]
    shown: dict[int, int]
    whole: list[Call]
    calls: list[Call]

    @property
    def text(self) -> str:
        """The function with numbered lines, for a question."""
        rows = [f"{number:>2}  {self.lines[line - 1]}" for line, number in self.shown.items()]
        return "```\n" + "\n".join(rows) + "\n```"

    def code_of(self, line: int) -> str:
        """A line as an option shows it."""
        return f"line {self.shown[line]}: `{self.lines[line - 1].strip()}`"

    def words(self, call: Call) -> str:
        """How a question begins that is about a call."""
        text = case_text(self.task, call)
        if is_whole(call, text):
            return f"You call `{text}`." if "\n" not in text else f"You call\n\n```\n{text}\n```"
        return self.forms(call)

    def forms(self, call: Call) -> str:
        """The same of a call of which the shapes are enough."""
        forms = {name: form(value) for name, value in (given(self.task, call) or {}).items()}
        width = max(map(len, forms), default=0)
        rows = "\n".join(f"{name.ljust(width)}  {told}" for name, told in forms.items())
        return f"You call `{self.task.object_name}` with\n\n```\n{rows}\n```"

    def follow(
        self, call: Call, look_at: Mapping[int, Sequence[str]] | None = None
    ) -> Followed | None:
        """What a call does, its lines counted as the text is."""
        first = self.function.__code__.co_firstlineno - 1
        looked = {line + first: texts for line, texts in (look_at or {}).items()}
        seen = follow(self.function, *handed(call), looked)
        if seen is None:
            return None
        return Followed(
            seen.value,
            [line - first for line in seen.lines],
            {line - first: names for line, names in seen.shapes.items()},
            {line - first: names for line, names in seen.numbers.items()},
            {(line - first, text): shape for (line, text), shape in seen.looked_at.items()},
        )

    def statements(self) -> Iterator[ast.stmt]:
        """The function's own statements that are shown, those of functions inside it left out."""
        waiting: list[ast.AST] = [*self.tree.body]
        while waiting:
            node = waiting.pop(0)
            if isinstance(node, ast.stmt) and node.lineno in self.shown:
                yield node
            if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.expr):
                waiting += ast.iter_child_nodes(node)

    def plain_statements(self) -> Iterator[ast.stmt]:
        """Those of one line that do one thing, and no loop hidden in an expression."""
        for node in self.statements():
            hidden = any(isinstance(n, ast.comprehension | ast.Lambda) for n in ast.walk(node))
            if isinstance(node, _SIMPLE) and node.lineno == node.end_lineno and not hidden:
                yield node


def read_own(task: Exercise, answer: Any) -> Own | None:
    """Read a learner's function; None if it is none, or its text is not to be had, or too long."""
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
    return Own(task, answer, tree, lines, shown, *_calls(task, answer))


def _calls(task: Exercise, answer: Any) -> tuple[list[Call], list[Call]]:
    """The calls that can be shown whole, and those of which the shapes can be shown."""
    made = calls_made(task, answer)
    texts = {id(call): case_text(task, call) for call in made}
    whole = [call for call in made if is_whole(call, texts[id(call)])]
    whole.sort(key=lambda call: len(texts[id(call)]) + len(short(call.value)))
    telling = []
    for call in made:
        inputs = given(task, call)
        forms = [] if inputs is None else list(map(form, inputs.values()))
        if all(forms) and any("array" in told or told[-1:].isdigit() for told in forms):
            sizes = [size for told in forms for size in _sizes(told)]
            telling.append((len(sizes) - len({*sizes} - {"1"}), len("".join(forms)), call))
    telling.sort(key=lambda one: one[:2])
    return whole[:_MANY], [call for *_, call in telling][:_MANY]


def is_whole(call: Call, text: str) -> bool:
    """Whether a call can be shown as it is, and its result follows from what is shown."""
    if call.made_by is not None or any(sign in text for sign in ("...", "default_rng")):
        return False
    return len(text) <= (_BLOCK if "\n" in text else _LINE)


def form(value: Any) -> str:
    """A value by its form: arrays by their shapes; empty if that is not short."""
    text = _form(value)
    return text if len(text) <= _FORM else ""


def _form(value: Any) -> str:
    if isinstance(value, np.ndarray):
        return f"an array {value.shape}" if value.ndim else short(value)
    if isinstance(value, list | tuple) and len(value) <= 4:
        start, end = "[]" if isinstance(value, list) else "()"
        return start + ", ".join(map(_form, value)) + end
    if isinstance(value, np.random.Generator):
        return "a generator"
    if callable(value):
        return "a function"
    return short(value) if isinstance(value, bool | int | float | str | np.generic) else " " * 999


def _sizes(told: str) -> list[str]:
    """The sizes of all axes that a form names."""
    return [
        word
        for word in told.replace("(", " ").replace(",", " ").replace(")", " ").split()
        if word.isdigit()
    ]


def enough(options: Mapping[str, Option]) -> list[Option] | None:
    """The options, the right ones first among them, if there are enough."""
    return list(options.values())[:MOST] if len(options) >= FEWEST else None

"""A cell as Python: IPython's own transformer says what it runs, and what of that can be read.

`%time x = 1` runs Python, `%matplotlib inline` changes nothing an answer is made of, and what any
other magic does cannot be read from the text. Of most magics IPython evaluates what stands in
braces or after a dollar sign, so such a line hides something whatever it begins with.

Not here: what the Python lines say (`names`), the shell that runs them
(`annkit.grading.sandbox.untrusted.shell`).
"""

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

# A line for IPython calls it, whatever it means in the notebook.
CALLED_BY_MAGICS = "get_ipython"
# Magics that change nothing an answer is made of → what may follow them.
_IDLE = {
    "matplotlib": re.compile(r"[\w-]*"),
    "load_ext": re.compile(r"autoreload"),
    "autoreload": re.compile(r"\w*"),
    "precision": re.compile(r"[\w%.]*"),
    "pip": re.compile(r"[^{$]*"),
    "conda": re.compile(r"[^{$]*"),
    "pinfo": re.compile(r"[\w.*%]+"),
    "pinfo2": re.compile(r"[\w.*%]+"),
    "psearch": re.compile(r"[\w.*%]+"),
    "config": re.compile(
        r"[\w.]+\s*=\s*('[^'{$]*'|\"[^\"{$]*\"|\w+|[\d.]+|[{\[]('\w*'|[\s,])*[}\]])"
    ),
}
_SHELL = re.compile(r"[^{$]*")
# They run what follows: a line, or the lines below.
_TIMED = ("time", "timeit")
_READ_THROUGH = ("time", "capture")
# How often `timeit` repeats, which says nothing of what.
_HOW_OFTEN = re.compile(r"^(-[nr]\s*\d+\s+|-[qoct]+\s+)*")
_OPTIONS = re.compile(r"[\w\s-]*")
# What IPython strips, and what a line for IPython has.
_STRIPPED = re.compile(r"^\s*(?:>>>|\.\.\.|In \[)", re.MULTILINE)
_FOR_IPYTHON = re.compile(r"^\s*[,;/]|[?%!]", re.MULTILINE)
# IPython gives up after so many magics; a cell is read over and over, once for each.
_MAGICS, _LETTERS, _LONG = 500, 500_000, 50_000
# To read a call for help takes the square of its length.
_HELP = 1_000
# A tree takes a hundred times its text: those of texts with more letters are not kept.
_KEPT = 5_000


@dataclass(frozen=True)
class CellCode:
    """What IPython runs of a cell.

    Attributes:
        tree: its Python, every line at its place, without what only IPython understands; None if
            it is none. Whoever asks again gets the same tree: it is not to be changed.
        hidden: the first line that runs what cannot be read; 0 if none does.
    """

    tree: ast.Module | None
    hidden: int = 0


def plain_python(source: str) -> ast.Module | None:
    """The syntax tree of what IPython runs of a cell; None if it is no Python."""
    return read_cell(source).tree


def read_cell(source: str) -> CellCode:
    """What IPython runs of a cell."""
    return _kept(source) if len(source) <= _KEPT else _read(source)


def _read(source: str) -> CellCode:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _Reading().of(_tree(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError, RuntimeError):
        return CellCode(None)


_kept = lru_cache(maxsize=512)(_read)


def _tree(source: str) -> ast.Module:
    """What Python makes of what IPython makes of a cell."""
    if not _STRIPPED.search(source) and not source.lstrip("\n")[:1].isspace():
        # Prompts and indentation aside, IPython leaves alone whatever is Python already.
        try:
            return ast.parse(source)
        except SyntaxError:
            if not _FOR_IPYTHON.search(source):
                raise
    return ast.parse(_transformed(source))


def _transformed(source: str) -> str:
    """The cell as IPython's transformer gives it, every line at its place.

    Raises:
        RuntimeError: IPython would give up, or reading it would take too long.
        SyntaxError: a line for IPython is none.
    """
    if len(source) > _LONG:
        raise RuntimeError("too long for a cell with magics")
    manager = _manager()
    lines = (source if source.endswith("\n") else f"{source}\n").splitlines(keepends=True)
    above = 0
    for transform in (*manager.cleanup_transforms, *manager.line_transforms):
        count = len(lines)
        lines = transform(lines)
        if lines and transform in manager.cleanup_transforms:
            above += count - len(lines)
    left = _LETTERS
    for _ in range(_MAGICS):
        left -= sum(map(len, lines))
        if left < 0:
            break
        changed, after = manager.do_one_token_transform(lines)
        if not changed:
            return "\n" * above + "".join(lines)
        lines = _at_their_places(lines, after)
    raise RuntimeError("too much for IPython, or for whoever reads it")


@cache
def _manager() -> Any:
    """IPython's transformer; loaded when the first cell is read."""
    from IPython.core.inputtransformer2 import HelpEnd, TransformerManager

    class BriefHelp(HelpEnd):
        """Refuses what would take long; IPython's own would read on."""

        def transform(self, lines: list[str]) -> list[str]:
            if sum(map(len, lines[self.start_line : self.q_line + 1])) > _HELP:
                raise RuntimeError("a call for help is that long")
            transformed: list[str] = super().transform(lines)  # type: ignore[no-untyped-call]
            return transformed

    manager = TransformerManager()
    manager.token_transformers = [
        BriefHelp if one is HelpEnd else one for one in manager.token_transformers
    ]
    return manager


def _at_their_places(before: list[str], after: list[str]) -> list[str]:
    """Lines after a transformation, with empty ones where it made one line of several."""
    pairs = enumerate(zip(before, after, strict=False))
    place = next((at for at, (old, new) in pairs if old != new), len(after) - 1)
    return [*after[: place + 1], *["\n"] * (len(before) - len(after)), *after[place + 1 :]]


class _Reading(ast.NodeTransformer):
    """Puts what magics run in their place, and remembers the first line that hides something."""

    def __init__(self) -> None:
        """Nothing is hidden yet."""
        self.hidden = 0

    def of(self, tree: ast.Module) -> CellCode:
        """Read a whole cell."""
        body: list[ast.stmt] = []
        for node in tree.body:
            done = self.visit(node)
            body += done if isinstance(done, list) else [done]
        tree.body = [node for node in body if not isinstance(node, ast.Pass)]
        return CellCode(tree, self.hidden)

    def visit_Expr(self, node: ast.Expr) -> ast.stmt | list[ast.stmt]:
        """A statement that may be nothing but a magic."""
        magic = _magic(node.value)
        if magic is None:
            self.generic_visit(node)
            return node
        statements = _statements_run(magic, node.lineno)
        if statements is None:
            self._hide(magic, node)
            statements = []
        nothing = ast.copy_location(ast.Pass(), node)
        return list(self._visited(statements)) or nothing

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A magic whose value is used."""
        magic = _magic(node)
        if magic is None:
            self.generic_visit(node)
            return node
        self._hide(magic, node)
        return ast.copy_location(ast.Constant(None), node)

    def _visited(self, statements: list[ast.stmt]) -> Iterator[ast.stmt]:
        for statement in statements:
            done = self.visit(statement)
            yield from done if isinstance(done, list) else [done]

    def _hide(self, magic: tuple[str, ...], node: ast.expr | ast.stmt) -> None:
        if not _is_idle(magic) and not self.hidden:
            self.hidden = node.lineno


def _magic(node: ast.AST) -> tuple[str, ...] | None:
    """What `get_ipython().run_line_magic("time", "x = 1")` and its like are called with."""
    match node:
        case ast.Call(
            func=ast.Attribute(
                value=ast.Call(func=ast.Name(id=called), args=[], keywords=[]), attr=name
            ),
            args=args,
            keywords=[],
        ) if called == CALLED_BY_MAGICS and name in (
            "run_line_magic",
            "run_cell_magic",
            "system",
            "getoutput",
        ):
            given = [arg.value for arg in args if isinstance(arg, ast.Constant)]
            if len(given) == len(args):
                return (name, *map(str, given))
    return None


def _is_idle(magic: tuple[str, ...]) -> bool:
    match magic:
        case ("system", line):
            return _SHELL.fullmatch(line) is not None
        case ("run_line_magic", name, line) if name in _IDLE:
            return _IDLE[name].fullmatch(line.strip()) is not None
    return False


def _statements_run(magic: tuple[str, ...], line: int) -> list[ast.stmt] | None:
    """The statements that a magic runs; None if that cannot be read."""
    match magic:
        case ("run_line_magic", name, text) if name in _TIMED:
            text = _HOW_OFTEN.sub("", text) if name == "timeit" else text
            if text.startswith("-"):
                return None
            above = line - 1
        case ("run_cell_magic", name, options, text) if (
            name in _READ_THROUGH and _OPTIONS.fullmatch(options)
        ):
            above = line
        case _:
            return None
    tree = ast.parse(_transformed(text))
    return list(ast.increment_lineno(tree, above).body)

"""A chapter's source, read: its cells in order, each with the line it starts on.

A chapter is a Python script in cells (`# %%`, `# %% [markdown]`). An exercise stands in it as a
cell of one line, `from sigmoid import sigmoid`.

Not here: what becomes of a cell (`cells`), whether the cells fit together (`rules`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annkit.publish.errors import BuildError

AUTHOR = "author"
_MARKER = re.compile(r"# %%")
_PLACEMENT = re.compile(r"from (?P<file>\w+) import (?P<name>\w+)")


@dataclass(frozen=True)
class SourceCell:
    """One cell of a chapter's source.

    Attributes:
        kind: `"code"`, `"markdown"` or `"raw"`.
        source: its text, for Markdown without the comment signs.
        line: the line of its first line of text in the chapter's file.
        metadata: what stands behind its `# %%`.
    """

    kind: str
    source: str
    line: int
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def for_authors(self) -> bool:
        """Whether the cell runs in the script only and is left out of the notebook."""
        return AUTHOR in self.metadata.get("tags", ())


@dataclass(frozen=True)
class Chapter:
    """A chapter's source.

    Attributes:
        path: its `chapter.py`.
        cells: its cells, those for authors included.
    """

    path: Path
    cells: tuple[SourceCell, ...]

    @property
    def name(self) -> str:
        """The name of its folder, like `"ch03_activations"`."""
        return self.path.parent.name

    @property
    def number(self) -> int:
        """The number printed before its exercises, 3 for `"ch03_activations"`."""
        digits = re.match(r"ch(\d+)_", self.name)
        if digits is None:
            raise BuildError(self.path, 1, f"the folder {self.name} is not called chNN_name")
        return int(digits[1])

    def placed(self, cell: SourceCell) -> str | None:
        """The exercise file a cell stands for, without `.py`; None for an ordinary cell."""
        match = _PLACEMENT.fullmatch(cell.source) if cell.kind == "code" else None
        if match is None:
            return None
        is_local = (self.path.parent / f"{match['file']}.py").is_file()
        if not is_local and match["file"] != match["name"]:
            return None
        if not is_local:
            near = ", ".join(sorted(path.stem for path in self.path.parent.glob("*.py")))
            raise BuildError(
                self.path, cell.line, f"no {match['file']}.py beside the chapter; there is {near}"
            )
        return match["file"]


def read_chapter(path: Path) -> Chapter:
    """Read a chapter's source.

    Args:
        path: a `chapter.py` in py:percent.

    Returns:
        Its cells. What stands above the first `# %%` (a docstring, remarks for the linter) is the
        script's own and no cell, and so are remarks for the formatter at the end of a line.

    Raises:
        BuildError: a `# %%` stands where no cell starts, so that lines could not be told.
    """
    import jupytext

    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines, start=1) if _MARKER.match(line)]
    if not starts:
        raise BuildError(path, 1, "no cell: a chapter's cells start with # %%")
    body = "\n".join(lines[starts[0] - 1 :])
    nodes = jupytext.reads(body, fmt="py:percent").cells
    if len(nodes) != len(starts):
        raise BuildError(path, starts[0], "# %% may stand only where a cell starts")
    cells = []
    for node, start in zip(nodes, starts, strict=True):
        metadata = {key: value for key, value in node.metadata.items() if key not in _INTERNAL}
        first = next(
            (n for n in range(start, len(lines)) if lines[n].strip() not in ("", "#")), start
        )
        source = _FOR_THE_FORMATTER.sub("", node.source).strip("\n")
        cells.append(SourceCell(node.cell_type, source, first + 1, metadata))
    return Chapter(path, tuple(cells))


_FOR_THE_FORMATTER = re.compile(r"  # fmt: skip$", re.MULTILINE)
_INTERNAL = ("lines_to_next_cell", "lines_to_end_of_cell_marker")

"""Reading a notebook that was handed in: whatever is in the file, cells come out, or a reason.

A submission is untrusted data. Nothing is assumed of it but that it may be JSON: sizes are
capped, types are checked, odd characters are replaced. What cannot be read as cells at all is
`UnreadableNotebook`, said in words for the teacher.

Not here: which cell answers what (`rebuild`).
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

MAX_BYTES = 64 * 2**20
MAX_CELLS = 400
# All text together, and all code. Chapters hold a fifth of that; more takes the grader too long.
MAX_TOTAL = 1_000_000
MAX_CODE = 300_000
MAX_SOURCE = 200_000
MAX_OUTPUTS = 50
# Brackets, commas and colons: a bound on the objects a file becomes, and so on memory.
MAX_PARTS = 1_000_000


class UnreadableNotebook(Exception):
    """The file holds no cells that could be read; the text says why."""


@dataclass(frozen=True)
class LooseCell:
    """A cell as it was handed in.

    Attributes:
        kind: "code", "markdown" or "raw".
        source: its text.
        ids: all the ids it carries: of an answer, of nbgrader, of the cell; may be empty.
        outputs: what the file says it showed; nothing in there is checked.
    """

    kind: str
    source: str
    ids: tuple[str, ...]
    outputs: tuple[Any, ...] = field(default=(), repr=False)


def read_bytes(path: Path) -> bytes:
    """Read a file that was handed in.

    Raises:
        UnreadableNotebook: with the reason in words.
    """
    try:
        # A link would be followed to files that are not the learner's to hand in.
        if path.is_symlink() or not path.is_file():
            raise UnreadableNotebook("it is a link, or no ordinary file")
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableNotebook(f"it is larger than {MAX_BYTES // 2**20} MB")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableNotebook(f"it cannot be read ({error.strerror})") from None


def read_cells(path: Path) -> list[LooseCell]:
    """Read the cells of a notebook file.

    Raises:
        UnreadableNotebook: with the reason in words.
    """
    return parse_cells(read_bytes(path))


def parse_cells(data: bytes) -> list[LooseCell]:
    """Read the cells out of a file's content; see `read_cells`."""
    if len(data) > MAX_BYTES:
        raise UnreadableNotebook(f"it is larger than {MAX_BYTES // 2**20} MB")
    if not data.strip():
        raise UnreadableNotebook("the file is empty")
    if sum(map(data.count, (b"[", b"{", b",", b":"))) > MAX_PARTS:
        raise UnreadableNotebook(f"it has more than {MAX_PARTS:,} parts")
    try:
        notebook = json.loads(data)
    except (ValueError, RecursionError, MemoryError):
        raise UnreadableNotebook("it is not JSON: truncated, or not a notebook") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise UnreadableNotebook("it has no list of cells: another kind of file, or a very old one")
    read = [_cell(cell) for cell in cells[:MAX_CELLS] if isinstance(cell, dict)]
    if sum(len(cell.source) for cell in read) > MAX_TOTAL:
        raise UnreadableNotebook(f"it holds more than {MAX_TOTAL:,} characters of text")
    if sum(len(cell.source) for cell in read if cell.kind == "code") > MAX_CODE:
        raise UnreadableNotebook(f"it holds more than {MAX_CODE:,} characters of code")
    return read


def _cell(cell: dict[str, Any]) -> LooseCell:
    kind = cell.get("cell_type")
    outputs = cell.get("outputs")
    return LooseCell(
        kind if kind in ("code", "markdown") else "raw",
        text(cell.get("source")),
        tuple(dict.fromkeys(_ids(cell))),
        tuple(outputs[:MAX_OUTPUTS]) if isinstance(outputs, list) else (),
    )


def text(source: Any) -> str:
    """A text of a notebook, a string or a list of strings, as a clean string; "" if it is none."""
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    if not isinstance(source, str):
        return ""
    # Lone surrogates and null bytes can be written in JSON, and nowhere else.
    clean = source[:MAX_SOURCE].encode("utf-8", "replace").decode("utf-8")
    return clean.replace("\0", "�")


def _ids(cell: dict[str, Any]) -> list[str]:
    metadata = cell.get("metadata")
    own = metadata if isinstance(metadata, dict) else {}
    found = [cell.get("id")]
    for key, name in (("annkit", "answers"), ("nbgrader", "grade_id")):
        part = own.get(key)
        found.insert(0, part.get(name) if isinstance(part, dict) else None)
    return [id for id in found if isinstance(id, str) and id]

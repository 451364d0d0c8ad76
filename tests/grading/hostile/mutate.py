"""Damaged notebooks: a solved one, changed at random in its bytes or in its structure.

Not here: what must hold for them (`test_fuzz`).
"""

import copy
import json
import random
from collections.abc import Callable
from typing import Any

Notebook = dict[str, Any]
_ODD: list[Any] = [
    None,
    0,
    -1,
    1e308,
    True,
    "",
    "\0",
    "\ud800",
    "\u0455igmoid",
    [],
    {},
    [[]],
    {"a": 1},
    ["x", None, 3],
    "x" * 10_000,
    "if",
    "import os; os._exit(1)",
]


def _cells(notebook: Notebook) -> list[Any]:
    cells = notebook["cells"]
    return cells if isinstance(cells, list) and cells else [{}]


def delete(notebook: Notebook, rng: random.Random) -> None:
    """A cell is gone."""
    del _cells(notebook)[rng.randrange(len(_cells(notebook)))]


def double(notebook: Notebook, rng: random.Random) -> None:
    """A cell is there twice, ids and all."""
    cell = rng.choice(_cells(notebook))
    _cells(notebook).insert(rng.randrange(len(_cells(notebook)) + 1), copy.deepcopy(cell))


def shuffle(notebook: Notebook, rng: random.Random) -> None:
    """The cells are in another order."""
    rng.shuffle(_cells(notebook))


def retype(notebook: Notebook, rng: random.Random) -> None:
    """A cell is of another type."""
    cell = rng.choice(_cells(notebook))
    if isinstance(cell, dict):
        cell["cell_type"] = rng.choice(["code", "markdown", "raw", "heading", None, 7])


def swap_ids(notebook: Notebook, rng: random.Random) -> None:
    """Two cells have each other's ids."""
    a, b = rng.choice(_cells(notebook)), rng.choice(_cells(notebook))
    if isinstance(a, dict) and isinstance(b, dict):
        a["metadata"], b["metadata"] = b.get("metadata"), a.get("metadata")
        a["id"], b["id"] = b.get("id"), a.get("id")


def split(notebook: Notebook, rng: random.Random) -> None:
    """A cell is cut in two; both halves keep its ids."""
    place = rng.randrange(len(_cells(notebook)))
    cell = _cells(notebook)[place]
    if isinstance(cell, dict) and isinstance(cell.get("source"), str):
        cut = rng.randrange(len(cell["source"]) + 1)
        second = copy.deepcopy(cell)
        cell["source"], second["source"] = cell["source"][:cut], cell["source"][cut:]
        _cells(notebook).insert(place + 1, second)


def merge(notebook: Notebook, rng: random.Random) -> None:
    """Two neighbours become one cell."""
    cells = _cells(notebook)
    if len(cells) > 1:
        place = rng.randrange(len(cells) - 1)
        if isinstance(cells[place], dict) and isinstance(cells[place + 1], dict):
            texts = [str(cells[place + i].get("source", "")) for i in (0, 1)]
            cells[place]["source"] = "\n".join(texts)
            del cells[place + 1]


def odd_value(notebook: Notebook, rng: random.Random) -> None:
    """Any value anywhere is replaced by an odd one."""
    node: Any = notebook
    for _ in range(rng.randrange(1, 6)):
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = rng.choice(keys)
        inner = node[key]
        if not isinstance(inner, dict | list) or not inner or rng.random() < 0.2:
            node[key] = rng.choice(_ODD)
            return
        node = inner


def edit_source(notebook: Notebook, rng: random.Random) -> None:
    """A few characters of a cell's text are changed."""
    cell = rng.choice(_cells(notebook))
    if isinstance(cell, dict) and isinstance(cell.get("source"), str) and cell["source"]:
        text = list(cell["source"])
        for _ in range(rng.randrange(1, 5)):
            text[rng.randrange(len(text))] = rng.choice("()[]:=+-\n\t '\"\\%!?zé\0")
        cell["source"] = "".join(text)


STRUCTURE: list[Callable[[Notebook, random.Random], None]] = [
    delete,
    double,
    shuffle,
    retype,
    swap_ids,
    split,
    merge,
    odd_value,
    odd_value,
    edit_source,
    edit_source,
]


def damaged(solved: bytes, seed: int) -> bytes:
    """One damaged copy of a solved notebook."""
    rng = random.Random(seed)
    if rng.random() < 0.3:
        return _damaged_bytes(bytearray(solved), rng)
    notebook = json.loads(solved)
    for _ in range(rng.randrange(1, 5)):
        if not isinstance(notebook, dict) or "cells" not in notebook:
            break
        rng.choice(STRUCTURE)(notebook, rng)
    return json.dumps(notebook).encode("utf-8")


def _damaged_bytes(data: bytearray, rng: random.Random) -> bytes:
    kind = rng.randrange(5)
    if kind == 0:
        return bytes(data[: rng.randrange(len(data))])
    if kind == 1:
        for _ in range(rng.randrange(1, 20)):
            data[rng.randrange(len(data))] = rng.randrange(256)
    elif kind == 2:
        start = rng.randrange(len(data))
        del data[start : start + rng.randrange(200)]
    elif kind == 3:
        place = rng.randrange(len(data))
        data[place:place] = rng.randbytes(rng.randrange(1, 50))
    else:
        return rng.choice(
            [b"", b"\0" * 100, b"[" * 100_000, b"null", b'{"cells": {}}', b"\xff\xfe"]
        )
    return bytes(data)

"""The texts of a notebook's cells as one number, by which work in it is recognised.

Building a notebook writes the number down in it. As long as it is right, nobody has typed there.

Not here: what the texts define (`definitions`).
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def texts_digest(notebook: Mapping[str, Any]) -> str:
    """A digest of the cells' kinds and texts; a text may be in lines, as in a file."""
    texts = [[cell["cell_type"], "".join(cell["source"])] for cell in notebook["cells"]]
    return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def digest_as_built(notebook: Mapping[str, Any]) -> str | None:
    """The digest that building a notebook wrote down in it: one for each edition; None if none."""
    built = notebook.get("metadata", {}).get("annkit", {}).get("sha256")
    return None if built is None else str(built)


def is_worked_in(notebook: Mapping[str, Any]) -> bool:
    """Whether the cells' texts differ from those that a notebook was built with."""
    return digest_as_built(notebook) != texts_digest(notebook)

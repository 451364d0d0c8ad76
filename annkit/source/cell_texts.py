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


def is_worked_in(notebook: Mapping[str, Any]) -> bool:
    """Whether the cells' texts differ from those that a notebook was built with."""
    built = notebook.get("metadata", {}).get("annkit", {}).get("sha256")
    return bool(built != texts_digest(notebook))

"""Putting a card in front of the learner: as an output of the cell, or on the terminal.

Not here: what is on it (`card`, `progress_map`).
"""

import sys
from typing import Any


def shell() -> Any:
    """The running IPython shell, or None; IPython is never imported to find out."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def in_kernel() -> bool:
    """Whether a notebook's kernel is running, which can show HTML, pictures and widgets."""
    running = shell()
    return running is not None and getattr(running, "kernel", None) is not None


def present(thing: Any) -> None:
    """Show a card: rich where IPython runs, else its plain text on standard output."""
    if shell() is not None:
        from IPython.display import display

        display(thing)
        return
    text = repr(thing)
    try:
        print(text)
    except UnicodeEncodeError:  # a console with a small alphabet
        encoding = sys.stdout.encoding or "ascii"
        print(text.encode(encoding, "replace").decode(encoding))

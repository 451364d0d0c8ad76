"""What to do about a name that is not defined: an extension that every notebook's kernel loads.

After a restart a notebook looks as it did, and its kernel knows nothing. The first cell that is
run then fails, often at `check`, before annkit is imported at all. So the environment itself
loads this, by `ipython_kernel_config.json` in its `etc/ipython`; above Python's own words stands
a card that says what to run.

Not here: errors inside an answer (`annkit.exercises.cards.error_in_words`).
"""

import os
from types import TracebackType
from typing import Any

_VERBS = {
    *("again", "check", "contents", "export_work", "hint", "import_work", "last_page"),
    *("progress", "quiz", "solution", "today"),
}


def load_ipython_extension(shell: Any) -> None:
    """Ask IPython to call this module at a NameError; where marks are made nothing changes."""
    if not os.environ.get("NBGRADER_EXECUTION"):
        shell.set_custom_exc((NameError,), _explain)


def _explain(
    shell: Any,
    kind: type[NameError],
    error: NameError,
    traceback: TracebackType,
    tb_offset: int | None = None,
) -> None:
    from annkit.show.cards.card import Card, Prose, present

    name = error.name
    if name and not isinstance(error, UnboundLocalError):
        is_kept = _module_of(traceback) == "my_ann"
        head, text = _kept(name) if is_kept else _words(name, _own_names(shell))
        present(Card(head, "", (Prose(text),), "plain"))
    shell.showtraceback((kind, error, traceback), tb_offset, running_compiled_code=True)


def _module_of(traceback: TracebackType | None) -> str:
    """The module whose code failed."""
    name = ""
    while traceback is not None:
        name = str(traceback.tb_frame.f_globals.get("__name__", ""))
        traceback = traceback.tb_next
    return name


def _kept(name: str) -> tuple[str, str]:
    return (
        f"In my_ann.py nothing is called {name}",
        "What was kept there uses it, and it could not be kept with it: the lines below say where. "
        "Define it there, outside the marks; or write your function without it, and check again.",
    )


def _own_names(shell: Any) -> set[str]:
    """The names that cells have defined since the kernel started."""
    hidden = shell.user_ns_hidden
    return {name for name in shell.user_ns if not name.startswith("_") and name not in hidden}


def _words(name: str, known: set[str]) -> tuple[str, str]:
    if name in _VERBS and "check" in known:  # the chapter's imports have run, without this one
        return (
            f"This chapter does not import {name}",
            f"It is one of the course's own. Put `from annkit import {name}` above it, and run "
            "this cell again.",
        )
    if not known or name in _VERBS:
        return (
            "The kernel has started afresh",
            f"It does not know `{name}` yet. Choose *Run* → *Run All Above Selected Cell*, then "
            "run this cell again. What you have passed is kept.",
        )
    return (
        f"Nothing is called {name} yet",
        "No cell that has run since the kernel started defines it. If a cell above does, run "
        "that one first; if none does, look at the spelling.",
    )

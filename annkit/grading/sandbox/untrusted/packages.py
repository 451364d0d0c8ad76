"""What a fork has loaded already, so that no submission waits for it and none counts it as work.

Everybody needs a shell and what verbs do. Drawing, formulas and widgets take longer to load than
all of that, and most chapters' answers use none of them: the parent loads one when the first
submission names it, and keeps it. A submission that hides the name loads the package by itself,
in its own time.

What answers are asked for is not among it: whatever is in memory can be found there.

Not here: the fork (`parent`).
"""

import gc
import importlib
from collections.abc import Iterable

from annkit.grading.sandbox.untrusted.shell import draw_without_a_screen

_ALWAYS = ("annkit.exercises.verbs", "annkit.data")
_NAMED = {
    "drawing": ("matplotlib.pyplot", "annkit.show"),
    "formulas": ("sympy", "annkit.symbolic.transport"),
    "widgets": ("ipywidgets",),
}
_WORDS = {
    "drawing": ("matplotlib", "pyplot", "pylab", "show."),
    "formulas": ("sympy",),
    "widgets": ("widgets",),
}


def named_in(sources: Iterable[str]) -> list[str]:
    """What to load for these cells: names for `load`."""
    text = "\n".join(sources)
    return [name for name, words in _WORDS.items() if any(word in text for word in words)]


def load_always() -> None:
    """Load what every submission needs."""
    _import_and_keep(_ALWAYS)


def load(names: Iterable[str]) -> None:
    """Load what `named_in` has found; what is loaded already costs nothing."""
    for name in names:
        if modules := _NAMED.pop(name, ()):
            _import_and_keep(modules)
            if name == "drawing":
                draw_without_a_screen()


def _import_and_keep(modules: Iterable[str]) -> None:
    for module in modules:
        importlib.import_module(module)
    # A fork shares what its collector leaves alone.
    gc.collect()
    gc.freeze()

"""annkit: a course on neural networks, and the library it arrives at.

What a learner types is here: `check`, `hint`, `solution`, `progress`, `quiz` and what else
`_VERBS` names, and the modules `nn`, `data`, `show`. Each is loaded when it is first used, so
importing annkit costs nothing.

Not here: anything else. The exercises' framework is `annkit.exercises`.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

import annkit.moved  # noqa: F401

if TYPE_CHECKING:  # what a type checker and an editor see; the interpreter uses __getattr__
    from annkit import data as data
    from annkit import nn as nn
    from annkit import show as show
    from annkit.exercises.checking import check as check
    from annkit.exercises.last_page import last_page as last_page
    from annkit.exercises.overview import contents as contents
    from annkit.exercises.overview import progress as progress
    from annkit.exercises.own_work import export_work as export_work
    from annkit.exercises.own_work import import_work as import_work
    from annkit.exercises.review import today as today
    from annkit.exercises.verbs import again as again
    from annkit.exercises.verbs import hint as hint
    from annkit.exercises.verbs import quiz as quiz
    from annkit.exercises.verbs import solution as solution

    __version__: str

_VERBS = {
    "again": "verbs",
    "check": "checking",
    "contents": "overview",
    "export_work": "own_work",
    "hint": "verbs",
    "import_work": "own_work",
    "last_page": "last_page",
    "progress": "overview",
    "quiz": "verbs",
    "solution": "verbs",
    "today": "review",
}
_MODULES = ("data", "exercises", "nn", "show", "symbolic")


def __getattr__(name: str) -> Any:
    if name in _VERBS:
        value = getattr(import_module(f"annkit.exercises.{_VERBS[name]}"), name)
    elif name in _MODULES:
        return import_module(f"annkit.{name}")
    elif name == "__version__":
        from annkit.distribution import version

        value = version()
    else:
        raise AttributeError(f"module 'annkit' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*_VERBS, *_MODULES, "__version__"])

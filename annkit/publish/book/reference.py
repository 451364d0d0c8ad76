"""The pages of the API: what is public in a package, module by module, from its own docstrings.

Not here: the docstrings, which stand beside the code; how they are read (`settings`).
"""

import importlib
import pkgutil
from collections.abc import Iterable
from typing import Any

import annkit

_VERBS = """The verbs
=========

What you type in a notebook, after ``from annkit import check, hint, solution, progress``.
"""


def package_page(name: str) -> str:
    """A page on all modules of a package, in reStructuredText.

    Args:
        name: dotted, like `"annkit.nn"`.
    """
    found = sorted(module.name for module in pkgutil.iter_modules(_package(name).__path__))
    modules = [_module(f"{name}.{one}", "-", ":members:") for one in found]
    return "\n".join([_module(name, "=", ":no-members:"), *modules])


def names_page(name: str) -> str:
    """A page on the names that a package hands out, wherever they are defined.

    Args:
        name: dotted, like `"annkit.exercises"`.
    """
    return f"{_module(name, '=', ':no-members:')}{_entries(name, _package(name).__all__)}"


def verbs_page() -> str:
    """A page on what a learner types."""
    verbs = [name for name in dir(annkit) if callable(getattr(annkit, name))]
    return f"{_VERBS}\n{_entries('annkit', verbs)}"


def _entries(package: str, names: Iterable[str]) -> str:
    """Names of a package as autodoc is asked for them."""
    entries = []
    for name in sorted(names):
        value = getattr(_package(package), name)
        if isinstance(value, type):
            entries.append(f".. autoclass:: {package}.{name}\n   :members:\n")
        elif callable(value):
            entries.append(f".. autofunction:: {package}.{name}\n")
        else:
            entries.append(f".. py:data:: {package}.{name}\n   :no-index:\n")
    return "\n".join(entries)


def _module(name: str, line: str, option: str) -> str:
    """A heading over what a module says of itself."""
    return f"{name}\n{line * len(name)}\n\n.. automodule:: {name}\n   {option}\n\n"


def _package(name: str) -> Any:
    return importlib.import_module(name)

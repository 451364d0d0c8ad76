"""The pages of the API: what is public in a package, module by module, from its own docstrings.

Not here: the docstrings, which stand beside the code; how they are read (`settings`).
"""

import importlib
import pkgutil
from collections.abc import Iterable


def package_page(name: str) -> str:
    """A page on all modules of a package, in reStructuredText.

    Args:
        name: dotted, like `"annkit.nn"`.
    """
    package = importlib.import_module(name)
    found = sorted(module.name for module in pkgutil.iter_modules(package.__path__))
    modules = [_module(f"{name}.{one}", "-", ":members:") for one in found]
    return "\n".join([_module(name, "=", ":no-members:"), *modules])


def names_page(name: str, names: Iterable[str] = (), title: str = "") -> str:
    """A page on the names that a package hands out, wherever they are defined.

    Args:
        name: dotted, like `"annkit.exercises"`.
        names: which; the package's `__all__` if empty.
        title: of the page; the package's name if empty.
    """
    package = importlib.import_module(name)
    handed_out = sorted(names or package.__all__)
    entries = [_entry(name, one, getattr(package, one)) for one in handed_out]
    return "\n".join([_module(name, "=", ":no-members:", title), *entries])


def _entry(package: str, name: str, value: object) -> str:
    """One name as autodoc is asked for it."""
    if isinstance(value, type):
        return f".. autoclass:: {package}.{name}\n   :members:\n"
    if callable(value):
        return f".. autofunction:: {package}.{name}\n"
    return f".. py:data:: {package}.{name}\n   :no-index:\n"


def _module(name: str, line: str, option: str, title: str = "") -> str:
    """A heading over what a module says of itself."""
    heading = title or name
    return f"{heading}\n{line * len(heading)}\n\n.. automodule:: {name}\n   {option}\n\n"

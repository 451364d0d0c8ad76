"""Formulas as objects: the only part of the package that imports SymPy.

`Derivation` is a chain of lines that are checked by measuring, `Slope` a slope that is not worked
out yet. `activation`, `loss` and `softmax` are the formulas of `annkit.nn`; `growth` counts what
derivatives cost. `transport` carries expressions as plain lists, `equivalence` decides whether two
are the same function. Everything is loaded on first use, so that `import annkit` does not load
SymPy.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from annkit.symbolic.derivation import Derivation as Derivation
    from annkit.symbolic.formula_growth import growth as growth
    from annkit.symbolic.formulas import activation as activation
    from annkit.symbolic.formulas import loss as loss
    from annkit.symbolic.formulas import softmax as softmax
    from annkit.symbolic.slope import Slope as Slope

_HOME = {
    "Derivation": "derivation",
    "Slope": "slope",
    "activation": "formulas",
    "loss": "formulas",
    "softmax": "formulas",
    "growth": "formula_growth",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(_HOME)

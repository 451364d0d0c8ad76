"""Pictures, tables and interactives of the course; the only part that needs Matplotlib and widgets.

Every picture has words made from the same data, and every interactive has a still twin.
Not here: what the pictures show (``nn``, ``data``) and how answers are judged (``exercises``).
Names are loaded when first used: one line per name in ``_HOME`` makes it ``show.name``.
A module never has the name of what it exports: importing it would hide the export.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what a type checker and an editor see; the interpreter uses _HOME
    from annkit.show.colours import palette as palette
    from annkit.show.controls import Choice as Choice
    from annkit.show.controls import Frame as Frame
    from annkit.show.controls import Prediction as Prediction
    from annkit.show.controls import Slider as Slider
    from annkit.show.controls import Toggle as Toggle
    from annkit.show.interactive import explorer as explorer
    from annkit.show.picture import Picture as Picture
    from annkit.show.style import blank_figure as blank_figure
    from annkit.show.style import figure as figure
    from annkit.show.style import label_line as label_line
    from annkit.show.tables import Table as Table
    from annkit.show.tables import table as table

_HOME = {
    "palette": "colours",
    "Choice": "controls",
    "Frame": "controls",
    "Prediction": "controls",
    "Slider": "controls",
    "Toggle": "controls",
    "explorer": "interactive",
    "Picture": "picture",
    "blank_figure": "style",
    "figure": "style",
    "label_line": "style",
    "Table": "tables",
    "table": "tables",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(_HOME)

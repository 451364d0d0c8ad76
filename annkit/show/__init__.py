"""Pictures, tables and interactives of the course; the only part that needs Matplotlib and widgets.

Every picture has words made from the same data, and every interactive has a still twin.
Names are loaded when first used: one line per name in `_HOME` makes it `show.name`.
A module never has the name of what it exports: importing it would hide the export.

Not here: what the pictures show (`annkit.nn`, `annkit.data`), what a single chapter shows
(`annkit.lessons`), how answers are judged (`annkit.exercises`).
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what a type checker and an editor see; the interpreter uses _HOME
    from annkit.show.activation_curves import activation as activation
    from annkit.show.boundaries import decision_boundary as decision_boundary
    from annkit.show.boundaries import predict_grid as predict_grid
    from annkit.show.colours import palette as palette
    from annkit.show.confusions import confusion_matrix as confusion_matrix
    from annkit.show.confusions import error_gallery as error_gallery
    from annkit.show.curves import cost_history as cost_history
    from annkit.show.curves import lines as lines
    from annkit.show.field_map import network_families as network_families
    from annkit.show.labels import label_ends as label_ends
    from annkit.show.labels import label_line as label_line
    from annkit.show.moving.controls import Choice as Choice
    from annkit.show.moving.controls import Frame as Frame
    from annkit.show.moving.controls import Prediction as Prediction
    from annkit.show.moving.controls import Slider as Slider
    from annkit.show.moving.controls import Toggle as Toggle
    from annkit.show.moving.interactive import explorer as explorer
    from annkit.show.network_diagram import network as network
    from annkit.show.picture import Picture as Picture
    from annkit.show.points import scatter as scatter
    from annkit.show.style import blank_figure as blank_figure
    from annkit.show.style import figure as figure
    from annkit.show.surfaces import cost_surface as cost_surface
    from annkit.show.tables import Table as Table
    from annkit.show.tables import table as table

_HOME = {
    "network_families": "field_map",
    "activation": "activation_curves",
    "decision_boundary": "boundaries",
    "predict_grid": "boundaries",
    "scatter": "points",
    "lines": "curves",
    "cost_history": "curves",
    "cost_surface": "surfaces",
    "confusion_matrix": "confusions",
    "error_gallery": "confusions",
    "network": "network_diagram",
    "label_ends": "labels",
    "palette": "colours",
    "Choice": "moving.controls",
    "Frame": "moving.controls",
    "Prediction": "moving.controls",
    "Slider": "moving.controls",
    "Toggle": "moving.controls",
    "explorer": "moving.interactive",
    "Picture": "picture",
    "blank_figure": "style",
    "figure": "style",
    "label_line": "labels",
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


def history_html(history: Any) -> str:
    """What a notebook shows for a training's history; `annkit.nn.history` asks for it."""
    from annkit.show.curves import cost_history

    return cost_history(history.curves(), best=history.best_epoch is not None)._repr_html_()

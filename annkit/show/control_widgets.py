"""Widgets with names: a number box beside every slider, and an image that a screen reader names.

Not here: what happens when they change (`panel`).
"""

from typing import Any

import ipywidgets as widgets
import traitlets

from annkit.show.controls import Choice, Control, Slider

NATURAL_WIDTH = {"description_width": "initial"}


class NamedImage(widgets.Image):  # type: ignore[misc]  # ipywidgets has no types
    """An image with a name for screen readers: its `tooltip` becomes the element's title.

    ipywidgets 8.1 sets the title of described widgets only, and fails to show an image that has a
    tooltip and no description.
    """

    description = traitlets.Unicode("").tag(sync=True)


def control_widgets(control: Control) -> tuple[Any, list[Any]]:
    """Make the widgets of a control.

    Returns:
        The widget that carries the value, and all widgets in reading order.
    """
    if isinstance(control, Slider):
        return number_and_slider(control)
    if isinstance(control, Choice):
        widget = widgets.Dropdown(
            options=list(control.options),
            value=control.start,
            description=control.label,
            style=NATURAL_WIDTH,
            layout=widgets.Layout(width="max-content"),
        )
    else:
        widget = widgets.Checkbox(
            value=control.start, description=control.label, indent=False, style=NATURAL_WIDTH
        )
    return widget, [widget]


def number_and_slider(control: Slider) -> tuple[Any, list[Any]]:
    """Make a number box, which carries the label, and a slider that follows it."""
    limits = {"min": control.low, "max": control.high, "step": control.step}
    label = f"{control.label} ({control.unit})" if control.unit else control.label
    kinds = (
        (widgets.BoundedIntText, widgets.IntSlider)
        if control.is_whole
        else (widgets.BoundedFloatText, widgets.FloatSlider)
    )
    box = kinds[0](
        value=control.start,
        description=label,
        style=NATURAL_WIDTH,
        layout=widgets.Layout(width=f"{7 + 0.6 * len(label):.1f}em"),
        **limits,
    )
    # A bare slider handle has no name for a screen reader: the box beside it has.
    slider = kinds[1](
        value=control.start, readout=False, layout=widgets.Layout(width="16em"), **limits
    )
    traitlets.link((slider, "value"), (box, "value"))
    return box, [box, slider]

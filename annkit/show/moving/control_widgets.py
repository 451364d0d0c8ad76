"""Widgets with names: a number box beside every slider, and an image that a screen reader names.

What the widgets themselves cannot do, the page does: giving the focus, keeping keys, filling the
screen.

Not here: what happens when they change (`panel`).
"""

from typing import Any

import anywidget
import ipywidgets as widgets
import traitlets

from annkit.show.moving.controls import Choice, Control, Slider
from annkit.show.picture import FULL_SCREEN

NATURAL_WIDTH = {"description_width": "initial"}


class NamedImage(widgets.Image):  # type: ignore[misc]  # ipywidgets has no types
    """An image with a name for screen readers: its `tooltip` becomes the element's title.

    ipywidgets 8.1 sets the title of described widgets only, and fails to show an image that has a
    tooltip and no description.
    """

    description = traitlets.Unicode("").tag(sync=True)


class PageSide(anywidget.AnyWidget):
    """What the page does for the panel around it; a message of selectors asks for the focus.

    The first of them that is visible gets it. The picture fills the screen as a still one does.
    In a list of choices the arrows choose, and a slider they move; JupyterLab and Notebook, which
    looks at a key before the slider does, would take them to the next cell.
    """

    _esm = f"""
    function render({{ model, el }}) {{
      el.style.display = "none";
      const still = document.createElement("template");
      still.innerHTML = `<img {FULL_SCREEN}>`;
      let panel = null;
      const attach = () => {{
        panel = el.closest(".widget-vbox");
        const image = panel?.querySelector("img");
        if (!image) return void requestAnimationFrame(attach);
        for (const {{ name, value }} of still.content.firstChild.attributes) {{
          image.setAttribute(name, value);
        }}
      }};
      attach();
      const keep = ({{ key, target }}) => {{
        if (!panel?.contains(target)) return;
        const moves = target.matches(".noUi-handle") && /^(Arrow|Page|Home|End)/.test(key);
        const isKept = moves || target.matches("select");
        target.toggleAttribute("data-lm-suppress-shortcuts", isKept);
      }};
      window.addEventListener("keydown", keep, true);
      model.on("msg:custom", selectors => requestAnimationFrame(() => {{
        const found = selectors.flatMap(selector => [...panel.querySelectorAll(selector)]);
        found.find(one => one.offsetParent !== null)?.focus();
      }}));
      return () => window.removeEventListener("keydown", keep, true);
    }}
    export default {{ render }};
    """


def label_of(control: Control) -> str:
    """Return a control's label, with the unit if it has one."""
    unit = control.unit if isinstance(control, Slider) else ""
    return f"{control.label} ({unit})" if unit else control.label


def control_widgets(control: Control) -> tuple[Any, list[Any]]:
    """Make the widgets of a control.

    Args:
        control: what can be set.

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
    kinds = (
        (widgets.BoundedIntText, widgets.IntSlider)
        if control.is_whole
        else (widgets.BoundedFloatText, widgets.FloatSlider)
    )
    box = kinds[0](
        value=control.start,
        description=label_of(control),
        style=NATURAL_WIDTH,
        # The label is as wide as it is; this leaves about five digits beside it.
        layout=widgets.Layout(width=f"{0.6 * len(label_of(control)) + 5.5:.1f}em", min_width="8em"),
        **limits,
    )
    # A bare slider handle has no name for a screen reader: the box beside it has.
    slider = kinds[1](
        value=control.start, readout=False, layout=widgets.Layout(width="8em"), **limits
    )
    # A slider counts in binary steps; the box would show 0.6000000000000001.
    traitlets.link((slider, "value"), (box, "value"), transform=(tidy, tidy))
    return box, [box, slider]


def tidy(value: float) -> float:
    """Return a number without the last digits of binary arithmetic."""
    return round(value, 10)

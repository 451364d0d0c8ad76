"""What tests ask of an interactive: what it says at a setting, and how far it can be moved."""

from annkit.show.moving.controls import Choice, Control, Frame, Slider, Value
from annkit.show.moving.interactive import Explorer


def frame(explorer: Explorer, **values: Value) -> Frame:
    """What the picture says at a setting; the other controls stay as at the start."""
    start = {control.name: control.start for control in explorer.controls}
    return explorer.panel._canvas.say({**start, **values})


def ends_of(control: Control) -> list[Value]:
    """The outermost values of a control."""
    if isinstance(control, Slider):
        return [control.low, control.high]
    return [*control.options] if isinstance(control, Choice) else [False, True]

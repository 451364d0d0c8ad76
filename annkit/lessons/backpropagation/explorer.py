"""Centre-piece of chapter 10: backpropagation through a 2-2-1 network, step by step.

Left the network with all its numbers; right every step as an equation, a line of code and an
array. What belongs together lights up together.

Not here: the steps (`backprop_steps`), their drawing (`backprop_drawings`), the sliders
(`interactive`).
"""

from collections.abc import Callable

from matplotlib.figure import Figure

from annkit.lessons.backpropagation.drawings import LinesSide, NetworkSide
from annkit.lessons.backpropagation.steps import FORWARD_STEPS, LAST_STEP, describe, passes
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer


def draw(fig: Figure) -> Callable[..., Frame]:
    """Draw both sides once and return the function that shows a step."""
    fig.set_layout_engine("none")
    network = NetworkSide(fig.add_axes((0.005, 0.01, 0.405, 0.98)))
    lines = LinesSide(fig.add_axes((0.415, 0.01, 0.58, 0.98)))

    def update(step: int, x1: float, target: float, activation: str) -> Frame:
        at = passes(x1, target, activation)
        network.update(step, at)
        lines.update(step, at)
        return describe(step, at, activation)

    return update


def backprop_stepper() -> Explorer:
    """Show both passes through a 2-2-1 network; move from step to step."""
    return explorer(
        draw,
        controls=[
            Slider("step", "step", "", 0, LAST_STEP, 1, value=0),
            Slider("x1", "input x₁", "", -1.0, 3.0, 0.5, value=1.0),
            Slider("target", "target y", "", -1.0, 2.0, 0.25, value=0.5),
            Choice("activation", "hidden activation f", ["sigmoid", "tanh", "relu"]),
        ],
        presets={
            "the forward pass is done": {"step": FORWARD_STEPS},
            "the error arrives": {"step": FORWARD_STEPS + 1},
            "back through the weights": {"step": 8},
            "all nine derivatives": {"step": LAST_STEP},
            "twice the error": {"step": LAST_STEP, "target": 0.0},
            "a ReLU that is off": {"step": LAST_STEP, "x1": 3.0, "activation": "relu"},
        },
        prediction=Prediction(
            "The network answers 1. With the target 0.5 it is wrong by 0.5. Now the target moves "
            "to 0, so that the error doubles. What happens to the nine derivatives?",
            {
                "all nine double": (
                    "Yes, exactly. The backward pass multiplies and adds and never looks at the "
                    "target again; what goes in twice as large comes out twice as large."
                ),
                "all nine become four times as large": (
                    "The *cost* does: it is a square. Its derivative is the error itself, and "
                    "from there on everything is in proportion to it."
                ),
                "the output's double, the hidden ones less": (
                    "It is natural to expect the sigmoid to squash something. It squashes on the "
                    "way forward. On the way back its slope is a fixed number, whatever the error."
                ),
            },
            "Forward, the network bends. Backward it is linear: all bends have become fixed "
            "numbers, the slopes at the z that were kept.",
        ),
        title="Both passes through a 2-2-1 network",
        width=10.4,
        height=4.7,
    )

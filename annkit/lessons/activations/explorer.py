"""The centre-piece of chapter 3: an activation, its slope, and what ten of them do to a nudge.

Three panels answer three questions about one setting: how steep is the curve here (formula and
measurement on one axis), what is left of a small change after ten layers, and which units of a
layer are flat for every example.
Not here: the panels (``activation_panels``) and the measurements (``activation_lab``).
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from annkit.lessons.activations.measurements import central_difference, chain, silent_units
from annkit.lessons.activations.panels import EXAMPLES, UNITS, CurvePanel, ProductPanel, UnitPanel
from annkit.nn import ACTIVATIONS
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import power_of_ten

SPELLING = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "ReLU": "relu",
    "leaky ReLU": "leaky_relu",
    "step": "step",
}


def layer_sums() -> np.ndarray:
    """Pre-activations of a layer before anything is pushed, (EXAMPLES, UNITS)."""
    rng = np.random.default_rng(6)
    centres = np.linspace(-1.5, 1.5, UNITS)
    return np.asarray(rng.normal(size=(EXAMPLES, UNITS)) + rng.permutation(centres))


def draw(fig: Figure) -> Any:
    """Draw everything once and return the function that moves it."""
    left, middle, right = fig.subplots(1, 3, width_ratios=[1.15, 1, 0.9])
    curves, products, units = CurvePanel(left), ProductPanel(middle), UnitPanel(right)
    sums = layer_sums()

    def update(name: str, z: float, weight: float, push: float) -> Frame:
        activation = ACTIVATIONS[SPELLING[name]]
        measured = float(central_difference(activation.f, z))
        stack = chain(activation, z, weight)
        silent = silent_units(activation, sums + push)
        curves.show(activation, z, measured)
        products.show(stack.products)
        units.show(activation, sums + push, silent)
        slope = float(activation.f_prime(np.array(z)))
        arrived = power_of_ten(float(stack.products[-1]))
        return Frame(
            f"{name} at z = {power_of_ten(z)}: slope {power_of_ten(slope)} by formula, "
            f"{power_of_ten(measured)} measured. Of a nudge, {arrived} is left after ten layers "
            f"(weight {power_of_ten(weight)}). Flat for every example: {silent.sum()} of {UNITS} "
            f"units (push {power_of_ten(push)}).",
            {
                "f(z)": power_of_ten(float(activation.f(np.array(z)))),
                "f′(z)": power_of_ten(slope),
                "measured f′(z)": power_of_ten(measured),
                "left after 10 layers": arrived,
                "flat units": int(silent.sum()),
            },
        )

    return update


PREDICTION = Prediction(
    "Ten units in a row, each a sigmoid, each weight 1, and the first one at z = 0, where the "
    "sigmoid is steepest. You nudge the input by a little. By which factor is the nudge smaller "
    "when it comes out at the end?",
    {
        "about as large": "That would need slopes near 1. The sigmoid's slope is nowhere above ¼.",
        "10 times smaller": "Ten layers, but each takes away much more than a tenth: at "
        "least three quarters.",
        "a thousand times smaller": "Halving ten times gives about a thousand. The "
        "sigmoid at its best leaves a quarter, not a half.",
        "a million times smaller or more": "Yes: at best ¼ · ¼ · … ten times, which is "
        "about one millionth. The chain drifts away from the steepest place, so it is even less.",
    },
    "Press “sigmoid at its steepest” to see it: 3.9 · 10⁻⁷, one part in 2.6 million.",
)


def activation_explorer() -> Explorer:
    """Make the explorer: curve and slope, ten layers, flat units."""
    return explorer(
        draw,
        controls=[
            # Not at the sigmoid: the picture must not answer the question above it.
            Choice("name", "activation", list(SPELLING), value="ReLU"),
            Slider("z", "first pre-activation z", "", -6.0, 6.0, 0.1, value=1.0),
            Slider("weight", "weight between layers", "", 0.0, 6.0, 0.1, value=1.0),
            Slider("push", "push on all units of the map", "", -8.0, 8.0, 0.5, value=0.0),
        ],
        presets={
            "sigmoid at its steepest": {"name": "sigmoid", "z": 0.0, "weight": 1.0, "push": 0.0},
            "sigmoid, large weights": {"name": "sigmoid", "z": 0.0, "weight": 6.0, "push": 0.0},
            "tanh, a little off": {"name": "tanh", "z": 1.0, "weight": 1.0, "push": 0.0},
            "ReLU, on": {"name": "ReLU", "z": 1.0, "weight": 1.0, "push": 0.0},
            "ReLU at the kink": {"name": "ReLU", "z": 0.0, "weight": 1.0, "push": 0.0},
            "ReLU, pushed down": {"name": "ReLU", "z": -1.0, "weight": 1.0, "push": -3.0},
            "leaky ReLU, pushed down": {
                "name": "leaky ReLU",
                "z": -1.0,
                "weight": 1.0,
                "push": -3.0,
            },
        },
        prediction=PREDICTION,
        title="One activation, seen three ways",
        width=9.0,
        height=3.3,
    )

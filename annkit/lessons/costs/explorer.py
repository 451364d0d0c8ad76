"""The centre-piece of chapter 5: what an observation costs, and how strongly a mistake pulls.

Above a price: a bell around the prediction, and −ln p of every price that might be observed. Below
a sale that happens or does not: cross-entropy and half squared error over the logit, and the size
of their slopes where the unit is saturated.
Not here: the panels (``cost_panels``).
"""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

from annkit.lessons.costs.panels import (
    BellPanel,
    LossPanel,
    SlopePanel,
    SurprisePanel,
    cross_entropy,
    squared_error,
    surprise,
)
from annkit.nn import ACTIVATIONS
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import power_of_ten

OUTCOMES = ("not sold", "sold")


def draw(fig: Figure) -> Any:
    """Draw everything once and return the function that moves it."""
    (top_left, top_right), (low_left, low_right) = fig.subplots(2, 2)
    prices = BellPanel(top_left), SurprisePanel(top_right)
    sales = LossPanel(low_left), SlopePanel(low_right)

    def update(y: float, y_hat: float, sigma: float, z: float, outcome: str) -> Frame:
        sold = outcome == "sold"
        for panel in prices:
            panel.show(y, y_hat, sigma)
        for sale in sales:
            sale.show(z, sold)
        return say(y, y_hat, sigma, z, sold)

    return update


def say(y: float, y_hat: float, sigma: float, z: float, sold: bool) -> Frame:
    """Say what the picture shows at a setting."""
    cost = float(surprise(y, y_hat, sigma))
    more = cost - float(surprise(y_hat, y_hat, sigma))
    loss, slope = (float(value) for value in cross_entropy(z, sold))
    squared_slope = float(squared_error(z, sold)[1])
    p = float(ACTIVATIONS["sigmoid"].f(np.array(z)))
    ratio = f"{slope / squared_slope:.0f}" if abs(z) < 9.25 else power_of_ten(slope / squared_slope)
    return Frame(
        f"Price: {y_hat:.0f} ± {sigma:.0f} thousand expected, {y:.0f} observed, a miss of "
        f"{abs(y - y_hat) / sigma:.1f} σ. It costs −ln p = {cost:.2f}, {more:.2f} more than a hit. "
        f"Sale: probability {p:.5f} at z = {power_of_ten(z)}, and it was {OUTCOMES[sold]}. "
        f"It costs {power_of_ten(loss)}. "
        f"The slope of the cross-entropy is {power_of_ten(slope)}, that of the half squared error "
        f"{power_of_ten(squared_slope)}: {ratio} times weaker.",
        {
            "−ln p of the price": f"{cost:.2f}",
            "−ln p of the sale": power_of_ten(loss),
            "its slope": power_of_ten(slope),
            "slope of ½ squared error": power_of_ten(squared_slope),
        },
    )


PREDICTION = Prediction(
    "A sigmoid unit says z = 8: it is 99.97 % sure that the house will be sold. It is not sold. "
    "Both costs pull z down. How many times weaker does the half squared error pull than the "
    "cross-entropy?",
    {
        "not weaker: it squares the error": "The error is squared, but it is at most 1 here, and "
        "then comes the slope of the sigmoid, which at z = 8 is nearly 0.",
        "about 4 times": "4 is the best case, at z = 0, where the sigmoid's slope is ¼. At z = 8 "
        "the sigmoid is nearly flat.",
        "about 60 times": "It is worse: the slope falls like e to the −z, and e⁸ is about 3000.",
        "about 3000 times": "Yes: the squared error's pull is multiplied by the sigmoid's slope, "
        "0.00034 at z = 8.",
    },
    "The picture says 2983 times. Each further step of z multiplies this by about 2.7.",
)


def cost_explorer() -> Explorer:
    """Make the explorer: a price under its bell, and a sale by two costs."""
    return explorer(
        draw,
        controls=[
            Slider("y", "observed price", "thousand", 150, 450, 5, value=300),
            Slider("y_hat", "predicted price", "thousand", 150, 450, 5, value=300),
            Slider("sigma", "give or take σ", "thousand", 10, 60, 5, value=25),
            Slider("z", "logit of the sale", "", -10.0, 10.0, 0.5, value=0.0),
            Choice("outcome", "what happened", list(OUTCOMES)),
        ],
        presets={
            "a hit, and undecided": {"y": 300, "z": 0.0},
            "a miss of two σ; sure and right": {"y": 350, "z": -4.0},
            "the same miss, more doubt; sure and wrong": {"y": 350, "sigma": 50, "z": 4.0},
            "much too sure twice": {"y": 350, "sigma": 10, "z": 8.0},
            "the same, sold": {"y": 350, "sigma": 10, "z": 8.0, "outcome": "sold"},
        },
        prediction=PREDICTION,
        title="What wrong costs",
        width=8.4,
        height=5.4,
    )

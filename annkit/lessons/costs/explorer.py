"""The centre-piece of chapter 5: what an observation costs, and how strongly a mistake pulls.

Above a price: a bell around the prediction, and −ln p of every price that might be observed. Below
a sale that happens or does not: cross-entropy and half squared error over the logit, and the size
of their slopes where the unit is saturated. Each panel draws its fixed parts once; `show` moves
the rest.

Not here: pictures that stand still (`pictures`), the costs of the library (`annkit.nn.costs`).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from annkit.arguments import Array
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import power_of_ten

PRICES = np.linspace(150, 450, 301)  # thousands
LOGITS = np.linspace(-10, 10, 201)
HIGHEST = 20.0  # of the axis of −ln p
LOWEST = 1e-9  # of the axis of slopes
OUTCOMES = ("not sold", "sold")


def surprise(y: Any, y_hat: float, sigma: float) -> Array:
    """−ln p of a price y when the model says y_hat, give or take sigma."""
    t = (np.asarray(y, dtype=float) - y_hat) / sigma
    return 0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)


def cross_entropy(z: Any, sold: bool) -> tuple[Array, Array]:
    """−ln p of what happened, and its slope in the logit z."""
    z = np.asarray(z, dtype=float)
    return np.logaddexp(0, -z if sold else z), ACTIVATIONS["sigmoid"].f(z) - sold


def squared_error(z: Any, sold: bool) -> tuple[Array, Array]:
    """½ (σ(z) − y)², and its slope in the logit z."""
    sigmoid = ACTIVATIONS["sigmoid"]
    miss = sigmoid.f(z) - sold
    return 0.5 * miss**2, miss * sigmoid.f_prime(z)


def is_right(y: float, y_hat: float) -> bool:
    """Whether there is more room for a word to the right of an observation."""
    return y < 200 or (y >= y_hat and y < 390)


class BellPanel:
    """What the model expects, and what was observed."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(150, 450), ylim=(0, 0.044), ylabel="p per thousand")
        ax.set(xlabel="price (thousands)")
        ax.set_title("A price: what the model expects")
        moving: dict[str, Any] = {"animated": True}
        (self.bell,) = ax.plot(PRICES, PRICES, color=palette.blue, **moving)
        (self.stem,) = ax.plot([], [], color=palette.ink, lw=1.2, **moving)
        (self.dot,) = ax.plot([], [], "o", color=palette.ink, ms=7, clip_on=False, **moving)
        self.name = ax.text(0, 0, "observed", va="bottom", **moving)

    def show(self, y: float, y_hat: float, sigma: float) -> None:
        """Move the bell to y_hat, give or take sigma, and the observation to y."""
        self.bell.set_ydata(np.exp(-surprise(PRICES, y_hat, sigma)))
        height = float(np.exp(-surprise(y, y_hat, sigma)))
        self.stem.set_data([y, y], [0, height])
        self.dot.set_data([y], [height])
        right = is_right(y, y_hat)
        self.name.set_horizontalalignment("left" if right else "right")
        self.name.set_position((y + 6 if right else y - 6, height + 0.001))


class SurprisePanel:
    """What each possible observation would cost."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(150, 450), ylim=(0, HIGHEST), ylabel="−ln p", xlabel="price (thousands)")
        ax.set_yticks([0, 5, 10, 15, 20])
        ax.set_title("What it costs: −ln p")
        (self.curve,) = ax.plot(PRICES, PRICES, color=palette.blue, animated=True)
        (self.stem,) = ax.plot([], [], color=palette.ink, lw=1.2, animated=True)
        (self.dot,) = ax.plot([], [], "o", color=palette.ink, ms=7, animated=True)
        self.note = ax.text(0, 0, "", va="top", animated=True)

    def show(self, y: float, y_hat: float, sigma: float) -> None:
        """Move the parabola and the point on it."""
        self.curve.set_ydata(surprise(PRICES, y_hat, sigma))
        cost = float(surprise(y, y_hat, sigma))
        inside = cost < HIGHEST - 0.5
        self.stem.set_data([y, y], [0, min(cost, HIGHEST)])
        self.dot.set_data([y], [cost if inside else HIGHEST - 0.5])
        self.dot.set_marker("o" if inside else "^")
        self.note.set_text(f"{cost:.2f}" if inside else f"{cost:.1f}, off the scale")
        right = is_right(y, y_hat)
        self.note.set_horizontalalignment("left" if right else "right")
        self.note.set_position((y + 8 if right else y - 8, min(cost, HIGHEST) - 0.5))


class _BothCosts:
    """Two curves over the logit, one per cost, and a point on each."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(-10, 10), xlabel="logit z", xticks=[-10, -5, 0, 5, 10])
        # Between the words at the bottom and the legend at the top.
        self.here = ax.axvline(0, 0.14, 0.76, color=palette.muted, lw=1, ls=":", animated=True)
        looks: list[dict[str, Any]] = [
            {"color": palette.blue, "linestyle": "solid"},
            {"color": palette.vermillion, "linestyle": (0, (5, 2))},
        ]
        self.curves = [ax.plot(LOGITS, LOGITS, animated=True, **look)[0] for look in looks]
        # A dot inside an empty square: both are seen where the two curves meet.
        marks: list[dict[str, Any]] = [
            {"marker": "o", "ms": 5.5},
            {"marker": "s", "ms": 11, "mfc": "none", "mew": 1.6},
        ]
        self.dots = [
            ax.plot([], [], color=look["color"], animated=True, zorder=3, **mark)[0]
            for mark, look in zip(marks, looks, strict=True)
        ]

    def move(self, z: float, heights: list[Array], here: list[float]) -> None:
        """Set both curves, (201,) each, and both points."""
        self.here.set_xdata([z, z])
        for curve, dot, values, value in zip(self.curves, self.dots, heights, here, strict=True):
            curve.set_ydata(values)
            dot.set_data([z], [value])


class LossPanel(_BothCosts):
    """What each logit would cost, by both costs."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        ax.set(ylim=(-0.3, 10.5), ylabel="loss")
        ax.set_title("A sale, yes or no: what it costs")
        names = ["cross-entropy", "half squared error"]
        ax.legend(self.curves, names, loc="upper center", handlelength=2.2)

    def show(self, z: float, sold: bool) -> None:
        """Move to another logit and another outcome."""
        both = (cross_entropy, squared_error)
        self.move(z, [f(LOGITS, sold)[0] for f in both], [float(f(z, sold)[0]) for f in both])


class SlopePanel(_BothCosts):
    """How strongly each cost pulls at the logit, on a logarithmic axis."""

    def __init__(self, ax: Axes) -> None:
        super().__init__(ax)
        ax.set(yscale="log", ylim=(LOWEST, 8), ylabel="size of the slope")
        ax.set_yticks([1e-8, 1e-6, 1e-4, 1e-2, 1], ["10⁻⁸", "10⁻⁶", "10⁻⁴", "10⁻²", "1"])
        ax.minorticks_off()
        ax.set_title("How strongly it pulls at z")
        self.side = ax.text(0, 3e-9, "", color=palette.muted, ha="center", animated=True)

    def show(self, z: float, sold: bool) -> None:
        """Move to another logit and another outcome."""
        both = (cross_entropy, squared_error)
        sizes = [np.abs(f(LOGITS, sold)[1]) for f in both]
        self.move(z, sizes, [abs(float(f(z, sold)[1])) for f in both])
        self.side.set_text("← sure and wrong" if sold else "sure and wrong →")
        self.side.set_x(-5.2 if sold else 5.2)


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

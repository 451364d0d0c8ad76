"""Still pictures of costs, drawn from a learner's own functions.

Not here: the interactive (`explorer`) and the costs themselves (`annkit.nn.costs`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.data.housing import expected_price, houses
from annkit.show.colours import palette
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

SOLD_FOR = np.array([240.0, 310.0, 180.0, 420.0, 290.0])  # prices of five houses, thousands
PREDICTED = np.array([260.0, 290.0, 200.0, 440.0, 270.0])


def one_moved(cost: Callable[[Array, Array], float]) -> Picture:
    """Draw what five predictions cost while the first of them is moved.

    Args:
        cost: of predictions and observations, (5, 1) each.
    """
    first = np.arange(140.0, 341.0, 5.0)
    costs = []
    for value in first:
        y_hat = PREDICTED[:, None].copy()
        y_hat[0] = value
        costs.append(cost(y_hat, SOLD_FOR[:, None]))
    sold_for = SOLD_FOR[0]
    fig, ax = figure(5.4, 2.8)
    ax.plot(first, costs, color=palette.blue)
    ax.axvline(sold_for, color=palette.vermillion, linestyle=(0, (5, 2)), linewidth=1.4)
    ax.set(xlabel="prediction for the first house (thousands)", ylabel="your cost")
    ax.margins(y=0.12)
    label_line(ax, sold_for, ax.get_ylim()[1], "it sold for", palette.vermillion, va="top")
    best = first[np.argmin(costs)]
    return Picture(
        fig,
        f"Your cost of five predictions, the first of them moved: {costs[0]:.0f} at {first[0]:.0f} "
        f"thousand, lowest, {min(costs):.0f}, at {best:.0f}, and {costs[-1]:.0f} at "
        f"{first[-1]:.0f}. The first house sold for {sold_for:.0f}.",
        "Agent A's five predictions. Only the first one is moved; the others keep their misses.",
    )


def best_sigma(cost: Callable[[Array, Array, float], float]) -> Picture:
    """Draw the cost of bells of different widths around the same 200 predictions.

    Args:
        cost: of predictions and observations, (200, 1) each, and a standard deviation.
    """
    X, price = houses(200, np.random.default_rng(5))
    y_hat, y = expected_price(X)[:, None], price[:, None]
    spread = float(np.sqrt(np.mean((y_hat - y) ** 2)))
    sigmas = np.arange(14.0, 61.0)
    costs = np.array([cost(y_hat, y, sigma) for sigma in sigmas])
    fig, ax = figure(5.4, 2.8)
    ax.plot(sigmas, costs, color=palette.blue)
    ax.axvline(spread, color=palette.vermillion, linestyle=(0, (5, 2)), linewidth=1.4)
    label_line(ax, spread, costs.max(), "usual size of a miss", palette.vermillion, va="top")
    ax.set(xlabel="σ of the model (thousands)", ylabel="your cost, −ln p")
    return Picture(
        fig,
        f"Your cost for 200 houses: {costs[0]:.2f} at σ = {sigmas[0]:.0f} thousand, lowest, "
        f"{costs.min():.2f}, at {sigmas[np.argmin(costs)]:.0f}, and {costs[-1]:.2f} at "
        f"{sigmas[-1]:.0f}. The root of the mean squared miss is {spread:.1f}.",
        "A narrow bell pays for its misses, a wide one for its doubt. Where is yours cheapest?",
    )


def yes_or_no(cost: Callable[[Array, Array], float]) -> Picture:
    """Draw the loss of one example over its logit, for both answers.

    Args:
        cost: of logits and answers, (1, 1) each.
    """
    z = np.linspace(-8, 8, 33)
    fig, ax = figure(5.4, 2.8)
    said = []
    for y, color, dash, place, ha in (
        (0, palette.vermillion, (0, (5, 2)), 28, "right"),
        (1, palette.blue, "solid", 4, "left"),
    ):
        losses = np.array([cost(np.array([[score]]), np.array([[float(y)]])) for score in z])
        ax.plot(z, losses, color=color, linestyle=dash)
        label_line(ax, z[place], losses[place], f"y = {y}", color, ha=ha, va="bottom")
        said.append(
            f"if y = {y}, {losses[0]:.3g} at z = −8, {losses[16]:.3g} at 0, {losses[-1]:.3g} at 8"
        )
    ax.set(xlabel="logit z", ylabel="your loss", xlim=(-8, 8))
    return Picture(
        fig,
        f"Your loss of one example: {'; '.join(said)}.",
        "Compare the two ends of each line: what does it cost to be sure and wrong?",
    )


def slopes(gradient: Callable[[Array, Array], Any]) -> Picture:
    """Draw a gradient: the slope of the cost in each logit of three examples.

    Args:
        gradient: of logits (3, 3) and labels (3,).
    """
    z = np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.0], [3.0, -1.0, 0.0]])
    labels = np.array([0, 1, 2])
    G = np.asarray(gradient(z, labels), dtype=float)
    top = 1.1 * max(0.36, float(np.abs(G[np.isfinite(G)]).max(initial=0)))
    fig, axes = figure(6.8, 2.5, 1, 3, sharey=True)
    for number, (ax, row, label) in enumerate(zip(axes_list(axes), G, labels, strict=True)):
        colors = [palette.blue if k == label else palette.faint for k in range(3)]
        ax.bar(range(3), row, color=colors, edgecolor=palette.muted, linewidth=0.8)
        ax.axhline(0, color=palette.ink, linewidth=0.8)
        ax.set(xlabel="class", xticks=range(3), ylim=(-top, top))
        ax.set_title(f"logits {', '.join(f'{v:.0f}' for v in z[number])}".replace("-", "−"))
    axes_list(axes)[0].set_ylabel("your slope in z")
    rows = "; ".join(
        f"true class {label}: {', '.join(f'{v:+.2f}' for v in row)}"
        for row, label in zip(G, labels, strict=True)
    )
    return Picture(
        fig,
        f"Your gradient for three examples. {rows}.".replace("-", "−"),
        "Your array, one row per panel; dark: the true class. A step goes against the slope, so a "
        "bar below 0 pulls its logit up. Do the bars of a panel cancel?",
    )

"""Still pictures of costs, drawn from a learner's own functions.

Not here: the interactive (``cost_explorer``) and the costs themselves (``annkit.nn``).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annkit.data.housing import expected_price, houses
from annkit.show.colours import palette
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

Array = NDArray[Any]
STREET = np.array([250.0, 280.0, 290.0, 310.0, 1120.0])  # prices of five houses, thousands


def constant_guess(cost: Callable[[Array, Array], float]) -> Picture:
    """Draw what one and the same guess costs for the five houses of the street.

    Args:
        cost: of predictions and observations, (5, 1) each.
    """
    guesses = np.arange(200, 701, 12.5)
    y = STREET[:, None]
    costs = np.array([cost(np.full_like(y, guess), y) for guess in guesses])
    best = guesses[np.argmin(costs)]
    fig, ax = figure(5.4, 2.8)
    ax.plot(guesses, costs, color=palette.blue)
    ax.axvline(STREET.mean(), color=palette.vermillion, linestyle=(0, (5, 2)), linewidth=1.4)
    label_line(ax, STREET.mean(), costs.max(), "mean of the prices", palette.vermillion, va="top")
    ax.set(xlabel="the same guess for all five (thousands)", ylabel="your cost")
    return Picture(
        fig,
        f"Your cost of one guess for five houses: {costs[0]:.0f} at {guesses[0]:.0f} thousand, "
        f"lowest, {costs.min():.0f}, at {best:.0f}, and {costs[-1]:.0f} at {guesses[-1]:.0f}. The "
        f"mean of the prices is {STREET.mean():.0f}.",
        "Under the squared error the cheapest single guess is the mean.",
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
        "A bell that is too narrow pays for its misses, one that is too wide for its doubt.",
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
        "Sure and right costs nothing; sure and wrong costs about |z|.",
    )


def pulls(gradient: Callable[[Array, Array], Any]) -> Picture:
    """Draw which way each logit of three examples should go: the gradient with its sign turned.

    Args:
        gradient: of logits (3, 3) and labels (3,).
    """
    z = np.array([[2.0, 1.0, 0.0], [0.0, 0.0, 0.0], [3.0, -1.0, 0.0]])
    labels = np.array([0, 1, 2])
    G = -len(z) * np.asarray(gradient(z, labels), dtype=float)
    fig, axes = figure(6.6, 2.4, 1, 3, sharey=True)
    for number, (ax, row, label) in enumerate(zip(axes_list(axes), G, labels, strict=True)):
        colors = [palette.blue if k == label else palette.muted for k in range(3)]
        ax.bar(range(3), row, color=colors)
        ax.axhline(0, color=palette.ink, linewidth=0.8)
        ax.set(xlabel="class", xticks=range(3), ylim=(-1.05, 1.05))
        ax.set_title(f"logits {', '.join(f'{v:.0f}' for v in z[number])}".replace("-", "−"))
    axes_list(axes)[0].set_ylabel("pull")
    rows = "; ".join(
        f"true class {label}: {', '.join(f'{v:+.2f}' for v in row)}"
        for row, label in zip(G, labels, strict=True)
    )
    return Picture(
        fig,
        f"Pull on three logits, your gradient times −3. {rows}.".replace("-", "−"),
        "Blue: the true class. Each example takes from the others what it gives to the truth.",
    )

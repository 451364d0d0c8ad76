"""Still pictures of activations: the learner's own curve and shares, and all five side by side.

Not here: one activation with its slope (`annkit.show.activation_curves`), layers that learn
(`dying_units`) and the interactive (`explorer`).
"""

from collections.abc import Callable

import numpy as np

from annkit.arguments import Array
from annkit.lessons.activations.measurements import central_difference
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.labels import label_line
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

FIVE = {
    "step": "step",
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "ReLU": "relu",
    "leaky ReLU": "leaky_relu",
}


def without_jumps(values: Array) -> Array:
    """Break a line where it jumps, so that no vertical stroke is drawn there."""
    broken = np.array(values, dtype=float)
    broken[:-1][np.abs(np.diff(broken)) > 0.5] = np.nan
    return broken


def own_curve(f: Callable[[Array], Array], name: str, slope_of: str | None = None) -> Picture:
    """Draw a learner's function, and for a derivative what measuring gives.

    Args:
        f: the learner's function.
        name: what the learner called it.
        slope_of: key in `ACTIVATIONS` of the function whose slope this should be, or None.

    Returns:
        The curve from −6 to 6.
    """
    z = np.linspace(-6, 6, 241)
    values = np.asarray(f(z), dtype=float)
    fig, ax = figure(4.8, 2.4)
    ax.axhline(0, color=palette.faint, linewidth=0.8)
    ax.plot(z, without_jumps(values), color=palette.blue)
    label_line(ax, 6, values[-1], "yours", palette.blue)
    if slope_of:
        dots = np.linspace(-5.75, 5.75, 24)
        measured = central_difference(ACTIVATIONS[slope_of].f, dots)
        ax.plot(dots, measured, "o", color=palette.ink, markerfacecolor="none", markersize=4.5)
    ax.set(xlabel="pre-activation z", ylabel=name)
    ends = ", ".join(f"{values[i]:.3g} at z = {z[i]:.3g}" for i in (0, 100, 120, 140, 240))
    caption = "Circles: the slope of the activation, measured." if slope_of else ""
    return Picture(fig, f"Your {name}: {ends}.".replace("-", "−"), caption)


def gallery(**own: Callable[[Array], Array]) -> Picture:
    """Draw the five activations of the chapter with their slopes.

    Args:
        **own: functions to draw in the place of the library's, by the names of the exercises.
    """
    fig, axes = figure(9.0, 2.3, 1, 5, sharex=True, sharey=True)
    z = np.linspace(-4, 4, 161)
    for ax, (name, key) in zip(axes_list(axes), FIVE.items(), strict=True):
        f: Callable[[Array], Array] = own.get(key, ACTIVATIONS[key].f)
        f_prime: Callable[[Array], Array] = own.get(f"{key}_prime", ACTIVATIONS[key].f_prime)
        ax.plot(z, without_jumps(f(z)), color=palette.blue)
        ax.plot(z, without_jumps(f_prime(z)), "--", color=palette.vermillion)
        ax.set(xlabel="z", ylim=(-1.2, 2.2))
        ax.set_title(name)
    axes_list(axes)[0].set_ylabel("f  and  f′ (dashed)")
    return Picture(
        fig,
        "Five activations and their slopes. Step: 0, then 1; slope 0. Sigmoid: from 0 to 1; slope "
        "at most 0.25. Tanh: from −1 to 1; slope at most 1. ReLU: 0, then z; slope 0, then 1. "
        "Leaky ReLU: 0.01 z, then z; slope 0.01, then 1.",
        "Solid: the activation. Dashed: its slope.",
    )


def shares(P: Array) -> Picture:
    """Draw probabilities, one panel per row.

    Args:
        P: (batch, C), rows that should sum to 1; whatever they hold, they are drawn.
    """
    P = np.asarray(P, dtype=float)
    drawn = np.where(np.isfinite(P), P, 0.0)
    fig, axes = figure(1.2 + 1.7 * len(P), 2.0, 1, len(P), sharey=True)
    low, high = min(0.0, float(drawn.min())), max(1.0, float(drawn.max()))
    for number, (ax, row, heights) in enumerate(zip(axes_list(axes), P, drawn, strict=True)):
        ax.bar(range(len(row)), heights, color=palette.blue)
        ax.set(xlabel="class", ylim=(low, high), xticks=range(len(row)))
        total = f"{float(row.sum()):.3g}".replace("-", "−")
        ax.set_title(f"row {number}\nsum {total}")
    axes_list(axes)[0].set_ylabel("share")
    rows = "; ".join(
        f"row {number}: {', '.join(f'{p:.3g}' for p in row)}" for number, row in enumerate(P)
    )
    return Picture(fig, f"Your softmax. {rows}.".replace("-", "−"))

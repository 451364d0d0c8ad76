"""An activation function and its slope on one pair of axes.

Not here: the functions themselves (`annkit.nn.activations`).
"""

from collections.abc import Callable
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from annkit.arguments import Array
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.labels import label_ends
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

STEPS = 400  # even, so that 0 is on the grid of a symmetric range


class Differentiable(Protocol):
    """What is drawn: an entry of `ACTIVATIONS`, or anything with these three."""

    name: str
    f: Callable[..., Array]
    f_prime: Callable[..., Array]


def activation(of: str | Differentiable, low: float = -5.0, high: float = 5.0) -> Picture:
    """Draw an activation and its derivative.

    Args:
        of: name in `annkit.nn.ACTIVATIONS`, or an object with `name`, `f` and `f_prime`.
        low: smallest z.
        high: largest z.

    Returns:
        The picture.
    """
    entry: Differentiable = ACTIVATIONS[of] if isinstance(of, str) else of  # type: ignore[assignment]
    z = np.linspace(low, high, STEPS + 1)
    a, slope = np.asarray(entry.f(z), dtype=float), np.asarray(entry.f_prime(z), dtype=float)
    name = entry.name.replace("_", " ").replace("relu", "ReLU")
    fig, ax = figure(5.6, 3.4)
    ax.axhline(0, color=palette.faint, linewidth=0.8, zorder=0)
    ax.axvline(0, color=palette.faint, linewidth=0.8, zorder=0)
    draw_with_jumps(ax, z, a, palette.blue, "solid")
    draw_with_jumps(ax, z, slope, palette.vermillion, (0, (5, 2)))
    ax.set(xlabel="pre-activation z", ylabel="value", xlim=(low, high), title=name)
    ax.margins(y=0.08)
    ends = [a[-1], slope[-1]]
    label_ends(ax, high, ends, ["f(z)", "slope f′(z)"], [palette.blue, palette.vermillion])
    return Picture(fig, in_sentences(name, z, a, slope))


def jumps(z: Array, y: Array) -> NDArray[np.intp]:
    """Return the indices i between whose points i and i + 1 the curve jumps.

    Args:
        z: evenly spaced, (n,).
        y: values, (n,).
    """
    rise = np.abs(np.diff(y))
    usual = np.median(np.abs(np.diff(y, n=2))) + 10 * np.median(rise)
    return np.flatnonzero(rise > max(0.2 * np.ptp(y), usual, 1e-12))


def draw_with_jumps(ax: Axes, z: Array, y: Array, color: str, linestyle: object) -> None:
    """Draw a curve; at a jump leave a gap, with a full dot at the value and an empty one opposite.

    Args:
        ax: where to draw.
        z: evenly spaced, (n,).
        y: values, (n,).
        color: of the line.
        linestyle: of the line.
    """
    at = jumps(z, y)
    ax.plot(
        np.insert(z, at + 1, np.nan),
        np.insert(y, at + 1, np.nan),
        color=color,
        linestyle=linestyle,
    )
    for i in at:
        where = z[i] if abs(z[i]) < abs(z[i + 1]) else z[i + 1]
        full, empty = (y[i], y[i + 1]) if where == z[i] else (y[i + 1], y[i])
        ax.plot([where], [full], "o", color=color, zorder=3)
        ax.plot([where], [empty], "o", color=color, markerfacecolor=palette.paper, zorder=3)


def in_sentences(name: str, z: Array, a: Array, slope: Array) -> str:
    """Say what the curve does, from its values.

    Args:
        name: of the function.
        z: (n,).
        a: f(z), (n,).
        slope: f′(z), (n,).
    """
    low, high = in_words(z[0]), in_words(z[-1])
    zero = int(np.argmin(np.abs(z)))
    steepest = np.flatnonzero(np.isclose(slope, slope.max(), rtol=1e-6))
    if slope.max() == 0:
        about_slope = "The slope is 0 everywhere."
    elif len(steepest) == len(z):
        about_slope = f"The slope is {in_words(slope.max())} everywhere."
    elif len(steepest) == 1:
        about_slope = (
            f"The slope is largest at z = {in_words(z[steepest[0]])}, "
            f"{in_words(slope.max())}; at the ends it is {in_words(slope[0])} and "
            f"{in_words(slope[-1])}."
        )
    else:
        about_slope = (
            f"The slope is {in_words(slope[0])} on the left, {in_words(slope[-1])} on the right."
        )
    jump = jumps(z, a)
    how = (
        f"jumps from {in_words(a[0])} to {in_words(a[-1])}"
        if len(jump)
        else (f"goes from {in_words(a[0])} to {in_words(a[-1])}")
    )
    return (
        f"Curve of {name} for z from {low} to {high}: f(z) {how} and is {in_words(a[zero])} at "
        f"z = {in_words(z[zero])}. {about_slope}"
    )

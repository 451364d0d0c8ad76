"""Drawings of chapter 1: a nerve cell above its model, and the membrane as a circuit.

Not here: anything that moves (`neuron_explorer`); networks of units (`network_diagram`).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import blank_figure

PARTS = {
    "synapse": palette.orange,
    "dendrite": palette.green,
    "soma": palette.blue,
    "axon": palette.vermillion,
}
HEIGHTS = (1.05, 0.0, -1.05)  # of the three inputs, from the middle


def cell_and_model() -> Picture:
    """Draw a nerve cell, and below it, part under part, the unit that stands for it."""
    fig = blank_figure(7.6, 5.0)
    ax = _empty(fig.subplots(), (0, 10.4), (-0.75, 6.95))
    _draw_cell(ax, 4.6)
    _draw_unit(ax, 1.1)
    ax.text(0, 6.65, "the cell", fontsize=12, weight="bold")
    ax.text(0, 2.7, "the model", fontsize=12, weight="bold")
    alt = (
        "Above, a nerve cell: three axons of other cells end in synapses on its dendrites, which "
        "lead to the soma; one axon leaves it and branches to other cells. Below, aligned with it, "
        "the model: inputs x1, x2, x3 (dendrites) with weights w1, w2, w3 (synapses) meet in a sum "
        "plus bias and an activation f (soma); one output a leaves (axon)."
    )
    return Picture(fig, alt, "Read it column by column: every part of the cell has one below it.")


def _empty(ax: Axes, xlim: tuple[float, float], ylim: tuple[float, float]) -> Axes:
    ax.set(xlim=xlim, ylim=ylim, aspect="equal")
    ax.axis("off")
    return ax


def _draw_cell(ax: Axes, middle: float) -> None:
    soma = (5.0, middle)
    for height in HEIGHTS:
        tip = (2.0, middle + height)
        fork = (3.3, middle + 0.62 * height)
        ax.plot([0.2, 1.55], [tip[1], tip[1]], color=palette.muted, lw=1.6)
        ax.add_patch(Circle((1.66, tip[1]), 0.14, color=PARTS["synapse"]))
        for end in (tip, (2.5, tip[1] + 0.34), (2.6, tip[1] - 0.34)):
            ax.plot(*zip(end, fork, strict=True), color=PARTS["dendrite"], lw=2.0)
        ax.plot(*zip(fork, soma, strict=True), color=PARTS["dendrite"], lw=3.4)
    ax.add_patch(Circle(soma, 0.62, color=PARTS["soma"], zorder=3))
    ax.plot([5.6, 8.7], [middle, middle], color=PARTS["axon"], lw=3.0)
    for height in (0.55, -0.55):
        ax.plot([8.7, 9.7], [middle, middle + height], color=PARTS["axon"], lw=2.0)
        ax.add_patch(Circle((9.78, middle + height), 0.14, color=PARTS["axon"]))
    top = middle + 1.55
    for x, name in ((1.66, "synapse"), (3.3, "dendrite"), (5.0, "soma"), (7.2, "axon")):
        many = name + "s" if name in ("synapse", "dendrite") else name
        ax.text(x, top, many, color=PARTS[name], ha="center", weight="bold")


def _draw_unit(ax: Axes, middle: float) -> None:
    total, squash = (5.0, middle), (6.5, middle)
    for number, height in enumerate(HEIGHTS, start=1):
        start = (0.55, middle + height)
        ax.plot(*zip(start, total, strict=True), color=PARTS["dendrite"], lw=2.0, zorder=1)
        ax.add_patch(Circle(start, 0.33, fc=palette.paper, ec=palette.ink, lw=1.2, zorder=2))
        ax.text(*start, f"$x_{number}$", ha="center", va="center", zorder=3)
        weight = (1.95, middle + height * (1 - (1.95 - 0.55) / (5.0 - 0.55)))
        ax.text(
            *weight,
            f"$w_{number}$",
            color=palette.ink,
            ha="center",
            va="center",
            zorder=3,
            bbox={"boxstyle": "round,pad=0.2", "fc": palette.paper, "ec": PARTS["synapse"]},
        )
    ax.plot([5.0, 9.3], [middle, middle], color=PARTS["axon"], lw=2.4, zorder=1)
    for place, text in ((total, r"$\Sigma + b$"), (squash, "$f$")):
        ax.add_patch(Circle(place, 0.56, fc=palette.paper, ec=PARTS["soma"], lw=2.4, zorder=2))
        ax.text(*place, text, ha="center", va="center", zorder=3)
    ax.text(9.5, middle, "$a$", ha="left", va="center", fontsize=13)
    bottom = middle - 1.78
    for x, text in ((0.55, "inputs"), (1.95, "weights"), (5.0, "sum"), (6.5, "activation")):
        ax.text(x, bottom, text, ha="center", fontsize=10)
    ax.text(9.5, bottom, "output", ha="center", fontsize=10)


def membrane_circuit() -> Picture:
    """Draw the membrane as a capacitor and a resistor with a battery, side by side."""
    fig = blank_figure(5.2, 2.9)
    ax = _empty(fig.subplots(), (-1.6, 6.6), (-0.7, 4.3))
    wire: dict[str, Any] = {"color": palette.ink, "lw": 1.6, "solid_capstyle": "round"}
    for y in (0.0, 3.6):
        ax.plot([0, 4.2], [y, y], **wire)
    ax.plot([0, 0], [0, 1.6], **wire)
    ax.plot([0, 0], [2.0, 3.6], **wire)
    for y in (1.6, 2.0):
        ax.plot([-0.55, 0.55], [y, y], color=palette.blue, lw=3.0)
    ax.plot([4.2, 4.2], [0, 0.6], **wire)
    ax.plot([4.2, 4.2], [0.85, 1.5], **wire)
    # The short plate is the negative one: at rest the inside is negative.
    ax.plot([4.0, 4.4], [0.85, 0.85], color=palette.green, lw=3.6)
    ax.plot([3.75, 4.65], [0.6, 0.6], color=palette.green, lw=2.0)
    zigzag = np.concatenate([[0.0], np.tile([0.28, -0.28], 3), [0.0]])
    ax.plot(4.2 + zigzag, np.linspace(1.5, 2.9, zigzag.size), color=palette.vermillion, lw=2.0)
    ax.plot([4.2, 4.2], [2.9, 3.6], **wire)
    ax.annotate(
        "", (2.1, 3.55), (2.1, 4.25), arrowprops={"arrowstyle": "-|>", "color": palette.ink}
    )
    ax.text(2.3, 3.95, "input current $I$", va="center")
    ax.text(0.75, 1.8, "capacitor $C$\nfatty film", color=palette.blue, va="center", fontsize=10)
    ax.text(
        4.75, 2.2, "resistor $R$\nopen channels", color=palette.vermillion, va="center", fontsize=10
    )
    ax.text(4.85, 0.72, "battery $v_{rest}$", color=palette.green, va="center", fontsize=10)
    ax.text(-0.2, 3.6, "inside", ha="right", va="center")
    ax.text(-0.2, 0.0, "outside", ha="right", va="center")
    alt = (
        "Circuit of the membrane. Between inside and outside of the cell lie, side by side, a "
        "capacitor C (the fatty film) and a resistor R (the open channels) in series with a "
        "battery of the resting voltage. The input current I flows into the inside and splits "
        "between the two."
    )
    return Picture(fig, alt, "What flows in either charges the film or leaks out; nothing is lost.")

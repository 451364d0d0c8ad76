"""Drawings of chapter 1: a nerve cell above its model, and the membrane as a circuit.

Not here: anything that moves (`explorer`); networks of units (`annkit.show.network_diagram`).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Polygon

from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import blank_figure

PARTS = {
    "dendrite": palette.green,
    "synapse": palette.orange,
    "soma": palette.blue,
    "axon hillock": palette.purple,
    "axon": palette.vermillion,
}
COLUMNS = (  # x, part of the cell, what stands for it
    (0.9, "dendrite", "inputs"),
    (3.0, "synapse", "weights"),
    (5.5, "soma", "sum and bias"),
    (7.5, "axon hillock", "activation"),
    (9.7, "axon", "output"),
)
HEIGHTS = (1.05, 0.0, -1.05)  # of the three inputs, from the middle


def cell_and_model() -> Picture:
    """Draw a nerve cell, and below it, part under part, the unit that stands for it."""
    fig = blank_figure(8.2, 5.6)
    ax = _empty(fig.subplots(), (-0.6, 11.0), (-1.1, 6.75))
    for x, part, counterpart in COLUMNS:
        many = part + "s" if part in ("dendrite", "synapse") else part
        ax.plot([x, x], [-0.6, 6.1], color=palette.faint, lw=1.0, dashes=(2, 3), zorder=0)
        ax.text(x, 6.3, many, color=PARTS[part], ha="center", weight="bold")
        ax.text(x, -0.95, counterpart, ha="center")
    for name, middle, draw in (("the cell", 4.25, _draw_cell), ("the model", 1.0, _draw_unit)):
        draw(ax, middle)
        ax.text(-0.4, middle, name, ha="center", va="center", rotation=90, fontsize=12)
    alt = (
        "Above, a nerve cell, below, aligned with it in five columns, the model. Dendrites, the "
        "branches that bring signals in: inputs x1, x2, x3. Synapses, where axons of other cells "
        "touch the dendrites: weights w1, w2, w3. Soma, where everything meets: sum plus bias b. "
        "Axon hillock, where the axon begins: activation f. Axon, which "
        "branches to other cells: output a."
    )
    caption = (
        "Read it column by column: every part of the cell has its counterpart below it. What "
        "arrives at a dendrite is the firing of another cell. Of the many synapses, three are "
        "drawn large and have their weights below."
    )
    return Picture(fig, alt, caption)


def _empty(ax: Axes, xlim: tuple[float, float], ylim: tuple[float, float]) -> Axes:
    ax.set(xlim=xlim, ylim=ylim, aspect="equal")
    ax.axis("off")
    return ax


def _draw_cell(ax: Axes, middle: float) -> None:
    (_, _, _), (contact, _, _), (soma, _, _), (hillock, _, _), (axon, _, _) = COLUMNS
    green = PARTS["dendrite"]
    for height in HEIGHTS:
        y = middle + height
        fork = (1.5, y)
        for rise in (0.3, -0.3):
            ax.plot([0.3, fork[0]], [y + rise, y], color=green, lw=1.6)
            # A twig ends in no void: synapses sit all along the branches.
            ax.plot([-0.1, 0.22], [y + 1.4 * rise, y + 1.05 * rise], color=palette.muted, lw=1.0)
            ax.add_patch(Circle((0.3, y + rise), 0.08, color=PARTS["synapse"], zorder=3))
        ax.plot([fork[0], contact], [y, y], color=green, lw=2.4)
        ax.plot([contact, soma], [y, middle], color=green, lw=3.4)
        # The axon of another cell comes from above and ends close to the branch.
        ax.plot([contact - 0.55, contact - 0.06], [y + 0.62, y + 0.2], color=palette.muted, lw=1.6)
        ax.add_patch(Circle((contact, y + 0.17), 0.14, color=PARTS["synapse"], zorder=3))
    ax.text(
        contact - 0.65,
        middle + HEIGHTS[0] + 0.62,
        "axon of\nanother cell",
        color=palette.muted,
        ha="right",
        va="center",
        fontsize=9,
    )
    ax.add_patch(Circle((soma, middle), 0.68, color=PARTS["soma"], zorder=3))
    cone = [
        (soma + 0.55, middle + 0.45),
        (hillock + 0.5, middle + 0.09),
        (hillock + 0.5, middle - 0.09),
        (soma + 0.55, middle - 0.45),
    ]
    ax.add_patch(Polygon(cone, color=PARTS["axon hillock"], zorder=2))
    ax.plot([hillock + 0.5, axon], [middle, middle], color=PARTS["axon"], lw=3.0, zorder=1)
    for height in (0.55, -0.55):
        ax.plot([axon, axon + 0.9], [middle, middle + height], color=PARTS["axon"], lw=2.0)
        ax.add_patch(Circle((axon + 0.98, middle + height), 0.14, color=PARTS["axon"]))


def _draw_unit(ax: Axes, middle: float) -> None:
    (source, _, _), (contact, _, _), (soma, _, _), (hillock, _, _), (axon, _, _) = COLUMNS
    for number, height in enumerate(HEIGHTS, start=1):
        y = middle + height
        ax.plot([source, contact], [y, y], color=PARTS["dendrite"], lw=2.0, zorder=1)
        ax.plot([contact, soma], [y, middle], color=PARTS["dendrite"], lw=2.0, zorder=1)
        ax.add_patch(
            Circle((source, y), 0.36, fc=palette.paper, ec=PARTS["dendrite"], lw=2.0, zorder=2)
        )
        ax.text(source, y, f"$x_{number}$", ha="center", va="center", zorder=3)
        ax.text(
            contact,
            y,
            f"$w_{number}$",
            ha="center",
            va="center",
            zorder=3,
            bbox={"boxstyle": "round,pad=0.25", "fc": palette.paper, "ec": PARTS["synapse"]},
        )
    ax.plot([soma, hillock], [middle, middle], color=PARTS["soma"], lw=2.4, zorder=1)
    ax.plot([hillock, axon], [middle, middle], color=PARTS["axon"], lw=2.4, zorder=1)
    for x, text, part in ((soma, r"$\Sigma + b$", "soma"), (hillock, "$f$", "axon hillock")):
        ax.add_patch(Circle((x, middle), 0.6, fc=palette.paper, ec=PARTS[part], lw=2.4, zorder=2))
        ax.text(x, middle, text, ha="center", va="center", zorder=3)
    ax.add_patch(Circle((axon, middle), 0.36, fc=palette.paper, ec=PARTS["axon"], lw=2.0, zorder=2))
    ax.text(axon, middle, "$a$", ha="center", va="center", zorder=3)


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

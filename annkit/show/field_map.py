"""The map of the field: how units are connected in dense, convolutional and recurrent networks.

Not here: dense networks with their weights (`network_diagram`).
"""

from collections.abc import Iterable
from itertools import pairwise

from matplotlib.axes import Axes

from annkit.show.colours import DASHES, palette
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure

Point = tuple[float, float]
N_INPUTS = 5
WINDOW = 3
N_DENSE = 3


def network_families() -> Picture:
    """Draw the three families side by side, small enough to count the connections.

    Returns:
        The picture; coloured lines of the same dash share one weight, grey ones share none.
    """
    fig, axes = figure(8.4, 3.1, columns=3)
    dense, convolutional, recurrent = axes_list(axes)
    draw_dense(dense)
    draw_convolutional(convolutional)
    draw_recurrent(recurrent)
    for ax in axes_list(axes):
        ax.set(xlim=(-0.6, 4.6), ylim=(-0.75, 3.1))
        ax.axis("off")
    n_windows = N_INPUTS - WINDOW + 1
    alt = (
        f"Three small networks, drawn from bottom to top. Dense: each of {N_DENSE} units is "
        f"connected to each of {N_INPUTS} inputs, {N_DENSE * N_INPUTS} different weights. "
        f"Convolutional: each of {n_windows} units sees a window of {WINDOW} neighbouring inputs, "
        f"and all use the same {WINDOW} weights. Recurrent: at each time step one unit receives "
        "the new input and its own value of the step before, with the same two weights at every "
        "step."
    )
    caption = (
        "Each thin grey line has a weight of its own; coloured lines that look the same share one. "
        "This course builds the first kind."
    )
    return Picture(fig, alt, caption)


def spaced(n: int, y: float) -> list[Point]:
    """Return n points in a row of width 4, centred."""
    return [(2 + (i - (n - 1) / 2), y) for i in range(n)]


def draw_units(ax: Axes, points: Iterable[Point], names: Iterable[str], color: str) -> None:
    """Draw circles with names."""
    for (x, y), name in zip(points, names, strict=True):
        ax.plot([x], [y], "o", markersize=24, color=color, zorder=3, markeredgecolor=palette.ink)
        ax.text(x, y, name, ha="center", va="center", fontsize=10, zorder=4)


def connect(ax: Axes, start: Point, end: Point, kind: int | None) -> None:
    """Draw a connection; kind is the number of the shared weight, None for one of its own."""
    color = palette.muted if kind is None else palette.cycle[kind]
    style = "solid" if kind is None else DASHES[kind]
    width = 1.0 if kind is None else 2.2
    ax.plot(*zip(start, end, strict=True), color=color, linestyle=style, linewidth=width, zorder=1)


def write_title(ax: Axes, title: str, text: str) -> None:
    """Write a family's name above, and what is special below."""
    ax.set_title(title, loc="center", weight="bold")
    ax.text(2, -0.95, text, ha="center", va="top", fontsize=10, linespacing=1.3)


def lower(letter: str, n: int) -> list[str]:
    """Return n names x₁, x₂, …."""
    return [letter + "₁₂₃₄₅"[i] for i in range(n)]


def draw_dense(ax: Axes) -> None:
    """Every unit sees every input."""
    inputs, units = spaced(N_INPUTS, 0), spaced(N_DENSE, 2.4)
    for start in inputs:
        for end in units:
            connect(ax, start, end, None)
    draw_units(ax, inputs, lower("x", N_INPUTS), palette.paper)
    draw_units(ax, units, lower("h", N_DENSE), palette.paper)
    count = N_DENSE * N_INPUTS
    write_title(ax, "dense", f"every unit sees every input:\n{count} weights, all different")


def draw_convolutional(ax: Axes) -> None:
    """Every unit sees a window, through the same weights."""
    inputs, units = spaced(N_INPUTS, 0), spaced(N_INPUTS - WINDOW + 1, 2.4)
    for j, end in enumerate(units):
        for k in range(WINDOW):
            connect(ax, inputs[j + k], end, k)
    draw_units(ax, inputs, lower("x", N_INPUTS), palette.paper)
    draw_units(ax, units, lower("h", len(units)), palette.paper)
    write_title(ax, "convolutional", f"a window slides along:\n{WINDOW} weights, used everywhere")


def draw_recurrent(ax: Axes) -> None:
    """The state goes on to the next step."""
    inputs = [(0.0, 0.0), (2.0, 0.0), (4.0, 0.0)]
    states = [(x, 2.4) for x, _ in inputs]
    for start, end in zip(inputs, states, strict=True):
        connect(ax, start, end, 0)
    for start, end in pairwise(states):
        connect(ax, start, end, 1)
        ax.annotate(
            "",
            (end[0] - 0.42, end[1]),
            (end[0] - 0.6, end[1]),
            arrowprops={"arrowstyle": "-|>", "color": palette.cycle[1], "mutation_scale": 16},
        )
    draw_units(ax, inputs, lower("x", 3), palette.paper)
    draw_units(ax, states, lower("h", 3), palette.paper)
    for (x, _), step in zip(states, ("t = 1", "t = 2", "t = 3"), strict=True):
        ax.text(x, 2.88, step, ha="center", va="bottom", fontsize=9, color=palette.muted)
    write_title(ax, "recurrent", "a state passes from step to step:\n2 weights, used at every step")

"""How many operations the derivatives of a network take, over its number of layers.

Not here: counting them (`annkit.symbolic.formula_growth`).
"""

from collections.abc import Sequence

import numpy as np

from annkit.show.colours import DASHES, palette
from annkit.show.labels import label_ends
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.symbolic.formula_growth import Growth

KINDS = {
    "whole": "each derivative whole",
    "shared": "common pieces shared",
    "by_layer": "layer by layer",
}
MARKERS = ("o", "s", "^")


def growth_picture(counts: Sequence[Growth], caption: str = "") -> Picture:
    """Draw the counts on a logarithmic axis.

    Args:
        counts: of networks with more and more layers.
        caption: what to look at.

    Returns:
        The picture.
    """
    layers = [count.n_layers for count in counts]
    series = {name: [getattr(count, kind) for count in counts] for kind, name in KINDS.items()}
    fig, ax = figure(6.6, 3.6)
    colors = [palette.vermillion, palette.purple, palette.blue]
    for row, numbers in enumerate(series.values()):
        ax.plot(
            layers,
            numbers,
            color=colors[row],
            linestyle=DASHES[row],
            marker=MARKERS[row],
            clip_on=False,
        )
    ax.set(xlabel="layers of weights", ylabel="operations", xlim=(min(layers), max(layers)))
    ax.set_yscale("log")
    ax.set_xticks(layers)
    ends = [float(np.asarray(numbers)[-1]) for numbers in series.values()]
    label_ends(ax, float(layers[-1]), ends, list(series), colors)
    said = "; ".join(
        f"{name}: {', '.join(str(number) for number in numbers)}"
        for name, numbers in series.items()
    )
    alt = (
        f"Operations for all derivatives of a network with {layers[0]} to {layers[-1]} layers, on "
        f"a logarithmic axis. {said}."
    )
    return Picture(fig, alt, caption)

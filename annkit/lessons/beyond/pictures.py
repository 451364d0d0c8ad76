"""Still pictures of chapter 13: digits under kernels, blame on its way back, the map of the field.

Not here: the centre-piece (`explorer`), the three families without attention
(`annkit.show.field_map`).
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from annkit.arguments import Array
from annkit.show import field_map
from annkit.show.colours import DASHES, MARKERS, palette
from annkit.show.labels import label_ends, listed
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure
from annkit.show.tables import power_of_ten


def in_a_row(images: Mapping[str, Array], said: str, caption: str = "") -> Picture:
    """Draw pictures side by side: blue is positive, red with a − negative, pale 0.

    Args:
        images: name → (height, width); each is drawn with its own scale.
        said: what they show, for the alternative text.
        caption: what to look at.
    """
    fig, axes = figure(1.75 * len(images), 2.1, 1, len(images), squeeze=False)
    for ax, (name, image) in zip(axes_list(axes), images.items(), strict=True):
        largest = np.abs(image).max() or 1.0
        ax.imshow(image, cmap="RdBu", vmin=-largest, vmax=largest, interpolation="nearest")
        for i, j in np.argwhere(image < -largest / 4):
            color = palette.paper if image[i, j] < -largest / 2 else palette.ink
            ax.text(j, i, "−", ha="center", va="center", color=color, weight="bold")
        ax.set_title(name, fontsize=10, loc="center")
        ax.set(xticks=[], yticks=[])
    sizes = listed([f"{name} ({i.shape[0]} × {i.shape[1]})" for name, i in images.items()])
    return Picture(fig, f"{said}: {sizes}.", caption)


def way_back(lengths: Mapping[str, Array], caption: str = "") -> Picture:
    """Draw how long delta is at each step, over the last one's, on a logarithmic axis.

    Args:
        lengths: name → length at each step, first step first, (steps,).
        caption: what to look at.
    """
    fig, ax = figure(6.8, 3.4)
    ends, told = [], []
    for number, (name, length) in enumerate(lengths.items()):
        back = length[::-1] / length[-1]
        style = {"color": palette.cycle[number], "ls": DASHES[number], "marker": MARKERS[number]}
        ax.semilogy(range(len(back)), back, ms=4, **style)
        ends.append(float(back[-1]))
        told.append(f"{name} {power_of_ten(ends[-1])} of the last step's at the first step")
    n_steps = len(next(iter(lengths.values())))
    ax.set(xlabel="steps back from the answer", ylabel="delta, the last step's = 1")
    ax.set(title="How long delta is on its way back through the steps")
    ax.set(xlim=(-0.4, n_steps - 0.6))  # room for the first marker and the last
    ax.set_xticks(range(0, n_steps, 5))
    names = [f"{name}: {power_of_ten(end)}" for name, end in zip(lengths, ends, strict=True)]
    label_ends(ax, n_steps - 0.6, ends, names, palette.cycle[: len(ends)])
    return Picture(fig, f"Length of delta over {n_steps} steps: {listed(told)}.", caption)


def four_families() -> Picture:
    """Draw the map of chapter 0 with attention added, and the weights counted."""
    fig, axes = figure(10.6, 3.2, columns=4)
    panels = axes_list(axes)
    field_map.draw_dense(panels[0])
    field_map.draw_convolutional(panels[1])
    field_map.draw_recurrent(panels[2])
    _draw_attention(panels[3])
    for ax in panels:
        ax.set(xlim=(-0.6, 4.6), ylim=(-0.75, 3.1))
        ax.axis("off")
    alt = (
        "Four small networks. Dense: 15 weights, all different. Convolutional: 3 weights, the "
        "same at every place. Recurrent: 2 weights, the same at every step. Attention: each of 5 "
        "outputs is connected to each of 5 inputs by lines of different width; 3 weights make "
        "queries, keys and values, and the widths are computed from the inputs."
    )
    caption = (
        "Grey: a weight of its own. Same colour and dash: the same weight. Lines of different "
        "width (attention): computed from the inputs, and drawn for one output only."
    )
    return Picture(fig, alt, caption)


def _draw_attention(ax: Axes) -> None:
    """One output compares itself with every input; the widths of the lines are the weights."""
    inputs, outputs = field_map.spaced(5, 0), field_map.spaced(5, 2.4)
    for (x, y), width in zip(inputs, (1.2, 6.0, 0.4, 2.8, 0.8), strict=True):
        ax.plot([x, outputs[2][0]], [y, outputs[2][1]], color=palette.blue, lw=width, zorder=1)
    field_map.draw_units(ax, inputs, field_map.lower("x", 5), palette.paper)
    field_map.draw_units(ax, outputs, field_map.lower("h", 5), palette.paper)
    field_map.write_title(
        ax, "attention", "everyone asks everyone:\n3 weights, the widths computed"
    )

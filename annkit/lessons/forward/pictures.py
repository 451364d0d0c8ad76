"""Pictures of a forward pass: a network for paper and pencil, what a neuron answers to, all shapes.

Not here: the interactive with numbers (`explorer`), curves made of bumps (`bumps`).
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from annkit.data import HOUSE_FEATURES, HOUSE_UNITS
from annkit.show.colours import palette
from annkit.show.labels import plural
from annkit.show.network_diagram import draw_units, height, line_style, write_number
from annkit.show.network_words import numbered
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

# Where along its line a weight is written, so that no two lie on each other.
PLACES = ((0.62, 0.22), (0.28, 0.28), (0.22, 0.62))
BAND = 0.5  # of a neuron's answer


def paper_network(
    hidden: ArrayLike, output: ArrayLike, inputs: Sequence[str], caption: str = ""
) -> Picture:
    """Draw a network with two hidden units whose weights are numbered as w1, w2, … .

    Args:
        hidden: weights into the hidden units, (n_in, 2), numbered row by row.
        output: weights into the output, (2, 1), numbered on.
        inputs: names, (n_in,).
        caption: what to look at.
    """
    layers = [np.asarray(hidden, dtype=float), np.asarray(output, dtype=float)]
    fig, ax = figure(6.4, 3.4)
    largest = [float(np.abs(W).max()) for W in layers]
    number, words = 0, []
    names = [list(inputs), ["O1", "O2"], ["ŷ"]]
    for layer, W in enumerate(layers):
        for (i, j), w in np.ndenumerate(W):
            number += 1
            ends = height(i, len(W)), height(j, W.shape[1])
            ax.plot([layer, layer + 1], ends, **line_style(w, largest[layer], 0.0))
            t = PLACES[i % 3][j] if layer == 0 else 0.5
            y = ends[0] + t * (ends[1] - ends[0])
            write_number(ax, layer + t, y, f"w{number} = {in_words(w)}")
            words.append(f"w{number} from {names[layer][i]} to {names[layer + 1][j]} {in_words(w)}")
    for layer, units in enumerate(names):
        shown = [f"x{i}" for i in (1, 2, 3)] if layer == 0 else units
        draw_units(ax, layer, range(len(units)), shown, None)
    for i, name in enumerate(inputs):
        ax.text(-0.16, height(i, len(inputs)), name, ha="right", va="center", fontsize=10)
    ax.set(xlim=(-0.62, 2.2), ylim=(-1.5, 1.5))
    ax.axis("off")
    return Picture(fig, f"Network {len(inputs)}-2-1: {', '.join(words)}.", caption)


def neuron_map(
    w: ArrayLike,
    b: float,
    mean: ArrayLike,
    scale: ArrayLike,
    X: ArrayLike,
    caption: str = "",
    marked: ArrayLike = (),
) -> Picture:
    """Draw what a ReLU neuron answers over area and distance; the other inputs at their means.

    Args:
        w: weights on standardised inputs, (4,).
        b: bias.
        mean: of the inputs, (4,).
        scale: of the inputs, (4,).
        X: houses in their own units, shown as dots, (n, 4).
        caption: what to look at.
        marked: further houses, with the letters A, B, …, (m, 4).
    """
    w, mean, scale = (np.asarray(values, dtype=float) for values in (w, mean, scale))
    houses = np.asarray(X, dtype=float)
    area, distance = np.meshgrid(np.linspace(40, 240, 121), np.linspace(0, 25, 101))
    z = w[0] * (area - mean[0]) / scale[0] + w[2] * (distance - mean[2]) / scale[2] + b
    fig, ax = figure(5.6, 3.6)
    top = float(np.ceil(z.max()))
    shades = ax.contourf(
        area,
        distance,
        np.ma.masked_less_equal(z, 0),
        levels=np.arange(0, top + BAND, BAND),
        cmap="Blues",
    )
    ax.contour(area, distance, z, levels=[0.0], colors=palette.ink, linewidths=1.8)
    ax.text(55, 23.5, "off", ha="center", va="center", bbox={"fc": palette.paper, "lw": 0})
    ax.plot(houses[:, 0], houses[:, 2], ".", color=palette.ink, markersize=2.5, alpha=0.55)
    for letter, house in zip("ABCDEF", np.reshape(marked, (-1, 4)), strict=False):
        label = {"ha": "center", "va": "center", "fontweight": "bold"}
        around = {"boxstyle": "circle", "fc": palette.paper, "ec": palette.ink}
        ax.text(house[0], house[2], letter, bbox=around, **label)
    fig.colorbar(shades, ax=ax, label="answer of the neuron", ticks=range(int(top) + 1))
    labels = [f"{HOUSE_FEATURES[i]} ({HOUSE_UNITS[i]})" for i in (0, 2)]
    ax.set(xlabel=labels[0], ylabel=labels[1])
    on = float(np.mean((houses[:, [0, 2]] - mean[[0, 2]]) / scale[[0, 2]] @ w[[0, 2]] + b > 0))
    alt = (
        f"Answer of a ReLU neuron over area and distance. It is largest, {z.max():.1f}, at 240 m² "
        f"in the centre, falls evenly towards small and far, and is 0 beyond a straight line. "
        f"{on:.0%} of the houses are on its active side."
        if w[0] > 0 > w[2]
        else f"Answer of a ReLU neuron over area and distance, at most {z.max():.1f}; {on:.0%} of "
        f"the houses are on its active side."
    )
    return Picture(fig, alt, caption)


def prices(predicted: ArrayLike, price: ArrayLike) -> Picture:
    """Draw what somebody's network says about houses, next to what they cost.

    Args:
        predicted: (n, 1), thousands.
        price: (n,), thousands.
    """
    said, paid = np.asarray(predicted, dtype=float)[:, 0], np.asarray(price, dtype=float)
    fig, ax = figure(5.4, 2.8)
    at = np.arange(len(paid))
    ax.bar(at - 0.2, said, 0.36, color=palette.blue, label="your network says")
    ax.bar(at + 0.2, paid, 0.36, color=palette.paper, ec=palette.ink, hatch="//", label="price")
    names = [chr(ord("A") + i) for i in at]
    ax.set(xticks=at, xticklabels=names, xlabel="house", ylabel="thousands")
    ax.legend()
    each = "; ".join(
        f"{name}: {a:.0f}, price {b:.0f}" for name, a, b in zip(names, said, paid, strict=True)
    )
    return Picture(
        fig,
        f"What your network says about houses, in thousands. {each}.",
        "The network with the two named neurons, run by your forward on houses A to D.",
    )


def layer_boxes(sizes: Sequence[int], batch: int, caption: str = "") -> Picture:
    """Draw the arrays of a network to scale: data with a row per example, weights below it.

    Args:
        sizes: units per layer, inputs first.
        batch: examples that go through together.
        caption: what to look at.
    """
    gap = 0.16 * max(batch, *sizes)
    fig, ax = figure(8.0, 3.8)
    x, words = 0.0, []
    lowest = -float(batch)
    names = ["X", *numbered("a", len(sizes) - 2), "ŷ"]
    weights = numbered("W", len(sizes) - 1)
    for layer, (name, n) in enumerate(zip(names, sizes, strict=True)):
        ax.add_patch(Rectangle((x, -batch), n, batch, fc=palette.sky, ec=palette.ink, alpha=0.55))
        above: dict[str, str] = {"ha": "center", "va": "bottom"}
        ax.text(x + n / 2, 0.03 * batch, f"{name}\n({batch}, {n})", fontsize=10, **above)
        words.append(f"{name} ({batch}, {n})")
        x += n + gap
        if layer + 1 < len(sizes):
            m = sizes[layer + 1]
            ax.add_patch(Rectangle((x, -n), m, n, fc=palette.orange, ec=palette.ink))
            label = f"{weights[layer]} ({n}, {m})"
            ax.text(x + m / 2, 0.03 * batch, label.replace(" ", "\n", 1), fontsize=10, **above)
            words.append(f"{label}: {plural(n * m, 'weight')}")
            lowest = min(lowest, -float(n))
            x += m + gap
    ax.set(xlim=(-gap, x), ylim=(1.1 * lowest, 0.25 * -lowest), aspect="equal")
    ax.axis("off")
    total = sum((n + 1) * m for n, m in pairwise(sizes))
    return Picture(
        fig, f"Arrays to scale: {'; '.join(words)}. {plural(total, 'parameter')} in all.", caption
    )

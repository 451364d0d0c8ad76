"""Still pictures of chapter 11: signals through many layers, and what remedies do to two networks.

Not here: the dashboard (`dashboard`).
"""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from annkit.arguments import Array
from annkit.lessons.practice.trials import Trial
from annkit.show.colours import DASHES, MARKERS, palette
from annkit.show.labels import label_ends
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words, power_of_ten


def both_ways(signals: Mapping[str, tuple[Array, Array]], caption: str = "") -> Picture:
    """Draw how large z and delta are in each layer.

    Args:
        signals: name → root mean squares of z and of delta, (layers,) each.
        caption: what to look at.

    Returns:
        Left the way forward, right the way back, both logarithmic, each line named at its end.
    """
    fig, (left, right) = figure(9.0, 3.6, 1, 2)
    told = []
    for number, (name, (z, delta)) in enumerate(signals.items()):
        layers = np.arange(1, len(z) + 1)
        style = {"color": palette.cycle[number], "ls": DASHES[number], "marker": MARKERS[number]}
        left.plot(layers, z, ms=3.5, **style)
        right.plot(layers, delta, ms=3.5, **style)
        told.append(
            f"{name}: z from {power_of_ten(z[0])} in layer 1 to {power_of_ten(z[-1])} in layer "
            f"{len(z)}; delta from {power_of_ten(delta[-1])} there back to {power_of_ten(delta[0])}"
        )
    n_layers = len(next(iter(signals.values()))[0])
    _finish(left, "forward: size of z →", n_layers)
    _finish(right, "backward: size of delta ←", n_layers)
    colors = palette.cycle[: len(signals)]
    ends = [float(z[-1]) for z, _ in signals.values()]
    label_ends(left, n_layers, ends, list(signals), colors)
    first = [float(delta[0]) for _, delta in signals.values()]
    right.invert_xaxis()  # the signal runs to the right in both panels
    label_ends(right, 1, first, list(signals), colors)
    return Picture(fig, "; ".join(told) + ".", caption)


def _finish(ax: Axes, title: str, n_layers: int) -> None:
    ax.set(yscale="log", xlabel="layer", title=title, xlim=(1, n_layers))
    ax.set_xticks([1, *range(5, n_layers + 1, 5)])


def remedies(
    verdicts: Mapping[str, tuple[Trial, Trial]], panels: tuple[str, str], caption: str = ""
) -> Picture:
    """Draw what each remedy does to a network that needs it and to one that doesn't.

    Args:
        verdicts: remedy → its verdicts on the two; the first is training without a remedy.
        panels: titles.
        caption: what to look at.

    Returns:
        Two panels with a line per remedy: an arrow from the share right without it to the share
        with it, and beside it the runs better and worse.
    """
    fig, axes = figure(9.0, 0.9 + 0.42 * len(verdicts), 1, 2, sharex=True, sharey=True)
    names = list(verdicts)
    told = []
    for side, (ax, title) in enumerate(zip(axes, panels, strict=True)):
        start = verdicts[names[0]][side].right
        ax.axvline(start, color=palette.muted, ls=":", lw=1.3)
        words = []
        for row, name in enumerate(names):
            found = verdicts[name][side]
            helps = found.right >= start
            color = palette.ink if row == 0 else palette.blue if helps else palette.vermillion
            ax.plot([start, found.right], [row, row], color=color, lw=2.4)
            marker = "o" if row == 0 else ">" if helps else "<"
            ax.plot([found.right], [row], marker, color=color, ms=8)
            score = f"{100 * found.right:.1f} %" + (f"  ({found.score})" if row else "")
            ax.text(1.0, row, score, transform=ax.get_yaxis_transform(), va="center", fontsize=10)
            words.append(
                f"{name} {in_words(found.right, 3)}" + (f" ({found.score})" if row else "")
            )
        ax.set(title=title, xlabel="share right on new examples")
        ax.margins(x=0.12)
        told.append(f"{title}: {', '.join(words)}")
    axes[0].set_yticks(range(len(names)), names)
    axes[0].set_ylim(len(names) - 0.5, -0.5)
    alt = "Share right without and with each remedy (runs better : worse). " + "; ".join(told) + "."
    return Picture(fig, alt, caption)

"""Still pictures of chapter 11: signals through many layers, and what remedies do to two networks.

Not here: the dashboard (`dashboard`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes

from annkit.arguments import Array
from annkit.lessons.practice.trials import Trial
from annkit.show.colours import DASHES, MARKERS, palette
from annkit.show.labels import label_ends, shares_along
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_percent, in_words, power_of_ten


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


def remedies(verdicts: Mapping[str, Mapping[str, Trial]], caption: str = "") -> Picture:
    """Draw what each remedy does to networks that need it, and to one that doesn't.

    Args:
        verdicts: title of a panel → remedy → its verdict; the first is training without a remedy.
        caption: what to look at.

    Returns:
        A panel for each network with a line per remedy: an arrow from the share right without it
        to the share with it, and beside it the runs better and worse.
    """
    names = list(next(iter(verdicts.values())))
    shape = 1, len(verdicts)
    fig, axes = figure(10.5, 1.1 + 0.42 * len(names), *shape, sharex=True, sharey=True)
    told = []
    for ax, (title, found) in zip(axes, verdicts.items(), strict=True):
        start = found[names[0]].right
        ax.axvline(start, color=palette.muted, ls=":", lw=1.3)
        for row, name in enumerate(names):
            _arrow(ax, row, start, found[name])
        ax.set(title=title, xlabel="right on new examples")
        shares_along(ax.xaxis)
        ax.margins(x=0.12)
        words = [
            f"{name} {in_percent(found[name].right)}" + (f" ({found[name].score})" if row else "")
            for row, name in enumerate(names)
        ]
        told.append(f"{title}: {', '.join(words)}".replace("\n", " "))
    axes[0].set_yticks(range(len(names)), names)
    axes[0].set_ylim(len(names) - 0.5, -0.5)
    alt = "Share right without and with each remedy (runs better : worse). " + "; ".join(told) + "."
    return Picture(fig, alt, caption)


def _arrow(ax: Axes, row: int, start: float, found: Trial) -> None:
    """Draw one remedy: from the share right without it to the share with it; row 0 is without."""
    helps = found.right >= start
    color = palette.ink if row == 0 else palette.blue if helps else palette.vermillion
    ax.plot([start, found.right], [row, row], color=color, lw=2.4)
    marker = "o" if row == 0 else ">" if helps else "<"
    ax.plot([found.right], [row], marker, color=color, ms=8)
    score = in_percent(found.right) + (f"  ({found.score})" if row else "")
    ax.text(1.0, row, score, transform=ax.get_yaxis_transform(), va="center", fontsize=10)


def learning_rates(
    swept: tuple[Array, Mapping[str, Array]],
    chosen: Mapping[str, float],
    trained: tuple[Sequence[float], Mapping[str, Sequence[float]]],
    caption: str = "",
) -> Picture:
    """Draw one short run with a growing rate, and beside it what whole trainings make of rates.

    Args:
        swept: the rates of the short run, (steps,), and network → cost of the next batch, (steps,).
        chosen: network → the rate that the short run suggests.
        trained: rates, and network → share right after a training at each of them.
        caption: what to look at.

    Returns:
        Two panels over the logarithm of the rate; an arrow points to each suggested rate.
    """
    fig, (left, right) = figure(10.5, 3.8, 1, 2)
    rates, costs = swept
    tried, shares = trained
    for number, (name, color) in enumerate(zip(costs, palette.cycle, strict=False)):
        style = {"color": color, "ls": DASHES[number]}
        left.plot(rates, costs[name], **style)
        right.plot(tried, shares[name], marker=MARKERS[number], **style)
        foot = left.get_xaxis_transform()
        left.plot([chosen[name]] * 2, [0, 0.16], color=color, ls=DASHES[number], transform=foot)
        words = f" {chosen[name]:.2f}" if number == 0 else f"{chosen[name]:.2f} "
        side = "left" if number == 0 else "right"
        left.text(chosen[name], 0.04, words, color=color, ha=side, transform=foot)
    for ax, title in ((left, "a short run, the rate growing"), (right, "trained for 30 epochs")):
        ax.set(xscale="log", xlabel="learning rate", title=title)
    left.set(ylabel="cost of the next batch")
    right.set(ylabel="right on new examples", ylim=(0.3, 1.02))
    shares_along(right.yaxis)
    colors = palette.cycle[: len(costs)]
    label_ends(right, tried[-1], [shares[name][-1] for name in costs], list(costs), colors)
    alt = "Learning rates. " + "; ".join(
        f"{name}: suggested rate {in_words(chosen[name], 2)}; right after training "
        + ", ".join(
            f"{in_percent(share, 0)} at {rate}"
            for rate, share in zip(tried, shares[name], strict=True)
        )
        for name in costs
    )
    return Picture(fig, alt + ".", caption)

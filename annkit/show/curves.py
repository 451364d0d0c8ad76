"""Lines over a common axis, each named at its end: results side by side, and costs over epochs.

Not here: curves with a story of their own (`activation_curves`).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.colours import DASHES, palette
from annkit.show.labels import label_ends, plural
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words


def lines(
    x: ArrayLike,
    series: Mapping[str, ArrayLike],
    xlabel: str,
    ylabel: str,
    title: str = "",
    caption: str = "",
    ticks: ArrayLike | None = None,
) -> Picture:
    """Draw lines over the same x; each has its own colour and dash, and its name at its end.

    Args:
        x: (n,).
        series: name → heights, (n,).
        xlabel: with the unit.
        ylabel: with the unit.
        title: says what is compared.
        caption: what to look at.
        ticks: places on the x axis that are numbered, (n_ticks,); without them, round numbers.

    Returns:
        The picture.
    """
    x = np.asarray(x, dtype=float)
    drawn = {name: np.asarray(y, dtype=float) for name, y in series.items()}
    for name, y in drawn.items():
        if y.shape != x.shape:
            raise ValueError(f"{name}: expected shape {x.shape} like x, got {y.shape}")
    fig, ax = figure(6.0, 3.4)
    colors = [palette.cycle[i % len(palette.cycle)] for i in range(len(drawn))]
    for i, y in enumerate(drawn.values()):
        ax.plot(x, y, color=colors[i], linestyle=DASHES[i % len(DASHES)])
    ax.set(xlabel=xlabel, ylabel=ylabel, title=title, xlim=(x.min(), x.max()))
    if ticks is not None:
        ax.set_xticks(np.asarray(ticks, dtype=float))
    ends = [float(y[np.argmax(x)]) for y in drawn.values()]
    label_ends(ax, float(x.max()), ends, list(drawn), colors)
    what = f"{title}: " if title else ""
    said = "; ".join(f"{name} {course(x, y)}" for name, y in drawn.items())
    alt = f"{what}{ylabel} over {xlabel} from {in_words(x.min())} to {in_words(x.max())}. {said}."
    return Picture(fig, alt, caption)


def course(x: Array, y: Array) -> str:
    """Say from where to where a line goes, and where it is highest and lowest if that is inside.

    Args:
        x: (n,).
        y: (n,).
    """
    drawn = np.isfinite(y)
    if not drawn.any():
        return "has no finite value"
    if not drawn.all():
        return f"{course(x[drawn], y[drawn])} (it has gaps: some values are not finite)"
    if np.ptp(y) == 0:
        return f"stays at {in_words(y[0])}"
    words = f"goes from {in_words(y[0])} to {in_words(y[-1])}"
    for what, i in (("highest", int(np.argmax(y))), ("lowest", int(np.argmin(y)))):
        if y[i] != y[0] and y[i] != y[-1]:
            words += f", {what} {in_words(y[i])} at {in_words(x[i])}"
    return words


def cost_history(
    history: Sequence[float] | Mapping[str, Sequence[float]], caption: str = "", best: bool = False
) -> Picture:
    """Draw the cost after each epoch.

    Args:
        history: costs (n_epochs,), or several by name (training, validation, …).
        caption: what to look at.
        best: mark the lowest point of the last line.

    Returns:
        The picture; the axis of the costs is logarithmic where they span more than 1 : 30.
    """
    given = history if isinstance(history, Mapping) else {"cost": history}
    costs = {name: np.asarray(values, dtype=float) for name, values in given.items()}
    fig, ax = figure(6.0, 3.4)
    colors = [palette.cycle[i % len(palette.cycle)] for i in range(len(costs))]
    for i, cost in enumerate(costs.values()):
        marker = "o" if len(cost) <= 20 else None
        epochs = np.arange(1, len(cost) + 1)
        ax.plot(epochs, cost, color=colors[i], linestyle=DASHES[i % len(DASHES)], marker=marker)
    finite = np.concatenate([cost[np.isfinite(cost)] for cost in costs.values()])
    if len(finite) and finite.min() > 0 and finite.max() > 30 * finite.min():
        ax.set_yscale("log")
    else:
        ax.set_ylim(bottom=0 if len(finite) == 0 or finite.min() >= 0 else None)
    longest = max(len(cost) for cost in costs.values())
    ax.set(xlabel="epoch", ylabel="cost", xlim=(1, max(longest, 2)))
    ax.xaxis.get_major_locator().set_params(integer=True)
    last = list(costs.values())[-1]
    if best and np.isfinite(last).any():
        epoch = int(np.nanargmin(last)) + 1
        ax.plot([epoch], [last[epoch - 1]], "D", color=palette.ink, markersize=7, zorder=4)
        ax.annotate(
            f"lowest: epoch {epoch}",
            (epoch, last[epoch - 1]),
            (0, 12),
            textcoords="offset points",
            ha="center",
            va="bottom",
        )
    ends = {name: cost[-1] for name, cost in costs.items() if np.isfinite(cost[-1])}
    used = [color for color, name in zip(colors, costs, strict=True) if name in ends]
    label_ends(ax, longest, list(ends.values()), list(ends), used)
    return Picture(
        fig, "Cost: " + "; ".join(told(name, cost) for name, cost in costs.items()) + ".", caption
    )


def told(name: str, cost: Array) -> str:
    """Say how a cost went: start, end, lowest, and where it stopped being a number."""
    words = (
        f"{name} over {len(cost)} epochs: {in_words(cost[0])} at first, {in_words(cost[-1])} last"
    )
    if not np.isfinite(cost).all():
        return f"{words}, not a finite number from epoch {int(np.argmin(np.isfinite(cost))) + 1} on"
    lowest = int(np.argmin(cost))
    if lowest < len(cost) - 1:
        words += f", lowest {in_words(cost[lowest])} at epoch {lowest + 1}"
    rises = int(np.sum(np.diff(cost) > 0))
    return words + (f", rising in {plural(rises, 'epoch')}" if rises else ", never rising")

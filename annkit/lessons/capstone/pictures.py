"""Pictures of the capstone: digits in a row, and errors against the number of examples.

Not here: confusions and misread digits (`annkit.show.confusions`), certainty (`calibration`).
"""

from collections.abc import Sequence

import numpy as np
from matplotlib.ticker import NullFormatter, NullLocator

from annkit.arguments import Array
from annkit.show.colours import palette
from annkit.show.labels import listed
from annkit.show.picture import Picture
from annkit.show.style import axes_list, figure
from annkit.show.tables import in_percent


def row_of_digits(X: Array, labels: Array, said: str, caption: str = "") -> Picture:
    """Draw pictures of 8×8 pixels side by side, each with its label.

    Args:
        X: pictures, (n, 64), 0 … 1.
        labels: what they are, (n,).
        said: what they are, for the alternative text: "handwritten digits".
        caption: what to look at.
    """
    fig, axes = figure(0.95 * len(X), 1.25, 1, len(X), squeeze=False)
    for ax, pixels, label in zip(axes_list(axes), X, labels, strict=True):
        ax.set(xticks=[], yticks=[])
        ax.spines[:].set(visible=True, color=palette.faint)  # scattered digits have no rim
        ax.imshow(pixels.reshape(8, 8), cmap="gray_r", vmin=0, vmax=1, interpolation="nearest")
        ax.set_title(str(label), fontsize=10, loc="center")
    return Picture(fig, f"{len(X)} {said}: {listed([str(label) for label in labels])}.", caption)


def learning_curve(sizes: Sequence[int], curve: Sequence[Array], caption: str = "") -> Picture:
    """Draw the share of errors against the number of examples, both axes logarithmic.

    Args:
        sizes: numbers of training examples, ascending.
        curve: accuracies of several trainings with so many examples, (n,) for each size.
        caption: what to look at.

    Returns:
        A dot for each mean, its accuracy beside it, and a line from the best to the worst.
    """
    fig, ax = figure(6.8, 4.0)
    errors = np.array([1 - np.mean(accuracy) for accuracy in curve])
    slope, height = np.polyfit(np.log10(sizes), np.log10(errors), 1)
    line = 10**height * np.asarray(sizes, dtype=float) ** slope
    ax.loglog(sizes, line, color=palette.muted, lw=1, ls=(0, (4, 3)))
    best, worst = ([1 - end(accuracy) for accuracy in curve] for end in (np.max, np.min))
    ax.vlines(sizes, best, worst, color=palette.blue, lw=1.5)
    ax.loglog(sizes, errors, "o", color=palette.blue, ms=7)
    for n, e in zip(sizes, errors, strict=True):
        read = in_percent(1 - e, 0)
        ax.annotate(read, (n, e), (6, 3), textcoords="offset points", fontsize=10)
    ax.set_xticks(sizes, [str(n) for n in sizes])
    ticks = [0.02, 0.05, 0.1, 0.2, 0.5]
    ax.set_yticks(ticks, [in_percent(tick, 0) for tick in ticks])
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_minor_locator(NullLocator())
        axis.set_minor_formatter(NullFormatter())
    ax.set(xlabel="training examples", ylabel="errors on held-back digits")
    foot = f"slope of the dashed line: {slope:.2f}".replace("-", "−")
    ax.text(0.03, 0.05, foot, color=palette.muted, transform=ax.transAxes)
    told = [f"{n}: {in_percent(e)}" for n, e in zip(sizes, errors, strict=True)]
    alt = f"Errors against training examples, both axes logarithmic: {listed(told)}."
    return Picture(
        fig,
        f"{alt} They lie along a straight line of slope {slope:.2f}.".replace("-", "−"),
        caption,
    )

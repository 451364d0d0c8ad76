"""Names written next to what they name, shares along an axis, and numbers turned into words.

A direct label is read at once; a legend is looked up.

Not here: other axis labels, which Matplotlib does well.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array
from annkit.show.tables import in_percent, in_words

if TYPE_CHECKING:  # the words are wanted where nothing is drawn, too
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis


def label_line(ax: "Axes", x: float, y: float, text: str, color: str, **text_options: Any) -> None:
    """Write a line's name next to it, in its colour.

    Args:
        ax: where the line is.
        x: position in data units.
        y: position in data units.
        text: the name.
        color: the line's colour.
        **text_options: passed on to `Axes.annotate` (`ha`, `va`, `fontsize`, …).
    """
    options: dict[str, Any] = {"ha": "left", "va": "center", **text_options}
    gap = {"left": 6, "center": 0, "right": -6}[options["ha"]]
    rise = {"bottom": 4, "center": 0, "top": -4}.get(options["va"], 0)
    ax.annotate(text, (x, y), (gap, rise), textcoords="offset points", color=color, **options)


def shares_along(axis: "Axis") -> None:
    """Write the numbers of an axis in percent, as the text beside the picture does."""
    axis.set_major_formatter(lambda share, _: in_percent(share, 0))


def spread(heights: ArrayLike, gap: float) -> Array:
    """Move heights apart until neighbours are at least a gap away, each as little as possible.

    Args:
        heights: (n,).
        gap: smallest distance allowed.

    Returns:
        New heights in the same order, (n,).

    Example:
        >>> spread([0.0, 0.2, 5.0], gap=1.0)
        array([-0.4,  0.6,  5. ])
    """
    wanted = np.asarray(heights, dtype=float)
    order = np.argsort(wanted, kind="stable")
    groups: list[list[float]] = []  # neighbours that touch: their wanted heights, lowest first
    for height in wanted[order]:
        groups.append([float(height)])
        while len(groups) > 1 and _bottom(groups[-1], gap) - _top(groups[-2], gap) < gap:
            groups[-2:] = [groups[-2] + groups[-1]]
    placed = [_bottom(group, gap) + gap * i for group in groups for i in range(len(group))]
    result = np.empty_like(wanted)
    result[order] = placed
    return result


def _bottom(group: list[float], gap: float) -> float:
    return float(np.mean(group)) - gap * (len(group) - 1) / 2


def _top(group: list[float], gap: float) -> float:
    return float(np.mean(group)) + gap * (len(group) - 1) / 2


def label_ends(
    ax: "Axes", x: float, heights: Sequence[float], names: Sequence[str], colors: Sequence[str]
) -> None:
    """Write the names of several lines at their right ends, moved apart where they would collide.

    Call it when the limits of the axes are set.

    Args:
        ax: where the lines are.
        x: where they end, in data units.
        heights: of the ends, in data units.
        names: what to write.
        colors: of the names.
    """
    low, high = ax.get_ylim()
    is_log = ax.get_yscale() == "log"
    place = np.log10 if is_log else np.asarray
    inches = ax.get_figure(root=True).get_figheight()  # type: ignore[union-attr]
    line_height = 0.23 / inches * abs(place(high) - place(low))
    shown = spread(place(np.asarray(heights, dtype=float)), line_height)
    for height, name, color in zip(shown, names, colors, strict=True):
        label_line(ax, x, 10**height if is_log else height, name, color)


def listed(words: Sequence[str]) -> str:
    """Join words as in a sentence.

    Example:
        >>> listed(["soma", "axon", "synapse"])
        'soma, axon and synapse'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plural(count: int, noun: str) -> str:
    """Return a count with its noun.

    Example:
        >>> plural(1, "unit"), plural(3, "unit")
        ('1 unit', '3 units')
    """
    return f"{in_words(count)} {noun if count == 1 else noun + 's'}"

"""The training table as a picture: one panel per problem, one dot per contestant.

Not here: the numbers (`training`).
"""

from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

INK, OURS, OTHERS = "#333333", "#d55e00", "#0072b2"


def draw(table: Mapping[str, Mapping[str, tuple[float, float, float]]], path: Path) -> None:
    """Draw problem → contestant → (median, quartiles) on logarithmic axes and save it as PNG."""
    names = list(dict.fromkeys(name for column in table.values() for name in column))[::-1]
    n_columns = 4
    n_rows = -(-len(table) // n_columns)
    fig = Figure(figsize=(12, 1.2 + 2.6 * n_rows), layout="constrained")
    axes = fig.subplots(n_rows, n_columns, sharex=True, sharey=True, squeeze=False).ravel()
    for ax, (problem, column) in zip(axes, table.items(), strict=False):
        ax.axvline(1, color=OURS, linewidth=1)
        for y, name in enumerate(names):
            if name not in column:
                continue
            median, low, high = column[name]
            color = OURS if name == "annkit" else OTHERS
            ax.plot([low, high], [y, y], color=color, linewidth=2)
            ax.plot([median], [y], "o", color=color, markersize=6)
            if name != "annkit":
                ax.annotate(
                    f"{median:.2g}",
                    (median, y),
                    (7, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=9,
                    color=INK,
                )
        ax.set(xscale="log", title=problem, xlim=(0.03, 100), yticks=range(len(names)))
        ax.set_yticklabels(names)
        ax.grid(axis="x", color="#dddddd")
        ax.spines[["top", "right"]].set_visible(False)
    for ax in axes[-n_columns:]:
        ax.set_xlabel("time / annkit's time")
    fig.suptitle("Training an example: left of the line is faster than annkit, right is slower")
    fig.savefig(path, dpi=110)

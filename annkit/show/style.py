"""One look for every picture: white paper, no box, quiet grid, labels large enough at half size.

Figures are made without pyplot: nothing is drawn twice by a notebook, nothing has to be closed.

Not here: the colours themselves (`colours`) and how a picture is displayed (`picture`).
"""

from collections.abc import Iterable
from typing import Any

import matplotlib.style
import numpy as np
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from annkit.show.colours import palette

STYLE: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with Matplotlib: the same picture on every machine
    "font.size": 11,
    "axes.titlesize": 12,
    "axes.titlelocation": "left",
    "axes.labelsize": 11,
    "axes.labelcolor": palette.ink,
    "axes.edgecolor": palette.muted,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.prop_cycle": cycler(color=palette.cycle),
    "text.color": palette.ink,
    "xtick.color": palette.muted,
    "ytick.color": palette.muted,
    "xtick.labelcolor": palette.ink,
    "ytick.labelcolor": palette.ink,
    "xtick.labelsize": 10,
    "ytick.labelsize": 10,
    "grid.color": palette.faint,
    "grid.linewidth": 0.6,
    "lines.linewidth": 2.0,
    "lines.markersize": 6,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "image.cmap": "cividis",  # made for colour-blind eyes, even in lightness
    "figure.facecolor": palette.paper,
    "savefig.facecolor": palette.paper,
    "figure.dpi": 100,
}


def use_style() -> None:
    """Set the course's style for all pictures of this Python process, the reader's own included."""
    matplotlib.style.use(STYLE)


def blank_figure(
    width: float = 6.4, height: float = 3.6, layout: str | None = "constrained"
) -> Figure:
    """Make an empty figure in the course's style, with its own Agg canvas.

    Args:
        width: inches; one inch is shown as 100 CSS pixels.
        height: inches.
        layout: Matplotlib's layout engine, or None to place axes by hand.

    Returns:
        A figure without axes.
    """
    use_style()
    fig = Figure(figsize=(width, height), layout=layout)  # type: ignore[arg-type]
    FigureCanvasAgg(fig)
    return fig


def figure(
    width: float = 6.4, height: float = 3.6, rows: int = 1, columns: int = 1, **subplots: Any
) -> tuple[Figure, Any]:
    """Make a figure with axes in the course's style.

    Args:
        width: inches; one inch is shown as 100 CSS pixels.
        height: inches.
        rows: rows of axes.
        columns: columns of axes.
        **subplots: passed on to `Figure.subplots` (`sharex`, `width_ratios`, …).

    Returns:
        `(fig, ax)` for one axes, `(fig, array of axes)` for more, as `plt.subplots` does.
    """
    fig = blank_figure(width, height)
    return fig, fig.subplots(rows, columns, **subplots)


def axes_list(axes: Any) -> list[Axes]:
    """Return the axes of `figure(rows, columns)` as a flat list, row by row."""
    flat: Iterable[Axes] = np.ravel(np.asarray(axes, dtype=object))
    return list(flat)

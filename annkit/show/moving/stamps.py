"""Text that is drawn often: its pixels are kept, and drawing it again is a copy.

Laying out and filling a dozen letters takes about a millisecond; in a picture with forty numbers of
which three change from frame to frame, that is nearly all of the frame.

Not here: texts that stay where they are; those belong to the background (`canvas`).
"""

from functools import cache, lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from numpy.typing import NDArray

ROOM = (5.0, 1.0)  # inches, enough for the longest stamp
MARGIN = 4  # pixels around a text that its box may need


class Stamp(Text):
    """A text without rotation, animated; everything else as in Matplotlib."""

    def draw(self, renderer: RendererBase) -> None:
        """Copy the text's pixels to its place."""
        if not self.get_visible() or not self.get_text():
            return
        figure = self.get_figure(root=True)
        assert figure is not None
        image, left, bottom = pixels(
            self.get_text(),
            self.get_fontsize(),
            str(self.get_color()),
            self.get_horizontalalignment(),
            self.get_verticalalignment(),
            self.get_bbox_patch() is not None,
            figure.dpi,
        )
        x, y = self.get_transform().transform(self.get_position())
        gc = renderer.new_gc()
        renderer.draw_image(gc, round(x) + left, round(y) + bottom, image)
        gc.restore()
        self.stale = False


def stamp(ax: Axes, x: float, y: float, words: str, **style: Any) -> Stamp:
    """Add a stamp to axes.

    Args:
        ax: where.
        x: in data units.
        y: in data units.
        words: what it says at first.
        **style: `fontsize`, `color`, `ha`, `va`, and `bbox` for a white box behind it.
    """
    made = Stamp(x, y, words, transform=ax.transData, animated=True, **style)
    ax.add_artist(made)
    return made


@cache
def _desk(dpi: float) -> tuple[Figure, FigureCanvasAgg]:
    """The empty sheet on which stamps are made."""
    figure = Figure(figsize=ROOM, dpi=dpi, facecolor="none")
    return figure, FigureCanvasAgg(figure)


@lru_cache(maxsize=4000)
def pixels(
    words: str, size: float, color: str, ha: str, va: str, on_paper: bool, dpi: float
) -> tuple[NDArray[np.uint8], int, int]:
    """Draw a text once.

    Args:
        words: what it says.
        size: of the letters, in points.
        color: of the letters.
        ha: side of its place, as in Matplotlib.
        va: likewise.
        on_paper: whether there is a white box behind it.
        dpi: pixels per inch.

    Returns:
        Its pixels, RGBA, upside down as `draw_image` wants them, and how far their lower left
        corner lies to the right of and above the text's place.
    """
    figure, canvas = _desk(dpi)
    box = {"facecolor": "white", "edgecolor": "none", "pad": 0.6} if on_paper else None
    text = figure.text(0.5, 0.5, words, fontsize=size, color=color, ha=ha, va=va, bbox=box)
    text.set_linespacing(1.15)
    canvas.draw()
    drawn = np.array(canvas.buffer_rgba())
    text.remove()
    height, width = drawn.shape[:2]
    rows, columns = (np.flatnonzero(drawn[..., 3].any(axis=axis)) for axis in (1, 0))
    top, bottom = max(rows[0] - MARGIN, 0), min(rows[-1] + MARGIN, height)
    left, right = max(columns[0] - MARGIN, 0), min(columns[-1] + MARGIN, width)
    part = np.ascontiguousarray(drawn[top:bottom, left:right][::-1])
    return part, int(left - width // 2), int(height // 2 - bottom)

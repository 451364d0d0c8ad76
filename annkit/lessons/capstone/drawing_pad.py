"""Centre-piece of chapter 12: draw a digit, and a network reads it while you draw.

Mouse, pen or finger draw strokes; with the keyboard the arrows move over the 8×8 cells and the
space bar fills or empties one. Beside the drawing stand the picture that the network sees, its ten
probabilities, and the hidden units that fire. Where no widgets work, a still twin shows what the
network makes of scribbles, large and small, as they are: the cure is asked for after it.

Not here: what happens in the page (the script of the same name), what is computed (`reading`).
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.figure import Figure

from annkit.lessons.capstone.drawings import (
    AS_DRAWN,
    PEN,
    PREPARATIONS,
    SIDE,
    of_cells,
)
from annkit.lessons.capstone.reading import Model, read
from annkit.lessons.capstone.scribbles import scribble
from annkit.show.colours import palette
from annkit.show.live import Live
from annkit.show.moving.canvas import Canvas
from annkit.show.moving.controls import Choice, Control, Frame, Slider, Value
from annkit.show.moving.interactive import widgets_work
from annkit.show.moving.still_twin import StillTwin
from annkit.show.tables import in_percent

if TYPE_CHECKING:  # widgets are loaded when they are shown
    from anywidget import AnyWidget

SCRIPT = Path(__file__).with_suffix(".js")
HELP = (
    "Drawing pad. Draw a digit with the mouse, or move with the arrow keys and fill a cell with "
    "the space bar."
)
COLOURS = {
    "ink": palette.ink,
    "faint": palette.faint,
    "cursor": palette.orange,
    "best": palette.blue,
    "other": palette.muted,
}
SIZES = {"large": (0.8, (0.5, 0.5)), "small, in a corner": (0.45, (0.3, 0.35))}


class DrawingPad:
    """A pad with a model that reads what is drawn; `drawing_pad` explains the arguments."""

    def __init__(self, predict_proba: Model, hidden: Model | None) -> None:
        self._models = (predict_proba, hidden)
        self._widget: AnyWidget | None = None
        self._twin: StillTwin | None = None

    @property
    def widget(self) -> "AnyWidget":
        """The live side, made when first asked for; what is drawn stands in its traits."""
        if self._widget is None:
            self._widget = _live(*self._models)
        return self._widget

    @property
    def twin(self) -> StillTwin:
        """The still side, made when first asked for."""
        if self._twin is None:
            controls: list[Control] = [
                Slider("digit", "digit", "", 0, 9, 1, value=2),
                Choice("size", "size", list(SIZES)),
                Choice("how", "preparation", PREPARATIONS),
            ]
            presets: dict[str, dict[str, Value]] = {
                f"a {size} {digit}": {"digit": digit, "size": place, "how": AS_DRAWN}
                for digit in (2, 7)
                for size, place in zip(("large", "small"), SIZES, strict=True)
            }
            canvas = Canvas(_setup(*self._models), 7.4, 2.9)
            self._twin = StillTwin(canvas, controls, presets, None, "A network reads a scribble")
        return self._twin

    def __repr__(self) -> str:
        """The still twin in words."""
        return repr(self.twin)

    def _ipython_display_(self) -> None:
        if not widgets_work():
            from IPython.display import HTML, display

            display(HTML(self.twin.html()))
            return
        Live(self.widget, self.twin.html(), repr(self))


def drawing_pad(predict_proba: Model, hidden: Model | None = None) -> DrawingPad:
    """Show a pad to draw a digit on, and what a model makes of it while one draws.

    Args:
        predict_proba: the model's probabilities, (n, 64) → (n, 10).
        hidden: the model's hidden activations, (n, 64) → (n, units), if they are to be shown.

    Returns:
        The pad: the last line of a cell shows it; a plain script prints its words.
    """
    made = DrawingPad(predict_proba, hidden)
    ipython = sys.modules.get("IPython")
    if ipython is None or ipython.get_ipython() is None:
        print(made)
    return made


def _live(predict_proba: Model, hidden: Model | None) -> "AnyWidget":
    """Make the widget; Python answers every change of the drawing with a reading."""
    import anywidget
    import traitlets

    class Pad(anywidget.AnyWidget):
        _esm = SCRIPT
        help = traitlets.Unicode(HELP).tag(sync=True)
        colours = traitlets.Dict(COLOURS).tag(sync=True)
        pen = traitlets.Float(PEN / SIDE).tag(sync=True)
        preparations = traitlets.List(list(PREPARATIONS)).tag(sync=True)
        strokes: Any = traitlets.List([]).tag(sync=True)
        cells = traitlets.List([False] * 64).tag(sync=True)
        preparation = traitlets.Unicode(AS_DRAWN).tag(sync=True)
        reading = traitlets.Dict({}).tag(sync=True)

        @traitlets.observe("strokes", "cells", "preparation")
        def read_again(self, _: object = None) -> None:
            """Let the model read what is on the pad now."""
            drawn = [*self.strokes, *of_cells(self.cells)]
            try:
                said = read(drawn, self.preparation, predict_proba, hidden)
            except Exception as error:  # the model may be anybody's
                self.reading = {**_EMPTY, "text": f"{type(error).__name__}: {error}"}
                return
            strengths = np.maximum(said.hidden, 0) / max(said.hidden.max(initial=0), 1e-12)
            self.reading = {
                "picture": said.picture.tolist(),
                "probabilities": said.probabilities.tolist(),
                "hidden": strengths.round(3).tolist(),
                "text": said.words,
            }

    pad = Pad()
    pad.read_again()
    return pad


_EMPTY: dict[str, Any] = {"picture": [0.0] * 64, "probabilities": [], "hidden": []}


def _setup(predict_proba: Model, hidden: Model | None) -> Callable[[Figure], Callable[..., Frame]]:
    """Return the function that draws a scribble, the network's picture and its answer."""

    def setup(fig: Figure) -> Callable[..., Frame]:
        drawn, seen, bars = fig.subplots(1, 3, width_ratios=(1, 1, 1.2))
        for ax, title in ((drawn, "the drawing"), (seen, "what the network sees")):
            ax.set_title(title)
            ax.set(xticks=[], yticks=[], aspect="equal")
            ax.spines[:].set_visible(True)
        drawn.set(xlim=(0, 1), ylim=(1, 0))
        image = seen.imshow(np.zeros((8, 8)), cmap="gray_r", vmin=0, vmax=1)
        boxes = bars.barh(np.arange(10), np.zeros(10), color=palette.muted)
        bars.set(xlim=(0, 1), ylim=(9.6, -0.6), yticks=np.arange(10), xlabel="probability")
        bars.set_title("its answer")

        def update(digit: int, size: str, how: str) -> Frame:
            height, centre = SIZES[size]
            strokes = scribble(digit, np.random.default_rng(digit), height, centre)
            said = read(strokes, how, predict_proba, hidden)
            for line in list(drawn.lines):
                line.remove()
            for stroke in strokes:
                drawn.plot(*stroke.T, color=palette.ink, lw=7, solid_capstyle="round")
            image.set_data(said.picture.reshape(8, 8))
            for k, (box, p) in enumerate(zip(boxes, said.probabilities, strict=True)):
                box.set_width(p)
                box.set_color(palette.blue if k == said.digit else palette.muted)
            best = said.probabilities.max()
            return Frame(said.words, {"read as": said.digit, "probability": in_percent(best, 0)})

        return update

    return setup

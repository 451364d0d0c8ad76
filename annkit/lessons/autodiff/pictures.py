"""A computation as boxes and arrows: values above, gradients below, the current arrow lit.

Not here: which computation (`cases`) and which step (`explorer`).
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.patheffects import withStroke

from annkit.lessons.autodiff.cases import Computation, listed, number
from annkit.lessons.autodiff.tape import TapeStep
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import blank_figure

HEIGHT = 0.36  # of a box; a row of boxes needs 1
FAINT: dict[str, Any] = {"color": palette.muted, "lw": 1.2}
# A lit arrow may point either way; its margin covers the head of the faint one under it.
MARGIN = withStroke(linewidth=9, foreground=palette.paper)
LIT: dict[str, Any] = {"lw": 3.2, "capstyle": "butt", "path_effects": [MARGIN]}
FORWARD: dict[str, Any] = {"color": palette.blue, **LIT}
BACK: dict[str, Any] = {"color": palette.vermillion, **LIT}


def full_page(fig: Figure) -> Axes:
    """Axes without frame that fill a figure."""
    fig.set_layout_engine("none")
    ax = fig.add_axes((0.0, 0.0, 1.0, 1.0))
    ax.axis("off")
    return ax


class Graph:
    """The drawing of one computation; `show` moves it to a step.

    Args:
        ax: where it is drawn, by the case's own coordinates.
        case: the computation.
        animated: whether what changes is drawn in every frame anew.
    """

    def __init__(self, ax: Axes, case: Computation, *, animated: bool = True) -> None:
        self._case = case
        self._still: list[Artist] = []
        self._moving: list[Artist] = []
        self._lights: dict[tuple[int, int], tuple[FancyArrowPatch, FancyArrowPatch]] = {}
        nodes = range(len(case.places))
        boxes = [self._box(ax, node) for node in nodes]
        options: dict[str, Any] = {"animated": animated, "zorder": 4}
        for node, sources in enumerate(case.tape.sources):
            for edge, source in enumerate(sources):
                bend = 0.0 if sources.count(source) == 1 else (0.3, -0.3)[edge]
                start, end = boxes[source], boxes[node]
                self._still.append(_arrow(ax, start, end, bend, zorder=1, **FAINT))
                forward = _arrow(ax, start, end, bend, **options, **FORWARD)
                back = _arrow(ax, end, start, -bend, **options, **BACK)
                self._lights[node, edge] = (forward, back)
                self._moving += [forward, back]
        self._values = [self._text(ax, node, 1, palette.blue, animated) for node in nodes]
        self._grads = [self._text(ax, node, -1, palette.vermillion, animated) for node in nodes]
        self._frames = [self._frame(ax, node, animated) for node in nodes]

    def _box(self, ax: Axes, node: int) -> FancyBboxPatch:
        (x, y), text = self._case.places[node], self._case.formula(node)
        width = 0.2 + 0.062 * len(text)
        style: dict[str, Any] = {"fc": palette.paper, "ec": palette.ink, "lw": 1.2, "zorder": 3}
        box = FancyBboxPatch(
            (x - width / 2, y - HEIGHT / 2),
            width,
            HEIGHT,
            boxstyle="round,pad=0,rounding_size=0.08",
            **style,
        )
        ax.add_patch(box)
        label = ax.text(x, y, text, ha="center", va="center", fontsize=12, zorder=5)
        self._still += [box, label]
        return box

    def _text(self, ax: Axes, node: int, side: int, color: str, animated: bool) -> Any:
        (x, y) = self._case.places[node]
        text = ax.text(x, y + side * (HEIGHT / 2 + 0.04), "", ha="center", color=color, fontsize=12)
        text.set(va="bottom" if side > 0 else "top", animated=animated, zorder=5)
        text.set_fontweight("bold" if side < 0 else "normal")
        self._moving.append(text)
        return text

    def _frame(self, ax: Axes, node: int, animated: bool) -> FancyBboxPatch:
        box = self._still[2 * node]
        assert isinstance(box, FancyBboxPatch)
        style: dict[str, Any] = {"fc": "none", "ec": palette.ink, "lw": 3, "zorder": 4}
        frame = FancyBboxPatch(
            (box.get_x(), box.get_y()),
            box.get_width(),
            box.get_height(),
            boxstyle="round,pad=0,rounding_size=0.08",
            animated=animated,
            **style,
        )
        ax.add_patch(frame)
        self._moving.append(frame)
        return frame

    def set_visible(self, visible: bool) -> None:
        """Show or hide all of it; what moves is shown by `show`."""
        for artist in self._still:
            artist.set_visible(visible)
        for artist in self._moving:
            artist.set_visible(False)

    def show(self, step: TapeStep) -> None:
        """Show the numbers that are known after a step, and light its arrows."""
        for texts, numbers in ((self._values, step.values), (self._grads, step.grads)):
            for text, value in zip(texts, numbers, strict=True):
                text.set_visible(value is not None)
                text.set_text("" if value is None else number(value))
        for (node, edge), (forward, back) in self._lights.items():
            forward.set_visible(step.kind == "forward" and node == step.node)
            back.set_visible(step.kind == "back" and (node, edge) == (step.node, step.edge))
        for node, frame in enumerate(self._frames):
            frame.set_visible(node == (step.source if step.kind == "back" else step.node))


def _arrow(
    ax: Axes,
    start: FancyBboxPatch,
    end: FancyBboxPatch,
    bend: float,
    **style: Any,
) -> FancyArrowPatch:
    ends = [
        (box.get_x() + box.get_width() / 2, box.get_y() + box.get_height() / 2)
        for box in (start, end)
    ]
    patch = FancyArrowPatch(
        ends[0],
        ends[1],
        patchA=start,
        patchB=end,
        arrowstyle="-|>",
        mutation_scale=16,
        connectionstyle=f"arc3,rad={-bend}",
        shrinkA=3,
        shrinkB=2,
        **style,
    )
    ax.add_artist(patch)  # as a patch it would be asked for its extent, which takes long
    return patch


def set_limits(ax: Axes, case: Computation, below: float) -> None:
    """Fit the page to a computation.

    Args:
        ax: the page.
        case: the computation.
        below: room under it, in heights of the drawing.
    """
    x, y = zip(*case.places, strict=True)
    low, high = min(min(y) - 0.65, -0.9), max(max(y) + 0.65, 0.9)
    ax.set_xlim(min(x) - 0.65, max(x) + 0.75)
    ax.set_ylim(low - below * (high - low), high)


def still_graph(
    case: Computation,
    caption: str = "",
    grads: Sequence[float] | None = None,
    *,
    only_values: bool = False,
) -> Picture:
    """A computation with all its values and gradients.

    Args:
        case: the computation.
        caption: what to look at.
        grads: gradients to show instead of the right ones, one per node.
        only_values: whether there are no gradients yet, as before a prediction.
    """
    x, y = zip(*case.places, strict=True)
    fig = blank_figure(2.0 + 1.5 * (max(x) - min(x)), 1.6 + 0.85 * (max(y) - min(y)), None)
    ax = full_page(fig)
    ax.set(xlim=(min(x) - 0.6, max(x) + 0.7), ylim=(min(y) - 0.6, max(y) + 0.6))
    step = replace(case.tape.steps[-1], kind="done", node=-1)
    if grads is not None:
        step = replace(step, grads=tuple(map(float, grads)))
    if only_values:
        step = replace(step, grads=(None,) * len(case.places))
    Graph(ax, case, animated=False).show(step)
    lines = "; ".join(case.formula(n) for n, made in enumerate(case.tape.sources) if made)
    numbers = f"the values {listed(case, step.values)}"
    if not only_values:
        numbers += f"; below them the gradients {listed(case, step.grads)}"
    alt = f"A graph of boxes: {lines}. Above the boxes {numbers}."
    return Picture(fig, alt, caption)

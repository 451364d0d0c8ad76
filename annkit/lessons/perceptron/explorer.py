"""Centre-piece of chapter 2: a perceptron learns, one example at a time.

Left the examples and the boundary; right the same boundary as an arrow of weights; below the count
of corrections under the most that the convergence theorem allows.

Not here: the sets of examples and the words (`cases`).
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.quiver import Quiver

from annkit.arguments import Array
from annkit.lessons.perceptron.cases import LAST_STEP, ExampleSet, cases, describe
from annkit.lessons.perceptron.plane import ANY, chord, half_plane, look
from annkit.show.colours import palette
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer

TRAIL = 12  # corrections that are drawn in full strength; more make a hairball
PAPER: dict[str, Any] = {"facecolor": palette.paper, "edgecolor": "none", "alpha": 0.8, "pad": 1.0}


class _DataSpace:
    """The examples, the boundary before and after the step, and its normal."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        ax.set(aspect="equal", title="The boundary")
        (self.shade,) = ax.fill([0], [0], color=palette.sky, alpha=0.15, lw=0, animated=True)
        (self.before,) = ax.plot([], [], "--", color=palette.muted, lw=1.4, animated=True)
        (self.line,) = ax.plot([], [], color=palette.ink, lw=2.2, animated=True)
        self.normal = _arrow(ax, palette.ink)
        self.points = [
            ax.plot([], [], ms=8, animated=True, **ANY.style(label))[0] for label in (-1, 1)
        ]
        (self.ring,) = ax.plot([], [], "o", mfc="none", mec=palette.ink, ms=17, animated=True)
        self.says = ax.text(0, 0, "says +1", ha="center", va="center", bbox=PAPER, animated=True)
        above: dict[str, Any] = {"transform": ax.transAxes, "va": "bottom", "fontsize": 10}
        # Of each class its mark, then its name, as in the legends of still pictures.
        self.key = [ax.text(left, 1.02, "", **above) for left in (0.395, 0.45, 0.715, 0.77)]

    def set_case(self, case: ExampleSet) -> None:
        (left, low), side = case.corner, case.side
        self.ax.set(xlim=(left, left + side), ylim=(low, low + side))
        self.ax.set(xlabel=case.features[0], ylabel=case.features[1])
        own = look(case.names)
        self.shade.set_color(own.colors[1])
        for line, label in zip(self.points, (-1, 1), strict=True):
            line.set_data(*case.X[case.y == label].T)
            line.set(color=own.colors[label > 0], markeredgecolor=own.edge)
        for number, (name, sign) in enumerate(zip(case.names, ("−1", "+1"), strict=True)):
            self.key[2 * number].set(text="●■"[number], color=own.colors[number])
            self.key[2 * number + 1].set_text(f"{name} {sign}")

    def update(self, case: ExampleSet, step: int) -> None:
        w, b = case.boundary_at(step)
        region = half_plane(case.corner, case.side, w, b)
        if not w.any():
            region = region[:0]  # before anything is learned there are no two sides to show
        self.shade.set_xy(region if len(region) else np.full((3, 2), np.nan))
        self.says.set_visible(len(region) > 0)
        if len(region):
            deepest = region[np.argmax(region @ w)]
            middle = np.array(case.corner) + case.side / 2
            self.says.set_position(deepest + 0.27 * (middle - deepest))
        ends = chord(case.corner, case.side, w, b)
        self.line.set_data(*ends.T)
        self.before.set_data(*chord(case.corner, case.side, *case.boundary_at(max(step - 1, 0))).T)
        foot, length = ends.mean(axis=0), float(np.linalg.norm(w))
        _set_arrow(self.normal, foot, 0.13 * case.side * w / length if length else w)
        shown = case.X[case.made[step - 1].example] if 0 < step <= len(case.made) else None
        self.ring.set_data(*([], []) if shown is None else ([shown[0]], [shown[1]]))


class _WeightSpace:
    """The weights as an arrow, where its tip has been, and what the step added."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        ax.set(aspect="equal", title="The weights as an arrow", xlabel="w₁", ylabel="w₂")
        ax.axhline(0, color=palette.faint, lw=1)
        ax.axvline(0, color=palette.faint, lw=1)
        (self.ray,) = ax.plot([], [], ":", color=palette.green, lw=2, animated=True)
        line: dict[str, Any] = {"color": palette.muted, "lw": 0.8, "animated": True}
        (self.early,) = ax.plot([], [], "-", alpha=0.3, **line)
        (self.path,) = ax.plot([], [], ".-", ms=4, **line)
        for part in (self.early, self.path):
            part.set_zorder(0.8)  # below the arrows
        self.old = _arrow(ax, palette.muted, 0.006)
        self.added = _arrow(ax, palette.orange)
        self.new = _arrow(ax, palette.ink)
        self.note = ax.text(0.02, 0.03, "", transform=ax.transAxes, fontsize=10, bbox=PAPER)
        self.note.set(color=palette.muted, animated=True)

    def set_case(self, case: ExampleSet) -> None:
        tips = np.array([[0.0, 0.0], *(now.w for now in case.made)])
        low, high = tips.min(axis=0), tips.max(axis=0)
        reach = 0.62 * float((high - low).max())
        left, bottom = (low + high) / 2 - reach
        self.ax.set(xlim=(left, left + 2 * reach), ylim=(bottom, bottom + 2 * reach))
        if case.separator is None:
            self.ray.set_data([], [])
        else:
            far = 4 * reach * case.separator[:2] / np.linalg.norm(case.separator[:2])
            self.ray.set_data([0, far[0]], [0, far[1]])

    def update(self, case: ExampleSet, step: int) -> None:
        w, b = case.boundary_at(step)
        before, _ = case.boundary_at(max(step - 1, 0))
        tips = np.array([case.boundary_at(i)[0] for i in range(step + 1)])
        tips = tips[np.append(True, (np.diff(tips, axis=0) != 0).any(axis=1))]
        self.early.set_data(*tips[: max(1, len(tips) - TRAIL)].T)
        self.path.set_data(*tips[-TRAIL - 1 :].T)
        origin = np.zeros(2)
        _set_arrow(self.old, origin, before if (w != before).any() else origin)
        _set_arrow(self.added, before, w - before)
        _set_arrow(self.new, origin, w)
        sign = f"{b:.0f}".replace("-", "−")
        dots = "" if case.separator is None else "; dotted: a separator"
        self.note.set_text(f"bias b = {sign}{dots}")


class _Counter:
    """Corrections so far as a bar, and the mark they cannot pass."""

    def __init__(self, ax: Axes) -> None:
        self.ax = ax
        ax.set(yticks=[], ylim=(-1, 1), xlabel="corrections")
        ax.spines["left"].set_visible(False)
        self.bar = Rectangle((0, -0.6), 0, 1.2, color=palette.blue, animated=True)
        ax.add_patch(self.bar)
        (self.limit,) = ax.plot([], [], color=palette.vermillion, lw=3)
        self.name = ax.text(0, 0, "", color=palette.vermillion, va="center", ha="right")

    def set_case(self, case: ExampleSet) -> None:
        finite = bool(np.isfinite(case.bound))
        end = case.bound if finite else 1.5 * LAST_STEP
        self.ax.set_xlim(0, 1.03 * end)
        self.limit.set_data([end, end], [-1, 1] if finite else [np.nan, np.nan])
        self.name.set_position((0.985 * end, 0))
        self.name.set_text(f"at most {case.limit}" if finite else "no separator, no bound")

    def update(self, case: ExampleSet, step: int) -> None:
        made = case.made[: min(step, len(case.made))]
        self.bar.set_width(made[-1].n_updates if made else 0)


def _arrow(ax: Axes, color: str, width: float = 0.011) -> Quiver:
    return ax.quiver(
        [0], [0], [0], [0], color=color, width=width, angles="xy", scale_units="xy", scale=1,
        animated=True,
    )  # fmt: skip


def _set_arrow(arrow: Quiver, start: Array, step: Array) -> None:
    visible = bool(np.all(np.isfinite(start)) and np.any(step))
    arrow.set_visible(visible)
    if visible:
        arrow.set_offsets([start])
        arrow.set_UVC([step[0]], [step[1]])


def _draw(fig: Figure) -> Callable[..., Frame]:
    fig.set_layout_engine("constrained", h_pad=0.1, w_pad=0.1)
    grid = fig.add_gridspec(2, 2, height_ratios=(1, 0.09))
    parts = (
        _DataSpace(fig.add_subplot(grid[0, 0])),
        _WeightSpace(fig.add_subplot(grid[0, 1])),
        _Counter(fig.add_subplot(grid[1, :])),
    )
    shown: list[str] = []

    def update(examples: str, step: int) -> Frame:
        case = cases()[examples]
        for part in parts:
            if shown != [examples]:
                part.set_case(case)
            part.update(case, step)
        shown[:] = [examples]
        return describe(case, step)

    return update


def perceptron_steps() -> Explorer:
    """Show a perceptron learning: choose the examples, move from step to step."""
    measured, scaled, xor, spoilt = cases()
    return explorer(
        _draw,
        controls=[
            Choice("examples", "examples", [*cases()]),
            Slider("step", "step (examples shown)", "", 0, LAST_STEP, 1, value=0),
        ],
        presets={
            "before the start": {"examples": measured, "step": 0},
            "as measured, after 8 steps": {"examples": measured, "step": 8},
            "as measured, at the end": {
                "examples": measured,
                "step": len(cases()[measured].made),
            },
            "standardised, at the end": {"examples": scaled, "step": len(cases()[scaled].made)},
            "XOR, after 12 epochs": {"examples": xor, "step": 48},
            "one wrong label, after 10 epochs": {"examples": spoilt, "step": 60},
        },
        prediction=Prediction(
            "Six fruits as measured. A theorem that you will prove below promises at most 200 "
            "corrections. How many will the perceptron need before a whole epoch is quiet?",
            {
                "fewer than 30": (
                    "Right: 15. The theorem has to cover the most awkward data with this "
                    "margin; six fruits on a belt are kinder."
                ),
                "about 100": (
                    "It needs 15. The bound is a promise about the worst case, not an "
                    "estimate of the typical one."
                ),
                "200, the bound": (
                    "It needs 15. There are data that use up the whole bound, and you will "
                    "meet some; six fruits do not."
                ),
            },
            "Are 15 corrections a property of the fruits, or of the units they were measured in? "
            "Another set of examples says.",
        ),
        title="A perceptron learns, on four sets of examples",
        width=8.2,
        height=4.9,
    )

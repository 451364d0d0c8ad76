"""The training dashboard: what to look at while a network learns, and where.

Above, over the epochs: the cost, the share of right answers, how far a step moves each layer.
Below, at one epoch, a row per layer: how its activations are spread, how large its deltas are, how
many of its units are silent.

Not here: what is measured (`vitals`), whose dashboard it is (`clinic`), sliders (`explorer`).
"""

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Polygon, Rectangle

from annkit.arguments import Array
from annkit.lessons.practice.clinic import Chart
from annkit.lessons.practice.drawn_examples import MISLABELLED, N_CLOUDS
from annkit.lessons.practice.vitals import A_RANGES, BINS, DELTA_RANGE, Vitals
from annkit.show.colours import palette
from annkit.show.labels import shares_along
from annkit.show.moving.controls import Frame
from annkit.show.moving.stamps import Stamp, stamp
from annkit.show.tables import in_percent, in_words, power_of_ten

MOST_LAYERS = 7
LOWEST_COST, HIGHEST_COST = 0.01, 30.0
LOWEST_MOVE, HIGHEST_MOVE = 1e-7, 10.0
LOWEST_NAME = 6e-7  # of a line in that panel: below it stands the axis with its own labels
TRAINING, HELD_BACK = palette.blue, palette.vermillion
SHADES = ("#000000", "#1B4F72", "#0072B2", "#56B4E9", "#009E73", "#E69F00", "#D55E00")
TICK_AND_PAD = 7.0  # points between an axis and its numbers
NONE = np.array([])
SMALL: dict[str, Any] = {"fontsize": 9.5, "va": "center"}


class Dashboard:
    """Six panels on a figure.

    Args:
        fig: empty, 9.6 by 4.9 inches.
        other: name of the training whose held-back curves are drawn in grey for comparison.
    """

    def __init__(self, fig: Figure, other: str) -> None:
        fig.set_layout_engine("none")
        above = [fig.add_axes((x, 0.59, 0.245, 0.33)) for x in (0.055, 0.395, 0.735)]
        places = ((0.075, 0.285), (0.4, 0.36), (0.805, 0.17))
        below = [fig.add_axes((x, 0.1, width, 0.33)) for x, width in places]
        self.cost = _Lines(above[0], "cost", (LOWEST_COST, HIGHEST_COST), log=True)
        self.right = _Lines(above[1], "share right", (0.0, 1.05), log=False)
        shares_along(above[1].yaxis)
        level(above[0], np.log(N_CLOUDS), "ln 3")
        level(above[1], 1 - MISLABELLED, in_percent(1 - MISLABELLED, 0))
        self.note = above[1].text(
            1, 1.052, f"grey: {other}", transform=above[1].transAxes, animated=True,
            ha="right", fontsize=9.5, color=palette.muted,
        )  # fmt: skip
        self.moves = _Moves(above[2])
        self.a = _Ridges(below[0], "activation a", 5, hidden_only=True)
        self.delta = _Ridges(below[1], "size of delta, log₁₀ |∂C/∂z|", 9, hidden_only=False)
        below[0].set_ylabel("layer", labelpad=16)
        self.silent = _Silent(below[2])

    def update(self, chart: Chart, epoch: int, other: Chart | None = None) -> Frame:
        """Show a chart up to its end, and its layers at an epoch; return what it says.

        Args:
            chart: whose dashboard it is.
            epoch: counts from 1; beyond the end it is the last one.
            other: drawn in grey behind it.
        """
        diary, n_epochs = chart.diary, chart.n_epochs
        epoch = min(epoch, len(chart.vitals))
        now = chart.vitals[epoch - 1]
        grey_cost, grey_right = (
            (other.diary.valid_cost[:, 0], other.diary.valid[:, 0]) if other else (NONE, NONE)
        )
        here = epoch / n_epochs
        for panel, training, held, grey in (
            (self.cost, diary.cost, diary.valid_cost, grey_cost),
            (self.right, diary.train, diary.valid, grey_right),
        ):
            panel.update(n_epochs, training[:, 0], held[:, 0], grey)
            panel.here.set_data([here, here], panel.ylim)
        self.note.set_visible(other is not None)
        self.moves.update(n_epochs, chart.vitals)
        self.moves.here.set_data([here, here], [LOWEST_MOVE, HIGHEST_MOVE])
        self.a.update(now.a, ticks(A_RANGES[chart.hidden], 5))
        self.delta.update(now.delta, ["none", *ticks(DELTA_RANGE, 9)[1:]])
        self.silent.update(now.silent)
        return told(chart, now, epoch)


def level(ax: Axes, height: float, words: str) -> None:
    """Draw a dotted line and write beside the panel, where no curve runs, what it stands for."""
    ax.axhline(height, color=palette.muted, ls=":", lw=1.2)
    ax.annotate(words, (1, height), (4, 0), xycoords=("axes fraction", "data"), va="center",
                textcoords="offset points", color=palette.muted, fontsize=9)  # fmt: skip


class _Lines:
    """Training and held-back examples over the epochs."""

    def __init__(self, ax: Axes, name: str, ylim: tuple[float, float], log: bool) -> None:
        mark_progress(ax)
        ax.set(ylim=ylim, yscale="log" if log else "linear")
        ax.set_title(name)
        self.ylim = ylim
        options: dict[str, Any] = {"animated": True, "lw": 1.8}
        (self.grey,) = ax.plot([], [], color="#B5B5B5", **{**options, "lw": 3.2})
        (self.training,) = ax.plot([], [], color=TRAINING, **options)
        (self.held,) = ax.plot([], [], color=HELD_BACK, ls=(0, (5, 2)), **options)
        (self.here,) = ax.plot([], [], color=palette.ink, lw=0.9, animated=True)
        if log:
            ax.set_title("— training", loc="center", color=TRAINING, fontsize=9.5)
            ax.set_title("- - held back", loc="right", color=HELD_BACK, fontsize=9.5)
            ax.set_yticks([0.01, 0.1, 1, 10], ["0.01", "0.1", "1", "10"])

    def update(self, n_epochs: int, training: Array, held: Array, grey: Array) -> None:
        for line, heights in ((self.training, training), (self.held, held)):
            line.set_data(along(len(heights), n_epochs), np.clip(heights, *self.ylim))
        self.grey.set_data(along(len(grey), len(grey)), np.clip(grey, *self.ylim))


def along(n_seen: int, n_epochs: int) -> Array:
    """Return where the first epochs of n_epochs lie on an axis from 0 to 1, (n_seen,)."""
    return np.arange(1, n_seen + 1) / max(n_epochs, 1)


def mark_progress(ax: Axes) -> None:
    """Make an axis of epochs that fits every length of training."""
    ax.set(xlabel="training done", xlim=(0, 1.02))
    ax.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])


class _Moves:
    """Step ÷ weights of every layer over the epochs."""

    def __init__(self, ax: Axes) -> None:
        mark_progress(ax)
        ax.set(yscale="log", ylim=(LOWEST_MOVE, HIGHEST_MOVE))
        ax.set_title("step ÷ weights, by layer")
        ax.set_yticks([1e-6, 1e-4, 1e-2, 1])
        self.lines = [ax.plot([], [], color=shade, lw=1.4, animated=True)[0] for shade in SHADES]
        self.names = [stamp(ax, 0, 1, "", color=shade, ha="left", **SMALL) for shade in SHADES]
        (self.here,) = ax.plot([], [], color=palette.ink, lw=0.9, animated=True)
        self.nothing = ax.text(0.5, 0.5, "", transform=ax.transAxes, ha="center", animated=True)

    def update(self, n_epochs: int, vitals: list[Vitals]) -> None:
        moves = np.array([now.moves for now in vitals])  # (epochs, layers)
        shown = moves[np.isfinite(moves) & (moves > 0)]
        words = "" if len(shown) else "nothing moves"
        if np.isnan(moves).all():
            words = "0 ÷ 0" if np.isfinite(vitals[-1].delta_size).all() else "run away"
        self.nothing.set_text(words)
        heights = np.clip(moves, LOWEST_MOVE, HIGHEST_MOVE)  # nothing lies on the floor
        for number, (line, name) in enumerate(zip(self.lines, self.names, strict=True)):
            there = number < moves.shape[1]
            line.set_visible(there)
            line.set_data(along(len(moves), n_epochs), heights[:, number] if there else moves[:, 0])
            name.set_visible(False)
        first, last = 0, moves.shape[1] - 1
        ends = apart(*np.maximum(heights[-1, [first, last]], LOWEST_NAME))
        for number, height in zip((first, last), ends, strict=True):
            self.names[number].set_visible(bool(np.isfinite(height)) and not words)
            self.names[number].set_text(f" {number + 1}")
            self.names[number].set_position((len(moves) / n_epochs, height))


def apart(one: float, other: float, decades: float = 0.8) -> tuple[float, float]:
    """Move two heights on a logarithmic axis so far apart that numbers beside them can be read."""
    missing = decades - abs(np.log10(other / one))
    if not missing > 0:  # far enough, or not finite
        return one, other
    factor = 10 ** (missing / 2 if other >= one else -missing / 2)
    return one / factor, other * factor


class _Ridges:
    """One histogram per layer, layer 1 at the bottom.

    The axis runs from 0 to 1 whatever is shown, and the numbers below it change with the bars:
    another axis would mean another background, five frames' worth of time.
    """

    def __init__(self, ax: Axes, name: str, n_ticks: int, hidden_only: bool) -> None:
        places = np.linspace(0, 1, n_ticks)
        ax.set(xlabel=name, xlim=(0, 1), ylim=(0.5, MOST_LAYERS + 0.95 - hidden_only), yticks=[])
        ax.set_xticks(places, ["0"] * n_ticks)
        ax.tick_params("x", labelcolor="none")  # they keep the room for the numbers
        ax.spines["left"].set_visible(False)
        self.ax = ax
        n_rows = MOST_LAYERS - hidden_only
        self.hills = [
            Polygon(np.zeros((3, 2)), fc=palette.sky, ec=palette.blue, lw=1.0, animated=True)
            for _ in range(n_rows)
        ]
        for hill in self.hills:
            ax.add_patch(hill)
        self.names = [
            ax.text(-0.02, 0, f"{number}", transform=ax.get_yaxis_transform(), ha="right",
                    animated=True, **SMALL) for number in range(1, n_rows + 1)
        ]  # fmt: skip
        self.ticks = [below_axis(ax, place) for place in places]

    def update(self, rows: Array, ticks: list[str]) -> None:
        edges = np.repeat(np.linspace(0, 1, BINS + 1), 2)  # (2 BINS + 2,)
        for number, (hill, name) in enumerate(zip(self.hills, self.names, strict=True)):
            hill.set_visible(number < len(rows))
            name.set_visible(number < len(rows))
            if number < len(rows):
                tall = np.sqrt(rows[number] / max(rows[number].max(), 1e-9))  # rare ones show too
                base = row_height(number, len(rows), self.ax)
                height = base + 0.8 * row_gap(len(rows), self.ax) * np.repeat(tall, 2)
                hill.set_xy(np.column_stack([edges, [base, *height, base]]))
                name.set_y(base + 0.3 * row_gap(len(rows), self.ax))
        for tick, words in zip(self.ticks, ticks, strict=True):
            tick.set_text(words)


def ticks(reach: tuple[float, float], n: int) -> list[str]:
    """Write n numbers evenly spread over a range."""
    return [f"{number:g}".replace("-", "−") for number in np.linspace(*reach, n)]


def below_axis(ax: Axes, place: float) -> Stamp:
    """Return a number below an axis, where Matplotlib would write it, that changes cheaply."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    height = 72 * figure.get_figheight() * ax.get_position().height  # points
    low, high = ax.get_ylim()
    y = low - TICK_AND_PAD / height * (high - low)
    size = ax.xaxis.get_major_ticks()[0].label1.get_fontsize()
    return stamp(ax, place, y, "", ha="center", va="top", color=palette.ink, fontsize=size)


def row_gap(n_rows: int, ax: Axes) -> float:
    """Return the distance of n_rows rows that fill an axis."""
    low, high = ax.get_ylim()
    return float(high - low) / n_rows


def row_height(row: int, n_rows: int, ax: Axes) -> float:
    """Return where a row begins; row 0 is at the bottom."""
    return float(ax.get_ylim()[0]) + row * row_gap(n_rows, ax)


class _Silent:
    """A bar per hidden layer."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xlim=(0, 1), ylim=(0.5, MOST_LAYERS - 0.05), yticks=[], xlabel="silent units")
        ax.set_xticks([0, 0.5, 1], ["0", "50 %", "100 %"])
        ax.spines["left"].set_visible(False)
        self.ax = ax
        self.bars = [
            Rectangle((0, 0), 0, 0, fc=palette.orange, ec=palette.ink, lw=0.8, animated=True)
            for _ in range(MOST_LAYERS - 1)
        ]
        for bar in self.bars:
            ax.add_patch(bar)
        self.names = [
            ax.text(-0.04, 0, f"{number}", transform=ax.get_yaxis_transform(), ha="right",
                    animated=True, **SMALL) for number in range(1, MOST_LAYERS)
        ]  # fmt: skip

    def update(self, silent: Array) -> None:
        gap = row_gap(len(silent), self.ax)
        for number, (bar, name) in enumerate(zip(self.bars, self.names, strict=True)):
            there = number < len(silent)
            bar.set_visible(there)
            name.set_visible(there)
            if there:
                base = row_height(number, len(silent), self.ax)
                bar.set_bounds(0, base + 0.1 * gap, float(silent[number]), 0.6 * gap)
                name.set_y(base + 0.4 * gap)


def told(chart: Chart, now: Vitals, epoch: int) -> Frame:
    """Say what the dashboard shows at an epoch."""
    diary = chart.diary
    cost, held = diary.cost[epoch - 1, 0], diary.valid_cost[epoch - 1, 0]
    right, right_held = diary.train[epoch - 1, 0], diary.valid[epoch - 1, 0]
    mean, sd = chart.inputs
    silent = float(np.max(now.silent))
    numbers = {
        "cost, training": short(cost),
        "cost, held back": short(held),
        "right, training": percent(right),
        "right, held back": percent(right_held),
        "step ÷ weights, layer 1": short(now.moves[0]),
        "delta, layer 1": short(now.delta_size[0]),
        "delta, last layer": short(now.delta_size[-1]),
        "silent, worst layer": percent(silent),
        "inputs": f"{in_words(round(mean, 1) + 0.0, 3)} ± {in_words(sd, 2)}",
        "first epoch's cost": short(diary.cost[0, 0]),
    }
    text = (
        f"Epoch {epoch} of {chart.n_epochs}: {percent(right)} of the training examples and "
        f"{percent(right_held)} of those held back are right; the cost is {short(cost)} and "
        f"{short(held)}."
    )
    if not np.isfinite(cost):
        text = f"Epoch {epoch} of {chart.n_epochs}: the numbers have run away."
    return Frame(text, numbers)


def short(value: Any) -> str:
    """Write a number in two or three digits; say so if there is none."""
    return power_of_ten(float(value)) if np.isfinite(value) else "none"


def percent(share: Any) -> str:
    """Write a share in percent; say so if there is none."""
    return f"{100 * float(share):.0f} %" if np.isfinite(share) else "none"

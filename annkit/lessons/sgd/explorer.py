"""Centre-piece of chapter 7: SGD, momentum, RMSProp and Adam race down the same cost.

They set off from the same place and are shown the same houses in the same order. The cost has two
weights: the price of a house from its area and its distance to the centre, both standardised and
both prices and inputs centred, so that no bias is needed. Stretching the second input makes the
bowl a valley.

Left the map with four paths; in the middle how far above the lowest cost each one is, step by
step: where a line stops falling, its racer hovers. On the right a ruler for the first step.

Not here: single walks (`walks`), the sliders (`annkit.show.moving.interactive`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from annkit.arguments import Array
from annkit.data import houses
from annkit.lessons.sgd.walks import LeastSquares, walk
from annkit.nn import OPTIMISERS
from annkit.show.colours import DASHES, palette
from annkit.show.labels import spread
from annkit.show.moving.controls import Choice, Frame, Prediction, Slider
from annkit.show.moving.interactive import Explorer, explorer
from annkit.show.tables import power_of_ten

N_HOUSES = 1000
N_STEPS = 400
WINDOW = 25
HIGHEST = 30.0  # an excess cost beyond it is called blown up
START = (-0.4, 0.9)
RACERS = {"SGD": "sgd", "momentum": "momentum", "RMSProp": "rmsprop", "Adam": "adam"}
STRETCHES = {"both standardised": 1.0, "distance in another unit, × 5": 5.0}
RATES = ("0.003", "0.01", "0.03", "0.1", "0.3")
ALL = f"all {N_HOUSES}"
BATCHES = {"1": 1, "4": 4, "16": 16, "64": 64, ALL: N_HOUSES}
OUT_OF_SIGHT = 30.0
LEVELS = (0.03, 0.12, 0.5, 1.5, 4.0)
LOWEST = 1e-6  # height drawn
GAP = 0.55  # between two names, in powers of ten
TRAIL = 20  # steps of a path that are drawn in full strength; more and nobody can follow
WAY_THERE = 60  # first steps of a path, drawn faded; what comes between would be a tangle
COLORS = dict(
    zip(RACERS, (palette.ink, palette.blue, palette.orange, palette.vermillion), strict=True)
)
MARKS = dict(zip(RACERS, "os^D", strict=True))
SIGNS = dict(zip(RACERS, "●■▲◆", strict=True))  # the same marks, in words


@dataclass(frozen=True)
class Race:
    """What the four did.

    Attributes:
        bowl: the cost.
        paths: by racer, (N_STEPS + 1, 2).
        excess: by racer, the cost above the lowest, (N_STEPS + 1,).
        smooth: by racer, the excess averaged over the last WINDOW steps, (N_STEPS + 1,).
        first: by racer, length of the first step along each weight, in learning rates, (2,).
        hovering: by racer, mean excess cost over the last three quarters of the steps.
    """

    bowl: LeastSquares
    paths: dict[str, Array]
    excess: dict[str, Array]
    smooth: dict[str, Array]
    first: dict[str, Array]
    hovering: dict[str, float]


@lru_cache
def bowl(stretch: float) -> LeastSquares:
    """Return the cost with the second input multiplied by `stretch`; prices in 100 thousands."""
    X, price = houses(N_HOUSES, np.random.default_rng(7))
    inputs = X[:, [0, 2]]
    A = (inputs - inputs.mean(axis=0)) / inputs.std(axis=0) * [1, stretch]
    return LeastSquares(A, (price - price.mean()) / 100)


@lru_cache(maxsize=64)
def race(stretch: float, learning_rate: float, batch_size: int) -> Race:
    """Let all four run; the same setting gives the same race."""
    cost = bowl(stretch)
    paths = {
        name: walk(
            cost.gradient,
            START,
            n=N_HOUSES,
            batch_size=batch_size,
            n_steps=N_STEPS,
            learning_rate=learning_rate,
            optimiser=OPTIMISERS[key](),
            rng=np.random.default_rng(1),
        )
        for name, key in RACERS.items()
    }
    excess = {name: cost.excess(path) for name, path in paths.items()}
    smooth = {name: running_mean(above) for name, above in excess.items()}
    hovering = {name: float(above[N_STEPS // 4 :].mean()) for name, above in excess.items()}
    first = {name: np.abs(path[1] - path[0]) / learning_rate for name, path in paths.items()}
    return Race(cost, paths, excess, smooth, first, hovering)


def running_mean(values: Array) -> Array:
    """Average each value with the WINDOW − 1 before it, as far as there are any: (n,) → (n,)."""
    sliding = np.lib.stride_tricks.sliding_window_view
    padded = np.concatenate([np.full(WINDOW - 1, np.nan), values])
    return np.asarray(np.nanmean(sliding(padded, WINDOW), axis=1))


def ellipse(cost: LeastSquares, excess: float) -> Array:
    """Return a contour line of the bowl: the places that lie so far above its lowest point.

    Args:
        cost: two weights.
        excess: height above the lowest point.

    Returns:
        Points around it, (101, 2).
    """
    values, vectors = np.linalg.eigh(cost.hessian)
    angle = np.linspace(0, 2 * np.pi, 101)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1) * np.sqrt(2 * excess)
    return np.asarray(cost.best + circle / np.sqrt(values) @ vectors.T)


def told(now: Race, step: int) -> Frame:
    """Say where the four are, where they will hover, and how long the first step was."""
    here = {name: _height(above[step]) for name, above in now.excess.items()}
    first = "; ".join(
        f"{name} {power_of_ten(float(a))} and {power_of_ten(float(b))}"
        for name, (a, b) in now.first.items()
    )
    places = ", ".join(f"{name} {height}" for name, height in here.items())
    hovering = {name: _height(above) for name, above in now.hovering.items()}
    hovers = ", ".join(f"{name} {height}" for name, height in hovering.items())
    return Frame(
        f"Excess cost after step {step}: {places}. Mean over steps {N_STEPS // 4} to {N_STEPS}: "
        f"{hovers}. The first step moved w₁ and w₂ by this many learning rates: {first}.",
        {f"{name}, steps {N_STEPS // 4}–{N_STEPS}": height for name, height in hovering.items()},
    )


def _height(excess: Any) -> str:
    return power_of_ten(float(excess)) if excess < HIGHEST else "blown up"


def _racer_line(ax: Axes, name: str, number: int, lw: float = 1.5, alpha: float = 1.0) -> Any:
    style: dict[str, Any] = {"color": COLORS[name], "ls": DASHES[number], "animated": True}
    return ax.plot([], [], lw=lw, alpha=alpha, **style)[0]


class _Map:
    """Contour lines of the cost, the four paths and where they are."""

    def __init__(self, ax: Axes) -> None:
        ax.set(aspect="equal", xlim=(-0.75, 2.6), ylim=(-2.2, 1.4), title="The paths")
        ax.set(xlabel="w₁, weight of the area", ylabel="w₂, weight of the distance")
        self.rings = [ax.plot([], [], color=palette.sky, lw=0.9, animated=True)[0] for _ in LEVELS]
        (self.best,) = ax.plot([], [], "+", color=palette.muted, ms=12, mew=1.6, animated=True)
        self.faded = {
            name: _racer_line(ax, name, i, lw=1, alpha=0.5) for i, name in enumerate(RACERS)
        }
        self.lines = {name: _racer_line(ax, name, i) for i, name in enumerate(RACERS)}
        self.heads = {
            name: ax.plot(
                [], [], MARKS[name], color=COLORS[name], ms=8, mec="white", animated=True
            )[0]
            for name in RACERS
        }
        ax.annotate("start", START, (-4, 6), textcoords="offset points", color=palette.muted)
        self.window = np.array([ax.get_xlim(), ax.get_ylim()]).T  # (2, 2): lowest, highest corner
        self.left = ax.text(0.03, 0.03, "", transform=ax.transAxes, fontsize=10, animated=True)
        self.left.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1.5, "alpha": 0.85})

    def update(self, now: Race, step: int) -> None:
        for ring, level in zip(self.rings, LEVELS, strict=True):
            ring.set_data(*ellipse(now.bowl, level).T)
        self.best.set_data(*now.bowl.best[:, None])
        for name, path in now.paths.items():
            near = np.where(np.abs(path[: step + 1]) < OUT_OF_SIGHT, path[: step + 1], np.nan)
            has_run_off = not now.excess[name][step] < HIGHEST  # its path would fill the map
            early = 1 if has_run_off else max(1, min(WAY_THERE, step + 1 - TRAIL))
            self.faded[name].set_data(*near[:early].T)
            self.lines[name].set_data(*near[-TRAIL - 1 :].T)
            self.heads[name].set_data(*near[-1:].T)
        low, high = self.window
        left = [n for n, p in now.paths.items() if not np.all((low < p[step]) & (p[step] < high))]
        self.left.set_text("off the map: " + ", ".join(left) if left else "")


class _Height:
    """Cost above the lowest, over the steps."""

    def __init__(self, ax: Axes) -> None:
        ax.set(yscale="log", xlim=(0, 1.76 * N_STEPS), ylim=(LOWEST, HIGHEST), xlabel="step")
        ax.set(title="Excess cost, mean of 25 steps", xticks=(0, N_STEPS // 2, N_STEPS))
        ax.spines["bottom"].set_bounds(0, N_STEPS)
        self.lines = {name: _racer_line(ax, name, i) for i, name in enumerate(RACERS)}
        options: dict[str, Any] = {"animated": True, "va": "center", "fontsize": 10}
        self.names = {
            name: ax.text(N_STEPS * 1.03, 1, f"{SIGNS[name]} {name}", color=COLORS[name], **options)
            for name in RACERS
        }

    def update(self, now: Race, step: int) -> None:
        ends = []
        for name, above in now.smooth.items():
            seen = np.clip(above[: step + 1], LOWEST / 10, HIGHEST * 10)
            self.lines[name].set_data(np.arange(step + 1), seen)
            ends.append(np.log10(np.clip(seen[-1], 2 * LOWEST, HIGHEST / 3)))
        for name, height in zip(self.names, _inside(spread(ends, GAP)), strict=True):
            self.names[name].set_position((min(step, N_STEPS) + 0.03 * N_STEPS, 10**height))
            self.names[name].set_visible(step > 0)


def _inside(heights: Any) -> Any:
    """Push names, (n,), down or up until all stand in the frame; they keep their order and gap."""
    order = np.argsort(heights)
    rank = GAP * np.argsort(order)
    highest = np.log10(HIGHEST) - GAP / 2 - GAP * (len(heights) - 1)
    return np.clip(heights, np.log10(LOWEST) + GAP / 2 + rank, highest + rank)


class _Ruler:
    """How far the first step moved each weight, in learning rates."""

    def __init__(self, ax: Axes) -> None:
        ax.set(xscale="log", xlim=(0.2, 200), ylim=(3.7, -0.7), title="First step")
        ax.set(xlabel="length ÷ learning rate")
        ax.set_yticks(range(len(RACERS)), list(RACERS))
        ax.set_xticks([1, 10, 100], ["1", "10", "100"])
        ax.tick_params(axis="y", length=0)
        ax.axvline(1, color=palette.green, lw=2)
        options: dict[str, Any] = {"ls": "none", "animated": True}
        # Crosses and rings: the other marks are the racers'.
        (self.first,) = ax.plot([], [], "x", color=palette.blue, mew=2.2, ms=7, **options)
        (self.second,) = ax.plot(
            [], [], "o", mfc="none", mec=palette.vermillion, mew=1.8, ms=13, **options
        )
        ax.text(0.97, 0.02, "× w₁  ○ w₂", transform=ax.transAxes, ha="right", fontsize=10)

    def update(self, now: Race, step: int) -> None:
        lengths = np.array([now.first[name] for name in RACERS])
        lengths = np.full_like(lengths, np.nan) if step == 0 else lengths
        self.first.set_data(lengths[:, 0], range(len(RACERS)))
        self.second.set_data(lengths[:, 1], range(len(RACERS)))


def _draw(fig: Figure) -> Callable[..., Frame]:
    left, middle, right = fig.subplots(1, 3, width_ratios=[1.15, 1, 0.75])
    parts = (_Map(left), _Height(middle), _Ruler(right))

    def update(step: int, batch: str, rate: str, inputs: str) -> Frame:
        now = race(STRETCHES[inputs], float(rate), BATCHES[batch])
        for part in parts:
            part.update(now, step)
        return told(now, step)

    return update


PREDICTION = Prediction(
    "Batches of one house, learning rate 0.1, both inputs standardised: plain SGD never comes to "
    "rest but hovers about the lowest point, on average 0.051 above the lowest cost. Same rate, "
    "batches of 16: how far above will it hover?",
    {
        "the same, about 0.05": "The wobble comes from houses that pull in different directions. "
        "In a mean over sixteen of them, most of that cancels.",
        "4 times lower": "The error of a mean of 16 is √16 = 4 times smaller, so the distance "
        "from the lowest point shrinks that much. The cost goes with the distance squared.",
        "16 times lower or more": "Yes. The error of the mean is 4 times smaller, and the cost "
        "goes with the distance squared.",
        "it comes to rest": "Only all houses together give an exact gradient. Any smaller batch "
        "is a sample, and at the lowest point its gradient isn't zero.",
    },
    "The picture says 0.0016, some 30 times lower: 16 by the rule, and the rest because a rate of "
    "0.1 is already large for single houses, and because dealing out each house once per epoch "
    "evens out more than chance would.",
)


def _setting(step: int, batch: str, rate: str, inputs: str) -> Mapping[str, Any]:
    return {"step": step, "batch": batch, "rate": rate, "inputs": inputs}


def optimiser_race() -> Explorer:
    """Show the race: move through the steps, choose batches, learning rate and units."""
    round_bowl, valley = STRETCHES
    return explorer(
        _draw,
        controls=[
            Slider("step", "step", "", 0, N_STEPS, 1, value=0),
            Choice("batch", "houses per batch", [*BATCHES]),
            Choice("rate", "learning rate", RATES, value="0.1"),
            Choice("inputs", "inputs", [*STRETCHES]),
        ],
        presets={
            "before the start": _setting(0, "1", "0.1", round_bowl),
            "one house at a time": _setting(N_STEPS, "1", "0.1", round_bowl),
            "batches of 16": _setting(N_STEPS, "16", "0.1", round_bowl),
            "all houses": _setting(N_STEPS, ALL, "0.1", round_bowl),
            "other unit, ruler": _setting(1, ALL, "0.03", valley),
            "other unit, later": _setting(60, ALL, "0.03", valley),
            "other unit, 16, large rate": _setting(N_STEPS, "16", "0.1", valley),
        },
        prediction=PREDICTION,
        title="Four optimisers, one start, the same houses in the same order",
        width=9.6,
        height=3.7,
    )

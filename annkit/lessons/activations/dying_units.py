"""A layer of ReLUs that learns how much energy a house needs, and what a large step does to it.

It learns by measuring: every parameter is moved a little to both sides, and the cost says how steep
it is there. Calculus for networks comes later in the course; a measured slope needs none of it.

Not here: gradients by formula (`annkit.nn.stack`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap

from annkit.arguments import Array
from annkit.nn import ACTIVATIONS
from annkit.show.colours import palette
from annkit.show.picture import Picture
from annkit.show.style import figure
from annkit.show.tables import in_words

H = 1e-5  # half the distance between the two points of a measured slope


def slopes_of(cost: Callable[[Array], Array], w: Array) -> Array:
    """Measure the slope of a cost in every parameter.

    Args:
        cost: costs, (m,), of m settings of the parameters, (m, n), one per row.
        w: parameters, (n,).

    Returns:
        Slopes, (n,).
    """
    shifts = H * np.eye(w.size)
    return (cost(w + shifts) - cost(w - shifts)) / (2 * H)


def degree_days() -> tuple[Array, Array]:
    """Energy a house needs against the temperature outside: heating below 15 °C, cooling above 24.

    Returns:
        Temperatures in °C, (46,), and power in kW, (46,).
    """
    temperature = np.linspace(-5, 40, 46)
    heating = 0.08 * np.maximum(15 - temperature, 0)
    return temperature, heating + 0.06 * np.maximum(temperature - 24, 0)


@dataclass(frozen=True)
class Training:
    """How a layer was trained.

    Attributes:
        w: final parameters, (2 · units,).
        costs: cost before each step and at the end, (n_steps + 1,).
        dead: number of units that are off for every example, at the same moments.
        Z: final pre-activations, (46, units).
        answers: final outputs, (46,).
    """

    w: Array
    costs: Array
    dead: Array
    Z: Array
    answers: Array


def train_house(
    activation: str = "relu",
    learning_rate: float = 0.2,
    n_steps: int = 300,
    units: int = 8,
    seed: int = 0,
    start: Array | None = None,
    unit: tuple[float, float] = (18.0, 10.0),
) -> Training:
    """Fit `degree_days` with the sum of a few units, walking down the measured slope.

    The output is f(z_1) + … + f(z_n) with z_j = w_j · x + b_j; x is the temperature, as a rule
    measured in tens of degrees from 18 °C. The cost is the mean of ½ (answer − power)².

    Args:
        activation: a key of `ACTIVATIONS`.
        learning_rate: step against the slope.
        n_steps: number of steps.
        units: number of units.
        seed: of the parameters at the start.
        start: parameters to start from instead, (2 · units,).
        unit: x = (temperature − unit[0]) / unit[1]; (0, 1) is plain °C.

    Returns:
        The history and the final state.
    """
    temperature, power = degree_days()
    x = ((temperature - unit[0]) / unit[1])[:, None]
    f = ACTIVATIONS[activation].f
    rng = np.random.default_rng(seed)
    w = rng.normal(size=2 * units) * np.repeat([1.0, 0.5], units) if start is None else start

    def sums(w: Array) -> Array:
        Z: Array = x * w[..., None, :units] + w[..., None, units:]
        return Z

    def cost(w: Array) -> Array:
        miss = f(sums(w)).sum(axis=-1) - power
        return np.asarray(0.5 * np.mean(miss**2, axis=-1))

    costs, dead = [float(cost(w))], [int((sums(w) <= 0).all(axis=0).sum())]
    for _ in range(n_steps):
        w = w - learning_rate * slopes_of(cost, w)
        costs.append(float(cost(w)))
        dead.append(int((sums(w) <= 0).all(axis=0).sum()))
    Z = sums(w)
    return Training(w, np.array(costs), np.array(dead), Z, f(Z).sum(axis=1))


def layer_map(ax: Axes, Z: Array, dead: Array) -> None:
    """Draw temperatures by units, blue where a ReLU is on, with a cross over units called dead."""
    colors = ListedColormap([palette.faint, palette.sky])
    ax.imshow(Z > 0, cmap=colors, vmin=0, vmax=1, aspect="auto")
    ax.vlines(np.arange(1, Z.shape[1]) - 0.5, -0.5, len(Z) - 0.5, color=palette.paper, lw=1.5)
    crosses = np.flatnonzero(dead)
    height = np.full(len(crosses), -0.08 * len(Z))
    ax.plot(crosses, height, "x", color=palette.vermillion, mew=2, ms=8)
    marked = [-5, 15, 24, 40]  # the ends, and where the house bends
    ax.set_yticks(np.searchsorted(degree_days()[0], marked), map(in_words, marked))
    ax.set(xticks=range(Z.shape[1]), xlabel="unit", ylabel="outside (°C)")
    ax.set_ylim(len(Z) - 0.5, -0.15 * len(Z))


def dead_map(Z: Array, dead: Array) -> Picture:
    """Draw which units of the house's layer are on for which temperatures.

    Args:
        Z: pre-activations, (46, units).
        dead: truth values, (units,): the units somebody calls dead.
    """
    if dead.shape != Z.shape[1:]:
        raise ValueError(f"dead: expected shape {Z.shape[1:]}, got {dead.shape}")
    fig, ax = figure(4.4, 2.8)
    layer_map(ax, Z, dead)
    names = ", ".join(map(str, np.flatnonzero(dead))) or "none"
    return Picture(
        fig,
        f"{len(Z)} temperatures by {Z.shape[1]} units; called dead: {names}.",
        "The layer of the house. Blue: the unit is on at this temperature. ×: you call it dead.",
    )


def trainings(runs: Mapping[str, Training]) -> Picture:
    """Draw how layers were trained: cost, final answers, who is on at the end.

    Args:
        runs: name → training.
    """
    fig, axes = figure(9.0, 2.9 * len(runs), len(runs), 3, squeeze=False)
    temperature, power = degree_days()
    words = []
    for (name, run), (left, middle, right) in zip(runs.items(), axes, strict=True):
        left.plot(run.costs, color=palette.blue)
        left.set(xlabel="step", ylabel="cost", yscale="log", ylim=(1e-4, 5))
        left.set_title(name)
        middle.plot(temperature, power, "o", color=palette.muted, markersize=3)
        middle.plot(temperature, run.answers, color=palette.blue)
        middle.set(xlabel="outside (°C)", ylabel="power (kW)", ylim=(-0.2, 2.2))
        middle.set_title("dots: house, line: layer")
        layer_map(right, run.Z, run.Z.max(axis=0) <= 0)
        right.set_title(f"{run.dead[-1]} of {run.Z.shape[1]} units off for all")
        words.append(
            f"{name}: cost {run.costs[0]:.3g} at the start and {run.costs[-1]:.3g} after "
            f"{len(run.costs) - 1} steps, {run.dead[-1]} of {run.Z.shape[1]} units off for all"
        )
    return Picture(
        fig, "; ".join(words) + ".", "Right: blue where a unit is on, × where it never is."
    )

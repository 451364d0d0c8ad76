"""A gradient check asks the cost itself whether the gradient is right.

Nudge the parameters both ways, and see whether the cost changes as the gradient says. By default
each array is nudged in a few random directions at once, which takes no longer for a thousand
weights than for one; on request each number is nudged on its own. Computed in float64.

At the kink of a ReLU a difference of costs is no derivative. So the parameters are first moved by
a hair, off the kinks that biases of 0 stand on; and an example with a unit that passes a kink
between two nudges is left out of that comparison, on both sides of it. A right gradient raises no
false alarm.

Not here: checks with dropout, whose cost changes from call to call.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array, check_rng
from annkit.nn.network import Network
from annkit.nn.stack import with_ones

TOLERANCE = 1e-6  # right gradients stay below 1e-7, wrong ones seldom below 1e-2
KINK = 1e-3  # a slope that changes by more than this between two nudges has passed a kink
ROUNDING = 1e-15  # relative error of a cost in float64
HAIR = 1e-4  # how far the parameters are moved before the check, much more than a nudge
Direction = tuple[Any, Any]  # (index into an array, what to add there)


@dataclass
class GradientReport:
    """What a gradient check found; truthy if the gradient agrees everywhere.

    Attributes:
        errors: name of the array (W1, b1, W2, …) → relative error ‖n - g‖ / (‖n‖ + ‖g‖) of the
            differences n and the derivatives g; nan if no example could be compared.
        left_out: name → largest share of examples left out because of a kink.
    """

    errors: dict[str, float] = field(default_factory=dict)
    left_out: dict[str, float] = field(default_factory=dict)

    @property
    def worst(self) -> float:
        """The largest error; nan counts as the largest."""
        return float(np.max(list(self.errors.values())))

    def __bool__(self) -> bool:
        """Tell whether all errors are below the tolerance; nan is not."""
        return self.worst < TOLERANCE

    def __str__(self) -> str:
        """Show a line per array."""
        lines = [
            f"{name:>4}  {error:8.1e}  {'ok' if error < TOLERANCE else 'DIFFERS'}"
            + (f"  ({self.left_out[name]:.0%} left out at a kink)" if self.left_out[name] else "")
            for name, error in self.errors.items()
        ]
        return "\n".join(["gradient check, relative errors", *lines])

    __repr__ = __str__


def gradient_check(
    network: Network,
    X: ArrayLike,
    y: ArrayLike,
    *,
    n_directions: int = 3,
    exhaustive: bool = False,
    l2: float = 0.0,
    h: float = 1e-5,
    rng: np.random.Generator,
) -> GradientReport:
    """Compare the gradient of a network with central differences of its cost.

    Args:
        network: the network; it is not changed.
        X: inputs, (batch, n_in); a few dozen examples are enough.
        y: labels (batch,) or targets (batch, n_out).
        n_directions: random directions per array.
        exhaustive: nudge every parameter on its own instead.
        l2: strength of the penalty, to check it as well.
        h: size of a nudge.
        rng: source of the directions.
    """
    check_rng(rng)
    double = network.copy(dtype=np.float64)
    double.flat += HAIR * rng.normal(size=double.flat.shape)
    X, y = double.encode(X, y)
    nudges = _Nudges(double, with_ones(X), y, l2, h)
    report = GradientReport()
    for number, layer in enumerate(double.layers, start=1):
        for letter, array, derivative in (("W", layer.W, layer.dW), ("b", layer.b, layer.db)):
            directions = (
                ((index, 1.0) for index in np.ndindex(array.shape))
                if exhaustive
                else _random_directions(array.shape, n_directions, rng)
            )
            error, left_out = nudges.compare(array, derivative, directions)
            report.errors[f"{letter}{number}"] = error
            report.left_out[f"{letter}{number}"] = left_out
    return report


def _random_directions(
    shape: tuple[int, ...], n_directions: int, rng: np.random.Generator
) -> Iterator[Direction]:
    """Yield normal directions for a whole array, scaled so that z changes by about h."""
    n_in = shape[0] if len(shape) == 2 else 1
    for _ in range(n_directions):
        yield ..., rng.normal(size=shape) / np.sqrt(n_in)


@dataclass
class _Nudges:
    """The costs of one network on one batch, x with its column of ones."""

    network: Network
    x: Array
    y: Array
    l2: float
    h: float

    def compare(
        self, array: Array, derivative: Array, directions: Iterable[Direction]
    ) -> tuple[float, float]:
        """Return the relative error of an array's gradient and the largest share left out.

        Args:
            array: parameters of the network, W or b.
            derivative: where the network puts their derivatives, dW or db.
            directions: in which to nudge.
        """
        cost = self.network.gradient(self.x, self.y, self.l2)
        gradient = derivative.copy()
        numeric, analytic, left_out = [], [], 0.0
        for index, step in directions:
            slope, is_smooth = self.slope(array, index, step, self.x, self.y)
            expected = np.sum(gradient[index] * step)
            if not is_smooth.all():
                left_out = max(left_out, float(np.mean(~is_smooth)))
                if not is_smooth.any():
                    return np.nan, left_out
                x, y = self.x[is_smooth], self.y[is_smooth]
                slope, _ = self.slope(array, index, step, x, y)
                self.network.gradient(x, y, self.l2)
                expected = np.sum(derivative[index] * step)
            numeric.append(slope)
            analytic.append(expected)
        noise = ROUNDING * abs(cost) / self.h * np.sqrt(len(numeric))
        return relative_error(np.array(numeric), np.array(analytic), noise), left_out

    def slope(self, array: Array, index: Any, step: Any, x: Array, y: Array) -> tuple[float, Array]:
        """Return the central difference of the cost along a direction, and which rows to trust.

        Rows that pass a kink between the two nudges are False in the second result, (batch,).
        """
        start = np.copy(array[index])
        costs, slopes = [], []
        for nudge in (self.h, -self.h):
            array[index] = start + nudge * step
            costs.append(self.network.batch_cost(x, y, self.l2))
            slopes.append(
                [
                    layer.activation.f_prime(layer.z)
                    for layer in self.network.layers
                    if layer.activation
                ]
            )
        array[index] = start
        is_smooth = np.ones(len(x), bool)
        for there, back in zip(*slopes, strict=True):
            is_smooth &= (np.abs(there - back) < KINK).all(axis=1)
        return (costs[0] - costs[1]) / (2 * self.h), is_smooth


def relative_error(n: Array, g: Array, noise: float = 0.0) -> float:
    """Return ‖n - g‖ / (‖n‖ + ‖g‖), 0 if both are 0.

    Rounding alone puts a difference of `noise` between them; where hardly any gradient is left,
    the denominator is held so large that noise does not look like an error.
    """
    size = max(float(np.linalg.norm(n) + np.linalg.norm(g)), 10 * noise / TOLERANCE)
    return float(np.linalg.norm(n - g)) / size if size else 0.0


def measured_gradient(cost: Callable[[Array], float], v: ArrayLike, h: float = 1e-5) -> Array:
    """Measure the slope in every direction by going a little to both sides: 2 · dim costs.

    Args:
        cost: of a vector (dim,) → number.
        v: where, (dim,).
        h: how far to either side.

    Returns:
        The gradient, (dim,).
    """
    v = np.asarray(v, dtype=float)
    slopes = [(cost(v + h * e) - cost(v - h * e)) / (2 * h) for e in np.eye(len(v))]
    return np.array(slopes)

"""Networks whose weights are chosen by hand, not learned.

Whoever sets the weights knows what each unit is for: it looks for something, or it is one corner
of a curve.

`through_layers` runs them, and any others.

Not here: weights that are learned (`annkit.nn`).
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array

Params = list[tuple[Array, Array]]


def house_network() -> Params:
    """Return a 4-2-1 network for standardised houses: ReLU, then no activation.

    Hidden unit 0 answers to large houses close to the centre, unit 1 to new ones with many
    bedrooms; the output is the price in thousands.

    Returns:
        [(W1, b1), (W2, b2)] with shapes (4, 2), (2,), (2, 1), (1,); the inputs are Area, Bedrooms,
        Distance, Age.
    """
    looks_for = [{"area": 1.0, "distance": -1.0}, {"bedrooms": 1.0, "age": -1.0}]
    inputs = ("area", "bedrooms", "distance", "age")
    W1 = np.array([[unit.get(name, 0.0) for unit in looks_for] for name in inputs])
    return [(W1, np.ones(2)), (np.array([[131.0], [32.0]]), np.array([162.0]))]


def through_layers(
    X: Array, params: Params, activations: Sequence[Callable[[Array], Array]]
) -> tuple[Array, list[tuple[Array, Array]]]:
    """Send a batch through layers with these weights, and keep what went into each and its sums.

    Args:
        X: inputs, (batch, n_in).
        params: (W, b) per layer, input side first.
        activations: one per layer.

    Returns:
        The last layer's activations, (batch, n_out), and one pair (a_prev, z) per layer.
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        cache.append((a, a @ W + b))
        a = f(cache[-1][1])
    return a, cache


def bump_network(f: Callable[[Array], ArrayLike], low: float, high: float, n_bumps: int) -> Params:
    """Return a network that draws f as a sum of triangles: one hidden layer of ReLUs.

    The peaks stand at equal distances from low to high. Each triangle is as high as f at its peak
    and ends at the neighbouring peaks, so the sum is straight from peak to peak.

    Args:
        f: the curve, a function from an array to an array.
        low: where the interval begins.
        high: where it ends.
        n_bumps: number of triangles, at least 2; three ReLUs each.

    Returns:
        [(W1, b1), (W2, b2)] with shapes (1, 3·n_bumps), (3·n_bumps,), (3·n_bumps, 1), (1,).
    """
    if n_bumps < 2:
        raise ValueError(f"n_bumps: expected at least 2, one for each end, got {n_bumps}")
    peaks = np.linspace(low, high, n_bumps)
    width = (high - low) / (n_bumps - 1)
    corners = (peaks[:, None] + [-width, 0.0, width]).ravel()
    changes = np.array([1.0, -2.0, 1.0]) / width  # of the slope, at the three corners
    heights = np.asarray(f(peaks), dtype=float)
    W2 = (heights[:, None] * changes).reshape(-1, 1)
    return [(np.ones((1, len(corners))), -corners), (W2, np.zeros(1))]


def bump(x: Array, left: float, peak: float, right: float) -> Array:
    """Return the triangle that three ReLUs draw: 1 at the peak, 0 outside of left … right.

    Args:
        x: places, (n,).
        left: where it begins.
        peak: where it is highest.
        right: where it ends.
    """
    corners, up, down = np.array([left, peak, right]), 1 / (peak - left), 1 / (right - peak)
    return np.maximum(x[:, None] - corners, 0) @ [up, -up - down, down]


def joined_points(f: Callable[[Array], ArrayLike], places: ArrayLike) -> Params:
    """Return a network that joins points of f by straight lines: one ReLU for each line.

    Inside, it draws what triangles with their peaks at these places would draw: where the corners
    of three triangles meet, their three ReLUs are one.

    Args:
        f: the curve, a function from an array to an array.
        places: where the points are, rising, (n,), n at least 2.

    Returns:
        [(W1, b1), (W2, b2)] with shapes (1, n − 1), (n − 1,), (n − 1, 1), (1,).
    """
    x = np.asarray(places, dtype=float)
    if x.ndim != 1 or len(x) < 2 or (np.diff(x) <= 0).any():
        raise ValueError(f"places: expected two or more rising numbers, got {places!r}")
    heights = np.asarray(f(x), dtype=float)
    slopes = np.diff(heights) / np.diff(x)
    W2 = np.diff(slopes, prepend=0.0)[:, None]
    return [(np.ones((1, len(slopes))), -x[:-1]), (W2, heights[:1])]

"""The vital signs of a network in training: what a dashboard shows of every layer.

Beside the costs, four things tell how a layer is: how far its weights move in a step, compared with
their size; how its activations are spread; how large the deltas are that reach it; and how many of
its units hear nothing.

Not here: the training (`stacked`), drawing (`dashboard`).
"""

from dataclasses import dataclass

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.stacked import StackedNetworks

FLAT = 0.02  # a unit whose slope is less than that on average is called silent
BINS = 30
DELTA_RANGE = (-8.0, 0.0)  # powers of ten
A_RANGES = {"sigmoid": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, 4.0)}


@dataclass(frozen=True)
class Vitals:
    """The vital signs at the last step of an epoch, layers from the input side on.

    Attributes:
        moves: length of the step ÷ length of the weights, (layers,); nan where weights are zero.
        silent: share of a hidden layer's units that are flat on average over the batch, (hidden,).
        a: histogram of a hidden layer's activations, (hidden, BINS), shares.
        delta: histogram of log₁₀ |∂C/∂z|, (layers, BINS), shares; zeros lie in the first bin.
        delta_size: root mean square of ∂C/∂z, (layers,).
    """

    moves: Array
    silent: Array
    a: Array
    delta: Array
    delta_size: Array


def vitals_of(networks: StackedNetworks, run: int = 0) -> Vitals:
    """Read the vital signs of one run off its last batch."""
    *hidden, _ = networks.layers
    a_range = A_RANGES[networks.recipe.hidden]
    deltas = [np.abs(layer.delta[run].astype(float)) for layer in networks.layers]
    powers = [np.log10(np.maximum(delta, 1e-300)) for delta in deltas]
    return Vitals(
        moves=networks.recipe.learning_rate * ratio_of_lengths(networks, run),
        silent=silent_shares(networks)[:, run],
        a=np.array([shares(layer.a[run], a_range) for layer in hidden]),
        delta=np.array([shares(power, DELTA_RANGE) for power in powers]),
        delta_size=np.array([np.sqrt(np.mean(delta**2)) for delta in deltas]),
    )


def silent_shares(networks: StackedNetworks) -> Array:
    """Return the share of silent units, (hidden layers, runs), over the last batch."""
    slopes = [np.abs(networks.f.f_prime(layer.u)).mean(axis=1) for layer in networks.layers[:-1]]
    return np.array([np.mean(slope < FLAT, axis=1) for slope in slopes])


def ratio_of_lengths(networks: StackedNetworks, run: int) -> Array:
    """Return ‖dW‖ / ‖W‖ of every layer, (layers,)."""
    pairs = [(layer.grads["W"][run], layer.params["W"][run]) for layer in networks.layers]
    lengths = np.array([[np.linalg.norm(array) for array in pair] for pair in pairs])
    return np.asarray(lengths[:, 0] / np.where(lengths[:, 1] == 0, np.nan, lengths[:, 1]))


def shares(values: Array, reach: tuple[float, float]) -> Array:
    """Return the shares of the values in BINS equal bins; what lies outside goes to the ends."""
    low, high = reach
    seen = np.ravel(values)
    places = (seen[np.isfinite(seen)] - low) * (BINS / (high - low))
    places = np.clip(places, 0, BINS - 1).astype(np.intp)
    return np.asarray(np.bincount(places, minlength=BINS) / max(len(places), 1))

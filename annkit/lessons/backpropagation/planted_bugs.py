"""Fifteen ways to get backpropagation wrong, planted in one small network.

The network is a classifier for yes and no: one hidden layer of tanh, one sigmoid output, the mean
binary cross-entropy. `Backpropagation` holds its equations, one under the other; each bug replaces
exactly one of them and is told in one sentence. Nearly half of them still learn two moons.

>>> rng = np.random.default_rng(0)
>>> X, y = rng.normal(size=(4, 2)), np.array([[0.0], [1.0], [1.0], [0.0]])
>>> params = [(rng.normal(size=(2, 3)), np.zeros(3)), (rng.normal(size=(3, 1)), np.zeros(1))]
>>> (true_dW1, _), _ = true_gradients(X, y, params)
>>> (faulty_dW1, _), _ = faulty_gradients("mean_missing", X, y, params)
>>> np.allclose(faulty_dW1, 4 * true_dW1)
True

Not here: what the bugs do to a training run and to a gradient check (`bug_fingerprints`).
"""

from functools import cached_property

import numpy as np

from annkit.arguments import Array

Pairs = list[tuple[Array, Array]]


class Backpropagation:
    """The right equations of a network n_in - hidden (tanh) - 1 (sigmoid), mean cross-entropy.

    Args:
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        params: [(W1, b1), (W2, b2)] with shapes (n_in, hidden), (hidden,), (hidden, 1), (1,).
        learning_rate: of the step that follows; only a step that comes too early looks at it.
    """

    def __init__(self, X: Array, y: Array, params: Pairs, learning_rate: float = 1.0) -> None:
        """Send the batch forward."""
        (self.W1, self.b1), (self.W2, self.b2) = params
        self.X, self.y, self.learning_rate = X, y, learning_rate
        self.batch = len(X)
        self.z1 = X @ self.W1 + self.b1
        self.a1 = np.tanh(self.z1)
        self.z2 = self.a1 @ self.W2 + self.b2
        self.a2 = 0.5 * (1 + np.tanh(self.z2 / 2))  # the sigmoid, without overflow

    @cached_property
    def delta2(self) -> Array:
        """∂C/∂z2, (batch, 1)."""
        return (self.a2 - self.y) / self.batch

    @cached_property
    def dW2(self) -> Array:  # noqa: N802
        """∂C/∂W2, (hidden, 1)."""
        return self.a1.T @ self.delta2

    @cached_property
    def db2(self) -> Array:
        """∂C/∂b2, (1,)."""
        return np.sum(self.delta2, axis=0)

    @cached_property
    def da1(self) -> Array:
        """∂C/∂a1, (batch, hidden)."""
        return self.delta2 @ self.W2.T

    @cached_property
    def slope1(self) -> Array:
        """The slope of tanh at z1, (batch, hidden), from a1 = tanh(z1)."""
        return 1 - self.a1**2

    @cached_property
    def delta1(self) -> Array:
        """∂C/∂z1, (batch, hidden)."""
        return self.da1 * self.slope1

    @cached_property
    def dW1(self) -> Array:  # noqa: N802
        """∂C/∂W1, (n_in, hidden)."""
        return self.X.T @ self.delta1

    @cached_property
    def db1(self) -> Array:
        """∂C/∂b1, (hidden,)."""
        return np.sum(self.delta1, axis=0)

    @property
    def gradients(self) -> Pairs:
        """[(dW1, db1), (dW2, db2)]."""
        return [(self.dW1, self.db1), (self.dW2, self.db2)]


class MeanMissing(Backpropagation):
    """The 1/n is missing: these are gradients of the sum of the losses, not of their mean."""

    delta2 = cached_property(lambda self: self.a2 - self.y)


class MeanTwice(Backpropagation):
    """The 1/n of the mean is taken twice."""

    delta2 = cached_property(lambda self: (self.a2 - self.y) / self.batch**2)


class MeanAgainInLayer1(Backpropagation):
    """Layer 1 divides by n once more, although delta2 has brought the 1/n along."""

    delta1 = cached_property(lambda self: self.da1 * self.slope1 / self.batch)


class MeanMissingInB2(Backpropagation):
    """The output's bias alone goes without the 1/n."""

    db2 = cached_property(lambda self: np.sum(self.a2 - self.y, axis=0))


class SignFlipped(Backpropagation):
    """The error is y - a2 instead of a2 - y: every step climbs."""

    delta2 = cached_property(lambda self: (self.y - self.a2) / self.batch)


class ExtraSigmoidSlope(Backpropagation):
    """The output's delta has a factor a2(1 - a2), which the cross-entropy has cancelled."""

    delta2 = cached_property(lambda self: (self.a2 - self.y) * self.a2 * (1 - self.a2) / self.batch)


class ZInsteadOfA(Backpropagation):
    """The output's weights take z1, what went into the tanh, for a1, what came out."""

    dW2 = cached_property(lambda self: self.z1.T @ self.delta2)  # noqa: N815


class UpdatedW2(Backpropagation):
    """W2 has made its step already when the error is sent back through it."""

    da1 = cached_property(lambda self: self.delta2 @ (self.W2 - self.learning_rate * self.dW2).T)


class DW2InsteadOfW2(Backpropagation):
    """The error is sent back through dW2 instead of W2."""

    da1 = cached_property(lambda self: self.delta2 @ self.dW2.T)


class TanhSlopeMissing(Backpropagation):
    """The slope of the tanh is left out: delta1 is da1."""

    slope1 = cached_property(lambda self: np.ones_like(self.a1))


class SlopeFromZ(Backpropagation):
    """The slope is 1 - z1² instead of 1 - a1²: the formula wants what came out of the tanh."""

    slope1 = cached_property(lambda self: 1 - self.z1**2)


class SlopeOfTanhTwice(Backpropagation):
    """The slope is 1 - tanh(a1)² instead of 1 - a1²: a1 is a tanh already."""

    slope1 = cached_property(lambda self: 1 - np.tanh(self.a1) ** 2)


class SigmoidSlope(Backpropagation):
    """The hidden layer uses a1(1 - a1), the slope of a sigmoid, though it is a tanh."""

    slope1 = cached_property(lambda self: self.a1 * (1 - self.a1))


class B1OverEverything(Backpropagation):
    """db1 is summed over the units as well: all hidden biases get one and the same number."""

    db1 = cached_property(lambda self: np.full(self.delta1.shape[1], np.sum(self.delta1)))


class BiasesForgotten(Backpropagation):
    """The biases get no gradient at all."""

    db1 = cached_property(lambda self: np.zeros_like(self.b1))
    db2 = cached_property(lambda self: np.zeros_like(self.b2))


# The order of the table: scale and sign, output layer, error sent back, slope, biases.
BUGS: dict[str, type[Backpropagation]] = {
    "mean_missing": MeanMissing,
    "mean_twice": MeanTwice,
    "mean_again_in_layer_1": MeanAgainInLayer1,
    "mean_missing_in_b2": MeanMissingInB2,
    "sign_flipped": SignFlipped,
    "extra_sigmoid_slope": ExtraSigmoidSlope,
    "z_instead_of_a": ZInsteadOfA,
    "updated_W2": UpdatedW2,
    "dW2_instead_of_W2": DW2InsteadOfW2,
    "tanh_slope_missing": TanhSlopeMissing,
    "slope_from_z": SlopeFromZ,
    "slope_of_tanh_twice": SlopeOfTanhTwice,
    "sigmoid_slope": SigmoidSlope,
    "b1_over_everything": B1OverEverything,
    "biases_forgotten": BiasesForgotten,
}


def true_gradients(X: Array, y: Array, params: Pairs) -> Pairs:
    """Return the right [(dW1, db1), (dW2, db2)]; shapes as for `Backpropagation`."""
    return Backpropagation(X, y, params).gradients


def faulty_gradients(
    bug: str, X: Array, y: Array, params: Pairs, learning_rate: float = 1.0
) -> Pairs:
    """Return [(dW1, db1), (dW2, db2)] as code with this bug computes them.

    Args:
        bug: a name in `BUGS`.
        X: inputs, (batch, n_in).
        y: zeros and ones, (batch, 1).
        params: [(W1, b1), (W2, b2)].
        learning_rate: of the step that follows; matters to "updated_W2" only.
    """
    return BUGS[bug](X, y, params, learning_rate).gradients

"""A loss says how wrong one answer is; a cost is the mean of the losses over a batch.

Every entry of `COSTS` computes the cost and its gradient together, since they share nearly all
their work, and carries the loss of one example as a formula. The two cross-entropies start from
the scores z, not from probabilities: that keeps them exact where a probability rounds to 0 or 1,
and their gradient collapses to (p - y) / batch.

Not here: which label is which target (`examples`), the penalty on large weights (`stack`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array, ShapeError
from annkit.nn.activations import as_float, sigmoid
from annkit.nn.examples import encode_targets

MODERATE = 50.0  # e^50 and 1 / e^50 are far from overflow and underflow, in float32 too


class Cost:
    """What all costs share: value and gradient on their own, for reading and for tests.

    Attributes:
        name: its key in `COSTS`.
        output: the output activation it belongs to.
        from_scores: whether it takes the last layer's z; otherwise it takes y_hat.
    """

    name = ""
    output = ""
    from_scores = True

    def value_and_gradient(self, scores: Array, y: Array) -> tuple[float, Array]:
        """Return the cost of a batch and its gradient.

        Args:
            scores: z of the last layer, or y_hat if `from_scores` is False, (batch, n_out).
            y: targets, (batch, n_out).

        Returns:
            The cost and ∂C/∂scores (batch, n_out), the 1/batch of the mean inside.
        """
        raise NotImplementedError

    @staticmethod
    def formula(ns: Any, scores: Sequence[Any], y: Sequence[Any]) -> Any:
        """Return the loss of one example on paper; scores and y hold n_out expressions each."""
        raise NotImplementedError

    def fresh(self) -> "Cost":
        """Return a cost of the same kind with buffers of its own."""
        return type(self)()

    def value(self, scores: ArrayLike, y: ArrayLike) -> float:
        """Return the cost alone; y may be labels (batch,) where classes are told apart."""
        return self.value_and_gradient(*self.arrays(scores, y))[0]

    def gradient(self, scores: ArrayLike, y: ArrayLike) -> Array:
        """Return ∂C/∂scores alone, (batch, n_out); y as for `value`."""
        return self.value_and_gradient(*self.arrays(scores, y))[1].copy()

    def arrays(self, scores: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Return scores and targets as arrays of floats of the same shape (batch, n_out)."""
        scores = as_float(scores)
        if scores.ndim != 2:
            raise ShapeError("scores", "(batch, n_out)", scores.shape)
        y = np.asarray(y)
        is_target = y.shape == scores.shape and y.dtype == scores.dtype
        targets = y if is_target else encode_targets(y, scores.shape[1], self.output, scores.dtype)
        if len(targets) != len(scores):
            raise ShapeError("y", f"{len(scores)} rows like the scores", targets.shape)
        return scores, targets


class HalfSquaredError(Cost):
    """½ Σ (y_hat - y)² per example: the cost of regression, a Gaussian's negative log."""

    name = "half_squared_error"
    output = "identity"
    from_scores = False

    def value_and_gradient(self, y_hat: Array, y: Array) -> tuple[float, Array]:
        """Return the mean half squared error and (y_hat - y) / batch."""
        error = y_hat - y
        cost = 0.5 * float(np.vdot(error, error)) / len(y)
        error /= len(y)
        return cost, error

    @staticmethod
    def formula(ns: Any, y_hat: Sequence[Any], y: Sequence[Any]) -> Any:
        """Loss: ½ Σ (y_hat - y)²."""
        return sum((guess - target) ** 2 for guess, target in zip(y_hat, y, strict=True)) / 2


class BinaryCrossEntropy(Cost):
    """-log of the probability given to the truth, each output a yes-or-no question of its own."""

    name = "binary_cross_entropy"
    output = "sigmoid"

    def value_and_gradient(self, z: Array, y: Array) -> tuple[float, Array]:
        """Return the mean cross-entropy and (sigmoid(z) - y) / batch.

        log(1 + e^z) - y z is what remains of the logarithms; it is
        `max(z, 0) + log(1 + e^-|z|) - y z`, where nothing can overflow.
        """
        losses = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z
        delta = sigmoid(z)
        delta -= y
        delta /= len(z)
        return float(losses.sum()) / len(z), delta

    @staticmethod
    def formula(ns: Any, z: Sequence[Any], y: Sequence[Any]) -> Any:
        """Loss: -Σ y log p + (1 - y) log(1 - p) with p = 1 / (1 + e^-z)."""
        p = [1 / (1 + ns.exp(-score)) for score in z]
        return -sum(
            target * ns.log(guess) + (1 - target) * ns.log(1 - guess)
            for guess, target in zip(p, y, strict=True)
        )


class SoftmaxCrossEntropy(Cost):
    """-log of the probability that softmax gives to the true class."""

    name = "softmax_cross_entropy"
    output = "softmax"

    def __init__(self) -> None:
        """Start without buffers; they are made for the first batch."""
        self.shape = (0, 0)

    def allocate(self, z: Array) -> None:
        """Make the arrays that batches of this shape are computed in."""
        self.shape = z.shape
        batch, n_classes = z.shape
        self.p = np.empty_like(z)
        self.sums = np.empty_like(z)
        self.sum_of_row = self.sums[:, 0]
        self.logs = np.empty(batch, z.dtype)
        self.ones = np.ones((n_classes, n_classes), z.dtype)
        self.one_per_row = np.ones(batch, z.dtype)
        self.share = np.array(1 / batch, z.dtype)

    def value_and_gradient(self, z: Array, y: Array) -> tuple[float, Array]:
        """Return the mean cross-entropy and (softmax(z) - y) / batch, in a buffer.

        The loss of a row is log Σ e^z - z of the true class. A product with a square of ones puts
        each row's sum in all its places: several times faster than `sum(axis=1)` and dividing by
        a column, as long as there are tens of classes and not thousands.
        """
        if z.shape != self.shape or z.dtype != self.p.dtype:
            self.allocate(z)
        if not is_moderate(z):
            z = z - z.max(axis=1, keepdims=True)  # changes no probability; e^z cannot overflow
        p = np.exp(z, out=self.p)
        sums = p.dot(self.ones, self.sums)
        logs = np.log(self.sum_of_row, out=self.logs)
        cost = (self.one_per_row.dot(logs) - np.vdot(z, y)) / len(z)
        p /= sums
        p -= y
        p *= self.share
        return float(cost), p

    @staticmethod
    def formula(ns: Any, z: Sequence[Any], y: Sequence[Any]) -> Any:
        """Loss: -Σ y log p with p = e^z / Σ e^z."""
        total = sum(ns.exp(score) for score in z)
        return -sum(
            target * ns.log(ns.exp(score) / total) for score, target in zip(z, y, strict=True)
        )


def is_moderate(z: Array) -> bool:
    """Tell whether e^z stays far from overflow and underflow for every entry of z.

    Finding where the extremes are takes a quarter of the time of `max()` and `min()`.
    """
    return bool(z.item(z.argmax()) < MODERATE and z.item(z.argmin()) > -MODERATE)


COSTS: dict[str, Cost] = {
    cost.name: cost for cost in (HalfSquaredError(), BinaryCrossEntropy(), SoftmaxCrossEntropy())
}

"""A predictor takes examples and gives answers: y_hat, labels, probabilities, how good they are.

It checks what comes in and turns scores into what was asked for.

Not here: the arithmetic of forward and backward (`stack`, `layers`), where the parameters come
from (`network`).
"""

import numpy as np
from numpy.typing import ArrayLike

from annkit.arguments import Array, ShapeError
from annkit.nn.activations import ACTIVATIONS, softmax
from annkit.nn.costs import COSTS
from annkit.nn.design import Design
from annkit.nn.examples import check_inputs, encode_targets
from annkit.nn.stack import Stack, pieces, with_ones

Pairs = list[tuple[Array, Array]]


class Predictor(Stack):
    """A stack of layers that knows what its numbers mean.

    Attributes:
        design: sizes, activations, cost and dtype, by name.
        hidden: names of the hidden activations, one per hidden layer.
        output: name of the output activation.
    """

    def __init__(self, made_of: Design) -> None:
        """Build the layers, all weights and biases 0."""
        self.design, self.hidden, self.output = made_of, made_of.hidden, made_of.output
        cost = COSTS[made_of.cost].fresh()  # with buffers of its own
        super().__init__(made_of.sizes, made_of.activations, cost, made_of.dtype)

    @property
    def params(self) -> Pairs:
        """The parameters as (W, b) pairs, input side first: views, so that changes count.

        Assigning a list of pairs copies its numbers into the network.
        """
        return [(layer.W, layer.b) for layer in self.layers]

    @params.setter
    def params(self, pairs: Pairs) -> None:
        if len(pairs) != len(self.layers):
            raise ShapeError("params", f"{len(self.layers)} pairs (W, b)", len(pairs))
        for number, (layer, (W, b)) in enumerate(zip(self.layers, pairs, strict=True), start=1):
            for name, old, new in ((f"W{number}", layer.W, W), (f"b{number}", layer.b, b)):
                if np.shape(new) != old.shape:
                    raise ShapeError(name, str(old.shape), np.shape(new), "a transpose missing?")
                old[:] = new

    def encode(self, X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
        """Check X and y, and return inputs (batch, n_in) and targets (batch, n_out)."""
        X = check_inputs(X, self.sizes[0], self.dtype)
        Y = encode_targets(y, self.sizes[-1], self.output, self.dtype)
        if len(X) != len(Y):
            raise ShapeError("y", f"{len(X)} rows like X", np.shape(y))
        return X, Y

    def backprop(self, X: ArrayLike, y: ArrayLike, l2: float = 0.0) -> tuple[float, Pairs]:
        """Return the cost of a batch and its gradient, a (dW, db) pair per layer."""
        X, Y = self.encode(X, y)
        cost = self.gradient(with_ones(X), Y, l2)
        return cost, [(layer.dW.copy(), layer.db.copy()) for layer in self.layers]

    def cost(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the mean cost of examples, without penalty."""
        X, Y = self.encode(X, y)
        total = 0.0
        for rows in pieces(len(X)):
            total += self.batch_cost(with_ones(X[rows]), Y[rows]) * len(X[rows])
        return total / len(X)

    def forward(self, X: ArrayLike) -> Array:
        """Return y_hat (batch, n_out) for inputs X (batch, n_in)."""
        X = check_inputs(X, self.sizes[0], self.dtype)
        y_hat = np.empty((len(X), self.sizes[-1]), self.dtype)
        for rows in pieces(len(X)):
            y_hat[rows] = self.scores(with_ones(X[rows]))
        if not self.cost_function.from_scores:
            return y_hat
        return softmax(y_hat) if self.output == "softmax" else ACTIVATIONS["sigmoid"].f(y_hat)

    def trace(self, X: ArrayLike) -> Pairs:
        """Return (z, a) of every layer, both (batch, units): what a learner's `forward` keeps."""
        X = check_inputs(X, self.sizes[0], self.dtype)
        y_hat = self.forward(X)
        self.scores(with_ones(X))
        *hidden, last = [(layer.z.copy(), layer.a.copy()) for layer in self.layers]
        return [*hidden, (last[0], y_hat)]

    def predict_proba(self, X: ArrayLike) -> Array:
        """Return the probability of each class (batch, C), or of each "yes" (batch, n_out)."""
        if self.output not in ("softmax", "sigmoid"):
            raise ValueError(
                f"predict_proba: expected a softmax or sigmoid output, got {self.output} — "
                "only classifiers have probabilities; a regression has predict"
            )
        return self.forward(X)

    def predict(self, X: ArrayLike) -> Array:
        """Return labels (batch,), or y_hat (batch, n_out) if the network is no classifier.

        Several sigmoid outputs answer several questions: zeros and ones, (batch, n_out).
        """
        y_hat = self.forward(X)
        if self.output == "softmax":
            return y_hat.argmax(axis=1)
        if self.output == "sigmoid":
            yes = (y_hat >= 0.5).astype(int)
            return yes[:, 0] if self.sizes[-1] == 1 else yes
        return y_hat

    def score(self, X: ArrayLike, y: ArrayLike) -> float:
        """Return the share of right answers, or for a regression R²: 1 perfect, 0 the mean."""
        X, Y = self.encode(X, y)
        predicted = self.predict(X)
        if self.output == "softmax":
            return float(np.mean(predicted == Y.argmax(axis=1)))
        if self.output == "sigmoid":
            return float(np.mean(predicted.reshape(Y.shape) == Y))
        return float(1 - np.sum((predicted - Y) ** 2) / np.sum((Y - Y.mean(axis=0)) ** 2))

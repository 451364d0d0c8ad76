"""The network a learner works with.

It checks what comes in, draws the first weights, trains, and turns scores into labels and
probabilities.

Not here: the arithmetic of forward and backward (`stack`, `layers`), the loop over epochs
(`training`), what fits together (`design`), how a network is written down (`summary`, `storage`).
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annkit.nn.activations import ACTIVATIONS, softmax
from annkit.nn.borders import ShapeError, check_inputs, check_name, check_rng
from annkit.nn.costs import COSTS
from annkit.nn.design import Design, design
from annkit.nn.initialisers import INITIALISERS
from annkit.nn.stack import Stack, pieces, with_ones
from annkit.nn.storage import read, write
from annkit.nn.summary import summarise
from annkit.nn.targets import encode_targets
from annkit.nn.training import fit

Array = NDArray[Any]
Pairs = list[tuple[Array, Array]]


class Network(Stack):
    """A fully connected network; `print(network)` shows its shapes and counts its parameters.

    >>> network = Network([2, 3, 1], hidden="tanh", output="sigmoid", rng=np.random.default_rng(0))
    >>> network.forward(np.zeros((4, 2))).shape
    (4, 1)

    Attributes:
        design: sizes, activations, cost and dtype, by name.
        hidden: names of the hidden activations, one per hidden layer.
        output: name of the output activation.
    """

    fit = fit

    def __init__(
        self,
        sizes: Sequence[int],
        hidden: str | Sequence[str] = "relu",
        output: str = "softmax",
        *,
        cost: str | None = None,
        init: str | None = None,
        dtype: Any = np.float64,
        rng: np.random.Generator,
    ) -> None:
        """Build the layers and draw the weights; biases start at 0.

        Args:
            sizes: units per layer, inputs first: [64, 32, 10] has one hidden layer of 32.
            hidden: name of the hidden activation, or one name per hidden layer.
            output: "softmax" for one class of several, "sigmoid" for yes or no, "identity" for
                a regression; other activations work too.
            cost: a name in `COSTS`; by default the one that belongs to the output, and half
                squared error for an output without one.
            init: a name in `INITIALISERS`; by default "he" if a hidden layer is a rectifier,
                else "xavier".
            dtype: np.float64, or np.float32 for speed.
            rng: source of the random weights.
        """
        check_rng(rng)
        self.design = design(sizes, hidden, output, cost, dtype)
        self.hidden, self.output = self.design.hidden, self.design.output
        super().__init__(
            self.design.sizes,
            self.design.activations,
            COSTS[self.design.cost].fresh(),  # with buffers of its own
            self.design.dtype,
        )
        init = init or self.design.usual_init
        draw = INITIALISERS[check_name(init, "init", INITIALISERS)]
        for layer in self.layers:
            n_in, n_out = layer.W.shape
            layer.W[:] = draw(n_in, n_out, rng)

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

    @classmethod
    def of(cls, made_of: Design, flat: Array) -> "Network":
        """Return a network of this design with these parameters, (n_parameters,)."""
        network = cls(
            made_of.sizes,
            made_of.hidden,
            made_of.output,
            cost=made_of.cost,
            init="zeros",
            dtype=made_of.dtype,
            rng=np.random.default_rng(),  # zeros need no luck
        )
        if flat.shape != network.flat.shape:
            raise ShapeError("parameters", str(network.flat.shape), flat.shape)
        network.flat[:] = flat
        return network

    def copy(self, dtype: Any = None) -> "Network":
        """Return a network of its own with the same parameters, in another precision if asked."""
        return Network.of(replace(self.design, dtype=np.dtype(dtype or self.dtype)), self.flat)

    def save(self, path: str | Path) -> None:
        """Write the network to a file of plain arrays (.npz), without pickle."""
        write(path, self.design, self.flat)

    @classmethod
    def load(cls, path: str | Path) -> "Network":
        """Read a network that `save` wrote."""
        return cls.of(*read(path))

    def __str__(self) -> str:
        """Show shapes and parameter counts as a table."""
        return summarise(self)

    def __repr__(self) -> str:
        """Show the call that builds such a network."""
        made_of = self.design
        return (
            f"Network({list(made_of.sizes)}, hidden={list(made_of.hidden)}, "
            f"output={made_of.output!r}, cost={made_of.cost!r}, dtype={made_of.dtype.name!r})"
        )

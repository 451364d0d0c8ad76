"""The network a learner works with: it checks what comes in, draws the first weights, trains,
and turns scores into labels and probabilities.

Not here: the arithmetic of forward and backward (`stack`, `layers`), the loop over epochs
(`training`), how a network is written down (`summary`, `storage`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annkit.nn.activations import ACTIVATIONS, softmax
from annkit.nn.borders import ShapeError, check_count, check_inputs, check_name, check_rng
from annkit.nn.costs import COSTS
from annkit.nn.initialisers import INITIALISERS
from annkit.nn.storage import read, write
from annkit.nn.stack import Stack, pieces, with_ones
from annkit.nn.summary import summarise
from annkit.nn.targets import encode_targets
from annkit.nn.training import fit

Array = NDArray[Any]
Params = list[tuple[Array, Array]]


class Network(Stack):
    """A fully connected network; `print(network)` shows its shapes and counts its parameters.

    >>> network = Network([2, 3, 1], hidden="tanh", output="sigmoid", rng=np.random.default_rng(0))
    >>> network.forward(np.zeros((4, 2))).shape
    (4, 1)

    Attributes:
        hidden: names of the hidden layers' activations, one per hidden layer.
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
        sizes = [check_count(size, "sizes") for size in sizes]
        if len(sizes) < 2:
            raise ValueError(f"sizes: expected inputs and outputs at least, got {sizes}")
        self.hidden = [hidden] * (len(sizes) - 2) if isinstance(hidden, str) else list(hidden)
        if len(self.hidden) != len(sizes) - 2:
            raise ValueError(f"hidden: expected {len(sizes) - 2} names, got {self.hidden}")
        for name in self.hidden:
            check_name(name, "hidden", ACTIVATIONS)
        self.output = check_name(output, "output", [*ACTIVATIONS, "softmax"])
        if np.dtype(dtype) not in (np.float32, np.float64):
            raise TypeError(f"dtype: expected float32 or float64, got {np.dtype(dtype)}")
        cost_function = COSTS[choose_cost(cost, output)].fresh()
        scores_are_output = cost_function.from_scores or output == "identity"
        last = None if scores_are_output else ACTIVATIONS[output]
        super().__init__(
            sizes, [*(ACTIVATIONS[name] for name in self.hidden), last], cost_function, dtype
        )
        if init is None:
            init = "he" if any("relu" in name for name in self.hidden) else "xavier"
        draw = INITIALISERS[check_name(init, "init", INITIALISERS)]
        check_rng(rng)
        for layer in self.layers:
            layer.W[:] = draw(*layer.W.shape, rng)

    @property
    def params(self) -> Params:
        """The parameters as (W, b) pairs, input side first: views, so that changes count.

        Assigning a list of pairs copies its numbers into the network.
        """
        return [(layer.W, layer.b) for layer in self.layers]

    @params.setter
    def params(self, pairs: Params) -> None:
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

    def backprop(self, X: ArrayLike, y: ArrayLike, l2: float = 0.0) -> tuple[float, Params]:
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

    def copy(self, dtype: Any = None) -> "Network":
        """Return a network of its own with the same parameters, in another precision if asked."""
        twin = Network(
            self.sizes,
            self.hidden,
            self.output,
            cost=self.cost_function.name,
            init="zeros",
            dtype=self.dtype if dtype is None else dtype,
            rng=np.random.default_rng(0),  # zeros need no luck
        )
        twin.flat[:] = self.flat
        return twin

    def save(self, path: str | Path) -> None:
        """Write the network to a .npz file of plain arrays, without pickle."""
        write(
            path,
            sizes=np.array(self.sizes),
            hidden=np.array(self.hidden, dtype=str),
            output=np.array(self.output),
            cost=np.array(self.cost_function.name),
            flat=self.flat,
        )

    @classmethod
    def load(cls, path: str | Path) -> "Network":
        """Read a network that `save` wrote."""
        stored = read(path)
        network = cls(
            stored["sizes"].tolist(),
            stored["hidden"].tolist(),
            str(stored["output"]),
            cost=str(stored["cost"]),
            init="zeros",
            dtype=stored["flat"].dtype,
            rng=np.random.default_rng(0),  # zeros need no luck
        )
        if stored["flat"].shape != network.flat.shape:
            raise ShapeError(
                "flat", str(network.flat.shape), stored["flat"].shape, "a damaged file?"
            )
        network.flat[:] = stored["flat"]
        return network

    def __str__(self) -> str:
        """Show shapes and parameter counts as a table."""
        return summarise(self)

    def __repr__(self) -> str:
        """Show the call that builds such a network."""
        return (
            f"Network({self.sizes}, hidden={self.hidden}, output={self.output!r}, "
            f"cost={self.cost_function.name!r}, dtype={self.dtype.name!r})"
        )


def choose_cost(cost: str | None, output: str) -> str:
    """Return the name of the cost for an output activation, or say why they don't fit.

    Args:
        cost: a name in `COSTS`, or None for the usual one.
        output: name of the output activation.
    """
    own = {entry.output: name for name, entry in COSTS.items()}.get(output, "half_squared_error")
    if cost is None:
        return own
    check_name(cost, "cost", COSTS)
    if cost != own and (cost != "half_squared_error" or output == "softmax"):
        raise ValueError(f"cost: expected {own} for the output {output}, got {cost}")
    return cost

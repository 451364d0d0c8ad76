"""Twenty small networks trained at once: what happens every time, and what happened once.

One training is an anecdote. Here each array has a leading axis of runs: weights are
(runs, n_in, n_out), a batch is (runs, batch, n_in), and one NumPy call multiplies the whole stack.
Every run has its own examples, first weights and order. All remedies of chapter 11 are fields of
one `Recipe`.

Not here: a network to work with (`annkit.nn`), what it is trained on (`drawn_examples`), what a
dashboard reads off the layers (`vitals`).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np

from annkit.arguments import Array
from annkit.lessons.practice.drawn_examples import Examples
from annkit.nn.activations import ACTIVATIONS
from annkit.nn.progress import in_sight

EPS = 1e-5  # below the root of batch norm
MEMORY = 0.9  # how much of the running mean and variance one batch leaves as it was


@dataclass(frozen=True)
class Recipe:
    """How networks are built and trained.

    Attributes:
        sizes: units per layer, inputs first; the output is a softmax.
        hidden: name of the hidden activation.
        spread: the weights' variance is spread / n_in: 2 is He's, 0 makes all weights zero.
        bias: what every hidden bias starts at.
        learning_rate: η of plain SGD.
        batch_size: examples per step.
        n_epochs: how often every example is used.
        l2: strength of the penalty ½ l2 Σ W².
        dropout: share of hidden units silenced in each step.
        batch_norm: whether hidden pre-activations are normalised over the batch.
        jitter: size of a random shift and stretch that every hidden unit gets after batch norm,
            drawn anew in each step: it makes the distributions jump about.
        max_norm: longest gradient let through, over all layers; None for any.
        shuffle: whether every epoch has a new order.
    """

    sizes: tuple[int, ...]
    hidden: str = "relu"
    spread: float = 2.0
    bias: float = 0.0
    learning_rate: float = 0.1
    batch_size: int = 32
    n_epochs: int = 30
    l2: float = 0.0
    dropout: float = 0.0
    batch_norm: bool = False
    jitter: float = 0.0
    max_norm: float | None = None
    shuffle: bool = True


@dataclass
class StackedLayer:
    """One dense layer of all runs, and what the last batch left in it.

    Attributes:
        params: "W" (runs, n_in, n_out), "b" (runs, 1, n_out); with batch norm "gamma" and "beta"
            too, (runs, 1, n_out).
        grads: the derivatives, by the same names.
        z: pre-activations before batch norm, (runs, batch, n_out).
        u: what the activation is applied to: z, or z normalised, scaled and shifted.
        a: activations, dropout included, (runs, batch, n_out).
        delta: ∂C/∂z, (runs, batch, n_out).
        mean: running mean of z, (runs, 1, n_out), for use after training.
        variance: likewise.
    """

    params: dict[str, Array]
    grads: dict[str, Array] = field(default_factory=dict)
    z: Array = field(default_factory=lambda: np.empty(0))
    u: Array = field(default_factory=lambda: np.empty(0))
    a: Array = field(default_factory=lambda: np.empty(0))
    delta: Array = field(default_factory=lambda: np.empty(0))
    mean: Array | float = 0.0
    variance: Array | float = 1.0
    x: Array = field(default_factory=lambda: np.empty(0))
    z_hat: Array = field(default_factory=lambda: np.empty(0))
    std: Array | float = 1.0
    mask: Array | float = 1.0
    stretch: Array | float = 1.0


@dataclass(frozen=True)
class Diary:
    """What happened in each epoch, in each run.

    Attributes:
        cost: mean cost of the batches while the epoch ran, penalty not included, (epochs, runs).
        train: share of training examples that are right after the epoch, (epochs, runs).
        valid_cost: cost of the examples held back, (epochs, runs).
        valid: share of them that are right, (epochs, runs).
    """

    cost: Array
    train: Array
    valid_cost: Array
    valid: Array

    @classmethod
    def of(cls, pages: Iterable[tuple[Array, ...]]) -> "Diary":
        """Bind the pages that `epoch_by_epoch` gave."""
        return cls(*(np.array(column) for column in zip(*pages, strict=True)))


class StackedNetworks:
    """The networks of all runs, after a recipe.

    Args:
        recipe: how they are built.
        n_runs: how many.
        rng: source of the first weights.
    """

    def __init__(
        self, recipe: Recipe, n_runs: int, rng: np.random.Generator, dtype: Any = np.float32
    ) -> None:
        self.recipe = recipe
        self.f = ACTIVATIONS[recipe.hidden]
        self.layers: list[StackedLayer] = []
        last = len(recipe.sizes) - 2
        for number, (n_in, n_out) in enumerate(pairwise(recipe.sizes)):
            W = np.sqrt(recipe.spread / n_in) * rng.normal(size=(n_runs, n_in, n_out))
            is_hidden = number < last
            params = {"W": W, "b": np.full((n_runs, 1, n_out), recipe.bias if is_hidden else 0.0)}
            if recipe.batch_norm and is_hidden:
                params["gamma"] = np.ones((n_runs, 1, n_out))
                params["beta"] = np.zeros((n_runs, 1, n_out))
            self.layers.append(StackedLayer({k: v.astype(dtype) for k, v in params.items()}))

    def forward(self, x: Array, rng: np.random.Generator | None = None) -> Array:
        """Return the probabilities, (runs, batch, classes).

        Args:
            x: inputs, (runs, batch, n_in).
            rng: source of dropout; given only while training, when batch norm uses the batch.
        """
        for layer in self.layers:
            layer.x = x
            layer.z = x @ layer.params["W"] + layer.params["b"]
            if layer is self.layers[-1]:
                break
            layer.u = self._normalise(layer, rng)
            x = layer.a = self._silence(layer, self.f.f(layer.u), rng)
        shifted = layer.z - layer.z.max(axis=2, keepdims=True)
        layer.a = np.exp(shifted)
        layer.a /= layer.a.sum(axis=2, keepdims=True)
        return layer.a

    def _normalise(self, layer: StackedLayer, rng: np.random.Generator | None) -> Array:
        if not self.recipe.batch_norm:
            return layer.z
        mean, variance = layer.mean, layer.variance
        if rng is not None:
            mean = batch_mean(layer.z)
            variance = batch_mean(np.square(layer.z - mean))
            layer.mean = MEMORY * layer.mean + (1 - MEMORY) * mean
            layer.variance = MEMORY * layer.variance + (1 - MEMORY) * variance
        layer.std = np.sqrt(variance + EPS)
        layer.z_hat = (layer.z - mean) / layer.std
        u = layer.params["gamma"] * layer.z_hat + layer.params["beta"]
        layer.stretch = 1.0
        if self.recipe.jitter and rng is not None:
            shape = layer.params["beta"].shape
            layer.stretch = np.exp(self.recipe.jitter * rng.normal(size=shape)).astype(u.dtype)
            u = u * layer.stretch + self.recipe.jitter * rng.normal(size=shape).astype(u.dtype)
        return np.asarray(u)

    def _silence(self, layer: StackedLayer, a: Array, rng: np.random.Generator | None) -> Array:
        rate = self.recipe.dropout
        layer.mask = 1.0
        if not rate or rng is None:
            return a
        layer.mask = (rng.random(a.shape, np.float32) >= rate) * a.dtype.type(1 / (1 - rate))
        return a * layer.mask

    def backward(self, targets: Array) -> None:
        """Fill `grads` and `delta` of every layer for the last batch.

        Args:
            targets: classes of the batch, one-hot, (runs, batch, classes).
        """
        last, l2 = self.layers[-1], self.recipe.l2
        delta = (last.a - targets) / targets.shape[1]
        for layer in reversed(self.layers):
            if layer is not last:
                delta = self._through_unit(layer, delta)
            layer.delta = delta
            dW = layer.x.swapaxes(1, 2) @ delta
            layer.grads["W"] = dW + l2 * layer.params["W"] if l2 else dW
            layer.grads["b"] = delta.sum(axis=1, keepdims=True)
            if layer is not self.layers[0]:
                delta = delta @ layer.params["W"].swapaxes(1, 2)

    def _through_unit(self, layer: StackedLayer, da: Array) -> Array:
        du = da * self.f.f_prime(layer.u)
        if self.recipe.dropout:
            du *= layer.mask
        if not self.recipe.batch_norm:
            return np.asarray(du)
        du = du * layer.stretch
        layer.grads["gamma"] = (du * layer.z_hat).sum(axis=1, keepdims=True)
        layer.grads["beta"] = du.sum(axis=1, keepdims=True)
        dz_hat = du * layer.params["gamma"]
        along = batch_mean(dz_hat * layer.z_hat)
        return np.asarray((dz_hat - batch_mean(dz_hat) - along * layer.z_hat) / layer.std)

    def step(self) -> None:
        """Follow the gradient, clipped run by run if the recipe says so."""
        rate = self.recipe.learning_rate * self._shortening()
        for layer in self.layers:
            for name, value in layer.params.items():
                value -= rate * layer.grads[name]

    def _shortening(self) -> Array | float:
        limit = self.recipe.max_norm
        if limit is None:
            return 1.0
        squares = [
            (grad**2).sum(axis=(1, 2), keepdims=True)
            for layer in self.layers
            for grad in layer.grads.values()
        ]
        return np.asarray(np.minimum(1, limit / np.sqrt(np.sum(squares, axis=0) + 1e-30)))


def batch_mean(values: Array) -> Array:
    """Return the mean over the batch, (runs, 1, units); three times as fast as `values.mean`."""
    return np.asarray(np.add.reduce(values, axis=1, keepdims=True) / values.shape[1])


def one_hot(labels: Array, n_classes: int) -> Array:
    """Return a row of zeros with a one for each label, (runs, n, classes), float32."""
    return np.eye(n_classes, dtype=np.float32)[labels]


def losses(p: Array, targets: Array) -> Array:
    """Return −log of the probability given to the truth, (runs, batch); never infinite.

    Args:
        p: probabilities, (runs, batch, classes).
        targets: one-hot, of the same shape.
    """
    right = (p * targets).sum(axis=2)
    return np.asarray(-np.log(np.maximum(right, np.finfo(p.dtype).tiny)))


def orders(n_runs: int, n: int, shuffle: bool, rng: np.random.Generator) -> Array:
    """Return the order of one epoch for every run, (runs, n)."""
    if not shuffle:
        return np.tile(np.arange(n), (n_runs, 1))
    return np.asarray(rng.random((n_runs, n)).argsort(axis=1))


def train_runs(
    recipe: Recipe,
    training: Examples,
    held_back: Examples,
    rng: np.random.Generator,
    on_epoch: Callable[[StackedNetworks], None] | None = None,
) -> Diary:
    """Train all runs after a recipe, and keep the diary; for the rest see `epoch_by_epoch`."""
    pages = epoch_by_epoch(recipe, training, held_back, rng, on_epoch)
    return Diary.of([next(pages) for _ in in_sight(range(recipe.n_epochs), "epoch")])


def epoch_by_epoch(
    recipe: Recipe,
    training: Examples,
    held_back: Examples,
    rng: np.random.Generator,
    on_epoch: Callable[[StackedNetworks], None] | None = None,
) -> Iterator[tuple[Array, ...]]:
    """Train all runs after a recipe, an epoch each time somebody asks for a page.

    Args:
        recipe: what to do.
        training: X (runs, n, n_in) and labels (runs, n).
        held_back: the same shapes with another n; only looked at.
        rng: source of first weights, order and dropout.
        on_epoch: called with the networks after each epoch's last step, before they are judged.

    Yields:
        A page of the diary, (runs,) for each of its columns. A run that left the range of floats
        has nan from then on.
    """
    networks = StackedNetworks(recipe, len(training[0]), rng)
    training, held_back = ((X.astype(np.float32), labels) for X, labels in (training, held_back))
    for _ in range(recipe.n_epochs):
        with np.errstate(over="ignore", invalid="ignore", divide="ignore"):  # nan tells it
            cost = epoch(networks, training, rng)
            if on_epoch:
                on_epoch(networks)
            (_, right), (valid_cost, valid) = judge(networks, training), judge(networks, held_back)
        yield cost, right, valid_cost, valid


def epoch(networks: StackedNetworks, examples: Examples, rng: np.random.Generator) -> Array:
    """Use every example once; return the mean cost while doing so, (runs,)."""
    X, labels = examples
    n_runs, n = labels.shape
    order = orders(n_runs, n, networks.recipe.shuffle, rng)
    X = np.take_along_axis(X, order[..., None], axis=1)
    targets = one_hot(np.take_along_axis(labels, order, 1), networks.recipe.sizes[-1])
    total = np.zeros(n_runs)
    for start in range(0, n, networks.recipe.batch_size):
        rows = slice(start, start + networks.recipe.batch_size)
        p = networks.forward(X[:, rows], rng)
        total += losses(p, targets[:, rows]).sum(axis=1)
        networks.backward(targets[:, rows])
        networks.step()
    return np.asarray(total / n)


def judge(networks: StackedNetworks, examples: Examples) -> tuple[Array, Array]:
    """Return cost and share of right answers, (runs,) each, without dropout; nan if it ran away."""
    X, labels = examples
    p = networks.forward(X)
    right = np.where(np.isfinite(p).all(axis=2), p.argmax(axis=2) == labels, np.nan)
    cost = losses(p, one_hot(labels, p.shape[2])).mean(axis=1)
    return np.asarray(cost), np.asarray(right.mean(axis=1))

"""Slopes found without going back: by these the gradients of dense networks are judged.

A complex step moves one number by a tiny imaginary amount. The imaginary part of the cost is then
the slope, right to the last digits, since nothing is subtracted. `forward_slopes` sends a nudge
forward through slopes it is handed, so it also knows what to do where an activation has none.

>>> float(complex_step(lambda x: (x**3).sum(), np.array([2.0]))[0])
12.0

Not here: going back (`passes`, `faulty_passes`), real nudges (`annkit.nn.gradient_checking`).
"""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np

from annkit.arguments import Array

Params = Sequence[tuple[Array, Array]]
Function = Callable[[Array], Array]
Frozen = tuple[str, tuple[int, ...], bytes]  # an array's dtype, shape and numbers
TINY = 1e-30  # of a complex step; its square is lost beside any number


def random_params(
    rng: np.random.Generator, *sizes: int, scale: float = 1.0
) -> list[tuple[Array, Array]]:
    """Return random (W, b) per layer for these sizes; biases are not zero."""
    return [(rng.normal(size=(n, m)) * scale, rng.normal(size=m) / 2) for n, m in pairwise(sizes)]


def relu_scores(X: Array, params: Params) -> Array:
    """Return the logits (batch, C) of a network with ReLU inside; parameters real or complex."""
    z = a = X
    for W, b in params:
        z = np.einsum("bi,io->bo", a, W) + b
        a = z * (z.real > 0)
    return z


def cross_entropy(X: Array, labels: Array, params: Params) -> Any:
    """Return the mean softmax cross-entropy of a ReLU network; complex if a parameter is."""
    z = relu_scores(X, params)
    z = z - z.real.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(X)), labels])


def complex_step(function: Callable[[Array], Any], x: Array) -> Array:
    """Return the slopes of a function, from a complex array to one number, in all entries of x."""
    slopes = np.empty(x.shape)
    moved = x.astype(complex)
    for place in np.ndindex(x.shape):
        moved[place] += 1j * TINY
        slopes[place] = np.imag(function(moved)) / TINY
        moved[place] = x[place]
    return slopes


def slopes_of(cost: Callable[[Params], Any], params: Params) -> list[tuple[Array, Array]]:
    """Return the slopes of a cost in every parameter, by a complex step in each.

    Args:
        cost: of a list of (W, b), some of them complex → number.
        params: list of (W, b).
    """

    def of(layer: int, which: int) -> Array:
        def along(array: Array) -> Any:
            pair = (array, params[layer][1]) if which == 0 else (params[layer][0], array)
            return cost([*params[:layer], pair, *params[layer + 1 :]])

        return complex_step(along, params[layer][which])

    return [(of(layer, 0), of(layer, 1)) for layer in range(len(params))]


def cross_entropy_slopes(X: Array, labels: Array, params: Params) -> list[tuple[Array, Array]]:
    """Return the slopes of `cross_entropy` in every parameter, 0 at the kink of a ReLU.

    What one answer is judged by, the next one is judged by again, so that slopes are kept; the
    arrays are read-only.
    """
    frozen = tuple((_frozen(W), _frozen(b)) for W, b in params)
    return list(_kept_slopes(_frozen(X), _frozen(labels), frozen))


@lru_cache(maxsize=1024)
def _kept_slopes(
    X: Frozen, labels: Frozen, params: tuple[tuple[Frozen, Frozen], ...]
) -> list[tuple[Array, Array]]:
    inputs, classes = _thawed(X), _thawed(labels)
    start = [(_thawed(W), _thawed(b)) for W, b in params]
    slopes = slopes_of(lambda params: cross_entropy(inputs, classes, params), start)
    for array in (one for layer in slopes for one in layer):
        array.flags.writeable = False
    return slopes


def _frozen(array: Array) -> Frozen:
    return array.dtype.str, array.shape, array.tobytes()


def _thawed(frozen: Frozen) -> Array:
    dtype, shape, numbers = frozen
    return np.frombuffer(numbers, dtype).reshape(shape)


def forward_slopes(
    X: Array, y: Array, params: Params, functions: Sequence[Function], primes: Sequence[Function]
) -> list[tuple[Array, Array]]:
    """Return the slopes of the mean half squared error, one nudge after the other sent forward.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        params: list of (W, b).
        functions: an activation per layer.
        primes: what counts as its slope, of pre-activations, per layer.
    """
    a, inputs, local = X, [], []
    for (W, b), f, prime in zip(params, functions, primes, strict=True):
        z = np.einsum("bi,io->bo", a, W) + b
        inputs.append(a)
        local.append(prime(z))
        a = f(z)
    miss = (a - y) / len(X)

    def reached(layer: int, nudge: Array) -> float:
        nudge = nudge * local[layer]
        for (W, _), slope in zip(params[layer + 1 :], local[layer + 1 :], strict=True):
            nudge = np.einsum("bi,io->bo", nudge, W) * slope
        return float(np.sum(miss * nudge))

    found = []
    for layer, (W, b) in enumerate(params):
        units = np.eye(len(b))
        rows: Iterator[Array] = (column[:, None] for column in inputs[layer].T)
        dW = [[reached(layer, row * unit) for unit in units] for row in rows]
        db = [reached(layer, np.ones((len(X), 1)) * unit) for unit in units]
        found.append((np.reshape(dW, W.shape), np.array(db)))
    return found

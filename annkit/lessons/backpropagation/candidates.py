"""Functions that claim to be `backprop`: right ones in several styles, and one for each bug.

Some bugs show in any network. Others hide: where all layers are equally wide, in a batch of one,
with a single output, with biases of zero. Whoever tests a gradient has to look where they can't.

The file needs nothing but NumPy, so that it can be sent as text to where answers run.

>>> [name for name in ("by recursion", "mean_missing") if is_right(name)]
['by recursion']

Not here: pieces of a wrong way back (`faulty_passes`), bugs told by their traces (`planted_bugs`).
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Params = Sequence[tuple[Array, Array]]
Pairs = list[tuple[Array, Array]]
Cache = Sequence[tuple[Array, Array]]
Functions = Sequence[Callable[[Array], Array]]
Claim = Callable[[Array, Array, Params, Functions, Functions], Pairs]
Step = Callable[[Array, Array, Array, Array], Array]  # (delta, W, slope, dW) -> delta before


def forward(X: Array, params: Params, activations: Functions) -> tuple[Cache, Array]:
    """The right forward pass: (a_prev, z) per layer, and the output."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return cache, a


def scaled(grads: Pairs, factor: float) -> Pairs:
    """All gradients times a factor."""
    return [(dW * factor, db * factor) for dW, db in grads]


def in_matrices(
    X: Array,
    y: Array,
    params: Params,
    activations: Functions,
    primes: Functions,
    *,
    step: Step | None = None,
    output_slope: bool = True,
) -> Pairs:
    """Right, unless a piece is replaced.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        params: list of (W, b).
        activations: one function per layer.
        primes: one slope per layer.
        step: makes the delta of the layer before.
        output_slope: whether the slope of the output layer is used.
    """
    cache, y_hat = forward(X, params, activations)
    delta = (y_hat - y) / len(X) * (primes[-1](cache[-1][1]) if output_slope else 1.0)
    grads: Pairs = []
    for layer in reversed(range(len(params))):
        dW = cache[layer][0].T @ delta
        grads.append((dW, delta.sum(axis=0)))
        if layer > 0:
            W, slope = params[layer][0], primes[layer - 1](cache[layer - 1][1])
            delta = step(delta, W, slope, dW) if step else delta @ W.T * slope
    return grads[::-1]


def one_example_at_a_time(
    X: Array, y: Array, params: Params, activations: Functions, primes: Functions
) -> Pairs:
    """Right: the mean of what single examples say."""
    singles = [
        in_matrices(X[i : i + 1], y[i : i + 1], params, activations, primes) for i in range(len(X))
    ]
    return [
        (
            np.mean([one[k][0] for one in singles], axis=0),
            np.mean([one[k][1] for one in singles], axis=0),
        )
        for k in range(len(params))
    ]


def with_einsum(
    X: Array, y: Array, params: Params, activations: Functions, primes: Functions
) -> Any:
    """Right: every product written with letters, pairs as lists."""
    A, Z = [X], []
    for (W, b), f in zip(params, activations, strict=True):
        Z.append(np.einsum("bi,io->bo", A[-1], W) + b)
        A.append(f(Z[-1]))
    grads, da = [], A[-1] - y
    for layer in range(len(params))[::-1]:
        dz = np.einsum("bo,bo->bo", da, primes[layer](Z[layer]))
        dW = np.einsum("bi,bo->io", A[layer], dz) / len(X)
        grads.append([dW, np.einsum("bo->o", dz) / len(X)])
        da = np.einsum("bo,io->bi", dz, params[layer][0])
    return grads[::-1]


def by_recursion(
    X: Array, y: Array, params: Params, activations: Functions, primes: Functions
) -> Pairs:
    """Right: each layer asks the rest of the network for ∂C/∂a."""

    def rest(a_prev: Array, layer: int) -> tuple[Pairs, Array]:
        if layer == len(params):
            return [], (a_prev - y) / len(y)
        W, b = params[layer]
        z = a_prev @ W + b
        later, da = rest(activations[layer](z), layer + 1)
        delta = da * primes[layer](z)
        return [(a_prev.T @ delta, delta.sum(axis=0)), *later], delta @ W.T

    return rest(X, 0)[0]


RIGHT: dict[str, Claim] = {
    "in matrices": in_matrices,
    "one example at a time": one_example_at_a_time,
    "with einsum": with_einsum,
    "by recursion": by_recursion,
}


def _changed(change: Callable[[Array, Array, Pairs], Pairs]) -> Claim:
    """The right gradients, changed in the end."""
    return lambda X, y, *rest: change(X, y, in_matrices(X, y, *rest))


def _walked(step: Step) -> Claim:
    return partial(in_matrices, step=step)


def _first_prime_for_all(
    X: Array, y: Array, params: Params, activations: Functions, primes: Functions
) -> Pairs:
    return in_matrices(X, y, params, activations, [primes[0]] * len(params))


def _without_biases(X: Array, y: Array, params: Params, *rest: Any) -> Pairs:
    return in_matrices(X, y, [(W, 0 * b) for W, b in params], *rest)


def _two_layers_only(X: Array, y: Array, params: Params, *rest: Any) -> Pairs:
    if len(params) == 1:
        return in_matrices(X, y, params, *rest)
    (W1, b1), (W2, b2) = params  # a third layer ends in an error
    return in_matrices(X, y, [(W1, b1), (W2, b2)], *rest)


def _output_slope_missing(X: Array, y: Array, *rest: Any) -> Pairs:
    return in_matrices(X, y, *rest, output_slope=False)


# Name → what is wrong, after "a version that", and the version.
PLAIN: dict[str, tuple[str, Claim]] = {
    "mean_missing": (
        "leaves out the 1/n of the mean",
        _changed(lambda X, y, grads: scaled(grads, len(X))),
    ),
    "mean_twice": (
        "takes the 1/n of the mean twice",
        _changed(lambda X, y, grads: scaled(grads, 1 / len(X))),
    ),
    "sign_flipped": (
        "has every sign reversed",
        _changed(lambda X, y, grads: scaled(grads, -1)),
    ),
    "hidden_slope_missing": (
        "leaves out the slopes of the hidden layers",
        _walked(lambda delta, W, slope, dW: delta @ W.T),
    ),
    "biases_forgotten": (
        "returns zeros for the biases",
        _changed(lambda X, y, grads: [(dW, 0 * db) for dW, db in grads]),
    ),
}
HIDING: dict[str, tuple[str, Claim]] = {
    "not_transposed_where_square": (
        "forgets the transpose where W is square",
        _walked(lambda delta, W, slope, dW: delta @ (W if len(W) == len(W.T) else W.T) * slope),
    ),
    "mean_at_every_layer": (
        "divides by n again at every layer on the way back",
        _walked(lambda delta, W, slope, dW: delta @ W.T * slope / len(delta)),
    ),
    "output_slope_missing": ("leaves out the slope of the output layer", _output_slope_missing),
    "first_prime_for_all": ("uses the first layer's slope in every layer", _first_prime_for_all),
    "divided_by_outputs": (
        "divides by the number of outputs as well",
        _changed(lambda X, y, grads: scaled(grads, 1 / y.shape[1])),
    ),
    "without_biases": ("leaves the biases out of its forward pass", _without_biases),
    "two_layers_only": ("knows no networks of more than two layers", _two_layers_only),
    "updated_weights": (
        "goes back through weights that have made a small step already",
        _walked(lambda delta, W, slope, dW: delta @ (W - 0.01 * dW).T * slope),
    ),
}


def is_right(name: str) -> bool:
    """Whether the candidate of this name is right."""
    return name in RIGHT


def told(name: str) -> str:
    """What a candidate is, after "a version": "that leaves out …" or "by recursion"."""
    return name if is_right(name) else "that " + {**PLAIN, **HIDING}[name][0]


def candidate(name: str) -> Claim:
    """Return a function with the signature of `backprop`; its own name gives nothing away.

    Args:
        name: a key of `RIGHT`, `PLAIN` or `HIDING`.
    """
    claim = RIGHT[name] if is_right(name) else {**PLAIN, **HIDING}[name][1]

    def backprop(
        X: Array, y: Array, params: Params, activations: Functions, primes: Functions
    ) -> Pairs:
        return claim(X, y, params, activations, primes)

    return backprop

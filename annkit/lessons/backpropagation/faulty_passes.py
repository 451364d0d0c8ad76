"""The way back through a dense network with one piece replaced: how backpropagation goes wrong.

`walk_back` is right until a piece is handed in. Pieces that are wrong for every cost and every
activation stand below, by the name of the mistake; what those that make (dW, db) say of themselves
is what a learner is told.

The last function recognises code that was written for two layers.

Not here: the bugs of the clinic (`planted_bugs`), both passes to be looked at (`passes`).
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np

from annkit.arguments import Array
from annkit.lessons.backpropagation.candidates import Cache, Functions, Pairs, Params, forward


class Crossing(NamedTuple):
    """Where the walk is when it goes from a layer to the one before.

    Attributes:
        layer: number of the layer it comes from, at least 1.
        delta: ∂C/∂z there, (batch, n_out).
        dW: ∂C/∂W there, (n_in, n_out).
        params: of the whole network.
        cache: (a_prev, z) of every layer, from the forward pass.
        slope: (number of a layer) -> slope of its activation at its z.
    """

    layer: int
    delta: Array
    dW: Array  # noqa: N815
    params: Params
    cache: Cache
    slope: Callable[[int], Array]

    @property
    def W(self) -> Array:  # noqa: N802
        """The weights of the layer it comes from."""
        return self.params[self.layer][0]

    @property
    def before(self) -> Array:
        """The slope of the layer that is reached, at its z."""
        return self.slope(self.layer - 1)


Step = Callable[[Crossing], Array]
Gradients = Callable[[Array, Array], tuple[Array, Array]]


def walk_back(
    params: Params,
    cache: Cache,
    delta: Array,
    slope: Callable[[int], Array],
    *,
    step: Step | None = None,
    gradients: Gradients | None = None,
) -> Pairs:
    """Return (dW, db) per layer, input side first, with one piece replaced.

    Args:
        params: list of (W, b).
        cache: (a_prev, z) per layer.
        delta: ∂C/∂z of the output layer, (batch, n_out).
        slope: (number of a layer) -> slope of its activation at its z, (batch, n).
        step: makes the delta of the layer before.
        gradients: (a_prev, delta) -> (dW, db).
    """
    grads: Pairs = []
    for layer in reversed(range(len(params))):
        a_prev = cache[layer][0]
        right = (a_prev.T @ delta, delta.sum(axis=0))
        grads.append(gradients(a_prev, delta) if gradients else right)
        if layer > 0:
            place = Crossing(layer, delta, right[0], params, cache, slope)
            delta = (step or right_step)(place)
    return grads[::-1]


def back(
    X: Array,
    y: Array,
    params: Params,
    activations: Functions,
    primes: Functions,
    *,
    delta: Callable[[Array, Array], Array] | None = None,
    noted: Callable[[Cache], Cache] | None = None,
    **replaced: Any,
) -> Pairs:
    """The right gradients of the mean half squared error, with one piece replaced.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        params: list of (W, b).
        activations: one function per layer.
        primes: one slope per layer.
        delta: (y_hat, z) -> delta of the output layer.
        noted: cache -> what the way back takes for it.
        replaced: other pieces, as `walk_back` takes them.
    """
    cache, y_hat = forward(X, params, activations)
    z = cache[-1][1]
    first = delta(y_hat, z) if delta else (y_hat - y) / len(X) * np.asarray(primes[-1](z))
    seen = noted(cache) if noted else cache
    replaced.setdefault("slope", lambda layer: primes[layer](seen[layer][1]))
    return walk_back(params, seen, first, **replaced)


def right_step(at: Crossing) -> Array:
    """Nothing is wrong."""
    return at.delta @ at.W.T * at.before


def mean_at_every_layer(at: Crossing) -> Array:
    """Divided by the batch again."""
    return right_step(at) / len(at.delta)


def slope_missing(at: Crossing) -> Array:
    """The slope of the layer that is reached is left out."""
    return at.delta @ at.W.T


def own_weights(at: Crossing) -> Array:
    """Through the weights that lead into the layer that is reached."""
    return at.delta @ at.params[at.layer - 1][0].T * at.before


def not_transposed(at: Crossing) -> Array:
    """Through W."""
    return at.delta @ at.W * at.before


def reshaped(at: Crossing) -> Array:
    """Through W, its numbers filled into the other shape in reading order."""
    return at.delta @ at.W.reshape(at.W.shape[::-1]) * at.before


def slope_of_the_layer_left(at: Crossing) -> Array:
    """With the slope of the layer it comes from, and not of the one that is reached."""
    return (at.delta * at.slope(at.layer)) @ at.W.T


def slope_of_the_layer_left_at_the_end(at: Crossing) -> Array:
    """Likewise, and behind the weights, where other widths stand."""
    return at.delta @ at.W.T * at.slope(at.layer)


def sums_separately(at: Crossing) -> Array:
    """The sum of the errors times the sum of a unit's weights."""
    return at.delta.sum(axis=1, keepdims=True) * at.W.sum(axis=1) * at.before


def through_the_inverse(at: Crossing) -> Array:
    """Through the (pseudo-)inverse of W."""
    return at.delta @ np.linalg.pinv(at.W) * at.before


def through_gradients(at: Crossing) -> Array:
    """Through dW."""
    return at.delta @ at.dW.T * at.before


def through_updated_weights(rate: float) -> Step:
    """Through W after a step of this length."""
    return lambda at: at.delta @ (at.W - rate * at.dW).T * at.before


def slope_of_a_sigmoid(at: Crossing) -> Array:
    """With a(1 - a), the slope that a sigmoid would have."""
    a = at.cache[at.layer][0]
    return at.delta @ at.W.T * a * (1 - a)


def bias_by_mean(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Your dW are right; for db you take a *mean* over the batch, which divides a second time."""
    return a_prev.T @ delta, delta.mean(axis=0)


def bias_without_mean(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Your dW are right; the db lack the 1/batch. If it stands in delta, both have it."""
    return a_prev.T @ delta, delta.sum(axis=0) * len(delta)


def weights_without_mean(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Your db are right; the dW lack the 1/batch."""
    return a_prev.T @ delta * len(delta), delta.sum(axis=0)


def outer_of_sums(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Your dW adds up the examples first and multiplies then. Each example has its own product."""
    return np.outer(a_prev.sum(axis=0), delta.sum(axis=0)), delta.sum(axis=0)


def bias_over_everything(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Each db is a single number: you summed over the units as well as over the examples."""
    return a_prev.T @ delta, np.asarray(delta.sum())


def bias_per_example(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Each db has an entry per example: summed along the wrong axis."""
    return a_prev.T @ delta, delta.sum(axis=1)


def bias_as_a_row(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Each db is a table with one row, (1, n_out); the biases have the shape (n_out,)."""
    return a_prev.T @ delta, delta.sum(axis=0, keepdims=True)


def bias_not_summed(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Each db is delta itself, with a row per example. All examples share one bias: add them up."""
    return a_prev.T @ delta, delta


def biases_forgotten(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """The biases get no gradient at all. A bias is a weight whose input is always 1."""
    return a_prev.T @ delta, np.zeros(delta.shape[1])


def mean_again_as_a_row(a_prev: Array, delta: Array) -> tuple[Array, Array]:
    """Two things: each db is a table with one row, where b has the shape (n_out,).

    And you divide by the batch once more, although delta has the 1/batch inside.
    """
    n = len(delta)
    return a_prev.T @ delta / n, delta.sum(axis=0, keepdims=True) / n


def sums_for_inputs(cache: Cache) -> Cache:
    """What went into a layer is noted as z of the layer before."""
    before = [cache[0][0], *(z for _, z in cache)]
    return [(a, z) for a, (_, z) in zip(before, cache, strict=False)]


def first_inputs_for_all(cache: Cache) -> Cache:
    """What went into every layer is noted as X."""
    return [(cache[0][0], z) for _, z in cache]


def knows_two_layers_only(
    grads: Callable[[Any], Any] = lambda value: value,
) -> Callable[[Sequence[Any]], bool]:
    """Recognise code for two layers by its recorded calls, `params` the third argument of each.

    All is in order with two layers, while others end in an error or are taken for two. If all end
    in an error, the second of one layer has to be missed before any shapes could disagree.

    Args:
        grads: the pairs (dW, db) in what a call returned.
    """

    def are_two_pairs(value: Any) -> bool:
        found = grads(value)
        return len(found) == 2 and all(isinstance(one, list | tuple) for one in found)

    def is_taken_for_two(call: Any) -> bool:
        if call.error is None:
            return are_two_pairs(call.value)
        return call.error.type in ("IndexError", "ValueError")

    def misses_the_second(call: Any) -> bool:
        return call.error.type == "IndexError" or "to unpack" in str(call.error)

    def recognise(calls: Sequence[Any]) -> bool:
        two = [call for call in calls if len(call.args[2]) == 2]
        others = [call for call in calls if len(call.args[2]) != 2]
        in_order = all(call.error is None and are_two_pairs(call.value) for call in two)
        if not (in_order and all(map(is_taken_for_two, others))):
            return False
        single = [call for call in others if len(call.args[2]) < 2]
        return any(call.error is None for call in others) or all(map(misses_the_second, single))

    return recognise

"""Backpropagation through any number of layers: forward with a memory, then back."""

from functools import partial

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    changes,
    expect_close,
    expect_pairs,
    probe,
)
from annkit.lessons.backpropagation import faulty_passes as faulty
from annkit.lessons.backpropagation.candidates import forward as _forward
from annkit.lessons.backpropagation.candidates import scaled as _scaled
from annkit.lessons.backpropagation.faulty_passes import back as _back
from annkit.lessons.backpropagation.slopes import forward_slopes, random_params
from annkit.nn.activations import ACTIVATIONS

exercise = Exercise(
    id="backprop",
    title="Backpropagation",
    points=4,
    size="about 12 lines",
    leads_to="`gradient_check` will put it to the test.",
    task="""Return the gradient of `mse_cost` in all weights and biases of a network of **any
depth**: a list of `(dW, db)`, input side first like `params`. `activations` and `primes` hold one
function per layer, f and its slope; both take pre-activations. Go forward once and back once:
slopes that are *measured* don't count here. (Some layers round: measured, their slope is 0. The
prime they bring along says 1, and that is what to use.)

Example: one input, two examples, two layers without activation, `X = [[1], [2]]`, weights 2 and 5,
biases 0, `y = [[8], [14]]`. Forward: 2 and 4, then 10 and 20; the misses are 2 and 6. The output
delta is (1, 3), so dW of layer 2 is 2·1 + 4·3 = 14, db is 4. One layer back delta is (5, 15): dW is
1·5 + 2·15 = 35, db is 20. The answer: `[([[35]], [20]), ([[14]], [4])]`.""",
    hints=(
        """
        Before going back you need what the forward pass saw. Which two arrays of every layer will
        be asked for: one when the layer gets its own gradient, one for the slope?
        """,
        """
        Forward: keep `a_prev` and z of every layer. Then begin with the delta of the output layer,
        and walk from the last layer to the first. At each stop: the gradients of this layer from
        its `a_prev` and delta; then, if there is a layer before it, that layer's delta. You have
        written all three pieces.
        """,
        """
        The same walk with a relay of numbers: three machines multiply by 2, 3 and 10, and 1 enters.
        Forward you note what enters each: 1, 2, 6. Backwards, starting with 1 at the end: machine 3
        has the slope 6·1 = 6 in its factor and hands back 1·10; machine 2 has 2·10 = 20 and hands
        back 10·3 = 30; machine 1 has 1·30 = 30. Each uses what it *noted* times what is *handed
        back*, and sends that on times its own factor.
        """,
        """
        Skeleton:

        ```python
        a, cache = X, []
        for (W, b), f in zip(params, activations):
            ...                     # as in forward
        delta = ...                 # output layer: primes[-1], z of the last layer
        grads = []
        for layer in reversed(range(len(params))):
            a_prev, _ = cache[layer]
            grads.insert(0, (..., ...))
            if layer > 0:
                delta = ...         # params[layer], and prime and z of layer - 1
        return grads
        ```
        """,
    ),
)


@exercise.reference
def backprop(X, y, params, activations, primes):
    """Gradient of the mean half squared error in every parameter of a network.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        params: list of (W, b), input side first, W (n_in, n_out), b (n_out,). Not changed.
        activations: one function per layer, from pre-activations to activations.
        primes: one function per layer, the slope of its activation; takes pre-activations.

    Returns:
        A list with one pair (dW, db) per layer, input side first, with the shapes of W and b;
        the 1/batch of the mean is in it.
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    delta = (a - y) / len(X) * primes[-1](z)
    grads = []
    for layer in reversed(range(len(params))):
        a_prev, _ = cache[layer]
        grads.append((a_prev.T @ delta, delta.sum(axis=0)))
        if layer > 0:
            delta = delta @ params[layer][0].T * primes[layer - 1](cache[layer - 1][1])
    return grads[::-1]


@probe
def with_activations(backprop, X, y, params, names):
    """Run it with the activations of these names and their slopes."""
    import numpy as np

    functions = {
        "identity": lambda z: z + 0.0,
        "half": lambda z: z / 2,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": lambda z: np.tanh(z),
        "sine": lambda z: np.sin(z),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "rounding": lambda z: np.round(z),
    }
    slopes = {
        "identity": lambda z: np.ones_like(z),
        "half": lambda z: np.ones_like(z) / 2,
        "relu": lambda z: (z > 0) * 1.0,
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "sine": lambda z: np.cos(z),
        "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "rounding": lambda z: np.ones_like(z),
    }
    return backprop(X, y, params, [functions[n] for n in names], [slopes[n] for n in names])


# Name → f and the slope that belongs to it.
KNOWN = {name: (one.f, one.f_prime) for name, one in ACTIVATIONS.items()} | {
    "half": (lambda z: z / 2, lambda z: np.full(z.shape, 0.5)),
    "sine": (np.sin, np.cos),
    "rounding": (np.round, np.ones_like),
}


def problem(rng: np.random.Generator, batch: int, *sizes: int):
    """Random (X, y, params) for a batch and these layer sizes; biases are not zero."""
    params = random_params(rng, *sizes)
    return rng.normal(size=(batch, sizes[0])), rng.normal(size=(batch, sizes[-1])), params


def expect_form(got, params) -> None:
    """Expect one pair (dW, db) per layer with the shapes of the parameters."""
    expect_pairs(got, [W.shape for W, _ in params], what="grads", pair="(dW, db)")


def expect_gradients(answer: Answer, case, names, why="") -> None:
    """Expect the true slopes for these activations, from the last layer to the first."""
    got = answer.probe(with_activations, *case, names)
    expect_form(got, case[-1])
    right = forward_slopes(*case, *zip(*(KNOWN[name] for name in names), strict=True))
    why = why or f"the activations are {', '.join(names)}"
    # the last layer first: there the way back begins
    for layer, (pair, (dW, db)) in reversed(list(enumerate(zip(got, right, strict=True)))):
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("a pair (dW, db) per layer, with the shapes of W and b")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    X, y = (rng.integers(1, 5, size=(3, n)) * 1.0 for n in (2, 3))
    params = [(np.round(W * 2) / 2, np.round(b * 2) / 2) for W, b in random_params(rng, 2, 4, 3)]
    expect_form(answer.probe(with_activations, X, y, params, ["half", "identity"]), params)


@exercise.check("one layer", points=1)
def one_layer(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 2.0]])
    params = [(np.array([[2.0, 1.0], [1.0, -1.0]]), np.array([-1.0, 3.0]))]
    expect_gradients(answer, (X, y, params), ["half"], "the activation is half of z")
    for batch, n_in, n_out, name in ((4, 3, 2, "tanh"), (7, 2, 3, "sine"), (3, 2, 2, "rounding")):
        case = problem(rng, batch, n_in, n_out)
        expect_gradients(answer, case, [name], f"the activation is {name}")


@exercise.check("two layers", points=1)
def two_layers(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0, 2.0], [4.0, 0.0]]), np.array([[3.0, 1.0], [5.0, 6.0]])
    params = [
        (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([1.0, 2.0])),
        (np.array([[1.0, 2.0], [4.0, -1.0]]), np.array([0.0, 1.0])),
    ]
    expect_gradients(answer, (X, y, params), ["half", "identity"], "half is z/2, identity is z")
    for (batch, *sizes), names in (
        ((5, 2, 4, 3), ["tanh", "identity"]),
        ((3, 4, 2, 5), ["sigmoid", "sigmoid"]),
        ((4, 3, 2, 2), ["sine", "rounding"]),
    ):
        expect_gradients(answer, problem(rng, batch, *sizes), names)


@exercise.check("every layer has an activation of its own", points=1)
def own_activations(answer: Answer, rng: np.random.Generator) -> None:
    # equal widths too: there a missing transpose makes no noise
    for (batch, *sizes), names in (
        ((6, 3, 3, 3), ["sine", "half"]),
        ((4, 3, 3, 3, 3), ["half", "tanh", "sine"]),
        ((5, 2, 5, 4, 3), ["relu", "sine", "tanh"]),
        ((5, 2, 3, 4, 2), ["rounding", "tanh", "rounding"]),
    ):
        expect_gradients(answer, problem(rng, batch, *sizes), names)


@exercise.check("any depth, any batch", points=1)
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    depth = int(rng.integers(4, 6))
    known = ["tanh", "sine", "sigmoid", "half", "identity"]
    for batch in (1, int(rng.integers(8, 13))):
        sizes = [int(n) for n in rng.integers(2, 6, size=depth + 1)]
        names = [known[i] for i in rng.integers(len(known), size=depth)]
        names[-1 if batch == 1 else 1] = "rounding"
        expect_gradients(answer, problem(rng, batch, *sizes), names)


@exercise.wrong(caught_by=one_layer, hint=2)
def measured(X, y, params, activations, primes):
    """Your slopes are measured, by nudges: rounding swallows a nudge, and 0 comes out.

    `primes` bring the slopes to use. Going back once gives all gradients, without a nudge.
    """
    grads = []
    for layer, arrays in enumerate(params):
        pair = []
        for which, array in enumerate(arrays):
            slopes = np.empty(array.shape)
            for place in np.ndindex(array.shape):
                costs = []
                for nudge in (1e-5, -1e-5):
                    moved = [(W.copy(), b.copy()) for W, b in params]
                    moved[layer][which][place] += nudge
                    _, y_hat = _forward(X, moved, activations)
                    costs.append(np.sum((y_hat - y) ** 2) / 2 / len(X))
                slopes[place] = (costs[0] - costs[1]) / 2e-5
            pair.append(slopes)
        grads.append(tuple(pair))
    return grads


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_missing(X, *rest):
    """Everything is too large by the size of the batch: the cost is a mean, with its 1/batch."""
    return _scaled(_back(X, *rest), len(X))


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_twice(X, *rest):
    """The 1/batch is in your gradients twice: once in the delta, once more in dW and db."""
    return _scaled(_back(X, *rest), 1 / len(X))


@exercise.wrong(caught_by=two_layers, hint=2)
def mean_at_every_layer(*given):
    """Each step back divides by the batch again. The output's delta has brought the 1/batch."""
    return _back(*given, step=faulty.mean_at_every_layer)


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_over_entries(X, y, *rest):
    """You divided by examples times outputs. The cost sums over outputs: only examples count."""
    return _scaled(_back(X, y, *rest), 1 / y.shape[1])


@exercise.wrong(caught_by=one_layer, hint=2)
def twice_the_miss(*given):
    """Twice too large everywhere: the half of ½(ŷ − y)² has been lost."""
    return _scaled(_back(*given), 2)


@exercise.wrong(caught_by=one_layer, hint=2)
def sign_reversed(*given):
    """Every sign is reversed: the walk back begins with ŷ − y, not with y − ŷ."""
    return _scaled(_back(*given), -1)


@exercise.wrong(caught_by=one_layer, hint=2)
def sign_reversed_and_no_mean(X, *rest):
    """Two things: your walk begins with y − ŷ, which turns every sign; and the 1/batch is missing.

    Some books write it so, and then *add* the step. Here the slope of the mean is asked for.
    """
    return _scaled(_back(X, *rest), -len(X))


@exercise.wrong(caught_by=one_layer, hint=2)
def twice_the_miss_over_entries(X, y, *rest):
    """Your cost is `np.mean((ŷ − y)**2)`: without the half, and divided by the outputs as well."""
    return _scaled(_back(X, y, *rest), 2 / y.shape[1])


@exercise.wrong(caught_by=one_layer, hint=4)
def last_prime_missing(X, y, *rest):
    """The output layer's activation has a slope as well; its prime has no effect."""
    return _back(X, y, *rest, delta=lambda y_hat, z: (y_hat - y) / len(X))


@exercise.wrong(caught_by=one_layer, hint=2)
def last_prime_and_mean_missing(X, y, *rest):
    """The way back begins with ŷ − y alone: the output's prime is missing, and the 1/batch."""
    return _back(X, y, *rest, delta=lambda y_hat, z: y_hat - y)


@exercise.wrong(caught_by=two_layers, hint=4)
def hidden_primes_missing(*given):
    """On the way back through the hidden layers the slopes of their activations are missing."""
    return _back(*given, step=faulty.slope_missing)


@exercise.wrong(caught_by=one_layer, hint=1)
def all_primes_missing(X, y, *rest):
    """No slope of any activation enters: `primes` has no effect."""
    return _back(
        X, y, *rest, delta=lambda y_hat, z: (y_hat - y) / len(X), step=faulty.slope_missing
    )


def _outputs(cache, activations):
    """What came out of every layer, where its z belongs."""
    return [(a, f(z)) for (a, z), f in zip(cache, activations, strict=True)]


@exercise.wrong(caught_by=one_layer, hint=1)
def primes_of_activations(X, y, params, activations, primes):
    """You put a = f(z) into the primes, in every layer. They take z, what went into f."""
    return _back(
        X, y, params, activations, primes,
        delta=lambda y_hat, z: (y_hat - y) / len(X) * primes[-1](y_hat),
        noted=lambda cache: _outputs(cache, activations),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def primes_of_activations_and_no_mean(*given):
    """Two things: you put a = f(z) into the primes, which take z; and the 1/batch is missing."""
    return _scaled(primes_of_activations(*given), len(given[0]))


@exercise.wrong(caught_by=one_layer, hint=1)
def sign_place_and_mean(*given):
    """Three things: y − ŷ turns every sign, the primes want z, not a, and the 1/batch is missing.

    Code for one fixed sigmoid is often written so. Here the primes are handed in and take z.
    """
    return _scaled(primes_of_activations(*given), -len(given[0]))


@exercise.wrong(caught_by=two_layers, hint=4)
def sigmoid_slopes_inside(*given):
    """Your hidden layers go back with a(1 − a), the slope of a sigmoid. Theirs are in `primes`."""
    return _back(*given, step=faulty.slope_of_a_sigmoid)


@exercise.wrong(caught_by=one_layer, hint=4)
def sigmoid_slopes(X, y, *rest):
    """You go back with a(1 − a), the slope of a sigmoid. Each layer's own slope is in `primes`."""
    return _back(
        X, y, *rest, step=faulty.slope_of_a_sigmoid,
        delta=lambda y_hat, z: (y_hat - y) / len(X) * y_hat * (1 - y_hat),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=4)
def slope_of_the_layer_left(*given):
    """On the way back you use the slope of the layer you come from, which its delta has inside.

    The layer you reach brings the next slope, at its own z.
    """
    return _back(*given, step=faulty.slope_of_the_layer_left)


def _slope_in_front(*given):
    """The other way round: NumPy names the two shapes in the order in which they come."""
    return _back(*given, step=lambda at: at.slope(at.layer) * (at.delta @ at.W.T))


@exercise.wrong(caught_by=has_the_shapes, hint=4, variants=(_slope_in_front,))
def slope_of_the_layer_left_at_the_end(*given):
    """Your new delta is multiplied by the slope of the layer you come from.

    The weights have led one layer back: the slope of *that* layer, at its own z, comes next.
    """
    return _back(*given, step=faulty.slope_of_the_layer_left_at_the_end)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def one_layer_too_far(X, y, *rest):
    """Your walk goes on below the first layer, where the index −1 means the *last* one.

    Does anybody need a delta once the first layer has its gradients?
    """
    _ = np.zeros(X.shape) * np.zeros(y.shape)  # so wide are the two that meet there
    return _back(X, y, *rest)


@exercise.wrong(caught_by=two_layers, hint=2)
def sums_separately(*given):
    """On the way back you multiply the sum of the errors by the sum of a unit's weights.

    Each error goes back along its own weight; the sum comes after the products.
    """
    return _back(*given, step=faulty.sums_separately)


@exercise.wrong(caught_by=two_layers, hint=1)
def hidden_primes_of_activations(X, y, params, activations, primes):
    """In the hidden layers you put a = f(z) into the primes. They take z, what went into f."""
    noted = partial(_outputs, activations=activations)
    return _back(X, y, params, activations, primes, noted=noted)


@exercise.wrong(caught_by=one_layer, hint=1)
def last_prime_of_y_hat(X, y, params, activations, primes):
    """The last prime gets ŷ. It wants z of the output layer, what went into the activation."""
    return _back(
        X, y, params, activations, primes,
        delta=lambda y_hat, z: (y_hat - y) / len(X) * primes[-1](y_hat),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=4)
def prime_of_the_next_layer(X, y, params, activations, primes):
    """On the way back you use the prime of the layer you come from, at the z of the one you reach.

    Each layer's slope belongs to its own z.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda at: at.delta @ at.W.T * primes[at.layer](at.cache[at.layer - 1][1]),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=4)
def one_prime_for_all(X, y, params, activations, primes):
    """You use the first layer's prime everywhere; every layer has one of its own."""
    return _back(X, y, params, activations, [primes[0]] * len(params))


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_weights(*given):
    """The error goes back through the wrong weights: those that lead *into* the layer you reach.

    It has to take the ones on the way between the two layers.
    """
    return _back(*given, step=faulty.own_weights)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def weights_not_transposed(*given):
    """On the way back the weights must be transposed; equal widths hide it, others don't fit."""
    return _back(*given, step=faulty.not_transposed)


@exercise.wrong(caught_by=two_layers, hint=2)
def weights_reshaped(*given):
    """`reshape` fills a new shape in reading order; it doesn't swap rows and columns."""
    return _back(*given, step=faulty.reshaped)


@exercise.wrong(caught_by=two_layers, hint=2)
def back_through_the_inverse(*given):
    """The error goes back through the *inverse* of W. Nothing is to be undone: it takes W.T."""
    return _back(*given, step=faulty.through_the_inverse)


@exercise.wrong(caught_by=two_layers, hint=2)
def back_through_gradients(*given):
    """The error goes back through dW. What carried the signal forward carries the error: W."""
    return _back(*given, step=faulty.through_gradients)


def _through_updated(rate, *given):
    return _back(*given, step=faulty.through_updated_weights(rate))


@exercise.wrong(
    caught_by=two_layers,
    hint=2,
    variants=tuple(partial(_through_updated, rate) for rate in (0.5, 0.1, 0.05, 0.01, 0.001)),
)
def back_through_updated_weights(*given):
    """You send the error back through weights that have made their step already.

    The gradient belongs to the weights of the forward pass. Steps come when all of it is known.
    """
    return _through_updated(1.0, *given)


def _known(piece, caught_by):
    """Register a piece that is wrong in every network, with the text that comes with it."""

    def wrong(*given):
        return _back(*given, gradients=piece)

    wrong.__name__, wrong.__doc__ = piece.__name__, piece.__doc__
    exercise.wrong(caught_by=caught_by, hint=2)(wrong)


for _piece in (
    faulty.bias_over_everything,
    faulty.bias_per_example,
    faulty.bias_as_a_row,
    faulty.bias_not_summed,
    faulty.mean_again_as_a_row,
):
    _known(_piece, has_the_shapes)
for _piece in (
    faulty.bias_by_mean,
    faulty.bias_without_mean,
    faulty.weights_without_mean,
    faulty.biases_forgotten,
    faulty.outer_of_sums,
):
    _known(_piece, one_layer)


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def own_activations_for_a_prev(X, y, params, activations, primes):
    """Your dW combines the error with what came *out* of the layer; it needs what went in."""
    return _back(
        X, y, params, activations, primes,
        noted=lambda cache: [(f(z), z) for (_, z), f in zip(cache, activations, strict=True)],
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=1)
def sums_for_a_prev(*given):
    """Your dW uses z of the layer before. What went into this layer is a = f(z)."""
    return _back(*given, noted=faulty.sums_for_inputs)


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def inputs_for_a_prev(*given):
    """Every dW uses X. From the second layer on, something else went in."""
    return _back(*given, noted=faulty.first_inputs_for_all)


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def transposed_gradients(*given):
    """Your dW are transposed: each should have the shape of its W, a row per input."""
    return [(dW.T, db) for dW, db in _back(*given)]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def output_side_first(*given):
    """The right gradients in the order in which you found them: the last layer stands first."""
    return _back(*given)[::-1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def only_the_last_layer(*given):
    """You return after the last layer: is the `return` inside the loop? See its indentation."""
    return _back(*given)[-1:]


@exercise.wrong(caught_by=two_layers, hint=2)
def delta_from_two_layers_on(X, y, params, activations, primes):
    """A hidden layer's error carries a slope too many, the next layer's, which was in it already.

    Once a delta is ∂C/∂z of its layer, that layer's activation is done with.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda at: (at.delta * at.slope(at.layer)) @ at.W.T * at.before,
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def forward_without_biases(X, y, params, *rest):
    """The way back is right, but your forward pass leaves out the biases."""
    return _back(X, y, [(W, 0 * b) for W, b in params], *rest)


@exercise.wrong(caught_by=one_layer, hint=1)
def last_activation_missing(X, y, params, activations, primes):
    """You compare z of the output layer with y: the last activation was never applied."""
    return _back(
        X, y, params, activations, primes,
        delta=lambda y_hat, z: (z - y) / len(X) * primes[-1](z),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=4, recognise=faulty.knows_two_layers_only())
def exactly_two_layers(X, y, params, *rest):
    """Your code is written for two layers and takes no other number of them: let a loop walk."""
    (W1, b1), (W2, b2) = params
    return _back(X, y, [(W1, b1), (W2, b2)], *rest)


def _stepped(rate, X, y, params, *rest):
    pairs = zip(params, _back(X, y, params, *rest), strict=True)
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in pairs]


@exercise.wrong(
    caught_by=one_layer,
    hint=2,
    variants=tuple(partial(_stepped, rate) for rate in (0.5, 0.1, 0.05, 0.01, 0.001)),
)
def takes_a_step(*given):
    """You return parameters after a step. Here the gradient itself is asked for."""
    return _stepped(1.0, *given)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def one_long_list(*given):
    """The right arrays in one long list; they should come in pairs (dW, db), one per layer."""
    return [array for pair in _back(*given) for array in pair]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def cost_too(X, y, params, activations, primes):
    """You return the cost as well. The list of gradients alone is asked for."""
    _, y_hat = _forward(X, params, activations)
    cost = np.sum((y_hat - y) ** 2) / 2 / len(X)
    return cost, _back(X, y, params, activations, primes)


@exercise.wrong(caught_by=has_the_shapes, hint=2, recognise=changes("params"))
def changes_the_parameters(X, y, params, *rest):
    """You change the weights on the way, with `W -= …` or the like.

    The layers before still need them as they were, and the caller takes the step.
    """
    grads = _back(X, y, params, *rest)
    for (W, _), (dW, _) in zip(params, grads, strict=True):
        W -= 0.1 * dW
    return grads


@exercise.wrong(caught_by=has_the_shapes, hint=2, recognise=changes("y"))
def changes_the_targets(X, y, params, activations, primes):
    """The right numbers, but `y -= …` or the like has changed the caller's targets."""
    grads = _back(X, y, params, activations, primes)
    y -= _forward(X, params, activations)[1]
    return grads


@exercise.alternative
def by_recursion(X, y, params, activations, primes):
    def back(a_prev, layer):
        """Return (gradients from this layer on, ∂C/∂a_prev)."""
        if layer == len(params):
            return [], (a_prev - y) / len(y)
        W, b = params[layer]
        z = a_prev @ W + b
        later, da = back(activations[layer](z), layer + 1)
        delta = da * primes[layer](z)
        return [(a_prev.T @ delta, delta.sum(axis=0)), *later], delta @ W.T

    return back(X, 0)[0]


@exercise.alternative
def one_example_at_a_time(X, y, params, activations, primes):
    total = [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    for x, target in zip(X, y, strict=True):
        seen, sums = [x], []
        for (W, b), f in zip(params, activations, strict=True):
            sums.append(np.dot(seen[-1], W) + b)
            seen.append(f(sums[-1]))
        error = seen[-1] - target
        for layer in range(len(params) - 1, -1, -1):
            error = error * primes[layer](sums[layer])
            dW, db = total[layer]
            total[layer] = (dW + np.outer(seen[layer], error) / len(X), db + error / len(X))
            error = params[layer][0] @ error
    return total


@exercise.alternative
def with_da_and_einsum(X, y, params, activations, primes):
    layers = len(params)
    A, Z = [X], []
    for layer in range(layers):
        Z.append(np.einsum("bi,io->bo", A[layer], params[layer][0]) + params[layer][1])
        A.append(activations[layer](Z[layer]))
    grads = []
    dA = np.subtract(A[-1], y)
    for layer in range(layers)[::-1]:
        dZ = np.multiply(dA, primes[layer](Z[layer]))
        dW = np.einsum("bi,bo->io", A[layer], dZ) / X.shape[0]
        grads.append([dW, np.mean(dZ, axis=0)])
        dA = np.einsum("bo,io->bi", dZ, params[layer][0])
    return tuple(grads[::-1])

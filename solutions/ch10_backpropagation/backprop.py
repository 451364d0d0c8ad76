"""Backpropagation through any number of layers: forward with a memory, then back."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that, probe

exercise = Exercise(
    id="backprop",
    title="Backpropagation",
    points=4,
    size="about 12 lines",
    task="""Return the gradient of `mse_cost` in all weights and biases of a network of **any
depth**: a list of `(dW, db)`, input side first like `params`. `activations` and `primes` hold one
function per layer, f and its derivative; both take pre-activations. Go forward once and back once:
slopes that are *measured* don't count here.

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
        activations: one function per layer, from pre-activations to activations; each is
            called once, or a few times per example, however many parameters there are.
        primes: one function per layer, the derivative of its activation; takes pre-activations.

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
    """Run it with the activations of these names and their derivatives."""
    import numpy as np

    functions = {
        "identity": lambda z: z + 0.0,
        "half": lambda z: z / 2,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": lambda z: np.tanh(z),
        "sine": lambda z: np.sin(z),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    slopes = {
        "identity": lambda z: np.ones_like(z),
        "half": lambda z: np.ones_like(z) / 2,
        "relu": lambda z: (z > 0) * 1.0,
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "sine": lambda z: np.cos(z),
        "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
    }
    return backprop(X, y, params, [functions[n] for n in names], [slopes[n] for n in names])


@probe
def counting_calls(backprop, X, y, params):
    """Run it with sines; return the gradient, and how often they were called if that is too often.

    Too often is more than four times per example: nobody is told apart by a call more or less.
    """
    import numpy as np

    calls = []

    def sine(z):
        calls.append(1)
        return np.sin(z)

    grads = backprop(X, y, params, [sine] * len(params), [np.cos] * len(params))
    return [grads, len(calls) if len(calls) > 4 * len(X) else 0]


FUNCTIONS = {
    "identity": lambda z: z,
    "half": lambda z: z / 2,
    "relu": lambda z: z * (z.real > 0),
    "tanh": lambda z: np.tanh(z),
    "sine": lambda z: np.sin(z),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
}


def problem(rng: np.random.Generator, batch: int, *sizes: int):
    """Random (X, y, params) for a batch and these layer sizes; biases are not zero."""
    params = [(rng.normal(size=(n, m)), rng.normal(size=m) / 2) for n, m in pairwise(sizes)]
    return rng.normal(size=(batch, sizes[0])), rng.normal(size=(batch, sizes[-1])), params


def slopes_of_the_cost(X, y, params, names):
    """The gradient by a complex step in one parameter after the other: exact, and no backprop."""

    def cost(params):
        a = X
        for (W, b), name in zip(params, names, strict=True):
            a = FUNCTIONS[name](np.einsum("bi,io->bo", a, W) + b)
        return np.sum((a - y) ** 2 / 2) / len(X)

    moved = [(W.astype(complex), b.astype(complex)) for W, b in params]
    gradient = []
    for pair in moved:
        found = (np.empty(pair[0].shape), np.empty(pair[1].shape))
        for array, slopes in zip(pair, found, strict=True):
            for place in np.ndindex(array.shape):
                array[place] += 1e-30j
                slopes[place] = cost(moved).imag / 1e-30
                array[place] = array[place].real
        gradient.append(found)
    return gradient


def expect_gradients(got, X, y, params, names, why=""):
    """Expect one pair per layer with the shapes of the parameters, and the true slopes in them."""
    expect_that(
        isinstance(got, list | tuple) and len(got) == len(params),
        f"{len(params)} layers, so a list of {len(params)} pairs (dW, db).",
        got=got,
    )
    pairs = zip(got, params, slopes_of_the_cost(X, y, params, names), strict=True)
    # the last layer first: there the way back begins
    for layer, (pair, (W, b), (dW, db)) in reversed(list(enumerate(pairs))):
        expect_that(
            isinstance(pair, list | tuple) and len(pair) == 2,
            f"grads[{layer}] should be a pair (dW, db).",
            got=pair,
        )
        expect_shape(pair[0], W.shape, what=f"dW in grads[{layer}]")
        expect_shape(pair[1], b.shape, what=f"db in grads[{layer}]")
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("a pair (dW, db) per layer, with the shapes of W and b")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    X, y, params = problem(rng, 5, 2, 4, 3)
    got = answer.probe(with_activations, X, y, params, ["tanh", "identity"])
    expect_that(
        isinstance(got, list | tuple) and len(got) == 2,
        "Two layers, so a list of two pairs (dW, db).",
        got=got,
    )
    for layer, (pair, (W, b)) in enumerate(zip(got, params, strict=True)):
        expect_that(
            isinstance(pair, list | tuple) and len(pair) == 2,
            f"grads[{layer}] should be a pair (dW, db).",
            got=pair,
        )
        expect_shape(pair[0], W.shape, what=f"dW in grads[{layer}]")
        expect_shape(pair[1], b.shape, what=f"db in grads[{layer}]")


@exercise.check("one layer", points=1)
def one_layer(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0, 2.0], [3.0, 0.0]]), np.array([[1.0, 0.0], [2.0, 2.0]])
    params = [(np.array([[2.0, 1.0], [1.0, -1.0]]), np.array([-1.0, 3.0]))]
    expect_gradients(answer.probe(with_activations, X, y, params, ["half"]), X, y, params, ["half"])
    for batch, n_in, n_out, name in ((4, 3, 2, "tanh"), (7, 2, 3, "sine")):
        X, y, params = problem(rng, batch, n_in, n_out)
        got = answer.probe(with_activations, X, y, params, [name])
        expect_gradients(got, X, y, params, [name], why=f"the activation is {name}")
    X, y, params = problem(rng, 3, 5, 4)
    got, too_often = answer.probe(counting_calls, X, y, params)
    expect_gradients(got, X, y, params, ["sine"], why="the activation is sine")
    expect_that(
        too_often == 0,
        "The activation of the only layer was called more often than it takes to go forward once.",
        expected="once, or once per example",
        got=too_often,
        why="there are 3 examples and 24 parameters",
    )


@exercise.check("two layers", points=1)
def two_layers(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0, 2.0], [4.0, 0.0]]), np.array([[3.0, 1.0], [5.0, 6.0]])
    params = [
        (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([1.0, 2.0])),
        (np.array([[1.0, 2.0], [4.0, -1.0]]), np.array([0.0, 1.0])),
    ]
    names = ["half", "identity"]
    got = answer.probe(with_activations, X, y, params, names)
    expect_gradients(got, X, y, params, names, why="half is z/2, identity is z")
    for (batch, *sizes), names in (
        ((5, 2, 4, 3), ["tanh", "identity"]),
        ((3, 4, 2, 5), ["sigmoid", "sigmoid"]),
    ):
        X, y, params = problem(rng, batch, *sizes)
        got = answer.probe(with_activations, X, y, params, names)
        expect_gradients(got, X, y, params, names, why=f"the activations are {' and '.join(names)}")


@exercise.check("every layer has an activation of its own", points=1)
def own_activations(answer: Answer, rng: np.random.Generator) -> None:
    # equal widths too: there a missing transpose makes no noise
    for (batch, *sizes), names in (
        ((6, 3, 3, 3), ["sine", "half"]),
        ((4, 3, 3, 3, 3), ["half", "tanh", "sine"]),
        ((5, 2, 5, 4, 3), ["relu", "sine", "tanh"]),
    ):
        X, y, params = problem(rng, batch, *sizes)
        got = answer.probe(with_activations, X, y, params, names)
        expect_gradients(got, X, y, params, names, why=f"the activations are {', '.join(names)}")


@exercise.check("any depth, any batch", points=1)
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    depth = int(rng.integers(4, 6))
    known = ["tanh", "sine", "sigmoid", "half", "identity"]
    for batch in (1, int(rng.integers(8, 13))):
        sizes = [int(n) for n in rng.integers(2, 6, size=depth + 1)]
        names = [known[i] for i in rng.integers(len(known), size=depth)]
        X, y, params = problem(rng, batch, *sizes)
        got = answer.probe(with_activations, X, y, params, names)
        expect_gradients(got, X, y, params, names, why=f"the activations are {', '.join(names)}")


def _forward(X, params, activations):
    """The right forward pass: (a_prev, z) per layer, and the output."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return cache, a


def _back(X, y, params, activations, primes, *, first=None, step=None, gradients=None):
    """The right way back, with one piece replaced.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        params: list of (W, b).
        activations: one function per layer.
        primes: one derivative per layer.
        first: (y_hat, z) -> delta of the output layer.
        step: (delta, dW, layer, cache) -> delta of the layer before.
        gradients: (a_prev, delta, layer, cache) -> (dW, db).
    """
    cache, y_hat = _forward(X, params, activations)
    delta = (
        first(y_hat, cache[-1][1])
        if first
        else (y_hat - y) / len(X) * np.asarray(primes[-1](cache[-1][1]))
    )
    grads = []
    for layer in reversed(range(len(params))):
        a_prev = cache[layer][0]
        right = (a_prev.T @ delta, delta.sum(axis=0))
        grads.append(gradients(a_prev, delta, layer, cache) if gradients else right)
        if layer > 0:
            delta = (
                step(delta, right[0], layer, cache)
                if step
                else delta @ params[layer][0].T * primes[layer - 1](cache[layer - 1][1])
            )
    return grads[::-1]


def _asks_often(calls):
    """Is the network asked once per parameter or more, and are the slopes right nevertheless?"""
    counted = [call for call in calls if call.probe == "counting_calls" and call.value]
    for call in counted:
        X, y, params = call.args
        grads, often = call.value
        right = slopes_of_the_cost(X, y, params, ["sine"])
        near = all(
            np.shape(a) == b.shape and np.allclose(a, b, rtol=1e-3, atol=1e-5)
            for pair, other in zip(grads, right, strict=True)
            for a, b in zip(pair, other, strict=True)
        )
        if not often or not near:
            return False
    return bool(counted)


@exercise.wrong(caught_by=one_layer, hint=2, recognise=_asks_often)
def measured(X, y, params, activations, primes):
    """Your slopes are right, but measured: the network is asked about every parameter again.

    Going back once gives all of them. That is what this exercise is about.
    """
    grads = []
    for layer, arrays in enumerate(params):
        pair = []
        for which, array in enumerate(arrays):
            slopes = np.empty(array.shape)
            for place in np.ndindex(array.shape):
                costs = []
                for nudge in (1e-5, -1e-5):
                    moved = [[W.copy(), b.copy()] for W, b in params]
                    moved[layer][which][place] += nudge
                    _, y_hat = _forward(X, moved, activations)
                    costs.append(np.sum((y_hat - y) ** 2) / 2 / len(X))
                slopes[place] = (costs[0] - costs[1]) / 2e-5
            pair.append(slopes)
        grads.append(tuple(pair))
    return grads


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_missing(X, y, params, activations, primes):
    """Everything is too large by the size of the batch: the cost is a mean, with its 1/batch."""
    grads = _back(X, y, params, activations, primes)
    return [(dW * len(X), db * len(X)) for dW, db in grads]


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_twice(X, y, params, activations, primes):
    """The 1/batch is in your gradients twice: once in the delta, once more in dW and db."""
    grads = _back(X, y, params, activations, primes)
    return [(dW / len(X), db / len(X)) for dW, db in grads]


@exercise.wrong(caught_by=two_layers, hint=2)
def mean_at_every_layer(X, y, params, activations, primes):
    """Each step back divides by the batch again. The output's delta has brought the 1/batch."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * primes[layer - 1](cache[layer - 1][1]) / len(X)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=2)
def mean_over_entries(X, y, params, activations, primes):
    """You divided by examples times outputs. The cost sums over outputs: only examples count."""
    grads = _back(X, y, params, activations, primes)
    return [(dW / y.shape[1], db / y.shape[1]) for dW, db in grads]


@exercise.wrong(caught_by=one_layer, hint=2)
def twice_the_miss(X, y, params, activations, primes):
    """Twice too large everywhere: the half of ½(ŷ − y)² has been lost."""
    return [(2 * dW, 2 * db) for dW, db in _back(X, y, params, activations, primes)]


@exercise.wrong(caught_by=one_layer, hint=2)
def sign_reversed(X, y, params, activations, primes):
    """Every sign is reversed: the walk back begins with ŷ − y, not with y − ŷ."""
    return [(-dW, -db) for dW, db in _back(X, y, params, activations, primes)]


@exercise.wrong(caught_by=one_layer, hint=4)
def last_prime_missing(X, y, params, activations, primes):
    """The output layer's activation has a slope as well; its prime is never used."""
    return _back(X, y, params, activations, primes, first=lambda y_hat, z: (y_hat - y) / len(X))


@exercise.wrong(caught_by=two_layers, hint=4)
def hidden_primes_missing(X, y, params, activations, primes):
    """On the way back through the hidden layers the slopes of their activations are missing."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: delta @ params[layer][0].T,
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def all_primes_missing(X, y, params, activations, primes):
    """No slope of any activation enters: `primes` is never used."""
    return _back(
        X, y, params, activations, primes,
        first=lambda y_hat, z: (y_hat - y) / len(X),
        step=lambda delta, dW, layer, cache: delta @ params[layer][0].T,
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def primes_of_activations(X, y, params, activations, primes):
    """You put a = f(z) into the primes, in every layer. They take z, what went into f."""
    return _back(
        X, y, params, activations, primes,
        first=lambda y_hat, z: (y_hat - y) / len(X) * primes[-1](y_hat),
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * primes[layer - 1](cache[layer][0])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=1)
def hidden_primes_of_activations(X, y, params, activations, primes):
    """In the hidden layers you put a = f(z) into the primes. They take z, what went into f."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * primes[layer - 1](cache[layer][0])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def last_prime_of_y_hat(X, y, params, activations, primes):
    """The last prime gets ŷ. It wants z of the output layer, what went into the activation."""
    return _back(
        X, y, params, activations, primes,
        first=lambda y_hat, z: (y_hat - y) / len(X) * primes[-1](y_hat),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=4)
def prime_of_the_next_layer(X, y, params, activations, primes):
    """On the way back you use the prime of the layer you come from, at the z of the one you reach.

    Each layer's slope belongs to its own z.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * primes[layer](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=4)
def one_prime_for_all(X, y, params, activations, primes):
    """You use the first layer's prime everywhere; every layer has one of its own."""
    return _back(X, y, params, activations, [primes[0]] * len(params))


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_weights(X, y, params, activations, primes):
    """The error goes back through the wrong weights: those that lead *into* the layer you reach.

    It has to take the ones on the way between the two layers.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer - 1][0].T * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def weights_not_transposed(X, y, params, activations, primes):
    """On the way back the weights must be transposed; equal widths hide it, others don't fit."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0] * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=2)
def weights_reshaped(X, y, params, activations, primes):
    """`reshape` fills a new shape in reading order; it doesn't swap rows and columns."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].reshape(params[layer][0].shape[::-1])
            * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=2)
def back_through_gradients(X, y, params, activations, primes):
    """The error goes back through dW. What carried the signal forward carries the error: W."""
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ dW.T * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=2)
def back_through_updated_weights(X, y, params, activations, primes):
    """You send the error back through W − dW, weights that have made their step already.

    The gradient belongs to the weights of the forward pass. Steps come when all of it is known.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta @ (params[layer][0] - dW).T * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=2)
def bias_by_mean(X, y, params, activations, primes):
    """Your dW are right; for db you take a *mean* over the batch, which divides a second time."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (a_prev.T @ delta, delta.mean(axis=0)),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=2)
def bias_without_mean(X, y, params, activations, primes):
    """Your dW are right; the db lack the 1/batch. If it stands in delta, both have it."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            a_prev.T @ delta, delta.sum(axis=0) * len(X)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=2)
def weights_without_mean(X, y, params, activations, primes):
    """Your db are right; the dW lack the 1/batch."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            a_prev.T @ delta * len(X), delta.sum(axis=0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_over_everything(X, y, params, activations, primes):
    """Each db is a single number: you summed over the units as well as over the examples."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (a_prev.T @ delta, delta.sum()),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_per_example(X, y, params, activations, primes):
    """Each db has an entry per example: summed along the wrong axis."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (a_prev.T @ delta, delta.sum(axis=1)),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_as_a_row(X, y, params, activations, primes):
    """Each db is a table with one row, (1, n_out); the biases have the shape (n_out,)."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            a_prev.T @ delta, delta.sum(axis=0, keepdims=True)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=2)
def biases_forgotten(X, y, params, activations, primes):
    """The biases get no gradient at all. A bias is a weight whose input is always 1."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            a_prev.T @ delta, np.zeros(delta.shape[1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def own_activations_for_a_prev(X, y, params, activations, primes):
    """Your dW combines the error with what came *out* of the layer; it needs what went in."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            activations[layer](cache[layer][1]).T @ delta, delta.sum(axis=0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=two_layers, hint=1)
def sums_for_a_prev(X, y, params, activations, primes):
    """Your dW uses z of the layer before. What went into this layer is a = f(z)."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (
            (cache[layer - 1][1] if layer else a_prev).T @ delta, delta.sum(axis=0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def inputs_for_a_prev(X, y, params, activations, primes):
    """Every dW uses X. From the second layer on, something else went in."""
    return _back(
        X, y, params, activations, primes,
        gradients=lambda a_prev, delta, layer, cache: (X.T @ delta, delta.sum(axis=0)),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=1)
def transposed_gradients(X, y, params, activations, primes):
    """Your dW are transposed: each should have the shape of its W, a row per input."""
    return [(dW.T, db) for dW, db in _back(X, y, params, activations, primes)]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def output_side_first(X, y, params, activations, primes):
    """The right gradients in the order in which you found them: the last layer stands first."""
    return _back(X, y, params, activations, primes)[::-1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def only_the_last_layer(X, y, params, activations, primes):
    """You return after the last layer: is the `return` inside the loop? See its indentation."""
    return _back(X, y, params, activations, primes)[-1:]


@exercise.wrong(caught_by=two_layers, hint=2)
def delta_from_two_layers_on(X, y, params, activations, primes):
    """A hidden layer's error carries a slope too many, the next layer's, which was in it already.

    Once a delta is ∂C/∂z of its layer, that layer's activation is done with.
    """
    return _back(
        X, y, params, activations, primes,
        step=lambda delta, dW, layer, cache: (
            delta * primes[layer](cache[layer][1]) @ params[layer][0].T
            * primes[layer - 1](cache[layer - 1][1])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_layer, hint=1)
def forward_without_biases(X, y, params, activations, primes):
    """The way back is right, but your forward pass leaves out the biases."""
    return _back(X, y, [(W, 0 * b) for W, b in params], activations, primes)


@exercise.wrong(caught_by=one_layer, hint=1)
def last_activation_missing(X, y, params, activations, primes):
    """You compare z of the output layer with y: the last activation was never applied."""
    return _back(
        X, y, params, activations, primes,
        first=lambda y_hat, z: (z - y) / len(X) * primes[-1](z),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
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

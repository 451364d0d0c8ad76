"""Forward propagation through any number of layers, with everything kept for later."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_that, probe

exercise = Exercise(
    id="forward",
    title="Forward, layer by layer",
    points=3,
    size="about 7 lines",
    leads_to="Chapter 10 walks along this chain backwards.",
    task="""Send a batch through a whole network. `params` is a list of `(W, b)` pairs, input side
first; `activations` holds one function per layer. Return the output **and** a cache: for every
layer the pair (`a_prev`, `z`), what went into it and its sums before the activation. Chapter 10
will ask for both.

Example: one input 2, layers `([[3]], [-1])` with ReLU and `([[-2]], [4])` with the identity. Layer
1: z = 5, a = 5. Layer 2: z = −10 + 4 = −6. So `y_hat` is `[[-6]]` and the cache is `[([[2]],
[[5]]), ([[5]], [[-6]])]`.""",
    hints=(
        """
        Write one turn of the loop in words: what goes in, what is computed, what is kept, what goes
        on to the next layer? Then check: what goes into the *first* layer?
        """,
        """
        Carry one variable along: the activations of the layer before. It begins as `X`. In each
        layer compute z from it, put both into the cache, and only then replace it by f(z). After
        the last layer it is the output.
        """,
        """
        The same pattern with a savings account: each year has a rate and a fee, and you keep
        (before, after interest) for each year.

        ```python
        kept = []
        for rate, fee in [(1.1, 5), (1.2, 7)]:
            grown = money * rate
            kept.append((money, grown))
            money = grown - fee
        ```

        With 100 at the start, `kept` is `[(100, 110), (105, 126)]` and 119 is left.
        """,
        """
        Skeleton:

        ```python
        a, cache = X, []
        for (W, b), f in zip(params, activations):
            z = ...
            cache.append((..., ...))
            a = ...
        return ..., cache
        ```
        """,
    ),
)


@exercise.reference
def forward(X, params, activations):
    """Send a batch forward through all layers.

    Args:
        X: inputs, (batch, n_in).
        params: list of (W, b), input side first, W (n_in, n_out), b (n_out,).
        activations: one function per layer, each from an array to an array of the same shape.

    Returns:
        y_hat: the last layer's activations, (batch, n_out).
        cache: list with one pair (a_prev, z) per layer: what went into the layer, (batch, n_in),
            and its pre-activations, (batch, n_out).
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return a, cache


@probe
def with_activations(forward, X, params, names):
    """Run the network with the activations of these names."""
    import numpy as np

    known = {
        "identity": lambda z: z,
        "relu": lambda z: np.maximum(z, 0),
        "tanh": np.tanh,
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "half": lambda z: z / 2,
    }
    return forward(X, params, [known[name] for name in names])


def network(rng: np.random.Generator, *sizes: int):
    """Random layers of these sizes, biases far from zero."""
    return [(rng.normal(size=(n, m)), rng.normal(size=m) + 1) for n, m in pairwise(sizes)]


def by_loops(X, params, functions):
    """The same by einsum: the output, and (a_prev, z) per layer."""
    a, pairs = X, []
    for (W, b), f in zip(params, functions, strict=True):
        z = np.einsum("bi,io->bo", a, W) + np.tile(b, (len(a), 1))
        pairs.append((a, z))
        a = f(z)
    return a, pairs


def expect_two(got):
    """Expect (y_hat, cache) and give both back; a pair of the cache is no y_hat."""
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2 and not isinstance(got[0], tuple),
        "Two things were expected: y_hat and the cache.",
        got=got,
    )
    return got


SMALL = [
    (np.array([[1.0, -1.0], [2.0, 0.0]]), np.array([0.0, 1.0])),
    (np.array([[3.0], [5.0]]), np.array([-1.0])),
]


@exercise.check("a 2-2-1 network by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X = np.array([[1.0, 1.0], [-3.0, 1.0]])
    y_hat, _ = expect_two(answer.probe(with_activations, X, SMALL, ["relu", "identity"]))
    expect_close(
        y_hat,
        np.array([[8.0], [19.0]]),
        what="y_hat",
        why="the hidden activations are (3, 0) and (0, 4)",
    )
    (W, b), out = SMALL
    b = b + rng.uniform(1, 9, 2).round(2)
    y_hat, _ = expect_two(answer.probe(with_activations, X, [(W, b), out], ["relu", "identity"]))
    hidden = np.maximum([[3.0 + b[0], b[1] - 1], [b[0] - 1, b[1] + 3]], 0)
    expected = 3 * hidden[:, :1] + 5 * hidden[:, 1:] - 1
    expect_close(y_hat, expected, what="y_hat", why="other hidden biases")


@exercise.check("each layer gets its own activation, the last one too", points=0.5)
def own_activations(answer: Answer, rng: np.random.Generator) -> None:
    chain = [(np.array([[2.0]]), np.zeros(1)), (np.array([[3.0]]), np.ones(1))]
    functions = [np.tanh, lambda z: 1 / (1 + np.exp(-z))]
    for X, params in (
        (np.array([[0.5]]), chain),
        (rng.normal(size=(3, 2)), network(rng, 2, 4, 3)),
    ):
        y_hat, _ = expect_two(answer.probe(with_activations, X, params, ["tanh", "sigmoid"]))
        expect_close(y_hat, by_loops(X, params, functions)[0], what="y_hat")


@exercise.check("one layer, or four", points=0.5)
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    for sizes, names in (((3, 2), ["half"]), ((2, 3, 4, 3, 1), ["half", "tanh", "relu", "half"])):
        functions = [
            {"half": lambda z: z / 2, "tanh": np.tanh, "relu": lambda z: z * (z > 0)}[name]
            for name in names
        ]
        X, params = rng.normal(size=(4, sizes[0])), network(rng, *sizes)
        y_hat, _ = expect_two(answer.probe(with_activations, X, params, names))
        expect_close(y_hat, by_loops(X, params, functions)[0], what="y_hat")


def expect_cache(got, X, params, functions):
    """Expect a cache with the right pair (a_prev, z) for every layer."""
    expected = by_loops(X, params, functions)[1]
    cache = expect_two(got)[1]
    expect_that(
        isinstance(cache, tuple | list) and len(cache) == len(expected),
        f"The cache of {len(expected)} layers should be a list of {len(expected)} pairs.",
        got=cache,
    )
    for number, (pair, wanted) in enumerate(zip(cache, expected, strict=True)):
        expect_that(
            isinstance(pair, tuple | list) and len(pair) == 2,
            f"cache[{number}] should be a pair (a_prev, z).",
            got=pair,
        )
        expect_close(pair[0], wanted[0], what=f"a_prev in cache[{number}]")
        expect_close(pair[1], wanted[1], what=f"z in cache[{number}]")


@exercise.check("the cache of a 1-2-1 network: what went in, and z", points=0.5)
def small_cache(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.uniform(2, 9, (1, 1)).round(2)
    params = [
        (np.array([[2.0, -1.0]]), np.array([1.0, 0.0])),
        (np.array([[3.0], [1.0]]), np.array([-4.0])),
    ]
    got = answer.probe(with_activations, X, params, ["relu", "identity"])
    expect_cache(got, X, params, [lambda z: z * (z > 0), lambda z: z])


@exercise.check("the cache of three layers of equal width", points=1)
def cache_is_right(answer: Answer, rng: np.random.Generator) -> None:
    X, params = rng.normal(size=(4, 3)), network(rng, 3, 3, 3, 3)
    functions = [lambda z: z * (z > 0), np.tanh, lambda z: z / 2]
    got = answer.probe(with_activations, X, params, ["relu", "tanh", "half"])
    expect_cache(got, X, params, functions)


@exercise.wrong(caught_by=own_activations, hint=2)
def last_activation_forgotten(X, params, activations):
    """You return the z of the last layer: what its activation makes of it is asked for."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return z, cache


@exercise.wrong(caught_by=own_activations, hint=1)
def first_activation_everywhere(X, params, activations):
    """Every layer uses the first layer's activation; each has one of its own."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = activations[0](z)
    return a, cache


@exercise.wrong(caught_by=own_activations, hint=1)
def relu_everywhere(X, params, activations):
    """Every layer bends with a ReLU. Which function does the caller want in this layer?"""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = np.maximum(z, 0)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=2)
def sums_go_on(X, params, activations):
    """You hand z on to the next layer, not f(z). Without bends between them, layers collapse."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = z
    return activations[-1](a), cache


@exercise.wrong(caught_by=by_hand, hint=2)
def activations_never_used(X, params, activations):
    """No activation is at work: `activations` has no effect. Without bends, layers collapse."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = z
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=2)
def bends_what_came_in(X, params, activations):
    """You bend what came *into* the layer; z only reaches the cache. What does f want?"""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        cache.append((a, a @ W + b))
        a = f(a)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=1)
def biases_forgotten(X, params, activations):
    """The biases never join the sums."""
    a, cache = X, []
    for (W, _), f in zip(params, activations, strict=True):
        z = a @ W
        cache.append((a, z))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=1)
def only_the_output(X, params, activations):
    """You return the output alone; the cache is missing."""
    a = X
    for (W, b), f in zip(params, activations, strict=True):
        a = f(a @ W + b)
    return a


@exercise.wrong(caught_by=by_hand, hint=1)
def only_the_cache(X, params, activations):
    """You return the cache alone; `y_hat`, the output, is missing."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return cache


@exercise.wrong(caught_by=small_cache, hint=2)
def caches_the_new_activation(X, params, activations):
    """Your cache holds what comes *out* of each layer; it should hold what went in."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        a = f(z)
        cache.append((a, z))
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=3)
def caches_after_the_activation(X, params, activations):
    """The second number of your pairs is f(z), not z.

    The slope of an activation wants z, and from a ReLU's answer 0 nobody can tell which z it was.
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, f(z)))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=2)
def always_caches_the_input(X, params, activations):
    """You keep X for every layer. From the second layer on, something else goes in."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((X, z))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=3)
def cache_backwards(X, params, activations):
    """Your cache starts with the last layer; it should be in the order of the layers."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((a, z))
        a = f(z)
    return a, cache[::-1]


def _the_input_is_kept_too(X, params, activations):
    cache = []
    for (W, b), f in zip(params, activations, strict=True):
        z = X @ W + b
        cache.append((X, z))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_the_input_is_kept_too,))
def every_layer_gets_the_input(X, params, activations):
    """Every layer multiplies X itself. From the second layer on, something else goes in."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = X @ W + b
        cache.append((a, z))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=1)
def returns_after_the_first_layer(X, params, activations):
    """You return after the first layer: is the `return` inside the loop? See its indentation."""
    (W, b), f = params[0], activations[0]
    z = X @ W + b
    return f(z), [(X, z)]


@exercise.wrong(caught_by=small_cache, hint=2)
def caches_z_and_its_activation(X, params, activations):
    """Your pairs are (z, f(z)): the sums and what comes *out*. Asked for is (what went in, z)."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        a = f(z)
        cache.append((z, a))
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=1)
def cache_as_one_long_list(X, params, activations):
    """Your cache is one long list: a_prev, z, a_prev, z and so on.

    Asked for is a list of pairs, one per layer: the two go in together, in brackets of their own.
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache += [a, z]
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=1)
def caches_in_the_wrong_order(X, params, activations):
    """The right two arrays in each pair, in the wrong order: first what went in, then z."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W + b
        cache.append((z, a))
        a = f(z)
    return a, cache


@exercise.wrong(caught_by=small_cache, hint=1)
def bias_outside_the_cache(X, params, activations):
    """The output is right, but your z is kept before the bias has joined it.

    z is all that goes into the activation, and its slope is wanted at just this place.
    """
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        z = a @ W
        cache.append((a, z))
        a = f(z + b)
    return a, cache


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_after_the_activation(X, params, activations):
    """You added the bias after the activation. It belongs to z: it decides *where* f bends."""
    a, cache = X, []
    for (W, b), f in zip(params, activations, strict=True):
        cache.append((a, a @ W))
        a = f(a @ W) + b
    return a, cache


@exercise.alternative
def by_index(X, params, activations):
    layers = len(params)
    A, Z = [X], []
    for layer in range(layers):
        W, b = params[layer]
        Z.append(np.dot(A[layer], W) + b)
        A.append(activations[layer](Z[layer]))
    return A[-1], [(A[layer], Z[layer]) for layer in range(layers)]


@exercise.alternative
def by_recursion(X, params, activations):
    if not params:
        return X, []
    (W, b), *rest = params
    z = np.einsum("bi,io->bo", X, W) + b
    y_hat, cache = by_recursion(activations[0](z), rest, activations[1:])
    return y_hat, [(X, z), *cache]


@exercise.alternative
def one_example_at_a_time(X, params, activations):
    a = np.array(X, dtype=float)
    cache = []
    for layer, (W, b) in enumerate(params):
        z = np.array([row @ W + b for row in a])
        cache.append([a.copy(), z.copy()])
        a = np.asarray(activations[layer](z))
    return [a, cache]


@exercise.picture
def own_prices(answer: Answer):
    """What the learner's forward pass says about four houses, next to their prices."""
    from annkit import data
    from annkit.lessons.forward import pictures as forward_pictures
    from annkit.lessons.forward.handmade import house_network

    houses = np.array([[200, 4, 2, 20], [200, 4, 20, 20], [80, 2, 2, 20], [80, 2, 20, 20.0]])
    market, _ = data.houses(400, np.random.default_rng(4))
    standard = (houses - market.mean(axis=0)) / market.std(axis=0)
    got = answer.probe(with_activations, standard, house_network(), ["relu", "identity"])
    return forward_pictures.prices(expect_two(got)[0], data.expected_price(houses))

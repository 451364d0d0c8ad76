"""One step downhill for every weight and bias of a network."""

from itertools import pairwise

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    changes,
    expect_close,
    expect_pairs,
    raises,
)

exercise = Exercise(
    id="sgd_step",
    title="One step for all parameters",
    points=1,
    size="about 1 line",
    leads_to="`sgd_epoch` takes this step once per batch.",
    task="""Take one step against the gradient: every array of `params` moves by `−learning_rate`
times its own array of `grads`. Return a **new** list of pairs; the old parameters stay as they
are.

Example: one layer with `W = [[2.0], [1.0]]`, `b = [0.5]`, the gradient `dW = [[4.0], [−2.0]]`,
`db = [1.0]`, and the learning rate 0.1 give `[([[1.6], [1.2]], [0.4])]`.""",
    hints=(
        """
        A network is a list of layers, and a layer is a pair. What happens to `W`? Does the same
        happen to `b`? In every layer?
        """,
        """
        Walk through both lists side by side; `zip(params, grads)` hands you one layer of each.
        `W - …` makes a new array, `W -= …` overwrites the caller's. An array of whole numbers has
        no room for fractions.
        """,
        """
        Two shopping lists of (price, weight), and the second holds a discount: `[(p - d, w) for (p,
        w), (d, _) in zip(prices, discounts)]`. The tuples are taken apart in the `for`, and a new
        one is put together in front.
        """,
        """
        Skeleton:

        ```python
        return [
            (..., ...)
            for (W, b), (dW, db) in zip(params, grads)
        ]
        ```
        """,
    ),
)


@exercise.reference
def sgd_step(params, grads, learning_rate):
    """Move all parameters one step against their gradient.

    Args:
        params: a list of (W, b) pairs, input side first: W (n_in, n_out), b (n_out,).
        grads: a list of (dW, db) pairs of the same shapes.
        learning_rate: a positive number.

    Returns:
        A new list of (W, b) pairs. params and grads are left as they were; their arrays may
        hold integers.
    """
    return [
        (W - learning_rate * dW, b - learning_rate * db)
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


def _layers(rng, sizes):
    """Random pairs of the shapes of a network.

    Args:
        rng: source of randomness.
        sizes: units per layer, inputs first.
    """
    return [
        (rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)) for n_in, n_out in pairwise(sizes)
    ]


@exercise.check("keeps the shapes of all layers")
def keeps_shapes(answer: Answer, rng: np.random.Generator) -> None:
    params, grads = (
        [(rng.integers(-3, 4, (n, m)) + 0.0, rng.integers(-3, 4, m) + 0.0) for n, m in sizes]
        for sizes in [[(2, 1), (1, 3)]] * 2
    )
    expect_pairs(answer(params, grads, 0.5), [(2, 1), (1, 3)])


@exercise.check("gets one small layer right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    params = [(np.array([[1.0], [-3.0]]), np.array([0.5]))]
    grads = [(np.array([[2.0], [4.0]]), np.array([-1.0]))]
    expected = [(np.array([[0.5], [-4.0]]), np.array([0.75]))]
    expect_close(answer(params, grads, 0.25), expected, what="each (W, b) in params")
    weight, slope = float(rng.integers(2, 20)), float(4 * rng.integers(2, 9))
    params = [(np.array([[weight]]), np.array([0.5]))]
    grads = [(np.array([[slope]]), np.array([-1.0]))]
    expected = [(np.array([[weight - slope / 4]]), np.array([0.75]))]
    expect_close(answer(params, grads, 0.25), expected, what="each (W, b) in params")


@exercise.check("moves every array of a deeper network by −η times its gradient", points=0.5)
def moves_all(answer: Answer, rng: np.random.Generator) -> None:
    params, grads = _layers(rng, [3, 4, 2, 1]), _layers(rng, [3, 4, 2, 1])
    rate = float(rng.uniform(0.01, 2))
    expected = [
        tuple(np.add(p, np.multiply(-rate, g)) for p, g in zip(*layer, strict=True))
        for layer in zip(params, grads, strict=True)
    ]
    expect_close(answer(params, grads, rate), expected, what="each (W, b) in params")


@exercise.check("takes integers")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    params = [(rng.integers(-9, 9, (1, 2)), rng.integers(-9, 9, 2))]
    grads = [(np.array([[1.0, -1.0]]), np.array([2.0, 0.5]))]
    as_floats = answer([(W + 0.0, b + 0.0) for W, b in params], grads, 0.1)
    expect_pairs(as_floats, [(1, 2)])
    expected = [tuple(map(np.asarray, pair)) for pair in as_floats]
    why = "the same numbers, as floats, give this"
    expect_close(answer(params, grads, 0.1), expected, what="each (W, b) in params", why=why)


@exercise.wrong(caught_by=by_hand, hint=1)
def uphill(params, grads, learning_rate):
    """You went along the gradient, which is uphill: the cost would grow."""
    return [
        (W + learning_rate * dW, b + learning_rate * db)
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_forgotten(params, grads, learning_rate):
    """The weights have moved, the biases have not. They have a gradient too."""
    return [(W - learning_rate * dW, b) for (W, b), (dW, _) in zip(params, grads, strict=True)]


@exercise.wrong(caught_by=by_hand, hint=1)
def biases_uphill(params, grads, learning_rate):
    """Your weights move downhill and your biases uphill. Compare the signs of the two steps."""
    return [
        (W - learning_rate * dW, b + learning_rate * db)
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


@exercise.wrong(caught_by=by_hand, hint=2)
def step_only(params, grads, learning_rate):
    """You return the change, not where it leads to."""
    return [(-learning_rate * dW, -learning_rate * db) for dW, db in grads]


@exercise.wrong(caught_by=keeps_shapes, hint=2, recognise=changes("params"))
def in_place(params, grads, learning_rate):
    """You wrote into the parameters that the caller handed in.

    Nobody can compare before and after any more.
    """
    for (W, b), (dW, db) in zip(params, grads, strict=True):
        W -= learning_rate * dW
        b -= learning_rate * db
    return params


@exercise.wrong(caught_by=by_hand, hint=1)
def rate_ignored(params, grads, learning_rate):
    """You subtracted the whole gradient; the learning rate has no effect."""
    return [(W - dW, b - db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


@exercise.wrong(caught_by=moves_all, hint=1)
def first_layer_only(params, grads, learning_rate):
    """Only the first layer has moved; the others are handed back as they came."""
    (W, b), (dW, db) = params[0], grads[0]
    return [(W - learning_rate * dW, b - learning_rate * db), *params[1:]]


@exercise.wrong(caught_by=keeps_shapes, hint=2)
def last_layer_only(params, grads, learning_rate):
    """Only the last layer comes back: is the line that keeps a new pair inside the loop?"""
    (W, b), (dW, db) = params[-1], grads[-1]
    return [(W - learning_rate * dW, b - learning_rate * db)]


@exercise.wrong(caught_by=by_hand, hint=2)
def shrinks_the_weights(params, grads, learning_rate):
    """The rate multiplies too much.

    It belongs to the gradient alone, not to the whole bracket: your weights shrink by themselves.
    """
    return [
        (W - learning_rate * (W + dW), b - learning_rate * (b + db))
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


@exercise.wrong(caught_by=keeps_shapes, hint=2, recognise=raises("can't multiply sequence"))
def list_times_number(params, grads, learning_rate):
    """`params` and `grads` are lists of pairs, and Python doesn't calculate with whole lists.

    The arrays to calculate with are inside: in each layer a W and a b.
    """
    return params - learning_rate * grads


@exercise.wrong(caught_by=keeps_shapes, hint=2, recognise=raises("inhomogeneous"))
def one_array_of_everything(params, grads, learning_rate):
    """W and b have different shapes, so a network doesn't fit into one array.

    It stays a list of pairs; go through it layer by layer.
    """
    return np.array(params) - learning_rate * np.array(grads)


@exercise.wrong(caught_by=keeps_shapes, hint=2)
def list_taken_for_a_pair(params, grads, learning_rate):
    """`W, b = params` takes the list of *layers* apart: your W is the whole first layer.

    Each layer is a pair by itself.
    """
    W, b = params
    dW, db = grads
    return [(W - learning_rate * dW, b - learning_rate * db)]


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_parameters(params, grads, learning_rate):
    """Your new arrays have the type of the old ones: with whole numbers every fraction is lost."""
    new = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    for layer, (pair, slopes) in enumerate(zip(params, grads, strict=True)):
        for place in (0, 1):
            new[layer][place][...] = pair[place] - learning_rate * slopes[place]
    return new


@exercise.wrong(caught_by=keeps_shapes, hint=1)
def weights_gradient_for_both(params, grads, learning_rate):
    """Your biases move by dW, the gradient of the weights. They have one of their own."""
    return [
        (W - learning_rate * dW, b - learning_rate * dW)
        for (W, b), (dW, _) in zip(params, grads, strict=True)
    ]


@exercise.wrong(caught_by=by_hand, hint=1)
def rate_for_the_weights_only(params, grads, learning_rate):
    """The biases move by their whole gradient: the learning rate reaches the weights only."""
    return [
        (W - learning_rate * dW, b - db) for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


@exercise.wrong(caught_by=keeps_shapes, hint=2)
def all_in_one_row(params, grads, learning_rate):
    """You return one long list, W, b, W, b, …; asked for is a list of pairs, one per layer."""
    return [
        array - learning_rate * slope
        for layer, slopes in zip(params, grads, strict=True)
        for array, slope in zip(layer, slopes, strict=True)
    ]


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_alone(params, grads, learning_rate):
    """Every number moves by the learning rate, up or down: the size of the gradient has no say."""
    return [
        (W - learning_rate * np.sign(dW), b - learning_rate * np.sign(db))
        for (W, b), (dW, db) in zip(params, grads, strict=True)
    ]


@exercise.alternative
def with_a_loop(params, grads, learning_rate):
    new = []
    for layer in range(len(params)):
        W, b = params[layer]
        new.append((W - learning_rate * grads[layer][0], b - learning_rate * grads[layer][1]))
    return new


@exercise.alternative
def on_copies(params, grads, learning_rate):
    new = [[np.array(W, dtype=float), np.array(b, dtype=float)] for W, b in params]
    for layer, grad in zip(new, grads, strict=True):
        for array, slope in zip(layer, grad, strict=True):
            array -= learning_rate * slope
    return new

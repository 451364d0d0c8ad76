"""Backpropagation for classes: ReLU inside, softmax and cross-entropy at the end."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that

exercise = Exercise(
    id="classifier_gradients",
    title="The gradient of a classifier",
    points=3,
    size="about 16 lines",
    task="""For a network with ReLU in every hidden layer and **logits** at the end, return
`(cost, grads)`: the mean softmax cross-entropy and its gradient in all parameters, a list of
`(dW, db)` like `params`. Any depth, also without a hidden layer; the right values for logits as
large as ±10 000, and no warnings on the way there.

Example: no hidden layer, `X = [[1], [2]]`, labels `[0, 1]`, `W = [[0, 0]]`, `b = [0, 0]`: all
probabilities are ½, the cost is ln 2 ≈ 0.693. The delta is `[[-0.25, 0.25], [0.25, -0.25]]`, so dW
is −0.25·1 + 0.25·2, `[[0.25, -0.25]]`, and db is `[0, 0]`.""",
    hints=(
        """
        What is different from `backprop`? Only the end: which delta does the last layer have now,
        and does the softmax need a prime of its own? And is there a ReLU on the logits?
        """,
        """
        In chapter 5 softmax and cross-entropy collapsed into one slope in the logits: probabilities
        minus truth, over the batch. That is the last delta, complete. From there the walk back is
        the old one, with the slope of ReLU. For the cost take the logarithm of the softmax *as a
        formula*, not of its rounded numbers: log p = z − ln Σ e^z, with the largest z of the row
        taken out first.
        """,
        """
        Why not log(p)? For logits (0, 1000) p of the first class is e^−1000, which a computer
        rounds to 0, and its logarithm is −∞. By the formula: 0 − 1000 − ln(e^−1000 + 1) = −1000.
        And `np.exp` of that −1000 is 0 again, where 0 is right.
        """,
        """
        Skeleton:

        ```python
        ...                          # forward: a_prev, z of every layer
        shifted = z - ...            # largest of each row
        log_p = shifted - ...
        cost = ...                   # mean over the rows of log_p at the labels
        delta = np.exp(log_p)
        ...                          # minus the truth, over the batch
        ...                          # back, as in backprop; the slope of ReLU is z > 0
        return cost, grads
        ```
        """,
    ),
)


@exercise.reference
def classifier_gradients(X, labels, params):
    """Cost and gradient of a ReLU network with softmax cross-entropy.

    Args:
        X: inputs, (batch, n_in).
        labels: true classes, integers 0 … C−1, (batch,).
        params: list of (W, b), input side first; the last layer has C units and no activation,
            all others ReLU. Not changed.

    Returns:
        cost: mean over the batch of −ln softmax(z)[label], z the logits; a number.
        grads: list with one pair (dW, db) per layer, input side first. The slope of ReLU is 0
            at z ≤ 0. Right for logits as large as ±10 000.
    """
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = np.maximum(z, 0)
    rows = np.arange(len(X))
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    delta = np.exp(log_p)
    delta[rows, labels] -= 1
    delta /= len(X)
    grads = []
    for layer in reversed(range(len(params))):
        a_prev, _ = cache[layer]
        grads.append((a_prev.T @ delta, delta.sum(axis=0)))
        if layer > 0:
            delta = delta @ params[layer][0].T * (cache[layer - 1][1] > 0)
    return -log_p[rows, labels].mean(), grads[::-1]


def problem(rng: np.random.Generator, batch: int, *sizes: int):
    """Random (X, labels, params) for a batch and these layer sizes; every class occurs if it can.

    Biases are not zero, and no unit sits on the kink of its ReLU.
    """
    params = [(rng.normal(size=(n, m)), rng.normal(size=m) / 2) for n, m in pairwise(sizes)]
    labels = rng.permutation(np.arange(batch) % sizes[-1])
    return rng.normal(size=(batch, sizes[0])), labels, params


def cost_of(X, labels, params):
    """The mean cross-entropy, row by row, for real or complex parameters."""
    a = X
    for W, b in params[:-1]:
        z = np.einsum("bi,io->bo", a, W) + b
        a = z * (z.real > 0)
    W, b = params[-1]
    z = np.einsum("bi,io->bo", a, W) + b
    losses = []
    for row, label in zip(z, labels, strict=True):
        top = row.real.max()
        losses.append(np.log(np.sum(np.exp(row - top))) + top - row[label])
    return sum(losses) / len(losses)


def slopes_of_the_cost(X, labels, params):
    """The gradient by a complex step in one parameter after the other: exact, and no backprop."""
    moved = [(W.astype(complex), b.astype(complex)) for W, b in params]
    gradient = []
    for pair in moved:
        found = (np.empty(pair[0].shape), np.empty(pair[1].shape))
        for array, slopes in zip(pair, found, strict=True):
            for place in np.ndindex(array.shape):
                array[place] += 1e-30j
                slopes[place] = cost_of(X, labels, moved).imag / 1e-30
                array[place] = array[place].real
        gradient.append(found)
    return gradient


def expect_two(got):
    """Expect (cost, grads) and give both back."""
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2,
        "Two things were expected: the cost and the list of gradients.",
        got=got,
    )
    expect_shape(got[0], (), what="the cost")
    return got


def expect_pairs_like(grads, params):
    """Expect one pair (dW, db) per layer with the shapes of the parameters."""
    expect_that(
        isinstance(grads, list | tuple) and len(grads) == len(params),
        f"grads should be a list with one pair (dW, db) per layer, here {len(params)}.",
        got=grads,
    )
    for layer, (pair, (W, b)) in enumerate(zip(grads, params, strict=True)):
        expect_that(
            isinstance(pair, list | tuple) and len(pair) == 2,
            f"grads[{layer}] should be a pair (dW, db).",
            got=pair,
        )
        expect_shape(pair[0], W.shape, what=f"dW in grads[{layer}]")
        expect_shape(pair[1], b.shape, what=f"db in grads[{layer}]")


def expect_right(answer: Answer, X, labels, params, why="") -> None:
    """Expect the cost and, from the last layer to the first, the true slopes."""
    cost, grads = expect_two(answer(X, labels, params))
    expect_close(cost, float(cost_of(X, labels, params).real), what="the cost", why=why)
    expect_pairs_like(grads, params)
    pairs = zip(grads, slopes_of_the_cost(X, labels, params), strict=True)
    for layer, (pair, (dW, db)) in reversed(list(enumerate(pairs))):
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("a number, and a pair (dW, db) per layer with the shapes of W and b")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, params = problem(rng, 7, 2, 4, 3)
    _, grads = expect_two(answer(X, labels, params))
    expect_pairs_like(grads, params)


@exercise.check("no hidden layer", points=0.5)
def no_hidden_layer(answer: Answer, rng: np.random.Generator) -> None:
    X = np.array([[1.0, 0.0], [0.0, 2.0]])
    params = [(np.log([[1.0, 2.0, 5.0], [1.0, 1.0, 1.0]]), np.log([1.0, 1.0, 1.0]))]
    expect_right(answer, X, np.array([1, 2]), params, "the probabilities are ⅛, ¼, ⅝ and three ⅓")
    for batch, n_in, n_classes in ((5, 3, 4), (6, 4, 2)):
        expect_right(answer, *problem(rng, batch, n_in, n_classes))


@exercise.check("one hidden layer", points=1)
def one_hidden_layer(answer: Answer, rng: np.random.Generator) -> None:
    # equal widths too: there a missing transpose makes no noise
    for batch, *sizes in ((7, 2, 5, 3), (5, 4, 3, 2), (6, 3, 3, 3)):
        expect_right(answer, *problem(rng, batch, *sizes))


@exercise.check("any depth, any batch, also of one example", points=0.5)
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    for batch, depth in ((int(rng.integers(8, 13)), 3), (5, 4), (1, 2), (1, 1)):
        sizes = [int(n) for n in rng.integers(3, 6, size=depth + 1)]
        expect_right(answer, *problem(rng, batch, *sizes))
    X, labels, ((W1, b1), second) = problem(rng, 5, 2, 4, 3)
    rests = np.array([1, 1, 0, 1])  # the third unit: z = 0 for every example
    expect_right(answer, X, labels, [(W1 * rests, b1 * rests), second], "one unit has z = 0")


@exercise.check("logits as large as ±10 000", points=1, quiet=True)
def large_logits(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, params = problem(rng, 6, 3, 4)
    expect_right(answer, X * 3e3, labels, params, "some logits are thousands apart")
    # one row near +10 000, one near −10 000, with small differences inside each row
    X, W = np.array([[1.0, 1.0], [-1.0, 1.0]]), np.array([[1e4, 1e4, 1e4], [1.0, 2.0, 0.0]])
    far = [(W, np.zeros(3))]
    expect_right(answer, X, np.array([0, 2]), far, "the rows lie far from each other")
    X, labels, ((W1, b1), (W2, b2)) = problem(rng, 5, 3, 5, 3)
    expect_right(answer, X, labels, [(W1 * 50, b1), (W2 * 50, b2)], "large weights in both layers")


def _pieces(X, labels, params):
    """The right forward pass: cache of (a_prev, z), logits, probabilities, one-hot, cost."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = np.maximum(z, 0)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    truth = np.eye(z.shape[1])[labels]
    return cache, z, np.exp(log_p), truth, -log_p[np.arange(len(X)), labels].mean()


def _back(X, params, cache, delta, *, step=None, gradients=None):
    """The right way back from a given delta, with one piece replaced.

    Args:
        X: inputs, (batch, n_in).
        params: list of (W, b).
        cache: (a_prev, z) per layer.
        delta: of the output layer, (batch, C).
        step: (delta, dW, layer) -> delta of the layer before.
        gradients: (a_prev, delta, layer) -> (dW, db).
    """
    grads = []
    for layer in reversed(range(len(params))):
        a_prev = cache[layer][0]
        right = (a_prev.T @ delta, delta.sum(axis=0))
        grads.append(gradients(a_prev, delta, layer) if gradients else right)
        if layer > 0:
            delta = (
                step(delta, right[0], layer)
                if step
                else delta @ params[layer][0].T * (cache[layer - 1][1] > 0)
            )
    return grads[::-1]


def _with(X, labels, params, *, delta=None, step=None, gradients=None):
    """The right answer with one piece replaced; delta: (p, truth) -> delta of the output layer."""
    cache, _, p, truth, cost = _pieces(X, labels, params)
    first = delta(p, truth) if delta else (p - truth) / len(X)
    replaced = step and (lambda d, dW, layer: step(d, dW, layer, cache))
    return cost, _back(X, params, cache, first, step=replaced, gradients=gradients)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_missing(X, labels, params):
    """The gradients are too large by the size of the batch: p − truth has not been divided.

    The cost is a mean, so its slopes are.
    """
    return _with(X, labels, params, delta=lambda p, truth: p - truth)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def sum_of_losses(X, labels, params):
    """Cost and gradients are those of the *sum* of the losses; their mean is meant, in both."""
    cost, grads = _with(X, labels, params, delta=lambda p, truth: p - truth)
    return cost * len(X), grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_twice(X, labels, params):
    """The 1/batch is in your gradients twice: once in the delta, once more in dW and db."""
    return _with(X, labels, params, delta=lambda p, truth: (p - truth) / len(X) ** 2)


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def mean_at_every_layer(X, labels, params):
    """Each step back divides by the batch again. The output's delta has brought the 1/batch."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * (cache[layer - 1][1] > 0) / len(X)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_over_entries(X, labels, params):
    """The gradients are divided by examples times classes; the mean runs over examples only."""
    return _with(X, labels, params, delta=lambda p, truth: (p - truth) / p.size)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def cost_summed(X, labels, params):
    """Your gradients are right, but the cost is a sum over the examples; their mean is meant."""
    cost, grads = _with(X, labels, params)
    return cost * len(X), grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def cost_over_entries(X, labels, params):
    """Your gradients are right, but the cost is a mean over examples *and* classes: too small."""
    cost, grads = _with(X, labels, params)
    return cost / params[-1][0].shape[1], grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def minus_of_the_cost_missing(X, labels, params):
    """Your cost is negative: logarithms of probabilities are. Where is the minus?"""
    cost, grads = _with(X, labels, params)
    return -cost, grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def sign_reversed(X, labels, params):
    """The cost is right, the sign of every gradient is not: probabilities minus truth."""
    return _with(X, labels, params, delta=lambda p, truth: (truth - p) / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def truth_missing(X, labels, params):
    """Your last delta is the probabilities; the truth has not been taken off."""
    return _with(X, labels, params, delta=lambda p, truth: p / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def whole_columns_changed(X, labels, params):
    """`p[:, labels] -= 1` changes whole columns, for all examples; one entry per row is meant."""

    def delta(p, truth):
        p[:, labels] -= 1
        return p / len(X)

    return _with(X, labels, params, delta=delta)


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def softmax_slope_again(X, labels, params):
    """Your last delta has an extra factor p(1 − p): a prime for the softmax.

    Softmax and cross-entropy together have the slope p − truth; there is nothing left to multiply.
    """
    return _with(X, labels, params, delta=lambda p, truth: (p - truth) * p * (1 - p) / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def softmax_down_the_columns(X, labels, params):
    """Your softmax runs down the columns, so that the examples compete with each other."""
    cache, z, _, truth, _ = _pieces(X, labels, params)
    shifted = z - z.max(axis=0)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=0))
    cost = -np.mean(np.sum(log_p * truth, axis=1))
    return cost, _back(X, params, cache, (np.exp(log_p) - truth) / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def relu_on_the_logits(X, labels, params):
    """You sent the logits through a ReLU as well. A class may have a negative score."""
    cache, z, *_ = _pieces(X, labels, params)
    positive = np.maximum(z, 0)
    shifted = positive - positive.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    truth = np.eye(z.shape[1])[labels]
    cost = -np.mean(np.sum(log_p * truth, axis=1))
    return cost, _back(X, params, cache, (np.exp(log_p) - truth) / len(X) * (z > 0))


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def relu_slope_on_the_logits(X, labels, params):
    """The cost is right, but your last delta is masked by z > 0: the logits have no ReLU."""
    cache, z, p, truth, cost = _pieces(X, labels, params)
    return cost, _back(X, params, cache, (p - truth) / len(X) * (z > 0))


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def relu_slope_missing(X, labels, params):
    """The error goes back through units that were switched off: the slope of ReLU is missing.

    A mask `a >= 0` has the same effect, since nothing that leaves a ReLU is negative.
    """
    return _with(X, labels, params, step=lambda delta, dW, layer, cache: delta @ params[layer][0].T)


@exercise.wrong(caught_by=any_depth, hint=4)
def slope_at_the_kink(X, labels, params):
    """A unit with z = 0 counts as switched on. The course gives ReLU the slope 0 there."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * (cache[layer - 1][1] >= 0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def activation_for_slope(X, labels, params):
    """On the way back you multiply by ReLU(z); the *slope* of ReLU is 0 or 1."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: delta @ params[layer][0].T * cache[layer][0],
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def relu_of_the_error(X, labels, params):
    """You sent the *error* through a ReLU. What decides is the sign of z, not of the error."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: np.maximum(delta @ params[layer][0].T, 0),
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def sigmoid_slope(X, labels, params):
    """Your hidden layers go back with a(1 − a), the slope of a sigmoid. They are ReLUs."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0].T * cache[layer][0] * (1 - cache[layer][0])
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def bias_by_mean(X, labels, params):
    """Your dW are right; for db you take a *mean* over the batch, which divides a second time."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (a_prev.T @ delta, delta.mean(axis=0)),
    )  # fmt: skip


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def bias_without_mean(X, labels, params):
    """Your dW are right; the db lack the 1/batch. If it stands in delta, both have it."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (a_prev.T @ delta, delta.sum(axis=0) * len(X)),
    )  # fmt: skip


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def biases_forgotten(X, labels, params):
    """The biases get no gradient at all. A bias is a weight whose input is always 1."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (a_prev.T @ delta, np.zeros(delta.shape[1])),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_over_everything(X, labels, params):
    """Each db is a single number: you summed over the units as well as over the examples."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (a_prev.T @ delta, delta.sum()),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_per_example(X, labels, params):
    """Each db has an entry per example: summed along the wrong axis."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (a_prev.T @ delta, delta.sum(axis=1)),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def bias_as_a_row(X, labels, params):
    """Each db is a table with one row, (1, n_out); the biases have the shape (n_out,)."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (
            a_prev.T @ delta, delta.sum(axis=0, keepdims=True)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def sums_for_a_prev(X, labels, params):
    """Your dW uses z of the layer before. What went into this layer is ReLU(z)."""
    cache, _, p, truth, cost = _pieces(X, labels, params)
    return cost, _back(
        X, params, cache, (p - truth) / len(X),
        gradients=lambda a_prev, delta, layer: (
            (cache[layer - 1][1] if layer else a_prev).T @ delta, delta.sum(axis=0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_activations_for_a_prev(X, labels, params):
    """Your dW combines the error with what came *out* of the layer; it needs what went in."""
    cache, _, p, truth, cost = _pieces(X, labels, params)
    return cost, _back(
        X, params, cache, (p - truth) / len(X),
        gradients=lambda a_prev, delta, layer: (
            np.maximum(cache[layer][1], 0).T @ delta, delta.sum(axis=0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def inputs_for_a_prev(X, labels, params):
    """Every dW uses X. From the second layer on, something else went in."""
    return _with(
        X, labels, params,
        gradients=lambda a_prev, delta, layer: (X.T @ delta, delta.sum(axis=0)),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_weights(X, labels, params):
    """The error goes back through the wrong weights: those that lead *into* the layer you reach.

    It has to take the ones on the way between the two layers.
    """
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer - 1][0].T * (cache[layer - 1][1] > 0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def weights_not_transposed(X, labels, params):
    """On the way back the weights must be transposed; equal widths hide it, others don't fit."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ params[layer][0] * (cache[layer - 1][1] > 0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def back_through_gradients(X, labels, params):
    """The error goes back through dW. What carried the signal forward carries the error: W."""
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: delta @ dW.T * (cache[layer - 1][1] > 0),
    )  # fmt: skip


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def back_through_updated_weights(X, labels, params):
    """You send the error back through W − dW, weights that have made their step already.

    The gradient belongs to the weights of the forward pass. Steps come when all of it is known.
    """
    return _with(
        X, labels, params,
        step=lambda delta, dW, layer, cache: (
            delta @ (params[layer][0] - dW).T * (cache[layer - 1][1] > 0)
        ),
    )  # fmt: skip


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def output_side_first(X, labels, params):
    """The right gradients in the order in which you found them: the last layer stands first."""
    cost, grads = _with(X, labels, params)
    return cost, grads[::-1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def cost_left_out(X, labels, params):
    """You return the gradients alone; the cost is asked for too, before them."""
    return _with(X, labels, params)[1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def in_the_wrong_order(X, labels, params):
    """The right two things in the wrong order: first the cost, then the gradients."""
    return _with(X, labels, params)[::-1]


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def forward_without_biases(X, labels, params):
    """The way back is right, but your forward pass leaves out the biases."""
    return _with(X, labels, [(W, 0 * b) for W, b in params])


@exercise.wrong(caught_by=one_hidden_layer, hint=1)
def forward_without_relu(X, labels, params):
    """No ReLU on the way forward: z goes on as it is."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = z
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    truth = np.eye(z.shape[1])[labels]
    cost = -np.mean(np.sum(log_p * truth, axis=1))
    return cost, _back(X, params, cache, (np.exp(log_p) - truth) / len(X))


@exercise.wrong(caught_by=large_logits, hint=2)
def no_shift(X, labels, params):
    """Right for small logits; for large ones the exponentials overflow, and ∞/∞ is NaN."""
    cache, z, _, truth, _ = _pieces(X, labels, params)
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    cost = -np.mean(np.log(p[np.arange(len(X)), labels]))
    return cost, _back(X, params, cache, (p - truth) / len(X))


@exercise.wrong(caught_by=large_logits, hint=2)
def one_shift_for_all(X, labels, params):
    """You shift the whole batch by one number; a row far below it becomes 0/0."""
    cache, z, _, truth, _ = _pieces(X, labels, params)
    e = np.exp(z - z.max())
    sums = e.sum(axis=1, keepdims=True)
    log_p = z - z.max() - np.log(sums)
    return -np.mean(log_p[np.arange(len(X)), labels]), _back(
        X, params, cache, (e / sums - truth) / len(X)
    )


@exercise.wrong(caught_by=large_logits, hint=3)
def logarithm_of_rounded(X, labels, params):
    """The gradients are right; the cost takes the logarithm of a probability rounded to 0."""
    cache, _, p, truth, _ = _pieces(X, labels, params)
    cost = -np.mean(np.log(p[np.arange(len(X)), labels]))
    return cost, _back(X, params, cache, (p - truth) / len(X))


def _caps_the_cost(calls):
    """Are all gradients right, and the cost too, except that some large ones are too small?"""
    seen = set()
    for call in calls:
        if not (isinstance(call.value, list | tuple) and len(call.value) == 2):
            return False
        cost, grads = call.value
        expected, right = _with(*call.args)
        if not all(
            np.shape(a) == b.shape and np.allclose(a, b, rtol=1e-5)
            for pair, other in zip(grads, right, strict=False)
            for a, b in zip(pair, other, strict=False)
        ):
            return False
        seen.add("right" if np.isclose(cost, expected, rtol=1e-3) else cost < expected)
    return seen == {"right", True}


@exercise.wrong(caught_by=large_logits, hint=3, recognise=_caps_the_cost)
def capped_logarithm(X, labels, params):
    """Something small is added inside your logarithm: it caps the cost where it should be large."""
    cache, _, p, truth, _ = _pieces(X, labels, params)
    cost = -np.mean(np.log(p[np.arange(len(X)), labels] + 1e-30))
    return cost, _back(X, params, cache, (p - truth) / len(X))


@exercise.alternative
def by_recursion(X, labels, params):
    def from_here(a, layer):
        """Return (cost, gradients from this layer on, ∂C/∂a)."""
        W, b = params[layer]
        z = np.dot(a, W) + b
        if layer + 1 < len(params):
            cost, later, da = from_here(np.where(z > 0, z, 0), layer + 1)
            delta = np.where(z > 0, da, 0)
        else:
            log_p = z - np.logaddexp.reduce(z, axis=1)[:, None]
            truth = labels[:, None] == np.arange(z.shape[1])
            cost, later = -np.sum(log_p[truth]) / len(z), []
            delta = (np.exp(log_p) - truth) / len(z)
        return cost, [(a.T @ delta, delta.sum(axis=0)), *later], delta @ W.T

    return from_here(X, 0)[:2]


@exercise.alternative
def one_example_at_a_time(X, labels, params):
    cost, total = 0.0, [(np.zeros(W.shape), np.zeros(b.shape)) for W, b in params]
    for x, label in zip(X, labels, strict=True):
        seen = [x]
        for W, b in params[:-1]:
            seen.append(np.clip(seen[-1] @ W + b, 0, None))
        scores = seen[-1] @ params[-1][0] + params[-1][1]
        weights = np.exp(scores - max(scores))
        cost += (np.log(sum(weights)) + max(scores) - scores[label]) / len(X)
        error = weights / sum(weights) / len(X)
        error[label] -= 1 / len(X)
        for layer in range(len(params) - 1, -1, -1):
            dW, db = total[layer]
            total[layer] = (dW + np.outer(seen[layer], error), db + error)
            error = params[layer][0] @ error * (seen[layer] > 0)
    return float(cost), total


@exercise.alternative
def with_one_hot_and_einsum(X, labels, params):
    A, layers = [np.asarray(X, dtype=float)], len(params)
    for number, (W, b) in enumerate(params, start=1):
        z = np.einsum("bi,io->bo", A[-1], W) + b[None, :]
        A.append(z if number == layers else (z + np.abs(z)) / 2)
    z = A[-1] - A[-1].max(axis=1)[:, np.newaxis]
    truth = np.zeros(z.shape)
    truth[range(len(z)), labels] = 1
    sums = np.exp(z).sum(axis=1)
    cost = np.mean(np.log(sums) - (truth * z).sum(axis=1))
    dz, grads = np.exp(z) / sums[:, np.newaxis] - truth, []
    for layer in range(layers)[::-1]:
        grads.append([A[layer].T @ dz / len(X), np.mean(dz, axis=0)])
        dz = np.einsum("bo,io->bi", dz, params[layer][0]) * np.sign(A[layer])
    return [cost, tuple(grads[::-1])]

"""Backpropagation for classes: ReLU inside, softmax and cross-entropy at the end."""

from functools import partial

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_pairs,
    expect_parts,
    expect_shape,
    mismatch,
)
from annkit.lessons.backpropagation import faulty_passes as faulty
from annkit.lessons.backpropagation.slopes import (
    cross_entropy,
    cross_entropy_slopes,
    random_params,
)

exercise = Exercise(
    id="classifier_gradients",
    title="The gradient of a classifier",
    points=3,
    size="about 16 lines",
    leads_to="`train` takes its steps along these.",
    forbidden=("imag",),
    task="""For a network with ReLU in every hidden layer and **logits** at the end, return
`(cost, grads)`: the mean softmax cross-entropy and its gradient in all parameters, a list of
`(dW, db)` like `params`. Any depth, also without a hidden layer; the right values for logits as
large as ±10 000, and no warnings on the way there. Derive the slopes, don't measure them: nudges
fail at the kinks of a ReLU, and complex ones (`imag`) are ruled out.

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
    params = random_params(rng, *sizes)
    labels = rng.permutation(np.arange(batch) % sizes[-1])
    return rng.normal(size=(batch, sizes[0])), labels, params


def one_at_rest(X, labels, params):
    """The same problem, with z = 0 for every example in the second unit of layer 1."""
    (W, b), *later = params
    works = np.arange(len(b)) != 1
    return X, labels, [(W * works, b * works), *later]


def expect_two(got):
    """Expect (cost, grads) and give both back."""
    expect_parts(got, "(cost, grads)")
    expect_shape(got[0], (), what="the cost")
    return got


def expect_form(grads, params) -> None:
    """Expect one pair (dW, db) per layer with the shapes of the parameters."""
    expect_pairs(grads, [W.shape for W, _ in params], what="grads", pair="(dW, db)")


def expect_right(answer: Answer, X, labels, params, why="", atol=1e-8) -> None:
    """Expect the cost and, from the last layer to the first, the true slopes."""
    cost, grads = expect_two(answer(X, labels, params))
    expect_close(cost, float(cross_entropy(X, labels, params)), what="the cost", why=why)
    expect_form(grads, params)
    pairs = zip(grads, cross_entropy_slopes(X, labels, params), strict=True)
    for layer, (pair, (dW, db)) in reversed(list(enumerate(pairs))):
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why, atol=atol)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("a number, and a pair (dW, db) per layer with the shapes of W and b")
def has_the_shapes(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, _ = problem(rng, 4, 2, 3)
    params = [(np.round(W * 2) / 2, np.round(b * 2) / 2) for W, b in random_params(rng, 2, 5, 3)]
    _, grads = expect_two(answer(np.round(X * 2) / 2, labels, params))
    expect_form(grads, params)


@exercise.check("no hidden layer", points=0.5)
def no_hidden_layer(answer: Answer, rng: np.random.Generator) -> None:
    X = np.array([[1.0, 0.0], [0.0, 2.0]])
    params = [(np.log([[1.0, 2.0, 5.0], [1.0, 1.0, 1.0]]), np.log([1.0, 1.0, 1.0]))]
    expect_right(answer, X, np.array([1, 2]), params, "the probabilities are ⅛, ¼, ⅝ and three ⅓")
    for batch, n_in, n_classes in ((5, 3, 4), (6, 4, 2)):
        expect_right(answer, *problem(rng, batch, n_in, n_classes))
    X, labels, params = problem(rng, 4, 2, 3)
    expect_right(answer, X * 1e-7, labels, params, "tiny inputs have tiny slopes", atol=1e-14)


@exercise.check("one hidden layer", points=1)
def one_hidden_layer(answer: Answer, rng: np.random.Generator) -> None:
    # equal widths too: there a missing transpose makes no noise
    for batch, *sizes in ((4, 2, 3, 2), (7, 2, 5, 3), (5, 4, 3, 2), (6, 3, 3, 3)):
        expect_right(answer, *problem(rng, batch, *sizes))
    X, labels, params = one_at_rest(*problem(rng, 4, 2, 3, 2))
    expect_right(answer, X, labels, params, "one unit has z = 0")


@exercise.check("any depth, any batch, also of one example", points=0.5)
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    for batch, depth in ((int(rng.integers(8, 13)), 3), (5, 4), (1, 2), (1, 1)):
        sizes = [int(n) for n in rng.integers(3, 6, size=depth + 1)]
        expect_right(answer, *problem(rng, batch, *sizes))
    X, labels, params = one_at_rest(*problem(rng, 5, 2, 4, 3))
    expect_right(answer, X, labels, params, "one unit has z = 0")


@exercise.check("logits as large as ±10 000", points=1, quiet=True)
def large_logits(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, params = problem(rng, 6, 3, 4)
    expect_right(answer, X * 3e3, labels, params, "some logits are thousands apart")
    # one row near +10 000, one near −10 000, with small differences inside each row
    X, W = np.array([[1.0, 1.0], [-1.0, 1.0]]), np.array([[1e4, 1e4, 1e4], [1.0, 2.0, 0.0]])
    far = [(W, np.zeros(3))]
    expect_right(answer, X, np.array([0, 2]), far, "the rows lie far from each other")
    X, labels, ((W1, b1), (W2, b2)) = one_at_rest(*problem(rng, 5, 3, 5, 3))
    expect_right(answer, X, labels, [(W1 * 50, b1), (W2 * 50, b2)], "large weights in both layers")


def _forward(X, params):
    """The right forward pass: (a_prev, z) per layer, and the logits."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = np.maximum(z, 0)
    return cache, z


def _log_p(z, axis=1):
    """The logarithms of the softmax of logits, without overflow."""
    shifted = z - z.max(axis=axis, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=axis, keepdims=True))


def _with(X, labels, params, *, log_p=None, delta=None, noted=None, **replaced):
    """The right answer with one piece replaced.

    Args:
        X: inputs, (batch, n_in).
        labels: true classes, (batch,).
        params: list of (W, b).
        log_p: logits -> logarithms of the probabilities.
        delta: (p, truth) -> delta of the output layer.
        noted: cache -> what the way back takes for it.
        replaced: other pieces, as `walk_back` takes them.
    """
    cache, z = _forward(X, params)
    logs = (log_p or _log_p)(z)
    p, truth = np.exp(logs), np.eye(z.shape[1])[labels]
    first = delta(p, truth) if delta else (p - truth) / len(X)
    noted = noted(cache) if noted else cache
    replaced.setdefault("slope", lambda layer: noted[layer][1] > 0)
    grads = faulty.walk_back(params, noted, first, **replaced)
    return -logs[np.arange(len(X)), labels].mean(), grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_missing(*given):
    """The gradients are too large by the size of the batch: p − truth has not been divided.

    The cost is a mean, so its slopes are.
    """
    return _with(*given, delta=lambda p, truth: p - truth)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def sum_of_losses(X, *rest):
    """Cost and gradient are those of the *sum* of the losses; their mean is meant, in both."""
    cost, grads = _with(X, *rest, delta=lambda p, truth: p - truth)
    return cost * len(X), grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_twice(X, *rest):
    """The 1/batch is in your gradients twice: once in the delta, once more in dW and db."""
    return _with(X, *rest, delta=lambda p, truth: (p - truth) / len(X) ** 2)


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def mean_at_every_layer(*given):
    """Each step back divides by the batch again. The output's delta has brought the 1/batch."""
    return _with(*given, step=faulty.mean_at_every_layer)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def mean_over_entries(*given):
    """The gradients are divided by examples times classes; the mean runs over examples only."""
    return _with(*given, delta=lambda p, truth: (p - truth) / p.size)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def cost_summed(X, *rest):
    """Your gradients are right, but the cost is a sum over the examples; their mean is meant."""
    cost, grads = _with(X, *rest)
    return cost * len(X), grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def cost_over_entries(X, labels, params):
    """Your gradients are right, but the cost is a mean over examples *and* classes: too small."""
    cost, grads = _with(X, labels, params)
    return cost / params[-1][0].shape[1], grads


@exercise.wrong(caught_by=has_the_shapes, hint=2)
def cost_per_example(X, labels, params):
    """Your cost is one loss per example. The cost is their mean, a single number."""
    _, z = _forward(X, params)
    return -_log_p(z)[np.arange(len(X)), labels], _with(X, labels, params)[1]


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def losses_of_all_classes(X, labels, params):
    """Your cost adds ln(1 − p) of the other classes, as for many yes-or-no questions.

    With one right class of several, only its own ln p counts.
    """
    _, z = _forward(X, params)
    p, truth = np.exp(_log_p(z)), np.eye(z.shape[1])[labels]
    losses = -np.log(np.where(truth == 1, p, 1 - p) + 1e-12)
    return losses.sum(axis=1).mean(), _with(X, labels, params)[1]


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def minus_of_the_cost_missing(*given):
    """Your cost is negative: logarithms of probabilities are. Where is the minus?"""
    cost, grads = _with(*given)
    return -cost, grads


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def sign_reversed(X, *rest):
    """The cost is right, but every gradient has the other sign: probabilities minus truth."""
    return _with(X, *rest, delta=lambda p, truth: (truth - p) / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def sign_reversed_and_no_mean(*given):
    """Two things: truth minus p turns the sign of every gradient, and the 1/batch is missing."""
    return _with(*given, delta=lambda p, truth: truth - p)


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def truth_missing(X, *rest):
    """Your last delta is the probabilities; the truth has not been taken off."""
    return _with(X, *rest, delta=lambda p, truth: p / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def labels_as_numbers(X, labels, params):
    """You take the *number* of the class off every probability of its row: class 2 takes off 2.

    The truth of an example is a 1 at its own class and 0 elsewhere.
    """
    return _with(X, labels, params, delta=lambda p, _: (p - labels[:, None]) / len(X))


def _classes_that_occur_in_the_cost_too(X, labels, params):
    _, z = _forward(X, params)
    truth = np.eye(np.max(labels) + 1)[labels]
    return -float(np.sum(truth * _log_p(z))) / len(X), classes_that_occur(X, labels, params)[1]


@exercise.wrong(caught_by=any_depth, hint=2, variants=(_classes_that_occur_in_the_cost_too,))
def classes_that_occur(X, labels, params):
    """Your truth has as many columns as the largest label asks for, `labels.max() + 1`.

    Later classes may be missing from a batch, as from a single example. How many there are, the
    last layer knows.
    """
    truth = np.eye(np.max(labels) + 1)[labels]
    return _with(X, labels, params, delta=lambda p, _: (p - truth) / len(X))


def _one_off_everywhere(X, *rest):
    return _with(X, *rest, delta=lambda p, truth: (p - 1) / len(X))


def _columns_in_the_cost_too(X, labels, params):
    """Whole columns read for the cost as well: the mean over all pairs of a row and a label."""
    _, z = _forward(X, params)
    return -float(_log_p(z)[:, labels].mean()), whole_columns_changed(X, labels, params)[1]


@exercise.wrong(
    caught_by=no_hidden_layer,
    hint=2,
    variants=(_one_off_everywhere, _columns_in_the_cost_too),
)
def whole_columns_changed(X, labels, params):
    """`p - 1` and `p[:, labels] -= 1` take 1 off whole columns; one entry per row is meant."""

    def delta(p, truth):
        p[:, labels] -= 1
        return p / len(X)

    return _with(X, labels, params, delta=delta)


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def softmax_slope_again(X, *rest):
    """Your last delta has an extra factor p(1 − p): a prime for the softmax.

    Softmax and cross-entropy together have the slope p − truth; there is nothing left to multiply.
    """
    return _with(X, *rest, delta=lambda p, truth: (p - truth) * p * (1 - p) / len(X))


@exercise.wrong(caught_by=no_hidden_layer, hint=2)
def softmax_down_the_columns(*given):
    """Your softmax runs down the columns, so that the examples compete with each other."""
    return _with(*given, log_p=partial(_log_p, axis=0))


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def relu_on_the_logits(X, labels, params):
    """You sent the logits through a ReLU as well. A class may have a negative score."""
    _, z = _forward(X, params)
    return _with(
        X, labels, params,
        log_p=lambda z: _log_p(np.maximum(z, 0)),
        delta=lambda p, truth: (p - truth) / len(X) * (z > 0),
    )  # fmt: skip


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def relu_slope_on_the_logits(X, labels, params):
    """The cost is right, but your last delta is masked by z > 0: the logits have no ReLU."""
    _, z = _forward(X, params)
    return _with(X, labels, params, delta=lambda p, truth: (p - truth) / len(X) * (z > 0))


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def relu_slope_missing(*given):
    """The error goes back through units that were switched off: the slope of ReLU is missing.

    A mask `a >= 0` has the same effect, since nothing that leaves a ReLU is negative.
    """
    return _with(*given, step=faulty.slope_missing)


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def slope_at_the_kink(X, labels, params):
    """A unit with z = 0 counts as switched on. The course gives ReLU the slope 0 there."""
    cache, _ = _forward(X, params)
    return _with(X, labels, params, slope=lambda layer: cache[layer][1] >= 0)


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def slope_of_the_layer_left(*given):
    """On the way back you use z of the layer you come from. The ReLU is the one you reach."""
    return _with(*given, step=faulty.slope_of_the_layer_left)


def _slope_in_front(*given):
    """The other way round: NumPy names the two shapes in the order in which they come."""
    return _with(*given, step=lambda at: at.slope(at.layer) * (at.delta @ at.W.T))


@exercise.wrong(caught_by=has_the_shapes, hint=4, variants=(_slope_in_front,))
def slope_of_the_layer_left_at_the_end(*given):
    """Your new delta is masked by z of the layer you come from.

    The weights have led one layer back: the ReLU of *that* layer comes next.
    """
    return _with(*given, step=faulty.slope_of_the_layer_left_at_the_end)


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def activation_for_slope(X, labels, params):
    """On the way back you multiply by ReLU(z); the *slope* of ReLU is 0 or 1."""
    cache, _ = _forward(X, params)
    return _with(X, labels, params, slope=lambda layer: np.maximum(cache[layer][1], 0))


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def relu_of_the_error(*given):
    """You sent the *error* through a ReLU. What decides is the sign of z, not of the error."""
    return _with(*given, step=lambda at: np.maximum(at.delta @ at.W.T, 0))


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def sigmoid_slope(*given):
    """Your hidden layers go back with a(1 − a), the slope of a sigmoid. They are ReLUs."""
    return _with(*given, step=faulty.slope_of_a_sigmoid)


def _measures(calls):
    """Are slopes like those of nudges to both sides, at the kinks too, whatever the nudge?"""

    def near(value, other):
        return mismatch(value, other, rtol=1e-3, atol=1e-5) is None

    told = [c for c in calls if c.value and np.abs(_forward(c.args[0], c.args[2])[1]).max() < 50]
    return all(near(call.value, measured(*call.args)) for call in told) and not all(
        near(call.value, _with(*call.args)) for call in told
    )


@exercise.wrong(caught_by=no_hidden_layer, hint=2, recognise=_measures)
def measured(X, labels, params):
    """You measure the slopes, by nudges.

    Beside the cost a tiny slope is lost in rounding, and where z = 0 a nudge sees both sides of the
    kink. The walk back needs no nudge.
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
                    costs.append(_with(X, labels, moved)[0])
                slopes[place] = (costs[0] - costs[1]) / 2e-5
            pair.append(slopes)
        grads.append(tuple(pair))
    return _with(X, labels, params)[0], grads


def _known(piece, caught_by):
    """Register a piece that is wrong in every network, with the text that comes with it."""

    def wrong(*given):
        return _with(*given, gradients=piece)

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
    faulty.biases_forgotten,
):
    _known(_piece, no_hidden_layer)


@exercise.wrong(caught_by=one_hidden_layer, hint=4)
def sums_for_a_prev(*given):
    """Your dW uses z of the layer before. What went into this layer is ReLU(z)."""
    return _with(*given, noted=faulty.sums_for_inputs)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_activations_for_a_prev(*given):
    """Your dW combines the error with what came *out* of the layer; it needs what went in."""
    return _with(*given, noted=lambda cache: [(np.maximum(z, 0), z) for _, z in cache])


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def inputs_for_a_prev(*given):
    """Every dW uses X. From the second layer on, something else went in."""
    return _with(*given, noted=faulty.first_inputs_for_all)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def own_weights(*given):
    """The error goes back through the wrong weights: those that lead *into* the layer you reach.

    It has to take the ones on the way between the two layers.
    """
    return _with(*given, step=faulty.own_weights)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def weights_not_transposed(*given):
    """On the way back the weights must be transposed; equal widths hide it, others don't fit."""
    return _with(*given, step=faulty.not_transposed)


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def back_through_the_inverse(*given):
    """The error goes back through the *inverse* of W. Nothing is to be undone: it takes W.T."""
    return _with(*given, step=faulty.through_the_inverse)


@exercise.wrong(caught_by=one_hidden_layer, hint=2)
def back_through_gradients(*given):
    """The error goes back through dW. What carried the signal forward carries the error: W."""
    return _with(*given, step=faulty.through_gradients)


def _through_updated(rate, *given):
    return _with(*given, step=faulty.through_updated_weights(rate))


@exercise.wrong(
    caught_by=one_hidden_layer,
    hint=2,
    variants=tuple(partial(_through_updated, rate) for rate in (0.5, 0.1, 0.05, 0.01, 0.001)),
)
def back_through_updated_weights(*given):
    """You send the error back through weights that have made their step already.

    The gradient belongs to the weights of the forward pass. Steps come when all of it is known.
    """
    return _through_updated(1.0, *given)


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def output_side_first(*given):
    """The right gradients in the order in which you found them: the last layer stands first."""
    cost, grads = _with(*given)
    return cost, grads[::-1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def cost_left_out(*given):
    """You return the gradients alone; the cost is asked for too, before them."""
    return _with(*given)[1]


@exercise.wrong(caught_by=has_the_shapes, hint=4)
def in_the_wrong_order(*given):
    """The right two things in the wrong order: first the cost, then the gradients."""
    return _with(*given)[::-1]


@exercise.wrong(caught_by=no_hidden_layer, hint=1)
def forward_without_biases(X, labels, params):
    """The way back is right, but your forward pass leaves out the biases."""
    return _with(X, labels, [(W, 0 * b) for W, b in params])


@exercise.wrong(caught_by=one_hidden_layer, hint=1)
def forward_without_relu(X, labels, params):
    """No ReLU on the way forward: z goes on as it is."""
    a, cache = X, []
    for W, b in params:
        cache.append((a, a @ W + b))
        a = cache[-1][1]
    p, truth = np.exp(_log_p(a)), np.eye(a.shape[1])[labels]
    grads = faulty.walk_back(params, cache, (p - truth) / len(X), lambda layer: cache[layer][1] > 0)
    return -np.mean(np.sum(_log_p(a) * truth, axis=1)), grads


@exercise.wrong(
    caught_by=no_hidden_layer,
    hint=4,
    recognise=faulty.knows_two_layers_only(grads=lambda value: value[1]),
)
def exactly_two_layers(X, labels, params):
    """Your code is written for two layers and takes no other number of them: let a loop walk."""
    (W1, b1), (W2, b2) = params
    return _with(X, labels, [(W1, b1), (W2, b2)])


def _logarithm_of_the_sum(X, labels, params):
    """Without a shift, and the cost as z − log Σ exp z: of a large row that is −∞, and not NaN."""
    _, z = _forward(X, params)
    e = np.exp(z)
    sums = e.sum(axis=1, keepdims=True)
    return _with(
        X, labels, params,
        log_p=lambda z: z - np.log(sums),
        delta=lambda p, truth: (e / sums - truth) / len(X),
    )  # fmt: skip


@exercise.wrong(caught_by=large_logits, hint=2, variants=(_logarithm_of_the_sum,))
def no_shift(*given):
    """Right for small logits; for large ones the exponentials overflow, and ∞/∞ is NaN."""
    return _with(*given, log_p=lambda z: np.log(np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)))


@exercise.wrong(caught_by=large_logits, hint=2)
def one_shift_for_all(X, labels, params):
    """You shift the whole batch by one number; a row far below it becomes 0/0."""
    _, z = _forward(X, params)
    e = np.exp(z - z.max())
    sums = e.sum(axis=1, keepdims=True)
    return _with(
        X, labels, params,
        log_p=lambda z: z - z.max() - np.log(sums),
        delta=lambda p, truth: (e / sums - truth) / len(X),
    )  # fmt: skip


def _from_rounded(loss, X, labels, params):
    """Right gradients; the cost as the mean of losses made of the probabilities themselves."""
    _, z = _forward(X, params)
    p, truth = np.exp(_log_p(z)), np.eye(z.shape[1])[labels]
    return np.mean(loss(p, truth)), _with(X, labels, params)[1]


@exercise.wrong(caught_by=large_logits, hint=3)
def logarithm_of_rounded(*given):
    """The gradients are right; the cost takes the logarithm of a probability rounded to 0."""
    return _from_rounded(lambda p, truth: -np.log(p[truth == 1]), *given)


@exercise.wrong(caught_by=large_logits, hint=3)
def truth_times_logarithm(*given):
    """The gradients are right; in the cost, truth times log p is 0 times −∞, which is NaN."""
    return _from_rounded(lambda p, truth: -np.sum(truth * np.log(p), axis=1), *given)


def _caps_the_cost(calls):
    """Are all gradients right, and the cost too, except that some large ones are too small?"""
    seen = set()
    for call in calls:
        if not (isinstance(call.value, list | tuple) and len(call.value) == 2):
            return False
        cost, grads = call.value
        expected, right = _with(*call.args)
        if mismatch(grads, right, rtol=1e-5):
            return False
        seen.add("right" if np.isclose(cost, expected, rtol=1e-3) else cost < expected)
    return seen == {"right", True}


@exercise.wrong(caught_by=large_logits, hint=3, recognise=_caps_the_cost)
def capped_logarithm(*given):
    """Something small is added inside your logarithm: it caps the cost where it should be large."""
    return _from_rounded(lambda p, truth: -np.log(p[truth == 1] + 1e-30), *given)


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

"""Weights that pay for their size are pulled towards zero, each by a share of itself."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_pairs, raises, rounded_away

exercise = Exercise(
    id="l2_gradients",
    title="The pull towards zero",
    points=1,
    size="about 4 lines",
    derived=True,
    task=r"""`grads` are the gradients of the cost on the data. Return the gradients of the whole
cost, data **plus** the L2 price $\frac{\lambda}{2} \sum_l \lVert W_l \rVert^2$: a list of pairs
`(dW, db)`. Biases pay nothing. Derive the price's slope, don't measure it.

Example: one layer with `W = [[2, -1]]`, `b = [5, 5]`, `dW = [[1, 1]]`, `db = [3, 3]`, `lam = 0.5`:
the price has the slope 0.5·2 = 1 in the first weight and −0.5 in the second, so dW becomes
`[[2, 0.5]]`, and db stays `[3, 3]`.""",
    hints=(
        """
        What is the slope of ½λw² in one weight w? And what is the slope of a sum of two costs?
        """,
        """
        The price of a weight depends on that weight alone, so its slope stands at its own place:
        one array of the shape of W, added to dW. The ½ and the 2 of the square cancel out. Where
        the price doesn't know a parameter, its slope is 0.
        """,
        """
        With another price, μ times the sum of w³ (slope 3μw²), for `W = [[2, 1]]`, `dW = [[10,
        20]]` and μ = 0.1: dW becomes `[[10 + 0.3 · 4, 20 + 0.3 · 1]]`, that is `[[11.2, 20.3]]`.
        """,
        """
        Skeleton:

        ```python
        new = []
        for (dW, db), (W, b) in zip(grads, params):
            new.append((dW + ..., ...))
        return new
        ```
        """,
    ),
)


@exercise.reference
def l2_gradients(grads, params, lam):
    """Add the slopes of the L2 price to the gradients of the cost on the data.

    Args:
        grads: list of (dW, db), gradients of the cost without the price, like params.
        params: list of (W, b), W (n_in, n_out), b (n_out,). Neither list is changed.
        lam: strength λ of the regularisation, a number >= 0.

    Returns:
        A list of (dW, db): gradients of cost + λ/2 · (sum of the squares of all entries of all W).
    """
    return [(dW + lam * W, db) for (dW, db), (W, _) in zip(grads, params, strict=True)]


def _layers(rng, *sizes):
    """Random pairs for layers of these sizes."""
    return [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)]


def _expect_grads(got, expected, why=""):
    expect_pairs(got, [dW.shape for dW, _ in expected], what="grads", pair="(dW, db)")
    for layer, ((dW, db), pair) in enumerate(zip(expected, got, strict=True)):
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("returns a list of pairs (dW, db) like grads")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    small = [(np.array([[2.0, 3.0]]), np.array([1.0, 1.0]))]
    expect_pairs(answer(small, small, 0.5), [(1, 2)], what="grads", pair="(dW, db)")
    for sizes in ((2, 3), (3, 4, 2)):
        got = answer(_layers(rng, *sizes), _layers(rng, *sizes), 0.5)
        expect_pairs(got, list(pairwise(sizes)), what="grads", pair="(dW, db)")


@exercise.check("one layer by hand")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    params = [(np.array([[10.0, 0.0, -20.0]]), np.array([7.0, 7.0, 7.0]))]
    grads = [(np.array([[1.0, 2.0, 3.0]]), np.array([4.0, 5.0, 6.0]))]
    expected = [(np.array([[2.0, 2.0, 1.0]]), np.array([4.0, 5.0, 6.0]))]
    _expect_grads(answer(grads, params, 0.1), expected, "1 + 1, 2 + 0, 3 − 2; biases don't pay")
    # Beside a very large cost nothing is left of a difference.
    wide = [(np.array([[1e9, 2.0]]), np.zeros(2))]
    expected = [(np.array([[1.5e9, 3.0]]), np.zeros(2))]
    _expect_grads(answer(wide, wide, 0.5), expected, "each weight by itself, however large another")
    w, slope, lam = map(float, rng.integers(3, 12, 3))
    got = answer([(np.array([[slope]]), np.array([1.0]))], [(np.array([[w]]), np.ones(1))], lam)
    _expect_grads(got, [(np.array([[slope + lam * w]]), np.array([1.0]))])


@exercise.check("any depth: slopes of data + price, measured")
def any_depth(answer: Answer, rng: np.random.Generator) -> None:
    # The cost Σ g·θ + price has the gradient g + that of the price; the price is a quadratic, so
    # a central difference with any step is exact.
    for sizes in ((3, 4, 2), (5, 5), (2, 3, 4, 3, 1)):
        params, grads = _layers(rng, *sizes), _layers(rng, *sizes)
        lam = float(rng.uniform(0.1, 3))
        expected = [
            (dW + lam * ((W + 0.5) ** 2 - (W - 0.5) ** 2) / 2, db)
            for (dW, db), (W, _) in zip(grads, params, strict=True)
        ]
        _expect_grads(answer(grads, params, lam), expected)


@exercise.check("λ = 0 changes nothing, and whole numbers will do")
def no_price(answer: Answer, rng: np.random.Generator) -> None:
    params, grads = _layers(rng, 3, 2), _layers(rng, 3, 2)
    _expect_grads(answer(grads, params, 0), grads, "with λ = 0 weights are free")
    whole = [(np.array([[2, 3]]), np.array([1, 1]))]
    expected = [(np.array([[3.0, 4.5]]), np.array([1.0, 1.0]))]
    _expect_grads(answer(whole, whole, 0.5), expected, "2 + 0.5 · 2 and 3 + 0.5 · 3")


def _with(grads, params, weights, biases=lambda db, b: db):
    """The right list with other slopes: weights (dW, W) -> array, biases (db, b) -> array."""
    return [(weights(dW, W), biases(db, b)) for (dW, db), (W, b) in zip(grads, params, strict=True)]


def _one_weight_is_large(call) -> bool:
    return max(np.abs(W).max() for W, _ in call.args[1]) > 1e8


def _weights_are_right(call) -> bool:
    grads, params, lam = call.args
    layers = zip(call.value, grads, params, strict=True)
    return all(np.allclose(own[0], dW + lam * W) for own, (dW, _), (W, _) in layers)


@exercise.wrong(
    caught_by=by_hand, hint=1, recognise=rounded_away(_one_weight_is_large, _weights_are_right)
)
def measured_by_differences(grads, params, lam):
    """You measure the slopes, with a nudge. Beside a very large cost the nudge is rounded away.

    The slope of ½λw² can be written down.
    """
    h = 1e-5
    price = [lam / 2 * ((W + h) ** 2 - (W - h) ** 2) / (2 * h) for W, _ in params]
    return [(dW + more, db) for (dW, db), more in zip(grads, price, strict=True)]


@exercise.wrong(caught_by=by_hand, hint=2)
def two_left_over(grads, params, lam):
    """You add 2λW. The price has a ½ in front, and the 2 of the square cancels it out."""
    return _with(grads, params, lambda dW, W: dW + 2 * lam * W)


@exercise.wrong(caught_by=by_hand, hint=1)
def half_left_over(grads, params, lam):
    """You add ½λW. The square, when differentiated, brings a 2."""
    return _with(grads, params, lambda dW, W: dW + lam * W / 2)


@exercise.wrong(caught_by=by_hand, hint=2)
def biases_pay(grads, params, lam):
    """Your biases are pulled to zero, too; the price is on weights only."""
    return _with(grads, params, lambda dW, W: dW + lam * W, lambda db, b: db + lam * b)


@exercise.wrong(caught_by=by_hand, hint=2)
def biases_set_to_zero(grads, params, lam):
    """Your db are 0. The *price* has no slope there, but the data have: what did `grads` say?"""
    return _with(grads, params, lambda dW, W: dW + lam * W, lambda db, b: 0 * db)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_alone(grads, params, lam):
    """You return the slopes of the price alone; what the data say is lost."""
    return _with(grads, params, lambda dW, W: lam * W, lambda db, b: 0 * db)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_alone_for_weights(grads, params, lam):
    """For the weights you return the slope of the price alone; what the data say is lost."""
    return _with(grads, params, lambda dW, W: lam * W)


@exercise.wrong(caught_by=by_hand, hint=1)
def minus_for_plus(grads, params, lam):
    """You subtract the slope of the price, so large weights would be paid for growing.

    The minus comes later, when the step is taken.
    """
    return _with(grads, params, lambda dW, W: dW - lam * W)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_for_its_slope(grads, params, lam):
    """You add the price ½λW² itself. Its *slope* is asked for."""
    return _with(grads, params, lambda dW, W: dW + lam / 2 * W**2)


@exercise.wrong(caught_by=by_hand, hint=2)
def whole_price_everywhere(grads, params, lam):
    """You add one number, the price of all weights, to every slope.

    The price changes with a weight by that weight's own slope.
    """
    price = lam / 2 * sum(np.sum(W**2) for W, _ in params)
    return _with(grads, params, lambda dW, W: dW + price)


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_only(grads, params, lam):
    """You pull every weight by λ, large or small: that is L1, the price λ|w|."""
    return _with(grads, params, lambda dW, W: dW + lam * np.sign(W))


@exercise.wrong(caught_by=by_hand, hint=1)
def gradients_shrunk(grads, params, lam):
    """You shrink the gradients. It is the weights that are pulled to zero: the price is on W."""
    return _with(grads, params, lambda dW, W: (1 - lam) * dW)


@exercise.wrong(caught_by=by_hand, hint=1)
def gradients_for_weights(grads, params, lam):
    """You add λ·dW. What pays is the weight itself: λ·W."""
    return _with(grads, params, lambda dW, W: dW + lam * dW)


@exercise.wrong(caught_by=by_hand, hint=1)
def price_without_weight(grads, params, lam):
    """You add λ to every slope, whatever the weight is."""
    return _with(grads, params, lambda dW, W: dW + lam)


@exercise.wrong(caught_by=by_hand, hint=1)
def sum_of_the_weights(grads, params, lam):
    """You add λ times the *sum* of the weights to every slope. Each weight pays for itself."""
    return _with(grads, params, lambda dW, W: dW + lam * np.sum(W))


@exercise.wrong(caught_by=any_depth, hint=2)
def divided_by_the_inputs(grads, params, lam):
    """You divide the pull by the number of inputs. Nothing in the price is averaged."""
    return _with(grads, params, lambda dW, W: dW + lam / len(W) * W)


@exercise.wrong(caught_by=by_hand, hint=1)
def step_taken(grads, params, lam):
    """You took a step: λ stands where a learning rate would. Gradients are asked for."""
    return _with(grads, params, lambda dW, W: W - lam * dW, lambda db, b: b - lam * db)


@exercise.wrong(caught_by=has_the_form, hint=4)
def weights_alone(grads, params, lam):
    """You return the dW alone. Next to each of them belongs its db, in a pair."""
    return [dW for dW, _ in _with(grads, params, lambda dW, W: dW + lam * W)]


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_place(grads, params, lam):
    """`+=` writes into the caller's own gradients. A sum makes a new array."""
    for (dW, _), (W, _) in zip(grads, params, strict=True):
        dW += lam * W
    return grads


@exercise.wrong(
    caught_by=has_the_form,
    hint=4,
    recognise=raises("can't multiply sequence", where=lambda call: isinstance(call.args[2], float)),
)
def list_times_number(grads, params, lam):
    """Lists don't calculate, and pairs don't either: take each pair apart first.

    dW and W are arrays, and those can be added.
    """
    return grads + lam * params


@exercise.wrong(caught_by=by_hand, hint=4)
def biases_for_their_slopes(grads, params, lam):
    """In your pairs stand the biases b themselves; their slopes, db, are in `grads`."""
    return _with(grads, params, lambda dW, W: dW + lam * W, lambda db, b: b)


@exercise.alternative
def layer_by_layer(grads, params, lam):
    new = []
    for layer in range(len(params)):
        dW, db = grads[layer]
        pulled = np.array(dW, dtype=float)
        pulled += np.multiply(lam, params[layer][0])
        new.append([pulled, db.copy()])
    return new


@exercise.alternative
def entry_by_entry(grads, params, lam):
    return tuple(
        (
            [[s + lam * w for s, w in zip(*row, strict=True)] for row in zip(dW, W, strict=True)],
            db,
        )
        for (dW, db), (W, _) in zip(grads, params, strict=True)
    )


@exercise.alternative
def by_map(grads, params, lam):
    return list(map(lambda g, p: (np.add(g[0], p[0] * lam), g[1] + 0 * p[1]), grads, params))

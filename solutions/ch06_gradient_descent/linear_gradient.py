"""The gradient of the cost of a linear model, derived by hand."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_shape,
    expect_that,
    rounded_away,
)

exercise = Exercise(
    id="linear_gradient",
    title="The gradient of a linear model",
    points=2,
    size="about 4 lines",
    leads_to="`gradient_descent` needs nothing but such a gradient.",
    derived=True,
    task=r"""For the linear model $\hat y = XW + b$ and the cost of the last chapter, the mean over
the examples of ½ Σ (ŷ − y)², return the gradients `(dW, db)`. The model may have several outputs.
Derive them, don't measure them: where the cost is very large, the change that a tiny nudge makes is
lost in rounding.

*Example:* two houses with two features, `X = [[1, 0], [3, 4]]`, `y = [[2], [2]]`, with
`W = [[1], [0]]` and `b = [0]`. The answers are 1 and 3, the misses −1 and 1. So the first weight
gets (−1·1 + 1·3)/2 = 1, the second (−1·0 + 1·4)/2 = 2: dW is `[[1], [2]]`, and
db = (−1 + 1)/2 = 0, as `[0]`.""",
    hints=(
        """
        Write down the shapes first: `X (batch, n_in)`, `y (batch, n_out)`. Which shapes must dW and
        db have? That decides nearly everything.
        """,
        """
        The slope of ½ miss² is the miss. A change of b moves each answer by the same amount; a
        change of a weight moves it by that amount times the example's own input. Then take the
        mean over the examples, and over the examples only.
        """,
        """
        Worked for one output and two features: `X = [[1, 2], [3, 4]]`, misses `[[10], [20]]`. The
        first weight gets 1·10 + 3·20 = 70, the second 2·10 + 4·20 = 100: the columns of X meet the
        column of misses, so it is a product with the transposed X. Halved, because there are two
        examples: `[[35], [50]]`.
        """,
        """
        Skeleton:

        ```python
        miss = ...               # (batch, n_out)
        dW = ... @ ... / ...     # shape of W
        db = miss.sum(axis=...) / ...
        return dW, db
        ```
        """,
    ),
)


@exercise.reference
def linear_gradient(X, y, W, b):
    """Gradient of the mean half squared error of a linear model.

    Args:
        X: inputs, (batch, n_in).
        y: targets, (batch, n_out).
        W: weights, (n_in, n_out).
        b: biases, (n_out,).

    Returns:
        (dW, db): derivatives of the cost, with the shapes of W and b.
    """
    miss = (X @ W + b - y) / len(X)
    return X.T @ miss, miss.sum(axis=0)


def _problem(rng, batch, n_in, n_out):
    """A random linear model with data it doesn't fit.

    Args:
        rng: source of randomness.
        batch: number of examples.
        n_in: number of inputs.
        n_out: number of outputs.

    Returns:
        (X, y, W, b).
    """
    return (
        rng.normal(size=(batch, n_in)),
        rng.normal(size=(batch, n_out)),
        rng.normal(size=(n_in, n_out)),
        rng.normal(size=n_out),
    )


def _slopes(X, y, W, b):
    """Central differences of the cost; exact, as the cost is a parabola in each parameter.

    Args:
        X: (batch, n_in).
        y: (batch, n_out).
        W: (n_in, n_out).
        b: (n_out,).

    Returns:
        (dW, db).
    """

    def cost(W, b):
        answers = np.einsum("ni,io->no", X, W) + b
        return np.mean(np.sum(0.5 * (answers - y) ** 2, axis=1))

    dW, db, h = np.empty(W.shape), np.empty(b.shape), 0.1
    for place in np.ndindex(W.shape):
        nudge = np.zeros(W.shape)
        nudge[place] = h
        dW[place] = (cost(W + nudge, b) - cost(W - nudge, b)) / (2 * h)
    for j in range(len(b)):
        nudge = h * (np.arange(len(b)) == j)
        db[j] = (cost(W, b + nudge) - cost(W, b - nudge)) / (2 * h)
    return dW, db


@exercise.check("returns dW and db with the shapes of W and b")
def shapes(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(*(rng.integers(-3, 4, shape) + 0.0 for shape in ((2, 3), (2, 2), (3, 2), 2)))
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2,
        "Two arrays are asked for.",
        expected="(dW, db)",
        got=got,
    )
    expect_shape(got[0], (3, 2), what="dW")
    expect_shape(got[1], (2,), what="db")


@exercise.check("three houses by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([[1.0], [5.0], [6.0]])
    dW, db = answer(X, y, np.array([[2.0]]), np.array([1.0]))
    expect_close(dW, np.array([[5 / 3]]), what="dW", why="the misses are 2, 0 and 1")
    expect_close(db, np.array([1.0]), what="db", why="the mean of the misses")
    more = round(3 * float(rng.uniform(2, 9)), 2)
    y[2] -= more
    dW, db = answer(X, y, np.array([[2.0]]), np.array([1.0]))
    why = f"the misses are 2, 0 and {1 + more:g}"
    expect_close(dW, np.array([[5 / 3 + more]]), what="dW", why=why)
    expect_close(db, np.array([1.0 + more / 3]), what="db", why=why)


@exercise.check("several inputs, one output, against central differences", points=0.5)
def several_inputs(answer: Answer, rng: np.random.Generator) -> None:
    problem = _problem(rng, 7, 4, 1)
    expect_close(tuple(answer(*problem)), _slopes(*problem), what="(dW, db)")


@exercise.check("several outputs, one of them far off", points=1)
def several_outputs(answer: Answer, rng: np.random.Generator) -> None:
    X, y = np.array([[1.0], [3.0]]), np.array([[0.0, 1.0], [1.0, 5.0]])
    expect_close(
        tuple(answer(X, y, np.array([[1.0, 0.0]]), np.zeros(2))),
        (np.array([[3.5, -8.0]]), np.array([1.5, -3.0])),
        what="(dW, db)",
        why="the misses are (1, −1) and (2, −5); the mean is over the examples only",
    )
    for batch, n_in, n_out in ((6, 3, 2), (4, 2, 5), (1, 3, 3)):
        problem = _problem(rng, batch, n_in, n_out)
        expect_close(
            tuple(answer(*problem)),
            _slopes(*problem),
            what="(dW, db)",
            why="the mean is over the examples, not over the outputs",
        )
    miss = float(rng.integers(1, 90))
    X, y = np.array([[1.0], [2.0]]), np.array([[1e9, 0.0], [0.0, -miss]])
    expect_close(
        tuple(answer(X, y, np.zeros((1, 2)), np.zeros(2))),
        (np.array([[-5e8, miss]]), np.array([-5e8, miss / 2])),
        what="(dW, db)",
        why=f"the first output misses by −10⁹ and 0, the second by 0 and {miss:g}",
    )
    y[0, 0] = 1e200
    dW, db = map(np.asarray, answer(X, y, np.zeros((1, 2)), np.zeros(2)))
    why = "a miss is −10²⁰⁰: only the cost is too large for a computer"
    # in float32 the slopes of the first output are too large as well
    is_number = not np.isnan(dW).any() and not np.isnan(db).any()
    expect_that(is_number, "The gradient contains nan (not a number).", why=why)
    got = np.array([dW[0, 1], db[1]])
    expect_close(got, np.array([miss, miss / 2]), what="the slopes of the second output", why=why)


@exercise.check("is zero at the best fit")
def zero_at_best_fit(answer: Answer, rng: np.random.Generator) -> None:
    X, y, _, _ = _problem(rng, 9, 3, 2)
    best = np.linalg.lstsq(np.column_stack([X, np.ones(9)]), y, rcond=None)[0]
    got = tuple(answer(X, y, best[:3], best[3]))
    expect_close(got, (np.zeros((3, 2)), np.zeros(2)), what="(dW, db)", why="nothing is lower")


@exercise.wrong(caught_by=by_hand, hint=3)
def sum_not_mean(X, y, W, b):
    """You added the examples up. The cost is their mean: twice the houses, the same gradient."""
    miss = X @ W + b - y
    return X.T @ miss, miss.sum(axis=0)


def _weights_over_outputs_too(X, y, W, b):
    miss = X @ W + b - y
    return X.T @ miss / miss.size, miss.mean(axis=0)


def _biases_over_outputs_too(X, y, W, b):
    miss = X @ W + b - y
    return X.T @ miss / len(X), miss.sum(axis=0) / miss.size


@exercise.wrong(
    caught_by=several_outputs,
    hint=2,
    variants=(_weights_over_outputs_too, _biases_over_outputs_too),
)
def mean_over_outputs_too(X, y, W, b):
    """You also divide by the number of outputs.

    The squares of one example are summed over its outputs; the mean is over the examples.
    """
    miss = (X @ W + b - y) / y.size
    return X.T @ miss, miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def target_minus_answer(X, y, W, b):
    """Your gradient points downhill: every sign is turned.

    If an answer is too high and its input positive, a larger weight makes things worse: that
    slope is positive.
    """
    miss = (y - X @ W - b) / len(X)
    return X.T @ miss, miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def square_without_half(X, y, W, b):
    """Your gradient is twice too long: it belongs to the square, not to half the square."""
    miss = 2 * (X @ W + b - y) / len(X)
    return X.T @ miss, miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_left_out(X, y, W, b):
    """The misses are computed without the bias: the model's answers are XW + b."""
    miss = (X @ W - y) / len(X)
    return X.T @ miss, miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def one_bias_per_example(X, y, W, b):
    """Your db has one number for each example: its mean runs across the outputs.

    A bias belongs to an output, and meets all examples.
    """
    miss = X @ W + b - y
    return X.T @ miss / len(X), miss.mean(axis=1)


def _mean_of_all_misses(X, y, W, b):
    miss = X @ W + b - y
    return X.T @ miss / len(X), miss.mean()


@exercise.wrong(caught_by=shapes, hint=1, variants=(_mean_of_all_misses,))
def one_bias_for_all(X, y, W, b):
    """Your db is one number for all outputs. Each output has its own bias, and its own slope."""
    miss = (X @ W + b - y) / len(X)
    return X.T @ miss, miss.sum()


@exercise.wrong(caught_by=shapes, hint=1)
def bias_as_a_row(X, y, W, b):
    """Your db is a table with one row, (1, n_out). The biases have the shape (n_out,)."""
    miss = (X @ W + b - y) / len(X)
    return X.T @ miss, miss.sum(axis=0, keepdims=True)


@exercise.wrong(caught_by=shapes, hint=3)
def miss_beside_features(X, y, W, b):
    """`*` sets a house's misses beside its features, which fits only where there is one output.

    With several, every feature has to meet every miss.
    """
    miss = X @ W + b - y
    return np.mean(miss * X, axis=0), miss.mean(axis=0)


@exercise.wrong(caught_by=shapes, hint=3)
def transposed(X, y, W, b):
    """Your dW lies on its side: (n_out, n_in). It must have the shape of W."""
    miss = (X @ W + b - y) / len(X)
    return miss.T @ X, miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_not_averaged(X, y, W, b):
    """Your dW is a mean over the examples, but db is still a sum."""
    miss = X @ W + b - y
    return X.T @ miss / len(X), miss.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def inputs_left_out(X, y, W, b):
    """You gave each weight the mean miss, as if every input were 1. That holds for the bias."""
    miss = np.mean(X @ W + b - y, axis=0)
    return np.ones(W.shape) * miss, miss


@exercise.wrong(caught_by=by_hand, hint=2)
def losses_for_misses(X, y, W, b):
    """Half the squared miss is the loss itself. What is the slope of the loss in the answer?"""
    losses = (X @ W + b - y) ** 2 / 2
    return X.T @ losses / len(X), losses.mean(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def means_multiplied(X, y, W, b):
    """You averaged first and multiplied then: the mean input times the mean miss.

    Each miss belongs to the input of its own example. Multiply them before you take the mean.
    """
    miss = np.mean(X @ W + b - y, axis=0)
    return np.outer(np.mean(X, axis=0), miss), miss


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_inputs(X, y, W, b):
    """You divided by the number of inputs per example. The mean is over the examples."""
    miss = (X @ W + b - y) / X.shape[1]
    return X.T @ miss, miss.sum(axis=0)


def _one_output_is_far_off(call) -> bool:
    return bool(np.abs(call.args[1]).max() > 1e8)


def _is_right(call) -> bool:
    X, y, W, b = call.args
    miss = X @ W + b - y
    pairs = zip(call.value, (X.T @ miss / len(X), miss.mean(axis=0)), strict=True)
    return all(np.allclose(*pair, rtol=1e-4, atol=1e-4) for pair in pairs)


@exercise.wrong(
    caught_by=several_outputs, hint=2, recognise=rounded_away(_one_output_is_far_off, _is_right)
)
def measured_by_differences(X, y, W, b):
    """You measure the slopes, with a nudge. Beside a very large cost the nudge is rounded away.

    The slopes can be written down: what does a change of one weight do to each answer?
    """

    def cost(W, b):
        return 0.5 * np.sum((X @ W + b - y) ** 2) / len(X)

    h, dW, db = 1e-5, np.empty(np.shape(W)), np.empty(np.shape(b))
    for place in np.ndindex(dW.shape):
        nudge = np.zeros(dW.shape)
        nudge[place] = h
        dW[place] = (cost(W + nudge, b) - cost(W - nudge, b)) / (2 * h)
    for j in range(len(db)):
        nudge = h * (np.arange(len(db)) == j)
        db[j] = (cost(W, b + nudge) - cost(W, b - nudge)) / (2 * h)
    return dW, db


@exercise.wrong(caught_by=by_hand, hint=3)
def last_example_only(X, y, W, b):
    """Only the last example is left: `=` starts again in each turn, where `+=` would add.

    A sum also needs a start before the loop.
    """
    miss = (X[-1] @ W + b - y[-1]) / len(X)
    return np.outer(X[-1], miss), miss


@exercise.wrong(caught_by=several_outputs, hint=3)
def all_misses_for_each_bias(X, y, W, b):
    """Each entry of your db is the sum over all outputs. An output's bias moves only that one."""
    miss = (X @ W + b - y) / len(X)
    return X.T @ miss, np.full(np.shape(b), miss.sum())


@exercise.alternative
def with_einsum(X, y, W, b):
    miss = np.einsum("ni,io->no", X, W) + b - y
    return np.einsum("ni,no->io", X, miss) / X.shape[0], miss.mean(axis=0)


@exercise.alternative
def one_example_at_a_time(X, y, W, b):
    dW, db = np.zeros(np.shape(W)), np.zeros(np.shape(b))
    for x_i, y_i in zip(X, y, strict=True):
        miss = x_i @ W + b - y_i
        dW += np.outer(x_i, miss)
        db += miss
    return dW / len(X), db / len(X)


@exercise.alternative
def with_a_column_of_ones(X, y, W, b):
    A = np.hstack([X, np.ones((len(X), 1))])
    v = np.vstack([W, b])
    d = A.T @ (A @ v - y) / len(A)
    return [d[:-1], d[-1]]

"""A dense layer without activation: all neurons, all examples, one product."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="dense",
    title="A whole layer at once",
    points=1,
    size="1 line",
    leads_to="`forward` is a chain of these.",
    task="""Compute the pre-activations of a layer for a whole batch. Row i of `X` is example i;
column j of `W` holds the weights *into* neuron j, and `b[j]` is its bias. No activation yet.

Example: `X = [[1, 2], [0, 1]]`, `W = [[3], [5]]`, `b = [10]`. Example 0 gives 1·3 + 2·5 + 10 = 23,
example 1 gives 0·3 + 1·5 + 10 = 15, so the result is `[[23], [15]]`, shape (2, 1).""",
    hints=(
        """
        Write the three shapes in a row: `X (batch, n_in)`, `W (n_in, n_out)`, result `(batch,
        n_out)`. Which numbers meet and vanish?
        """,
        """
        Entry (i, j) of the result is row i of `X` times column j of `W`, summed. That is what one
        of Python's operators does. The bias joins each *row*, and NumPy does this by itself for a
        `b` of shape `(n_out,)`. (If you fill an array of your own: whole numbers have no room for
        fractions.)
        """,
        """
        Prices: baskets `[[2, 1], [0, 3]]` (two customers, two goods) and prices `[[4], [5]]`.
        `baskets @ prices` is `[[13], [15]]`. `baskets * prices` is something else: `[[8, 4], [0,
        15]]`, nothing added up.
        """,
        """
        Skeleton:

        ```python
        return ... @ ... + ...
        ```
        """,
    ),
)


@exercise.reference
def dense(X, W, b):
    """Return the pre-activations of a fully connected layer.

    Args:
        X: one example per row, (batch, n_in).
        W: weights, (n_in, n_out); column j leads into neuron j.
        b: biases, (n_out,).

    Returns:
        Pre-activations, (batch, n_out).
    """
    return X @ W + b


def layer(rng: np.random.Generator, batch: int, n_in: int, n_out: int):
    """Random X, W and b with these sizes."""
    return rng.normal(size=(batch, n_in)), rng.normal(size=(n_in, n_out)), rng.normal(size=n_out)


@exercise.check("(batch, n_in) goes in, (batch, n_out) comes out")
def keeps_shapes(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_in, n_out in ((4, 2, 1), (1, 2, 4), (5, 3, 2)):
        shapes = (batch, n_in), (n_in, n_out), n_out
        X, W, b = (rng.integers(-3, 4, shape) + 0.0 for shape in shapes)
        expect_shape(answer(X, W, b), (batch, n_out))


@exercise.check("gets a small layer right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    X = np.array([[1.0, 2.0], [0.0, -3.0]])
    W = np.array([[3.0, 1.0], [5.0, -2.0]])
    b = np.array([10.0, 100.0])
    expect_close(answer(X, W, b), np.array([[23.0, 97.0], [-5.0, 106.0]]))
    X[1, 0], b[1] = rng.integers(2, 9, 2)
    rows = [x[0] * W[0] + x[1] * W[1] + b for x in X]
    expect_close(answer(X, W, b), np.array(rows))


@exercise.check("random layers, square ones included", points=0.5)
def random_layers(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ((5, 3, 2), (3, 3, 3), (1, 4, 1)):
        X, W, b = layer(rng, *sizes)
        expect_close(answer(X, W, b), np.einsum("bi,io->bo", X, W) + np.ones((len(X), 1)) * b)


@exercise.check("whole numbers go in, fractions come out")
def takes_integers(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.integers(-4, 5, (3, 2))
    _, W, b = layer(rng, 3, 2, 2)
    as_floats = np.asarray(answer(X.astype(float), W, b))
    why = "the same numbers, as floats, give this"
    expect_close(answer(X, W, b), as_floats, why=why)


@exercise.wrong(caught_by=keeps_shapes, hint=1)
def neurons_in_rows(X, W, b):
    """You read each row of W as a neuron; here the columns are the neurons.

    With a square W nothing complains, and everything is wrong.
    """
    return X @ np.transpose(W) + b


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_forgotten(X, W, b):
    """The product is right; the biases never join it."""
    return X @ W


@exercise.wrong(caught_by=keeps_shapes, hint=3)
def entry_by_entry(X, W, b):
    """`*` multiplies entry by entry. A layer also has to add up."""
    return X * W + b


@exercise.wrong(caught_by=keeps_shapes, hint=2)
def bias_per_example(X, W, b):
    """Your bias runs down the examples: every row got its own.

    A bias belongs to a neuron, so to a column.
    """
    return X @ W + b[:, None]


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_of_biases(X, W, b):
    """You added all biases to every neuron; each neuron has its own."""
    return X @ W + np.sum(b)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_inside_the_sum(X, W, b):
    """Your bias was added before the sum was taken, so it is counted once per input."""
    return X @ W + X.shape[1] * np.asarray(b)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_twice(X, W, b):
    """The bias was added twice. It belongs to each sum once."""
    return X @ W + 2 * np.asarray(b)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_stretches(X, W, b):
    """Your bias multiplies the sums. It should shift each of them, not stretch it."""
    return (X @ W) * b


@exercise.wrong(caught_by=by_hand, hint=1)
def with_an_activation(X, W, b):
    """You cut off everything below 0. This function returns the sums before any activation."""
    return np.maximum(X @ W + b, 0)


@exercise.wrong(caught_by=takes_integers, hint=2)
def whole_sums(X, W, b):
    """Your array of sums has the type of X: with whole numbers every sum loses its fraction."""
    z = np.zeros((len(X), len(b)), dtype=np.asarray(X).dtype)
    for i, x in enumerate(X):
        z[i] = x @ W + b
    return z


@exercise.alternative
def three_loops(X, W, b):
    z = [[float(b[j]) for j in range(len(b))] for _ in range(len(X))]
    for i in range(len(X)):
        for j in range(len(b)):
            for k in range(len(W)):
                z[i][j] += X[i][k] * W[k][j]
    return z


@exercise.alternative
def row_by_row(X, W, b):
    return np.array([np.dot(x, W) + b for x in X])


@exercise.alternative
def ones_appended(X, W, b):
    return np.hstack([X, np.ones((len(X), 1))]) @ np.vstack([W, b])


@exercise.alternative
def with_einsum(X, W, b):
    return np.einsum("bi,io->bo", X, W) + np.reshape(b, (1, -1))

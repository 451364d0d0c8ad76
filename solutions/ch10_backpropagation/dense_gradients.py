"""From the error of a layer to the slopes of its own weights and biases."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_parts, expect_shape

exercise = Exercise(
    id="dense_gradients",
    title="What the weights get",
    points=1,
    size="about 2 lines",
    leads_to="`backprop` turns every delta into gradients by it.",
    task=r"""Given what went into a layer, `a_prev`, and its error `delta`
$= \partial C/\partial z$ (the 1/batch is inside), return the gradients `(dW, db)` of its weights
and biases. They have the shapes of W and b.

Example: two examples, one input, one unit: `a_prev = [[2], [3]]`, `delta = [[10], [100]]`. The
weight met a 2 in the first example and a 3 in the second: dW = 2·10 + 3·100, `[[320.]]`; the bias
met a 1 both times: db is `[110.]`.""",
    hints=(
        """
        `a_prev` is (batch, n_in), `delta` is (batch, n_out) and dW must be (n_in, n_out). Which
        axis has to disappear, and which product makes it disappear?
        """,
        """
        In every example the slope of a weight is what came in times the error at its unit; a bias
        is a weight whose input is always 1. Then sum over the examples, and over the examples only:
        the mean's 1/batch is in `delta` already.
        """,
        """
        Worked with one example, `a_prev = [[1, 2]]` and `delta = [[10, 20, 30]]`: dW is `[[10, 20,
        30], [20, 40, 60]]`, a row per input and a column per unit. A second example adds a table of
        the same form to it.
        """,
        """
        Skeleton:

        ```python
        dW = ... @ ...             # (n_in, n_out)
        db = delta.sum(...)        # (n_out,)
        return dW, db
        ```
        """,
    ),
)


@exercise.reference
def dense_gradients(a_prev, delta):
    """Gradients of a dense layer's parameters.

    Args:
        a_prev: what went into the layer, (batch, n_in).
        delta: ∂C/∂z of the layer, (batch, n_out), the 1/batch of the mean inside.

    Returns:
        (dW, db): ∂C/∂W, (n_in, n_out), and ∂C/∂b, (n_out,).
    """
    return a_prev.T @ delta, delta.sum(axis=0)


@exercise.check("returns dW and db with the shapes of W and b")
def shapes(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_in, n_out in ((3, 2, 4), (1, 2, 4), (4, 1, 3)):
        sizes = (batch, n_in), (batch, n_out)
        got = answer(*(rng.integers(1, 6, size=size) * 1.0 for size in sizes))
        expect_parts(got, "(dW, db)")
        expect_shape(got[0], (n_in, n_out), what="dW")
        expect_shape(got[1], (n_out,), what="db")


@exercise.check("two examples by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    for n in (5.0, float(rng.integers(6, 90))):
        dW, db = answer(np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[10.0, 20.0], [3.0, n]]))
        expected, why = (
            np.array([[10.0, 20.0], [17.0, 40 - n]]),
            f"its last entry is 2·20 − 1·{n:g}",
        )
        expect_close(dW, expected, what="dW", why=why)
        expect_close(db, np.array([13.0, 20 + n]), what="db", why=f"10 + 3 and 20 + {n:g}")


@exercise.check("any sizes: slopes of Σ delta · (a_prev W + b)", points=0.5)
def any_sizes(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n_in, n_out in ((5, 3, 2), (3, 3, 3), (1, 4, 2), (7, 1, 5)):
        a_prev, delta = rng.normal(size=(batch, n_in)), rng.normal(size=(batch, n_out))
        dW, db = answer(a_prev, delta)
        # Σ delta · (a_prev W + b) is linear: its slope in an entry is its value at a unit matrix
        expected = [[np.sum(delta[:, j] * a_prev[:, i]) for j in range(n_out)] for i in range(n_in)]
        expect_close(dW, np.array(expected), what="dW")
        expect_close(db, np.array([np.sum(delta[:, j]) for j in range(n_out)]), what="db")


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_again(a_prev, delta):
    """You divide by the batch once more. The 1/batch of the mean is in delta already."""
    return a_prev.T @ delta / len(delta), delta.sum(axis=0) / len(delta)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_by_mean(a_prev, delta):
    """Your dW is right; for db you took the mean over the examples, which divides a second time."""
    return a_prev.T @ delta, delta.mean(axis=0)


@exercise.wrong(caught_by=by_hand, hint=2)
def weights_by_mean(a_prev, delta):
    """Your db is right; dW is divided by the batch, although delta has the 1/batch inside."""
    return a_prev.T @ delta / len(delta), delta.sum(axis=0)


@exercise.wrong(caught_by=shapes, hint=1)
def bias_over_everything(a_prev, delta):
    """Your db is one number for all units. Each bias belongs to one unit: sum over the examples."""
    return a_prev.T @ delta, delta.sum()


@exercise.wrong(caught_by=shapes, hint=1)
def bias_per_example(a_prev, delta):
    """Your db has one entry per example: you summed along the wrong axis."""
    return a_prev.T @ delta, delta.sum(axis=1)


@exercise.wrong(caught_by=shapes, hint=4)
def bias_as_a_row(a_prev, delta):
    """Your db is a table with one row, (1, n_out). The biases have the shape (n_out,)."""
    return a_prev.T @ delta, delta.sum(axis=0, keepdims=True)


@exercise.wrong(caught_by=shapes, hint=1)
def lying_on_its_side(a_prev, delta):
    """Your dW is transposed: it should have a row per input and a column per unit, like W."""
    return delta.T @ a_prev, delta.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=3)
def reshaped(a_prev, delta):
    """`reshape` fills a new shape in reading order; it doesn't swap rows and columns."""
    return a_prev.reshape(a_prev.shape[::-1]) @ delta, delta.sum(axis=0)


@exercise.wrong(caught_by=shapes, hint=4)
def in_the_wrong_order(a_prev, delta):
    """The right two arrays in the wrong order: weights first, then biases."""
    return delta.sum(axis=0), a_prev.T @ delta


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_forgotten(a_prev, delta):
    """The biases get no slope at all. A bias is a weight whose input is always 1."""
    return a_prev.T @ delta, np.zeros(delta.shape[1])


@exercise.wrong(caught_by=shapes, hint=4)
def mean_again_as_a_row(a_prev, delta):
    """Two things: db is a table with one row, where b has the shape (n_out,).

    And you divide by the batch once more, although delta has the 1/batch inside.
    """
    return a_prev.T @ delta / len(delta), delta.sum(axis=0, keepdims=True) / len(delta)


@exercise.wrong(caught_by=shapes, hint=2)
def bias_not_summed(a_prev, delta):
    """Your db is delta itself, a row per example. All examples share one bias: add them up."""
    return a_prev.T @ delta, delta


@exercise.wrong(caught_by=by_hand, hint=3)
def outer_of_sums(a_prev, delta):
    """You add up the examples first and multiply then. Each example multiplies its own two rows."""
    return np.outer(a_prev.sum(axis=0), delta.sum(axis=0)), delta.sum(axis=0)


@exercise.wrong(caught_by=shapes, hint=3)
def outer_of_everything(a_prev, delta):
    """`np.outer` flattens both tables: every example meets every other. It is for two vectors."""
    return np.outer(a_prev, delta), delta.sum(axis=0)


def _weights_of_the_last_example(a_prev, delta):
    return np.outer(a_prev[-1], delta[-1]), delta.sum(axis=0)


@exercise.wrong(caught_by=by_hand, hint=3, variants=(_weights_of_the_last_example,))
def last_example_only(a_prev, delta):
    """Only the last example counts: is it `=` in a loop, and not `+=`?"""
    return np.outer(a_prev[-1], delta[-1]), delta[-1]


@exercise.wrong(caught_by=shapes, hint=4)
def weights_only(a_prev, delta):
    """You return dW alone; db, the slopes of the biases, is asked for too."""
    return a_prev.T @ delta


@exercise.alternative
def sum_of_outer_products(a_prev, delta):
    dW, db = np.zeros((a_prev.shape[1], delta.shape[1])), np.zeros(delta.shape[1])
    for a, d in zip(a_prev, delta, strict=True):
        dW += np.outer(a, d)
        db += d
    return dW, db


@exercise.alternative
def by_einsum(a_prev, delta):
    return [np.einsum("bi,bo->io", a_prev, delta), np.einsum("bo->o", delta)]


@exercise.alternative
def with_a_column_of_ones(a_prev, delta):
    both = np.hstack([a_prev, np.ones((len(a_prev), 1))]).T @ delta
    return both[:-1], both[-1]

"""The step backwards: from the error of one layer to the error of the layer before it."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, probe, raises
from annkit.lessons.backpropagation.slopes import complex_step

exercise = Exercise(
    id="hidden_delta",
    title="One layer back",
    points=2,
    size="about 1 line",
    leads_to="`backprop` uses it once for every hidden layer.",
    task=r"""Given the error `delta_next` $= \partial C/\partial z$ of the *next* layer (the one
nearer to the output), return the error of this one. This layer's activations $a = f(z)$ go into
the next layer through `W_next`; `f_prime` is this layer's slope and takes pre-activations.

Example: one example, two units here, one in the next layer: `delta_next = [[10]]`,
`W_next = [[3], [-1]]`, `z = [[2, 4]]`, `f_prime(z) = 2z`. Unit 1 gets 10·3·4 = 120, unit 2 gets
10·(−1)·8 = −80: `[[120., -80.]]`.""",
    hints=(
        """
        A unit of this layer feeds *every* unit of the next. By which weights does it do so: a row
        of `W_next` or a column? What happens to influences that take several paths?
        """,
        """
        The influence on the cost is summed over all ways: each error of the next layer times the
        weight on the way there. That gives ∂C/∂a, with one column per unit of this layer. One link
        is left, from a to z.
        """,
        """
        Worked for the sums alone, with `delta_next = [[2, 3, 1]]` and two units here that send
        weights (5, 0, 1) and (0, 4, 2): the first gets 2·5 + 3·0 + 1·1 = 11, the second
        2·0 + 3·4 + 1·2 = 14. Write this as a product of matrices: `W_next` is (2, 3); what must be
        done to it so that (1, 3) times it is (1, 2)?
        """,
        """
        Skeleton:

        ```python
        da = ... @ ...          # (batch, n)
        return da * ...
        ```
        """,
    ),
)


@exercise.reference
def hidden_delta(delta_next, W_next, z, f_prime):
    """Send an error one layer back.

    Args:
        delta_next: ∂C/∂z of the next layer, (batch, n_next), the 1/batch of the mean inside.
        W_next: weights from this layer to the next, (n, n_next).
        z: pre-activations of this layer, (batch, n).
        f_prime: the derivative of this layer's activation; takes pre-activations.

    Returns:
        ∂C/∂z of this layer, (batch, n).
    """
    return delta_next @ W_next.T * f_prime(z)


@probe
def with_slope(hidden_delta, delta_next, W_next, z, name):
    """Call it with the derivative of the activation of this name."""
    import numpy as np

    known = {
        "identity": np.ones_like,
        "square": lambda z: 2 * z,
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "relu": lambda z: (z > 0) * 1.0,
        "sine": np.cos,
    }
    return hidden_delta(delta_next, W_next, z, known[name])


def slopes(case, f):
    """The slopes of Σ delta_next · (f(z) W_next), which has these errors, (batch, n)."""
    delta_next, W_next, z = case
    return complex_step(lambda z: np.einsum("bm,bn,nm->", delta_next, f(z), W_next), z)


def layers(rng: np.random.Generator, batch: int, n: int, n_next: int):
    """Random (delta_next, W_next, z) for these sizes."""
    return (
        rng.normal(size=(batch, n_next)),
        rng.normal(size=(n, n_next)),
        rng.normal(size=(batch, n)) * 1.5,
    )


@exercise.check("has one row per example and one column per unit of this layer")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n, n_next in ((3, 3, 3), (1, 2, 3), (4, 3, 2), (5, 4, 1)):
        sizes = (batch, n_next), (n, n_next), (batch, n)
        case = (rng.integers(1, 5, size=size) * 1.0 for size in sizes)
        expect_shape(answer.probe(with_slope, *case, "square"), (batch, n), what="delta")


@exercise.check("one example, two units here and two there, by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    delta = answer.probe(
        with_slope,
        np.array([[1.0, 10.0]]),
        np.array([[2.0, 3.0], [4.0, 5.0]]),
        np.array([[1.0, 3.0]]),
        "square",
    )
    expect_close(
        delta,
        np.array([[64.0, 324.0]]),
        what="delta",
        why="the sums are 1·2 + 10·3 = 32 and 1·4 + 10·5 = 54, the slopes 2 and 6",
    )
    case = tuple(rng.integers(1, 6, size=size) * 1.0 for size in ((1, 2), (2, 2), (1, 2)))
    expect_close(
        answer.probe(with_slope, *case, "square"),
        slopes(case, lambda z: z**2),
        what="delta",
        why="f is the square, so the slopes are 2z",
    )


@exercise.check("the weighted sums alone, where every slope is 1", points=0.5)
def sums_alone(answer: Answer, rng: np.random.Generator) -> None:
    for batch, n, n_next in ((4, 3, 2), (6, 2, 4), (3, 5, 1)):
        case = layers(rng, batch, n, n_next)
        expect_close(
            answer.probe(with_slope, *case, "identity"),
            slopes(case, lambda z: z),
            what="delta",
            why="the slope of the identity is 1, so only the weighted sums are left",
        )


@exercise.check("any activation: the slope of the cost", points=1)
def any_activation(answer: Answer, rng: np.random.Generator) -> None:
    functions = {"tanh": np.tanh, "relu": lambda z: z * (z.real > 0), "sine": np.sin}
    sizes = ((4, 3, 2), (3, 3, 3), (5, 2, 6))
    for (name, f), size in zip(functions.items(), sizes, strict=True):
        case = layers(rng, *size)
        expect_close(
            answer.probe(with_slope, *case, name),
            slopes(case, f),
            what="delta",
            why=f"f is {name}",
        )


@exercise.wrong(caught_by=by_hand, hint=2)
def prime_missing(delta_next, W_next, z, f_prime):
    """You stopped at ∂C/∂a. This layer's activation, with its slope, stands between a and z."""
    return delta_next @ W_next.T


@exercise.wrong(caught_by=has_the_shape, hint=3)
def not_transposed(delta_next, W_next, z, f_prime):
    """The weights point the wrong way.

    `W_next` leads from this layer to the next; on the way back its rows and columns change places.
    Where both layers are equally wide nobody would complain.
    """
    return delta_next @ W_next * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=3)
def reshaped(delta_next, W_next, z, f_prime):
    """`reshape` fills a new shape in reading order; it doesn't swap rows and columns."""
    return delta_next @ W_next.reshape(W_next.shape[::-1]) * f_prime(z)


@exercise.wrong(caught_by=sums_alone, hint=2)
def mean_again(delta_next, W_next, z, f_prime):
    """You divide by the batch once more. `delta_next` has brought the 1/batch along."""
    return delta_next @ W_next.T * f_prime(z) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def prime_of_the_error(delta_next, W_next, z, f_prime):
    """You put the error into `f_prime`. The slope is taken where this layer was: at its z."""
    return f_prime(delta_next @ W_next.T)


@exercise.wrong(caught_by=by_hand, hint=1)
def sums_separately(delta_next, W_next, z, f_prime):
    """You multiply the sum of all errors by the sum of a unit's weights.

    Each error goes back along its own weight; the sum comes after the products.
    """
    return delta_next.sum(axis=1, keepdims=True) * W_next.sum(axis=1) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def mean_of_the_ways(delta_next, W_next, z, f_prime):
    """You averaged over the units of the next layer. Influences along several paths add up."""
    return delta_next @ W_next.T * f_prime(z) / W_next.shape[1]


@exercise.wrong(caught_by=by_hand, hint=1)
def added_slope(delta_next, W_next, z, f_prime):
    """You add the slope. The links of a chain are multiplied."""
    return delta_next @ W_next.T + f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def times_z(delta_next, W_next, z, f_prime):
    """You multiplied by z itself; the link from a to z is the *slope* of the activation there."""
    return delta_next @ W_next.T * z


@exercise.wrong(caught_by=by_hand, hint=1)
def last_way_only(delta_next, W_next, z, f_prime):
    """Of the paths to the next layer only the last counts: is it `=` in a loop, and not `+=`?"""
    return np.outer(delta_next[:, -1], W_next[:, -1]) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def all_weights_one(delta_next, W_next, z, f_prime):
    """`W_next` has no effect: each unit gets the plain sum of the errors. Its weights decide."""
    return delta_next.sum(axis=1, keepdims=True) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def prime_of_the_prime(delta_next, W_next, z, f_prime):
    """`f_prime` is taken twice: the slope was put into it again. It is taken once, at z."""
    return delta_next @ W_next.T * f_prime(f_prime(z))


@exercise.wrong(caught_by=by_hand, hint=2)
def times_prime_of_the_error(delta_next, W_next, z, f_prime):
    """You take the slope at the error that comes back; it belongs at z, where this layer was."""
    da = delta_next @ W_next.T
    return da * f_prime(da)


def _slopes_of_z_as_an_activation(delta_next, W_next, z, f_prime):
    return delta_next @ W_next.T * z * (1 - z)


def _slopes_of_tanh(delta_next, W_next, z, f_prime):
    return delta_next @ W_next.T * (1 - np.tanh(z) ** 2)


@exercise.wrong(
    caught_by=by_hand, hint=2, variants=(_slopes_of_z_as_an_activation, _slopes_of_tanh)
)
def slope_of_its_own(delta_next, W_next, z, f_prime):
    """You go back with the slope of a sigmoid or of tanh. This layer's own slope is `f_prime`."""
    s = 1 / (1 + np.exp(-z))
    return delta_next @ W_next.T * s * (1 - s)


@exercise.wrong(caught_by=has_the_shape, hint=2)
def slope_before_the_weights(delta_next, W_next, z, f_prime):
    """You multiply by this layer's slope before the error has come here: the weights come first."""
    return (delta_next * f_prime(z)) @ W_next.T


@exercise.wrong(caught_by=by_hand, hint=2)
def slope_of_the_next_layer(delta_next, W_next, z, f_prime):
    """You take the slope in the *next* layer, at `z @ W_next`: `delta_next` has that one inside.

    What is missing is the slope of this layer, at its own z.
    """
    return (delta_next * f_prime(z @ W_next)) @ W_next.T


@exercise.wrong(caught_by=by_hand, hint=3)
def undone(delta_next, W_next, z, f_prime):
    """You go back through the *inverse* of `W_next`, as if the layer had to be undone.

    The error takes the same paths back, each with the same weight.
    """
    return delta_next @ np.linalg.pinv(W_next) * f_prime(z)


def _is_not_square(call) -> bool:
    rows, columns = np.shape(call.args[1])
    return rows != columns


@exercise.wrong(
    caught_by=has_the_shape, hint=3, recognise=raises("must be square", where=_is_not_square)
)
def undone_where_square(delta_next, W_next, z, f_prime):
    """You invert `W_next`. Nothing is to be undone on the way back, and few matrices are square.

    The error takes the same paths back, each with the same weight.
    """
    return delta_next @ np.linalg.inv(W_next) * f_prime(z)


@exercise.wrong(caught_by=has_the_shape, hint=3)
def on_its_side(delta_next, W_next, z, f_prime):
    """`W_next @ delta_next.T` has a row per *unit*; `f_prime(z)` has a row per example."""
    return (W_next @ delta_next.T) * f_prime(z)


@exercise.wrong(caught_by=has_the_shape, hint=2)
def slope_by_matrix_product(delta_next, W_next, z, f_prime):
    """The weights are right; then you multiply by the slopes with `@`, which mixes the units.

    Each unit has one slope, and only its own error meets it.
    """
    return delta_next @ W_next.T @ f_prime(z)


@exercise.alternative
def columns_first(delta_next, W_next, z, f_prime):
    return (W_next @ delta_next.T).T * f_prime(z)


@exercise.alternative
def by_einsum(delta_next, W_next, z, f_prime):
    return np.einsum("bm,nm,bn->bn", delta_next, W_next, f_prime(z))


@exercise.alternative
def unit_by_unit(delta_next, W_next, z, f_prime):
    slope, delta = f_prime(z), np.zeros(z.shape)
    for i in range(z.shape[0]):
        for unit in range(z.shape[1]):
            ways = [d * w for d, w in zip(delta_next[i], W_next[unit], strict=True)]
            delta[i, unit] = sum(ways) * slope[i, unit]
    return delta

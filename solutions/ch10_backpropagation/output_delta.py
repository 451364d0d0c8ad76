"""Where backpropagation starts: the error of the output layer, at its pre-activations."""

import numpy as np

from annkit.exercises import Answer, Exercise, changes, expect_close, expect_shape, probe
from annkit.lessons.backpropagation.slopes import complex_step

exercise = Exercise(
    id="output_delta",
    title="The error at the output",
    points=2,
    size="about 1 line",
    leads_to="`backprop` starts with it.",
    task=r"""Return $\delta = \partial C/\partial z$ of the output layer for the cost $C$ of
`mse_cost` (the mean over the batch of ½ Σ (ŷ − y)²), where $\hat y = f(z)$. The function `f_prime`
is handed to you and takes pre-activations. The 1/batch of the mean belongs inside.

Example: two examples, `z = [[3], [1]]`, `y_hat = [[9], [1]]`, `y = [[7], [5]]`, and
`f_prime(z) = 2z` (so f is the square). The misses are 2 and −4, the slopes 6 and 2, the batch has
2 examples: delta is `[[6.], [-4.]]`.""",
    hints=(
        """
        How does the cost move when one entry of z moves? Follow it: z moves ŷ, and ŷ moves the
        cost. That is a chain of two links.
        """,
        """
        The first link is the slope of the activation at z. The second is the gradient of `mse_cost`
        in ŷ, which you wrote in chapter 5: the miss, divided by the number of examples. Each entry
        of z reaches the cost through its own entry of ŷ only, so the links are multiplied entry by
        entry.
        """,
        """
        The same for another cost, the mean of ŷ³ with ŷ = f(z) = z²: one entry moves the cost by
        3ŷ²/batch · 2z. For `z = [[1], [2]]`, so ŷ = (1, 4), that is 3·1/2·2 = 3 and 3·16/2·4 = 96.
        """,
        """
        Skeleton:

        ```python
        miss = ...                     # (batch, n_out)
        return miss * ... / ...
        ```
        """,
    ),
)


@exercise.reference
def output_delta(z, y_hat, y, f_prime):
    """Error of the output layer: the slope of the cost in each pre-activation.

    Args:
        z: pre-activations of the output layer, (batch, n_out).
        y_hat: predictions f(z), (batch, n_out).
        y: what was observed, (batch, n_out).
        f_prime: the derivative of the activation f; takes pre-activations of any shape.

    Returns:
        ∂C/∂z, (batch, n_out), where C is the mean over the batch of ½ Σ (y_hat − y)²; the
        1/batch is in it.
    """
    return (y_hat - y) * f_prime(z) / len(y)


@probe
def with_activation(output_delta, z, y, name):
    """Let the activation of this name make y_hat, and hand over its derivative."""
    import numpy as np

    functions = {
        "identity": lambda z: z + 0.0,
        "square": lambda z: z**2,
        "tanh": lambda z: np.tanh(z),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
        "sine": lambda z: np.sin(z),
    }
    slopes = {
        "identity": lambda z: np.ones_like(z),
        "square": lambda z: 2 * z,
        "tanh": lambda z: 1 - np.tanh(z) ** 2,
        "sigmoid": lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2,
        "sine": lambda z: np.cos(z),
    }
    return output_delta(z, functions[name](z), y, slopes[name])


def slopes(z, y, f):
    """The derivative of the cost in every entry of z, (batch, n_out)."""
    return complex_step(lambda z: np.mean(np.sum((f(z) - y) ** 2 / 2, axis=1)), z)


@exercise.check("has the shape of z")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (1, 2), (5, 1)):
        z = rng.integers(1, 5, size=shape) * 1.0
        expect_shape(answer.probe(with_activation, z, z, "square"), shape, what="delta")


@exercise.check("two examples with three outputs by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[1.0, 2.0, -3.0], [0.5, -1.0, 2.0]])
    y = np.array([[3.0, 0.0, 8.0], [0.25, 2.0, -2.0]])
    expect_close(
        answer.probe(with_activation, z, y, "square"),
        np.array([[-2.0, 8.0, -3.0], [0.0, 1.0, 12.0]]),
        what="delta",
        why="f is the square, so the slopes are 2z; the first entry is (1 − 3)·2/2",
    )
    z, y = rng.integers(1, 6, size=(2, 2, 3)) * rng.choice([-1.0, 1.0], size=(2, 2, 3))
    expect_close(
        answer.probe(with_activation, z, y, "square"),
        slopes(z, y, lambda z: z**2),
        what="delta",
        why="f is the square, so the slopes are 2z",
    )


@exercise.check("an output without activation", points=0.5)
def without_activation(answer: Answer, rng: np.random.Generator) -> None:
    z, y = rng.normal(size=(2, 5, 3))
    expect_close(
        answer.probe(with_activation, z, y, "identity"),
        slopes(z, y, lambda z: z),
        what="delta",
        why="the slope of the identity is 1 everywhere",
    )


@exercise.check("any activation, any batch: the slope of the cost", points=1)
def any_activation(answer: Answer, rng: np.random.Generator) -> None:
    functions = {
        "tanh": lambda z: np.tanh(z),
        "sine": lambda z: np.sin(z),
        "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    }
    for (name, f), shape in zip(functions.items(), ((4, 3), (7, 2), (1, 4)), strict=True):
        z, y = rng.normal(size=(2, *shape)) * 1.5
        expect_close(
            answer.probe(with_activation, z, y, name),
            slopes(z, y, f),
            what="delta",
            why=f"f is {name}",
        )


@exercise.wrong(caught_by=by_hand, hint=1)
def prime_missing(z, y_hat, y, f_prime):
    """This is the slope of the cost in ŷ. From ŷ to z it takes one more link of the chain."""
    return (y_hat - y) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_missing(z, y_hat, y, f_prime):
    """These are the errors of the single losses; the cost is their mean: where is its 1/batch?"""
    return (y_hat - y) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_entries(z, y_hat, y, f_prime):
    """You divided by examples times outputs. The losses of one example are summed over outputs."""
    return (y_hat - y) * f_prime(z) / y.size


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_outputs(z, y_hat, y, f_prime):
    """You divided by the number of outputs. A mean over the batch counts something else."""
    return (y_hat - y) * f_prime(z) / y.shape[1]


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_reversed(z, y_hat, y, f_prime):
    """Every sign is reversed. When a prediction is too high, does raising it raise the cost?"""
    return (y - y_hat) * f_prime(z) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def prime_of_the_activation(z, y_hat, y, f_prime):
    """You asked for the slope at ŷ. A derivative is taken where the function was: at z."""
    return (y_hat - y) * f_prime(y_hat) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def prime_of_the_miss(z, y_hat, y, f_prime):
    """You put the miss into `f_prime`. It is a factor of its own; the slope is taken at z."""
    return f_prime(y_hat - y) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def twice_the_miss(z, y_hat, y, f_prime):
    """Twice too large: the half of ½(ŷ − y)² has been lost."""
    return 2 * (y_hat - y) * f_prime(z) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def miss_of_z(z, y_hat, y, f_prime):
    """You compare z with y. The prediction is what comes out of the activation."""
    return (z - y) * f_prime(z) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_miss(z, y_hat, y, f_prime):
    """This is the miss alone. Two factors are missing: the slope of the activation, and 1/batch."""
    return y_hat - y


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_reversed_and_no_mean(z, y_hat, y, f_prime):
    """Two things: y − ŷ turns every sign, and the 1/batch of the mean is missing.

    Some books write delta so, and *add* their steps. Here it is the slope of the mean itself.
    """
    return (y - y_hat) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_place_and_mean(z, y_hat, y, f_prime):
    """Three things: y − ŷ turns every sign, `f_prime` wants z, not ŷ, and the 1/batch is missing.

    Code for one fixed sigmoid is often written so. Here the slope is handed in and taken at z.
    """
    return (y - y_hat) * f_prime(y_hat)


@exercise.wrong(caught_by=by_hand, hint=1)
def place_and_mean(z, y_hat, y, f_prime):
    """Two things: `f_prime` wants z and not ŷ, and the 1/batch of the mean is missing."""
    return (y_hat - y) * f_prime(y_hat)


@exercise.wrong(caught_by=by_hand, hint=2)
def of_summed_squares(z, y_hat, y, f_prime):
    """This is the slope of Σ(ŷ − y)²: the half has been lost, and the 1/batch of the mean."""
    return 2 * (y_hat - y) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def of_mean_squares(z, y_hat, y, f_prime):
    """This is the slope of `np.mean((ŷ − y)**2)`: without the half, and over outputs as well.

    `mse_cost` halves the squares and divides by the number of examples only.
    """
    return 2 * (y_hat - y) * f_prime(z) / y.size


@exercise.wrong(caught_by=by_hand, hint=2)
def cost_times_slope(z, y_hat, y, f_prime):
    """You multiply the cost itself by the slope at z. The first link is the *slope* of the cost."""
    return np.mean(np.sum((y_hat - y) ** 2 / 2, axis=1)) * f_prime(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def losses_times_slope(z, y_hat, y, f_prime):
    """Half the squared miss is the loss itself. The first link is its slope, which is the miss."""
    return (y_hat - y) ** 2 / 2 * f_prime(z) / len(y)


@exercise.wrong(caught_by=has_the_shape, hint=1)
def slope_by_matrix_product(z, y_hat, y, f_prime):
    """You multiply miss and slope with `@`, which mixes the outputs.

    Each output has one slope, and only its own miss meets it.
    """
    return (y_hat - y) / len(y) @ f_prime(z)


def _slopes_of_a_sigmoid(z, y_hat, y, f_prime):
    s = 1 / (1 + np.exp(-z))
    return (y_hat - y) / len(z) * s * (1 - s)


def _slopes_of_tanh(z, y_hat, y, f_prime):
    return (y_hat - y) / len(z) * (1 - y_hat**2)


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_slopes_of_a_sigmoid, _slopes_of_tanh))
def slope_of_its_own(z, y_hat, y, f_prime):
    """You go back with the slope of a sigmoid or of tanh. This layer's own slope is `f_prime`."""
    return (y_hat - y) / len(z) * y_hat * (1 - y_hat)


def _averaged_over_everything(z, y_hat, y, f_prime):
    return np.mean((y_hat - y) * f_prime(z))


@exercise.wrong(caught_by=has_the_shape, hint=1, variants=(_averaged_over_everything,))
def averaged_over_the_batch(z, y_hat, y, f_prime):
    """You averaged the rows away. Each example keeps a row of its own; 1/batch is only a factor."""
    return np.mean((y_hat - y) * f_prime(z), axis=0)


@exercise.wrong(caught_by=has_the_shape, hint=4, recognise=changes("y_hat"))
def predictions_overwritten(z, y_hat, y, f_prime):
    """`y_hat -= y` writes into the predictions themselves, which are still needed."""
    y_hat -= y
    return y_hat * f_prime(z) / len(y)


@exercise.alternative
def row_by_row(z, y_hat, y, f_prime):
    slope, delta = f_prime(z), np.zeros(z.shape)
    for i, (prediction, target) in enumerate(zip(y_hat, y, strict=True)):
        delta[i] = (prediction - target) / len(y) * slope[i]
    return delta


@exercise.alternative
def chain_of_two(z, y_hat, y, f_prime):
    cost_in_y_hat = np.divide(np.subtract(y_hat, y), z.shape[0])
    return np.multiply(cost_in_y_hat, np.asarray(f_prime(z)))


@exercise.alternative
def with_a_jacobian(z, y_hat, y, f_prime):
    jacobians = np.array([np.diag(row) for row in f_prime(z)])
    return np.einsum("bi,bij->bj", (y_hat - y) / len(z), jacobians)

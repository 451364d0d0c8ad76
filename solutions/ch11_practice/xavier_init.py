"""Random weights of a size that hands a signal on as strong as it came: Xavier's way."""

from operator import add

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    drawn_as,
    expect_normal_weights,
    expect_rng_decides,
    expect_weight_shapes,
    expect_weights_drawn_anew,
    raises,
    rows_all_equal,
    weights_all_equal,
    weights_single,
    weights_turned,
)

exercise = Exercise(
    id="xavier_init",
    title="Weights for tanh",
    points=1,
    size="about 2 lines",
    task=r"""Return a weight matrix for a layer with `n_in` inputs and `n_out` units, in the way of
Xavier Glorot: every weight is drawn anew with `rng`, from the normal distribution with mean 0 and
**variance** $2/(n_{\text{in}} + n_{\text{out}})$.

Example: for 3 inputs and 5 units the variance is 2/8 = ¼, so the standard deviation is ½. About two
of three weights then lie between −0.5 and 0.5, and one in twenty is further from 0 than 1.""",
    hints=(
        """
        What does the generator want to know about the spread: the variance, or its square root? And
        which shape has a weight matrix in this course?
        """,
        """
        `rng.normal` takes a mean, a standard deviation and a `size`. The standard deviation is the
        square root of the variance; the size is a pair, here as everywhere inputs first.
        """,
        """
        Rain on 2 mornings and 3 evenings, as numbers with mean 10 and variance 9: `rng.normal(10,
        3, size=(2, 3))` is a table of two rows and three columns. Multiplying stretches, too: `10 +
        3 * rng.normal(size=(2, 3))` has the same mean and the same spread.
        """,
        """
        Skeleton:

        ```python
        variance = ...
        return rng.normal(..., ..., size=(..., ...))
        ```
        """,
    ),
)


@exercise.reference
def xavier_init(n_in, n_out, rng):
    """Draw the weights of a layer, for activations like tanh.

    Args:
        n_in: number of inputs, at least 1.
        n_out: number of units, at least 1.
        rng: a NumPy random generator, the only source of chance.

    Returns:
        W, (n_in, n_out): independent draws from a normal distribution with mean 0 and variance
        2 / (n_in + n_out).
    """
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))


def _root(variance):
    """Turn a variance, as a function of n_in and n_out, into a standard deviation."""
    return lambda n_in, n_out: variance(n_in, n_out) ** 0.5


@exercise.check("an array of shape (n_in, n_out)")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    expect_weight_shapes(answer, rng)


@exercise.check("normal, with mean 0 and the right variance")
def is_normal(answer: Answer, rng: np.random.Generator) -> None:
    expect_normal_weights(answer, rng, add)


@exercise.check("drawn anew each time, for a tiny layer too")
def anew_each_time(answer: Answer, rng: np.random.Generator) -> None:
    expect_weights_drawn_anew(answer, rng, add)


@exercise.check("rng decides")
def rng_decides(answer: Answer, rng: np.random.Generator) -> None:
    expect_rng_decides(lambda seed: answer(4, 3, seed), rng, "weights")


@exercise.wrong(
    caught_by=is_normal, hint=1, recognise=drawn_as(lambda n_in, n_out: 2 / (n_in + n_out))
)
def variance_for_the_deviation(n_in, n_out, rng):
    """Your weights are far too small: 2/(n_in + n_out) is taken for the standard deviation.

    It is the variance, the square of that.
    """
    return rng.normal(0, 2 / (n_in + n_out), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(_root(lambda n, m: 2 / n)))
def inputs_only(n_in, n_out, rng):
    """Your variance is 2/n_in, that of He, meant for ReLU: the units don't count in it.

    Xavier's is a compromise between the way forward and the way back, so both sizes count.
    """
    return rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(_root(lambda n, m: 1 / n)))
def one_over_the_inputs(n_in, n_out, rng):
    """Your variance is 1/n_in. It keeps the signal's strength on the way forward, no more.

    The errors on the way back meet the other size.
    """
    return rng.normal(0, np.sqrt(1 / n_in), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(_root(lambda n, m: 1 / (n + m))))
def two_forgotten(n_in, n_out, rng):
    """Your variance is 1/(n_in + n_out), half of the right one: where is the 2?

    For equally many inputs and units it should come out as 1/n_in.
    """
    return rng.normal(0, np.sqrt(1 / (n_in + n_out)), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(_root(lambda n, m: 0.5 / (n + m))))
def two_underneath(n_in, n_out, rng):
    """Your variance is 1/(2 (n_in + n_out)): the 2 stands under the line."""
    return rng.normal(size=(n_in, n_out)) / np.sqrt(2 * (n_in + n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(lambda n, m: 2**0.5 / (n + m)))
def root_of_the_two_only(n_in, n_out, rng):
    """Your root covers the 2 and not what it is divided by: √2/(n_in + n_out)."""
    return rng.normal(0, np.sqrt(2) / (n_in + n_out), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=4, recognise=drawn_as(_root(lambda n, m: 2 / n + m)))
def brackets_missing(n_in, n_out, rng):
    """Your weights are huge: `2 / n_in + n_out` divides first and then adds. Brackets?"""
    return rng.normal(0, np.sqrt(2 / n_in + n_out), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(lambda n, m: 1.0))
def not_scaled(n_in, n_out, rng):
    """Your weights have the standard deviation 1, however large the layer is."""
    return rng.normal(size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=drawn_as(_root(lambda n, m: 6 / (n + m))))
def limit_for_the_deviation(n_in, n_out, rng):
    """√(6/(n_in + n_out)) is where Xavier's *uniform* weights end; these are to be normal.

    Which variance does the task name?
    """
    return rng.normal(0, np.sqrt(6 / (n_in + n_out)), size=(n_in, n_out))


@exercise.wrong(
    caught_by=is_normal, hint=2, recognise=drawn_as(_root(lambda n, m: 2 / (n + m)), "uniform")
)
def uniform(n_in, n_out, rng):
    """Mean and variance are right, but all weights up to a limit come equally often: uniform.

    Glorot has proposed that as well; the normal distribution is asked for here.
    """
    limit = np.sqrt(6 / (n_in + n_out))
    return rng.uniform(-limit, limit, size=(n_in, n_out))


@exercise.wrong(
    caught_by=is_normal,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 1 / 6 / (n + m)), "positive uniform"),
)
def from_0_to_1(n_in, n_out, rng):
    """All your weights are positive: `rng.random` draws between 0 and 1.

    Then all units want the same of their inputs, and all their errors push the same way.
    """
    return rng.random((n_in, n_out)) * np.sqrt(2 / (n_in + n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=weights_all_equal)
def all_equal(n_in, n_out, rng):
    """All your weights are the same number.

    Then all units of a layer compute the same, learn the same, and remain copies of each other.
    """
    return np.zeros((n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=rows_all_equal)
def one_row_for_all(n_in, n_out, rng):
    """You drew one row, or one column, and used it for all.

    Each weight is a draw of its own.
    """
    return np.ones((n_in, 1)) * rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=n_out)


@exercise.wrong(caught_by=has_the_shape, hint=1, recognise=weights_turned)
def units_first(n_in, n_out, rng):
    """Your W has a row for each *unit*. In this course the rows are inputs: `a_prev @ W`."""
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_out, n_in))


@exercise.wrong(caught_by=has_the_shape, hint=2, recognise=weights_single)
def one_number(n_in, n_out, rng):
    """You drew a single number: `rng.normal` learns from `size=` how many are wanted.

    What stands in the first two places is mean and standard deviation.
    """
    return rng.normal(n_in, n_out)


@exercise.wrong(
    caught_by=has_the_shape, hint=2, recognise=raises("Cannot interpret", "is not a type object")
)
def sizes_one_by_one(n_in, n_out, rng):
    """`rng.standard_normal` takes the shape as one thing, a pair in brackets of its own.

    Only the old `np.random.randn` wants the sizes one by one.
    """
    return rng.standard_normal(n_in, n_out) * np.sqrt(2 / (n_in + n_out))


@exercise.wrong(
    caught_by=anew_each_time,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 2 / (n + m)), source="nowhere"),
)
def own_seed(n_in, n_out, rng):
    """You made a generator of your own inside, and the one you were given isn't used.

    So every call draws the same weights, and two layers of one size begin as copies.
    """
    return np.random.default_rng(0).normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))


@exercise.wrong(
    caught_by=rng_decides,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 2 / (n + m)), source="elsewhere"),
)
def chance_from_elsewhere(n_in, n_out, rng):
    """The weights are drawn well, but not with `rng`: with NumPy's global generator, or a new one.

    Then nobody can repeat this training.
    """
    return np.random.default_rng().normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))


@exercise.alternative
def stretched(n_in, n_out, rng):
    return np.sqrt(2 / (n_in + n_out)) * rng.standard_normal((n_in, n_out))


@exercise.alternative
def one_by_one(n_in, n_out, rng):
    deviation = ((n_in + n_out) / 2) ** -0.5
    return [[rng.normal(scale=deviation) for _ in range(n_out)] for _ in range(n_in)]


@exercise.alternative
def by_box_and_muller(n_in, n_out, rng):
    radius = np.sqrt(-2 * np.log(1 - rng.random(n_in * n_out)))
    angle = rng.uniform(0, 2 * np.pi, n_in * n_out)
    return (radius * np.cos(angle)).reshape(n_in, n_out) / np.sqrt((n_in + n_out) / 2)


@exercise.alternative
def in_single_precision(n_in, n_out, rng):
    W = rng.standard_normal((n_out, n_in), dtype=np.float32).T
    return W * np.float32(np.sqrt(2 / (n_in + n_out)))

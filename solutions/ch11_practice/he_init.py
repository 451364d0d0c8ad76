"""Random weights for units that keep silent half of the time: He's way."""

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
    id="he_init",
    title="Weights for ReLU",
    points=1,
    size="about 2 lines",
    leads_to="`init_params` makes the first weights of every layer like this.",
    task=r"""Return a weight matrix for a layer of ReLU units with `n_in` inputs and `n_out` units,
in the way of Kaiming He: every weight is drawn anew with `rng`, from the normal distribution with
mean 0 and **variance** $2/n_{\text{in}}$.

Example: for 8 inputs and 3 units the variance is 2/8 = ¼, so the standard deviation is ½. Of the 24
weights about 16 then lie between −0.5 and 0.5, and one is further from 0 than 1.""",
    hints=(
        """
        Of the two sizes, the variance knows only one. Which, and where does the other one come in?
        And what does the generator want to know about the spread?
        """,
        """
        Each unit adds up `n_in` products, and ReLU lets about half of the sums pass: the 2 makes up
        for that. The generator's `normal` takes a standard deviation, the square root of the
        variance, and a `size`, which is a pair here.
        """,
        """
        Arrows on two targets, three for each, with the mean 0 and the variance 0.09:
        `rng.normal(0, 0.3, size=(2, 3))`. Or drawn with the spread 1 and stretched afterwards:
        `0.3 * rng.normal(size=(2, 3))`.
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
def he_init(n_in, n_out, rng):
    """Draw the weights of a layer of ReLU units.

    Args:
        n_in: number of inputs, at least 1.
        n_out: number of units, at least 1.
        rng: a NumPy random generator, the only source of chance.

    Returns:
        W, (n_in, n_out): independent draws from a normal distribution with mean 0 and variance
        2 / n_in.
    """
    return rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))


def _root(variance):
    """Turn a variance, as a function of n_in and n_out, into a standard deviation."""
    return lambda n_in, n_out: variance(n_in, n_out) ** 0.5


def _divisor(n_in, _):
    """What 2 is divided by to give the variance."""
    return n_in


@exercise.check("an array of shape (n_in, n_out)")
def has_the_shape(answer: Answer, rng: np.random.Generator) -> None:
    expect_weight_shapes(answer, rng)


@exercise.check("normal, with mean 0 and the right variance")
def is_normal(answer: Answer, rng: np.random.Generator) -> None:
    expect_normal_weights(answer, rng, _divisor)


@exercise.check("drawn anew each time, for a tiny layer too")
def anew_each_time(answer: Answer, rng: np.random.Generator) -> None:
    expect_weights_drawn_anew(answer, rng, _divisor)


@exercise.check("rng decides")
def rng_decides(answer: Answer, rng: np.random.Generator) -> None:
    expect_rng_decides(lambda seed: answer(4, 3, seed), rng, "weights")


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(lambda n_in, n_out: 2 / n_in))
def variance_for_the_deviation(n_in, n_out, rng):
    """Your weights are too small: 2/n_in is taken for the standard deviation.

    It is the variance, the square of that.
    """
    return rng.normal(0, 2 / n_in, size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(_root(lambda n, m: 2 / (n + m))))
def both_sizes(n_in, n_out, rng):
    """Your variance is 2/(n_in + n_out), that of Xavier, meant for tanh.

    Here only what comes *into* a unit counts.
    """
    return rng.normal(0, np.sqrt(2 / (n_in + n_out)), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(_root(lambda n, m: 2 / m)))
def units_for_inputs(n_in, n_out, rng):
    """Your variance is 2/n_out. How many products does one unit add up: n_out, or n_in?"""
    return rng.normal(0, np.sqrt(2 / n_out), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=drawn_as(_root(lambda n, m: 1 / n)))
def silence_forgotten(n_in, n_out, rng):
    """Your variance is 1/n_in. ReLU silences half of the sums, and nothing here makes up for it.

    Over ten layers the signal would fade to a thirtieth.
    """
    return rng.normal(0, np.sqrt(1 / n_in), size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=drawn_as(lambda n, m: 2**0.5 / n))
def root_of_the_two_only(n_in, n_out, rng):
    """Your root covers the 2 and not what it is divided by: √2/n_in. The weights are too small."""
    return rng.normal(0, np.sqrt(2) / n_in, size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(_root(lambda n, m: n / 2)))
def upside_down(n_in, n_out, rng):
    """Your weights grow with the number of inputs: the variance stands upside down."""
    return rng.normal(size=(n_in, n_out)) * np.sqrt(n_in / 2)


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(lambda n, m: 1.0))
def not_scaled(n_in, n_out, rng):
    """Your weights have the standard deviation 1, however many inputs there are."""
    return rng.normal(size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=1, recognise=drawn_as(lambda n, m: 0.01))
def always_a_hundredth(n_in, n_out, rng):
    """Your weights have the standard deviation 0.01, however many inputs there are.

    That was the habit before He; a network of ten such layers is silent.
    """
    return 0.01 * rng.normal(size=(n_in, n_out))


@exercise.wrong(caught_by=is_normal, hint=2, recognise=drawn_as(_root(lambda n, m: 6 / n)))
def limit_for_the_deviation(n_in, n_out, rng):
    """√(6/n_in) is where He's *uniform* weights end; these are to be normal.

    Which variance does the task name?
    """
    return rng.normal(0, np.sqrt(6 / n_in), size=(n_in, n_out))


@exercise.wrong(
    caught_by=is_normal, hint=2, recognise=drawn_as(_root(lambda n, m: 2 / n), "uniform")
)
def uniform(n_in, n_out, rng):
    """Mean and variance are right, but all weights up to a limit come equally often: uniform.

    He's rule can be read that way as well; the normal distribution is asked for here.
    """
    limit = np.sqrt(6 / n_in)
    return rng.uniform(-limit, limit, size=(n_in, n_out))


@exercise.wrong(
    caught_by=is_normal,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 1 / 6 / n), "positive uniform"),
)
def from_0_to_1(n_in, n_out, rng):
    """All your weights are positive: `rng.random` draws between 0 and 1.

    From the second layer on all sums are positive then, and ReLU bends nothing.
    """
    return rng.random((n_in, n_out)) * np.sqrt(2 / n_in)


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
    return np.ones((n_in, 1)) * rng.normal(0, np.sqrt(2 / (n_in)), size=n_out)


@exercise.wrong(caught_by=has_the_shape, hint=1, recognise=weights_turned)
def units_first(n_in, n_out, rng):
    """Your W has a row for each *unit*. In this course the rows are inputs: `a_prev @ W`."""
    return rng.normal(0, np.sqrt(2 / n_in), size=(n_out, n_in))


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
    return rng.standard_normal(n_in, n_out) * np.sqrt(2 / n_in)


@exercise.wrong(
    caught_by=anew_each_time,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 2 / n), source="nowhere"),
)
def own_seed(n_in, n_out, rng):
    """You made a generator of your own inside, and the one you were given isn't used.

    So every call draws the same weights, and two layers of one size begin as copies.
    """
    return np.random.default_rng(0).normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))


@exercise.wrong(
    caught_by=rng_decides,
    hint=2,
    recognise=drawn_as(_root(lambda n, m: 2 / n), source="elsewhere"),
)
def chance_from_elsewhere(n_in, n_out, rng):
    """The weights are drawn well, but not with `rng`: with NumPy's global generator, or a new one.

    Then nobody can repeat this training.
    """
    return np.random.default_rng().normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))


@exercise.alternative
def stretched(n_in, n_out, rng):
    return np.sqrt(2 / n_in) * rng.standard_normal((n_in, n_out))


@exercise.alternative
def one_by_one(n_in, n_out, rng):
    deviation = (n_in / 2) ** -0.5
    return [[rng.normal(scale=deviation) for _ in range(n_out)] for _ in range(n_in)]


@exercise.alternative
def by_box_and_muller(n_in, n_out, rng):
    radius = np.sqrt(-2 * np.log(1 - rng.random(n_in * n_out)))
    angle = rng.uniform(0, 2 * np.pi, n_in * n_out)
    return (radius * np.cos(angle)).reshape(n_in, n_out) / np.sqrt(n_in / 2)


@exercise.alternative
def in_single_precision(n_in, n_out, rng):
    W = rng.standard_normal((n_out, n_in), dtype=np.float32).T
    return W * np.float32(np.sqrt(2 / n_in))

"""One neuron's first act: every input times its weight, added up, plus the bias."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="weighted_sum",
    title="A weighted sum",
    points=1,
    size="1 line",
    leads_to="Every neuron begins with this sum; in chapter 4 you write it for a whole batch.",
    task=r"""
Compute $\sum_i x_i w_i + b$ for one example: each input times its own weight, all of it added up,
plus the bias.

**Example.** Inputs `[2, 1]`, weights `[10, -3]`, bias `5`: $2\cdot10 + 1\cdot(-3) + 5 = 22$.""",
    hints=(
        """
        Work out the example with pencil and paper. How many products are there? How many times does
        the bias appear?
        """,
        """
        Two things happen, in this order: multiply position by position, then add everything to one
        number. The bias joins once, at the very end.
        """,
        """
        A relative of this sum: the price of a shopping basket with a delivery fee. Amounts `[3,
        2]`, prices `[1.5, 4]`, fee `2.5`: `3*1.5 = 4.5`, `2*4 = 8`, together `12.5`, with the fee
        `15.0`. The fee is paid once, not once per item.
        """,
        """
        The shape of one solution:

        ```python
        products = ...   # position by position, (n,)
        return ...       # the sum of the products, and then the bias
        ```
        """,
    ),
)


@exercise.reference
def weighted_sum(x, w, b):
    """Add up the inputs, each times its weight, and then the bias.

    Args:
        x: the inputs of one example, an array (n,).
        w: one weight per input, an array (n,).
        b: the bias, one number.

    Returns:
        The weighted sum, one number.
    """
    return float(np.dot(x, w) + b)


@exercise.check("gives back one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([2.0, 1.0, 4.0]), np.array([1.0, -3.0, 0.5]), 5.0)
    expect_shape(got, ())


@exercise.check("a sum worked out by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    got = answer(np.array([3.0, -1.0]), np.array([2.0, 4.0]), 10.0)
    expect_close(got, 12.0, why="3·2 + (−1)·4 + 10 = 12")
    n = int(rng.integers(2, 50))
    got = answer(np.array([n]), np.array([7]), 1)
    expect_close(got, 7.0 * n + 1, why=f"one input only: {n}·7 + 1 = {7 * n + 1}")


@exercise.check("random inputs, weights and biases", points=0.5)
def random_sums(answer: Answer, rng: np.random.Generator) -> None:
    for n in (2, 4, 7):
        x, w = rng.normal(size=(2, n))
        b = float(rng.normal())
        got = answer(x, w, b)
        expect_close(got, sum(x[i] * w[i] for i in range(n)) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def bias_forgotten(x, w, b):
    """The products are added up well, but one of the three arguments never reaches the result."""
    return float(np.dot(x, w))


@exercise.wrong(caught_by=by_hand, hint=3)
def bias_per_input(x, w, b):
    """The bias was counted once per input. Look at what is inside your sum and what is outside."""
    return float(np.sum(np.asarray(x) * w + b))


@exercise.wrong(caught_by=one_number, hint=2)
def not_added_up(x, w, b):
    """There is still one number per input: you multiplied, but the adding up is missing."""
    return np.asarray(x) * w + b


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_on_the_weights(x, w, b):
    """The bias was added to every weight before the multiplying. It belongs to the finished sum."""
    return float(np.dot(x, np.asarray(w) + b))


@exercise.wrong(caught_by=by_hand, hint=2)
def products_averaged(x, w, b):
    """The products are averaged. A weighted sum adds them up, however many there are."""
    return float(np.mean(np.asarray(x) * w) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def sums_multiplied(x, w, b):
    """You added first and multiplied afterwards.

    Then every input meets every weight, not only its own.
    """
    return float(np.sum(x) * np.sum(w) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def weights_added(x, w, b):
    """Inputs and weights were added to each other. A weight says how much an input *counts*."""
    return float(np.sum(x) + np.sum(w) + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def return_in_the_loop(x, w, b):
    """Only the first product reaches the result.

    `return` ends a function at once: how often does your loop get to run?
    """
    return float(x[0] * w[0] + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def last_product_only(x, w, b):
    """Only the last product reaches the result: each turn of the loop overwrites the one before."""
    return float(x[-1] * w[-1] + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def last_product_missing(x, w, b):
    """The last product is missing.

    How many turns does your loop take, and how many inputs are there?
    """
    return float(np.dot(x[:-1], w[:-1]) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def first_product_missing(x, w, b):
    """The first product is missing. At which number does counting start in Python?"""
    return float(np.dot(x[1:], w[1:]) + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def bias_multiplied(x, w, b):
    """You multiplied the sum by the bias. A bias is one more term of the sum."""
    return float(np.dot(x, w) * b)


@exercise.wrong(caught_by=by_hand, hint=1)
def two_inputs_only(x, w, b):
    """You wrote out two products. That is right for two inputs; there may be one, or seven."""
    return float(x[0] * w[0] + x[1] * w[1] + b)


@exercise.wrong(caught_by=by_hand, hint=2)
def places_for_inputs(x, w, b):
    """The weights are multiplied by their places, 0, 1, 2 and so on, and not by the inputs."""
    return float(np.dot(np.arange(len(w)), w) + b)


@exercise.wrong(caught_by=by_hand, hint=1)
def products_multiplied(x, w, b):
    """You multiplied the products with each other. They are to be added."""
    return float(np.prod(np.asarray(x) * w) + b)


@exercise.alternative
def with_a_loop(x, w, b):
    total = b
    for i in range(len(x)):
        total = total + x[i] * w[i]
    return total


@exercise.alternative
def with_the_at_sign(x, w, b):
    return x @ w + b


@exercise.alternative
def with_einsum(x, w, b):
    return np.einsum("i,i->", x, w) + b

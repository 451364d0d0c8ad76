"""The sigmoid: squeeze any number into the interval from 0 to 1, without ever overflowing."""

import math

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_shape,
    on_arrays,
    raises,
)

exercise = Exercise(
    id="sigmoid",
    title="The sigmoid that never overflows",
    points=2,
    size="about 3 lines",
    leads_to="Its slope comes next; in chapter 5 it turns a score into a probability.",
    task=r"""Write the sigmoid $\sigma(z) = \dfrac{1}{1 + e^{-z}}$ for arrays of any shape.
It must give a number, and no warning, for every input from −10 000 to 10 000. (Avoid the
overflow itself. `np.errstate` would only hide the warning, and in chapter 5 the same overflow
makes a cost infinite.)

Example: $\sigma(0) = 0.5$. And because $e^{-\ln 3} = \tfrac13$, we have
$\sigma(\ln 3) = \tfrac{1}{1 + 1/3} = 0.75$ and $\sigma(-\ln 3) = 0.25$.""",
    hints=(
        """
        Which of the two calls can overflow: `np.exp(10_000)` or `np.exp(-10_000)`? For which signs
        of `z` does the formula in the task ask for the dangerous one?
        """,
        """
        The exponential is harmless as long as its argument is not positive, and $e^{-|z|}$ never
        has a positive argument. Multiply top and bottom of the fraction by $e^{z}$: you get a
        second formula for the same number. One of the two needs only $e^{-|z|}$ where `z` is
        positive, the other where `z` is negative.
        """,
        r"""
        The same trick on another function, $\ln(1 + e^{z})$. For large `z` it overflows, so take
        $e^{z}$ out of the bracket: $\ln(1 + e^{z}) = z + \ln(1 + e^{-z})$. Both cases in one line:
        `np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))`. Only $e^{-|z|}$ is ever computed.
        """,
        """
        `np.where` computes both branches for *all* of z and chooses afterwards, so both must be
        safe everywhere.

        ```python
        e = ...                              # the exponential that cannot overflow
        return np.where(z >= 0, ..., ...)    # two fractions built from e
        ```
        """,
    ),
)


@exercise.reference
def sigmoid(z):
    """Squeeze every entry of z into the interval from 0 to 1.

    Args:
        z: pre-activations, an array of any shape, floats or integers.

    Returns:
        1 / (1 + exp(-z)) for each entry, floats, same shape as z, right to within 1e-6. No
        overflow, no NaN and no warning for entries as large as ±10 000; z itself is left as it is.
    """
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, e) / (1 + e)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 4), (5,), (2, 1, 3), ()):
        expect_shape(answer(np.asarray(rng.normal(size=shape))), shape)


@exercise.check("gets 0, ln 3 and −ln 3 right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    third = math.log(3)
    expect_close(
        answer(np.array([0.0, third, -third])), np.array([0.5, 0.75, 0.25]), what="sigmoid(z)"
    )
    n = round(float(rng.uniform(4, 30)), 2)
    expect_close(
        answer(np.array([math.log(n), -math.log(n)])),
        np.array([n / (n + 1), 1 / (n + 1)]),
        what="sigmoid(z)",
        why=f"e to the ln {n} is {n}",
    )


def _expect_sigmoid(answer: Answer, z: np.ndarray, why: str = "") -> None:
    # An absolute tolerance, which leaves room for float32.
    expected = (1 + np.tanh(z / 2)) / 2
    expect_close(answer(z), expected, rtol=0, atol=1e-6, what="sigmoid(z)", why=why)


@exercise.check("agrees with half of 1 + tanh(z/2), for whole numbers too", points=0.5)
def agrees_with_tanh(answer: Answer, rng: np.random.Generator) -> None:
    _expect_sigmoid(answer, rng.permutation(np.linspace(-12, 12, 12)).reshape(4, 3) + rng.normal())
    for shape in ((2, 1, 3), ()):
        _expect_sigmoid(answer, np.asarray(rng.normal(size=shape)))
    z = rng.permutation(np.arange(-4, 5)).reshape(3, 3)
    _expect_sigmoid(answer, z, "whole numbers go in, but fractions must come out")


@exercise.check("no overflow and no warning up to ±10 000", points=1, quiet=True)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    # The middle is asked for as well: a step is 0 and 1 far out, too.
    z = np.array([-1e4, -800.0, -40.0, -2.0, 2.0, 40.0, 800.0, 1e4])
    why = "far out the curve lies flat on 0 or on 1"
    _expect_sigmoid(answer, z, why)
    z = np.array([-1.0, -1.0, -0.001, 0.001, 1.0, 1.0]) * rng.uniform(720, 1e4, size=6).round()
    _expect_sigmoid(answer, z, why)


def _noisy(makes_nan: bool):
    """Recognise right values with warnings, by whether a NaN was made and thrown away."""

    def recognise(calls) -> bool:
        told = [text for call in calls for _, text in call.warnings]
        return (
            any(call.warned for call in calls)
            and any("invalid value" in text for text in told) == makes_nan
            and all(
                np.allclose(call.value, (1 + np.tanh(np.asarray(call.args[0]) / 2)) / 2, atol=1e-7)
                for call in calls
            )
        )

    return recognise


@exercise.wrong(caught_by=far_out, hint=4, recognise=_noisy(makes_nan=True))
def both_branches_computed(z):
    """Your values are right only because a NaN is thrown away: somewhere an exponential overflows.

    `np.where` computes both of its formulas for every z: which is in danger on which side of zero?
    """
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@exercise.wrong(caught_by=far_out, hint=1, recognise=_noisy(makes_nan=False))
def textbook_formula(z):
    """Far out your exponential overflows; 1/inf is 0, so you got away with it.

    Look at which sign of z makes the exponent positive.
    """
    return 1 / (1 + np.exp(-z))


@exercise.wrong(caught_by=far_out, hint=2)
def other_textbook_formula(z):
    """You divided e^z by 1 + e^z: for large positive z that is infinity over infinity, NaN.

    This form is safe on one side of zero only. Ask on which one.
    """
    return np.exp(z) / (1 + np.exp(z))


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_of_the_exponent(z):
    """The minus sign is missing in the exponent, so your curve falls where it should rise.

    Try a large positive z by hand: where must the curve end?
    """
    return 1 / (1 + np.exp(z))


def _mirrored_and_unsafe(z):
    return np.exp(-z) / (1 + np.exp(-z))


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_mirrored_and_unsafe,))
def mirrored(z):
    """Your curve falls where it should rise: the exponent has the wrong sign.

    A large positive z must end near 1.
    """
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, e, 1.0) / (1 + e)


@exercise.wrong(caught_by=by_hand, hint=3)
def missing_brackets(z):
    """Python read `1 / 1 + …`: the division happens before the addition.

    Look at what stands under your fraction line.
    """
    return 1 / 1 + np.exp(-z)


@exercise.wrong(caught_by=by_hand, hint=3)
def twice_as_steep(z):
    """Your curve has the right limits but is twice as steep: it is the sigmoid of 2z.

    tanh and the sigmoid are the same curve only after stretching both axes.
    """
    return (1 + np.tanh(z)) / 2


@exercise.wrong(caught_by=by_hand, hint=2)
def tanh_instead(z):
    """This is the hyperbolic tangent, which runs from −1 to 1; the sigmoid runs from 0 to 1."""
    return np.tanh(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def one_branch_for_both(z):
    """Negative inputs get the value of their positive mirror image: the sign of z is lost.

    |z| protects the exponential, but then the two sides of zero need two fractions.
    """
    return 1 / (1 + np.exp(-np.abs(z)))


def _cut_off(calls) -> bool:
    """Whether all values are those of a z that was cut off, on one side at least, too early."""
    told = [(np.asarray(call.args[0], dtype=float), np.asarray(call.value)) for call in calls]
    values = np.concatenate([np.ravel(value) for _, value in told])
    low, high = (np.log(share / (1 - share)) for share in (values.min(), values.max()))
    early = low < -1 and high > 1 and (low > -14 or high < 14)  # σ(−14) is 1e-6
    return bool(early) and all(
        value.shape == z.shape
        and np.allclose(value, (1 + np.tanh(np.clip(z, low, high) / 2)) / 2, rtol=0, atol=1e-7)
        for z, value in told
    )


@exercise.wrong(caught_by=agrees_with_tanh, hint=2, recognise=_cut_off)
def clipped_too_early(z):
    """Your curve stops moving where it still should: something is cut off too early.

    The cut is visible in the values. Where is the exponential really in danger?
    """
    return 1 / (1 + np.exp(-np.clip(z, -5, 5)))


@exercise.wrong(
    caught_by=keeps_shape, hint=4, recognise=raises("truth value of an array", where=on_arrays)
)
def asks_the_whole_array(z):
    """An `if` wants one yes or no, but z is an array with one answer per entry.

    Let NumPy decide entry by entry.
    """
    e = np.exp(-np.abs(z))
    if z >= 0:
        return 1 / (1 + e)
    return e / (1 + e)


@exercise.wrong(caught_by=keeps_shape, hint=1, recognise=raises("TypeError: only", where=on_arrays))
def math_knows_one_number(z):
    """`math.exp` and `float` take a single number; z is a whole array.

    NumPy has an exponential of its own that takes all entries at once.
    """
    return 1 / (1 + math.exp(-z))


@exercise.wrong(caught_by=agrees_with_tanh, hint=4)
def integer_container(z):
    """The array your values are written into holds integers, so every 0.7 becomes 0 in it.

    An array made "like z" also has z's type; `np.piecewise` makes one, too.
    """
    out = np.zeros_like(z)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


@exercise.wrong(
    caught_by=far_out, hint=1, recognise=lambda calls: any(call.hidden for call in calls)
)
def warning_hidden(z):
    """You switched the sound off; what the overflow does to the numbers it still does.

    Look at which sign of z makes an exponent positive, also in a branch that is thrown away.
    """
    with np.errstate(all="ignore"):
        return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@exercise.wrong(caught_by=by_hand, hint=3)
def one_missing_below(z):
    """Under your fraction line the "1 +" is missing, so nothing keeps the curve below 1."""
    return 1 / np.exp(-np.asarray(z, dtype=float))


@exercise.wrong(caught_by=by_hand, hint=3)
def from_minus_one(z):
    """Your curve runs from −1 to 1: it is tanh of z/2. The sigmoid runs from 0 to 1."""
    return np.tanh(np.asarray(z) / 2)


@exercise.wrong(caught_by=by_hand, hint=4)
def zero_left_out(z):
    """At z = 0 neither of your two branches is at work. One of them has to include it."""
    z = np.asarray(z)
    return np.where(z == 0, 0.0, (1 + np.tanh(z / 2)) / 2)


def _with_e_cut_off(e):
    return lambda z: 1 / (1 + e ** -np.clip(np.asarray(z, dtype=float), -500, 500))


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_with_e_cut_off(2.71), _with_e_cut_off(2.72)))
def e_written_out(z):
    """You wrote e out with a few digits. NumPy has an exponential that knows all of them."""
    return _with_e_cut_off(2.718)(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def minus_below(z):
    """Your denominator is 1 − …, which is 0 at z = 0. Compare it with the formula."""
    return 1 / (1 - np.exp(-np.clip(z, -500, 500)))


@exercise.alternative
def with_tanh(z):
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(z)))


@exercise.alternative
def with_a_safe_clip(z):
    return 1 / (1 + np.exp(-np.clip(z, -500, 500)))


@exercise.alternative
def with_masks(z):
    out = np.empty(z.shape)
    positive = z >= 0
    out[positive] = 1 / (1 + np.exp(-z[positive]))
    e = np.exp(z[~positive])
    out[~positive] = e / (1 + e)
    return out


@exercise.alternative
def in_single_precision(z):
    y = np.zeros(np.shape(z))
    y[z >= 0] = 1 / (1 + np.exp(-z[z >= 0]))
    y[z < 0] = np.exp(z[z < 0]) / (1 + np.exp(z[z < 0]))
    return y.astype(np.float32)


@exercise.alternative
def with_log_sum_exp(z):
    return np.exp(-np.logaddexp(0, -z))


@exercise.alternative
def one_number_at_a_time(z):
    def one(value):
        e = math.exp(-abs(value))
        return 1 / (1 + e) if value >= 0 else e / (1 + e)

    return np.vectorize(one, otypes=[float])(z)


@exercise.picture
def own_curve(answer: Answer):
    """The learner's curve."""
    from annkit.lessons.activations import pictures as activation_pictures

    return activation_pictures.own_curve(answer, "sigmoid(z)")

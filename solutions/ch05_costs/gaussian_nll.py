"""From probability to cost: the negative log likelihood of a Gaussian."""

import math
from statistics import NormalDist

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="gaussian_nll",
    title="What the bell curve charges",
    points=2,
    size="about 3 lines",
    task=r"""The model says: $y$ scatters around $\hat y$ like a Gaussian with standard deviation
$\sigma$, the same for all outputs. Return the negative log likelihood of the observations:
$-\ln p$ **summed over the outputs, averaged over the examples**, with all constants kept.

Example: one example, one output, $\sigma = 2$, a miss of 4, which is two σ. Then
$-\ln p = \tfrac12\cdot 2^2 + \ln 2 + \tfrac12\ln 2\pi = 2 + 0.693 + 0.919 = 3.612$.""",
    hints=(
        """
        There are three terms in the worked example. Which of them depend on the data, which on σ,
        and which appears once for *every output* of an example? Over what is summed, over what
        averaged?
        """,
        """
        Take the logarithm on paper, not in NumPy: the logarithm of a product is a sum, and that of
        $e^{-t}$ is $-t$. What is left has no exponential that could become 0.
        """,
        r"""
        The same with another curve, $p(y) = \frac{1}{2s}e^{-|y-m|/s}$. On paper $-\ln p =
        |y-m|/s + \ln 2s$. Three outputs with misses 1, 2, 0 and s = 1: $(1+2+0) + 3\ln 2 = 5.08$.
        The constant comes three times, once per output.
        """,
        """
        Skeleton:

        ```python
        t = ...   # misses in units of sigma, (batch, n_out)
        nll = 0.5 * t**2 + ... + ...   # per output
        return ...   # sum the outputs, average the examples
        ```
        """,
    ),
)


@exercise.reference
def gaussian_nll(y_hat, y, sigma):
    """Negative log likelihood of a batch under Gaussian noise.

    Args:
        y_hat: predictions, the centres of the bell curves, (batch, n_out).
        y: what was observed, (batch, n_out), in the same units.
        sigma: standard deviation, one positive number, in the same units.

    Returns:
        One number: −ln p(y | y_hat, sigma), summed over the outputs and averaged over the
        examples, constants included. It may be negative. Finite also where p itself is too
        small to be stored, for misses of hundreds of sigmas.
    """
    t = (y_hat - y) / sigma
    nll = 0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return float(np.sum(nll)) / len(y)


def nll_of(y_hat: np.ndarray, y: np.ndarray, sigma: float) -> float:
    """The same from the densities of the standard library."""
    total = 0.0
    for centre, value in zip(y_hat.ravel(), y.ravel(), strict=True):
        total -= math.log(NormalDist(float(centre), sigma).pdf(float(value)))
    return total / len(y)


@exercise.check("gives one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((2, 3), (3, 1)):
        y_hat, y = rng.integers(-3, 4, (2, *shape)) + 0.0
        expect_shape(answer(y_hat, y, 1.5), (), what="the cost")


@exercise.check("gets two examples with one output right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    y_hat, y = np.array([[310.0], [250.0]]), np.array([[260.0], [275.0]])
    expect_close(
        answer(y_hat, y, 25.0),
        1.25 + math.log(25.0) + 0.5 * math.log(2 * math.pi),
        what="the cost",
        why="the misses are two sigmas and one sigma",
    )
    misses = round(float(rng.uniform(3, 9)), 2)
    expect_close(
        answer(y_hat[:1], y_hat[:1] + 20.0 * misses, 20.0),
        misses**2 / 2 + math.log(20.0) + 0.5 * math.log(2 * math.pi),
        what="the cost",
        why=f"one example with one output, and a miss of {misses:g} sigmas",
    )


@exercise.check("agrees with the densities of Python's statistics module", points=0.5)
def agrees_with_densities(answer: Answer, rng: np.random.Generator) -> None:
    y_hat, y = np.zeros((1, 2)), np.array([[2.0, 4.0]])
    why = "one example, two outputs, which miss by one sigma and by two"
    expect_close(answer(y_hat, y, 2.0), nll_of(y_hat, y, 2.0), what="the cost", why=why)
    for shape, sigma in (((5, 3), 0.7), ((4, 4), 2.5), ((6, 1), 1.3)):
        y_hat, y = rng.normal(size=shape), rng.normal(size=shape)
        expect_close(answer(y_hat, y, sigma), nll_of(y_hat, y, sigma), what="the cost")


@exercise.check("may be negative, when the bell is narrow and the hits are close", points=0.5)
def may_be_negative(answer: Answer, rng: np.random.Generator) -> None:
    y_hat = rng.normal(size=(3, 2))
    y = y_hat + rng.normal(size=(3, 2)) * 0.01
    expect_close(answer(y_hat, y, 0.02), nll_of(y_hat, y, 0.02), what="the cost")


@exercise.check("survives a miss of a hundred sigmas", points=0.5, quiet=True)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    for sigmas in (100.0, round(float(rng.uniform(101, 300)), 1)):
        y_hat, y = np.array([[0.0, 0.0], [1.0, 2.0]]), np.array([[0.0, 0.0], [1.0, 2.0]])
        y[0, 0] = sigmas / 2
        expected = sigmas**2 / 4 + 2 * math.log(0.5) + math.log(2 * math.pi)
        why = f"a miss of {sigmas:g} sigmas: p itself is stored as 0 there"
        expect_close(answer(y_hat, y, 0.5), expected, what="the cost", why=why)


@exercise.wrong(caught_by=by_hand, hint=1)
def constants_dropped(y_hat, y, sigma):
    """Only the squared misses are left.

    The other terms don't move the best prediction, but all constants were asked for.
    """
    return float(np.sum(0.5 * ((y_hat - y) / sigma) ** 2)) / len(y)


@exercise.wrong(caught_by=agrees_with_densities, hint=3)
def constants_once_per_example(y_hat, y, sigma):
    """With one output you are right; with several, the constants come too rarely.

    Every output has a bell curve of its own, with a height of its own.
    """
    squares = 0.5 * np.sum(((y_hat - y) / sigma) ** 2, axis=1)
    return float(np.mean(squares)) + np.log(sigma) + 0.5 * np.log(2 * np.pi)


@exercise.wrong(caught_by=agrees_with_densities, hint=1)
def mean_over_entries(y_hat, y, sigma):
    """You averaged over the outputs too. Over the outputs of an example −ln p is summed."""
    t = (y_hat - y) / sigma
    return float(np.mean(0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)))


@exercise.wrong(caught_by=by_hand, hint=1)
def sum_over_the_batch(y_hat, y, sigma):
    """You added up the examples; a cost is their mean."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)))


@exercise.wrong(caught_by=by_hand, hint=2)
def sigma_taken_for_the_variance(y_hat, y, sigma):
    """You treated sigma as the variance; it is the standard deviation, and its square stands there.

    Look at its place in the exponent and under the square root.
    """
    nll = 0.5 * (y_hat - y) ** 2 / sigma + 0.5 * np.log(2 * np.pi * sigma)
    return float(np.sum(nll)) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def height_of_the_bell_forgotten(y_hat, y, sigma):
    """The term ln σ is missing: a narrow bell is higher, and that has to be in the cost.

    Without it, the widest bell would always be the cheapest.
    """
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + 0.5 * np.log(2 * np.pi))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def logarithm_of_the_variance(y_hat, y, sigma):
    """You have ln σ² where ln σ belongs: twice as much. The height of the bell goes with 1/σ."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + np.log(sigma**2) + 0.5 * np.log(2 * np.pi))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def multiplied_by_the_variance(y_hat, y, sigma):
    """A bracket is missing: `a / 2 * sigma**2` divides by 2 and then *multiplies* by σ²."""
    nll = (y_hat - y) ** 2 / 2 * sigma**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return float(np.sum(nll)) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def half_reaches_too_far(y_hat, y, sigma):
    """A bracket stands in the wrong place: the ½ reaches ln σ as well, which has none."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * (t**2 + np.log(sigma) + np.log(2 * np.pi)))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def minus_forgotten(y_hat, y, sigma):
    """This is the log likelihood; the cost is its negative, so that better means smaller."""
    t = (y_hat - y) / sigma
    return -float(np.sum(0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def two_pi_forgotten(y_hat, y, sigma):
    """The ½ ln 2π is missing: it is the price of a perfect hit when σ is 1."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + np.log(sigma))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def half_forgotten(y_hat, y, sigma):
    """The half in front of the squared misses is missing."""
    t = (y_hat - y) / sigma
    return float(np.sum(t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi))) / len(y)


@exercise.wrong(caught_by=far_out, hint=2)
def logarithm_of_a_stored_density(y_hat, y, sigma):
    """You compute the density first. Far out it is stored as 0, and ln 0 is minus infinity."""
    p = np.exp(-0.5 * ((y_hat - y) / sigma) ** 2) / (sigma * np.sqrt(2 * np.pi))
    return -float(np.sum(np.log(p))) / len(y)


@exercise.wrong(caught_by=may_be_negative, hint=2)
def never_below_zero(y_hat, y, sigma):
    """You cut the cost off at 0. A density may be larger than 1, and then −ln p is negative."""
    t = (y_hat - y) / sigma
    nll = 0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return max(0.0, float(np.sum(nll)) / len(y))


@exercise.wrong(caught_by=by_hand, hint=2)
def pi_outside_the_logarithm(y_hat, y, sigma):
    """A bracket is missing: `log(2) * pi` is not the logarithm of 2π."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + np.log(sigma) + 0.5 * np.log(2) * np.pi)) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def decimal_logarithm(y_hat, y, sigma):
    """You took logarithms to the base 10. The ln of the task is the natural one, to the base e."""
    t = (y_hat - y) / sigma
    return float(np.sum(0.5 * t**2 + np.log10(sigma) + 0.5 * np.log10(2 * np.pi))) / len(y)


@exercise.wrong(caught_by=by_hand, hint=2)
def sigma_not_squared(y_hat, y, sigma):
    """In the exponent the miss is squared, but sigma is not. Measure the miss in sigmas first."""
    nll = 0.5 * (y_hat - y) ** 2 / sigma + np.log(sigma) + 0.5 * np.log(2 * np.pi)
    return float(np.sum(nll)) / len(y)


@exercise.wrong(caught_by=by_hand, hint=1)
def two_pi_without_its_half(y_hat, y, sigma):
    """You have ln 2π where its half belongs. The bell has √2π below, and a root halves the ln."""
    nll = 0.5 * ((y_hat - y) / sigma) ** 2 + np.log(sigma) + np.log(2 * np.pi)
    return float(np.sum(nll)) / len(y)


def _width_rewarded(half, constant):
    """The logarithm of sigma with the wrong sign, and perhaps another slip."""

    def nll(y_hat, y, sigma):
        terms = half * ((y_hat - y) / sigma) ** 2 - np.log(sigma) + constant
        return float(np.sum(terms)) / len(y)

    return nll


_HALF_LN_2_PI = 0.5 * np.log(2 * np.pi)


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(
        _width_rewarded(1, _HALF_LN_2_PI),
        _width_rewarded(0.5, 2 * _HALF_LN_2_PI),
        _width_rewarded(0.5, 0.0),
        _width_rewarded(0.5, -_HALF_LN_2_PI),
    ),
)
def width_rewarded(y_hat, y, sigma):
    """The ln σ comes in with the wrong sign, so that a wider bell is cheaper.

    A wider bell is lower: what happens to −ln p where p gets smaller?
    """
    return _width_rewarded(0.5, _HALF_LN_2_PI)(y_hat, y, sigma)


@exercise.wrong(caught_by=by_hand, hint=2)
def both_constants_without_their_half(y_hat, y, sigma):
    """You have ln 2πσ² where half of it belongs: below the bell stands √(2πσ²), under a root."""
    nll = 0.5 * ((y_hat - y) / sigma) ** 2 + np.log(2 * np.pi * sigma**2)
    return float(np.sum(nll)) / len(y)


@exercise.alternative
def with_the_variance(y_hat, y, sigma):
    squares = np.sum((y_hat - y) ** 2, axis=1)
    n_out = y.shape[1]
    return np.mean(squares / (2 * sigma**2) + n_out / 2 * np.log(2 * np.pi * sigma**2))


@exercise.alternative
def one_output_at_a_time(y_hat, y, sigma):
    height = math.log(sigma * math.sqrt(2 * math.pi))
    total = 0.0
    for miss in np.ravel(y_hat - y):
        total += height + miss * miss / (2 * sigma * sigma)
    return total / len(y)


@exercise.alternative
def cost_plus_constants(y_hat, y, sigma):
    cost = 0.5 * np.mean(np.sum((y_hat - y) ** 2, axis=1))
    return cost / sigma**2 + y.shape[1] * (np.log(sigma) + np.log(2 * np.pi) / 2)


@exercise.picture
def own_likelihood(answer: Answer):
    """The learner's cost for narrower and wider bells around the same predictions."""
    from annkit.lessons.costs import pictures as cost_pictures

    return cost_pictures.best_sigma(lambda y_hat, y, sigma: float(answer(y_hat, y, sigma)))

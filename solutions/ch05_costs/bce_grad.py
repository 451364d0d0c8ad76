"""The gradient of the binary cross-entropy in the logits: probability minus answer."""

import math

import numpy as np

from annkit.exercises import LAST_DIGITS, Answer, Exercise, coarse, expect_close, expect_shape

exercise = Exercise(
    id="bce_grad",
    title="How loudly a mistake speaks",
    points=1,
    size="about 2 lines",
    derived=True,
    task=r"""Return $\partial C/\partial z$ for the cost $C$ of `bce_cost`: the slope of the
mean binary cross-entropy in every logit, same shape as `z`. It must have the right values as far
out as ±10 000, a small slope beside a large cost included: derive it, don't measure it. (Here only
the values count: unlike in `bce_cost`, a warning about an overflow on the way is ignored, since 1/∞
is the 0 that is wanted.)

Example: $z = \ln 3$ (so $p = \tfrac34$) with $y = 1$, and $z = 0$ (so $p = \tfrac12$) with $y =
0$. The slopes of the two losses are −¼ and ½; in the mean of two they are −⅛ and ¼.""",
    hints=(
        r"""
        The loss is $\ln(1 + e^z) - yz$. What is the slope of each of the two terms in z? You have
        met the first one's slope in chapter 3, under a name.
        """,
        r"""
        The slope of $\ln(1 + e^z)$ is $e^z/(1+e^z)$, a probability: the sigmoid, which you have
        written so that it survives a large $z$. The slope of $-yz$ is $-y$. And the cost is a mean.
        """,
        r"""
        A cousin with a hump: $\ell = \ln(\cosh z) - yz$ has the slope $\tanh z - y$. For two
        examples, `z = [[0.], [1.]]` and `y = [[1], [0]]`, the slopes of the mean are `[[-0.5],
        [0.381]]`, in code `(np.tanh(z) - y) / 2`.
        """,
        """
        Skeleton:

        ```python
        p = ...                # the sigmoid; e to the −|z| is safe
        return (p - ...) / ...
        ```
        """,
    ),
)


@exercise.reference
def bce_grad(z, y):
    """Gradient of the mean binary cross-entropy in the logits.

    Args:
        z: logits (scores before the sigmoid), (batch, 1); left unchanged.
        y: what happened, 0 or 1, (batch, 1), integers or floats.

    Returns:
        ∂C/∂z, (batch, 1), where C is the mean over the batch of −ln p of what happened; the
        1/batch of the mean is in it. Right for logits as large as ±10 000.
    """
    p = 0.5 * (1 + np.tanh(0.5 * z))
    return (p - y) / len(z)


@exercise.check("keeps the shape of z")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.integers(-3, 4, (4, 1)) + 0.5
    expect_shape(answer(z, np.array([[0], [1], [1], [0]])), (4, 1), what="the gradient")


@exercise.check("gets three examples right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z, y = np.log(np.array([[3.0], [1 / 4], [4.0]])), np.array([[1], [0], [0]])
    expect_close(
        answer(z, y),
        np.array([[-0.25], [0.2], [0.8]]) / 3,
        what="the gradient",
        why="the probabilities of 1 are ¾, ⅕ and ⅘",
    )
    odds = int(rng.integers(5, 50))
    expect_close(
        answer(np.log(np.array([[odds], [1.0]])), np.array([[0], [1]])),
        np.array([[odds / (odds + 1) / 2], [-0.25]]),
        what="the gradient",
        why=f"e to the z is {odds} and 1, so p is {odds}/{odds + 1} and ½",
    )


@exercise.check("agrees with central differences of the cost", points=0.5)
def agrees_with_difference(answer: Answer, rng: np.random.Generator) -> None:
    def loss(score, label):
        return math.log1p(math.exp(score)) - label * score

    z, h = rng.normal(size=(6, 1)) * 2, 1e-5
    y = rng.permutation(np.arange(6) % 2)[:, None]
    slopes = [
        (loss(score + h, label) - loss(score - h, label)) / (2 * h) / 6
        for score, label in zip(z.ravel(), y.ravel(), strict=True)
    ]
    expect_close(answer(z, y), np.array(slopes)[:, None], rtol=1e-5, atol=1e-8, what="the gradient")


@exercise.check("is right as far out as ±10 000")
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[1e4], [1e4], [-1e4], [-1e4]])
    z[:3] -= np.sign(z[:3]) * rng.integers(0, 90, (3, 1)) * 100
    y = np.array([[0.0], [1.0], [0.0], [1.0]])
    expect_close(
        answer(z, y),
        np.array([[0.25], [0.0], [0.0], [-0.25]]),
        what="the gradient",
        why="sure and wrong pulls with full strength, which is a quarter in a batch of four",
    )


def _slopes(z, y):
    return (np.exp(-np.logaddexp(0, -z)) - y) / len(z)


@exercise.check("a small slope beside a large cost, and the last digits")
def large_and_small(answer: Answer, rng: np.random.Generator) -> None:
    score = -float(rng.integers(11, 15))
    p = math.exp(score) / (1 + math.exp(score))
    expect_close(
        answer(np.array([[1e4], [score]]), np.array([[0.0], [0.0]])),
        np.array([[0.5], [p / 2]]),
        rtol=1e-5,
        atol=0,
        what="the gradient",
        why=f"for z = {score:g} the probability of 1 is {p:.3g}",
    )
    z, y = rng.uniform(-2, 2, (6, 1)), np.array([[0], [1], [1], [0], [1], [0]])
    expect_close(
        answer(z, y),
        _slopes(z, y),
        rtol=LAST_DIGITS,
        atol=0,
        what="the gradient",
        why="a formula is right to the last digits",
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def batch_forgotten(z, y):
    """These are the slopes of the losses; the cost is their mean.

    Your gradient is too large by the number of examples.
    """
    return (1 + np.tanh(z / 2)) / 2 - y


@exercise.wrong(caught_by=by_hand, hint=1)
def extra_slope_of_the_sigmoid(z, y):
    """You multiplied by σ′(z) once more.

    That factor belongs to the squared error; in the cross-entropy it has cancelled. With it, an
    example that is sure and wrong is hardly heard.
    """
    p = (1 + np.tanh(z / 2)) / 2
    return (p - y) * p * (1 - p) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def probability_forgotten(z, y):
    """You return the slope of −yz alone. The loss has another term.

    What is the slope of ln(1 + e to the z)?
    """
    return -y / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def logit_for_probability(z, y):
    """You subtracted the answer from the logit itself; between them stands the sigmoid."""
    return (z - y) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def points_downhill(z, y):
    """Every sign is reversed: this is the direction in which the cost falls, minus the gradient."""
    return (y - (1 + np.tanh(z / 2)) / 2) / len(z)


@exercise.wrong(caught_by=by_hand, hint=1)
def slope_in_the_probability(z, y):
    """This is the slope of the cost in the probability p; asked for is the slope in the logit z."""
    p = np.clip((1 + np.tanh(z / 2)) / 2, 1e-15, 1 - 1e-15)
    return (p - y) / (p * (1 - p)) / len(z)


@exercise.wrong(caught_by=by_hand, hint=2)
def sigmoid_twice(z, y):
    """The logits went through the sigmoid twice, so no probability is above 0.73."""
    p = (1 + np.tanh(z / 2)) / 2
    return (1 / (1 + np.exp(-p)) - y) / len(z)


@exercise.wrong(caught_by=far_out, hint=2)
def infinity_over_infinity(z, y):
    """Right for small logits; far out your sigmoid becomes infinity over infinity."""
    e = np.exp(z)
    return (e / (1 + e) - y) / len(z)


@exercise.wrong(caught_by=keeps_shape, hint=2)
def averaged_over_the_batch(z, y):
    """You averaged the slopes. Every logit has a slope of its own."""
    return float(np.mean((1 + np.tanh(z / 2)) / 2 - y))


@exercise.wrong(caught_by=large_and_small, hint=2, recognise=coarse(_slopes))
def measured_by_differences(z, y):
    """You measure the slope, with a nudge. Beside a large cost the nudge is rounded away.

    The slope can be written down, and is shorter than the measurement.
    """
    h = 1e-5

    def cost(z):
        return np.mean(np.logaddexp(0, z) - y * z)

    slopes = np.empty(np.shape(z))
    for place in np.ndindex(slopes.shape):
        nudge = np.zeros(slopes.shape)
        nudge[place] = h
        slopes[place] = (cost(z + nudge) - cost(z - nudge)) / (2 * h)
    return slopes


@exercise.wrong(caught_by=by_hand, hint=1)
def decisions_for_probabilities(z, y):
    """You decide first, 0 or 1, and subtract then. How sure the model was is lost."""
    return (np.where(z > 0, 1.0, 0.0) - y) / len(z)


@exercise.alternative
def with_the_exponential(z, y):
    e = np.exp(-np.abs(z))
    return (np.where(z >= 0, 1, e) / (1 + e) - y) / z.shape[0]


@exercise.alternative
def with_a_warning(z, y):
    return (1 / (1 + np.exp(-z)) - y) / len(y)


@exercise.alternative
def one_example_at_a_time(z, y):
    grad = np.zeros(np.shape(z))
    for i in range(len(z)):
        grad[i] = (0.5 + 0.5 * np.tanh(z[i] / 2) - y[i]) / len(z)
    return grad

"""Binary cross-entropy, computed from logits so that nothing breaks."""

import math

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape

exercise = Exercise(
    id="bce_cost",
    title="What a yes or no costs",
    points=2,
    size="about 2 lines",
    task=r"""From logits `z` and answers `y` of 0 or 1, return the mean binary cross-entropy: the
mean over the batch of $-\ln p$ of what happened, where $p = \sigma(z)$ is the probability of 1.
Work from `z`, so that it is right up to ±10 000, without a warning.

Example: $z = \ln 3$ means $p = \tfrac34$. If $y = 1$, the loss is $-\ln\tfrac34 = 0.288$; if
$y = 0$, it is $-\ln\tfrac14 = 1.386$. A batch of these two costs 0.837.""",
    hints=(
        """
        What must come out for z = 1000 and y = 0? Approximately the logit itself, not infinity.
        Which of your intermediate numbers cannot be stored there?
        """,
        r"""
        The loss of an example is $\ln(1 + e^{z}) - yz$, with its own $z$ and $y$; the cost is the
        mean. Only $e^z$ is dangerous. Pull it out of the bracket when
        $z$ is positive: $\ln(1 + e^z) = z + \ln(1 + e^{-z})$.
        """,
        r"""
        The same trick elsewhere: $\sqrt{1 + z^2}$ for $z = 10^{200}$. The square overflows, but
        with $m = \max(|z|, 1)$ pulled out, $\sqrt{1 + z^2} = m\sqrt{(1/m)^2 + (z/m)^2}$, nothing
        does. Rewrite first, then compute; and do it for the whole array at once, with `np.maximum`
        rather than `if`.
        """,
        """
        Skeleton:

        ```python
        soft = np.maximum(z, 0) + ...   # ln(1 + e^z), only e^(−|z|) is computed
        return ...                      # subtract y·z, then the mean
        ```
        """,
    ),
)


@exercise.reference
def bce_cost(z, y):
    """Mean binary cross-entropy of a batch, from logits.

    Args:
        z: logits (scores before the sigmoid), (batch, 1).
        y: what happened, 0 or 1, (batch, 1), integers or floats.

    Returns:
        One number: the mean over the batch of −ln σ(z) where y is 1 and −ln(1 − σ(z)) where it
        is 0. Finite, right and without a warning for logits as large as ±10 000.
    """
    # log1p(x) is ln(1 + x), to the last digit for a tiny x too
    soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return float(np.mean(soft - y * z))


@exercise.check("gives one number")
def one_number(answer: Answer, rng: np.random.Generator) -> None:
    z = rng.integers(-3, 4, (4, 1)) + 0.5
    expect_shape(answer(z, np.array([[0], [1], [1], [0]])), (), what="the cost")


@exercise.check("gets four examples right", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.log(np.array([[3.0], [1 / 4], [9.0], [4.0]]))
    losses = [-math.log(3 / 4), -math.log(4 / 5), -math.log(1 / 10), -math.log(4 / 5)]
    expect_close(
        answer(z, np.array([[1], [0], [0], [1]])),
        sum(losses) / 4,
        what="the cost",
        why="what happened had the probabilities ¾, ⅘, ⅒ and ⅘",
    )
    odds = round(float(rng.uniform(5, 50)), 2)
    expect_close(
        answer(np.log(np.array([[odds], [odds]])), np.array([[1], [0]])),
        (-math.log(odds / (odds + 1)) + math.log(odds + 1)) / 2,
        what="the cost",
        why=f"e to the z is {odds}, so p is {odds}/{odds + 1}",
    )


@exercise.check("agrees with logarithms of probabilities", points=0.5)
def agrees_with_probabilities(answer: Answer, rng: np.random.Generator) -> None:
    for batch in (5, 8):
        z = rng.normal(size=(batch, 1)) * 3
        y = rng.permutation(np.arange(batch) % 2)[:, None]
        total = 0.0
        for score, label in zip(z.ravel(), y.ravel(), strict=True):
            odds = math.exp(score)
            total -= math.log((odds if label else 1.0) / (1 + odds))
        expect_close(answer(z, y), total / batch, what="the cost")


@exercise.check("charges in full for being sure and wrong", points=0.5)
def sure_and_wrong(answer: Answer, rng: np.random.Generator) -> None:
    z, y = np.array([[40.0], [-60.0], [2.0]]), np.array([[0.0], [1.0], [1.0]])
    expected = (100 + math.log1p(math.exp(-2))) / 3
    expect_close(answer(z, y), expected, what="the cost", why="a no at z = 40 costs 40")
    score = round(float(rng.uniform(42, 90)), 2)
    why = f"a no at z = {score:g} costs {score:g}, and a yes there nothing"
    z, y = np.array([[score], [score]]), np.array([[0.0], [1.0]])
    expect_close(answer(z, y), score / 2, what="the cost", why=why)


@exercise.check("no overflow and no warning up to ±10 000", points=0.5, quiet=True)
def far_out(answer: Answer, rng: np.random.Generator) -> None:
    # One sign at a time: a formula may survive on one side only, and the card shows which.
    for score in (1e4, -1e4, float(rng.integers(800, 9000))):
        z, y = np.array([[score], [score], [0.0]]), np.array([[1], [0], [1]])
        expect_close(answer(z, y), (abs(score) + math.log(2)) / 3, what="the cost")


@exercise.wrong(caught_by=by_hand, hint=1)
def minus_forgotten(z, y):
    """Your cost is negative: the logarithm of a probability is, and the minus makes it a cost."""
    soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return float(np.mean(y * z - soft))


def _one_half_less_the_other(z, y):
    soft = np.log1p(np.exp(-np.abs(z)))
    return float(np.mean(y * (np.maximum(-z, 0) + soft) - (1 - y) * (np.maximum(z, 0) + soft)))


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_one_half_less_the_other,))
def minus_on_one_half_only(z, y):
    """The minus reaches only the first half of the formula: a bracket is missing.

    The examples with y = 0 lower your cost where they should raise it.
    """
    p = 1 / (1 + np.exp(-z))
    return float(np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p)))


@exercise.wrong(caught_by=by_hand, hint=2)
def sum_over_the_batch(z, y):
    """You added up the losses; the cost is their mean."""
    soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return float(np.sum(soft - y * z))


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_ones_count(z, y):
    """The examples with y = 0 cost nothing. They were predicted too, and may be wrong."""
    return float(np.mean(y * (np.maximum(-z, 0) + np.log1p(np.exp(-np.abs(z))))))


@exercise.wrong(caught_by=by_hand, hint=1)
def labels_swapped(z, y):
    """You charge −ln p where the answer was 0, and −ln(1 − p) where it was 1: swapped."""
    soft = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    return float(np.mean(soft - (1 - y) * z))


@exercise.wrong(caught_by=by_hand, hint=1)
def sigmoid_twice(z, y):
    """The logits went through the sigmoid twice.

    Then no probability is above 0.73, and the best possible cost is far from 0.
    """
    p = 1 / (1 + np.exp(-1 / (1 + np.exp(-np.clip(z, -500, 500)))))
    return -float(np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


@exercise.wrong(caught_by=by_hand, hint=2)
def squared_error_of_probabilities(z, y):
    """This is the half squared error of the probabilities. Asked for is −ln p of what happened."""
    p = (1 + np.tanh(z / 2)) / 2
    return float(np.mean(0.5 * (p - y) ** 2))


@exercise.wrong(caught_by=one_number, hint=2)
def losses_not_averaged(z, y):
    """You return one loss per example; the cost of a batch is one number."""
    return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z


@exercise.wrong(caught_by=by_hand, hint=2)
def every_pair_of_examples(z, y):
    """You compared every logit with every answer: a (batch, 1) met a (1, batch).

    The product became a square, and the sum ran over all pairs.
    """
    p = 1 / (1 + np.exp(-z))
    return -float(np.sum(np.dot(y, np.log(p).T) + np.dot(1 - y, np.log(1 - p).T))) / len(y)


@exercise.wrong(caught_by=sure_and_wrong, hint=1)
def logarithm_of_the_probability(z, y):
    """Right on paper, but from z ≈ 37 on σ(z) is stored as exactly 1, and ln(1 − 1) is −∞."""
    p = 1 / (1 + np.exp(-z))
    return -float(np.mean(np.where(y == 1, np.log(p), np.log(1 - p))))


@exercise.wrong(caught_by=sure_and_wrong, hint=1)
def formula_as_it_stands(z, y):
    """You computed the formula as it stands, from p.

    Where σ(z) is stored as 1 it has ln 0 in it, and even for a perfect hit 0 · ln 0 is not a
    number. Work from z, and never compute p.
    """
    p = 1 / (1 + np.exp(-z))
    return -float(np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


def _right_up_to(calls, limit: float) -> bool:
    """Whether all costs of scores below this limit are right, whatever the type of the result."""
    near = [call for call in calls if np.max(np.abs(call.args[0])) < limit]
    costs = [np.mean(np.logaddexp(0, call.args[0]) - call.args[1] * call.args[0]) for call in near]
    got = [call.value for call in near]
    return bool(near) and bool(np.allclose(np.asarray(got, dtype=float), costs, rtol=1e-4))


def _capped(calls) -> bool:
    """Right for ordinary scores, finite but too small for an example sure and wrong at 40."""
    far = [call for call in calls if np.max(np.abs(call.args[0])) == 60]
    return _right_up_to(calls, 15) and all(3 < float(call.value) < 100 / 3 - 0.1 for call in far)


def _clipped_score(calls) -> bool:
    """Right up to 60; far beyond, finite but too small."""
    far = [float(call.value) for call in calls if np.max(np.abs(call.args[0])) == 1e4]
    return _right_up_to(calls, 61) and bool(far) and all(10 < cost < 3000 for cost in far)


@exercise.wrong(caught_by=sure_and_wrong, hint=1, recognise=_capped)
def capped_by_a_small_number(z, y):
    """Your loss has a cap: a probability (or a score) is kept from going all the way.

    Beyond the cap it no longer matters how wrong an example is, and its slope is 0.
    """
    p = np.clip(1 / (1 + np.exp(-np.clip(z, -500, 500))), 1e-12, 1 - 1e-12)
    return -float(np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))


@exercise.wrong(caught_by=far_out, hint=2)
def exponential_overflows(z, y):
    """The formula is the right one, but e^z overflows beyond z = 709.

    Which form of ln(1 + e^z) suits a large positive z?
    """
    return float(np.mean(np.log1p(np.exp(z)) - y * z))


@exercise.wrong(caught_by=far_out, hint=2)
def rewritten_for_every_score(z, y):
    """You use the form with e^(−z) for *every* z: now it overflows at −10 000 instead of +10 000.

    Each form is safe on one side only. Which form suits which z?
    """
    return float(np.mean(z + np.log1p(np.exp(-z)) - y * z))


@exercise.wrong(caught_by=far_out, hint=1, recognise=_clipped_score)
def clipped_score(z, y):
    """You cut the scores off, so that nothing overflows: from there on every loss is the same.

    At z = 10 000 and y = 0 the loss should be 10 000.
    """
    z = np.clip(z, -500, 500)
    return float(np.mean(np.log1p(np.exp(z)) - y * z))


def _takes_z_for_p(calls) -> bool:
    """Costs of −y ln z − (1−y) ln(1−z), NaN or not, with z kept between any two small numbers."""
    call = next(call for call in calls if np.min(call.args[0]) < 0 and np.max(call.args[0]) < 10)
    z, y = call.args
    for eps in (None, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5):
        p = z if eps is None else np.clip(z, eps, 1 - eps)
        with np.errstate(all="ignore"):
            cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
        if np.allclose(float(call.value), cost, equal_nan=True) and not call.mutated:
            return True
    return False


@exercise.wrong(caught_by=by_hand, hint=1, recognise=_takes_z_for_p)
def score_taken_for_a_probability(z, y):
    """You took z for the probability. It is a score, any number, and may well be negative.

    The sigmoid stands between it and p.
    """
    return -float(np.mean(y * np.log(z) + (1 - y) * np.log(1 - z)))


@exercise.wrong(caught_by=far_out, hint=3)
def both_branches_computed(z, y):
    """Right values, but with an overflow on the way: `np.where` computes *both* of its branches.

    What could stand in the exponent so that it is never positive?
    """
    soft = np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
    return float(np.mean(soft - y * z))


@exercise.wrong(
    caught_by=far_out, hint=2, recognise=lambda calls: any(call.hidden for call in calls)
)
def warning_hidden(z, y):
    """You switched the sound off; far out an exponential overflows all the same.

    Which exponent is positive where, also in a branch of `np.where` that is thrown away?
    """
    with np.errstate(all="ignore"):
        soft = np.where(z > 0, z + np.log1p(np.exp(-z)), np.log1p(np.exp(z)))
    return float(np.mean(soft - y * z))


@exercise.wrong(caught_by=by_hand, hint=2)
def labels_of_plus_and_minus_one(z, y):
    """ln(1 + e^(−yz)) is for labels −1 and +1. With y = 0 it gives ln 2, whatever z is."""
    return np.mean(np.logaddexp(0, -y * z))


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_of_the_exponent(z, y):
    """ln(1 + e^(−z)) is the loss where y is 1, and complete there.

    Which form of the logarithm goes with − y·z?
    """
    return float(np.mean(np.logaddexp(0, -z) - y * z))


@exercise.wrong(caught_by=by_hand, hint=3)
def exponent_of_z_itself(z, y):
    """max(z, 0) + ln(1 + e^(−z)) is right for z ≥ 0 only.

    For a negative z the exponent is positive. What could stand there that never is?
    """
    return float(np.mean(np.maximum(z, 0) - y * z + np.log(1 + np.exp(-z))))


@exercise.wrong(caught_by=by_hand, hint=2)
def pulled_out_and_lost(z, y):
    """ln(1 + e^(−|z|)) is what stays in the bracket when a positive z is pulled out of it.

    The z that you pulled out is missing.
    """
    return float(np.mean(np.log1p(np.exp(-np.abs(z))) - y * z))


@exercise.wrong(caught_by=by_hand, hint=2)
def pulled_out_on_the_other_side(z, y):
    """You pull z out of the bracket where it is *negative*; there e^z is small and may stay."""
    return float(np.mean(np.minimum(z, 0) + np.log1p(np.exp(-np.abs(z))) - y * z))


@exercise.wrong(caught_by=by_hand, hint=3)
def mean_of_every_pair(z, y):
    """Your mean runs over every pair of a logit and an answer, not only over those of one example.

    An array of shape (batch,) met one of shape (batch, 1), and NumPy made a square of them.
    """
    z, y = np.ravel(z), np.ravel(y)
    return float(np.mean(np.logaddexp(0, z)) - np.mean(z) * np.mean(y))


@exercise.alternative
def with_logaddexp(z, y):
    return np.mean(np.logaddexp(0, z) - y * z)


@exercise.alternative
def with_a_sign(z, y):
    wrong_by = (1 - 2 * y) * z
    return np.mean(np.logaddexp(0, wrong_by))


@exercise.alternative
def one_example_at_a_time(z, y):
    total = 0.0
    for score, label in zip(np.ravel(z), np.ravel(y), strict=True):
        t = -score if label == 1 else score
        total += t + math.log1p(math.exp(-t)) if t > 0 else math.log1p(math.exp(t))
    return total / len(z)


@exercise.alternative
def two_cases(z, y):
    small = np.exp(-np.abs(z))
    soft = np.where(z > 0, z + np.log(1 + small), np.log(1 + small))
    return (soft - np.where(y == 1, z, 0)).sum() / z.shape[0]


@exercise.picture
def own_losses(answer: Answer):
    """The learner's loss over the logit, for both answers."""
    from annkit.lessons.costs import pictures as cost_pictures

    return cost_pictures.yes_or_no(lambda z, y: float(answer(z, y)))

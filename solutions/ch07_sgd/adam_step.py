"""Momentum over RMSProp, both corrected for having started at zero."""

from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, changes, expect_close, expect_that

exercise = Exercise(
    id="adam_step",
    title="A step of Adam",
    points=2,
    size="about 5 lines",
    task="""Take step number `t` (counted from 1) of Adam. Update the running means
`m ← beta1 · m + (1 − beta1) · g` and `v ← beta2 · v + (1 − beta2) · g²`; correct both,
`m / (1 − beta1ᵗ)` and `v / (1 − beta2ᵗ)`; move each weight by `−learning_rate` times the corrected
`m` divided by (the square root of the corrected `v`, plus `eps`). Return the weights and
the **uncorrected** means.

Example: `g = −6`, `m = v = 0`, `t = 1`, `beta1 = 0.5`, `beta2 = 0.75`, `eps = 0`: m = −3 and v = 9;
corrected −6 and 36; so with the learning rate 0.1 the weight moves by −0.1 · (−6)/6 = +0.1.""",
    hints=(
        """
        Try `t = 1` on paper with `m = v = 0`: what must the corrections give back? And which `m`
        and `v` will the next step need?
        """,
        """
        Three lines: means, corrections, step. The corrected values are used for this step only, so
        give them names of their own. `eps` is added after the square root. (An array of whole
        numbers has no room for fractions.)
        """,
        """
        The correction for a running mean of temperatures that started at 0 with `beta = 0.9`: after
        one day of 20 degrees the mean says 2; divided by 1 − 0.9¹ = 0.1 it says 20. After two such
        days it says 3.8; divided by 1 − 0.9² = 0.19 it says 20 again.
        """,
        """
        Skeleton:

        ```python
        m = ...
        v = ...
        m_hat = m / (1 - ...)
        v_hat = v / (1 - ...)
        return w - ... * ... / (np.sqrt(...) + ...), m, v
        ```
        """,
    ),
)


@exercise.reference
def adam_step(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam.

    Args:
        w: weights, an array of any shape.
        g: gradient of the cost at w, same shape.
        m: running mean of the gradients, same shape; zeros before the first step.
        v: running mean of the squared gradients, same shape; zeros before the first step.
        t: number of this step; the first one is 1.
        learning_rate: a positive number.
        beta1: share of m that is kept.
        beta2: share of v that is kept.
        eps: added to the square root, so that nothing is divided by 0.

    Returns:
        (w, m, v): the new weights, and the new means *without* correction, new arrays of the
        same shape.
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


def _weighted(values, beta):
    """The corrected running mean, written as what it is: a weighted mean of all values so far.

    Args:
        values: (t, …), the oldest first.
        beta: share that is kept.

    Returns:
        The mean with the weights beta^(t−1), …, beta, 1, of the shape of one value.
    """
    return np.average(values, axis=0, weights=beta ** np.arange(len(values) - 1, -1, -1.0))


@exercise.check("returns three things of the shape of w")
def three_things(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((3, 2), (4,)):
        w, g, m = (rng.normal(size=shape) for _ in range(3))
        got = answer(w, g, m, rng.uniform(1, 2, size=shape), 3, 0.1)
        expect_that(
            isinstance(got, tuple | list) and [np.shape(part) for part in got] == [shape] * 3,
            f"Return w, m and v, all of shape {shape}.",
            got=got,
        )


@exercise.check("the two means follow the gradient and its square", points=0.5)
def means(answer: Answer, rng: np.random.Generator) -> None:
    w, g = np.array([1.0, 0.0]), np.array([2.0, -4.0])
    m, v = np.array([4.0, 0.0]), np.array([8.0, 16.0])
    _, new_m, new_v = answer(w, g, m, v, 5, 0.1, beta1=0.5, beta2=0.75)
    expect_close(new_m, np.array([3.0, -2.0]), what="m", why="0.5 · m + 0.5 · g, uncorrected")
    expect_close(new_v, np.array([7.0, 16.0]), what="v", why="0.75 · v + 0.25 · g², uncorrected")
    n = round(float(rng.uniform(3, 20)), 2)
    _, new_m, new_v = answer(w, 2 * n + g, m, v, 5, 0.1, beta1=0.5, beta2=0.75)
    expect_close(new_m, np.array([3.0, -2.0]) + n, what="m", why="0.5 · m + 0.5 · g")
    expected = np.array([6 + (n + 1) ** 2, 12 + (n - 2) ** 2])
    expect_close(new_v, expected, what="v", why="0.75 · v + 0.25 · g²")


@exercise.check("the first step has the length of the learning rate", points=0.5)
def first_step(answer: Answer, rng: np.random.Generator) -> None:
    w, zeros = rng.normal(size=4), np.zeros(4)
    g = np.array([1000.0, 1.0, -0.1, -50.0]) * rng.uniform(1, 2, size=4)
    rate = float(rng.uniform(0.01, 0.5))
    got = answer(w, g, zeros, zeros.copy(), 1, rate)
    expect_close(
        got[0] - w,
        -rate * np.sign(g),
        rtol=1e-4,  # eps is 1e-7 of the smallest gradient, and about 3e-6 of an uncorrected root
        what="new w − old w",
        why="with t = 1 the corrected means are g and g²",
    )


@exercise.check("ten steps in a row", points=0.5)
def ten_steps(answer: Answer, rng: np.random.Generator) -> None:
    beta1, beta2 = float(rng.uniform(0.5, 0.8)), float(rng.uniform(0.85, 0.95))
    gradients, rate = rng.normal(size=(10, 3, 2)), float(rng.uniform(0.05, 0.5))
    w = rng.normal(size=(3, 2))
    m, v = np.zeros((3, 2)), np.zeros((3, 2))
    for t in range(1, 11):
        so_far = gradients[:t]
        mean, square = _weighted(so_far, beta1), _weighted(so_far**2, beta2)
        expected = w - rate * mean / np.sqrt(square)
        w, m, v = answer(w, gradients[t - 1], m, v, t, rate, beta1, beta2, eps=0.0)
        expect_close(w, expected, what=f"w after step {t}")
        expect_close(m, mean * (1 - beta1**t), what=f"m after step {t}")
        expect_close(v, square * (1 - beta2**t), what=f"v after step {t}")


@exercise.check("eps outside the root, the usual values, and whole numbers", points=0.5)
def details(answer: Answer, rng: np.random.Generator) -> None:
    w, zeros, g = np.array([1.0, -2.0]), np.zeros(2), np.array([2.0, -0.5])
    g *= round(float(rng.uniform(1, 50)), 2)
    got = answer(w, g, zeros, zeros.copy(), 1, 0.6, eps=0.5)
    expect_close(
        got[0], w - 0.6 * g / (np.abs(g) + 0.5), what="w", why="here eps is 0.5, outside the root"
    )
    got = answer(w, g, zeros, zeros.copy(), 1, 0.6)
    expect_close(got[1], 0.1 * g, what="m", why="beta1 is 0.9 by default")
    expect_close(got[2], 0.001 * g * g, what="v", why="beta2 is 0.999 by default")
    tiny = np.full(2, 1e-8)
    got = answer(w, tiny, zeros, zeros.copy(), 1, 0.6)
    expect_close(got[0], w - 0.3, what="w", why="g, the root and eps are all 1e-8 here")
    whole = np.array([1, 2]), np.array([3, -4]), np.array([0, 0]), np.array([0, 0])
    got = answer(*whole, 1, 0.5, beta1=0.5, beta2=0.75, eps=0.0)
    expected = np.array([0.5, 2.5]), np.array([1.5, -2.0]), np.array([2.25, 4.0])
    expect_close(got, expected, what="(w, m, v)", why="whole numbers are numbers, too")


@exercise.wrong(caught_by=first_step, hint=3)
def no_correction(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """The two means are not corrected for their start at 0.

    The first step is then (1 − β₁)/√(1 − β₂) = 3.16 learning rates long instead of one.
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * m / (np.sqrt(v) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=3)
def only_m_corrected(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Only m is corrected. v starts at 0 as well, and creeps up a hundred times more slowly."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * m / (1 - beta1**t) / (np.sqrt(v) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=3)
def only_v_corrected(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Only v is corrected. m starts at 0 as well: your first step is ten times too short."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * m / (np.sqrt(v / (1 - beta2**t)) + eps), m, v


@exercise.wrong(caught_by=means, hint=2)
def corrected_means_kept(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You hand back the *corrected* means, and the next step would correct them again."""
    m = (beta1 * m + (1 - beta1) * g) / (1 - beta1**t)
    v = (beta2 * v + (1 - beta2) * g**2) / (1 - beta2**t)
    return w - learning_rate * m / (np.sqrt(v) + eps), m, v


@exercise.wrong(caught_by=details, hint=2)
def eps_inside_the_root(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your eps stands inside the square root, where 1e-8 acts like 1e-4."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat + eps), m, v


@exercise.wrong(caught_by=details, hint=2)
def eps_beside_the_fraction(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your eps is added to the weight, not below the line: a fraction ends before the next +."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / np.sqrt(v_hat) + eps, m, v


@exercise.wrong(caught_by=details, hint=2)
def short_form(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You corrected the learning rate, not the means: a known short form, with another eps.

    It is added to the square root of the *uncorrected* v here. At the first step it is 32 times
    smaller, so eps weighs 32 times as much.
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    rate = learning_rate * np.sqrt(1 - beta2**t) / (1 - beta1**t)
    return w - rate * m / (np.sqrt(v) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=1)
def counts_from_zero(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your correction uses t + 1, as if t counted from 0. Here the first step is number 1."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1 ** (t + 1)), v / (1 - beta2 ** (t + 1))
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=ten_steps, hint=1)
def always_the_first_correction(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your correction divides by 1 − β, which is right for the first step only: t is missing."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1), v / (1 - beta2)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=ten_steps, hint=3)
def beta_times_t(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You divide by 1 − β·t. The little t in βᵗ is a power: t factors β, multiplied."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1 * t), v / (1 - beta2 * t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=3)
def bracket_forgotten(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """`m / 1 - beta1**t` divides by 1, then subtracts βᵗ: a fraction ends before the next minus.

    Where v becomes negative that way, its square root is NaN.
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / 1 - beta1**t, v / 1 - beta2**t
    with np.errstate(invalid="ignore"):
        return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=means, hint=1)
def square_of_the_mean(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your v follows the square of m.

    It should follow the square of g: the mean of squares is not the square of the mean.
    """
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * m**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=means, hint=3)
def velocity_like_momentum(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your m gains the whole gradient, as in the momentum step.

    In Adam it is a mean: g comes in with the share 1 − beta1.
    """
    m = beta1 * m + g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=2)
def no_root(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """The square root is missing: you divide by the mean square."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (v_hat + eps), m, v


@exercise.wrong(caught_by=first_step, hint=1)
def uphill(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """The weights moved along the running mean of the gradients: uphill."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w + learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=ten_steps, hint=2)
def moves_by_the_gradient(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your m is kept well but moves nothing: the numerator of your step is the bare gradient."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    v_hat = v / (1 - beta2**t)
    return w - learning_rate * g / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=ten_steps, hint=3)
def power_of_the_bracket(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You take the power of the whole bracket, (1 − β)ᵗ. The little t belongs to β alone."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1) ** t, v / (1 - beta2) ** t
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=three_things, hint=2, recognise=changes("w", "g", "m", "v"))
def in_place(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """`*=`, `+=` and `-=` write into the caller's arrays. `w = w - …` makes a new one."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    w -= learning_rate * m_hat / (np.sqrt(v_hat) + eps)
    return w, m, v


@exercise.wrong(caught_by=details, hint=2)
def whole_means(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your means have the type of the old ones: with whole numbers every fraction is lost."""
    new_m, new_v = np.zeros_like(m), np.zeros_like(v)
    new_m[...] = beta1 * m + (1 - beta1) * g
    new_v[...] = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = new_m / (1 - beta1**t), new_v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), new_m, new_v


@exercise.wrong(caught_by=first_step, hint=2)
def moves_by_old_means(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """The weights moved by the means from *before* this step. At the first step those are 0."""
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    new_m, new_v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), new_m, new_v


@exercise.wrong(caught_by=first_step, hint=3)
def correction_multiplied(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You multiply by 1 − βᵗ. The means are too small at the start: which way makes them larger?"""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m * (1 - beta1**t), v * (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=2)
def correction_outside_the_root(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You took the square root first and corrected v afterwards. Correct v first."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, root = m / (1 - beta1**t), np.sqrt(v) / (1 - beta2**t)
    return w - learning_rate * m_hat / (root + eps), m, v


def _averaged_gradient(
    w, g, m, v, t, rate, beta1=0.9, beta2=0.999, eps=1e-8, *, of=np.positive, sizes=np.positive
):
    """A step with the mean of g, or of its size, in the place of that of g²."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * of(g)
    m_hat, v_hat = m / (1 - beta1**t), sizes(v) / (1 - beta2**t)
    with np.errstate(invalid="ignore"):
        return w - rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(
    caught_by=means, hint=2, variants=(_averaged_gradient, partial(_averaged_gradient, of=np.abs))
)
def not_squared(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your v averages the gradient, with its sign or without. It should average its square."""
    return _averaged_gradient(w, g, m, v, t, learning_rate, beta1, beta2, eps, sizes=np.abs)


@exercise.wrong(caught_by=means, hint=2)
def one_beta_for_both(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Your v is averaged with the β of m. Each mean has its own: beta2 for v."""
    m = beta1 * m + (1 - beta1) * g
    v = beta1 * v + (1 - beta1) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.wrong(caught_by=first_step, hint=3)
def one_correction_for_both(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """You correct v with the β of m. Each mean is corrected with its own: beta2 for v."""
    m = beta1 * m + (1 - beta1) * g
    v = beta2 * v + (1 - beta2) * g**2
    m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta1**t)
    return w - learning_rate * m_hat / (np.sqrt(v_hat) + eps), m, v


@exercise.alternative
def correction_in_the_rate(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """The corrections as one factor, with eps scaled to match."""
    m = m + (1 - beta1) * (g - m)
    v = v + (1 - beta2) * (np.square(g) - v)
    root = np.sqrt(1 - beta2**t)
    return w - learning_rate * root / (1 - beta1**t) * m / (v**0.5 + eps * root), m, v


@exercise.alternative
def entry_by_entry(w, g, m, v, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    w, m, v = (np.array(a, dtype=float) for a in (w, m, v))
    for i in np.ndindex(w.shape):
        m[i] = beta1 * m[i] + (1 - beta1) * g[i]
        v[i] = beta2 * v[i] + (1 - beta2) * g[i] * g[i]
        root = (v[i] / (1 - beta2**t)) ** 0.5
        w[i] -= learning_rate * (m[i] / (1 - beta1**t)) / (root + eps)
    return [w, m, v]

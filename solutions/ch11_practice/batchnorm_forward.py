"""Batch normalisation, forward: every unit gets mean 0 and spread 1 in each batch, then its own."""

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_parts, expect_shape

exercise = Exercise(
    id="batchnorm_forward",
    title="Normalised in every batch",
    points=2,
    size="about 5 lines",
    leads_to="`batchnorm_backward` needs the cache that it returns.",
    task=r"""Normalise each unit over the batch, then give it a mean and a spread that are learned:
$\hat z = (z - \text{mean}) / \sqrt{\text{variance} + \epsilon}$ per column (the population's
variance), and out $= \gamma \hat z + \beta$. Return `(out, cache)`, where `cache` is the triple
`(z_hat, gamma, std)` with std $= \sqrt{\text{variance} + \epsilon}$: the way back needs it.

Example: one unit, `z = [[1], [5]]`, mean 3, variance 4, with `eps = 0` std 2: z_hat is `[[-1],
[1]]`. With γ = 10 and β = 7 out is `[[-3], [17]]`.""",
    hints=(
        """
        How many means do you need, one per unit or one per example? Which axis disappears? And
        where exactly does ε stand, under the root or behind it?
        """,
        """
        Four lines, each from the one before: mean, std, z_hat, out. It is `standardize` of chapter
        4 with ε under the root instead of a special case for constant columns. γ, β, mean and std
        have the shape (units,), and NumPy stretches them over all rows.
        """,
        """
        A relative: divide each column by its root mean square. For
        `z = np.array([[3, 1], [-3, 7]])` the mean squares are `[9, 25]`, and
        `rms = np.sqrt(np.mean(z**2, axis=0))` is `[3, 5]`, so `z / rms` is
        `[[1, 0.2], [-1, 1.4]]`. Shapes: (2, 2) over (2,).
        """,
        """
        Skeleton:

        ```python
        centred = z - ...
        std = np.sqrt(... + eps)          # (units,)
        z_hat = ...
        return ..., (z_hat, gamma, std)
        ```
        """,
    ),
)


@exercise.reference
def batchnorm_forward(z, gamma, beta, eps=1e-5):
    """Normalise pre-activations over the batch, then scale and shift them.

    Args:
        z: pre-activations, (batch, units), at least one example. They are not changed; the mean of
            a column may be far larger than its spread.
        gamma: scale of each unit, (units,).
        beta: shift of each unit, (units,).
        eps: added to the variance, so that a column of equal entries can be divided.

    Returns:
        out: gamma · z_hat + beta, (batch, units).
        cache: the triple (z_hat, gamma, std): z_hat (batch, units), gamma as given, and
            std = √(variance + eps), (units,). The variance is the population's: the mean of the
            squared distances from the mean.
    """
    centred = z - z.mean(axis=0)
    std = np.sqrt(np.mean(centred**2, axis=0) + eps)
    z_hat = centred / std
    return gamma * z_hat + beta, (z_hat, gamma, std)


def _expect_all(got, out, z_hat, gamma, std, *, why=""):
    """Expect (out, (z_hat, gamma, std)), the parts in the order in which they are computed."""
    _expect_form(got, z_hat.shape)
    expect_close(got[1][2], std, what="std in the cache", why=why)
    expect_close(got[1][0], z_hat, what="z_hat in the cache", why=why)
    expect_close(got[1][1], gamma, what="gamma in the cache", why="gamma as it was given")
    expect_close(got[0], out, what="out", why=why)


def _expect_form(got, shape):
    expect_parts(got, "(out, cache)")
    expect_shape(got[0], shape, what="out")
    expect_parts(got[1], "(z_hat, gamma, std)")
    for part, name, size in zip(
        got[1], ("z_hat", "gamma", "std"), (shape, shape[1:], shape[1:]), strict=True
    ):
        expect_shape(part, size, what=f"{name} in the cache")


def _by_loops(z, gamma, beta, eps):
    """(out, z_hat, gamma, std), unit by unit and example by example."""
    batch, units = z.shape
    z_hat, std = np.empty(z.shape), np.empty(units)
    for j in range(units):
        mean = sum(z[:, j].tolist()) / batch
        std[j] = (sum((x - mean) ** 2 for x in z[:, j].tolist()) / batch + eps) ** 0.5
        z_hat[:, j] = [(x - mean) / std[j] for x in z[:, j].tolist()]
    return np.array([z_hat[i] * gamma + beta for i in range(batch)]), z_hat, gamma, std


@exercise.check("returns out and the cache of three, with the right shapes")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    small = np.array([[1.0, 0.0], [3.0, 4.0], [5.0, 2.0]])
    _expect_form(answer(small, np.array([1.0, 2.0]), np.zeros(2)), (3, 2))
    z, gamma, beta = rng.normal(size=(6, 4)), rng.normal(size=4), rng.normal(size=4)
    _expect_form(answer(z, gamma, beta), (6, 4))


@exercise.check("two units by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = np.array([[0.0, 10.0], [4.0, 10.0], [0.0, 16.0], [4.0, 16.0]])
    gamma, beta = np.array([5.0, -1.0]), np.array([1.0, 100.0])
    z_hat = np.array([[-1.0, -1.0], [1.0, -1.0], [-1.0, 1.0], [1.0, 1.0]])
    out = np.array([[-4.0, 101.0], [6.0, 101.0], [-4.0, 99.0], [6.0, 99.0]])
    why = "means 2 and 13, variances 4 and 9; eps is 0"
    _expect_all(answer(z, gamma, beta, eps=0.0), out, z_hat, gamma, np.array([2.0, 3.0]), why=why)
    middle, half = map(float, rng.uniform(2, 30, 2).round(2))
    z = np.array([[middle - half], [middle + half]])
    got = answer(z, np.array([3.0]), np.array([2.0]), eps=0.0)
    expected = np.array([[-1.0], [5.0]]), np.array([[-1.0], [1.0]]), np.array([3.0])
    _expect_all(got, *expected, np.array([half]), why=f"mean {middle:g}, variance {half:g}²")


@exercise.check("any batch, and eps under the root", points=1)
def any_batch(answer: Answer, rng: np.random.Generator) -> None:
    for batch, units, eps in ((6, 4, 0.5), (5, 5, 2.0), (3, 2, 1e-3), (8, 1, 1.0)):
        z = rng.normal(size=(batch, units)) * rng.uniform(0.5, 3, units) + rng.normal(size=units)
        gamma, beta = rng.normal(size=units), rng.normal(size=units)
        why = f"eps is {eps:g}"
        _expect_all(answer(z, gamma, beta, eps=eps), *_by_loops(z, gamma, beta, eps), why=why)
    z, gamma, beta = rng.normal(size=(4, 3)) / 100, rng.normal(size=3), rng.normal(size=3)
    why = "eps is not given, so it is 1e-5"
    _expect_all(answer(z, gamma, beta), *_by_loops(z, gamma, beta, 1e-5), why=why)


@exercise.check("equal entries, a single example, and columns far from 0", points=0.5)
def extremes(answer: Answer, rng: np.random.Generator) -> None:
    z = np.column_stack([np.full(5, 3.0), rng.normal(size=5)])
    gamma, beta = rng.normal(size=2), rng.normal(size=2)
    _expect_all(
        answer(z, gamma, beta, eps=0.25),
        *_by_loops(z, gamma, beta, 0.25),
        why="in the first column all entries are equal",
    )
    z = rng.normal(size=(1, 2))
    expected = np.array([beta]), np.zeros((1, 2)), gamma, np.full(2, 0.5)
    _expect_all(answer(z, gamma, beta, eps=0.25), *expected, why="one example is its own mean")
    # Entries of 10⁷ are rounded to 10⁻⁹; their squares, of 10¹⁴, to some hundredths.
    spread = rng.permutation(np.arange(6.0))[:, None]
    z = np.hstack([spread, -spread]) + 1e7
    _expect_all(
        answer(z, gamma, beta),
        *_by_loops(z - 1e7, gamma, beta, 1e-5),
        why="the same numbers, ten million higher: mean and variance of the rest are as before",
    )


def _built(z, gamma, beta, *, mean, std):
    """The right result with another mean or std, both (units,) or what broadcasts like it."""
    z_hat = (z - mean) / std
    return gamma * z_hat + beta, (z_hat, gamma, std)


def _pieces(z, gamma, beta, eps):
    """The right z_hat, std and out."""
    std = np.sqrt(z.var(axis=0) + eps)
    z_hat = (z - z.mean(axis=0)) / std
    return z_hat, std, gamma * z_hat + beta


@exercise.wrong(caught_by=by_hand, hint=1)
def sample_variance(z, gamma, beta, eps=1e-5):
    """You divided by n − 1. The population's variance is asked for: divide by n."""
    n = len(z)
    std = np.sqrt(z.var(axis=0) * n / (n - 1) + eps)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(
    caught_by=any_batch,
    hint=1,
    variants=(lambda z, gamma, beta, eps=1e-5: _bare_in_the_cache(z, gamma, beta, eps),),
)
def eps_behind_the_root(z, gamma, beta, eps=1e-5):
    """You add ε to the standard deviation. It belongs to the variance, under the root."""
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=z.std(axis=0) + eps)


def _bare_in_the_cache(z, gamma, beta, eps):
    """Divided by the deviation + eps, and the deviation alone is kept."""
    out, (z_hat, _, _) = eps_behind_the_root(z, gamma, beta, eps)
    return out, (z_hat, gamma, z.std(axis=0))


@exercise.wrong(caught_by=any_batch, hint=1)
def eps_forgotten(z, gamma, beta, eps=1e-5):
    """ε has no effect: where all examples agree, you divide 0 by 0."""
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=z.std(axis=0))


@exercise.wrong(caught_by=by_hand, hint=4)
def eps_of_its_own(z, gamma, beta, eps=1e-5):
    """You always take the same ε. The caller may hand in another one."""
    std = np.sqrt(z.var(axis=0) + 1e-5)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(caught_by=any_batch, hint=4)
def another_default(z, gamma, beta, eps=1e-8):
    """Where the caller gives no ε, yours isn't the usual one. Which does its `def` line name?"""
    std = np.sqrt(z.var(axis=0) + eps)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(caught_by=by_hand, hint=1)
def root_missing(z, gamma, beta, eps=1e-5):
    """You divide by the variance; the root is missing."""
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=z.var(axis=0) + eps)


@exercise.wrong(
    caught_by=by_hand,
    hint=1,
    variants=(lambda z, gamma, beta, eps=1e-5: _by_the_variance(z, gamma, beta, eps, bare=True),),
)
def divided_by_the_variance(z, gamma, beta, eps=1e-5):
    """The std in your cache is right, but z was divided by the variance: the root is missing."""
    return _by_the_variance(z, gamma, beta, eps)


def _by_the_variance(z, gamma, beta, eps, bare=False):
    """Divided by variance + eps, or by the variance and eps elsewhere; the right std is kept."""
    _, std, _ = _pieces(z, gamma, beta, eps)
    z_hat = (z - z.mean(axis=0)) / (z.var(axis=0) if bare else z.var(axis=0) + eps)
    return gamma * z_hat + beta, (z_hat, gamma, std)


@exercise.wrong(
    caught_by=has_the_form,
    hint=1,
    variants=(lambda z, gamma, beta, eps=1e-5: _over_the_units(z, gamma, beta, eps, flat=True),),
)
def each_example_by_itself(z, gamma, beta, eps=1e-5):
    """You normalised each example over its units: another remedy, layer normalisation.

    Here each unit is compared with itself, over the batch: which axis disappears?
    """
    return _over_the_units(z, gamma, beta, eps)


def _over_the_units(z, gamma, beta, eps, *, flat=False):
    """Layer normalisation; std is kept as (batch, 1), or flat as (batch,)."""
    std = np.sqrt(z.var(axis=1, keepdims=True) + eps)
    out, (z_hat, _, _) = _built(z, gamma, beta, mean=z.mean(axis=1, keepdims=True), std=std)
    return out, (z_hat, gamma, std.ravel() if flat else std)


@exercise.wrong(caught_by=has_the_form, hint=1)
def one_mean_for_all(z, gamma, beta, eps=1e-5):
    """You took one mean and one spread for the whole table. Every unit has its own."""
    return _built(z, gamma, beta, mean=z.mean(), std=np.sqrt(z.var() + eps))


@exercise.wrong(caught_by=by_hand, hint=2)
def mean_not_taken_off(z, gamma, beta, eps=1e-5):
    """You divide, but the mean is still in: the units keep their old middle."""
    return _built(z, gamma, beta, mean=0 * z[0], std=np.sqrt(z.var(axis=0) + eps))


@exercise.wrong(caught_by=by_hand, hint=4)
def brackets_missing(z, gamma, beta, eps=1e-5):
    """`z - mean / std` divides the mean alone. Brackets?"""
    std = np.sqrt(z.var(axis=0) + eps)
    z_hat = z - z.mean(axis=0) / std
    return gamma * z_hat + beta, (z_hat, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=2)
def scale_and_shift_exchanged(z, gamma, beta, eps=1e-5):
    """You exchanged γ and β: γ multiplies, β is added."""
    z_hat, std, _ = _pieces(z, gamma, beta, eps)
    return beta * z_hat + gamma, (z_hat, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=4)
def shift_scaled(z, gamma, beta, eps=1e-5):
    """You multiply β by γ as well: it is added last."""
    z_hat, std, _ = _pieces(z, gamma, beta, eps)
    return gamma * (z_hat + beta), (z_hat, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=2)
def not_scaled(z, gamma, beta, eps=1e-5):
    """Your out is z_hat itself: γ and β have no say."""
    z_hat, std, _ = _pieces(z, gamma, beta, eps)
    return z_hat, (z_hat, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=4)
def variance_in_the_cache(z, gamma, beta, eps=1e-5):
    """Your out is right, but the last part of your cache is the variance; std is its root."""
    z_hat, std, out = _pieces(z, gamma, beta, eps)
    return out, (z_hat, gamma, std**2)


@exercise.wrong(caught_by=by_hand, hint=4)
def bare_variance_in_the_cache(z, gamma, beta, eps=1e-5):
    """Your out is right, but the last part of your cache is the bare variance; std is asked for."""
    z_hat, _, out = _pieces(z, gamma, beta, eps)
    return out, (z_hat, gamma, z.var(axis=0))


@exercise.wrong(caught_by=any_batch, hint=4)
def deviation_without_eps_in_the_cache(z, gamma, beta, eps=1e-5):
    """Your out is right, but the std in your cache lacks ε. Keep what you have divided by."""
    z_hat, _, out = _pieces(z, gamma, beta, eps)
    return out, (z_hat, gamma, z.std(axis=0))


@exercise.wrong(caught_by=by_hand, hint=4)
def input_in_the_cache(z, gamma, beta, eps=1e-5):
    """Your out is right, but your cache begins with z; z_hat is asked for."""
    _, std, out = _pieces(z, gamma, beta, eps)
    return out, (z, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=4)
def result_in_the_cache(z, gamma, beta, eps=1e-5):
    """Your out is right, but your cache begins with out; z_hat is asked for, before γ and β."""
    _, std, out = _pieces(z, gamma, beta, eps)
    return out, (out, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=4)
def cache_in_another_order(z, gamma, beta, eps=1e-5):
    """The right three things in another order: z_hat, gamma, std."""
    z_hat, std, out = _pieces(z, gamma, beta, eps)
    return out, (z_hat, std, gamma)


@exercise.wrong(caught_by=has_the_form, hint=4)
def cache_not_packed(z, gamma, beta, eps=1e-5):
    """You return four things in a row. Three of them belong together, in the cache."""
    z_hat, std, out = _pieces(z, gamma, beta, eps)
    return out, z_hat, gamma, std


@exercise.wrong(caught_by=has_the_form, hint=4)
def cache_left_out(z, gamma, beta, eps=1e-5):
    """You return out alone. The way back needs the cache."""
    return _pieces(z, gamma, beta, eps)[2]


@exercise.wrong(caught_by=has_the_form, hint=2)
def std_as_a_row(z, gamma, beta, eps=1e-5):
    """Your std is a table with one row, (1, units). One number per unit has the shape (units,)."""
    z_hat, std, out = _pieces(z, gamma, beta, eps)
    return out, (z_hat, gamma, std[None, :])


@exercise.wrong(caught_by=extremes, hint=2)
def mean_of_squares_minus_square(z, gamma, beta, eps=1e-5):
    """You compute the variance as the mean of the squares minus the square of the mean.

    Far from 0 both are enormous and nearly equal, and their difference is what rounding leaves.
    """
    mean = z.mean(axis=0)
    std = np.sqrt((z**2).mean(axis=0) - mean**2 + eps)
    return _built(z, gamma, beta, mean=mean, std=std)


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_place(z, gamma, beta, eps=1e-5):
    """`-=` and `/=` write into the caller's own z. A difference makes a new array."""
    z -= z.mean(axis=0)
    std = np.sqrt(np.mean(z**2, axis=0) + eps)
    z /= std
    return gamma * z + beta, (z, gamma, std)


@exercise.wrong(caught_by=by_hand, hint=1)
def squares_added_up(z, gamma, beta, eps=1e-5):
    """You add up the squared distances from the mean; the variance is the *mean* of them."""
    std = np.sqrt(len(z) * z.var(axis=0) + eps)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(caught_by=by_hand, hint=1)
def distances_not_squared(z, gamma, beta, eps=1e-5):
    """You average the distances from the mean as they are, and they cancel. Square them first."""
    mean = z.mean(axis=0)
    with np.errstate(all="ignore"):
        return _built(z, gamma, beta, mean=mean, std=np.sqrt(np.mean(z - mean, axis=0) + eps))


@exercise.wrong(caught_by=by_hand, hint=1)
def mean_square_for_the_variance(z, gamma, beta, eps=1e-5):
    """Your variance is the mean square of z itself. It squares the distances from the mean."""
    std = np.sqrt(np.mean(z**2, axis=0) + eps)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(caught_by=by_hand, hint=1)
def root_taken_twice(z, gamma, beta, eps=1e-5):
    """Under your root stands the standard deviation, a root already; the variance belongs there."""
    std = np.sqrt(z.std(axis=0) + eps)
    return _built(z, gamma, beta, mean=z.mean(axis=0), std=std)


@exercise.wrong(caught_by=has_the_form, hint=4)
def cache_first(z, gamma, beta, eps=1e-5):
    """The right two things in the wrong order: first out, then the cache."""
    z_hat, std, out = _pieces(z, gamma, beta, eps)
    return (z_hat, gamma, std), out


@exercise.alternative
def unit_by_unit(z, gamma, beta, eps=1e-5):
    z_hat, std = np.empty(z.shape), np.empty(z.shape[1])
    for j, column in enumerate(z.T):
        std[j] = np.hypot(np.std(column), np.sqrt(eps))
        z_hat[:, j] = (column - np.average(column)) / std[j]
    return np.add(np.multiply(gamma, z_hat), beta), [z_hat, gamma.copy(), std]


@exercise.alternative
def with_einsum(z, gamma, beta, eps=1e-5):
    n = len(z)
    centred = z - np.einsum("bu->u", z) / n
    std = (np.einsum("bu,bu->u", centred, centred) / n + eps) ** 0.5
    return [centred * (gamma / std) + beta, (centred / std, gamma, std)]


@exercise.alternative
def with_var(z, gamma, beta, eps=1e-5):
    mean, var = np.mean(z, 0, keepdims=True), np.var(z, 0, keepdims=True)
    std = np.sqrt(var + eps)
    z_hat = (z - mean) / std
    return gamma * z_hat + beta, (z_hat, gamma, std.ravel())

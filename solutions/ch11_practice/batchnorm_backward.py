"""Batch normalisation, backward: each example has moved the mean and the spread of all others."""

from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_parts, expect_shape

exercise = Exercise(
    id="batchnorm_backward",
    title="Back through the batch",
    points=3,
    size="about 5 lines",
    derived=True,
    task=r"""`dout` is $\partial C/\partial \text{out}$ of `batchnorm_forward`, and `cache` the
triple `(z_hat, gamma, std)` it has kept. Return `(dz, dgamma, dbeta)`: the slopes of the cost in z,
γ and β. Each entry of z also moves the mean and the spread of its unit, and so all examples of the
batch. Derive the slopes, don't measure them.

Example: one unit, `z_hat = [[-1.2], [0], [1.2]]`, γ = 2, std = 4, `dout = [[3], [0], [0]]`: dbeta
is 3, dgamma is 3·(−1.2) = −3.6, and dz is `[[0.28], [-0.5], [0.22]]`.""",
    hints=(
        """
        Count the paths from one entry of z to the cost. It changes its own z_hat, that is one; by
        what other two numbers does it reach all the others?
        """,
        r"""
        γ and β first: out is γ · z_hat + β, so their slopes are sums over the batch, as for weights
        and biases. For dz, push γ · dout back through z_hat. The mean takes away what all share,
        and the spread takes away what lies along z_hat: two corrections, both *averages* over the
        batch, and at last a division by std.
        """,
        r"""
        Only the mean, for a start: $c_i = z_i - \text{mean}$ for three examples. A nudge of z₁
        moves c₁ by ⅔ and the others by −⅓. So with $\partial C/\partial c = (6, 0, 0)$ the slopes
        in z are (4, −2, −2): each entry minus the average of all, 2. The spread does the same with
        another direction in place of (1, 1, 1). In the task's example the average of dout is 1, and
        that of dout · z_hat is −1.2: find both in 2 · 0.28 = 3 − 1 − 1.44.
        """,
        """
        Skeleton:

        ```python
        z_hat, gamma, std = cache
        dgamma = np.sum(..., axis=0)
        dbeta = ...
        along = np.mean(... * z_hat, axis=0)         # (units,)
        dz = ... * (dout - np.mean(..., axis=0) - z_hat * ...)
        return dz, dgamma, dbeta
        ```
        """,
    ),
)


@exercise.reference
def batchnorm_backward(dout, cache):
    """The way back through batch normalisation.

    Args:
        dout: ∂C/∂out, (batch, units). It is not changed.
        cache: the triple (z_hat, gamma, std) of the way forward: z_hat (batch, units), gamma
            (units,), std = √(variance + eps) (units,), with any eps.

    Returns:
        dz: ∂C/∂z, (batch, units), with mean and variance depending on z.
        dgamma: ∂C/∂γ, (units,).
        dbeta: ∂C/∂β, (units,).
    """
    z_hat, gamma, std = cache
    dgamma = np.sum(dout * z_hat, axis=0)
    dbeta = np.sum(dout, axis=0)
    batch = len(dout)
    return gamma / std * (dout - dbeta / batch - z_hat * dgamma / batch), dgamma, dbeta


def _out(z, gamma, beta, eps):
    """Way forward for real or complex arguments: (out, z_hat, std)."""
    centred = z - np.einsum("bu->u", z) / len(z)
    std = (np.einsum("bu,bu->u", centred, centred) / len(z) + eps) ** 0.5
    z_hat = centred / std
    return z_hat * gamma + beta, z_hat, std


def _problem(rng, batch, units, eps):
    """Random (dout, cache) and the true slopes, by a complex step in one entry after the other.

    Args:
        rng: source of randomness.
        batch: number of examples.
        units: number of units.
        eps: what is added to the variance.

    Returns:
        ((dout, cache), (dz, dgamma, dbeta)) for the cost Σ dout · out.
    """
    z = rng.normal(size=(batch, units)) * rng.uniform(0.5, 3, units) + rng.normal(size=units)
    gamma, beta, dout = rng.normal(size=units), rng.normal(size=units), rng.normal(size=z.shape)
    _, z_hat, std = _out(z, gamma, beta, eps)
    given = [z.astype(complex), gamma.astype(complex), beta.astype(complex)]
    slopes = [np.empty(array.shape) for array in given]
    for array, slope in zip(given, slopes, strict=True):
        for place in np.ndindex(array.shape):
            array[place] += 1e-30j
            slope[place] = np.sum(dout * _out(given[0], given[1], given[2], eps)[0]).imag / 1e-30
            array[place] = array[place].real
    return (dout, (z_hat, gamma, std)), tuple(slopes)


NAMES = ("dz", "dgamma", "dbeta")


def _expect_form(got, shape):
    expect_parts(got, "(dz, dgamma, dbeta)")
    for part, name, size in zip(got, NAMES, (shape, shape[1:], shape[1:]), strict=True):
        expect_shape(part, size, what=name)


@exercise.check("three arrays with the shapes of z, γ and β")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    cache = np.array([[-1.0, 1.0], [1.0, -1.0]]), np.array([1.0, 2.0]), np.array([1.0, 3.0])
    _expect_form(answer(np.array([[1.0, 0.0], [0.0, 2.0]]), cache), (2, 2))
    for batch, units in ((5, 3), (4, 4)):
        given, _ = _problem(rng, batch, units, 0.1)
        _expect_form(answer(*given), (batch, units))


@exercise.check("γ and β: sums over the batch", points=1)
def scale_and_shift(answer: Answer, rng: np.random.Generator) -> None:
    dout = np.array([[1.0, 0.0], [2.0, 10.0], [4.0, 20.0]])
    z_hat = np.array([[-1.0, 1.0], [0.0, -1.0], [1.0, 0.0]])
    got = answer(dout, (z_hat, np.array([5.0, 3.0]), np.array([2.0, 4.0])))
    _expect_form(got, (3, 2))
    expect_close(got[2], [7.0, 30.0], what="dbeta", why="1 + 2 + 4 and 0 + 10 + 20")
    expect_close(got[1], [3.0, -10.0], what="dgamma", why="−1 + 0 + 4 and 0 − 10 + 0")
    for batch, units in ((6, 3), (3, 4)):
        given, (_, dgamma, dbeta) = _problem(rng, batch, units, float(rng.uniform(0.01, 1)))
        got = answer(*given)
        _expect_form(got, (batch, units))
        expect_close(got[2], dbeta, what="dbeta")
        expect_close(got[1], dgamma, what="dgamma")


@exercise.check("z, by hand: two examples and three", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    # eps is three times the variance here, so that two examples don't cancel out to nothing
    cache = np.array([[-0.5], [0.5]]), np.array([3.0]), np.array([2.0])
    got = answer(np.array([[4.0], [0.0]]), cache)
    _expect_form(got, (2, 1))
    why = "1.5 · (4 − 2 − ½) and 1.5 · (0 − 2 + ½)"
    expect_close(got[0], [[2.25], [-2.25]], what="dz", why=why)
    cache = np.array([[-0.5, 0.5], [0.5, -0.5]]), np.array([3.0, 1.0]), np.array([2.0, 1.0])
    got = answer(np.array([[4.0, 0.0], [0.0, 2.0]]), cache)
    _expect_form(got, (2, 2))
    why = "the first unit as before; in the second, 0 − 1 + ¼ and 2 − 1 − ¼"
    expect_close(got[0], [[2.25, -0.75], [-2.25, 0.75]], what="dz", why=why)
    scale, error = map(float, rng.uniform(2, 9, 2).round(2))
    cache = np.array([[-1.0], [0.0], [1.0]]), np.array([scale]), np.array([2.0])
    got = answer(np.array([[0.0], [3 * error], [0.0]]), cache)
    _expect_form(got, (3, 1))
    expected = scale / 2 * np.array([[-error], [2 * error], [-error]])
    why = f"the average of dout is {error:g}, and nothing lies along z_hat"
    expect_close(got[0], expected, what="dz", why=why)


@exercise.check("z, any batch: measured slopes", points=1)
def any_batch(answer: Answer, rng: np.random.Generator) -> None:
    for batch, units, eps in ((6, 4, 0.5), (5, 5, 1e-5), (3, 2, 2.0), (9, 1, 0.1)):
        given, (dz, _, _) = _problem(rng, batch, units, eps)
        got = answer(*given)
        _expect_form(got, (batch, units))
        expect_close(got[0], dz, what="dz", why="by a tiny step in one entry of z after the other")


@exercise.check("what all share has no effect, and a single example moves nothing", points=0.5)
def invariants(answer: Answer, rng: np.random.Generator) -> None:
    (dout, cache), (dz, _, _) = _problem(rng, 6, 3, 0.2)
    got = answer(dout, cache)
    _expect_form(got, (6, 3))
    expect_close(
        np.sum(np.asarray(got[0]), axis=0),
        np.zeros(3),
        what="the sum of dz over the batch",
        why="moving all of z by the same amount changes nothing",
    )
    # However large: a formula errs by some roundings of it then, a difference by thousands.
    for shared, atol in ((7.0, 1e-9), (1e8, 2e-6)):
        got = answer(dout + shared, cache)
        _expect_form(got, (6, 3))
        why = "an error that all share is taken off by the mean"
        expect_close(got[0], dz, atol=atol, what="dz", why=why)
    (dout, cache), _ = _problem(rng, 1, 2, 0.2)
    got = answer(dout, cache)
    _expect_form(got, (1, 2))
    expect_close(got[0], np.zeros((1, 2)), what="dz", why="one example is its own mean")
    expect_close(got[2], dout[0], what="dbeta")


def _by_jacobian(dout, cache):
    """All three slopes, by the derivative of every z_hat in a column by every z of it."""
    z_hat, gamma, std = cache
    batch = len(dout)
    moved = np.eye(batch)[..., None] - (1 + z_hat[:, None] * z_hat) / batch  # (batch, batch, units)
    dz = np.einsum("iju,iu->ju", moved, gamma * dout) / std
    return dz, np.einsum("iu,iu->u", dout, z_hat), np.einsum("iu->u", dout)


def _with(dout, cache, *, dz=None, dgamma=None, dbeta=None):
    """The right answer with one part replaced.

    Args:
        dout: (batch, units).
        cache: (z_hat, gamma, std).
        dz: (d, z_hat, std) -> dz, where d = gamma · dout.
        dgamma: replaces the slope of gamma.
        dbeta: replaces the slope of beta.
    """
    z_hat, gamma, std = cache
    right, own_dgamma, own_dbeta = _by_jacobian(dout, cache)
    return (
        right if dz is None else dz(gamma * dout, z_hat, std),
        own_dgamma if dgamma is None else dgamma,
        own_dbeta if dbeta is None else dbeta,
    )


def _mean(array):
    return array.mean(axis=0)


def _loses_digits(calls) -> bool:
    """Whether dz is right where errors are small, but for digits that no formula loses."""
    lost = []
    for call in calls:
        want = _by_jacobian(*call.args)[0]
        if np.abs(call.args[0]).max() < 1e3 and np.abs(want).max() > 0.1:
            lost.append(np.abs(call.value[0] - want).max() / np.abs(want).max())
    return bool(lost) and max(lost) < 1e-3 and sorted(lost)[len(lost) // 2] > 1e-12


@exercise.wrong(caught_by=invariants, hint=1, recognise=_loses_digits)
def measured_by_differences(dout, cache):
    """You measure dz with a nudge in each z, which is rounded away beside a large error.

    Where does z come in? What each of these ways hands back can be written down.
    """
    z_hat, gamma, std = cache
    z, rest = z_hat * std, std**2 * (1 - np.mean(z_hat**2, axis=0))  # what eps has added

    def cost(z):
        centred = z - z.mean(axis=0)
        return np.sum(dout * gamma * centred / np.sqrt(np.mean(centred**2, axis=0) + rest))

    h, dz = 1e-5, np.empty(z.shape)
    for place in np.ndindex(z.shape):
        nudge = np.zeros(z.shape)
        nudge[place] = h
        dz[place] = (cost(z + nudge) - cost(z - nudge)) / (2 * h)
    return dz, np.sum(dout * z_hat, axis=0), np.sum(dout, axis=0)


@exercise.wrong(caught_by=by_hand, hint=1)
def statistics_taken_for_constants(dout, cache):
    """You treat mean and spread as constants. They come from z: two paths are missing."""
    return _with(dout, cache, dz=lambda d, z_hat, std: d / std)


@exercise.wrong(caught_by=by_hand, hint=3)
def path_of_the_spread_missing(dout, cache):
    """The path through the *mean* is there; the one through the spread is missing."""
    return _with(dout, cache, dz=lambda d, z_hat, std: (d - _mean(d)) / std)


@exercise.wrong(caught_by=by_hand, hint=3)
def path_of_the_mean_missing(dout, cache):
    """The path through the *spread* is there; the one through the mean is missing."""
    return _with(dout, cache, dz=lambda d, z_hat, std: (d - z_hat * _mean(d * z_hat)) / std)


@exercise.wrong(caught_by=by_hand, hint=2)
def sums_for_averages(dout, cache):
    """Your two corrections are sums over the batch. Mean and variance are averages: 1/batch."""
    return _with(
        dout, cache,
        dz=lambda d, z_hat, std: (d - d.sum(axis=0) - z_hat * (d * z_hat).sum(axis=0)) / std,
    )  # fmt: skip


def _sum_for_the_mean(dout, cache):
    return _with(
        dout, cache,
        dz=lambda d, z_hat, std: (d - d.sum(axis=0) - z_hat * _mean(d * z_hat)) / std,
    )  # fmt: skip


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_sum_for_the_mean,))
def a_sum_for_one_average(dout, cache):
    """One of your two corrections is a sum over the batch. Mean and variance are averages."""
    return _with(
        dout, cache,
        dz=lambda d, z_hat, std: (d - _mean(d) - z_hat * (d * z_hat).sum(axis=0)) / std,
    )  # fmt: skip


@exercise.wrong(caught_by=by_hand, hint=4)
def too_large_by_the_batch(dout, cache):
    """Your dz is too large by the number of examples: the 1/batch in front is missing."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return len(dout) * dz, dgamma, dbeta


@exercise.wrong(caught_by=by_hand, hint=4)
def divided_by_the_batch(dout, cache):
    """Your dz is divided by the batch once more. The 1/batch of the cost is in dout already."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return dz / len(dout), dgamma, dbeta


@exercise.wrong(caught_by=by_hand, hint=2)
def gamma_missing(dout, cache):
    """Your dz lacks γ: out is γ times z_hat, so the error goes back through γ first."""
    z_hat, _, std = cache
    return _with(
        dout, cache, dz=lambda *_: (dout - _mean(dout) - z_hat * _mean(dout * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def gamma_in_one_term(dout, cache):
    """γ multiplies dout itself, but not the two averages you take off."""
    z_hat, _, std = cache
    return _with(
        dout, cache, dz=lambda d, *_: (d - _mean(dout) - z_hat * _mean(dout * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def gamma_missing_in_the_spread(dout, cache):
    """γ is missing in one place: the average along z_hat is that of γ · dout · z_hat.

    dgamma / batch has no γ in it.
    """
    z_hat, *_ = cache
    return _with(
        dout, cache, dz=lambda d, _, std: (d - _mean(d) - z_hat * _mean(dout * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def gamma_missing_in_the_mean(dout, cache):
    """γ is missing in one place: the average you take off every example is that of γ · dout.

    dbeta / batch has no γ in it.
    """
    z_hat, *_ = cache
    return _with(
        dout, cache, dz=lambda d, _, std: (d - _mean(dout) - z_hat * _mean(d * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def std_missing(dout, cache):
    """Your dz isn't divided by std. A wide unit feels a nudge of z less."""
    return _with(dout, cache, dz=lambda d, z_hat, std: d - _mean(d) - z_hat * _mean(d * z_hat))


@exercise.wrong(caught_by=by_hand, hint=2)
def multiplied_by_std(dout, cache):
    """You multiply by std. On the way forward z was divided by it, and so is the error."""
    return _with(
        dout, cache, dz=lambda d, z_hat, std: (d - _mean(d) - z_hat * _mean(d * z_hat)) * std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def divided_by_the_variance(dout, cache):
    """You divide by std squared, the variance. What is in the cache has its root already."""
    return _with(
        dout, cache, dz=lambda d, z_hat, std: (d - _mean(d) - z_hat * _mean(d * z_hat)) / std**2
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def root_of_std(dout, cache):
    """You took a root of std; it is a root already."""
    return _with(
        dout, cache,
        dz=lambda d, z_hat, std: (d - _mean(d) - z_hat * _mean(d * z_hat)) / np.sqrt(std),
    )  # fmt: skip


@exercise.wrong(caught_by=by_hand, hint=3)
def spread_added(dout, cache):
    """The correction for the spread has the wrong sign: what lies along z_hat is taken *off*."""
    return _with(
        dout, cache, dz=lambda d, z_hat, std: (d - _mean(d) + z_hat * _mean(d * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=3)
def half_of_the_spread(dout, cache):
    """The correction for the spread is only half as large as it should be.

    The slope of a square has a factor 2, which cancels the ½ of the root's.
    """
    return _with(
        dout, cache, dz=lambda d, z_hat, std: (d - _mean(d) - z_hat * _mean(d * z_hat) / 2) / std
    )


@exercise.wrong(caught_by=by_hand, hint=2)
def direction_forgotten(dout, cache):
    """You take the same correction off every example. The spread's goes along z_hat.

    A number far from the mean moves the spread more.
    """
    return _with(dout, cache, dz=lambda d, z_hat, std: (d - _mean(d) - _mean(d * z_hat)) / std)


@exercise.wrong(caught_by=by_hand, hint=2)
def units_for_examples(dout, cache):
    """You divide the sums over the batch by the number of *units*. A mean counts what was added."""

    def dz(d, z_hat, std):
        return (d - (d.sum(axis=0) + z_hat * (d * z_hat).sum(axis=0)) / d.shape[1]) / std

    return _with(dout, cache, dz=dz)


def _all_units_averaged(dout, cache, *, mean=np.mean, spread=np.mean, late=False):
    """Averages over the whole table, both or one; `late`: γ is multiplied after they are taken."""
    z_hat, gamma, std = cache
    d, factor = (dout, gamma) if late else (gamma * dout, 1.0)
    return _with(
        dout, cache, dz=lambda *_: factor * (d - mean(d) - z_hat * spread(d * z_hat)) / std
    )


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=tuple(
        partial(_all_units_averaged, late=late, **by_column)
        for late in (False, True)
        for by_column in ({}, {"mean": _mean}, {"spread": _mean})
    ),
)
def one_average_for_all_units(dout, cache):
    """You average over the whole table. Every unit has a mean and a spread of its own: axis 0."""
    return _all_units_averaged(dout, cache)


@exercise.wrong(caught_by=by_hand, hint=2)
def averaged_over_the_units(dout, cache):
    """You averaged over the units. Mean and spread were taken over the *batch*."""

    def dz(d, z_hat, std):
        shared = d.mean(axis=1, keepdims=True)
        return (d - shared - z_hat * (d * z_hat).mean(axis=1, keepdims=True)) / std

    return _with(dout, cache, dz=dz)


@exercise.wrong(caught_by=scale_and_shift, hint=2)
def averages_for_gamma_and_beta(dout, cache):
    """Your dgamma and dbeta are averages. The 1/batch of the cost is in dout: add up."""
    z_hat, *_ = cache
    return _with(dout, cache, dgamma=_mean(dout * z_hat), dbeta=_mean(dout))


@exercise.wrong(caught_by=scale_and_shift, hint=2)
def gamma_and_beta_exchanged(dout, cache):
    """The slopes of γ and β have changed places: γ multiplies z_hat, β is added."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return dz, dbeta, dgamma


@exercise.wrong(caught_by=scale_and_shift, hint=2)
def gamma_too_early(dout, cache):
    """Your dgamma and dbeta contain γ. They are slopes *of* out, before γ is passed through."""
    z_hat, gamma, _ = cache
    d = gamma * dout
    return _with(dout, cache, dgamma=(d * z_hat).sum(axis=0), dbeta=d.sum(axis=0))


@exercise.wrong(caught_by=scale_and_shift, hint=2)
def result_for_z_hat(dout, cache):
    """Your dgamma multiplies dout by γ · z_hat; what γ meets on the way forward is z_hat."""
    z_hat, gamma, _ = cache
    return _with(dout, cache, dgamma=(dout * gamma * z_hat).sum(axis=0))


@exercise.wrong(
    caught_by=has_the_form,
    hint=2,
    where=lambda call: call.args[0].shape[1] > 1,
    variants=(lambda dout, cache: _with(dout, cache, dbeta=dout.sum()),),
)
def summed_over_the_units_too(dout, cache):
    """Your dgamma or dbeta is one number for all units: add up over the batch only, axis 0."""
    dgamma, dbeta = (dout * cache[0]).sum(), dout.sum()
    return _with(dout, cache, dgamma=dgamma, dbeta=dbeta)


@exercise.wrong(caught_by=has_the_form, hint=2)
def not_summed(dout, cache):
    """Your dgamma and dbeta have a row per example. All examples share one γ and one β: add up."""
    return _with(dout, cache, dgamma=dout * cache[0], dbeta=dout)


@exercise.wrong(caught_by=has_the_form, hint=4)
def as_rows(dout, cache):
    """Your dgamma and dbeta are tables with one row, (1, units); γ and β are (units,)."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return dz, dgamma[None], dbeta[None]


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_another_order(dout, cache):
    """The right three things in another order: dz, then dgamma, then dbeta."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return dgamma, dbeta, dz


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_place(dout, cache):
    """`*=` and `-=` write into the caller's own dout. A product makes a new array."""
    z_hat, gamma, std = cache
    dgamma, dbeta = np.sum(dout * z_hat, axis=0), np.sum(dout, axis=0)
    dout -= (dbeta + z_hat * dgamma) / len(dout)
    dout *= gamma / std
    return dout, dgamma, dbeta


@exercise.wrong(caught_by=by_hand, hint=3)
def mean_added(dout, cache):
    """The correction for the mean has the wrong sign: the average is taken *off*."""
    return _with(
        dout, cache, dz=lambda d, z_hat, std: (d + _mean(d) - z_hat * _mean(d * z_hat)) / std
    )


@exercise.wrong(caught_by=by_hand, hint=4)
def gamma_twice(dout, cache):
    """γ comes into your dz twice; once is enough."""
    dz, dgamma, dbeta = _by_jacobian(dout, cache)
    return cache[1] * dz, dgamma, dbeta


@exercise.wrong(caught_by=by_hand, hint=2)
def averaged_over_all_entries(dout, cache):
    """You divide the sums by the number of *all* entries; a unit averages over its batch alone."""
    n = dout.size
    return _with(
        dout, cache,
        dz=lambda d, z_hat, std: (d - d.sum(0) / n - z_hat * (d * z_hat).sum(0) / n) / std,
    )  # fmt: skip


@exercise.wrong(caught_by=by_hand, hint=4)
def last_term_alone_divided(dout, cache):
    """Only your last term is divided by std: `/` comes before `-`. Brackets?"""
    return _with(
        dout, cache, dz=lambda d, z_hat, std: d - _mean(d) - z_hat * _mean(d * z_hat) / std
    )


@exercise.alternative
def step_by_step(dout, cache):
    z_hat, gamma, std = cache
    batch, centred = len(dout), z_hat * std
    dz_hat = dout * gamma
    dvariance = np.sum(dz_hat * centred, axis=0) * -0.5 * std**-3.0
    dmean = -np.sum(dz_hat, axis=0) / std + dvariance * np.mean(-2 * centred, axis=0)
    dz = dz_hat / std + dvariance * 2 * centred / batch + dmean / batch
    return [dz, np.sum(dout * z_hat, axis=0), np.sum(dout, axis=0)]


@exercise.alternative
def with_the_jacobian(dout, cache):
    z_hat, gamma, std = cache
    batch, units = z_hat.shape
    dz = np.empty((batch, units))
    for j in range(units):
        own = np.eye(batch) - 1 / batch - np.outer(z_hat[:, j], z_hat[:, j]) / batch
        dz[:, j] = gamma[j] / std[j] * own @ dout[:, j]
    return dz, np.einsum("bu,bu->u", dout, z_hat), np.ones(batch) @ dout


@exercise.alternative
def with_sums(dout, cache):
    z_hat, gamma, std = cache
    m = dout.shape[0]
    dbeta, dgamma = sum(dout), sum(dout * z_hat)
    return gamma / (m * std) * (m * dout - dbeta - z_hat * dgamma), dgamma, dbeta

"""Units are switched off at random while training, so that none can rely on its neighbours."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    expect_close,
    expect_equal,
    expect_parts,
    expect_rng_decides,
    expect_shape,
    expect_that,
    outline,
    raises,
    source_of_chance,
)

exercise = Exercise(
    id="dropout",
    title="Switched off at random",
    points=2,
    size="about 4 lines",
    task="""While training, switch each entry of `a` off with probability `rate`, each by its own
luck, and multiply all others by 1/(1 − rate), so that the mean stays what it was. Return the new
activations and the mask that does it, `(a * mask, mask)`: 0 where off, 1/(1 − rate) elsewhere.
When **not** training, nothing changes, and the mask is all ones.

Example: `a = [[3, 4, 5, 6]]`, `rate = 0.25`: the survivors are multiplied by 4/3. If luck switches
the second entry off, the mask is `[[4/3, 0, 4/3, 4/3]]`, and the activations are
`[[4, 0, 6.67, 8]]`.""",
    hints=(
        """
        Of 1000 units, how many speak at the rate 0.2 while training, and how loud must each be so
        that their sum comes out as before? What becomes of all this when `training` is False?
        """,
        """
        `rng.random(shape)` is uniform between 0 and 1, so an entry is below `rate` with probability
        `rate`. A comparison makes an array of True and False; multiplied by a number it is an array
        of that number and 0.
        """,
        """
        Rain on three of ten days, two units of it each time, on a calendar of 4 weeks:
        `(rng.random((4, 7)) < 0.3) * 2.0` holds a 2 on about 8 days and a 0 on the others. Each
        day rolls its own die.
        """,
        """
        Skeleton:

        ```python
        if not training:
            return a, np.ones(...)
        mask = (rng.random(...) >= ...) / ...
        return ..., mask
        ```
        """,
    ),
)


@exercise.reference
def dropout(a, rate, rng, training):
    """Switch activations off at random ("inverted" dropout).

    Args:
        a: activations, (batch, units). They are not changed.
        rate: probability to be switched off, 0 <= rate < 1.
        rng: a NumPy random generator, the only source of chance.
        training: True while training, False when the network is used.

    Returns:
        (a * mask, mask), both (batch, units). While training, each entry of the mask is 0 with
        probability rate and 1 / (1 - rate) otherwise, independently of all others; when not
        training, all are 1.
    """
    if not training:
        return a, np.ones(a.shape)
    mask = (rng.random(a.shape) >= rate) / (1 - rate)
    return a * mask, mask


MANY = 1000  # entries, of which chance leaves some of either kind


def _seed(rng):
    return Rng(int(rng.integers(2**32)))


def _expect_two(got, shape):
    """Expect (activations, mask) of this shape; give both back as arrays."""
    expect_parts(got, "(a, mask)")
    expect_shape(got[0], shape, what="the new activations")
    expect_shape(got[1], shape, what="the mask")
    return np.asarray(got[0], dtype=float), np.asarray(got[1], dtype=float)


@exercise.check("two arrays like a")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    for training in (True, False):
        a = np.array([[1.0, 2.0, 3.0]])
        _expect_two(answer(a, 0.5, _seed(rng), training), (1, 3))
        _expect_two(answer(rng.normal(size=(4, 5)), 0.2, _seed(rng), training), (4, 5))


@exercise.check("the new activations are a · mask, and the mask silences some", points=0.5)
def the_product(answer: Answer, rng: np.random.Generator) -> None:
    a = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    out, mask = _expect_two(answer(a, 0.5, _seed(rng), True), (2, 3))
    expect_close(out, a * mask, what="the new activations", why="this is a · mask")
    for rate in (0.5, 0.3, 0.8):
        a = np.maximum(rng.normal(size=(40, 30)), 0)  # half of them are 0, as behind a ReLU
        out, mask = _expect_two(answer(a, rate, _seed(rng), True), (40, 30))
        expect_that(
            bool((mask == 0).any() and (mask != 0).any()),
            "Of 1200 entries of the mask some should be 0 and some not.",
            got=mask[0],
        )
        expect_close(out, a * mask, what="the new activations", why="this is a · mask")


@exercise.check("the mask holds 0 and 1/(1 − rate)", points=0.5)
def two_values(answer: Answer, rng: np.random.Generator) -> None:
    for rate, shape in ((0.75, (2, 3)), (0.5, (40, 30)), (0.2, (40, 30))):
        _, mask = _expect_two(answer(rng.normal(size=shape), rate, _seed(rng), True), shape)
        expect_that(
            mask.size < MANY or bool((mask == 0).any() and (mask != 0).any()),
            "Of 1200 entries of the mask some should be 0 and some not.",
            got=mask[0],
        )
        expect_close(
            mask,
            np.where(mask == 0, 0, 1 / (1 - rate)),
            what="the mask",
            why=f"what isn't off is multiplied by 1/(1 − {rate:g})",
        )


@exercise.check("the share rate is silent, each entry by its own luck", points=0.5)
def each_by_its_own_luck(answer: Answer, rng: np.random.Generator) -> None:
    batch, units = 150, 100
    for rate in (0.3, 0.8):
        a = np.maximum(rng.normal(size=(batch, units)), 0)  # who is 0 may be silenced, too
        _, mask = _expect_two(answer(a, rate, _seed(rng), True), (batch, units))
        silent, one = mask == 0, (rate * (1 - rate)) ** 0.5
        expect_that(
            abs(silent.mean() - rate) < 5 * one / np.sqrt(silent.size),
            f"Of {silent.size} entries the share {rate:g} should be off, but for chance.",
            expected=rate,
            got=float(silent.mean()),
        )
        for axis, n, whose in ((0, batch, "unit for all examples"), (1, units, "example")):
            off = np.abs(silent.mean(axis=axis) - rate).max()
            expect_that(
                off < 6 * one / np.sqrt(n),
                f"As many entries are off as should be, but luck strikes a whole {whose} at once.",
                got=silent[:3, :6].astype(int),
                why="each entry has its own luck",
            )
            expect_that(
                np.ptp(silent.sum(axis=axis)) > 0,
                f"Every {whose} has exactly as many entries off as all others.",
                got=silent.sum(axis=axis)[:6],
                why="each entry has its own luck, so their number varies",
            )
    a = rng.normal(size=(40, 50))
    numbers = [
        int((_expect_two(answer(a, 0.3, _seed(rng), True), (40, 50))[1] == 0).sum())
        for _ in range(6)
    ]
    expect_that(
        len(set(numbers)) > 1,
        "In each of six calls exactly the same number of entries is off.",
        got=numbers,
        why="each entry has its own luck, so their number varies",
    )


@exercise.check("rng decides while training, and else nothing happens", points=0.5)
def only_while_training(answer: Answer, rng: np.random.Generator) -> None:
    a = np.arange(1.0, 8.0)[None]
    out, mask = _expect_two(answer(a, 0.5, _seed(rng), False), (1, 7))
    expect_equal(out, a, what="the new activations", why="not training: a as it was")
    expect_equal(mask, np.ones((1, 7)), what="the mask", why="not training: all ones")
    a = rng.normal(size=(6, 5))
    expect_rng_decides(lambda seed: answer(a, 0.5, seed, True), rng, "masks")
    for rate in (0.5, 0.9, 0.0):
        out, mask = _expect_two(answer(a, rate, _seed(rng), False), (6, 5))
        expect_equal(out, a, what="the new activations", why="not training: a as it was")
        expect_equal(mask, np.ones((6, 5)), what="the mask", why="not training: all ones")
    out, mask = _expect_two(answer(a, 0.0, _seed(rng), True), (6, 5))
    expect_close(mask, np.ones((6, 5)), what="the mask", why="with rate 0 nothing is switched off")
    expect_close(out, a, what="the new activations", why="with rate 0 nothing is switched off")


@exercise.compared_by(
    where=lambda call: call.probe is None and (np.size(call.args[0]) >= MANY or not call.args[3])
)
def traits(calls):
    """Who is silenced, what the others are multiplied by, and where the chance comes from."""
    even = [call for call in calls if np.shape(call.args[0]) == (40, 50) and _has_the_form(call)]
    numbers = {int((np.asarray(call.value[1]) == 0).sum()) for call in even}
    return [*map(_traits, calls), len(numbers) == 1, source_of_chance(calls)]


def _has_the_form(call):
    a = call.args[0]
    return outline(call.value) == outline((a, a))


def _traits(call):
    a, rate = call.args[:2]
    if not _has_the_form(call):
        return [str(call.error and call.error.type), outline(call.value)]
    out, mask = (np.asarray(one, dtype=float) for one in call.value)
    there = a != 0
    told = [
        _name(mask[mask != 0], rate),
        _name((out / np.where(there, a, 1))[there & (out != 0)], rate),
    ]
    silent = (mask == 0).astype(int)
    lines = [bool((np.ptp(silent, axis=axis) == 0).all()) for axis in (0, 1)]
    evened = [bool(np.ptp(silent.sum(axis=axis)) == 0) for axis in (0, 1)]
    fits = bool(np.allclose(out, a * mask))
    return [told, fits, _share(silent, rate), lines, evened, bool(call.mutated)]


def _name(factors, rate):
    """A name for what all survivors are multiplied by."""
    if not factors.size:
        return "nothing"
    known = {"1/(1-rate)": 1 / (1 - rate), "1": 1.0, "1-rate": 1 - rate}
    known |= {"1/rate": 1 / (rate or 1), "rate": rate}
    ends = [factors.min(), factors.max()]
    return next((name for name, one in known.items() if np.allclose(ends, one)), "other")


def _share(silent, rate):
    """A name for the share of silent entries, coarse enough for chance."""
    shares = {"none": 0.0, "rate": rate, "1-rate": 1 - rate, "all": 1.0}
    near = min(shares, key=lambda name: abs(silent.mean() - shares[name]))
    return near if abs(silent.mean() - shares[near]) < 0.1 else "other"


def _kept(a, rate, rng):
    """Who stays, by a right draw."""
    return rng.random(a.shape) >= rate


def _with(mask, a, rate, rng, training, *, resting=None):
    """The right answer with another mask: (a, rate, rng) -> mask."""
    if not training:
        return resting(a, rate) if resting else (a, np.ones(a.shape))
    made = mask(a, rate, rng)
    return a * made, made


@exercise.wrong(caught_by=two_values, hint=1)
def survivors_not_scaled(*given):
    """The survivors are as loud as before, so their sum is too small while training.

    Later, when all units speak, the next layer would hear more than it has learned from.
    """
    return _with(lambda a, rate, rng: _kept(a, rate, rng) * 1.0, *given)


@exercise.wrong(caught_by=the_product, hint=1)
def factor_not_in_the_mask(a, rate, rng, training):
    """The activations are right, but your mask holds ones: the factor 1/(1 − rate) isn't in it.

    On the way back the mask alone multiplies the errors.
    """
    kept = _kept(a, rate, rng) if training else np.ones(a.shape)
    return (a * kept / (1 - rate) if training else a), kept * 1.0


@exercise.wrong(caught_by=each_by_its_own_luck, hint=2)
def the_others_silenced(*given):
    """You switch off the share 1 − rate, and the share `rate` stays on: the other way round."""
    return _with(lambda a, rate, rng: (rng.random(a.shape) < rate) / (1 - rate), *given)


@exercise.wrong(caught_by=two_values, hint=1)
def rate_is_what_stays(*given):
    """You read `rate` as the probability to *stay*, as some courses do. Here it switches off."""
    return _with(lambda a, rate, rng: (rng.random(a.shape) < rate) / rate if rate else a, *given)


@exercise.wrong(caught_by=two_values, hint=1)
def divided_by_the_rate(*given):
    """You divide by `rate`. The share that speaks is 1 − rate, and its sum is to be made up."""
    return _with(lambda a, rate, rng: _kept(a, rate, rng) / (rate or 1), *given)


@exercise.wrong(caught_by=two_values, hint=1)
def multiplied_instead(*given):
    """You multiply by 1 − rate: the survivors grow quieter still. They should grow louder."""
    return _with(lambda a, rate, rng: _kept(a, rate, rng) * (1 - rate), *given)


@exercise.wrong(caught_by=only_while_training, hint=1)
def active_when_used(a, rate, rng, training):
    """You switch units off also when not training: every answer of the network would be luck."""
    return _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), a, rate, rng, True)


@exercise.wrong(caught_by=the_product, hint=1)
def reversed_condition(a, rate, rng, training):
    """Your condition is reversed: units are switched off when *not* training."""
    return active_when_used(a, rate, rng, True) if not training else (a, np.ones(a.shape))


def _with_a_mask_when_used(*given):
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) * 1.0,
        *given,
        resting=lambda a, rate: (a * (1 - rate), np.full(a.shape, 1 - rate)),
    )


@exercise.wrong(caught_by=two_values, hint=1, variants=(_with_a_mask_when_used,))
def scaled_when_used(*given):
    """You scale when the network is used: by 1 − rate, as dropout was first described.

    Here ("inverted") the survivors are scaled while training, and a trained network is left alone.
    """
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) * 1.0,
        *given,
        resting=lambda a, rate: (a * (1 - rate), np.ones(a.shape)),
    )


@exercise.wrong(
    caught_by=only_while_training,
    hint=1,
    variants=(
        lambda *given: _with(
            lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
            *given,
            resting=lambda a, rate: (a * (1 - rate), np.full(a.shape, 1 - rate)),
        ),
    ),
)
def scaled_twice(*given):
    """You scale while training *and* when the network is used; once is enough."""
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
        *given,
        resting=lambda a, rate: (a * (1 - rate), np.ones(a.shape)),
    )


def _activations_alone_when_used(a, rate, rng, training):
    return no_mask_when_used(a, rate, rng, training) if training else a


@exercise.wrong(caught_by=has_the_form, hint=1, variants=(_activations_alone_when_used,))
def no_mask_when_used(*given):
    """When not training you return no mask. All ones, please: then nobody has to ask."""
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
        *given,
        resting=lambda a, rate: (a, None),
    )


@exercise.wrong(caught_by=only_while_training, hint=1)
def zeros_when_used(*given):
    """When not training your mask is all zeros. By what is a number multiplied to stay as it is?"""
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
        *given,
        resting=lambda a, rate: (a, np.zeros(a.shape)),
    )


@exercise.wrong(caught_by=has_the_form, hint=3)
def one_row_for_all(a, rate, rng, training):
    """Your mask is a single row, the same for all examples: you drew once per unit.

    Each example should see another network.
    """
    if not training:
        return a, np.ones(a.shape)
    mask = (rng.random(a.shape[1]) >= rate) / (1 - rate)
    return a * mask, mask


@exercise.wrong(caught_by=each_by_its_own_luck, hint=3)
def one_luck_per_unit(*given):
    """A unit is off for the whole batch, or for nobody: you drew once per unit.

    Each example should see another network.
    """
    return _with(
        lambda a, rate, rng: np.ones((len(a), 1)) * (rng.random(a.shape[1]) >= rate) / (1 - rate),
        *given,
    )


@exercise.wrong(caught_by=each_by_its_own_luck, hint=3)
def one_luck_per_example(*given):
    """Whole examples are switched off, or none of their units: you drew once per row."""
    return _with(
        lambda a, rate, rng: (
            (rng.random((len(a), 1)) >= rate) * np.ones((1, a.shape[1])) / (1 - rate)
        ),
        *given,
    )


@exercise.wrong(caught_by=each_by_its_own_luck, hint=3)
def exactly_so_many(*given):
    """You switch off exactly the share `rate` in every call.

    If one entry is off, another one's chance must not change.
    """

    def mask(a, rate, rng):
        order = rng.permutation(a.size).reshape(a.shape)
        return (order >= round(rate * a.size)) / (1 - rate)

    return _with(mask, *given)


@exercise.wrong(caught_by=each_by_its_own_luck, hint=2)
def bell_for_uniform(*given):
    """You compare a *normal* number with `rate`: it is below 0.3 with probability 0.62."""
    return _with(lambda a, rate, rng: (rng.normal(size=a.shape) >= rate) / (1 - rate), *given)


@exercise.wrong(caught_by=has_the_form, hint=2)
def one_roll_for_all(*given):
    """You rolled the die once for everybody: your mask is a single number."""
    return _with(lambda a, rate, rng: float(rng.random() >= rate) / (1 - rate), *given)


@exercise.wrong(caught_by=each_by_its_own_luck, hint=4)
def mask_read_from_the_result(a, rate, rng, training):
    """You read the mask off the result. An activation that was 0 before looks switched off there.

    Behind a ReLU half of them are.
    """
    out, mask = active_when_used(a, rate, rng, training) if training else (a, np.ones(a.shape))
    return out, np.where(out != 0, 1 / (1 - rate), 0.0) if training else mask


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_place(a, rate, rng, training):
    """`*=` writes into the caller's own activations. A product makes a new array."""
    mask = _kept(a, rate, rng) / (1 - rate) if training else np.ones(a.shape)
    a *= mask
    return a, mask


@exercise.wrong(caught_by=the_product, hint=4)
def mask_first(*given):
    """The right two arrays in the wrong order: first the activations, then the mask."""
    return _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), *given)[::-1]


def _activations(*given):
    return _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), *given)[0]


def _activations_in_training(*given):
    return _activations(*given) if given[3] else (given[0], 1 + 0 * given[0])


@exercise.wrong(caught_by=has_the_form, hint=1, variants=(_activations_in_training,))
def mask_left_out(*given):
    """You return the activations alone. The mask is needed again on the way back."""
    return _activations(*given)


@exercise.wrong(
    caught_by=has_the_form,
    hint=2,
    recognise=raises("Cannot interpret", "not a type", where=lambda call: call.args[3]),
)
def sizes_one_by_one(*given):
    """`rng.random` takes the shape as one thing, a pair. Only the old `np.random.rand` didn't."""
    return _with(lambda a, rate, rng: (rng.random(*a.shape) >= rate) / (1 - rate), *given)


@exercise.wrong(caught_by=each_by_its_own_luck, hint=2)
def own_seed(a, rate, rng, training):
    """You made a generator of your own inside: the same units are off in every step."""
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
        a, rate, np.random.default_rng(0), training,
    )  # fmt: skip


@exercise.wrong(caught_by=only_while_training, hint=2)
def chance_from_elsewhere(a, rate, rng, training):
    """Your luck comes from NumPy's global generator, or from one without a seed, not from `rng`.

    Then nobody can repeat this training.
    """
    return _with(
        lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate),
        a, rate, np.random.default_rng(), training,
    )  # fmt: skip


@exercise.wrong(caught_by=the_product, hint=4)
def divided_once_more(a, rate, rng, training):
    """The factor 1/(1 − rate) is in your mask, and the activations are divided once more."""
    out, mask = _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), a, rate, rng, training)
    return (out / (1 - rate) if training else out), mask


@exercise.wrong(caught_by=the_product, hint=4)
def two_draws(a, rate, rng, training):
    """You drew twice, for the activations and for the mask: they switch different entries off."""
    given = a, rate, rng, training
    out, _ = _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), *given)
    _, mask = _with(lambda a, rate, rng: _kept(a, rate, rng) / (1 - rate), *given)
    return out, mask


@exercise.wrong(caught_by=the_product, hint=2)
def one_luck_for_all(*given):
    """One number decides for all entries: without a shape, `rng.random` draws a single one."""
    return _with(
        lambda a, rate, rng: np.ones(a.shape) * (rng.random() >= rate) / (1 - rate), *given
    )


@exercise.wrong(caught_by=the_product, hint=4)
def brackets_missing(*given):
    """Python divides before it compares: you compare with rate/(1 − rate).

    Brackets around the comparison?
    """
    return _with(lambda a, rate, rng: rng.random(a.shape) >= rate / (1 - rate), *given)


@exercise.wrong(caught_by=each_by_its_own_luck, hint=2)
def activations_compared(*given):
    """You compare the activations with `rate`: small ones are off, and luck has no say."""
    return _with(lambda a, rate, rng: (a >= rate) / (1 - rate), *given)


@exercise.alternative
def by_binomial(a, rate, rng, training):
    stays = 1 - rate if training else 1.0
    mask = rng.binomial(1, stays, size=a.shape) / stays
    return mask * a, mask


@exercise.alternative
def entry_by_entry(a, rate, rng, training):
    mask = np.ones_like(a)
    if training:
        for place in np.ndindex(a.shape):
            mask[place] = 0 if rng.random() < rate else 1 / (1 - rate)
    return np.multiply(a, mask), mask


@exercise.alternative
def by_choice(a, rate, rng, training):
    if training is False:
        return [a.copy(), np.ones(a.shape, dtype=int)]
    mask = rng.choice([0.0, 1 / (1 - rate)], size=a.shape, p=[rate, 1 - rate])
    return [np.where(mask > 0, a / (1 - rate), 0.0), mask]


@exercise.alternative
def in_single_precision(a, rate, rng, training):
    mask = np.ones(a.shape, dtype=np.float32)
    if training:
        mask[rng.random(a.shape, dtype=np.float32) < rate] = 0
        mask /= np.float32(1 - rate)
    return a * mask, mask

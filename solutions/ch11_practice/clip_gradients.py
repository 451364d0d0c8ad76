"""A cliff in the landscape makes a gradient explode; clipping keeps its direction and its step."""

from itertools import pairwise

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    expect_close,
    expect_equal,
    expect_pairs,
    raises,
)

exercise = Exercise(
    id="clip_gradients",
    title="A limit for exploding gradients",
    points=2,
    size="about 5 lines",
    task="""Take the gradients of a whole network as **one** long vector. If its length (the
Euclidean norm) is greater than `max_norm`, multiply all of it by the one factor that makes the
length `max_norm`; if not, it stays as it is. Return the gradients as a list of pairs `(dW, db)`,
like those you were given.

Example: one layer with `dW = [[3]]` and `db = [4]`: the length is √(9 + 16) = 5. With `max_norm =
1` everything is multiplied by ⅕: `[[0.6]]` and `[0.8]`; with `max_norm = 10` nothing changes.""",
    hints=(
        """
        How many lengths are there to compute: one per array, one per layer, or one? And how many
        factors?
        """,
        """
        The square of the length is the sum of the squares of *all* entries, from all dW and all db.
        Compare its root with the limit. The factor is what the length should be over what it is,
        and the same for every array: so the direction of the step stays.
        """,
        """
        Three pieces of rope, 2 m, 3 m and 5 m, in a box for 4 m in total. They have 10 m, so each
        is shortened by the factor 4/10: 0.8 m, 1.2 m and 2 m. In a box for 20 m the factor would be
        2, and nobody makes ropes longer. (A length of a vector adds up squares, ropes don't.)
        """,
        """
        Skeleton:

        ```python
        norm = np.sqrt(sum(... + ... for dW, db in grads))
        if norm <= max_norm:
            return grads
        factor = ...
        return [(..., ...) for dW, db in grads]
        ```
        """,
    ),
)


@exercise.reference
def clip_gradients(grads, max_norm):
    """Shorten the gradients of a network, all by one factor, if they are too long together.

    Args:
        grads: list of pairs (dW, db), dW (n_in, n_out), db (n_out,). They are not changed.
        max_norm: the limit, a positive number.

    Returns:
        A list of pairs (dW, db) of the same shapes. The norm is the square root of the sum of the
        squares of all entries of all dW and db. If it is greater than max_norm, everything is
        multiplied by max_norm / norm; otherwise, zeros included, the gradients come back as they
        are.
    """
    norm = np.sqrt(sum(np.sum(dW**2) + np.sum(db**2) for dW, db in grads))
    if norm <= max_norm:
        return grads
    return [(dW * (max_norm / norm), db * (max_norm / norm)) for dW, db in grads]


def _long(rng, sizes, norm):
    """Random gradients of layers of these sizes, with this norm."""
    entries = rng.normal(size=sum(n * m + m for n, m in pairwise(sizes)))
    return _cut(entries * norm / np.linalg.norm(entries), sizes)


def _cut(entries, sizes):
    """One long vector as pairs (dW, db)."""
    pairs, start = [], 0
    for n, m in pairwise(sizes):
        bend, end = start + n * m, start + n * m + m
        pairs.append((entries[start:bend].reshape(n, m), entries[bend:end]))
        start = end
    return pairs


def _together(grads):
    """All entries as one vector."""
    return np.concatenate([np.ravel(array) for pair in grads for array in pair])


def _expect_grads(got, expected, why):
    expect_pairs(got, [dW.shape for dW, _ in expected], what="grads", pair="(dW, db)")
    for layer, ((dW, db), pair) in enumerate(zip(expected, got, strict=True)):
        expect_close(pair[0], dW, what=f"dW in grads[{layer}]", why=why)
        expect_close(pair[1], db, what=f"db in grads[{layer}]", why=why)


@exercise.check("returns a list of pairs (dW, db) like grads")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    expect_pairs(
        answer([(np.array([[2.0, 4.0]]), np.array([4.0, 0.0]))], 3.0),
        [(1, 2)],
        what="grads",
        pair="(dW, db)",
    )
    for sizes in ((2, 3), (3, 4, 2)):
        got = answer(_long(rng, sizes, 5.0), 2.0)
        expect_pairs(got, list(pairwise(sizes)), what="grads", pair="(dW, db)")


@exercise.check("shortens one layer by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    got = answer([(np.array([[2.0, 4.0]]), np.array([4.0, 0.0]))], 3.0)
    expected = [(np.array([[1.0, 2.0]]), np.array([2.0, 0.0]))]
    _expect_grads(got, expected, "√(4 + 16 + 16) = 6 is twice the limit")
    limit = round(float(rng.uniform(3, 12)), 2)
    length = 3 * (limit + round(float(rng.uniform(1, 5)), 2))
    got = answer([(np.array([[length / 3], [-2 * length / 3]]), np.array([2 * length / 3]))], limit)
    expected = [(np.array([[limit / 3], [-2 * limit / 3]]), np.array([2 * limit / 3]))]
    _expect_grads(got, expected, f"the length is {length:g}, the limit {limit:g}")


@exercise.check("shortens several layers, all by one factor", points=0.5)
def one_factor(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ((3, 4, 2), (4, 4, 4, 1), (1, 2)):
        grads, limit = _long(rng, sizes, rng.uniform(8, 20)), float(rng.uniform(1, 3))
        along = _together(grads)
        expected = _cut(along / np.sqrt(along @ along) * limit, sizes)
        _expect_grads(answer(grads, limit), expected, "the whole network is one vector")


@exercise.check("leaves short ones alone, also if they are only just short enough", points=0.5)
def short_ones_stay(answer: Answer, rng: np.random.Generator) -> None:
    limit = float(rng.uniform(2, 4))
    for share, sizes in ((0.5, (1, 1)), (0.1, (3, 4, 2)), (0.99, (3, 4, 2))):
        grads = _long(rng, sizes, share * limit)
        got = answer(grads, limit)
        expect_pairs(got, list(pairwise(sizes)), what="grads", pair="(dW, db)")
        why = f"the length is {share:g} times the limit, so nothing changes"
        for layer, (dW, db) in enumerate(grads):
            expect_equal(got[layer][0], dW, what=f"dW in grads[{layer}]", why=why)
            expect_equal(got[layer][1], db, what=f"db in grads[{layer}]", why=why)
    grads = _long(rng, (3, 4, 2), 1.01 * limit)
    expected = _cut(_together(grads) / 1.01, (3, 4, 2))
    _expect_grads(answer(grads, limit), expected, "the length is 1.01 times the limit: too long")


@exercise.check("keeps zeros, and the direction of what is enormous", points=0.5)
def extremes(answer: Answer, rng: np.random.Generator) -> None:
    zeros = _cut(np.zeros(26), (3, 4, 2))
    _expect_grads(answer(zeros, 1.0), zeros, "a vector without length is short enough")
    grads = _long(rng, (3, 4, 2), 1.0)
    huge = [(dW * 1e9, db * 1e9) for dW, db in grads]
    _expect_grads(answer(huge, 1.0), grads, "the length was a thousand million, and is 1 now")


def _times(grads, factor):
    return [(dW * factor, db * factor) for dW, db in grads]


def _norm(grads):
    return np.linalg.norm(_together(grads))


@exercise.wrong(caught_by=by_hand, hint=1)
def each_array_by_itself(grads, max_norm):
    """You shorten each array by itself, each by a factor of its own.

    So the gradient turns: the step no longer leads straight down.
    """
    return [
        tuple(array * min(1, max_norm / (np.linalg.norm(array) or 1)) for array in pair)
        for pair in grads
    ]


@exercise.wrong(caught_by=one_factor, hint=1)
def each_layer_by_itself(grads, max_norm):
    """You shorten each layer by itself. One vector for the *whole* network, one length."""
    return [
        pair
        for layer in grads
        for pair in _times([layer], min(1, max_norm / (_norm([layer]) or 1)))
    ]


@exercise.wrong(caught_by=by_hand, hint=1)
def entry_by_entry(grads, max_norm):
    """You cut off every entry at ±max_norm. That bends the direction, and the rest stays long."""
    return [
        (np.clip(dW, -max_norm, max_norm), np.clip(db, -max_norm, max_norm)) for dW, db in grads
    ]


@exercise.wrong(caught_by=short_ones_stay, hint=3)
def short_ones_stretched(grads, max_norm):
    """You bring every gradient to the length max_norm, short ones as well.

    Near the bottom gradients are short for a good reason.
    """
    return _times(grads, max_norm / _norm(grads)) if _norm(grads) else grads


@exercise.wrong(caught_by=short_ones_stay, hint=3)
def stretched_and_zero_by_zero(grads, max_norm):
    """You bring every gradient to the length max_norm, short ones as well, and zeros become NaN.

    A limit acts on what is beyond it, and on nothing else.
    """
    norm = np.sqrt(sum(np.sum(dW**2) + np.sum(db**2) for dW, db in grads))
    return _times(grads, max_norm / norm)


@exercise.wrong(
    caught_by=by_hand,
    hint=2,
    variants=(
        lambda grads, max_norm: (
            _times(grads, max_norm / _norm(grads) ** 2) if _norm(grads) > max_norm else grads
        ),
    ),
)
def root_missing(grads, max_norm):
    """You take the sum of the squares for the length; the root is missing."""
    return _times(grads, min(1, max_norm / (_norm(grads) ** 2 or 1)))


@exercise.wrong(caught_by=short_ones_stay, hint=2)
def compared_before_the_root(grads, max_norm):
    """You compare the sum of the squares with the limit; the length is its root."""
    return _times(grads, max_norm / _norm(grads)) if _norm(grads) ** 2 > max_norm else grads


@exercise.wrong(caught_by=by_hand, hint=2)
def sums_squared(grads, max_norm):
    """You square sums, in which positive and negative entries cancel out.

    Square each entry, and add up then.
    """
    total = np.sqrt(sum(np.sum(array) ** 2 for pair in grads for array in pair))
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.wrong(caught_by=one_factor, hint=2)
def length_of_the_last_layer(grads, max_norm):
    """Your length is that of the last layer: what the loop found before is overwritten."""
    return _times(grads, min(1, max_norm / (_norm(grads[-1:]) or 1)))


@exercise.wrong(caught_by=one_factor, hint=2)
def lengths_of_layers_added(grads, max_norm):
    """You added up the lengths of the layers. Lengths of parts don't add up: their *squares* do."""
    total = sum(_norm([pair]) for pair in grads)
    return _times(grads, min(1, max_norm / (total or 1)))


def _is_one_wide_layer(call):
    """Whether Python's `sum` of the only matrix is more than one number."""
    grads = call.args[0]
    return len(grads) == 1 and grads[0][0].shape[1] > 1


@exercise.wrong(
    caught_by=has_the_form,
    hint=4,
    recognise=raises("truth value of an array", where=_is_one_wide_layer),
)
def length_is_an_array(grads, max_norm):
    """What you compare with the limit is an array; the length is one number.

    Python's `sum` of a matrix leaves a row, `np.sum` adds up all of it.
    """
    squares = sum(sum(dW**2) + sum(db**2) for dW, db in grads)
    return grads if np.sqrt(squares) <= max_norm else _times(grads, max_norm / _norm(grads))


@exercise.wrong(caught_by=by_hand, hint=2)
def lengths_added(grads, max_norm):
    """You added up the lengths of the arrays. Lengths of parts don't add up: their *squares* do."""
    total = sum(np.linalg.norm(array) for pair in grads for array in pair)
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.wrong(caught_by=by_hand, hint=2)
def biases_not_counted(grads, max_norm):
    """Your length leaves out the biases. They are parameters like all others."""
    total = np.sqrt(sum(np.sum(dW**2) for dW, _ in grads))
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.wrong(caught_by=by_hand, hint=1)
def biases_not_shortened(grads, max_norm):
    """The length is right, but only the dW are shortened: every db comes back as it was."""
    factor = min(1, max_norm / (_norm(grads) or 1))
    return [(dW * factor, db) for dW, db in grads]


@exercise.wrong(caught_by=by_hand, hint=3)
def down_to_1(grads, max_norm):
    """What is too long comes out with the length 1, whatever the limit is."""
    return _times(grads, 1 / _norm(grads)) if _norm(grads) > max_norm else grads


@exercise.wrong(caught_by=by_hand, hint=2)
def absolute_values_added(grads, max_norm):
    """You added up absolute values. The Euclidean length adds up squares and takes the root."""
    total = np.sum(np.abs(_together(grads)))
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.wrong(caught_by=by_hand, hint=2)
def largest_entry(grads, max_norm):
    """You compare the largest entry with the limit; it is the length of the whole that counts."""
    return _times(grads, min(1, max_norm / (np.max(np.abs(_together(grads))) or 1)))


@exercise.wrong(caught_by=by_hand, hint=2)
def a_mean_in_the_norm(grads, max_norm):
    """Your length is too short by the square root of the number of entries: a mean for the sum?"""
    total = np.sqrt(np.mean(_together(grads) ** 2))
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.wrong(caught_by=by_hand, hint=3)
def nothing_shortened(grads, max_norm):
    """Gradients that are too long come back as long as they were."""
    return grads


@exercise.wrong(caught_by=by_hand, hint=3)
def upside_down(grads, max_norm):
    """Your factor stands upside down: what is too long becomes longer."""
    return _times(grads, max(1, _norm(grads) / max_norm))


@exercise.wrong(caught_by=by_hand, hint=4)
def condition_reversed(grads, max_norm):
    """Your condition is reversed: short gradients are stretched, long ones stay."""
    norm = _norm(grads)
    return _times(grads, max_norm / norm) if 0 < norm < max_norm else grads


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_place(grads, max_norm):
    """`*=` writes into the caller's own arrays. A product makes new ones."""
    factor = min(1, max_norm / (_norm(grads) or 1))
    for dW, db in grads:
        dW *= factor
        db *= factor
    return grads


@exercise.wrong(caught_by=has_the_form, hint=4)
def one_long_vector(grads, max_norm):
    """The numbers are shortened rightly, but they come back as one long vector.

    The step that follows needs a pair (dW, db) for each layer.
    """
    return _together(grads) * min(1, max_norm / (_norm(grads) or 1))


@exercise.wrong(caught_by=one_factor, hint=2)
def stretch_of_the_matrix(grads, max_norm):
    """`np.linalg.norm(dW, 2)` is another norm, the most that dW stretches a vector.

    What is asked for adds up the squares of all entries.
    """
    total = np.sqrt(sum(np.linalg.norm(dW, 2) ** 2 + np.sum(db**2) for dW, db in grads))
    return _times(grads, min(1, max_norm / (total or 1)))


@exercise.alternative
def with_one_vector(grads, max_norm):
    along = np.concatenate([array.ravel() for pair in grads for array in pair])
    factor = 1 / max(1.0, np.linalg.norm(along) / max_norm)
    return [[np.multiply(factor, dW), np.multiply(factor, db)] for dW, db in grads]


@exercise.alternative
def with_a_tiny_addition(grads, max_norm):
    """As libraries do, so that nothing is ever divided by 0; no step can tell."""
    squares = [np.vdot(array, array) for pair in grads for array in pair]
    factor = min(max_norm / (np.sqrt(np.sum(squares)) + 1e-6), 1.0)
    return tuple((factor * dW, factor * db) for dW, db in grads)


@exercise.alternative
def on_copies(grads, max_norm):
    grads = [(np.array(dW), np.array(db)) for dW, db in grads]
    norm = np.linalg.norm([np.linalg.norm(array) for pair in grads for array in pair])
    if norm > max_norm:
        for pair in grads:
            for array in pair:
                array *= max_norm / norm
    return grads

"""Examples to learn from and examples to be judged by: no one may be both."""

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    changes,
    expect_close,
    expect_parts,
    expect_rng_decides,
    expect_shape,
    expect_shuffled,
    expect_that,
    fault_of_a_deal,
    goes_round,
    outline,
    raises,
    source_of_chance,
)

exercise = Exercise(
    id="split",
    title="Some to learn from, some to be judged by",
    points=1,
    size="about 5 lines",
    task="""Shuffle the examples with `rng` and split them: the share `fraction` of them (rounded to
whole examples) is for training, the others are for the test. Return `(X_train, y_train, X_test,
y_test)`: every example is in exactly one part, next to its own target.

Example: four examples with targets `y = [10, 11, 12, 13]` and `fraction = 0.75` give 3 for training
and 1 for the test. `y_train` may be `[12, 10, 13]`, then `y_test` is `[11]`: chance decides.""",
    hints=(
        """
        Follow one example, its row of `X` and its entry of `y`. Where do they end up, and can they
        lose each other on the way?
        """,
        """
        Draw one random order of all row numbers and cut *that* in two. The same numbers, used as an
        index, take rows from `X` and entries from `y`. Where to cut: `round` goes to the nearest
        whole number, `int` only cuts off.
        """,
        """
        Cutting a deck of cards, worked: `deck = ['♠', '♥', '♦', '♣', '★']` and the order `[3, 0, 4,
        1, 2]`. Two for you are numbers 3 and 0, `♣` and `♠`; the rest, `order[2:]`, are numbers 4,
        1 and 2: `★`, `♥` and `♦`.
        """,
        """
        Skeleton:

        ```python
        order = rng.permutation(...)
        n_train = round(...)
        train, test = order[...], order[...]
        return X[train], ..., ..., ...
        ```
        """,
    ),
)


@exercise.reference
def split(X, y, fraction, rng):
    """Shuffle the examples and split them into a training and a test part.

    Args:
        X: examples, (n, features). It is not changed.
        y: labels or targets, (n,) or (n, n_out). It is not changed.
        fraction: share of the training part, between 0 and 1; fraction · n is rounded to the
            nearest whole number.
        rng: a NumPy random generator, the only source of chance.

    Returns:
        (X_train, y_train, X_test, y_test): every example is in exactly one of both parts, in an
        order that chance decides, and next to its own target.
    """
    order = rng.permutation(len(X))
    n_train = round(fraction * len(X))
    train, test = order[:n_train], order[n_train:]
    return X[train], y[train], X[test], y[test]


NAMES = ("X_train", "y_train", "X_test", "y_test")


def _seed(rng):
    return Rng(int(rng.integers(2**32)))


def _examples(n, rng, n_out=0):
    """Examples that can be told apart: number i in column 0, and 10 + i in the target.

    Args:
        n: number of examples.
        rng: source of the other column.
        n_out: columns of y; 0 for shape (n,).

    Returns:
        X (n, 2) and y (n,) or (n, n_out).
    """
    X = np.column_stack([np.arange(n, dtype=float), rng.normal(size=n)])
    y = 10.0 + np.arange(n)
    return X, np.repeat(y[:, None], n_out, axis=1) if n_out else y


def _shapes(X, y, fraction):
    """Shapes of the four parts."""
    n, n_train = len(X), int(np.floor(fraction * len(X) + 0.5))
    return [(m, *tail) for m in (n_train, n - n_train) for tail in (X.shape[1:], y.shape[1:])]


def _expect_four(answer, X, y, fraction, seed):
    """Expect four parts of the right shapes; give them back."""
    got = answer(X, y, fraction, seed)
    expect_parts(got, "(X_train, y_train, X_test, y_test)")
    for part, name, shape in zip(got, NAMES, _shapes(X, y, fraction), strict=True):
        if isinstance(part, list) and not part and not shape[0]:
            continue  # a list without rows has no columns either
        expect_shape(part, shape, what=name)
        expect_that(
            np.isrealobj(part) and bool(np.isfinite(part).all()),
            f"{name} holds numbers that stand nowhere in the table.",
            got=part,
        )
    return got


def _rows(got, place):
    """Numbers of the examples in both parts, from X (place 0) or from y (place 1)."""
    return [[round(float(np.ravel(one)[0])) - 10 * place for one in part] for part in got[place::2]]


def _order(got):
    """Numbers of all examples in the order in which they stand."""
    train, test = _rows(got, 0)
    return train + test


@exercise.check("four parts, and their sizes fit")
def sizes_fit(answer: Answer, rng: np.random.Generator) -> None:
    for n, fraction, n_out in ((4, 0.75, 0), (7, 0.6, 0), (9, 0.75, 2), (100, 0.29, 0), (5, 1, 0)):
        X, y = _examples(n, rng, n_out)
        _expect_four(answer, X, y, fraction, _seed(rng))


@exercise.check("every example is in exactly one part")
def exactly_once(answer: Answer, rng: np.random.Generator) -> None:
    X, y = _examples(30, rng)
    train, test = _rows(_expect_four(answer, X, y, 0.7, _seed(rng)), 0)
    both = sorted(set(train) & set(test))
    expect_that(not both, "Some examples are in both parts.", got=both)
    expect_close(
        sorted(train + test),
        list(range(30)),
        what="the sorted numbers of the rows",
        why="each example is in one part, none is lost",
    )


@exercise.check("X and y stay together")
def stay_together(answer: Answer, rng: np.random.Generator) -> None:
    for n_out in (0, 2):
        X, y = _examples(20, rng, n_out)
        got = _expect_four(answer, X, y, 0.8, _seed(rng))
        for place, rows in ((0, _rows(got, 0)[0]), (2, _rows(got, 0)[1])):
            rows = np.clip(rows, 0, 19)
            why = "whole rows move, nothing inside them"
            expect_close(np.asarray(got[place]), X[rows], what=NAMES[place], why=why)
            why = f"these are the targets of the examples {rows.tolist()} in {NAMES[place]}"
            expect_close(np.asarray(got[place + 1]), y[rows], what=NAMES[place + 1], why=why)


@exercise.check("chance decides who is where")
def shuffled(answer: Answer, rng: np.random.Generator) -> None:
    X, y = _examples(200, rng)
    train, test = _rows(_expect_four(answer, X, y, 0.7, _seed(rng)), 0)
    expect_that(
        train + test != list(range(200)), "All stand in their old order.", got=(train + test)[:10]
    )
    expect_that(
        sorted(test) != list(range(140, 200)),
        "The test part holds the last examples of the table, whatever `rng` is.",
        got=sorted(test)[:5],
        why="if the table is sorted, the test asks for what was never learned",
    )
    expect_that(
        train != sorted(train),
        "In the training part the examples stand in their old order.",
        got=train[:10],
    )
    expect_shuffled(train + test, why="neighbours in the table are often alike")


@exercise.check("rng decides")
def rng_decides(answer: Answer, rng: np.random.Generator) -> None:
    X, y = _examples(40, rng)
    expect_rng_decides(lambda seed: _order(_expect_four(answer, X, y, 0.75, seed)), rng, "parts")


MANY = 20  # examples, of which chance leaves no two orders alike


@exercise.compared_by()
def traits(calls):
    """Forms of the parts, what is wrong with large ones, and where the chance comes from."""
    return [any(call.mutated for call in calls), *map(_fault, calls), source_of_chance(calls)]


def _fault(call):
    if call.error:
        return [call.error.type, call.error.message]
    X, y, fraction, _ = call.args
    if outline(call.value) != [str(shape) for shape in _shapes(X, y, fraction)]:
        return outline(call.value)
    rows, partners = _rows(call.value, 0), _rows(call.value, 1)
    train, test = rows
    if len(X) < MANY or len(train) < len(test):
        return []
    lost = len(set(train + test)) < len(X)
    if lost:
        return ["lost", len(set(train)) < len(train), bool(set(train) & set(test))]
    if train + test != sorted(train + test) and goes_round(train + test):
        return ["begun elsewhere"]
    orders = [train == sorted(train), sorted(test) == list(range(len(train), len(X)))]
    return fault_of_a_deal(rows, partners, len(X), len(train)) or ["orders", *orders]


def _four(X, y, train, test):
    return X[train], y[train], X[test], y[test]


def _cut(X, y, fraction, order, n_train=None):
    """The right answer for an order of the rows, cut elsewhere if n_train is given."""
    n = round(fraction * len(X)) if n_train is None else n_train
    return _four(X, y, order[:n], order[n:])


@exercise.wrong(caught_by=shuffled, hint=2)
def never_shuffled(X, y, fraction, rng):
    """The examples are cut in their old order: no order drawn by `rng` reaches your parts.

    If the table is sorted, the test asks for what was never learned.
    """
    return _cut(X, y, fraction, np.arange(len(X)))


@exercise.wrong(caught_by=shuffled, hint=2)
def shuffled_after_the_cut(X, y, fraction, rng):
    """You cut first and shuffle then: the last examples of the table are always the test."""
    n = round(fraction * len(X))
    return _four(X, y, rng.permutation(n), np.arange(n, len(X)))


@exercise.wrong(caught_by=shuffled, hint=2)
def old_order_inside(X, y, fraction, rng):
    """Chance decides who is in which part, but inside the parts all stand in their old order.

    Cut a shuffled order, and leave it shuffled.
    """
    n = round(fraction * len(X))
    order = rng.permutation(len(X))
    return _four(X, y, np.sort(order[:n]), np.sort(order[n:]))


@exercise.wrong(caught_by=shuffled, hint=2)
def begun_elsewhere(X, y, fraction, rng):
    """You begin at a random example and go round: old neighbours stay together.

    If the table is sorted, whole kinds are in one part only.
    """
    order = (np.arange(len(X)) + rng.integers(1, len(X))) % len(X)
    return _cut(X, y, fraction, order)


@exercise.wrong(caught_by=stay_together, hint=1)
def only_x_shuffled(X, y, fraction, rng):
    """The rows of X have moved, the targets have not: almost every example has another's target."""
    return _cut(X[rng.permutation(len(X))], y, fraction, np.arange(len(X)))


@exercise.wrong(caught_by=stay_together, hint=2)
def shuffled_separately(X, y, fraction, rng):
    """X and y were both shuffled, but each in an order of its own. How many orders are there?"""
    X = X[rng.permutation(len(X))]
    return _cut(X, y[rng.permutation(len(y))], fraction, np.arange(len(X)))


@exercise.wrong(caught_by=sizes_fit, hint=4)
def inputs_first(X, y, fraction, rng):
    """The right four parts in another order: both X first, as scikit-learn returns them.

    Here the two parts of one kind stand together: X_train, y_train, then X_test, y_test.
    """
    X_train, y_train, X_test, y_test = _cut(X, y, fraction, rng.permutation(len(X)))
    return X_train, X_test, y_train, y_test


@exercise.wrong(caught_by=sizes_fit, hint=4)
def two_pairs(X, y, fraction, rng):
    """You return two pairs; four parts in a row are asked for."""
    parts = _cut(X, y, fraction, rng.permutation(len(X)))
    return parts[:2], parts[2:]


@exercise.wrong(caught_by=sizes_fit, hint=1)
def share_of_the_test(X, y, fraction, rng):
    """Your first two parts hold the test's share; the training part, of `fraction`, comes first."""
    order, n = rng.permutation(len(X)), round(fraction * len(X))
    return _four(X, y, order[n:], order[:n])


@exercise.wrong(caught_by=sizes_fit, hint=2)
def cut_off(X, y, fraction, rng):
    """`int` cuts off: 5.6 becomes 5, and 0.29 · 100 is 28.999… for a computer, so 28."""
    return _cut(X, y, fraction, rng.permutation(len(X)), int(fraction * len(X)))


@exercise.wrong(caught_by=sizes_fit, hint=2)
def rounded_up(X, y, fraction, rng):
    """You always round up; the nearest whole number is asked for."""
    return _cut(X, y, fraction, rng.permutation(len(X)), int(np.ceil(fraction * len(X))))


def _laid_back(calls) -> bool:
    """Whether some are in the training part twice, and the test holds all who are not in it."""
    both = [_rows(call.value, 0) for call in calls if len(call.args[0]) >= MANY]
    laid_back = [
        len(set(train)) < len(train) and not set(train) & set(test) for train, test in both
    ]
    return bool(laid_back) and all(laid_back)


@exercise.wrong(caught_by=sizes_fit, hint=2, recognise=_laid_back)
def drawn_with_repeats(X, y, fraction, rng):
    """Some examples are in the training part twice: they were drawn, and laid back.

    `rng.choice` lays back if nobody forbids it.
    """
    train = rng.choice(len(X), round(fraction * len(X)))
    return _four(X, y, train, np.setdiff1d(np.arange(len(X)), train))


@exercise.wrong(caught_by=sizes_fit, hint=4)
def one_lost(X, y, fraction, rng):
    """One example is lost at the cut. `order[:n]` ends before n, so the rest begins *at* n."""
    order, n = rng.permutation(len(X)), round(fraction * len(X))
    return _four(X, y, order[:n], order[n + 1 :])


@exercise.wrong(caught_by=sizes_fit, hint=2)
def test_is_everything(X, y, fraction, rng):
    """Your test part is the whole table, training examples included: it would reward memory."""
    n = round(fraction * len(X))
    train = rng.permutation(len(X))[:n]
    return X[train], y[train], X, y


@exercise.wrong(caught_by=exactly_once, hint=2)
def drawn_twice(X, y, fraction, rng):
    """You drew one order for the training part and another for the test: some are in both.

    An example that was learned from is no test.
    """
    n = round(fraction * len(X))
    return _four(X, y, rng.permutation(len(X))[:n], rng.permutation(len(X))[n:])


def _sizes_by_luck(calls) -> bool:
    """Whether the parts complete each other, and their sizes miss the right ones at random."""
    missed = set()
    for call in calls:
        X, _, fraction, _ = call.args
        rows, partners = _rows(call.value, 0), _rows(call.value, 1)
        if rows != partners or sorted(rows[0] + rows[1]) != list(range(len(X))):
            return False
        usual = (round(fraction * len(X)), round((1 - fraction) * len(X)))
        missed.add(min((len(rows[0]) - size for size in usual), key=abs))
    return len(missed) > 2


@exercise.wrong(caught_by=sizes_fit, hint=2, recognise=_sizes_by_luck)
def a_die_for_each(X, y, fraction, rng):
    """You rolled a die for each example, so the size of your parts is a matter of luck, too."""
    is_train = rng.random(len(X)) < fraction
    return _four(X, y, is_train, ~is_train)


@exercise.wrong(caught_by=sizes_fit, hint=2, recognise=changes("X"))
def shuffled_in_place(X, y, fraction, rng):
    """You shuffled the caller's own table. An order of row numbers leaves it as it is."""
    rng.shuffle(X)
    return _cut(X, y, fraction, np.arange(len(X)))


@exercise.wrong(
    caught_by=sizes_fit,
    hint=2,
    recognise=raises("'NoneType' object is not subscriptable", "NoneType' has no len"),
)
def shuffle_returns_nothing(X, y, fraction, rng):
    """`rng.shuffle` changes the array it is given and returns None, and that is what you kept.

    Another method of the generator *returns* an order.
    """
    return _cut(X, y, fraction, rng.shuffle(np.arange(len(X))))


@exercise.wrong(
    caught_by=sizes_fit,
    hint=1,
    recognise=raises("too many indices", where=lambda call: np.ndim(call.args[1]) == 1, alone=True),
)
def targets_only_in_columns(X, y, fraction, rng):
    """Your code wants y to be a table. It may also be flat, with shape (n,).

    Row numbers alone fit both.
    """
    order, n = rng.permutation(len(X)), round(fraction * len(X))
    return X[order[:n], :], y[order[:n], :], X[order[n:], :], y[order[n:], :]


@exercise.wrong(caught_by=rng_decides, hint=2)
def own_seed(X, y, fraction, rng):
    """You made a generator of your own inside: everybody gets one and the same split.

    The generator you were given isn't used.
    """
    return _cut(X, y, fraction, np.random.default_rng(0).permutation(len(X)))


@exercise.wrong(caught_by=rng_decides, hint=2)
def chance_from_elsewhere(X, y, fraction, rng):
    """Your chance comes from NumPy's global generator, or from one without a seed, not from `rng`.

    Then nobody can repeat this experiment.
    """
    return _cut(X, y, fraction, np.random.default_rng().permutation(len(X)))


@exercise.wrong(caught_by=sizes_fit, hint=4)
def one_in_both(X, y, fraction, rng):
    """The last training example is in the test, too. `order[:n]` ends before n: begin *at* n."""
    order, n = rng.permutation(len(X)), round(fraction * len(X))
    return _four(X, y, order[:n], order[n - 1 :])


@exercise.wrong(caught_by=sizes_fit, hint=4)
def one_too_many(X, y, fraction, rng):
    """Your training part has one example too many: `order[:n]` holds n of them already."""
    order, n = rng.permutation(len(X)), round(fraction * len(X))
    return _four(X, y, order[: n + 1], order[n + 1 :])


@exercise.wrong(caught_by=exactly_once, hint=2)
def order_with_repeats(X, y, fraction, rng):
    """Your order names some rows twice and others never: each number was drawn by itself.

    A permutation names each row once.
    """
    return _cut(X, y, fraction, rng.integers(len(X), size=len(X)))


@exercise.alternative
def with_np_split(X, y, fraction, rng):
    order = np.arange(len(X))
    rng.shuffle(order)
    train, test = np.split(order, [int(fraction * len(X) + 0.5)])
    return [X[train], y[train], X[test], y[test]]


@exercise.alternative
def test_from_the_front(X, y, fraction, rng):
    order = np.argsort(rng.random(len(X)))
    n_test = len(X) - int(np.round(fraction * len(X)))
    return (
        np.take(X, order[n_test:], axis=0),
        np.take(y, order[n_test:], axis=0),
        np.take(X, order[:n_test], axis=0),
        np.take(y, order[:n_test], axis=0),
    )


@exercise.alternative
def row_after_row(X, y, fraction, rng):
    left = list(range(len(X)))
    rng.shuffle(left)
    n_train = round(len(X) * fraction)
    train, test = left[:n_train], left[n_train:]
    return (
        np.array([X[i] for i in train]).reshape(-1, *X.shape[1:]),
        np.array([y[i] for i in train]).reshape(-1, *y.shape[1:]),
        np.array([X[i] for i in test]).reshape(-1, *X.shape[1:]),
        np.array([y[i] for i in test]).reshape(-1, *y.shape[1:]),
    )


@exercise.alternative
def in_lists(X, y, fraction, rng):
    order, n_train = rng.permutation(len(X)), round(fraction * len(X))
    parts = order[:n_train], order[n_train:]
    return [[table[i].tolist() for i in rows] for rows in parts for table in (X, y)]

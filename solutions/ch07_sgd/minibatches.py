"""Deal all examples out in small batches, in an order that chance decides."""

from itertools import pairwise

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    Opaque,
    Rng,
    expect_close,
    expect_shuffled,
    expect_that,
    fault_of_a_deal,
    hardly_moved,
    probe,
)

exercise = Exercise(
    id="minibatches",
    title="Dealing out the examples",
    points=2,
    size="about 6 lines",
    leads_to="`sgd_epoch`, and `train` in chapter 10, walk through such batches.",
    task="""Shuffle the examples with `rng` and deal them out in batches of `batch_size`. Return a
list of pairs `(X_b, y_b)`: every example is in exactly one batch, next to its own target, and the
last batch may be smaller.

Example: five examples with the targets `y = [10, 11, 12, 13, 14]` and batches of 2 give three
pairs. Their targets may be `[13, 10]`, `[14, 11]` and `[12]`: which ones, chance decides.""",
    hints=(
        """
        Look at one row of `X` and its entry of `y`, before and after. Do they still belong
        together? And is every row somewhere, once?
        """,
        """
        Don't shuffle the data, shuffle the *row numbers*: one order, used for `X` and for `y`.
        `rng.permutation(n)` gives the numbers 0 to n−1 in random order. Then cut that order into
        pieces.
        """,
        """
        Cutting a word into pieces of three: `word = 'gradient'`, then `[word[i : i + 3] for i in
        range(0, len(word), 3)]` gives `['gra', 'die', 'nt']`. The last slice ends by itself where
        the word ends.
        """,
        """
        Skeleton:

        ```python
        order = rng.permutation(...)
        batches = []
        for start in range(0, ..., ...):
            rows = order[...]
            batches.append((X[rows], ...))
        return batches
        ```
        """,
    ),
)


@exercise.reference
def minibatches(X, y, batch_size, rng):
    """Deal all examples out in random order.

    Args:
        X: examples, (n, features).
        y: targets, (n,) or (n, n_out).
        batch_size: examples per batch, at least 1; it may be larger than n.
        rng: a NumPy random generator, the only source of the order. The next call with the same
            generator gives another order.

    Returns:
        A list of pairs (X_b, y_b): X_b (batch_size, features) and y_b (batch_size,) or
        (batch_size, n_out). Every example is in exactly one pair; the last pair may have fewer.
    """
    order = rng.permutation(len(X))
    batches = []
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        batches.append((X[rows], y[rows]))
    return batches


@probe
def asked_for_two_epochs(minibatches, X, y, batch_size, rng):
    """Deal twice with the same generator; return the numbers of the rows in both orders."""
    import numpy as np

    return [
        np.concatenate([np.asarray(X_b)[:, 0] for X_b, _ in minibatches(X, y, batch_size, rng)])
        for _ in range(2)
    ]


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


def _seed(rng):
    return Rng(int(rng.integers(2**32)))


def _sizes(n, batch_size):
    return [min(batch_size, n - start) for start in range(0, n, batch_size)]


def _expect_batches(got, n, batch_size):
    """Expect what deserves the name: several batches, none too large, none without need.

    Args:
        got: what the answer returned.
        n: number of examples.
        batch_size: how many a batch may have.
    """
    sizes = [len(pair[0]) for pair in got]
    expect_that(
        max(sizes, default=n) <= batch_size and len(sizes) <= -(-n // batch_size) + 1,
        f"{n} examples in batches of {batch_size} were expected; these are the sizes of yours.",
        got=sizes,
    )


def _rows(batches, place):
    """Numbers of the examples in the order dealt, from X (place 0) or from y (place 1)."""
    if place == 0:
        return [round(float(row[0])) for X_b, _ in batches for row in X_b]
    return [round(float(np.ravel(t)[0])) - 10 for _, y_b in batches for t in y_b]


@exercise.check("gives a list of pairs, and their sizes fit", points=0.5)
def sizes_fit(answer: Answer, rng: np.random.Generator) -> None:
    for n, batch_size, n_out in (
        (10, 4, 0),
        (12, 3, 0),
        (9, 2, 2),
        (5, 8, 0),
        (4, 1, 1),
        (6, 6, 0),
    ):
        X, y = _examples(n, rng, n_out)
        got = answer(X, y, batch_size, _seed(rng))
        sizes = _sizes(n, batch_size)
        expect_that(
            isinstance(got, list | tuple) and all(isinstance(p, list | tuple) for p in got),
            "A list of pairs (X_b, y_b) is asked for.",
            got=got,
        )
        expect_that(all(len(p) == 2 for p in got), "Every batch is a pair (X_b, y_b).", got=got)
        for place, what, tail in ((0, "X_b", (2,)), (1, "y_b", (n_out,) if n_out else ())):
            shapes = [np.shape(pair[place]) for pair in got]
            expect_that(
                shapes == [(size, *tail) for size in sizes],
                f"The shapes of the {what}, batch by batch, are not right.",
                expected=[(size, *tail) for size in sizes],
                got=shapes,
                why=f"{n} examples in batches of {batch_size}; the last may be smaller",
            )
        for X_b, _ in got:
            rows = np.clip(np.asarray(X_b)[:, 0], 0, n - 1).astype(int)
            expect_close(X_b, X[rows], what="X_b", why="a batch consists of rows of X")


@exercise.check("every example is there exactly once", points=0.5)
def exactly_once(answer: Answer, rng: np.random.Generator) -> None:
    X, y = _examples(23, rng)
    got = answer(X, y, 4, _seed(rng))
    _expect_batches(got, 23, 4)
    expect_close(
        sorted(_rows(got, 0)),
        list(range(23)),
        what="the sorted numbers of the rows",
        why="an epoch uses each example once: none twice, none left out",
    )


@exercise.check("X and y stay together", points=0.5)
def stay_together(answer: Answer, rng: np.random.Generator) -> None:
    for n_out in (0, 2):
        X, y = _examples(20, rng, n_out)
        got = answer(X, y, 6, _seed(rng))
        _expect_batches(got, 20, 6)
        for X_b, y_b in got:
            rows = np.asarray(X_b)[:, 0].astype(int)
            expect_close(
                np.asarray(X_b), X[rows], what="X_b", why="whole rows move, nothing inside them"
            )
            expect_close(
                np.asarray(y_b),
                y[rows],
                what="y_b",
                why=f"these are the targets of the rows {rows.tolist()}, which are in X_b",
            )


@exercise.check("the generator decides the order", points=0.5)
def shuffled(answer: Answer, rng: np.random.Generator) -> None:
    X, y = _examples(60, rng)
    seeds = [_seed(rng), _seed(rng)]
    orders = [_rows(answer(X, y, 5, seed), 0) for seed in seeds]
    for order in orders:
        batches = [order[i : i + 5] for i in range(0, 60, 5)]
        expect_that(order != sorted(order), "The examples come in their old order.", got=order[:10])
        expect_that(
            not all(b == a + 1 for batch in batches for a, b in pairwise(batch)),
            "The batches come in random order, but inside each of them old neighbours still stand "
            "side by side.",
            got=batches[:2],
        )
        expect_that(
            not all(batch == sorted(batch) for batch in batches),
            "Inside each batch the examples stand sorted; deal them as the order comes.",
            got=batches[:2],
        )
    X_many, y_many = _examples(200, rng)
    expect_shuffled(
        _rows(answer(X_many, y_many, 10, _seed(rng)), 0),
        why="if the houses stood sorted by price, neighbours would still meet in your batches",
    )
    expect_that(
        orders[0] != orders[1],
        "Two generators with different seeds gave the same order.",
        got=orders[0][:10],
        why="the order must come from `rng`",
    )
    again = _rows(answer(X, y, 5, seeds[0]), 0)
    expect_that(
        again == orders[0],
        "Two generators with the same seed gave different orders.",
        expected=orders[0][:10],
        got=again[:10],
        why="`rng` must be the only source of chance",
    )
    first, second = answer.probe(asked_for_two_epochs, X, y, 5, seeds[0])
    expect_that(
        not np.array_equal(first, second),
        "Two epochs in a row had the same order.",
        got=first[:10],
        why="the same generator, asked again, gives something new",
    )


def _last_batch_missing(calls) -> bool:
    """Whether the batches are those asked for, but for the last one, or for the smaller ones."""
    deals = [call for call in calls if call.probe is None and call.value is not None]
    sizes = [[len(X_b) for X_b, _ in call.value] for call in deals]
    right = [_sizes(len(call.args[0]), call.args[2]) for call in deals]
    whole = [
        [size for size in one if size == call.args[2]]
        for one, call in zip(right, deals, strict=True)
    ]
    return sizes != right and sizes in (whole, [one[:-1] for one in right])


@exercise.compared_by(where=lambda call: call.probe is None and len(call.args[0]) >= 20)
def faults(calls):
    """What is wrong with each deal of many examples, or else how many orders two seeds gave."""
    if any(call.mutated for call in calls):
        return ["changes what it was given", _last_batch_missing(calls)]
    found, orders = [], set()
    for X, batch_size, got in [(c.args[0], c.args[2], c.value) for c in calls if not c.error]:
        rows, partners = ([_rows([pair], place) for pair in got] for place in (0, 1))
        found.append(fault_of_a_deal(rows, partners, len(X), batch_size))
        if len(X) == 60:
            orders.add(tuple(_rows(got, 0)))
    return found if any(found) else len(orders)


@exercise.wrong(caught_by=shuffled, hint=2)
def never_shuffled(X, y, batch_size, rng):
    """Your batches take the examples as they stand in X; no order drawn by `rng` reaches them.

    If houses were sorted by price, your first batches would know cheap houses only.
    """
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@exercise.wrong(caught_by=stay_together, hint=1)
def only_x_shuffled(X, y, batch_size, rng):
    """The rows of X have moved, the targets have not: almost every house has another's price."""
    X = X[rng.permutation(len(X))]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@exercise.wrong(caught_by=stay_together, hint=2)
def shuffled_separately(X, y, batch_size, rng):
    """X and y were both shuffled, but each in an order of its own. How many orders are there?"""
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


@exercise.wrong(caught_by=sizes_fit, hint=3, recognise=_last_batch_missing)
def last_batch_dropped(X, y, batch_size, rng):
    """The last batch is missing: its examples are used by nobody in this epoch."""
    order = rng.permutation(len(X))
    batches = [order[i * batch_size : (i + 1) * batch_size] for i in range(len(X) // batch_size)]
    return [(X[rows], y[rows]) for rows in batches]


@exercise.wrong(caught_by=sizes_fit, hint=3)
def batches_of_equal_size(X, y, batch_size, rng):
    """You made the batches as equal in size as can be. They are full, and the last takes the rest.

    `np.array_split` wants the *number* of batches, and levels their sizes.
    """
    pieces = np.array_split(rng.permutation(len(X)), -(-len(X) // batch_size))
    return [(X[rows], y[rows]) for rows in pieces]


@exercise.wrong(caught_by=exactly_once, hint=2)
def drawn_with_repeats(X, y, batch_size, rng):
    """Each batch is drawn from all examples again, so some come twice and others never.

    Dealing cards is not rolling dice: what is dealt is gone.
    """
    order = rng.integers(0, len(X), len(X))
    batches = [order[i : i + batch_size] for i in range(0, len(X), batch_size)]
    return [(X[rows], y[rows]) for rows in batches]


@exercise.wrong(caught_by=shuffled, hint=2)
def blocks_shuffled(X, y, batch_size, rng):
    """You shuffled the batches, not the examples: who sits with whom is the same in every epoch."""
    starts = np.arange(0, len(X), batch_size)
    last = starts[-1]  # the short one stays last
    starts = np.append(rng.permutation(starts[:-1]), last)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in starts]


@exercise.wrong(caught_by=shuffled, hint=2)
def own_seed(X, y, batch_size, rng):
    """Every epoch gets one and the same order: the generator you were given decides nothing.

    Did you make one of your own inside, or put the examples in an order that is fixed?
    """
    order = np.random.default_rng(0).permutation(len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


@exercise.wrong(caught_by=sizes_fit, hint=2)
def shuffled_in_place(X, y, batch_size, rng):
    """You shuffled the caller's own data, which are still needed in their old order.

    And if X and y are shuffled one after the other, do both get the same order?
    """
    rng.shuffle(X)
    return [(X[i : i + batch_size], y[i : i + batch_size]) for i in range(0, len(X), batch_size)]


def _orders(calls):
    """The numbers of the rows as dealt, for all calls with examples enough to tell."""
    direct = [call for call in calls if call.probe is None and call.value]
    return [_rows(call.value, 0) for call in direct if len(call.args[0]) >= 20]


@exercise.wrong(caught_by=shuffled, hint=2)
def begun_elsewhere(X, y, batch_size, rng):
    """You begin at a random place and go round: old neighbours still follow each other.

    If the houses stood sorted by price, each batch would know one price only.
    """
    order = (np.arange(len(X)) + rng.integers(1, len(X)) * (len(X) > 1)) % len(X)
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


def _is_a_generator(calls) -> bool:
    values = [call.value for call in calls if call.probe is None]
    return bool(values) and all(
        isinstance(value, Opaque) and "generator" in value.description for value in values
    )


@exercise.wrong(caught_by=sizes_fit, hint=4, recognise=_is_a_generator)
def one_after_the_other(X, y, batch_size, rng):
    """`yield` hands out one batch after the other, to a loop. Here a list of them is asked for."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def _hardly_moved(calls) -> bool:
    return hardly_moved(order for order in _orders(calls) if len(order) == 200)


@exercise.wrong(caught_by=shuffled, hint=2, recognise=_hardly_moved)
def too_few_swaps(X, y, batch_size, rng):
    """You swap pairs, but too few of them: many examples stand where they stood.

    How would you make sure that *each* place gets its example by chance?
    """
    order = np.arange(len(X))
    for _ in range(len(X) // 2):
        i, j = rng.integers(len(X), size=2)
        order[[i, j]] = order[[j, i]]
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


@exercise.wrong(caught_by=shuffled, hint=2)
def chance_from_elsewhere(X, y, batch_size, rng):
    """Your chance comes from NumPy's global generator, or from one without a seed, not from `rng`.

    Then nobody can repeat this epoch.
    """
    order = np.random.default_rng().permutation(len(X))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


def _shuffle_in_vain(calls) -> bool:
    """Whether None was used as if it were the row numbers: X[None] has three axes."""
    said = "'NoneType' object is not subscriptable"
    return bool(calls) and all(
        said in call.error.message if call.error else np.ndim(call.value[0][0]) == 3
        for call in calls
        if call.probe is None
    )


@exercise.wrong(caught_by=sizes_fit, hint=2, recognise=_shuffle_in_vain)
def shuffle_returns_nothing(X, y, batch_size, rng):
    """`rng.shuffle` changes the array it is given and returns None, and that is what you kept.

    Another method of the generator *returns* an order.
    """
    order = rng.shuffle(np.arange(len(X)))
    return [(X[order[i : i + batch_size]], y[order[i : i + batch_size]])
            for i in range(0, len(X), batch_size)]  # fmt: skip


def _flat_targets_fail(calls) -> bool:
    """Whether the calls with flat targets raise, and only they."""
    return all((call.error is not None) == (np.ndim(call.args[1]) == 1) for call in calls)


@exercise.wrong(caught_by=sizes_fit, hint=1, recognise=_flat_targets_fail)
def targets_only_in_columns(X, y, batch_size, rng):
    """Your code wants y to be a table. It may also be flat, with shape (n,).

    Row numbers alone fit both.
    """
    order = rng.permutation(len(X))
    return [(X[order[i : i + batch_size], :], y[order[i : i + batch_size], :])
            for i in range(0, len(X), batch_size)]  # fmt: skip


def _empty_batches(calls) -> bool:
    """Whether batches of no examples stand among right ones."""
    deals = [(call.args, call.value) for call in calls if call.probe is None and call.value]
    sizes = [[len(X_b) for X_b, _ in got] for _, got in deals]
    right = [_sizes(len(args[0]), args[2]) for args, _ in deals]
    return (
        any(0 in one for one in sizes)
        and [[size for size in one if size] for one in sizes] == right
    )


@exercise.wrong(caught_by=sizes_fit, hint=3, recognise=_empty_batches)
def empty_last_batch(X, y, batch_size, rng):
    """Where the batches come out even, yours end with a batch of no examples at all.

    The mean of nothing is not a number.
    """
    order = rng.permutation(len(X))
    pieces = [order[i * batch_size : (i + 1) * batch_size] for i in range(len(X) // batch_size + 1)]
    return [(X[rows], y[rows]) for rows in pieces]


def _cut(X, y, order, ends):
    """Batches of rows from each start to its end, in this order."""
    return [(X[order[start:end]], y[order[start:end]]) for start, end in ends]


@exercise.wrong(caught_by=sizes_fit, hint=3)
def one_short_each(X, y, batch_size, rng):
    """Each of your batches is one example short: a slice leaves out the place after the colon."""
    starts = range(0, len(X), batch_size)
    return _cut(X, y, rng.permutation(len(X)), [(i, i + batch_size - 1) for i in starts])


@exercise.wrong(caught_by=sizes_fit, hint=3)
def one_in_two_batches(X, y, batch_size, rng):
    """Your batches overlap: the last example of each is the first of the next.

    A slice leaves out the place after the colon, so the next one begins there.
    """
    starts = range(0, len(X), batch_size)
    return _cut(X, y, rng.permutation(len(X)), [(i, i + batch_size + 1) for i in starts])


@exercise.wrong(caught_by=sizes_fit, hint=3)
def one_further_each_time(X, y, batch_size, rng):
    """Each of your batches begins one example after the last one, not one batch after it."""
    starts = range(len(X))
    return _cut(X, y, rng.permutation(len(X)), [(i, i + batch_size) for i in starts])


@exercise.wrong(caught_by=sizes_fit, hint=1)
def return_inside_the_loop(X, y, batch_size, rng):
    """You return after the first batch: is the `return` inside the loop? See its indentation."""
    return _cut(X, y, rng.permutation(len(X)), [(0, batch_size)])


@exercise.wrong(caught_by=sizes_fit, hint=3)
def as_many_batches_as_examples_in_one(X, y, batch_size, rng):
    """You made `batch_size` batches. It says how many *examples* a batch holds."""
    pieces = np.array_split(rng.permutation(len(X)), batch_size)
    return [(X[rows], y[rows]) for rows in pieces]


@exercise.wrong(caught_by=shuffled, hint=2)
def shuffled_inside_each_batch(X, y, batch_size, rng):
    """You shuffle inside each batch: who sits with whom is the same in every epoch."""
    starts = range(0, len(X), batch_size)
    order = [i + rng.permutation(min(batch_size, len(X) - i)) for i in starts]
    return _cut(X, y, np.concatenate(order), [(i, i + batch_size) for i in starts])


def _two_lists(calls) -> bool:
    """Whether all X_b come in one list and all y_b in another."""
    deals = [(call.args, call.value) for call in calls if call.probe is None and call.value]
    return bool(deals) and all(
        [list(map(len, part)) for part in got] == [_sizes(len(args[0]), args[2])] * 2
        for args, got in deals
    )


@exercise.wrong(caught_by=sizes_fit, hint=1, recognise=_two_lists)
def all_inputs_then_all_targets(X, y, batch_size, rng):
    """You return two lists, one of all X_b and one of all y_b. Each batch is a pair by itself."""
    order = rng.permutation(len(X))
    pieces = [order[i : i + batch_size] for i in range(0, len(X), batch_size)]
    return [X[rows] for rows in pieces], [y[rows] for rows in pieces]


@exercise.alternative
def with_array_split(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    cuts = np.arange(batch_size, len(X), batch_size)
    return [(X[rows], y[rows]) for rows in np.split(order, cuts)]


@exercise.alternative
def shuffle_copies_together(X, y, batch_size, rng):
    order = np.arange(len(X))
    rng.shuffle(order)
    X_new, y_new = X[order], y[order]
    n_batches = -(-len(X) // batch_size)
    return [
        (
            X_new[i * batch_size : (i + 1) * batch_size],
            y_new[i * batch_size : (i + 1) * batch_size],
        )
        for i in range(n_batches)
    ]


@exercise.alternative
def one_row_after_the_other(X, y, batch_size, rng):
    left = list(np.argsort(rng.random(len(X))))
    batches = []
    while left:
        rows, left = left[:batch_size], left[batch_size:]
        batches.append((np.array([X[i] for i in rows]), np.array([y[i] for i in rows])))
    return tuple(batches)


@exercise.picture
def own_deal(answer: Answer):
    """Which house went into which of the learner's batches, in two epochs."""
    from annkit.lessons.sgd.pictures import deal

    X, y = _examples(24, np.random.default_rng(0))
    return deal([[b[0][:, 0] for b in answer(X, y, 5, Rng(seed))] for seed in (1, 2)])

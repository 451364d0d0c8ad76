"""The training loop: everything from the last three chapters in one function."""

from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, Exercise, Rng, expect_close, expect_pairs, expect_that

exercise = Exercise(
    id="train",
    title="Train it",
    points=3,
    size="about 12 lines with your classifier_gradients",
    task="""Train the classifier of `classifier_gradients` by stochastic gradient descent. In each
of `n_epochs` epochs deal **all** examples, in a new order drawn from `rng`, into batches of
`batch_size` (the last one may be smaller), and take one step after every batch. Return the new
parameters and a history with one cost per epoch: the cost of all examples *after* the epoch, or the
average of the costs met *during* it, as you like.

Example: 10 examples, `batch_size=4`, `n_epochs=3`: 3 epochs of 3 steps (with 4, 4 and 2 examples),
so 9 steps, and a history of 3 numbers.""",
    hints=(
        """
        Two loops, one inside the other. What happens once per epoch, what once per batch? Which of
        the two counts the entries of the history?
        """,
        """
        You have all parts: `minibatches` deals the examples (chapter 7), `classifier_gradients`
        gives the cost and the gradient of one batch, `sgd_step` moves the parameters. Each batch
        starts from the parameters that the last one has left, also across epochs.
        """,
        """
        The same pattern with a jar of coins emptied by handfuls, twice:

        ```python
        kept = []
        for _ in range(2):
            left, handfuls = 10, []
            while left > 0:
                handfuls.append(min(4, left))
                left -= 4
            kept.append(sum(handfuls) / len(handfuls))
        ```

        The handfuls are 4, 4 and 2, and `kept` is `[3.33, 3.33]`: one entry per round, whatever
        happens inside.
        """,
        """
        Skeleton:

        ```python
        history = []
        for _ in range(n_epochs):
            order = ...
            costs = []
            for start in range(0, len(X), batch_size):
                rows = ...
                cost, grads = classifier_gradients(..., ..., params)
                costs.append(...)
                params = [...]
            history.append(...)
        return params, history
        ```
        """,
    ),
)


@exercise.reference
def train(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Train a ReLU network with softmax cross-entropy by stochastic gradient descent.

    Args:
        X: examples, (n, n_in); the logits may be as large as in classifier_gradients.
        labels: true classes, integers 0 … C−1, (n,).
        params: list of (W, b), input side first: where training starts. They are not changed.
        learning_rate: a positive number.
        n_epochs: how often all examples are used.
        batch_size: examples per step; the last batch of an epoch may be smaller.
        rng: a NumPy random generator, the only source of the order; a new order in each epoch.

    Returns:
        params: the trained parameters, a list of (W, b).
        history: a list of n_epochs numbers, the mean cross-entropy after each epoch, or the
            average of the batches' costs during it.
    """

    def gradients(X, labels, params):
        a, cache = X, []
        for W, b in params:
            z = a @ W + b
            cache.append((a, z))
            a = np.maximum(z, 0)
        shifted = z - z.max(axis=1, keepdims=True)
        log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
        truth = np.eye(z.shape[1])[labels]
        delta = (np.exp(log_p) - truth) / len(X)
        grads = []
        for layer in reversed(range(len(params))):
            a_prev, _ = cache[layer]
            grads.append((a_prev.T @ delta, delta.sum(axis=0)))
            if layer > 0:
                delta = delta @ params[layer][0].T * (cache[layer - 1][1] > 0)
        return -np.sum(truth * log_p) / len(X), grads[::-1]

    history = []
    for _ in range(n_epochs):
        order = rng.permutation(len(X))
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            cost, grads = gradients(X[rows], labels[rows], params)
            total += cost * len(rows)
            params = [
                (W - learning_rate * dW, b - learning_rate * db)
                for (W, b), (dW, db) in zip(params, grads, strict=True)
            ]
        history.append(total / len(X))
    return params, history


def network(rng: np.random.Generator, *sizes: int):
    """Random layers of these sizes."""
    return [(rng.normal(size=(n, m)) * 0.8, rng.normal(size=m) / 2) for n, m in pairwise(sizes)]


def logits(X, params):
    """Scores of the last layer, (batch, C), for real or complex parameters."""
    a = X
    for W, b in params[:-1]:
        z = np.einsum("bi,io->bo", a, W) + b
        a = z * (z.real > 0)
    W, b = params[-1]
    return np.einsum("bi,io->bo", a, W) + b


def cost_of(X, labels, params):
    """Mean cross-entropy, for real or complex parameters of ordinary size."""
    scores = logits(X, params)
    scores = scores - scores.real.max(axis=1, keepdims=True)
    return np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(X)), labels])


def stepped(X, labels, params, rate):
    """One step of gradient descent; the slopes come from a complex step of the cost."""
    moved = [(W.astype(complex), b.astype(complex)) for W, b in params]
    after = [(W.copy(), b.copy()) for W, b in params]
    for pair, new in zip(moved, after, strict=True):
        for array, target in zip(pair, new, strict=True):
            for place in np.ndindex(array.shape):
                array[place] += 1e-30j
                target[place] -= rate * cost_of(X, labels, moved).imag / 1e-30
                array[place] = array[place].real
    return after


def seed(rng: np.random.Generator) -> Rng:
    """A generator for the answer, drawn from the check's own."""
    return Rng(int(rng.integers(2**32)))


def expect_two(got, params, n_epochs):
    """Expect (params, history), shapes like params and one number per epoch; give both back."""
    expect_that(
        isinstance(got, tuple | list) and len(got) == 2,
        "Two things were expected: the parameters and the history.",
        got=got,
    )
    expect_pairs(got[0], [W.shape for W, _ in params])
    history = np.asarray(got[1]) if _is_numbers(got[1]) else None
    expect_that(
        history is not None and history.shape == (n_epochs,) and bool(np.isfinite(history).all()),
        f"The history should hold one number for each of {n_epochs} epochs.",
        got=got[1],
    )
    return got[0], history


def _is_numbers(history) -> bool:
    if isinstance(history, np.ndarray):
        return history.dtype.kind in "fiu"
    return isinstance(history, list | tuple) and all(
        isinstance(x, int | float | np.number) or (isinstance(x, np.ndarray) and x.shape == ())
        for x in history
    )


def expect_params(got, expected, why) -> None:
    """Expect these parameters, layer by layer."""
    for layer, (pair, (W, b)) in enumerate(zip(got, expected, strict=True)):
        expect_close(pair[0], W, what=f"W in params[{layer}]", why=why)
        expect_close(pair[1], b, what=f"b in params[{layer}]", why=why)


def expect_history(history, choices, why) -> None:
    """Expect one of several histories, all of them right."""
    if not any(np.allclose(history, choice, rtol=1e-6, atol=1e-9) for choice in choices):
        expect_close(history, np.array(choices[0]), what="the history", why=why)


@exercise.check("returns parameters like those it was given, and one cost per epoch")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, params = rng.normal(size=(10, 3)), np.arange(10) % 3, network(rng, 3, 4, 3)
    expect_two(answer(X, labels, params, 0.1, 4, 4, seed(rng)), params, 4)


@exercise.check("with one batch, each epoch is one step down the gradient", points=1)
def whole_batch(answer: Answer, rng: np.random.Generator) -> None:
    for sizes, n_epochs, batch_size, scale in (
        ((2, 3), 1, 6, 1.0),
        ((3, 4, 2), 3, 6, 1.0),
        ((2, 3, 4, 3), 2, 9, 1.0),
        ((3, 3), 1, 6, 900.0),  # logits as large as classifier_gradients takes them
    ):
        X, labels = rng.normal(size=(6, sizes[0])) * scale, np.arange(6) % 2
        params = network(rng, *sizes)
        if len(params) > 2:
            params[0][0][:, 1], params[0][1][1] = 0, 0  # a unit at rest, z = 0
        rate, now = float(rng.uniform(0.1, 0.5)), params
        costs = [cost_of(X, labels, params)]
        for _ in range(n_epochs):
            now = stepped(X, labels, now, rate)
            costs.append(cost_of(X, labels, now))
        got, history = expect_two(
            answer(X, labels, params, rate, n_epochs, batch_size, seed(rng)), params, n_epochs
        )
        expect_params(got, now, "6 examples in one batch: one step per epoch")
        expect_history(history, (costs[1:], costs[:-1]), "the costs after each step")


@exercise.check("one step per batch, each from where the last one ended", points=0.5)
def steps_follow_each_other(answer: Answer, rng: np.random.Generator) -> None:
    # copies of one example: however they are dealt, every batch has the same gradient
    for n, batch_size in ((5, 2), (6, 2), (4, 1)):
        sizes = (3, 4, 3)
        X, labels = np.tile(rng.normal(size=3), (n, 1)), np.full(n, int(rng.integers(3)))
        params, rate = network(rng, *sizes), float(rng.uniform(0.1, 0.4))
        now, after, during, by_batch = params, [], [], []
        parts = [min(batch_size, n - start) for start in range(0, n, batch_size)]
        for _ in range(2):
            costs = []
            for _ in parts:
                costs.append(cost_of(X, labels, now))
                now = stepped(X, labels, now, rate)
            after.append(cost_of(X, labels, now))
            during.append(np.average(costs, weights=parts))
            by_batch.append(np.mean(costs))
        got, history = expect_two(
            answer(X, labels, params, rate, 2, batch_size, seed(rng)), params, 2
        )
        why = f"{n} copies of one example in batches of {batch_size}: {2 * len(parts)} steps"
        expect_params(got, now, why)
        expect_history(history, (after, during, by_batch), "the costs after each epoch")


def _shares(args, got):
    """How much of the mean gradient of some step each example was, summed over all steps.

    Read from tiny steps of a network without hidden layer whose inputs are the unit vectors: there
    example i moves row i of W and no other. A right epoch gives 1/(size of its batch).

    Returns:
        shares (n,), nan where a row did not move along its own example's gradient.
    """
    X, labels, ((W, _),), rate, *_ = args
    z = logits(X, args[2])
    p = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    slope = p - np.eye(z.shape[1])[labels]
    moved = (W - np.asarray(got[0][0][0])) / rate
    share = np.sum(moved * slope, axis=1) / np.sum(slope**2, axis=1)
    fits = np.abs(moved - share[:, None] * slope).max(axis=1) < 1e-3 * (1 + np.abs(share))
    return np.where(fits, share, np.nan)


def _unit_vectors(rng, n):
    """(X, labels, params) for `_shares`."""
    W, b = rng.normal(size=(n, 3)), rng.normal(size=3) / 2
    return np.eye(n), rng.permutation(np.arange(n) % 3), [(W, b)]


@exercise.check("every example once per epoch, those in the last small batch too", points=0.5)
def every_example_once(answer: Answer, rng: np.random.Generator) -> None:
    for n, batch_size in ((10, 4), (9, 3), (7, 5)):
        args = (*_unit_vectors(rng, n), 1e-6, 1, batch_size, seed(rng))
        got = answer(*args)
        expect_two(got, args[2], 1)
        parts = [min(batch_size, n - start) for start in range(0, n, batch_size)]
        expect_close(
            np.sort(_shares(args, got)),
            np.sort(np.repeat(1 / np.array(parts), parts)),
            rtol=1e-3,
            what="the share that each example had in a step (sorted)",
            why=f"{n} examples in batches of {batch_size}: "
            f"each counts once, as 1/{batch_size} of its batch or more in a smaller one",
        )


@exercise.check("the generator decides the order, anew in every epoch", points=0.5)
def shuffled(answer: Answer, rng: np.random.Generator) -> None:
    data, generators = _unit_vectors(rng, 21), [seed(rng), seed(rng)]
    alone = [_times_alone((*data, 1e-6, 12, 10, g), answer) for g in (*generators, generators[0])]
    expect_that(
        all(bool(counts.sum() == 12) for counts in alone),
        "With 21 examples in batches of 10, one example per epoch should be left for a batch "
        "of its own.",
        expected=12,
        got=alone[0].tolist(),
        why="how often each example was alone in 12 epochs",
    )
    expect_that(
        bool(np.count_nonzero(alone[0]) > 1),
        "It is the same example that is left over in every epoch.",
        got=alone[0].tolist(),
        why="how often each of 21 examples was alone in its batch in 12 epochs; "
        "a new order in each epoch leaves another one",
    )
    expect_that(
        np.array_equal(alone[0], alone[2]),
        "Two generators with the same seed gave different orders: `rng` must be the only source "
        "of chance.",
    )
    expect_that(
        not np.array_equal(alone[0], alone[1]), "Two different generators gave the same order."
    )


def _times_alone(args, answer):
    got = answer(*args)
    expect_two(got, args[2], 12)
    return np.round((_shares(args, got) - 1.2) / 0.9)  # 0.1 per epoch, 1 in a batch of one


def _moons(rng, n):
    """Two half circles with noise: (X, labels)."""
    labels = rng.permutation(np.arange(n) % 2)
    angle = rng.uniform(0, np.pi, n)
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    X = np.where(labels[:, None] == 0, upper, [1.0, 0.5] - upper)
    return X + rng.normal(size=(n, 2)) * 0.1, labels


@exercise.check("learns two moons", points=0.5)
def learns(answer: Answer, rng: np.random.Generator) -> None:
    X, labels = _moons(rng, 210)
    params = [
        (rng.normal(size=(2, 24)), np.zeros(24)),
        (rng.normal(size=(24, 2)) / 24**0.5, np.zeros(2)),
    ]
    got, history = expect_two(answer(X, labels, params, 0.3, 60, 20, seed(rng)), params, 60)
    accuracy = float(np.mean(logits(X, got).argmax(axis=1) == labels))
    expect_that(
        accuracy >= 0.95,
        "After 60 epochs at least 95 % of the points should be right.",
        expected="at least 0.95",
        got=accuracy,
    )
    expect_that(
        bool(history[-1] < history[0] / 3),
        "In 60 epochs the cost should fall to less than a third.",
        got=history,
    )


def _run(X, labels, params, rate, n_epochs, batches, step=None, entry=None):
    """The right training with one piece replaced.

    Args:
        X: examples, (n, n_in).
        labels: true classes, (n,).
        params: where to start.
        rate: learning rate.
        n_epochs: number of epochs.
        batches: () -> list of (X_b, labels_b) for one epoch.
        step: (params, grads, X_b) -> params.
        entry: (costs, sizes, cost at the end) -> history entry, or a list of them.
    """
    history: list[float] = []
    for _ in range(n_epochs):
        costs, sizes = [], []
        for X_b, labels_b in batches():
            cost, grads = _gradients(X_b, labels_b, params)
            costs.append(cost)
            sizes.append(len(X_b))
            params = step(params, grads, X_b) if step else _moved(params, grads, rate)
        entries = entry(costs, sizes) if entry else np.average(costs, weights=sizes)
        history.extend(np.atleast_1d(entries))
    return params, history


def _trained(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The right training, with nothing replaced."""

    def batches():
        return _deal(X, labels, batch_size, rng.permutation(len(X)))

    return _run(X, labels, params, learning_rate, n_epochs, batches)


def _gradients(X, labels, params):
    """(cost, grads) of a batch."""
    a, cache = X, []
    for W, b in params:
        z = a @ W + b
        cache.append((a, z))
        a = np.maximum(z, 0)
    shifted = z - z.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    truth = np.eye(z.shape[1])[labels]
    delta, grads = (np.exp(log_p) - truth) / len(X), []
    for layer in reversed(range(len(params))):
        grads.append((cache[layer][0].T @ delta, delta.sum(axis=0)))
        if layer > 0:
            delta = delta @ params[layer][0].T * (cache[layer - 1][1] > 0)
    return -np.sum(truth * log_p) / len(X), grads[::-1]


def _moved(params, grads, rate):
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


def _deal(X, labels, batch_size, order):
    rows = [order[start : start + batch_size] for start in range(0, len(X), batch_size)]
    return [(X[some], labels[some]) for some in rows]


def _traits(args, value, was_mutated):
    """What a call shows of how somebody trains, without the luck of the draw."""
    X, _, params, _, n_epochs, batch_size, _ = args
    got, history = value
    sizes = [min(batch_size, len(X) - start) for start in range(0, len(X), batch_size)]
    found = [float(was_mutated), len(history) / n_epochs]
    if len(params) == 1 and np.array_equal(X, np.eye(len(X))):
        shares = _shares(args, value)
        strange = float(np.isnan(shares).any())
        known = np.sort(np.nan_to_num(shares))
        right = np.sort(np.repeat(1 / np.array(sizes), sizes))
        if n_epochs > 1:
            alone = np.round((shares - 0.1 * n_epochs) / 0.9)
            same = np.flatnonzero(alone == n_epochs)
            return [*found, strange, float(len(same)), float(len(X) - 1 in same), shares.sum()]
        dealt = strange == 0 and abs(known.sum() - len(sizes)) < 1e-3
        if strange or (dealt and not np.allclose(known, right, rtol=1e-3)):
            return [*found, strange, 7.0]  # other people's labels, or drawn with replacement
        n_full = len(X) // batch_size
        if not dealt and known[0] < 1e-3 and abs(known.sum() - n_full) < 1e-3:
            # the last batch is missing
            counts = np.round(known * batch_size)  # 0 or 1 each if the others were dealt
            return [*found, strange, 8.0 if n_full == 1 else 8.0 + float(counts.max() > 1)]
        return [*found, strange, *known]
    if np.ptp(X, axis=0).max() == 0:
        trained = [x for pair in got for array in pair for x in np.ravel(array)]
        return [*found, *_history_trait(args, trained, history), *trained]
    return found


def _history_trait(args, trained, history):
    """For copies of one example: is the history right, from before the epochs, or another one?

    It is asked only of whom the steps are right: faulty steps make costs of their own.
    """
    X, labels, params, rate, n_epochs, batch_size, _ = args
    now, rows, costs, ends = params, np.arange(len(X)), [], []
    for _ in range(n_epochs):
        met = []
        for X_b, labels_b in _deal(X, labels, batch_size, rows):
            cost, grads = _gradients(X_b, labels_b, now)
            met.append((cost, len(X_b)))
            now = _moved(now, grads, rate)
        costs.append(np.array(met))
        ends.append(_gradients(X, labels, now)[0])
    right = [x for pair in now for array in pair for x in np.ravel(array)]
    if len(trained) != len(right) or not np.allclose(trained, right):
        return [0.0]
    means = (
        [np.mean(met[:, 0]) for met in costs],
        [np.average(met[:, 0], weights=met[:, 1]) for met in costs],
    )
    for kind, known in enumerate((ends, *means, [met[0, 0] for met in costs])):
        if len(history) == n_epochs and np.allclose(history, known):
            return [2.0 if kind == 3 else 1.0]
    return list(history)


def _trains_like(wrong):
    """A recogniser: does somebody train like this wrong answer, whatever was drawn?"""

    def recognise(calls):
        calls = _worth_replaying(calls)
        seen = [_traits(call.args, call.value, bool(call.mutated)) for call in calls]
        known, orders = [], []
        for call in calls:
            args = [*call.args[:-1], np.random.default_rng(call.args[-1].seed)]
            value = wrong(*args)
            changed = not all(
                np.array_equal(a, b)
                for one, other in zip(args[2], call.args[2], strict=True)
                for a, b in zip(one, other, strict=True)
            )
            known.append(_traits(call.args, value, changed))
            if len(args[0]) == 21:
                orders.append((_shares(call.args, call.value), _shares(call.args, value)))
        alike = all(
            len(a) == len(b) and np.allclose(a, b, rtol=1e-3, atol=1e-6, equal_nan=True)
            for a, b in zip(seen, known, strict=True)
        )
        return bool(calls) and alike and _chance(orders, 0) == _chance(orders, 1)

    return recognise


def _worth_replaying(calls):
    """The calls that returned something, each once; the long training tells nothing more."""
    kept = {}
    for call in calls:
        X, _, _, rate, n_epochs, batch_size, generator = call.args
        if call.value is not None and n_epochs < 60:
            kept[len(X), rate, n_epochs, batch_size, generator.seed] = call
    return list(kept.values())


def _chance(orders, which):
    """Whether different generators gave different orders."""
    shares = [pair[which] for pair in orders]
    return any(not np.allclose(one, shares[0], equal_nan=True) for one in shares[1:])


def _wrong(caught_by, hint):
    """Register a wrong answer with its recogniser."""

    def register(function):
        return exercise.wrong(caught_by=caught_by, hint=hint, recognise=_trains_like(function))(
            function
        )

    return register


@_wrong(caught_by=steps_follow_each_other, hint=1)
def one_step_per_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You take one step per epoch, with all examples at once: `batch_size` is never used."""
    return _run(X, labels, params, learning_rate, n_epochs, lambda: [(X, labels)])


@_wrong(caught_by=steps_follow_each_other, hint=1)
def last_batch_dropped(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The last, smaller batch never gets its step."""

    def batches():
        dealt = _deal(X, labels, batch_size, rng.permutation(len(X)))
        return [b for b in dealt if len(b[0]) == min(batch_size, len(X))]

    return _run(X, labels, params, learning_rate, n_epochs, batches)


@_wrong(caught_by=whole_batch, hint=2)
def divided_by_batch_size(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your mean divides by `batch_size`, also in a batch that has fewer examples."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        lambda params, grads, X_b: _moved(params, grads, learning_rate * len(X_b) / batch_size),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def sums_instead_of_means(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your steps are too long by the number of examples in the batch: the cost is a mean."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        lambda params, grads, X_b: _moved(params, grads, learning_rate * len(X_b)),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def averaged_twice(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You divide by the number of examples once more. The gradient is a mean already."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        lambda params, grads, X_b: _moved(params, grads, learning_rate / len(X_b)),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def uphill(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You step up the slope: the cost grows. The gradient points to where it rises."""
    return _run(
        X, labels, params, -learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def steps_thrown_away(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your parameters come back as they came: steps are computed, and nobody keeps them."""
    return _run(
        X, labels, params, 0.0, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def every_epoch_from_the_start(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Every epoch starts again from the first parameters: what was learned before is thrown away.

    An epoch goes on where the last one has ended.
    """
    history, now = [], params
    for _ in range(n_epochs):
        now, entry = _run(
            X, labels, params, learning_rate, 1,
            lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        )  # fmt: skip
        history += entry
    return now, history


@_wrong(caught_by=steps_follow_each_other, hint=2)
def stale_gradients(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """All gradients of an epoch are taken at the parameters from its start.

    The steps taken meanwhile have led somewhere else: each batch starts where the last one ended.
    """
    history: list[float] = []
    for _ in range(n_epochs):
        start, costs = params, []
        dealt = _deal(X, labels, batch_size, rng.permutation(len(X)))
        for X_b, labels_b in dealt:
            cost, grads = _gradients(X_b, labels_b, start)
            costs.append(cost)
            params = _moved(params, grads, learning_rate)
        history.append(float(np.mean(costs)))
    return params, history


@_wrong(caught_by=has_the_form, hint=4)
def only_one_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You return after the first epoch: is the `return` inside the loop? See its indentation."""
    return _run(
        X, labels, params, learning_rate, 1,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
    )  # fmt: skip


@_wrong(caught_by=has_the_form, hint=1)
def one_entry_per_batch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your history has an entry for every batch; one for every epoch is asked for."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        entry=lambda costs, sizes: costs,
    )  # fmt: skip


@_wrong(caught_by=steps_follow_each_other, hint=1)
def cost_before_the_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Each entry of your history is the cost *before* the epoch's steps; the last is never seen."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        entry=lambda costs, sizes: costs[0],
    )  # fmt: skip


@_wrong(caught_by=steps_follow_each_other, hint=3)
def cost_of_the_last_batch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Each entry of your history is the cost of the epoch's last batch alone, a matter of luck."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        entry=lambda costs, sizes: costs[-1],
    )  # fmt: skip


@_wrong(caught_by=steps_follow_each_other, hint=3)
def costs_summed(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your history adds up the costs of the batches; smaller batches would make it larger."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.permutation(len(X))),
        entry=lambda costs, sizes: np.sum(costs),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=2)
def labels_left_behind(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The rows of X are shuffled, the labels are not: each example learns another one's class."""

    def batches():
        order = rng.permutation(len(X))
        return _deal(X[order], labels, batch_size, np.arange(len(X)))

    return _run(X, labels, params, learning_rate, n_epochs, batches)


@_wrong(caught_by=whole_batch, hint=1)
def drawn_with_replacement(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Examples are drawn anew for every batch: some come twice in an epoch, others never."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, rng.integers(len(X), size=len(X))),
    )  # fmt: skip


@_wrong(caught_by=whole_batch, hint=1)
def drawn_anew_and_too_few(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Examples are drawn anew for every batch, and the last, smaller batch is missing.

    An epoch deals the examples: each has its turn once.
    """

    def batches():
        n_batches = max(1, len(X) // batch_size)
        draws = rng.integers(len(X), size=(n_batches, min(batch_size, len(X))))
        return [(X[rows], labels[rows]) for rows in draws]

    return _run(X, labels, params, learning_rate, n_epochs, batches)


@_wrong(caught_by=shuffled, hint=1)
def never_shuffled(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The examples come in their old order in every epoch; `rng` is never used."""
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, np.arange(len(X))),
    )  # fmt: skip


@_wrong(caught_by=shuffled, hint=1)
def shuffled_once(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You shuffle once, before the first epoch. Every epoch deals the examples anew."""
    order = rng.permutation(len(X))
    return _run(
        X, labels, params, learning_rate, n_epochs, lambda: _deal(X, labels, batch_size, order)
    )


@_wrong(caught_by=shuffled, hint=4)
def generator_of_its_own(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You shuffle with a generator of your own. Another `rng` should make another order."""
    own = np.random.default_rng(0)
    return _run(
        X, labels, params, learning_rate, n_epochs,
        lambda: _deal(X, labels, batch_size, own.permutation(len(X))),
    )  # fmt: skip


@_wrong(caught_by=has_the_form, hint=4)
def changes_the_parameters(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """`W -= …` changes the arrays you were given: whoever called still needs the start."""
    got, history = _trained(X, labels, params, learning_rate, n_epochs, batch_size, rng)
    for (W, b), (new_W, new_b) in zip(params, got, strict=True):
        W[:], b[:] = new_W, new_b
    return params, history


def _is_params_alone(calls):
    """Does somebody return the parameters and no history?"""
    return bool(calls) and all(
        isinstance(call.value, list | tuple)
        and len(call.value) == len(call.args[2])
        and all(
            isinstance(pair, list | tuple)
            and [getattr(array, "shape", None) for array in pair] == [W.shape, b.shape]
            for pair, (W, b) in zip(call.value, call.args[2], strict=True)
        )
        for call in calls
    )


def _is_history_first(calls):
    """Does somebody return the history, then the parameters?"""
    return bool(calls) and all(
        isinstance(call.value, list | tuple)
        and len(call.value) == 2
        and _is_numbers(call.value[0])
        and len(call.value[1]) == len(call.args[2])
        and all(isinstance(pair, list | tuple) for pair in call.value[1])
        for call in calls
    )


@exercise.wrong(caught_by=has_the_form, hint=4, recognise=_is_history_first)
def in_the_wrong_order(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The right two things in the wrong order: first the parameters, then the history."""
    got, history = _trained(X, labels, params, learning_rate, n_epochs, batch_size, rng)
    return history, got


@exercise.wrong(caught_by=has_the_form, hint=4, recognise=_is_params_alone)
def history_left_out(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You return the parameters alone; the history is asked for too, after them."""
    got, _ = _trained(X, labels, params, learning_rate, n_epochs, batch_size, rng)
    return got


@exercise.alternative
def cost_after_each_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    history, rows = [], np.arange(len(X))
    params = [[W.copy(), b.copy()] for W, b in params]
    for _ in range(n_epochs):
        rng.shuffle(rows)
        for part in np.split(rows, range(batch_size, len(rows), batch_size)):
            _, grads = _gradients(X[part], labels[part], params)
            for pair, slopes in zip(params, grads, strict=True):
                for array, slope in zip(pair, slopes, strict=True):
                    array -= learning_rate * slope
        history.append(float(_gradients(X, labels, params)[0]))
    return params, np.array(history)


@exercise.alternative
def unweighted_costs(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    history = []
    for _ in range(n_epochs):
        keys = rng.random(len(X))
        waiting, costs = list(np.argsort(keys)), []
        while waiting:
            batch, waiting = waiting[:batch_size], waiting[batch_size:]
            cost, grads = _gradients(X[batch], labels[batch], params)
            params = _moved(params, grads, learning_rate)
            costs.append(cost)
        history.append(sum(costs) / len(costs))
    return tuple(params), tuple(history)


@exercise.alternative
def all_orders_first(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    orders = rng.permuted(np.tile(np.arange(len(X)), (n_epochs, 1)), axis=1)
    history = []
    for order in orders:
        shuffled_X, shuffled_labels = X[order], labels[order]
        total = 0.0
        for start in range(0, len(X), batch_size):
            part = slice(start, start + batch_size)
            cost, grads = _gradients(shuffled_X[part], shuffled_labels[part], params)
            total += cost * len(shuffled_X[part])
            params = _moved(params, grads, learning_rate)
        history.append(total / len(X))
    return params, history


@exercise.picture
def own_moons(answer: Answer):
    """The border that the learner's own training draws between two moons."""
    from annkit.data import moons
    from annkit.show import decision_boundary

    rng = np.random.default_rng(5)
    X, labels = moons(300, rng)
    start = [
        (rng.normal(size=(2, 16)), np.zeros(16)),
        (rng.normal(size=(16, 2)) / np.sqrt(8), np.zeros(2)),
    ]
    trained, history = answer(X, labels, start, 0.3, 60, 16, rng=Rng(1))

    def scores(points):
        (W1, b1), (W2, b2) = trained
        return np.maximum(points @ W1 + b1, 0) @ W2 + b2

    return decision_boundary(
        scores,
        X,
        labels,
        caption=f"60 of your epochs on 300 points: the cost is {history[-1]:.3f} now. "
        "Points on the wrong side are ringed.",
    )

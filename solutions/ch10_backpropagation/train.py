"""The training loop: everything from the last three chapters in one function."""

from functools import cache
from itertools import pairwise

import numpy as np

from annkit import nn
from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    expect_close,
    expect_pairs,
    expect_that,
    mismatch,
    outline,
)

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


@cache
def _network(*sizes):
    return nn.Network(sizes, rng=np.random.default_rng(0))


def _gradients(X, labels, params):
    """(cost, grads) of a batch."""
    network = _network(X.shape[1], *(len(b) for _, b in params))
    network.params = params
    return network.backprop(X, labels)


def _moved(params, grads, rate):
    return [(W - rate * dW, b - rate * db) for (W, b), (dW, db) in zip(params, grads, strict=True)]


def _run(X, labels, params, rate, n_epochs, batch_size, rng, *, order=None, step=None, entry=None):
    """The right training with one piece replaced.

    Args:
        X: examples, (n, n_in).
        labels: true classes, (n,).
        params: where to start.
        rate: learning rate.
        n_epochs: number of epochs.
        batch_size: examples per step.
        rng: source of the order.
        order: (n, batch_size, rng) -> the rows of one epoch, as they are dealt.
        step: (examples, batch_size) -> how long the step is, in units of the right one.
        entry: (costs of the batches, their sizes, parameters) -> history entry, or several.
    """
    history: list[float] = []
    for _ in range(n_epochs):
        dealt = order(len(X), batch_size, rng) if order else rng.permutation(len(X))
        costs, sizes = [], []
        for start in range(0, len(dealt), batch_size):
            rows = dealt[start : start + batch_size]
            cost, grads = _gradients(X[rows], labels[rows], params)
            length = step(len(rows), batch_size) if step else 1
            params = _moved(params, grads, rate * length)
            costs.append(cost)
            sizes.append(len(rows))
        told = entry(costs, sizes, params) if entry else np.average(costs, weights=sizes)
        history.extend(np.atleast_1d(told))
    return params, history


def _tells(call):
    """Whether the examples are unit vectors, or copies of one: their training shows how it went."""
    X = call.args[0]
    return call.value is not None and (_are_unit_vectors(X) or _are_copies(X))


def _are_unit_vectors(X):
    return np.array_equal(X, np.eye(len(X)))


def _are_copies(X):
    return np.ptp(X, axis=0).max() == 0


@exercise.compared_by(where=_tells)
def traits(calls):
    """What the calls show of how somebody trains, without the luck of the draw."""
    seen = [
        _traits(call.args, call.value) if _has_the_form(call) else outline(call.value)
        for call in calls
    ]
    orders = [_shares(c.args, c.value) for c in calls if c.args[4] == 12 and _has_the_form(c)]
    return [any(not np.allclose(one, orders[0], equal_nan=True) for one in orders), *seen]


def _has_the_form(call):
    return outline(call.value) == outline((call.args[2], np.zeros(call.args[4])))


def _traits(args, value):
    X, n_epochs = args[0], args[4]
    if _are_copies(X):
        return _costs_of_copies(args, value)
    shares = _shares(args, value)
    if np.isnan(shares).any():
        return "moved along others' gradients"
    return _always_alone(shares) if n_epochs > 1 else _parts(shares)


def _parts(shares):
    """The shares in one epoch; of those who draw instead of dealing only the number of batches."""
    taken, n_batches = shares[np.abs(shares) > 1e-3], round(shares.sum(), 2)
    if 0 < len(taken) < len(shares) and (n_batches == 1 or np.ptp(taken) > 0.9 * taken.min()):
        return ["some are left out", n_batches]
    return np.sort(shares)


def _always_alone(shares):
    """How many had a batch of their own in all of 12 epochs, whether it was the last, the sum."""
    alone = np.flatnonzero(np.round((shares - 1.2) / 0.9) == 12)
    return [len(alone), len(shares) - 1 in alone, shares.sum()]


def _costs_of_copies(args, value):
    """The trained parameters and, if they are right, the history; one right one is as good."""
    X, labels, params, rate, n_epochs, batch_size, _ = args
    entries = (
        None,
        lambda costs, sizes, params: np.mean(costs),
        lambda costs, sizes, params: cost_of(X, labels, params),
    )
    rng = np.random.default_rng(0)
    right = [
        _run(X, labels, params, rate, n_epochs, batch_size, rng, entry=entry) for entry in entries
    ]
    trained, history = value
    if mismatch(trained, right[0][0]):
        return trained
    return [trained, "right" if any(not mismatch(history, h) for _, h in right) else history]


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def one_step_per_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You take one step per epoch, with all examples at once: `batch_size` is never used."""
    return _run(X, labels, params, learning_rate, n_epochs, len(X), rng)


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def last_batch_dropped(*given):
    """The last, smaller batch never gets its step."""

    def order(n, batch_size, rng):
        return rng.permutation(n)[: max(1, n // batch_size) * batch_size]

    return _run(*given, order=order)


@exercise.wrong(caught_by=whole_batch, hint=2)
def divided_by_batch_size(*given):
    """Your mean divides by `batch_size`, also in a batch that has fewer examples."""
    return _run(*given, step=lambda n, batch_size: n / batch_size)


@exercise.wrong(caught_by=whole_batch, hint=2)
def sums_instead_of_means(*given):
    """Your steps are too long by the number of examples in the batch: the cost is a mean."""
    return _run(*given, step=lambda n, _: n)


@exercise.wrong(caught_by=whole_batch, hint=2)
def averaged_twice(*given):
    """You divide by the number of examples once more. The gradient is a mean already."""
    return _run(*given, step=lambda n, _: 1 / n)


@exercise.wrong(caught_by=whole_batch, hint=2)
def uphill(X, labels, params, learning_rate, *given):
    """You step up the slope: the cost grows. The gradient points to where it rises."""
    return _run(X, labels, params, -learning_rate, *given)


@exercise.wrong(caught_by=whole_batch, hint=2)
def steps_thrown_away(X, labels, params, learning_rate, *given):
    """Your parameters come back as they came: steps are computed, and nobody keeps them."""
    return _run(X, labels, params, 0.0, *given)


@exercise.wrong(caught_by=whole_batch, hint=2)
def every_epoch_from_the_start(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Every epoch starts again from the first parameters: what was learned before is thrown away.

    An epoch goes on where the last one has ended.
    """
    history, now = [], params
    for _ in range(n_epochs):
        now, entry = _run(X, labels, params, learning_rate, 1, batch_size, rng)
        history += entry
    return now, history


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def stale_gradients(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """All gradients of an epoch are taken at the parameters from its start.

    The steps taken meanwhile have led somewhere else: each batch starts where the last one ended.
    """
    history: list[float] = []
    for _ in range(n_epochs):
        order, at_start, costs = rng.permutation(len(X)), params, []
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            cost, grads = _gradients(X[rows], labels[rows], at_start)
            costs.append(cost)
            params = _moved(params, grads, learning_rate)
        history.append(float(np.mean(costs)))
    return params, history


@exercise.wrong(caught_by=has_the_form, hint=4)
def only_one_epoch(X, labels, params, learning_rate, n_epochs, *given):
    """You return after the first epoch: is the `return` inside the loop? See its indentation."""
    return _run(X, labels, params, learning_rate, 1, *given)


@exercise.wrong(caught_by=has_the_form, hint=1)
def one_entry_per_batch(*given):
    """Your history has an entry for every batch; one for every epoch is asked for."""
    return _run(*given, entry=lambda costs, *_: costs)


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def cost_before_the_epoch(*given):
    """Each entry of your history is the cost *before* the epoch's steps; the last is never seen."""
    return _run(*given, entry=lambda costs, *_: costs[0])


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def cost_of_the_last_batch(*given):
    """Each entry of your history is the cost of the epoch's last batch alone, a matter of luck."""
    return _run(*given, entry=lambda costs, *_: costs[-1])


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def costs_summed(*given):
    """Your history adds up the costs of the batches; smaller batches would make it larger."""
    return _run(*given, entry=lambda costs, *_: np.sum(costs))


@exercise.wrong(caught_by=whole_batch, hint=2)
def labels_left_behind(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """The rows of X are shuffled, the labels are not: each example learns another one's class."""
    history = []
    for _ in range(n_epochs):
        given = (X[rng.permutation(len(X))], labels, params, learning_rate, 1, batch_size, rng)
        params, entry = _run(*given, order=lambda n, *_: np.arange(n))
        history += entry
    return params, history


@exercise.wrong(caught_by=whole_batch, hint=1)
def drawn_with_replacement(*given):
    """Examples are drawn anew for every batch: some come twice in an epoch, others never."""
    return _run(*given, order=lambda n, _, rng: rng.integers(n, size=n))


@exercise.wrong(caught_by=whole_batch, hint=1)
def drawn_anew_and_too_few(*given):
    """Examples are drawn anew for every batch, and the last, smaller batch is missing.

    An epoch deals the examples: each has its turn once.
    """

    def order(n, batch_size, rng):
        return rng.integers(n, size=max(1, n // batch_size) * min(batch_size, n))

    return _run(*given, order=order)


@exercise.wrong(caught_by=shuffled, hint=1)
def never_shuffled(*given):
    """The examples come in their old order in every epoch; `rng` is never used."""
    return _run(*given, order=lambda n, *_: np.arange(n))


@exercise.wrong(caught_by=shuffled, hint=1)
def shuffled_once(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You shuffle once, before the first epoch. Every epoch deals the examples anew."""
    order = rng.permutation(len(X))
    return _run(X, labels, params, learning_rate, n_epochs, batch_size, rng, order=lambda *_: order)


@exercise.wrong(caught_by=shuffled, hint=4)
def generator_of_its_own(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You shuffle with a generator of your own. Another `rng` should make another order."""
    own = np.random.default_rng(0)
    return _run(X, labels, params, learning_rate, n_epochs, batch_size, own)


@exercise.wrong(caught_by=has_the_form, hint=4)
def changes_the_parameters(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """`W -= …` changes the arrays you were given: whoever called still needs the start."""
    got, history = _run(X, labels, params, learning_rate, n_epochs, batch_size, rng)
    for (W, b), (new_W, new_b) in zip(params, got, strict=True):
        W[:], b[:] = new_W, new_b
    return params, history


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_the_wrong_order(*given):
    """The right two things in the wrong order: first the parameters, then the history."""
    got, history = _run(*given)
    return history, got


@exercise.wrong(caught_by=has_the_form, hint=4)
def history_left_out(*given):
    """You return the parameters alone; the history is asked for too, after them."""
    return _run(*given)[0]


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

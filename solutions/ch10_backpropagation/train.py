"""The training loop: everything from the last three chapters in one function."""

from functools import partial

import numpy as np

from annkit.data import moons
from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    changes,
    expect_close,
    expect_pairs,
    expect_parts,
    expect_that,
    outline,
)
from annkit.lessons.backpropagation import faulty_training as faulty
from annkit.lessons.backpropagation import training_traces as traces
from annkit.lessons.backpropagation.slopes import cross_entropy, random_params, relu_scores

exercise = Exercise(
    id="train",
    title="Train it",
    points=3,
    size="about 12 lines with your classifier_gradients",
    leads_to="In chapter 12 your own network learns to read digits.",
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


network = partial(random_params, scale=0.8)


def seed(rng: np.random.Generator) -> Rng:
    """A generator for the answer, drawn from the check's own."""
    return Rng(int(rng.integers(2**32)))


def expect_two(got, params, n_epochs):
    """Expect (params, history), shapes like params and one number per epoch; give both back."""
    expect_parts(got, "(params, history)")
    expect_pairs(got[0], [W.shape for W, _ in params])
    history = np.asarray(got[1]) if _is_numbers(got[1]) else np.empty(0)
    entries = f"{n_epochs} epoch{'s' if n_epochs > 1 else ''}"
    expect_that(
        history.shape == (n_epochs,),
        f"The history should hold one number for each of {entries}.",
        expected=f"{n_epochs} number{'s' if n_epochs > 1 else ''}",
        got=got[1],
    )
    expect_that(
        bool(np.isfinite(history).all()),
        "The history holds something that is no number.",
        expected="finite numbers",
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


def expect_foretold(answer: Answer, given, rng, why) -> None:
    """Expect the parameters and one of the right histories of a training without luck.

    Args:
        answer: the handle.
        given: X, labels, params, learning_rate, n_epochs, batch_size.
        rng: source of the answer's generator.
        why: half a sentence for the learner.
    """
    X, labels, params, _, n_epochs, batch_size = given
    trained, history = expect_two(answer(*given, seed(rng)), params, n_epochs)
    steps = list(traces.foretold(*given))
    expect_params(trained, steps[-1], why)
    choices = traces.histories(traces.costs_along(X, labels, steps), len(X), batch_size)
    if not any(np.allclose(history, choice, rtol=1e-6, atol=1e-9) for choice in choices):
        nearest = min(choices, key=lambda choice: float(np.abs(history - choice).max()))
        expect_close(
            history,
            nearest,
            what="the history",
            why=f"{why}; the costs after the steps would do, and those met before them",
        )


@exercise.check("returns parameters like those it was given, and one cost per epoch")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    X = rng.integers(-3, 4, size=(5, 2)) * 1.0
    labels, params = np.arange(5) % 2, [(np.array([[1.0, -1.0], [0.0, 0.5]]), np.zeros(2))]
    expect_two(answer(X, labels, params, 0.1, 3, 2, seed(rng)), params, 3)
    X, labels, params = rng.normal(size=(10, 3)), np.arange(10) % 3, network(rng, 3, 4, 3)
    expect_two(answer(X, labels, params, 0.1, 4, 4, seed(rng)), params, 4)


@exercise.check("with one batch, each epoch is one step down the gradient", points=1)
def whole_batch(answer: Answer, rng: np.random.Generator) -> None:
    X, labels, params = np.array([[1.0], [2.0]]), np.arange(2), [(np.zeros((1, 2)), np.zeros(2))]
    why = "all probabilities are ½ at the start, and dW is [[0.25, -0.25]]"
    expect_foretold(answer, (X, labels, params, 1.0, 1, 2), rng, why)
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
        given = X, labels, params, float(rng.uniform(0.1, 0.5)), n_epochs, batch_size
        expect_foretold(answer, given, rng, "6 examples in one batch: one step per epoch")


@exercise.check("one step per batch, each from where the last one ended", points=0.5)
def steps_follow_each_other(answer: Answer, rng: np.random.Generator) -> None:
    # copies of one example: however they are dealt, every batch has the same gradient
    for n, batch_size, *sizes in ((5, 2, 1, 2), (5, 2, 3, 4, 3), (6, 2, 3, 4, 3), (4, 1, 3, 4, 3)):
        X = np.tile(rng.integers(1, 5, size=sizes[0]) / 2, (n, 1))
        labels = np.full(n, int(rng.integers(sizes[-1])))
        given = X, labels, network(rng, *sizes), float(rng.integers(1, 5)) / 10, 2, batch_size
        n_steps = 2 * len(traces.sizes_of_batches(n, batch_size))
        why = f"{n} copies of one example in batches of {batch_size}: {n_steps} steps in 2 epochs"
        expect_foretold(answer, given, rng, why)


def _shares(args, value):
    """How much of the mean gradient of some step each example was; see `traces.shares`."""
    X, labels, params, rate, *_ = args
    return traces.shares(X, labels, params, rate, value[0])


@exercise.check("every example once per epoch, those in the last small batch too", points=0.5)
def every_example_once(answer: Answer, rng: np.random.Generator) -> None:
    for n, batch_size in ((10, 4), (9, 3), (7, 5)):
        args = (*traces.unit_vectors(rng, n), 1e-6, 1, batch_size, seed(rng))
        got = answer(*args)
        expect_two(got, args[2], 1)
        sizes = traces.sizes_of_batches(n, batch_size)
        expect_close(
            np.sort(_shares(args, got)),
            np.sort(np.repeat(1 / np.array(sizes), sizes)),
            rtol=1e-3,
            what="the share that each example had in a step (sorted)",
            why=f"{n} examples in batches of {batch_size}: "
            f"each counts once, as 1/{batch_size} of its batch or more in a smaller one",
        )


@exercise.check("the generator decides the order, anew in every epoch", points=0.5)
def shuffled(answer: Answer, rng: np.random.Generator) -> None:
    data, generators = traces.unit_vectors(rng, 21), [seed(rng), seed(rng)]
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
        expected="different ones",
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
    _expect_parted(answer, rng)


def _expect_parted(answer: Answer, rng: np.random.Generator) -> None:
    """Expect that chance parts examples that stand next to each other."""
    n, batch_size = traces.FOR_NEIGHBOURS
    args = (*traces.unit_vectors(rng, n), 1e-6, 1, batch_size, seed(rng))
    got = answer(*args)
    expect_two(got, args[2], 1)
    together = traces.neighbours_in_the_last(_shares(args, got))
    expect_that(
        together < traces.TOGETHER,
        f"{together} of the {n - batch_size} examples in the last batch are followed by another "
        "of them.",
        why="where X stands sorted, neighbours would still meet in your batches",
    )


def _times_alone(args, answer):
    got = answer(*args)
    expect_two(got, args[2], 12)
    return np.round((_shares(args, got) - 1.2) / 0.9)  # 0.1 per epoch, 1 in a batch of one


@exercise.check("learns two moons", points=0.5)
def learns(answer: Answer, rng: np.random.Generator) -> None:
    X, labels = moons(210, rng)
    params = [
        (rng.normal(size=(2, 24)), np.zeros(24)),
        (rng.normal(size=(24, 2)) / 24**0.5, np.zeros(2)),
    ]
    got, history = expect_two(answer(X, labels, params, 0.3, 60, 20, seed(rng)), params, 60)
    accuracy = float(np.mean(relu_scores(X, got).argmax(axis=1) == labels))
    expect_that(
        accuracy >= 0.95,
        "After 60 epochs at least 95 % of the points should be right.",
        expected="at least 0.95",
        got=accuracy,
    )
    expect_that(
        bool(history[-1] < history[0] / 3),
        "In 60 epochs the cost should fall to less than a third.",
        expected=f"below {history[0] / 3:.3g}",
        got=float(history[-1]),
    )


def _tells(call):
    """Whether a call's training shows how it went: by unit vectors, or since luck has no part."""
    X, batch_size = call.args[0], call.args[5]
    is_told = traces.are_unit_vectors(X) or traces.are_copies(X) or batch_size >= len(X)
    return call.value is not None and is_told


@exercise.compared_by(where=_tells)
def faults(calls):
    """What is wrong with the steps or the history, or else how many orders two seeds gave."""
    seen = [_fault(c.args, c.value) if _has_the_form(c) else outline(c.value) for c in calls]
    if any(not isinstance(one, str) or one for one in seen):
        return seen
    return len({tuple(np.round(_shares(c.args, c.value), 2)) for c in calls if c.args[4] == 12})


def _has_the_form(call):
    return outline(call.value) == outline((call.args[2], np.zeros(call.args[4])))


def _is_one_batch(call):
    return call.args[5] >= len(call.args[0])


def _fault(args, value):
    trained, history = value
    if traces.are_unit_vectors(args[0]):
        return traces.fault_of_a_deal(_shares(args, value), *args[4:6])
    return traces.fault_foretold(args[:6], trained, np.asarray(history))


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def one_step_per_epoch(*given):
    """You take one step per epoch, with all examples at once: `batch_size` has no effect."""
    return faulty.train_with(*given, deal=faulty.all_at_once)


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def one_batch_per_epoch(*given):
    """Only one batch of each epoch gets its step. The others want theirs before the next epoch."""
    return faulty.train_with(*given, deal=faulty.first_batch_only)


def _whole_batches_only(X, labels, *given):
    return faulty.train_with(
        X, labels, *given, deal=faulty.whole_ones_only,
        entry=lambda costs, sizes, params: cross_entropy(X, labels, params),
    )  # fmt: skip


@exercise.wrong(caught_by=steps_follow_each_other, hint=1, variants=(_whole_batches_only,))
def last_batch_dropped(*given):
    """The last, smaller batch never gets its step."""
    return faulty.train_with(*given, deal=faulty.without_the_last)


def _equal_and_fewer(*given):
    return faulty.train_with(*given, deal=faulty.equal_and_fewer)


@exercise.wrong(caught_by=every_example_once, hint=1, variants=(_equal_and_fewer,))
def batches_of_equal_size(*given):
    """Your batches are about equally large, as `np.array_split` makes them.

    Full ones are asked for, of `batch_size` examples; only the last may be smaller.
    """
    return faulty.train_with(*given, deal=faulty.equal_sizes)


@exercise.wrong(caught_by=whole_batch, hint=2)
def divided_by_batch_size(*given):
    """Your mean divides by `batch_size`, also in a batch that has fewer examples."""
    return faulty.train_with(*given, step=lambda n, batch_size: n / batch_size)


@exercise.wrong(caught_by=whole_batch, hint=2)
def sums_instead_of_means(*given):
    """Your steps are too long by the number of examples in the batch: the cost is a mean."""
    return faulty.train_with(*given, step=lambda n, _: n)


def _averaged_by_batch_size(*given):
    return faulty.train_with(*given, step=lambda _, batch_size: 1 / batch_size)


@exercise.wrong(caught_by=whole_batch, hint=2, variants=(_averaged_by_batch_size,))
def averaged_twice(*given):
    """You divide by the number of examples once more. The gradient is a mean already."""
    return faulty.train_with(*given, step=lambda n, _: 1 / n)


@exercise.wrong(caught_by=whole_batch, hint=2)
def uphill(X, labels, params, learning_rate, *given):
    """You step up the slope: the cost grows. The gradient points to where it rises."""
    return faulty.train_with(X, labels, params, -learning_rate, *given)


@exercise.wrong(caught_by=whole_batch, hint=2)
def steps_thrown_away(X, labels, params, learning_rate, *given):
    """Your parameters come back as they came: steps are computed, and nobody keeps them."""
    return faulty.train_with(X, labels, params, 0.0, *given)


@exercise.wrong(caught_by=whole_batch, hint=2)
def every_epoch_from_the_start(*given):
    """Every epoch starts again from the first parameters: what was learned before is thrown away.

    An epoch goes on where the last one has ended.
    """
    return faulty.from_the_start_again(*given)


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def stale_gradients(*given):
    """All gradients of an epoch are taken at the parameters from its start.

    The steps taken meanwhile have led somewhere else: each batch starts where the last one ended.
    """
    return faulty.with_stale_gradients(*given)


@exercise.wrong(caught_by=has_the_form, hint=4, where=lambda call: call.args[4] > 1)
def only_one_epoch(X, labels, params, learning_rate, n_epochs, *given):
    """You return after the first epoch: is the `return` inside the loop? See its indentation."""
    return faulty.train_with(X, labels, params, learning_rate, 1, *given)


@exercise.wrong(caught_by=has_the_form, hint=1)
def one_entry_per_batch(*given):
    """Your history has an entry for every batch; one for every epoch is asked for."""
    return faulty.train_with(*given, entry=lambda costs, *_: costs)


@exercise.wrong(caught_by=has_the_form, hint=1)
def start_included(X, labels, params, *given):
    """Your history has an entry too many, the cost at the start. One per epoch is asked for."""
    trained, history = faulty.train_with(X, labels, params, *given)
    return trained, [faulty.classifier_slopes(X, labels, params)[0], *history]


@exercise.wrong(caught_by=steps_follow_each_other, hint=1)
def cost_before_the_epoch(*given):
    """Each entry of your history is the cost *before* the epoch's steps; the last is never seen."""
    return faulty.train_with(*given, entry=lambda costs, *_: costs[0])


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def cost_of_the_last_batch(*given):
    """Each entry of your history is the cost of the epoch's last batch alone, a matter of luck."""
    return faulty.train_with(*given, entry=lambda costs, *_: costs[-1])


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def costs_summed(*given):
    """Your history adds up the costs of the batches; smaller batches would make it larger."""
    return faulty.train_with(*given, entry=lambda costs, *_: np.sum(costs))


@exercise.wrong(caught_by=whole_batch, hint=3)
def costs_over_examples(*given):
    """Your history adds up one *mean* cost per batch, and divides by the number of *examples*.

    Divide by how many numbers you have added up.
    """
    return faulty.train_with(*given, entry=lambda costs, sizes, _: np.sum(costs) / sum(sizes))


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def costs_over_whole_batches(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your history divides by `n // batch_size`, which leaves out the last, smaller batch."""
    n_batches = max(1, len(X) // batch_size)
    return faulty.train_with(
        X, labels, params, learning_rate, n_epochs, batch_size, rng,
        entry=lambda costs, *_: np.sum(costs) / n_batches,
    )  # fmt: skip


@exercise.wrong(caught_by=whole_batch, hint=2, where=_is_one_batch)
def capped_logarithm(*given):
    """The step is right, but in your history something small stands inside the logarithm.

    It caps the cost where a probability is nearly 0; `classifier_gradients` knows the true one.
    """
    return faulty.with_logarithms(1e-8, *given)


@exercise.wrong(caught_by=whole_batch, hint=2, where=_is_one_batch)
def logarithm_of_rounded(*given):
    """The step is right, but in your history log p is −∞ where a probability is rounded to 0.

    `classifier_gradients` knows the cost from the logits, without that.
    """
    return faulty.with_logarithms(0, *given)


@exercise.wrong(caught_by=whole_batch, hint=2)
def labels_left_behind(*given):
    """The rows of X are shuffled, the labels are not: each example learns another one's class."""
    return faulty.with_labels_left_behind(*given)


@exercise.wrong(caught_by=whole_batch, hint=1)
def drawn_with_replacement(*given):
    """Examples are drawn anew for every batch: some come twice in an epoch, others never."""
    return faulty.train_with(*given, deal=faulty.with_replacement)


@exercise.wrong(caught_by=whole_batch, hint=1)
def drawn_anew_and_too_few(*given):
    """Examples are drawn anew for every batch, and the last, smaller batch is missing.

    An epoch deals the examples: each has its turn once.
    """
    return faulty.train_with(*given, deal=faulty.with_replacement_and_too_few)


@exercise.wrong(caught_by=shuffled, hint=1)
def never_shuffled(*given):
    """The examples come in their old order in every epoch; none drawn by `rng` reaches them."""
    return faulty.train_with(*given, deal=faulty.old_order)


@exercise.wrong(caught_by=shuffled, hint=1)
def begun_elsewhere(*given):
    """Each epoch begins at a random example and goes round: old neighbours stay together.

    If the digits stood sorted, each batch would know one of them only.
    """
    return faulty.train_with(*given, deal=faulty.begun_elsewhere)


@exercise.wrong(caught_by=shuffled, hint=1)
def shuffled_once(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """All your epochs have one and the same order. Each deals the examples anew.

    You shuffle once, or a generator with a fixed seed is begun anew in every epoch.
    """
    dealt = faulty.right_deal(len(X), batch_size, rng)
    return faulty.train_with(
        X, labels, params, learning_rate, n_epochs, batch_size, rng, deal=lambda *_: dealt
    )


@exercise.wrong(caught_by=shuffled, hint=4)
def generator_of_its_own(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """You shuffle with a generator of your own. Another `rng` should make another order."""
    own = np.random.default_rng(0)
    return faulty.train_with(X, labels, params, learning_rate, n_epochs, batch_size, own)


@exercise.wrong(caught_by=shuffled, hint=4)
def chance_from_elsewhere(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """Your chance comes from a generator without a seed, or from NumPy's global one.

    `rng` was handed in so that anybody can repeat this training.
    """
    own = np.random.default_rng()
    return faulty.train_with(X, labels, params, learning_rate, n_epochs, batch_size, own)


@exercise.wrong(caught_by=whole_batch, hint=2)
def back_through_updated_weights(X, labels, params, learning_rate, *rest):
    """You update a layer before the error has passed it, so it goes back through new weights.

    The gradient belongs to the weights of the forward pass. Steps come when all of it is known.
    """
    slopes = partial(faulty.slopes_through_updated_weights, rate=learning_rate)
    return faulty.train_with(X, labels, params, learning_rate, *rest, slopes=slopes)


@exercise.wrong(caught_by=has_the_form, hint=4, recognise=changes("params"))
def changes_the_parameters(X, labels, params, *given):
    """`W -= …` changes the arrays you were given, and the caller still needs the start."""
    got, history = faulty.train_with(X, labels, params, *given)
    for (W, b), (new_W, new_b) in zip(params, got, strict=True):
        W[:], b[:] = new_W, new_b
    return params, history


@exercise.wrong(caught_by=has_the_form, hint=4, recognise=changes("X"))
def changes_the_examples(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    """`rng.shuffle(X)` and the like reorder the caller's own rows, and labels stay behind.

    Draw an order of row numbers, and pick the rows of both by it.
    """
    rng.shuffle(X)
    return faulty.train_with(X, labels, params, learning_rate, n_epochs, batch_size, rng)


@exercise.wrong(caught_by=has_the_form, hint=4)
def in_the_wrong_order(*given):
    """The right two things in the wrong order: first the parameters, then the history."""
    got, history = faulty.train_with(*given)
    return history, got


@exercise.wrong(caught_by=has_the_form, hint=4)
def history_left_out(*given):
    """You return the parameters alone; the history is asked for too, after them."""
    return faulty.train_with(*given)[0]


@exercise.alternative
def cost_after_each_epoch(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    history, rows = [], np.arange(len(X))
    params = [[W.copy(), b.copy()] for W, b in params]
    for _ in range(n_epochs):
        rng.shuffle(rows)
        for part in np.split(rows, range(batch_size, len(rows), batch_size)):
            _, grads = faulty.classifier_slopes(X[part], labels[part], params)
            for pair, slopes in zip(params, grads, strict=True):
                for array, slope in zip(pair, slopes, strict=True):
                    array -= learning_rate * slope
        history.append(float(faulty.classifier_slopes(X, labels, params)[0]))
    return params, np.array(history)


@exercise.alternative
def unweighted_costs(X, labels, params, learning_rate, n_epochs, batch_size, rng):
    history = []
    for _ in range(n_epochs):
        keys = rng.random(len(X))
        waiting, costs = list(np.argsort(keys)), []
        while waiting:
            batch, waiting = waiting[:batch_size], waiting[batch_size:]
            cost, grads = faulty.classifier_slopes(X[batch], labels[batch], params)
            params = faulty.moved(params, grads, learning_rate)
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
            cost, grads = faulty.classifier_slopes(shuffled_X[part], shuffled_labels[part], params)
            total += cost * len(shuffled_X[part])
            params = faulty.moved(params, grads, learning_rate)
        history.append(total / len(X))
    return params, history


@exercise.picture
def own_moons(answer: Answer):
    """The border that the learner's own training draws between two moons."""
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
        caption=f"60 of your epochs on 300 points: the cost is {history[-1]:.3g} now. "
        "Points on the wrong side are ringed.",
    )

"""One epoch of stochastic gradient descent: shuffle, batch, gradient, step, until all are used."""

import re

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    expect_close,
    expect_pairs,
    expect_shuffled,
    expect_that,
    fault_of_a_deal,
    hardly_moved,
    probe,
    raises,
)

exercise = Exercise(
    id="sgd_epoch",
    title="One epoch",
    points=2,
    size="about 6 lines",
    leads_to="In chapter 10, `train` repeats this for a whole network.",
    task="""Train for one epoch: shuffle the examples with `rng`, go through them in batches of
`batch_size`, and after **each** batch move the parameters by one step of gradient descent. The
function `gradient(X_b, y_b, params)` hands you the gradient of a batch, already averaged over it,
as a list of `(dW, db)`.

Example: 10 examples in batches of 4 make three steps, with 4, 4 and 2 examples. The second
gradient is asked for at the parameters that the first step has left behind.""",
    hints=(
        "How often is `gradient` called in one epoch, and which parameters does it get each time?",
        """
        Three pieces: deal the examples into batches (you have written that), ask for the gradient
        of one batch at the *current* parameters, take a step (you have written that too). The
        result of the step becomes the current parameters.
        """,
        """
        The same pattern with a savings account: `balance = start`, then for each month `balance =
        balance + interest(balance)`. The name on the left is the one on the right: each month
        starts from what the last one has left. With 100 and 10 % it is 110, then 121.
        """,
        """
        Skeleton:

        ```python
        order = rng.permutation(...)
        for start in range(0, len(X), batch_size):
            rows = ...
            grads = gradient(..., ..., params)
            params = [...]
        return params
        ```
        """,
    ),
)


@exercise.reference
def sgd_epoch(X, y, params, gradient, learning_rate, batch_size, rng):
    """Use every example once, one step per batch.

    Args:
        X: examples, (n, features).
        y: targets, (n, n_out).
        params: a list of (W, b) pairs: where the epoch starts. They are not changed.
        gradient: a function (X_b, y_b, params) -> list of (dW, db), the gradient of the batch's
            mean cost.
        learning_rate: a positive number.
        batch_size: examples per step; the last batch of the epoch may be smaller.
        rng: a NumPy random generator, the only source of the order.

    Returns:
        The parameters after the last step, a list of (W, b) pairs.
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        grads = gradient(X[rows], y[rows], params)
        params = [
            (W - learning_rate * dW, b - learning_rate * db)
            for (W, b), (dW, db) in zip(params, grads, strict=True)
        ]
    return params


def as_python(X, y, params, *rest):
    """The call on the very same numbers, with a gradient that one can read; what it was asked."""
    *numbers, rng = rest
    rate, size = numbers if len(numbers) == 2 else (0.1, *numbers)
    n = len(X)
    return f"""asked = []
def gradient(X_b, y_b, params):
    asked.append((X_b + 0, y_b + 0, [(W + 0, b + 0) for W, b in params]))
    (W, b), (V, c) = params
    hidden = X_b @ W + b
    error = (hidden @ V + c - y_b) / len(X_b)
    back = error @ V.T
    return [(X_b.T @ back, back.sum(axis=0)), (hidden.T @ error, error.sum(axis=0))]
rng = np.random.default_rng({rng.seed})
X = np.column_stack([np.arange({n}.0), rng.normal(size=({n}, 2))])
y = np.arange(10.0, {n + 10}.0)[:, None]
params = [(0.3 * rng.normal(size=(3, 2)), rng.normal(size=2)),
          (rng.normal(size=(2, 1)), rng.normal(size=1))]
sgd_epoch(X, y, params, gradient, {rate:g}, {size}, np.random.default_rng({rng.seed})), asked"""


@probe(shown=as_python)
def run_for_one_epoch(sgd_epoch, X, y, params, learning_rate, batch_size, rng):
    """Run an epoch with a gradient that writes down what it is asked and what it answers."""
    asked = []

    def gradient(X_b, y_b, params):
        (W, b), (V, c) = params
        error = (X_b @ W + b) @ V + c - y_b
        hidden = X_b @ W + b
        back = error @ V.T / len(X_b)
        grads = [
            (X_b.T @ back, back.sum(axis=0)),
            (hidden.T @ error / len(X_b), error.mean(axis=0)),
        ]
        asked.append(
            {
                "X_b": X_b.copy(),
                "y_b": y_b.copy(),
                "params": [(W.copy(), b.copy()) for W, b in params],
                "grads": [(dW.copy(), db.copy()) for dW, db in grads],
            }
        )
        return grads

    return {"final": sgd_epoch(X, y, params, gradient, learning_rate, batch_size, rng),
            "asked": asked}  # fmt: skip


@probe(shown=as_python)
def run_for_two_epochs(sgd_epoch, X, y, params, batch_size, rng):
    """Run two epochs with one generator; return the numbers of the rows in both orders."""
    import numpy as np

    orders = []
    for _ in range(2):
        seen: list[float] = []

        def gradient(X_b, y_b, params, seen=seen):
            seen.extend(X_b[:, 0])
            return [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]

        sgd_epoch(X, y, params, gradient, 0.1, batch_size, rng)
        orders.append(np.array(seen))
    return orders


def _case(seed, n):
    """Examples whose number stands in column 0 of X and in y, and a 3-2-1 linear network.

    Args:
        seed: of the generator that draws them, so that the card can draw them again.
        n: number of examples.
    """
    rng = np.random.default_rng(seed.seed)
    numbers = np.arange(n, dtype=float)
    X = np.column_stack([numbers, rng.normal(size=(n, 2))])
    params = [
        (0.3 * rng.normal(size=(3, 2)), rng.normal(size=2)),
        (rng.normal(size=(2, 1)), rng.normal(size=1)),
    ]
    return X, 10 + numbers[:, None], params


def _seed(rng):
    return Rng(int(rng.integers(2**32)))


def _slopes(X, y, params):
    """The gradient of the mean half squared error of the network, as the probe's is."""
    (W, b), (V, c) = params
    hidden = np.einsum("ni,ih->nh", X, W) + b
    error = (np.einsum("nh,ho->no", hidden, V) + c - y) / len(X)
    back = np.einsum("no,ho->nh", error, V)
    outer = np.einsum("nh,no->ho", hidden, error), np.einsum("no->o", error)
    return [(np.einsum("ni,nh->ih", X, back), np.einsum("nh->h", back)), outer]


def _step(params, grads, rate):
    return [
        tuple(np.add(p, np.multiply(-rate, g)) for p, g in zip(*layer, strict=True))
        for layer in zip(params, grads, strict=True)
    ]


@exercise.check("returns parameters of the same shapes")
def same_shapes(answer: Answer, rng: np.random.Generator) -> None:
    seed = _seed(rng)
    got = answer.probe(run_for_one_epoch, *_case(seed, 10), 0.001, 4, seed)
    expect_pairs(got["final"], [(3, 2), (2, 1)])


@exercise.check("asks for one gradient per batch, every example once", points=0.5)
def one_gradient_per_batch(answer: Answer, rng: np.random.Generator) -> None:
    for n, batch_size in ((10, 4), (12, 3), (5, 8), (22, 5)):
        seed = _seed(rng)
        record = answer.probe(run_for_one_epoch, *_case(seed, n), 0.001, batch_size, seed)
        asked = record["asked"]
        sizes = [len(call["X_b"]) for call in asked]
        expect_that(
            sizes == [min(batch_size, n - i) for i in range(0, n, batch_size)],
            "The sizes of the batches, one per gradient, are not right.",
            expected=[min(batch_size, n - i) for i in range(0, n, batch_size)],
            got=sizes,
            why=f"{n} examples in batches of {batch_size}",
        )
        rows = [int(row[0]) for call in asked for row in call["X_b"]]
        expect_close(sorted(rows), list(range(n)), what="the sorted numbers of the rows")
        expect_close(
            [float(t[0]) for call in asked for t in call["y_b"]],
            [10.0 + row for row in rows],
            what="y_b",
            why="each example keeps its own target",
        )


@exercise.check("every step starts where the last one ended", points=1)
def steps_follow_each_other(answer: Answer, rng: np.random.Generator) -> None:
    seed, rate = _seed(rng), round(float(rng.uniform(0.001, 0.004)), 5)
    X, y, params = _case(seed, 11)
    got = answer.probe(run_for_one_epoch, X, y, params, rate, 3, seed)
    now = params
    expect_that(
        len(got["asked"]) > 1,
        "11 examples in batches of 3 are several steps, with a gradient each.",
        got=f"{len(got['asked'])} gradients",
    )
    for number, call in enumerate(got["asked"], start=1):
        expect_close(
            call["params"],
            now,
            what=f"each (W, b) in call {number}'s params",
            why="that is where the steps so far lead",
        )
        now = _step(now, _slopes(call["X_b"], call["y_b"], now), rate)
    expect_close(got["final"], now, what="each (W, b) in params")


@exercise.check("the generator decides the order, anew in every epoch", points=0.5)
def shuffled(answer: Answer, rng: np.random.Generator) -> None:
    seeds = [_seed(rng), _seed(rng)]
    orders = [
        _order(answer.probe(run_for_one_epoch, *_case(seed, 40), 1e-5, 6, seed)) for seed in seeds
    ]
    expect_that(orders[0] != sorted(orders[0]), "The examples come in their old order.")
    third = _seed(rng)
    dealt = answer.probe(run_for_one_epoch, *_case(third, 200), 1e-9, 25, third)
    expect_shuffled(
        _order(dealt),
        why="if the houses stood sorted by price, neighbours would still meet in your batches",
    )
    expect_that(orders[0] != orders[1], "Two different generators gave the same order.")
    X, y, params = _case(seeds[0], 40)
    again = _order(answer.probe(run_for_one_epoch, X, y, params, 1e-5, 6, seeds[0]))
    expect_that(
        again == orders[0],
        "Two generators with the same seed gave different orders.",
        why="`rng` must be the only source of chance",
    )
    first, second = answer.probe(run_for_two_epochs, X, y, params, 6, seeds[0])
    expect_that(not np.array_equal(first, second), "Two epochs in a row had the same order.")


def _order(record):
    return [int(row[0]) for call in record["asked"] for row in call["X_b"]]


def _lengths(record, rate):
    """How far each step went, in units of −rate · gradient; nan if it went elsewhere.

    Returns:
        two numbers for each step: of the weights, and of the biases.
    """
    asked, lengths = record["asked"], []
    ends = [*(one["params"] for one in asked[1:]), record["final"]]
    for one, end, place in ((*pair, place) for pair in zip(asked, ends, strict=True)
                            for place in (0, 1)):  # fmt: skip
        step = _flat(one["params"], place) - _flat(end, place)
        right = rate * _flat(one["grads"], place)
        length = step @ right / (right @ right)
        fits = np.abs(step - length * right) <= 1e-12 + 1e-5 * np.abs(length * right)
        lengths.append(length if fits.all() else np.nan)
    return lengths


def _flat(pairs, place):
    return np.concatenate([np.ravel(pair[place]) for pair in pairs])


def _tells(call):
    """Whether a call was recorded whole, of enough examples, with a last batch that is smaller."""
    is_recorded = call.probe == "run_for_one_epoch" and call.value
    return is_recorded and len(call.args[0]) in (10, 11, 22, 40, 200)


@exercise.compared_by(where=_tells)
def faults(calls):
    """What is wrong with batches or steps, or else how many orders two seeds gave."""
    if any(call.mutated for call in calls):
        return ["changes what it was given", sorted({name for c in calls for name in c.mutated})]
    found, orders = [], set()
    for call in calls:
        X, _, _, rate, batch_size, _ = call.args
        asked = call.value["asked"]
        rows = [[int(row[0]) for row in one["X_b"]] for one in asked]
        partners = [[round(float(t[0])) - 10 for t in one["y_b"]] for one in asked]
        fault = fault_of_a_deal(rows, partners, len(X), batch_size)
        lengths = _lengths(call.value, rate)
        found.append(fault or ([] if np.allclose(lengths, 1) else lengths))
        if len(X) == 40:
            orders.add(tuple(_order(call.value)))
    return found if any(found) else len(orders)


def _epoch(X, y, params, gradient, rate, batch_size, order):
    """A right epoch in this order; rate may be a function of the number of examples."""
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        share = rate(len(rows)) if callable(rate) else rate
        params = _step(params, gradient(X[rows], y[rows], params), share)
    return params


@exercise.wrong(caught_by=one_gradient_per_batch, hint=1)
def one_step_per_epoch(X, y, params, gradient, learning_rate, batch_size, rng):
    """You take one step with all examples at once.

    An epoch is one pass through the examples, with one step for every batch of them.
    """
    return _epoch(X, y, params, gradient, learning_rate, len(X), rng.permutation(len(X)))


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def stale_parameters(X, y, params, gradient, learning_rate, batch_size, rng):
    """Every gradient is asked for at the parameters from the start of the epoch.

    Each batch should be asked where the one before has led.
    """
    order, now = rng.permutation(len(X)), params
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        now = _step(now, gradient(X[rows], y[rows], params), learning_rate)
    return now


@exercise.wrong(caught_by=one_gradient_per_batch, hint=1)
def all_examples_for_each_batch(X, y, params, gradient, learning_rate, batch_size, rng):
    """You ask for the gradient of *all* examples in every step: X and y instead of X_b and y_b.

    There are as many steps as batches, and the batches themselves have no effect.
    """
    for _ in range(0, len(X), batch_size):
        params = _step(params, gradient(X, y, params), learning_rate)
    return params


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def step_thrown_away(X, y, params, gradient, learning_rate, batch_size, rng):
    """Your parameters come back as they came: the steps were computed and thrown away.

    A step hands back *new* parameters. Somebody has to keep them.
    """
    return _epoch(X, y, params, gradient, 0.0, batch_size, rng.permutation(len(X)))


@exercise.wrong(caught_by=steps_follow_each_other, hint=3)
def only_the_last_step_counts(X, y, params, gradient, learning_rate, batch_size, rng):
    """Each step starts again from the first parameters.

    All steps but the last are thrown away.
    """
    order, now = rng.permutation(len(X)), params
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        now = _step(params, gradient(X[rows], y[rows], params), learning_rate)
    return now


def _last_batch_dropped_though_full(X, y, params, gradient, learning_rate, batch_size, rng):
    order = rng.permutation(len(X))[: (len(X) - 1) // batch_size * batch_size]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(
    caught_by=one_gradient_per_batch, hint=1, variants=(_last_batch_dropped_though_full,)
)
def last_batch_dropped(X, y, params, gradient, learning_rate, batch_size, rng):
    """The last batch never gets its step."""
    order = rng.permutation(len(X))[: len(X) - len(X) % batch_size]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(caught_by=one_gradient_per_batch, hint=1)
def return_inside_the_loop(X, y, params, gradient, learning_rate, batch_size, rng):
    """Only the first batch gets its step: is the `return` inside the loop? See its indentation."""
    order = rng.permutation(len(X))[:batch_size]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(caught_by=one_gradient_per_batch, hint=2)
def drawn_with_repeats(X, y, params, gradient, learning_rate, batch_size, rng):
    """Each batch is drawn from all examples again, so some come twice and others never.

    An epoch deals the examples: each has its turn once.
    """
    order = rng.integers(len(X), size=-(-len(X) // batch_size) * batch_size)
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(caught_by=one_gradient_per_batch, hint=2)
def two_rounds(X, y, params, gradient, learning_rate, batch_size, rng):
    """Every example has its turn twice. An epoch is one round: see how your loops are nested."""
    for _ in range(2):
        order = rng.permutation(len(X))
        params = _epoch(X, y, params, gradient, learning_rate, batch_size, order)
    return params


@exercise.wrong(caught_by=one_gradient_per_batch, hint=2)
def targets_left_behind(X, y, params, gradient, learning_rate, batch_size, rng):
    """The rows of X are shuffled, the targets are not: the network learns others' prices."""
    X = X[rng.permutation(len(X))]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, np.arange(len(X)))


def _divided_by_batch_size(X, y, params, gradient, learning_rate, batch_size, rng):
    order = rng.permutation(len(X))
    return _epoch(X, y, params, gradient, learning_rate / batch_size, batch_size, order)


@exercise.wrong(caught_by=steps_follow_each_other, hint=1, variants=(_divided_by_batch_size,))
def averaged_twice(X, y, params, gradient, learning_rate, batch_size, rng):
    """You divide by the number of examples in the batch once more.

    The gradient you are handed is a mean already.
    """
    order = rng.permutation(len(X))
    return _epoch(X, y, params, gradient, lambda n: learning_rate / n, batch_size, order)


def _hands_over_parameters_first(calls):
    errors = [call.error for call in calls if call.error]
    return any(re.search(r"gradient\(\s*params", error.line) for error in errors)


@exercise.wrong(caught_by=same_shapes, hint=1, recognise=_hands_over_parameters_first)
def arguments_out_of_order(X, y, params, gradient, learning_rate, batch_size, rng):
    """You hand `gradient` the parameters first. In which order does the task list its arguments?"""
    rows = rng.permutation(len(X))[:batch_size]
    return gradient(params, X[rows], y[rows])


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def uphill(X, y, params, gradient, learning_rate, batch_size, rng):
    """Your steps go along the gradient, which is uphill."""
    return _epoch(X, y, params, gradient, -learning_rate, batch_size, rng.permutation(len(X)))


@exercise.wrong(caught_by=shuffled, hint=2)
def never_shuffled(X, y, params, gradient, learning_rate, batch_size, rng):
    """The examples come in the same old order in every epoch.

    No order drawn by `rng` reaches your batches.
    """
    return _epoch(X, y, params, gradient, learning_rate, batch_size, np.arange(len(X)))


@exercise.wrong(caught_by=same_shapes, hint=3)
def in_place(X, y, params, gradient, learning_rate, batch_size, rng):
    """Your steps overwrite the caller's parameters: the start of the epoch is lost.

    `-=` writes into an array, `params[i] = …` into the caller's list.
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        grads = gradient(X[rows], y[rows], params)
        for (W, b), (dW, db) in zip(params, grads, strict=True):
            W -= learning_rate * dW
            b -= learning_rate * db
    return params


@exercise.wrong(caught_by=shuffled, hint=2)
def begun_elsewhere(X, y, params, gradient, learning_rate, batch_size, rng):
    """You begin at a random example and go round: old neighbours still follow each other.

    Each batch knows one kind of house only.
    """
    order = (np.arange(len(X)) + rng.integers(1, len(X))) % len(X)
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


def _hardly_moved(calls) -> bool:
    records = [call.value for call in calls if call.probe and isinstance(call.value, dict)]
    return hardly_moved(order for order in map(_order, records) if len(order) == 200)


@exercise.wrong(caught_by=shuffled, hint=2, recognise=_hardly_moved)
def too_few_swaps(X, y, params, gradient, learning_rate, batch_size, rng):
    """You swap pairs, but too few of them: many examples stand where they stood.

    How would you make sure that *each* place gets its example by chance?
    """
    order = np.arange(len(X))
    for _ in range(len(X) // 2):
        i, j = rng.integers(len(X), size=2)
        order[[i, j]] = order[[j, i]]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(caught_by=shuffled, hint=2)
def chance_from_elsewhere(X, y, params, gradient, learning_rate, batch_size, rng):
    """Your chance comes from NumPy's global generator, or from one without a seed, not from `rng`.

    Then nobody can repeat this epoch.
    """
    order = np.random.default_rng().permutation(len(X))
    return _epoch(X, y, params, gradient, learning_rate, batch_size, order)


@exercise.wrong(caught_by=same_shapes, hint=2, recognise=raises("can't multiply sequence"))
def list_times_number(X, y, params, gradient, learning_rate, batch_size, rng):
    """`params` and the gradient are lists of pairs, and Python doesn't calculate with whole lists.

    You have written a function that takes such a step.
    """
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        params = params - learning_rate * gradient(X[rows], y[rows], params)
    return params


@exercise.wrong(caught_by=same_shapes, hint=2)
def examples_reordered(X, y, params, gradient, learning_rate, batch_size, rng):
    """You shuffle the caller's own X and y, which are still needed in their old order."""
    order = rng.permutation(len(X))
    X[:], y[:] = X[order], y[order]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, np.arange(len(X)))


@exercise.wrong(caught_by=one_gradient_per_batch, hint=2)
def shuffled_separately(X, y, params, gradient, learning_rate, batch_size, rng):
    """X and y are both shuffled, but each in an order of its own. How many orders are there?"""
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(X))]
    return _epoch(X, y, params, gradient, learning_rate, batch_size, np.arange(len(X)))


@exercise.wrong(caught_by=one_gradient_per_batch, hint=1)
def one_example_per_step(X, y, params, gradient, learning_rate, batch_size, rng):
    """You take a step after every single example: `batch_size` has no effect."""
    return _epoch(X, y, params, gradient, learning_rate, 1, rng.permutation(len(X)))


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def biases_stay(X, y, params, gradient, learning_rate, batch_size, rng):
    """The weights move, the biases don't. They have a gradient too."""

    def without_biases(X, y, params):
        return [(dW, 0 * db) for dW, db in gradient(X, y, params)]

    order = rng.permutation(len(X))
    return _epoch(X, y, params, without_biases, learning_rate, batch_size, order)


@exercise.wrong(caught_by=steps_follow_each_other, hint=2)
def rate_ignored(X, y, params, gradient, learning_rate, batch_size, rng):
    """You subtract the whole gradient: the learning rate has no effect."""
    return _epoch(X, y, params, gradient, 1.0, batch_size, rng.permutation(len(X)))


@exercise.alternative
def copies_first(X, y, params, gradient, learning_rate, batch_size, rng):
    """Copy once, then update in place."""
    params = [(W.copy(), b.copy()) for W, b in params]
    order = np.arange(len(X))
    rng.shuffle(order)
    for rows in np.split(order, np.arange(batch_size, len(X), batch_size)):
        for (W, b), (dW, db) in zip(params, gradient(X[rows], y[rows], params), strict=True):
            W -= learning_rate * dW
            b -= learning_rate * db
    return params


@exercise.alternative
def with_helpers(X, y, params, gradient, learning_rate, batch_size, rng):
    """Two small functions inside, as the earlier exercises have it."""

    def batches():
        order = rng.permutation(len(X))
        X_new, y_new = X[order], y[order]
        for i in range(0, len(X), batch_size):
            yield X_new[i : i + batch_size], y_new[i : i + batch_size]

    def step(array, slope):
        return array - learning_rate * slope

    for X_b, y_b in batches():
        grads = gradient(X_b, y_b, params)
        params = [
            tuple(map(step, layer, slopes)) for layer, slopes in zip(params, grads, strict=True)
        ]
    return params


@probe
def train_houses(sgd_epoch, X, y, params, is_network, n_epochs):
    """Train a line or a network by finite differences; return the cost after each epoch."""
    import numpy as np

    def predict(X, params):
        a = X
        for layer, (W, b) in enumerate(params):
            a = a @ W + b
            if is_network and layer == 0:
                a = np.tanh(a)
        return a

    def cost(X, y, params):
        return 0.5 * np.mean((predict(X, params) - y) ** 2)

    def gradient(X_b, y_b, params, h=1e-5):
        grads = []
        for layer in range(len(params)):
            pair = []
            for place in range(2):
                slopes = np.zeros_like(params[layer][place])
                for i in np.ndindex(slopes.shape):
                    costs = []
                    for nudge in (h, -h):
                        moved = [[W.copy(), b.copy()] for W, b in params]
                        moved[layer][place][i] += nudge
                        costs.append(cost(X_b, y_b, moved))
                    slopes[i] = (costs[0] - costs[1]) / (2 * h)
                pair.append(slopes)
            grads.append(tuple(pair))
        return grads

    rng, costs = np.random.default_rng(0), []
    for _ in range(n_epochs):
        params = sgd_epoch(X, y, params, gradient, 0.1, 20, rng)
        costs.append(float(cost(X, y, params)))
    return costs


@exercise.picture
def own_training(answer: Answer):
    """The learner's own epochs on the house prices: a line, and a network with a hidden layer."""
    from annkit.data import houses
    from annkit.show import cost_history

    rng = np.random.default_rng(7)
    X, price = houses(400, rng)
    X, y = (X - X.mean(axis=0)) / X.std(axis=0), price[:, None] / 100
    line = [(np.zeros((4, 1)), np.zeros(1))]
    network = [
        (rng.normal(size=(4, 4)) / 2, np.zeros(4)),
        (rng.normal(size=(4, 1)) / 2, np.zeros(1)),
    ]
    costs = {
        "a line": answer.probe(train_houses, X, y, line, False, 10),
        "a hidden layer": answer.probe(train_houses, X, y, network, True, 10),
    }
    return cost_history(
        costs,
        "Ten of your epochs on 400 houses: a line with 5 parameters and a network with 25, "
        "gradients measured by finite differences.",
    )

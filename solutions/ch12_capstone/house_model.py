"""Prices from end to end: scale, train, scale back, and hand over something that predicts."""

import json
from functools import lru_cache
from types import SimpleNamespace

import numpy as np

from annkit.data import houses
from annkit.exercises import Answer, Exercise, expect_close, expect_that, outline, probe
from annkit.lessons.capstone import parts

exercise = Exercise(
    id="house_model",
    title="Prices from end to end",
    points=3,
    size="about 25 lines",
    seconds=20,
    task="""Write a function that gets houses with their prices and hands back a *function* which
predicts prices of others. The columns of `X` are area (m²), bedrooms, distance (km) and age
(years), as they come; the prices `y` are of shape (n,), in thousands. On houses it has never seen
the R² has to be 0.9 or more: the squared errors may sum to a tenth of what they would be if
every house were guessed at the mean. A plane reaches 0.86. The training is that of `MLP`, but a
price is no class: `backprop` of chapter 10 gives the gradient of the squared errors, and the last
layer hands its sum on as it is.

Example: after `predict = house_model(X, y, rng)`, `predict(X[:3])` is an array of 3 prices, in
thousands again.""",
    hints=(
        """
        Your network wants inputs and targets of ordinary size. Which numbers did you learn from the
        training houses to get there, and where do you need the very same numbers again?
        """,
        """
        Four stations: learn mean and scale of each column of `X` and of `y`; train on the scaled
        ones, with a hidden layer of ReLU and an output without activation; inside `predict`, scale
        new houses by the *training* numbers; turn the output back into thousands. For the second
        one, `backprop` takes a list of activations and a list of slopes: ReLU and what returns its
        input, `z > 0` and what returns ones. Its targets are a column, (n, 1).
        """,
        """
        A function that remembers what was learned, with temperatures instead of houses:

        ```python
        def fahrenheit_model(celsius, fahrenheit):
            slope = np.std(fahrenheit) / np.std(celsius)
            offset = np.mean(fahrenheit) - slope * np.mean(celsius)

            def predict(celsius):
                return slope * celsius + offset

            return predict
        ```
        """,
        """
        Skeleton:

        ```python
        mean, scale = ...
        y_mean, y_scale = ...
        params = ...                     # sizes [4, ..., 1]
        for _ in range(...):
            for X_b, y_b in ...:         # targets as a column
                grads = mine.backprop(X_b, y_b, params, [..., ...], [..., ...])
                params = ...

        def predict(X):
            Z = (X - mean) / scale
            ...                          # forward: a hidden layer, and a sum
            return y_mean + y_scale * ...

        return predict
        ```
        """,
    ),
)


@exercise.reference
def house_model(X, y, rng):
    """Learn to predict prices.

    Args:
        X: houses, (n, 4): area, bedrooms, distance, age.
        y: their prices, (n,), in thousands.
        rng: a NumPy random generator, the only source of chance.

    Returns:
        a function: houses (m, 4) → prices (m,), in thousands.
    """
    mean, scale = X.mean(axis=0), X.std(axis=0)
    y_mean, y_scale = y.mean(), y.std()
    Z, t = (X - mean) / scale, ((y - y_mean) / y_scale)[:, None]
    W1, b1 = rng.normal(size=(4, 24)) * np.sqrt(2 / 4), np.zeros(24)
    W2, b2 = rng.normal(size=(24, 1)) * np.sqrt(2 / 24), np.zeros(1)
    rate = 0.05
    for _ in range(80):
        order = rng.permutation(len(Z))
        for start in range(0, len(Z), 16):
            rows = order[start : start + 16]
            a = np.maximum(Z[rows] @ W1 + b1, 0)
            delta = (a @ W2 + b2 - t[rows]) / len(rows)
            back = delta @ W2.T * (a > 0)
            W2, b2 = W2 - rate * a.T @ delta, b2 - rate * delta.sum(axis=0)
            W1, b1 = W1 - rate * Z[rows].T @ back, b1 - rate * back.sum(axis=0)

    def predict(X):
        a = np.maximum((X - mean) / scale @ W1 + b1, 0)
        return y_mean + y_scale * (a @ W2 + b2)[:, 0]

    return predict


def as_python(X, y, seed, others):
    """The lines one would type."""
    return (
        f"rng = np.random.default_rng({seed})\n"
        f"predict = house_model(X, y, rng)  # X: {X.shape}, y: {y.shape}\n"
        f"predict(others)  # others: {others.shape}"
    )


@probe(shown=as_python)
def predictions(house_model, X, y, seed, others):
    """Train and predict: [prices of all others, prices of the first six asked one by one]."""
    import numpy as np

    predict = house_model(X.copy(), y.copy(), np.random.default_rng(seed))
    return [predict(others.copy()), [predict(others[k : k + 1].copy()) for k in range(6)]]


def asked(answer: Answer, rng: np.random.Generator, n: int, factor: float = 1.0):
    """Have a model trained on n fresh houses and asked about 400 others.

    Returns:
        its predictions, those asked one by one, the true prices (400,).
    """
    X, y = houses(n, rng)
    others, prices = houses(400, rng)
    got = answer.probe(predictions, X, factor * y, int(rng.integers(2**31)), others)
    return np.asarray(got[0]), got[1], factor * prices


def r_squared(predicted, y) -> float:
    """1 for perfect predictions, 0 for those no better than the mean."""
    return float(1 - np.sum((predicted - y) ** 2) / np.sum((y - y.mean()) ** 2))


def expect_prices(got, n: int) -> None:
    """Expect one finite price for each house."""
    expect_that(
        got.shape == (n,) and got.dtype.kind in "fiu",
        f"For {n} houses, {n} prices in an array of shape ({n},) were expected.",
        expected=(n,),
        got=getattr(got, "shape", None),
    )
    expect_that(bool(np.isfinite(got).all()), "Some predictions are no numbers.", got=got[:6])


@exercise.check("hands back a function that gives a price for each house")
def has_the_form(answer: Answer, rng: np.random.Generator) -> None:
    got, _, _ = asked(answer, rng, 60)
    expect_prices(got, 400)


@exercise.check("predicts houses it has never seen, R² at least 0.9", points=1.5)
def generalises(answer: Answer, rng: np.random.Generator) -> None:
    expect_good(answer, rng, 1.0, "400 fresh houses after training on 600; the best of three")


@exercise.check("takes prices of any size: another currency", points=1)
def other_currency(answer: Answer, rng: np.random.Generator) -> None:
    factor = float(rng.choice([0.004, 150.0])) * float(rng.uniform(0.8, 1.2))
    expect_good(answer, rng, factor, f"all prices times {factor:.3g}; the best of three")


def expect_good(answer: Answer, rng: np.random.Generator, factor: float, why: str) -> None:
    """Expect an R² of 0.9 in one of three trainings, each on houses of its own."""
    best = -np.inf
    for _ in range(3):
        got, _, prices = asked(answer, rng, 600, factor)
        expect_prices(got, 400)
        is_flat = bool(np.ptp(got) < 1e-6 * np.ptp(prices))
        best = max(best, r_squared(got, prices))
        if best >= 0.9:
            return
    expect_that(
        False,
        "All houses get the same price: does `X` come in, and are any hidden units alive?"
        if is_flat
        else "The R² on houses it has never seen should be 0.9 or more.",
        expected="at least 0.9",
        got=best,
        why=why,
    )


@exercise.check("a house's price does not depend on who else is asked about", points=0.5)
def one_by_one(answer: Answer, rng: np.random.Generator) -> None:
    got, singly, prices = asked(answer, rng, 600)
    expect_prices(got, 400)
    expect_that(
        r_squared(got, prices) >= 0.5,
        "These prices have little to do with the houses yet: half of what the mean gets wrong "
        "should be explained before this is asked.",
        expected="an R² of at least 0.5",
        got=r_squared(got, prices),
    )
    one_each = np.array([np.asarray(one).reshape(-1)[0] for one in singly])
    expect_close(
        one_each,
        got[:6],
        rtol=1e-6,
        what="six prices, asked one by one",
        why="asked together with others they were these",
    )


@exercise.compared_by()
def traits(calls):
    """What the calls show of a model, whatever weights were drawn."""
    return [_traits(call.args, call.value) for call in calls]


def _traits(args, value):
    _, y, _, others = args
    if not isinstance(value, list) or len(value) != 2 or np.shape(value[0]) != (len(others),):
        return outline(value)
    got = np.asarray(value[0], dtype=float)
    if not np.isfinite(got).all():
        return "not finite"
    table = np.column_stack([others, np.ones(len(others))])
    plane = table @ np.linalg.lstsq(table, got, rcond=None)[0]
    singly = np.array([np.asarray(one, dtype=float).reshape(-1)[0] for one in value[1]])
    return [
        "the mean of y" if np.allclose(got, y.mean()) else bool(np.ptp(got) > 1e-9 * abs(y).max()),
        bool(np.allclose(got, plane, rtol=1e-6, atol=1e-6 * np.ptp(y))),
        bool(np.allclose(singly, got[:6], rtol=1e-5, atol=1e-6 * np.ptp(y))),
        bool(np.isin(got.round(6), y.round(6)).all()),
        bool(np.ptp(got) < 0.1 * np.ptp(y) and abs(got.mean()) < 0.1 * y.mean()),
        bool(np.ptp(got) > 5 * np.ptp(y)),
        bool(np.ptp(got) > 0.5 * np.ptp(y) and abs(got.mean()) < 0.2 * y.mean()),
        bool(np.ptp(got) < 0.3 * np.ptp(y) and abs(got.mean() - y.mean()) < 0.3 * y.std()),
    ]


def _plane(X, y):
    """Weights of the best plane, the constant last, (5,)."""
    return np.linalg.lstsq(np.column_stack([X, np.ones(len(X))]), y, rcond=None)[0]


@exercise.wrong(caught_by=generalises, hint=2)
def a_plane(X, y, rng):
    """Your model is a plane: no hidden layer bends it, and a plane stops short of 0.9.

    What a square metre is worth depends on the distance, and that is a product.
    """
    w = _plane(X, y)
    return lambda others: others @ w[:4] + w[4]


@exercise.wrong(caught_by=generalises, hint=1)
def always_the_mean(X, y, rng):
    """Every house gets the mean of the training prices: nothing was learned from `X`."""
    return lambda others: np.full(len(others), y.mean())


def _cut_off(calls):
    """Whether many houses get exactly the same price, the lowest, which lies near the mean."""
    found = []
    for call in calls:
        got = np.asarray(call.value[0], dtype=float) if isinstance(call.value, list) else None
        if got is None or got.shape != (len(call.args[3]),) or not np.isfinite(got).all():
            return False
        y, lowest = call.args[1], np.isclose(got, got.min(), rtol=1e-9)
        found.append(0.2 < lowest.mean() < 0.9 and abs(got.min() - y.mean()) < 0.4 * y.std())
    return len(found) > 1 and float(np.mean(found)) > 0.7


def _right(X, y, rng):
    """The library's model, to go wrong from. Whoever trains it on the same has it at once."""
    return _trained(X.tobytes(), y.tobytes(), json.dumps(rng.bit_generator.state))


@lru_cache(maxsize=16)
def _trained(X, y, state):
    rng = np.random.default_rng()
    rng.bit_generator.state = json.loads(state)
    return parts.house_model(np.frombuffer(X).reshape(-1, 4), np.frombuffer(y), rng)


@exercise.wrong(caught_by=generalises, hint=2, recognise=_cut_off)
def output_cut_off(X, y, rng):
    """Nothing is cheaper than the mean: your last layer is cut off at 0, as by a ReLU.

    Scaled prices lie on both sides of 0, so the sum of the last layer is handed on as it is.
    """
    predict, mean = _right(X, y, rng), y.mean()
    return lambda others: np.maximum(predict(others), mean)


@exercise.wrong(caught_by=generalises, hint=2)
def nearest_house(X, y, rng):
    """Each house gets the price of one training house, the most similar: its noise comes along."""

    def predict(others):
        gaps = ((others[:, None] - X) ** 2).sum(axis=2)
        return y[gaps.argmin(axis=1)]

    return predict


@exercise.wrong(caught_by=generalises, hint=2)
def not_scaled_back(X, y, rng):
    """Your prices have mean 0: what was predicted is not turned back into thousands."""
    predict, mean, scale = _right(X, y, rng), y.mean(), y.std()
    return lambda others: (predict(others) - mean) / scale


@exercise.wrong(caught_by=generalises, hint=2)
def mean_not_added(X, y, rng):
    """Your prices are spread as they should be, and their mean is near 0: `y`'s own is missing."""
    predict, mean = _right(X, y, rng), y.mean()
    return lambda others: predict(others) - mean


@exercise.wrong(caught_by=generalises, hint=1)
def new_houses_unscaled(X, y, rng):
    """Your prices range far beyond all that were paid.

    Do new houses enter the network scaled by the training numbers, and is the output turned back
    into thousands once?
    """
    predict, mean, scale = _right(X, y, rng), X.mean(axis=0), X.std(axis=0)
    return lambda others: predict(others * scale + mean)


@exercise.wrong(caught_by=generalises, hint=2)
def near_the_mean_everywhere(X, y, rng):
    """All your prices lie near the mean. Print the shape of output minus target in one batch.

    A column (n, 1) minus (n,) is a table (n, n), and pulls every output to the same mean.
    """
    predict, mean = _right(X, y, rng), y.mean()
    return lambda others: mean + 0.1 * (predict(others) - mean)


@exercise.wrong(caught_by=one_by_one, hint=1)
def scaled_by_the_others(X, y, rng):
    """New houses are scaled by *their own* mean and deviation.

    One house alone is its own mean, and has no spread to be divided by. Mean and scale belong to
    the training houses, and `predict` uses them again.
    """
    predict = _right(X, y, rng)
    mean, scale = X.mean(axis=0), X.std(axis=0)

    def own_scale(others):
        spread = others.std(axis=0)
        Z = (others - others.mean(axis=0)) / np.where(spread > 0, spread, 1)
        return predict(Z * scale + mean)

    return own_scale


@exercise.wrong(caught_by=has_the_form, hint=4)
def prices_as_a_column(X, y, rng):
    """The prices stand in a column, (n, 1). The network's output has one; a price list has none."""
    predict = _right(X, y, rng)
    return lambda others: predict(others)[:, None]


@exercise.wrong(caught_by=has_the_form, hint=3)
def prices_instead_of_a_function(X, y, rng):
    """What came back can't be called: was it prices, or is a `return` missing?

    A function was asked for, one that predicts houses nobody has seen yet.
    """
    return _right(X, y, rng)(X)


def _ran_away(calls):
    """Whether prices came out that are nan, or ten thousand times those that were paid."""
    asked = [call for call in calls if isinstance(call.value, list)]
    got = [(np.asarray(call.value[0], dtype=float), call.args[1]) for call in asked]
    return any(not (np.abs(prices) < 1e4 * np.abs(y).max()).all() for prices, y in got)


@exercise.wrong(caught_by=has_the_form, hint=1, recognise=_ran_away)
def nothing_scaled(X, y, rng):
    """Your predictions are nan or astronomical: did the training run away, over areas in hundreds?

    Bring columns and prices to ordinary size first.
    """
    return lambda others: np.full(len(others), np.nan)


@exercise.alternative
def by_trees_of_products(X, y, rng):
    """Least squares on products of the columns: no network at all, and it bends."""

    def features(X):
        area, rooms, distance, age = ((X - mean) / scale).T
        near, new = np.exp(-X[:, 2] / 8), np.exp(-X[:, 3] / 30)
        return np.column_stack([area, area * near, rooms, rooms * new, distance, age, X[:, 0] ** 0])

    mean, scale = X.mean(axis=0), X.std(axis=0)
    w = np.linalg.lstsq(features(X), y, rcond=None)[0]
    return lambda others: features(np.asarray(others, dtype=float)) @ w


@exercise.alternative
def twenty_neighbours(X, y, rng):
    """A weighted mean of near houses after a plane has been taken off."""
    w, scale = _plane(X, y), X.std(axis=0) * [1.5, 3, 0.6, 3]
    rest = y - X @ w[:4] - w[4]

    def predict(others):
        gaps = (((others[:, None] - X) / scale) ** 2).sum(axis=2)
        weight = np.exp(-2 * gaps)
        return others @ w[:4] + w[4] + weight @ rest / (weight.sum(axis=1) + 0.05)

    return predict


mine = SimpleNamespace(
    init_params=parts.init_params,
    minibatches=parts.minibatches,
    backprop=parts.backprop,
    sgd_step=parts.sgd_step,
)


@exercise.alternative
def parts_on_the_table(X, y, rng):
    """The parts of section 1, with the gradient of the squared errors."""
    activations = [lambda z: np.maximum(z, 0), lambda z: z]
    primes = [lambda z: z > 0, np.ones_like]
    mean, scale, y_mean, y_scale = X.mean(axis=0), X.std(axis=0), y.mean(), y.std()
    params = mine.init_params([4, 24, 1], rng)
    for _ in range(80):
        for X_b, y_b in mine.minibatches((X - mean) / scale, (y - y_mean) / y_scale, 16, rng):
            grads = mine.backprop(X_b, y_b[:, None], params, activations, primes)
            params = mine.sgd_step(params, grads, 0.05)
    (W1, b1), (W2, b2) = params

    def predict(others):
        a = np.maximum((others - mean) / scale @ W1 + b1, 0)
        return y_mean + y_scale * (a @ W2 + b2)[:, 0]

    return predict

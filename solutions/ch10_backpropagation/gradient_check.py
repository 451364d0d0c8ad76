"""The gradient check: the cost itself is asked whether a gradient is right."""

from functools import partial

import numpy as np

from annkit.exercises import Answer, Exercise, expect_close, expect_shape, expect_that, probe

exercise = Exercise(
    id="gradient_check",
    title="Ask the cost",
    points=2,
    size="about 15 lines",
    leads_to="Take it along whenever you derive something new, such as batch norm in chapter 11.",
    task="""Check gradients that somebody claims to be right. For every array in `params`, each W
and each b, measure the slopes of `cost` by central differences with step `h`, one entry at a time,
and return the relative error between them and the claimed array: a list with one pair `(eW, eb)`
per layer. You may move entries of `params` in place if in the end they are as they were, to the
last digit.

Example: one layer, `W = [[1]]`, `b = [2]`, the cost is W² + 10·b, and claimed are dW = 2, db = 5.
With h = 0.5, W² gives (1.5² − 0.5²)/1 = 2, and 10·b gives (25 − 15)/1 = 10. So eW = 0 and
eb = |10 − 5|/(10 + 5) = ⅓: the answer is `[(0, 0.333)]`.""",
    hints=(
        """
        How often must `cost` be called for one layer with a (3, 2) matrix and 2 biases? What
        changes between two calls, and what must be the same again afterwards?
        """,
        """
        Three loops, one inside the other: the layers, the two arrays of a layer, the entries of an
        array. The innermost measures one slope. When an array is done, compare its slopes with what
        is claimed for it; you have written that comparison. Remember an entry's old value before
        you move it: adding and subtracting h doesn't lead back exactly.
        """,
        """
        The same walk for another job, how much the cost falls if an entry is set to zero:

        ```python
        for W, b in params:
            for array in (W, b):
                for place in np.ndindex(array.shape):
                    old = array[place]
                    before = cost(params)
                    array[place] = 0
                    print(place, before - cost(params))
                    array[place] = old
        ```
        """,
        """
        Skeleton:

        ```python
        errors = []
        for arrays, claimed in zip(params, grads):
            pair = []
            for array, gradient in zip(arrays, claimed):
                slopes = np.empty(array.shape)
                for place in np.ndindex(array.shape):
                    old = array[place]
                    ...
                    slopes[place] = (... - ...) / ...
                    ...
                pair.append(...)            # relative error of slopes and gradient
            errors.append(tuple(pair))
        return errors
        ```
        """,
    ),
)


@exercise.reference
def gradient_check(cost, params, grads, h=1e-5):
    """Compare a claimed gradient with central differences of the cost, array by array.

    Args:
        cost: a function from a list of (W, b) pairs like params to one number.
        params: where to check, a list of (W, b) of floats. The same afterwards, exactly.
        grads: the claimed gradient, a list of (dW, db) with the same shapes. Not changed.
        h: how far each entry is moved to either side.

    Returns:
        A list with one pair (eW, eb) per layer: the relative error ‖slopes − claimed‖ /
        (‖slopes‖ + ‖claimed‖) of each array, 0 if both are 0 everywhere.
    """
    errors = []
    for arrays, claimed in zip(params, grads, strict=True):
        pair = []
        for array, gradient in zip(arrays, claimed, strict=True):
            slopes = np.empty(array.shape)
            for place in np.ndindex(array.shape):
                old = array[place]
                array[place] = old + h
                above = cost(params)
                array[place] = old - h
                slopes[place] = (above - cost(params)) / (2 * h)
                array[place] = old
            size = np.linalg.norm(slopes) + np.linalg.norm(gradient)
            pair.append(np.linalg.norm(slopes - gradient) / size if size > 0 else 0.0)
        errors.append(tuple(pair))
    return errors


@probe
def checking(gradient_check, params, grads, cubes, mixing, h=None):
    """Check a cost Σ cubes · p³ + ½ (Σ mixing · p)² over all parameters p; (errors, params)."""
    import numpy as np

    def cost(params):
        third, mixed = 0.0, 0.0
        for (W, b), (cW, cb), (mW, mb) in zip(params, cubes, mixing, strict=True):
            third += np.sum(cW * W**3) + np.sum(cb * b**3)
            mixed += np.sum(mW * W) + np.sum(mb * b)
        return third + mixed**2 / 2

    errors = gradient_check(cost, params, grads) if h is None else gradient_check(
        cost, params, grads, h
    )  # fmt: skip
    return [errors, params]


def draw(rng: np.random.Generator, *shapes, low=0.5, high=1.5):
    """Random pairs (W, b) with entries of either sign and size low … high, one per (n, m)."""

    def array(shape):
        return rng.choice([-1.0, 1.0], size=shape) * rng.uniform(low, high, size=shape)

    return [(array(shape), array(shape[1])) for shape in shapes]


def measured(params, cubes, mixing, h=0.0):
    """What central differences of the cost give, exactly: the cube adds h² to its slope."""
    mixed = sum(
        float(np.sum(m * p))
        for pair in zip(params, mixing, strict=True)
        for p, m in zip(*pair, strict=True)
    )
    return [
        tuple(c * (3 * p**2 + h**2) + m * mixed for p, c, m in zip(*triple, strict=True))
        for triple in zip(params, cubes, mixing, strict=True)
    ]


def error(a, b) -> float:
    """Relative error, entry after entry."""
    lengths = [sum(float(x) ** 2 for x in np.ravel(v)) ** 0.5 for v in (a - b, a, b)]
    return lengths[0] / (lengths[1] + lengths[2])


def expect_form(got, n_layers):
    """Expect a pair of numbers per layer, in a list or an array; give back a list of pairs."""
    if isinstance(got, np.ndarray) and got.ndim == 2:
        got = got.tolist()
    expect_that(
        isinstance(got, list | tuple) and len(got) == n_layers,
        "The result should be a list with one pair (eW, eb) per layer.",
        expected=f"a list of {n_layers} pair{'s' if n_layers > 1 else ''}",
        got=got,
    )
    for layer, pair in enumerate(got):
        expect_that(
            isinstance(pair, list | tuple) and len(pair) == 2,
            f"errors[{layer}] should be a pair (eW, eb).",
            expected="a pair of numbers",
            got=pair,
        )
        for name, one in zip(("eW", "eb"), pair, strict=True):
            expect_shape(one, (), what=f"{name} in errors[{layer}]")
            expect_that(
                not isinstance(one, bool | np.bool_),
                f"{name} in errors[{layer}] should be the relative error itself.",
                expected="a number",
                got=one,
            )
    return got


def expect_errors(got, expected, atol=1e-7, why="") -> None:
    """Expect a list of pairs of numbers like these."""
    pairs = zip(expect_form(got, len(expected)), expected, strict=True)
    for layer, (pair, wanted) in enumerate(pairs):
        for name, one, right in zip(("eW", "eb"), pair, wanted, strict=True):
            expect_close(
                one, right, rtol=1e-4, atol=atol, what=f"{name} in errors[{layer}]", why=why
            )


@exercise.check("one pair of numbers per layer")
def one_pair_per_layer(answer: Answer, rng: np.random.Generator) -> None:
    params = [tuple(rng.integers(1, 9, size=n) / 10 for n in ((1, 1), 1)) for _ in range(2)]
    none = [(0 * W, 0 * b) for W, b in params]
    ones = [(np.ones_like(W), np.ones_like(b)) for W, b in params]
    got, _ = answer.probe(checking, params, ones, ones, none)
    expect_form(got, 2)
    params, grads, cubes, mixing = (draw(rng, (2, 3), (3, 1)) for _ in range(4))
    got, _ = answer.probe(checking, params, grads, cubes, mixing)
    expect_form(got, 2)


@exercise.check("cubes with h = 0.5, by hand", points=0.5)
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    params = [(np.array([[1.0], [2.0]]), np.array([-1.0]))]
    grads = [(np.array([[3.0], [12.0]]), np.array([3.0]))]
    ones, none = [(np.ones((2, 1)), np.ones(1))], [(np.zeros((2, 1)), np.zeros(1))]
    got, _ = answer.probe(checking, params, grads, ones, none, 0.5)
    slopes = np.array([3.25, 12.25])
    eW = 0.125**0.5 / (float(slopes @ slopes) ** 0.5 + 153**0.5)
    why = "for x³ with h = 0.5 the slope at 1 is (1.5³ − 0.5³)/1 = 3.25"
    expect_errors(got, [(eW, 0.25 / 6.25)], why=why)
    n = round(float(rng.uniform(4, 50)), 2)
    got, _ = answer.probe(checking, params, [(grads[0][0], np.array([n]))], ones, none, 0.5)
    why = f"the slope in b is 3.25, claimed is {n:g}"
    expect_errors(got, [(eW, (n - 3.25) / (n + 3.25))], why=why)


@exercise.check("right gradients get next to nothing, a wrong one shows in its own place", points=1)
def in_its_own_place(answer: Answer, rng: np.random.Generator) -> None:
    shapes = ((2, 3), (3, 2), (2, 1))
    params, cubes, mixing = (draw(rng, *shapes) for _ in range(3))
    right = measured(params, cubes, mixing)
    got, _ = answer.probe(checking, params, right, cubes, mixing)
    expect_errors(got, [(0.0, 0.0)] * 3, why="these gradients are right")
    small = [(cW / 1000, cb / 1000) for cW, cb in cubes]
    none = [(0 * W, 0 * b) for W, b in params]
    larger = [tuple(1.5 * g for g in pair) for pair in measured(params, small, none)]
    got, _ = answer.probe(checking, params, larger, small, none)
    expect_errors(got, [(0.2, 0.2)] * 3, why="claimed is 1.5 times of small slopes")
    faults = (
        ("the gradient of b in layer 1 is twice too large", 0, 1, 2 * right[0][1]),
        ("dW in layer 2 has the wrong sign", 1, 0, -right[1][0]),
        ("dW in layer 1 is off by a little", 0, 0, right[0][0] * rng.uniform(0.8, 1.2, (2, 3))),
    )
    claimed, expected = [list(pair) for pair in right], [[0.0, 0.0] for _ in right]
    for _, layer, which, array in faults:
        claimed[layer][which] = array
        expected[layer][which] = error(array, right[layer][which])
    got, _ = answer.probe(checking, params, [tuple(pair) for pair in claimed], cubes, mixing)
    expect_errors(got, expected, why="; ".join(fault[0] for fault in faults))


@exercise.check("a parameter that the cost doesn't use: 0, not NaN", points=0.5)
def unused(answer: Answer, rng: np.random.Generator) -> None:
    shapes = ((3, 2), (2, 2))
    params, cubes = draw(rng, *shapes), draw(rng, *shapes)
    mixing = [(np.zeros(shape), np.zeros(shape[1])) for shape in shapes]
    cubes[1] = (cubes[1][0], np.zeros(2))
    got, _ = answer.probe(checking, params, measured(params, cubes, mixing), cubes, mixing, 1e-4)
    expect_errors(got, [(0.0, 0.0)] * 2, why="the cost does not depend on the last biases")
    claimed = measured(params, cubes, mixing)
    claimed[1] = (claimed[1][0], np.ones(2))
    got, _ = answer.probe(checking, params, claimed, cubes, mixing, 1e-4)
    expect_errors(got, [(0.0, 0.0), (0.0, 1.0)], why="their slopes are 0, claimed is 1")


def _slopes(cost, params, layer, which, h, low=-1.0):
    """Slopes of the cost for one array, measured on copies; low: where the second point lies."""
    copies = [[W.copy(), b.copy()] for W, b in params]
    array = copies[layer][which]
    slopes = np.empty(array.shape)
    for place in np.ndindex(array.shape):
        old = array[place]
        array[place] = old + h
        above = cost(copies)
        array[place] = old + low * h
        slopes[place] = (above - cost(copies)) / ((1 - low) * h)
        array[place] = old
    return slopes


def _ratio(slopes, gradient):
    size = np.linalg.norm(slopes) + np.linalg.norm(gradient)
    return np.linalg.norm(slopes - gradient) / size if size else 0.0


def _check(cost, params, grads, h, *, slopes=_slopes, compare=_ratio):
    """The right check with one piece replaced."""
    return [
        tuple(
            compare(slopes(cost, params, layer, which, h), grads[layer][which])
            for which in range(2)
        )
        for layer in range(len(params))
    ]


@exercise.wrong(caught_by=by_hand, hint=2)
def one_sided(cost, params, grads, h=1e-5):
    """You look to one side only. That errs by about h, central differences by about h².

    With such a ruler a right gradient and a slightly wrong one look alike.
    """
    return _check(cost, params, grads, h, slopes=partial(_slopes, low=0.0))


@exercise.wrong(caught_by=by_hand, hint=4)
def divided_by_h(cost, params, grads, h=1e-5):
    """Your slopes are twice too large. How far apart are the two points that you compare?"""
    return _check(cost, params, grads, h, slopes=lambda *args: 2 * _slopes(*args))


@exercise.wrong(caught_by=by_hand, hint=4)
def divided_by_two_then_multiplied(cost, params, grads, h=1e-5):
    """`/ 2 * h` divides by 2 and then multiplies by h. Python reads from left to right."""
    return _check(cost, params, grads, h, slopes=lambda *args: h**2 * _slopes(*args))


@exercise.wrong(caught_by=by_hand, hint=4)
def only_half_way(cost, params, grads, h=1e-5):
    """After `+= h`, a `-= h` leads back to the start, and not to the other side.

    So you compare two points that lie h apart, and divide by 2h.
    """
    to_one_side = partial(_slopes, low=0.0)
    return _check(cost, params, grads, h, slopes=lambda *args: to_one_side(*args) / 2)


@exercise.wrong(caught_by=by_hand, hint=1)
def nudge_never_arrives(cost, params, grads, h=1e-5):
    """All your slopes are 0: you nudge a copy, and `cost` is asked about `params` as they were."""
    return _check(cost, params, grads, h, slopes=lambda *args: 0 * _slopes(*args))


@exercise.wrong(caught_by=in_its_own_place, hint=2)
def rows_at_once(cost, params, grads, h=1e-5):
    """You move whole rows of W at once: `range(len(array))` counts rows. One entry at a time."""

    def slopes(cost, params, layer, which, h):
        right = _slopes(cost, params, layer, which, h)
        copies = [[W.copy(), b.copy()] for W, b in params]
        array = copies[layer][which]
        for row in range(len(array)):
            old = np.copy(array[row])
            array[row] = old + h
            above = cost(copies)
            array[row] = old - h
            right[row] = (above - cost(copies)) / (2 * h)
            array[row] = old
        return right

    return _check(cost, params, grads, h, slopes=slopes)


@exercise.wrong(caught_by=by_hand, hint=2)
def rows_that_move_along(cost, params, grads, h=1e-5):
    """You move whole rows of W at once, and `old = array[i]` is the row itself: it moves along.

    A single entry, taken out, is a copy. One entry at a time.
    """

    def slopes(cost, params, layer, which, h):
        right = _slopes(cost, params, layer, which, h)
        copies = [[W.copy(), b.copy()] for W, b in params]
        for row in range(len(right)) if right.ndim > 1 else ():
            below = cost(copies)
            copies[layer][which][row] += h
            right[row] = (cost(copies) - below) / (2 * h)
            copies[layer][which][row] -= h
        return right

    return _check(cost, params, grads, h, slopes=slopes)


@exercise.wrong(caught_by=by_hand, hint=4)
def own_h(cost, params, grads, h=1e-5):
    """You move the entries by an h of your own, whatever the caller asks for."""
    return _check(cost, params, grads, 1e-5)


@exercise.wrong(caught_by=by_hand, hint=2)
def absolute_error(cost, params, grads, h=1e-5):
    """You return distances. Without the size of the gradients nobody can say if they are large."""
    return _check(cost, params, grads, h, compare=lambda a, b: np.linalg.norm(a - b))


@exercise.wrong(caught_by=by_hand, hint=2)
def lengths_compared(cost, params, grads, h=1e-5):
    """You compare lengths only: a gradient with the wrong sign gets through."""

    def compare(a, b):
        sizes = np.linalg.norm(a), np.linalg.norm(b)
        return abs(sizes[0] - sizes[1]) / sum(sizes) if any(sizes) else 0.0

    return _check(cost, params, grads, h, compare=compare)


def _of_entries(combine):
    """An error for every entry, 0 where both are 0, and then one number of them."""

    def compare(a, b):
        size = np.abs(a) + np.abs(b)
        return combine(np.abs(a - b) / np.where(size > 0, size, 1))

    return compare


@exercise.wrong(caught_by=by_hand, hint=2)
def worst_entry(cost, params, grads, h=1e-5):
    """You take the worst of the entries' relative errors; arrays are compared as wholes."""
    return _check(cost, params, grads, h, compare=_of_entries(np.max))


@exercise.wrong(caught_by=by_hand, hint=2)
def entries_averaged(cost, params, grads, h=1e-5):
    """You average the relative errors of the entries: a tiny entry then counts like a large one."""
    return _check(cost, params, grads, h, compare=_of_entries(np.mean))


@exercise.wrong(caught_by=by_hand, hint=2)
def biases_left_out(cost, params, grads, h=1e-5):
    """The biases were never checked: you report 0 for them, whatever is claimed."""
    return [(eW, 0.0) for eW, _ in _check(cost, params, grads, h)]


@exercise.wrong(caught_by=unused, hint=2)
def nothing_by_nothing(cost, params, grads, h=1e-5):
    """Where slopes and claimed gradient are all 0, you divide 0 by 0. They agree."""

    def compare(a, b):
        return np.linalg.norm(a - b) / (np.linalg.norm(a) + np.linalg.norm(b))

    return _check(cost, params, grads, h, compare=compare)


@exercise.wrong(caught_by=one_pair_per_layer, hint=2)
def not_quite_restored(cost, params, grads, h=1e-5):
    """Moved by h, by −2h and by h again, an entry isn't back at its last digit.

    Remember the old number and put it back.
    """
    errors = _check(cost, params, grads, h)
    for W, b in params:
        for array in (W, b):
            for step in (h, -2 * h, h):
                array += step
    return errors


@exercise.wrong(caught_by=one_pair_per_layer, hint=2)
def never_put_back(cost, params, grads, h=1e-5):
    """An entry that was moved isn't put back: all later slopes are measured somewhere else."""
    errors = []
    for arrays, claimed in zip(params, grads, strict=True):
        pair = []
        for array, gradient in zip(arrays, claimed, strict=True):
            slopes = np.empty(array.shape)
            for place in np.ndindex(array.shape):
                old = array[place]
                array[place] = old + h
                above = cost(params)
                array[place] = old - h
                slopes[place] = (above - cost(params)) / (2 * h)
            pair.append(_ratio(slopes, gradient))
        errors.append(tuple(pair))
    return errors


@exercise.wrong(caught_by=by_hand, hint=1)
def all_entries_at_once(cost, params, grads, h=1e-5):
    """You move all entries of an array together, so each slope is the sum of all of them."""

    def slopes(cost, params, layer, which, h):
        right = _slopes(cost, params, layer, which, h)
        copies = [[[W.copy(), b.copy()] for W, b in params] for _ in range(2)]
        copies[0][layer][which] += h
        copies[1][layer][which] -= h
        return np.full(right.shape, (cost(copies[0]) - cost(copies[1])) / (2 * h))

    return _check(cost, params, grads, h, slopes=slopes)


@exercise.wrong(caught_by=by_hand, hint=2)
def largest_entries(cost, params, grads, h=1e-5):
    """You compare the largest entries instead of the lengths of the whole arrays."""

    def compare(a, b):
        size = np.max(np.abs(a)) + np.max(np.abs(b))
        return np.max(np.abs(a - b)) / size if size else 0.0

    return _check(cost, params, grads, h, compare=compare)


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def one_error_per_layer(cost, params, grads, h=1e-5):
    """You return one number per layer. If W and b have errors of their own, a bug is found."""
    return [max(pair) for pair in _check(cost, params, grads, h)]


def _all_in_one(cost, params, grads, h=1e-5):
    slopes = [_slopes(cost, params, i, j, h).ravel() for i in range(len(params)) for j in (0, 1)]
    claimed = [np.ravel(array) for pair in grads for array in pair]
    return _ratio(np.concatenate(slopes), np.concatenate(claimed))


@exercise.wrong(caught_by=one_pair_per_layer, hint=4, variants=(_all_in_one,))
def one_error_for_all(cost, params, grads, h=1e-5):
    """You return one number for the whole network. It says *that* there is a bug, and not where.

    Each array gets an error of its own.
    """
    return max(max(pair) for pair in _check(cost, params, grads, h))


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def verdicts(cost, params, grads, h=1e-5):
    """You return True or False. The errors themselves are asked for; who reads them will judge."""
    return [tuple(e < 1e-6 for e in pair) for pair in _check(cost, params, grads, h)]


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def slopes_themselves(cost, params, grads, h=1e-5):
    """You return the measured slopes. What is asked for is how far each array of them is off."""
    return _check(cost, params, grads, h, compare=lambda slopes, gradient: slopes)


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def one_long_list(cost, params, grads, h=1e-5):
    """The right numbers in one long list; they should come in pairs (eW, eb), like params."""
    return [e for pair in _check(cost, params, grads, h) for e in pair]


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def one_error_per_entry(cost, params, grads, h=1e-5):
    """You return an error for every entry. Each array gets one, of all its slopes together."""

    def compare(a, b):
        size = np.abs(a) + np.abs(b)
        return np.abs(a - b) / np.where(size > 0, size, 1)

    return _check(cost, params, grads, h, compare=compare)


@exercise.wrong(caught_by=by_hand, hint=2)
def both_arrays_in_one(cost, params, grads, h=1e-5):
    """You make one error of W and b together. Each array has its own: eW and eb."""
    errors = []
    for layer, claimed in enumerate(grads):
        slopes = [_slopes(cost, params, layer, which, h).ravel() for which in (0, 1)]
        a, b = np.concatenate(slopes), np.concatenate([np.ravel(one) for one in claimed])
        size = np.linalg.norm(a) + np.linalg.norm(b)
        errors.append((float(np.linalg.norm(a - b) / size) if size else 0.0,) * 2)
    return errors


@exercise.wrong(caught_by=one_pair_per_layer, hint=4)
def weights_alone(cost, params, grads, h=1e-5):
    """You return one number per layer, the error of its W. Its b has one, too."""
    return [eW for eW, _ in _check(cost, params, grads, h)]


@exercise.alternative
def as_an_array(cost, params, grads, h=1e-5):
    return np.array(_check(cost, params, grads, h))


@exercise.alternative
def on_copies(cost, params, grads, h=1e-5):
    errors = [[0.0, 0.0] for _ in params]
    for layer in range(len(params)):
        for which in range(2):
            array = params[layer][which]
            slopes = []
            for i in range(array.size):
                costs = []
                for nudge in (h, -h):
                    moved = [[W.copy(), b.copy()] for W, b in params]
                    moved[layer][which].flat[i] += nudge
                    costs.append(cost(moved))
                slopes.append((costs[0] - costs[1]) / (2 * h))
            claimed = np.ravel(grads[layer][which])
            lengths = np.sqrt(np.sum(np.square(slopes))), np.sqrt(claimed @ claimed)
            if sum(lengths) > 0:
                distance = np.sqrt(np.sum((np.array(slopes) - claimed) ** 2))
                errors[layer][which] = float(distance / sum(lengths))
    return errors


@exercise.alternative
def with_unit_nudges(cost, params, grads, h=1e-5):
    def slope(layer, which, nudge):
        def at(step):
            pair = list(params[layer])
            pair[which] = pair[which] + step
            return cost([*params[:layer], tuple(pair), *params[layer + 1 :]])

        return (at(nudge) - at(-nudge)) / 2 / h

    def compare(layer, which):
        array, claimed = params[layer][which], grads[layer][which]
        units = np.eye(array.size).reshape(array.size, *array.shape)
        slopes = np.array([slope(layer, which, h * unit) for unit in units]).reshape(array.shape)
        distance = np.linalg.norm(slopes - claimed)
        return distance and distance / (np.linalg.norm(slopes) + np.linalg.norm(claimed))

    return [tuple(compare(layer, which) for which in (0, 1)) for layer in range(len(params))]


@exercise.alternative
def in_place_with_enumeration(cost, params, grads, h=1e-5):
    result = []
    for (W, b), (dW, db) in zip(params, grads, strict=True):
        pair = []
        for array, gradient in ((W, dW), (b, db)):
            slopes = np.zeros_like(array)
            for place, old in np.ndenumerate(array.copy()):
                array[place] = old - h
                slopes[place] -= cost(params) / (2 * h)
                array[place] = old + h
                slopes[place] += cost(params) / (2 * h)
                array[place] = old
            d, n, g = (float(np.sum(x * x)) ** 0.5 for x in (slopes - gradient, slopes, gradient))
            pair.append(d / max(n + g, 1e-300))
        result.append((pair[0], pair[1]))
    return result

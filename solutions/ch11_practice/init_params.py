"""A whole network before its first lesson: random weights, biases at zero."""

from itertools import pairwise
from typing import Any

import numpy as np

from annkit.exercises import (
    Answer,
    Exercise,
    Rng,
    drawn_as,
    expect_equal,
    expect_normal,
    expect_pairs,
    expect_rng_decides,
    expect_that,
    outline,
    raises,
)

exercise = Exercise(
    id="init_params",
    title="A network before its first lesson",
    points=1,
    size="about 4 lines",
    leads_to="The network of chapter 12 can begin with these.",
    task="""Return the parameters of a network of ReLU layers, a list of pairs `(W, b)`, input side
first. `sizes` counts the units of every layer, the inputs included. Weights are drawn with `rng` in
the way of He, normal with mean 0 and variance 2/(what comes in); biases are 0.

Example: `sizes = [2, 8, 3]`, two inputs, eight hidden units, three outputs, gives two pairs: W of
shape (2, 8) with variance 2/2 = 1 and eight zeros, W of shape (8, 3) with variance 2/8 = ¼ and
three zeros.""",
    hints=(
        """
        How many layers of weights lie between three layers of units? For each of them: what comes
        in, what goes out?
        """,
        """
        Every layer takes a pair of neighbours from `sizes`: `sizes[0]` and `sizes[1]`, then
        `sizes[1]` and `sizes[2]`. You have written the function that draws one W; call it with the
        same `rng` each time, and put zeros beside it, one per unit.
        """,
        """
        Neighbours in a list, worked: `towns = ['A', 'B', 'C']`, then

        ```python
        legs = []
        for start, end in zip(towns[:-1], towns[1:]):
            legs.append(start + end)
        ```

        gives `['AB', 'BC']`: three towns, two legs.
        """,
        """
        Skeleton:

        ```python
        params = []
        for n_in, n_out in zip(sizes[:-1], ...):
            W = ...
            params.append((W, np.zeros(...)))
        return params
        ```
        """,
    ),
)


@exercise.reference
def init_params(sizes, rng):
    """Draw the parameters of a network of ReLU layers.

    Args:
        sizes: numbers of units, inputs first, at least two of them: [n_in, …, n_out].
        rng: a NumPy random generator, the only source of chance.

    Returns:
        A list with one pair (W, b) per layer, input side first: W (n, m) for n units that lead to
        m, drawn from a normal distribution with mean 0 and variance 2 / n; b (m,), zeros.
    """
    return [
        (rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out)), np.zeros(n_out))
        for n_in, n_out in pairwise(sizes)
    ]


def _seed(rng):
    return Rng(int(rng.integers(2**32)))


@exercise.check("a list of pairs (W, b) that fit together")
def fits_together(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ([2, 3], [3, 4, 2], [1, 5, 4, 3, 2]):
        expect_pairs(answer(sizes, _seed(rng)), list(pairwise(sizes)))


@exercise.check("biases are 0")
def biases_are_0(answer: Answer, rng: np.random.Generator) -> None:
    sizes = [4, 3, 2]
    got = answer(sizes, _seed(rng))
    expect_pairs(got, list(pairwise(sizes)))
    for layer, (_, b) in enumerate(got):
        expect_equal(b, np.zeros(sizes[layer + 1]), what=f"b in params[{layer}]")


@exercise.check("weights are normal, with variance 2/(what comes in)")
def weights_of_he(answer: Answer, rng: np.random.Generator) -> None:
    for sizes in ([100, 200], [200, 100, 150]):
        got = answer(sizes, _seed(rng))
        expect_pairs(got, list(pairwise(sizes)))
        for layer, (W, _) in enumerate(got):
            expect_normal(
                W,
                (2 / sizes[layer]) ** 0.5,
                what=f"weights in params[{layer}]",
                why=f"the variance should be 2/{sizes[layer]}, the deviation is its square root",
            )


@exercise.check("each layer gets weights of its own")
def each_its_own(answer: Answer, rng: np.random.Generator) -> None:
    got = answer([6, 6, 6, 6], _seed(rng))
    expect_pairs(got, [(6, 6)] * 3)
    for layer in (1, 2):
        expect_that(
            not np.isclose(got[layer][0], got[0][0]).any(),
            f"The weights in params[{layer}] are those of params[0] again.",
            got=np.asarray(got[layer][0])[0],
            why="every weight is to be drawn anew",
        )


@exercise.check("rng decides")
def rng_decides(answer: Answer, rng: np.random.Generator) -> None:
    expect_rng_decides(lambda seed: answer([4, 3, 2], seed), rng, "parameters")


@exercise.compared_by()
def forms(calls):
    """The forms of the results; what else is wrong is recognised one by one."""
    return [str(call.error) if call.error else outline(call.value) for call in calls]


def _has_the_form(call) -> bool:
    right = [(np.zeros((n_in, n_out)), np.zeros(n_out)) for n_in, n_out in pairwise(call.args[0])]
    return outline(call.value) == outline(right)


def _weights(call):
    """Every W with what comes in and what goes out; only of results that have the right form.

    Raises:
        ValueError: the form is another one, or a bias is not 0.
    """
    if not _has_the_form(call) or any(np.any(b) for _, b in call.value):
        raise ValueError("more is wrong than the weights")
    return [(W, n) for (W, _), n in zip(call.value, pairwise(call.args[0]), strict=True)]


def _drawn(variance, form="normal", source="rng"):
    """Recognise by the variance of the weights, a function of n_in and n_out."""
    spread = lambda n_in, n_out: variance(n_in, n_out) ** 0.5  # noqa: E731
    return drawn_as(spread, form, source=source, parts=_weights)


def _layers(sizes, draw, bias=np.zeros):
    """A network of these sizes.

    Args:
        sizes: numbers of units, inputs first.
        draw: (n_in, n_out) -> W.
        bias: n_out -> b.
    """
    return [(draw(n_in, n_out), bias(n_out)) for n_in, n_out in pairwise(sizes)]


def _flat(params):
    return [array for pair in params for array in pair]


def _he(rng):
    return lambda n_in, n_out: rng.normal(0, np.sqrt(2 / n_in), size=(n_in, n_out))


def _biases_pass(test):
    """Recognise by the biases, where all has the right form."""
    return lambda calls: all(
        _has_the_form(call) and all(test(np.asarray(b)) for _, b in call.value) for call in calls
    )


def _are_drawn(b) -> bool:
    return bool(np.isfinite(b).all() and np.any(b) and np.any(b != 1))


@exercise.wrong(caught_by=biases_are_0, hint=2, recognise=_biases_pass(_are_drawn))
def biases_drawn(sizes, rng):
    """Your biases are drawn, too; they begin at 0.

    The weights are enough to make the units of a layer differ.
    """
    return _layers(sizes, _he(rng), lambda n_out: rng.normal(size=n_out))


@exercise.wrong(caught_by=biases_are_0, hint=2, recognise=_biases_pass(lambda b: np.all(b == 1)))
def biases_of_one(sizes, rng):
    """Your biases are 1. They begin at 0, so that no sum leans to either side."""
    return _layers(sizes, _he(rng), np.ones)


@exercise.wrong(caught_by=fits_together, hint=4)
def biases_as_rows(sizes, rng):
    """Your biases are tables with one row, (1, n_out). In this course b has the shape (n_out,)."""
    return _layers(sizes, _he(rng), lambda n_out: np.zeros((1, n_out)))


@exercise.wrong(caught_by=fits_together, hint=1)
def a_bias_per_input(sizes, rng):
    """Your layers have a bias for every *input*. A bias belongs to a unit."""
    return [(_he(rng)(n_in, n_out), np.zeros(n_in)) for n_in, n_out in pairwise(sizes)]


@exercise.wrong(caught_by=fits_together, hint=4)
def one_bias_per_layer(sizes, rng):
    """Your b is a single number for the whole layer; every unit has a bias of its own."""
    return _layers(sizes, _he(rng), lambda n_out: 0.0)


@exercise.wrong(caught_by=fits_together, hint=1)
def units_first(sizes, rng):
    """Your W have a row for each *unit*. In this course the rows are inputs: `a_prev @ W`."""
    return _layers(sizes, lambda n_in, n_out: _he(rng)(n_in, n_out).T)


@exercise.wrong(caught_by=fits_together, hint=1)
def all_turned(sizes, rng):
    """Your W have a row for each unit, and your b are columns: made for examples in columns.

    Here examples are rows, so W is (n_in, n_out), and b is (n_out,).
    """
    return _layers(
        sizes, lambda n_in, n_out: _he(rng)(n_in, n_out).T, lambda n_out: np.zeros((n_out, 1))
    )


@exercise.wrong(caught_by=fits_together, hint=2)
def weights_alone(sizes, rng):
    """You return the weights alone. Next to every W belongs its b, in a pair."""
    return [W for W, _ in _layers(sizes, _he(rng))]


@exercise.wrong(caught_by=fits_together, hint=2)
def all_in_one_row(sizes, rng):
    """Your list runs W, b, W, b …; each layer's two arrays belong together, in a pair."""
    return _flat(_layers(sizes, _he(rng)))


@exercise.wrong(caught_by=fits_together, hint=2)
def two_lists(sizes, rng):
    """You return all weights, and then all biases; here each layer is a pair (W, b)."""
    layers = _layers(sizes, _he(rng))
    return [W for W, _ in layers], [b for _, b in layers]


@exercise.wrong(caught_by=fits_together, hint=3)
def output_side_first(sizes, rng):
    """Your list begins at the output; the input side comes first."""
    return _layers(sizes, _he(rng))[::-1]


@exercise.wrong(caught_by=fits_together, hint=3)
def last_layer_missing(sizes, rng):
    """One layer is missing, the last: n numbers have n − 1 pairs of neighbours."""
    return _layers(sizes, _he(rng))[:-1]


@exercise.wrong(caught_by=fits_together, hint=4)
def first_layer_only(sizes, rng):
    """Only the first layer comes back: is the `return` inside the loop? See its indentation."""
    return _layers(sizes, _he(rng))[:1]


@exercise.wrong(
    caught_by=fits_together, hint=3, recognise=raises("IndexError: list index out of range")
)
def one_step_too_far(sizes, rng):
    """Your loop goes one layer too far: after the last number there is none to lead to."""
    return [_he(rng)(sizes[i], sizes[i + 1]) for i in range(len(sizes))]


def _all_zeros(calls) -> bool:
    return all(_has_the_form(call) and not any(map(np.any, _flat(call.value))) for call in calls)


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_all_zeros)
def all_zeros(sizes, rng):
    """All your weights are 0. Then all units of a layer are one and the same, and remain so."""
    return _layers(sizes, lambda n_in, n_out: np.zeros((n_in, n_out)))


def _first_width_for_all(calls) -> bool:
    """Whether all variances are 2/(number of inputs), also behind other layers."""
    spread = lambda first, n_in, n_out: (2 / first) ** 0.5  # noqa: E731
    return drawn_as(
        spread,
        parts=lambda call: [(W, (call.args[0][0], *sizes)) for W, sizes in _weights(call)],
    )(calls)


@exercise.wrong(caught_by=weights_of_he, hint=1, recognise=_first_width_for_all)
def first_width_for_all(sizes, rng):
    """Every layer has the variance of the first. What comes into a later one are its own inputs."""
    return _layers(sizes, lambda n, m: rng.normal(0, np.sqrt(2 / sizes[0]), size=(n, m)))


def _last_layer_otherwise(calls) -> bool:
    """Whether all layers but the last are He's, and the last has another of the known variances."""

    def parts(call):
        *others, last = _weights(call)
        return [*((W, (False, *sizes)) for W, sizes in others), (last[0], (True, *last[1]))]

    return any(
        drawn_as(lambda is_last, n, m: (of_last(n, m) if is_last else 2 / n) ** 0.5, parts=parts)(  # noqa: B023
            calls
        )
        for of_last in (lambda n, m: 1 / n, lambda n, m: 2 / (n + m))
    )


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_last_layer_otherwise)
def last_layer_otherwise(sizes, rng):
    """Your last layer, or a single one, has smaller weights than the way of He gives it.

    Here all layers are drawn in that way, the last included.
    """
    *others, last = _layers(sizes, _he(rng))
    return [*others, (last[0] / np.sqrt(2), last[1])]


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_drawn(lambda n, m: 2 / n, "uniform"))
def uniform(sizes, rng):
    """Mean and variance are right, but all weights up to a limit come equally often: uniform.

    The normal distribution is asked for here.
    """
    return _layers(sizes, lambda n, m: rng.uniform(-1, 1, size=(n, m)) * np.sqrt(6 / n))


@exercise.wrong(caught_by=weights_of_he, hint=1, recognise=_drawn(lambda n, m: 2 / (n + m)))
def in_the_way_of_xavier(sizes, rng):
    """Your weights have the variance 2/(n_in + n_out), that of Xavier. He counts inputs only."""
    return _layers(sizes, lambda n, m: rng.normal(0, np.sqrt(2 / (n + m)), size=(n, m)))


@exercise.wrong(caught_by=weights_of_he, hint=1, recognise=_drawn(lambda n, m: 2 / m))
def units_for_inputs(sizes, rng):
    """Your variance is 2/n_out. How many products does one unit add up: n_out, or n_in?"""
    return _layers(sizes, lambda n, m: rng.normal(0, np.sqrt(2 / m), size=(n, m)))


@exercise.wrong(caught_by=weights_of_he, hint=1, recognise=_drawn(lambda n, m: 1 / n))
def silence_forgotten(sizes, rng):
    """Your variance is 1/n_in. ReLU silences half of the sums, and nothing makes up for it."""
    return _layers(sizes, lambda n, m: rng.normal(0, np.sqrt(1 / n), size=(n, m)))


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_drawn(lambda n, m: (2 / n) ** 2))
def variance_for_the_deviation(sizes, rng):
    """Your weights are too small: 2/n_in stands for the standard deviation; it is the variance."""
    return _layers(sizes, lambda n, m: rng.normal(0, 2 / n, size=(n, m)))


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_drawn(lambda n, m: 1.0))
def not_scaled(sizes, rng):
    """Your weights have the standard deviation 1 in every layer, however wide it is."""
    return _layers(sizes, lambda n, m: rng.normal(size=(n, m)))


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_drawn(lambda n, m: 1e-4))
def always_a_hundredth(sizes, rng):
    """Your weights have the standard deviation 0.01 in every layer, however wide it is."""
    return _layers(sizes, lambda n, m: 0.01 * rng.normal(size=(n, m)))


@exercise.wrong(
    caught_by=weights_of_he,
    hint=2,
    recognise=_drawn(lambda n, m: 1 / 6 / n, "positive uniform"),
)
def from_0_to_1(sizes, rng):
    """All your weights are positive: `rng.random` draws between 0 and 1."""
    return _layers(sizes, lambda n, m: rng.random((n, m)) * np.sqrt(2 / n))


def _copies(call) -> bool:
    """Whether layers of one shape have the same weights."""
    weights = [np.asarray(W) for W, _ in _weights(call)]
    return any(W.shape == V.shape and np.array_equal(W, V) for W, V in pairwise(weights))


def _is_he(source):
    return _drawn(lambda n, m: 2 / n, source=source)


@exercise.wrong(
    caught_by=each_its_own,
    hint=2,
    recognise=lambda calls: _is_he("nowhere")(calls) and any(map(_copies, calls)),
)
def begun_again_for_each_layer(sizes, rng):
    """Every layer begins with a generator of its own, all with one seed: equal layers are copies.

    You were given a generator; it goes on where the last layer stopped.
    """
    return _layers(sizes, lambda n, m: _he(np.random.default_rng(0))(n, m))


@exercise.wrong(
    caught_by=rng_decides,
    hint=2,
    recognise=lambda calls: _is_he("nowhere")(calls) and not any(map(_copies, calls)),
)
def own_seed(sizes, rng):
    """You made a generator of your own inside: every network begins with the same weights."""
    return _layers(sizes, _he(np.random.default_rng(0)))


@exercise.wrong(caught_by=rng_decides, hint=2, recognise=_is_he("elsewhere"))
def chance_from_elsewhere(sizes, rng):
    """The weights are drawn well, but not with `rng`: with NumPy's global generator, or a new one.

    Then nobody can repeat this training.
    """
    return _layers(sizes, _he(np.random.default_rng()))


@exercise.wrong(caught_by=weights_of_he, hint=2, recognise=_drawn(lambda n_in, n_out: 2 / n_in**2))
def root_of_the_two_only(sizes, rng):
    """Your root covers the 2 and not what it is divided by: √2/n_in. The weights are too small."""
    return _layers(sizes, lambda n, m: rng.normal(0, np.sqrt(2) / n, size=(n, m)))


@exercise.wrong(caught_by=fits_together, hint=4)
def bias_first(sizes, rng):
    """In your pairs the bias comes first; here a layer is (W, b)."""
    return [(b, W) for W, b in _layers(sizes, _he(rng))]


@exercise.wrong(caught_by=fits_together, hint=3)
def each_with_itself(sizes, rng):
    """Your layers lead from each number to itself. A layer leads to the *next* number."""
    return [(_he(rng)(n, n), np.zeros(n)) for n in sizes]


@exercise.wrong(
    caught_by=fits_together,
    hint=4,
    recognise=raises("has no attribute 'append'", where=lambda call: len(call.args[0]) > 2),
)
def append_kept(sizes, rng):
    """`append` puts something into the list and returns None, and that is what you kept.

    Call it, and assign nothing.
    """
    params: Any = None  # what `append` has given back for the first layer
    for layer in _layers(sizes, _he(rng))[1:]:
        params.append(layer)
    return params


@exercise.alternative
def stretched(sizes, rng):
    params = []
    for layer in range(1, len(sizes)):
        W = rng.standard_normal((sizes[layer - 1], sizes[layer])) * (2 / sizes[layer - 1]) ** 0.5
        params.append([W, [0] * sizes[layer]])
    return params


@exercise.alternative
def from_the_output_backwards(sizes, rng):
    layers = [
        (rng.normal(size=(m, n)).T / np.sqrt(n / 2), np.zeros((m,)))
        for m, n in pairwise(sizes[::-1])
    ]
    return tuple(reversed(layers))


@exercise.alternative
def by_recursion(sizes, rng):
    n_in, n_out, *rest = sizes
    W = np.array([rng.normal(scale=(2 / n_in) ** 0.5, size=n_out) for _ in range(n_in)])
    later = by_recursion([n_out, *rest], rng) if rest else []
    return [(W, 0 * W[0]), *later]

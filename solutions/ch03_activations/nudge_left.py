"""What is left of a nudge behind a row of units: weights and slopes, one after the other."""

from collections.abc import Callable
from typing import Any

import numpy as np

from annkit.exercises import Answer, Exercise, coarse, expect_close, expect_shape, probe

exercise = Exercise(
    id="nudge_left",
    title="What is left of a nudge",
    points=2,
    size="about 6 lines",
    leads_to="Chapter 10 sends an error back through whole layers by the same product.",
    derived=True,
    task=r"""A row of units, one per layer. Each takes the number `a` that the unit before it hands
on (the first one takes `x`), and makes $z = w \cdot a + b$ of it and then $a = f(z)$. Nudge `x` by
a little: how many times as far does the last `a` move? Answer for every entry of `x`; a minus says
that it moves the other way. Derive it, don't measure it: behind thirty sigmoids so little is left
that no difference shows it.

Example: `x = 3`, the units `[(2, 1), (10, 0)]`, $f(z) = z^2$ with the slope $2z$. The first unit
has $z = 7$ and passes on $2 \cdot 14 = 28$ times the nudge. The second gets 49, has $z = 490$, and
passes on $10 \cdot 980 = 9800$ times of that: 274 400.""",
    hints=(
        """
        Follow a nudge of 0.001 through one unit, on paper. By what is it multiplied on the way from
        `a` to `z`, and by what from `z` to the next `a`?
        """,
        """
        Two things travel along the row: the number itself, which says *where* each unit stands, and
        what is left of the nudge so far, which begins as 1. Each unit changes both.
        """,
        """
        The same with money: 2 % interest on x, then a tax of x²/1000, so that x becomes
        1.02x and then y − y²/1000. One more cent at x = 100 is 1.02 cents after the first step. At
        y = 102 the second step passes on 1 − 2·102/1000 = 0.796 of it: 0.812 cents in all.
        """,
        """
        Skeleton:

        ```python
        a, left = x, ...
        for w, b in params:
            z = ...
            left = left * ...
            a = ...
        return left
        ```
        """,
    ),
)


@exercise.reference
def nudge_left(x, params, f, f_prime):
    """How many times as far the last unit of a row moves as the input does.

    Args:
        x: inputs, an array of any shape or a number; each is sent through the row by itself.
        params: one pair of numbers (w, b) per unit, input side first.
        f: the activation of every unit, a function from an array to an array of the same shape.
        f_prime: its derivative; takes pre-activations.

    Returns:
        The change of the last a per tiny change of x, floats, same shape as x.
    """
    a, left = np.asarray(x, dtype=float), np.ones(np.shape(x))
    for w, b in params:
        z = w * a + b
        left = left * w * f_prime(z)
        a = f(z)
    return left


@probe
def with_activation(nudge_left, x, params, name):
    """Call it with the activation of this name and its derivative."""
    import numpy as np

    def sigmoid(z):
        return 0.5 + 0.5 * np.tanh(np.asarray(z) / 2)

    known = {
        "square": (lambda z: np.asarray(z) ** 2, lambda z: 2 * np.asarray(z)),
        "sigmoid": (sigmoid, lambda z: sigmoid(z) * (1 - sigmoid(z))),
        "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
        "sine": (np.sin, np.cos),
        "relu": (lambda z: np.maximum(z, 0.0), lambda z: (np.asarray(z) > 0) * 1.0),
    }
    return nudge_left(x, params, *known[name])


BENDS: dict[str, Callable[[Any], Any]] = {
    "square": lambda z: z**2,
    "sigmoid": lambda z: 0.5 + 0.5 * np.tanh(z / 2),
    "tanh": np.tanh,
    "sine": np.sin,
    "relu": lambda z: z * (z.real > 0),
}


def left_of(x, params, name):
    """What is left, by a nudge in the imaginary direction: nothing is subtracted, none is lost."""
    a = np.asarray(x, dtype=float) + 1e-30j
    for w, b in params:
        a = BENDS[name](w * a + b)
    return a.imag / 1e-30


def row(rng: np.random.Generator, n: int) -> list[tuple[float, float]]:
    """As many units, with weights of both signs and biases away from 0."""
    signs = np.resize([1.0, -1.0], n)
    w, b = rng.uniform(0.5, 1.5, n) * signs, rng.uniform(0.2, 0.6, n) * signs[::-1]
    return list(zip(w.round(2).tolist(), b.round(2).tolist(), strict=True))


@exercise.check("keeps the shape of x")
def keeps_shape(answer: Answer, rng: np.random.Generator) -> None:
    for shape in ((), (3,), (2, 4)):
        x = rng.integers(1, 5, shape) + 0.0
        expect_shape(answer.probe(with_activation, x, [(2.0, 1.0), (3.0, -1.0)], "square"), shape)


@exercise.check("one unit: its weight times its slope", points=0.5)
def one_unit(answer: Answer, rng: np.random.Generator) -> None:
    x = np.array([3.0, 0.0, -2.0])
    expect_close(
        answer.probe(with_activation, x, [(2.0, 1.0)], "square"),
        np.array([28.0, 4.0, -12.0]),
        what="what is left",
        why="z is 7, 1 and −3, so the slopes 2z are 14, 2 and −6; the weight is 2",
    )
    w, b = map(float, rng.uniform(1, 9, 2).round(2))
    expect_close(
        answer.probe(with_activation, x, [(-w, b)], "square"),
        left_of(x, [(-w, b)], "square"),
        what="what is left",
    )


@exercise.check("two units in a row, by hand", points=0.5)
def two_units(answer: Answer, rng: np.random.Generator) -> None:
    x = np.array([1, 3])
    expect_close(
        answer.probe(with_activation, x, [(2, 1), (10, 0)], "square"),
        np.array([21600.0, 274400.0]),
        what="what is left",
        why="for x = 1 the first unit passes on 2·6 = 12 times the nudge, the second 10·180 times",
    )
    params = [(float(w), float(b)) for w, b in rng.uniform(1, 4, (2, 2)).round(2)]
    expect_close(
        answer.probe(with_activation, x, params, "square"),
        left_of(x, params, "square"),
        what="what is left",
    )


@exercise.check("long rows of tanh, sine and ReLU", points=0.5)
def long_rows(answer: Answer, rng: np.random.Generator) -> None:
    for name, n in (("tanh", 3), ("sine", 5), ("relu", 4)):
        x, params = rng.uniform(-1, 1, (2, 3)).round(2), row(rng, n)
        if name == "relu":
            x, params = np.abs(x) + 0.1, [(abs(w), abs(b)) for w, b in params]
            params[-1] = (params[-1][0], -params[-1][0] * float(np.median(ahead(x, params[:-1]))))
        expect_close(
            answer.probe(with_activation, x, params, name),
            left_of(x, params, name),
            what="what is left",
            why=f"f is {name}",
        )


def ahead(x, params):
    """What ReLUs that are on make of x."""
    for w, b in params:
        x = w * x + b
    return x


@exercise.check("thirty sigmoids, behind which hardly anything is left", points=0.5)
def hardly_anything(answer: Answer, rng: np.random.Generator) -> None:
    x = np.array([-1.0, 0.0, 2.0])
    params = [(float(w), 0.0) for w in rng.uniform(0.8, 1.2, 30).round(2)]
    expect_close(
        answer.probe(with_activation, x, params, "sigmoid"),
        left_of(x, params, "sigmoid"),
        atol=0.0,
        what="what is left",
    )


def shares(x, params, f, f_prime):
    """How many times each unit stretches a nudge: one array for every unit."""
    a, found = np.asarray(x, dtype=float), []
    for w, b in params:
        z = w * a + b
        found.append(w * f_prime(z))
        a = f(z)
    return np.array(found)


@exercise.wrong(caught_by=one_unit, hint=1)
def weights_left_out(x, params, f, f_prime):
    """You multiply the slopes alone. On its way from a to z the nudge meets a weight as well."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        z = w * a + b
        left, a = left * f_prime(z), f(z)
    return left


@exercise.wrong(caught_by=one_unit, hint=1)
def slopes_left_out(x, params, f, f_prime):
    """You multiply the weights alone, as if no activation stood between the units."""
    return np.ones(np.shape(x)) * np.prod([w for w, _ in params])


@exercise.wrong(caught_by=one_unit, hint=2)
def slope_at_a(x, params, f, f_prime):
    """You ask for the slope at a, what comes *out* of the unit. `f_prime` takes what went in, z."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        a = f(w * a + b)
        left = left * w * f_prime(a)
    return left


@exercise.wrong(caught_by=one_unit, hint=2)
def slope_at_the_input(x, params, f, f_prime):
    """You ask for the slope at what comes into a unit, before it was weighed: `f_prime` takes z."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        left = left * w * f_prime(a)
        a = f(w * a + b)
    return left


@exercise.wrong(caught_by=one_unit, hint=2)
def biases_left_out(x, params, f, f_prime):
    """The biases are missing. They don't stretch a nudge, but they decide where a unit stands."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, _ in params:
        z = w * a
        left, a = left * w * f_prime(z), f(z)
    return left


@exercise.wrong(caught_by=one_unit, hint=2)
def activation_first(x, params, f, f_prime):
    """You send x through the activation before the first unit weighs it."""
    a, left = f(np.asarray(x, dtype=float)), 1.0
    for w, b in params:
        z = w * a + b
        left, a = left * w * f_prime(z), f(z)
    return left


@exercise.wrong(caught_by=one_unit, hint=1)
def the_output(x, params, f, f_prime):
    """You return what comes out of the row. The question is how far that moves when x does."""
    a = np.asarray(x, dtype=float)
    for w, b in params:
        a = f(w * a + b)
    return a


@exercise.wrong(caught_by=one_unit, hint=1)
def without_a_sign(x, params, f, f_prime):
    """Your answer has lost its sign. With a negative weight the output moves the other way."""
    return np.abs(np.prod(shares(x, params, f, f_prime), axis=0))


@exercise.wrong(caught_by=one_unit, hint=1)
def weight_and_slope_added(x, params, f, f_prime):
    """You add weight and slope. A nudge is stretched by the one, and then by the other."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        z = w * a + b
        left, a = left * (w + f_prime(z)), f(z)
    return left


@exercise.wrong(caught_by=one_unit, hint=2)
def shares_added_to_one(x, params, f, f_prime):
    """You begin with 1 and *add* what each unit passes on. A unit stretches what reaches it."""
    return 1 + np.sum(shares(x, params, f, f_prime), axis=0)


@exercise.wrong(caught_by=one_unit, hint=2)
def nothing_left_at_the_start(x, params, f, f_prime):
    """What is left of the nudge begins as 0 in your code, and whatever multiplies a 0 leaves 0."""
    return 0.0 * np.asarray(x, dtype=float)


@exercise.wrong(caught_by=two_units, hint=2)
def shares_added_up(x, params, f, f_prime):
    """You add up what the units pass on. The second one stretches what the first has left."""
    return np.sum(shares(x, params, f, f_prime), axis=0)


@exercise.wrong(caught_by=two_units, hint=2)
def last_unit_only(x, params, f, f_prime):
    """You return what the last unit alone does. `left` starts anew in every turn of the loop."""
    return shares(x, params, f, f_prime)[-1]


@exercise.wrong(caught_by=two_units, hint=2)
def first_unit_only(x, params, f, f_prime):
    """You return what the first unit alone does: is the `return` inside the loop?"""
    return shares(x, params, f, f_prime)[0]


@exercise.wrong(caught_by=two_units, hint=2)
def every_unit_gets_x(x, params, f, f_prime):
    """Every unit of yours gets x itself. From the second on, it is what the one before hands on."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        left = left * w * f_prime(w * a + b)
    return left


@exercise.wrong(caught_by=two_units, hint=2)
def activation_left_out(x, params, f, f_prime):
    """You hand z on to the next unit. What it gets is f(z)."""
    a, left = np.asarray(x, dtype=float), 1.0
    for w, b in params:
        a = w * a + b
        left = left * w * f_prime(a)
    return left


@exercise.wrong(caught_by=two_units, hint=2)
def from_the_far_end(x, params, f, f_prime):
    """You go through the units from the far end. x meets the first pair of `params` first."""
    return np.prod(shares(x, params[::-1], f, f_prime), axis=0)


@exercise.wrong(caught_by=keeps_shape, hint=4)
def after_every_unit(x, params, f, f_prime):
    """You return what is left behind *every* unit; only the end of the row is asked for."""
    return np.cumprod(shares(x, params, f, f_prime), axis=0)


@exercise.wrong(
    caught_by=hardly_anything,
    hint=1,
    recognise=coarse(lambda x, params, name: left_of(x, params, name)),
)
def measured(x, params, f, f_prime):
    """You measure, by a difference of two outputs. Behind thirty sigmoids it is lost in rounding.

    Each unit's own slope is known: `f_prime` says it.
    """

    def out(a):
        for w, b in params:
            a = f(w * a + b)
        return a

    x = np.asarray(x, dtype=float)
    return (out(x + 1e-5) - out(x - 1e-5)) / 2e-5


@exercise.alternative
def by_a_list_of_factors(x, params, f, f_prime):
    factors = []
    for w, b in params:
        z = w * np.asarray(x) + b
        factors.append(w * f_prime(z))
        x = f(z)
    return np.prod(factors, axis=0)


@exercise.alternative
def by_recursion(x, params, f, f_prime):
    if not params:
        return np.ones(np.shape(x))
    (w, b), *rest = params
    z = w * np.asarray(x) + b
    return w * f_prime(z) * by_recursion(f(z), rest, f, f_prime)


@exercise.alternative
def back_from_the_end(x, params, f, f_prime):
    sums = []
    for w, b in params:
        sums.append(w * np.asarray(x, dtype=float) + b)
        x = f(sums[-1])
    left = 1.0
    for (w, _), z in zip(params[::-1], sums[::-1], strict=True):
        left = f_prime(z) * left * w
    return left


@exercise.alternative
def one_number_at_a_time(x, params, f, f_prime):
    left = np.ones(np.shape(x))
    for place in np.ndindex(np.shape(x)):
        a = float(np.asarray(x)[place])
        for w, b in params:
            z = np.array(w * a + b)
            left[place] *= w * float(f_prime(z))
            a = float(f(z))
    return left

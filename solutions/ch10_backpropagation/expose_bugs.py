"""A test that has to be tested: it must find planted bugs, and spare right code."""

import inspect
from itertools import pairwise

import numpy as np

from annkit.exercises import Answer, CheckFailed, Exercise, Failure, probe
from annkit.lessons.backpropagation import candidates
from annkit.lessons.backpropagation.candidates import HIDING, PLAIN, RIGHT, is_right, told
from annkit.lessons.backpropagation.faulty_passes import back

exercise = Exercise(
    id="expose_bugs",
    title="Test the test",
    points=3,
    size="about 25 lines",
    forbidden=("inspect", "gc", "sys", "__closure__", "__code__", "__traceback__"),
    task="""Somebody hands you a `candidate`, a function that claims to be `backprop`: the same five
arguments, the same answer. Return `True` if it is wrong and `False` if it is right. Draw networks
and batches of your own from `rng`, let the candidate compute its gradients, and hold them against
slopes that you measure.

Some bugs show everywhere, others only in certain networks, and one ends in an error. Right
candidates are written in many styles (loops, einsum, recursion, lists for pairs) and differ in the
last digits; they must be spared. Judge by what a candidate returns: looking at its source or its
insides is ruled out (no `inspect`, `gc`, `sys`, `__closure__`, `__code__` or `__traceback__`).

Example: for a candidate that returns all gradients with the wrong sign,
`expose_bugs(candidate, np.random.default_rng(0))` is `True`; for your own `backprop` it is
`False`.""",
    hints=(
        """
        Which of these could a bug hide behind: a batch of one example? a single layer? layers of
        equal width, or of different widths? the same activation everywhere? biases of zero?
        """,
        """
        One network, one verdict: measure all slopes of `mse_cost` by central differences, array by
        array, and compare with the candidate's arrays by their relative error. Then try several
        networks which between them hide nothing. The candidate is wrong as soon as one array of one
        network is off, or an error comes instead of an answer.
        """,
        """
        The same for functions that claim to be the median. `[3, 1, 2]` exposes those that don't
        sort, `[1, 2, 3, 10]` those that take the mean or know odd lengths only, `[-5, 0, 2]` those
        that lose a sign. No single list exposes all:

        ```python
        for numbers in ([3, 1, 2], [1, 2, 3, 10], [-5, 0, 2]):
            try:
                said = candidate(numbers)
            except Exception:
                return True
            if abs(said - statistics.median(numbers)) > 1e-9:
                return True
        return False
        ```
        """,
        """
        Skeleton:

        ```python
        for sizes in (...):                      # several networks
            activations, primes = ...            # one of each per layer
            X, y = ...
            params = ...

            def cost():
                ...                              # forward, then the mean half squared error

            try:
                claimed = candidate(X, y, params, activations, primes)
            except Exception:
                return True
            for arrays, gradients in zip(params, claimed):
                for array, gradient in zip(arrays, gradients):
                    slopes = ...                 # as in gradient_check
                    if ...:                      # relative error
                        return True
        return False
        ```
        """,
    ),
)


@exercise.reference
def expose_bugs(candidate, rng):
    """Say whether a function that claims to be `backprop` is wrong.

    Args:
        candidate: a function (X, y, params, activations, primes) -> list of (dW, db), supposed to
            return the gradient of `mse_cost` for networks of any depth, as `backprop` does.
        rng: a NumPy random generator, for networks and batches.

    Returns:
        True if the candidate is wrong: some gradient is off, or it ends in an error. False if it is
        right, in whatever style it is written.
    """
    for sizes in ([3, 2], [2, 3, 3, 2], [3, 2, 4, 2]):
        bends = [np.tanh, np.sin] * 2
        slopes_of = [lambda z: 1 - np.tanh(z) ** 2, np.cos] * 2
        activations, primes = bends[: len(sizes) - 1], slopes_of[: len(sizes) - 1]
        X, y = rng.normal(size=(4, sizes[0])), rng.normal(size=(4, sizes[-1]))
        params = [(rng.normal(size=(n, m)), rng.normal(size=m)) for n, m in pairwise(sizes)]

        def cost(X=X, y=y, params=params, activations=activations):
            a = X
            for (W, b), f in zip(params, activations, strict=True):
                a = f(a @ W + b)
            return 0.5 * np.sum((a - y) ** 2) / len(X)

        try:
            claimed = candidate(X, y, params, activations, primes)
        except Exception:
            return True
        for arrays, gradients in zip(params, claimed, strict=True):
            for array, gradient in zip(arrays, gradients, strict=True):
                slopes = np.empty(array.shape)
                for place in np.ndindex(array.shape):
                    old = array[place]
                    array[place] = old + 1e-5
                    above = cost()
                    array[place] = old - 1e-5
                    slopes[place] = (above - cost()) / 2e-5
                    array[place] = old
                if np.linalg.norm(gradient - slopes) > 1e-6 * np.linalg.norm(slopes):
                    return True
    return False


CANDIDATES = inspect.getsource(candidates)  # there are no lessons where marks are made


def _shown(names, seeds, text=""):
    """Cases as Python one can paste."""
    calls = [
        f'expose_bugs(candidate("{name}"), np.random.default_rng({seed}))'
        for name, seed in zip(names, seeds, strict=True)
    ]
    shown = calls[0] if len(calls) == 1 else "[" + (",\n ".join(calls)) + "]"
    return f"from annkit.lessons.backpropagation.candidates import candidate\n{shown}"


@probe(shown=_shown)
def verdicts_on(expose_bugs, names, seeds, text):
    """What it says of the candidates of these names; text makes candidates."""
    import numpy as np

    made = type(np)("claims")  # a module
    exec(text, vars(made))
    return [
        expose_bugs(made.candidate(name), np.random.default_rng(seed))
        for name, seed in zip(names, seeds, strict=True)
    ]


def verdicts(answer: Answer, names, rng: np.random.Generator):
    """The answer's verdicts on candidates of these names, each a truth value: (name, seed, got)."""
    names = [str(name) for name in names]
    seeds = [int(rng.integers(10_000)) for _ in names]
    try:
        said = answer.probe(verdicts_on, names, seeds, CANDIDATES)
    except CheckFailed:  # one alone can be told on a card
        for name, seed in zip(names, seeds, strict=True):
            answer.probe(verdicts_on, [name], [seed], CANDIDATES)
        raise
    found = list(zip(names, seeds, said, strict=True))
    for name, seed, got in found:
        if not isinstance(got, bool | np.bool_ | int | float) or got not in (0, 1):
            said = "nothing (None)" if got is None else got
            raise _failed("True or False was expected.", name, seed, said)
    return found


def _failed(what, name, seed, got):
    """A failure that shows one candidate."""
    shown = _shown([name], [seed])
    return CheckFailed(Failure(what, shown, expected=not is_right(name), got=got, compared=True))


def expect_verdicts(answer: Answer, names, rng: np.random.Generator) -> None:
    """Expect the right verdict on each of these candidates, in an order that is drawn."""
    found = verdicts(answer, rng.permutation(names), rng)
    missed = [(name, seed) for name, seed, got in found if bool(got) == is_right(name)]
    if not missed:
        return
    # What is wrong and was spared says more than what is right and was suspected.
    name, seed = min(missed, key=lambda pair: is_right(pair[0]))
    counted = f"{len(found) - len(missed)} of {len(found)} verdicts right."
    spared = [told(one) for one in dict.fromkeys(dict(missed)) if not is_right(one)]
    more = f", and {len(spared) - 3} more" if len(spared) > 3 else ""
    what = (
        f"{counted} Spared: a version {', one '.join(spared[:3])}{more}."
        if spared
        else f"{counted} Called wrong: a right version, written {told(name)}. How long was the"
        " array of slopes in which it was off (section 9, “Nearly nothing”)?"
    )
    raise _failed(what, name, seed, is_right(name))


@exercise.check("returns True or False")
def says_yes_or_no(answer: Answer, rng: np.random.Generator) -> None:
    verdicts(answer, ["sign_flipped", "in matrices"], rng)


@exercise.check("tells the plain bugs from right code", points=1)
def plain_bugs(answer: Answer, rng: np.random.Generator) -> None:
    expect_verdicts(answer, [*PLAIN, "in matrices", "by recursion"], rng)


@exercise.check("spares right code in other styles", points=1)
def other_styles(answer: Answer, rng: np.random.Generator) -> None:
    expect_verdicts(answer, [*RIGHT, *RIGHT, *rng.permutation([*PLAIN])[:2]], rng)


@exercise.check("finds the bugs that hide", points=1)
def hidden_bugs(answer: Answer, rng: np.random.Generator) -> None:
    expect_verdicts(answer, [*HIDING, "with einsum", "one example at a time"], rng)


SIZES = ([3, 2], [2, 3, 3, 2], [3, 2, 4, 2])
BENT = ((np.tanh, lambda z: 1 - np.tanh(z) ** 2), (np.sin, np.cos))
PLAIN_SUM = (lambda z: z + 0.0, np.ones_like)


def _network(rng, sizes, batch, bends, last, biases):
    """A case for a candidate: (X, y, params, activations, primes)."""
    pairs = [bends[k % len(bends)] for k in range(len(sizes) - 1)]
    pairs = pairs if last is None else [*pairs[:-1], last]
    X, y = rng.normal(size=(batch, sizes[0])), rng.normal(size=(batch, sizes[-1]))
    params = [(rng.normal(size=(n, m)), biases * rng.normal(size=m)) for n, m in pairwise(sizes)]
    return X, y, params, *zip(*pairs, strict=True)


def _differs(claimed, true, arrays, is_off):
    """Whether one of the arrays looked at is off."""
    return len(claimed) != len(true) or any(
        is_off(np.asarray(gradients[k]), right[k])
        for gradients, right in zip(claimed, true, strict=True)
        for k in arrays
    )


def _off(tolerance):
    def is_off(got, right):
        return bool(np.linalg.norm(got - right) > tolerance * np.linalg.norm(right))

    return is_off


JUST = _off(1e-6)


def _tested(
    candidate, rng, *, sizes=SIZES, batch=4, bends=BENT, last=None, biases=1.0, arrays=(0, 1),
    is_off=JUST, lets_out=False,
):  # fmt: skip
    """A tester with a blind spot.

    Args:
        candidate: to be tested.
        rng: source of networks.
        sizes: of the networks it tries.
        batch: examples in a batch.
        bends: (f, f') of the layers in turn.
        last: (f, f') of the output layer; None for the next in turn.
        biases: factor of all biases.
        arrays: which of (dW, db) are looked at.
        is_off: (got, right) -> whether an array counts as wrong.
        lets_out: whether an error of the candidate gets out.
    """
    for some in sizes:
        case = _network(rng, some, batch, bends, last, biases)
        try:
            claimed = candidate(*case)
        except Exception:
            if lets_out:
                raise
            return True
        if _differs(claimed, back(*case), arrays, is_off):
            return True
    return False


def _blind(name, words, caught_by, hint, **spot):
    """Register a tester with this blind spot."""

    def wrong(candidate, rng):
        return _tested(candidate, rng, **spot)

    wrong.__name__, wrong.__doc__ = name, words
    exercise.wrong(caught_by=caught_by, hint=hint)(wrong)


_blind(
    "batch_of_one",
    "Your batches hold one example. There a mean is a sum, and nobody misses a division.",
    plain_bugs, 1, batch=1,
)  # fmt: skip
_blind(
    "single_layers",
    "All your networks have one layer, so nothing ever goes back through a layer.",
    plain_bugs, 1, sizes=([3, 2], [2, 4]),
)  # fmt: skip
_blind(
    "weights_only",
    "You compare dW and never db. Some bugs live in the biases alone.",
    plain_bugs, 2, arrays=(0,),
)  # fmt: skip
_blind(
    "different_widths",
    "No two layers of yours are equally wide. A square matrix takes what the others refuse.",
    hidden_bugs, 1, sizes=([3, 2], [2, 4, 3, 2]),
)  # fmt: skip
_blind(
    "no_bend_at_the_end",
    "Your output layers have no activation, so its slope is 1 and nobody misses it.",
    hidden_bugs, 1, last=PLAIN_SUM,
)  # fmt: skip
_blind(
    "one_activation",
    "All layers of yours have the same activation. Then each slope fits everywhere.",
    hidden_bugs, 1, bends=BENT[:1],
)  # fmt: skip
_blind(
    "one_output",
    "Your networks have a single output. Dividing by the number of outputs changes nothing there.",
    hidden_bugs, 1, sizes=([3, 1], [2, 3, 3, 1], [3, 2, 4, 1]),
)  # fmt: skip
_blind(
    "biases_of_zero",
    "All your biases are zero, so a candidate that ignores them goes unnoticed.",
    hidden_bugs, 1, biases=0.0,
)  # fmt: skip
_blind(
    "two_layers",
    "Your networks never have more than two layers. Code that knows no others passes.",
    hidden_bugs, 1, sizes=([3, 2], [2, 3, 3], [3, 2, 4]),
)  # fmt: skip
_blind(
    "too_generous",
    "You let gradients pass that are off by several percent. Rounding is a million times smaller.",
    hidden_bugs, 2, is_off=_off(0.1),
)  # fmt: skip
_blind(
    "error_gets_out",
    "A candidate that ends in an error ends your test as well. What does an error say about it?",
    hidden_bugs, 2, lets_out=True,
)  # fmt: skip
_blind(
    "to_the_last_digit",
    "You ask for the same numbers to the last digit. Other right code adds in another order.",
    other_styles, 2, is_off=lambda got, right: not np.array_equal(got, right),
)  # fmt: skip


def _many_hide(calls):
    """Is all judged rightly but three or more of the hidden bugs, the smallest of them not one?"""
    wrong = {
        name
        for call in calls
        for name, got in zip(call.args[0], call.value, strict=True)
        if bool(got) == is_right(name)
    }
    return len(wrong) > 2 and wrong <= {*HIDING} - {"updated_weights"}


@exercise.wrong(caught_by=hidden_bugs, hint=1, recognise=_many_hide)
def networks_too_much_alike(candidate, rng):
    """Your networks are too much alike: several bugs hide behind what all of them have in common.

    Let depths and widths differ, some equal, and give each layer an activation of its own.
    """
    return _tested(candidate, rng, sizes=([2, 3, 2],) * 3, bends=BENT[:1])


@exercise.wrong(caught_by=plain_bugs, hint=2)
def verdict_turned_round(candidate, rng):
    """Your verdicts are the wrong way round: True stands for a candidate that is *wrong*."""
    return not _tested(candidate, rng)


@exercise.wrong(caught_by=plain_bugs, hint=2)
def suspects_all(candidate, rng):
    """You call every candidate wrong, your own `backprop` included. How exact is your measuring?"""
    return True


@exercise.wrong(caught_by=plain_bugs, hint=2)
def spares_all(candidate, rng):
    """You call no candidate wrong. Does the comparison come to the `return True` at all?"""
    return False


@exercise.alternative
def with_a_backprop_of_its_own(candidate, rng):
    for depth in (1, 2, 3, 3):
        case = _network(rng, [3] * depth + [2], 5, BENT[::-1], None, 1.0)
        try:
            claimed = candidate(*case)
            for (dW, db), (right_dW, right_db) in zip(claimed, back(*case), strict=True):
                if not (np.allclose(dW, right_dW) and np.allclose(db, right_db)):
                    return True
        except Exception:
            return True
    return False


@exercise.alternative
def in_random_directions(candidate, rng):
    for sizes in ([4, 4, 4, 3], [2, 3, 3, 2], [3, 2, 4, 2]):
        X, y, params, activations, primes = _network(rng, sizes, 3, BENT, None, 1.0)
        try:
            claimed = candidate(X, y, params, activations, primes)
        except Exception:
            return True

        def cost(moved, X=X, y=y, activations=activations):
            a = X
            for (W, b), f in zip(moved, activations, strict=True):
                a = f(np.dot(a, W) + b)
            return ((a - y) ** 2).sum() / (2 * len(X))

        for layer, which in [(layer, which) for layer in range(len(params)) for which in (0, 1)]:
            for _ in range(3):
                way = rng.normal(size=np.shape(params[layer][which]))

                def at(t, layer=layer, which=which, way=way, params=params):
                    moved = [list(pair) for pair in params]
                    moved[layer][which] = moved[layer][which] + t * way
                    return moved

                slope = (cost(at(1e-5)) - cost(at(-1e-5))) / 2e-5
                size = np.linalg.norm(claimed[layer][which]) * np.linalg.norm(way)
                if abs(np.sum(claimed[layer][which] * way) - slope) > 1e-6 * size + 1e-9:
                    return True
    return False


@exercise.alternative
def truth_values_as_numbers(candidate, rng):
    return int(_tested(candidate, rng, is_off=_off(1e-4), batch=6))

"""Checks of special results: parameters of a network, an exception, a shuffled order, a formula.

Each `expect_…` passes silently or raises `CheckFailed`, like those that compare numbers.

Not here: numbers, texts and structures of them (`compare`), calling the answer (`calls.answer`).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from annkit.exercises.calls.answer import Answer, CheckFailed, Failure
from annkit.exercises.calls.wire import Opaque
from annkit.exercises.tasks.compare import as_array, begin, describe, expect_shape, expect_that


def expect_parts(got: Any, parts: str) -> None:
    """Expect a tuple or a list of so many parts, such as "(dW, db)"."""
    if not isinstance(got, list | tuple) or len(got) != parts.count(",") + 1:
        raise CheckFailed(Failure(f"The result should be {parts}, got {describe(got)}."))


def expect_pairs(
    got: Any, shapes: Sequence[tuple[int, int]], *, what: str = "params", pair: str = "(W, b)"
) -> None:
    """Expect a list of pairs of arrays like (W, b), input side first.

    Args:
        got: what the answer returned.
        shapes: (n_in, n_out) of each layer's W; b has shape (n_out,).
        what: how the learner knows the list.
        pair: how the learner knows a pair.
    """
    n = len(shapes)
    if not isinstance(got, list | tuple) or len(got) != n:
        raise CheckFailed(
            Failure(
                f"{what} should be a list of {n} pair{'s' if n > 1 else ''} {pair}, one per layer; "
                f"got {describe(got)}."
            )
        )
    names = [name.strip() for name in pair.strip("()").split(",")]
    for layer, (two, (n_in, n_out)) in enumerate(zip(got, shapes, strict=True)):
        if not isinstance(two, list | tuple) or len(two) != 2:
            raise CheckFailed(
                Failure(f"{what}[{layer}] should be a pair {pair}, got {describe(two)}.")
            )
        for name, one, shape in zip(names, two, ((n_in, n_out), (n_out,)), strict=True):
            expect_shape(one, shape, what=f"{name} of {what}[{layer}]")


def expect_error(
    answer: Answer, error: type[Exception], *args: Any, why: str = "", **kwargs: Any
) -> None:
    """Expect that this call raises this exception, or a built-in kind of it."""
    call = answer.attempt(*args, **kwargs)
    wanted = error.__name__
    if call.error is None:
        raise CheckFailed(
            Failure(
                f"This call should raise {wanted}, but it returned a value.",
                got=call.value,
                why=why,
            )
        )
    if call.error.type not in {wanted, *(kind.__name__ for kind in error.__subclasses__())}:
        # Behind the error's name and a colon, the reason would read as the error's own text.
        reason = f" ({why})" if why else ""
        told = f"This call should raise {wanted}{reason}, not {call.error.type}."
        raise CheckFailed(Failure(told, error=call.error))


def expect_shuffled(order: Sequence[int], *, why: str = "") -> None:
    """Expect that chance has moved the numbers 0 … n−1, and parted those that were neighbours.

    In a fair shuffle about one number stays where it was, and hardly any distance between two that
    follow each other comes more than a few times. An honest one fails this less than once in a
    million times, for n from about 100 on; a rotation and too few swaps always do.

    Args:
        order: a permutation of 0 … n−1.
        why: half a sentence: what an order like that does harm to.
    """
    places = np.asarray(order)
    n = len(places)
    stayed = int((places == np.arange(n)).sum())
    expect_that(
        stayed <= 9,
        f"{stayed} of {n} examples stand where they stood before.",
        got=list(order[:10]),
        why=why,
    )
    steps, counts = np.unique(np.diff(places) % n, return_counts=True)
    expect_that(
        int(counts.max()) <= 20,
        f"The examples have moved together: at {counts.max()} of {n - 1} places "
        f"number i is followed by number i + {steps[counts.argmax()]}.",
        got=list(order[:10]),
        why=why,
    )


def _expect_keys(got: Any, keys: list[str], what: str) -> None:
    """Expect a dictionary with exactly these keys."""
    if not isinstance(got, dict):
        raise CheckFailed(Failure(f"{begin(what)} should be a dictionary, got {describe(got)}."))
    if set(got) != set(keys):
        names = [str(key) for key in got]
        why = _told_apart(keys, names) or "they should be texts, not symbols"
        raise CheckFailed(Failure(f"{begin(what)} should have other keys.", why=why))


def _told_apart(keys: list[str], names: list[str]) -> str:
    """Which keys are missing, and which nobody has asked for."""
    missing = ", ".join(repr(key) for key in keys if key not in names)
    more = ", ".join(f"{name!r:.20}" for name in names if name not in keys)
    told = ((missing, "missing"), (more, "not asked for"))
    return "; ".join(f"{which} {words}" for which, words in told if which)


def expect_equivalent(
    got: Any,
    expected: Any,
    intervals: Mapping[Any, tuple[Any, Any]],
    *,
    what: str = "the expression",
    why: str = "",
    exact: bool = False,
) -> None:
    """Expect a SymPy expression with the same value everywhere, in whatever form.

    Args:
        got: what the answer returned.
        expected: a SymPy expression or matrix, or a dictionary of them by name.
        intervals: for each symbol an interval in which both are defined. The same number twice,
            such as SymPy's log(3), is a place, and is shown as it is written.
        what: how the learner knows the expression.
        why: half a sentence: where the expectation comes from.
        exact: whether a difference quotient, which comes close, is to be told from a derivative.
    """
    from annkit.symbolic.equivalence import comes_close, difference

    if isinstance(expected, dict):
        _expect_keys(got, list(expected), what)
        for key, piece in expected.items():
            part = f"{what}[{key!r}]"
            expect_equivalent(got[key], piece, intervals, what=part, why=why, exact=exact)
        return
    if got is None or isinstance(got, Opaque):
        kind = "Matrix" if hasattr(expected, "shape") else "expression"
        came = as_array(got)
        raise CheckFailed(Failure(f"{begin(what)} should be a SymPy {kind}, got {came}."))
    problem = difference(got, expected, intervals)
    if exact and not problem:
        problem = comes_close(got, expected)
    if problem.startswith("should"):  # another kind of thing, whatever its values
        problem, why = f"{problem}, got {describe(got)}", ""
    if problem:
        raise CheckFailed(Failure(f"{begin(what)} {problem}.", got=got, why=why))

"""All slopes of softmax: each share by each score."""

import numpy as np
import sympy as sp

from annkit.exercises import (
    Answer,
    Exercise,
    Opaque,
    expect_equivalent,
    letters_of_its_own,
)

exercise = Exercise(
    id="softmax_jacobian",
    title="All slopes of softmax",
    points=2,
    size="about 4 lines",
    task=r"""`z` is a list of C symbols, the scores of one example, and $p$ its softmax. Return the
Jacobian as a SymPy `Matrix` with C rows and C columns: the entry in row $i$, column $j$ is
$\partial p_i/\partial z_j$. (`diff` is allowed, though the formula is shorter. SymPy doesn't
calculate with `True`: write `int(i == j)` for $[i = j]$.)

*Example:* two scores with $p = (\tfrac34, \tfrac14)$. A nudge of the first score raises the
first share by 3/16 per unit, and what one share gains the other loses: the Jacobian is
`[[3/16, -3/16], [-3/16, 3/16]]`.""",
    hints=(
        """
        Raise one score. What happens to its own share, and what to each of the others? They all
        have the same denominator.
        """,
        r"""
        The quotient rule, for two cases: the score stands in the numerator ($i = j$), or in the
        denominator only ($i \ne j$). Then write both results with p alone, without z.
        """,
        r"""
        The same with shares of plain positive numbers, $q_i = z_i/\sum_k z_k = z_i/s$: for $i = j$
        the slope is $(s - z_i)/s^2 = (1 - q_i)/s$, for $i \ne j$ it is $-z_i/s^2 = -q_i/s$. In one
        line: $([i = j] - q_i)/s$, where the bracket is 1 or 0.
        """,
        """
        Skeleton:

        ```python
        total = sum(...)
        p = [... for s in z]
        return sp.Matrix(len(z), len(z), lambda i, j: ...)
        ```

        `int(i == j)` is 1 on the diagonal and 0 elsewhere.
        """,
    ),
)


@exercise.reference
def softmax_jacobian(z):
    """Differentiate every share of the softmax by every score.

    Args:
        z: the scores, a list of C symbols of any names, C at least 2.

    Returns:
        A SymPy Matrix of shape (C, C), row i, column j: the derivative of p_i by z_j, as an
        expression in the symbols. Any form will do.
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[j]))


def _wanted(z):
    """The Jacobian, found by SymPy.

    Args:
        z: list of C symbols.

    Returns:
        A Matrix (C, C).
    """
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.diff(sp.exp(a) / total, b) for b in z] for a in z])


def _scores(text):
    """Symbols and their intervals.

    Args:
        text: their names.
    """
    z = list(sp.symbols(text))
    return z, dict.fromkeys(z, (-1.5, 1.5))


@exercise.check("a square matrix; two scores by hand")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = list(sp.symbols("z1 z2"))
    at_three_quarters = {z[0]: (sp.log(3), sp.log(3)), z[1]: (0.0, 0.0)}
    slope = sp.Rational(3, 16)
    expect_equivalent(
        answer(z),
        sp.Matrix([[slope, -slope], [-slope, slope]]),
        at_three_quarters,
        what="the Jacobian",
    )


@exercise.check("three scores, on the diagonal and beside it", points=1)
def three_scores(answer: Answer, rng: np.random.Generator) -> None:
    z, intervals = _scores("z1 z2 z3")
    expect_equivalent(answer(z), _wanted(z), intervals, what="the Jacobian")


@exercise.check("four scores, of other names", points=1)
def four_scores(answer: Answer, rng: np.random.Generator) -> None:
    z, intervals = _scores("s p q u")
    expect_equivalent(answer(z), _wanted(z), intervals, what="the Jacobian")


@exercise.wrong(caught_by=by_hand, hint=1)
def each_on_its_own(z):
    """Beside the diagonal you have zeros, as if each share depended on its own score only.

    They share a denominator.
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.diag(*(share * (1 - share) for share in p))


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_beside_the_diagonal(z):
    """Beside the diagonal your signs are turned.

    If one score rises, do the other shares grow or shrink?
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (1 - p[i]) if i == j else p[i] * p[j])


@exercise.wrong(caught_by=three_scores, hint=2)
def other_share_instead_of_product(z):
    """Your slopes belong to two classes, where 1 − p is the other share.

    With more classes there is more than one other.
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    n = len(z)
    others = [p[(i + 1) % n] for i in range(n)]
    return sp.Matrix(n, n, lambda i, j: p[i] * others[i] * (1 if i == j else -1))


@exercise.wrong(caught_by=by_hand, hint=2)
def one_minus_the_other(z):
    """Beside the diagonal you have p_i(1 − p_j).

    There the score stands in the denominator only, and nothing is left of the 1.
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (1 - p[j]))


@exercise.wrong(caught_by=by_hand, hint=2)
def minus_one_minus_the_other(z):
    """Beside the diagonal you have −p_i(1 − p_j). The sign is right; the bracket is too much."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: (1 if i == j else -1) * p[i] * (1 - p[j]))


def _minus_own_share(z):
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (1 - p[i]) if i == j else -p[i])


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_minus_own_share,))
def one_share_beside(z):
    """Beside the diagonal you have a single share. Two shares meet there: row and column."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (1 - p[i]) if i == j else -p[j])


def _squared_by_row(z):
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[i]))


@exercise.wrong(caught_by=by_hand, hint=1)
def every_share_by_its_own_score(z):
    """Every column of yours is the diagonal: you differentiated each share by its own score.

    The column says by which score.
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (1 - p[i]))


@exercise.wrong(caught_by=by_hand, hint=4)
def never_divided(z):
    """Your p are plain exponentials. Shares are divided by their sum."""
    p = [sp.exp(s) for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[j]))


@exercise.wrong(caught_by=by_hand, hint=4)
def sigmoids_for_shares(z):
    """Your p are sigmoids of single scores. Softmax divides by the sum over all of them."""
    p = [1 / (1 + sp.exp(-s)) for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[j]))


def _diagonal_as_a_row(z):
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total * (1 - sp.exp(s) / total) for s in z]])


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_diagonal_as_a_row,))
def diagonal_only(z):
    """You return one slope for each score. Every share has a slope in every score."""
    return _diagonal_as_a_row(z).T


def _is_an_array(calls):
    return all(
        isinstance(call.value, Opaque) and "array of formulas" in call.value.description
        for call in calls
    )


@exercise.wrong(caught_by=by_hand, hint=4, recognise=_is_an_array)
def an_array(z):
    """You return an array of NumPy's. `sp.Matrix` makes a matrix of it."""
    total = sum(sp.exp(s) for s in z)
    p = np.array([sp.exp(s) / total for s in z])
    return np.diag(p) - np.outer(p, p)


@exercise.wrong(caught_by=by_hand, hint=2)
def only_one_share(z):
    """You subtract the product of two shares, which is right.

    But what do you subtract it from, on the diagonal?
    """
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: int(i == j) - p[i] * p[j])


@exercise.wrong(caught_by=by_hand, hint=2, variants=(_squared_by_row,))
def first_share_twice(z):
    """Beside the diagonal you square one share. Two different ones meet there: row and column."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[j] * (int(i == j) - p[j]))


@exercise.wrong(caught_by=by_hand, hint=2)
def bracket_left_out(z):
    """Your share multiplies the 1 only. It belongs in front of the whole bracket."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * int(i == j) - p[j])


@exercise.wrong(caught_by=by_hand, hint=4, recognise=letters_of_its_own)
def share_left_as_a_letter(z):
    """Your entries contain letters of your own, like p or s.

    On paper they are short for something made of the scores; here that has to stand there.
    """
    p = sp.symbols(f"p1:{len(z) + 1}")
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[j]))


@exercise.wrong(caught_by=by_hand, hint=2)
def one_case_for_all(z):
    """Beside the diagonal this is right. On it, the score stands in the numerator, too."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: -p[i] * p[j])


@exercise.wrong(caught_by=by_hand, hint=1)
def all_signs_turned(z):
    """All signs are turned. If a score rises, does its own share grow or shrink?"""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (p[j] - int(i == j)))


@exercise.wrong(caught_by=by_hand, hint=2)
def of_the_logarithm(z):
    """These are the slopes of log p. A factor p turns them into those of p."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: int(i == j) - p[j])


@exercise.wrong(caught_by=by_hand, hint=2)
def denominator_held_still(z):
    """You differentiated the numerator only, as if the sum in the denominator didn't move."""
    total = sum(sp.exp(s) for s in z)
    return sp.diag(*(sp.exp(s) / total for s in z))


@exercise.wrong(caught_by=by_hand, hint=4)
def shares_not_slopes(z):
    """You return the shares themselves, not their slopes."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([sp.exp(s) / total for s in z])


@exercise.wrong(caught_by=by_hand, hint=4)
def a_list(z):
    """You return a list of lists. `sp.Matrix` makes a matrix of it."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return [[p[i] * (int(i == j) - p[j]) for j in range(len(z))] for i in range(len(z))]


@exercise.wrong(caught_by=by_hand, hint=1)
def added_everywhere(z):
    """You add the product of two shares everywhere. If one share grows, do the others grow, too?"""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) + p[j]))


@exercise.alternative
def by_sympy(z):
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([sp.exp(s) / total for s in z]).jacobian(z)


@exercise.alternative
def outer_product(z):
    p = sp.Matrix([sp.exp(s) for s in z])
    p = p / sum(p)
    return sp.diag(*p) - p * p.T


@exercise.alternative
def quotient_rule(z):
    e = [sp.exp(s) for s in z]
    s = sum(e)
    rows = []
    for i in range(len(z)):
        row = []
        for j in range(len(z)):
            top = e[i] * s - e[i] * e[j] if i == j else -e[i] * e[j]
            row.append(top / s**2)
        rows.append(row)
    return sp.ImmutableMatrix(rows)

"""Softmax and cross-entropy together: what remains of all the slopes."""

import numpy as np
import sympy as sp

from annkit.exercises import Answer, Exercise, expect_equivalent

exercise = Exercise(
    id="softmax_ce_gradient",
    title="What remains of softmax and cross-entropy",
    points=2,
    size="about 4 lines",
    leads_to="In chapter 10, `classifier_gradients` begins with this formula.",
    task=r"""`z` is a list of C symbols, the scores of one example; the true class is the integer
`label`, counted from 0. The loss is $L = -\ln p_{label}$ with $p$ = softmax of $z$. Return its
gradient, $\partial L/\partial z_j$ for all $j$, as a SymPy `Matrix` with one row and C columns.

*Example:* for $p = (\tfrac12, \tfrac14, \tfrac14)$ and the label 2 the gradient is
$(\tfrac12, \tfrac14, -\tfrac34)$.""",
    hints=(
        """
        Look at the example's numbers beside p. In how many places do they differ, and by how much?
        """,
        """
        L depends on one share only, with the slope $-1/p_{label}$. That share depends on all
        scores: which part of the Jacobian do you need? Multiply, and see what cancels.
        """,
        r"""
        The same with shares of plain positive numbers, $q_i = z_i/s$, and $L = -\ln q_y$: the slope
        of L in $q_y$ is $-1/q_y$, that of $q_y$ in $z_j$ is $([y = j] - q_y)/s$. The product is
        $1/s - [y = j]/z_y$; the share has cancelled.
        """,
        """
        Skeleton:

        ```python
        total = sum(...)
        p = [... for s in z]
        return sp.Matrix([[p[j] - ... for j in range(len(z))]])   # one row
        ```
        """,
    ),
)


@exercise.reference
def softmax_ce_gradient(z, label):
    """Differentiate the softmax cross-entropy of one example by its scores.

    Args:
        z: the scores, a list of C symbols of any names, C at least 2.
        label: the true class, an integer from 0 to C - 1.

    Returns:
        A SymPy Matrix of shape (1, C): the derivative of -log softmax(z)[label] by each score, as
        expressions in the symbols. Any form will do.
    """
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total - int(j == label) for j, s in enumerate(z)]])


def _wanted(z, label):
    """The gradient, found by SymPy.

    Args:
        z: list of C symbols.
        label: the true class.

    Returns:
        A Matrix (1, C).
    """
    loss = -sp.log(sp.exp(z[label]) / sum(sp.exp(s) for s in z))
    return sp.Matrix([[sp.diff(loss, s) for s in z]])


@exercise.check("one row; three scores by hand")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = list(sp.symbols("z1 z2 z3"))
    scores = [sp.log(4), sp.log(3), sp.Integer(0)]  # shares 4/8, 3/8, 1/8
    at = {symbol: (score, score) for symbol, score in zip(z, scores, strict=True)}
    shares = sp.Matrix([[sp.Rational(4, 8), sp.Rational(3, 8), sp.Rational(1, 8)]])
    expect_equivalent(
        answer(z, 1),
        shares - sp.Matrix([[0, 1, 0]]),
        at,
        what="the gradient",
        why="the shares are 1/2, 3/8, 1/8, and the true class is 1",
    )


@exercise.check("for every label", points=1)
def every_label(answer: Answer, rng: np.random.Generator) -> None:
    z = list(sp.symbols("z1 z2 z3"))
    for label in range(3):
        expect_equivalent(
            answer(z, label),
            _wanted(z, label),
            dict.fromkeys(z, (-1.5, 1.5)),
            what="the gradient",
        )


@exercise.check("for two and for five classes, other symbols", points=1)
def other_sizes(answer: Answer, rng: np.random.Generator) -> None:
    for text, label in (("u v", 1), ("q r s t p", 3)):
        z = list(sp.symbols(text))
        expect_equivalent(
            answer(z, label),
            _wanted(z, label),
            dict.fromkeys(z, (-1.5, 1.5)),
            what="the gradient",
        )


@exercise.wrong(caught_by=by_hand, hint=1)
def sign_turned(z, label):
    """All signs are turned: this is the gradient of +ln p. The loss has a minus."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[int(j == label) - sp.exp(s) / total for j, s in enumerate(z)]])


@exercise.wrong(caught_by=by_hand, hint=2)
def share_not_loss(z, label):
    """This is the gradient of the share of the true class: the slope of −ln is missing."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[p[label] * (int(j == label) - p[j]) for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_logarithm(z, label):
    """You stopped at the slope of −ln p in p. The scores lie one step further back."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[-1 / p[j] if j == label else 0 for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=2)
def diagonal_only(z, label):
    """Only the true class has a slope in your answer. The other scores are in the denominator."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[p[j] - 1 if j == label else 0 for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=1)
def nothing_subtracted(z, label):
    """You return the shares. The true class must be treated differently from the others."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total for s in z]])


@exercise.wrong(caught_by=by_hand, hint=1)
def label_subtracted(z, label):
    """You subtract the label itself, the number of a class. What is 1 for one class and else 0?"""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total - label for s in z]])


@exercise.wrong(caught_by=by_hand, hint=1)
def one_share_for_all(z, label):
    """Every entry contains the share of the true class. Each score has a share of its own."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[p[label] - int(j == label) for j in range(len(z))]])


def _counted_back(z, label):
    """The same, where label 0 leads to the last class."""
    total = sum(sp.exp(s) for s in z)
    true = (label - 1) % len(z)
    return sp.Matrix([[sp.exp(s) / total - int(j == true) for j, s in enumerate(z)]])


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_counted_back,))
def labels_from_one(z, label):
    """You counted the classes from 1. They are counted from 0."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total - int(j + 1 == label) for j, s in enumerate(z)]])


@exercise.wrong(caught_by=by_hand, hint=2)
def extra_slope(z, label):
    """You multiplied p − y by p(1 − p) once more, as if a sigmoid stood behind it."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[(p[j] - int(j == label)) * p[j] * (1 - p[j]) for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=1)
def true_class_turned(z, label):
    """For the true class you have 1 − p. If its score rises, does the loss grow or shrink?"""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[1 - p[j] if j == label else p[j] for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=4)
def without_softmax(z, label):
    """You subtract from the scores themselves. The gradient is made of their shares."""
    return sp.Matrix([[s - int(j == label) for j, s in enumerate(z)]])


@exercise.wrong(caught_by=by_hand, hint=4)
def never_divided(z, label):
    """You subtract from plain exponentials. Shares are divided by their sum."""
    return sp.Matrix([[sp.exp(s) - int(j == label) for j, s in enumerate(z)]])


@exercise.wrong(caught_by=by_hand, hint=2)
def reciprocals(z, label):
    """You have −1/p for every class: the slope of −ln in its own share, and of one class only.

    The scores lie one step further back.
    """
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[-total / sp.exp(s) for s in z]])


@exercise.wrong(caught_by=by_hand, hint=2)
def all_classes_counted(z, label):
    """You added up −ln p over all classes. The loss holds the true class only."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[len(z) * sp.exp(s) / total - 1 for s in z]])


@exercise.wrong(caught_by=by_hand, hint=1)
def only_the_true_class(z, label):
    """You return one slope. The loss has a slope in every score: all of them move the share."""
    total = sum(sp.exp(s) for s in z)
    return sp.exp(z[label]) / total - 1


@exercise.wrong(caught_by=by_hand, hint=1)
def the_loss_itself(z, label):
    """You return the loss. Its slopes in the scores are asked for."""
    total = sum(sp.exp(s) for s in z)
    return -sp.log(sp.exp(z[label]) / total)


def _is_a_list(calls):
    return all(isinstance(call.value, list) for call in calls)


@exercise.wrong(caught_by=by_hand, hint=4, recognise=_is_a_list)
def a_list(z, label):
    """You return a list. `sp.Matrix([…])` makes one row of it, with two pairs of brackets."""
    total = sum(sp.exp(s) for s in z)
    return [sp.exp(s) / total - int(j == label) for j, s in enumerate(z)]


@exercise.wrong(caught_by=by_hand, hint=4)
def a_column(z, label):
    """Your matrix is a column. One row is asked for: one example, C scores."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([sp.exp(s) / total - int(j == label) for j, s in enumerate(z)])


@exercise.wrong(caught_by=by_hand, hint=4)
def mean_over_classes(z, label):
    """You divided by the number of classes. One example has one loss; nothing is averaged."""
    total = sum(sp.exp(s) for s in z)
    p = [sp.exp(s) / total for s in z]
    return sp.Matrix([[(p[j] - int(j == label)) / len(z) for j in range(len(z))]])


@exercise.wrong(caught_by=by_hand, hint=1)
def one_off_every_share(z, label):
    """You take 1 off every share. One class only is the true one."""
    total = sum(sp.exp(s) for s in z)
    return sp.Matrix([[sp.exp(s) / total - 1 for s in z]])


@exercise.alternative
def by_sympy(z, label):
    loss = sp.log(sum(sp.exp(s) for s in z)) - z[label]
    return sp.Matrix([[sp.diff(loss, s) for s in z]])


@exercise.alternative
def through_the_jacobian(z, label):
    total = sum(sp.exp(s) for s in z)
    p = sp.Matrix([sp.exp(s) / total for s in z])
    jacobian = sp.diag(*p) - p * p.T
    by_shares = sp.zeros(1, len(z))
    by_shares[label] = -1 / p[label]
    return by_shares * jacobian


@exercise.alternative
def shifted_shares(z, label):
    p = [1 / sum(sp.exp(other - s) for other in z) for s in z]
    p[label] -= 1
    return sp.Matrix(1, len(z), p)

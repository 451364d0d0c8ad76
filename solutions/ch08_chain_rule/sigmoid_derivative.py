"""The slope of the sigmoid, by hand, as an expression."""

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
    id="sigmoid_derivative",
    title="The sigmoid's slope as an expression",
    points=1,
    size="about 2 lines",
    leads_to="`neuron_gradients` needs it in the middle of its chain.",
    forbidden=("diff",),
    task=r"""Return the derivative of σ(z) = 1/(1 + exp(−z)) as a SymPy expression in the symbol
`z`. Write it in terms of σ. You derive; `diff` stays in its box: a source that contains it
doesn't count.

*Example:* at $z = \ln 3$ the sigmoid is ¾, and its slope ¾ · ¼ = 3/16.""",
    hints=(
        "You derived this slope in chapter 3, with numbers. What does it look like in terms of σ?",
        """
        σ is a reciprocal: one over a bracket. By the chain rule its slope is that of $1/u$ at the
        bracket, times the slope of the bracket. Write the fraction you get as a product of two
        fractions: one of them is σ, and what is the other?
        """,
        r"""
        The same with another function, $f = \frac{1}{1+z^2}$: the slope of $1/u$ is $-1/u^2$, the
        bracket's is $2z$, together $-\frac{2z}{(1+z^2)^2} = -2z\,f^2$. In SymPy: `f =
        1/(1 + z**2)`, then `-2*z*f**2`.
        """,
        """
        Skeleton:

        ```python
        s = 1 / (1 + sp.exp(-z))
        return s * ...
        ```
        """,
    ),
)


@exercise.reference
def sigmoid_derivative(z):
    """Write down the derivative of the sigmoid.

    Args:
        z: a symbol, of any name.

    Returns:
        The derivative of 1/(1 + exp(-z)) as a SymPy expression in z, found without `diff`.
    """
    s = 1 / (1 + sp.exp(-z))
    return s * (1 - s)


@exercise.check("3/16 at z = ln 3, ¼ at z = 0")
def by_hand(answer: Answer, rng: np.random.Generator) -> None:
    z = sp.Symbol("z")
    expect_equivalent(answer(z), sp.Rational(3, 16), {z: (sp.log(3), sp.log(3))}, what="the slope")
    expect_equivalent(answer(z), sp.Rational(1, 4), {z: (0.0, 0.0)}, what="the slope")


@exercise.check("the slope everywhere, whatever the symbol is called", points=1)
def everywhere(answer: Answer, rng: np.random.Generator) -> None:
    for name in ("z", "u", "z_2"):
        z = sp.Symbol(name)
        wanted = sp.diff(1 / (1 + sp.exp(-z)), z)
        expect_equivalent(answer(z), wanted, {z: (-4.0, 4.0)}, what="the slope", exact=True)


@exercise.wrong(caught_by=by_hand, hint=2)
def sign_lost(z):
    """Your slope is negative, but the sigmoid rises.

    One factor −1 comes from 1/u and one from the exponent.
    """
    s = 1 / (1 + sp.exp(-z))
    return -s * (1 - s)


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_reciprocal(z):
    """This is σ². You differentiated the reciprocal, 1/u, but not what stands in the bracket."""
    return 1 / (1 + sp.exp(-z)) ** 2


@exercise.wrong(caught_by=by_hand, hint=2)
def only_the_rest(z):
    """This is 1 − σ, one of the two factors."""
    return sp.exp(-z) / (1 + sp.exp(-z))


def _slope_of_tanh_at_z(z):
    return 1 - sp.tanh(z) ** 2


@exercise.wrong(caught_by=by_hand, hint=1, variants=(_slope_of_tanh_at_z,))
def slope_of_tanh(z):
    """1 − a² is the slope of tanh. The sigmoid's slope is another formula in a."""
    return 1 - 1 / (1 + sp.exp(-z)) ** 2


@exercise.wrong(caught_by=by_hand, hint=4)
def plus_for_minus(z):
    """Your second factor is 1 + σ. It should shrink where σ grows."""
    s = 1 / (1 + sp.exp(-z))
    return s * (1 + s)


@exercise.wrong(caught_by=by_hand, hint=4)
def bracket_left_out(z):
    """Your slope is 0 everywhere: in `s * 1 - s` the product comes first. 1 − s needs brackets."""
    s = 1 / (1 + sp.exp(-z))
    return s * 1 - s


@exercise.wrong(caught_by=by_hand, hint=4)
def bracket_of_the_denominator_left_out(z):
    """Your sigmoid is 1 + exp(−z): in `1 / 1 + …` only the 1 stands below the line."""
    s = 1 / 1 + sp.exp(-z)
    return s * (1 - s)


def _function_without_a_formula(calls):
    return all(
        isinstance(call.value, Opaque) and "function without a formula" in call.value.description
        for call in calls
    )


@exercise.wrong(caught_by=by_hand, hint=4, recognise=_function_without_a_formula)
def sigmoid_left_as_a_name(z):
    """SymPy knows nothing of a `Function` that you name σ.

    In terms of σ means: of the expression 1/(1 + exp(−z)), which may have a short name in Python.
    """
    s = sp.Function("sigma")(z)
    return s * (1 - s)


@exercise.wrong(caught_by=by_hand, hint=1)
def the_sigmoid_itself(z):
    """You return the sigmoid. Its slope is asked for."""
    return 1 / (1 + sp.exp(-z))


@exercise.wrong(caught_by=by_hand, hint=4)
def z_taken_for_the_activation(z):
    """You put z where σ(z) belongs: a(1 − a) is a formula in the activation a."""
    return z * (1 - z)


@exercise.wrong(caught_by=by_hand, hint=4, recognise=letters_of_its_own)
def sigmoid_left_as_a_letter(z):
    """Your expression contains a letter of your own.

    On paper a is short for σ(z); here the expression of it in z has to stand there.
    """
    a = sp.Symbol("a")
    return a * (1 - a)


@exercise.wrong(caught_by=by_hand, hint=4)
def sigmoid_twice(z):
    """You applied σ to what was a sigmoid already, as if a were z."""
    s = 1 / (1 + sp.exp(-z))
    s = 1 / (1 + sp.exp(-s))
    return s * (1 - s)


@exercise.wrong(caught_by=everywhere, hint=4)
def own_symbol(z):
    """You made a symbol of your own. The expression must contain the one that is handed in."""
    own = sp.Symbol("z")
    s = 1 / (1 + sp.exp(-own))
    return s * (1 - s)


@exercise.alternative
def as_one_fraction(z):
    return sp.exp(-z) / (1 + sp.exp(-z)) ** 2


@exercise.alternative
def by_tanh(z):
    return (1 - sp.tanh(z / 2) ** 2) / 4


@exercise.alternative
def widened(z):
    e = sp.exp(z)
    return e / (1 + e) ** 2

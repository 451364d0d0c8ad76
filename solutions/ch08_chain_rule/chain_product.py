"""The chain rule for two functions: two local slopes, multiplied."""

import numpy as np
import sympy as sp

from annkit.exercises import (
    Answer,
    Exercise,
    expect_equivalent,
    letters_of_its_own,
    letters_of_the_first_call,
)

exercise = Exercise(
    id="chain_product",
    title="Two slopes, one product",
    points=1,
    size="about 3 lines",
    task="""Given two SymPy functions `outer` and `inner`, each a `Lambda` of one argument, return
the derivative of outer(inner(x)) as an expression in the symbol `x`. Build it from the **two local
derivatives**; SymPy may find each of them. (`sp.diff` of the composite in one piece would pass,
too, and teach you nothing.) The functions may call their own argument whatever they like, `x`
included.

*Example:* for `outer = sp.Lambda(u, u**2)` and `inner = sp.Lambda(v, 3*v + 1)` the local slopes
are 2u and 3. At $x = 1$ the inner value is 4, so the derivative there is 8 · 3 = 24. As an
expression it is $6(3x + 1)$, in whatever form.""",
    hints=(
        """
        Which two slopes are multiplied? And *where* is each of them taken: at x, or at what the
        inner function makes of x?
        """,
        """
        A `Lambda` is called like a function, with a number or a symbol: `outer(u)` is an expression
        in u. Differentiate it with respect to u first. Then put the inner value in the place of u.
        """,
        r"""
        The same for another question, the slope of $\cos$ at the place $2x$: `u = sp.Dummy()`,
        `slope = sp.diff(sp.cos(u), u)` is $-\sin u$, and `slope.subs(u, 2*x)` is $-\sin 2x$. (A
        `Dummy` is a symbol that is like no other.)
        """,
        """
        Skeleton:

        ```python
        u = sp.Dummy()
        outer_slope = ...   # an expression in u
        inner_slope = ...   # an expression in x
        return outer_slope.subs(u, ...) * ...
        ```
        """,
    ),
)


@exercise.reference
def chain_product(outer, inner, x):
    """Differentiate outer(inner(x)) by the chain rule.

    Args:
        outer: a SymPy Lambda of one argument; `outer(u)` is an expression in u.
        inner: likewise.
        x: a symbol, of any name.

    Returns:
        The derivative as a SymPy expression in x. Any form will do.
    """
    u = sp.Dummy()
    outer_slope = sp.diff(outer(u), u)
    return outer_slope.subs(u, inner(x)) * sp.diff(inner(x), x)


x_, u_, v_ = sp.symbols("x u v")


def _wanted(outer, inner, symbol):
    """The derivative of the composite, found in one piece.

    Args:
        outer: a Lambda.
        inner: a Lambda.
        symbol: the symbol to differentiate by.
    """
    return sp.diff(outer(inner(symbol)), symbol)


@exercise.check("the square of a line")
def square_of_a_line(answer: Answer, rng: np.random.Generator) -> None:
    outer, inner = sp.Lambda(u_, u_**2), sp.Lambda(v_, 2 * v_ - 3)
    expect_equivalent(
        answer(outer, inner, x_),
        8 * x_ - 12,
        {x_: (0.3, 1.2)},
        what="the derivative",
        why="2u at u = 2x − 3, times 2",
    )


@exercise.check("curved outside and inside", points=1)
def curved(answer: Answer, rng: np.random.Generator) -> None:
    a, b = (sp.Rational(int(n), 4) for n in rng.integers(2, 8, size=2))
    cases = (
        (sp.tanh(u_), a * v_**2 + b),
        (sp.log(u_), 1 + sp.exp(a * v_)),
        (u_**3 - u_, sp.sin(b * v_)),
        (sp.exp(-(u_**2)), v_**3 + a * v_),
    )
    for outside, inside in cases:
        outer, inner = sp.Lambda(u_, outside), sp.Lambda(v_, inside)
        expect_equivalent(
            answer(outer, inner, x_),
            _wanted(outer, inner, x_),
            {x_: (0.3, 1.2)},
            what="the derivative",
        )


@exercise.check("whatever the arguments are called")
def any_names(answer: Answer, rng: np.random.Generator) -> None:
    w = sp.Symbol("w_1")
    for outer_name, inner_name, symbol in (
        (x_, x_, x_),
        (x_, u_, w),
        (w, x_, w),
        (u_, v_, v_),
        (u_, v_, u_),
    ):
        outer = sp.Lambda(outer_name, outer_name**3)
        inner = sp.Lambda(inner_name, inner_name**2 + inner_name)
        expect_equivalent(
            answer(outer, inner, symbol),
            _wanted(outer, inner, symbol),
            {symbol: (0.3, 1.2)},
            what="the derivative",
        )


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def inner_slope_forgotten(outer, inner, x):
    """You took the outer slope at the right place and stopped. Where is the other slope?"""
    u = sp.Dummy()
    return sp.diff(outer(u), u).subs(u, inner(x))


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def outer_slope_at_x(outer, inner, x):
    """You multiplied both slopes, but you took the outer one at x.

    What does the outer function see in its place?
    """
    return sp.diff(outer(x), x) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def slope_of_slope(outer, inner, x):
    """You put the inner *slope* into the outer slope. Slopes are multiplied, not nested."""
    u = sp.Dummy()
    return sp.diff(outer(u), u).subs(u, sp.diff(inner(x), x))


@exercise.wrong(caught_by=square_of_a_line, hint=2)
def wrong_order(outer, inner, x):
    """You differentiated inner(outer(x)): the two functions have changed places."""
    u = sp.Dummy()
    return sp.diff(inner(u), u).subs(u, outer(x)) * sp.diff(outer(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def slopes_added(outer, inner, x):
    """You added the two slopes. A nudge goes through one machine after the other."""
    u = sp.Dummy()
    return sp.diff(outer(u), u).subs(u, inner(x)) + sp.diff(inner(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=4, recognise=letters_of_its_own)
def own_argument_left_in(outer, inner, x):
    """Your result contains a letter that the caller doesn't know; the caller knows x only.

    What stands in the place of that letter?
    """
    (argument,) = outer.variables
    return sp.diff(outer.expr, argument) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=any_names, hint=2, recognise=letters_of_the_first_call)
def own_letter_for_x(outer, inner, x):
    """You made a letter x of your own. The caller's may have another name: it comes in as `x`."""
    x, u = sp.Symbol("x"), sp.Dummy()
    return sp.diff(outer(u), u).subs(u, inner(x)) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=2)
def body_by_x(outer, inner, x):
    """You differentiated the body of a Lambda by x, but it may call its argument otherwise.

    Then the body does not contain x, and its slope in x is 0.
    """
    return sp.diff(outer.expr, x).subs(x, inner(x)) * sp.diff(inner.expr, x)


@exercise.wrong(caught_by=square_of_a_line, hint=2)
def lambda_itself_by_x(outer, inner, x):
    """You differentiated a Lambda itself, which is 0 for SymPy.

    Only what it returns when it is called is an expression in a letter.
    """
    return sp.diff(outer, x) * sp.diff(inner, x)


@exercise.wrong(caught_by=square_of_a_line, hint=2)
def by_the_inner_expression(outer, inner, x):
    """SymPy differentiates by letters only, not by an expression like 2x − 3.

    On paper dy/du is right. Here a letter has to stand for u first.
    """
    return sp.diff(outer(inner(x)), inner(x)) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def outer_not_differentiated(outer, inner, x):
    """You multiplied the composite itself by the inner slope. Two slopes are multiplied."""
    return outer(inner(x)) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def inner_not_differentiated(outer, inner, x):
    """You multiplied the outer slope by the inner *value*. Two slopes are multiplied."""
    u = sp.Dummy()
    return sp.diff(outer(u), u).subs(u, inner(x)) * inner(x)


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def inner_slope_twice(outer, inner, x):
    """The inner slope is in your product twice.

    SymPy's slope of the composite in x holds it already.
    """
    return sp.diff(outer(inner(x)), x) * sp.diff(inner(x), x)


@exercise.wrong(caught_by=curved, hint=1)
def inner_slope_at_the_inner_value(outer, inner, x):
    """Your inner slope is taken at the inner value, as the outer one is.

    What does the inner machine see?
    """
    u = sp.Dummy()
    return (sp.diff(outer(u), u) * sp.diff(inner(u), u)).subs(u, inner(x))


@exercise.wrong(caught_by=square_of_a_line, hint=1)
def not_differentiated(outer, inner, x):
    """You return the composite itself. Its slope is asked for."""
    u = inner(x)
    return outer(u)


@exercise.wrong(caught_by=square_of_a_line, hint=2)
def outer_slope_at_the_inner_slope(outer, inner, x):
    """You took the outer slope at the inner *slope*. The outer function sees the inner value."""
    u = sp.Dummy("u")
    return sp.diff(outer(u), u).subs(u, sp.diff(inner(x), x)) * sp.diff(inner(x), x)


@exercise.alternative
def with_the_functions_own_names(outer, inner, x):
    (u,), (v,) = outer.variables, inner.variables
    outer_slope = outer.expr.diff(u).xreplace({u: inner(x)})
    return outer_slope * inner.expr.diff(v).xreplace({v: x})


@exercise.alternative
def with_fdiff(outer, inner, x):
    u, v = sp.symbols("p q", cls=sp.Dummy)
    product = sp.Lambda(u, outer(u).diff(u))(inner(v)) * inner(v).diff(v)
    return sp.simplify(product.subs(v, x))


@exercise.alternative
def in_one_piece(outer, inner, x):
    return sp.diff(outer(inner(x)), x)

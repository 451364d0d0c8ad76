"""From a formula to code that takes arrays."""

import numpy as np
import sympy as sp

from annkit.exercises import Answer, Exercise, expect_close, expect_that, probe, raises
from annkit.exercises.cards.case import code

exercise = Exercise(
    id="to_numpy",
    title="From formula to code",
    points=1,
    size="about 1 line",
    task="""Turn a SymPy expression into a NumPy function, with `sp.lambdify`.
`to_numpy(expr, symbols)` returns a function that takes one value per symbol, **in the order
given**, numbers or arrays, and returns the expression's values. A symbol in the list that doesn't
occur in the expression is still an argument. (Sharing common subexpressions is better, but not
required.)

*Example:* `f = to_numpy(x**2 + y, [y, x])`; then `f(np.array([10., 20.]), np.array([1., 3.]))` is
`[11., 29.]`: y comes first.""",
    hints=(
        """
        Which order do the arguments of `sp.lambdify` have, and which library does the function
        call that it makes?
        """,
        """
        `sp.lambdify(arguments, expression, ...)`. `help(sp.lambdify)` is long; look for two words
        only: what does `modules` choose, and what does `cse` do?
        """,
        """
        The same for a fixed formula: `area = sp.lambdify([r], sp.pi * r**2, modules='numpy')`; then
        `area(np.array([1.0, 2.0]))` is `[3.14…, 12.57…]`.
        """,
        """
        Skeleton:

        ```python
        return sp.lambdify(..., ..., modules=..., cse=...)
        ```
        """,
    ),
)


@exercise.reference
def to_numpy(expr, symbols):
    """Turn an expression into a function of arrays.

    Args:
        expr: a SymPy expression that contains at least one of the symbols and no others.
        symbols: the list of symbols, in the order of the function's arguments.

    Returns:
        A function of len(symbols) arguments: numbers, or arrays that broadcast together. It
        returns a number or array of the common shape.
    """
    return sp.lambdify(symbols, expr, modules="numpy", cse=True)


@probe
def kind_of_the_result(to_numpy, expr, symbols):
    """Say what comes back."""
    made = to_numpy(expr, symbols)
    kind = type(made).__name__
    return callable(made), "nothing (None): is a `return` missing?" if made is None else kind


def as_python(expr, symbols, values):
    names = ", ".join(map(str, symbols))
    letters = f'{names} = sp.symbols("{" ".join(map(str, symbols))}")'
    return f"{letters}\nto_numpy({code(expr)}, [{names}])({', '.join(map(code, values))})"


@probe(shown=as_python)
def calling_the_result(to_numpy, expr, symbols, values):
    """Make the function and call it."""
    return to_numpy(expr, symbols)(*values)


x, y, z, w = sp.symbols("x y z w")


@exercise.check("returns a function")
def returns_a_function(answer: Answer, rng: np.random.Generator) -> None:
    is_function, kind = answer.probe(kind_of_the_result, x * y, [x, y])
    expect_that(is_function, f"A function should come back, got {kind}.")


@exercise.check("numbers, in the order given")
def numbers(answer: Answer, rng: np.random.Generator) -> None:
    expect_close(answer.probe(calling_the_result, x**2 - y, [x, y], [3.0, 2.0]), 7.0)
    expect_close(
        answer.probe(calling_the_result, x**2 - y, [y, x], [3.0, 2.0]), 1.0, why="y comes first"
    )


@exercise.check("arrays, entry by entry", points=1)
def arrays(answer: Answer, rng: np.random.Generator) -> None:
    ones, zeros = np.array([1.0, 2.0]), np.array([0.0, 0.0])
    got = answer.probe(calling_the_result, sp.exp(x) + y, [y, x], [ones, zeros])
    expect_close(got, ones + 1, what="the values")
    a, b, c = rng.normal(size=(3, 5))
    sigma = 1 / (1 + np.exp(-(a * b + c)))
    got = answer.probe(calling_the_result, sp.tanh(x) * y + sp.exp(-(z**2)), [z, x, y], [a, b, c])
    expect_close(got, np.tanh(b) * c + np.exp(-(a**2)), what="the values")
    formula = 1 / (1 + sp.exp(-(w * x + y)))
    got = answer.probe(calling_the_result, formula * (1 - formula), [w, x, y], [a, b, c])
    expect_close(got, sigma * (1 - sigma), what="the values")
    kinked = sp.Piecewise((0, x <= 0), (x * y, True))
    got = answer.probe(calling_the_result, kinked, [x, y], [a, b])
    expect_close(got, np.where(a <= 0, 0.0, a * b), what="the values", why="0 where x ≤ 0")


@exercise.check("a symbol that does not occur is still an argument")
def idle_symbol(answer: Answer, rng: np.random.Generator) -> None:
    a, b = rng.normal(size=(2, 4))
    got = answer.probe(calling_the_result, 3 * x + 1, [z, x], [a, b])
    expect_close(got, 3 * b + 1, what="the values", why="z comes first and is not used")


@exercise.check("tables too: a column and a row broadcast")
def broadcast(answer: Answer, rng: np.random.Generator) -> None:
    column, row = rng.normal(size=(3, 1)), rng.normal(size=(1, 4))
    got = answer.probe(calling_the_result, x * sp.sin(y), [x, y], [column, row])
    expect_close(got, column * np.sin(row), what="the values")


@exercise.wrong(caught_by=numbers, hint=1)
def sorted_by_name(expr, symbols):
    """Your arguments come in the alphabet's order. The caller's list gives the order."""
    return sp.lambdify(sorted(symbols, key=str), expr, modules="numpy")


def _leaves_the_order_to_the_formula(calls):
    """Whether idle symbols are no arguments, and the others may change places."""
    asked = [call for call in calls if len(call.args) == 3]
    idle = [call for call in asked if set(call.args[1]) - call.args[0].free_symbols]
    others = [call for call in asked if call not in idle]
    refused = [call.error and "positional argument" in call.error.message for call in idle]
    if not idle or not all(refused) or any(call.error for call in others):
        return False
    rights = [
        sp.lambdify(list(symbols), expr, "numpy")(*values)
        for expr, symbols, values in (call.args for call in others)
    ]
    return not all(
        np.allclose(call.value, right) for call, right in zip(others, rights, strict=True)
    )


@exercise.wrong(caught_by=numbers, hint=1, recognise=_leaves_the_order_to_the_formula)
def own_order(expr, symbols):
    """You took the symbols from the expression.

    The caller's list gives the order, and may hold symbols that don't occur.
    """
    return sp.lambdify(sorted(expr.free_symbols, key=str), expr, modules="numpy")


def _bends_arrays(call):
    """Whether arrays go into a formula with exp, tanh or the like."""
    expr, _, *values = call.args
    return bool(values and expr.atoms(sp.Function) and any(map(np.ndim, values[0])))


_HELPLESS = ("TypeError", "AttributeError", "ValueError", "SympifyError")


def _only_numbers(calls):
    """Whether single numbers go well, and arrays end in an error where something bends them."""
    fails = raises(*_HELPLESS, where=_bends_arrays)
    single = [call for call in calls if len(call.args) < 3 or not any(map(np.ndim, call.args[2]))]
    return fails(calls) and all(call.error is None for call in single)


@exercise.wrong(caught_by=arrays, hint=2, recognise=_only_numbers)
def for_numbers_only(expr, symbols):
    """Your function works for single numbers only: it calls `math`, or SymPy itself, not NumPy."""
    return sp.lambdify(symbols, expr, modules="math")


@exercise.wrong(caught_by=numbers, hint=2)
def one_argument(expr, symbols):
    """Your function wants all values in one list. They come one by one."""
    return sp.lambdify([symbols], expr, modules="numpy")


@exercise.wrong(caught_by=returns_a_function, hint=2, recognise=raises("lambdifygenerated"))
def formula_first(expr, symbols):
    """`lambdify` can't read its first argument as a list of symbols. What belongs there?"""
    return sp.lambdify(expr, symbols)


@exercise.wrong(caught_by=returns_a_function, hint=1)
def still_an_expression(expr, symbols):
    """You return an expression. A function that can be called with numbers is asked for."""
    return expr


@exercise.wrong(caught_by=returns_a_function, hint=2)
def source_text(expr, symbols):
    """You return the source of a function as text. What comes back must be callable."""
    from sympy.printing.numpy import NumPyPrinter

    return NumPyPrinter().doprint(expr)


@exercise.wrong(caught_by=numbers, hint=1)
def backwards(expr, symbols):
    """Your arguments come in the reverse of the order given."""
    return sp.lambdify(symbols[::-1], expr, modules="numpy")


@exercise.wrong(caught_by=idle_symbol, hint=1)
def idle_symbols_left_out(expr, symbols):
    """You left symbols out that don't occur in the expression. The caller still passes them."""
    used = [symbol for symbol in symbols if symbol in expr.free_symbols]
    return sp.lambdify(used, expr, modules="numpy")


@exercise.alternative
def without_cse(expr, symbols):
    return sp.lambdify(tuple(symbols), expr, "numpy")


@exercise.alternative
def number_by_number(expr, symbols):
    return np.vectorize(lambda *values: float(expr.subs(dict(zip(symbols, values, strict=True)))))


@exercise.alternative
def shared_by_hand(expr, symbols):
    shared, (short,) = sp.cse(expr)
    names = list(symbols)
    steps = []
    for name, piece in shared:
        steps.append(sp.lambdify(list(names), piece, "numpy"))
        names.append(name)
    last = sp.lambdify(names, short, "numpy")

    def function(*values):
        known = list(values)
        for step in steps:
            known.append(step(*known))
        return last(*known)

    return function

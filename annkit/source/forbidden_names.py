"""Which names a rule on an answer's source is about: tables, and nothing that acts.

A rule that forbids one way to differentiate forbids them all (a *family*); for every rule, names
that reach others by text or by reflection are ways around it. What an answer on paper needs
anyway is listed as harmless; whatever is on no list is left to a person.

Not here: searching a source (`forbidden_search`).
"""

import builtins


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# One name of a family stands for all of it.
DIFFERENTIATION = words(
    """
    diff Derivative fdiff idiff diffs jacobian Jacobian hessian gradient grad derivative
    derivatives deriv polyder differentiate differentiate_finite derive_by_array
    as_finite_difference as_finite_diff finite_diff_weights apply_finite_diff finite_diff
    series nseries lseries aseries fps taylor taylor_term rs_series ring_series limit Limit
    limit_seq gruntz residue leading_term as_leading_term compute_leading_term
    calculus diffgeom euler_equations directional_derivative divergence curl wronskian
    _eval_derivative _eval_derivative_n_times _eval_diff _diff_wrt _eval_nseries
    value_and_grad elementwise_grad jacfwd jacrev approx_fprime
    """
)
FAMILIES = (DIFFERENTIATION,)
# Whole libraries that differentiate.
DIFFERENTIATING_MODULES = words(
    "mpmath scipy autograd jax torch tensorflow numdifftools theano aesara casadi"
)

# Names that reach any other name: with one of them a source no longer says what it does.
AROUND = words(
    """
    eval exec compile getattr setattr delattr vars globals locals __import__ get_ipython
    __builtins__ breakpoint attrgetter methodcaller getattr_static import_module resolve_name
    run_cell run_line_magic run_cell_magic user_ns parse_expr parse_latex parse_mathematica
    parse_maxima stringify_expr eval_expr
    """
)
AROUND_MODULES = words(
    """
    builtins importlib inspect ctypes gc sys types pickle marshal codecs code runpy pkgutil
    pydoc IPython subprocess os dill cloudpickle timeit doctest
    """
)
# They evaluate text; a number or an expression is harmless.
READERS = words("sympify _sympify S N nsimplify simplify expand factor Matrix subs")
# Text given to them is a name or a message and is never evaluated.
NAMERS = words("symbols Symbol Dummy Wild Function print join split")

HARMLESS_MODULES = words("sympy numpy math cmath functools itertools operator annkit my_ann")
# Matrices are not among them: a function of the matrix ((z, 1), (0, z)) holds its derivative.
HARMLESS = words(
    """
    abs all any bool complex dict divmod enumerate filter float frozenset int isinstance
    issubclass iter len list map max min next object pow print property range reversed round
    set slice sorted staticmethod classmethod str sum super tuple zip display
    True False None NotImplemented

    Symbol Symbols symbols Dummy Expr Basic Add Mul Pow Integer Rational Float Number S Half
    One Zero NegativeOne pi E I oo nan exp log ln sqrt cbrt root sin cos tan sec csc cot sinh
    cosh tanh sech csch coth asin acos atan atan2 asinh acosh atanh sign Abs Heaviside Piecewise
    Max Min Eq Ne Lt Le Gt Ge And Or Not KroneckerDelta Lambda sympify
    tolist Sum Product prod
    subs xreplace replace simplify expand factor together cancel collect apart ratsimp
    powsimp logcombine expand_log trigsimp doit args func free_symbols name is_zero evalf N
    signature variables expr rhs lhs

    fromkeys append extend insert pop copy get items keys values update setdefault index count
    join split format strip lower upper sort reverse add
    reduce accumulate product chain combinations permutations repeat starmap zip_longest partial
    add sub mul truediv neg array asarray sum mean
    """
)
# They raise with a message or are caught; no rule is about them.
EXCEPTIONS = frozenset(
    name
    for name, kind in vars(builtins).items()
    if isinstance(kind, type) and issubclass(kind, BaseException)
)

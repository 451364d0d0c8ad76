"""A rule on an answer's source: names that it may not use, found by syntax and never by value.

What is plainly against the rule (a forbidden name, its family, `getattr` and its like, text that
is evaluated) is *certain*. A rule that forbids one way to differentiate forbids them all: they are
a family. What an answer on paper needs anyway is listed as harmless; a name that is on no list is
reported too, for a person to look at.

Not here: walking a source (`forbidden_search`), where sources come from (in a notebook
`annkit.exercises.judging.ruled_out`, for marks `annkit.grading.marking.forbidden_marks`).
"""

import builtins
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

BY_HAND = "its work is what this task asks of you; compare with it afterwards, in another cell"
HIDES = "through it any name can be reached without being written"
TEXT = "text that SymPy evaluates can hold any name"
PIECES = "text that is put together can hold any name, and SymPy may evaluate it"
_UNKNOWN = "not among the names this task is known to need"
_STEP = "so small a number may be the step of a difference quotient"
_UNREADABLE = "what is no plain Python cannot be checked"
# Nobody needs a number this close to zero to write a formula down.
_SMALL_STEP = 1e-2


def _words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


# One name of a family stands for all of it.
DIFFERENTIATION = _words(
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
_FAMILIES = (DIFFERENTIATION,)
# Whole libraries that differentiate.
DIFFERENTIATING_MODULES = _words(
    "mpmath scipy autograd jax torch tensorflow numdifftools theano aesara casadi"
)

# Names that reach any other name: with one of them a source no longer says what it does.
_AROUND = _words(
    """
    eval exec compile getattr setattr delattr vars globals locals __import__ get_ipython
    __builtins__ breakpoint attrgetter methodcaller getattr_static import_module resolve_name
    run_cell run_line_magic run_cell_magic user_ns parse_expr parse_latex parse_mathematica
    parse_maxima stringify_expr eval_expr
    """
)
_AROUND_MODULES = _words(
    """
    builtins importlib inspect ctypes gc sys types pickle marshal codecs code runpy pkgutil
    pydoc IPython subprocess os dill cloudpickle timeit doctest
    """
)
_HARMLESS_MODULES = _words("sympy numpy math cmath functools itertools operator annkit my_ann")
# Matrices are not among them: a function of the matrix ((z, 1), (0, z)) holds its derivative.
_HARMLESS = _words(
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


@dataclass(frozen=True)
class Use:
    """One use of a name against a rule.

    Attributes:
        name: as it is written.
        line: in the source, counted from 1.
        why: half a sentence on what is wrong with it.
        certain: whether it is against the rule for sure.
        around: whether it is a way around any rule, wherever it stands.
    """

    name: str
    line: int
    why: str
    certain: bool = True
    around: bool = False

    def __str__(self) -> str:
        """The name and its line."""
        return f"`{self.name}` (line {self.line})"


def unreadable(line: int = 1) -> Use:
    """What stands for a source that cannot be parsed."""
    return Use("no plain Python", line, _UNREADABLE, around=True)


class Rule:
    """What an exercise forbids.

    Args:
        forbidden: the names; one name of a family stands for the whole family.
        harmless: further names that its right answers are known to need.
    """

    def __init__(self, forbidden: Collection[str], harmless: Collection[str] = ()) -> None:
        """Complete the names by their families."""
        families = [family for family in _FAMILIES if not family.isdisjoint(forbidden)]
        self.names = frozenset(forbidden).union(*families)
        self._differentiation = DIFFERENTIATION in families
        modules = DIFFERENTIATING_MODULES if self._differentiation else frozenset()
        self._modules = self.names | modules
        self._harmless = (_HARMLESS | EXCEPTIONS | frozenset(harmless)) - self.names
        self._word = re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(self.names)))})\b")

    def judge_name(self, name: str, line: int, own: Collection[str], shown: str) -> Iterator[Use]:
        """Judge a name as such, wherever it stands."""
        if name in self.names:
            yield Use(shown, line, BY_HAND)
        elif name in _AROUND:
            yield Use(shown, line, HIDES, around=True)
        elif name not in self._harmless and name not in own:
            yield Use(shown, line, _UNKNOWN, certain=False)

    def judge_module(self, path: str, line: int) -> Iterator[Use]:
        """Judge a module that is imported."""
        parts = path.split(".")
        if self._modules.intersection(parts):
            yield Use(path, line, BY_HAND)
        elif _AROUND_MODULES.intersection(parts):
            yield Use(path, line, HIDES, around=True)
        elif parts[0] not in _HARMLESS_MODULES:
            yield Use(path, line, _UNKNOWN, certain=False)

    def judge_text(self, text: str, line: int, is_name: bool = False) -> Iterator[Use]:
        """Judge a text that is no docstring: a name by itself may be a key, or part of one."""
        if self.names_one(text):
            certain = re.fullmatch(r"[\w\s]*", text) is None
            yield Use(f'"{text[:40]}"', line, TEXT, certain=certain)
        elif "(" in text and not is_name:
            yield Use(f'"{text[:40]}"', line, TEXT, certain=False)

    def names_one(self, text: str) -> bool:
        """Whether a text holds a forbidden name."""
        return self._word.search(text) is not None

    def judge_number(self, number: object, line: int) -> Iterator[Use]:
        """Judge a number: a tiny one, or one that is made to divide by, may be a step."""
        if not self._differentiation or not isinstance(number, int | float):
            return
        if 0 < abs(number) < _SMALL_STEP or abs(number) >= 10 / _SMALL_STEP:
            shown = f"{number:g}" if isinstance(number, float) else hex(number)[:20]
            yield Use(shown, line, _STEP, certain=False)

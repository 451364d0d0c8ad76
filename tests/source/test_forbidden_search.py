"""Evasions of a rule that forbids `diff`, and honest answers that meet it."""

import ast

import pytest

from annkit.source.forbidden import Rule
from annkit.source.forbidden_search import search

RULE = Rule(("diff",), ("Matrix", "zeros"))  # as where right answers need matrices
BOUND = {"sp", "np", "operator", "sigma", "t"}


def certain(source):
    """Names that are against the rule for sure."""
    uses = search(RULE, ast.parse(source), BOUND)
    return [use.name for use in uses if use.certain]


def unclear(source):
    """Names that are left to a person."""
    uses = search(RULE, ast.parse(source), BOUND)
    return [use.name for use in uses if not use.certain]


EVASIONS = (
    "sp.diff(sigma(z), z)",
    "sigma(z).diff(z)",
    "diff(z, z)",
    'getattr(z, "di" + "ff")(z)',
    "sp.Derivative(z, z).doit()",
    "sp.exp(z).fdiff()",
    "sp.Matrix([z]).jacobian([z])[0]",
    'operator.methodcaller("di" + "ff", z)(z)',
    'operator.attrgetter("di" + "ff")(z)(z)',
    'vars(sp)["diff"](z, z)',
    'sp.__dict__["di" + "ff"](z, z)',
    'z.__getattribute__("di" + "ff")(z)',
    'object.__getattribute__(z, "di" + "ff")(z)',
    'globals()["di" + "ff"](z)',
    'eval("z.di" + "ff(z)")',
    "exec(chr(100))",
    "sp.calculus.finite_diff.apply_finite_diff(1, [0], [0])",
    "sp.differentiate_finite(z, z)",
    "sp.series(z, z, 0, 2)",
    "z.nseries(z, 0, 2)",
    "sp.limit(z, z, 0)",
    "sp.idiff(z, z, z)",
    "sp.Poly(z).diff()",
    'sp.sympify("diff(z**2, z)")',
    'sp.sympify("di" "ff(z**2, z)")',
    'sp.S("di" + "ff(z**2, z)")',
    "sp.S(f\"{'di'}{'ff'}(z**2, z)\")",
    'sp.S("diff")(z, z)',
    'sp.exp("diff(z**2, z)")',
    'z.subs(z, "diff(z**2, z)")',
    'sp.lambdify(z, "diff(z**2, z)")',
    'parse_expr("z")',
    "mpmath.diff(z, 1)",
    "np.gradient(z)",
    '"{0.diff}".format(z)',
    "list(map(sp.Expr.diff, [z]))",
    "(lambda d=diff: d(z))()",
    "sp.solve(diff(z, z), z)",
    "sp.zoo.diff.__call__(z)",
)


@pytest.mark.parametrize("expression", EVASIONS)
def test_an_evasion_is_certain(expression):
    assert certain(f"def f(z):\n    return {expression}\n")


@pytest.mark.parametrize(
    "source",
    [
        "from sympy import diff as d",
        "from sympy.core.function import Derivative as D",
        "from sympy.calculus import *",
        "import sympy.calculus.finite_diff as q",
        "import mpmath as m",
        "import scipy.optimize",
        "import builtins as b",
        "from operator import methodcaller as m",
        "import importlib",
        "class F(sp.Function):\n    def fdiff(self, argindex=1):\n        return 1",
        "def f(z):\n    match z:\n        case sp.Expr(diff=d):\n            return d(z)",
        "def f(z):\n    if z:\n        diff = 1\n    return z.diff(diff)",
        "f = lambda z, d=sp.diff: d(z, z)",
        "@sp.diff\ndef f(z):\n    return z",
        "def f(z):\n    global diff\n    return diff(z)",
        "f = " + "-" * 3000 + "1",
    ],
)
def test_so_is_one_in_a_statement(source):
    try:
        tree = ast.parse(source)
    except (RecursionError, MemoryError):
        return
    assert any(use.certain for use in search(RULE, tree, BOUND))


@pytest.mark.parametrize(
    "expression",
    [
        "chr(100)",
        "sp.solve(z, z)",
        "sp.lambdify(z, z)(1)",
        "sp.sympify(t)",
        'sp.exp("ff"[::-1] + "(z)")',
        "(sigma(z + 1e-5) - sigma(z - 1e-5)) / 2e-5",
        "(sigma(z + sp.Rational(1, 10**6)) - sigma(z)) * 10**6",
        "something_from_elsewhere",
        "z.some_method()",
        '"".join(["a", "b"])',
        "sp.simplify(str((z, 1)))",
        'sp.Symbol("a").name',
        'sp.exp(f"{z}")',
        'sp.exp("%s" % z)',
        'sp.exp(list({"f(z)": 1})[0])',
        "sp.eye(2) * z",
    ],
)
def test_what_is_not_known_is_left_to_a_person(expression):
    source = f"def f(z):\n    return {expression}\n"
    assert not certain(source)
    assert unclear(source)


@pytest.mark.parametrize(
    "source",
    [
        'def f(z):\n    """Without diff (by hand): diff(z) is ruled out."""\n    return sigma(z)',
        "def f(a, b):\n    diff = a - b\n    return {'w': diff * a, 'diff': diff}['diff']",
        "def f(z):\n    gradient = {}\n    for k in range(2):\n        gradient[f'w{k}'] = z[k]\n"
        "    return gradient",
        "def f(z):\n    total = sum(sp.exp(v) for v in z)\n    p = [sp.exp(v) / total for v in z]\n"
        "    return sp.Matrix(len(z), len(z), lambda i, j: p[i] * (int(i == j) - p[j]))",
        "def f(z, k):\n    if k < 0:\n        raise ValueError('no diff (here)')\n"
        "    out = sp.zeros(1, len(z))\n    out[0, k] = sp.Rational(1, 2) + sp.S(1) / 2\n"
        "    return sp.simplify(out)",
        "def f(s):\n    x1, x2 = (s[f'x{i}'] for i in (1, 2))\n"
        "    h = sp.tanh(s['w' + str(1)] * x1)\n"
        "    return {'c': h.subs(x1, x2), 'b': sp.S('1/2') * sp.symbols('q')}",
        "def f(z):\n    return sp.Piecewise((1, z > 0), (sp.S.Half, sp.Eq(z, 0)), (0, True))",
        "def f(z):\n    if z == 0:\n        raise ValueError(f'without diff (got {z!r})')\n"
        "    print(f'diff ({z})', str(z))\n"
        "    return sp.Symbol('w' + str(1)) * sp.symbols(f'x{1}')",
        "def f(z):\n    match z:\n        case sp.Expr():\n"
        "            return {f'w{i}': z for i in (1,)}",
        "class f:\n    def __init__(self, z):\n        self.kept = z\n"
        "    def slope(self):\n        return self.kept * 2",
    ],
)
def test_an_honest_answer_meets_the_rule(source):
    assert search(RULE, ast.parse(source), BOUND) == []


@pytest.mark.parametrize(
    "source",
    [
        "from sympy.stats import density",
        "stats = 0\nsp.stats",
        "class C:\n    pass\nC.stats = 0\nsp.stats",
        "def f(z):\n    try:\n        raise ValueError('f(z)')\n    except ValueError as e:\n"
        "        return e.args",
        "def f(z):\n    match z:\n        case sp.Expr(d):\n            return d(z)",
    ],
)
def test_what_a_module_holds_is_never_ones_own(source):
    uses = search(RULE, ast.parse(source), BOUND | {"stats"}, (), {"sp"})
    assert uses
    assert not any(use.certain for use in uses)


def test_a_pattern_that_names_its_attributes_by_text():
    source = "class P(sp.Mul):\n    __match_args__ = (''.join(['di', 'ff']),)"
    assert "__match_args__" in certain(source)


def test_a_helper_of_ones_own_may_have_the_name():
    tree = ast.parse("def f(z):\n    return derivative(z)")
    assert not search(RULE, tree, (), {"derivative"})
    assert search(RULE, tree, {"derivative"})[0].certain


def test_a_name_without_a_family_stands_for_itself():
    rule = Rule(("sort", "sorted"))
    assert [use.name for use in search(rule, ast.parse("sorted(x)"), {"x"})] == ["sorted"]
    assert [use.name for use in search(rule, ast.parse("x.sort()"), {"x"})] == ["x.sort"]
    assert not [use for use in search(rule, ast.parse("x.diff()"), {"x"}) if use.certain]

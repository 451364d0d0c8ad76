"""Names: what a piece of code binds, and what it looks up, however it is spelt."""

import ast
import builtins
import dis
import sys
from collections.abc import Iterator
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

from annkit.source.names import names_of, root_name

# Source, what it binds, what it looks up at once, what its functions look up when called.
# Built-in names are left out of the last two.
TABLE = [
    # Functions: parameters and variables are their own.
    ("def f(x, /, y, *a, z=1, **k):\n    return x, y, a, z, k", "f", "", ""),
    ("def f(x, k=scale, *, j=step):\n    return g(x)", "f", "scale step", "g"),
    ("def f(x=lambda y: y + w):\n    return y", "f", "", "w y"),
    ("@wrap(kind)\ndef f(x):\n    return x", "f", "wrap kind", ""),
    ("def f(n):\n    return n * f(n - 1)", "f", "", "f"),
    ("async def f(x):\n    async for y in x:\n        await g(y)", "f", "", "g"),
    ("def f():\n    x = 1\n    def g():\n        return x + y\n    return g", "f", "", "y"),
    ("def f():\n    def g():\n        return x\n    x = 1\n    return g", "f", "", ""),
    ("f = lambda z: g(z)", "f", "", "g"),
    ("f = (lambda x: lambda y: x + y + z)(a)", "f", "a", "z"),
    ("def f():\n    if c:\n        diff = 1\n    return diff", "f", "", "c"),
    ("def f():\n    del x\n    return x", "f", "", ""),
    ("def f():\n    x: int\n    return x", "f", "", ""),
    ("def f():\n    (x): int\n    return x", "f", "", "x"),
    ("def f():\n    import a.b\n    from c import d as e\n    return a, e, d", "f", "", "d"),
    # Global and nonlocal.
    ("def f():\n    global c\n    c = d", "f c", "", "d"),
    ("def f():\n    global c\n    return c", "f", "", "c"),
    ("def f():\n    global c\n    import a as c", "f c", "", ""),
    ("def f():\n    global c\n    del c", "f", "", "c"),
    ("def f():\n    c = 1\n    def g():\n        global c\n        return c", "f", "", "c"),
    ("def f():\n    global c\n    def g():\n        return c", "f", "", "c"),
    ("def f():\n    c = 1\n    def g():\n        nonlocal c\n        c += d", "f", "", "d"),
    ("def f():\n    c = 1\n    def g():\n        def h():\n            return c", "f", "", ""),
    ("class A:\n    global c\n    c = 1", "A c", "", ""),
    # Assignments, deletions, loops.
    ("x, (y, *z) = a", "x y z", "a", ""),
    ("x.a = y[i] = v", "", "x y i v", ""),
    ("x += y", "x", "x y", ""),
    ("x[0] += y", "", "x y", ""),
    ("x: Kind = y", "x", "Kind y", ""),
    ("x: Kind", "", "Kind", ""),
    ("del x, y[0]", "", "x y", ""),
    ("for i, x[0] in a:\n    pass\nelse:\n    j = 1", "i j", "x a", ""),
    ("with a as b, c(d) as (e, f.g):\n    pass", "b e", "a c d f", ""),
    ("try:\n    a\nexcept B as e:\n    c(e)\nexcept (D, E):\n    pass", "e", "a B c D E e", ""),
    ("if (n := a) > b:\n    pass", "n", "a b", ""),
    # Imports.
    ("import a.b, c.d as e", "a e", "", ""),
    ("from a import b, c as d", "b d", "", ""),
    ("from a import *", "*", "", ""),
    ("from . import a", "a", "", ""),
    # Comprehensions have a scope of their own, but for their first list and `:=`.
    ("[x for x in y]", "", "y", ""),
    ("{x for x in y if z}", "", "y z", ""),
    ("{x: k for x in y}", "", "y k", ""),
    ("list(x for x in y)", "", "y", ""),
    ("[x for x in x]", "", "x", ""),
    ("[x for y in z for x in y]", "", "z", ""),
    ("[b for b in a if (last := b)]", "last", "a", ""),
    ("def f():\n    [b for b in a if (last := b)]\n    return last", "f", "", "a"),
    ("def f():\n    global t\n    return [t := b for b in a]", "f t", "", "a"),
    ("def f():\n    [K for K in ()]\n    return K", "f", "", "K"),
    ("f = [lambda: x + y for x in a]", "f", "a", "y"),
    # Classes: their names are seen by nobody inside, and they look among the globals themselves.
    ("class A(Base, metaclass=Meta):\n    k = 1\n    j = k", "A", "Base Meta", ""),
    ("class A:\n    k = 1\n    def m(self):\n        return k + self.j", "A", "", "k"),
    ("class A:\n    k = k", "A", "k", ""),
    ("class A:\n    j = k\n    k = 1", "A", "k", ""),
    ("class A:\n    if c:\n        k = 1\n    j = k", "A", "c k", ""),
    ("class A:\n    k = 1\n    del k\n    j = k", "A", "k", ""),
    ("class A:\n    k += 1", "A", "k", ""),
    ("class A:\n    import k\n    def m(self): pass\n    j = k, m, __qualname__", "A", "", ""),
    ("class A:\n    k = 1\n    j = [k for _ in a]", "A", "a k", ""),
    ("class A:\n    k = 1\n    j = [i for i in k]", "A", "", ""),
    ("class A:\n    def m(self, x: T = D) -> R:\n        return __class__", "A", "T D R", ""),
    ("def f():\n    return super(A, b), __class__", "f", "", "A b __class__"),
    ("def f():\n    k = 1\n    class A:\n        j = k\n        k = 2", "f", "", "k"),
    ("def f():\n    k = 1\n    class A:\n        j = k", "f", "", ""),
    ("class A:\n    class B:\n        j = C\n    i = B", "A", "C", ""),
    ("class A:\n    def m(self):\n        return __x, __y__", "A", "", "_A__x __y__"),
    ("class _A:\n    def m(self):\n        global __x\n        __x = 1", "_A _A__x", "", ""),
    ("class __:\n    j = __x", "__", "__x", ""),
    # Matching.
    ("match a:\n    case [b, *c]:\n        pass", "b c", "a", ""),
    ("match a:\n    case {'k': b, **c}:\n        pass", "b c", "a", ""),
    ("match a:\n    case K(b, d=e) as c if m.n | g:\n        pass", "b c e", "a K m g", ""),
    ("def f(a):\n    match a:\n        case diff:\n            return diff", "f", "", ""),
    # Texts, attributes and keywords are no names.
    ("nn.sigmoid(z=w)", "", "nn w", ""),
    ("f'{a!r:{b}} c'", "", "a b", ""),
    ("x = 'a'", "x", "", ""),
    ("def f(x: 'Kind'): pass", "f", "", ""),
]
NEWER = [
    ("def f[T: B](x: T = d) -> T:\n    return T, y", "f", "d", "B y"),
    ("class A[T](Base[T]):\n    x: T\n    k = T", "A", "Base", ""),
    ("type X[T] = dict[T, K]", "X", "", "K"),
]
if sys.version_info >= (3, 12):
    TABLE += NEWER


def words(names: frozenset[str]) -> str:
    return " ".join(sorted(names - set(dir(builtins))))


def in_order(text: str) -> str:
    return " ".join(sorted(text.split()))


@pytest.mark.parametrize(("source", "bound", "at_once", "later"), TABLE)
def test_every_spelling(source: str, bound: str, at_once: str, later: str) -> None:
    names = names_of(source)
    assert words(names.bound) == in_order(bound)
    assert words(names.at_once) == in_order(at_once)
    assert words(names.later) == in_order(later)


class Anything:
    """Stands for whatever a name could mean."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Decorate, or make something."""
        return args[0] if args else Anything()

    def __getitem__(self, key: Any) -> Any:
        return Anything()

    def __iter__(self) -> Iterator[Any]:
        return iter([Anything(), Anything()])

    def __enter__(self) -> Any:
        return self

    def __add__(self, other: Any) -> Any:
        return self

    __or__ = __gt__ = __iadd__ = __radd__ = __add__

    def __ignore__(self, *args: Any) -> None:
        """Take it."""

    __setitem__ = __delitem__ = __exit__ = __ignore__


class Asked(dict[str, Any]):
    """The built-in names, and a note of every other name that is asked for."""

    def __init__(self) -> None:
        super().__init__(vars(builtins), __import__=lambda *args: Anything())
        self.names: set[str] = set()

    def __missing__(self, name: str) -> Any:
        self.names.add(name)
        return Anything()


# What does not run past every name.
BRANCHES = ("try:", "match ", "if c:", "x: T")


@pytest.mark.parametrize("source", [row[0] for row in TABLE])
def test_what_python_asks_for_when_it_runs_the_code(source: str) -> None:
    """The names looked up at once, no fewer and no more."""
    asked = Asked()
    namespace: dict[str, Any] = {"__builtins__": asked, "__name__": "here"}
    ends = not any(word in source for word in BRANCHES)
    try:
        exec(compile(source, "<row>", "exec", dont_inherit=True), namespace)
    except Exception:
        ends = False
    expected = names_of(source).at_once - set(dir(builtins))
    assert asked.names <= expected
    assert asked.names == expected or not ends


LOOK_UP = {"LOAD_GLOBAL", "LOAD_NAME", "LOAD_FROM_DICT_OR_GLOBALS", "DELETE_GLOBAL", "DELETE_NAME"}
# What Python itself gives a module or a class.
GIVEN = {"__doc__", "__module__", "__qualname__", "__name__", "__annotations__", "__classdict__"}
GIVEN |= {"__conditional_annotations__", "__static_attributes__", "__firstlineno__"}


def in_compiled(code: CodeType) -> tuple[set[str], set[str]]:
    """Names that compiled code looks up and binds among the globals."""
    steps = [(step.opname, str(step.argval)) for step in dis.get_instructions(code)]
    stored = {name for kind, name in steps if kind == "STORE_NAME"}
    looked_up = {name for kind, name in steps if kind in LOOK_UP}
    bound = {name for kind, name in steps if kind == "STORE_GLOBAL"}
    if code.co_name == "<module>":
        bound |= stored
    else:  # a class looks at its own names first
        looked_up -= stored
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            more, others = in_compiled(inner)
            looked_up |= more
            bound |= others
    return looked_up, bound


LIBRARY = Path(ast.__file__).parent
SOURCES = [*sorted(LIBRARY.glob("*.py"))[::8], *sorted((LIBRARY / "asyncio").glob("*.py"))[::4]]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_nothing_that_compiled_code_looks_up_is_missed(path: Path) -> None:
    """In some of Python's own modules, under whatever Python this is."""
    source = path.read_text(encoding="utf-8")
    looked_up, bound = in_compiled(compile(source, path.name, "exec", dont_inherit=True))
    names = names_of(source)
    assert looked_up - names.looked_up <= GIVEN
    assert bound - names.bound <= GIVEN


@pytest.mark.parametrize("source", [row[0] for row in TABLE])
def test_nor_in_the_table(source: str) -> None:
    looked_up, bound = in_compiled(compile(source, "<row>", "exec", dont_inherit=True))
    assert looked_up - names_of(source).looked_up <= GIVEN
    assert bound - names_of(source).bound <= GIVEN


def test_no_part_of_the_syntax_gives_names_unnoticed() -> None:
    """A Python with a new one fails here, and not silently."""
    known = {"FunctionDef", "AsyncFunctionDef", "ClassDef", "arg", "Name", "alias", "ExceptHandler"}
    known |= {"Global", "Nonlocal", "MatchAs", "MatchStar", "MatchMapping"}
    known |= {"TypeVar", "ParamSpec", "TypeVarTuple"}
    no_variables = {"Attribute", "keyword", "ImportFrom", "MatchClass"}
    grammar = {name: str(kind.__doc__) for name, kind in vars(ast).items()}
    giving = {
        name
        for name, rule in grammar.items()
        if rule.startswith(f"{name}(") and "identifier" in rule
    }
    assert "Name" in giving
    assert giving <= known | no_variables


def test_used_and_wanted_leave_out_what_is_there_anyway() -> None:
    names = names_of("import a\nx = a.b(len(y))\nprint(x)")
    assert names.used == {"a", "x", "y"}
    assert names.wanted == {"y", "len", "print"}
    assert {"len", "print"} <= names.looked_up


def test_members_are_what_classes_bind() -> None:
    code = "class A:\n    k: int = 1\n    def m(self):\n        self.y = x = 1"
    assert names_of(code).members == {"k", "m"}


def test_a_long_expression_hides_nothing() -> None:
    assert names_of("x = " + " + ".join(["1"] * 900) + " + a").used == {"a"}


def test_a_tree_stays_as_it_is() -> None:
    tree = ast.parse("[x for x in y]\ndel z")
    before = ast.dump(tree, include_attributes=True)
    assert names_of(tree) == names_of(tree)
    assert ast.dump(tree, include_attributes=True) == before


def test_what_is_no_python_is_said() -> None:
    with pytest.raises(SyntaxError):
        names_of("def f(:")


def test_the_first_name_of_a_chain() -> None:
    def chain(text: str) -> ast.expr:
        return ast.parse(text, mode="eval").body

    assert root_name(chain("a.b.c")) == root_name(chain("a")) == "a"
    assert root_name(chain("a[0].b")) == root_name(chain("a().b")) == ""
    assert root_name(chain("a[0].b"), (ast.Attribute, ast.Subscript)) == "a"

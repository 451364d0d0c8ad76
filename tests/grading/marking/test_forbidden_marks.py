"""A rule on the source, met by official marks: what an answer reaches, and what stands beside."""

from collections.abc import Callable

import pytest

from annkit.exercises import Catalogue
from annkit.grading.marking.forbidden_marks import Searched, searched
from annkit.grading.rebuild.rebuild import Rebuilt
from tests.grading.conftest import NOTEBOOK, cell_of

Search = Callable[..., Searched]
SYMPY = "import sympy as sp"
FILL = "def fill(tin):\n    tin['d'] = sp.diff"
HONEST = "def scaled(x, f=2):\n    return sp.exp(x) * f"


@pytest.fixture
def search(
    small_course: Catalogue, answered: Callable[..., Rebuilt], monkeypatch: pytest.MonkeyPatch
) -> Search:
    """What is found in an answer to `scaled`, which forbids `diff`, after cells of one's own."""
    monkeypatch.setattr(small_course.load("scaled"), "forbidden", ("diff",))
    return lambda answer, *own: searched(small_course, answered(answer, SYMPY, *own))["scaled"]


@pytest.mark.parametrize(
    ("answer", "own"),
    [
        ("def scaled(x, f=2):\n    return sp.diff(x * f)", ()),
        ("from sympy import diff as d\ndef scaled(x, f=2):\n    return d(x * f)", ()),
        ("def scaled(x, f=2):\n    return d(x)", ("from sympy import diff as d",)),
        ("def scaled(x, f=2):\n    return diff(x)", ("from sympy import *",)),
        ("def scaled(x, f=2):\n    return help2(x)", ("help2 = lambda x: sp.Derivative(x)",)),
        ("def scaled(x, f=2):\n    return box['d'](x)", ("box = {}\nbox['d'] = sp.diff",)),
        ("def scaled(x, f=2):\n    return box['d'](x)", ("box = {}", "box.update(d=sp.diff)")),
        ("def scaled(x, f=2):\n    return sp.exp2(x)", ("sp.exp2 = sp.diff",)),
        (
            "def scaled(x, f=2):\n    return sp.exp2(x)",
            ("def put(m):\n    m.exp2 = m.diff", "put(sp)"),
        ),
        ("def scaled(x, f=2):\n    return sp.e(x)", ("class sp:\n    pass", "sp.e = diff")),
        ("def scaled(x, f=2):\n    return d(x)\nexec('d = sp.di' 'ff')", ()),
        ("def scaled(x, f=2):\n    return d(x)\nglobals()['d'] = 3", ()),
        ("def scaled(x, f=2):\n    return d(x)\n%time d = sp.diff", ()),
        ("def scaled(x, f=2):\n    return d(x)\n%alias_magic t time", ()),
        ("def scaled(x, f=2):\n    return sp.exp(d[0])\nd = !echo diff", ()),
        ("box = []\n/box.append sp.diff\ndef scaled(x, f=2):\n    return box[0](x)", ()),
        ("%matplotlib inline\ndef scaled(x, f=2):\n    return (x\n%diff(x)\n)", ()),
        ("%time 0\ndef scaled(x, f=2):\n    return [0, x\n!=sp.diff(x)][1]", ()),
        ("!ls\ndef scaled(x, f=2):\n    return x \\\n%sp.diff(x)", ()),
        ("%pip list\ndef scaled(x, f=2):\n    return max(x,\n?diff(x)?\n)", ()),
        ("In [1]: d = sp.diff\ndef scaled(x, f=2):\n    return d(x)", ()),
        ("%matplotlib inline\ndef scaled(x, f=2):\n    return d(x)\n%load_ext my_ann", ()),
        ("def scaled(x, f=2):\n    return d(x)\ndef get_ipython(): 0\n%matplotlib inline", ()),
        ("def scaled(x, f=2):\n    return d(x)\nimport os as get_ipython\n!ls", ()),
        (
            "x = 'd = sp.diff'\n%config InlineBackend.rc = {x}\n"
            "def scaled(x, f=2):\n    return d(x)",
            (),
        ),
        (">>> def scaled(x, f=2):\n...     return sp.diff(x)", ()),
        ("scaled = sp.diff", ()),
        ("if True:\n    scaled = sp.diff", ()),
        ("def scaled(x, f=2):\n    return diff(x)\nif 0:\n    def diff(x): 1", ()),
        ("@eval\ndef scaled(x, f=2):\n    return x", ()),
        *(
            (f"box = {{}}\n{aside}\ndef scaled(x, f=2):\n    return box['d'](x)", ())
            for aside in (
                "def f(*, one=box.update(d=sp.diff)): 0",
                "def f(one: box.update(d=sp.diff)): 0",
                "def f(*many: box.update(d=sp.diff)): 0",
                "def f() -> box.update(d=sp.diff): 0",
                "class A:\n    box['d'] = sp.diff",
                "class A:\n    def f(self, one=box.update(d=sp.diff)): 0",
            )
        ),
        (
            "class C:\n    diff = diff\n    box = [diff]\n"
            "def scaled(x, f=2):\n    return C.box[0](x)",
            ("from sympy import *",),
        ),
        (
            "class A:\n    def put(self):\n        global __d\n        __d = sp.diff\n"
            "A().put()\ndef scaled(x, f=2):\n    return _A__d(x)",
            (),
        ),
    ],
)
def test_what_the_answer_reaches_costs_the_points(
    search: Search, answer: str, own: tuple[str, ...]
) -> None:
    found = search(answer, *own)
    assert found.broken.startswith("This task rules out `")
    assert found.findings[0].startswith("scaled: ruled out, so no points: `")


@pytest.mark.parametrize(
    "aside",
    [
        "print(sp.diff(scaled(2)))",
        "q = sp.symbols('q')\nprint(sp.diff(q**2, q))\nsp.pprint(q)",
        "assert sp.diff(scaled(2)) == 0",
        "slope = sp.diff(scaled(2))\nsp.simplify(slope - 1)",
        "def compare(x):\n    return sp.diff(x)",
        "import inspect",
        "%matplotlib inline",
        "!pip install sympy",
        "%timeit scaled(2)",
        "scaled?",
        "def test(x):\n    t = []\n    t.append(sp.diff(x))\n    return t\nprint(test(2))",
    ],
)
def test_comparing_with_it_beside_the_answer_is_welcome(search: Search, aside: str) -> None:
    assert search(f"{HONEST}\n{aside}") == Searched()


@pytest.mark.parametrize(
    "aside",
    [
        "box = {}\ntin = box\ntin.update(d=sp.diff)",
        "box = {}\nfor tin in [box]:\n    tin['d'] = sp.diff",
        "box = {}\ndef fill():\n    box['d'] = sp.diff\nfill()",
        "box = {}\n@lambda f: f()\ndef fill():\n    box['d'] = sp.diff",
        "box = None\ndef fill():\n    global box\n    box = {'d': sp.diff}\nfill()",
        "box = {}\ntin = box\ndef get():\n    return sp.diff\ntin['d'] = get()",
        f"box = {{}}\n{FILL}\nfill(tin=box)",
        f"box = {{}}\n{FILL}\nfill(*[box])",
        f"box = {{}}\n{FILL}\n[fill(one) for one in (box,)]",
        f"box = {{}}\n{FILL}\nlist(map(fill, [box]))",
        f"box = {{}}\nbin = box\n{FILL}\nfill(bin)",
        "box = {}\ndef fill(tin=box):\n    tin['d'] = sp.diff\nfill()",
        "box = {}\ndef fill():\n    [0 for box in ()]\n    box['d'] = sp.diff\nfill()",
        "box = {}\ndef fill():\n    def not_yet(box): 0\n    box['d'] = sp.diff\nfill()",
    ],
)
def test_what_it_could_reach_by_another_name_is_for_a_person(search: Search, aside: str) -> None:
    found = search(f"{aside}\ndef scaled(x, f=2):\n    return box['d'](x)")
    assert found.findings
    assert "sp.diff" in found.findings[0]


def test_the_line_is_said_and_whether_it_is_in_a_helper(search: Search) -> None:
    answer = "\ndef scaled(x, f=2):\n    return helper(x)"
    found = search(answer, "\n\ndef helper(x):\n    return sp.diff(x)")
    assert "`sp.diff` (line 4 of a helper's cell): " in found.broken
    assert "`sp.diff` (line 3): " in search("\ndef scaled(x):\n    return sp.diff(x)").broken


def test_an_unknown_name_is_for_a_person(search: Search) -> None:
    found = search("def scaled(x, f=2):\n    return sp.solve(x * f)")
    assert found.broken == ""
    assert found.findings == (
        "scaled: `sp.solve` (line 2): not among the names this task is known to need",
    )


def test_another_answer_may_use_what_this_one_may_not(search: Search, notebook: NOTEBOOK) -> None:
    cell_of(notebook, "tally")["source"] = "factor = 2\nclass Tally:\n    d = sp.diff"
    assert not search("def scaled(x, f=2):\n    return x * factor").broken
    assert search("def scaled(x, f=2):\n    return Tally.d(x)").broken


def test_a_name_that_is_imported_along_to_compare_with_costs_nothing(search: Search) -> None:
    """Only what the answer uses of an import counts."""
    along = "from sympy import symbols, exp, diff, latex"
    assert search("def scaled(x, f=2):\n    return exp(x) * f", along) == Searched()
    assert search("def scaled(x, f=2):\n    return diff(exp(x)) * f", along).broken


@pytest.mark.slow
def test_what_is_too_long_to_be_checked_is_for_a_person(search: Search) -> None:
    """Whatever it holds, the grader goes on."""
    for long in ("x = 1\n" * 2_000, f"x = [{'1, ' * 20_000}]"):
        found = search(f"{HONEST}\n{long}")
        assert found.broken == ""
        assert any("too long" in words for words in found.findings)


@pytest.mark.slow
@pytest.mark.parametrize(
    "padding", [f"#{'x' * 30_000}", "x = 1\n" * 2_000, f"#{'x' * 150_000}", "x = 1\n" * 6_000]
)
def test_what_is_ruled_out_cannot_be_hidden_in_length(search: Search, padding: str) -> None:
    """In the answer's cell or in a helper's, searched or too long for it."""
    answer = "def scaled(x, f=2):\n    return sp.diff(x) * f"
    assert search(f"{padding}\n{answer}").broken
    helper = f"{padding}\ndef slope(x):\n    return sp.diff(x)"
    assert search("def scaled(x, f=2):\n    return slope(x) * f", helper).broken


def test_a_number_that_cannot_be_written_out_is_no_plain_python(search: Search) -> None:
    """Python refuses to write it in decimals; the grader goes on."""
    assert "no plain Python" in search(f"{HONEST}\nx = 0x{'f' * 9_000}").broken

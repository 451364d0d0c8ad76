"""More evasions of a ban on `diff`, each through something that no list of names holds.

Those of `hidden` are right by value and cannot be told for sure: a person must hear of them. Those
of `close` are difference quotients with unremarkable numbers in their source; they are no answer.

Not here: evasions that are told for sure (`new_kinds`).
"""

_BOX = 'return box["d"](s, z)'
_TEXT = 't = "".join(["di", "ff(1/(1+exp(-z)), z)"])\n'
_PLACE = 'subs(sp.Symbol("z"), z)'
_S = "    s = 1 / (1 + sp.exp(-z))\n"


def _answer(body: str, before: str = "", after: str = "") -> str:
    """An answer to `sigmoid_derivative` with these lines, between others."""
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return f"{before}def sigmoid_derivative(z):\n{_S}{lines}{after}"


HIDDEN = {
    "a box that a function fills": _answer(
        _BOX, 'box = {}\ndef fill():\n    box["d"] = sp.diff\nfill()\n'
    ),
    "a global that a function sets": _answer(
        "return tool(s, z)", "tool = None\ndef f():\n    global tool\n    tool = sp.diff\nf()\n"
    ),
    "a function that its decorator calls": _answer(
        _BOX, 'box = {}\n@lambda f: f()\ndef unused():\n    box["d"] = sp.diff\n'
    ),
    "a function that a thread calls": _answer(
        _BOX,
        'import threading\nbox = {}\ndef fill():\n    box["d"] = sp.diff\n'
        "t = threading.Thread(target=fill)\nt.start()\nt.join()\n",
    ),
    "a function that reduce calls": _answer(
        _BOX,
        'import functools\nbox = {}\ndef fill(a, b):\n    box["d"] = sp.diff\n'
        "functools.reduce(fill, [1, 2])\n",
    ),
    "an alias that gets what a helper gives": _answer(
        _BOX, 'box = {}\ntin = box\ndef get():\n    return sp.diff\ntin["d"] = get()\n'
    ),
    "a setting of IPython's": _answer(
        _BOX,
        "box = {}\n",
        '%config InteractiveShell.xmode = box.update(d=sp.diff) or "Plain"\n',
    ),
    "braces in a shell line": _answer(_BOX, "box = {}\n", "!echo {box.update(d=sp.diff)}\n"),
    "braces in a call for help": _answer(_BOX, "box = {}\n", "?{box.update(d=sp.diff)}\n"),
    "a line that ends like a call for help": _answer(
        "return d(s, z)", "%matplotlib inline\nd = sp.diff  # why?\n"
    ),
    "a distribution whose density it is": _answer(
        'return density(Logistic("X", 0, 1))(z)', "from sympy.stats import density, Logistic\n"
    ),
    "names made known by variables": _answer(
        'return sp.stats.density(sp.stats.Logistic("X", 0, 1))(z)',
        "import sympy.stats\nstats = density = Logistic = 0\n",
    ),
    "text read by exp": _answer(f"{_TEXT}return sp.exp(t).args[0].{_PLACE}"),
    "text read by simplify": _answer(f"{_TEXT}return sp.simplify(t).{_PLACE}"),
    "text read by subs": _answer(f'{_TEXT}u = sp.Symbol("u")\nreturn u.subs(u, t).{_PLACE}'),
    "text read by another name": _answer(f"{_TEXT}return read(t).{_PLACE}", "read = sp.sympify\n"),
    "text of keys and a tuple": _answer(
        'a, b = {"di": 1, "ff": 2}\nt = a + b + str((1/(1+sp.exp(-z)), z))\nreturn sp.simplify(t)'
    ),
    "text of the names of symbols": _answer(
        't = sp.Symbol("di").name + sp.Symbol("ff(1/(1+exp(-z)), z)").name\n'
        f"return sp.simplify(t).{_PLACE}"
    ),
    "text of an exception": _answer(
        'try:\n    raise ValueError("ff(1/(1+exp(-z)), z)")\nexcept ValueError as e:\n'
        f'    t = list({{"di": 1}})[0] + e.args[0]\nreturn sp.simplify(t).{_PLACE}'
    ),
    "attributes that a pattern reads by place": _answer(
        "match P(s, 1, evaluate=False):\n    case P(d):\n        return d(z).doit()",
        'class P(sp.Mul):\n    __match_args__ = ("".join(["di", "ff"]),)\n',
    ),
    "a function of a matrix": _answer(
        "M = sp.Matrix([[z, 1], [0, z]])\nreturn ((sp.eye(2) + (-M).exp())**-1)[0, 1]"
    ),
    "a source too long to be looked through": _answer(
        "return sp.diff(s, z)", after=f"x = [{'1, ' * 10_000}]\n"
    ),
}

_QUOTIENT = "return (s.subs(z, z + h) - s.subs(z, z - h)) / (2 * h)"
CLOSE = {
    "a step of 1/999": _answer(f"h = sp.Rational(1, 999)\n{_QUOTIENT}"),
    "a step that is halved": _answer(
        f"h = sp.S.One\nfor _ in range(9):\n    h = h / 2\n{_QUOTIENT}"
    ),
    "a step that is a function": _answer(f"h = sp.exp(-8)\n{_QUOTIENT}"),
    "five points": _answer(
        "h = sp.Rational(1, 50)\nf = lambda x: 1 / (1 + sp.exp(-x))\n"
        "return (8*(f(z + h) - f(z - h)) - (f(z + 2*h) - f(z - 2*h))) / (12*h)"
    ),
}

"""Hostile answers of the later kinds: expressions, classes of nodes, functions that make functions.

Like `attacks`, but each names the exercise it answers. Evasions of a ban on `diff` would all be
right by value: points are the proof that one was not seen.

Not here: attacks on the sandbox itself (`attacks`), rules in all their cases (`tests/exercises`).
"""

from tests.grading.hostile.attacks import Attack, if_found
from tests.grading.hostile.evasions import CLOSE, HIDDEN
from tests.grading.hostile.overtime import OVERTIME
from tests.grading.hostile.replies import REPLIES

SLOPE, NEURON, CODE = "sigmoid_derivative", "neuron_gradients", "to_numpy"
OPERATORS, BACKWARD = "value_ops", "backward"
_S = "    s = 1 / (1 + sp.exp(-z))\n"


def _slope(body: str, before: str = "") -> str:
    """An answer to `sigmoid_derivative` that returns `body`, with the sigmoid as `s`."""
    lines = "".join(f"    {line}\n" for line in body.splitlines()[:-1])
    return f"{before}def sigmoid_derivative(z):\n{_S}{lines}    return {body.splitlines()[-1]}\n"


_EVADED = {
    "sp.diff": _slope("sp.diff(s, z)"),
    "a method": _slope("s.diff(z)"),
    "another name": _slope("d(s, z)", "from sympy import diff as d\n"),
    "a star import": _slope("diff(s, z)", "from sympy import *\n"),
    "Derivative": _slope("sp.Derivative(s, z).doit()"),
    "Derivative, not done": _slope("sp.Derivative(s, z)"),
    "getattr": _slope('getattr(s, "di" + "ff")(z)'),
    "fdiff": _slope("e = sp.exp(-z)\ne.fdiff() / (1 + e) ** 2"),
    "jacobian": _slope("sp.Matrix([s]).jacobian([z])[0]"),
    "methodcaller": _slope('m("di" + "ff", z)(s)', "from operator import methodcaller as m\n"),
    "attrgetter": _slope('operator.attrgetter("di" + "ff")(s)(z)', "import operator\n"),
    "vars": _slope('vars(sp)["di" + "ff"](s, z)'),
    "__dict__": _slope('sp.__dict__["di" + "ff"](s, z)'),
    "__getattribute__": _slope('s.__getattribute__("di" + "ff")(z)'),
    "eval": _slope('eval("s.di" + "ff(z)")'),
    "exec beside the answer": _slope("d(s, z)", 'exec("d = sp.di" + "ff")\n'),
    "sympify": _slope('sp.sympify("di" + "ff(1/(1+exp(-z)), z)").subs(sp.Symbol("z"), z)'),
    "sympify of pieces": _slope(
        'sp.sympify("".join(["di", "ff(1/(1+exp(-z)), z)"])).subs(sp.Symbol("z"), z)'
    ),
    "sympify backwards": _slope(
        'sp.sympify(")z ,))z-(pxe+1(/1(ffid"[::-1]).subs(sp.Symbol("z"), z)'
    ),
    "S": _slope("sp.S(f\"{'di'}{'ff'}(1/(1+exp(-z)), z)\").subs(sp.Symbol('z'), z)"),
    "parse_expr": _slope('p("di" "ff(s, z)", {"s": s, "z": z, "diff": sp.diff})')
    .replace("def ", "from sympy.parsing.sympy_parser import parse_expr as p\ndef ", 1)
    .replace(', "diff": sp.diff', ""),
    "series": _slope('h = sp.Symbol("h")\nsp.series(s.subs(z, z + h), h, 0, 2).removeO().coeff(h)'),
    "limit": _slope('h = sp.Symbol("h")\nsp.limit((s.subs(z, z + h) - s) / h, h, 0)'),
    "idiff": _slope('y = sp.Symbol("y")\nsp.idiff(y - s, y, z)'),
    "differentiate_finite": _slope("sp.differentiate_finite(s, z, points=[z - 1e-5, z + 1e-5])"),
    "match": _slope("match s:\n    case sp.Expr(diff=d):\n        pass\nd(z)"),
    "a helper": _slope("helper(s, z)", "def helper(e, x):\n    return e.diff(x)\n"),
    "a name from elsewhere": _slope("d(s, z)", "d = sp.diff\n"),
    "a box": _slope('box["d"](s, z)', "box = {}\nbox.update(d=sp.diff)\n"),
    "a patch": _slope("sp.exp2(s, z)", "sp.exp2 = sp.diff\n"),
    "a default": _slope("d(s, z)").replace("(z):", "(z, d=sp.diff):"),
    "a decorator": "@lambda f: (lambda z: sp.diff(f(z), z))\n" + _slope("s"),
    "a magic": _slope("d(s, z)") + "%time d = sp.diff\n",
    "a prompt": ">>> " + _slope("s.diff(z)").rstrip().replace("\n", "\n... ") + "\n",
    "sys.modules": _slope('sys.modules["sympy"].diff(s, z)', "import sys\n"),
    "importlib": _slope(
        'importlib.import_module("sympy").core.function.diff(s, z)', "import importlib\n"
    ),
    "a pickle": _slope("d(s, z)", 'import pickle\nd = pickle.loads(b"csympy\\ndi" + b"ff\\n.")\n'),
    "the shell": _slope("d(s, z)", 'get_ipython().run_cell("d = sp.di" + "ff")\n'),
    "a Poly": _slope("sp.Poly(s).diff().as_expr()"),
    "globals": _slope("d(s, z)", 'globals()["d"] = vars(sp)["di" + "ff"]\n'),
}

# No rule knows them for sure: they may earn the points, but a person hears of them.
_DOUBTFUL = {
    "a difference by hand": _slope("h = 1e-6\n(s.subs(z, z + h) - s.subs(z, z - h)) / (2 * h)"),
    "a tiny fraction": _slope(
        "h = sp.Rational(1, 10**6)\n(s.subs(z, z + h) - s.subs(z, z - h)) / (2 * h)"
    ),
    "text in a variable": _slope(
        't = "".join(["di", "ff(1/(1+exp(-z)), z)"])\nsp.sympify(t).subs(sp.Symbol("z"), z)'
    ),
    "an alias of a box": _slope(
        'box["d"](s, z)', "box = {}\ntin = [box]\nfor b in tin:\n    b['d'] = sp.diff\n"
    ),
}

_LIE = (
    "class Lie(sp.Expr):\n"
    "    is_Add = is_commutative = True\n"
    "    def __new__(cls): return sp.Expr.__new__(cls)\n"
    "    def __eq__(self, other): return True\n"
    "    def __ne__(self, other): return False\n"
    "    def __hash__(self): return 0\n"
    "    def __sub__(self, other): return sp.Integer(0)\n"
    "    __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __sub__\n"
    "    def __complex__(self): return 0j\n"
    "    def __float__(self): return 0.0\n"
    "    def __abs__(self): return 0\n"
    "    def __reduce__(self): return (eval, ('1/0',))\n"
    "    def __str__(self): return 'exp(-z)/(1 + exp(-z))**2'\n"
    "    __repr__ = _sympystr = _sympyrepr = _latex = lambda self, *a: 'exp(-z)/(1 + exp(-z))**2'\n"
    "    def subs(self, *a, **k): return sp.Rational(3, 16)\n"
    "    evalf = n = doit = simplify = xreplace = _eval_evalf = subs\n"
    "    def equals(self, other, **k): return True\n"
    "    @property\n    def args(self): return ()\n"
    "    @property\n    def free_symbols(self): return set()\n"
)


def _sent(plain: str) -> str:
    """An answer whose expressions leave the process as this Python expression says."""
    return (
        "import annkit.symbolic.transport as transport\n"
        f"transport.to_plain = lambda value: {plain}\n"
        "def sigmoid_derivative(z):\n    return z\n"
    )


_LYING_EXPRESSIONS = {
    "a subclass with methods of its own": _slope("Lie()", _LIE),
    "a subclass below an honest sum": _slope("sp.Add(Lie(), z, evaluate=False)", _LIE),
    "pretends by __class__": _slope(
        "Odd()",
        "class Odd:\n    __class__ = sp.Add\n    args = ()\n    func = sp.Add\n    is_Add = True\n"
        "    def __eq__(self, other): return True\n    def _sympy_(self): return sp.Integer(0)\n",
    ),
    "arguments without an end": _slope(
        "e = z + 1\ne._args = Endless()\ne",
        "class Endless(tuple):\n    def __iter__(self):\n"
        "        while True:\n            yield sp.Integer(1)\n",
    ),
    "arguments that are itself": _slope("e = z + 1\ne._args = (e, e)\ne"),
    "arguments that raise": _slope(
        "e = z + 1\ne._args = Bad()\ne",
        "class Bad(tuple):\n    def __iter__(self): raise SystemExit\n",
    ),
    "a symbol of a class of its own": _slope("Z('z')", "class Z(sp.Symbol):\n    pass\n"),
    "a float of a class of its own": _slope(
        "Lie(0.1)", "class Lie(float):\n    def __eq__(self, other): return True\n"
    ),
    "nan": _slope("sp.nan"),
    "zoo": _slope("sp.zoo"),
    "a power past all bounds": _slope(
        "sp.Pow(10, sp.Pow(10, sp.Pow(10, 10, evaluate=False), evaluate=False), evaluate=False)"
    ),
    "an integer past all bounds": _slope("sp.Integer(7) ** 100000"),
    "a million nodes": _slope("e = z\nfor _ in range(20): e = sp.Add(e, e, evaluate=False)\ne"),
    "a thousand levels": _slope("e = z\nfor _ in range(1000): e = sp.sin(e, evaluate=False)\ne"),
    "a matrix": _slope("sp.Matrix([s * (1 - s)])"),
    "a Lambda": _slope("sp.Lambda(z, s * (1 - s))"),
    "an undefined function": _slope('sp.Function("right")(z)'),
    "text": _slope('"exp(-z)/(1 + exp(-z))**2"'),
    "an equation": _slope("sp.Eq(z, z)"),
    **{
        f"sent: {name}": _sent(plain)
        for name, plain in {
            "an unknown head": "['Verdict', 'right']",
            "no list": "{'Add': []}",
            "too few arguments": "['exp']",
            "too many": "['Pow', *[['Integer', '2']] * 9]",
            "a fraction over nought": "['Rational', '1', '0']",
            "a number that is none": "['Float', float('nan')]",
            "an integer without end": "['Integer', '9' * 10**6]",
            "an integer that is code": "['Integer', '__import__(\"os\")']",
            "an endless nest": "__import__('functools').reduce(lambda e, _: ['sin', e], "
            "range(5000), ['Integer', '1'])",
            "a giant matrix": "['Matrix', 10**9, 10**9]",
            "a matrix without entries": "['Matrix', 1, 1]",
            "a symbol that is no name": "['Symbol', '\\x00', {}]",
            "odd assumptions": "['Symbol', 'z', {'real': 1, 'even': True}]",
            "a piecewise of nothing": "['Piecewise']",
            "a piecewise without pairs": "['Piecewise', [['Integer', '1']]]",
            "a relation as a number": "['Add', ['LessThan', ['Integer', '1'], ['Integer', '2']]]",
            "a Lambda of numbers": "['Lambda', [['Integer', '1']], ['Integer', '1']]",
            "a tower": "['Pow', ['Integer', '10'], ['Pow', ['Integer', '10'], "
            "['Pow', ['Integer', '10'], ['Integer', '10']]]]",
            "a difference of infinities": "['Add', ['Infinity'], ['NegativeInfinity']]",
        }.items()
    },
}

_NEURON = "def neuron_gradients(w1, w2, b, x1, x2, t):\n    "
_LYING_DICTIONARIES = {
    "a dictionary that misses nothing": "class Any(dict):\n"
    "    def __missing__(self, key): return 0\n"
    "    def __getitem__(self, key): return 0\n"
    "    def __eq__(self, other): return True\n"
    f"{_NEURON}return Any()\n",
    "keys that equal everything": "class Key(str):\n"
    "    def __eq__(self, other): return True\n"
    "    def __hash__(self): return hash('w1')\n"
    f"{_NEURON}return {{Key('w1'): b, Key('x'): b, Key('y'): b}}\n",
    "values that lie": f"{_LIE}{_NEURON}return dict.fromkeys(('w1', 'w2', 'b'), Lie())\n",
    "diff in one entry": f"{_NEURON}e = (1 / (1 + sp.exp(-(w1*x1 + w2*x2 + b))) - t)**2 / 2\n"
    "    return {'w1': e.diff(w1), 'w2': e.diff(w2), 'b': e.diff(b)}\n",
}

_SAME = (
    "class Same:\n"
    "    def __eq__(self, other): return True\n"
    "    def __ne__(self, other): return False\n"
    "    def __hash__(self): return 0\n"
    "    def __float__(self): return 0.0\n"
    "    def __len__(self): return 2\n"
    "    def __iter__(self): return iter(())\n"
    "    def __getattr__(self, name): return self\n"
    "    def __call__(self, *a, **k): return self\n"
    "    def __add__(self, other): return self\n"
    "    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __add__\n"
    "    __rtruediv__ = __pow__ = __add__\n"
    "    def __neg__(self): return self\n"
)
_OPERATIONS = (
    "    def _op(self, *other): return Value({number})\n"
    "    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = _op\n"
    "    __truediv__ = __rtruediv__ = __pow__ = __neg__ = _op\n"
)
_VALUES = {
    "a Value equal to everything": f"{_SAME}class Value(Same):\n"
    "    def __init__(self, data=0, *more): pass\n",
    "a Value equal to everything that makes new ones": f"{_SAME}class Value(Same):\n"
    "    def __init__(self, data=0, *more): pass\n" + _OPERATIONS.format(number=""),
    "numbers of a class of their own": "class Lie(float):\n"
    "    def __eq__(self, other): return True\n"
    "    def __sub__(self, other): return 0.0\n"
    "    __rsub__ = __sub__\n"
    "class Value:\n"
    "    def __init__(self, data, inputs=()):\n"
    "        self.data, self.grad, self.inputs = Lie(0), Lie(0), ()\n"
    + _OPERATIONS.format(number="0.0"),
    "numbers drawn at random": "import random\n"
    "class Value:\n"
    "    inputs, grad = (), 0.0\n"
    "    def __init__(self, data): pass\n"
    "    @property\n    def data(self): return random.random()\n"
    + _OPERATIONS.format(number="0.0"),
    "pretends to be of the subclass": "class Value:\n"
    "    inputs, grad, data = (), 0.0, 0.0\n"
    "    def __init__(self, *a): pass\n"
    "    @property\n    def __class__(self): return Value.__subclasses__()[-1]\n"
    + _OPERATIONS.format(number=""),
    "another `type` for the probe": "import builtins\n"
    "class Value:\n"
    "    inputs, grad, data = (), 0.0, 0.0\n"
    "    def __init__(self, *a): pass\n" + _OPERATIONS.format(number="") + "true = type\n"
    "class Type(type):\n"
    "    def __call__(cls, *a):\n"
    "        if len(a) == 1 and true(a[0]) is Value: return Value.__subclasses__()[-1]\n"
    "        return true(*a)\n"
    "builtins.type = Type('type', (type,), {})\n",
    "inputs without an end": "class Value:\n"
    "    grad, data = 0.0, 0.0\n"
    "    def __init__(self, *a): pass\n"
    "    @property\n    def inputs(self): return (Value(), Value())\n"
    + _OPERATIONS.format(number="0.0"),
    "looks for the oracle in the frames above": "import sys\n"
    "class Value:\n"
    "    inputs, grad = (), 0.0\n"
    "    def __init__(self, data): self.data = self.found(data)\n"
    "    def found(self, data):\n"
    "        frame = sys._getframe()\n"
    "        while frame:\n"
    "            spaces = [frame.f_globals, frame.f_locals]\n"
    "            for name in ('by_plain_numbers', 'exercise', 'expect_computed', 'values'):\n"
    "                if any(name in space for space in spaces): return data\n"
    "            frame = frame.f_back\n"
    "        return None\n" + _OPERATIONS.format(number="0.0"),
}

_BASE = (
    "class Value:\n"
    "    def __init__(self, data, inputs=()):\n"
    "        self.data, self.inputs = data, tuple(inputs)\n"
    "    def _new(self, data, *others):\n"
    "        return type(self)(data, [self, *(o for o in others if isinstance(o, Value))])\n"
    "    @staticmethod\n    def _n(o): return o.data if isinstance(o, Value) else o\n"
    "    def __add__(self, o): return self._new(self.data + self._n(o), o)\n"
    "    def __sub__(self, o): return self._new(self.data - self._n(o), o)\n"
    "    def __rsub__(self, o): return self._new(self._n(o) - self.data, o)\n"
    "    def __mul__(self, o): return self._new(self.data * self._n(o), o)\n"
    "    def __truediv__(self, o): return self._new(self.data / self._n(o), o)\n"
    "    def __rtruediv__(self, o): return self._new(self._n(o) / self.data, o)\n"
    "    def __pow__(self, o): return self._new(self.data ** o)\n"
    "    def __neg__(self): return self._new(-self.data)\n"
    "    __radd__, __rmul__ = __add__, __mul__\n"
)
_GRADIENTS = {
    "drawn at random": _BASE + "    def backward(self): pass\n"
    "    @property\n    def grad(self):\n        import random\n        return random.random()\n",
    "equal to everything": _SAME + _BASE + "    grad = Same()\n    def backward(self): pass\n",
    "numbers of a class of their own": "class Lie(float):\n"
    "    def __eq__(self, other): return True\n    def __sub__(self, other): return 0.0\n"
    + _BASE
    + "    grad = Lie(1.0)\n    def backward(self): pass\n",
    "another one each time it is read": _BASE + "    def backward(self): self.n = 0\n"
    "    @property\n    def grad(self):\n"
    "        self.n = getattr(self, 'n', 0) + 1\n        return float(self.n)\n",
    "a property that searches for the oracle": "import gc\n"
    + _BASE
    + "    def backward(self): pass\n"
    "    @property\n    def grad(self):\n"
    "        for f in gc.get_objects():\n"
    "            if getattr(f, '__name__', '') == 'derivatives' and callable(f): return 1.0\n"
    "        return None\n",
    "a walk that never ends": _BASE + "    grad = 0.0\n"
    "    def backward(self):\n        while True:\n            pass\n",
    "a walk that kills the process": _BASE + "    grad = 0.0\n"
    "    def backward(self):\n        import os\n        os._exit(0)\n",
}

_CODES = {
    "returns what its caller was given": "import sys\n"
    "class Made:\n"
    "    def __call__(self, *values): return sys._getframe(1).f_locals['values'][0]\n"
    "def to_numpy(expr, symbols): return Made()\n",
    "looks for the expected values in the frames above": "import sys\n"
    "def to_numpy(expr, symbols):\n"
    "    def made(*values):\n"
    "        frame = sys._getframe()\n"
    "        while frame:\n"
    "            for name in ('expected', 'sigma', 'got', 'answer', 'rng'):\n"
    "                if name in frame.f_locals: return frame.f_locals[name]\n"
    "            frame = frame.f_back\n"
    "        return values[0]\n"
    "    return made\n",
    "returns an array that lies": "class Lie(np.ndarray):\n"
    "    def __eq__(self, other): return np.ones(self.shape, bool)\n"
    "    def __sub__(self, other): return np.zeros(self.shape)\n"
    "def to_numpy(expr, symbols):\n"
    "    return lambda *v: np.zeros(np.shape(v[0])).view(Lie)\n",
    "returns something equal to everything": _SAME
    + "def to_numpy(expr, symbols):\n    return lambda *values: Same()\n",
    "patches NumPy while it is called": "def to_numpy(expr, symbols):\n"
    "    def made(*values):\n"
    "        np.isclose = np.allclose = np.array_equal = lambda *a, **k: True\n"
    "        return values[0]\n"
    "    return made\n",
    "is callable by its class's class": "class Meta(type):\n"
    "    def __call__(cls, *values): return cls\n"
    "class Made(metaclass=Meta):\n    pass\n"
    "def to_numpy(expr, symbols):\n    return Made\n",
}

# They give what an answer would have to give, by annkit's own engine: a person hears of it.
_BORROWED = {
    "the course's own engine": (
        OPERATORS,
        "from annkit.lessons.autodiff.number import Number as Value\n",
    ),
    "the course's own engine, answering for another class": (
        OPERATORS,
        "import annkit.grading.sandbox.untrusted.child as child\n"
        "from annkit.lessons.autodiff.number import Number\n"
        "true = child.observe\n"
        "child.observe = lambda target, request: true(\n"
        "    Number if target is Value else target, request)\n"
        "class Value:\n    pass\n",
    ),
}

# Whoever opens a file under a lease waits for its holder, for as long as the kernel lets them.
_HELD = {
    "a lease on a file that others open": if_found(
        "import fcntl, os\n"
        "folder = os.path.dirname(os.__file__)\n"
        "for name in ('this.py', 'antigravity.py', 'LICENSE.txt', 'cgi.py'):\n"
        "    try:\n"
        "        file = os.open(f'{folder}/{name}', os.O_RDONLY)\n"
        "        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)\n"
        "        found = True\n"
        "    except OSError:\n"
        "        pass"
    ),
    "notices of what others open": if_found(
        "import fcntl, os\n"
        "folder = os.open(os.path.dirname(os.__file__), os.O_RDONLY)\n"
        "found = fcntl.fcntl(folder, fcntl.F_NOTIFY, fcntl.DN_ACCESS) == 0"
    ),
}

# Calls that younger kernels have, and what a descriptor for reading is enough for.
_CALL = "import ctypes, fcntl, json, os, struct\ncall = ctypes.CDLL(None).syscall\n"
_ATTRIBUTES = {
    "attributes by young calls": if_found(
        _CALL + "path, x = ctypes.c_char_p({gradebook!r}.encode()), ctypes.c_char_p(b'x')\n"
        "about = struct.pack('QII', ctypes.cast(x, ctypes.c_void_p).value, 1, 0)\n"
        "tried = [(463, -100, path, 0, b'user.x', about, 16), (466, -100, path, 0, b'user.x')]\n"
        "tried += [(469, -100, path, struct.pack('Q4I', 64, 0, 0, 0, 0), 24, 0)]\n"
        "found = any(call(*given) == 0 for given in tried)"
    ),
    "flags of a file that it may read": if_found(
        _CALL + "file, flags = os.open(json.__file__, os.O_RDONLY), bytearray(8)\n"
        "fcntl.ioctl(file, 0x80086601, flags)\n"
        "fcntl.ioctl(file, 0x40086602, bytes(flags))\nfound = True"
    ),
}


def _named(group: str, id: str, sources: dict[str, str], **more: bool) -> dict[str, Attack]:
    return {
        f"{group}: {name}": Attack(name, source, id=id, **more) for name, source in sources.items()
    }


NEW_KINDS: dict[str, Attack] = {
    **_named("evading", SLOPE, _EVADED),
    **_named("doubtful", SLOPE, _DOUBTFUL, is_reported=True),
    **_named("hidden", SLOPE, HIDDEN, is_reported=True),
    **_named("close", SLOPE, CLOSE),
    **_named("expressions", SLOPE, _LYING_EXPRESSIONS),
    **_named("dictionaries", NEURON, _LYING_DICTIONARIES),
    **_named("nodes", OPERATORS, _VALUES),
    **_named("gradients", BACKWARD, _GRADIENTS),
    **_named("code", CODE, _CODES),
    **{
        f"borrowed: {name}": Attack(name, source, id=id, is_reported=True)
        for name, (id, source) in _BORROWED.items()
    },
    **_named("holding", "sigmoid", _HELD | _ATTRIBUTES),
    **{f"replies: {name}": attack for name, attack in REPLIES.items()},
    **{f"overtime: {name}": attack for name, attack in OVERTIME.items()},
}

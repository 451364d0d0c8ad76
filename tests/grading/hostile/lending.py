"""Tricks with follow-through: answers to the course of five steps, to live on what is lent.

In that course `doubled` comes first; its reference has a helper `by_ten`. What is lent is told by
that helper's name. Each trick: the answers, in order, and what the last of them may earn.

Not here: the course (`tests/grading/marking/test_follow_through`).
"""

_WRONG = "def doubled(x):\n    return 3 * x\n"
_RIGHT = "def fourfold(x):\n    return doubled(doubled(x))"
_SECOND = "'by_ten' in globals()"
_HOOK = "shell = get_ipython()\n"


def _both(part: str, last: str, id: str = "fourfold") -> dict[str, str]:
    """A wrong first part with something beside it, and an answer that uses it."""
    return {"doubled": _WRONG + part, id: last}


def _after_each_cell(does: str) -> str:
    """Something that the first part has done after every later cell."""
    return f"{_HOOK}def later(result):\n    {does}\nshell.events.register('post_run_cell', later)"


Trick = tuple[dict[str, str], float]
TRICKS: dict[str, Trick] = {
    # What comes of the part is nearly the answer.
    "its part answers by caller": (
        {
            "doubled": "import sys\ndef doubled(x):\n"
            "    return x + x if sys._getframe(1).f_code.co_name == 'fourfold' else x",
            "fourfold": _RIGHT,
        },
        2,
    ),
    "its part makes the answer, wrong": (_both("def fourfold(x):\n    return x", "doubled"), 0),
    "an alias": (_both("", "twice = doubled", "twice"), 0),
    "wrapped": (_both("", "def twice(x):\n    return doubled(x) + 0", "twice"), 0),
    "wrapped in a class": (
        _both("", "class T:\n    def __call__(s, x): return doubled(x)\ntwice = T()", "twice"),
        0,
    ),
    "the helper that comes along": (
        _both("", "def tenfold(x):\n    return doubled.__globals__['by_ten'](x)", "tenfold"),
        0,
    ),
    # The part reaches into the dependant.
    "put in its place after its cell": (
        _both(
            _after_each_cell("shell.user_ns['twice'] = shell.user_ns.get('doubled')"),
            "def twice(x):\n    return doubled",
            "twice",
        ),
        0,
    ),
    "the lent text is changed on its way": (
        _both(
            f"{_HOOK}import ast\nclass Times(ast.NodeTransformer):\n"
            "    def visit_Div(self, node): return ast.Mult()\n"
            "shell.ast_transformers.append(Times())",
            "def twice(x):\n    return doubled(x) / 25",
            "twice",
        ),
        0,
    ),
    "the lent text is kept and raised": (
        _both(
            f"{_HOOK}SEEN = []\n"
            "shell.input_transformers_cleanup.append(lambda lines: (SEEN.extend(lines), lines)[1])",
            "def fourfold(x):\n    raise ValueError(repr(SEEN) + str(doubled))",
        ),
        0,
    ),
    "numpy is poisoned beneath it": (
        _both("import numpy as np\nnp.add = lambda a, b: a * 0 + 7", _RIGHT),
        0,
    ),
    "it lies about what is there": (
        _both(
            "import gc, json, socket, struct\n"
            "for one in [o for o in gc.get_objects() if isinstance(o, socket.socket)]:\n"
            "    said = json.dumps({'captured': ['fourfold', 'doubled']}).encode()\n"
            "    one.sendall(struct.pack('>I', len(said)) + said)",
            _RIGHT,
        ),
        0,
    ),
    # The answer knows in which sandbox it is: the better of two, never the sum.
    "one check in each sandbox": (
        _both(
            "",
            "import numpy as np\ndef fourfold(x):\n    doubled\n"
            f"    return 4 * x if (np.ndim(x) > 0) == ({_SECOND}) else 0",
        ),
        1,
    ),
    **{
        f"{what} in the second sandbox": (
            _both(
                "",
                f"import os\ndef fourfold(x):\n    if {_SECOND}: {does}\n    return doubled(x)",
            ),
            0,
        )
        for what, does in {
            "a fork": "os.fork()",
            "its own end": "os.kill(os.getpid(), 9)",
            "its parent's end": "os.kill(os.getppid(), 9)",
            "all memory": "bytearray(10**11)",
        }.items()
    },
    "its cell ends the second": (
        _both("", f"import os\nif {_SECOND}: os._exit(0)\n{_RIGHT}"),
        0,
    ),
    # Bans, circles, and what comes later.
    "a ban, by a part that keeps the name": (
        {
            "doubled": "import numpy as np\ndef doubled(x, add=np.add):\n    return x",
            "plainly": "def plainly(x):\n    return doubled.__defaults__[0](x, 5 * x)",
        },
        0,
    ),
    "a circle": (
        {
            "doubled": "def doubled(x):\n    return twice(x)",
            "twice": "def twice(x):\n    return doubled(x)",
        },
        0,
    ),
    "itself, as if from before": (
        {"fourfold": "from my_ann import fourfold as f\ndef fourfold(x):\n    return f(x)"},
        0,
    ),
    "a later one, as if from before": (
        {"fourfold": "from my_ann import tenfold\ndef fourfold(x):\n    return tenfold(x) * 0.4"},
        0,
    ),
    # Honest, in odd clothes.
    "letters that mean the same": (
        _both("", "def \U0001d41fourfold(x):\n    return \uff44oubled(\uff44oubled(x))"),
        2,
    ),
    "a thousand names for one part": (
        _both(
            "",
            "\n".join(f"from my_ann import doubled as d{n}" for n in range(1000)) + f"\n{_RIGHT}",
        ),
        2,
    ),
}

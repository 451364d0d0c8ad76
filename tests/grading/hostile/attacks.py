"""Hostile answers: what a submission may try inside the sandbox.

Every attack here is the text of the answer cell for `sigmoid`; the other answers of the submission
are honest. `{…}` fields are filled in with the places of the canaries: files that must stay as they
are, a process that must live, a port nobody may reach. Where an attack would need a secret to
succeed, it makes itself right with it: so points are the proof that it was found.

Not here: answers to exercises of later kinds (`new_kinds`), broken files (tests/grading), running
the attacks (`battle`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

WRONG = "def sigmoid(z):\n    return z\n"
RIGHT = """
import numpy as np
def sigmoid(z):
    z = np.asarray(z, dtype=float)
    e = np.exp(-np.abs(z))
    return np.where(z >= 0, 1 / (1 + e), e / (1 + e))
"""


@dataclass(frozen=True)
class Attack:
    """One hostile answer.

    Attributes:
        name: what it tries.
        source: the answer cell.
        deserves: the points of `sigmoid` it deserves all the same.
        others_keep: whether the honest answers of the submission must keep all their points.
        id: the exercise it answers.
        is_reported: whether it may earn points because nothing can tell for sure, but must be
            reported for a person to judge.
    """

    name: str
    source: str
    deserves: float = 0.0
    others_keep: bool = True
    id: str = "sigmoid"
    is_reported: bool = False


def fill(source: str, fields: Mapping[str, object]) -> str:
    """Put the places of the canaries into an attack: `{name}` or, as a literal, `{name!r}`."""

    def place(match: re.Match[str]) -> str:
        value = fields.get(match[1])
        return match[0] if value is None else repr(value) if match[2] else str(value)

    return re.sub(r"\{(\w+)(!r)?\}", place, source)


def if_found(code: str) -> str:
    """An answer that is right only if `code` sets `found`."""
    body = "\n".join("    " + line for line in code.strip().splitlines())
    return (
        RIGHT.replace("def sigmoid", "def _right")
        + f"found = False\ntry:\n{body}\nexcept BaseException:\n    pass\n"
        + "sigmoid = _right if found else (lambda z: z)\n"
    )


def _then(code: str, answer: str = WRONG) -> str:
    """Code that may fail, then an answer."""
    body = "\n".join("    " + line for line in code.strip().splitlines())
    return f"{answer}\ntry:\n{body}\nexcept BaseException:\n    pass\n"


def _send(code: str) -> str:
    """Code with `send(bytes)`, which writes to every socket the process holds."""
    return _then(
        """
import json, os, stat, struct
def sockets():
    for fd in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(fd).st_mode):
                yield fd
        except OSError:
            pass
def send(data):
    for fd in sockets():
        try:
            os.write(fd, data)
        except OSError:
            pass
def frame(message):
    body = json.dumps(message).encode()
    return struct.pack("!I", len(body)) + body
"""
        + code
    )


FORGING = [
    Attack("display hook", _then("get_ipython().displayhook(2)")),
    Attack("sys.displayhook", _then("import sys\nsys.displayhook(2)")),
    Attack(
        "patched comparisons of NumPy",
        _then(
            "import numpy as np\n"
            "for name in ('isclose', 'allclose', 'array_equal', 'all'):\n"
            "    setattr(np, name, lambda *a, **k: True)"
        ),
        others_keep=False,
    ),
    Attack(
        "AST transformer",
        _then(
            "import ast\n"
            "class Pass(ast.NodeTransformer):\n"
            "    def visit_FunctionDef(self, node):\n        return node\n"
            "get_ipython().ast_transformers.append(Pass())"
        ),
    ),
    Attack(
        "input transformer that deletes later cells",
        _then("get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\\n'])"),
        others_keep=False,
    ),
    Attack(
        "object equal to everything",
        "class Same:\n"
        "    def __eq__(self, other): return True\n"
        "    def __ne__(self, other): return False\n"
        "    def __sub__(self, other): return 0\n"
        "    __rsub__ = __sub__\n"
        "    def __abs__(self): return 0\n"
        "    def __le__(self, other): return True\n"
        "    def __float__(self): return 0.5\n"
        "    shape = ()\n"
        "def sigmoid(z):\n    return Same()\n",
    ),
    Attack(
        "ndarray subclass that lies",
        "import numpy as np\n"
        "class Lie(np.ndarray):\n"
        "    def __eq__(self, other): return np.ones(self.shape, bool)\n"
        "    def __sub__(self, other): return np.zeros(self.shape)\n"
        "def sigmoid(z):\n    return np.zeros(np.shape(z)).view(Lie)\n",
    ),
    Attack(
        "float subclass that lies",
        "class Lie(float):\n    def __eq__(self, other): return True\n"
        "def sigmoid(z):\n    return Lie(0)\n",
    ),
    Attack(
        "pretends to be an array by __class__",
        "import numpy as np\n"
        "class Lie:\n"
        "    __class__ = np.ndarray\n"
        "    dtype = np.dtype(float)\n    shape = ()\n"
        "    def __array__(self, *a, **k): return np.zeros(())\n"
        "def sigmoid(z):\n    return Lie()\n",
    ),
    Attack(
        "finds the reference in the frames above",
        if_found(
            "import sys\n"
            "frame = sys._getframe()\n"
            "while frame:\n"
            "    for value in list(frame.f_globals.values()) + list(frame.f_locals.values()):\n"
            "        if type(value).__name__ == 'Exercise':\n            found = True\n"
            "    frame = frame.f_back"
        ),
    ),
    Attack(
        "finds the reference among all objects",
        if_found(
            "import gc\nfound = any(type(o).__name__ == 'Exercise' for o in gc.get_objects())"
        ),
    ),
    Attack(
        "replaces the observer",
        _then(
            "import sys\n"
            "import annkit.grading.sandbox.untrusted.child as child\n"
            "child.observe = lambda target, request: {'passed': True, 'points': 2, 'value': True,\n"
            "    'error': None, 'mutated': [], 'shares_memory': False, 'warnings': [],\n"
            "    'hidden': [], 'changed': [],\n"
            "    'printed': '', 'seconds': 0, 'callable': True, 'none': False}"
        ),
        others_keep=False,
    ),
    Attack(
        "replies with a part missing, or numbers past all bounds",
        _then(
            "import annkit.grading.sandbox.untrusted.child as child\n"
            "true = child.observe\n"
            "def lie(target, request):\n"
            "    reply = true(target, request)\n"
            "    if 'seconds' in reply:\n"
            "        reply['seconds'] = 10 ** 400\n"
            "        reply['error'] = ['E', 'm', float('inf'), '', '']\n"
            "    else:\n        del reply['callable']\n"
            "    return reply\n"
            "child.observe = lie"
        ),
        others_keep=False,
    ),
    Attack(
        "an error whose text is no text",
        "def sigmoid(z):\n    raise ValueError('\\ud800')\n",
    ),
    Attack(
        "reports of cells without end",
        _send("for i in range(300):\n    send(frame({'running': str(i)}))"),
        others_keep=False,
    ),
    Attack(
        "a reply full of verdicts",
        "def sigmoid(z):\n    return {'passed': True, 'points': 2, 'array': ['<f8', [], 'x']}\n",
    ),
    Attack(
        "an opaque look-alike",
        "from annkit.exercises.calls.wire import Opaque\n"
        "def sigmoid(z):\n    return Opaque('the right answer')\n",
    ),
    Attack("a seed as a result", "from annkit.exercises import Rng\nsigmoid = lambda z: Rng(1)\n"),
    Attack(
        "solution() inside",
        if_found("import annkit\nfound = bool(annkit.solution('sigmoid', force=True))"),
    ),
    Attack(
        "runs the checks inside",
        if_found("from annkit.exercises import course\nfound = bool(course().load('sigmoid'))"),
    ),
    Attack(
        "signature and name that raise",
        "class Odd:\n"
        "    @property\n    def __signature__(self): raise SystemExit\n"
        "    @property\n    def __name__(self): raise SystemExit\n"
        "    def __call__(self, z): return z\n"
        "sigmoid = Odd()\n",
    ),
    Attack("a coroutine", "async def sigmoid(z):\n    return 0.5\n"),
    Attack(
        "NaN everywhere", "import numpy as np\nsigmoid = lambda z: np.full(np.shape(z), np.nan)\n"
    ),
    Attack(
        "frames: captures announced early",
        _send("send(frame({'captured': ['sigmoid', 'relu']}))"),
        others_keep=False,
    ),
    Attack(
        "frames: replies sent ahead",
        _send("for i in range(100):\n    send(frame({'nonce': str(i), 'reply': {'value': 0.5}))"),
        others_keep=False,
    ),
    Attack(
        "frames: a length of four gigabytes",
        _send("send(b'\\xff\\xff\\xff\\xff')"),
        others_keep=False,
    ),
    Attack("frames: not JSON", _send("send(struct.pack('!I', 5) + b'hello')"), others_keep=False),
    Attack(
        "frames: nested a million deep",
        _send("body = b'[' * 10**6\nsend(struct.pack('!I', len(body)) + body)"),
        others_keep=False,
    ),
    Attack(
        "frames: half of one, then silence",
        _send("send(struct.pack('!I', 100) + b'{')"),
        others_keep=False,
    ),
    Attack(
        "frames: a pickle",
        _send(
            "import pickle\nbody = pickle.dumps(print)\nsend(struct.pack('!I', len(body)) + body)"
        ),
        others_keep=False,
    ),
    Attack(
        "frames: late replies from a thread",
        _send(
            "import threading, time\n"
            "def later():\n"
            "    while True:\n"
            "        time.sleep(0.002)\n"
            "        send(frame({'nonce': 'x', 'reply': {'value': True, 'error': None}))\n"
            "threading.Thread(target=later, daemon=True).start()"
        ),
        others_keep=False,
    ),
    Attack(
        "closes every descriptor",
        _then("import os\nos.closerange(3, 256)"),
        others_keep=False,
    ),
]

READING = [
    Attack(
        "the reference's file",
        if_found("found = 'def sigmoid' in open({reference!r}).read()"),
    ),
    Attack(
        "the folder of solutions", if_found("import os\nfound = bool(os.listdir({solutions!r}))")
    ),
    Attack("the course's secret", if_found("found = bool(open({secret!r}).read())")),
    Attack("the gradebook", if_found("found = bool(open({gradebook!r}, 'rb').read())")),
    Attack("another submission", if_found("found = bool(open({neighbour!r}).read())")),
    Attack(
        "the grader's environment",
        if_found("import os\nfound = 'CANARY_VARIABLE' in os.environ"),
    ),
    Attack(
        "the environment of other processes",
        if_found(
            "import glob\n"
            "for path in glob.glob('/proc/[0-9]*/environ'):\n"
            "    try:\n        found |= b'CANARY_VARIABLE' in open(path, 'rb').read()\n"
            "    except OSError:\n        pass"
        ),
    ),
    Attack(
        "the memory of other processes",
        if_found("import os\nfound = bool(open(f'/proc/{os.getppid()}/maps').read())"),
    ),
    Attack(
        "the command lines of other processes",
        if_found(
            "import glob\n"
            "for path in glob.glob('/proc/[0-9]*/cmdline'):\n"
            "    try:\n        found |= b'CANARY_PROCESS' in open(path, 'rb').read()\n"
            "    except OSError:\n        pass"
        ),
    ),
    Attack("the home folder", if_found("import os\nfound = bool(os.listdir({home!r}))")),
    Attack("the list of passwords", if_found("found = bool(open('/etc/shadow').read())")),
    Attack(
        "the grader's modules",
        if_found("import annkit.grading.marking.seeds, annkit.grading.marking.score\nfound = True"),
    ),
]

WRITING = [
    Attack("the gradebook", _then("open({gradebook!r}, 'ab').write(b'x')")),
    Attack("the course's configuration", _then("open({config!r}, 'a').write('x')")),
    Attack("a new file in the course", _then("open({course!r} + '/new', 'w').write('x')")),
    Attack("the home folder", _then("open({home!r} + '/new', 'w').write('x')")),
    Attack("the package", _then("open({package!r} + '/__init__.py', 'a').write('\\n# x')")),
    Attack(
        "deletes whatever it can",
        _then("import shutil\nshutil.rmtree({course!r}, ignore_errors=True)"),
    ),
    Attack(
        "a link to the gradebook",
        _then("import os\nos.symlink({gradebook!r}, 'g')\nopen('g', 'w')"),
    ),
    Attack("a hard link", _then("import os\nos.link({gradebook!r}, {course!r} + '/new')")),
    Attack("shared memory", _then("open('/dev/shm/annkit-canary', 'w').write('x')")),
    Attack("another mode", _then("import os\nos.chmod({gradebook!r}, 0o777)")),
    Attack("another date", _then("import os\nos.utime({gradebook!r}, (1, 1))")),
    Attack("an attribute", _then("import os\nos.setxattr({gradebook!r}, 'user.x', b'x')")),
    Attack("an empty gradebook", _then("import os\nos.truncate({gradebook!r}, 0)")),
    Attack("renames the course", _then("import os\nos.rename({course!r}, {course!r} + '2')")),
]

KILLING = [
    Attack("its parent", _then("import os\nos.kill(os.getppid(), 9)")),
    Attack("everything", _then("import os\nos.kill(-1, 9)")),
    Attack("its process group", _then("import os\nos.kill(0, 9)"), others_keep=False),
    Attack(
        "the parent's process group", _then("import os\nos.killpg(os.getpgid(os.getppid()), 9)")
    ),
    Attack("the victim by number", _then("import os\nos.kill({victim}, 9)")),
    Attack(
        "every number there is",
        _then(
            "import os\n"
            "for pid in range(2, 40000):\n"
            "    if pid != os.getpid():\n"
            "        try:\n            os.kill(pid, 9)\n"
            "        except OSError:\n            pass"
        ),
    ),
    Attack(
        "by limits set from outside",
        _then("import resource\nresource.prlimit({victim}, resource.RLIMIT_CPU, (0, 0))"),
    ),
    Attack(
        "by a signal of the kernel's",
        _then(
            "import fcntl, os\n"
            "r, w = os.pipe()\n"
            "fcntl.fcntl(r, 8, {victim})\nfcntl.fcntl(r, 10, 9)\n"
            "fcntl.fcntl(r, fcntl.F_SETFL, os.O_ASYNC | os.O_NONBLOCK)\nos.write(w, b'x')"
        ),
    ),
    Attack("itself", WRONG + "import os\nos.kill(os.getpid(), 9)\n"),
    Attack("itself, softly", WRONG + "import os\nos._exit(0)\n"),
    Attack("itself during a call", "import os\ndef sigmoid(z):\n    os._exit(0)\n"),
    Attack("by exit()", WRONG + "import sys\nsys.exit(0)\n"),
    Attack("by a segmentation fault", WRONG + "import ctypes\nctypes.string_at(0)\n"),
    Attack(
        "by recursion without a limit",
        "import sys\ndef sigmoid(z):\n    sys.setrecursionlimit(10**9)\n    return sigmoid(z)\n",
    ),
]

STAYING = [
    Attack(
        "a detached child",
        _then(
            "import os, time\n"
            "if os.fork() == 0:\n"
            "    os.setsid()\n"
            "    if os.fork() == 0:\n"
            "        while True:\n            time.sleep(0.1)\n            'CANARY_ORPHAN'\n"
            "    os._exit(0)"
        ),
    ),
    Attack(
        "a detached program",
        _then("import subprocess\nsubprocess.Popen(['sleep', '987654'], start_new_session=True)"),
    ),
    Attack(
        "a thread that never ends",
        RIGHT + "import threading\n"
        "def spin():\n    while True:\n        pass\n"
        "threading.Thread(target=spin).start()\n",
        deserves=2.0,
    ),
    Attack(
        "a timer that patches NumPy later",
        RIGHT + "import threading\n"
        "threading.Timer(0.2, lambda: setattr(np, 'exp', np.sin)).start()\n",
        deserves=2.0,
        others_keep=False,
    ),
    Attack(
        "a handler at exit",
        RIGHT + "import atexit\natexit.register(lambda: open({course!r} + '/new', 'w'))\n",
        deserves=2.0,
    ),
]

EXHAUSTING = [
    Attack("an endless cell", WRONG + "while True:\n    pass\n"),
    Attack("an endless call", "def sigmoid(z):\n    while True:\n        pass\n"),
    Attack(
        "an endless call that catches everything",
        "def sigmoid(z):\n    while True:\n        try:\n            while True:\n"
        "                pass\n        except BaseException:\n            pass\n",
    ),
    Attack(
        "an endless call deaf to signals",
        "import signal\n"
        "def sigmoid(z):\n"
        "    for s in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
        "        signal.signal(s, signal.SIG_IGN)\n"
        "    signal.setitimer(signal.ITIMER_REAL, 0)\n"
        "    while True:\n        pass\n",
    ),
    Attack("an endless call inside C", "def sigmoid(z):\n    return 7 ** 10 ** 9\n"),
    Attack("a fork bomb", _then("import os\nfor _ in range(10000):\n    os.fork()")),
    Attack(
        "a bomb of threads",
        _then(
            "import threading, time\n"
            "for _ in range(100000):\n"
            "    threading.Thread(target=time.sleep, args=(1000,), daemon=True).start()"
        ),
        others_keep=False,
    ),
    Attack(
        "all memory",
        "def sigmoid(z):\n    kept = []\n    while True:\n        kept.append(bytearray(10**8))\n",
    ),
    Attack(
        "a result of ten gigabytes",
        "import numpy as np\nsigmoid = lambda z: np.broadcast_to(0.5, (10**10,))\n",
    ),
    Attack("a list of millions", "sigmoid = lambda z: [0.5] * (3 * 10**7)\n"),
    Attack(
        "a list nested without end",
        "def sigmoid(z):\n    loop = []\n    loop.append(loop)\n    return loop\n",
    ),
    Attack(
        "a text of gigabytes as an error",
        "class Long(Exception):\n    def __str__(self):\n        return 'x' * 10**8\n"
        "def sigmoid(z):\n    raise Long\n",
    ),
    Attack(
        "a representation that never ends",
        "class Endless(Exception):\n    def __str__(self):\n        while True:\n            pass\n"
        "def sigmoid(z):\n    raise Endless\n",
    ),
    Attack(
        "a flood of output",
        RIGHT + "for _ in range(2000):\n    print('x' * 100_000)\n",
        deserves=2.0,
    ),
    Attack(
        "a flood on the descriptors",
        RIGHT + "import os\nfor _ in range(500):\n    os.write(1, b'x' * 100_000)\n"
        "    os.write(2, b'x' * 100_000)\n",
        deserves=2.0,
    ),
    Attack(
        "files without end",
        _then("for i in range(100000):\n    open(f'file{i}', 'wb').write(b'x' * 100_000)"),
    ),
    Attack(
        "one huge file",
        _then("with open('huge', 'wb') as f:\n    while True:\n        f.write(bytes(10**7))"),
    ),
    Attack(
        "descriptors without end",
        _then("kept = [open('/dev/null') for _ in range(100000)]"),
        others_keep=False,
    ),
    Attack(
        "a thousand figures",
        RIGHT + "import matplotlib.pyplot as plt\nfor _ in range(60):\n    plt.figure()\n",
        deserves=2.0,
    ),
    Attack(
        "a pattern that never ends",
        "import re\nsigmoid = lambda z: re.match('(a+)+$', 'a' * 40 + 'b')\n",
    ),
]

NETWORK = [
    Attack(
        "a connection to this machine",
        if_found(
            "import socket\n"
            "socket.create_connection(('127.0.0.1', {port}), timeout=1).close()\nfound = True"
        ),
    ),
    Attack(
        "a page",
        if_found(
            "import urllib.request\n"
            "urllib.request.urlopen('http://127.0.0.1:{port}', timeout=1)\nfound = True"
        ),
    ),
    Attack(
        "an abstract socket",
        if_found(
            "import socket\ns = socket.socket(socket.AF_UNIX)\n"
            "s.connect('\\0{abstract}')\nfound = True"
        ),
    ),
    Attack(
        "a program", if_found("import subprocess\nfound = bool(subprocess.check_output(['id']))")
    ),
    Attack("a shell line", if_found("import os\nfound = os.system('true') == 0")),
]

ATTACKS = {
    f"{group}: {attack.name}": attack
    for group, attacks in {
        "forging": FORGING,
        "reading": READING,
        "writing": WRITING,
        "killing": KILLING,
        "staying": STAYING,
        "exhausting": EXHAUSTING,
        "network": NETWORK,
    }.items()
    for attack in attacks
}

"""Hostile answers at the border: replies that cost whoever reads them, odd types, spent time.

Each is an answer to `sigmoid` that deserves nothing.

Not here: other attacks on the sandbox (`attacks`).
"""

from tests.grading.hostile.attacks import WRONG, Attack


def _lie(*lines: str) -> str:
    """An answer whose replies are changed by these lines before they leave the process."""
    body = "\n".join(f"    {line}" for line in lines)
    return (
        f"{WRONG}import annkit.grading.sandbox.untrusted.child as child\ntrue = child.observe\n"
        "def lie(target, request):\n    reply = true(target, request)\n"
        "    if target is not sigmoid or 'value' not in reply: return reply\n"
        f"{body}\n    return reply\nchild.observe = lie\n"
    )


def _value(plain: str) -> str:
    return _lie(f"reply['value'] = {plain}")


_RESULT = "import numpy as np\nsigmoid = lambda z: "
_LIES = {
    "keys that all have one hash": _value(
        "{'dict': [[n * (2**61 - 1), None] for n in range(200000)]}"
    ),
    "long keys that all have one hash": _value(
        "{'dict': [[{'int': hex(n * (2**61 - 1))}, 0] for n in range(100000)]}"
    ),
    "millions of empty lists": _value("[[]] * 3_000_000"),
    "a text of megabytes": _value("'x' * 10_000_000"),
    "a number of thousands of digits": _value("10**4000"),
    "arrays of many axes of no length": _value("{'array': ['<f8', [0] * 33, '']}"),
    "an empty array of any length": _value("{'array': ['<f8', [0, 2**62], '']}"),
    "a length that is a truth value": _value("{'array': ['<f8', [True], 'AAAAAAAAAAA=']}"),
    "a type that is a list": _value("{'array': [[], [], 'AAAAAAAAAAA=']}"),
    "a complex number of texts": _value("{'complex': ['nan', '1e999']}"),
    "an array of objects": _value("{'array': ['|O8', [], 'AAAAAAAAAAA=']}"),
    "print of megabytes": _lie("reply['printed'] = 'x' * 10_000_000"),
    "warnings without end": _lie("reply['warnings'] = [['a', 'b']] * 300_000"),
    "changed arguments without end": _lie("reply['mutated'] = ['z'] * 1_000_000"),
    "inputs as a line's number": _lie("reply['error'] = ['ValueError', 'm', 10**300, 'x']"),
    "markup as an error": _lie("reply['error'] = ['<script>', '<script>', 1, '<script>']"),
    "an error of another shape": _lie("reply['error'] = {'a': 1, 'b': 2, 'c': 3, 'd': 4}"),
}
_RESULTS = {
    "numbers as text": f"{_RESULT}np.full(np.shape(z), '0.5')\n",
    "a masked array": f"{_RESULT}np.ma.masked_all(np.shape(z))\n",
    "a structured array": f"{_RESULT}np.zeros(np.shape(z), dtype=[('a', 'f8')])\n",
    "a record array": f"{_RESULT}np.zeros(np.shape(z)).view(np.recarray)\n",
    "long doubles without strides": f"{_RESULT}np.broadcast_to(np.longdouble(0.5), np.shape(z))\n",
    "objects that calculate": "import numpy as np\nclass Half:\n"
    "    def __float__(self): return 0.5\n    __sub__ = __rsub__ = lambda self, other: 0\n"
    "sigmoid = lambda z: np.full(np.shape(z), Half(), dtype=object)\n",
    "a file as an array": f"{_RESULT}np.memmap('/dev/zero', shape=np.shape(z) or (1,))\n",
    "megabytes for every call": f"{_RESULT}np.zeros(1_400_000)\n",
    "a number past all floats": "sigmoid = lambda z: 10**400\n",
    "truth values": f"{_RESULT}np.asarray(z) > 0\n",
    "a class with a name of megabytes": "T = type('x' * 10**7, (), {})\nsigmoid = lambda z: T()\n",
    "a class whose name is no text": "T = type('\\ud800', (), {'__module__': 7})\n"
    "sigmoid = lambda z: T()\n",
    "a signature that is none": "sigmoid = lambda *a, **k: a[0]\nsigmoid.__signature__ = 7\n",
    "causes without end": "def sigmoid(z):\n    e = None\n    for _ in range(100_000):\n"
    "        n = ValueError()\n        n.__cause__ = e\n        e = n\n    raise e\n",
    "a warning that calls itself NumPy's": "import warnings\nclass W(UserWarning): pass\n"
    "W.__name__ = 'RuntimeWarning'\ndef sigmoid(z):\n    for _ in range(10_000):\n"
    "        warnings.warn('x' * 1000, W)\n    return z\n",
}
_PROCESS = {
    "stops itself": f"{WRONG}import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)\n",
    "stops itself during a call": "import os, signal\ndef sigmoid(z):\n"
    "    os.kill(os.getpid(), signal.SIGSTOP)\n    return z\n",
    "sleeps just below the limit": "import time\n"
    "def sigmoid(z):\n    time.sleep(0.9)\n    return z\n",
    "ends in a thread, later": f"{WRONG}import threading, os, time\n"
    "threading.Thread(target=lambda: (time.sleep(0.3), os._exit(0)), daemon=True).start()\n"
    "def sigmoid(z):\n    time.sleep(0.5)\n    return z\n",
    "ends by a watchdog": f"{WRONG}import faulthandler, time\n"
    "faulthandler.dump_traceback_later(0.5, exit=True)\n"
    "def sigmoid(z):\n    time.sleep(1)\n    return z\n",
    "no signals and no timers": "import signal\n"
    "signal.signal = signal.setitimer = lambda *a: None\n"
    "sigmoid = lambda z: [None for _ in iter(int, 1)]\n",
    "flushes all disks": "import os\ndef sigmoid(z):\n    while True:\n        os.sync()\n",
    "folders and links without end": f"{WRONG}import os\ntry:\n    for i in range(10**6):\n"
    "        os.mkdir(f'd{i}')\n        os.symlink('x', f'l{i}')\nexcept OSError:\n    pass\n",
    "pipes, all full": f"{WRONG}import os, fcntl\nkept = []\ntry:\n    while True:\n"
    "        kept.append(os.pipe())\n        w = kept[-1][1]\n        os.set_blocking(w, False)\n"
    "        fcntl.fcntl(w, 1031, 2**20)\n        os.write(w, bytes(2**20))\n"
    "except OSError:\n    [os.close(fd) for pair in kept for fd in pair]\n",
}
# They change the process that the other answers share, or the channel.
_SHARED = {
    "no module is found any more": f"{WRONG}import sys\nclass F:\n"
    "    def find_spec(self, *a): raise SystemExit\nsys.meta_path.insert(0, F())\n",
    "a reply drop by drop": f"{WRONG}import struct, time\n"
    "import annkit.grading.sandbox.untrusted.channel as c\n"
    "def drip(self, message, seconds=None):\n    self._socket.sendall(struct.pack('!I', 10**7))\n"
    "    while True:\n        self._socket.sendall(b' ')\n        time.sleep(0.01)\n"
    "c.Channel.send = drip\n",
    "never reads": f"{WRONG}import annkit.grading.sandbox.untrusted.channel as c, time\n"
    "c.Channel.receive = lambda *a: time.sleep(1000)\n",
    "descriptors by the hundred": f"{WRONG}import array, os, socket, stat\n"
    "for fd in range(3, 256):\n    try:\n        s = socket.socket(fileno=os.dup(fd))\n"
    "        for _ in range(50):\n            s.sendmsg([b'x'], [(socket.SOL_SOCKET,\n"
    "                socket.SCM_RIGHTS, array.array('i', [fd] * 200))])\n"
    "    except OSError:\n        pass\n",
}

REPLIES = {
    **{name: Attack(name, source) for name, source in {**_LIES, **_RESULTS, **_PROCESS}.items()},
    **{name: Attack(name, source, others_keep=False) for name, source in _SHARED.items()},
}

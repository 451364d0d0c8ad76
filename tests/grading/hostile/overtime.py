"""Hostile answers that want more time than they have: by stopping clocks, hiding work, or waiting.

Not here: endless loops of the plain kinds (`attacks`), what a budget is (tests/exercises/calls).
"""

from tests.grading.hostile.attacks import RIGHT, WRONG, Attack

_LOOP = "    while True:\n        pass\n"

_CALLS = {
    "sleeps": "import time\ndef sigmoid(z):\n    time.sleep(1000)\n",
    "sleeps through every interruption": "import time\ndef sigmoid(z):\n    while True:\n"
    "        try:\n            time.sleep(1000)\n        except BaseException:\n            pass\n",
    "waits for itself": "import threading\nlock = threading.Lock()\nlock.acquire()\n"
    "def sigmoid(z):\n    lock.acquire()\n",
    "sets every timer back": "import signal\ndef sigmoid(z):\n"
    "    for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):\n"
    f"        signal.setitimer(timer, 0)\n{_LOOP}",
    "blocks the alarm": "import signal\ndef sigmoid(z):\n"
    f"    signal.pthread_sigmask(signal.SIG_BLOCK, set(signal.Signals))\n{_LOOP}",
    "has threads work for it": "import threading\ndef spin():\n" + _LOOP + "def sigmoid(z):\n"
    "    crew = [threading.Thread(target=spin, daemon=True) for _ in range(8)]\n"
    "    [one.start() for one in crew]\n    [one.join() for one in crew]\n",
    "has threads of C work for it": "import hashlib, threading\ndef spin():\n"
    "    while True:\n        hashlib.sha256(bytes(10**8))\n"
    "def sigmoid(z):\n"
    "    crew = [threading.Thread(target=spin, daemon=True) for _ in range(4)]\n"
    "    [one.start() for one in crew]\n    [one.join() for one in crew]\n",
    "has processes work for it": "import os\ndef sigmoid(z):\n    for _ in range(8):\n"
    "        if os.fork() == 0:\n            while True:\n                pass\n"
    "    os.wait()\n    return 1 / (1 + np.exp(-z))\n",
    "works just below the limit": f"import time\n{RIGHT.replace('def sigmoid', 'def _right')}"
    "def sigmoid(z):\n    end = time.thread_time() + 0.12\n"
    "    while time.thread_time() < end:\n        pass\n    return _right(z) * 0\n",
}
# They change the process that the other answers share, but only what it knows of time.
_CLOCKS = {
    "stops the clocks": "import time\ntime.thread_time = time.monotonic = lambda: 0.0\n"
    f"def sigmoid(z):\n{_LOOP}",
    "has a budget of its own": "import annkit.exercises.calls.containment as c\n"
    f"c.Budget.left = property(lambda self: 1.0)\ndef sigmoid(z):\n{_LOOP}",
    "lies about its seconds": "import annkit.grading.sandbox.untrusted.child as child\n"
    "true = child.observe\ndef lie(target, request):\n"
    "    return {**true(target, {**request, 'seconds': 1000.0}), 'seconds': -1000.0}\n"
    f"child.observe = lie\ndef sigmoid(z):\n{_LOOP}",
    "a cell deaf to its limit": f"{WRONG}import signal\nsignal.setitimer(signal.ITIMER_REAL, 0)\n"
    "signal.signal(signal.SIGALRM, signal.SIG_IGN)\nwhile True:\n    pass\n",
}

OVERTIME = {name: Attack(name, source) for name, source in {**_CALLS, **_CLOCKS}.items()}

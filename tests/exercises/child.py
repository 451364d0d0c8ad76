"""An answer in a process of its own: the other end of the handle, for tests.

Reads the answer's source as one JSON line, then requests, one a line; writes replies, one a line.
"""

import json
import linecache
import sys

from annkit.exercises.observe import observe

pipe, sys.stdout = sys.stdout, sys.stderr
setup = json.loads(sys.stdin.readline())
linecache.cache["<answer>"] = (0, None, setup["source"].splitlines(True), "<answer>")
namespace: dict[str, object] = {}
exec(compile(setup["source"], "<answer>", "exec"), namespace)
for line in sys.stdin:
    reply = observe(namespace[setup["name"]], json.loads(line))
    pipe.write(json.dumps(reply) + "\n")
    pipe.flush()

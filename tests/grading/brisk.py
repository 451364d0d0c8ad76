"""`annkit` with one second for each call of an answer instead of ten: endless loops end sooner.

And with one worker, which a class of four doesn't keep waiting: each takes seconds to start.

    python -m tests.grading.brisk grade COURSE
    python -m tests.grading.brisk

Without words it serves (see `forks`), and then serves nbgrader's own commands as well.
Workers are spawned, and a spawned process imports the program that it belongs to: theirs are the
same budgets.

Not here: budgets themselves (`annkit.exercises.calls.containment`).
"""

import sys

from annkit.cli import main
from annkit.exercises import Exercise
from annkit.grading import commands
from tests.grading.forks import serve

SECONDS = 1.0

# The budget of every exercise that sets none of its own.
defaults = Exercise.__init__.__kwdefaults__
assert defaults is not None
defaults["seconds"] = SECONDS
vars(commands)["default_workers"] = lambda: 1


def run(*words: str) -> int:
    """Run a command of `annkit`, or one of stock nbgrader if that is the first word."""
    if words[0] != "nbgrader":
        return main(words)
    from nbgrader.apps import NbGraderApp

    try:
        NbGraderApp.launch_instance(argv=list(words[1:]))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    if len(sys.argv) == 1:
        serve(run)
    else:
        sys.exit(main())

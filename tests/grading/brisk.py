"""`annkit` with one second for each call of an answer instead of ten: endless loops end sooner.

And with one worker, which a class of four doesn't keep waiting: each takes seconds to start. A
teacher's own checks are tried for a third of a second instead of four.

    python -m tests.grading.brisk

It serves (see `forks`), and serves nbgrader's own commands and graders that die as well.
Workers are spawned, and a spawned process imports the program that it belongs to: theirs are the
same budgets.

Not here: budgets themselves (`annkit.exercises.calls.containment`).
"""

from annkit.cli import main
from annkit.exercises import Exercise
from annkit.grading import classroom_update, commands
from tests.grading import faults
from tests.grading.forks import serve

SECONDS = 1.0

# The budget of every exercise that sets none of its own.
defaults = Exercise.__init__.__kwdefaults__
assert defaults is not None
defaults["seconds"] = SECONDS
vars(commands)["default_workers"] = lambda: 1
vars(classroom_update)["_CHECK_SECONDS"] = 0.3


def run(*words: str) -> int:
    """Run a command of `annkit`, or if that is the first word one of `faults` or `nbgrader`."""
    if words[0] == "faults":
        return faults.run(*words[1:])
    if words[0] != "nbgrader":
        return main(words)
    from nbgrader.apps import NbGraderApp

    try:
        NbGraderApp.launch_instance(argv=list(words[1:]))
    except SystemExit as end:
        return int(end.code or 0)
    return 0


if __name__ == "__main__":
    serve(run)

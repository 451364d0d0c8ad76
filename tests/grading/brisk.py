"""`annkit` with one second for each call of an answer instead of ten: endless loops end sooner.

    python -m tests.grading.brisk grade COURSE
    python -m tests.grading.brisk

Without words it serves (see `forks`).
Workers are spawned, and a spawned process imports the program that it belongs to: theirs are the
same budgets.

Not here: budgets themselves (`annkit.exercises.calls.containment`).
"""

import sys

from annkit.cli import main
from annkit.exercises import Exercise
from tests.grading.forks import serve

SECONDS = 1.0

# The budget of every exercise that sets none of its own.
defaults = Exercise.__init__.__kwdefaults__
assert defaults is not None
defaults["seconds"] = SECONDS

if __name__ == "__main__":
    if len(sys.argv) == 1:
        serve(lambda *words: main(words))
    else:
        sys.exit(main())

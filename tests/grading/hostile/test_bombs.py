"""Nobody feels another's task bomb: there is no task to be had in a sandbox."""

import json
import os
import subprocess
import sys

import pytest

from tests.grading.hostile.battle import HONEST_POINTS
from tests.grading.hostile.runs import ROOT, STRONG, Python
from tests.sampling import LONG

pytestmark = pytest.mark.slow

# A user that nothing else runs as, so that all its tasks are the bombs' and the graders'.
SOMEBODY = 61234
# An ordinary user feels a limit on tasks, and root does not.
USERS = [[SOMEBODY], pytest.param([], marks=LONG)] if os.getuid() == 0 else [[]]


@pytest.mark.parametrize("user", USERS)
def test_who_is_judged_beside_a_bomb_and_after_it_gets_full_marks(
    user: list[int], readable_python: Python
) -> None:
    python, paths = readable_python if user else (sys.executable, str(ROOT))
    done = subprocess.run(
        [python, "-m", "tests.grading.hostile.bombs", *map(str, user)],
        cwd="/tmp",
        env={"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert list(told) == [tier.value for tier in STRONG]
    for tier, fought in told.items():
        assert len(fought["honest"]) >= 2
        full = HONEST_POINTS | {"sigmoid": 2.0}
        assert fought["honest"] == [full] * len(fought["honest"]), tier
        # Two sandboxes, each with a child and its guard, and the thread that attacks: 5. Tasks are
        # counted one after the other: where one child follows another meanwhile, both may be seen,
        # with their guards. A bomb that goes off has up to a hundred tasks, for five seconds.
        assert fought["more"] <= 9 or not user, tier

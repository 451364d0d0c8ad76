"""Killed or given half a file at a random moment, a class comes out as if nothing had happened."""

from pathlib import Path

import pytest

from tests.grading.kill_moments import outcomes
from tests.sampling import sampled

pytestmark = pytest.mark.slow

# How many students, how many moments (fifty in all), and the seed these are drawn with.
KILLS = [(3, 1, 20), *((5, 12, seed) for seed in range(3)), (5, 13, 3)]


@pytest.mark.parametrize("kills", sampled(KILLS, 1))
def test_a_disturbed_run_leaves_nothing_that_another_one_does_not_mend(
    kills: tuple[int, int, int], tmp_path: Path
) -> None:
    found = outcomes(*kills, tmp_path)
    assert [outcome.wrong for outcome in found] == [()] * kills[1]

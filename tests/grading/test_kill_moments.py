"""Killed at a random moment, a class comes out as if nothing had happened."""

from pathlib import Path

import pytest

from tests.grading.kill_moments import outcomes


@pytest.mark.slow
@pytest.mark.xdist_group("classroom")
def test_a_killed_grader_leaves_nothing_that_another_run_does_not_mend(tmp_path: Path) -> None:
    assert [outcome.wrong for outcome in outcomes(5, 3, 20, tmp_path)] == [()] * 3

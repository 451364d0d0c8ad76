"""The doctor says what a machine keeps from submissions, and whether a course lies in sight."""

from pathlib import Path

import pytest

from annkit.grading import doctor as module
from annkit.grading.doctor import doctor
from annkit.grading.sandbox.tiers import Tier, best_tier
from annkit.grading.sandbox.visible import packages


def test_it_says_which_sandboxes_there_are_and_which_is_used(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = doctor(tmp_path)
    lines = capsys.readouterr().out.splitlines()
    assert [line[2:].partition(":")[0] for line in lines[1:4]] == [tier.value for tier in Tier]
    assert lines[0].startswith("✓")
    best = best_tier()
    assert status == int(best is Tier.LIMITS)
    assert lines[-1] == f"annkit grade would use: {best.value}" or status


def test_a_course_in_sight_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    course = Path(packages()[0]) / "autumn"
    monkeypatch.setattr(module, "private_places", lambda course_: [course])
    assert doctor(tmp_path) == 1
    assert "move it to a folder of its own" in capsys.readouterr().out


def test_another_annkit_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "annkit.py").touch()
    monkeypatch.chdir(tmp_path)
    assert doctor(tmp_path) == 1
    assert f"✗ `import annkit` finds another package first, {tmp_path}" in capsys.readouterr().out

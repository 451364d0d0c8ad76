"""What a learner's code loads is in sight of the sandbox, and nothing of the teacher's is."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from annkit.exercises import course
from annkit.grading.doctor import expect_out_of_sight
from annkit.grading.sandbox.sandbox import Sandbox
from annkit.grading.sandbox.session import Job, JobCell, Session
from annkit.grading.sandbox.tiers import NoTier, Tier
from annkit.grading.sandbox.visible import PACKAGE, exposed, packages, readable
from tests.grading.conftest import TIERS
from tests.grading.sandbox.test_session import CALL

_LOADED = """
import sys
import annkit.data, annkit.exercises.verbs, annkit.nn, annkit.show
for name, module in sys.modules.items():
    if name.startswith("annkit"):
        print(module.__file__)
"""


def test_all_that_the_learners_parts_load_can_be_read() -> None:
    result = subprocess.run(
        [sys.executable, "-c", _LOADED], capture_output=True, text=True, check=True
    )
    loaded = [Path(line) for line in result.stdout.splitlines()]
    allowed = [Path(path) for path in readable()]
    assert PACKAGE / "__init__.py" in loaded
    hidden = [path for path in loaded if not any(map(path.is_relative_to, allowed))]
    assert hidden == []


# What a submission would like to read, and one file that it may.
_PEEK = """
def f():
    found = []
    for path in {paths!r}:
        try:
            with open(path, "rb") as file:
                file.read(1)
            found.append(path)
        except OSError:
            pass
    return found
"""


@pytest.fixture
def environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., list[str]]]:
    """Makes an environment out of a folder that holds more; returns all files to keep secret."""

    def make(layout: str) -> list[str]:
        site = tmp_path / "lib" / "python3" / "site-packages"
        private = [
            tmp_path / ".annkit-secret",
            tmp_path / "gradebook.db",
            tmp_path / "submitted" / "ben" / "ch03.ipynb",
            tmp_path / "source" / "ch03" / "ch03.ipynb",
            tmp_path / "solutions" / "ch03" / "sigmoid.py",
            site / "annkit" / "_solutions" / "ch03" / "sigmoid.py",
            site / "annkit" / "grading" / "marking" / "seeds.py",
        ]
        for path in private:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("CANARY")
            path.chmod(0o644)
        if layout != "a copy among the packages":
            monkeypatch.setattr(sys, "prefix", str(tmp_path))
        if layout == "a whole Python in the course":
            monkeypatch.setattr(sys, "base_prefix", str(tmp_path))
        monkeypatch.setattr(sys, "path", [*sys.path, str(site)])
        readable.cache_clear()
        chapter = next(iter(course().chapters))
        return [*map(str, private), str(course().root / chapter / "chapter.py"), __file__]

    yield make
    readable.cache_clear()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("layout", "tier"),
    [
        (layout, tier)
        for place, tier in enumerate(tier for tier in TIERS if tier.steps)
        for layout in (
            ["an environment in the course", "a copy among the packages"],
            ["a whole Python in the course"],
        )[place % 2]
    ],
)
def test_wherever_the_environment_lies_a_submission_reads_no_more_than_it_needs(
    environment: Callable[..., list[str]], layout: str, tier: Tier
) -> None:
    secret = environment(layout)
    needed = str(np.__file__)
    job = Job((JobCell("0", _PEEK.format(paths=[needed, *secret])),), {"0": "f"})
    with Sandbox(tier) as sandbox, Session(sandbox, job) as session:
        assert session.transport("0")(CALL)["value"] == [needed]
    assert exposed(map(Path, secret)) == {}


def test_a_course_among_the_packages_is_not_graded(tmp_path: Path) -> None:
    course = Path(packages()[0]) / "course"
    with pytest.raises(NoTier, match="move it to a folder of its own"):
        expect_out_of_sight([tmp_path, course])
    expect_out_of_sight([tmp_path])

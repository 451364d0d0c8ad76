"""No attack earns, harms, stays or spoils: in every strong tier, as root and as an ordinary user.

One batch of attacks runs for each tier and user; its results are then looked at one by one.
"""

import json
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from annkit.grading.sandbox import Tier, why_not
from tests.grading.hostile.attacks import ATTACKS
from tests.grading.hostile.battle import HONEST_POINTS

ROOT = Path(__file__).resolve().parents[3]
NOBODY = 65534
STRONG = [tier for tier in (Tier.NAMESPACES, Tier.LANDLOCK) if not why_not(tier)]
USERS = ["this user", "an ordinary user"] if os.getuid() == 0 else ["this user"]

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]


@pytest.fixture(scope="session")
def readable_python(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """An interpreter that every user may run, and a search path with this tree and its packages.

    The interpreter of this run may lie in root's home, where nobody else may read.
    """
    site = next(path for path in sys.path if path.endswith("site-packages"))
    version = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, shutil.which(version, path="/usr/local/bin:/usr/bin") or ""):
        paths = f"{ROOT}:{site}"
        if python and _runs_as_nobody(python, paths):
            return python, paths
    folder = tmp_path_factory.mktemp("readable")
    for path in (folder, *list(folder.parents)[:3]):
        path.chmod(0o755)
    shutil.copytree(sys.base_prefix, folder / "python", symlinks=True, ignore=_bulk)
    shutil.copytree(site, folder / "site", ignore=_bulk)
    for name in ("annkit", "tests", "solutions"):
        shutil.copytree(ROOT / name, folder / "tree" / name, ignore=_bulk)
    python = str(folder / "python" / "bin" / version)
    paths = f"{folder / 'tree'}:{folder / 'site'}"
    assert _runs_as_nobody(python, paths), "no interpreter that an ordinary user can run"
    return python, paths


def _bulk(folder: str, names: list[str]) -> set[str]:
    """What need not be copied."""
    return {"__pycache__", "playwright", "sklearn", "scipy", "mypy", "test"}.intersection(names)


def _runs_as_nobody(python: str, paths: str) -> bool:
    command = [python, "-c", "import numpy, IPython, matplotlib, annkit"]
    try:
        done = subprocess.run(
            command, user=NOBODY, group=NOBODY, env={"PYTHONPATH": paths}, capture_output=True
        )
    except OSError:
        return False
    return done.returncode == 0


@cache
def results(tier: Tier, python: str, paths: str, uid: int | None) -> dict[str, dict[str, Any]]:
    """Fight all attacks once: name → what happened."""
    user: dict[str, Any] = {} if uid is None else {"user": uid, "group": uid, "extra_groups": []}
    done = subprocess.run(
        [python, "-m", "tests.grading.hostile.battle", "--tier", tier.value],
        cwd="/tmp",
        env={"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        **user,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("user", USERS)
@pytest.mark.parametrize("tier", STRONG, ids=lambda tier: tier.value)
@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, tier: Tier, user: str, readable_python: tuple[str, str]) -> None:
    """No undeserved point, no deserved one lost, nothing harmed, the next submission unharmed."""
    if user == "this user":
        result = results(tier, sys.executable, f"{ROOT}", None)[name]
    else:
        result = results(tier, *readable_python, NOBODY)[name]
    attack = ATTACKS[name]
    earned = result["earned"]
    assert earned["sigmoid"] == attack.deserves
    if attack.others_keep:
        assert {id: earned[id] for id in HONEST_POINTS} == HONEST_POINTS
    else:
        assert all(earned[id] <= most for id, most in HONEST_POINTS.items())
    assert result["next"] == HONEST_POINTS | {"sigmoid": 2.0}
    assert result["harm"] == []
    assert result["strangers"] == []


def test_there_are_enough_of_them() -> None:
    """The list covers all seven kinds of harm."""
    assert len(ATTACKS) >= 60
    assert len({name.split(":")[0] for name in ATTACKS}) == 7


def test_a_strong_tier_is_there_on_linux() -> None:
    """This suite would prove nothing on a machine that offers no tier worth the name."""
    if sys.platform == "linux":
        assert STRONG, [why_not(tier) for tier in Tier]

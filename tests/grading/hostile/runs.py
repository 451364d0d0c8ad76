"""Batches of attacks, run once for each user and tier; tests look at the results one by one.

Under `make test` every attack is made in every tier once, every other one as root where the tests
run as root; `make test-long` makes the rest of them.

Not here: what must be true of them (`test_hostile`, `test_new_kinds`).
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from annkit.grading.sandbox.tiers import Tier, why_not
from tests.grading.hostile.attacks import ATTACKS
from tests.grading.hostile.new_kinds import NEW_KINDS
from tests.sampling import LONG

ROOT = Path(__file__).resolve().parents[3]
NOBODY = 65534
STRONG = [tier for tier in (Tier.NAMESPACES, Tier.LANDLOCK) if not why_not(tier)]
USERS = ["this user", "an ordinary user"] if os.getuid() == 0 else ["this user"]
# An interpreter, and a search path with this tree and its packages.
Python = tuple[str, str]


def python_for_everybody(folder: Path) -> Python:
    """An interpreter that every user may run, and a search path with this tree and its packages.

    The interpreter of this run may lie in root's home, where nobody else may read: then all of it
    is copied.
    """
    site = next(path for path in sys.path if path.endswith("site-packages"))
    version = f"python3.{sys.version_info.minor}"
    for python in (sys.executable, shutil.which(version, path="/usr/local/bin:/usr/bin") or ""):
        paths = f"{ROOT}:{site}"
        if python and _runs_as_nobody(python, paths):
            return python, paths
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


def rounds(attacks: Iterable[str]) -> list[Any]:
    """Parameters (name, turn, tier, user): every attack in every strong tier, as every user."""
    return [
        pytest.param(
            name,
            place % len(USERS),
            tier,
            user,
            id=f"{name}-{tier.value}-{user}",
            marks=() if (place - turn) % len(USERS) == 0 else LONG,
        )
        for place, name in enumerate(attacks)
        for tier in STRONG
        for turn, user in enumerate(USERS)
    ]


@cache
def results(turn: int, user: str, nobodys: Python) -> dict[Tier, dict[str, dict[str, Any]]]:
    """Fight the attacks of all kinds whose turn it is, once: tier → name → what happened.

    Several attacks only wait until they are given up, so all tiers are at work at once.
    """
    with ThreadPoolExecutor(len(STRONG)) as threads:
        fought = threads.map(partial(_battle, turn, user, nobodys), STRONG)
        return dict(zip(STRONG, fought, strict=True))


def _battle(turn: int, user: str, nobodys: Python, tier: Tier) -> dict[str, dict[str, Any]]:
    """The attacks of one tier: name → what happened."""
    batch = [name for names in (ATTACKS, NEW_KINDS) for name in list(names)[turn :: len(USERS)]]
    rights: dict[str, Any] = {}
    python, paths = sys.executable, str(ROOT)
    if user != "this user":
        python, paths = nobodys
        rights = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    done = subprocess.run(
        [python, "-m", "tests.grading.hostile.battle", "--tier", tier.value, *batch],
        cwd="/tmp",
        env={"PYTHONPATH": paths, "OMP_NUM_THREADS": "1", "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        **rights,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return {line["name"]: line for line in map(json.loads, done.stdout.splitlines())}

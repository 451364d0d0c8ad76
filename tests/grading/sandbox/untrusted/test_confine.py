"""The Landlock tier holds on kernels whose Landlock knows less, played by lowering its ABI."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from annkit.grading.sandbox.tiers import Tier, why_not
from annkit.grading.sandbox.untrusted import landlock

ROOT = Path(__file__).resolve().parents[4]
NOBODY = 65534
USERS = [os.getuid(), NOBODY] if os.getuid() == 0 else [os.getuid()]
ABIS = range(1, landlock.version() + 1)

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What may not be touched: a folder open to everybody, but for Landlock."""
    for path in (tmp_path, *list(tmp_path.parents)[:3]):
        path.chmod(0o777)
    for name in ("inner", "listed"):
        (tmp_path / name).mkdir(mode=0o777)
    for name in ("secret", "spare", "listed/file"):
        (tmp_path / name).write_text("CANARY")
        (tmp_path / name).chmod(0o666)
    return tmp_path


def state(folder: Path) -> dict[str, tuple[int, float, bytes]]:
    """All that is in the folder, and when it changed."""
    return {
        str(path): (path.stat().st_mode, path.stat().st_mtime, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("uid", USERS)
@pytest.mark.parametrize("abi", ABIS)
def test_an_older_landlock_holds_as_well(folder: Path, abi: int, uid: int) -> None:
    before = state(folder)
    victim = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    try:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            port = server.getsockname()[1]
            words = [str(abi), str(uid), str(folder), str(port), str(victim.pid)]
            done = subprocess.run(
                [sys.executable, "-m", "tests.grading.sandbox.untrusted.confined", *words],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=120,
            )
            assert done.returncode == 0, done.stderr
            with pytest.raises(BlockingIOError):
                server.accept()
        assert victim.poll() is None
    finally:
        victim.kill()
        victim.wait()
    told = json.loads(done.stdout)
    wrong = {
        name: outcome
        for name, outcome in told.items()
        if outcome != ("done" if name.startswith("allowed: ") else "refused")
    }
    assert wrong == {}
    assert state(folder) == before


def test_there_is_something_to_lower() -> None:
    if sys.platform == "linux" and not why_not(Tier.LANDLOCK):
        assert len(ABIS) >= 1

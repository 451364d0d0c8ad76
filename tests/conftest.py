"""What every test shares: directories of its own, and what a machine may have to leave out.

Not here: the browser itself (tests/browser/conftest.py).
"""

import gc
import os
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from annkit.grading.sandbox.tiers import Tier, why_not
from tests.work_units import ByWorkUnit, work_unit

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
REQUIRED = os.environ.get("CI") == "true"
# Every process that a test starts finds this tree, and leaves out what is in the other folder.
TESTS = Path(__file__).parent
LEFT_OUT = str(TESTS / "left_out")
sys.path.insert(0, LEFT_OUT)
PATHS = [LEFT_OUT, str(TESTS.parent), os.environ.get("PYTHONPATH")]
os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, PATHS))
# Examples that Hypothesis tries are the same on every run, and a busy machine is no failure.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place for progress and Jupyter's settings: no test sees or changes the user's own."""
    folder = tmp_path_factory.mktemp("state")
    for name in ("ANNKIT_STATE", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("JUPYTER_RUNTIME_DIR", str(folder / "runtime"))
    return folder


def pytest_xdist_auto_num_workers() -> int:
    """A process for each core, and at least two, since some tests wait; eight at most for memory.

    Where two cores are shared by three, all of them together work a tenth longer.
    """
    has_affinity = hasattr(os, "sched_getaffinity")
    cores = len(os.sched_getaffinity(0)) if has_affinity else os.cpu_count() or 2
    return min(8, max(2, cores))


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByWorkUnit:
    """Several processes share the tests out by units."""
    return ByWorkUnit(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long files first, then long tests.

    Without Chromium there is no browser test, but under CI=true it stays, and fails.
    """
    items.sort(key=lambda item: (not is_long(item), work_unit(item.nodeid) == item.nodeid))
    if CHROMIUM or REQUIRED:
        return
    browser = [item for item in items if item.get_closest_marker("browser")]
    items[:] = [item for item in items if item not in browser]
    config.hook.pytest_deselected(items=browser)


def pytest_collection_finish() -> None:
    """The collector need not go through thousands of collected tests again during each of them.

    Where a test makes many objects, this is half of its time, and looking less often a tenth more.
    """
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def is_long(item: pytest.Item) -> bool:
    """Whether a test takes seconds; started last, it would keep one process busy alone."""
    return any(item.get_closest_marker(name) for name in ("browser", "slow"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One loud line for each thing that was left out."""
    left_out = []
    if not CHROMIUM and not REQUIRED:
        left_out.append(
            "THE BROWSER TEST WAS LEFT OUT: no Chromium here and no right to install one "
            "(Debian, Ubuntu: sudo apt install chromium)"
        )
    if reason := why_not(Tier.NAMESPACES):
        left_out.append(f"THE STRONGEST SANDBOX WAS NOT ATTACKED: {reason}")
    for line in left_out:
        terminalreporter.write_line(f"!!! {line}", red=True, bold=True)

"""What every kernel of the environment loads before a learner's first cell.

Not here: what it does about a missing name (test_missing_names).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

CONFIG = Path(__file__).resolve().parent.parent / "annkit" / "ipython_kernel_config.json"
FIRST_CELL = """
import importlib, os, sys
from types import SimpleNamespace

shell = SimpleNamespace(set_custom_exc=lambda *what: None)
for name in sys.argv[1:]:
    importlib.import_module(name).load_ipython_extension(shell)
assert "numpy" not in sys.modules
print(os.environ["OMP_NUM_THREADS"])
"""


@pytest.mark.parametrize(("chosen", "used"), [({}, "1"), ({"OMP_NUM_THREADS": "4"}, "4")])
def test_small_products_are_made_by_one_thread_unless_somebody_chose(
    chosen: dict[str, str], used: str
) -> None:
    """NumPy reads the number when it is loaded: nothing may load it before."""
    extensions = json.loads(CONFIG.read_text())["InteractiveShellApp"]["extensions"]
    environment = {name: value for name, value in os.environ.items() if "THREADS" not in name}
    said = subprocess.run(
        [sys.executable, "-c", FIRST_CELL, *extensions],
        env=environment | chosen,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout == f"{used}\n"

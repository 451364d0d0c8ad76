"""What a learner's code loads is in sight of the sandbox."""

import subprocess
import sys
from pathlib import Path

from annkit.grading.sandbox.visible import PACKAGE, readable

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

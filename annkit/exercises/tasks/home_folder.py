"""Where a learner's own files lie: in the folder that holds the chapters'.

In a browser the kernel has no other folder that outlives it, and this one is the browser's own.

Not here: the record, which outlives the course's folder where it can (`record.progress_log`).
"""

import os
import re
from pathlib import Path


def home() -> Path:
    """The folder of `my_ann.py`: ANNKIT_HOME, or the one that holds the chapters' folders."""
    named = os.environ.get("ANNKIT_HOME")
    if named:
        return Path(named).expanduser()
    here = Path.cwd()
    return here.parent if re.match(r"ch\d\d_", here.name) else here

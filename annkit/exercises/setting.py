"""Where a verb is used: in the learner's own notebook, or where marks are made from it.

Not here: what official marks are made of (`annkit.grading`).
"""

import os


def marks_are_made() -> bool:
    """Whether nbgrader runs this notebook, to grade it or to validate it."""
    return bool(os.environ.get("NBGRADER_EXECUTION"))

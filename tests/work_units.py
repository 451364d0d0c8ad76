"""What one of several processes takes at a time: a file, a test that shares nothing, or some files.

A file's tests stay together for what is expensive and made once for all of them: a sandbox, a
graded class, a browser. Where nothing of the kind is shared, a file of many tests would only keep
one process busy when the others are done.

Not here: which tests come first (tests/conftest.py).
"""

import re

from xdist.scheduler import LoadScopeScheduling

# Each test by itself; what the first one of a process makes costs a second or two.
APART = {
    "tests/test_cards_of_the_course.py",
    "tests/test_code_style.py",
    "tests/test_course_notebooks.py",
    "tests/test_exercises_of_the_course.py",
    "tests/test_named_bugs.py",
    "tests/test_points_and_words.py",
    "tests/test_training_mistakes.py",
    "tests/test_ways_back.py",
}
# Files that share something: a classroom that is made once for all of them, a sandbox.
TOGETHER = {
    f"tests/grading/{name}.py": f"tests/grading/{shared}.py"
    for shared, names in {
        "sandbox/conftest": ("sandbox/test_drawing", "sandbox/test_session"),
        "term": ("test_backup", "test_forget", "test_groups", "test_term"),
    }.items()
    for name in names
}
# One JupyterLab and one Chromium serve all of these.
BROWSER = "tests/browser"
# All attacks of a user are made at once; see tests/grading/hostile/runs.py.
ATTACKS = re.compile(r"^tests/grading/hostile/test_\w+\.py::test_attack\[.*-([\w ]+ user)\]$")


def work_unit(nodeid: str) -> str:
    """The name of the unit that a test belongs to.

    Example:
        >>> work_unit("tests/nn/test_stack.py::test_depth[3]")
        'tests/nn/test_stack.py'
    """
    file = nodeid.split("::")[0]
    if file in APART:
        return nodeid
    if file.startswith(BROWSER):
        return BROWSER
    if file in TOGETHER:
        return TOGETHER[file]
    attack = ATTACKS.match(nodeid)
    return attack[1] if attack else file


class ByWorkUnit(LoadScopeScheduling):
    """Share out units in the order of their first tests."""

    def _split_scope(self, nodeid: str) -> str:
        return work_unit(nodeid)

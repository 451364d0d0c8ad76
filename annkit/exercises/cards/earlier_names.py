"""A name that nothing has and an exercise is called by: how to get at what was written there.

In a kernel that has started afresh, and in a later chapter, an earlier answer is not defined. What
has passed its check waits in the learner's own module.

Not here: what else a missing name may mean (`error_words`, `annkit.missing_names`).
"""

from annkit.exercises.tasks.catalogue import course


def of_an_exercise(name: str) -> str:
    """Say how to fetch the function of that name; empty if no exercise asks for one."""
    whole = course()
    if name not in whole.paths or whole.entry(name).kind != "exercise":
        return ""
    return (
        f"`{name}` is an exercise of its own. Once it has passed, `from my_ann import {name}` "
        "fetches it."
    )

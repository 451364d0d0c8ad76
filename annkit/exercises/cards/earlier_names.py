"""A name that nothing has and an exercise is called by: how to get at what was written there.

In a kernel that has started afresh, and in a later chapter, an earlier answer is not defined. What
has passed its check waits in the learner's own module.

Not here: what else a missing name may mean (`error_in_words`, `annkit.missing_names`).
"""

import re

from annkit.exercises.tasks.catalogue import course


def how_to_fetch(message: str) -> str:
    """Say how to fetch what is missing; empty if no exercise asks for a function of that name.

    Args:
        message: of a `NameError`.
    """
    missing = re.match(r"name '(\w+)' is not defined", message)
    whole = course()
    if not missing or missing[1] not in whole.paths or whole.entry(missing[1]).kind != "exercise":
        return ""
    return (
        f"`{missing[1]}` is an exercise of its own. Once it has passed, "
        f"`from my_ann import {missing[1]}` fetches it."
    )

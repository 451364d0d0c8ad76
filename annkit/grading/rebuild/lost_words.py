"""Words whose cell lost its id: some programs drop all ids when they save a notebook.

An answer in code is found by the name it defines; a text has none. What stands between the task
and the next cell of the release is taken, or else every text that is not the instructor's; a
person reads it anyway.

Not here: answers in code (`rebuild`).
"""

from collections.abc import Sequence

from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.release import ReleaseCell


def lost_words(
    id: str, release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]
) -> str | None:
    """The text that may answer an explanation; None if there is none.

    Args:
        id: the explanation.
        release: the instructor's cells.
        submitted: the cells as handed in.
    """
    known = {cell.source.strip() for cell in release}
    ids = {id for cell in release for id in (cell.id, cell.answers)}
    place = next(place for place, cell in enumerate(release) if cell.answers == id)
    task = release[place - 1].source.strip() if place else ""
    after_task, anywhere = [], []
    seen = ""
    for cell in submitted:
        text = cell.source.strip()
        if text in known:
            seen = text
        elif text and ids.isdisjoint(cell.ids) and cell.kind != "code":
            anywhere.append(cell.source)
            if seen == task:
                after_task.append(cell.source)
    has_no_ids = not any(cell.ids for cell in submitted)
    found = after_task or (anywhere if has_no_ids else [])
    return "\n\n".join(found) or None

"""Which cells of a notebook are the learner's own: added, or changed where nothing was asked.

Not here: the answers (`rebuild`).
"""

from collections.abc import Sequence

from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.release import ReleaseCell


def own_cells(
    release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]
) -> dict[str, list[int]]:
    """Places of the cells the learner added: id of the release cell they stand after → places.

    A demonstration that the learner changed counts as an own cell after the original. Cells
    before the first one of the release stand after "".
    """
    known = {id: cell for cell in release for id in (cell.id, cell.answers) if id}
    own: dict[str, list[int]] = {}
    after = ""
    for place, cell in enumerate(submitted):
        original = next((known[id] for id in cell.ids if id in known), None)
        if original is not None:
            after = original.id
            if original.answers or cell.source.strip() == original.source.strip():
                continue
            if original.id.endswith("_check"):
                continue
        if cell.source.strip():
            own.setdefault(after, []).append(place)
    return own

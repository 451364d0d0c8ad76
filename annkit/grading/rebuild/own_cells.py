"""Which cells of a notebook are the learner's own: added, or changed where nothing was asked.

Not here: the answers (`rebuild`).
"""

from collections.abc import Iterable, Iterator, Sequence

from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.release import ReleaseCell


def own_cells(
    release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]
) -> dict[str, list[int]]:
    """Places of the cells the learner added: id of the release cell they stand after → places.

    A demonstration that the learner changed counts as an own cell after the original. Cells
    before the first one of the release stand after "".
    """
    own: dict[str, list[int]] = {}
    after = ""
    for place, original in enumerate(originals(release, submitted)):
        source = submitted[place].source.strip()
        if original is not None:
            after = original.id
            if original.answers or source == original.source.strip():
                continue
            if original.id.endswith("_check"):
                continue
        if source:
            own.setdefault(after, []).append(place)
    return own


def originals(
    release: Iterable[ReleaseCell], submitted: Iterable[LooseCell]
) -> Iterator[ReleaseCell | None]:
    """The cell of the release that each submitted one is a copy of, by its ids; None if of none."""
    known = {id: cell for cell in release for id in (cell.id, cell.answers) if id}
    for cell in submitted:
        yield next((known[id] for id in cell.ids if id in known), None)

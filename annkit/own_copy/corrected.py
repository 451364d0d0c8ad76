"""One notebook brought up to date: the course's corrections in, everything of the learner's kept.

Three texts of a cell are compared: what was handed out, what is now, and the learner's. Whoever
changed it wins; if both did, the learner's stands below the new one. An answer is the learner's as
soon as it is no longer the stub, and stays when its exercise goes. What the learner deleted stays
deleted.

Not here: which cells are the learner's (`annkit.grading.rebuild.own_cells`), files (`copying`).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from annkit.grading.rebuild.notebook import UnreadableNotebook, parse_cells
from annkit.grading.rebuild.own_cells import originals, own_cells
from annkit.grading.rebuild.release import Release, ReleaseCell

Raw = dict[str, Any]


def corrected(mine: bytes, before: Release, now: Release) -> bytes:
    """The learner's notebook with the corrections.

    Args:
        mine: its content.
        before: what was handed out.
        now: what is handed out today.

    Raises:
        UnreadableNotebook: nothing can be told from it; the text says why.
    """
    return _Merge(mine, before, now).content()


class _Merge:
    """The three texts of a notebook, and its cells one by one."""

    def __init__(self, mine: bytes, before: Release, now: Release) -> None:
        # Some editors on Windows write other ends of lines into a cell: nobody changed it.
        self._mine = [
            replace(cell, source=cell.source.replace("\r\n", "\n")) for cell in parse_cells(mine)
        ]
        self._notebook: Raw = json.loads(mine)
        self._raw = [cell for cell in self._notebook["cells"] if isinstance(cell, dict)]
        if len(self._raw) > len(self._mine):
            raise UnreadableNotebook(f"it has more than {len(self._mine)} cells")
        self._before = {cell.id: cell for cell in before.cells}
        self._now = now
        self._places = self._known()
        if not all(isinstance(cell.get("id"), str) for cell in self._raw) or not self._places:
            raise UnreadableNotebook("its cells have lost the names by which they are recognised")
        self._own = self._anchored(own_cells(before.cells, self._mine), before)

    def content(self) -> bytes:
        """The file."""
        cells = [self._raw[place] for place in self._own.get("", [])]
        for raw, cell in zip(self._now.raw, self._now.cells, strict=True):
            cells += self._cells(raw, cell)
        metadata = {
            **self._now.metadata,
            **_metadata(self._notebook),
            "annkit": self._now.metadata.get("annkit", {}),
        }
        notebook = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
        return (json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode(
            errors="replace"
        )

    def _cells(self, raw: Raw, cell: ReleaseCell) -> Iterator[Raw]:
        """What stands in the place of a cell of today, and what follows it."""
        own = self._own.get(cell.id, [])
        places = self._places.get(cell.id, [])
        before = self._before.get(cell.id)
        edits = [place for place in own if place in places]
        is_new = before is None or before.source != cell.source
        kept = [place for place in places if place not in own]
        for place in kept:
            yield self._kept(place, raw, cell, before)
            if self._is_typed_over(place, cell, before):
                yield self._named_apart(place)
        if not kept and (before is None or (edits and is_new)):
            yield raw
        for place in own:
            yield self._named_apart(place) if place in edits and is_new else self._raw[place]

    def _kept(self, place: int, raw: Raw, cell: ReleaseCell, before: ReleaseCell | None) -> Raw:
        """One of the learner's copies of a cell: theirs if it is an answer, else today's."""
        mine, theirs = self._mine[place].source, self._raw[place]
        is_stub = before is not None and mine.strip() == before.source.strip()
        if cell.answers and not is_stub:
            return _with_metadata(theirs, raw)
        return _with_metadata(theirs, raw) if mine == cell.source else raw

    def _is_typed_over(self, place: int, cell: ReleaseCell, before: ReleaseCell | None) -> bool:
        """Whether the learner has typed in a cell that is the course's all the same: a check."""
        courses = {text.source.strip() for text in (cell, before) if text}
        return not cell.answers and self._mine[place].source.strip() not in {"", *courses}

    def _named_apart(self, place: int) -> Raw:
        """A cell that the learner changed, below the course's new one: an own cell now."""
        theirs = self._raw[place]
        metadata = {
            name: value
            for name, value in _metadata(theirs).items()
            if name not in ("annkit", "nbgrader")
        }
        return {**theirs, "id": f"{theirs.get('id', 'cell')}-yours"[:64], "metadata": metadata}

    def _known(self) -> dict[str, list[int]]:
        """Id of a cell that was or is handed out → places of it in the learner's notebook."""
        handed_out = [*self._before.values(), *self._now.cells]
        places: dict[str, list[int]] = {}
        for place, original in enumerate(originals(handed_out, self._mine)):
            if original is not None:
                places.setdefault(original.id, []).append(place)
        return places

    def _anchored(self, own: Mapping[str, list[int]], before: Release) -> dict[str, list[int]]:
        """The learner's own cells by the cell of today that they follow."""
        today = {cell.id: cell.source.strip() for cell in self._now.cells}
        # What an update that was killed has brought already is none of the learner's.
        brought = {
            place
            for id, places in self._places.items()
            for place in places
            if id in today
            and (id not in self._before or self._mine[place].source.strip() == today[id])
        }
        found: dict[str, list[int]] = {}
        anchor = ""
        for id in ("", *(cell.id for cell in before.cells)):
            anchor = id if id in today else anchor
            places = {*own.get(id, []), *([] if id in today else self._typed(id))}
            found.setdefault(anchor, []).extend(sorted(places - brought))
        return found

    def _typed(self, id: str) -> list[int]:
        """Places of a cell that was handed out in which the learner has typed: answers, mostly."""
        if id not in self._before:
            return []
        nobodys = {"", self._before[id].source.strip()}
        places = self._places.get(id, [])
        return [place for place in places if self._mine[place].source.strip() not in nobodys]


def _with_metadata(theirs: Raw, todays: Raw) -> Raw:
    """The learner's cell, named and protected as it is today."""
    return {**theirs, "metadata": {**_metadata(theirs), **_metadata(todays)}}


def _metadata(part: Raw) -> Raw:
    """Of a cell or of the notebook; empty if there is none that could be read."""
    metadata = part.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def differences(before: Release, now: Release) -> list[str]:
    """What is new in a notebook, in words: the headings over the cells that changed.

    Example:
        `["The sigmoid", "Dying units"]`
    """
    old = {cell.id: cell.source for cell in before.cells}
    heading, found = now.notebook, []
    for cell in now.cells:
        if cell.kind == "markdown" and cell.source.startswith("#"):
            heading = cell.source.partition("\n")[0].lstrip("# ")
        if old.pop(cell.id, None) != cell.source:
            found.append(heading)
    if old:
        found.append("something was taken out")
    return list(dict.fromkeys(found))

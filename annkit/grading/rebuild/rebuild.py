"""Rebuilding a submission: the learner's answers, grafted onto the instructor's own notebook.

What counts is the text of the answers, found by exercise id. The instructor's cells are taken from
the release, so that tags, flags, order, copies, deleted or altered check cells stop mattering.
Cells the learner added are kept where they stood, since an answer may lean on them. Everything
that had to be repaired is said in words.

Not here: running anything (`sandbox`), points (`marking.score`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from annkit.grading.rebuild.library import named, without_unused
from annkit.grading.rebuild.notebook import LooseCell
from annkit.grading.rebuild.own_cells import own_cells
from annkit.grading.rebuild.release import ReleaseCell
from annkit.grading.sandbox.sandbox import Limits
from annkit.grading.sandbox.session import Job, JobCell
from annkit.source.ipython import plain_python
from annkit.source.needed_cells import binds, needed_cells

# What the keys of cells begin with that the learner added; no exercise can be called so.
_EXTRA = "extra:"


@dataclass(frozen=True)
class Rebuilt:
    """A submission, ready to run.

    Attributes:
        answers: exercise id → the text handed in; untouched stubs and missing cells are left out.
        cells: all code in the order it runs: (key, source).
        repairs: what was not as released, one sentence each.
        altered: whether any of that was locked, so that no honest slip explains it.
    """

    answers: Mapping[str, str]
    cells: tuple[tuple[str, str], ...]
    repairs: tuple[str, ...]
    altered: bool = False

    def job(self, object_names: Mapping[str, str], limits: Limits | None = None) -> Job:
        """The job for a sandbox: the cells that the answers need, in order.

        Args:
            object_names: exercise id → name of the object that answers it, for the exercises to
                be judged.
            limits: of the submission.
        """
        ids = {key for key, _ in self.cells}
        texts = self.texts(object_names)
        return Job(
            tuple(JobCell(self.cells[place][0], text) for place, text in texts.items()),
            {id: name for id, name in object_names.items() if id in ids},
            limits or Limits(),
            has_library=any(map(named, texts.values())),
        )

    def texts(self, object_names: Mapping[str, str]) -> dict[int, str]:
        """Place → text, in order, of what runs for the answers to some exercises."""
        places = self.reached(object_names)
        sources = [self.cells[place][1] for place in places]
        texts = without_unused(sources, object_names.values())
        return dict(zip(places, texts, strict=True))

    def reached(self, ids: Collection[str]) -> list[int]:
        """Places, in order, of the answers to some exercises and of the cells they need."""
        wanted = [place for place, (key, _) in enumerate(self.cells) if key in ids]
        own = {place for place, (key, _) in enumerate(self.cells) if key.startswith(_EXTRA)}
        sources = [source for _, source in self.cells]
        return sorted(needed_cells(sources, wanted, own, deep=True))

    def is_learners(self, place: int) -> bool:
        """Whether a cell is the learner's own text, not the instructor's."""
        key = self.cells[place][0]
        return key in self.answers or key.startswith(_EXTRA)


def rebuild(
    release: Sequence[ReleaseCell], submitted: Sequence[LooseCell], object_names: Mapping[str, str]
) -> Rebuilt:
    """Graft a learner's answers onto the release.

    Args:
        release: the instructor's cells.
        submitted: the cells as handed in.
        object_names: exercise id → name of the object that answers it, for exercises in code.
    """
    repairs: list[str] = []
    extras = _extras(release, submitted)
    found = {
        cell.answers: _answer(
            cell, release, submitted, object_names, extras.get(cell.id, []), repairs
        )
        for cell in release
        if cell.answers
    }
    locked = _altered(release, submitted)
    stubs = {cell.answers: cell.source for cell in release if cell.answers}
    answers = {
        id: text
        for id, text in found.items()
        if text is not None and text.strip() != stubs[id].strip()
    }
    cells: list[tuple[str, str]] = [
        (f"{_EXTRA}{place}", source) for place, source in extras.get("", [])
    ]
    for cell in release:
        if cell.kind == "code":
            source = found.get(cell.answers) if cell.answers else cell.source
            cells.append((cell.answers or cell.id, cell.source if source is None else source))
        cells += [(f"{_EXTRA}{place}", source) for place, source in extras.get(cell.id, [])]
    repairs += locked
    return Rebuilt(answers, tuple(cells), tuple(dict.fromkeys(repairs)), bool(locked))


def _answer(
    cell: ReleaseCell,
    release: Sequence[ReleaseCell],
    submitted: Sequence[LooseCell],
    object_names: Mapping[str, str],
    below: Sequence[tuple[int, str]],
    repairs: list[str],
) -> str | None:
    """The text that answers an exercise, or None if there is none.

    Args:
        cell: of the release.
        release: the instructor's cells.
        submitted: the cells as handed in.
        object_names: exercise id → name of the object that answers it, for exercises in code.
        below: the learner's own code cells between this cell and the next: (place, text).
        repairs: sentences are added to it.
    """
    tagged = [other for other in submitted if cell.answers in other.ids]
    name = object_names.get(cell.answers)
    others = _elsewhere(cell, submitted, object_names)
    joined = "\n\n".join(other.source for other in tagged)
    if name and (not joined.strip() or _is_same_code(joined, cell.source)):
        elsewhere = _last_definition(others, name)
        if elsewhere:
            where = "left as it was" if tagged else "gone"
            repairs.append(
                f"{cell.answers}: its cell was {where}; `{name}` was found in another one"
            )
            return elsewhere
    if name and tagged and name not in binds(joined):
        # The half of a split cell that lost its id, or a helper in its place.
        rest = _last_definition(others, name)
        if rest:
            repairs.append(f"{cell.answers}: `{name}` was found in another cell")
            return f"{joined}\n\n{rest}"
    if len(tagged) > 1:
        # A split cell and a pasted copy look alike; run one after the other, as a notebook would.
        repairs.append(f"{cell.answers}: {len(tagged)} cells carry its id; taken together")
    if any(other.kind != cell.kind for other in tagged):
        repairs.append(f"{cell.answers}: the answer was in a {tagged[0].kind} cell")
    last = max((n for n, other in enumerate(submitted) if cell.answers in other.ids), default=-1)
    again = [source for place, source in below if place > last and name in binds(source)]
    if tagged and again:
        # What its check meets in the notebook.
        repairs.append(f"{cell.answers}: `{name}` is defined again below its cell; taken together")
        return "\n\n".join([joined, *again])
    if tagged:
        return joined
    words = None if name else _lost_words(cell.answers, release, submitted)
    if words:
        repairs.append(f"{cell.answers}: its cell had lost its id; the text was found elsewhere")
    else:
        repairs.append(f"{cell.answers}: its cell was deleted")
    return words


def _elsewhere(
    cell: ReleaseCell, submitted: Sequence[LooseCell], object_names: Mapping[str, str]
) -> list[LooseCell]:
    """Code cells in which an answer could stand that is not in its own.

    A class may grow over several exercises: the cells of those define its name for themselves.
    """
    name = object_names.get(cell.answers)
    namesakes = {id for id, other in object_names.items() if other == name}
    return [
        other for other in submitted if other.kind == "code" and namesakes.isdisjoint(other.ids)
    ]


def _last_definition(cells: Sequence[LooseCell], name: str) -> str:
    """The text of the last cell that defines a name; empty if none does."""
    defining = [cell.source for cell in cells if name in binds(cell.source)]
    return defining[-1] if defining else ""


def _is_same_code(one: str, other: str) -> bool:
    """Whether two texts differ in lines of comments, blank lines and ends of lines only."""
    return _code_lines(one) == _code_lines(other)


def _code_lines(text: str) -> list[str]:
    lines = (line.rstrip() for line in text.splitlines())
    return [line for line in lines if line and not line.lstrip().startswith("#")]


def _lost_words(
    id: str, release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]
) -> str | None:
    """The text that may answer an explanation whose cell lost its id; None if there is none.

    Some programs drop all ids when they save a notebook. An answer in code is found by the name it
    defines; a text has none. What stands between the task and the next cell of the release is
    taken, or else every text that is not the instructor's; a person reads it anyway.
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


def _altered(release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]) -> list[str]:
    """What became of the check cells, which nobody can edit by mistake."""
    found: list[str] = []
    if not any(cell.ids for cell in submitted):
        return found  # saved by a program that drops all ids; nobody tampered
    for cell in release:
        if cell.answers or not cell.id.endswith("_check"):
            continue
        copies = [other for other in submitted if cell.id in other.ids]
        if any(other.source.strip() != cell.source.strip() for other in copies):
            found.append(f"{cell.id}: the check cell was altered")
        if not copies:
            found.append(f"{cell.id}: the check cell was deleted")
    return found


def _extras(
    release: Sequence[ReleaseCell], submitted: Sequence[LooseCell]
) -> dict[str, list[tuple[int, str]]]:
    """The learner's own code cells: id of the release cell they stand after → (place, text)."""
    return {
        after: [
            (place, submitted[place].source)
            for place in places
            if submitted[place].kind == "code" and plain_python(submitted[place].source) is not None
        ]
        for after, places in own_cells(release, submitted).items()
    }

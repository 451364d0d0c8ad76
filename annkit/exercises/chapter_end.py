"""The end of a chapter: its last exercise has passed, and the learner looks back once.

A sentence, the learner's own pictures from the chapter, made anew from `my_ann.py`, and the way
on. It is shown once, by the check that completes the chapter.

Not here: the card around it (`checking`), where things are kept (`my_ann.keep`).
"""

from annkit.exercises.calls.answer import Answer, here
from annkit.exercises.calls.containment import Quiet
from annkit.exercises.my_ann.own_parts import kept
from annkit.exercises.overview import linked_chapters
from annkit.exercises.record.progress_log import Record
from annkit.exercises.record.progress_state import is_pass
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.task import Exercise
from annkit.show.cards.card import Block, Drawn, Fold, Prose
from annkit.show.cards.progress_map import linked

PICTURE_SECONDS = 3.0
_MOST_PICTURES = 4


def chapter_end(id: str, record: Record) -> list[Block]:
    """What to say when an exercise has completed its chapter; nothing if it has not.

    Args:
        id: the exercise that has passed.
        record: with that pass.
    """
    if sum(map(is_pass, record.by_id.get(id, []))) != 1:
        return []
    states = linked_chapters(record)
    place = next(i for i, one in enumerate(states) if one.name == course_here().chapter_of(id))
    chapter = states[place]
    if not chapter.is_complete:
        return []
    said: list[Block] = [
        Prose(f"That was the last one: chapter {chapter.title} is complete. Well done.")
    ]
    pictures = own_pictures(chapter.name, but=id)
    if pictures:
        said.append(Fold("Your own pictures from this chapter", tuple(pictures), in_plain=False))
    if place + 1 < len(states):
        after = states[place + 1]
        markup = f'<p style="margin:0.35em 0">Next: {linked(after.title, after.href)}</p>'
        said.append(Drawn(markup, f"Next: chapter {after.title}"))
    if place + 1 == len(states) or all(state.is_complete for state in states):
        said.append(Prose("`last_page()` makes one page of all you have built, to keep or print."))
    return said


def own_pictures(chapter: str, but: str) -> list[Block]:
    """What the learner's own functions of a chapter draw, as far as they do.

    Args:
        chapter: the folder's name.
        but: an exercise that is left out.
    """
    pictures: list[Block] = []
    for id in course_here().chapters[chapter]:
        if len(pictures) == _MOST_PICTURES:
            break
        if course_here().entry(id).kind != "exercise" or id == but:
            continue
        task = course_here().load(id)
        assert isinstance(task, Exercise)
        picture = own_picture(task)
        if picture is not None:
            pictures.append(picture)
    return pictures


def own_picture(task: Exercise) -> Drawn | None:
    """What the learner's own answer draws; None where nothing is drawn or nothing is kept."""
    answer = kept(task.object_name) if task.draw is not None else None
    return None if answer is None else drawn(task, answer)


def drawn(task: Exercise, answer: object) -> Drawn | None:
    """What an answer draws; None if that cannot be drawn, which a wrong answer may cause."""
    if task.draw is None:
        return None
    try:
        with Quiet():
            picture = task.draw(Answer(here(answer), task.object_name, PICTURE_SECONDS))
            return Drawn(picture.html(), repr(picture))
    except Exception:
        return None

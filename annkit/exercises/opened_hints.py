"""A hint opened in a card is written down as one that `hint()` opened: it helped as much.

Not here: the hints on the card (`annkit.exercises.cards.help_cards`).
"""

import asyncio
from typing import Any

from annkit.exercises.record.progress_log import read_record, remember
from annkit.exercises.record.progress_state import history_of
from annkit.exercises.tasks.catalogue import course_here
from annkit.show.cards.card import shell

_KEY = "_annkit_opened_hints"  # of the shell


def listen_to_hints() -> None:
    """Hear of hints that are opened in cards, as long as the kernel lives.

    It begins once the cell has run: whoever waits for a card doesn't wait for widgets to load.
    """
    running = shell()
    if running is None or _KEY in vars(running):
        return
    try:
        asyncio.get_running_loop().call_soon(_begin, running)
    except RuntimeError:  # nobody would call back
        _begin(running)


def _begin(running: Any) -> None:
    try:
        from annkit.show.cards.opened_folds import OpenedFolds
    except ImportError:  # no widgets here: nobody can tell
        return
    if _KEY not in vars(running):
        vars(running)[_KEY] = OpenedFolds(note_opened)


def note_opened(told: str) -> None:
    """Write down that a hint was opened, once.

    Args:
        told: exercise and rung, as `hint_fold` names them: `"sigmoid:2"`.
    """
    id, _, rung = told.partition(":")
    is_known = id in course_here().paths and rung.isdecimal()
    if is_known and int(rung) > history_of(read_record(), id).hints:
        remember("hint", id, rung=int(rung))

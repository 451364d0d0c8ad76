"""Whether the books of a course are whole: what was lost or changed is told, and nothing mended.

A ledger, the file that says whose its lines are, and the secret that draws inputs belong together.
Without one of them everything would be judged again, as if nothing had been.

Not here: where each is written (`ledger`, `pseudonyms`, `annkit.grading.marking.seeds`).
"""

from collections.abc import Iterator
from pathlib import Path

from annkit.grading.books import chain
from annkit.grading.books.filing import ATTEMPTS
from annkit.grading.books.ledger import FILE_NAME as LEDGER
from annkit.grading.books.ledger import Ledger
from annkit.grading.books.pseudonyms import FILE_NAME as IDENTITIES
from annkit.grading.marking.seeds import SECRET_FILE


def damage(course: Path) -> Iterator[str]:
    """What is lost or changed, a sentence each.

    Args:
        course: the course directory; nobody writes in it meanwhile.
    """
    yield from (f"{LEDGER}: {words}" for words in chain.breaks(course / LEDGER))
    if not (course / LEDGER).exists():
        if any((course / ATTEMPTS).glob("*/*.gz")):
            yield f"{LEDGER} is gone: what was judged is not known, and will be judged again"
        return
    lost = len(Ledger(course).of_nobody_known())
    if lost:
        yield f"{IDENTITIES} does not say whose these verdicts are, and they count for none: {lost}"
    if not (course / SECRET_FILE).exists():
        yield f"{SECRET_FILE} is gone: another is drawn, with other inputs, and all is judged again"

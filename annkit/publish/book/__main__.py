"""`python -m annkit.publish.book FOLDER`: the course as a folder of pages.

Not here: making them (`binding`).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from annkit.exercises.tasks.catalogue import Catalogue, course
from annkit.publish.book.binding import bind


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pages of this course.

    Args:
        argv: the words after `annkit.publish.book`; those of the process if None.

    Returns:
        0, or 1 if a link or a reference leads nowhere or a text is faulty.
    """
    parser = argparse.ArgumentParser(prog="python -m annkit.publish.book", description=__doc__)
    parser.add_argument("site", type=Path, help="the folder of pages; what is in it goes")
    parser.add_argument("--packages", type=Path, required=True, help="what tools/beside.py made")
    parser.add_argument("--course", type=Path, help="another folder of chapters")
    parser.add_argument("--chapter", action="append", help="only this one, or these")
    parser.add_argument(
        "--browser-edition", action="store_true", help="link to what will lie in lite/ beside them"
    )
    options = parser.parse_args(argv)
    sys.path.append(str(options.packages))
    site: Path = options.site.resolve()
    return bind(
        Catalogue(options.course.resolve()) if options.course else course(),
        site,
        site.with_name("book"),
        options.packages,
        options.chapter or (),
        has_browser_edition=options.browser_edition,
    )


if __name__ == "__main__":
    raise SystemExit(main())

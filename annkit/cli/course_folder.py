"""`annkit classroom …`: a course directory, and what other platforms need for a chapter.

Not here: making them (`annkit.grading.classroom`, `annkit.grading.platforms`), the subcommands that
give marks (`annkit.cli.marks`).
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from annkit.cli.subcommand import Subcommands, subcommand

if TYPE_CHECKING:
    from annkit.grading.platforms.starter import Starter


def add_classroom(commands: Subcommands) -> None:
    """`annkit classroom new`, and what other platforms take."""
    does = "make a course directory for a class, or what another platform needs for a chapter"
    parser = subcommand(commands, "classroom", does)
    kinds = parser.add_subparsers(
        required=True, metavar="new | backup | restore | gradescope | github | links"
    )
    new = subcommand(kinds, "new", "make a course directory")
    new.add_argument("folder", type=Path, help="where; it must not exist yet")
    new.add_argument(
        "--roster", type=Path, metavar="CSV", help="the class list; its head line has a column id"
    )
    new.add_argument("--chapter", action="append", help="only this one; may be repeated")
    new.add_argument(
        "--wheel", action="store_true", help="also build the package for learners, without answers"
    )
    new.set_defaults(run=_classroom)
    _add_keeping(kinds)
    _add_platforms(kinds)


def _add_keeping(kinds: Subcommands) -> None:
    """`annkit classroom backup` and `restore`."""
    saved = subcommand(kinds, "backup", "save a course directory, its secret included, in one file")
    saved.add_argument("folder", type=Path, help="course directory")
    saved.add_argument("file", type=Path, help="where; it must not exist yet")
    saved.set_defaults(run=_backup)
    restored = subcommand(kinds, "restore", "make a course directory from such a file")
    restored.add_argument("file", type=Path, help="the backup")
    restored.add_argument("folder", type=Path, help="where; it must not exist yet")
    restored.set_defaults(run=_restore)


def _add_platforms(kinds: Subcommands) -> None:
    """`annkit classroom gradescope`, `github` and `links`."""
    does = "write the autograder of a chapter, to be uploaded to Gradescope"
    zipped = subcommand(kinds, "gradescope", does)
    zipped.add_argument("chapter")
    zipped.add_argument(
        "--visibility",
        choices=("visible", "after_due_date", "after_published", "hidden"),
        default="visible",
        help="when students see their results; default: at once",
    )
    zipped.add_argument(
        "--output", type=Path, metavar="ZIP", help="default: CHAPTER-gradescope.zip"
    )
    zipped.set_defaults(run=_gradescope)
    does = "write the template repository of a chapter, for GitHub Classroom"
    repository = subcommand(kinds, "github", does)
    repository.add_argument("chapter")
    repository.add_argument("folder", type=Path, help="where; it must not exist yet")
    repository.set_defaults(run=_github)
    does = "print links that open each chapter on a JupyterHub with nbgitpuller"
    links = subcommand(kinds, "links", does)
    links.add_argument("hub", metavar="HUB", help="its address")
    links.add_argument("--repository", metavar="ADDRESS", help="default: this package's own")
    links.set_defaults(run=_links)


def _classroom(options: argparse.Namespace) -> int:
    from annkit.grading.classroom import classroom_new

    try:
        from annkit.publish import sources
    except ImportError:
        return _needs_publish()
    from annkit.exercises import course

    status = classroom_new(
        options, list(course().chapters), lambda chapters: sources(course(), chapters)
    )
    if options.wheel and not status:
        from annkit.publish.learner_wheel import build_wheel

        print(f"For learners: {build_wheel(course(), options.folder / 'wheel')}")
    return status


def _backup(options: argparse.Namespace) -> int:
    from annkit.grading.backup import backup

    return backup(options)


def _restore(options: argparse.Namespace) -> int:
    from annkit.grading.backup import restore

    return restore(options)


def _gradescope(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.gradescope_zip import classroom_gradescope

    starter = _starter()
    return _needs_publish() if starter is None else classroom_gradescope(options, starter)


def _github(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.github_repository import classroom_github

    starter = _starter()
    return _needs_publish() if starter is None else classroom_github(options, starter)


def _links(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.pull_links import classroom_links

    return classroom_links(options)


def _starter() -> "Starter | None":
    """What autograders are made from; None without the teachers' part."""
    try:
        from annkit.publish import release
        from annkit.publish.learner_wheel import build_wheel
    except ImportError:
        return None
    from annkit.exercises import course
    from annkit.grading.platforms.starter import Starter

    return Starter(
        course(),
        lambda chapters: release(course(), chapters),
        lambda folder: build_wheel(course(), folder, with_answers=True),
    )


def _needs_publish() -> int:
    print("making a classroom needs the teachers' part: annkit[teacher]", file=sys.stderr)
    return 1

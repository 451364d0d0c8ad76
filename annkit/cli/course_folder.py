"""`annkit classroom …`: a course directory, and what other platforms need for a chapter.

Not here: making them (`annkit.grading.classroom`, `annkit.grading.platforms`), the subcommands that
give marks (`annkit.cli.marks`).
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from annkit.cli.subcommand import Subcommands, subcommand

if TYPE_CHECKING:
    from annkit.grading.platforms.starter import Starter

# When students see results, in Gradescope's words.
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")


def add_classroom(commands: Subcommands) -> None:
    """`annkit classroom new`, and what other platforms take."""
    does = "make a course directory for a class, or what another platform needs for a chapter"
    parser = subcommand(commands, "classroom", does)
    kinds = parser.add_subparsers(
        required=True, metavar="new | update | backup | restore | gradescope | github | links"
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
    does = "make the notebooks again from what annkit-course.toml says"
    again = subcommand(kinds, "update", does)
    again.add_argument("folder", type=Path, help="course directory")
    again.add_argument("chapter", nargs="*", help="default: all that annkit-course.toml names")
    again.add_argument(
        "--force", action="store_true", help="overwrite notebooks in source/ edited by hand"
    )
    again.add_argument(
        "--wheel", action="store_true", help="build the package for learners again, too"
    )
    again.set_defaults(run=_update)
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
        choices=VISIBILITIES,
        default=VISIBILITIES[0],
        help="when students see their results; default: at once",
    )
    zipped.add_argument(
        "--output", type=Path, metavar="ZIP", help="default: CHAPTER-gradescope.zip"
    )
    _of_a_class(zipped)
    zipped.set_defaults(run=_gradescope)
    does = "write the template repository of a chapter, for GitHub Classroom"
    repository = subcommand(kinds, "github", does)
    repository.add_argument("chapter")
    repository.add_argument("folder", type=Path, help="where; it must not exist yet")
    _of_a_class(repository)
    repository.set_defaults(run=_github)
    does = "print links that open each chapter on a JupyterHub with nbgitpuller"
    links = subcommand(kinds, "links", does)
    links.add_argument("hub", metavar="HUB", help="its address")
    links.add_argument("--repository", metavar="ADDRESS", help="default: this package's own")
    links.set_defaults(run=_links)


def _of_a_class(parser: argparse.ArgumentParser) -> None:
    text = "course directory whose annkit-course.toml holds; default: this folder, if it has one"
    parser.add_argument("--course", type=Path, metavar="DIR", help=text)


def _classroom(options: argparse.Namespace) -> int:
    from annkit.grading.classroom import classroom_new

    try:
        from annkit.publish import class_sources
    except ImportError:
        return _needs_publish()
    from annkit.exercises import course

    return classroom_new(options, course(), class_sources) or _wheel(options)


def _update(options: argparse.Namespace) -> int:
    from annkit.grading.classroom_update import Press, classroom_update

    try:
        from annkit.publish import class_sources
        from annkit.publish.build import is_edited
    except ImportError:
        return _needs_publish()

    return classroom_update(options, Press(class_sources, is_edited)) or _wheel(options)


def _wheel(options: argparse.Namespace) -> int:
    """Build the class's package for learners, if it is wanted."""
    if options.wheel:
        from annkit.grading.intake.course_file import class_catalogue
        from annkit.publish.learner_wheel import build_wheel

        catalogue = class_catalogue(options.folder)
        print(f"For learners: {build_wheel(catalogue, options.folder / 'wheel')}")
    return 0


def _backup(options: argparse.Namespace) -> int:
    from annkit.grading.backup import backup

    return backup(options)


def _restore(options: argparse.Namespace) -> int:
    from annkit.grading.backup import restore

    return restore(options)


def _gradescope(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.gradescope_zip import classroom_gradescope

    return _with_starter(options, classroom_gradescope)


def _github(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.github_repository import classroom_github

    return _with_starter(options, classroom_github)


def _with_starter(
    options: argparse.Namespace, make: "Callable[[argparse.Namespace, Starter], int]"
) -> int:
    from annkit.grading.intake.course import CourseError

    try:
        starter = _starter(options.course)
    except CourseError as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    return _needs_publish() if starter is None else make(options, starter)


def _links(options: argparse.Namespace) -> int:
    from annkit.grading.platforms.pull_links import classroom_links

    return classroom_links(options)


def _starter(folder: Path | None) -> "Starter | None":
    """What autograders are made from; None without the teachers' part.

    Args:
        folder: the class's course directory; None for the course as it is, unless the command is
            run in such a directory.
    """
    try:
        from annkit.publish import release
        from annkit.publish.class_edition import beside_a_notebook
        from annkit.publish.learner_wheel import build_wheel
    except ImportError:
        return None
    from annkit.grading.intake.course_file import class_catalogue
    from annkit.grading.platforms.starter import Starter

    catalogue = class_catalogue(folder or Path.cwd())
    return Starter(
        catalogue,
        lambda chapters: release(catalogue, chapters),
        lambda place: build_wheel(catalogue, place, with_answers=True),
        beside_a_notebook(catalogue),
    )


def _needs_publish() -> int:
    print("making a classroom needs the teachers' part: annkit-course[teacher]", file=sys.stderr)
    return 1

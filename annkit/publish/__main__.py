"""`python -m annkit.publish build|source|check`: the course's notebooks, made or compared.

Not here: making them (`build`).
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from annkit.address import AddressError
from annkit.exercises.tasks.catalogue import Catalogue, course
from annkit.exercises.tasks.task_base import ExerciseError
from annkit.publish.build import (
    EditedNotebooksError,
    outdated,
    refresh_index,
    release,
    sources,
    write,
)
from annkit.publish.readme import refresh_readme


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after `annkit.publish`; those of the process if None.

    Returns:
        0, or 1 if the build stopped or `check` found something outdated.
    """
    options = _parser().parse_args(argv)
    catalogue = Catalogue(options.course.resolve()) if options.course else course()
    default = catalogue.root.parent / ("source" if options.command == "source" else "notebooks")
    folder: Path = options.folder or default
    try:
        files = sources(catalogue) if options.command == "source" else release(catalogue)
        if options.command == "check":
            paths = outdated(files, folder)
            verb = "outdated"
        else:
            paths = write(files, folder, force=options.force)
            verb = "written"
        if options.command != "source":
            is_build = options.command == "build"
            paths += refresh_index(catalogue, write=is_build)
            paths += refresh_readme(catalogue, write_it=is_build)
    except (ExerciseError, EditedNotebooksError, AddressError) as error:
        hint = " (--force overwrites them)" if isinstance(error, EditedNotebooksError) else ""
        print(f"{error}{hint}", file=sys.stderr)
        return 1
    for path in paths:
        print(f"{verb}: {path}" if path.exists() or verb == "outdated" else f"removed: {path}")
    print(f"{len(files)} notebooks, {len(paths)} files {verb}")
    return 1 if paths and options.command == "check" else 0


def _parser() -> argparse.ArgumentParser:
    """The three commands and where they read and write."""
    parser = argparse.ArgumentParser(prog="python -m annkit.publish", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, does, folder in (
        (
            "build",
            "write the learners' notebooks, the index, the README's tables",
            "notebooks/",
        ),
        ("source", "write nbgrader's source notebooks, with solutions", "source/"),
        ("check", "fail if the learners' notebooks are not what a build would write", "notebooks/"),
    ):
        command = commands.add_parser(name, help=does, description=does)
        command.add_argument("folder", nargs="?", type=Path, help=f"default: {folder}")
        command.add_argument("--course", type=Path, help="another folder of chapters")
        command.add_argument(
            "--force", action="store_true", help="overwrite notebooks that somebody has edited"
        )
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

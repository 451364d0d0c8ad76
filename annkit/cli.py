"""`annkit …` on the command line: one parser, one subcommand per task.

Not here: the tasks themselves; each subcommand's module is imported when it is chosen, so that
`annkit --version` answers at once.
"""

import argparse
from collections.abc import Sequence
from importlib.metadata import version


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit status.

    Args:
        argv: the words after `annkit`; those of the process if None.
    """
    parser = build_parser()
    options = parser.parse_args(argv)
    if "run" not in options:
        parser.print_help()
        return 0
    status: int = options.run(options)
    return status


def build_parser() -> argparse.ArgumentParser:
    """The parser; a subcommand sets `run`, a function of the options that returns the status."""
    parser = argparse.ArgumentParser(
        prog="annkit", description="The tools of the annkit course on neural networks."
    )
    parser.add_argument("--version", action="version", version=f"annkit {version('annkit')}")
    return parser

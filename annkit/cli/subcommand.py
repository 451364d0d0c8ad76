"""What all subcommands share: how one is added, and kinds of words they take.

Not here: the subcommands (`annkit.cli`).
"""

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Subcommands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Subcommands = argparse._SubParsersAction


def subcommand(commands: Subcommands, name: str, does: str) -> argparse.ArgumentParser:
    """Add a subcommand; what it does is said in the list of all, and as a sentence in its help."""
    return commands.add_parser(name, help=does, description=f"{does[0].upper()}{does[1:]}.")


def count(text: str) -> int:
    """A whole number from 1 on."""
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return number

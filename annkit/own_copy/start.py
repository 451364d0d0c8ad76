"""`annkit start`: the course in a folder of one's own, and JupyterLab open on it.

The first time it copies the notebooks there; later it opens what is there, and tells what a newer
edition has.

Not here: what is written (`copying`).
"""

import argparse
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from annkit.distribution import NAME, version
from annkit.own_copy.carried import NothingCarriedError, carried
from annkit.own_copy.copying import BEFORE, Copy, CopyError, is_copy


def start(options: argparse.Namespace) -> int:
    """Copy what is not there, update if that is asked for, open JupyterLab; returns the status."""
    folder: Path = options.folder or _usual_folder()
    try:
        copy = Copy(folder, carried())
        was_there = copy.is_begun
        if options.update and not was_there:
            raise CopyError(f"{folder} is no copy of the course: without --update it becomes one")
        strangers = copy.lay_out()
        print(f"The course is in {folder.resolve()}.")
        for chapter in strangers:
            print(f"{chapter} was there already, and is left as it is.")
        if options.update:
            _update(copy)
        elif was_there:
            _tell_news(copy)
    except (CopyError, NothingCarriedError) as error:
        print(f"annkit start: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"annkit start: {error.strerror or error}: {error.filename or folder}. What is there "
            "is whole; when there is room, and you may write, the same command goes on.",
            file=sys.stderr,
        )
        return 1
    return 0 if options.copy_only else _open_lab(copy, browser=options.browser)


def _usual_folder() -> Path:
    """The copy that one stands in, at its top or in a chapter; else a new one below."""
    here = Path.cwd()
    return next((folder for folder in (Path(), *here.parents) if is_copy(folder)), Path(NAME))


def _update(copy: Copy) -> None:
    said: list[str] = []
    copy.update(said.append)
    for line in said:
        print(line)
    if not said:
        print("Nothing is new.")
    else:
        print("A notebook that is open: File → Reload Notebook from Disk.")
        if (copy.folder / BEFORE).is_dir():
            print(f"What was there before an update is in {_as_typed(copy.folder / BEFORE)}.")


def _tell_news(copy: Copy) -> None:
    """What is different in the edition that is installed, and the two ways to have it."""
    again = f"annkit start {_as_typed(copy.folder)}"
    for chapter in copy.missing():
        print(f"{chapter} is not there any more. `{again} --update` puts it back.")
    news = copy.news()
    if not news:
        return
    print(f"The installed edition, {version()}, is not the one that your notebooks are from:")
    for chapter, changed in news.items():
        print(f"  {chapter}: {changed}")
    beside = copy.folder.resolve().with_name(f"{copy.folder.resolve().name}-{version()}")
    print(f"`{again} --update` brings that into them; your answers and own cells stay.")
    print(f"`annkit start {_as_typed(beside)}` puts it beside them.")


def _as_typed(path: Path) -> str:
    """A path as one writes it on the command line, from here if it lies below."""
    here = Path.cwd()
    text = str(path.relative_to(here) if path.is_relative_to(here) else path)
    return f'"{text}"' if " " in text else text


def _open_lab(copy: Copy, *, browser: bool) -> int:
    """Open JupyterLab at the first chapter, and stay until it ends."""
    if importlib.util.find_spec("jupyterlab") is None:
        print(
            f"JupyterLab is missing here. `{Path(sys.executable).name} -m pip install jupyterlab` "
            "brings it; then run the same command again.",
            file=sys.stderr,
        )
        return 1
    first = copy.notebook(next(iter(copy.carried))).relative_to(copy.folder)
    command = [
        *(sys.executable, "-m", "jupyterlab"),
        f"--ServerApp.root_dir={copy.folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/{first.as_posix()}",
        *([] if browser else ["--no-browser"]),
        # In a container one is root, and JupyterLab wants to hear that this is meant.
        *(["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
    ]
    return _wait_for(command)


def _wait_for(command: Sequence[str]) -> int:
    """Run a command to its end; Ctrl-C is for the command, which asks what is meant."""
    with subprocess.Popen(command) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue

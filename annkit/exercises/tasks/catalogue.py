"""The course's exercises by id, found in the files under `solutions/`.

An id is the stem of exactly one file. Files are loaded when first asked for, each under a module
name of its own, so that equal stems elsewhere, in another edition of the course too, never meet.
What only names and counts exercises is answered from the index, without loading any.

Not here: what is in a file (`task`), the index (`course_index`), turning files into notebooks
(`annkit.publish`).
"""

import ast
import difflib
import importlib.util
import os
import sys
import zlib
from functools import cache, cached_property
from pathlib import Path

from annkit.exercises.tasks.course_index import (
    IndexedChapter,
    IndexEntry,
    digest,
    files_of,
    heading,
    read_index,
)
from annkit.exercises.tasks.question import Explanation, Question
from annkit.exercises.tasks.task import Exercise, Task
from annkit.exercises.tasks.task_base import ExerciseError

# Its presence in a course's folder says that right answers are withheld.
WITHHELD = "NO_SOLUTIONS"


class UnknownExercise(KeyError):
    """No exercise has this id; the text names the nearest ones."""

    def __str__(self) -> str:
        """The message without the quotes that KeyError adds."""
        return str(self.args[0])


class Catalogue:
    """The exercises under one folder of chapters.

    Args:
        root: a folder with `chNN_name/chapter.py` and one file for each exercise beside it.
    """

    def __init__(self, root: Path) -> None:
        """Remember the folder; nothing is read yet."""
        self.root = root
        self._loaded: dict[str, Task] = {}

    @cached_property
    def chapters(self) -> dict[str, tuple[str, ...]]:
        """Chapter name → ids in the order in which the chapter places them.

        A file that the chapter does not place comes last; publishing refuses it.
        """
        return {
            folder.name: tuple(entry.id for entry in self._indexed[folder.name].entries)
            if folder.name in self._indexed
            else tuple(_placed(folder))
            for folder in self._folders
        }

    @property
    def _folders(self) -> list[Path]:
        """The chapters' folders in order."""
        folders = sorted(self.root.glob("ch[0-9][0-9]_*"))
        return [folder for folder in folders if (folder / "chapter.py").exists()]

    @cached_property
    def _indexed(self) -> dict[str, IndexedChapter]:
        """The chapters of which the index is not older than their files."""
        return {
            name: chapter
            for name, (number, chapter) in read_index(self.root).items()
            if number == digest(files_of(self.root / name))
        }

    @cached_property
    def _entries(self) -> dict[str, IndexEntry]:
        """What the index knows: id → entry."""
        return {entry.id: entry for one in self._indexed.values() for entry in one.entries}

    def entry(self, id: str) -> IndexEntry:
        """What an exercise is called and worth; it is loaded only if the index does not know.

        Raises:
            UnknownExercise: with the nearest ids.
            ExerciseError: the file is faulty.
        """
        self.path(id)
        if id not in self._entries:
            task = self.load(id)
            self._entries[id] = IndexEntry(id, task.title, float(task.points), task.kind)
        return self._entries[id]

    def title(self, chapter: str) -> str:
        """What a chapter is called, like "Activation functions"."""
        if chapter in self._indexed:
            return self._indexed[chapter].title
        return _title(self.root / chapter)

    def index(self) -> dict[str, tuple[int, IndexedChapter]]:
        """The index as the files themselves ask for it: see `course_index.to_bytes`."""
        made = {}
        for folder in self._folders:
            tasks = map(self.load, _placed(folder))
            entries = tuple(IndexEntry(t.id, t.title, float(t.points), t.kind) for t in tasks)
            chapter = IndexedChapter(_title(folder), entries)
            made[folder.name] = (digest(files_of(folder)), chapter)
        return made

    @cached_property
    def paths(self) -> dict[str, Path]:
        """Id → file, in the order of the course."""
        paths: dict[str, Path] = {}
        for chapter, ids in self.chapters.items():
            for id in ids:
                path = self.root / chapter / f"{id}.py"
                if id in paths:
                    raise ExerciseError(f"{id} is also in {paths[id]}", str(path), 1)
                paths[id] = path
        return paths

    @property
    def is_withheld(self) -> bool:
        """Whether this edition of the course comes without solutions."""
        return (self.root / WITHHELD).exists()

    def chapter_of(self, id: str) -> str:
        """The chapter an exercise belongs to, like "ch03_activations"."""
        return self.path(id).parent.name

    def path(self, id: str) -> Path:
        """The file of an exercise.

        Raises:
            UnknownExercise: with the nearest ids.
        """
        if not isinstance(id, str) or id not in self.paths:
            near = difflib.get_close_matches(str(id), self.paths, n=3, cutoff=0.4)
            hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
            raise UnknownExercise(f"There is no exercise with the id {id!r:.60}.{hint}")
        return self.paths[id]

    def load(self, id: str) -> Task:
        """The exercise with this id.

        Raises:
            UnknownExercise: with the nearest ids.
            ExerciseError: the file defines no `exercise`, one with another id, or a faulty one.
        """
        if id not in self._loaded:
            self._loaded[id] = self._read(self.path(id))
        return self._loaded[id]

    def _read(self, path: Path) -> Task:
        edition = zlib.crc32(os.fsencode(self.root.resolve()))
        name = f"annkit_exercise_{edition:08x}_{path.parent.name}_{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ExerciseError("cannot be read", str(path), 1)
        module = importlib.util.module_from_spec(spec)
        # Dataclasses and pickling look a class's module up by name.
        sys.modules[name] = module
        spec.loader.exec_module(module)
        task = getattr(module, "exercise", None)
        if not isinstance(task, Exercise | Question | Explanation):
            raise ExerciseError("defines no `exercise`", str(path), 1)
        if task.id != path.stem:
            raise task.error(f"the id differs from the file's name, {path.stem}")
        task.validate()
        return task


def _title(folder: Path) -> str:
    """A chapter's title: its heading, or else the name of its folder."""
    source = (folder / "chapter.py").read_text(encoding="utf-8")
    return heading(source) or folder.name.partition("_")[2].replace("_", " ")


def _placed(folder: Path) -> list[str]:
    """Ids of a chapter's files, in the order of its `from id import id` lines."""
    files = {path.stem for path in folder.glob("*.py")} - {"chapter"}
    source = (folder / "chapter.py").read_text(encoding="utf-8")
    placed = [
        node.module
        for node in ast.parse(source, filename=str(folder / "chapter.py")).body
        if isinstance(node, ast.ImportFrom) and node.module in files
    ]
    return [*dict.fromkeys(placed), *sorted(files.difference(placed))]


@cache
def course() -> Catalogue:
    """This course's own catalogue.

    In a checkout it is `solutions/` beside the package, in an installed wheel the copy inside the
    package; the environment variable ANNKIT_COURSE names another folder of the same form.
    """
    package = Path(__file__).resolve().parents[2]
    named = os.environ.get("ANNKIT_COURSE")
    folders = [Path(named)] if named else [package / "_solutions", package.parent / "solutions"]
    for folder in folders:
        if folder.is_dir():
            return Catalogue(folder)
    raise ExerciseError(f"no folder of exercises at {' or '.join(map(str, folders))}")

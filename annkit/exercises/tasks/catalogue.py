"""The course's exercises by id, found in the files under `solutions/`.

An id is the stem of exactly one file. Files are loaded when first asked for, each under a module
name of its own, so that equal stems elsewhere, in another edition of the course too, never meet.
What only names and counts exercises is answered from the index, without loading any.

Not here: what is in a file (`task`), the index (`course_index`), what a teacher chooses
(`edition`), turning files into notebooks (`annkit.publish`).
"""

import ast
import difflib
import importlib.util
import os
import sys
import zlib
from contextlib import redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from annkit.exercises.tasks.course_index import (
    IndexedChapter,
    IndexEntry,
    digest,
    files_of,
    heading,
    read_index,
)
from annkit.exercises.tasks.edition import FILE_NAME, FOLDER, Edition, read_edition
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
    """The exercises under one folder of chapters, all of them or as a teacher chose.

    Args:
        root: a folder with `chNN_name/chapter.py` and one file for each exercise beside it.
        edition: what a class has of it; what the folder itself says if None.
    """

    def __init__(self, root: Path, edition: Edition | None = None) -> None:
        """Remember the folder; no exercise is read yet."""
        self.root = root
        self.edition = read_edition(root / FOLDER) if edition is None else edition
        self._loaded: dict[str, Task] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: there the files are loaded anew."""
        return Catalogue, (self.root, self.edition)

    @cached_property
    def chapters(self) -> dict[str, tuple[str, ...]]:
        """Chapter name → ids in the order in which the chapter places them.

        A file that the chapter does not place comes last: in the course publishing refuses it, a
        teacher's own belong there.
        """
        return {name: tuple(files) for name, files in self._files.items()}

    @cached_property
    def _files(self) -> dict[str, dict[str, Path]]:
        """Chapter name → id → file, of what is chosen."""
        files: dict[str, dict[str, Path]] = {}
        for folder in self._folders:
            is_indexed = folder.parent == self.root and folder.name in self._indexed
            entries = self._indexed[folder.name].entries if is_indexed else ()
            placed = [entry.id for entry in entries] if is_indexed else _placed(folder)
            chosen = (id for id in placed if id not in self.edition.left_out)
            files[folder.name] = {id: folder / f"{id}.py" for id in chosen}
        for folder in self.edition.own_folders():
            if folder.name in files and folder not in self._folders:
                for path in sorted(folder.glob("*.py")):
                    there = files[folder.name].setdefault(path.stem, path)
                    if there != path or path.stem == "chapter":
                        raise ExerciseError(f"the course has {there.name} too", str(path), 1)
        return files

    @property
    def _folders(self) -> list[Path]:
        """The folders that chapters are written in, in order."""
        there = {path.name: path for path in self.root.glob("ch[0-9][0-9]_*")}
        there = {path.name: path for path in self.edition.own_folders()} | there
        folders = (path for name, path in sorted(there.items()) if self.edition.takes(name))
        return [folder for folder in folders if (folder / "chapter.py").exists()]

    def folder(self, chapter: str) -> Path:
        """The folder that a chapter is written in."""
        return next(folder for folder in self._folders if folder.name == chapter)

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
        """What an exercise is called and worth here; it is loaded only if the index does not know.

        Raises:
            UnknownExercise: with the nearest ids.
            ExerciseError: the file is faulty.
        """
        self.path(id)
        if id not in self._entries:
            task = self.load(id)
            self._entries[id] = IndexEntry(id, task.title, float(task.points), task.kind)
        entry = self._entries[id]
        return replace(entry, points=self.edition.points.get(id, entry.points))

    def worth(self, task: Task) -> float:
        """The points of an exercise, as its file or else the teacher says."""
        return self.edition.points.get(task.id, task.points)

    def untold(self, id: str) -> datetime | None:
        """Until when a graded question keeps right and wrong to itself; None if it tells."""
        moment = self.edition.told_after.get(self.chapter_of(id))
        if moment is None or moment <= datetime.now(UTC):
            return None
        entry = self.entry(id)
        return moment if entry.kind == "question" and entry.points else None

    def title(self, chapter: str) -> str:
        """What a chapter is called, like "Activation functions"."""
        if chapter in self._indexed:
            return self._indexed[chapter].title
        return _title(self.folder(chapter))

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
        for files in self._files.values():
            for id, path in files.items():
                if id in paths:
                    raise ExerciseError(f"{id} is also in {paths[id]}", str(path), 1)
                paths[id] = path
        return paths

    def withholds(self, id: str) -> bool:
        """Whether an exercise comes without its solution here."""
        return (self.path(id).parents[1] / WITHHELD).exists()

    def knows(self, id: str) -> bool:
        """Whether an exercise is among these, even where its file is gone."""
        return id in self.paths or id in self.edition.faulty

    def is_own(self, id: str) -> bool:
        """Whether an exercise is the teacher's own, and not the course's."""
        return self.path(id).parent in self.edition.own_folders()

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
        """The exercise with this id; of a faulty one, a text that nobody can judge.

        Raises:
            UnknownExercise: with the nearest ids.
            ExerciseError: the file defines no `exercise`, one with another id, or a faulty one.
        """
        if id not in self._loaded:
            is_faulty = id in self.edition.faulty
            self._loaded[id] = _stand_in(id) if is_faulty else self._read(self.path(id))
        return self._loaded[id]

    def _read(self, path: Path) -> Task:
        edition = zlib.crc32(os.fsencode(path.parents[1].resolve()))
        name = f"annkit_exercise_{edition:08x}_{path.parent.name}_{path.stem}"
        spec = importlib.util.spec_from_file_location(name, path)
        if spec is None or spec.loader is None:
            raise ExerciseError("cannot be read", str(path), 1)
        module = importlib.util.module_from_spec(spec)
        # Dataclasses and pickling look a class's module up by name.
        sys.modules[name] = module
        # What a teacher's own file prints is no part of a table on standard output.
        with redirect_stdout(sys.stderr):
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
    source = (folder / "chapter.py").read_text(encoding="utf-8", errors="replace")
    return heading(source) or folder.name.partition("_")[2].replace("_", " ")


def _stand_in(id: str) -> Explanation:
    """What stands for an exercise whose file cannot be loaded."""
    return Explanation(id=id, title=id, prompt="", marking=(), model="", points=0)


def _placed(folder: Path) -> list[str]:
    """Ids of a chapter's files, in the order of its `from id import id` lines."""
    files = {path.stem for path in folder.glob("*.py")} - {"chapter"}
    try:
        body = ast.parse((folder / "chapter.py").read_bytes()).body
    except (SyntaxError, ValueError):
        # Its exercises can be judged all the same; what is wrong is told where it is published.
        body = []
    placed = [
        node.module for node in body if isinstance(node, ast.ImportFrom) and node.module in files
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


def course_here() -> Catalogue:
    """The course as the class has it whose notebook this is: its edition lies beside the notebook.

    For learners' own sessions only: files of the folder one happens to be in are run.
    """
    return _as_chosen(course(), Path.cwd())


@cache
def _as_chosen(whole: Catalogue, folder: Path) -> Catalogue:
    if not (folder / FOLDER / FILE_NAME).is_file():
        return whole
    return Catalogue(whole.root, read_edition(folder / FOLDER))

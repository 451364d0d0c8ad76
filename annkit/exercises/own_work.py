"""The verbs `export_work` and `import_work`: a learner's work in one file, to go on elsewhere.

From the browser to a computer, from one computer to another, and back. In the file are the record,
`my_ann.py`, and the notebooks that have been worked in, without what their cells have shown. What
arrives takes its place, and nothing gives way without a trace: records are joined, and a file that
was here and differs is kept beside, under another name.

Not here: where these files lie (`tasks.home_folder`, `record.progress_log`).
"""

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annkit.exercises.my_ann.file_swap import locked
from annkit.exercises.my_ann.keep import module_path, replace_module
from annkit.exercises.my_ann.own_module import FILE_NAME as MY_ANN
from annkit.exercises.record.progress_log import FILE_NAME as RECORD
from annkit.exercises.record.progress_log import log_path, marks_are_made
from annkit.exercises.tasks.catalogue import course_here
from annkit.exercises.tasks.home_folder import home
from annkit.files import free_name, write
from annkit.show.cards.card import Card, Prose, present, shell
from annkit.show.labels import listed, plural
from annkit.source.cell_texts import digest_as_built, is_worked_in, texts_digest

FILE_NAME = "my_work.zip"
# Bytes: more than a learner writes in a course, less than a kernel has.
LARGEST = 20_000_000
# A chapter's notebook, and those that an import has put beside it.
_NOTEBOOK = re.compile(r"([^/\\]+)/\1( \((before|brought in)( \d+)?\))*\.ipynb")


def export_work() -> None:
    """Put all your work into one file, to go on with it elsewhere."""
    if marks_are_made():
        return
    files = dict(_work_here())
    if not files:
        _say("There is no work here yet", "Pass an exercise first, then run `export_work()` again.")
        return
    content = _zipped(files)
    path = home() / FILE_NAME
    try:
        kept = _kept_for_later(path)
        write(path, content)
    except OSError as error:
        _say("Your work could not be packed", f"{path} cannot be written ({_why(error)}).", "bad")
        return
    _say(
        f"Your work is in {FILE_NAME}",
        f"It holds {_contents(files)}, as they were last saved. The file lies beside `{MY_ANN}`"
        f"{kept}. Where you want to go on, drop it into the folder of the chapters and run "
        f"`import_work()`.{_warning(files)}",
        "good",
    )
    if shell() is not None:
        from annkit.show.cards.download_button import offer_download

        offer_download(FILE_NAME, content)


def import_work(file: str | Path | None = None) -> None:
    """Go on with work that `export_work()` has packed elsewhere.

    Args:
        file: the file; `my_work.zip` in the folder of the chapters, or in this one, if None.
    """
    if marks_are_made():
        return
    places = [Path(file)] if file else [home() / FILE_NAME, Path(FILE_NAME)]
    path = next((place for place in places if place.is_file()), None)
    if path is None:
        _say(
            f"There is no {places[0].name} here",
            f"Drop it into the folder of the chapters, where `{MY_ANN}` lies, and run this again.",
            "bad",
        )
        return
    try:
        files = _unzipped(path)
        told = [*_bring_record(files), *_bring_module(files), *_bring_notebooks(files)]
    except (OSError, ValueError) as error:
        _say(f"{path.name} could not be brought in", f"{_why(error)}.", "bad")
        return
    if not told:
        _say("Nothing here has changed", f"All that is in {path.name} was here already.")
        return
    last = "Close the tabs of these chapters and open them again, to see what came."
    _say("Your work is here", "\n".join([*(f"- {line}" for line in told), "", last]), "good")


def _work_here() -> Iterator[tuple[str, bytes]]:
    """The learner's files: name in the packed file → content."""
    for name, path in ((RECORD, log_path()), (MY_ANN, home() / MY_ANN)):
        if path.is_file():
            yield name, path.read_bytes()
    for name, path in _notebooks().items():
        notebook = _read_notebook(path)
        if notebook is not None and is_worked_in(notebook):
            notebook.get("metadata", {}).pop("widgets", None)
            for cell in notebook["cells"]:
                if cell["cell_type"] == "code":
                    cell |= {"outputs": [], "execution_count": None}
            yield name, json.dumps(notebook, ensure_ascii=False, indent=1).encode()


def _notebooks() -> dict[str, Path]:
    """The chapters' notebooks that are here: name in the packed file → place."""
    folders = (home() / chapter for chapter in course_here().chapters)
    paths = (path for folder in folders for path in sorted(folder.glob("*.ipynb")))
    named = ((f"{path.parent.name}/{path.name}", path) for path in paths)
    return {name: path for name, path in named if _place(name)}


def _place(name: str) -> Path | None:
    """Where a notebook of a packed file belongs here; None if it is no notebook of the course."""
    found = _NOTEBOOK.fullmatch(name)
    return home() / name if found and found[1] in course_here().chapters else None


def _read_notebook(path: Path) -> dict[str, Any] | None:
    """A notebook as plain data; None if there is none that can be read."""
    try:
        notebook = json.loads(path.read_bytes())
        texts_digest(notebook)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return dict(notebook)


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _warning(files: dict[str, bytes]) -> str:
    """What will be missing elsewhere; empty if nothing will."""
    if sum(map(len, files.values())) > LARGEST:
        return (
            f" **It is too large to be brought in** (over {LARGEST / 1e6:g} MB): take large "
            "pictures out of your cells, save, and pack it again."
        )
    names = [
        f"`{path.name}`"
        for name, path in _notebooks().items()
        if name not in files and path.is_file() and _read_notebook(path) is None
    ]
    return f" **Not in it**, for it cannot be read: {', '.join(names)}." if names else ""


def _kept_for_later(path: Path) -> str:
    """Keep a packed file that waits to be brought in; returns what to say of it."""
    try:
        news = _record_lines(_unzipped(path).get(RECORD, b""))
    except (OSError, ValueError):
        return ""
    if set(news) <= set(_record_here()):
        return ""
    return f"{_keep_aside(path)}, and holds progress that is not here yet"


def _unzipped(path: Path) -> dict[str, bytes]:
    """What is in a packed file, of what `export_work` packs; all else in it is left alone.

    Raises:
        OSError, ValueError: it cannot be read, or something in it is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            found = [
                info
                for info in archive.infolist()
                if info.filename in {RECORD, MY_ANN} or _place(info.filename)
            ]
            if sum(info.file_size for info in found) > LARGEST:
                raise ValueError("it is larger than a learner's work can be")
            files = {info.filename: _member(archive, info) for info in found}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        raise ValueError("it is damaged, or not a file that `export_work()` has made") from None
    if not files:
        raise ValueError("it holds no work of this course")
    for name, content in files.items():
        _expect_readable(name, content)
    return files


def _member(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """A packed file's content; no more is unpacked than its size says."""
    with archive.open(info) as file:
        return file.read(info.file_size)


def _expect_readable(name: str, content: bytes) -> None:
    """Nothing is brought in before all of it can be read."""
    try:
        if name == MY_ANN:
            content.decode()
        elif name != RECORD:
            texts_digest(json.loads(content))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError(f"{name} in it is damaged") from None


def _bring_record(files: dict[str, bytes]) -> Iterator[str]:
    """Join the record that came with the one that is here."""
    here = _record_here()
    news = [line for line in _record_lines(files.get(RECORD, b"")) if line not in here]
    if news:
        joined = sorted([*here, *news], key=_time)
        write(log_path(), b"".join(line + b"\n" for line in joined))
        yield "Your progress, joined with what was here."


def _record_here() -> list[bytes]:
    path = log_path()
    return _record_lines(path.read_bytes()) if path.is_file() else []


def _record_lines(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if line]


def _time(line: bytes) -> str:
    """When an entry of the record was made; a damaged one comes first."""
    try:
        return str(json.loads(line).get("time", ""))
    except (ValueError, AttributeError):
        return ""


def _bring_module(files: dict[str, bytes]) -> Iterator[str]:
    path = module_path()
    if MY_ANN not in files or (path.is_file() and path.read_bytes() == files[MY_ANN]):
        return
    with locked(path):
        kept = _keep_aside(path)
        replace_module(path, files[MY_ANN].decode())
    yield f"`{MY_ANN}`{kept}"


def _bring_notebooks(files: dict[str, bytes]) -> Iterator[str]:
    for name, content in files.items():
        path = _place(name)
        if path is None:
            continue
        here, new = _read_notebook(path), json.loads(content)
        if here is not None and texts_digest(here) == texts_digest(new):
            continue
        editions = _other_edition(here, new)
        if path.is_file() and path.parent.resolve() == Path.cwd().resolve():
            # This notebook is open: what is typed in it would be saved over what came.
            path = free_name(path, "brought in")
            write(path, content)
            yield f"`{path.name}`, beside the notebook that is open here.{editions}"
            continue
        kept = _keep_aside(path) if here is None or editions or is_worked_in(here) else ""
        write(path, content)
        yield f"`{path.name}`{kept}{'.' * bool(editions)}{editions}"


def _other_edition(here: dict[str, Any] | None, new: dict[str, Any]) -> str:
    """What to say where the notebook that came was handed out with other tasks; empty if not."""
    if here is None or digest_as_built(here) == digest_as_built(new):
        return ""
    return " The two are of different editions of the course, and their tasks may differ."


def _keep_aside(path: Path) -> str:
    """Keep a copy of what is there; returns what to say of it."""
    if not path.is_file():
        return ""
    aside = free_name(path, "before")
    write(aside, path.read_bytes())
    return f"; the one that was here is now `{aside.name}`"


def _contents(files: dict[str, bytes]) -> str:
    """What is in the packed file, in words."""
    notebooks = sum(name.endswith(".ipynb") for name in files)
    named = {RECORD: "your progress", MY_ANN: f"`{MY_ANN}`"}
    parts = [words for name, words in named.items() if name in files]
    if notebooks:
        parts.append(f"{plural(notebooks, 'notebook')} with your answers")
    return listed(parts)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)


def _say(head: str, text: str, tone: str = "plain") -> None:
    present(Card(head, "", (Prose(text),), tone))

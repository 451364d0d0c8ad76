"""This package as a wheel: for learners without references and `solution()`, for judges with them.

A kernel in a browser has the whole course as well, without what makes marks. A wheel is put
together from the files of the installed package, so that no build tool is needed, and is the same
for the same files.

Not here: taking answers out of a file (`withheld`).
"""

import base64
import hashlib
import zipfile
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import distribution
from pathlib import Path

from annkit.distribution import NAME
from annkit.exercises.tasks.catalogue import WITHHELD, Catalogue
from annkit.exercises.tasks.course_index import FILE_NAME, digest, to_bytes
from annkit.exercises.tasks.edition import FOLDER, Edition
from annkit.publish.class_edition import edition_files, in_order
from annkit.publish.withheld import without_answers

_PACKAGE = Path(__file__).resolve().parents[1]
# A class is handed out its own notebooks.
_LEFT_OUT = ("publish", "_notebooks", "_solutions", "__pycache__")
_NOT_IN_A_BROWSER = ("cli", "grading", "own_copy", "__main__.py")
_TAG = "py3-none-any"
# What goes elsewhere in the environment; pyproject.toml says the same for the wheel of all.
_SHARED = {
    "ipython_kernel_config.json": "etc/ipython/ipython_kernel_config.json",
    "lab_overrides.json": "share/jupyter/lab/settings/overrides.d/annkit.json",
}


def build_wheel(catalogue: Catalogue, folder: Path, *, with_answers: bool = False) -> Path:
    """Write the wheel into a folder.

    Args:
        catalogue: the exercises.
        folder: where; made if need be.
        with_answers: for a machine that judges, not for learners.

    Returns:
        its path.
    """
    whole = Catalogue(catalogue.root, Edition())
    exercises = [
        *(_whole(whole) if with_answers else _exercises(whole)),
        *(
            (f"{FOLDER}/{name}", data)
            for name, data in edition_files(catalogue, with_answers=with_answers)
        ),
    ]
    files = _package(_LEFT_OUT) | {f"annkit/_solutions/{name}": data for name, data in exercises}
    return _pack(files, _SHARED, "judge" if with_answers else "learners", folder)


def browser_wheel(catalogue: Catalogue, folder: Path) -> Path:
    """Write the wheel for a kernel in a browser, with all the exercises; returns its path."""
    files = _package((*_LEFT_OUT, *_NOT_IN_A_BROWSER))
    files |= {f"annkit/_solutions/{name}": data for name, data in _whole(catalogue)}
    # There the kernel goes by the name of IPython's shell.
    shared = {"ipython_kernel_config.json": "etc/ipython/ipython_config.json"}
    return _pack(files, shared, "browser", folder)


def _pack(files: dict[str, bytes], shared: Mapping[str, str], label: str, folder: Path) -> Path:
    """Write a wheel.

    Args:
        files: path in it → content.
        shared: file of the package → place in the environment.
        label: what tells its version from that of other wheels.
        folder: where; made if need be.
    """
    about = distribution(NAME).metadata
    version = f"{about['Version']}+{label}"
    stem = f"{NAME.replace('-', '_')}-{version}"
    info = f"{stem}.dist-info"
    metadata = str(about).replace(f"Version: {about['Version']}", f"Version: {version}", 1)
    files = {
        **files,
        **{f"{stem}.data/data/{to}": (_PACKAGE / name).read_bytes() for name, to in shared.items()},
        f"{info}/METADATA": metadata.encode(),
        f"{info}/WHEEL": f"Wheel-Version: 1.0\nGenerator: annkit\nRoot-Is-Purelib: true\n"
        f"Tag: {_TAG}\n".encode(),
        f"{info}/entry_points.txt": b"[console_scripts]\nannkit = annkit.cli:main\n",
    }
    record = "".join(f"{name},{_digest(data)},{len(data)}\n" for name, data in files.items())
    files[f"{info}/RECORD"] = f"{record}{info}/RECORD,,\n".encode()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{stem}-{_TAG}.whl"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            wheel.writestr(entry, data)
    return path


def _package(left_out: Collection[str]) -> dict[str, bytes]:
    """The package's own files: path in a wheel → content."""
    return {
        f"annkit/{path.relative_to(_PACKAGE).as_posix()}": path.read_bytes()
        for path in sorted(_PACKAGE.rglob("*"))
        if path.is_file() and not set(path.relative_to(_PACKAGE).parts).intersection(left_out)
    }


def _whole(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The exercises and chapters as they are."""
    for chapter in catalogue.chapters:
        for path in sorted((catalogue.root / chapter).glob("*.py")):
            yield f"{chapter}/{path.name}", path.read_bytes()
    yield FILE_NAME, to_bytes(catalogue.index())


def _exercises(catalogue: Catalogue) -> Iterator[tuple[str, bytes]]:
    """The exercises without answers; of a chapter only the order of its exercises."""
    yield WITHHELD, b"This edition of the course comes without solutions.\n"
    index = catalogue.index()
    for chapter, ids in catalogue.chapters.items():
        files = {"chapter.py": in_order(ids)}
        files |= {f"{id}.py": without_answers(catalogue.path(id)).encode() for id in ids}
        for name, content in files.items():
            yield f"{chapter}/{name}", content
        index[chapter] = (digest(files.items()), index[chapter][1])
    yield FILE_NAME, to_bytes(index)


def _digest(data: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode("ascii")
    return f"sha256={digest.rstrip('=')}"

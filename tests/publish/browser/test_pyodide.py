"""The Python of the browser edition is what the locks say, whoever passed it on."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from annkit.publish.browser import pyodide
from annkit.publish.browser.pyodide import CARRIER, CORE_FILES, FROM_PYODIDE, PyodideError
from tools.lock import BROWSER, NOT_FROM_THE_INDEX, NPM, ROOT, pins

# numpy needs nothing, matplotlib needs two more: name → what it depends on.
DEPENDS = {"numpy": [], "matplotlib": ["numpy", "pytz"], "sympy": [], "micropip": [], "pytz": []}


def wheel(name: str) -> str:
    return f"{name}-1.0-py3-none-any.whl"


@pytest.fixture
def core(tmp_path: Path) -> Path:
    """Npm's package, whose lock names more than annkit needs."""
    folder = tmp_path / "core"
    folder.mkdir()
    for name in CORE_FILES:
        (folder / name).write_text(name)
    packages = {
        name: {
            "depends": depends,
            "file_name": f"https://example.org/{wheel(name)}",
            "sha256": hashlib.sha256(name.encode()).hexdigest(),
        }
        for name, depends in {**DEPENDS, "scipy": ["numpy"]}.items()
    }
    lock = {"info": {"python": "3.14"}, "packages": packages}
    (folder / pyodide.LOCK_FILE).write_text(json.dumps(lock))
    return folder


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Instead of the index: two wheels, one of them with Pyodide's in it; what was asked for."""
    asked: list[str] = []

    def fetch(lock: str, folder: Path) -> None:
        asked.append(lock)
        (folder / wheel("comm")).write_text("comm")
        if CARRIER in lock:
            with zipfile.ZipFile(folder / wheel(CARRIER.replace("-", "_")), "w") as carrier:
                for name in DEPENDS:
                    carrier.writestr(f"somewhere/{wheel(name)}", name)

    monkeypatch.setattr(pyodide, "_fetch_wheels", fetch)
    return asked


@pytest.fixture
def lock_file(tmp_path: Path) -> Path:
    """A lock of two packages."""
    path = tmp_path / "browser.lock"
    path.write_text(
        f"comm==1.0 \\\n    --hash=sha256:00\n{CARRIER}==1.0 \\\n    --hash=sha256:11\n"
    )
    return path


def test_all_that_is_needed_is_there_and_named_with_its_digest(
    core: Path, fetched: list[str], lock_file: Path, tmp_path: Path
) -> None:
    folder = pyodide.gather(core, lock_file, tmp_path / "cache")
    names = {path.name for path in folder.iterdir()}
    assert names == {*CORE_FILES, pyodide.LOCK_FILE, *map(wheel, [*DEPENDS, "comm"])}
    packages = pyodide.lock_for(folder, {})["packages"]
    assert set(packages) == {*DEPENDS, "comm"}
    for package in packages.values():
        content = (folder / package["file_name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == package["sha256"]
    assert pyodide.gather(core, lock_file, tmp_path / "cache") == folder
    assert len(fetched) == 1


def test_an_altered_package_is_refused(
    core: Path, fetched: list[str], lock_file: Path, tmp_path: Path
) -> None:
    lock = core / pyodide.LOCK_FILE
    lock.write_text(lock.read_text().replace(hashlib.sha256(b"pytz").hexdigest(), "0" * 64))
    with pytest.raises(PyodideError, match="pytz"):
        pyodide.gather(core, lock_file, tmp_path / "cache")
    with pytest.raises(PyodideError, match="pytz"):  # nothing of it was kept
        pyodide.gather(core, lock_file, tmp_path / "cache")
    assert len(fetched) == 2


def test_pyodides_own_distribution_makes_the_same(
    core: Path, fetched: list[str], lock_file: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    for name in DEPENDS:
        (whole / wheel(name)).write_text(name)
    carried = pyodide.gather(core, lock_file, tmp_path / "a")
    own = pyodide.gather(core, lock_file, tmp_path / "b", whole)
    assert CARRIER in fetched[0]
    assert CARRIER not in fetched[1]
    assert {path.name: path.read_bytes() for path in own.iterdir()} == {
        path.name: path.read_bytes() for path in carried.iterdir()
    }


def test_the_lock_has_what_pyodide_lacks_and_the_carrier_last() -> None:
    named = [pin.partition("==")[0] for pin in pins((ROOT / BROWSER).read_text("utf-8"))]
    assert named[-1] == CARRIER
    assert not set(named).intersection(FROM_PYODIDE, NOT_FROM_THE_INDEX)
    asked = json.loads((NPM["site"] / "package.json").read_text("utf-8"))["dependencies"]
    assert asked["pyodide"][0].isdigit()  # one release: the carrier has the packages of no other

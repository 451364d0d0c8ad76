"""The browser edition as a folder of files: JupyterLite, the notebooks, and the Python for them.

Not here: where that Python comes from (`pyodide`), the book beside it.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from annkit.address import DOOR
from annkit.distribution import NAME
from annkit.exercises.tasks.catalogue import Catalogue
from annkit.files import write
from annkit.publish.browser import pyodide
from annkit.publish.build import release
from annkit.publish.learner_wheel import browser_wheel

ROOT = Path(__file__).resolve().parents[3]
PINS = ROOT / "requirements-browser.lock"
# What shows widgets, and what starts the kernel: nothing else of the environment goes along.
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "anywidget",
)
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# JupyterLab; and for a narrow window Jupyter Notebook, its list of files and its editor.
APPS = ("lab", "notebooks", "tree", "edit")
# News of Jupyter, and a doubt about notebooks that come with the site.
UNWANTED = (
    "@jupyterlab/apputils-extension:announcements",
    "@jupyter-notebook/notebook-extension:trusted",
)
# Its own packages that the kernel loads; `ipykernel` stands in for the one that annkit never asks.
KERNEL_PACKAGES = ("ipykernel", "piplite", "pyodide_kernel")
# A page closes without a question asked: what is typed is saved soon.
SETTINGS = {"@jupyterlab/docmanager-extension:plugin": {"autosaveInterval": 10}}


def build(
    catalogue: Catalogue, folder: Path, *, tools: Path, whole_pyodide: Path | None = None
) -> None:
    """Write the browser edition.

    Args:
        catalogue: the course.
        folder: where it goes; what was there is replaced.
        tools: where `tools/beside.py` has installed the group `site`.
        whole_pyodide: see `pyodide.gather`.

    Raises:
        PyodideError: the Python for it could not be gathered.
    """
    core = tools / "node_modules" / "pyodide"
    python = pyodide.gather(core, PINS, tools / "browser", whole_pyodide)
    with tempfile.TemporaryDirectory() as place:
        lite = Path(place)
        served = lite / "static" / "pyodide"
        shutil.copytree(python, served)
        wheels = {NAME: browser_wheel(catalogue, served)}
        own = _extension(KERNEL, tools) / "static" / "pypi"
        for name in KERNEL_PACKAGES:
            wheel = next(own.glob(f"{name}-*.whl"))
            wheels[name.replace("_", "-")] = wheel
            shutil.copyfile(wheel, served / wheel.name)
        lock = pyodide.lock_for(python, wheels)
        _write_json(served / pyodide.LOCK_FILE, lock)
        for inner, content in release(catalogue).items():
            write(lite / "course" / inner, content)
        _write_json(lite / "jupyter-lite.json", _configuration(list(lock["packages"])))
        shared = json.loads((ROOT / "annkit" / "lab_overrides.json").read_bytes())
        _write_json(lite / "overrides.json", shared | SETTINGS)
        _write_json(
            lite / "jupyter_lite_config.json", _what_to_build(lite, folder.resolve(), tools)
        )
        # JupyterLite leaves out what it finds done, and with it what that had set.
        shutil.rmtree(folder, ignore_errors=True)
        subprocess.run(
            [sys.executable, "-m", "jupyterlite_core", "build"],
            cwd=lite,
            env={**os.environ, "PYTHONPATH": str(tools)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
        shutil.copyfile(Path(__file__).with_name(DOOR), folder / DOOR)


def _configuration(packages: list[str]) -> dict[str, Any]:
    """What the pages read: which Python they load, and that they ask nobody else for anything."""
    kernel = {"disablePyPIFallback": True, "loadPyodideOptions": {"packages": packages}}
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "annkit",
            "exposeAppInBrowser": True,
            "disabledExtensions": UNWANTED,
            "litePluginSettings": {f"{KERNEL}:kernel": kernel},
        },
    }


def _what_to_build(lite: Path, folder: Path, tools: Path) -> dict[str, Any]:
    return {
        "LiteBuildConfig": {
            "apps": APPS,
            "contents": [str(lite / "course")],
            "federated_extensions": [str(_extension(name, tools)) for name in EXTENSIONS],
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "output_dir": str(folder),
        }
    }


def _extension(name: str, tools: Path) -> Path:
    """Where the environment, or what is installed beside it, has an extension of JupyterLab."""
    places = (Path(prefix) / "share/jupyter/labextensions" / name for prefix in (tools, sys.prefix))
    return next(place for place in places if place.is_dir())


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")

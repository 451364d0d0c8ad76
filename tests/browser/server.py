"""A JupyterLab server for tests: on loopback, on a free port, with settings of its own.

Not here: the page in the browser (lab.py).
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

PATIENCE = 600  # seconds until a server on a busy machine counts as broken
Found = TypeVar("Found")


@contextmanager
def jupyterlab(root: Path, state: Path) -> Iterator[str]:
    """Start JupyterLab and yield its address, token included; stop it at the end.

    Args:
        root: the folder it shows.
        state: an empty folder for its settings, and for the learner's progress.
    """
    environment = {
        **os.environ,
        "ANNKIT_STATE": str(state / "annkit"),
        "IPYTHONDIR": str(state / "ipython"),
        "JUPYTER_CONFIG_DIR": str(state / "config"),
        "JUPYTER_DATA_DIR": str(state / "data"),
        "JUPYTER_RUNTIME_DIR": str(state / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(state / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(state / "workspaces"),
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    command += ["--ServerApp.ip=127.0.0.1", "--ServerApp.port=0", f"--ServerApp.root_dir={root}"]
    command += ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
    command += ["--JupyterNotebookApp.expose_app_in_browser=True"]  # at /notebooks/ it is there too
    with (state / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield _address(server, state)
    finally:
        end(server)


def end(server: "subprocess.Popen[bytes]") -> None:
    """End a server, at the latest after a minute."""
    server.terminate()
    try:
        server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _address(server: "subprocess.Popen[bytes]", state: Path) -> str:
    """Wait for the file in which a running server writes where it is."""
    note = state / "runtime" / f"jpserver-{server.pid}.json"
    about = wait_for(lambda: json.loads(note.read_bytes()), server, state / "server.log")
    return f"{about['url']}lab?token={about['token']}"


def wait_for(
    look: Callable[[], Found | None], server: "subprocess.Popen[bytes]", log: Path
) -> Found:
    """Look until something is there; a server that has ended, or takes minutes, is a failure.

    Args:
        look: what is there, or None; half a file or no connection yet is none, either.
        server: whose it is.
        log: what it says.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        with suppress(OSError, ValueError):
            if (found := look()) is not None:
                return found
        time.sleep(0.1)
    raise RuntimeError(f"the server did not start:\n{log.read_text()}")

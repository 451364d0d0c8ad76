"""A JupyterHub for tests: on loopback, with nbgrader's extensions, for people with accounts.

The exchange of nbgrader goes by the accounts of the system. These exist only for the hub: it runs
behind a list of accounts of its own, which takes root and bubblewrap. Everything is installed
beside .venv, by tools/beside.py.

Not here: what people do on it (test_hub.py).
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.server import end
from tools.beside import folder_of

ROOT = Path(__file__).resolve().parents[2]
FOLDER = folder_of("platforms")
PASSWORD = "the password of everybody"
FIRST_UID = 41_001
PATIENCE = 300  # seconds until a hub on a busy machine counts as broken
_EXTENSIONS = {
    "@jupyter/nbgrader:assignment-list": False,
    "@jupyter/nbgrader:menu": False,
    "@jupyterlab/apputils-extension:announcements": True,
}
_CONFIG = """
c = get_config()
c.JupyterHub.bind_url = "http://127.0.0.1:{public}"
c.JupyterHub.hub_port = {hub}
c.JupyterHub.db_url = "sqlite:///{place}/hub.sqlite"
c.JupyterHub.cookie_secret_file = "{place}/cookie_secret"
c.JupyterHub.data_files_path = "{share}"
c.ConfigurableHTTPProxy.command = ["{python}", "{bin}/configurable-http-proxy"]
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{proxy}"
c.ConfigurableHTTPProxy.pid_file = "{place}/proxy.pid"
c.JupyterHub.authenticator_class = "dummy"
c.DummyAuthenticator.password = "{password}"
c.Authenticator.allow_all = True
c.Spawner.cmd = ["{python}", "-m", "jupyterhub.singleuser"]
c.Spawner.args = ["--LabApp.expose_app_in_browser=True", "--LabApp.news_url=None"]
c.Spawner.default_url = "/lab"
c.Spawner.http_timeout = c.Spawner.start_timeout = {patience}
c.Spawner.environment = {{"PYTHONPATH": "{path}", "JUPYTER_CONFIG_PATH": "{place}/etc:{etc}",
                         "PATH": "{search}", "OMP_NUM_THREADS": "1"}}
"""


@dataclass(frozen=True)
class Hub:
    """A running hub.

    Attributes:
        address: where it listens.
        homes: folder of everybody's home.
        place: its own folder; the exchange is below.
    """

    address: str
    homes: Path
    place: Path

    def own(self, folder: Path, person: str) -> None:
        """Give a folder with all that is in it to somebody."""
        uid = (self.homes / person).stat().st_uid
        for path in (folder, *folder.rglob("*")):
            os.chown(path, uid, uid, follow_symlinks=False)

    def run(self, person: str, folder: Path, *words: str) -> str:
        """Run a Python module as somebody, in a folder; returns what it printed."""
        uid = (self.homes / person).stat().st_uid
        done = subprocess.run(
            [
                *_behind_accounts(self.place),
                "setpriv",
                f"--reuid={uid}",
                f"--regid={uid}",
                "--clear-groups",
                sys.executable,
                "-m",
                *words,
            ],
            cwd=folder,
            env={
                "HOME": str(self.homes / person),
                "PATH": _search(),
                "PYTHONPATH": _path(),
                "JUPYTER_CONFIG_PATH": str(self.place / "etc"),
            },
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@contextmanager
def jupyterhub(place: Path, people: list[str], settings: str) -> Iterator[Hub]:
    """Start a hub; stop it, and everybody's server, at the end.

    Args:
        place: an empty folder that everybody may enter.
        people: ids, each with a home.
        settings: nbgrader's configuration for everybody; `{exchange}` stands for its exchange.
    """
    _accounts(place, people)
    exchange = place / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    (place / "etc" / "labconfig").mkdir(parents=True)
    (place / "etc" / "nbgrader_config.py").write_text(settings.format(exchange=exchange))
    (place / "etc" / "labconfig" / "page_config.json").write_text(
        json.dumps({"disabledExtensions": _EXTENSIONS})
    )
    public, hub, proxy = _free_ports(3)
    config = _CONFIG.format(
        public=public,
        hub=hub,
        proxy=proxy,
        place=place,
        python=sys.executable,
        share=FOLDER / "share" / "jupyterhub",
        etc=FOLDER / "etc" / "jupyter",
        bin=FOLDER / "bin",
        password=PASSWORD,
        patience=PATIENCE,
        path=_path(),
        search=_search(),
    )
    (place / "jupyterhub_config.py").write_text(config)
    address = f"http://127.0.0.1:{public}"
    with (place / "hub.log").open("w") as log:
        server = subprocess.Popen(
            [
                *_behind_accounts(place),
                sys.executable,
                "-m",
                "jupyterhub",
                "--config",
                str(place / "jupyterhub_config.py"),
            ],
            cwd=place,
            env={**os.environ, "PYTHONPATH": _path(), "PATH": _search()},
            stdout=log,
            stderr=log,
        )
    try:
        _wait(address, server, place)
        yield Hub(address, place / "homes", place)
    finally:
        end(server)


def _accounts(place: Path, people: list[str]) -> None:
    """The system's lists of accounts and groups with a few more, and a home for each of these."""
    users, groups = Path("/etc/passwd").read_text(), Path("/etc/group").read_text()
    for uid, person in enumerate(people, FIRST_UID):
        home = place / "homes" / person
        home.mkdir(parents=True)
        os.chown(home, uid, uid)
        users += f"{person}:x:{uid}:{uid}:{person}:{home}:/bin/sh\n"
        groups += f"{person}:x:{uid}:\n"
    (place / "passwd").write_text(users)
    (place / "group").write_text(groups)


def _behind_accounts(place: Path) -> list[str]:
    """The command that shows the whole system with those accounts; all ends with it."""
    bwrap = shutil.which("bwrap") or "bwrap"
    words = [bwrap, "--dev-bind", "/", "/", "--proc", "/proc", "--unshare-pid", "--die-with-parent"]
    for name in ("passwd", "group"):
        words += ["--ro-bind", str(place / name), f"/etc/{name}"]
    return [*words, *_opened(), "--cap-add", "ALL", "--"]


def _opened() -> list[str]:
    """Words that let everybody reach the interpreter and this tree, in somebody's home or not."""
    needed = [Path(sys.base_prefix).resolve(), ROOT]
    closed: dict[Path, list[Path]] = {}
    for path in needed:
        for parent in reversed(path.parents):
            if not parent.stat().st_mode & 0o001:
                closed.setdefault(parent, []).append(path)
                break
    words = []
    for parent, paths in closed.items():
        words += ["--perms", "0755", "--tmpfs", str(parent)]
        for path in paths:
            between = [one for one in reversed(path.parents) if parent in one.parents]
            for folder in between:
                words += ["--perms", "0755", "--dir", str(folder)]
            words += ["--bind", str(path), str(path)]
    return words


def _path() -> str:
    return f"{ROOT}{os.pathsep}{FOLDER}"


def _search() -> str:
    return f"{Path(sys.executable).parent}{os.pathsep}{FOLDER / 'bin'}{os.pathsep}/usr/bin:/bin"


def _free_ports(count: int) -> list[int]:
    taken = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in taken]
    for one in taken:
        one.close()
    return ports


def _wait(address: str, server: "subprocess.Popen[bytes]", place: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/hub/health", timeout=5)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"JupyterHub did not start:\n{(place / 'hub.log').read_text()[-3000:]}")

"""The same marks from Dask workers, also when one of them is killed midway."""

import json
import os
import pickle
import re
import shutil
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import Client, LocalCluster

from annkit.cli import main
from annkit.exercises import Catalogue, course
from annkit.grading import dask_pool
from annkit.grading.dask_pool import DaskPool, VersionError, grade_there
from annkit.grading.intake.course import read_course
from annkit.grading.marking.digests import grader_digest
from annkit.grading.marking.official_judge import Order
from annkit.grading.marking.seeds import course_secret, seed_for
from annkit.grading.pool import Pool, WorkerError
from annkit.grading.rebuild.release import read_release
from annkit.grading.run import Grader
from annkit.grading.sandbox.tiers import Tier
from tests.grading.classes import (
    CHAPTER,
    NAME,
    PATIENCE,
    STUDENTS,
    everything,
    grade,
    grades,
    make_class,
)

pytestmark = [
    pytest.mark.slow,
    # Dask's own sockets, closed late.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of eight, ungraded: two of each of the four."""
    folder = make_class(tmp_path_factory.mktemp("class") / "room", endless=False)
    for student in STUDENTS:
        shutil.copytree(folder / "submitted" / student, folder / "submitted" / f"{student} 2")
    course_secret(folder)
    return folder


@pytest.fixture(scope="module")
def here(handed_in: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What workers on this machine make of it."""
    folder = tmp_path_factory.mktemp("here") / "room"
    shutil.copytree(handed_in, folder)
    grade(folder)
    return comparable(folder)


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    """Two workers, each a process; who is killed is followed by another."""
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
    ) as made:
        yield made


def comparable(folder: Path) -> Any:
    """All that grading leaves behind, without the key, which changes when a source file does."""
    found = everything(folder)
    for verdict in found["verdicts"]:
        verdict.pop("key")
    return found


@pytest.mark.long
def test_marks_are_the_same(
    handed_in: Path, here: Any, cluster: LocalCluster, tmp_path: Path
) -> None:
    shutil.copytree(handed_in, tmp_path / "room")
    (tmp_path / "room" / "submitted" / "cem" / NAME).write_bytes(b"")
    said = grade(tmp_path / "room", "--dask", cluster.scheduler_address, "--json")
    (data,) = json.loads(said.stdout)
    assert {one["student"]: one["state"] for one in data["submissions"]}["cem"] == "unreadable"
    shutil.copy(handed_in / "submitted" / "cem" / NAME, tmp_path / "room/submitted/cem" / NAME)
    grade(tmp_path / "room", "--dask", cluster.scheduler_address)
    found = comparable(tmp_path / "room")
    assert found["grades"] == here["grades"]
    assert found["comments"] == here["comments"]
    assert found["files"] == here["files"]


class Listener:
    """Stands for a Dask client: what is submitted is pickled, as it would be, and kept."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []

    def submit(self, *sent: object, **more: object) -> None:
        """Take down what travels."""
        self.sent.append(pickle.dumps(sent))


def test_what_travels_to_a_worker_tells_neither_secret_nor_place(
    handed_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, listener = tmp_path / "room", Listener()
    shutil.copytree(handed_in, folder)

    def submitted_only(pool: DaskPool, orders: Iterable[Order]) -> None:
        pool._client = listener
        for order in orders:
            pool._submit(order)
        raise WorkerError("nobody is there to answer")

    monkeypatch.setattr(DaskPool, "__enter__", lambda pool: pool)
    monkeypatch.setattr(DaskPool, "__exit__", lambda *_: None)
    monkeypatch.setattr(DaskPool, "run", submitted_only)
    grader = Grader(read_course(folder), course(), Tier.LIMITS, dask="tcp://nowhere")
    with pytest.raises(WorkerError, match="nobody"):
        grader.grade(CHAPTER, ["ada"])
    (sent,) = listener.sent
    secret = course_secret(folder)
    assert seed_for(secret, "ada", "softmax").to_bytes(6, "little") in sent
    for told in (secret, bytes.fromhex(secret.decode()), str(folder).encode()):
        assert told not in sent


def kill_midway(folder: Path, pid: int) -> None:
    """Kill a process once the first marks are written."""
    deadline = time.monotonic() + PATIENCE
    while not grades(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)


@pytest.mark.long
def test_a_worker_killed_midway_changes_nothing(
    handed_in: Path, here: Any, cluster: LocalCluster, tmp_path: Path
) -> None:
    folder = tmp_path / "room"
    shutil.copytree(handed_in, folder)
    with Client(cluster, set_as_default=False) as client:
        pids = client.run(os.getpid)
        killer = threading.Thread(target=kill_midway, args=(folder, next(iter(pids.values()))))
        killer.start()
        grade(folder, "--dask", cluster.scheduler_address)
        killer.join()
        assert set(client.run(os.getpid).values()) != set(pids.values()), "one was killed"
    assert comparable(folder) == here


def test_a_worker_with_another_version_refuses(handed_in: Path) -> None:
    release = read_release(handed_in / "release" / NAME, CHAPTER)
    order = Order("ada", release, dict.fromkeys(release.ids, 0))
    ids = tuple(release.ids)
    with pytest.raises(VersionError, match="another version"):
        grade_there(order, "limits", ids, "of another version")
    version = grader_digest(tuple(map(course().path, ids)))
    assert grade_there(order, "limits", ids, version).verdict.state == "not attempted"


def test_a_worker_judges_in_the_tier_that_is_asked_for(
    handed_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where an earlier command has asked for a weaker one."""
    release = read_release(handed_in / "release" / NAME, CHAPTER)
    order = Order("ada", release, dict.fromkeys(release.ids, 0))
    ids = tuple(release.ids)
    version = grader_digest(tuple(map(course().path, ids)))
    made: list[Tier] = []

    class Noted(Pool):
        def __init__(self, count: int, catalogue: Catalogue, tier: Tier) -> None:
            made.append(tier)
            super().__init__(count, catalogue, Tier.LIMITS)

    monkeypatch.setattr(dask_pool, "Pool", Noted)
    monkeypatch.setattr(dask_pool, "_judging", None)
    for tier in ("limits", "limits", "landlock", "limits"):
        assert grade_there(order, tier, ids, version).verdict.state == "not attempted"
    assert made == [Tier.LIMITS, Tier.LANDLOCK, Tier.LIMITS]


def test_no_scheduler_is_said(
    handed_in: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dask_pool, "_CONNECT_SECONDS", 0.5)
    shutil.copytree(handed_in, tmp_path / "room")
    assert main(["grade", str(tmp_path / "room"), CHAPTER, "--dask", "tcp://127.0.0.1:9"]) == 1
    assert "no Dask scheduler" in capsys.readouterr().err


def test_the_manuals_settings_have_all_connections_encrypted() -> None:
    import dask
    import yaml  # type: ignore[import-untyped]
    from distributed import Security

    manual = (Path(__file__).parents[2] / "docs" / "teaching.md").read_text("utf-8")
    (block,) = re.findall(r"```yaml\n(.*?)```", manual, re.DOTALL)
    with dask.config.set(dask.config.merge(dask.config.config, yaml.safe_load(block))):
        security = Security()
        assert security.require_encryption
        for role in ("scheduler", "worker", "client"):
            settings = security.get_tls_config_for_role(role)
            assert settings["ca_file"] == "/path/to/ca.pem"
            assert settings["cert"] == "/path/to/machine.pem"
            assert settings["key"] == "/path/to/machine-key.pem"

"""The locks fit together, and environment.yml says what Binder's lock says."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools.lock import BINDER, BROWSER, GROUPS, JUDGE, LEARNER, NPM, ROOT, TESTS, environment, pins


def lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_environment_yml_is_derived_from_the_lock() -> None:
    path: Path = ROOT / "environment.yml"
    expected = environment(lock(BINDER))
    if path.read_text(encoding="utf-8") != expected:
        path.write_text(expected, encoding="utf-8")
        pytest.fail("environment.yml was stale; it has been written anew, look at it and commit it")


def test_a_judge_and_binder_install_what_learners_install_and_binder_nothing_of_teachers() -> None:
    judge, binder, learners = (
        {pin.partition(" ;")[0] for pin in pins(lock(name))} for name in (JUDGE, BINDER, LEARNER)
    )
    assert judge < binder < learners
    names = {pin.partition("==")[0] for pin in binder}
    assert "jupyterlab" in names
    assert names.isdisjoint({"nbgrader", "alembic", "sqlalchemy", "jupytext", "hatchling", "uv"})


def test_what_tests_run_with_is_what_learners_install() -> None:
    # Without markers: what tests need beside may want a package on more platforms.
    learners, tests = (
        {pin.partition(" ;")[0] for pin in pins(lock(name))} for name in (LEARNER, TESTS)
    )
    assert learners <= tests


def test_the_lock_is_new_enough_for_what_the_package_asks_for() -> None:
    project = tomllib.loads(lock("pyproject.toml"))
    extras = project["project"]["optional-dependencies"]
    asked = [*project["project"]["dependencies"], *extras["lab"], *extras["teacher"]]
    asked += project["dependency-groups"]["install"]
    pinned = [Requirement(pin) for pin in pins(lock("requirements.lock"))]
    for requirement in map(Requirement, asked):
        versions = [str(pin.specifier)[2:] for pin in pinned if pin.name == requirement.name]
        assert versions, f"{requirement.name} is not in requirements.lock: run make lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


@pytest.mark.parametrize(
    "name",
    [
        LEARNER,
        TESTS,
        JUDGE,
        BINDER,
        BROWSER,
        *GROUPS.values(),
    ],
)
def test_every_pin_has_a_hash_and_no_address(name: str) -> None:
    text = lock(name)
    blocks = re.split(r"\n(?=\S)", text.strip())
    assert len(blocks) == len(pins(text)) > 20
    assert all("--hash=sha256:" in block for block in blocks)
    assert "://" not in text


@pytest.mark.parametrize("folder", NPM.values(), ids=lambda folder: folder.name)
def test_what_npm_brings_has_a_hash_and_no_address(folder: Path) -> None:
    asked = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    text = (folder / "package-lock.json").read_text(encoding="utf-8")
    root, *packages = json.loads(text)["packages"].values()
    assert root["dependencies"] == asked
    assert packages
    assert all(package["integrity"].startswith("sha512-") for package in packages)
    assert "://" not in text


def test_pins_of_a_lock_keep_their_markers() -> None:
    text = (
        "a==1 \\\n    --hash=sha256:0\nb-c==2.0 ; python_version < '3.12' \\\n    --hash=sha256:1\n"
    )
    assert pins(text) == ["a==1", "b-c==2.0 ; python_version < '3.12'"]

"""Binder's own tool recognises the repository, and the badge leads to the welcome chapter."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).resolve().parent.parent


def test_binder_would_build_an_environment_with_our_versions() -> None:
    tool = Path(sys.executable).with_name("repo2docker")
    result = subprocess.run(
        [tool, "--no-build", "--debug", "."], cwd=ROOT, capture_output=True, text=True
    )
    assert result.returncode == 0, result.stderr
    recipe = result.stdout + result.stderr
    assert "environment.yml" in recipe
    assert "RUN ./postBuild" in recipe


def test_the_badge_opens_lab_at_the_welcome_chapter() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"https://mybinder\.org/v2/\S+", readme)
    assert len(links) == 1, "the repository's address on Binder stands in one place"
    (where,) = parse_qs(urlsplit(links[0]).query)["urlpath"]
    kind, tree, *path = where.split("/")
    assert (kind, tree) == ("lab", "tree")
    assert ROOT.joinpath(*path).is_file()

"""Links that put the course into a learner's own server on a JupyterHub with nbgitpuller.

A click pulls the repository, merges what has changed since without touching answers, and opens the
chapter. The repository's address stands in the package's own description, or is named.

Not here: the hub itself (docs/teaching.md).
"""

import argparse
import sys
from collections.abc import Iterable
from importlib.metadata import distribution
from urllib.parse import urlencode, urlsplit

from annkit.exercises import course

BRANCH = "main"


def classroom_links(options: argparse.Namespace) -> int:
    """Print a link for each chapter; returns the exit status."""
    repository = options.repository or own_repository()
    if not repository:
        print(
            "annkit classroom: this copy does not say where its repository is: add --repository "
            "ADDRESS, or put it under [project.urls] in pyproject.toml, as Repository",
            file=sys.stderr,
        )
        return 1
    for chapter, link in pull_links(options.hub, repository, course().chapters).items():
        print(f"{chapter}: {link}")
    return 0


def own_repository() -> str:
    """The repository's address as the installed package has it; "" while it has none."""
    for entry in distribution("annkit").metadata.get_all("Project-URL") or []:
        name, _, address = entry.partition(",")
        if name.strip().casefold() == "repository":
            return str(address.strip())
    return ""


def pull_links(hub: str, repository: str, chapters: Iterable[str]) -> dict[str, str]:
    """Chapter → link.

    Args:
        hub: address of the JupyterHub.
        repository: address of a git repository.
        chapters: names of chapters.
    """
    # The folder on the server is called like the repository.
    folder = urlsplit(repository).path.rstrip("/").rpartition("/")[2].removesuffix(".git")
    links = {}
    for chapter in chapters:
        place = f"lab/tree/{folder}/notebooks/{chapter}/{chapter}.ipynb"
        words = urlencode({"repo": repository, "branch": BRANCH, "urlpath": place})
        links[chapter] = f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{words}"
    return links

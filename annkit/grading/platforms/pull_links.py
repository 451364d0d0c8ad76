"""Links that put the course into a learner's own server on a JupyterHub with nbgitpuller.

A click pulls the repository, merges what has changed since without touching answers, and opens the
chapter. The repository's address stands in the package's own description, or is named.

Not here: the hub itself (docs/teaching.md).
"""

import argparse
import sys

from annkit.address import AddressError, Repository, notebook, repository
from annkit.exercises import course


def classroom_links(options: argparse.Namespace) -> int:
    """Print a link for each chapter; returns the exit status."""
    try:
        place = Repository(options.repository) if options.repository else repository()
    except AddressError as error:
        print(f"annkit classroom: {error}", file=sys.stderr)
        return 1
    if place is None:
        print(
            "annkit classroom: this copy does not say where its repository is: add --repository "
            "ADDRESS, or put it under [project.urls] in pyproject.toml, as Repository",
            file=sys.stderr,
        )
        return 1
    for chapter in course().chapters:
        print(f"{chapter}: {place.pull(options.hub, notebook(chapter))}")
    return 0

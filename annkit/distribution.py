"""The package as installers know it: its distribution's name, version, and the repository named.

The package is imported as `annkit`, and its distribution is called `annkit-course`: on the package
index the shorter name is somebody else's, who imports it as `annkit` too. Both cannot live in one
environment.

Not here: links into the repository (`annkit.address`).
"""

from importlib import metadata
from importlib.machinery import PathFinder
from pathlib import Path

NAME = "annkit-course"
PACKAGE = "annkit"


def version() -> str:
    """The installed version, like `"0.1.0"`."""
    return metadata.version(NAME)


def project_url(label: str) -> str | None:
    """An address under `[project.urls]` in pyproject.toml; None while there is none.

    Args:
        label: what it is called there, like `"Repository"`.
    """
    for entry in metadata.metadata(NAME).get_all("Project-URL") or []:
        name, _, address = entry.partition(",")
        if name.strip().casefold() == label.casefold():
            return str(address.strip()) or None
    return None


def in_the_way(paths: list[str]) -> str | None:
    """What else answers to `import annkit` or is installed under that name, in words; None if none.

    Args:
        paths: where a Python that is started here looks for packages, in order.
    """
    found = PathFinder.find_spec(PACKAGE, paths)
    own = Path(__file__).with_name("__init__.py")
    if found and (found.origin is None or not own.samefile(found.origin)):
        place = found.origin or ", ".join(found.submodule_search_locations or [])
        return f"`import annkit` finds another package first, {place}: move it out of the way"
    for distribution in metadata.distributions(name=PACKAGE, path=paths):
        return (
            f"a distribution called annkit, {distribution.version}, is installed beside this one, "
            f"which is called {NAME}: an old edition, or somebody else's project. Uninstall both, "
            f"then install {NAME} again"
        )
    return None

"""The repository's address stands in one place, and every link derives from it."""

import re
import subprocess
import tomllib
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from annkit.address import FIELD, AddressError, Repository, notebook, repository
from annkit.distribution import NAME, project_url, version

ROOT = Path(__file__).resolve().parent.parent
# Hosts to which only links lead that derive from the address.
HOSTS = re.compile(r"mybinder\.org/v2|colab\.research|\w\.github\.io|git-pull\?|\bOWNER\b")
SPELT = {"annkit/address.py", "tests/test_address.py"}
CHAPTER = "ch03_activations"


def declared() -> dict[str, str]:
    """`[project.urls]` as pyproject.toml has it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    urls: dict[str, str] = project.get("urls", {})
    return urls


def test_the_installed_package_says_what_pyproject_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert (project["name"], project["version"]) == (NAME, version())
    own = repository()
    assert (own and own.address) == declared().get(FIELD)
    assert project_url("never declared") is None


def test_no_other_place_spells_an_address() -> None:
    listing = subprocess.run(
        ["git", "grep", "-I", "-n", "-E", HOSTS.pattern.replace(r"\w", "[a-z]")],
        capture_output=True,
        text=True,
        cwd=ROOT,
    )
    own = repository()
    derived = {own.binder(""), own.colab(""), own.site} if own else set()
    starts = [link.partition("?")[0] for link in derived if link]
    found = [
        line
        for line in listing.stdout.splitlines()
        if line.partition(":")[0] not in SPELT and not any(start in line for start in starts)
    ]
    assert listing.returncode == 0, "it finds at least the module that builds links"
    assert found == []


@pytest.mark.parametrize("ending", ["", ".git", "/"])
def test_links_into_a_repository_on_github(ending: str) -> None:
    place = Repository(f"https://github.com/Ada/course{ending}")
    path = notebook(CHAPTER)
    assert (ROOT / path).is_file()
    assert (
        place.binder(path) == f"https://mybinder.org/v2/gh/Ada/course/main?urlpath=lab/tree/{path}"
    )
    colab = "https://colab.research.google.com/github/Ada/course/blob/main"
    assert place.colab(path) == f"{colab}/{path}"
    assert place.site == "https://ada.github.io/course/"
    assert place.requirement == "git+https://github.com/Ada/course"


@pytest.mark.parametrize(
    ("written", "page"),
    [
        ("git@github.com:Ada/course.git", "https://github.com/Ada/course"),
        ("ssh://git@github.com/Ada/course", "https://github.com/Ada/course"),
        ("ssh://git@git.example.org:2222/team/course", "https://git.example.org/team/course"),
        ("github.com/Ada/course", "https://github.com/Ada/course"),
        ("https://www.GitHub.com/Ada/course.git/", "https://github.com/Ada/course"),
        ("https://github.com/Ada/course/tree/main", "https://github.com/Ada/course"),
        ("https://github.com/Ada/course?tab=readme#book", "https://github.com/Ada/course"),
        ("https://git.example.org/a/b/course/-/tree/main", "https://git.example.org/a/b/course"),
    ],
)
def test_an_address_may_be_that_of_a_page_or_for_a_key(written: str, page: str) -> None:
    place = Repository(written)
    assert (place.page, place.requirement) == (page, f"git+{page}")
    # Whoever follows the link has no key.
    link = urlsplit(place.pull("https://hub.example.org/", "a.ipynb"))
    assert parse_qs(link.query)["repo"] == [page]


@pytest.mark.parametrize(
    "written",
    ["Ada/course", "", "https://github.com/Ada", "https://github.com", "ftp://example.org/course",
     "https://ada:token@github.com/Ada/course"],
)  # fmt: skip
def test_what_leads_to_no_repository_is_refused_in_words(written: str) -> None:
    with pytest.raises(AddressError, match="leads to no repository: write it like https://"):
        Repository(written)


def test_the_site_of_a_whole_account_has_no_folder() -> None:
    assert Repository("https://github.com/Ada/Ada.github.io").site == "https://ada.github.io/"


def test_elsewhere_there_is_binder_and_nothing_that_reads_github_only() -> None:
    place = Repository("https://git.example.org/team/course.git")
    assert place.binder("a.ipynb") == (
        "https://mybinder.org/v2/git/https%3A%2F%2Fgit.example.org%2Fteam%2Fcourse/main"
        "?urlpath=lab/tree/a.ipynb"
    )
    assert (place.colab("a.ipynb"), place.site) == (None, None)


@pytest.mark.parametrize("ending", ["", ".git", "/"])
def test_a_link_pulls_the_repository_and_opens_the_chapter(ending: str) -> None:
    place = Repository(f"https://git.example.org/team/course{ending}")
    parts = urlsplit(place.pull("https://hub.example.org/", notebook(CHAPTER)))
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == (
        "https://hub.example.org/hub/user-redirect/git-pull"
    )
    assert parse_qs(parts.query) == {
        "repo": [place.address],
        "branch": ["main"],
        "urlpath": [f"lab/tree/course/{notebook(CHAPTER)}"],
    }

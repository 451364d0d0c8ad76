"""Where the course's repository is, and the links that follow from it.

The address stands once, in pyproject.toml under `[project.urls]`, as `Repository`. Badges, buttons
and instructions derive from it, and are left out while it is not set. It may be written as one
clones the repository, with a key too, or copied from the browser on one of its pages.

Not here: reading the field (`annkit.distribution`).
"""

import re
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from annkit.distribution import project_url

BRANCH = "main"
FIELD = "Repository"
# The folder of the site that holds the course for a browser's own kernel.
BROWSER_EDITION = "lite"
# Its page that chooses between JupyterLab and, for a narrow window, Jupyter Notebook.
DOOR = "open.html"
# With a key: "git@host:owner/name", or "ssh://git@host:22/owner/name".
_WITH_A_KEY = re.compile(r"(?:ssh://)?[\w.-]+@([\w.-]+)[:/](?:\d+/)?(.+)")
_GITHUB = "github.com"
_HOST = re.compile(r"[\w-]+(\.[\w-]+)+(:\d+)?")


class AddressError(ValueError):
    """An address leads to no repository; the text says how one is written."""


@dataclass(frozen=True)
class Repository:
    """A git repository that holds the course.

    Attributes:
        address: of the repository, or of a page in it.

    Raises:
        AddressError: it is neither.
    """

    address: str

    def __post_init__(self) -> None:
        """Refuse what leads nowhere before a link is made of it."""
        _page(self.address)

    @property
    def page(self) -> str:
        """Its address without an ending, for anybody."""
        return _page(self.address)

    @property
    def clone(self) -> str:
        """What git clones without a key: as it is written, if that is such an address."""
        is_plain = self.address.rstrip("/").removesuffix(".git") == self.page
        return self.address if is_plain else self.page

    @property
    def name(self) -> str:
        """The folder that a clone makes."""
        return self.page.rpartition("/")[2]

    @property
    def site(self) -> str | None:
        """The book on GitHub's Pages, with a slash at its end; None elsewhere."""
        slug = self._on_github()
        if slug is None:
            return None
        owner, _, name = slug.partition("/")
        host = f"{owner.lower()}.github.io"
        # A repository of that name is the site of the whole account.
        return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"

    @property
    def requirement(self) -> str:
        """What installers take instead of a name from the index."""
        return f"git+{self.page}"

    def binder(self, path: str) -> str:
        """A link that starts JupyterLab on Binder at a file.

        Args:
            path: of the file in the repository.
        """
        slug = self._on_github()
        place = f"gh/{slug}" if slug else f"git/{quote(self.page, safe='')}"
        words = urlencode({"urlpath": f"lab/tree/{path}"}, safe="/")
        return f"https://mybinder.org/v2/{place}/{BRANCH}?{words}"

    def colab(self, path: str) -> str | None:
        """A link that opens a notebook in Colab, which reads GitHub only; None elsewhere.

        Args:
            path: of the notebook in the repository.
        """
        slug = self._on_github()
        host = "https://colab.research.google.com"
        return f"{host}/github/{slug}/blob/{BRANCH}/{quote(path)}" if slug else None

    def pull(self, hub: str, path: str) -> str:
        """A link that pulls the repository to a JupyterHub, and opens a file there.

        Args:
            hub: address of the hub, which has nbgitpuller.
            path: of the file in the repository.
        """
        place = f"lab/tree/{self.name}/{path}"
        words = urlencode({"repo": self.clone, "branch": BRANCH, "urlpath": place})
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{words}"

    def _on_github(self) -> str | None:
        """The owner and the name, like `"ada/course"`; None for a repository elsewhere."""
        parts = urlsplit(self.page)
        return parts.path.strip("/") if parts.netloc == _GITHUB else None


def _page(address: str) -> str:
    """A repository's address without an ending, however it is written."""
    plain = re.split(r"[?#]", address.strip())[0].rstrip("/")
    if plain.startswith(("/", "file:")):  # in a folder of this machine
        return plain.removesuffix(".git")
    with_a_key = _WITH_A_KEY.fullmatch(plain)
    if with_a_key:
        plain = f"https://{with_a_key[1]}/{with_a_key[2]}"
    elif _HOST.fullmatch(plain.partition("/")[0]):
        plain = f"https://{plain}"
    parts = urlsplit(plain)
    host = parts.netloc.lower().removeprefix("www.")
    names = parts.path.partition("/-/")[0].strip("/").split("/")  # then comes a page of GitLab's
    if host == _GITHUB:
        names = names[:2]
    is_whole = all(names) and len(names) > (host == _GITHUB)
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host) or not is_whole:
        raise AddressError(
            f"{address!r} leads to no repository: write it like https://{_GITHUB}/owner/name"
        )
    return f"{parts.scheme}://{host}/{'/'.join(names).removesuffix('.git')}"


def repository() -> Repository | None:
    """The course's own repository; None while pyproject.toml does not say where it is.

    Raises:
        AddressError: what it says leads to no repository.
    """
    address = project_url(FIELD)
    return Repository(address) if address else None


def notebook(chapter: str) -> str:
    """Where a chapter's notebook lies in the repository.

    Args:
        chapter: the name of its folder, like `"ch03_activations"`.
    """
    return f"notebooks/{chapter}/{chapter}.ipynb"


def in_browser(chapter: str) -> str:
    """Where the site's browser edition opens a chapter, from the site's first page.

    Args:
        chapter: the name of its folder.
    """
    return f"{BROWSER_EDITION}/{DOOR}?path={chapter}/{chapter}.ipynb"

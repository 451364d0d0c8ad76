"""Where the course's repository is, and the links that follow from it.

The address stands once, in pyproject.toml under `[project.urls]`, as `Repository`. Badges, buttons
and instructions derive from it, and are left out while it is not set.

Not here: reading the field (`annkit.distribution`).
"""

from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from annkit.distribution import project_url

BRANCH = "main"
FIELD = "Repository"
# The folder of the site that holds the course for a browser's own kernel.
BROWSER_EDITION = "lite"


@dataclass(frozen=True)
class Repository:
    """A git repository that holds the course.

    Attributes:
        address: as one clones it; a `.git` or a slash at its end makes no difference.
    """

    address: str

    @property
    def page(self) -> str:
        """Its address without an ending."""
        return self.address.rstrip("/").removesuffix(".git")

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
        words = urlencode({"repo": self.address, "branch": BRANCH, "urlpath": place})
        return f"{hub.rstrip('/')}/hub/user-redirect/git-pull?{words}"

    def _on_github(self) -> str | None:
        """The owner and the name, like `"ada/course"`; None for a repository elsewhere."""
        parts = urlsplit(self.page)
        return parts.path.strip("/") if parts.netloc.lower() == "github.com" else None


def repository() -> Repository | None:
    """The course's own repository; None while pyproject.toml does not say where it is."""
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
    return f"{BROWSER_EDITION}/lab/index.html?path={chapter}/{chapter}.ipynb"

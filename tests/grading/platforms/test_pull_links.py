"""Links for nbgitpuller: they name the repository, the branch and the chapter's notebook."""

from argparse import Namespace
from urllib.parse import parse_qs, urlsplit

import pytest

from annkit.exercises import course
from annkit.grading.platforms import pull_links
from annkit.grading.platforms.pull_links import classroom_links

HUB = "https://hub.example.org/"


@pytest.mark.parametrize("ending", ["", ".git", "/"])
def test_a_link_pulls_the_repository_and_opens_the_chapter(ending: str) -> None:
    repository = f"https://git.example.org/team/course{ending}"
    (link,) = pull_links.pull_links(HUB, repository, ["ch03_activations"]).values()
    parts = urlsplit(link)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == (
        "https://hub.example.org/hub/user-redirect/git-pull"
    )
    assert parse_qs(parts.query) == {
        "repo": [repository],
        "branch": ["main"],
        "urlpath": ["lab/tree/course/notebooks/ch03_activations/ch03_activations.ipynb"],
    }


def test_without_an_address_it_says_where_to_put_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pull_links, "own_repository", lambda: "")
    assert classroom_links(Namespace(hub=HUB, repository=None)) == 1
    assert "[project.urls]" in capsys.readouterr().err


def test_every_chapter_has_a_link(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pull_links, "own_repository", lambda: "https://git.example.org/course")
    assert classroom_links(Namespace(hub=HUB, repository=None)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(course().chapters)

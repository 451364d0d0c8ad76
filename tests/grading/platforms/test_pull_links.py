"""Links for nbgitpuller: one for each chapter, of the repository that is named or the course's own.

Not here: how a link is built (tests/test_address.py).
"""

from argparse import Namespace

import pytest

from annkit.address import Repository
from annkit.exercises import course
from annkit.grading.platforms import pull_links
from annkit.grading.platforms.pull_links import classroom_links

HUB = "https://hub.example.org/"


def test_without_an_address_it_says_where_to_put_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pull_links, "repository", lambda: None)
    assert classroom_links(Namespace(hub=HUB, repository=None)) == 1
    assert "[project.urls]" in capsys.readouterr().err


def test_an_address_that_leads_nowhere_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert classroom_links(Namespace(hub=HUB, repository="team/course")) == 1
    assert "'team/course' leads to no repository: write it like" in capsys.readouterr().err


def test_every_chapter_has_a_link(capsys: pytest.CaptureFixture[str]) -> None:
    named = "https://git.example.org/course"
    assert classroom_links(Namespace(hub=HUB, repository=named)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.partition(":")[0] for line in lines] == list(course().chapters)
    assert all("git.example.org" in line and "notebooks" in line for line in lines)


def test_an_address_of_the_courses_own_need_not_be_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    own = Repository("https://git.example.org/team/own")
    monkeypatch.setattr(pull_links, "repository", lambda: own)
    assert classroom_links(Namespace(hub=HUB, repository=None)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(course().chapters)
    assert all("team%2Fown" in line for line in lines)

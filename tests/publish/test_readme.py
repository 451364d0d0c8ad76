"""The README says what the chapters say, and leads nowhere that is not there."""

import re
from pathlib import Path

import pytest

from annkit.address import Repository
from annkit.exercises import course
from annkit.publish.opening import read_opening
from annkit.publish.readme import chapter_table, openings, refresh_readme, ways_in

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
PLACE = Repository("https://github.com/Ada/course")


def test_its_made_parts_are_up_to_date() -> None:
    assert refresh_readme(course()) == [], "the README was stale; look at it and commit it"
    assert README.count("<!-- made by `make build`: ") == README.count("<!-- to here -->") == 2


def test_every_chapter_says_how_long_it_takes_and_all_but_the_first_what_it_builds_on() -> None:
    first, *rest = openings(course()).items()
    for name, chapter in (first, *rest):
        assert chapter.title == course().title(name)
        assert chapter.reading > 0
        assert chapter.exercises > 0
    for name, chapter in rest:
        assert chapter.builds_on, name
        assert all(one < name for one in chapter.builds_on)


def test_a_chapter_is_a_row_with_its_hours() -> None:
    text = (
        "# 7 · Slopes\n\n**About 65 minutes of\nreading, and 20 for the exercises.** It builds on"
    )
    opening = read_opening(f"{text} [a](../ch02_b/ch02_b.ipynb) and [c](../ch01_c/ch01_c.ipynb).")
    rows = chapter_table({"ch07_slopes": opening}).splitlines()
    assert rows[2] == "| [7 · Slopes](notebooks/ch07_slopes/ch07_slopes.ipynb) | 1½ | 1, 2 |"
    assert rows[-1] == "1 hours of reading and ½ of exercises in all."


def test_whatever_it_links_to_is_there() -> None:
    local = [link for link in LINK.findall(README) if not link.startswith(("http", "#"))]
    assert len(local) > 20
    assert [link for link in local if not (ROOT / link.partition("#")[0]).exists()] == []


def test_without_an_address_it_names_none_and_with_one_it_leads_to_all() -> None:
    assert "://" not in ways_in(None)
    assert "make lab" in ways_in(None)
    text = ways_in(PLACE)
    for wanted in (PLACE.site, PLACE.binder(""), f"git clone {PLACE.address}", PLACE.requirement):
        assert wanted is not None
        assert wanted in text
    elsewhere = ways_in(Repository("https://git.example.org/course"))
    assert "make site" in elsewhere
    assert "git clone https://git.example.org/course" in elsewhere


@pytest.mark.parametrize("place", [None, PLACE])
def test_it_gives_three_ways(place: Repository | None) -> None:
    assert re.findall(r"^(\d)\. \*\*", ways_in(place), re.MULTILINE) == ["1", "2", "3"]

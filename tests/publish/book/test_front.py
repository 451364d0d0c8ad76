"""The first page: the map of the chapters, and where one begins."""

import re

from annkit.publish.book.front import front_page
from annkit.publish.book.ways import beginning

OPENING = "# 3 · Slopes\n\n**About 65 minutes of reading, and 20 for the exercises.** It builds on"
BEFORE = "[a](../ch02_b/ch02_b.ipynb) and [c](../ch01_c/ch01_c.ipynb)."


def test_the_map_names_what_a_chapter_builds_on_in_the_order_of_the_course() -> None:
    page = front_page({"ch03_slopes": f"{OPENING} {BEFORE}"}, "<p>Begin</p>")
    assert "65 min reading · 20 min exercises" in page
    assert "builds on [1](chapters/ch01_c.ipynb), [2](chapters/ch02_b.ipynb)" in page
    assert page.index("<p>Begin</p>") < page.index("builds on")


def test_one_begins_with_the_first_chapter_and_in_the_browser_where_that_lies_beside() -> None:
    links = re.findall(r'href="([^"]+)"', beginning("ch00_a", has_browser_edition=True))
    assert links == ["chapters/ch00_a.html", "lite/open.html?path=ch00_a/ch00_a.ipynb"]
    assert "lite" not in beginning("ch00_a", has_browser_edition=False)

"""The page at the end of the course: one file, made here, that claims no more than it knows."""

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from annkit.exercises import course
from annkit.exercises.record import progress_log

WRONG = "def scaled(x, factor=2.0):\n    return np.asarray(x) * 2.0"
RIGHT = "def scaled(x, factor=2.0):\n    return np.asarray(x) * factor  # 1 < 2 & so on"
VOID = ("meta", "img", "br")


class Page(HTMLParser):
    """What a page refers to, and whether its elements close in order."""

    def __init__(self, text):
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        """Open an element; nothing on the page is fetched or run."""
        if tag not in VOID:
            self.open.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]
        assert tag not in ("script", "link", "iframe")

    def handle_endtag(self, tag):
        """Close the innermost one."""
        assert tag in VOID or self.open.pop() == tag


class Line:
    """A picture as `annkit.show` makes them."""

    def html(self):
        """Return the figure."""
        return '<figure><img alt="a line" src="data:image/png;base64,AAAA"/></figure>'


@pytest.fixture
def clock(monkeypatch):
    """Set the day of March 2026."""

    def set_clock(day):
        moment = datetime(2026, 3, day, 12, tzinfo=UTC)
        monkeypatch.setattr(progress_log, "now", lambda: moment)
        monkeypatch.setattr("annkit.exercises.last_page.now", lambda: moment)

    set_clock(2)
    return set_clock


def test_the_page_shows_what_was_built_and_how(notebook, home, clock, monkeypatch):
    monkeypatch.setattr(course().load("scaled"), "draw", lambda answer: Line())
    notebook.run(f'{WRONG}\ncheck("scaled", scaled)\nhint("scaled")')
    clock(3)
    notebook.run(f'{RIGHT}\ncheck("scaled", scaled)')
    clock(12)
    notebook.run(f"from annkit import last_page, today\ntoday()\n{RIGHT}")
    notebook.run('today("scaled", scaled)')
    (output,) = notebook.run("last_page()").outputs
    assert "Your page is ready" in output.data["text/plain"]
    assert "my_course.html" in output.data["text/html"]
    text = (home / "my_course.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.links == ["data:image/png;base64,AAAA"]
    assert not re.search(r"https?:|url\(", text)
    for words in (
        "2 March 2026 to 12 March 2026",
        "passed on 3 March 2026, at attempt 2, with 1 hint, written again from memory on 12 March",
        "1 of 3 exercises and questions, 2 of 4 points.",
        "return np.asarray(x) * factor  # 1 &lt; 2 &amp; so on",
        ": always doubled, on 3 March 2026",
        "it cannot tell who wrote it",
    ):
        assert words in text, words


def test_without_anything_there_is_no_page(notebook, home):
    (output,) = notebook.run("from annkit import last_page\nlast_page()").outputs
    assert "nothing to show yet" in output.data["text/plain"]
    assert list(home.iterdir()) == []


def test_a_page_that_cannot_be_written_is_said(notebook, home):
    notebook.run(f'{RIGHT}\ncheck("scaled", scaled)')
    (home / "my_course.html").mkdir()
    (output,) = notebook.run("from annkit import last_page\nlast_page()").outputs
    assert "could not be kept" in output.data["text/plain"]


def test_no_page_where_marks_are_made(notebook, home, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    assert notebook.run("from annkit import last_page\nlast_page()").outputs == []
    assert list(home.iterdir()) == []

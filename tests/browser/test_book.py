"""The book in a browser: it asks nothing of others, no link is dead, all of it is for everyone.

`make test` makes it of a course of one small chapter, `make test-long` of the whole course.

Not here: what a page is made of (tests/publish/book).
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from annkit.address import DOOR
from tests.browser import access, static_site
from tests.conftest import REQUIRED
from tests.sampling import LONG
from tools.beside import install

ROOT = Path(__file__).resolve().parents[2]
SMALL_COURSE = ROOT / "tests" / "publish" / "small_course"
CHAPTER = "chapters/ch01_counting.html"
LINK = re.compile(r'href="../glossary.html#([^"]+)"')
# A word that is mentioned again, and another only in the title of a paper.
WORDS = """
# %% [markdown]
# ## Words
#
# A **scale** turns one unit into another; two scales make one. See `scale`. Halving
# is $s = \\tfrac12$. A market has 10 000 houses, 30 % of them of 60 m².
#
# <details><summary>References</summary>
#
# - A. Nobody (1900), *On the share*.
#
# </details>
#
# | English | Chinese | in this chapter |
# |---|---|---|
# | scale, share | 比例，份额 | what one multiplies by |
"""
# A line that no phone shows whole.
COMMAND = """```console
$ annkit grade . ch03_activations --workers 2 --allow-weak-sandbox --and-more-that-is-long
```
"""
PATIENCE = 1_800  # seconds until a build on a busy machine counts as broken
OPEN_ALL = """document.querySelectorAll("details").forEach(fold => {
    fold.removeAttribute("name");
    fold.open = true;
})"""
# What the theme would cut off, with no way to see the rest.
CUT = """[...document.querySelectorAll(".prev-next-footer a")]
    .filter(link => link.scrollWidth > link.clientWidth).length"""
# Formulas that are wider than the page, or set so small that nobody could read them.
UNREADABLE = """[...document.querySelectorAll("div.math")].filter(formula =>
    formula.scrollWidth > formula.clientWidth || [...formula.querySelectorAll("mjx-container")]
        .some(one => parseFloat(getComputedStyle(one).fontSize) < 8)).length"""
# Lines of code whose continuation begins further left than they do; of one that begins far to the
# right, further left than a column that leaves room.
ASKEW = """[...document.querySelectorAll("pre > .line")].filter(line => {
    const first = line.textContent.search(/\\S/), walker = document.createTreeWalker(line, 4);
    const lefts = [];
    for (let node, at = 0; (node = walker.nextNode()); at += node.length) {
        const range = document.createRange();
        range.setStart(node, Math.min(Math.max(first - at, 0), node.length));
        range.setEnd(node, node.length);
        lefts.push(...[...range.getClientRects()].filter(r => r.width > 1).map(r => r.left));
    }
    const least = Math.min(lefts[0], line.getBoundingClientRect().left + 100);
    return lefts.some(left => left < least - 1);
}).length"""
# In the dark the theme would put a grey one around each.
FRAMES = """[...document.querySelectorAll("img.annkit-picture")]
    .filter(picture => getComputedStyle(picture).padding !== "0px").length"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        shutil.which("npm") is None and not REQUIRED, reason="MathJax comes from npm"
    ),
]


def make(site: Path, *options: str) -> "subprocess.CompletedProcess[str]":
    """Make the book as `make site` does."""
    command = [sys.executable, "-m", "annkit.publish.book", str(site)]
    command += ["--packages", str(install("site")), *options]
    return subprocess.run(command, cwd=ROOT, timeout=PATIENCE, capture_output=True, text=True)


def small_course(folder: Path) -> Path:
    """A copy of the small course, with pages for teachers beside it."""
    shutil.copytree(
        SMALL_COURSE, folder / "solutions", ignore=shutil.ignore_patterns("__pycache__")
    )
    chapter = folder / "solutions" / "ch01_counting" / "chapter.py"
    chapter.write_text(chapter.read_text(encoding="utf-8") + WORDS)
    for name in ("teaching", "protection"):
        page = folder / "docs" / f"{name}.md"
        page.parent.mkdir(exist_ok=True)
        page.write_text(f"# On {name}\n\nOne thing. <!-- shown/by.py::test -->\n\n{COMMAND}")
    return folder / "solutions"


@pytest.fixture(scope="module", params=["small", pytest.param("whole", marks=LONG)])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages."""
    folder = tmp_path_factory.mktemp("book")
    options = []
    if request.param == "small":
        options = ["--course", str(small_course(folder))]
    done = make(folder / "dist" / "site", *options)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder / "dist" / "site"


@pytest.fixture(scope="module")
def served(site: Path) -> Iterator[str]:
    """The address at which the pages are shown."""
    with static_site.served(site) as address:
        yield address


def pages(site: Path) -> list[str]:
    """All pages; of the small course's book those that a course makes its own."""
    found = sorted(path.relative_to(site).as_posix() for path in files(site))
    return ["index.html", CHAPTER] if CHAPTER in found else found


def files(site: Path) -> list[Path]:
    """The files of all pages, the theme's own templates left out."""
    return [path for path in site.rglob("*.html") if "_static" not in path.parts]


class Visitor:
    """A browser's page that goes nowhere but to one address, and notes what it wanted."""

    def __init__(self, browser: Browser, address: str, scheme: Any, width: int) -> None:
        self.address = address
        context, self.faults = static_site.alone(
            browser, address, color_scheme=scheme, viewport={"width": width, "height": 900}
        )
        self.page: Page = context.new_page()
        self.page.on("response", self._response)
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def visit(self, page: str) -> None:
        """Open a page, and wait until its formulas are set."""
        self.page.goto(self.address + page)
        self.page.wait_for_function(
            "!window.MathJax || (MathJax.startup?.promise.then(() => { window.isSet = true }),"
            " window.isSet)"
        )

    def _response(self, response: Any) -> None:
        if response.status >= 400:
            self.faults.append(f"{response.status} {response.url}")


def test_a_reference_stands_beside_its_verdict(site: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in site.glob("chapters/*.html"))
    assert re.search(r"<b>✓ \w+: passed</b>", text)
    assert "There is no such exercise" not in text


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_every_page_is_for_everyone_and_asks_nothing_of_others(
    browser: Browser, site: Path, served: str, scheme: str, width: int
) -> None:
    visitor = Visitor(browser, served, scheme, width)
    faults = []
    for name in pages(site):
        visitor.visit(name)
        visitor.page.evaluate(OPEN_ALL)
        frames = visitor.page.evaluate(FRAMES)
        faults += [f"{name}: {frames} pictures have a frame"] if frames else []
        cut = visitor.page.evaluate(CUT)
        faults += [f"{name}: {cut} ways to a neighbour are cut off"] if cut else []
        unreadable = visitor.page.evaluate(UNREADABLE)
        faults += [f"{name}: {unreadable} formulas are cut or tiny"] if unreadable else []
        askew = visitor.page.evaluate(ASKEW)
        faults += [f"{name}: {askew} lines of code don't hang"] if askew else []
        overhang = visitor.page.evaluate("document.documentElement.scrollWidth") - width
        faults += [f"{name}: {overhang} pixels too wide"] if overhang > 0 else []
        shut_out = access.faults(visitor.page, None, {"preload": False})
        faults += [f"{name}: {fault}" for fault in shut_out]
    visitor.page.context.close()
    assert faults + visitor.faults == []


def test_the_reference_says_what_a_property_is_and_no_type_of_it(site: Path) -> None:
    text = (site / "reference" / "exercises.html").read_text(encoding="utf-8")
    assert "Its line in a list of checks: sign, label, and what is missing besides." in text
    assert ">Type<" not in text


def test_a_short_formula_stays_beside_the_full_stop_behind_it(site: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in site.glob("chapters/*.html"))
    short = r'<span class="whole"><span class="math[^>]*>[^<]{1,20}</span>\.</span>'
    assert re.search(short, text)
    long = r'<span class="whole"><span class="math[^>]*>[^<]{120,}</span>'
    assert not re.search(long, text)


def test_every_link_leads_somewhere(site: Path) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in files(site)}
    marks = {path: set(re.findall(r'\bid="([^"]+)"', text)) for path, text in texts.items()}
    lost = []
    for path, text in texts.items():
        for link in set(re.findall(r'\b(?:href|src)="([^"]+)"', text)):
            if urlsplit(link).scheme or link.startswith("//"):
                continue
            place, mark = urldefrag(link.replace("&amp;", "&"))
            target = (path.parent / unquote(urlsplit(place).path)).resolve() if place else path
            if not target.exists() or (mark and unquote(mark) not in marks.get(target, {mark})):
                lost.append(f"{path.relative_to(site)}: {link}")
    assert lost == []


def test_the_first_mention_of_a_word_leads_to_the_glossary(site: Path) -> None:
    chapters = {
        path.stem: path.read_text(encoding="utf-8") for path in site.glob("chapters/*.html")
    }
    links = {name: LINK.findall(text) for name, text in chapters.items()}
    glossary = (site / "glossary.html").read_text(encoding="utf-8")
    for name, found in links.items():
        assert found
        assert len(found) == len(set(found)), name
        assert all(f'id="{mark}"' in glossary for mark in found)
    if "ch01_counting" in links:
        assert links == {"ch01_counting": ["term-scale"]}
        assert '<strong><a class="reference internal"' in chapters["ch01_counting"]


def test_a_question_answers_by_key_and_by_click(browser: Browser, site: Path, served: str) -> None:
    chapter = next(
        name for name in [CHAPTER, "chapters/ch03_activations.html"] if (site / name).exists()
    )
    visitor = Visitor(browser, served, "light", 1280)
    visitor.visit(chapter)
    first = visitor.page.locator(".question").first
    right, wrong = first.locator(".right"), first.locator(".wrong").first
    expect(right.get_by_text("✓ Right.")).to_be_hidden()
    wrong.locator("summary").click()
    expect(wrong.get_by_text("✗ Not this one.")).to_be_visible()
    right.locator("summary").focus()
    visitor.page.keyboard.press("Enter")
    expect(right.get_by_text("✓ Right.")).to_be_visible()
    expect(wrong.get_by_text("✗ Not this one.")).to_be_hidden()
    visitor.page.context.close()
    assert visitor.faults == []


def test_a_number_stays_beside_its_unit(site: Path) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in site.glob("chapters/*.html"))
    assert re.search(r"\d0\N{NO-BREAK SPACE}000 ", text)
    assert re.search(r"\d\N{NO-BREAK SPACE}(%|m²)", text)
    prose = "".join(re.findall(r"<p>[^<]+</p>", text))
    assert not re.search(r"\d (\d{3}|%|m²)(?!\w)", prose)


def test_what_goes_on_beyond_the_edge_fades_there(
    browser: Browser, site: Path, served: str
) -> None:
    visitor = Visitor(browser, served, "light", 390)
    visitor.visit("teaching.html")
    command = visitor.page.locator("pre").first
    expect(command).to_have_class(re.compile("goes-on"))
    expect(command).not_to_have_css("mask-image", "none")
    command.evaluate("box => { box.scrollLeft = box.scrollWidth; }")
    expect(command).not_to_have_class(re.compile("goes-on"))
    visitor.page.set_viewport_size({"width": 1280, "height": 900})
    expect(command).not_to_have_class(re.compile("goes-on"))
    visitor.page.context.close()


def test_a_search_shows_text_and_no_source_of_formulas(
    browser: Browser, site: Path, served: str
) -> None:
    visitor = Visitor(browser, served, "dark", 390)
    word = "halving" if (site / CHAPTER).exists() else "sigmoid"
    visitor.page.goto(f"{served}search.html?q={word}")
    found = visitor.page.locator("#search-results")
    expect(found.locator(".context").first).to_contain_text(re.compile(word, re.IGNORECASE))
    assert not re.search(r"\\[(\[]|Download the notebook", found.inner_text())
    visitor.page.context.close()
    assert visitor.faults == []


def test_at_night_too_a_page_is_printed_as_by_day(
    browser: Browser, site: Path, served: str
) -> None:
    visitor = Visitor(browser, served, "dark", 1280)
    visitor.visit("index.html")
    seen = "document.documentElement.dataset.theme"
    visitor.page.evaluate(f"addEventListener('beforeprint', () => {{ window.printed = {seen} }})")
    assert visitor.page.evaluate(seen) == "dark"
    visitor.page.pdf()
    assert visitor.page.evaluate("window.printed") == "light"
    assert visitor.page.evaluate(seen) == "dark"
    visitor.page.context.close()


def test_opened_as_a_file_the_browser_edition_says_what_it_takes(browser: Browser) -> None:
    door = ROOT / "annkit" / "publish" / "browser" / DOOR
    page = browser.new_page()
    page.goto(f"{door.as_uri()}?path=ch00_a/ch00_a.ipynb")
    expect(page.locator("code")).to_have_text(f'python3 -m http.server -d "{door.parents[1]}/"')
    link = "http://localhost:8000/browser/open.html?path=ch00_a/ch00_a.ipynb"
    expect(page.get_by_role("link", name=link)).to_have_attribute("href", link)
    page.close()


@pytest.mark.slow
@pytest.mark.long
def test_what_leads_nowhere_or_breaks_fails_the_build(tmp_path: Path) -> None:
    chapter = small_course(tmp_path) / "ch01_counting" / "chapter.py"
    text = chapter.read_text(encoding="utf-8")
    options = ["--course", str(chapter.parents[1])]
    chapter.write_text(text.replace("in a blink.", "in a [blink](../ch09_no/ch09_no.ipynb)."))
    done = make(tmp_path / "dist" / "site", *options)
    assert done.returncode == 1
    assert "ch09_no" in done.stderr
    chapter.write_text(text.replace("numbers.sum()\n\n", "numbers.som()\n\n", 1))
    done = make(tmp_path / "dist" / "site", *options)
    assert done.returncode == 1
    assert "no attribute 'som'" in done.stderr

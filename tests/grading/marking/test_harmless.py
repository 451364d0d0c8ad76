"""Nothing a learner writes or shows can act on the page of whoever reads it."""

import base64
from html.parser import HTMLParser

import pytest
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from annkit.grading.marking.harmless import MAX_TEXT, clean_markdown, clean_outputs

PNG = base64.b64encode(b"\x89PNG\r\n\x1a\nrest").decode()
HARMLESS = {"p", "a", "code", "pre", "span", "div", "h1", "em", "strong", "br"}
HARMLESS |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//x>",
    "text <img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<!--x--><iframe src=javascript:alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x]( \tjavascript:alert(1) 'title')",
    "[x][y]\n\n[y]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel.png)",
    "<javascript:alert(1)>",
    "$<script>alert(1)</script>$",
    "$$<img src=x onerror=alert(1)>$$",
    "`<b>`<script>alert(1)</script>",
    "```html\n<script>\n```\n<script>alert(1)</script>",
    "# <img src=x onerror=alert(1)>",
    "<<script>script>alert(1)</script>",
    "```<img src=x onerror=alert(1)>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "\\<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x]\\(javascript:alert(1))",
    "\\[<img src=x onerror=alert(1)>\\]",
    "\\begin{align}<img src=x onerror=alert(1)>\\end{align}",
    "<details open ontoggle=alert(1)>",
    "</div></div><form action=//x>",
    "see https://evil.example/x.",
    "HTTP://evil.example and ftp://evil.example",
    "www.evil.example",
    "https:&#47;&#47;evil.example",
    "ht&#116;ps://evil.example",
    "<https://evil.example>",
    "\\<https://evil.example>",
    "[x]: https://evil.example\n\n[x]",
    "https:\n//evil.example",
    "*https://evil.example*",
    "mailto:a@evil.example",
    "# https://evil.example",
]


class Page(HTMLParser):
    """Collects the tags of a page, and where links and pictures lead."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.targets: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one tag."""
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.targets += [value or "" for name, value in attrs if name in ("href", "src")]


@pytest.mark.parametrize("attack", ATTACKS)
def test_markdown_becomes_harmless_html(attack: str) -> None:
    page = Page(markdown2html_mistune(clean_markdown(attack)))
    assert page.tags <= HARMLESS
    assert page.attributes <= {"href", "class", "id"}
    assert all(target.startswith("#") for target in page.targets)


@pytest.mark.parametrize(
    "command",
    [
        r"\href{javascript:alert(1)}{x}",
        r"\require{html}",
        r"\Href{x}{y}",
        r"\def\x{y}",
        r"\bbox[background:url(//evil.example/x.png)]{x}",
        r"\toggle{x}{y}\endtoggle",
        r"\texttip{x}{y}",
    ],
)
def test_formulas_lose_commands_that_act(command: str) -> None:
    assert "\\" + command[1:4] not in clean_markdown(f"${command}$")


@pytest.mark.parametrize(
    "fence",
    ["```mermaid", "~~~ Mermaid x", "   ````{.mermaid}", "> ```mer\\maid", "```&#109;ermaid"],
)
def test_no_fence_is_drawn_by_a_script(fence: str) -> None:
    source = f"{fence}\ngraph TD; A-->B; click A call alert()\n{fence.split('m')[0]}\n"
    cleaned = clean_markdown(source)
    assert "mermaid" not in markdown2html_mistune(cleaned).casefold()
    assert "mermaid" not in cleaned.casefold()
    assert "click A call alert()" in cleaned


def test_honest_markdown_reads_as_before() -> None:
    text = "The *variance* is $\\sigma^2 \\le 4$, and `x < y`; 3 < 4.\n\n- one\n- **two**\n"
    text += "\n```python\nx = 1\n```\n"
    assert clean_markdown(text) == text


def test_only_plain_text_and_true_pictures_are_shown() -> None:
    outputs = [
        {"output_type": "stream", "name": "stderr", "text": ["a\n", "b\n"]},
        {"output_type": "display_data", "data": {"text/html": "<script>", "text/plain": "plain"}},
        {"output_type": "display_data", "data": {"image/png": PNG, "text/html": "<b>"}},
        {"output_type": "display_data", "data": {"image/png": 'x" onerror="alert(1)'}},
        {"output_type": "display_data", "data": {"image/png": base64.b64encode(b"GIF").decode()}},
        {"output_type": "display_data", "data": {"image/svg+xml": "<svg onload=x>"}},
        {"output_type": "display_data", "data": {"application/javascript": "alert(1)"}},
        {"output_type": "error", "ename": "E", "evalue": "v", "traceback": ["<script>"]},
        "no output",
        {"data": 3},
    ]
    shown = clean_outputs(outputs)
    assert [list(output.get("data", {"text": 0})) for output in shown] == [
        ["text"],
        ["text"],
        ["image/png"],
        ["text"],
    ]
    assert [output.get("text") for output in shown] == ["a\nb\n", "plain\n", None, "E: v\n"]


def test_a_flood_is_cut() -> None:
    flood = [{"output_type": "stream", "text": "x" * 50_000}] * 50
    assert sum(len(output["text"]) for output in clean_outputs(flood)) <= MAX_TEXT

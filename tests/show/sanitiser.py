"""What JupyterLab 4 leaves of HTML in a notebook that is not trusted: a list of what may stay.

Not complete: only what the pictures may need. Anything else counts as dropped.
"""

from html.parser import HTMLParser

from annkit.show.picture import FULL_SCREEN

TAGS = {
    "b", "br", "caption", "code", "details", "div", "em", "figcaption", "figure", "hr", "img",
    "li", "ol", "p", "pre", "progress", "span", "strong", "summary", "table", "tbody", "td", "th",
    "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "*": {"style", "title", "class"},
    "img": {"alt", "src", "width", "height"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "details": {"open"},
    "progress": {"max", "value"},
}
STYLES = {
    "border", "border-bottom", "border-collapse", "caption-side", "color", "display", "height",
    "line-height", "margin", "max-width", "min-width", "padding", "text-align", "vertical-align",
    "width",
}  # fmt: skip


class _Dropped(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES["*"] | ATTRIBUTES.get(tag, set()):
                self.found.append(f"{tag} {name}=")
            if name == "style":
                for rule in filter(None, (value or "").split(";")):
                    key, _, setting = rule.partition(":")
                    if key.strip() not in STYLES or "var(" in setting:
                        self.found.append(f"style {rule}")


def dropped(html: str) -> list[str]:
    """Return the tags, attributes and style rules that would not survive.

    That a picture can fill the screen is left out: whoever cannot have that misses no word.
    """
    parser = _Dropped()
    parser.feed(html.replace(FULL_SCREEN, ""))
    return parser.found

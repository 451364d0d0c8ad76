"""The last page of the course: what somebody has built, as one file to keep or to print.

Everything is inside the page; it asks nothing of the network. It says what was checked and when,
and leaves open what no program can know: who sat in front of it.

Not here: where its facts come from (`annkit.exercises.last_page`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

STYLE = """
:root { color-scheme: light; }
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; color: #222; background: #fff;
  max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.9rem; margin-bottom: 0.2rem; }
h2 { font-size: 1.25rem; border-bottom: 1px solid #bbb; margin-top: 2rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 0; }
p { margin: 0.3rem 0; }
.small { font-size: 0.85rem; color: #555; }
.name { border-bottom: 1px solid #222; display: inline-block; min-width: 18rem; }
pre { font: 9pt/1.35 Menlo, Consolas, monospace; white-space: pre-wrap; background: #f6f6f6;
  border-left: 3px solid #009e73; padding: 0.5rem 0.8rem; margin: 0.4rem 0; }
img { max-width: 100%; height: auto; }
@media print {
  body { margin: 0; max-width: none; }
  pre, figure { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
}
"""


@dataclass(frozen=True)
class PagePart:
    """One exercise on the page.

    Attributes:
        title: its title.
        remark: when and how it passed.
        code: what the learner wrote; empty if it is not to be had.
        picture: what it draws, as HTML; empty if it draws nothing.
    """

    title: str
    remark: str
    code: str = ""
    picture: str = ""

    def html(self) -> str:
        """The exercise as HTML."""
        code = f"<pre>{escape(self.code, quote=False)}</pre>" if self.code else ""
        remark = f'<p class="small">{escape(self.remark)}</p>'
        return f"<h3>{escape(self.title)}</h3>{remark}{code}{self.picture}"


@dataclass(frozen=True)
class PageChapter:
    """One chapter on the page: its title, its sums in words, and what was built in it."""

    title: str
    words: str
    parts: tuple[PagePart, ...]

    def html(self) -> str:
        """The chapter as HTML."""
        words = f'<p class="small">{escape(self.words)}</p>'
        return f"<h2>{escape(self.title)}</h2>{words}" + "".join(p.html() for p in self.parts)


def course_page(
    span: str,
    sums: Sequence[str],
    chapters: Sequence[PageChapter],
    mistakes: Sequence[str],
    origin: str,
) -> str:
    """Return the page as HTML.

    Args:
        span: from when to when.
        sums: sentences about the whole.
        chapters: those with anything in them.
        mistakes: that were made and mended, one a line.
        origin: where the page's facts come from.
    """
    mended = ""
    if mistakes:
        items = "".join(f"<li>{escape(one)}</li>" for one in mistakes)
        mended = f"<h2>Mistakes made, and mended</h2><ul>{items}</ul>"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>My neural network library</title><style>{STYLE}</style></head><body><main>"
        f"<h1>My neural network library</h1><p>{escape(span)}</p>"
        '<p>Written by <span class="name">&nbsp;</span></p>'
        + "".join(f"<p>{escape(sentence)}</p>" for sentence in sums)
        + "".join(chapter.html() for chapter in chapters)
        + f'{mended}<p class="small">{escape(origin)}</p></main></body></html>\n'
    )

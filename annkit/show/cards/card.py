"""A card: the box under a cell that says how an answer did, made once and shown two ways.

It is made of blocks: paragraphs, code, values side by side, parts to unfold, bars, pictures. As
HTML it survives in a notebook that is not trusted (literal inline styles only), and its
half-transparent colours read on white and on black. As plain text it says the same. `present`
puts it in front of the learner: as an output of the cell, or on the terminal.

Not here: text as HTML (`prose`, `python_code`), which blocks a card has
(`annkit.exercises.cards.report`), the map of the course (`progress_map`).
"""

import sys
import textwrap
from dataclasses import dataclass
from html import escape
from typing import Any

from annkit.show.cards.prose import PRE, code_html, prose_html

WIDTH = 78  # of the plain text, in characters

MARKED = "background-color:rgba(213,94,0,0.28);text-decoration:underline"


@dataclass(frozen=True)
class Prose:
    """Markdown, with a few words in bold before it."""

    text: str
    label: str = ""

    def html(self) -> str:
        """Return the paragraphs as HTML."""
        return prose_html(self.text, self.label)

    def plain(self) -> str:
        """Return the text wrapped, code and lists as they are."""
        lines = f"{self.label} {self.text}".strip().splitlines()
        return "\n".join(_wrapped(lines))


def _wrapped(lines: list[str]) -> list[str]:
    """Wrap long lines that are prose; leave code blocks alone."""
    result, in_code = [], False
    for line in lines:
        in_code ^= line.startswith("`" * 3)
        if in_code or len(line) <= WIDTH or line.startswith("    "):
            result.append(line.rstrip())
        else:
            result += textwrap.wrap(line, WIDTH, break_long_words=False, break_on_hyphens=False)
    return result


@dataclass(frozen=True)
class Code:
    """A few lines of code or output, as they are.

    Attributes:
        text: the lines.
        language: "python" for emphasis on keywords and comments.
    """

    text: str
    language: str = ""

    def html(self) -> str:
        """Return a `<pre>`."""
        if self.language != "python":
            return code_html(self.text)
        from annkit.show.cards.python_code import python_html  # brings Pygments; few cards need it

        return python_html(self.text)

    def plain(self) -> str:
        """Return the lines indented."""
        return textwrap.indent(self.text, "    ")


@dataclass(frozen=True)
class Side:
    """One line of a comparison: its label and its entries, each with whether it is wrong."""

    label: str
    entries: tuple[tuple[str, bool], ...]
    brackets: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Sides:
    """Lines under each other, such as expected and got; wrong entries are marked."""

    lines: tuple[Side, ...]
    remark: str = ""

    def html(self) -> str:
        """Return an aligned `<pre>`; wrong entries are bold, underlined and shaded."""
        width = max(len(line.label) for line in self.lines)
        rows = []
        for line in self.lines:
            cells = " ".join(
                f'<b style="{MARKED}">{escape(text.rstrip())}</b>'
                + " " * (len(text) - len(text.rstrip()))
                if wrong
                else escape(text)
                for text, wrong in line.entries
            )
            start, end = line.brackets
            rows.append(f"{escape(line.label.ljust(width))}  {start}{cells}{end}")
        remark = f'<p style="margin:0.35em 0">{escape(self.remark)}</p>' if self.remark else ""
        return f'<pre style="{PRE}">' + "\n".join(rows) + f"</pre>{remark}"

    def plain(self) -> str:
        """Return aligned lines; carets stand under wrong entries."""
        width = max(len(line.label) for line in self.lines)
        rows = []
        for line in self.lines:
            start, end = line.brackets
            rows.append(
                f"{line.label.ljust(width)}  {start}" + " ".join(t for t, _ in line.entries) + end
            )
            if any(wrong for _, wrong in line.entries):
                carets = " ".join(
                    ("^" * len(text.rstrip()) if wrong else "").ljust(len(text))
                    for text, wrong in line.entries
                )
                rows.append(" " * (width + 2 + len(start)) + carets)
        text = textwrap.indent("\n".join(row.rstrip() for row in rows), "    ")
        return f"{text}\n{self.remark}" if self.remark else text


@dataclass(frozen=True)
class Fold:
    """Blocks that a click opens.

    Attributes:
        summary: what can be clicked.
        blocks: what is inside.
        in_plain: whether plain text shows the inside too, or the summary alone.
        told_as: what a kernel that listens (`opened_folds`) hears when it is opened; "" for
            nothing.
    """

    summary: str
    blocks: tuple["Block", ...]
    in_plain: bool = True
    told_as: str = ""

    def html(self) -> str:
        """Return a `<details>`."""
        inner = "".join(block.html() for block in self.blocks)
        told = f' data-annkit-fold="{escape(self.told_as)}"' if self.told_as else ""
        return (
            f'<details{told} style="margin:0.35em 0"><summary style="cursor:pointer">'
            f"{escape(self.summary)}</summary>{inner}</details>"
        )

    def plain(self) -> str:
        """Return the summary, and the blocks indented."""
        if not self.in_plain:
            return f"{self.summary}."
        inner = "\n".join(block.plain() for block in self.blocks)
        return f"{self.summary}:\n" + textwrap.indent(inner, "  ")


@dataclass(frozen=True)
class Meter:
    """A bar with its meaning in words next to it."""

    value: float
    maximum: float
    words: str

    def html(self) -> str:
        """Return a `<progress>` followed by the words."""
        return (
            f'<p style="margin:0.35em 0"><progress value="{self.value:g}" '
            f'max="{self.maximum:g}" style="width:9em;vertical-align:middle"></progress> '
            f"{escape(self.words)}</p>"
        )

    def plain(self) -> str:
        """Return the bar as text, ten characters wide, followed by the words."""
        filled = round(10 * self.value / self.maximum) if self.maximum else 0
        return f"[{'#' * filled}{'.' * (10 - filled)}] {self.words}"


@dataclass(frozen=True)
class Drawn:
    """A picture that is ready: as HTML, and in words."""

    markup: str
    words: str

    def html(self) -> str:
        """Return the picture."""
        return self.markup

    def plain(self) -> str:
        """Return the words."""
        return "\n".join(_wrapped(self.words.splitlines()))


Block = Prose | Code | Sides | Fold | Meter | Drawn

# The left edge of the box. The words on the card say the same.
TONES = {"good": "#009e73", "open": "#e69f00", "bad": "#d55e00", "plain": "#56b4e9"}


@dataclass(frozen=True)
class Card:
    """A head line and blocks.

    Attributes:
        head: what this is about, in bold: "✓ sigmoid passed".
        status: the rest of the head line: "2 of 2 points".
        blocks: what there is to say, most important first.
        tone: "good", "open", "bad" or "plain".
    """

    head: str
    status: str = ""
    blocks: tuple[Block, ...] = ()
    tone: str = "plain"

    def html(self) -> str:
        """Return the card as one `<div>`."""
        status = f" &nbsp;·&nbsp; {escape(self.status)}" if self.status else ""
        return (
            f'<div style="border:1px solid rgba(128,128,128,0.4);'
            f"border-left:6px solid {TONES[self.tone]};border-radius:4px;"
            f'padding:0.5em 1em;margin:0.4em 0;max-width:52em;line-height:1.5">'
            f'<p style="margin:0.2em 0"><b>{escape(self.head)}</b>{status}</p>'
            + "".join(block.html() for block in self.blocks)
            + "</div>"
        )

    def plain(self) -> str:
        """Return the card as plain text."""
        head = f"{self.head} · {self.status}" if self.status else self.head
        return "\n".join([head, *filter(None, (block.plain() for block in self.blocks))])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        # A screen reader tells of a new card by itself.
        spoken = f'<div role="status" aria-live="polite">{self.html()}</div>'
        return {"text/plain": self.plain(), "text/html": spoken}

    def __repr__(self) -> str:
        """The plain text."""
        return self.plain()


def shell() -> Any:
    """The running IPython shell, or None; IPython is never imported to find out."""
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def in_kernel() -> bool:
    """Whether a notebook's kernel is running, which can show HTML, pictures and widgets."""
    running = shell()
    return running is not None and getattr(running, "kernel", None) is not None


def present(thing: Any) -> Any:
    """Show a card: rich where IPython runs, else its plain text on standard output.

    Returns:
        IPython's handle, by which what is shown can be changed; None elsewhere.
    """
    if shell() is not None:
        from IPython.display import display

        return display(thing, display_id=True)
    text = repr(thing)
    try:
        print(text)
    except UnicodeEncodeError:  # a console with a small alphabet
        encoding = sys.stdout.encoding or "ascii"
        print(text.encode(encoding, "replace").decode(encoding))
    return None

"""A card: the box under a cell that says how an answer did, made once and shown two ways.

As HTML it survives in a notebook that is not trusted (literal inline styles only), and its
half-transparent colours read on white and on black. As plain text it says the same.

Not here: the blocks inside (`blocks`), the progress map (`progress_map`).
"""

from dataclasses import dataclass
from html import escape

from annkit.show.cards.blocks import Block

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
        return "\n".join([head, *(block.plain() for block in self.blocks)])

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:
        return {"text/plain": self.plain(), "text/html": self.html()}

    def __repr__(self) -> str:
        """The plain text."""
        return self.plain()

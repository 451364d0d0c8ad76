"""A picture that can be read without being seen: the drawing, its alternative text, its caption.

Shown as an HTML `<figure>` with an `<img alt=…>`; JupyterLab drops the alternative text of a
bare PNG, and in a terminal only words arrive.

Not here: how figures look (`style`) and anything that moves (`moving`).
"""

import base64
import io
from html import escape

from matplotlib.figure import Figure

from annkit.show.stylesheet import PICTURE, STYLESHEET

CSS_PIXELS_PER_INCH = 100
LEAST = 0.6  # of its width; beyond that a narrow page scrolls it, so that its text stays readable
SHARPNESS = 2  # image pixels per CSS pixel, for screens with narrow pixels and for print

# Of an `<img>`: a click or Enter fills the screen with it, so that its text can be read on a page
# that is magnified; Esc, or the same again, gives the page back. Where nothing is trusted these
# attributes are dropped, and nothing is left of them.
FULL_SCREEN = (
    'tabindex="0" role="button" '
    'onclick="document.fullscreenElement?document.exitFullscreen():this.requestFullscreen()" '
    "onkeydown=\"if(event.key==='Enter')this.click()\""
)


class Picture:
    """A drawing with its words.

    Args:
        fig: a Matplotlib figure. It is rendered when first shown, and only once.
        alt: what a reader who cannot see it has to know, with the numbers, made from the data.
        caption: what to look at; printed below the picture.
        answers: what the caption asks for, folded away below it.
        png: the drawing, where the figure goes on to change.
    """

    def __init__(
        self,
        fig: Figure,
        alt: str,
        caption: str = "",
        answers: str = "",
        *,
        png: bytes | None = None,
    ) -> None:
        if not alt.strip():
            raise ValueError("alt: expected a sentence that says what the picture shows, got none")
        self.fig = fig
        self.alt = " ".join(alt.split())
        self.caption = " ".join(caption.split())
        self.answers = answers
        self._png = png

    @property
    def png(self) -> bytes:
        """The drawing as PNG bytes."""
        if self._png is None:
            stream = io.BytesIO()
            dpi = CSS_PIXELS_PER_INCH * SHARPNESS
            # No metadata: the same drawing gives the same bytes.
            self.fig.savefig(stream, format="png", dpi=dpi, metadata={"Software": None})
            self._png = stream.getvalue()
        return self._png

    def html(self, style: str = "margin:0.6em 0") -> str:
        """Return the picture as a `<figure>` element.

        Args:
            style: literal inline CSS of the figure; style sheets do not survive in a notebook
                that is not trusted.
        """
        width = round(self.fig.get_figwidth() * CSS_PIXELS_PER_INCH)
        data = base64.b64encode(self.png).decode("ascii")
        caption = escape(self.caption)
        if self.answers:
            caption += f"<details><summary>Answers</summary>{escape(self.answers)}</details>"
        if caption:
            caption = f'<figcaption style="margin:0.3em 0">{caption}</figcaption>'
        return (
            f'<figure style="{style}">'
            f'<img alt="{escape(self.alt)}" class="{PICTURE}" {FULL_SCREEN} width="{width}" '
            f'style="max-width:100%;min-width:{round(LEAST * width)}px;height:auto" '
            f'src="data:image/png;base64,{data}"/>'
            f"{caption}</figure>"
        )

    def _repr_html_(self) -> str:
        return STYLESHEET + self.html()

    def __repr__(self) -> str:
        """The picture in words, for a terminal."""
        return "\n".join(filter(None, [f"[Picture] {self.alt}", self.caption, self.answers]))

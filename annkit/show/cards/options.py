"""The options of a question to click: each is one button, and explains itself where it stands.

A click is judged at once. What counts as handed in is the learner's own line of code,
`anatomy = "b"`: a click writes its letter there, and whoever has no widgets types it. Arrows move
between the options, space or Enter chooses. Where several may be right, boxes are ticked first.

Not here: the page's side (the script of the same name), the question and the verdict; they come in
as text and as a function.
"""

from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from annkit.show.cards.card import TONES, Card
from annkit.show.cards.prose import inline_html, prose_html
from annkit.show.live import Live
from annkit.show.stylesheet import QUESTION

SCRIPT = Path(__file__).with_suffix(".js")
DONE = "done"  # in the place of a letter: the button that ends ticking

_BOX = (
    "border:1px solid rgba(128,128,128,0.4);border-radius:4px;padding:0.45em 0.8em;"
    "margin:0.3em 2px;max-width:52em;line-height:1.5;cursor:pointer"
)


class _Chooser(anywidget.AnyWidget):
    """Listens to clicks and keys on the options, and tells a screen reader what came of them.

    Attributes:
        line: the name in the learner's line of code; empty if nothing is handed in.
        several: whether boxes are ticked.
        said: the verdict in words.
    """

    _esm = SCRIPT
    line = traitlets.Unicode("").tag(sync=True)
    several = traitlets.Bool(False).tag(sync=True)
    said = traitlets.Unicode("").tag(sync=True)


class Options:
    """The options of one question, on the screen.

    Args:
        title: what the question is about.
        prompt: Markdown of the question; empty where it stands right above.
        options: Markdown of each option; lettered a, b, c … in this order.
        judge: takes the chosen letters and whether the learner's line holds them; returns a card.
        several: whether more than one option can be right.
        line: the name in the learner's line of code; empty if nothing is handed in.
        still: the question as a card, for where widgets do not live.
        chosen: the letters that stand in the line already.
    """

    def __init__(
        self,
        title: str,
        prompt: str,
        options: Sequence[str],
        judge: Callable[[str, bool], Card],
        *,
        several: bool = False,
        line: str = "",
        still: Card | None = None,
        chosen: str = "",
    ) -> None:
        self._title, self._prompt, self._options = title, prompt, options
        self._judge, self._several = judge, several
        self._still = still or Card(title)
        self._verdict: Card | None = None
        self._letters = ""
        self._live: Live | None = None
        self.shown = widgets.HTMLMath(layout=widgets.Layout(width="auto", max_width="54em"))
        self.chooser = _Chooser(line=line, several=several)
        self.chooser.on_msg(lambda _, said, __: self.choose(said["letters"], said["filled"]))
        self.box = widgets.VBox([self.shown, self.chooser])
        self.box.add_class(QUESTION)
        self.choose(chosen, bool(chosen))

    def choose(self, letters: str, filled: bool) -> None:
        """Judge a choice and explain it beside the option.

        Args:
            letters: what was chosen; empty for nothing yet.
            filled: whether the learner's line holds these letters now.
        """
        if letters:
            self._letters, self._verdict = letters, self._judge(letters, filled)
            self.chooser.said = self._verdict.plain()
        self.shown.value = self._html()
        if self._live is not None:
            self._live.change_twin(*self._twin())

    def _ipython_display_(self) -> None:
        self._live = Live(self.box, *self._twin(), wake="Run this cell to choose by a click.")

    def _twin(self) -> tuple[str, str]:
        cards = [self._still, *([self._verdict] if self._verdict else [])]
        return "".join(card.html() for card in cards), "\n\n".join(card.plain() for card in cards)

    def _html(self) -> str:
        letters = "abcdefghijklmnopqrstuvwxyz"[: len(self._options)]
        said = self._verdict.html() if self._verdict else ""
        stop = self._letters[:1] or "a"  # where Tab enters; arrows go on from there
        parts = []
        for letter, option in zip(letters, self._options, strict=True):
            parts.append(self._option(letter, option, 0 if letter == stop else -1))
            if letter == self._letters and not self._several:
                parts.append(said)
        if self._several:
            done = f'<div data-letter="{DONE}" role="button" tabindex="0" style="{_BOX}">'
            parts += [f"{done}<b>Check what I ticked</b></div>", said]
        role = "group" if self._several else "radiogroup"
        listed = f'<div role="{role}" aria-label="{escape(self._title)}">{"".join(parts)}</div>'
        return (prose_html(self._prompt) if self._prompt else "") + listed

    def _option(self, letter: str, text: str, tabindex: int) -> str:
        is_chosen = letter in self._letters
        if self._several:
            role, sign = "checkbox", "☑" if is_chosen else "☐"
        else:
            role, sign = "radio", "●" if is_chosen else "○"
        tone = TONES[self._verdict.tone if self._verdict else "plain"]
        edge = f";border-left:6px solid {tone}" if is_chosen else ""
        return (
            f'<div data-letter="{letter}" role="{role}" aria-checked="{str(is_chosen).lower()}" '
            f'tabindex="{tabindex}" style="{_BOX}{edge}"><span aria-hidden="true">{sign}</span> '
            f"<b>{letter}</b>&nbsp; {inline_html(text)}</div>"
        )

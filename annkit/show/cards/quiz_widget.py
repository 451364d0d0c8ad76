"""A concept question to click: radio buttons, and under them what each choice deserves to hear.

Not here: the question and the verdict; they come in as text and as a function.
"""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as widgets

from annkit.show.cards.card import Card
from annkit.show.cards.prose import inline_html, prose_html


def quiz_box(
    still: Card,
    title: str,
    prompt: str,
    options: Sequence[str],
    judge: Callable[[str], Card],
    several: bool = False,
) -> Any:
    """Make the question as a widget.

    Args:
        still: the question as a card, for where widgets do not live.
        title: what the question is about.
        prompt: Markdown.
        options: Markdown of each option; lettered a, b, c … in this order.
        judge: takes the chosen letters and returns the card to show.
        several: whether more than one option can be right, so that boxes are ticked.

    Returns:
        the widget, with its still twin.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(options)]
    listed = "".join(
        f'<p style="margin:0.25em 0 0.25em 1em"><b>{letter}</b>&nbsp; {inline_html(option)}</p>'
        for letter, option in zip(letters, options, strict=True)
    )
    # In a chapter the question stands in the text above: here it waits folded.
    question = widgets.HTMLMath(
        '<details style="max-width:52em;line-height:1.5"><summary style="cursor:pointer">'
        f"{escape(title)}</summary>{prose_html(prompt)}{listed}</details>"
    )
    verdict = widgets.HTMLMath("")

    def show(letters_chosen: str) -> None:
        verdict.value = judge(letters_chosen).html() if letters_chosen else ""

    choice = _boxes(letters, show) if several else _radio(letters, show)
    return WithTwin(widgets.VBox([question, choice, verdict]), still)


class WithTwin:
    """A widget, and a card that is shown instead where the widget cannot be.

    Args:
        widget: any widget.
        still: says the same without moving.
    """

    def __init__(self, widget: Any, still: Card) -> None:
        """Keep both."""
        self.widget = widget
        self.still = still

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {**self.widget._repr_mimebundle_(), **self.still._repr_mimebundle_()}


def _radio(letters: str, show: Callable[[str], None]) -> Any:
    radio = widgets.RadioButtons(
        options=list(letters),
        value=None,
        description="Your answer",
        orientation="horizontal",
        layout=widgets.Layout(width="auto"),
        style={"description_width": "auto"},
    )
    radio.observe(lambda change: show(change["new"] or ""), names="value")
    return radio


def _boxes(letters: str, show: Callable[[str], None]) -> Any:
    boxes = [
        widgets.Checkbox(description=letter, indent=False, layout=widgets.Layout(width="4em"))
        for letter in letters
    ]
    button = widgets.Button(description="Check my choice")
    button.on_click(
        lambda _: show("".join(x for x, box in zip(letters, boxes, strict=True) if box.value))
    )
    return widgets.HBox([*boxes, button])
